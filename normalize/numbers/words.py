"""Numbers in words: dua puluh lima, quatre-vingt-dix-sept, two and a half million."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from fractions import Fraction

import regex

from normalize.numbers.numerals import Numerals
from normalize.numbers.tokens import Token

__all__ = ["Spoken", "spoken"]

_JOIN = regex.compile(r"[\s-]{1,2}|\s(?P<link>and|et)\s(?:an?\s|one\s)?|\san?\s")
"""What may stand between the words of one number."""

_MOST_WORDS = 16


@dataclasses.dataclass(frozen=True, slots=True)
class Spoken:
    """A number in words."""

    value: int | Fraction
    count: int
    """How many words it has."""
    last: int
    """The index of its last token."""
    scale: int
    """The last scale word's value, 1 without."""
    part: bool
    """Whether it is a fraction: two-thirds."""


@dataclasses.dataclass(slots=True)
class _Sum:
    """A number in words as it is read, word by word."""

    numerals: Numerals
    total: int | Fraction = 0
    hundreds: int = 0
    small: int | Fraction = 0
    scale: int = 1
    said: bool = False
    """Whether `small` was said: zero is a number too."""
    part: bool = False

    def add(self, word: str, joined: str, *, linked: bool) -> bool:
        """Take one more word, or say that it does not belong to the number."""
        numerals = self.numerals
        if self.part or (joined.endswith(("a ", "an ")) and word not in numerals.halves | set(numerals.scales)):
            return False
        if word in numerals.units and self._fits(numerals.units[word], word, joined):
            value = numerals.units[word]
            self.small = 80 if (self.small, value) == (4, 20) else self.small + value
        elif word in numerals.tens and 0 < self.small < 10:
            factor, addend = numerals.tens[word]
            self.small = int(self.small) * factor + addend
        elif word in numerals.hundreds and self.small < 100 and self.small == int(self.small):
            self.hundreds, self.small = self.hundreds + int(self.small or 1) * 100, 0
        elif word in numerals.scales:
            self.scale = numerals.scales[word]
            self.total = self._scaled(self.scale)
            self.hundreds = self.small = 0
        elif word in numerals.halves:
            return self._half(linked=linked)
        elif word in numerals.parts and self.said and not self.total:
            self.small, self.part = (self.hundreds + self.small) * numerals.parts[word], True
            self.hundreds = 0
        else:
            return False
        self.said = True
        return True

    def _fits(self, value: int, word: str, joined: str) -> bool:
        """Whether a unit may follow within a hundred: twenty-five, soixante-dix, quatre-vingt."""
        small = self.small
        if not small:
            return not self.said or bool(self.total or self.hundreds)
        if word == "second" and joined != "-":  # a thirty second delay
            return False
        if small == 10 or (small, value) == (4, 20):
            return (7 <= value <= 9 and self.numerals.spaced) or value == 20
        return small % 10 == 0 and 0 < value < (20 if small in {60, 80} and self.numerals.spaced else 10)

    def _scaled(self, scale: int) -> int | Fraction:
        """Multiply what was said by a scale; a larger one takes all before it: deux mille milliards."""
        said = self.hundreds + self.small
        if self.total and scale > self.total:
            return (self.total + said) * scale
        return self.total + (said or 1) * scale

    def _half(self, *, linked: bool) -> bool:
        if self.said and not self.small and not self.hundreds and linked:  # deux millions et demi
            self.total += Fraction(self.scale, 2)
        elif self.numerals.spaced and self.said and not linked:  # un demi-million
            if self.small != 1:
                return False
            self.small = Fraction(1, 2)
        elif not self.said or self.small:
            self.small += Fraction(1, 2)
        else:
            return False
        self.said = True
        return True

    @property
    def value(self) -> int | Fraction:
        value = self.total + self.hundreds + self.small
        return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def spoken(text: str, tokens: Sequence[Token], at: int, numerals: Numerals) -> Spoken | None:
    """Read a number in words from token `at` on."""
    number, last = _Sum(numerals), at - 1
    for here in range(at, min(len(tokens), at + _MOST_WORDS)):
        token = tokens[here]
        joined, linked = "", False
        if here > at:
            join = _JOIN.fullmatch(text, tokens[here - 1].end, token.start)
            if join is None:
                break
            joined, linked = join[0], bool(join["link"])
        if token.kind != "word" or not number.add(token.small, joined, linked=linked):
            break
        last = here
    if last < at:
        return None
    return Spoken(number.value, last - at + 1, last, number.scale, number.part or number.value != int(number.value))
