"""Numbers by what they mean: 1,2 triliun, 1.2 trillion and 1,200 billion are one value.

`read` finds the quantities of a text; each has one reading or several, where the writing leaves a choice (`1.250` in a
French text is 1250; `9.30` is a decimal or a time). `compare` matches the two sides by readings they share. Quantities
written in words only serve to explain the other side's digits: `empat` explains `4`, but may be dropped.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Sequence
from fractions import Fraction

import regex

from normalize.check import literals
from normalize.check.numerals import Numerals, numerals_for
from normalize.corpus import Span

__all__ = ["Difference", "Quantity", "compare", "read"]

Reading = Fraction | tuple[int, int]
"""A value, or a time of day as (hour modulo 12, minute): 19.30 and 7:30 p.m. are the same."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number in a text."""

    text: str
    span: Span
    readings: frozenset[Reading]
    certain: bool
    """Written so that it must have a counterpart: with digits, or as a compound of words."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A quantity of one side without its like on the other; with both, the one probably became the other."""

    source: Quantity | None
    target: Quantity | None


_GROUPED = r"\d{{1,3}}(?:[.,\u00a0\u202f\u2009'’{space}]\d{{3}})+(?!\d)(?:[.,]\d+)?(?![.,]?\d)"
_PATTERN = r"""
    (?P<clock>(?<!\d)\d{{1,2}}\s?[:hH]\s?[0-5]\d(?!\d))
    |(?P<hour>(?<!\d)\d{{1,2}}\s?[hH](?!\p{{L}}))
    |(?P<date>(?<![\d/])\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?(?![\d/]))
    |(?P<number>{grouped}|\d+(?:[.,]\d+)*)
    |(?P<word>\p{{L}}\p{{M}}*(?:[.'’]?[\p{{L}}\p{{M}}]+)*)
"""


def _compile(space: str) -> regex.Pattern[str]:
    return regex.compile(_PATTERN.format(grouped=_GROUPED.format(space=space)), regex.VERBOSE)


_PLAIN, _SPACED = _compile(""), _compile("\\ ")
"""Clock times, dates, numbers and words; in the second, a plain space groups thousands."""

_ROMAN = regex.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3}|C{1,3}L?X{0,3})(?:IX|IV|V?I{0,3})(?:er|ère|e|ème)?")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_DIGITS = regex.compile(r"\d+")
_NO_DIGIT = regex.compile(r"\D")
_CODE = regex.compile(r"\p{L}[-./]")
_TIME = regex.compile(r"([01]?\d|2[0-4])[.,]([0-5]\d)")
_GAP = regex.compile(r"[\s'’]")
_MARK = regex.compile(r"[.,]")
_BEFORE_LETTER = regex.compile(r"[\d.,]+\s?(?=\p{L})")

_LONGEST = 60
"""Characters of a number; what is longer is none."""

_JOIN = regex.compile(r"[\s-]{1,2}")
"""What may stand between the words of one number."""

_RANGE = regex.compile(
    r"(?:\s?[-–—/]\s?|\s(?:à|et|ou|to|and|or|hingga|sampai|dan|atau|s\.d\.|-|sampai dengan)\s(?:\p{Sc}|Rp|US\$)?\s?)"
)
"""What stands between the two ends of a range: 10 to 20 million."""

_DECADE_AFTER = regex.compile(r"-?an\b|['’]?s\b")
_DECADE_BEFORE = regex.compile(r"(?:années|tahun|dekade|era)\s$")
_CENTURY = regex.compile(r"(?:abad|siècles?|centur(?:y|ies))", regex.IGNORECASE)
_HALF_DAY = regex.compile(r"\s?(?:[ap]\.?m\b|o['’]clock)", regex.IGNORECASE)
_CURRENCY = regex.compile(r"(?:Rp|IDR|USD|EUR|US|SGD|AUD|HK|RM|S|A)$")


@dataclasses.dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


