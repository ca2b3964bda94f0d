"""Times of day and dates: 19.30 WIB, 7:30 p.m., 19 h 30, 20/11/2023, 1er mai, November 20, 2023."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from fractions import Fraction

import regex

from normalize.numbers.numerals import Numerals
from normalize.numbers.tokens import Token
from normalize.numbers.value import Clock, Kind, Month, Reading, Value

__all__ = ["clock", "hours", "join", "month", "numeric"]

_DIGITS = regex.compile(r"\d+")
_EVENING = regex.compile(
    r"\s?(?:WIB|WITA|WIT|h)?\s?(?:malam|sore|petang|du\ssoir|de\sl['’]après-midi|in\sthe\s(?:evening|afternoon)|at\snight)",
    regex.IGNORECASE,
)
_SIANG = regex.compile(r"\s?(?:WIB|WITA|WIT)?\s?siang", regex.IGNORECASE)
_DAY_MONTH = regex.compile(r"(?:\.|er|st|nd|rd|th)?\s(?:of\s|de\s)?")
_MONTH_DAY = regex.compile(r"\.?\s(?:the\s)?")
_MONTH_YEAR = regex.compile(r"\.?,?\s(?:tahun\s|of\s|de\s)?")
_DAY_YEAR = regex.compile(r"(?:st|nd|rd|th)?,?\s")


def hours(text: str, token: Token, hour: int, minute: int, half: str) -> list[Clock]:
    """Give the times of day an hour and minute may be: both halves of the day, unless something says which."""
    hour %= 24
    if hour > 12:
        return [Clock(hour, minute)]
    if half == "" and _EVENING.match(text, token.end):
        half = "p"
    if half == "" and _SIANG.match(text, token.end):
        half = "a" if hour in {10, 11} else "p"
    if half:
        return [Clock(hour % 12 + (12 if half == "p" else 0), minute)]
    if token.text[:1] == "0":
        return [Clock(hour, minute)]
    return [Clock(hour, minute), Clock((hour + 12) % 24, minute)]


def clock(text: str, token: Token, half: str) -> list[Reading]:
    """Read 19:30, 19h30 or 19 h; also as a duration, of 1 h 30 or 90 minutes."""
    hour, *rest = (int(digits) for digits in _DIGITS.findall(token.text))
    minute = rest[0] if rest else 0
    readings: list[Reading] = []
    if hour <= 24:
        found = hours(text, token, hour, minute, half)
        # in French 7h30 is the morning; 7:30 may be either
        readings += found[:1] if ":" not in token.text else found
    if rest and hour <= 5 and ":" not in token.text:  # 2h05: two hours and five minutes
        readings.append(minute)
    if rest:
        readings.append(hour * 100 + minute)
    return [*readings, hour + Fraction(minute, 60), hour * 60 + minute]


def numeric(token: Token) -> Iterator[Value]:
    """Read 20/11, 20/11/2023, 20.11.2023 or 2023-11-20; what may be day or month need not come back."""
    parts = list(_DIGITS.finditer(token.text))
    numbers = [int(part[0]) for part in parts]
    iso = len(parts[0][0]) == 4
    for at, part in enumerate(parts):
        value = numbers[at]
        is_year = at == (0 if iso else 2)
        kind = Kind.YEAR if is_year else Kind.MONTH if at == 1 else Kind.DAY
        readings: list[Reading] = [value]
        if is_year and value < 100:
            readings += [2000 + value, 1900 + value]
        if not is_year and value <= 12:
            readings.append(Month(value))
        # 20/11 can be nothing but a day and a month
        month_sure = kind is Kind.MONTH and value <= 12 and numbers[2 if iso else 0] > 12
        start, end = token.start + part.start(), token.start + part.end()
        yield Value(text=part[0], span=(start, end), kind=kind, value=readings[-1] if month_sure else value,
                    readings=frozenset(readings), certain=value > 12 or month_sure)


def month(token: Token, numerals: Numerals) -> Value:
    """Read the name of a month; by itself it need not come back."""
    found = Month(numerals.months[token.small])
    return Value(text=token.text, span=(token.start, token.end), kind=Kind.MONTH, value=found,
                 readings=frozenset({found}), certain=False)


def _is_day(one: Value) -> bool:
    return isinstance(one.value, int) and 1 <= one.value <= 31 and len(one.text) <= 2 and one.text.isdecimal()


def _is_year(one: Value) -> bool:
    return isinstance(one.value, int) and len(one.text) == 4 and one.text.isdecimal()


def join(text: str, found: list[Value]) -> None:
    """Tell days and years by the months beside them, in place; a month with its day must come back."""
    for at, one in enumerate(found):
        if one.kind is not Kind.MONTH or not isinstance(one.value, Month) or one.text.isdecimal():
            continue
        day, last = -1, at
        if at and _is_day(found[at - 1]) and _DAY_MONTH.fullmatch(text, found[at - 1].span[1], one.span[0]):
            day = at - 1
        elif at + 1 < len(found) and _is_day(found[at + 1]) and _MONTH_DAY.fullmatch(
            text, one.span[1], found[at + 1].span[0]
        ):
            day, last = at + 1, at + 1
        if day >= 0:
            found[day] = dataclasses.replace(found[day], kind=Kind.DAY, unit="", currency="")
            found[at] = dataclasses.replace(one, certain=True)
        gap = _DAY_YEAR if last > at else _MONTH_YEAR
        after = last + 1
        if after < len(found) and _is_year(found[after]) and gap.fullmatch(
            text, found[last].span[1], found[after].span[0]
        ):
            found[after] = dataclasses.replace(found[after], kind=Kind.YEAR, unit="")
