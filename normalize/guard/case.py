"""A segment on the guard's ladder: its best answer so far, and the one test others must pass."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence

from normalize.check import check, form
from normalize.corpus import Finding, Repair, Severity, Unit
from normalize.engine import Hypothesis
from normalize.guard.reasons import REPAIRS, WEIGHT, grave, reasons, weight
from normalize.guard.recase import calmed, dateline
from normalize.guard.rewrite import restored

__all__ = ["DECIDED", "GAIN", "MARGIN", "SMALL_MARGIN", "SURE", "Candidate", "Case"]

MARGIN = 0.5
"""Nats a token by which a candidate may be less likely than the answer it is to replace, on the same source."""

SMALL_MARGIN = 0.1
"""The same, where what is gained is minor."""

GAIN = 0.1
"""Nats a token by which the answer to a source written anew must be likelier, where the findings are no better."""

_LEAST = 0.4  # of the source's length; what is shorter has lost most of it
_REPETITION = frozenset({"loop", "salad", "doubled", "echo"})

SURE = frozenset({"symbols", "corrected", "respelt", "translated", "mended", "doubles"})
"""Rungs whose answers are right whatever the model makes of them; they keep the score of the answer before."""

DECIDED = frozenset({"unquoted"})
"""Rungs whose answer, the engine's best for its source, is compared by the scores of decoding: forcing would say
nothing new. The answer before was asked for in another way, and is no rival on this source."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An answer with what the checks find in it."""

    target: str
    basis: str
    """The source on which it is compared with others."""
    truncated: bool
    findings: tuple[Finding, ...]

    @property
    def weight(self) -> int:
        """What all findings count for."""
        return weight(self.findings)

    @property
    def grave(self) -> Counter[str]:
        """Count the findings that are more than minor, by check."""
        return grave(self.findings)


@dataclasses.dataclass(slots=True)
class Case:
    """A segment on the ladder; `best` is only ever changed by `offer`."""

    unit: Unit
    source: str
    """What the engine is asked: what it got first, or that written anew."""
    best: Candidate
    score: float
    """The best answer's, on `source`."""
    repairs: tuple[Repair, ...] = ()

    @classmethod
    def begin(cls, unit: Unit, source: str, *, truncated: bool) -> Case:
        """Begin with the model's own answer."""
        best = Candidate(target=unit.target, basis=source, truncated=truncated, findings=unit.findings)
        return cls(unit=unit, source=source, best=best, score=unit.score or 0.0)

    @property
    def languages(self) -> tuple[str, str]:
        """Give the languages of source and target, as the checks name them."""
        return self.unit.segment.language.partition("-")[0], self.unit.target_language.partition("-")[0]

    @property
    def hypothesis(self) -> Hypothesis:
        """Give the best answer."""
        return Hypothesis(target=self.best.target, score=self.score, truncated=self.best.truncated)

    def open(self, rung: str) -> bool:
        """Whether something is wrong that the rung may help with."""
        return any(rung in REPAIRS[name] for name in reasons(self.best.findings))

    def candidate(self, text: str, basis: str, *, truncated: bool) -> Candidate | None:
        """Check an answer as the model's own was checked, with the source's symbols put back.

        None, unchecked, where it is the best answer again, or little of it is left.
        """
        text = restored(self.unit.segment.source, text)
        if not text.strip() or self._is_best(text) or self._shrunk(text):
            return None
        unit = dataclasses.replace(self.unit, target=text, findings=())
        return Candidate(
            target=text, basis=basis, truncated=truncated, findings=check(unit, truncated=truncated).findings
        )

    def _is_best(self, text: str) -> bool:
        """Whether a text is the best answer again, whatever its capitals, but for one that a sentence begins with."""
        best, source = self.best.target, self.unit.segment.source
        same = text.casefold() == best.casefold()
        return same and (text == best or form.small_start(source, best) is None)

    def promises(self, one: Candidate, rung: str) -> bool:
        """Whether a candidate has strictly lesser findings, and no new grave one.

        The answer to a heading or to speech written anew may have as many, but no repetition: checks see little of what
        capitals and quotation marks do.
        """
        if one.grave - self.best.grave:
            return False
        if rung in {"recased", "unquoted"} and one.weight == self.best.weight:
            return _REPETITION.isdisjoint(finding.check for finding in one.findings)
        return one.weight < self.best.weight

    def offer(self, candidates: Sequence[Candidate], scores: Mapping[tuple[str, str], float], rung: str) -> None:
        """Take the best of the candidates that are not much less likely, if there is one, and write it down.

        `scores` are forced, by (source, target).
        """
        likely = [one for one in candidates if rung in SURE or self._likely(one, scores, rung)]
        if not likely:
            return
        chosen = min(likely, key=lambda one: (one.weight, -scores.get(_pair(one.basis, one.target), self.score)))
        solved = [name for name in reasons(self.best.findings) if rung in REPAIRS[name]]
        repair = Repair(
            reason=",".join(solved) or rung, method=rung, before=self.best.target, after=chosen.target
        )
        self.repairs += (repair,)
        self.score = scores.get(_pair(chosen.basis, chosen.target), self.score)
        self.best, self.source = chosen, chosen.basis

    def pairs(self, one: Candidate) -> list[tuple[str, str]]:
        """Give the (source, target) pairs whose scores decide about a candidate."""
        return [_pair(one.basis, one.target)] + [self._rival(one)] * (one.basis != self.source)

    def _rival(self, one: Candidate) -> tuple[str, str]:
        """Give the pair a candidate is compared with: the best answer, without the capitals its source has no more."""
        return _pair(one.basis, self.best.target if one.basis == self.source else calmed(self.best.target))

    def _shrunk(self, text: str) -> bool:
        """Whether little is left, though more was there."""
        return len(text) < min(_LEAST * len(self.source), len(self.best.target))

    def _margin(self, one: Candidate) -> float:
        """Give the nats a token by which a candidate must be likelier than the best answer."""
        won = self.best.weight - one.weight
        if won > 0:
            return -MARGIN if won >= WEIGHT[Severity.MAJOR] else -SMALL_MARGIN
        place = dateline(self.unit.segment.source)
        kept = [sum(word in text.casefold() for word in place) for text in (self.best.target, one.target)]
        return -SMALL_MARGIN if kept[0] < kept[1] else GAIN

    def _likely(self, one: Candidate, scores: Mapping[tuple[str, str], float], rung: str) -> bool:
        if rung in DECIDED:
            return scores[_pair(one.basis, one.target)] >= self.score - MARGIN
        known = scores.get(self._rival(one), self.score)
        return scores[_pair(one.basis, one.target)] - known >= self._margin(one)


def _pair(source: str, target: str) -> tuple[str, str]:
    """Give a pair to score: where the source begins with a small letter, the target does."""
    return source, target[:1].lower() + target[1:] if source[:1].islower() else target
