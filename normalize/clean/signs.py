"""Count the characters of many lines at once: words, capitals, commas, and which signs each line has.

A page has hundreds of lines, and each would be gone through a dozen times; here they are one array of code points. What
a line has no sign of, no pattern need look for.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["AT", "BREADCRUMB", "CHARS", "CODE", "COUNTED", "DIGITS", "EXCLAMATION", "JOINT", "NO_NAME", "SOME",
           "UNSPACED", "Tally", "tally"]  # fmt: skip

CHARS = 4000
"""Code points of a paragraph looked at."""
SOME = 60
"""Words among which capitals are counted; no furniture shape is longer."""
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Signs of scripts without spaces between words."""
_WORDS = 300
"""Words of a paragraph counted; a paragraph of more is body, whatever comes after."""
_HEAD = 120
"""Code points among which digits are counted."""
_SIGNS = 2
"""Signs that count as a word in scripts without spaces between words."""

_Ints = npt.NDArray[np.int64]
_Kinds = npt.NDArray[np.uint32]

# What a character is, as far as a line's shape depends on it: a bit each.
_SPACE, _UPPER, _LOWER, _TITLE, _ARABIC, _OTHER_DIGIT, _DECIMAL, _UNSPACED = (1 << bit for bit in range(8))
_STOP, _QUOTE_END, _OPENER, _DASH = (1 << bit for bit in range(8, 12))
EXCLAMATION, CODE, BREADCRUMB, NO_NAME, AT, JOINT = (1 << bit for bit in range(12, 18))
"""`JOINT` is a capital after a small letter; the others are signs that some shape needs one of."""
_SEEN = 1 << 31
"""Of every character, so that no kind is 0."""
DIGITS = _ARABIC | _DECIMAL
"""Digits that numbers are written with."""
_CASES = _UPPER | _LOWER | _TITLE
_TO_JOINT = JOINT.bit_length() - _UPPER.bit_length(), JOINT.bit_length() - _LOWER.bit_length()
"""How far these two bits stand from that one."""

_OF_SIGNS = (
    (_ARABIC, "0123456789"),
    (_STOP, ".?!"),
    (_QUOTE_END, '"”'),
    (_OPENER, "\"“«„‘'"),
    (_DASH, "-–—>*•·›»+"),
    (EXCLAMATION, "!"),
    (CODE, "{}<>=(@"),
    (BREADCRUMB, "»›>|•·▪"),
    (NO_NAME, '?!:;»|#"0123456789'),
    (AT, "@"),
)
_OF_TESTS = (
    (_SPACE, str.isspace),
    (_UPPER, str.isupper),
    (_LOWER, str.islower),
    (_TITLE, lambda char: char.istitle() and not char.isupper()),
    (_OTHER_DIGIT, lambda char: char.isdigit() and not char.isascii()),
    (_DECIMAL, str.isdecimal),
    (_UNSPACED, lambda char: UNSPACED.match(char) is not None),
)
_KINDS = np.zeros(0x110000, dtype=np.uint32)
"""The kind of each code point that was met, 0 of the others: to ask for all of them would take half a second."""


_FIRSTS = np.array([[_LOWER], [_OPENER], [_ARABIC | _OTHER_DIGIT], [_DASH]], dtype=np.uint32)
COUNTED = ("words", "chars", "lower_start", "quote_start", "digit_start", "dash_start", "digits", "capitals", "upper",
           "commas", "sentences", "mean_word")  # fmt: skip
"""The columns of `Tally.numbers`."""


class Tally(NamedTuple):
    """What each line has in its first `CHARS`, one entry a line."""

    kinds: list[int]
    """What its characters are, together."""
    words: list[int]
    """In scripts without spaces, pairs of signs."""
    some: list[int]
    """Words between spaces, `SOME` at most."""
    capitals: list[int]
    """Those of them that begin with a capital."""
    numbers: npt.NDArray[np.float64]
    """Lines × `COUNTED`."""