@functools.lru_cache(maxsize=16)  # two checks ask for the numbers of the same two texts
def read(text: str, language: str, *, spaced: bool = False) -> tuple[Quantity, ...]:
    """Give the quantities of `text` in order; a language without a table is read by the English one.

    `spaced` lets a plain space group thousands where the language itself does not: a translation may keep `10 000`.

    >>> [(one.text, sorted(map(str, one.readings))) for one in read("Rp 1,2 triliun untuk 1.250 desa", "id")]
    [('1,2 triliun', ['1200000000000']), ('1.250', ['1250'])]
    """
    numerals = numerals_for(language) or numerals_for("en")
    assert numerals is not None  # noqa: S101 - the table of English is there
    masked = literals.mask(text)
    tokens = [
        _Token(match.lastgroup or "", match[0], match.start(), match.end())
        for match in (_SPACED if spaced or numerals.spaced else _PLAIN).finditer(masked)
        if match.lastgroup != "word" or _may_count(match[0], numerals)
    ]
    return tuple(_with_neighbours(masked, list(_quantities(masked, tokens, numerals)), numerals))


def _may_count(word: str, numerals: Numerals) -> bool:
    """Whether a word can be part of a number; all others, nearly all words there are, only part numbers."""
    if word in numerals.words or (word[0] in _ROMAN_VALUES and _ROMAN.fullmatch(word)):
        return True
    small = word.lower()
    ordinal = small.removeprefix(numerals.ordinal) if numerals.ordinal else ""
    return small in numerals.words or ordinal in numerals.units


def _quantities(text: str, tokens: Sequence[_Token], numerals: Numerals) -> Iterator[Quantity]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind in {"clock", "hour"}:
            yield _quantity(text, token.start, token.end, _clock(token.text))
        elif token.kind == "date":
            yield from _date(token)
        elif token.kind == "number" and len(token.text) > _LONGEST:
            pass
        elif token.kind == "number":
            found, used = _scaled(text, tokens, at, numerals)
            yield found
            at += used
        elif found_words := _in_words(text, tokens, at, numerals):
            yield found_words[0]
            at += found_words[1]
        elif (loose := _loose(token, numerals)) is not None:
            yield _quantity(text, token.start, token.end, {loose}, certain=False)
        at += 1


def _quantity(text: str, start: int, end: int, readings: set[Reading], *, certain: bool = True) -> Quantity:
    span = Span(start=start, end=end)
    return Quantity(text=span.of(text), span=span, readings=frozenset(readings), certain=certain)


def _clock(text: str) -> set[Reading]:
    """Read 19:30, 19h30 or 19 h; also as a duration, of 1 h 30 or 90 minutes."""
    hour, *rest = (int(digits) for digits in _DIGITS.findall(text))
    minute = rest[0] if rest else 0
    readings: set[Reading] = {(hour % 12, minute), hour + Fraction(minute, 60), Fraction(hour * 60 + minute)}
    return readings


def _date(token: _Token) -> Iterator[Quantity]:
    """Read 20/11 or 20/11/2023: only a number that cannot be a month must come back in digits."""
    for match in _DIGITS.finditer(token.text):
        value = int(match[0])
        readings: set[Reading] = {Fraction(value)}
        if match.start() > 4 or len(match[0]) == 4:
            readings |= {Fraction(1900 + value), Fraction(2000 + value)} if value < 100 else set()
        span = Span(start=token.start + match.start(), end=token.start + match.end())
        yield Quantity(text=match[0], span=span, readings=frozenset(readings), certain=value > 12)


def _scaled(text: str, tokens: Sequence[_Token], at: int, numerals: Numerals) -> tuple[Quantity, int]:
    """Read a number in digits and the scale words after it; give also how many tokens those were."""
    token = tokens[at]
    values = _digits(token.text, numerals)
    if _CODE.match(text[max(0, token.start - 2) : token.start]):  # a code: B.29.002, ISO-9.001
        values |= {Fraction(int(_NO_DIGIT.sub("", token.text)))}
    readings: set[Reading] = set(values)
    certain = not text[token.start - 1 : token.start].isalpha() or bool(
        _CURRENCY.search(text, max(0, token.start - 4), token.start)
    )
    end, used = token.end, 0
    for after in tokens[at + 1 : at + 4]:
        factor = numerals.scales.get(after.text.lower()) or (100 if after.text.lower() in numerals.hundreds else 0)
        if after.kind != "word" or not factor or not _JOIN.fullmatch(text, end, after.start):
            break
        values = {value * factor for value in values}
        readings = set(values)
        end, used = after.end, used + 1
    if not used:
        readings |= _marked(text, tokens, at, values, numerals)
        readings |= _alternatives(text, token)
    return _quantity(text, token.start, end, _century(text, token, readings), certain=certain), used


