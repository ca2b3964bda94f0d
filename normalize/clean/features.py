"""Measure each paragraph of an article: a row of numbers a paragraph, for the line classifier."""

from __future__ import annotations

import array
import collections
import dataclasses
import itertools
import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from normalize.clean.lexicon import fold
from normalize.clean.lines import Paragraph
from normalize.clean.placement import PLACE, Counts, Gathered, Ids, Matrix, Vector, placed
from normalize.clean.reading import OWN, Reading, read
from normalize.clean.signs import UNSPACED

__all__ = ["NAMES", "Page", "main_run", "measure"]

_RECALLED = 160
"""Code points of a line whose measures are remembered."""
_REMEMBERED = 1 << 12
"""Lines remembered, and as many older ones."""
_BATCH = 512
"""Lines measured at once: what is only needed until they are counted takes kilobytes a line."""
_CONTENTS = 60
"""Words of a line whose content words are compared with the body's; a longer one is body."""
_CONTENT = re.compile(r"[^\W\d_]{4,}")
_ASCII_CONTENT = re.compile("[a-z]{4,}")
"""The same of folded ASCII, found in a fraction of the time."""


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


def main_run(weights: Vector) -> tuple[int, int]:
    """Give first and last index of the run with the greatest sum; the first such run, (0, -1) for no paragraphs.

    >>> main_run(np.array([-1, 3, -1, 2, -5, 3], dtype=np.float32))
    (1, 3)
    """
    best = total = 0.0
    span = (0, -1)
    start = 0
    for index, weight in enumerate(weights.tolist()):
        if total <= 0:
            total, start = 0.0, index
        total += weight
        if total > best:
            best, span = total, (start, index)
    return span


def _sentence_weight(reading: Reading) -> float:
    """Weigh a paragraph for the main run: its words if it is a sentence, a fixed loss if it is furniture-like."""
    if reading.hit is not None and (reading.hit.mode != "start" or reading.words <= 12):
        return -8.0
    if reading.words >= 9 and reading.terminal and reading.shape == "":
        return float(min(reading.words, 60))
    if reading.words >= 25 and reading.shape == "":
        return 12.0
    return -6.0 if reading.words <= 4 else -4.0


def _content_words(folded: str) -> Collection[str]:
    """Give a line's words of four letters and more, each once; in scripts without spaces, its pairs of signs."""
    if folded.isascii():
        return dict.fromkeys(_ASCII_CONTENT.findall(folded))
    if UNSPACED.search(folded) is not None:
        signs = "".join(UNSPACED.findall(folded))
        return dict.fromkeys(signs[at : at + 2] for at in range(len(signs) - 1))
    return dict.fromkeys(_CONTENT.findall(folded))


class _Line(NamedTuple):
    """What does not depend on where a paragraph stands."""

    reading: Reading
    numbers: bytes
    content: tuple[str, ...]
    """Its words of four letters and more; none of a long one."""
    weight: float
    opening: str
    """Its first four words, where it has them."""


class _Memory:
    """The short lines met last: a site's menus stand on all its pages."""

    def __init__(self) -> None:
        self._recent: dict[str, _Line] = {}
        self._older: dict[str, _Line] = {}

    def get(self, text: str) -> _Line | None:
        """Give what is remembered of a line."""
        line = self._recent.get(text)
        if line is None and (line := self._older.get(text)) is not None:
            self.put(text, line)
        return line

    def put(self, text: str, line: _Line) -> None:
        """Remember a line; of those not asked for since as many others came, the oldest are forgotten at once."""
        if len(self._recent) >= _REMEMBERED:
            self._recent, self._older = {}, self._recent
        self._recent[text] = line


_memory = _Memory()


def _lines(texts: Sequence[str]) -> list[_Line]:
    """Measure lines, each text once."""
    found = [_memory.get(text) if len(text) <= _RECALLED else None for text in texts]
    new = list(dict.fromkeys([text for text, line in zip(texts, found, strict=True) if line is None]))
    measured = dict(zip(new, _measured(new), strict=True))
    for text, line in measured.items():
        if len(text) <= _RECALLED:
            _memory.put(text, line)
    return [line or measured[text] for text, line in zip(texts, found, strict=True)]


def _measured(texts: Sequence[str]) -> list[_Line]:
    return [
        _Line(
            reading,
            numbers,
            tuple(_content_words(reading.folded)) if reading.words <= _CONTENTS else (),
            _sentence_weight(reading),
            " ".join(reading.folded.split(" ", 4)[:4]) if reading.words >= 4 else "",
        )
        for reading, numbers in zip(*read(texts), strict=True)
    ]


def measure(paragraphs: Sequence[Paragraph], title: str = "") -> Page:
    """Read every paragraph and place it among the others. `title` is the title the page's metadata gives, if any."""
    readings: list[Reading] = []
    numbers, weights = bytearray(), array.array("f")
    known: collections.defaultdict[str, int] = collections.defaultdict(itertools.count().__next__)
    content, ends = array.array("i"), array.array("q", [0])
    # Equal texts have equal hashes, others do not; the texts in a dictionary would take 150 bytes a line.
    folded, openings = array.array("q"), array.array("q")
    for start in range(0, len(paragraphs), _BATCH):
        lines = _lines([paragraph.text for paragraph in paragraphs[start : start + _BATCH]])
        readings += [line.reading for line in lines]
        numbers += b"".join([line.numbers for line in lines])
        weights.extend([line.weight for line in lines])
        ends.extend(itertools.accumulate([len(line.content) for line in lines], initial=ends.pop()))
        content.extend([known[word] for line in lines for word in line.content])
        folded.extend([hash(line.reading.folded) for line in lines])
        openings.extend([hash(line.opening) for line in lines])
    sums = np.frombuffer(weights, dtype=np.float32)
    first, last = main_run(sums)
    for row in range(first, last + 1):
        if readings[row].words > _CONTENTS:
            content.extend(map(known.__getitem__, _content_words(readings[row].folded)))
    words = np.frombuffer(content, dtype=np.int32)
    gathered = Gathered(
        readings=readings,
        own=np.frombuffer(numbers, dtype=np.float32).reshape(len(readings), len(OWN)),
        words=np.array([min(reading.words, 400) for reading in readings], dtype=np.float32),
        weights=sums,
        content=words,
        ends=np.frombuffer(ends, dtype=np.int64),
        said=_said(words, ends, first, last),
        folded=np.frombuffer(folded, dtype=np.int64),
        openings=np.frombuffer(openings, dtype=np.int64),
        first=first,
        last=last,
    )
    found = _find_title(gathered, title)
    place = placed(gathered, found)
    return Page(
        paragraphs=paragraphs,
        readings=readings,
        words=gathered.words,
        own=gathered.own,
        place=place,
        first=first,
        last=last,
        title=found,
        unspaced=found >= 0 and UNSPACED.search(readings[found].folded) is not None,
    )


def _said(content: Ids, ends: Sequence[int], first: int, last: int) -> Counts:
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
