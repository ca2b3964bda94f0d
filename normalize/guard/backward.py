"""The source as a model of the other direction sees it, given the target: a second opinion on doubtful translations.

A translation that lost half of its source is likely, word for word, and the source is not likely given it. Where a
package of the other direction is installed, `backward` asks it about the units that a person will be shown, and
`estimates` weighs what it says among them. There is no such package among the bundled ones, so nothing is fitted: the
reverse score is brought to the mean and the spread that the forward score has over the same units, and counts as much.
"""

from __future__ import annotations

import dataclasses
import math
import statistics
from collections.abc import Sequence

from normalize.corpus import Method, Origin, State, Unit
from normalize.engine import Engine
from normalize.guard.quality import estimate

__all__ = ["DOUBTFUL", "backward", "doubtful", "estimates"]

DOUBTFUL = 0.35
"""Estimated quality below which a unit is asked about that has no finding: one in twenty of FLORES-200 dev; with those
that have one, a quarter, whose scoring takes a twentieth of the time that translating all took."""

_LOST = frozenset({Method.MISSING, Method.PARTIAL})


def doubtful(unit: Unit) -> bool:
    """Whether a unit is one of those that review begins with, and the model's: faulty, lacking a term, or unlikely."""
    if unit.origin is not Origin.MACHINE or unit.state is not State.TRANSLATED or unit.score is None:
        return False
    if not (unit.target.strip() and unit.segment.source.strip()):
        return False
    lacking = any(receipt.method in _LOST for receipt in unit.receipts)
    return bool(unit.findings) or lacking or estimate(unit) < DOUBTFUL


def backward(units: Sequence[Unit], engine: Engine) -> list[Unit]:
    """Score the source of each doubtful unit, given its target, by an engine from its language to the source's.

    The units are to be final and checked; they come back in order, the others as they were. A score that is no number,
    or endless, says nothing: the unit stays as it was. Whatever the engine raises goes through.
    """
    asked = {number: unit for number, unit in enumerate(units) if doubtful(unit)}
    if not asked:
        return list(units)
    scores = engine.score([unit.target for unit in asked.values()], [unit.segment.source for unit in asked.values()])
    found = {number: score for number, score in zip(asked, scores, strict=True) if math.isfinite(score)}
    return [
        dataclasses.replace(unit, reverse=found[number]) if number in found else unit
        for number, unit in enumerate(units)
    ]


def estimates(units: Sequence[Unit]) -> list[float]:
    """Estimate the quality of units (see `quality.estimate`), with the reverse scores of those that have one.

    How high a package's scores are is its own affair, so those of each pair of languages are compared with one another:
    a reverse score as far above their mean as a forward score is above theirs counts as that forward score.
    """
    groups: dict[tuple[str, str], list[int]] = {}
    for number, unit in enumerate(units):
        if all(score is not None and math.isfinite(score) for score in (unit.reverse, unit.score)):
            groups.setdefault((unit.segment.language, unit.target_language), []).append(number)
    reverse: dict[int, float] = {}
    for numbers in groups.values():
        pairs = [(units[number].score or 0.0, units[number].reverse or 0.0) for number in numbers]
        reverse |= zip(numbers, _on_the_forward_scale(pairs), strict=True)
    return [estimate(unit, reverse=reverse.get(number)) for number, unit in enumerate(units)]


def _on_the_forward_scale(pairs: Sequence[tuple[float, float]]) -> list[float]:
    """Give the second of each pair the mean and the spread of the first; those that are all one say nothing."""
    forward, back = ([pair[side] for pair in pairs] for side in (0, 1))
    middle, spread = statistics.fmean(back), statistics.pstdev(back)
    if spread < 1e-9:  # rounding
        return forward
    mean, wide = statistics.fmean(forward), statistics.pstdev(forward)
    return [mean + wide * (value - middle) / spread for value in back]
