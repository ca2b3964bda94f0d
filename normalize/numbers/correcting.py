"""Put numbers of a translation right where there is no doubt what they should be."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from normalize.numbers import money, slips, writing
from normalize.numbers.comparing import compare
from normalize.numbers.numerals import Numerals, numerals_for
from normalize.numbers.reading import read
from normalize.numbers.value import Kind, Value

__all__ = ["Change", "Fix", "corrected"]

_MOST = 32
"""Numbers put right in one text; what has more wrong is no translation."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One number put right. Changes apply one after another; the span lies in the text as the earlier ones left it."""

    span: tuple[int, int]
    before: str
    after: str
    reason: str
    """scale, marks, digits, date, time or currency: why it is certain, in `slips.REASONS`."""

    def applied(self, text: str) -> str:
        """Give the text with this change made."""
        return text[: self.span[0]] + self.after + text[self.span[1] :]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A target with its numbers put right, and what was changed."""

    target: str
    changes: tuple[Change, ...]


def corrected(source: str, target: str, source_language: str, target_language: str) -> Fix | None:
    """Give `target` with the numbers put right that can be nothing but slips, or None when there are none.

    A number is changed only when nothing in the source explains it, exactly one number of the source is missing that it
    can be a slip of, and it is a slip of no other; everything else stays as it is. Correcting twice is correcting once.

    >>> corrected("Dana Rp 1,2 triliun.", "A fund of Rp 1.2 billion.", "id", "en").target
    'A fund of Rp 1.2 trillion.'
    >>> corrected("Ada 27 orang.", "There are 340 people.", "id", "en") is None
    True
    """
    changes: list[Change] = []
    text = target
    while len(changes) < _MOST and (change := _next(source, text, source_language, target_language)) is not None:
        changes.append(change)
        text = change.applied(text)
    return Fix(target=text, changes=tuple(changes)) if changes else None


def _next(source: str, target: str, source_language: str, target_language: str) -> Change | None:
    """Give the first change that is certain and makes things better, and nothing worse."""
    numerals, others = numerals_for(source_language), numerals_for(target_language)
    if numerals is None or others is None:
        return None
    spaced = numerals.spaced or others.spaced
    before = compare(source, target, source_language, target_language)
    if before and len(before) <= _MOST:
        lost = [one.source for one in before if one.source]
        added = [one.target for one in before if one.target]
        ours = slips.Side(source, read(source, source_language, spaced=numerals.spaced), lost)
        theirs = slips.Side(target, read(target, target_language, spaced=spaced), added)
        for change in _changes(ours, theirs, (numerals, others)):
            text = change.applied(target)
            better = len(compare(source, text, source_language, target_language)) < len(before)
            if better and _rest_is_same(theirs.values, read(text, target_language, spaced=spaced), change.span):
                return change
        if place := slips.bracketed(source, target):
            change = Change(span=place[0], before=target[slice(*place[0])], after=place[1], reason="date")
            if len(compare(source, change.applied(target), source_language, target_language)) < len(before):
                return change
    found = money.other_money(source, target, source_language, target_language)
    return Change(span=found[0], before=target[slice(*found[0])], after=found[1], reason="currency") if found else None


def _changes(source: slips.Side, target: slips.Side, tables: tuple[Numerals, Numerals]) -> Iterator[Change]:
    """Write the numbers as they should be, where it can be said how."""
    numerals, others = tables
    for one, two, reason in _certain(source, target):
        written = writing.write(one, two, reason, target.text, others)
        if written is not None:
            (start, end), after = written
            if one.scale > 1:
                mark = slips.cut_off(one, two, target.text)
                start, after = (start, after) if mark is None else (mark, f" {after}")
                end = writing.left_over(target.text, end, numerals, others)
            yield Change(span=(start, end), before=target.text[start:end], after=after, reason=reason)
    for month in source.left:
        if month.kind is Kind.MONTH and (place := slips.left_month(month, source, target)):
            after = writing.month_name(month, others)
            if after:
                yield Change(span=place, before=target.text[slice(*place)], after=after, reason="date")


def _certain(source: slips.Side, target: slips.Side) -> Iterator[tuple[Value, Value, str]]:
    """Give the pairs of which each can be the slip of the other only."""
    pairs = [
        (one, two, reason)
        for one in source.left for two in target.left
        if (reason := slips.reason(one, two, source, target))
    ]  # fmt: skip
    # 1.600 (1.000) left as it is in both texts: each is its own slip, and not the other's
    same = [pair for pair in pairs if pair[0].text == pair[1].text]
    alike = {id(value) for pair in same for value in pair[:2]}
    pairs = same + [pair for pair in pairs if alike.isdisjoint(map(id, pair[:2]))]
    for one, two, reason in pairs:
        # a number said twice, and wrong twice in the same way, is still one number
        rivals = {second.text for first, second, _ in pairs if first.text == one.text}
        rivals_of_source = {first.readings for first, second, _ in pairs if second.text == two.text}
        if len(rivals) == 1 and len(rivals_of_source) == 1:
            yield one, two, reason


def _rest_is_same(before: Sequence[Value], after: Sequence[Value], changed: tuple[int, int]) -> bool:
    """Whether all numbers but those in the part changed read as they did."""
    left = [one.text for one in after]
    for one in before:
        if changed[0] <= one.span[0] < changed[1]:
            continue
        if one.text not in left:
            return False
        left.remove(one.text)
    return len(left) <= 1
