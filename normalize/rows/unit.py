"""`UnitRow`: a line of `corpus.jsonl`.

Fields that are missing have a plain value, so that corpora made elsewhere can be read too; fields that are not known
here are passed over.
"""

from __future__ import annotations

import math
from typing import Annotated

import msgspec

from normalize.corpus import Finding, Issue, Method, Origin, Receipt, Segment, Severity, Span, State, Unit

__all__ = ["FindingRow", "Natural", "RepairRow", "Tag", "TermRow", "UnitRow"]

Tag = Annotated[str, msgspec.Meta(pattern=r"^(?:[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)?\Z")]
"""A BCP 47 tag by its shape, or nothing; it names files, so nothing else may pass."""

Natural = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Position = tuple[Natural, Natural]


class FindingRow(msgspec.Struct, kw_only=True):
    """A finding of a unit."""

    check: str
    issue: Issue
    severity: Severity
    message: str
    span: Position | None = None

    @classmethod
    def of(cls, finding: Finding) -> FindingRow:
        """Make the row of `finding`."""
        return cls(check=finding.check, issue=finding.issue, severity=finding.severity, message=finding.message,
                   span=_position(finding.span))  # fmt: skip

    def finding(self) -> Finding:
        """Make the finding again."""
        return Finding(check=self.check, issue=self.issue, severity=self.severity, message=self.message,
                       span=_span(self.span))  # fmt: skip


class TermRow(msgspec.Struct, kw_only=True):
    """A receipt: what became of one occurrence of a glossary term."""

    term: str
    target: str
    surface: str
    span: Position
    method: Method
    produced: str = ""
    target_span: Position | None = None

    @classmethod
    def of(cls, receipt: Receipt) -> TermRow:
        """Make the row of `receipt`."""
        return cls(
            term=receipt.term, target=receipt.target, surface=receipt.surface,
            span=(receipt.span.start, receipt.span.end), method=receipt.method, produced=receipt.produced,
            target_span=_position(receipt.target_span),
        )  # fmt: skip

    def receipt(self) -> Receipt:
        """Make the receipt again."""
        return Receipt(
            term=self.term, target=self.target, surface=self.surface, span=Span(start=self.span[0], end=self.span[1]),
            method=self.method, produced=self.produced, target_span=_span(self.target_span),
        )  # fmt: skip


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

    @classmethod
    def of(cls, unit: Unit) -> UnitRow:
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
            state=unit.state,
            score=_rounded(unit.score),
            origin=unit.origin,
            findings=list(map(FindingRow.of, unit.findings)),
            terms=list(map(TermRow.of, unit.receipts)),
        )

    def unit(self) -> Unit:
        """Make the unit this row was made of, but for what the table does not hold: its place in the article's text."""
        whole = Span(start=0, end=len(self.source))
        segment = Segment(id=self.id, article=self.article, paragraph=self.paragraph, span=whole, source=self.source,
                          language=self.source_language)  # fmt: skip
        return Unit(
            segment=segment,
            target=self.target,
            target_language=self.target_language,
            state=self.state,
            score=self.score,
            origin=self.origin,
            findings=tuple(row.finding() for row in self.findings),
            receipts=tuple(row.receipt() for row in self.terms),
        )


def _position(span: Span | None) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)


def _span(position: tuple[int, int] | None) -> Span | None:
    return None if position is None else Span(start=position[0], end=position[1])


def _rounded(score: float | None) -> float | None:
    """Round to four digits; None for what is not a number. Machines differ in the digits after."""
    if score is None or not math.isfinite(score):
        return None
    return round(score, 4) + 0.0  # -0.0 becomes 0.0
