"""Numbers counted in hundredths, so that a million of them need no more room than a hundred."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Any

__all__ = ["Bin", "Histogram"]

_QUANTILES = {"p05": 0.05, "median": 0.5, "p95": 0.95}


@dataclasses.dataclass(frozen=True, slots=True)
class Bin:
    """How many numbers lie from `start` up to, not including, `end`."""

    start: float
    end: float
    count: int


@dataclasses.dataclass(slots=True)
class Histogram:
    """Counts of numbers by hundredths; what lies outside `low` to `high` counts at that end.

    >>> histogram = Histogram(low=0.0, high=2.0)
    >>> for number in (0.5, 0.5, 1.25, 7.0):
    ...     histogram.add(number)
    >>> histogram.total, histogram.quantile(0.5), histogram.quantile(1.0)
    (4, 0.5, 2.0)
    >>> [bin.count for bin in histogram.bins(0.5)]
    [0, 2, 1, 0, 1]
    """

    low: float
    high: float
    counts: Counter[int] = dataclasses.field(default_factory=Counter)
    """Hundredth → numbers."""

    @property
    def total(self) -> int:
        """How many numbers were added."""
        return self.counts.total()

    def add(self, number: float) -> None:
        """Count one number; it must be finite."""
        self.counts[round(100 * min(max(number, self.low), self.high))] += 1

    def quantile(self, share: float) -> float | None:
        """Give the smallest number that `share` (0 to 1) of all numbers do not exceed; None when there are none."""
        wanted, seen = share * self.total, 0
        for hundredth in sorted(self.counts):
            seen += self.counts[hundredth]
            if seen >= wanted:
                return hundredth / 100
        return None

    def bins(self, width: float) -> list[Bin]:
        """Give bins of `width` from `low` on; the last holds `high` and all that lies above."""
        first, last, step = (round(100 * number) for number in (self.low, self.high, width))
        sums: Counter[int] = Counter()
        for hundredth, count in self.counts.items():
            sums[(hundredth - first) // step] += count
        return [
            Bin((first + step * number) / 100, (first + step * (number + 1)) / 100, sums[number])
            for number in range((last - first) // step + 1)
        ]

    def as_json(self, width: float) -> dict[str, Any]:
        """Give quantiles, and the bins that hold anything, by the number they start at."""
        return {
            "bins": {f"{one.start:.2f}": one.count for one in self.bins(width) if one.count},
            "counted": self.total,
            **{name: self.quantile(share) for name, share in _QUANTILES.items()},
        }
