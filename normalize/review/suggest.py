"""Translations of like sentences, from the memory to the page."""

from __future__ import annotations

from collections.abc import Callable

from normalize.corpus import Origin, State, Unit
from normalize.memory import Memory
from normalize.review.data import Suggestion

__all__ = ["suggestions"]

_MOST = 3
"""Suggestions for one unit: as many as there are keys for."""


def suggestions(memory: Memory) -> Callable[[Unit], list[Suggestion]]:
    """Give what `Selection` takes as `suggest`: the like sentences of a unit that nobody has judged yet."""
    if next(memory.remembered(), None) is None:
        return lambda _: []

    def suggest(unit: Unit) -> list[Suggestion]:
        segment = unit.segment
        if unit.state in {State.REVIEWED, State.FINAL} or unit.origin in {Origin.COPIED, Origin.MEMORY, Origin.HUMAN}:
            return []
        found = memory.suggest(segment.source, segment.language, unit.target_language, limit=_MOST)
        return [
            Suggestion(
                source=one.remembered.source,
                target=one.target,
                score=round(one.similarity, 3),
                note="only the numbers differ, and they were put in" if one.exact_but_numbers else "",
            )
            for one in found
        ]

    return suggest
