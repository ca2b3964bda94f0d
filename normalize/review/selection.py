"""Which articles the page holds: all, or those most worth a person's time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence

from normalize.corpus import Article, Conversion, Removed, Unit
from normalize.review.data import Suggestion, article_data, badness, embedded

__all__ = ["MOST_UNITS", "Selection"]

MOST_UNITS = 20_000
"""Units on one page: what a browser opens in about a second. A larger corpus shows its worst articles, whole."""


_SUGGESTED = 100
"""Units for which the memory is asked for like sentences: it takes some milliseconds for each."""


class Selection:
    """The articles of a page, taken from a stream of any length in bounded memory.

    Articles are ranked by the units in them that want a person's eye, and kept whole, since a sentence is judged in
    its article; only an article that alone fills the page loses its best units. Given in the order they came in.
    """

    def __init__(
        self,
        removed: Callable[[Article], Iterable[Removed]],
        *,
        most: int = MOST_UNITS,
        suggest: Callable[[Unit], Sequence[Suggestion]] | None = None,
        estimate: Callable[[Unit], float] | None = None,
    ) -> None:
        self.removed = removed
        """What was taken out of an article: `normalize.clean.removed`."""
        self.most = most
        self.suggest = suggest
        """Offers translations of like sentences from a memory, best first."""
        self.estimate = estimate
        """Says how good a unit is likely to be, 0 to 1: `normalize.guard.estimate`."""
        self.articles = 0
        """Articles seen."""
        self.units = 0
        """Units seen."""
        self._kept: list[tuple[float, int, int, bytes]] = []
        """A heap, least worth reviewing first: rank, minus the number in the stream, units, data."""
        self._kept_units = 0
        self._worst_units: list[tuple[float, int, Unit]] = []
        """A heap of those to ask `suggest` for, best first: badness, minus a number, unit."""

    def watch(self, conversions: Iterable[Conversion]) -> Iterator[Conversion]:
        """Pass `conversions` on, taking notice of each."""
        for conversion in conversions:
            self.add(conversion)
            yield conversion

    def add(self, conversion: Conversion) -> None:
        """Take notice of one more article."""
        self.articles += 1
        self.units += len(conversion.units)
        rank = sum(map(badness, conversion.units))
        # Most articles of a large corpus are turned away here, before anything is made of them.
        if self._kept and rank <= self._kept[0][0] and self._kept_units + len(conversion.units) > self.most:
            return
        units = self._worst(conversion.units)
        if self.suggest is not None:
            self._note(units)
        removed = list(self.removed(conversion.article))
        data = embedded(article_data(conversion, units, removed, estimate=self.estimate))
        heapq.heappush(self._kept, (rank, -self.articles, len(units), data))
        self._kept_units += len(units)
        while self._kept_units > self.most:
            self._kept_units -= heapq.heappop(self._kept)[2]

    def __iter__(self) -> Iterator[bytes]:
        """Give the JSON of each article on the page."""
        for _, _, _, data in sorted(self._kept, key=lambda kept: -kept[1]):
            yield data

    def suggestions(self) -> dict[str, list[Suggestion]]:
        """Give suggestions by unit, for the units that want a person's eye most: looking for them takes time."""
        if self.suggest is None:
            return {}
        found = {unit.segment.id: list(self.suggest(unit)) for _, _, unit in sorted(self._worst_units, reverse=True)}
        return {name: some for name, some in found.items() if some}

    def _note(self, units: tuple[Unit, ...]) -> None:
        for number, unit in enumerate(units):
            rank = (badness(unit), number - self.units, unit)
            if rank[0] > 0:
                heapq.heappush(self._worst_units, rank)
            if len(self._worst_units) > _SUGGESTED:
                heapq.heappop(self._worst_units)

    def _worst(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        if len(units) <= self.most:
            return units
        worst = heapq.nlargest(self.most, range(len(units)), key=lambda number: (badness(units[number]), -number))
        return tuple(units[number] for number in sorted(worst))
