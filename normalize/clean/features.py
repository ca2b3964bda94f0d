"""Measure each paragraph of an article: a row of numbers a paragraph, for the line classifier."""

from __future__ import annotations

import collections
import dataclasses
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import numpy as np
import numpy.typing as npt

from normalize.clean.lexicon import fold
from normalize.clean.lines import Paragraph
from normalize.clean.reading import OWN, UNSPACED, Reading, read

__all__ = ["NAMES", "Page", "main_run", "measure"]

Matrix = npt.NDArray[np.float32]
Vector = npt.NDArray[np.float32]

_CONTENT = re.compile(r"[^\W\d_]{4,}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article's paragraphs with what each shows, and the main run of sentences."""

    paragraphs: Sequence[Paragraph]
    readings: Sequence[Reading]
    matrix: Matrix
    """Paragraphs × `NAMES`."""
    first: int
    """Index of the first paragraph of the main run."""
    last: int
    """Index of its last one, included."""
    title: int
    """Index of the title, -1 where none is found."""
    vocabulary: collections.Counter[str]
    unspaced: bool = False
    """Whether the title, if one is found, is in a script without spaces between words."""


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


def _content_words(folded: str) -> set[str]:
    """Give a line's words of four letters and more; in scripts without spaces, its pairs of signs."""
    words = set(_CONTENT.findall(folded))
    if not folded.isascii() and UNSPACED.search(folded) is not None:
        signs = "".join(UNSPACED.findall(folded))
        words = {signs[at : at + 2] for at in range(len(signs) - 1)}
    return words


def measure(paragraphs: Sequence[Paragraph], title: str = "") -> Page:
    """Read every paragraph and place it among the others. `title` is the title the page's metadata gives, if any."""
    readings = [read(paragraph.text) for paragraph in paragraphs]
    weights = np.array([_sentence_weight(reading) for reading in readings], dtype=np.float32)
    first, last = main_run(weights)
    vocabulary: collections.Counter[str] = collections.Counter()
    contents = [_content_words(reading.folded) if reading.words <= 60 else frozenset() for reading in readings]
    for index in range(first, last + 1):
        vocabulary.update(contents[index] or _content_words(readings[index].folded))
    gathered = _Gathered(
        readings=readings,
        contents=contents,
        vocabulary=vocabulary,
        weights=weights,
        first=first,
        last=last,
        counts=collections.Counter(reading.folded for reading in readings),
    )
    found = _find_title(gathered, title)
    matrix = _matrix(gathered, found)
    return Page(
        paragraphs=paragraphs,
        readings=readings,
        matrix=matrix,
        first=first,
        last=last,
        title=found,
        vocabulary=vocabulary,
        unspaced=found >= 0 and UNSPACED.search(readings[found].folded) is not None,
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Gathered:
    """What is known of a page before its title is looked for."""

    readings: Sequence[Reading]
    contents: Sequence[AbstractSet[str]]
    """The words of four letters and more of each paragraph; none of long ones."""
    vocabulary: collections.Counter[str]
    """Those words in the main run."""
    counts: collections.Counter[str]
    """How often each folded line stands on the page."""
    weights: Vector
    first: int
    last: int


def _find_title(page: _Gathered, given: str) -> int:
    """Give the index of the title line, -1 when no line looks like one.

    The title stands before the main run (or is its first line), has three to thirty words, shares its content words
    with the body, and stands nearest to it or is repeated on the page.
    """
    readings, counts, first, last = page.readings, page.counts, page.first, page.last
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
        words = page.contents[index]
        # With few content words each overlap is chance.
        overlap = sum(word in page.vocabulary for word in words) / (len(words) + 1.5) if words else 0.0
        score = (
            3.0 * overlap
            - 0.04 * max(0, first - index)
            + 0.5 * (counts[reading.folded] > 1)
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


_PLACE = (
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
_OFFSETS = (-2, -1, 1, 2)
NAMES = (*OWN, *_PLACE, *(f"{name}{offset:+d}" for offset in _OFFSETS for name in _AROUND))
"""The columns of `Page.matrix`."""


def _since(flags: npt.NDArray[np.bool_], limit: float = 30.0) -> Vector:
    """Give how many rows ago the last flag stood, 0 for a flagged row itself, at most `limit`."""
    index = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, index, -(10**6)))
    return np.minimum(index - last, limit).astype(np.float32)


def _window(values: Vector, reach: int) -> Vector:
    """Give the mean over the rows at most `reach` away."""
    padded = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    index = np.arange(len(values))
    low, high = np.maximum(index - reach, 0), np.minimum(index + reach + 1, len(values))
    return np.asarray((padded[high] - padded[low]) / (high - low), dtype=np.float32)


def _matrix(page: _Gathered, title: int) -> Matrix:
    readings = page.readings
    size = len(readings)
    own = np.frombuffer(b"".join([reading.numbers for reading in readings]), dtype=np.float32).reshape(size, len(OWN))
    place = _placed(own, page, title)
    overlap = place[:, _PLACE.index("overlap")]
    columns = [own[:, OWN.index(name)] if name != "overlap" else overlap for name in _AROUND]
    around = np.stack(columns, axis=1) if size else np.zeros((0, len(_AROUND)), np.float32)
    padded = np.pad(around, ((2, 2), (0, 0)), constant_values=-1.0)
    shifted = [padded[2 + offset : 2 + offset + size] for offset in _OFFSETS]
    return np.concatenate([own, place, *shifted], axis=1)


def _placed(own: Matrix, page: _Gathered, title: int) -> Matrix:
    """Give the columns `_PLACE`."""
    readings, contents, vocabulary, weights = page.readings, page.contents, page.vocabulary, page.weights
    size, first, last = len(readings), page.first, page.last
    index = np.arange(size, dtype=np.float32)
    words = np.array([min(reading.words, 400) for reading in readings], dtype=np.float32)
    long = weights > 0
    hits = own[:, OWN.index("whole")] + own[:, OWN.index("start")] + own[:, OWN.index("notice")]
    terminal = own[:, OWN.index("terminal")]
    shared = np.array([sum(word in vocabulary for word in content) for content in contents], dtype=np.float32)
    known = np.array([len(content) for content in contents], dtype=np.float32)
    # A paragraph of the run is part of the vocabulary itself: count only words that also stand elsewhere in it.
    for row in range(first, last + 1):
        shared[row] = sum(vocabulary[word] > 1 for word in contents[row])
    title_words = contents[title] if title >= 0 else frozenset()
    title_shared = np.array(
        [len(content & title_words) / (len(content) + 1.0) for content in contents], dtype=np.float32
    )
    copies = np.array([min(page.counts[reading.folded], 5) for reading in readings], dtype=np.float32)
    total = max(float(words.sum()), 1.0)
    running = np.cumsum(words)
    inside_words = float(words[first : last + 1].sum())
    short = (weights <= 0).astype(np.float32)
    since_long = _since(long)
    until_long = _since(long[::-1])[::-1]
    meta = (
        (own[:, OWN.index("date")] > 0.4) | (own[:, OWN.index("byline")] > 0) | (own[:, OWN.index("g_meta")] > 0)
    ).astype(np.float32)
    columns = (
        index / max(size, 1),
        np.minimum(size - 1 - index, 100),
        index < first,
        (index >= first) & (index <= last),
        index > last,
        np.clip(first - index, -50, 50),
        np.clip(index - last, -50, 50),
        index == title,
        (index > title) & (index < first) & (title >= 0),
        np.clip(index - title, -50, 50) if title >= 0 else np.full(size, -60.0),
        shared / (known + 1.0),
        np.minimum(shared, 12),
        title_shared,
        copies,
        _window(np.log1p(words), 3),
        _window(terminal, 3),
        _window(np.minimum(hits, 1), 4),
        since_long,
        until_long,
        np.minimum(since_long, until_long) * short,
        _since(own[:, OWN.index("g_related")] > 0),
        _since((own[:, OWN.index("g_notice")] > 0) | (own[:, OWN.index("g_tags")] > 0)),
        1.0 - running / total,
        (running - words) / total,
        np.full(size, np.log1p(size)),
        np.full(size, long.mean() if size else 0.0),
        np.full(size, inside_words / total),
        _neighbour_gap(words, -1),
        _neighbour_gap(words, 1),
        _ahead(meta[::-1], 6)[::-1],
        _ahead(meta, 6),
        _copied_before(readings),
        _contained(readings, copies),
    )
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _neighbour_gap(words: Vector, step: int) -> Vector:
    """Give how much longer (log) a row is than the mean of the three rows before (-1) or after (1) it."""
    logs = np.log1p(words)
    padded = np.pad(logs, 3, constant_values=0.0)
    size = len(words)
    offsets = range(1, 4)
    mean = sum(padded[3 + step * offset : 3 + step * offset + size] for offset in offsets) / 3.0
    return np.asarray(logs - mean, dtype=np.float32)


def _ahead(flags: Vector, reach: int) -> Vector:
    """Count the flags among the next `reach` rows."""
    padded = np.concatenate([[0.0], np.cumsum(flags, dtype=np.float64)])
    index = np.arange(len(flags))
    return np.asarray(padded[np.minimum(index + 1 + reach, len(flags))] - padded[index + 1], dtype=np.float32)


def _copied_before(readings: Sequence[Reading]) -> Vector:
    """Flag the rows whose text stood on an earlier row."""
    seen: set[str] = set()
    flags = np.zeros(len(readings), dtype=np.float32)
    for row, reading in enumerate(readings):
        flags[row] = reading.folded in seen
        seen.add(reading.folded)
    return flags


def _contained(readings: Sequence[Reading], copies: Vector) -> Vector:
    """Flag the rows of 4 to 30 words that another row, a breadcrumb or a caption, holds whole or cut short."""
    flags = np.zeros(len(readings), dtype=np.float32)
    opening = [" ".join(reading.folded.split(None, 4)[:4]) if reading.words >= 4 else "" for reading in readings]
    openings = collections.Counter(opening)
    for row, reading in enumerate(readings):
        if 4 <= reading.words <= 30:
            flags[row] = openings[opening[row]] > copies[row]
    return flags
