"""Measure each paragraph of an article: a row of numbers a paragraph, for the line classifier."""

from __future__ import annotations

import array
import collections
import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from normalize.clean.lexicon import fold
from normalize.clean.lines import Paragraph
from normalize.clean.placement import PLACE, Counts, Gathered, Ids, Matrix, Rows, Vector, placed
from normalize.clean.reading import OWN, Reading
from normalize.clean.recalled import BATCH, CONTENTS, Line, content_words, lines
from normalize.clean.signs import UNSPACED

__all__ = ["NAMES", "Page", "main_run", "measure", "measure_all"]

_AROUND = (
    "words",
    "terminal",
    "whole",
    "start",
    "notice",
    "g_related",
    "g_ago",
    "date",
    "byline",
    "mark",
    "capitals",
    "credit_label",
    "overlap",
)
_COLUMNS, _OVERLAP = [OWN.index(name) for name in _AROUND[:-1]], PLACE.index(_AROUND[-1])
_OFFSETS = (-2, -1, 1, 2)
NAMES = (*OWN, *PLACE, *(f"{name}{offset:+d}" for offset in _OFFSETS for name in _AROUND))
"""The columns of `Page.matrix`."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article's paragraphs with what each shows, and the main run of sentences."""

    paragraphs: Sequence[Paragraph]
    readings: Sequence[Reading]
    words: Vector
    """Of each paragraph, 400 at most."""
    own: Matrix
    """Paragraphs × `OWN`."""
    place: Matrix
    """Paragraphs × `placement.PLACE`."""
    first: int
    """Index of the first paragraph of the main run."""
    last: int
    """Index of its last one, included."""
    title: int
    """Index of the title, -1 where none is found."""
    unspaced: bool = False
    """Whether the title, if one is found, is in a script without spaces between words."""

    @property
    def matrix(self) -> Matrix:
        """Paragraphs × `NAMES`."""
        return self.rows(0, len(self.readings))

    def rows(self, start: int, end: int) -> Matrix:
        """Give these rows of `matrix`: the whole of a long page's would take half a kilobyte a paragraph."""
        reach = max(_OFFSETS)
        low, high = max(0, start - reach), min(len(self.own), end + reach)
        around = np.full((end - start + 2 * reach, len(_AROUND)), -1.0, dtype=np.float32)
        inner = around[low - start + reach : high - start + reach]
        inner[:, :-1] = self.own[low:high].take(_COLUMNS, axis=1)
        inner[:, -1] = self.place[low:high, _OVERLAP]
        shifted = [around[reach + offset : reach + offset + end - start] for offset in _OFFSETS]
        return np.concatenate([self.own[start:end], self.place[start:end], *shifted], axis=1)

    def without_numbers(self) -> Page:
        """Give the page without its matrices, for when the classifier has seen them."""
        none = np.zeros((0, 0), dtype=np.float32)
        return dataclasses.replace(self, own=none, place=none)


def main_run(weights: Iterable[float]) -> tuple[int, int]:
    """Give first and last index of the run with the greatest sum; the first such run, (0, -1) for no paragraphs.

    >>> main_run([-1, 3, -1, 2, -5, 3])
    (1, 3)
    """
    best = total = 0.0
    span = (0, -1)
    start = 0
    for index, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, index
        total += weight
        if total > best:
            best, span = total, (start, index)
    return span


def measure(paragraphs: Sequence[Paragraph], title: str = "") -> Page:
    """Read every paragraph and place it among the others. `title` is the title the page's metadata gives, if any."""
    return measure_all([(paragraphs, title)])[0]


def measure_all(pages: Sequence[tuple[Sequence[Paragraph], str]]) -> list[Page]:
    """Measure pages, each given by its paragraphs and its metadata's title, as if each were alone.

    Some arithmetic takes as long for one short page as for thirty.
    """
    if not pages:
        return []
    read = lines(paragraphs for paragraphs, _ in pages)
    columns = _Columns()
    drafts = [columns.add(read, len(paragraphs)) for paragraphs, _ in pages]
    rows = columns.rows()
    sizes = itertools.accumulate((len(paragraphs) for paragraphs, _ in pages), initial=0)
    spans = list(itertools.pairwise(sizes))
    gathered = [draft.gathered(rows.folded[start:end]) for draft, (start, end) in zip(drafts, spans, strict=True)]
    titles = [_find_title(page, title) for page, (_, title) in zip(gathered, pages, strict=True)]
    place = placed(rows, gathered, titles)
    return [
        Page(
            paragraphs=paragraphs,
            readings=page.readings,
            words=rows.words[start:end],
            own=rows.own[start:end],
            place=place[start:end],
            first=page.first,
            last=page.last,
            title=found,
            unspaced=found >= 0 and UNSPACED.search(page.readings[found].folded) is not None,
        )
        for (paragraphs, _), page, found, (start, end) in zip(pages, gathered, titles, spans, strict=True)
    ]


