"""A term: one row of a glossary, already checked."""

from __future__ import annotations

import dataclasses
from enum import StrEnum

__all__ = ["Kind", "Status", "Term"]


class Kind(StrEnum):
    """What a row asks for."""

    TERM = "term"
    """A common word or phrase: case is folded, number and gender may vary."""
    NAME = "name"
    """A person, place, body or product: case is exact."""
    KEEP = "keep"
    """Not to be translated: the target is the source, to the letter."""
    FORBID = "forbid"
    """The target must not be used for this source."""


class Status(StrEnum):
    """How good a row's target is (the short names of TBX's administrative statuses)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    """Accepted where the model says it, never put in."""
    DEPRECATED = "deprecated"
    """Replaced by the preferred target of the same source."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One row of a glossary.

    Texts are in Unicode normal form C, without control characters, and `source` and `target` are not blank.
    """

    source: str
    target: str
    source_language: str = ""
    """BCP 47; empty: any."""
    target_language: str = ""
    """BCP 47; empty: any."""
    aliases: tuple[str, ...] = ()
    """Other spellings found in sources, garbled ones included."""
    case_sensitive: bool = False
    kind: Kind = Kind.TERM
    wrong: tuple[str, ...] = ()
    """Renderings in the target language to be replaced."""
    context: tuple[str, ...] = ()
    """Words of which one must stand in the article for an alias to count (for the term itself, if it has no alias)."""
    not_near: tuple[str, ...] = ()
    """Words that must not stand within three words of the occurrence."""
    pos: str = ""
    note: str = ""
    status: Status = Status.PREFERRED
    scope: tuple[str, ...] = ()
    """Sites (`site:tempo.co`) and paths (`path:2024/*`) of which one must be the article's; none: any article."""
    admitted: tuple[str, ...] = ()
    """Targets of admitted rows for the same source; set where terms are matched, not read from a cell."""
    line: int = 0
    """Where it stands in its file, from 1; 0: nowhere."""
    file: str = dataclasses.field(default="", compare=False)
    """The file it stands in, as it was named."""

    @property
    def exact_case(self) -> bool:
        """Whether the target's letters must have the glossary's case."""
        return self.case_sensitive or self.kind in {Kind.NAME, Kind.KEEP}
