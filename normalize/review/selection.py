"""Which articles the page holds: all, or those most worth a person's time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence

from normalize.corpus import Article, Conversion, Removed, Unit
from normalize.review.data import Suggestion, article_data, badness, embedded, estimated

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
        estimates: Callable[[Sequence[Unit]], Sequence[float]] | None = None,
    ) -> None:
        self.removed = removed
        """What was taken out of an article: `normalize.clean.removed`."""
        self.most = most
        self.suggest = suggest
        """Offers translations of like sentences from a memory, best first."""
        self.estimate = estimate
        """Says how good a unit is likely to be, 0 to 1: `normalize.guard.estimate`."""
        self.estimates = estimates
        """Says the same of units with reverse scores, compared with one another: `normalize.guard.estimates`."""
        self.articles = 0
        """Articles seen."""
        self.units = 0
        """Units seen."""
        self._kept: list[tuple[float, int, int, bytes]] = []
        """A heap, least worth reviewing first: rank, minus the number in the stream, units, data."""
        self._reversed: dict[int, dict[int, Unit]] = {}
        """By minus an article's number, those of its units that have a reverse score, by place."""
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
        bad = list(map(badness, conversion.units))
        rank = sum(bad)
        # Most articles of a large corpus are turned away here, before anything is made of them.
        if self._kept and rank <= self._kept[0][0] and self._kept_units + len(conversion.units) > self.most:
            return
        units, bad = self._worst(conversion.units, bad)
        if self.suggest is not None:
            self._note(units, bad)
        removed = list(self.removed(conversion.article))
        data = embedded(article_data(conversion, units, removed, estimate=self.estimate))
        heapq.heappush(self._kept, (rank, -self.articles, len(units), data))
        if self.estimates is not None:
            self._reversed[-self.articles] = {
                place: unit for place, unit in enumerate(units) if unit.reverse is not None
            }
        self._kept_units += len(units)
        while self._kept_units > self.most:
            _, number, fewer, _ = heapq.heappop(self._kept)
            self._kept_units -= fewer
            self._reversed.pop(number, None)

    def __iter__(self) -> Iterator[bytes]:
        """Give the JSON of each article on the page."""
        qualities = self._compared()
        for _, number, _, data in sorted(self._kept, key=lambda kept: -kept[1]):
            found = qualities.get(number)
            yield estimated(data, found) if found else data

    def _compared(self) -> dict[int, dict[int, float]]:
        """Estimate the quality of the units with a reverse score, which needs all of them; by article and place."""
        places = [(number, place) for number in sorted(self._reversed) for place in self._reversed[number]]
        if self.estimates is None or not places:
            return {}
        found: dict[int, dict[int, float]] = {}
        values = self.estimates([self._reversed[number][place] for number, place in places])
        for (number, place), value in zip(places, values, strict=True):
            found.setdefault(number, {})[place] = value
        return found

    def suggestions(self) -> dict[str, list[Suggestion]]:
        """Give suggestions by unit, for the units that want a person's eye most: looking for them takes time."""
        if self.suggest is None:
            return {}
        found = {unit.segment.id: list(self.suggest(unit)) for _, _, unit in sorted(self._worst_units, reverse=True)}
        return {name: some for name, some in found.items() if some}

    def _note(self, units: Sequence[Unit], bad: Sequence[float]) -> None:
        for number, unit in enumerate(units):
            rank = (bad[number], number - self.units, unit)
            if len(self._worst_units) >= _SUGGESTED:
                heapq.heappushpop(self._worst_units, rank)
            elif bad[number] > 0:
                heapq.heappush(self._worst_units, rank)

    def _worst(self, units: tuple[Unit, ...], bad: list[float]) -> tuple[tuple[Unit, ...], list[float]]:
        """Give the units of one article that are shown, and how bad each is."""
        if len(units) <= self.most:
            return units, bad
        worst = sorted(heapq.nlargest(self.most, range(len(units)), key=lambda number: (bad[number], -number)))
        return tuple(units[number] for number in worst), [bad[number] for number in worst]
