"""Read the lines of pages, each text once: what does not depend on where a line stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from normalize.clean.lines import Paragraph
from normalize.clean.reading import Reading, read
from normalize.clean.signs import UNSPACED

__all__ = ["BATCH", "CONTENTS", "Line", "content_words", "lines"]

_RECALLED = 160
"""Code points of a line whose measures are remembered."""
_REMEMBERED = 1 << 12
"""Lines remembered, and as many older ones."""
BATCH = 512
"""Lines measured at once: what is only needed until they are counted takes kilobytes a line."""
CONTENTS = 60
"""Words of a line whose content words are compared with the body's; a longer one is body."""
_CONTENT = re.compile(r"[^\W\d_]{4,}")
_ASCII_CONTENT = re.compile("[a-z]{4,}")
"""The same of folded ASCII, found in a fraction of the time."""


def _sentence_weight(reading: Reading) -> float:
    """Weigh a paragraph for the main run: its words if it is a sentence, a fixed loss if it is furniture-like."""
    if reading.hit is not None and (reading.hit.mode != "start" or reading.words <= 12):
        return -8.0
    if reading.words >= 9 and reading.terminal and reading.shape == "":
        return float(min(reading.words, 60))
    if reading.words >= 25 and reading.shape == "":
        return 12.0
    return -6.0 if reading.words <= 4 else -4.0


def content_words(folded: str) -> Collection[str]:
    """Give a line's words of four letters and more, each once; in scripts without spaces, its pairs of signs."""
    if folded.isascii():
        return dict.fromkeys(_ASCII_CONTENT.findall(folded))
    if UNSPACED.search(folded) is not None:
        signs = "".join(UNSPACED.findall(folded))
        return dict.fromkeys(signs[at : at + 2] for at in range(len(signs) - 1))
    return dict.fromkeys(_CONTENT.findall(folded))


class Line(NamedTuple):
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
        self._recent: dict[str, Line] = {}
        self._older: dict[str, Line] = {}

    def get(self, text: str) -> Line | None:
        """Give what is remembered of a line."""
        line = self._recent.get(text)
        if line is None and (line := self._older.get(text)) is not None:
            self.put(text, line)
        return line

    def put(self, text: str, line: Line) -> None:
        """Remember a line; of those not asked for since as many others came, the oldest are forgotten at once."""
        if len(self._recent) >= _REMEMBERED:
            self._recent, self._older = {}, self._recent
        self._recent[text] = line


_memory = _Memory()


def lines(pages: Iterable[Sequence[Paragraph]]) -> Iterator[Line]:
    """Measure the lines of pages, one page after the other; so many are measured at once as are worth it."""
    texts = (paragraph.text for paragraphs in pages for paragraph in paragraphs)
    while batch := list(itertools.islice(texts, BATCH)):
        yield from _lines(batch)


def _lines(texts: Sequence[str]) -> list[Line]:
    """Measure lines, each text once."""
    found = [_memory.get(text) if len(text) <= _RECALLED else None for text in texts]
    new = list(dict.fromkeys([text for text, line in zip(texts, found, strict=True) if line is None]))
    measured = dict(zip(new, _measured(new), strict=True))
    for text, line in measured.items():
        if len(text) <= _RECALLED:
            _memory.put(text, line)
    return [line or measured[text] for text, line in zip(texts, found, strict=True)]


def _measured(texts: Sequence[str]) -> list[Line]:
    return [
        Line(
            reading,
            numbers,
            tuple(content_words(reading.folded)) if reading.words <= CONTENTS else (),
            _sentence_weight(reading),
            " ".join(reading.folded.split(" ", 4)[:4]) if reading.words >= 4 else "",
        )
        for reading, numbers in zip(*read(texts), strict=True)
    ]
