"""`normalize glossary`: the glossary as a thing of its own."""

from normalize.cli import glossary_changes, glossary_check, glossary_files  # noqa: F401 - they enter their commands
from normalize.cli.glossary_app import app

__all__ = ["app"]
