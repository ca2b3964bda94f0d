"""Place each paragraph of a page among the others: the columns that tell what stands around it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from normalize.clean.reading import OWN, Reading

__all__ = ["PLACE", "Counts", "Gathered", "Ids", "Matrix", "Vector", "placed"]

Matrix = npt.NDArray[np.float32]
Vector = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]

PLACE = (
    "index_share",
    "from_end",
    "before",
    "inside",
    "after",
    "to_first",
    "from_last",
    "is_title",
    "after_title",
    "to_title",
    "overlap",
    "overlap_count",
    "title_overlap",
    "copies",
    "window_words",
    "window_terminal",
    "window_hits",
    "prev_long",
    "next_long",
    "short_run",
    "since_related",
    "since_notice",
    "words_after",
    "words_before",
    "page_lines",
    "page_long",
    "run_share",
    "gap_before",
    "gap_after",
    "meta_before",
    "meta_after",
    "copied_before",
    "contained",
)


_TERMINAL, _WHOLE, _START, _NOTICE, _DATE, _BYLINE = map(
    OWN.index, ("terminal", "whole", "start", "notice", "date", "byline")
)
_G_RELATED, _G_NOTICE, _G_TAGS, _G_META = map(OWN.index, ("g_related", "g_notice", "g_tags", "g_meta"))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What is known of a page before its title is looked for."""

    readings: Sequence[Reading]
    own: Matrix
    """Paragraphs × `OWN`."""
    words: Vector
    """Of each paragraph, 400 at most."""
    weights: Vector
    """Of each paragraph for the main run: above 0 is a sentence."""
    content: Ids
    """The words of four letters and more of all paragraphs but long ones, one paragraph after the other."""
    ends: Counts
    """Where those of each paragraph begin, and where the last one's end."""
    said: Counts
    """For each such word, how many paragraphs of the main run have it."""
    folded: Counts
    """Hash of each paragraph's folded text."""
    openings: Counts
    """Hash of each paragraph's first four words."""
    first: int
    last: int

    def content_of(self, row: int) -> Ids:
        """Give the content words of a paragraph."""
        return self.content[self.ends[row] : self.ends[row + 1]]

    def counted(self, flags: npt.NDArray[np.bool_]) -> Vector:
        """Count the flagged words of each paragraph; `flags` is as long as `content` up to its last end."""
        sums = np.zeros(len(flags) + 1, dtype=np.int32)
        np.cumsum(flags, out=sums[1:])
        return np.asarray(sums[self.ends[1:]] - sums[self.ends[:-1]], dtype=np.float32)


def _since(flags: npt.NDArray[np.bool_], limit: float = 30.0) -> Matrix:
    """Give, for each series of flags, how many rows ago the last stood, 0 for a flagged row itself, at most `limit`."""
    index = np.arange(flags.shape[1])
    last = np.maximum.accumulate(np.where(flags, index, -(10**6)), axis=1)
    return np.minimum(index - last, limit).astype(np.float32)


class _Window:
    """The mean over the rows at most `reach` away, of columns of one length."""

    def __init__(self, size: int, reach: int) -> None:
        index = np.arange(size)
        self._low, self._high = np.maximum(index - reach, 0), np.minimum(index + reach + 1, size)
        self._rows = self._high - self._low

    def __call__(self, values: Vector) -> Vector:
        sums = _sums(values)
        return np.asarray((sums[self._high] - sums[self._low]) / self._rows, dtype=np.float32)


def _sums(values: npt.NDArray[np.generic]) -> npt.NDArray[np.float64]:
    """Give the sum of the values before each, and of all at the end."""
    sums = np.zeros(len(values) + 1)
    np.cumsum(values, dtype=np.float64, out=sums[1:])
    return sums


def _within(distances: Vector) -> Vector:
    """Cut distances off at fifty rows."""
    return np.minimum(np.maximum(distances, -50), 50)


def placed(page: Gathered, title: int) -> Matrix:
    """Give the columns `PLACE`; `title` is the title's row, -1 for none."""
    # Each column in one piece: it is written as a whole, and the classifier reads it so.
    columns = np.empty((len(PLACE), len(page.readings)), dtype=np.float32)
    for number, column in enumerate(_columns(page, title)):
        columns[number] = column
    return columns.T


