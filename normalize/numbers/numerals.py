"""How a language writes numbers: marks, and the words with their values and roles."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from fractions import Fraction

__all__ = ["Numerals", "fractions", "numerals_for", "whole"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """How a language writes numbers; all words in small letters but for `marks`."""

    decimal: str
    """The decimal mark; the other of `.` and `,` groups thousands."""
    spaced: bool
    """Whether a plain space groups thousands: 10 000."""
    units: Mapping[str, int]
    """Words that are added, cardinal and ordinal: one, twenty, cinquième."""
    tens: Mapping[str, tuple[int, int]]
    """Factor and addend of words that change the unit before them within a hundred: puluh, belas."""
    hundreds: frozenset[str]
    """Words that multiply by a hundred."""
    scales: Mapping[str, int]
    """Words that multiply all before them: thousand, juta, milliard."""
    marks: Mapping[str, int]
    """Abbreviated scales, which may also be something else: M, jt, bn."""
    parts: Mapping[str, Fraction]
    """Words that make a fraction of the number before them: thirds, perempat."""
    halves: frozenset[str]
    """Words that add a half, or take a half of the scale after them: half, setengah, demi."""
    loose: Mapping[str, int | Fraction]
    """Words that may stand for a number: dozen, twice, premier; never required to be translated as one."""
    months: Mapping[str, int]
    """Names of months and their abbreviations without the stop."""
    written: Mapping[int, str]
    """The scale words to write with, by value."""
    small_months: bool = True
    """Whether months may begin with a small letter; in English `may` and `march` are words."""
    words: frozenset[str] = dataclasses.field(init=False, repr=False)
    """All words above, but the months."""
    large: frozenset[str] = dataclasses.field(init=False, repr=False)
    """Words without which no number in words is above twenty."""

    def __post_init__(self) -> None:
        tables = (self.units, self.tens, self.hundreds, self.scales, self.marks, self.parts, self.halves, self.loose)
        object.__setattr__(self, "words", frozenset().union(*tables))
        tens = {word for word, value in self.units.items() if value >= 20}
        object.__setattr__(self, "large", frozenset().union(self.tens, self.hundreds, self.scales, tens))


def whole(text: str) -> dict[str, int]:
    """Read a table of `word=value` pairs; `_` may group digits."""
    return {word: int(value) for word, value in (pair.split("=") for pair in text.split())}


def fractions(text: str) -> dict[str, int | Fraction]:
    """Read a table of `word=value` pairs whose values may be fractions."""
    values = {word: Fraction(value) for word, value in (pair.split("=") for pair in text.split())}
    return {word: value.numerator if value.denominator == 1 else value for word, value in values.items()}


@functools.lru_cache(maxsize=64)
def numerals_for(language: str) -> Numerals | None:
    """Give the table of a BCP 47 tag's language, or None.

    >>> numerals_for("id-ID") == numerals_for("id"), numerals_for("ja")
    (True, None)
    """
    from normalize.numbers.english import ENGLISH  # noqa: PLC0415 - the tables import this module
    from normalize.numbers.french import FRENCH  # noqa: PLC0415 - likewise
    from normalize.numbers.indonesian import INDONESIAN, MALAY  # noqa: PLC0415 - likewise

    tables = {"en": ENGLISH, "fr": FRENCH, "id": INDONESIAN, "ms": MALAY}
    return tables.get(language.lower().partition("-")[0])
