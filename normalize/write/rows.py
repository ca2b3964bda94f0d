"""What one line of each table in `out/` holds.

The order of a class's fields is the order of the keys in the file. Positions are code points, half open, written as
`[start, end]`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from normalize.corpus import (
    Article,
    Conversion,
    Finding,
    Issue,
    Method,
    Origin,
    Receipt,
    Segment,
    Severity,
    Span,
    State,
    Unit,
)

__all__ = ["TSV_COLUMNS", "ArticleRow", "CorpusRow", "line", "one_line", "rounded", "texts", "tsv", "tsv_header"]

_BREAKS = {ord(char): " " for char in "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"}
"""All that any reader takes for the end of a line or a cell; each becomes one space, so positions stay."""

_BREAK = re.compile(f"[{''.join(map(chr, _BREAKS))}]")

_JSON_BREAKS = tuple((char.encode(), f"\\u{ord(char):04x}".encode()) for char in "\x85\u2028\u2029")
"""What JSON allows in a string but `str.splitlines` and others take for a line's end."""

_FORMULA = tuple("=+-@＝＋－＠")
"""What makes a spreadsheet compute a cell (OWASP, CSV injection), full-width forms included."""

TSV_COLUMNS = (
    "src_url", "trg_url", "src_text", "trg_text", "src_paragraph_id", "trg_paragraph_id", "length_ratio",
    "src_num_tokens", "trg_num_tokens", "src_lang", "trg_lang", "unit_id", "state", "origin", "mt_score",
)  # fmt: skip
"""Bitextor's names where it has one (docs/OUTPUT.md), so that bifixer and bicleaner read the file with `--header`."""


class FindingRow(msgspec.Struct, kw_only=True):
    """A finding of a unit."""

    check: str
    issue: str
    severity: str
    message: str
    span: tuple[int, int] | None


class TermRow(msgspec.Struct, kw_only=True):
    """A receipt: what became of one occurrence of a glossary term."""

    term: str
    target: str
    surface: str
    span: tuple[int, int]
    method: str
    produced: str
    target_span: tuple[int, int] | None


class CorpusRow(msgspec.Struct, kw_only=True):
    """A line of `corpus.jsonl`: one unit."""

    id: str
    article: str
    paragraph: int
    source: str
    target: str
    source_language: str
    target_language: str
    state: str
    score: float | None
    origin: str
    findings: list[FindingRow]
    terms: list[TermRow]

    @classmethod
    def of(cls, unit: Unit) -> CorpusRow:
        """Make the row of `unit`."""
        segment = unit.segment
        return cls(
            id=segment.id,
            article=segment.article,
            paragraph=segment.paragraph,
            source=segment.source,
            target=unit.target,
            source_language=segment.language,
            target_language=unit.target_language,
            state=unit.state.value,
            score=rounded(unit.score),
            origin=unit.origin.value,
            findings=[_finding(finding) for finding in unit.findings],
            terms=[_term(receipt) for receipt in unit.receipts],
        )

    def unit(self) -> Unit:
        """Make the unit this row was made of, but for what the table does not hold: its place in the article's text.

        Raises ValueError for a state, origin, issue, severity or method that there is not.
        """
        whole = Span(start=0, end=len(self.source))
        segment = Segment(id=self.id, article=self.article, paragraph=self.paragraph, span=whole, source=self.source,
                          language=self.source_language)  # fmt: skip
        return Unit(
            segment=segment,
            target=self.target,
            target_language=self.target_language,
            state=State(self.state),
            score=self.score,
            origin=Origin(self.origin),
            findings=tuple(map(_as_finding, self.findings)),
            receipts=tuple(map(_as_receipt, self.terms)),
        )


class ArticleRow(msgspec.Struct, kw_only=True):
    """A line of `articles.jsonl`: one article."""

    id: str
    path: str
    record: int | None
    format: str
    encoding: str
    sha256: str
    language: str
    title: str
    subtitle: str
    author: str
    editor: str
    agency: str
    published: str
    updated: str
    place: str
    site: str
    url: str
    caption: str
    tags: list[str]
    claimed_language: str
    paragraphs: int
    units: int
    words: int
    """White-space separated words of the clean source."""
    removed: int
    """Lines in `dropped.jsonl`."""
    duplicate_of: str
    source_file: str
    target_file: str

    @classmethod
    def of(cls, conversion: Conversion, *, removed: int, files: tuple[str, str]) -> ArticleRow:
        """Make the row of `conversion`, whose texts stand in `files` (source, target)."""
        article = conversion.article
        return cls(
            id=article.id,
            path=article.path,
            record=article.record,
            format=article.format,
            encoding=article.encoding,
            sha256=article.sha256,
            language=article.language,
            **_metadata(article),
            paragraphs=len(article.text.split("\n")) if article.text else 0,
            units=len(conversion.units),
            words=len(article.text.split()),
            removed=removed,
            duplicate_of=article.duplicate_of,
            source_file=files[0],
            target_file=files[1],
        )