def _marked(text: str, tokens: Sequence[_Token], at: int, values: set[Fraction], numerals: Numerals) -> set[Reading]:
    """Read an abbreviated scale, as in 5 M or 10k, as one possibility."""
    if at + 1 == len(tokens):
        return set()
    mark = tokens[at + 1]
    factor = numerals.marks.get(mark.text)
    gap = text[tokens[at].end : mark.start]
    return {value * factor for value in values} if factor and len(gap) <= 1 and not gap.strip() else set()


def _alternatives(text: str, token: _Token) -> set[Reading]:
    """Read 19.30 also as a time, 7 p.m. as 19 hours, the 90s as the 1990s."""
    readings: set[Reading] = set()
    if match := _TIME.fullmatch(token.text):
        hour, minute = int(match[1]), int(match[2])
        readings |= {(hour % 12, minute)} | ({Fraction(hour)} if not minute else set())
    if not token.text.isdecimal():
        return readings
    value = int(token.text)
    if value <= 24 and _HALF_DAY.match(text, token.end):
        readings |= {Fraction(value + 12), Fraction(value % 12), (value % 12, 0)}
    decade = _DECADE_AFTER.match(text, token.end) or _DECADE_BEFORE.search(text, max(0, token.start - 10), token.start)
    if decade and value % 10 == 0:
        readings.add(Fraction(1900 + value) if value < 100 else Fraction(value % 100))
    return readings


def _century(text: str, token: _Token, readings: set[Reading]) -> set[Reading]:
    """Read the 19th century also as the 1800s."""
    if _CENTURY.search(text, max(0, token.start - 10), min(len(text), token.end + 12)):
        return readings | {(one - 1) * 100 for one in readings if isinstance(one, Fraction)}
    return readings


def _digits(text: str, numerals: Numerals) -> set[Fraction]:
    """Give the values digits with marks may mean in a language."""
    compact = _GAP.sub("", text)
    marks = _MARK.findall(compact)
    if not marks:
        return {Fraction(int(compact))}
    whole, _, decimals = compact.rpartition(marks[-1])
    as_decimal = Fraction(int(_NO_DIGIT.sub("", whole)) * 10 ** len(decimals) + int(decimals), 10 ** len(decimals))
    as_grouped = Fraction(int(_NO_DIGIT.sub("", compact)))
    if len(set(marks)) == 2:
        return {as_decimal} if marks.count(marks[-1]) == 1 else {as_grouped}
    if len(marks) > 1:
        return {as_grouped}
    if len(decimals) != 3 or whole.startswith("0") or len(whole) > 3:
        return {as_decimal}
    if marks[0] != numerals.decimal:
        return {as_grouped}
    # news sites also write numbers the English way; in English itself there is no such doubt
    return {as_decimal, as_grouped} if numerals.decimal == "," else {as_decimal}


@dataclasses.dataclass(slots=True)
class _Sum:
    """A number in words as it is read, word by word."""

    total: int = 0
    hundreds: int = 0
    small: int = 0

    def add(self, word: str, numerals: Numerals) -> bool:
        """Take one more word, or say that it does not belong to the number."""
        if word in numerals.units and (not self.small or _adds(self.small, numerals.units[word])):
            value = numerals.units[word]
            self.small = 80 if (self.small, value) == (4, 20) else self.small + value
        elif word in numerals.tens and 0 < self.small < 10:
            factor, addend = numerals.tens[word]
            self.small = self.small * factor + addend
        elif word in numerals.hundreds:
            self.hundreds, self.small = (self.small or 1) * 100, 0
        elif word in numerals.scales:
            self.total += (self.hundreds + self.small or 1) * numerals.scales[word]
            self.hundreds = self.small = 0
        else:
            return False
        return True


