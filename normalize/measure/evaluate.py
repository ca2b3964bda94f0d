"""BLEU, chrF2++ and TER by sacrebleu, with signatures, and paired bootstrap resampling of two systems.

Koehn (2004), "Statistical significance tests for machine translation evaluation". The resampling is sacrebleu's own
(seed 12345, as there), but holds one resample at a time: sacrebleu's needs a gigabyte for ten thousand segments.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from normalize.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["SAMPLES", "Comparison", "Interval", "Score", "compare_systems", "evaluate"]

SAMPLES = 1000
"""Resamples of a bootstrap."""

_SEED = 12345

HIGHER_IS_BETTER = {"BLEU": True, "chrF2++": True, "TER": False}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A metric over a set of segments, 0 to 100 (TER may exceed it)."""

    metric: str
    value: float
    signature: str
    """All that decides the number, in sacrebleu's form."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A score with what resampling says of it."""

    value: float
    mean: float
    half: float
    """Half of the interval that holds 95% of the resamples."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A metric of two systems over the same segments."""

    metric: str
    system: Interval
    baseline: Interval
    p: float
    """Probability of a difference as large as this one, either way, if the two were equally good."""
    signature: str

    @property
    def better(self) -> bool | None:
        """Whether the system is better (True) or worse (False) with p below 0.05; None where that is not known."""
        if self.p >= 0.05 or self.system.value == self.baseline.value:
            return None
        return (self.system.value > self.baseline.value) is HIGHER_IS_BETTER[self.metric]


def evaluate(hypotheses: Sequence[str], references: Sequence[str]) -> list[Score]:
    """Score translations against one reference each; none for no translations.

    Raises UsageError where sacrebleu is not installed, and ValueError where the numbers differ.
    """
    if len(hypotheses) != len(references):
        message = f"{len(hypotheses)} translations and {len(references)} references"
        raise ValueError(message)
    if not hypotheses:
        return []
    scores = []
    for name, metric in _metrics().items():
        value = metric.corpus_score(list(hypotheses), [list(references)]).score
        scores.append(Score(metric=name, value=float(value), signature=str(metric.get_signature())))
    return scores


def compare_systems(
    hypotheses: Sequence[str], baseline: Sequence[str], references: Sequence[str], *, samples: int = SAMPLES
) -> list[Comparison]:
    """Compare two systems on the same segments by paired bootstrap resampling; nothing for no segments.

    Raises UsageError where sacrebleu is not installed, and ValueError where the numbers differ.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    if not len(hypotheses) == len(baseline) == len(references):
        message = f"{len(hypotheses)}, {len(baseline)} and {len(references)} texts"
        raise ValueError(message)
    if not hypotheses:
        return []
    compared = []
    for name, metric in _metrics().items():
        stats = [
            np.array(metric._extract_corpus_statistics(list(texts), [list(references)]), dtype=np.float64)  # noqa: SLF001 - what sacrebleu's own paired test calls
            for texts in (hypotheses, baseline)
        ]
        values = [float(metric._compute_score_from_stats(one.sum(axis=0)).score) for one in stats]  # noqa: SLF001 - likewise
        resampled = _resampled(metric, stats, samples)
        differences = np.abs(resampled[0] - resampled[1])
        centred = differences - differences.mean()
        above = int((centred > abs(values[0] - values[1])).sum())
        signature = metric.get_signature()
        signature.update("seed", str(_SEED))
        signature.update("bs", samples)
        compared.append(Comparison(
            metric=name, system=_interval(values[0], resampled[0]), baseline=_interval(values[1], resampled[1]),
            p=(above + 1) / (samples + 1), signature=str(signature),
        ))  # fmt: skip
    return compared


def _resampled(
    metric: Any, stats: Sequence[NDArray[np.float64]], samples: int  # noqa: ANN401 - sacrebleu's metrics have no types
) -> NDArray[np.float64]:
    """Give the scores, shape (2, samples), of both systems on the same resamples of the segments."""
    import numpy as np  # noqa: PLC0415 - heavy

    segments = len(stats[0])
    random = np.random.default_rng(_SEED)
    scores = np.empty((2, samples))
    for sample in range(samples):
        drawn = np.bincount(random.choice(segments, size=segments, replace=True), minlength=segments)
        for system, one in enumerate(stats):
            scores[system, sample] = metric._compute_score_from_stats(drawn @ one).score  # noqa: SLF001 - as above
    return scores


def _interval(value: float, scores: NDArray[np.float64]) -> Interval:
    ordered = sorted(map(float, scores))
    cut = len(ordered) // 40
    return Interval(value=value, mean=sum(ordered) / len(ordered), half=(ordered[-1 - cut] - ordered[cut]) / 2)


def _metrics() -> Mapping[str, Any]:
    """Give sacrebleu's metrics with its own defaults, chrF with words (chrF2++, Popović 2017)."""
    try:
        from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415 - heavy, and an optional extra
        from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415 - likewise
        from sacrebleu.metrics.ter import TER  # noqa: PLC0415 - likewise
    except ImportError:
        advice = "pip install 'normalize-corpus[evaluate]', or pip install sacrebleu"
        raise UsageError("`normalize evaluate` needs sacrebleu", advice=advice) from None
    return {"BLEU": BLEU(), "chrF2++": CHRF(word_order=2), "TER": TER()}
