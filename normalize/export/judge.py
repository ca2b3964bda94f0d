"""The first of two passes over a corpus: which units stay, why the others go, and each article's split.

What is kept for a unit is a byte for the verdict and, for near-duplicates and splits, a few hashes and a signature of
120 bytes; so a corpus of a million units takes some hundreds of megabytes, whatever its texts weigh.
"""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Iterable

from normalize.export.choose import Filter
from normalize.export.near import Signatures
from normalize.export.rules import Likeness
from normalize.export.sample import Sample
from normalize.export.splits import Groups, Splits
from normalize.export.table import NEAR_DUPLICATE, RULES, SAMPLE
from normalize.export.text import fingerprint
from normalize.export.twins import Twins
from normalize.rows import ArticleRow, UnitRow

__all__ = ["Verdicts", "judge"]

_REPEATED, _NOT_DRAWN = (
    number for wanted in (NEAR_DUPLICATE, SAMPLE) for number, rule in enumerate(RULES, 1) if rule.name == wanted
)


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


def _compared(likeness: Likeness | None, splits: Splits | None) -> set[str]:
    """Say which sides signatures are needed of."""
    return {likeness.sides} | ({"both"} if splits else set()) if likeness else {"both"} if splits else set()


def _drop(verdicts: bytearray, places: Iterable[int], reason: int) -> None:
    for place in places:
        verdicts[place] = reason


def judge(
    units: Iterable[tuple[UnitRow, ArticleRow]], chosen: Filter, splits: Splits | None = None, *, repeats: bool = False
) -> Verdicts:
    """Go over a corpus once and decide about each unit; with `repeats`, also say what each near-duplicate repeats."""
    verdicts = bytearray()
    pairs: set[tuple[str, str]] = set()
    likeness = chosen.likeness
    near = {sides: Signatures(sides) for sides in _compared(likeness, splits)}
    twins = Twins(likeness, near[likeness.sides]) if likeness else None
    groups = Groups(near["both"]) if splits else None
    sample = Sample(chosen.sample)
    last, number = "", -1
    for place, (unit, article) in enumerate(units):
        verdict = chosen.verdict(unit)
        verdicts.append(verdict)
        if groups is not None and (number < 0 or article.id != last):
            last, number = article.id, groups.article(article)
        if verdict:
            continue
        pairs.add(unit.pair)
        for signatures in near.values():
            signatures.add(unit)
        if twins is not None:
            twins.add(place, unit)
        if groups is not None:
            groups.add(unit, number)
        sample.add(place, unit)
    again = twins.dropped() if twins is not None else {}
    _drop(verdicts, again, _REPEATED)
    _drop(verdicts, sample.dropped(verdicts), _NOT_DRAWN)
    found = Verdicts(units=verdicts, pairs=tuple(sorted(pairs)), repeats=again if repeats else {})
    if splits is None or groups is None:
        return found
    return dataclasses.replace(found, splits=splits.names, places=groups.places(splits), groups=groups.count)
