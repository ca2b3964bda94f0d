"""A source too long for the model in parts that fit: the engine's safety net; sentences are split before it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator

import regex

__all__ = ["LONGEST_WORD", "Part", "split"]

LONGEST_WORD = 1_000
"""Characters. A longer run with neither white space nor clause mark is no language (encoded data): it is copied."""

_RUN = regex.compile(rf"[^\s,;:.!?…、。，；：！？]{{{LONGEST_WORD},}}+")
_CLAUSE = regex.compile(r"[,;:.!?…)»”][\"'»”)]?(?=\s)|\s(?=[–—(«“])|[、。，；：！？]")
_SPACE = regex.compile(r"\s")

_MIDDLE = 4
"""A cut lies within this fraction of the length around the middle, so that no part is a mere word."""


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A piece of a source."""

    text: str
    glue: str = " "
    """What joins its translation to that of the part before."""
    copied: bool = False
    """It is not to be translated."""


def split(source: str, fits: Callable[[str], bool]) -> list[Part]:
    """Split `source` in parts that fit, in order: at clause marks, else white space, else anywhere.

    Parts are about equally long. Nothing is lost but white space at the cuts.

    >>> [part.text for part in split("satu dua, tiga empat", lambda text: len(text) <= 10)]
    ['satu dua,', 'tiga empat']
    """
    parts: list[Part] = []
    start = 0
    for run in _RUN.finditer(source):
        parts += _language(source[start : run.start()], fits)
        parts.append(Part(run.group(), _glue(source, run.start()), copied=True))
        start = run.end()
    tail = list(_language(source[start:], fits))
    if tail and start:
        tail[0] = dataclasses.replace(tail[0], glue=_glue(source, start))
    return parts + tail


def _glue(source: str, position: int) -> str:
    """Say what joins the part that starts at `position` to the one before."""
    return " " if _SPACE.match(source, position) or (position and _SPACE.match(source, position - 1)) else ""


def _language(text: str, fits: Callable[[str], bool]) -> Iterator[Part]:
    """Halve `text` until each half fits. Without recursion: a file can be one line of megabytes."""
    waiting = [Part(text.strip())]
    while waiting:
        part = waiting.pop()
        if not part.text:
            continue
        if len(part.text) == 1 or fits(part.text):
            yield part
            continue
        cut, glue = _cut(part.text)
        waiting.append(Part(part.text[cut:].strip(), glue))
        waiting.append(Part(part.text[:cut].strip(), part.glue))


def _cut(text: str) -> tuple[int, str]:
    """Choose where to cut `text` in two, and what joins the translations."""
    middle = len(text) // 2
    reach = min(len(text) // _MIDDLE, LONGEST_WORD)  # in a longer text a cut is surely found so near
    for pattern in (_CLAUSE, _SPACE):
        ends = [match.end() for match in pattern.finditer(text, middle - reach, middle + reach)]
        if ends:
            return min(ends, key=lambda end: abs(end - middle)), " "
    return middle, ""