def line(row: object) -> bytes:
    r"""Encode `row` as a line of JSON for any reader; keys of mappings are sorted, those of rows keep their order.

    Lone surrogates, which hostile file names and records can hold and UTF-8 cannot, are written as `\udXXX`.
    """
    try:
        data = msgspec.json.encode(row, order="deterministic")
    except UnicodeEncodeError:
        data = msgspec.json.encode(_visible(msgspec.to_builtins(row)), order="deterministic")
    for char, escape in _JSON_BREAKS:
        data = data.replace(char, escape)
    return data + b"\n"


def tsv_header() -> str:
    """Give the first line of `corpus.tsv`."""
    return "\t".join(TSV_COLUMNS) + "\n"


def tsv(conversion: Conversion, target_file: str) -> Iterator[str]:
    """Give a line of `corpus.tsv` for each unit."""
    files = _cell(conversion.article.metadata.url or conversion.article.path), _cell(target_file)
    for unit in conversion.units:
        segment = unit.segment
        source_tokens, target_tokens = len(segment.source.split()), len(unit.target.split())
        score = rounded(unit.score)
        yield "\t".join((
            *files, _cell(segment.source), _cell(unit.target), str(segment.paragraph), str(segment.paragraph),
            f"{source_tokens / target_tokens:.4f}" if target_tokens else "", str(source_tokens), str(target_tokens),
            _cell(segment.language), _cell(unit.target_language), _cell(segment.id), unit.state.value,
            unit.origin.value, f"{'' if score is None else score}\n",
        ))  # fmt: skip


def one_line(text: str) -> str:
    r"""Make each line break and tab of `text` a space, and lone surrogates visible.

    >>> one_line("a\tb\u2028c")
    'a b c'
    """
    if _BREAK.search(text):
        text = text.translate(_BREAKS)
    return text if text.isascii() else text.encode(errors="backslashreplace").decode()


def rounded(score: float | None) -> float | None:
    """Round to four digits; None for what is not a number. Machines differ in the digits after."""
    if score is None or not math.isfinite(score):
        return None
    return round(score, 4) + 0.0  # -0.0 becomes 0.0


def _cell(text: str) -> str:
    # A space before what a spreadsheet would compute. An apostrophe would stay in the text for the programs that this
    # table is for; a space at the start they all strip. The exact text stands in corpus.jsonl.
    text = one_line(text)
    return f" {text}" if not text[:1].isalnum() and text.lstrip().startswith(_FORMULA) else text


def _span(span: Span | None) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)


def _finding(finding: Finding) -> FindingRow:
    return FindingRow(
        check=finding.check,
        issue=finding.issue.value,
        severity=finding.severity.value,
        message=finding.message,
        span=_span(finding.span),
    )


def _term(receipt: Receipt) -> TermRow:
    return TermRow(
        term=receipt.term,
        target=receipt.target,
        surface=receipt.surface,
        span=(receipt.span.start, receipt.span.end),
        method=receipt.method.value,
        produced=receipt.produced,
        target_span=_span(receipt.target_span),
    )


def _as_span(span: tuple[int, int] | None) -> Span | None:
    return None if span is None else Span(start=span[0], end=span[1])


def _as_finding(row: FindingRow) -> Finding:
    return Finding(
        check=row.check,
        issue=Issue(row.issue),
        severity=Severity(row.severity),
        message=row.message,
        span=_as_span(row.span),
    )


def _as_receipt(row: TermRow) -> Receipt:
    return Receipt(
        term=row.term,
        target=row.target,
        surface=row.surface,
        span=Span(start=row.span[0], end=row.span[1]),
        method=Method(row.method),
        produced=row.produced,
        target_span=_as_span(row.target_span),
    )


def _metadata(article: Article) -> dict[str, Any]:
    metadata = article.metadata
    return {
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "author": metadata.author,
        "editor": metadata.editor,
        "agency": metadata.agency,
        "published": metadata.published,
        "updated": metadata.updated,
        "place": metadata.place,
        "site": metadata.site,
        "url": metadata.url,
        "caption": metadata.caption,
        "tags": list(metadata.tags),
        "claimed_language": metadata.language,
    }


def _visible(value: object) -> object:
    match value:
        case str():
            return value.encode(errors="backslashreplace").decode()
        case dict():
            return {_visible(key): _visible(item) for key, item in value.items()}
        case list() | tuple():
            return [_visible(item) for item in value]
        case _:
            return value


def texts(paragraphs: Iterable[tuple[str, str]]) -> tuple[bytes, bytes]:
    """Give the bytes of an article's two files: a paragraph a line, as many lines in both."""
    pairs = list(paragraphs)
    source = "".join(f"{one_line(source)}\n" for source, _ in pairs)
    target = "".join(f"{one_line(target)}\n" for _, target in pairs)
    return source.encode(), target.encode()
