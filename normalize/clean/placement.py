"""Place each paragraph of a page among the others: the columns that tell what stands around it."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from normalize.clean.reading import OWN, Reading
from normalize.clean.spread import Counts, Spread, Vector, sums_of

__all__ = ["PLACE", "Counts", "Gathered", "Ids", "Matrix", "Rows", "Vector", "placed"]

Matrix = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]

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
class Rows:
    """What each paragraph has, of some pages, one page after the other."""

    own: Matrix
    """Paragraphs × `OWN`."""
    words: Vector
    """Of each paragraph, 400 at most."""
    weights: Vector
    """Of each paragraph for the main run: above 0 is a sentence."""
    folded: Counts
    """Hash of each paragraph's folded text."""
    openings: Counts
    """Hash of each paragraph's first four words."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What is known of a page before its title is looked for."""

    readings: Sequence[Reading]
    content: Ids
    """The words of four letters and more of all paragraphs but long ones, one paragraph after the other."""
    ends: Counts
    """Where those of each paragraph begin, and where the last one's end."""
    said: Counts
    """For each such word, how many paragraphs of the main run have it."""
    folded: Counts
    """Hash of each paragraph's folded text."""
    first: int
    last: int

    def content_of(self, row: int) -> Ids:
        """Give the content words of a paragraph."""
        return self.content[self.ends[row] : self.ends[row + 1]]


def _within(distances: Vector) -> Vector:
    """Cut distances off at fifty rows."""
    return np.minimum(np.maximum(distances, -50), 50)


def placed(rows: Rows, pages: Sequence[Gathered], titles: Sequence[int]) -> Matrix:
    """Give the columns `PLACE` of all rows; `titles` are the titles' rows, each counted on its page, -1 for none."""
    # Each column in one piece: it is written as a whole, and the classifier reads it so.
    columns = np.empty((len(PLACE), len(rows.own)), dtype=np.float32)
    for number, column in enumerate(_columns(rows, pages, titles)):
        columns[number] = column
    return columns.T


def _columns(rows: Rows, pages: Sequence[Gathered], titles: Sequence[int]) -> Iterator[npt.NDArray[np.generic]]:
    """Give them one by one: all at once take a lot of memory on a long page."""
    own, words = rows.own, rows.words
    spread = Spread([len(page.readings) for page in pages])
    size, first, last, title = (
        spread(np.array(each, dtype=np.float32))
        for each in (spread.sizes, [page.first for page in pages], [page.last for page in pages], titles)
    )
    index = (spread.index - spread.start).astype(np.float32)
    long = rows.weights > 0
    hits = own[:, _WHOLE] + own[:, _START] + own[:, _NOTICE]
    inside = (index >= first) & (index <= last)
    known, shared, title_shared = _overlaps(pages, titles, inside)
    copies, copied_before = _copies(rows.folded, spread)
    total, inside_share = _totals(words, pages, spread)
    running = spread.running(words)
    since_long, until_long = spread.since(long), spread.since(long, back=True)
    logs, near = np.log1p(words), spread.near(3)
    meta = ((own[:, _DATE] > 0.4) | (own[:, _BYLINE] > 0) | (own[:, _G_META] > 0)).astype(np.float32)
    yield index / np.maximum(size, 1)
    yield np.minimum(size - 1 - index, 100)
    yield index < first
    yield inside
    yield index > last
    yield _within(first - index)
    yield _within(index - last)
    yield index == title
    yield (index > title) & (index < first) & (title >= 0)
    yield np.where(title >= 0, _within(index - title), -60)
    yield shared / (known + 1.0)
    yield np.minimum(shared, 12)
    yield title_shared
    yield copies
    yield near(logs)
    yield near(own[:, _TERMINAL])
    yield spread.near(4)(np.minimum(hits, 1))
    yield since_long
    yield until_long
    yield np.minimum(since_long, until_long) * (rows.weights <= 0)
    yield spread.since(own[:, _G_RELATED] > 0)
    yield spread.since((own[:, _G_NOTICE] > 0) | (own[:, _G_TAGS] > 0))
    yield 1.0 - running / total
    yield (running - words) / total
    yield spread(np.log1p(spread.sizes))
    yield spread(spread.totals(long) / np.maximum(spread.sizes, 1))
    yield inside_share
    yield from _neighbour_gaps(logs, spread)
    yield spread.behind(meta, 6)
    yield spread.ahead(meta, 6)
    yield copied_before
    yield _contained(rows, copies, spread)


