"""Compare the numbers of two texts by what they mean."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Sequence
from fractions import Fraction

import regex

from normalize.numbers.around import converted
from normalize.numbers.digits import core
from normalize.numbers.figures import figures, must_count
from normalize.numbers.numerals import numerals_for
from normalize.numbers.reading import read
from normalize.numbers.value import Kind, Reading, Value

__all__ = ["Difference", "compare"]

_MARKED = regex.compile(r"[.,]")
_NO_DIGIT = regex.compile(r"\D")
_MOST = 100
"""Numbers of one text that are paired with the other's; more is no sentence."""

_LET_PASS: frozenset[Reading] = frozenset({0, 1})
"""Languages say one and nought in too many ways."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A number of one side without its like on the other; with both, the one probably became the other."""

    source: Value | None
    target: Value | None

    @property
    def kind(self) -> str:
        """Give `lost`, `added` or `changed`."""
        return "changed" if self.source and self.target else "lost" if self.source else "added"


@functools.lru_cache(maxsize=64)  # several checks and repairs ask about the same pair
def compare(source: str, target: str, source_language: str, target_language: str) -> tuple[Difference, ...]:
    """Give the numbers that must have a counterpart on the other side and have none, in the order of the texts.

    A number said twice on one side may be said once on the other. Numbers in words explain the other side's digits, but
    only compounds of words must come back. Nothing is compared where a language has no table.

    >>> [(one.kind, one.source.text, one.target.text)
    ...  for one in compare("Rp 1,2 triliun untuk 4 desa", "Rp 1.2 billion for four villages", "id", "en")]
    [('changed', '1,2 triliun', '1.2 billion')]
    """
    numerals, others = numerals_for(source_language), numerals_for(target_language)
    if numerals is None or others is None or not (must_count(source, numerals) or must_count(target, others)):
        return ()
    plain = figures(source, source_language)
    if plain is not None and plain == figures(target, target_language):
        return ()
    ours = read(source, source_language, spaced=numerals.spaced)
    theirs = read(target, target_language, spaced=numerals.spaced or others.spaced)
    lost, added = _unexplained(ours, theirs), _unexplained(theirs, ours)
    if not lost and not added:
        return ()
    if max(len(lost), len(added)) > _MOST:
        return tuple(_apart(lost, added))
    lost, added = _not_converted(lost, added, ours[:_MOST], theirs[:_MOST])
    return tuple(_paired(lost, added))


def _unexplained(values: Sequence[Value], others: Sequence[Value]) -> list[Value]:
    said: set[Reading] = set()
    for other in others:
        said |= other.readings
    left = [one for one in values if one.certain and said.isdisjoint(one.readings) and not _passes(one)]
    if any(one.kind is Kind.CODE for one in left):  # a telephone number may stand there in other groups
        digits = "".join(_NO_DIGIT.sub("", other.text) for other in others)
        left = [one for one in left if not _stands_in(one, digits)]
    return left


def _passes(value: Value) -> bool:
    return not value.readings.isdisjoint(_LET_PASS) and _MARKED.search(value.text) is None


def _stands_in(value: Value, others: str) -> bool:
    """Whether a telephone number stands among digits."""
    digits = _NO_DIGIT.sub("", value.text)
    return value.kind is Kind.CODE and len(digits) >= 5 and digits in others


def _not_converted(
    lost: list[Value], added: list[Value], ours: Sequence[Value], theirs: Sequence[Value]
) -> tuple[list[Value], list[Value]]:
    """Leave out measures that stand on the other side in another unit.

    Where both sides lack a number of the same unit, one has probably become the other, whatever may be converted.
    """
    for one in [value for value in lost if value.unit]:
        for two in [value for value in added if value.unit]:
            if one in lost and two in added and _same_measure(one, two):
                lost = [value for value in lost if value is not one]
                added = [value for value in added if value is not two]
    # what stands in both texts as it is was meant to be the same
    units, other_units = {(one.unit, one.text) for one in lost}, {(two.unit, two.text) for two in added}
    return (
        [one for one in lost if not one.unit or _meets(one, other_units) or not _measured(one, theirs)],
        [two for two in added if not two.unit or _meets(two, units) or not _measured(two, ours)],
    )


def _meets(value: Value, others: set[tuple[str, str]]) -> bool:
    return any(value.unit == unit or value.text == text for unit, text in others)


def _measured(value: Value, others: Sequence[Value]) -> bool:
    return any(_same_measure(value, other) for other in others if other.unit)


def _same_measure(one: Value, two: Value) -> bool:
    return any(
        converted(first, one.unit, second, two.unit)
        for first in one.readings if isinstance(first, int | Fraction)
        for second in two.readings if isinstance(second, int | Fraction)
    )  # fmt: skip


def _paired(lost: list[Value], added: list[Value]) -> list[Difference]:
    """Say which added number each lost one probably became: the one of the same digits, or of the same place."""
    became: dict[int, Value] = {}
    left = list(added)
    for at, one in enumerate(lost):
        alike = [two for two in left if two.text == one.text] or [two for two in left if _alike(one, two)]
        if alike:
            became[at] = alike[0]
            left.remove(alike[0])
    rest = [at for at in range(len(lost)) if at not in became]
    if len(rest) == len(left):
        became |= dict(zip(rest, left, strict=True))
        left = []
    pairs = [Difference(source=one, target=became.get(at)) for at, one in enumerate(lost)]
    return pairs + _apart([], left)


def _apart(lost: list[Value], added: list[Value]) -> list[Difference]:
    return [*(Difference(source=one, target=None) for one in lost),
            *(Difference(source=None, target=two) for two in added)]


def _alike(one: Value, two: Value) -> bool:
    return bool(core(one.text)) and core(one.text) == core(two.text)
