"""The formats of parallel corpora, by name."""

from __future__ import annotations

import difflib

from normalize.errors import UsageError
from normalize.export import json_lines, parquet, tables, tmx, xliff, xliff2
from normalize.export.form import UNIT_FIELDS, Form

__all__ = ["FORMS", "form_named"]

HF = Form(
    name="hf", title="a folder for Hugging Face's datasets, with a card", suffixes=("",), folder=True,
    writer=json_lines.FLAT.writer, read=json_lines.read, carries=UNIT_FIELDS | json_lines.article_fields,
    one_pair=True, two_languages=True,
)  # fmt: skip

FORMS: dict[str, Form] = {form.name: form for form in (
    json_lines.FLAT, json_lines.TRANSLATION, tables.TSV, tmx.TMX, xliff.XLIFF, xliff2.XLIFF2, tables.MOSES,
    parquet.PARQUET, HF,
)}  # fmt: skip
"""Every format, by the name it is asked for by."""


def form_named(name: str) -> Form:
    """Give the format of that name; UsageError for another, with the nearest.

    >>> form_named("TMX").title
    'TMX 1.4b'
    """
    found = FORMS.get(name.lower())
    if found is None:
        near = difflib.get_close_matches(name.lower(), FORMS, n=1)
        guess = f"did you mean {near[0]}? " if near else ""
        raise UsageError(f"no format {name!r}", advice=f"{guess}There are {', '.join(FORMS)}")
    return found
