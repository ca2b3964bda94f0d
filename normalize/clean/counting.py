"""Counting in tables of fixed size, and the smallest hashes of a text: the arithmetic of `recurrence`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["Cells", "Counts", "smallest_runs"]

Cells = npt.NDArray[np.int64]
"""Rows × keys: the cell of each key in each row of a table."""

_COLUMNS = 1 << 20


class Counts:
    """How often keys were added, each call once; it may say too much, by chance, never too little (count-min)."""

    def __init__(self, *, rows: int, most: int) -> None:
        """Make an empty table that counts to `most`, 255 or 65535."""
        self._rows = rows
        self._most = most
        self._table = np.zeros(rows * _COLUMNS, dtype=np.min_scalar_type(most))

    def cells(self, keys: Sequence[int]) -> Cells:
        """Give the cells of keys of 64 bits; those of a table of fewer rows are the first of them."""
        both = np.array(keys, dtype=np.uint64)
        low, high = both & np.uint64(0xFFFFFFFF), both >> np.uint64(32) | np.uint64(1)
        rows = np.arange(self._rows, dtype=np.uint64)[:, None]
        return ((low + rows * high) % np.uint64(_COLUMNS) + rows * np.uint64(_COLUMNS)).astype(np.int64)

    def of(self, cells: Cells) -> list[int]:
        """Give how often each key was added."""
        found: list[int] = self._table[cells[: self._rows]].min(axis=0).tolist()
        return found

    def add(self, cells: Cells) -> None:
        """Count keys; a cell that two of them share counts once."""
        cells = cells[: self._rows]
        self._table[cells] = np.minimum(self._table[cells], self._most - 1) + 1


def smallest_runs(hashes: Iterable[int], sizes: Sequence[int], *, run: int, most: int) -> list[int]:
    """Give the `most` smallest hashes, rising, of the runs of so many words that lie in one line.

    `hashes` are those of all words (32 bits), at least one run of them; `sizes` tells how many words each line has.
    """
    keys = np.fromiter(hashes, dtype=np.uint64)
    line_of = np.arange(len(sizes)).repeat(sizes)
    size = len(keys) - run + 1
    runs = np.zeros(size, dtype=np.uint64)
    for step in range(run):
        # A polynomial over the words of the run, stirred by splitmix64's steps (Steele, Lea and Flood 2014).
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + keys[step : step + size]
    runs = (runs ^ (runs >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    runs = (runs ^ (runs >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    runs = (runs ^ (runs >> np.uint64(31))) | np.uint64(1)
    smallest = np.sort(runs[line_of[:size] == line_of[run - 1 :]])
    first = np.ones(len(smallest), dtype=bool)
    np.not_equal(smallest[1:], smallest[:-1], out=first[1:])
    kept: list[int] = smallest[first][:most].tolist()
    return kept
