"""What people have said of a segment before: their translations win over the machine's, wherever the segment recurs."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from normalize.corpus import Origin, Segment, State, Unit
from normalize.memory import Memory

__all__ = ["Recall", "Recalled", "recall"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """A translation out of the memory."""

    target: str
    state: State
    origin: Origin
    """HUMAN for the very segment, MEMORY for one that differed in numbers only."""

    def unit(self, segment: Segment, target_language: str) -> Unit:
        """Make the segment's unit."""
        return Unit(
            segment=segment,
            target=self.target,
            target_language=target_language,
            state=self.state,
            origin=self.origin,
        )


Recall = Mapping[tuple[str, str], Recalled]
"""By source text and source language."""


def recall(segments: Iterable[Segment], memory: Memory, target_language: str) -> dict[tuple[str, str], Recalled]:
    """Look up the segments; those nobody has translated are not in the answer."""
    found: dict[tuple[str, str], Recalled] = {}
    for language, sources in _by_language(segments):
        exact = memory.corrections(sources, language, target_language)
        rest = [source for source in sources if source not in exact and any(map(str.isdigit, source))]
        alike = memory.substitutions(rest, language, target_language) if rest else {}
        for origin, said in ((Origin.HUMAN, exact), (Origin.MEMORY, alike)):
            for source, one in said.items():
                found[source, language] = Recalled(target=one.target, state=one.state, origin=origin)
    return found


def _by_language(segments: Iterable[Segment]) -> list[tuple[str, list[str]]]:
    """Group the different sources by their language."""
    groups: dict[str, dict[str, None]] = {}
    for segment in segments:
        groups.setdefault(segment.language, {})[segment.source] = None
    return [(language, list(sources)) for language, sources in sorted(groups.items())]

