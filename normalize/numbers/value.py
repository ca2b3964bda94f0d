"""The nouns: a value and its kind."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

__all__ = ["Clock", "Kind", "Month", "Reading", "Value"]


class Kind(StrEnum):
    """What a number is the number of."""

    PLAIN = "plain"
    MONEY = "money"
    PERCENT = "percent"
    TIME = "time"
    """A time of day, or a duration of hours and minutes."""
    DAY = "day"
    """The day of a date that has a month."""
    MONTH = "month"
    YEAR = "year"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    """Two-thirds, setengah, ½."""
    RANGE = "range"
    """One end of 5–10."""
    SCORE = "score"
    """One side of 3-1."""
    WORD = "word"
    """Written in words; `seribu`, `a dozen`, `XIX`."""
    CODE = "code"
    """Part of a name, a telephone number, a version: GPT-4, 021-555-1234, 2.0.1."""


class Clock(NamedTuple):
    """A time of day, 0:00 to 23:59."""

    hour: int
    minute: int


class Month(NamedTuple):
    """A month, 1 to 12."""

    number: int


Reading = int | Fraction | Clock | Month
"""One thing a number may mean; an int and a Fraction of the same value are equal."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number in a text."""

    text: str
    """As it stands there, with its scale words, without currency or unit."""
    span: tuple[int, int]
    """Half-open, in code points."""
    kind: Kind
    readings: frozenset[Reading]
    """All it may mean, where the writing leaves a choice: `9.30` is a decimal or a time."""
    value: Reading
    """The likeliest of the readings."""
    certain: bool = True
    """Written so that it must have a counterpart: with digits, or as a compound of words."""
    currency: str = ""
    """ISO 4217 code of the money's family, one for all dollars: IDR, USD, EUR, JPY, CNY, GBP, MYR."""
    unit: str = ""
    """The unit measured in, by its symbol: km, kg, °C; empty when it has none this package knows."""
    scale: int = 1
    """What the scale word or sign multiplies by: 10**12 for triliun."""
