"""`apply`: which corrections fit the corpus as it is now, as rows for the memory; the others are conflicts."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence

from normalize.corpus import State
from normalize.memory import Remembered
from normalize.memory.remembered import normal
from normalize.review.corrections import Correction
from normalize.review.data import source_hash
from normalize.rows import UnitRow

__all__ = ["Applied", "Conflict", "apply"]

_JUDGED = (State.REVIEWED, State.FINAL)

Lookup = Callable[[Sequence[str], str, str], Mapping[str, Remembered]]
"""`Memory.corrections`: sources, source language, target language → what is remembered of them."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A correction that does not fit, and why; a person has to decide."""

    correction: Correction
    reason: str
    advice: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What corrections amount to."""

    remembered: tuple[Remembered, ...]
    """For the memory, one for each source, sorted."""
    corrections: tuple[Correction, ...]
    """Those that fit, remarks included, sorted by unit."""
    conflicts: tuple[Conflict, ...]
    """Sorted by unit."""

    @property
    def edited(self) -> int:
        """How many units got another text."""
        return sum(one.edited for one in self.corrections)

    @property
    def remarks(self) -> int:
        """How many units got only a comment or a label: no decision, so nothing for the memory."""
        return sum(not _decided(one) for one in self.corrections)


def apply(
    corrections: Iterable[Correction], units: Iterable[UnitRow], lookup: Lookup, *, overwrite: bool = False
) -> Applied:
    """Fit `corrections` to the `units` of the corpus as it is now; nothing is changed.

    A conflict is a correction whose unit is gone or has another source, one whose source another correction of the same
    file gives another text, and one whose source was corrected otherwise since the reviewer saw it (with `overwrite`,
    the file wins over that).
    """
    wanted = {one.unit: one for one in sorted(corrections, key=lambda one: one.unit)}
    found, elsewhere = _found(wanted, units)
    conflicts: dict[str, Conflict] = {}
    for name, one in wanted.items():
        unit = found.get(name)
        if unit is None:
            reason = "is no longer in the corpus"
            conflicts[name] = Conflict(correction=one, reason=reason, advice=_hint(one, elsewhere))
        elif source_hash(unit.source) != one.source_hash:
            reason = f"has another source now: {_short(unit.source)}"
            conflicts[name] = Conflict(correction=one, reason=reason, advice=_hint(one, elsewhere))
    fitting = [(found[name], one) for name, one in wanted.items() if name not in conflicts]
    decided = [(unit, one) for unit, one in fitting if _decided(one)]
    conflicts |= _twice(decided)
    decided = [(unit, one) for unit, one in decided if one.unit not in conflicts]
    if not overwrite:
        conflicts |= _since(decided, lookup)
    rows: dict[tuple[str, str, str], Remembered] = {}
    for unit, one in decided:
        if one.unit not in conflicts:
            key = (unit.source_language, unit.target_language, normal(unit.source))
            rows[key] = _higher(rows.get(key), _remembered(unit, one))
    return Applied(
        remembered=tuple(rows[key] for key in sorted(rows)),
        corrections=tuple(one for _, one in fitting if one.unit not in conflicts),
        conflicts=tuple(conflicts[name] for name in sorted(conflicts)),
    )


def _decided(one: Correction) -> bool:
    return one.edited or one.state in _JUDGED


def _found(
    wanted: Mapping[str, Correction], units: Iterable[UnitRow]
) -> tuple[dict[str, UnitRow], dict[str, str]]:
    """Give the units that are corrected, by id, and by hash of source the first unit that has that source now."""
    hashes = {one.source_hash for one in wanted.values()}
    found: dict[str, UnitRow] = {}
    elsewhere: dict[str, str] = {}
    for unit in units:
        if unit.id in wanted:
            found[unit.id] = unit
        digest = source_hash(unit.source)
        if digest in hashes:
            elsewhere.setdefault(digest, unit.id)
    return found, elsewhere


def _hint(one: Correction, elsewhere: Mapping[str, str]) -> str:
    place = elsewhere.get(one.source_hash)
    return f"the source it was made for stands in {place} now: correct it there" if place else "look at it again"


def _twice(decided: Iterable[tuple[UnitRow, Correction]]) -> dict[str, Conflict]:
    """Find sources that are given different texts: the memory holds one for a source, so a person must choose."""
    groups: dict[tuple[str, str, str], list[Correction]] = {}
    for unit, one in decided:
        groups.setdefault((unit.source_language, unit.target_language, normal(unit.source)), []).append(one)
    conflicts = {}
    for group in groups.values():
        if len({one.target for one in group}) > 1:
            others = "; ".join(f"{one.unit}: {_short(one.target)}" for one in group)
            for one in group:
                reason = f"the same source is corrected in different ways ({others})"
                conflicts[one.unit] = Conflict(correction=one, reason=reason, advice="make them agree")
    return conflicts


def _since(decided: Iterable[tuple[UnitRow, Correction]], lookup: Lookup) -> dict[str, Conflict]:
    """Find corrections of what was corrected otherwise since the reviewer's page was made."""
    groups: dict[tuple[str, str], list[tuple[UnitRow, Correction]]] = {}
    for unit, one in decided:
        groups.setdefault((unit.source_language, unit.target_language), []).append((unit, one))
    conflicts = {}
    for (source_language, target_language), pairs in groups.items():
        known = lookup([unit.source for unit, _ in pairs], source_language, target_language)
        for unit, one in pairs:
            had = known.get(unit.source)
            if had is not None and had.target not in {one.target, one.machine_target}:
                conflicts[one.unit] = Conflict(
                    correction=one, reason=f"was corrected otherwise since: {_short(had.target)}",
                    advice="choose one; --overwrite takes this file's",
                )  # fmt: skip
    return conflicts


def _remembered(unit: UnitRow, one: Correction) -> Remembered:
    return Remembered(
        source=unit.source,
        target=one.target,
        source_language=unit.source_language,
        target_language=unit.target_language,
        state=one.state if one.state in _JUDGED else State.REVIEWED,
        comment=" ".join(filter(None, (f"[{one.label}]" if one.label else "", one.comment))),
        article=unit.article,
    )


def _higher(first: Remembered | None, second: Remembered) -> Remembered:
    """Of two rows with the same text, give the one a person stands for more."""
    if first is None or (second.state is State.FINAL and first.state is not State.FINAL):
        return second
    return first if first.comment or not second.comment else dataclasses.replace(first, comment=second.comment)


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
