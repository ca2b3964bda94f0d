"""The tables of translation services and tools."""

from __future__ import annotations

from normalize.formats.delimited import Delimited

__all__ = [
    "AMAZON_CSV", "DEEPL_CSV", "DEEPL_TSV", "GOOGLE_CSV", "GOOGLE_TERMS", "MICROSOFT_TSV", "OMEGAT", "WEBLATE_CSV",
]  # fmt: skip

_TEN_MIB = 10_485_760  # DeepL, Google and Amazon alike

DEEPL_CSV = Delimited(
    name="deepl-csv", title="DeepL dictionary, CSV", suffix=".csv", columns=("source", "target"),
    read_columns=("source", "target", "source_lang", "target_lang"), largest=_TEN_MIB,
)  # fmt: skip
"""Two columns without a header; the languages that DeepL's own export puts after them are read."""

DEEPL_TSV = Delimited(
    name="deepl-tsv", title="DeepL dictionary, TSV", suffix=".tsv", columns=("source", "target"), delimiter="\t",
    quoted=False, largest=_TEN_MIB,
)  # fmt: skip
"""Two columns without a header."""

GOOGLE_CSV = Delimited(
    name="google-csv", title="Google unidirectional glossary, CSV", suffix=".csv", columns=("source", "target"),
    largest=_TEN_MIB,
)  # fmt: skip
"""Two columns; "must not contain headers"."""

GOOGLE_TERMS = Delimited(
    name="google-terms", title="Google equivalent term set, CSV", suffix=".csv",
    columns=("source", "target", "pos", "note"), headings=("source", "target", "pos", "description"), tagged=True,
    largest=_TEN_MIB,
)  # fmt: skip
"""A header of language tags, then `pos` and `description`, which the service passes over."""

AMAZON_CSV = Delimited(
    name="amazon-csv", title="Amazon Translate custom terminology, CSV", suffix=".csv", columns=("source", "target"),
    headings=("source", "target"), tagged=True, largest=_TEN_MIB,
)  # fmt: skip
"""A header of language tags, the source first."""

MICROSOFT_TSV = Delimited(
    name="microsoft-tsv", title="Azure Document Translation glossary, TSV", suffix=".tsv", columns=("source", "target"),
    delimiter="\t", quoted=False,
)  # fmt: skip
"""Two columns without a header, as in the service's own example; a header of language tags is read too."""

OMEGAT = Delimited(
    name="omegat", title="OmegaT glossary, UTF-8 text", suffix=".txt", columns=("source", "target", "note"),
    delimiter="\t", quoted=False, preamble="# Glossary in tab-separated format -*- coding: utf-8 -*-\n", comment="#",
    padded=True,
)  # fmt: skip
"""Source, target, comment; the first line is the one OmegaT itself writes. A header would become an entry."""

WEBLATE_CSV = Delimited(
    name="weblate-csv", title="Weblate glossary, CSV", suffix=".csv",
    columns=("", "source", "target", "", "", "", "note", ""),
    headings=("location", "source", "target", "id", "fuzzy", "context", "translator_comments", "developer_comments"),
    synonyms=(("note", "note"), ("explanation", "note")), padded=True,
)  # fmt: skip
"""The columns Weblate recommends."""
