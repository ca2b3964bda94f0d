"""How good a translation probably is, without another model: the review queue starts with the worst.

A logistic regression of sentence chrF on the model's own score, the findings and the words; `training/quality/fit.py`
fits it and tells how well it orders sentences.
"""

from __future__ import annotations

import math
from collections import Counter

from normalize.check import lexicon
from normalize.check.tokens import Words
from normalize.corpus import Origin, Severity, State, Unit

__all__ = ["FEATURES", "SET", "WEIGHTS", "estimate", "features"]

FEATURES = (
    "bias", "score", "words", "length", "letters", "copied", "repeated", "untranslated", "numbers", "grave",
)  # fmt: skip
"""Names of the numbers a unit is judged by, in the order `features` gives them."""

SET = {"repeated": -0.14, "numbers": -0.5, "grave": -0.5}
"""Weights that are not fitted: words said again or a number lost cost hardly any chrF, and a reader much."""

WEIGHTS = (-0.111, 1.666, 0.197, -0.162, 0.126, 0.152, -0.140, -0.095, -0.500, -0.500)
"""Fitted on FLORES-200 dev (Indonesian and French, 1,994 sentences) with the bundled packages, but for `SET`."""

_KINDS = {
    "repeated": frozenset({"loop", "salad", "doubled", "echo"}),
    "untranslated": frozenset({"left", "untranslated", "copied", "language", "nonword"}),
    "numbers": frozenset({"number", "number-added", "currency"}),
}
_KNOWN = frozenset().union(*_KINDS.values())
_WORDS = Words("[<L><N>]+")
_MOST_WORDS = 1000
_SHORTEST, _LONGEST = 3.0, 7.0  # letters of a word, on the average; what is beyond is no language
_MOST_FINDINGS = 3  # of a kind that are counted
_UNKNOWN_SCORE = -1.0  # of a translation that no model has scored


def features(unit: Unit, *, reverse: float | None = None) -> tuple[float, ...]:
    """Give the numbers a unit is judged by; see `FEATURES`.

    `reverse` is the mean log-probability of a token of the source, given the target, by a model of the other direction;
    it counts as much as the forward score.
    """
    source, target = unit.segment.source, unit.target
    pair = unit.segment.language.partition("-")[0], unit.target_language.partition("-")[0]
    given, words = (list(map(str.casefold, _WORDS.of(text)[:_MOST_WORDS])) for text in (source, target))
    score = _UNKNOWN_SCORE if unit.score is None else unit.score
    usual = len(source.strip()) * lexicon.LENGTH_RATIO.get(pair, 1.0)
    kinds, grave = [0.0] * len(_KINDS), 0
    if unit.findings:
        found = Counter(finding.check for finding in unit.findings)
        kinds = [float(min(_MOST_FINDINGS, sum(found[name] for name in names))) for names in _KINDS.values()]
        grave = sum(one.check not in _KNOWN and one.severity is not Severity.MINOR for one in unit.findings)
    of_source = set(given)
    return (
        1.0,
        score if reverse is None else (score + reverse) / 2,
        math.log1p(len(given)),
        abs(math.log((len(target.strip()) + 5) / (usual + 5))),
        max(_SHORTEST, min(_LONGEST, sum(map(len, words)) / (len(words) or 1))),
        sum(map(of_source.__contains__, words)) / (len(words) or 1),
        *kinds,
        float(min(_MOST_FINDINGS, grave)),
    )


def estimate(unit: Unit, *, reverse: float | None = None) -> float:
    """Estimate the quality of a unit's target, from 0 (useless) to 1; about its chrF to a good human translation.

    What a person wrote or a source that was passed through is 1, a unit without a target 0. Units are to be final and
    checked. For `reverse` see `features`.
    """
    if not unit.target.strip():
        return 0.0 if unit.segment.source.strip() else 1.0
    if unit.origin in {Origin.HUMAN, Origin.COPIED} or unit.state in {State.REVIEWED, State.FINAL}:
        return 1.0
    value = sum(weight * number for weight, number in zip(WEIGHTS, features(unit, reverse=reverse), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))
