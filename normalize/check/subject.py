"""What a check looks at, and what it says."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

from normalize.corpus import Issue, Method, Receipt, Segment, Severity, Span, Unit

__all__ = ["Check", "Example", "Found", "Subject"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A unit under check, with what the unit itself does not say."""

    unit: Unit
    truncated: bool = False
    """The engine hit a limit on this unit."""

    @property
    def source(self) -> str:
        """The unit's source text."""
        return self.unit.segment.source

    @property
    def target(self) -> str:
        """The unit's target text."""
        return self.unit.target

    @property
    def source_language(self) -> str:
        """The source's language without region or script."""
        return self.unit.segment.language.lower().partition("-")[0]

    @property
    def target_language(self) -> str:
        """The target's language without region or script."""
        return self.unit.target_language.lower().partition("-")[0]


Found = tuple[str, Span | None]
"""One line of evidence, and where in the target it is, if that can be said."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A pair a check is shown by, and tested on."""

    source: str
    target: str
    language: str = "id"
    truncated: bool = False
    missing: str = ""
    """A glossary term in the source whose target form could not be placed."""

    def subject(self) -> Subject:
        """Give the example as a unit under check."""
        segment = Segment(id="example:0.0", article="example", paragraph=0, span=Span(start=0, end=len(self.source)),
                          source=self.source, language=self.language)
        at = self.source.find(self.missing)
        receipt = Receipt(term=self.missing, target=f"the {self.missing}", surface=self.missing, method=Method.MISSING,
                          span=Span(start=at, end=at + len(self.missing)))
        receipts = (receipt,) if self.missing else ()
        return Subject(unit=Unit(segment=segment, target=self.target, receipts=receipts), truncated=self.truncated)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: its place in the vocabulary, the function that makes it, and a pair that shows it."""

    name: str
    issue: Issue
    severity: Severity
    function: Callable[[Subject], Iterator[Found]]
    description: str
    example: Example
    counter_example: Example
