"""What a number can have become by a slip: another scale, other marks, a digit wrong, another day of the same month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from normalize.numbers.digits import core
from normalize.numbers.value import Clock, Kind, Month, Value

__all__ = ["REASONS", "Side", "bracketed", "cut_off", "head", "left_month", "reason"]

REASONS = {
    "scale": "the same digits with another scale word, or without one",
    "marks": "the same digits, grouped or with decimals by the other language's custom",
    "digits": "one digit dropped, added, changed or two swapped, in a number of three digits or more, or 1,2 cut to .2",
    "date": "a date of which only the day, the month or the year differs",
    "time": "a time of day of which only the hour, the minutes or the half of the day differs",
    "currency": "the same amount in another currency, and each text speaks of one currency only",
}

_DATE = regex.compile(r"\(([0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?)\)")
_BRACKETS = regex.compile(r"\(([0-9][0-9/.,-]{0,9})\)")
_HEAD = regex.compile(r"\d(?:[\d.,\s'’]*\d)?")
_NO_DIGIT = regex.compile(r"\D")
_WHOLE = regex.compile(r"[0-9]{1,3}[.,]")
_MARK = regex.compile(r"(?<=\p{L})\s?[.,]{1,2}\s?$")
_ZONE = regex.compile(r"\b(?:GMT|UTC|WIB|WITA|WIT|CET|CEST|BST|EST|EDT|ET|PST|PDT|PT|MST|CST|JST|AEST|local\stime)\b")
_DATES = frozenset({Kind.DAY, Kind.MONTH, Kind.YEAR})
_NO_DIGITS = frozenset({Kind.DAY, Kind.MONTH, Kind.TIME, Kind.CODE})
"""Kinds that a slip of the digits is not certain of."""

_NEAR = 8
"""Characters between the parts of one date."""


class Side(NamedTuple):
    """One text of a pair."""

    text: str
    values: Sequence[Value]
    left: Sequence[Value]
    """Those the other text does not explain."""


def head(value: Value) -> str:
    """Give the digits and marks a value begins with, or nothing when it is in words."""
    found = _HEAD.match(value.text)
    return found[0] if found else ""


def reason(one: Value, two: Value, source: Side, target: Side) -> str:
    """Say which slip made `one` of the source into `two` of the target; nothing when it is not certain."""
    kinds = {one.kind, two.kind}
    if not _same_thing(one, two):
        return ""
    if kinds == {Kind.TIME}:
        return _time(one, two, source.text, target.text)
    if len(kinds) == 1 and one.kind in _DATES and _dated(one, two, source, target):
        return "date"
    return "" if kinds & _NO_DIGITS else _written(one, two, target.text)


def _same_thing(one: Value, two: Value) -> bool:
    """Whether two numbers can be numbers of one thing: not metres and feet, nor money and percents."""
    if (one.unit and two.unit and one.unit != two.unit) or (
        one.currency and two.currency and one.currency != two.currency
    ):
        return False
    return (one.kind is Kind.PERCENT) == (two.kind is Kind.PERCENT)


def _written(one: Value, two: Value, target: str) -> str:
    """Compare what is written in digits."""
    first, second = head(one), head(two)
    if not first or not second or isinstance(one.value, Clock | Month):
        return ""
    digits, others = _NO_DIGIT.sub("", first), _NO_DIGIT.sub("", second)
    if one.scale > 1 and cut_off(one, two, target) is not None:
        return "digits"
    if one.scale != two.scale:
        same = digits == others or (core(first) == core(second) and len(core(first)) >= 2)
        # a number without a scale word may have one that nobody knows: 1,3 trilliyun
        return "scale" if same and one.scale > 1 else ""
    if digits == others:
        return "marks" if len(digits) >= 2 else ""
    likely = one.kind is two.kind or Kind.RANGE in {one.kind, two.kind}
    # the year before is another year
    next_year = one.kind is Kind.YEAR and abs(int(digits) - int(others)) == 1
    slip = _one_slip(digits, others) and _places(first) == _places(second)
    return "digits" if likely and slip and not next_year else ""


def _places(digits: str) -> int:
    """Give the digits behind the last mark, when they are no group of three."""
    last = regex.split(r"[.,]", digits)[-1]
    return 0 if last == digits or len(last) == 3 else len(last)


def _one_slip(one: str, two: str) -> bool:
    """Whether one digit was dropped, added or changed, or two neighbours swapped."""
    if len(one) == len(two):
        wrong = [at for at in range(len(one)) if one[at] != two[at]]
        if len(wrong) == 1:
            return len(one) >= 3
        return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and one[wrong[0]] == two[wrong[1]] and (
            one[wrong[1]] == two[wrong[0]]
        )
    short, long = sorted((one, two), key=len)
    return len(short) + 1 == len(long) and len(long) >= 4 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


def _time(one: Value, two: Value, source: str, target: str) -> str:
    """Compare times of day; the source's must be of one half of the day, and no other time zone be spoken of."""
    times = [reading for reading in one.readings if isinstance(reading, Clock)]
    others = [reading for reading in two.readings if isinstance(reading, Clock)]
    if len(times) != 1 or not others or not set(_ZONE.findall(target)) <= set(_ZONE.findall(source)):
        return ""
    near = any(times[0].minute == other.minute or times[0].hour % 12 == other.hour % 12 for other in others)
    return "time" if near else ""


