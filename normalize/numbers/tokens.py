"""What in a text may be part of a number: digits, clock times, dates, telephone numbers, and the words of a table."""

from __future__ import annotations

import re
from typing import NamedTuple

from normalize.numbers.numerals import Numerals

__all__ = ["Token", "roman", "scan"]

_GROUPED = r"\d{{1,3}}(?:[.,\u00a0\u202f\u2009'’{space}]\d{{3}})+(?!\d)(?:[.,]\d+)?(?![.,]?\d)"
_PATTERN = r"""
    (?P<vulgar>[½¼¾⅓⅔⅛])
    |(?P<word>[^\W\d_]++(?:[.'’][^\W\d_]++)*+)
    |(?=[\d+(])(?:
    (?P<clock>(?<!\d)\d{{1,2}}\s?[:hH]\s?[0-5]\d(?!\d))
    |(?P<hour>(?<!\d)\d{{1,2}}\s?[hH](?![^\W\d_]))
    |(?P<date>(?<![\d/])\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?(?![\d/])
        |(?<![\d.-])(?:\d{{1,2}}[.-]\d{{1,2}}[.-](?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d)(?![\d-]|\.\d))
    |(?P<phone>\+\d[\d\ \u00a0-]{{6,18}}\d|(?<![\d.,])\(?0\d{{1,3}}\)?[-\ ]\d{{3,4}}(?:[-\ ]?\d{{3,5}}){{0,2}}(?!\d)
        |(?<![\d.,])\d{{1,5}}(?:-\d{{1,7}}){{3,6}}(?!\d))
    |(?P<number>{grouped}|\d+(?:[.,]\d+)*))
"""


def _compile(space: str) -> re.Pattern[str]:
    # the standard library's is the faster one here
    return re.compile(_PATTERN.format(grouped=_GROUPED.format(space=space)), re.VERBOSE)


_PLAIN, _SPACED = _compile(""), _compile("\\ ")
"""In the second, a plain space groups thousands."""

_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3}|C{1,3}L?X{0,3})(?:IX|IV|V?I{0,3})(?:er|ère|e|ème)?")
_ROMAN_STARTS = frozenset("IVXLCivxlc")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Token(NamedTuple):
    """A piece of text that may be part of a number."""

    kind: str
    """clock, hour, date, phone, number, vulgar, word or month."""
    text: str
    small: str
    """The text in small letters."""
    start: int
    end: int


def scan(text: str, numerals: Numerals, *, spaced: bool) -> list[Token]:
    """Give the tokens of a text in order; words that no number has in it are left out."""
    tokens = []
    words, months = numerals.words, numerals.months
    for match in (_SPACED if spaced else _PLAIN).finditer(text):
        kind, part = match.lastgroup or "", match[0]
        small, start = part.lower(), match.start()
        if kind == "word" and small not in words and part not in words:
            if len(small) > 2 and small[1] in "'’":  # d’octobre, d’onze
                part, small, start = part[2:], small[2:], start + 2
            if small in months and (numerals.small_months or part[0].isupper()):
                kind = "month"
            elif small not in words and not (part[0] in _ROMAN_STARTS and _is_roman(part, text, match.end())):
                continue
        tokens.append(Token(kind, part, small, start, match.end()))
    return tokens


def _is_roman(part: str, text: str, end: int) -> bool:
    if part[0] in _ROMAN_VALUES:
        return _ROMAN.fullmatch(part) is not None
    return part[0] in "ivxlc" and text.startswith(" siècle", end)  # le xxie siècle


def roman(text: str) -> int | None:
    """Give the value of a Roman numeral, with or without a French ordinal's ending.

    >>> roman("XIX"), roman("XXIe"), roman("MIX"), roman("")
    (19, 21, None, None)
    """
    if not text or _ROMAN.fullmatch(text) is None:
        return None
    numbers = [_ROMAN_VALUES[letter] for letter in text if letter in _ROMAN_VALUES]
    return sum(-one if one < two else one for one, two in zip(numbers, [*numbers[1:], 0], strict=True))