class _Draft(NamedTuple):
    """What is known of a page when its lines are read."""

    readings: list[Reading]
    content: array.array[int]
    ends: array.array[int]
    first: int
    last: int

    def gathered(self, folded: Counts) -> Gathered:
        content, ends = np.frombuffer(self.content, dtype=np.int32), np.frombuffer(self.ends, dtype=np.int64)
        return Gathered(
            readings=self.readings,
            content=content,
            ends=ends,
            said=_said(content, ends, self.first, self.last),
            folded=folded,
            first=self.first,
            last=self.last,
        )


class _Columns:
    """The numbers of the paragraphs of pages, one page after the other."""

    def __init__(self) -> None:
        self._own = bytearray()
        self._words, self._weights = array.array("f"), array.array("f")
        # Equal texts have equal hashes, others do not; the texts in a dictionary would take 150 bytes a line.
        self._folded, self._openings = array.array("q"), array.array("q")

    def add(self, read: Iterator[Line], size: int) -> _Draft:
        """Add the next page, of so many lines."""
        readings: list[Reading] = []
        begin = len(self._weights)
        known: collections.defaultdict[str, int] = collections.defaultdict(itertools.count().__next__)
        content, ends = array.array("i"), array.array("q", [0])
        for start in range(0, size, BATCH):
            part = list(itertools.islice(read, min(BATCH, size - start)))
            readings += [line.reading for line in part]
            self._own += b"".join([line.numbers for line in part])
            self._words.extend([min(line.reading.words, 400) for line in part])
            self._weights.extend([line.weight for line in part])
            self._folded.extend([hash(line.reading.folded) for line in part])
            self._openings.extend([hash(line.opening) for line in part])
            ends.extend(itertools.accumulate([len(line.content) for line in part], initial=ends.pop()))
            content.extend([known[word] for line in part for word in line.content])
        first, last = main_run(self._weights[begin:])
        for row in range(first, last + 1):
            if readings[row].words > CONTENTS:
                content.extend(map(known.__getitem__, content_words(readings[row].folded)))
        return _Draft(readings, content, ends, first, last)

    def rows(self) -> Rows:
        """Give them, when all pages are there."""
        return Rows(
            own=np.frombuffer(self._own, dtype=np.float32).reshape(len(self._words), len(OWN)),
            words=np.frombuffer(self._words, dtype=np.float32),
            weights=np.frombuffer(self._weights, dtype=np.float32),
            folded=np.frombuffer(self._folded, dtype=np.int64),
            openings=np.frombuffer(self._openings, dtype=np.int64),
        )


def _said(content: Ids, ends: Counts, first: int, last: int) -> Counts:
    """Count each content word's lines in the main run; the words of its long lines stand after all others."""
    run = content[ends[first] : ends[last + 1]] if last >= first else content[:0]
    size = int(content.max(initial=-1)) + 1
    return np.bincount(run, minlength=size) + np.bincount(content[ends[-1] :], minlength=size)


def _find_title(page: Gathered, given: str) -> int:
    """Give the index of the title line, -1 when no line looks like one.

    The title stands before the main run (or is its first line), has three to thirty words, shares its content words
    with the body, and stands nearest to it or is repeated on the page.
    """
    readings, first, last = page.readings, page.first, page.last
    if last < first:
        return -1
    wanted = fold(given)
    best, found = 1.0, -1
    early = first
    while early > 0 and first - early < 60:
        early -= 1
    for index in range(early, min(first + 2, last + 1)):
        reading = readings[index]
        if wanted and reading.folded == wanted:
            return index
        if (
            not 3 <= reading.words <= 32
            or reading.hit is not None
            or reading.shape
            or reading.date > 0.4
            or reading.byline
        ):
            continue
        if reading.terminal and not reading.folded.endswith(("?", "!", '"', "...", "…", "»")):
            continue
        words = page.content_of(index)
        # With few content words each overlap is chance.
        overlap = int((page.said[words] > 0).sum()) / (len(words) + 1.5)
        score = (
            3.0 * overlap
            - 0.04 * max(0, first - index)
            + 0.5 * (int((page.folded == page.folded[index]).sum()) > 1)
            + 0.05 * min(reading.words, 12)
        )
        score += 0.4 if reading.words >= 5 else 0.0
        if readings[index].folded.endswith("...") or reading.credit:
            score -= 0.8
        if score > best:
            best, found = score, index
    if found >= 0:  # of several copies the first one near the body stays
        folded = readings[found].folded
        found = next(index for index in range(early, found + 1) if readings[index].folded == folded)
    return found
