"""Glossaries: terms, their file, and finding them in a text; usable without a model or the rest of the pipeline."""

from normalize.glossary.glossary import Glossary
from normalize.glossary.literals import literals
from normalize.glossary.match import Evidence, Match
from normalize.glossary.term import Kind, Status, Term

__all__ = ["Evidence", "Glossary", "Kind", "Match", "Status", "Term", "literals"]
