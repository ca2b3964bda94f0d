"""What numbers side by side lend each other: 10 to 20 million, 2019-20, two dozen, 2 juta 500 ribu."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import regex

from normalize.numbers.value import Clock, Kind, Reading, Value

__all__ = ["lend"]

_RANGE = regex.compile(
    r"(?:\s?%)?(?:\s?[-–—/]\s?|\s(?:à|et|ou|to|and|or|hingga|sampai|dan|atau|s\.d\.|s/d|-|sampai\sdengan)\s)"
    r"(?:\p{Sc}|Rp\.?|US\$)?\s?"
)
"""What stands between the two ends of a range."""

_DASH = regex.compile(r"\s?[-–—:]\s?")
_OF = regex.compile(r"\s(?:of\s|de\s|d['’]|an?\s)?|\s?")
_HALF = Fraction(1, 2)
_AND_A_HALF = regex.compile(r"\s(?:\p{L}{1,12}\s)?(?:et|and\sa)\s")
"""What stands between a number and the half more of it: an hour and a half."""

_HOURS = regex.compile(r"\s(?:heures?|lewat)\s")
_LINKED = regex.compile(r"\s(?:et\s|and\s|dan\s|lebih\s)?")


def lend(text: str, found: list[Value]) -> None:
    """Add to each value, in place, the readings its neighbours give it."""
    for at in range(len(found) - 1):
        one, two = found[at], found[at + 1]
        start, end = one.span[1], two.span[0]
        if end - start > 20:
            continue
        if not two.certain and _OF.fullmatch(text, start, end):
            _multiply(found, at)
        elif _LINKED.fullmatch(text, start, end):
            _add(found, at)
        elif text[start:end] == ", ":
            _torn(found, at)
        elif two.value == _HALF and _AND_A_HALF.fullmatch(text, start, end):
            _widen(found, at, {reading + _HALF for reading in _numbers(one)})
        elif _HOURS.fullmatch(text, start, end):
            _clock(found, at)
        if _RANGE.fullmatch(text, start, end):
            _range(text, found, at)


def _torn(found: list[Value], at: int) -> None:
    """Read 2, 400 also as 2,400, and 91, 9 also as 91.9: a space has slipped in."""
    one, two = found[at], found[at + 1]
    if not (one.text.isdecimal() and two.text.isdecimal() and len(one.text) <= 3 >= len(two.text)):
        return
    whole: set[Reading] = {int(one.text + two.text)} if len(two.text) == 3 else {Fraction(f"{one.text}.{two.text}")}
    _widen(found, at, whole)
    _widen(found, at + 1, whole)


def _clock(found: list[Value], at: int) -> None:
    """Six heures trente, pukul sepuluh lewat lima puluh."""
    hour, minute = found[at].value, found[at + 1].value
    if isinstance(hour, int) and isinstance(minute, int) and 0 <= hour <= 24 and 0 <= minute < 60:
        times: set[Reading] = {Clock(hour % 24, minute), Clock((hour + (12 if hour <= 12 else 0)) % 24, minute)}
        _widen(found, at, times)
        _widen(found, at + 1, times)


def _numbers(value: Value) -> list[int | Fraction]:
    return [one for one in value.readings if isinstance(one, int | Fraction)]


def _widen(found: list[Value], at: int, readings: set[Reading], **fields: object) -> None:
    found[at] = dataclasses.replace(found[at], readings=found[at].readings | readings, **fields)  # type: ignore[arg-type]


def _multiply(found: list[Value], at: int) -> None:
    """Two dozen, deux décennies, hundreds of thousands, 10 ribuan; a quarter of them, 2 ½."""
    one, two = found[at], found[at + 1]
    if isinstance(two.value, Fraction) and two.value < 1 and isinstance(one.value, int) and one.value:
        _widen(found, at, {one.value + two.value})
    products: set[Reading] = {first * second for first in _numbers(one) for second in _numbers(two) if second >= 10}
    if products:
        _widen(found, at + 1, products)
        _widen(found, at, products)


def _add(found: list[Value], at: int) -> None:
    """2 juta 500 ribu, 3 millions 200 000: one number in two parts."""
    one, two = found[at], found[at + 1]
    if one.text.isdecimal() and two.text.isdecimal() and len(one.text) <= 3 and len(two.text) == 3:
        joined: set[Reading] = {int(one.text + two.text)}  # 17 250
        _widen(found, at, joined)
        _widen(found, at + 1, joined)
    if one.scale < 1000 or not isinstance(two.value, int) or not 0 < two.value < one.scale:
        return
    if not isinstance(one.value, int | Fraction) or two.kind is Kind.YEAR or one.value % one.scale:
        return
    total = one.value + two.value
    _widen(found, at, {total})
    _widen(found, at + 1, {total})


def _range(text: str, found: list[Value], at: int) -> None:
    """10 to 20 million is 10 million to 20 million; 2019-20 is 2019-2020; the currency and unit are of both."""
    one, two = found[at], found[at + 1]
    digits = one.text.isdecimal() and two.text.isdecimal()
    if one.text[-1:].isdecimal() and one.scale == 1 and two.scale > 1:
        _widen(found, at, {value * two.scale for value in _numbers(one)})
    if digits and len(two.text) < len(one.text):
        _widen(found, at + 1, {int(one.text[: len(one.text) - len(two.text)] + two.text)})
    elif digits and len(one.text) == len(two.text) == 4:
        _widen(found, at + 1, {int(two.text[2:])})
    if one.kind is Kind.PLAIN and two.kind is not Kind.PLAIN and two.kind in {Kind.MONEY, Kind.PERCENT}:
        _widen(found, at, set(), kind=two.kind, currency=two.currency)
    elif one.kind is Kind.PLAIN and two.kind is Kind.PLAIN and digits:
        dash = _DASH.fullmatch(text, one.span[1], two.span[0])
        kind = Kind.SCORE if dash and int(one.text) >= int(two.text) and len(one.text) <= 3 else Kind.RANGE
        _widen(found, at, set(), kind=kind, unit=one.unit or two.unit)
        _widen(found, at + 1, set(), kind=kind)
