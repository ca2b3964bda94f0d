"""Cut a text into paragraphs: where they stand, and which hard-wrapped lines belong together."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

__all__ = ["Break", "Paragraph", "paragraphs"]

_TERMINAL = tuple(".!?…。！？:;\"”»’'")
_MAX_WRAP = 130
"""Code points; no one wraps wider by hand, and a line a paragraph has longer lines than this."""
_BLANK_ENDS = " \t\r\f\v\xa0\u3000\ufeff\u200b"
_HEAD = re.compile(r"([^\W\d_]{2,})[-\u2010]$")
_TAIL = re.compile(r"(?=[^\W\d_A-ZÀ-ÖØ-Þ])[^\W\d_]{2,}")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LIST_START = re.compile(r"[-*•·–—>]\s|\d{1,3}[.)]\s")


class Break(NamedTuple):
    """The white space between two lines, with the hyphen before it where that is none of the word's own."""

    start: int
    end: int
    joint: str
    """What it becomes: one space, or nothing within a hyphenated word."""


class Paragraph(NamedTuple):
    """A run of one or more lines of a text that make one paragraph."""

    source: str
    """The whole text."""
    start: int
    """Code point at which its first line's text begins, white space left out."""
    end: int
    line: int
    """Number of its first line, from 0."""
    breaks: tuple[Break, ...] = ()
    """Between its lines, in order."""
    joined: str = ""
    """Its text, where it has breaks."""

    @property
    def text(self) -> str:
        """`source[start:end]`, with the breaks of hard-wrapped lines as spaces, or gone within a word.

        It is cut out when asked for: a copy of each would take as much memory as the whole text and half as much again.
        """
        return self.joined or self.source[self.start : self.end]


def paragraphs(text: str, *, wrapped: bool = True) -> list[Paragraph]:
    """Give the paragraphs of `text` in order; blank lines are none.

    A line is a paragraph, unless the whole text is hard-wrapped; then lines that were broken to fit a width are joined.
    With `wrapped` false that is not looked for.

    >>> [p.text for p in paragraphs(" One. " + chr(10) * 2 + "Two.")]
    ['One.', 'Two.']
    """
    single: list[Paragraph] = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        bare = line.strip(_BLANK_ENDS).strip()
        if bare:
            at = start + line.find(bare)
            single.append(Paragraph(text, at, at + len(bare), number))
        start += len(line) + 1
    width = _wrap_width(single) if wrapped else 0
    return _unwrapped(single, width, frozenset(_WORDS.findall(text.casefold()))) if width else single


def _wrap_width(lines: list[Paragraph]) -> int:
    """Give the width at which the text is hard-wrapped, 0 when it is not.

    Hard-wrapped means: no line is long, and many lines stop in the middle of a sentence that the next one goes on with
    in lower case, only because the next word did not fit.
    """
    if len(lines) < 4:
        return 0
    lengths = sorted(line.end - line.start for line in lines)
    width = lengths[int(len(lengths) * 0.97)]
    if not 40 <= width <= _MAX_WRAP or lengths[-1] > _MAX_WRAP + 40:
        return 0
    broken = sum(
        _continues(first, second, width) and second.text[:1].islower() for first, second in itertools.pairwise(lines)
    )
    return width if broken >= max(3, len(lines) // 5) else 0


def _continues(first: Paragraph, second: Paragraph, width: int) -> bool:
    """Whether `second` stands on the next line and its first word would not have fitted onto `first`'s."""
    if second.line != first.line + 1 or _LIST_START.match(second.text):
        return False
    word = second.text.split(None, 1)[0]
    if len(first.text) + 1 + len(word) > width * 0.94:
        return True
    return second.text[:1].islower() and len(first.text) * 2 > width and not first.text.endswith(_TERMINAL)


def _unwrapped(lines: list[Paragraph], width: int, words: frozenset[str]) -> list[Paragraph]:
    joined: list[Paragraph] = []
    group: list[Paragraph] = []
    for line in lines:
        if group and not _continues(group[-1], line, width):
            joined.append(_join(group, words))
            group = []
        group.append(line)
    if group:
        joined.append(_join(group, words))
    return joined


def _join(group: list[Paragraph], words: frozenset[str]) -> Paragraph:
    if len(group) == 1:
        return group[0]
    breaks = tuple(_break(first, second, words) for first, second in itertools.pairwise(group))
    texts = [line.text[: len(line.text) - (line.end - gap.start)] for line, gap in zip(group, breaks, strict=False)]
    pieces = [piece for text, gap in zip(texts, breaks, strict=True) for piece in (text, gap.joint)]
    return Paragraph(
        source=group[0].source,
        start=group[0].start,
        end=group[-1].end,
        line=group[0].line,
        breaks=breaks,
        joined="".join([*pieces, group[-1].text]),
    )


def _break(first: Paragraph, second: Paragraph, words: frozenset[str]) -> Break:
    """Give the break between two lines; a hyphen at its start goes only where the article has the word without it.

    A hyphen may be the word's own ("peut-être", "anak-anak"): then the halves are only brought together.
    """
    head, tail = _HEAD.search(first.text), _TAIL.match(second.text)
    if head is None or tail is None:
        return Break(first.end, second.start, " ")
    one, other = head[1].casefold(), tail[0].casefold()
    own = f"{one}-{other}" in words or one + other not in words
    return Break(first.end if own else first.end - 1, second.start, "")