def _columns(page: Gathered, title: int) -> Iterator[npt.NDArray[np.generic]]:
    """Give them one by one: all at once take a lot of memory on a long page."""
    own, words, weights = page.own, page.words, page.weights
    size, first, last = len(own), page.first, page.last
    index = np.arange(size, dtype=np.float32)
    long = weights > 0
    hits = own[:, _WHOLE] + own[:, _START] + own[:, _NOTICE]
    terminal = own[:, _TERMINAL]
    known, shared, title_shared = _overlaps(page, title)
    copies, copied_before = _copies(page)
    total = max(float(words.sum()), 1.0)
    running = np.cumsum(words)
    inside_words = float(words[first : last + 1].sum())
    short = (weights <= 0).astype(np.float32)
    notices = (own[:, _G_NOTICE] > 0) | (own[:, _G_TAGS] > 0)
    since_long, backwards, since_related, since_notice = _since(
        np.array([long, long[::-1], own[:, _G_RELATED] > 0, notices])
    )
    until_long = backwards[::-1]
    logs, near = np.log1p(words), _Window(size, 3)
    meta = ((own[:, _DATE] > 0.4) | (own[:, _BYLINE] > 0) | (own[:, _G_META] > 0)).astype(np.float32)
    yield index / max(size, 1)
    yield np.minimum(size - 1 - index, 100)
    yield index < first
    yield (index >= first) & (index <= last)
    yield index > last
    yield _within(first - index)
    yield _within(index - last)
    yield index == title
    yield (index > title) & (index < first) & (title >= 0)
    yield _within(index - title) if title >= 0 else np.full(size, -60.0)
    yield shared / (known + 1.0)
    yield np.minimum(shared, 12)
    yield title_shared
    yield copies
    yield near(logs)
    yield near(terminal)
    yield _Window(size, 4)(np.minimum(hits, 1))
    yield since_long
    yield until_long
    yield np.minimum(since_long, until_long) * short
    yield since_related
    yield since_notice
    yield 1.0 - running / total
    yield (running - words) / total
    yield np.full(size, np.log1p(size))
    yield np.full(size, long.mean() if size else 0.0)
    yield np.full(size, inside_words / total)
    yield from _neighbour_gaps(logs)
    yield _ahead(meta[::-1], 6)[::-1]
    yield _ahead(meta, 6)
    yield copied_before
    yield _contained(page, copies)


def _neighbour_gaps(logs: Vector) -> Iterator[Vector]:
    """Give how much longer (log) a row is than the mean of the three rows before it, and of those after it."""
    size = len(logs)
    padded = np.zeros(size + 6, dtype=np.float32)
    padded[3 : size + 3] = logs
    for step in (-1, 1):
        mean = sum(padded[3 + step * offset : 3 + step * offset + size] for offset in range(1, 4)) / 3.0
        yield np.asarray(logs - mean, dtype=np.float32)


def _ahead(flags: Vector, reach: int) -> Vector:
    """Count the flags among the next `reach` rows."""
    sums = _sums(flags)
    index = np.arange(len(flags))
    return np.asarray(sums[np.minimum(index + 1 + reach, len(flags))] - sums[index + 1], dtype=np.float32)


def _overlaps(page: Gathered, title: int) -> tuple[Vector, Vector, Vector]:
    """Count each paragraph's content words, those that the main run says too, and give its share in the title's."""
    content = page.content[: page.ends[-1]]
    flags = (page.said > 0)[content]
    if page.first <= page.last:
        # A paragraph of the run is part of what it says: count only words that also stand elsewhere in it.
        run = slice(page.ends[page.first], page.ends[page.last + 1])
        flags[run] = (page.said > 1)[content[run]]
    of_title = np.zeros(len(page.said), dtype=bool)
    if title >= 0:
        of_title[page.content_of(title)] = True
    known = np.diff(page.ends)
    title_shared = page.counted(of_title[content]) / (known + 1.0)
    return known.astype(np.float32), page.counted(flags), title_shared.astype(np.float32)


def _copies(page: Gathered) -> tuple[Vector, npt.NDArray[np.bool_]]:
    """Count the rows of each row's text, no further than five, and flag those whose text stood on an earlier row."""
    earliest, same, counts = _groups(page.folded)
    return np.minimum(counts, 5)[same].astype(np.float32), earliest[same] < np.arange(len(same))


def _groups(keys: Counts) -> tuple[Counts, Counts, Counts]:
    """Give of each set of equal keys the first place, of each key its set, of each set how many they are.

    `np.unique` gives the same in three times the time where keys are few.
    """
    order = keys.argsort(kind="stable")
    ordered = keys[order]
    first = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    numbers = first.cumsum() - 1
    same = np.empty_like(order)
    same[order] = numbers
    return order[first], same, np.bincount(numbers)


def _contained(page: Gathered, copies: Vector) -> npt.NDArray[np.bool_]:
    """Flag the rows of 4 to 30 words that another row, a breadcrumb or a caption, holds whole or cut short."""
    _, same, counts = _groups(page.openings)
    alike = counts[same]
    return (page.words >= 4) & (page.words <= 30) & (alike > copies)
