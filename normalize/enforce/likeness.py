"""How alike two texts are."""

from __future__ import annotations

import difflib
import functools
import itertools
from collections.abc import Sequence

import regex

__all__ = ["SHORTEST", "WORD", "copied", "ratio"]

WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[-’'.][\p{L}\p{M}\p{N}]+)*")
"""A word, with what a hyphen, apostrophe or point joins to it."""

SHORTEST = 4
"""Letters: shorter words are like too many others."""

_COMMON_PAIRS = 0.4  # share of letter pairs below which two texts are not compared closely
_COPIED = 0.7  # how alike words of the source must be to what the model may have made of them


def copied(piece: str, source: str, without: Sequence[tuple[int, int]] = ()) -> bool:
    """Whether a piece of a translation is like as many words of its source, outside the places in `without`.

    >>> copied("coronavirus", "pandemi koronavirus"), copied("coronavirus", "pandemi itu")
    (True, False)
    """
    width = len(piece.split())
    words = [match.span() for match in WORD.finditer(source)]
    free = [not any(start < stop and begin < end for begin, stop in without) for start, end in words]
    return any(
        all(free[first : first + width])
        and ratio(piece.casefold(), source[start : words[first + width - 1][1]].casefold(), _COPIED) > 0
        for first, (start, _) in enumerate(words[: len(words) - width + 1])
    )


@functools.lru_cache(maxsize=32768)  # the same words are compared with the same terms in one sentence after another
def ratio(one: str, other: str, floor: float) -> float:
    """Give the likeness of two texts if it reaches `floor`, else 0."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) < SHORTEST:
        return 0.0
    pairs, others = _pairs(one), _pairs(other)
    if 2 * len(pairs & others) < _COMMON_PAIRS * (len(pairs) + len(others)):
        return 0.0
    likeness = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    return likeness if likeness >= floor else 0.0


@functools.lru_cache(maxsize=65536)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(itertools.pairwise(text))
