"""What the page is told about an article: plain JSON, safe inside a `<script>` block."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

import msgspec

from normalize.corpus import Conversion, Finding, Method, Receipt, Removed, Repair, Severity, Span, State, Unit
from normalize.rows import encoded

__all__ = ["ArticleData", "Suggestion", "UnitData", "article_data", "badness", "embedded", "estimated", "source_hash"]

_REMOVED_SHOWN = 200
"""Removed pieces of one article that the page shows; the rest stand in `dropped.jsonl`."""

_LONGEST_REMOVED = 600
"""Characters of a removed piece that the page shows."""

_WEIGHT = {Severity.MINOR: 1, Severity.MAJOR: 10, Severity.CRITICAL: 100}

_JUDGED = frozenset({State.REVIEWED, State.FINAL})
_LOST = frozenset({Method.MISSING, Method.PARTIAL})

_ESCAPES = (
    (b"<", b"\\u003c"),
    (b">", b"\\u003e"),
    (b"&", b"\\u0026"),
    ("\u2028".encode(), b"\\u2028"),
    ("\u2029".encode(), b"\\u2029"),
)
"""In JSON these stand inside strings only, where the escape means the same; as markup they would end the block."""


class FindingData(msgspec.Struct, kw_only=True):
    """A finding; positions in UTF-16 code units, as scripts count."""

    check: str
    issue: str
    severity: str
    message: str
    span: tuple[int, int] | None


class TermData(msgspec.Struct, kw_only=True):
    """A receipt."""

    term: str
    target: str
    method: str
    produced: str
    span: tuple[int, int]
    target_span: tuple[int, int] | None


class RemovedData(msgspec.Struct, kw_only=True):
    """A removed line or part of a line."""

    rule: str
    evidence: str
    text: str


class RepairData(msgspec.Struct, kw_only=True):
    """What the guard changed."""

    reason: str
    method: str
    before: str


class Suggestion(msgspec.Struct, kw_only=True, frozen=True):
    """A translation of a like sentence, from the memory: offered, never applied."""

    source: str
    """The sentence it was made for."""
    target: str
    """Its translation, with this sentence's numbers where they could be put in."""
    score: float
    """How alike the two sources are, 0 to 1."""
    note: str = ""
    """What was changed in it."""


