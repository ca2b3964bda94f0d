"""What a check looks at, and what it says."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

from normalize.corpus import Issue, Method, Receipt, Segment, Severity, Span, Unit

__all__ = ["Check", "Example", "Found", "Subject"]


def _base(tag: str) -> str:
    return tag.lower().partition("-")[0]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A unit under check, with what the unit itself does not say."""

    unit: Unit
    truncated: bool = False
    """The engine hit a limit on this unit."""

    source: str = dataclasses.field(init=False, repr=False, compare=False)
    """The unit's source text."""
    target: str = dataclasses.field(init=False, repr=False, compare=False)
    """The unit's target text."""
    source_language: str = dataclasses.field(init=False, repr=False, compare=False)
    """The source's language without region or script."""
    target_language: str = dataclasses.field(init=False, repr=False, compare=False)
    """The target's language without region or script."""

    def __post_init__(self) -> None:
        """Take from the unit what every check asks for."""
        object.__setattr__(self, "source", self.unit.segment.source)
        object.__setattr__(self, "target", self.unit.target)
        object.__setattr__(self, "source_language", _base(self.unit.segment.language))
        object.__setattr__(self, "target_language", _base(self.unit.target_language))


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
