"""Fit the weights of `normalize.guard.quality` on test sets with references, and tell how well they order sentences.

    python -m training.quality.fit --set id flores-dev.id flores-dev.en --set fr flores-dev.fr flores-dev.en

Prints the weights for `WEIGHTS`, and Spearman's correlation of the estimate with sentence chrF2: on ten folds, from one
set to the other, and of the forward score alone. FLORES-200 is not part of this project.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sacrebleu.metrics.chrf import CHRF

from normalize.check import check
from normalize.corpus import Origin, Segment, Span, State, Unit
from normalize.guard import guard
from normalize.guard.quality import FEATURES, SET, features
from normalize.translate import Store
from training.logistic import newton

Array = npt.NDArray[np.float64]

_FOLDS = 10
_PENALTY = 1.0  # on the squares of the weights of standardised features
_ROUNDS = 50


def units(language: str, sources: Sequence[str]) -> list[Unit]:
    """Translate, guard and check, as a run does without a glossary."""
    engine = Store.open().engine(language, "en")
    answers = [ways[0] for ways in engine.translate(sources)]
    drafts = []
    for number, (source, answer) in enumerate(zip(sources, answers, strict=True)):
        segment = Segment(id=f"{number}", article="", paragraph=number, span=Span(start=0, end=len(source)),
                          source=source, language=language)
        unit = Unit(segment=segment, target=answer.target, state=State.TRANSLATED, score=answer.score,
                    origin=Origin.MACHINE)
        drafts.append(check(unit, truncated=answer.truncated))
    kept = guard(drafts, sources, engine, truncated=[answer.truncated for answer in answers])
    finished = []
    for draft, one in zip(drafts, kept, strict=True):
        unit = Unit(segment=draft.segment, target=one.hypothesis.target, state=State.TRANSLATED,
                    score=one.hypothesis.score, origin=Origin.MACHINE, repairs=one.repairs)
        finished.append(check(unit, truncated=one.hypothesis.truncated))
    return finished


def fit(numbers: Array, wanted: Array) -> Array:
    """Fit a logistic regression with fractions as targets, by Newton's method; the weights in `SET` are as they are."""
    fixed = np.array([SET.get(name, 0.0) for name in FEATURES])
    free = [place for place, name in enumerate(FEATURES) if name not in SET]
    fixed[free] = _newton(numbers[:, free], wanted, numbers @ fixed)
    return fixed


def _newton(numbers: Array, wanted: Array, given: Array) -> Array:
    """Fit the free weights; `given` is what the others add."""
    mean, spread = numbers.mean(axis=0), numbers.std(axis=0)
    mean[0], spread[spread == 0] = 0.0, 1.0
    scaled = (numbers - mean) / spread
    penalty = np.full(scaled.shape[1], _PENALTY)
    penalty[0] = 0.0
    plain: Array = newton(scaled, wanted, penalty, given=given, rounds=_ROUNDS) / spread
    plain[0] -= float(mean[1:] @ plain[1:])
    return plain


def correlation(one: Array, other: Array) -> float:
    """Give Spearman's correlation."""
    ranks = [np.argsort(np.argsort(values, kind="stable"), kind="stable") for values in (one, other)]
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def crossed(numbers: Array, wanted: Array) -> Array:
    """Estimate each sentence by weights fitted on the other folds."""
    estimates = np.zeros(len(wanted))
    folds = np.arange(len(wanted)) % _FOLDS
    for fold in range(_FOLDS):
        estimates[folds == fold] = numbers[folds == fold] @ fit(numbers[folds != fold], wanted[folds != fold])
    return estimates


def main() -> None:
    """Fit on all sets together, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=3, action="append", required=True, metavar=("LANGUAGE", "SOURCES", "REFERENCES"))
    options = parser.parse_args()
    metric = CHRF()
    sets: dict[str, tuple[Array, Array]] = {}
    for language, source, reference in options.set:
        sources, references = (Path(path).read_text(encoding="utf-8").splitlines() for path in (source, reference))
        made = units(language, sources)
        rights = [
            metric.sentence_score(unit.target, [right]).score / 100
            for unit, right in zip(made, references, strict=True)
        ]
        sets[language] = np.array([features(unit) for unit in made]), np.array(rights)
    for language, (numbers, wanted) in sets.items():
        print(f"{language}: score alone {correlation(numbers[:, 1], wanted):.3f}, "
              f"{_FOLDS} folds {correlation(crossed(numbers, wanted), wanted):.3f}", end="")
        for other, (theirs, others) in sets.items():
            if other != language:
                print(f", fitted on {other} {correlation(numbers @ fit(theirs, others), wanted):.3f}", end="")
        print()
    numbers, wanted = (np.concatenate([pair[which] for pair in sets.values()]) for which in (0, 1))
    print(f"all: score alone {correlation(numbers[:, 1], wanted):.3f}, "
          f"{_FOLDS} folds {correlation(crossed(numbers, wanted), wanted):.3f}")
    weights = fit(numbers, wanted)
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"  {name:14} {weight:+.3f}")
    print(f"WEIGHTS = ({', '.join(f'{weight:.3f}' for weight in weights)})")


if __name__ == "__main__":
    main()
