"""The parallel corpus in the formats others read, and back again; filters with reasons; splits."""

from __future__ import annotations

from normalize.export.choose import Filter
from normalize.export.corpus import Corpus
from normalize.export.export import Exported, Options, export
from normalize.export.form import Form, Pair, Tags
from normalize.export.forms import FORMS, form_named
from normalize.export.read import read, units_and_articles
from normalize.export.splits import Splits
from normalize.export.table import RULES, Rule
from normalize.rows import ArticleRow, UnitRow

__all__ = [
    "FORMS",
    "RULES",
    "ArticleRow",
    "Corpus",
    "Exported",
    "Filter",
    "Form",
    "Options",
    "Pair",
    "Rule",
    "Splits",
    "Tags",
    "UnitRow",
    "export",
    "form_named",
    "read",
    "units_and_articles",
]