def _in_words(text: str, tokens: Sequence[_Token], at: int, numerals: Numerals) -> tuple[Quantity, int] | None:
    """Read a number in words from token `at`; give also how many tokens follow the first."""
    number, last, count = _Sum(), at - 1, 0
    for here in range(at, min(len(tokens), at + 16)):
        token = tokens[here]
        if token.kind != "word" or (here > at and not _JOIN.fullmatch(text, tokens[here - 1].end, token.start)):
            break
        word = token.text.lower()
        if numerals.ordinal and word.removeprefix(numerals.ordinal) in numerals.units:
            word = word.removeprefix(numerals.ordinal)
        if number.add(word, numerals):
            last, count = here, count + 1
        elif here == at or word not in numerals.links or last != here - 1:
            break
    if not count:
        return None
    value = number.total + number.hundreds + number.small
    readings: set[Reading] = {Fraction(value)}
    if value <= 12 and _HALF_DAY.match(text, tokens[last].end):
        readings |= {Fraction(value + 12), (value % 12, 0)}
    certain = count > 1 and value > 20 and value % 100 != 0
    return _quantity(text, tokens[at].start, tokens[last].end, readings, certain=certain), last - at


def _adds(small: int, value: int) -> bool:
    """Whether a unit may follow within a hundred: twenty-five, soixante-dix, quatre-vingt."""
    if small == 10 or (small, value) == (4, 20):
        return 7 <= value <= 9 or value == 20
    return small % 10 == 0 and value < (20 if small in {60, 80} else 10)


def _loose(token: _Token, numerals: Numerals) -> Fraction | None:
    """Read a word that may stand for a number, or a Roman numeral."""
    if token.kind != "word":
        return None
    word = token.text.lower()
    if word in numerals.loose:
        return numerals.loose[word]
    if not _ROMAN.fullmatch(token.text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in token.text if letter in _ROMAN_VALUES]
    following = [*values[1:], 0]
    return Fraction(sum(-one if one < two else one for one, two in zip(values, following, strict=True)))


def _with_neighbours(text: str, quantities: list[Quantity], numerals: Numerals) -> list[Quantity]:
    """Let neighbours lend each other scale and century: 10 to 20 million, 2019-20, two dozen."""
    for at in range(len(quantities) - 1):
        one, two = quantities[at], quantities[at + 1]
        if not two.certain and not text[one.span.end : two.span.start].strip():  # two dozen, deux décennies
            product = {
                first * second
                for first in one.readings for second in two.readings
                if isinstance(first, Fraction) and isinstance(second, Fraction) and second >= 10
            }  # fmt: skip
            quantities[at + 1] = dataclasses.replace(two, readings=two.readings | product)
        if not _RANGE.fullmatch(text, one.span.end, two.span.start):
            continue
        digits = _BEFORE_LETTER.match(two.text)
        if digits and one.text[-1:].isdecimal():
            value = max((value for value in two.readings if isinstance(value, Fraction)), default=Fraction(0))
            plain = max(_digits(digits[0].strip(" .,"), numerals), default=Fraction(0))
            scaled = {reading * (value / plain) for reading in one.readings if isinstance(reading, Fraction) and plain}
            quantities[at] = dataclasses.replace(one, readings=one.readings | scaled)
        if one.text.isdecimal() and two.text.isdecimal() and len(two.text) < len(one.text):
            whole = Fraction(int(one.text[: len(one.text) - len(two.text)] + two.text))
            quantities[at + 1] = dataclasses.replace(two, readings=two.readings | {whole})
        elif one.text.isdecimal() and two.text.isdecimal() and len(one.text) == len(two.text) == 4:
            quantities[at + 1] = dataclasses.replace(two, readings=two.readings | {Fraction(int(two.text[2:]))})
    return quantities


def compare(source: Sequence[Quantity], target: Sequence[Quantity]) -> list[Difference]:
    """Give the quantities that must have a counterpart on the other side and have none, in the order of the text.

    A value said twice on one side may be said once on the other. One and nought are let pass: languages say them in
    too many ways.
    """
    lost = [one for one in source if one.certain and not _explained(one, target)]
    added = [one for one in target if one.certain and not _explained(one, source)]
    pairs = zip(lost, added, strict=True) if len(lost) == len(added) else ()
    changed = [Difference(source=one, target=two) for one, two in pairs]
    if changed:
        return changed
    return [*(Difference(source=one, target=None) for one in lost),
            *(Difference(source=None, target=one) for one in added)]


def _explained(quantity: Quantity, others: Sequence[Quantity]) -> bool:
    if quantity.readings & {Fraction(0), Fraction(1)}:
        return True
    return any(quantity.readings & other.readings for other in others)
