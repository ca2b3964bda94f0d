"""What stands around a number and says what it is the number of: currency, percent, unit, half of the day."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

import regex

__all__ = ["Around", "around", "converted"]

_PERCENT = "% ٪ persen prosen percent per_cent pct pour_cent pour_cents"
_MONEY = {
    "IDR": "Rp Rp. IDR rupiah rupiahs",
    "USD": "$ US$ AS$ A$ AU$ C$ CA$ S$ SG$ HK$ NZ$ NT$ USD AUD SGD CAD HKD dollar dollars dolar dólar",
    "EUR": "€ EUR euro euros",
    "JPY": "JP¥ JPY yen yens",
    "CNY": "CN¥ CNY RMB yuan yuans renminbi",
    "GBP": "£ GBP poundsterling poun_sterling pound_sterling pounds_sterling livre_sterling livres_sterling",
    "MYR": "RM MYR ringgit",
}
"""How a currency is written before or after an amount, `_` for a space."""

_LENGTH, _AREA, _MASS, _VOLUME, _HEAT = "length", "area", "mass", "volume", "heat"
_UNITS: dict[str, tuple[str, Fraction, str]] = {
    "km": (_LENGTH, Fraction(1000), "km kilometer kilometers kilometre kilometres kilomètre kilomètres kph"),
    "mi": (_LENGTH, Fraction(1609344, 1000), "mile miles mil mi mph"),
    "m": (_LENGTH, Fraction(1), "m meter meters metre metres mètre mètres"),
    "cm": (_LENGTH, Fraction(1, 100), "cm sentimeter centimeter centimeters centimetre centimetres centimètre"),
    "mm": (_LENGTH, Fraction(1, 1000), "mm milimeter millimeter millimeters millimetre millimetres millimètres"),
    "ft": (_LENGTH, Fraction(3048, 10000), "ft feet foot kaki pied pieds"),
    "in": (_LENGTH, Fraction(254, 10000), "inch inches inci pouce pouces"),
    "yd": (_LENGTH, Fraction(9144, 10000), "yd yard yards"),
    "ha": (_AREA, Fraction(10000), "ha hectare hectares hektar hektare"),
    "ac": (_AREA, Fraction(40469, 10), "acre acres ekar"),
    "kg": (_MASS, Fraction(1000), "kg kilo kilos kilogram kilograms kilogramme kilogrammes"),
    "lb": (_MASS, Fraction(45359, 100), "lb lbs pound pounds pon livre livres"),
    "g": (_MASS, Fraction(1), "g gr gram grams gramme grammes"),
    "oz": (_MASS, Fraction(2835, 100), "oz ounce ounces ons once onces"),
    "t": (_MASS, Fraction(1000000), "t ton tons tonne tonnes"),
    "l": (_VOLUME, Fraction(1), "l liter liters litre litres"),
    "gal": (_VOLUME, Fraction(3785, 1000), "gallon gallons galon"),
    "°F": (_HEAT, Fraction(5, 9), """°F °_F F (F) (F fahrenheit derajat_fahrenheit degrees_fahrenheit
           degrés_fahrenheit degrees_F derajat_F"""),
    "°C": (_HEAT, Fraction(1), """°C °_C C celsius celcius derajat degree degrees degré degrés derajat_celsius
           derajat_celcius degrees_celsius degrés_celsius derajat_C degrees_C degrés_C"""),
}
"""Per symbol: the dimension, the factor to its base unit, and how it is written in the three languages."""

_ORDINALS = "st nd rd th er re ère ers ème eme nde e"
_NATIONS = "US U.S. American Australian Canadian Singapore Indonesian Malaysian AS"
_CLOCK = "o'clock o’clock WIB WITA WIT"
_OTHERS = "de d of a p am pm sq square"


def _any(words: str) -> str:
    """Make a pattern of words, the longest first."""
    ordered = sorted(words.split(), key=lambda word: (-len(word), word))
    return "|".join(regex.escape(word, literal_spaces=True).replace("_", r"\s") for word in ordered)


_ANY_UNIT = "|".join(f"(?P<u{at}>{_any(row[2])})" for at, row in enumerate(_UNITS.values()))
_ANY_MONEY = "|".join(f"(?P<{code}>{_any(words)})" for code, words in _MONEY.items())

_AFTER = regex.compile(
    rf"""(?i)[\s-]?(?:
    (?P<percent>{_any(_PERCENT)})(?!\p{{L}})
    |(?:de\s|d['’]|of\s)?(?:(?:{_any(_NATIONS)})\s)?
        (?:{_ANY_MONEY})(?!\p{{L}})
    |(?P<half>[ap])\.?m\b
    |(?P<clock>{_any(_CLOCK)})(?!\p{{L}})
    |(?P<unit>(?:sq(?:uare|\.)?\s)?(?:{_ANY_UNIT})
        (?P<area>²|2\b|\s(?:persegi|carrée?s?))?(?!\p{{L}}|['’]))
    )""",
    regex.VERBOSE,
)
_BEFORE = regex.compile(rf"(?<!\p{{L}})(?:{_ANY_MONEY})\s?$|(?P<yen>¥)\s?$")
_MONEY_BEFORE = frozenset("$€£¥.pPRDMYHNBT")
"""What the sign or word of a currency before a number may end in."""

_SUFFIX = re.compile(rf"(?:{_any(_ORDINALS)})(?![^\W\d_])")
_FIRST_WORD = re.compile(r"[\s-]?([^\W\d_]+|[^\w\s])")
_TABLES = (_PERCENT, _NATIONS, _CLOCK, _OTHERS, *_MONEY.values(), *(row[2] for row in _UNITS.values()))
_FIRST_WORDS = frozenset(
    first.lower() for words in _TABLES for word in words.split() for first in _FIRST_WORD.findall(word)[:1]
)
"""What any of these may begin with; most numbers have none of it behind them, and are spared the pattern."""

_NO_UNITS = frozenset("MGTcf")
"""Letters that are a unit only in the other case: 5G."""

_SYMBOLS = tuple(_UNITS)


class Around(NamedTuple):
    """What stands around a number."""

    currency: str = ""
    unit: str = ""
    """Symbol, with ² for areas."""
    percent: bool = False
    half: str = ""
    """`a` or `p`, for a.m. and p.m."""
    clock: bool = False
    ordinal: str = ""
    """Suffix of an ordinal number: th, er, ème."""


def around(text: str, start: int, end: int) -> Around:
    """Read what stands before and after `text[start:end]`.

    >>> around("US$5 per 10 km", 3, 4).currency, around("US$5 per 10 km", 9, 11).unit
    ('USD', 'km')
    """
    before = text[max(0, start - 2) : start].rstrip()[-1:]
    money = _BEFORE.search(text, max(0, start - 6), start) if before in _MONEY_BEFORE and before else None
    currency = ("JPY" if money["yen"] else money.lastgroup or "") if money else ""
    first = _FIRST_WORD.match(text, end)
    if first is None:
        return Around(currency)
    if first.end() - end == len(first[1]) and (suffix := _SUFFIX.match(text, end)):
        return Around(currency, ordinal=suffix[0])
    found = _AFTER.match(text, end) if first[1].lower() in _FIRST_WORDS else None
    if found is None:
        return Around(currency)
    kind = next((name for name in _MONEY if found[name]), "")
    unit = ""
    if found["unit"]:
        at = next(at for at in range(len(_SYMBOLS)) if found[f"u{at}"])
        if found[f"u{at}"] in _NO_UNITS:
            return Around(currency)
        square = found["area"] or found["unit"][:2].lower() == "sq"
        unit = _SYMBOLS[at] + ("²" if square else "")
    return Around(
        currency=currency or kind, unit=unit, percent=bool(found["percent"]), half=(found["half"] or "").lower(),
        clock=bool(found["clock"]),
    )  # fmt: skip


def _measure(unit: str) -> tuple[str, Fraction]:
    dimension, factor, _ = _UNITS[unit.removesuffix("²")]
    return ("area", factor**2) if unit.endswith("²") else (dimension, factor)


def converted(one: int | Fraction, unit: str, other: int | Fraction, other_unit: str) -> bool:
    """Whether a measure is the other in another unit, rounded: 4,800 km and 3,000 miles.

    >>> converted(4800, "km", 3000, "mi"), converted(4800, "km", 3000, "km"), converted(32, "°C", 90, "°F")
    (True, False, True)
    """
    if not unit or not other_unit or unit == other_unit:
        return False
    (dimension, factor), (other_dimension, other_factor) = _measure(unit), _measure(other_unit)
    if dimension != other_dimension:
        return False
    base, other_base = one * factor, other * other_factor
    if dimension == "heat":
        base, other_base = base - 32 * (factor != 1) * factor, other_base - 32 * (other_factor != 1) * other_factor
        return abs(base - other_base) <= 1
    return abs(base - other_base) * 12 <= max(base, other_base)  # people round
