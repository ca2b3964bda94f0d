"""The first of two passes over a corpus: which units stay, why the others go, and each article's split.

What is kept for a unit is a byte for the verdict and, for near-duplicates and splits, a few hashes; so a corpus of a
million units takes some tens of megabytes, whatever its texts weigh.
"""

from __future__ import annotations

import collections
import dataclasses
from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from normalize.export.choose import Filter
from normalize.export.rows import ArticleRow, UnitRow
from normalize.export.splits import Groups, Splits
from normalize.export.table import NEAR_DUPLICATE, RULES
from normalize.export.text import fingerprint, normalised

__all__ = ["Verdicts", "judge"]

_REPEATED = next(number for number, rule in enumerate(RULES, 1) if rule.name == NEAR_DUPLICATE)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What the first pass found."""

    units: bytearray
    """For each unit of the corpus, in order, the number in `RULES` (from 1) of what drops it, or 0: it stays."""
    pairs: tuple[tuple[str, str], ...]
    """Pairs of languages of the units that stay, sorted."""
    repeats: dict[int, int] = dataclasses.field(default_factory=dict)
    """Number of a unit that repeats another → number of the one that stays; only where it was asked for."""
    splits: tuple[str, ...] = ("",)
    """Names of the splits; one without a name where none were asked for."""
    groups: int = 0
    """How many groups of articles the splits were made of."""
    places: dict[int, int] = dataclasses.field(default_factory=dict)
    """Hash of an article's id → number of its split, where splits were asked for."""

    def split(self, article: str) -> str:
        """Give the name of the split an article is in."""
        return self.splits[self.places[fingerprint(article)]] if self.places else self.splits[0]

    def reasons(self) -> dict[str, int]:
        """Count the units that each filter drops, in the order of the table."""
        counts = collections.Counter(self.units)
        return {rule.name: counts[number] for number, rule in enumerate(RULES, 1) if counts[number]}


def judge(
    units: Iterable[tuple[UnitRow, ArticleRow]], chosen: Filter, splits: Splits | None = None, *, repeats: bool = False
) -> Verdicts:
    """Go over a corpus once and decide about each unit; with `repeats`, also say what each near-duplicate repeats."""
    verdicts = bytearray()
    marks = array("Q")
    pairs: set[tuple[str, str]] = set()
    groups = Groups() if splits else None
    last, number = "", -1
    for unit, article in units:
        verdict = chosen.verdict(unit)
        verdicts.append(verdict)
        if chosen.sides:
            marks.append(0 if verdict else _mark(unit, chosen.sides))
        if groups is not None and (number < 0 or article.id != last):
            last, number = article.id, groups.article(article)
        if not verdict:
            pairs.add(unit.pair)
            if groups is not None:
                groups.add(unit, number)
    again, first = _repeated(marks)
    for place in again.tolist():
        verdicts[place] = _REPEATED
    found = Verdicts(units=verdicts, pairs=tuple(sorted(pairs)))
    if repeats:
        found = dataclasses.replace(found, repeats=dict(zip(again.tolist(), first.tolist(), strict=True)))
    if splits is None or groups is None:
        return found
    return dataclasses.replace(found, splits=splits.names, places=groups.places(splits), groups=groups.count)


def _mark(unit: UnitRow, sides: str) -> int:
    texts = {"both": (unit.source, unit.target), "source": (unit.source,), "target": (unit.target,)}[sides]
    # A text of punctuation alone is told by its punctuation.
    return fingerprint(*unit.pair, *(normalised(text) or " ".join(text.split()) for text in texts))


def _repeated(marks: array[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Give the numbers of the units whose mark an earlier unit has, and of the first that has it; 0 is no mark."""
    if not marks:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    found = np.frombuffer(marks, np.uint64)
    order = np.argsort(found, kind="stable").astype(np.int64)
    ordered = found[order]
    same = np.concatenate(([False], ordered[1:] == ordered[:-1])) & (ordered != 0)
    # The place of the group's first, carried on over the group.
    starts = np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))
    return order[same], order[starts[same]]
