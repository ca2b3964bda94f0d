"""A correction carried over to a source that differs from its own in numbers only, where each number is verified.

Verified means, for every number that differs: it is written in digits that can be worth one thing only, in both
sources; that value stands once in the correction's source and once in its target, there in digits too, with the same
scale word (`1,2 triliun`, `1.2 trillion`); grammar does not depend on it (one against several, `a` against `an`); and
the target made, read again, has the new value in its place and all else as it was. Times, ordinals, ranges, scores and
codes are left to people.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import regex

from normalize.memory.words import NUMBER
from normalize.numbers import Kind, Value, compare, values
from normalize.numbers.digits import decimals

__all__ = ["carried_over"]

_KINDS = frozenset({Kind.PLAIN, Kind.MONEY, Kind.PERCENT, Kind.DAY, Kind.YEAR})

_GROUPS = {"en": (",", "."), "id": (".", ","), "ms": (",", "."), "fr": ("\u202f", ",")}
"""How a target language groups thousands, and its decimal mark."""

_GROUPING = regex.compile(r"\d([^\d])\d{3}(?!\d)")
_ARTICLE = regex.compile(r"\ban?\s+(?:[A-Z]{0,3}\p{Sc})?$", regex.IGNORECASE)
_LEADING_NOUGHT = regex.compile(r"0\d")


class _New(NamedTuple):
    """What is put in the place of a number of the target, and the number of the source it stands for."""

    shown: str
    value: Value


@dataclasses.dataclass(frozen=True, slots=True)
class _Pair:
    """The correction, and its numbers on both sides."""

    target: str
    language: str
    """Of the target, its first part."""
    there: Sequence[Value]
    """The numbers of its source."""
    targets: Sequence[Value]


def carried_over(source: str, old_source: str, old_target: str, source_language: str, target_language: str) -> str:
    """Give `old_target` with the numbers of `source`; empty where anything about them is in doubt.

    Both sources are in normal form.

    >>> carried_over("Ada 1.200 rumah di 12 desa.", "Ada 950 rumah di 12 desa.", "12 villages have 950 houses.", "id",
    ...              "en")
    '12 villages have 1,200 houses.'
    """
    language = target_language.partition("-")[0]
    if language not in _GROUPS or NUMBER.sub("\0", source) != NUMBER.sub("\0", old_source):
        return ""
    if compare(old_source, old_target, source_language, target_language):
        return ""
    pair = _Pair(old_target, language, values(old_source, source_language), values(old_target, target_language))
    here = values(source, source_language)
    if [one.kind for one in pair.there] != [one.kind for one in here]:
        return ""
    replaced = _new_numbers(source, old_source, here, pair, source_language)
    made = _replaced(pair, replaced, target_language) if replaced else ""
    return "" if compare(source, made, source_language, target_language) else made


def _new_numbers(
    source: str, old_source: str, here: Sequence[Value], pair: _Pair, source_language: str
) -> dict[int, _New]:
    """Give what is to be put for which number of the target; nothing where any number is in doubt."""
    replaced: dict[int, _New] = {}
    for old, new in zip(NUMBER.finditer(old_source), NUMBER.finditer(source), strict=True):
        before, after = _containing(pair.there, old.span()), _containing(here, new.span())
        if before is None or after is None or not _counterparts(before, pair.targets):
            return {}
        if old[0] == new[0]:
            continue
        place = _place(before, after, pair)
        if place is None or place in replaced:
            return {}
        if not all(_clear(text, source_language, value) for text, value in ((old[0], before), (new[0], after))):
            return {}
        replaced[place] = _New(_written(new[0], after, pair.targets[place], pair.language), after)
    return replaced


def _containing(found: Sequence[Value], span: tuple[int, int]) -> Value | None:
    """Give the value that the digits at `span` begin."""
    return next((one for one in found if one.span[0] == span[0] and one.span[1] >= span[1]), None)


def _counterparts(value: Value, others: Sequence[Value]) -> list[int]:
    return [place for place, other in enumerate(others) if other.readings & value.readings]


def _clear(digits: str, language: str, value: Value) -> bool:
    """Whether digits by themselves are worth one thing only, and that very thing where they stand."""
    alone = values(digits, language)
    return len(alone) == 1 and alone[0].readings == {_worth(value)} and not _LEADING_NOUGHT.match(digits)


def _place(before: Value, after: Value, pair: _Pair) -> int | None:
    """Give which number of the target is to be replaced; None where that, or what goes with it, is in doubt."""
    places = _counterparts(before, pair.targets)
    if len(_counterparts(before, pair.there)) != 1 or len(places) != 1:
        return None
    target = pair.targets[places[0]]
    plain = all(
        one.certain and one.kind in _KINDS and all(isinstance(reading, int | Fraction) for reading in one.readings)
        for one in (before, after, target)
    )
    # All that it may mean besides (12 percent is 0.12) it must mean on the other side too.
    if not plain or (before.value, before.readings) != (target.value, target.readings):
        return None
    if not target.text[:1].isdecimal() or not before.scale == after.scale == target.scale:
        return None
    if _count(before, pair.language) != _count(after, pair.language):
        return None
    return places[0]


def _count(value: Value, language: str) -> str:
    """Class a number by the grammar that the words around it follow: `no`, `one`, `some` (French: 1,5), `many`.

    English has `1 million people` as it has 2; Indonesian has no plural.
    """
    worth = _worth(value)
    if worth == 0:
        return "no"
    if language in {"id", "ms"} or (language == "en" and value.scale > 1):
        return "many"
    if worth <= 1:
        return "one"
    return "some" if language == "fr" and worth < 2 else "many"


def _worth(value: Value) -> Fraction:
    """Give what the digits alone are worth, without the scale word."""
    assert isinstance(value.value, int | Fraction)  # noqa: S101 - `_place` let nothing else through
    return Fraction(value.value) / value.scale


def _written(new: str, after: Value, target: Value, language: str) -> str:
    """Write a number as the target does: its marks, and its scale word."""
    group, mark = _GROUPS[language]
    digits = NUMBER.match(target.text)
    shown = digits[0] if digits else ""
    grouped = _GROUPING.search(shown)
    if grouped and grouped[1] != mark:
        group = grouped[1]
    worth = _worth(after)
    places = decimals(new, worth if worth.denominator > 1 else worth.numerator)
    whole, rest = divmod(int(worth * 10**places), 10**places)
    text = str(whole)
    if (grouped or _GROUPING.search(new)) and after.kind is not Kind.YEAR:
        text = f"{whole:,}".replace(",", group)
    if places:
        text += f"{mark}{rest:0{places}d}"
    return text + target.text[len(shown) :]


def _article_stays(target: str, value: Value, shown: str) -> bool:
    """Whether `a` or `an` before an English number is right for the new one too."""
    if not _ARTICLE.search(target, max(0, value.span[0] - 12), value.span[0]):
        return True
    return _takes_an(value.text) == _takes_an(shown)


def _takes_an(shown: str) -> bool:
    """Whether an English number begins with a vowel when read: eight, eleven, eighteen.

    >>> _takes_an("8.5"), _takes_an("11,000"), _takes_an("1,100"), _takes_an("180")
    (True, True, False, False)
    """
    whole = regex.match(r"[\d,]*", shown)
    digits = whole[0].replace(",", "") if whole else ""
    return digits.startswith("8") or (digits[:2] in {"11", "18"} and len(digits) % 3 == 2)


def _replaced(pair: _Pair, replaced: Mapping[int, _New], target_language: str) -> str:
    """Put the new numbers into the target, and read it again; empty where it does not say what it should."""
    made = pair.target
    for place in sorted(replaced, reverse=True):
        value = pair.targets[place]
        if pair.language == "en" and not _article_stays(pair.target, value, replaced[place].shown):
            return ""
        made = made[: value.span[0]] + replaced[place].shown + made[value.span[1] :]
    again = values(made, target_language)
    if made == pair.target or len(again) != len(pair.targets):
        return ""
    sound = all(
        (new.kind, new.value, new.readings) == (old.kind, replaced[place].value.value, replaced[place].value.readings)
        if place in replaced else (new.text, new.readings) == (old.text, old.readings)
        for place, (old, new) in enumerate(zip(pair.targets, again, strict=True))
    )  # fmt: skip
    return made if sound else ""
