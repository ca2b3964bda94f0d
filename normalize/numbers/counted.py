"""Numbers in digits, with their scale words and all they may mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from normalize.numbers import dates
from normalize.numbers.around import Around, around
from normalize.numbers.digits import worth
from normalize.numbers.numerals import Numerals
from normalize.numbers.tokens import Token
from normalize.numbers.value import Clock, Kind, Reading, Value

__all__ = ["Place", "counted"]

_NO_DIGIT = re.compile(r"\D")
_CODE = re.compile(r"[^\W\d_][-./]$")
_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_TIME = re.compile(r"([01]?\d|2[0-4])[.,]([0-5]\d)")
_JOIN = re.compile(r"[\s-]{1,2}|\+\s")
_POINT = re.compile(r"\d{1,3}\.\d{3}")
_LIST = re.compile(r"\d{1,2}(?:,\d{1,2})+")
_SUFFIX = re.compile(r"-?an\b|['’]?s\b")
_DECADE = re.compile(r"(?:années|tahun|dekade|era)\s$")
_NUMBERED = re.compile(r"(?:\bke-|\b[Nn]o\.?\s?|\b[Nn]omor\s|\bn[°º]\s?)$")
_HOUR = re.compile(r"(?:\b(?:pukul|jam|at|vers)\s)$", re.IGNORECASE)
_CURRENCY = re.compile(r"(?:Rp|IDR|USD|EUR|JPY|GBP|CNY|SGD|AUD|RM|MYR)$")
_VERSION = re.compile(
    r"\b(?:versi|version|v|art|articles?|alinéas?|paragraphes?|règles?|section|pasal|ayat|nomor)\.?\s?$", re.IGNORECASE
)
"""What stands before a number of a version or a law, whose point is no mark of thousands."""

_UNFINISHED = re.compile(r"\.(?=[,\w])")
"""What follows the first part of an address: 192.168., 10.0.x."""

_CENTURIES = ("abad", "siècle", "centur")
_CODE_MARKS = frozenset("-./")


class Place(NamedTuple):
    """A token in its text."""

    text: str
    tokens: Sequence[Token]
    at: int
    numerals: Numerals

    @property
    def token(self) -> Token:
        """The token itself."""
        return self.tokens[self.at]

    def before(self, size: int) -> tuple[int, int]:
        """Give the bounds of the `size` characters before it."""
        start = self.token.start
        return max(0, start - size), start


def counted(place: Place) -> tuple[Value, int]:
    """Read a number in digits and the scale words after it; give also how many tokens those were."""
    text, token = place.text, place.token
    main = worth(token.text, place.numerals)
    scale, end, used = _scale(place)
    near = around(text, token.start, end)
    alone = not text[token.start - 1 : token.start].isalpha()
    certain = alone or _CURRENCY.search(text, *place.before(4)) is not None
    kind = _kind(place, end, near, certain=certain)
    readings: list[Reading] = [value * scale for value in main]
    if not used:
        readings = _also(place, main, near, kind, readings)
    if len(main) == 1 and place.numerals.spaced and _POINT.fullmatch(token.text):
        # French groups by spaces: 25.000 and 1.250 euros are thousands, perl 5.005 and section 210.093 may be none
        readings += [] if main[0] % 10 == 0 or near.currency or near.unit else [Fraction(token.text)]
    if scale == 10**18 and place.numerals.spaced:  # what in French is a million billions is often meant as in English
        readings += [value * 10**12 for value in main]
    if near.percent:
        readings += [Fraction(value) / 100 for value in main]  # half of them
    if near.percent and len(main) == 1 and main[0] >= 1000 and _POINT.fullmatch(token.text):
        readings.append(Fraction(token.text))  # 3.125 percent, written the English way
    around_it = text[max(0, token.start - 10) : end + 12].lower()
    if any(word in around_it for word in _CENTURIES):  # the 19th century is the 1800s
        readings += [(one - 1) * 100 for one in readings if isinstance(one, int | Fraction)]
    value = Value(
        text=text[token.start : end], span=(token.start, end), kind=kind, value=readings[0],
        readings=frozenset(readings), certain=certain, currency=near.currency, unit=near.unit, scale=scale,
    )  # fmt: skip
    return value, used


def _scale(place: Place) -> tuple[int, int, int]:
    """Give what the scale words after a number multiply by, where they end, and how many they are."""
    text, tokens, at, numerals = place
    scale, end, used = 1, place.token.end, 0
    for after in tokens[at + 1 : at + 4]:
        factor = numerals.scales.get(after.small, 0)
        if not factor and after.small in numerals.hundreds and not numerals.spaced:  # in French 50 cents is money
            factor = 100
        if after.kind != "word" or not factor or not _JOIN.fullmatch(text, end, after.start):
            break
        scale, end, used = scale * factor, after.end, used + 1
    # a single letter may also be a unit, unless it is money: Rp 5 M, 3 M€
    mark = None if used else _mark(place)
    sure = mark is not None and len(mark.text) > 1 and not mark.text.isupper()
    if mark and (sure or around(text, place.token.start, mark.end).currency):
        return numerals.marks[mark.text], mark.end, 1
    return scale, end, used


def _mark(place: Place) -> Token | None:
    """Give the abbreviated scale after a number, as in 5 M or 10k."""
    if place.at + 1 == len(place.tokens):
        return None
    mark = place.tokens[place.at + 1]
    gap = place.text[place.token.end : mark.start]
    return mark if mark.text in place.numerals.marks and len(gap) <= 1 and not gap.strip() else None


def _code(place: Place) -> bool:
    """Whether a number is part of a name: GPT-4, B.29.002, ISO-9.001, 2.0.1; `ke-3` is none."""
    start, text = place.token.start, place.token.text
    if text.count(".") > 1 and not _GROUPS.fullmatch(text):
        return True
    if _VERSION.search(place.text, *place.before(12)) or _UNFINISHED.match(place.text, place.token.end):
        return True
    return (
        place.text[start - 1 : start] in _CODE_MARKS
        and _CODE.search(place.text, *place.before(2)) is not None
        and _NUMBERED.search(place.text, *place.before(7)) is None
    )


def _kind(place: Place, end: int, near: Around, *, certain: bool) -> Kind:
    """Say what a number in digits is the number of, as far as its surroundings tell."""
    text, token = place.text, place.token
    if near.currency or near.percent:
        return Kind.MONEY if near.currency else Kind.PERCENT
    if not certain or _code(place):
        return Kind.CODE
    if near.half or near.clock or (_TIME.fullmatch(token.text) and _HOUR.search(text, *place.before(7))):
        return Kind.TIME
    if near.ordinal or _NUMBERED.search(text, *place.before(7)):
        return Kind.ORDINAL
    plain = token.text.isdecimal() and end == token.end and not near.unit
    return Kind.YEAR if plain and len(token.text) == 4 and 1900 <= int(token.text) < 2100 else Kind.PLAIN


def _decimal(text: str) -> list[Fraction]:
    return [Fraction(text)] if text.count(".") == 1 and "," not in text and text.replace(".", "").isdecimal() else []


def _also(
    place: Place, main: Sequence[int | Fraction], near: Around, kind: Kind, readings: list[Reading]
) -> list[Reading]:
    """Read 19.30 also as a time, 7 p.m. as 19 hours, the 90s as the 1990s, 5 M as millions, ISO-9.001 as 9001."""
    text, token = place.text, place.token
    times: list[Reading] = []
    if match := _TIME.fullmatch(token.text):
        hour, minute = int(match[1]), int(match[2])
        times += dates.hours(text, token, hour, minute, near.half)
        if not minute:
            times.append(hour)
    if mark := _mark(place):
        readings = readings + [value * place.numerals.marks[mark.text] for value in main]
    if kind is Kind.CODE and not token.text.isdecimal():
        readings = [*readings, int(_NO_DIGIT.sub("", token.text)), *_decimal(token.text)]
    elif _LIST.fullmatch(token.text) and place.numerals.decimal == ".":  # pages 1,3,5
        readings = [*readings, *map(int, token.text.split(","))]
    if token.text.isdecimal():
        value = int(token.text)
        if value <= 24 and kind is Kind.TIME:
            times += dates.hours(text, token, value, 0, near.half)
            times += [one.hour for one in times if isinstance(one, Clock)]
        if value % 10 == 0 and value < 3000 and (
            _SUFFIX.match(text, token.end) or _DECADE.search(text, *place.before(10))
        ):
            readings = [*readings, 1900 + value if value < 100 else value % 100]
    return times + readings if kind is Kind.TIME else readings + times
