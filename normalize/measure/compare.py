"""Two runs side by side, unit by unit."""

from __future__ import annotations

import dataclasses
import difflib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import regex

from normalize.errors import UsageError
from normalize.measure.bitexts import corpus_file, is_corpus, units
from normalize.measure.groups import Groups
from normalize.rows import FindingRow, TermRow, UnitRow

__all__ = ["CHANGED", "Change", "Difference", "Kind", "changes", "compare", "kinds_named", "signature_of"]

_Row = TypeVar("_Row", FindingRow, TermRow)

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")

_MOST = 2_000
"""Units of an article that are aligned by their texts; the time may grow with the square. Beyond, ids decide."""

_SAME_SCORE = 0.0005
"""Scores are written with four digits; less than this between two is how machines differ."""


class Kind(StrEnum):
    """What is different in a unit."""

    ADDED = "added"
    REMOVED = "removed"
    SOURCE = "source"
    TARGET = "target"
    STATE = "state"
    ORIGIN = "origin"
    FINDINGS = "findings"
    TERMS = "terms"
    SCORE = "score"


CHANGED = "changed"
"""What any change of a unit that is in both runs is called beside its kinds."""


def kinds_named(names: Iterable[str]) -> frozenset[str]:
    """Give names of changes, each known; UsageError for another, with the nearest."""
    known = [*(kind.value for kind in Kind), CHANGED]
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name[:60], known, n=1)
            advice = f"did you mean {near[0]}?" if near else f"it is one of {', '.join(known)}"
            raise UsageError(f"there is no change called {name!r}", advice=advice)
    return frozenset(names)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A unit that is not the same in both runs, or is in one of them only."""

    before: UnitRow | None
    after: UnitRow | None
    kinds: tuple[Kind, ...]

    @property
    def names(self) -> frozenset[str]:
        """What the change is called: its kinds, and `changed` for a unit that is in both runs."""
        both = self.before is not None and self.after is not None
        return frozenset([*([CHANGED] if both else []), *(kind.value for kind in self.kinds)])

    @property
    def row(self) -> UnitRow:
        """The unit as it is now, or as it last was."""
        row = self.after or self.before
        if row is None:
            message = "a change of nothing"
            raise ValueError(message)
        return row

    def findings(self) -> tuple[list[FindingRow], list[FindingRow]]:
        """Give the findings that are there now and were not, and those that were there and are not."""
        old, new = ([] if row is None else row.findings for row in (self.before, self.after))
        return _without(new, old), _without(old, new)

    def terms(self) -> tuple[list[TermRow], list[TermRow]]:
        """Give the receipts that are new, and those that are gone."""
        old, new = ([] if row is None else row.terms for row in (self.before, self.after))
        return _without(new, old), _without(old, new)


@dataclasses.dataclass(slots=True)
class Difference:
    """All changes between two runs, counted."""

    same: int = 0
    """Units that are the same in both."""
    changed: int = 0
    """Units in both that differ."""
    kinds: Counter[str] = dataclasses.field(default_factory=Counter)
    """Units by what is different in them."""
    articles_added: int = 0
    articles_removed: int = 0
    articles_changed: int = 0
    appeared: Counter[str] = dataclasses.field(default_factory=Counter)
    """New findings by check, those of added units included."""
    vanished: Counter[str] = dataclasses.field(default_factory=Counter)

    @property
    def differs(self) -> bool:
        """Whether anything does."""
        return bool(self.kinds)


def compare(before: Path, after: Path) -> Difference:
    """Count what differs between two runs' folders or files of pairs.

    Raises UsageError and InputError for what cannot be read.
    """
    counted = Difference()
    with Groups(_rows_file(before)) as old, Groups(_rows_file(after)) as new:
        for article in _articles(old, new):
            found = list(_changes(old.rows(article), new.rows(article), counted))
            if not found:
                continue
            if article not in old:
                counted.articles_added += 1
            elif article not in new:
                counted.articles_removed += 1
            else:
                counted.articles_changed += 1
    return counted


def changes(before: Path, after: Path) -> Iterator[Change]:
    """Give each change, article by article in the order of the second run, then those only in the first.

    One article is held at a time. Raises UsageError and InputError for what cannot be read.
    """
    with Groups(_rows_file(before)) as old, Groups(_rows_file(after)) as new:
        for article in _articles(old, new):
            yield from _changes(old.rows(article), new.rows(article), Difference())


def signature_of(place: Path) -> str:
    """Give the signature that a run's folder has in its report; "" where there is none."""
    try:
        found = json.loads((place / "report.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return ""
    return str(found.get("signature", "")) if isinstance(found, dict) else ""


def _rows_file(place: Path) -> Path | list[UnitRow]:
    """Give the file of rows, or for other formats the rows; an article named after the file gets no name."""
    path = corpus_file(place)
    if is_corpus(path):
        return path
    rows = [UnitRow.of(unit) for _, unit in units(path)]
    for row in rows:
        row.article = "" if row.article == path.stem else row.article
    return rows


def _articles(old: Groups, new: Groups) -> Iterator[str]:
    yield from new
    yield from (article for article in old if article not in new)


def _changes(old: Sequence[UnitRow], new: Sequence[UnitRow], counted: Difference) -> Iterator[Change]:
    for before, after in _paired(old, new):
        kinds = _kinds(before, after)
        if not kinds:
            counted.same += 1
            continue
        change = Change(before=before, after=after, kinds=kinds)
        counted.changed += before is not None and after is not None
        counted.kinds.update(kind.value for kind in kinds)
        for found, counter in zip(change.findings(), (counted.appeared, counted.vanished), strict=True):
            counter.update(finding.check for finding in found)
        yield change


def _kinds(before: UnitRow | None, after: UnitRow | None) -> tuple[Kind, ...]:
    if before is None:
        return (Kind.ADDED,)
    if after is None:
        return (Kind.REMOVED,)
    change = Change(before=before, after=after, kinds=())
    differs = {
        Kind.SOURCE: before.source != after.source or before.source_language != after.source_language,
        Kind.TARGET: before.target != after.target or before.target_language != after.target_language,
        Kind.STATE: before.state != after.state,
        Kind.ORIGIN: before.origin != after.origin,
        Kind.FINDINGS: any(change.findings()),
        Kind.TERMS: any(change.terms()),
        Kind.SCORE: not _same_score(before.score, after.score),
    }
    return tuple(kind for kind, there in differs.items() if there)


def _same_score(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < _SAME_SCORE


def _without(rows: Sequence[_Row], others: Sequence[_Row]) -> list[_Row]:
    left = list(others)
    found: list[_Row] = []
    for row in rows:
        if row in left:
            left.remove(row)
        else:
            found.append(row)
    return found


def _paired(
    old: Sequence[UnitRow], new: Sequence[UnitRow]
) -> Iterator[tuple[UnitRow | None, UnitRow | None]]:
    """Pair the units of an article by their sources, then what is left between two such pairs one after another."""
    sources = [[row.source for row in rows] for rows in (old, new)]
    if sources[0] == sources[1]:
        yield from zip(old, new, strict=True)
    elif max(len(old), len(new)) > _MOST:
        yield from _paired_by_id(old, new)
    else:
        matcher = difflib.SequenceMatcher(None, sources[0], sources[1], autojunk=False)
        for tag, start, end, other_start, other_end in matcher.get_opcodes():
            one, other = old[start:end], new[other_start:other_end]
            yield from zip(one, other, strict=True) if tag == "equal" else _paired_by_likeness(one, other)


def _paired_by_likeness(
    old: Sequence[UnitRow], new: Sequence[UnitRow]
) -> Iterator[tuple[UnitRow | None, UnitRow | None]]:
    """Pair units whose sources share most of their words, in order; the rest was removed or added."""
    left = [(row, _words(row.source)) for row in old]
    for after in new:
        words = _words(after.source)
        at = next((at for at, (_, others) in enumerate(left) if _alike(others, words)), None)
        if at is None:
            yield None, after
            continue
        for before, _ in left[:at]:
            yield before, None
        yield left[at][0], after
        del left[: at + 1]
    for before, _ in left:
        yield before, None


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _alike(one: Counter[str], other: Counter[str]) -> bool:
    return 2 * (one & other).total() > max(one.total(), other.total())


def _paired_by_id(
    old: Iterable[UnitRow], new: Iterable[UnitRow]
) -> Iterator[tuple[UnitRow | None, UnitRow | None]]:
    by_id = {row.id: row for row in old}
    for row in new:
        yield by_id.pop(row.id, None), row
    for row in by_id.values():
        yield row, None
