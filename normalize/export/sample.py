"""`Sample`: so many units of each pair of languages, for a person to look at; always the same ones."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterator, Sequence

from normalize.export.text import fingerprint
from normalize.rows import UnitRow

__all__ = ["Sample"]


class Sample:
    """Draws by a hash of the unit's id, so that neither order, texts nor other units decide who is drawn.

    A smaller sample is part of a larger one, and a new translation of a corpus gives the same sentences. Holds sixteen
    bytes a unit.
    """

    def __init__(self, size: int | None) -> None:
        """Draw `size` units of each pair of languages; None: all, and nothing is held."""
        self._size = size
        self._pairs: dict[tuple[str, str], tuple[array[int], array[int]]] = {}

    def add(self, place: int, unit: UnitRow) -> None:
        """Take note of a unit that may be drawn, and of its place in the corpus."""
        if self._size is None:
            return
        places, ranks = self._pairs.setdefault(unit.pair, (array("Q"), array("Q")))
        places.append(place)
        ranks.append(fingerprint(unit.id))

    def dropped(self, verdicts: Sequence[int]) -> Iterator[int]:
        """Give the places of the units outside the sample, of those that nothing else drops."""
        for places, ranks in self._pairs.values():
            # Gone over twice rather than listed: pairs in a list take eight times what is held.
            stay = ((rank, place) for rank, place in zip(ranks, places, strict=True) if not verdicts[place])
            drawn = {place for _, place in heapq.nsmallest(self._size or 0, stay)}
            yield from (place for place in places if place not in drawn and not verdicts[place])
