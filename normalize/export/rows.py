"""What is read from `corpus.jsonl` and `articles.jsonl`: their lines, checked once, here.

The names and their order are those of the files of `out/`. Fields that are missing have a plain value, so that corpora
made elsewhere can be read too; fields that are not known here are passed over.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from normalize.corpus import Issue, Method, Origin, Severity, State
from normalize.formats.records import is_formula

__all__ = [
    "ArticleRow", "FindingRow", "FlatRow", "Natural", "RepairRow", "Tag", "TermRow", "UnitRow", "cell", "flat", "line",
    "of_cell", "one_line",
]  # fmt: skip

Tag = Annotated[str, msgspec.Meta(pattern=r"^(?:[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)?\Z")]
"""A BCP 47 tag by its shape, or nothing; it names files, so nothing else may pass."""

Natural = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Position = tuple[Natural, Natural]

_BREAKS = {ord(char): " " for char in "\0\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"}
_JSON_BREAKS = tuple((char.encode(), f"\\u{ord(char):04x}".encode()) for char in "\x85\u2028\u2029")


class FindingRow(msgspec.Struct, kw_only=True):
    """A finding of a unit."""

    check: str
    issue: Issue
    severity: Severity
    message: str
    span: Position | None = None


class TermRow(msgspec.Struct, kw_only=True):
    """A receipt: what became of one occurrence of a glossary term."""

    term: str
    target: str
    surface: str
    span: Position
    method: Method
    produced: str = ""
    target_span: Position | None = None


class RepairRow(msgspec.Struct, kw_only=True):
    """A change the guard made to the model's answer."""

    reason: str
    method: str
    before: str
    after: str


class UnitRow(msgspec.Struct, kw_only=True):
    """A line of `corpus.jsonl`: one unit."""

    id: str = ""
    article: str = ""
    paragraph: Natural = 0
    source: str
    target: str
    source_language: Tag = ""
    target_language: Tag = ""
    state: State = State.TRANSLATED
    score: float | None = None
    origin: Origin = Origin.MEMORY
    findings: list[FindingRow] = []
    terms: list[TermRow] = []
    repairs: list[RepairRow] | msgspec.UnsetType = msgspec.UNSET

    @property
    def pair(self) -> tuple[str, str]:
        """The two languages, `und` for one that is not known."""
        return self.source_language or "und", self.target_language or "und"


class FlatRow(UnitRow, kw_only=True):
    """A line of a flat JSONL export: a unit, and what is known of its article."""

    url: str = ""
    path: str = ""
    title: str = ""
    site: str = ""
    published: str = ""


class ArticleRow(msgspec.Struct, kw_only=True):
    """A line of `articles.jsonl`: one article."""

    id: str
    path: str = ""
    record: int | None = None
    format: str = "text"
    encoding: str = "utf-8"
    sha256: str = ""
    language: Tag = "und"
    title: str = ""
    subtitle: str = ""
    author: str = ""
    editor: str = ""
    agency: str = ""
    published: str = ""
    updated: str = ""
    place: str = ""
    site: str = ""
    url: str = ""
    caption: str = ""
    tags: list[str] = []
    claimed_language: str = ""
    paragraphs: Natural = 0
    units: Natural = 0
    words: Natural = 0
    removed: Natural = 0
    duplicate_of: str = ""
    source_file: str = ""
    target_file: str = ""


def flat(unit: UnitRow, article: ArticleRow) -> FlatRow:
    """Join a unit with what is known of its article."""
    own = {name: getattr(unit, name) for name in UnitRow.__struct_fields__}
    return FlatRow(**own, url=article.url, path=article.path, title=article.title, site=article.site,
                   published=article.published)  # fmt: skip


def line(row: Any) -> bytes:  # noqa: ANN401 - any value that JSON holds
    r"""Encode `row` as one line of JSON for any reader: no sign in it that some take for a line's end.

    >>> line({"a": "b\u2028c"})
    b'{"a":"b\\u2028c"}\n'
    """
    data = msgspec.json.encode(row)
    for char, escape in _JSON_BREAKS:
        data = data.replace(char, escape)
    return data + b"\n"


def one_line(text: str) -> str:
    r"""Make each line break, tab and NUL of `text` a space.

    >>> one_line("a\tb\u2028c")
    'a b c'
    """
    return text.translate(_BREAKS)


def cell(text: str) -> str:
    """Give a cell of a tab-separated table: one line, and a space before what a spreadsheet would compute.

    >>> cell("=1+1")
    ' =1+1'
    """
    text = one_line(text)
    return f" {text}" if is_formula(text) else text


def of_cell(text: str) -> str:
    """Take back the space that `cell` put before a formula.

    >>> of_cell(" =1+1"), of_cell(" a")
    ('=1+1', ' a')
    """
    return text[1:] if text.startswith(" ") and is_formula(text) else text