def tally(texts: Sequence[str]) -> Tally:
    """Count what each line has; none is blank, begins with a space or has a line end."""
    cuts = [text[:CHARS] for text in texts]
    # A line end before and after each, so that each character has one before it and one after it.
    codes = np.frombuffer(("\n" + "\n".join(cuts) + "\n").encode("utf-32-le", "surrogatepass"), dtype="<u4")
    kinds = _kinds(codes)
    lengths = np.array([len(cut) for cut in cuts])
    starts = (lengths + 1).cumsum() - lengths
    blank = kinds & _SPACE != 0
    begins = np.flatnonzero(blank[:-1] > blank[1:]) + 1
    unions = np.bitwise_or.reduceat(kinds, begins)  # of each word, what its characters are
    firsts = begins.searchsorted(starts)
    spaced = np.concatenate([firsts[1:], [len(begins)]]) - firsts
    some = np.arange(len(begins)) - firsts.repeat(spaced) < SOME
    upper = some & (unions & _CASES == _UPPER) & ~blank[begins + 1]
    spaced, few = np.minimum(spaced, _WORDS), np.minimum(spaced, SOME)
    counts = _counts(starts, [
        np.flatnonzero(kinds & _ARABIC),
        begins[some & (kinds[begins] & _UPPER != 0)],
        begins[upper],
        np.flatnonzero(codes == ord(",")),
        _stops(codes, kinds),
        np.flatnonzero(kinds & _UNSPACED),
    ])  # fmt: skip
    digits, capitals, upper, commas, stops, signs = counts
    words = spaced + signs // _SIGNS
    for row, text in enumerate(texts):
        if len(text) > CHARS:
            words[row] += max(0, len(text) // 7 - int(spaced[row]))
    numbers = np.empty((len(COUNTED), len(texts)))
    numbers[0] = [*map(math.log1p, words.tolist())]
    numbers[1] = [*map(math.log1p, map(len, texts))]
    numbers[2:6] = kinds[starts] & _FIRSTS != 0
    numbers[6] = digits / np.minimum(lengths, _HEAD)
    numbers[7:9] = counts[1:3] / few
    numbers[9] = commas / words
    numbers[10] = stops / words * 10
    numbers[11] = (lengths + 1) / spaced - 1
    return Tally(
        kinds=np.bitwise_or.reduceat(unions, firsts).tolist(),
        words=words.tolist(),
        some=few.tolist(),
        capitals=capitals.tolist(),
        numbers=numbers.T,
    )


def _counts(starts: _Ints, places: Sequence[_Ints]) -> _Ints:
    """Count the places of each sort in each line; of the first sort those in its beginning."""
    sizes = [len(each) for each in places]
    every = np.concatenate(places)
    lines = starts.searchsorted(every, side="right") - 1
    near = every[: sizes[0]] - starts[lines[: sizes[0]]] < _HEAD
    keys = lines + (np.arange(len(places)) * len(starts)).repeat(sizes)
    keys = np.concatenate([keys[: sizes[0]][near], keys[sizes[0] :]])
    counts: _Ints = np.bincount(keys, minlength=len(places) * len(starts)).reshape(len(places), len(starts))
    return counts


def _kinds(codes: _Kinds) -> _Kinds:
    """Give the kind of each character."""
    kinds = _KINDS.take(codes)
    if not kinds.all():
        for code in set(codes[kinds == 0].tolist()):  # `np.unique` would load numpy's masked arrays
            _KINDS[code] = _kind(chr(code))
        kinds = _KINDS.take(codes)
    kinds[1:] |= kinds[1:] << _TO_JOINT[0] & kinds[:-1] << _TO_JOINT[1] & JOINT
    return kinds


def _kind(char: str) -> int:
    kind = _SEEN
    for bit, test in _OF_TESTS:
        kind |= bit * test(char)
    for bit, signs in _OF_SIGNS:
        kind |= bit * (char in signs)
    return kind


def _stops(codes: _Kinds, kinds: _Kinds) -> _Ints:
    """Give the spaces after a full stop, question or exclamation mark, or after a quotation that a full stop ends."""
    spaces = np.flatnonzero(codes == ord(" "))
    # A line begins with no space, so what is before one is on its line; and before a line's first sign is its end.
    before = kinds[spaces - 1]
    ended = (before & _STOP != 0) | ((before & _QUOTE_END != 0) & (codes[spaces - 2] == ord(".")))
    return np.asarray(spaces[ended], dtype=np.int64)
