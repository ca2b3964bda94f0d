"""Find an article's outline among the paragraphs of its page: where the body begins and ends, which is the title."""

from __future__ import annotations

import collections
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from normalize.clean.features import Page, main_run
from normalize.clean.inline import is_signed_off
from normalize.clean.reading import Reading
from normalize.clean.votes import Votes

__all__ = ["begun", "extended", "find_body", "find_titles", "sentence_like", "title_rows"]

Vector = npt.NDArray[np.float32]

_BUTTON = -0.7
_REACH = 8
_TAKEN, _DOUBTED = 1.0, -3.5
"""The least logits of sentences after the body's last one that are the body's: after furniture, and without any."""
_ENDINGS = frozenset({"related", "most-read", "comments", "tags", "copyright"})
_INTERRUPTIONS = frozenset({"advert", "also-read", "loading"})
_TITLE = -2.0
_TITLE_ABOVE = -4.0
_SECOND_TITLE = -0.8
_SURE_TITLE = 2.0
_BUTTON_WORDS = 3
_RECURS = 2
_SENTENCE = 8
"""Words of a line that is a sentence, and no title, if it ends with a full stop."""


def sentence_like(reading: Reading) -> bool:
    """Whether a paragraph reads as a sentence: long, or not short and ended as one."""
    return reading.words >= 14 or (reading.words >= 5 and reading.terminal)


def title_rows(page: Page, line: Vector) -> tuple[int, int]:
    """Give the first row that may be the title and the one after the last."""
    return _above(page, find_body(page, line)[0])


def _above(page: Page, first: int) -> tuple[int, int]:
    return max(0, first - 80), min(first + 3, len(page.readings))


def find_body(page: Page, line: Vector) -> tuple[int, int]:
    """Give the first and last index of the run the classifier is surest of; (0, -1) when it is sure of none."""
    words = np.minimum(page.words, np.float32(60))
    weights = np.clip(line, -4, 4) * np.log1p(words)
    # A button between two paragraphs does not end the body.
    clear = np.fromiter([reading.transparent for reading in page.readings], dtype=bool, count=len(page.readings))
    weights = np.where(clear & (weights < 0), np.float32(_BUTTON), weights).astype(np.float32)
    return main_run(weights.tolist())


def find_titles(page: Page, votes: Votes, first: int, last: int) -> list[int]:
    """Give the index of the title, and of lines nearly as likely; empty when none is. The body is `first` to `last`."""
    rows = [
        row
        for row in range(*_above(page, first))
        if 2 <= page.readings[row].words <= 40 and _may_be_title(page.readings[row])
    ]
    rows = _once(page, rows, range(first + 3, last + 1))
    if not rows:
        return []
    best = max(rows, key=lambda row: (votes.title[row], -row))
    # A line above the first sentence, with evident furniture and sentences alone between, is one on less evidence.
    above = best < first and all(
        _shows_furniture(reading) or reading.hit or reading.credit or (sentence_like(reading) and reading.terminal)
        for reading in page.readings[best + 1 : first]
    )
    # In scripts without spaces the classifier knows no words; there the line most like the body does.
    if page.unspaced and page.title in rows and votes.title[best] < _TITLE:
        return [page.title]
    long = page.readings[best].words >= 4
    if votes.title[best] < (_TITLE_ABOVE if above and long else _TITLE) and not (above and long and best == 0):
        return []
    top = float(votes.title[best])
    # The copy that stands first stays; others of the same text are repeats.
    same = page.readings[best].folded
    best = next(row for row in rows if page.readings[row].folded == same)
    # What stands between a sure title and the body may still be the title, under another article's.
    return [
        best,
        *(
            row
            for row in rows
            if row != best
            and (top < _SURE_TITLE or (not votes.marked and best < row < first))
            and votes.title[row] > _SECOND_TITLE
            and votes.line[row] > _TITLE
            and page.readings[row].folded != same
        ),
    ]


def _once(page: Page, rows: Sequence[int], body: Iterable[int]) -> list[int]:
    """Leave out the rows that stand twice more between the body's paragraphs, or whose first words do, as buttons may.

    Once more is no sign: a title may be repeated above the first sentence, and a sub-head be like it.
    """
    openings: dict[str, set[int]] = {}
    for row in rows:
        words = page.readings[row].folded.split()
        for size in range(min(_BUTTON_WORDS, len(words)), len(words) + 1):
            openings.setdefault(" ".join(words[:size]), set()).add(row)
    found = collections.Counter(again for row in body for again in openings.get(page.readings[row].folded, ()))
    return [row for row in rows if found[row] < _RECURS]


def _may_be_title(reading: Reading) -> bool:
    return (
        reading.hit is None
        and not reading.credit
        and reading.shape in {"", "menu", "hashtags"}
        and reading.date < 0.6
        and not reading.byline
        and not reading.folded.endswith(("...", "…"))
        and not (reading.folded.endswith(".") and reading.words >= _SENTENCE)
        and not (". " in reading.folded and reading.words >= 2 * _SENTENCE)
    )


def begun(page: Page, votes: Votes, first: int, titles: Sequence[int]) -> int:
    """Move the body's begin up to the earliest sentence under the title that the classifier takes for text."""
    begin = first
    for row in range(first - 1, min(titles, default=first), -1):
        reading = page.readings[row]
        if row < begin - _REACH:
            break
        whole = sentence_like(reading) and reading.terminal and not reading.telling
        if whole and row not in titles and votes.line[row] > _TAKEN:
            begin = row
    return begin


def extended(page: Page, votes: Votes, last: int) -> int:
    """Move the body's end on over lists and sub-heads to sentences that the classifier takes for text.

    The heading of a list of other articles stops it. As long as no line shows that it is furniture, sentences that the
    classifier only doubts are the body's too.
    """
    end = last
    clear = True
    for row in range(last + 1, len(page.readings)):
        reading = page.readings[row]
        if row > end + _REACH or (reading.hit is not None and reading.hit.rule in _ENDINGS):
            break
        clear = clear and not _shows_furniture(reading)
        if not sentence_like(reading) or reading.hit is not None:
            continue
        ended = reading.terminal or is_signed_off(page.paragraphs[row].text)
        if votes.line[row] > (_DOUBTED if clear and ended else _TAKEN):
            end = row
    return end


def _shows_furniture(reading: Reading) -> bool:
    """Whether a line is furniture of a kind that does not stand between the paragraphs of an article."""
    if reading.hit is not None:
        return reading.hit.rule not in _INTERRUPTIONS
    return bool(reading.byline or reading.credit == "label" or reading.shape or reading.date >= 0.6)