def _totals(words: Vector, pages: Sequence[Gathered], spread: Spread) -> tuple[Vector, npt.NDArray[np.generic]]:
    """Give each row its page's words, and the share of them that the main run has."""
    sums = sums_of(words)
    total = np.maximum(spread.totals(words), 1.0)
    starts = spread.ends - spread.sizes
    run = sums[starts + [page.last + 1 for page in pages]] - sums[starts + [page.first for page in pages]]
    return spread(total).astype(np.float32), spread(run / total)


def _neighbour_gaps(logs: Vector, spread: Spread) -> Iterator[Vector]:
    """Give how much longer (log) a row is than the mean of the three rows before it, and of those after it."""
    place = spread.index + spread(3 * np.arange(1, len(spread.sizes) + 1))
    padded = np.zeros(len(logs) + 3 * (len(spread.sizes) + 1), dtype=np.float32)
    padded[place] = logs
    for step in (-1, 1):
        shifted = [padded[3 + step * offset : len(padded) - 3 + step * offset] for offset in range(1, 4)]
        means = (shifted[0] + shifted[1] + shifted[2]) / 3.0
        yield np.asarray(logs - means[place - 3], dtype=np.float32)


def _overlaps(
    pages: Sequence[Gathered], titles: Sequence[int], inside: npt.NDArray[np.bool_]
) -> tuple[Vector, Vector, Vector]:
    """Count each paragraph's content words, those that the main run says too, and give its share in the title's.

    `inside` tells of each row whether it stands in its page's main run.
    """
    base = [0, *itertools.accumulate(len(page.said) for page in pages)]
    content = _joined([
        page.content[: page.ends[-1]] + number if number else page.content[: page.ends[-1]]
        for page, number in zip(pages, base, strict=False)
    ])  # fmt: skip
    said = _joined([page.said for page in pages])
    known = _joined([np.diff(page.ends) for page in pages])
    # A paragraph of the run is part of what it says: count only words that also stand elsewhere in it.
    flags = np.where(inside.repeat(known), (said > 1)[content], (said > 0)[content])
    of_title = np.zeros(len(said), dtype=bool)
    for page, title, number in zip(pages, titles, base, strict=False):
        if title >= 0:
            of_title[page.content_of(title) + number] = True
    title_shared = _counted(of_title[content], known) / (known + 1.0)
    return known.astype(np.float32), _counted(flags, known), title_shared.astype(np.float32)


def _joined(parts: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _counted(flags: npt.NDArray[np.bool_], sizes: Counts) -> Vector:
    """Count the flagged of each paragraph's content words; `sizes` tells how many it has."""
    sums = np.zeros(len(flags) + 1, dtype=np.int32)
    np.cumsum(flags, out=sums[1:])
    ends = sizes.cumsum()
    return np.asarray(sums[ends] - sums[ends - sizes], dtype=np.float32)


def _copies(folded: Counts, spread: Spread) -> tuple[Vector, npt.NDArray[np.bool_]]:
    """Count the rows of each row's text on its page, to five, and flag those whose text stood on an earlier row."""
    earliest, same, counts = spread.groups(folded)
    return np.minimum(counts, 5)[same].astype(np.float32), earliest[same] < spread.index


def _contained(rows: Rows, copies: Vector, spread: Spread) -> npt.NDArray[np.bool_]:
    """Flag the rows of 4 to 30 words that another row, a breadcrumb or a caption, holds whole or cut short."""
    _, same, counts = spread.groups(rows.openings)
    alike = counts[same]
    return (rows.words >= 4) & (rows.words <= 30) & (alike > copies)