class UnitData(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A unit; what most units lack is left out, since a page holds thousands."""

    id: str
    paragraph: int
    source: str
    target: str
    language: str
    state: str
    origin: str
    score: float | None
    hash: str
    """`source_hash` of the source: an edit made for another source is not applied."""
    model_target: str
    findings: list[FindingData]
    terms: list[TermData]
    repairs: list[RepairData] = []
    quality: float | None = None
    """Estimated quality, 0 to 1, where it was estimated."""


class ArticleData(msgspec.Struct, kw_only=True):
    """An article with its units."""

    id: str
    path: str
    record: int | None
    language: str
    title: str
    site: str
    url: str
    published: str
    place: str
    author: str
    agency: str
    duplicate_of: str
    removed: list[RemovedData]
    removed_more: int
    trimmed: int
    """Units of the article that are not on the page."""
    units: list[UnitData]


def article_data(
    conversion: Conversion,
    units: tuple[Unit, ...],
    removed: Sequence[Removed],
    *,
    estimate: Callable[[Unit], float] | None = None,
) -> ArticleData:
    """Give what the page shows of `conversion` with `units`, which are some or all of its units.

    `estimate` says how good a unit is likely to be, 0 to 1.
    """
    article, metadata = conversion.article, conversion.article.metadata
    return ArticleData(
        id=article.id,
        path=article.path,
        record=article.record,
        language=article.language,
        title=metadata.title or article.text.partition("\n")[0][:200],
        site=metadata.site,
        url=metadata.url,
        published=metadata.published,
        place=metadata.place,
        author=metadata.author,
        agency=metadata.agency,
        duplicate_of=article.duplicate_of,
        removed=[_removed(removal) for removal in removed[:_REMOVED_SHOWN]],
        removed_more=max(0, len(removed) - _REMOVED_SHOWN),
        trimmed=len(conversion.units) - len(units),
        units=[_unit(unit, estimate) for unit in units],
    )


def badness(unit: Unit) -> float:
    """Say how much a unit wants a person's eye: findings by severity, terms not placed, a little for a low score.

    A unit that a person has judged already wants none.
    """
    if unit.state in _JUDGED:
        return 0.0
    found = lost = 0
    if unit.findings:
        found = sum(_WEIGHT[finding.severity] for finding in unit.findings)
    if unit.receipts:
        lost = sum(_WEIGHT[Severity.MAJOR] for receipt in unit.receipts if receipt.method in _LOST)
    return found + lost + min(1.0, -(unit.score or 0.0) / 4)


def source_hash(source: str) -> str:
    """Name a source: the first 16 hexadecimal digits of its SHA-256.

    >>> source_hash("Berita")
    'bb2d425bb6054dff'
    """
    return hashlib.sha256(source.encode(errors="surrogatepass")).hexdigest()[:16]


def embedded(value: object) -> bytes:
    """Encode `value` as JSON that no HTML parser mistakes for markup, whatever its strings say."""
    data = encoded(value, sort=True)
    for char, escape in _ESCAPES:
        data = data.replace(char, escape)
    return data


def estimated(data: bytes, qualities: Mapping[int, float]) -> bytes:
    """Give an embedded article's data with other qualities of some of its units, by their places."""
    article = msgspec.json.decode(data, type=ArticleData)
    for place, quality in qualities.items():
        article.units[place].quality = round(quality, 3)
    return embedded(article)


def _removed(removal: Removed) -> RemovedData:
    text = removal.text
    return RemovedData(
        rule=removal.rule,
        evidence=removal.evidence,
        text=text[:_LONGEST_REMOVED] + "…" * (len(text) > _LONGEST_REMOVED),
    )


def _unit(unit: Unit, estimate: Callable[[Unit], float] | None) -> UnitData:
    segment, findings, terms = unit.segment, list[FindingData](), list[TermData]()
    if unit.findings or unit.receipts:
        in_source, in_target = _counter(segment.source), _counter(unit.target)
        findings = [_finding(finding, in_target) for finding in unit.findings]
        terms = [_term(receipt, in_source, in_target) for receipt in unit.receipts]
    return UnitData(
        id=segment.id,
        paragraph=segment.paragraph,
        source=segment.source,
        target=unit.target,
        language=segment.language,
        state=unit.state,
        origin=unit.origin,
        score=None if unit.score is None else round(unit.score, 3),
        hash=source_hash(segment.source),
        model_target=unit.model_target,
        findings=findings,
        terms=terms,
        repairs=[_repair(repair) for repair in unit.repairs],
        quality=round(estimate(unit), 3) if estimate else None,
    )


def _repair(repair: Repair) -> RepairData:
    return RepairData(reason=repair.reason, method=repair.method, before=repair.before)


def _finding(finding: Finding, in_target: Callable[[Span], tuple[int, int]]) -> FindingData:
    return FindingData(
        check=finding.check,
        issue=finding.issue,
        severity=finding.severity,
        message=finding.message,
        span=in_target(finding.span) if finding.span else None,
    )


def _term(
    receipt: Receipt, in_source: Callable[[Span], tuple[int, int]], in_target: Callable[[Span], tuple[int, int]]
) -> TermData:
    return TermData(
        term=receipt.term,
        target=receipt.target,
        method=receipt.method,
        produced=receipt.produced,
        span=in_source(receipt.span),
        target_span=in_target(receipt.target_span) if receipt.target_span else None,
    )


def _counter(text: str) -> Callable[[Span], tuple[int, int]]:
    """Give the function that turns spans of code points of `text` into UTF-16 positions."""
    if not text or max(text) <= "\uffff":
        return lambda span: (span.start, span.end)

    def count(end: int) -> int:
        return end + sum(char > "\uffff" for char in text[:end])

    return lambda span: (count(span.start), count(span.end))
