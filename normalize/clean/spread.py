"""Arithmetic on the rows of several pages that stand one after the other, as if each page stood alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Counts", "Spread", "Vector", "sums_of"]

Vector = npt.NDArray[np.float32]
Counts = npt.NDArray[np.int64]


class Spread:
    """The rows of pages that stand one after the other; what no window may reach across."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = np.array(sizes)
        self.ends = self.sizes.cumsum()
        self.index = np.arange(self.ends[-1])
        """Of each row, among all."""
        self.start, self.end = self(self.ends - self.sizes), self(self.ends)
        """Of each row's page."""

    def __call__(self, each: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Give each row what its page has; of one page once, because a long one would take much memory."""
        return each if len(self.sizes) == 1 else each.repeat(self.sizes)

    def totals(self, values: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """Give the sum of each page's values."""
        sums = sums_of(values)
        return np.asarray(sums[self.ends] - sums[self.ends - self.sizes])

    def since(self, flags: npt.NDArray[np.bool_], limit: float = 30.0, *, back: bool = False) -> Vector:
        """Give how many rows ago the last flag stood, 0 for a flagged row itself, at most `limit`.

        With `back`, how many rows on the next one stands.
        """
        if back:
            nearest = np.minimum.accumulate(np.where(flags, self.index, 1 << 40)[::-1])[::-1]
            away = np.where(nearest < self.end, nearest - self.index, limit)
        else:
            nearest = np.maximum.accumulate(np.where(flags, self.index, -1))
            away = np.where(nearest >= self.start, self.index - nearest, limit)
        return np.minimum(away, limit).astype(np.float32)

    def near(self, reach: int) -> Window:
        """Give the window of the rows at most `reach` away."""
        return Window(np.maximum(self.index - reach, self.start), np.minimum(self.index + reach + 1, self.end))

    def ahead(self, flags: Vector, reach: int) -> Vector:
        """Count the flags among the next `reach` rows."""
        sums = sums_of(flags)
        return np.asarray(sums[np.minimum(self.index + 1 + reach, self.end)] - sums[self.index + 1], dtype=np.float32)

    def behind(self, flags: Vector, reach: int) -> Vector:
        """Count the flags among the `reach` rows before."""
        sums = sums_of(flags)
        return np.asarray(sums[self.index] - sums[np.maximum(self.index - reach, self.start)], dtype=np.float32)

    def running(self, values: Vector) -> Vector:
        """Give the sum of a page's values up to each row."""
        sums = sums_of(values)
        return np.asarray(sums[1:] - sums[self.start], dtype=np.float32)

    def groups(self, keys: Counts) -> tuple[Counts, Counts, Counts]:
        """Give of each set of a page's equal keys the first place, of each key its set, of each set how many they are.

        `np.unique` gives the same for one page, in three times the time where keys are few.
        """
        order = keys.argsort(kind="stable") if len(self.sizes) == 1 else np.lexsort((keys, self.start))
        ordered = keys[order]
        first = np.ones(len(keys), dtype=np.bool_)
        np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
        first[(self.ends - self.sizes)[self.sizes > 0]] = True
        numbers = first.cumsum() - 1
        same = np.empty_like(order)
        same[order] = numbers
        return order[first], same, np.bincount(numbers)


class Window:
    """The mean over the rows from `low` to `high`, of columns of one length."""

    def __init__(self, low: Counts, high: Counts) -> None:
        self._low, self._high = low, high
        self._rows = high - low

    def __call__(self, values: Vector) -> Vector:
        # Words' logarithms (float32, 0 or more than a half) add up exactly in 53 bits, so it is all the same what the
        # pages before have.
        sums = sums_of(values)
        return np.asarray((sums[self._high] - sums[self._low]) / self._rows, dtype=np.float32)


def sums_of(values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
    """Give the sum of the values before each, and of all at the end."""
    sums = np.zeros(len(values) + 1)
    np.cumsum(values, dtype=np.float64, out=sums[1:])
    return sums