def _dated(one: Value, two: Value, source: Side, target: Side) -> bool:
    """Whether the rest of the dates two parts belong to is the same."""
    ours, theirs = _rest(one, source.values), _rest(two, target.values)
    if Kind.MONTH is one.kind:
        return Kind.DAY in ours and Kind.DAY in theirs and _agree(ours, theirs)
    if Kind.MONTH not in ours or Kind.MONTH not in theirs:
        return False
    return _agree(ours, theirs) and (one.kind is Kind.DAY or (Kind.DAY in ours) == (Kind.DAY in theirs))


def cut_off(one: Value, two: Value, target: str) -> int | None:
    """Give where the mark stands before what is left of a number that lost its whole part: 1,2 and Rp.2, Rp..2."""
    whole, mark = head(one)[: -len(head(two)) or None], _MARK.search(target, max(0, two.span[0] - 4), two.span[0])
    lost = head(two) and head(one).endswith(head(two)) and _WHOLE.fullmatch(whole) is not None
    return mark.start() if mark and lost and one.scale == two.scale else None


def left_month(month: Value, source: Side, target: Side) -> tuple[int, int] | None:
    """Give the place where a month's name stands in the target as in the source, beside the same day: 7 Oktober."""
    days = [value for kind, value in _rest(month, source.values).items() if kind is Kind.DAY]
    for match in regex.finditer(rf"(?i)\b{regex.escape(month.text)}\b", target.text) if days else ():
        for value in target.values:
            beside = 0 < match.start() - value.span[1] <= 4 or 0 < value.span[0] - match.end() <= 2
            if beside and not value.readings.isdisjoint(days[0].readings):
                return match.span()
    return None


def _agree(ours: dict[Kind, Value], theirs: dict[Kind, Value]) -> bool:
    return all(not ours[kind].readings.isdisjoint(theirs[kind].readings) for kind in ours.keys() & theirs.keys())


def _rest(one: Value, values: Sequence[Value]) -> dict[Kind, Value]:
    """Give the other parts of a date."""
    at = next(at for at, value in enumerate(values) if value.span == one.span)
    found: dict[Kind, Value] = {}
    for step in (-1, 1):
        here = at + step
        while 0 <= here < len(values) and values[here].kind in {Kind.DAY, Kind.MONTH, Kind.YEAR}:
            first, second = sorted((values[here], values[here - step]), key=lambda value: value.span)
            if second.span[0] - first.span[1] > _NEAR or values[here].kind in {one.kind, *found}:
                break
            found[values[here].kind] = values[here]
            here += step
    return found


def bracketed(source: str, target: str) -> tuple[tuple[int, int], str] | None:
    """Give where a date in brackets, as Indonesian news has after a weekday, lost digits or marks, and the date.

    Only where both texts have as many numbers in brackets as the source has dates.

    >>> bracketed("mulai Senin (2/12).", "from Monday (212).")
    ((13, 16), '2/12')
    """
    dates, found = _DATE.findall(source), list(_BRACKETS.finditer(target))
    if len(dates) != len(found) or len(dates) != len(_BRACKETS.findall(source)):
        return None
    for date, match in zip(dates, found, strict=True):
        if match[1] != date and _among(_NO_DIGIT.sub("", match[1]), _NO_DIGIT.sub("", date)):
            return match.span(1), date
    return None


def _among(digits: str, others: str) -> bool:
    """Whether digits stand among others in their order."""
    rest = iter(others)
    return all(digit in rest for digit in digits)
