"""Splitting a sentence that is too long for the model: at clause marks, in halves of like size, losing nothing."""

from __future__ import annotations

import bisect
import itertools
import unicodedata
from collections.abc import Callable, Iterator

import regex

from normalize.corpus import Span

__all__ = ["fits", "split_long"]

MAX_WORDS = 120
MAX_CHARACTERS = 900

_NEVER_FITS = 8 * MAX_CHARACTERS
"""Longer than this is split unasked: it keeps the cost of asking in proportion to the text."""

_ALWAYS_KEPT = 16
"""A piece this short is kept even where `fits` denies it: single letters translate to nothing."""

_STRONG = regex.compile(r"(?<=[;:—–…؛；：])\s+|\s+(?=[—–]\s)|(?<=[；：，、])")
"""After a semicolon, colon or ellipsis, around a dash."""

_COMMA = regex.compile(r"(?<=[,،])\s+")

_CONJUNCTION = regex.compile(
    r"\s+(?=(?:"
    r"dan|atau|tetapi|namun|yang|karena|sehingga|sedangkan|sementara|serta|bahwa|ketika|setelah|sebelum|untuk|agar|jika"
    r"|et|ou|mais|qui|que|dont|où|car|donc|parce|lorsque|quand|tandis|alors|afin|puis"
    r"|and|or|but|which|who|that|because|while|when|where|after|before|so|if|although|whereas"
    r"|und|oder|aber|dass|weil|y|o|pero|porque|e|mas|ma|che|perché|en|maar|omdat"
    r")\s)"
)
"""Before a word that begins a clause, in the languages most often read here; elsewhere it simply does not match."""

_SPACE = regex.compile(r"\s+")

_LAYERS = ((_STRONG, 0.2), (_COMMA, 0.25), (_CONJUNCTION, 0.3), (_SPACE, 0.4))
"""Where to split, best first, and how near to an end of the piece it may be, as a share of its length."""


def fits(source: str) -> bool:
    """Whether a sentence is short enough when no engine is at hand to say.

    >>> fits("kata " * 120), fits("kata " * 121)
    (True, False)
    """
    return len(source) <= MAX_CHARACTERS and len(source.split(maxsplit=MAX_WORDS)) <= MAX_WORDS


def split_long(text: str, span: Span, fits: Callable[[str], bool]) -> Iterator[Span]:
    """Give `span` of `text`, or pieces of it in order that each fit; only white space between them is lost.

    `fits` is asked about twice the number of pieces, never about more than a few thousand characters.
    """
    breaks: list[tuple[list[int], float]] | None = None
    waiting = [span]
    while waiting:
        piece = _trim(text, waiting.pop())
        length = piece.end - piece.start
        if length <= _ALWAYS_KEPT or (length <= _NEVER_FITS and fits(piece.of(text))):
            if length:
                yield piece
            continue
        if breaks is None:  # found once for the whole sentence, then only looked up: the cost stays linear
            breaks = [([found.end() for found in pattern.finditer(text, span.start, span.end)], margin)
                      for pattern, margin in _LAYERS]
        cut = _cut(text, piece, breaks)
        waiting += [Span(start=cut, end=piece.end), Span(start=piece.start, end=cut)]


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end)


def _cut(text: str, piece: Span, breaks: list[tuple[list[int], float]]) -> int:
    """Choose the best break near the middle of `piece`, then any white space, then its very middle."""
    middle = (piece.start + piece.end) // 2
    length = piece.end - piece.start
    for positions, margin in [*breaks, (breaks[-1][0], 0.0)]:
        at = bisect.bisect_left(positions, middle)
        near = [cut for cut in positions[max(0, at - 1) : at + 1]
                if piece.start + max(1, margin * length) <= cut < piece.end - margin * length]
        if near:
            return min(near, key=lambda cut: (abs(cut - middle), cut))
    return _between_characters(text, piece, middle)


def _between_characters(text: str, piece: Span, middle: int) -> int:
    """Move a cut inside one token so that no accent or joined sign is torn from its base."""
    for cut in itertools.takewhile(lambda at: at < piece.end, range(middle, middle + 32)):
        if not (unicodedata.combining(text[cut]) or text[cut] in "\u200d\ufe0f" or text[cut - 1] == "\u200d"):
            return cut
    return middle
