"""Read the numbers of a text, each with all it may mean."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from normalize.numbers import dates, neighbours
from normalize.numbers.around import around
from normalize.numbers.counted import Place, counted
from normalize.numbers.literals import mask
from normalize.numbers.numerals import Numerals, numerals_for
from normalize.numbers.tokens import Token, roman, scan
from normalize.numbers.value import Clock, Kind, Reading, Value
from normalize.numbers.words import Spoken, spoken

__all__ = ["read", "values"]

_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3),
           "⅛": Fraction(1, 8)}  # fmt: skip
_HALF = Fraction(1, 2)
_NO_DIGIT = re.compile(r"\D")
_PER = ("pour ", "per ", "Per ")
_ONE_AND = re.compile(r"\b(?:an?|une?)\s[^\W\d_]{1,12}\s(?:and\sa|et)\s$", re.IGNORECASE)
"""What makes of a half one and a half: an hour and a half."""

_HOUR = re.compile(r"\b(?:pukul|jam)\s$", re.IGNORECASE)

_LONGEST = 60
"""Characters of a number; what is longer is none."""


def values(text: str, language: str) -> tuple[Value, ...]:
    """Give the numbers of a text in order; none for a language without a table (Indonesian, Malay, French, English).

    >>> [(one.text, str(one.value), one.kind.value) for one in values("Rp 1,2 triliun untuk 1.250 desa", "id")]
    [('1,2 triliun', '1200000000000', 'money'), ('1.250', '1250', 'plain')]
    """
    numerals = numerals_for(language)
    return () if numerals is None else read(text, language, spaced=numerals.spaced)


@functools.lru_cache(maxsize=64)  # the checks and repairs of a unit ask for the numbers of the same two texts
def read(text: str, language: str, *, spaced: bool) -> tuple[Value, ...]:
    """Give the numbers of a text; `spaced` lets a plain space group thousands, as a translation from French may."""
    numerals = numerals_for(language)
    if numerals is None:
        return ()
    masked = _percents(mask(text))
    tokens = scan(masked, numerals, spaced=spaced or numerals.spaced)
    found = list(_values(masked, tokens, numerals))
    if len(found) > 1:
        neighbours.lend(masked, found)
        if any(token.kind == "month" for token in tokens):
            dates.join(masked, found)
    return tuple(found)


def _values(text: str, tokens: Sequence[Token], numerals: Numerals) -> Iterator[Value]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "number":
            if len(token.text) <= _LONGEST:
                found, used = counted(Place(text, tokens, at, numerals))
                yield found
                at += used
        elif token.kind == "word":
            if words := _in_words(text, tokens, at, numerals):
                yield words[0]
                at += words[1]
        elif token.kind == "date":
            yield from dates.numeric(token)
        elif token.kind == "month":
            yield dates.month(token, numerals)
        else:
            yield _alone(text, token)
        at += 1


def _percents(text: str) -> str:
    """Write `p. 100`, as Quebec does, as a percent sign; lengths stay.

    >>> _percents("de 9 p. 100 l'an")
    "de 9 %      l'an"
    """
    return text.replace("p. 100", "%     ").replace("p.100", "%    ") if "100" in text and "p." in text else text


def _alone(text: str, token: Token) -> Value:
    """Read a clock time, a telephone number, or a fraction of one character."""
    kind, certain = Kind.TIME, True
    readings: list[Reading]
    if token.kind == "phone":
        kind, readings = Kind.CODE, [int(_NO_DIGIT.sub("", token.text))]
    elif token.kind == "vulgar":
        kind, readings, certain = Kind.FRACTION, [_VULGAR[token.text]], False
    else:
        readings = dates.clock(text, token, around(text, token.start, token.end).half)
    return Value(text=token.text, span=(token.start, token.end), kind=kind, value=readings[0],
                 readings=frozenset(readings), certain=certain)


def _spoken(text: str, span: tuple[int, int], kind: Kind, readings: list[Reading], found: Spoken | None) -> Value:
    certain = found is not None and found.count > 1 and found.value > 20 and found.value % 100 != 0
    return Value(text=text[slice(*span)], span=span, kind=kind, value=readings[0], readings=frozenset(readings),
                 certain=certain, scale=found.scale if found else 1)


def _in_words(text: str, tokens: Sequence[Token], at: int, numerals: Numerals) -> tuple[Value, int] | None:
    """Read a number in words from token `at`; give also how many tokens follow the first."""
    token = tokens[at]
    if token.small == "cent" and text.endswith(_PER, 0, token.start):
        return None
    found = spoken(text, tokens, at, numerals)
    if found is None:
        if token.small[0] in "ivxlc" and (century := roman(token.small.rstrip("e").upper())):
            return _spoken(text, (token.start, token.end), Kind.WORD, [century], None), 0
        loose = numerals.loose.get(token.small, numerals.parts.get(token.small, roman(token.text)))
        return None if loose is None else (_spoken(text, (token.start, token.end), Kind.WORD, [loose], None), 0)
    end, value = tokens[found.last].end, found.value
    readings: list[Reading] = [value]
    if value <= 12 and isinstance(value, int) and (half := around(text, token.start, end).half):
        readings += dates.hours(text, token, value, 0, half)
    if value == _HALF and found.last + 1 < len(tokens) and _HOUR.search(text, max(0, token.start - 7), token.start):
        hour = numerals.units.get(tokens[found.last + 1].small, 0)  # setengah delapan: half past seven
        readings += [Clock(hour - 1, 30), Clock((hour + 11) % 24, 30)] if 0 < hour <= 12 else []
    elif value == _HALF and _ONE_AND.search(text, max(0, token.start - 25), token.start):
        readings.append(1 + _HALF)
    elif found.part and value < 13 and _HOUR.search(text, max(0, token.start - 7), token.start):  # tujuh setengah
        readings += [Clock(int(value), 30), Clock((int(value) + 12) % 24, 30)]
    kind = Kind.FRACTION if found.part else Kind.WORD
    return _spoken(text, (token.start, end), kind, readings, found), found.last - at
