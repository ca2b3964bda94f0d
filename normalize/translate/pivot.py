"""Two engines, one after the other: from a language to one both know, and on from there."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.engine import Engine, Hypothesis

__all__ = ["PivotEngine"]


class PivotEngine:
    """Translates by `first`, and what it answers by `second`; the score is the sum of both scores."""

    def __init__(self, first: Engine, second: Engine) -> None:
        if first.target_language != second.source_language:
            message = f"{first.signature} does not lead to {second.signature}"
            raise ValueError(message)
        self._first = first
        self._second = second

    @property
    def source_language(self) -> str:
        """The BCP 47 tag translated from."""
        return self._first.source_language

    @property
    def target_language(self) -> str:
        """The BCP 47 tag translated to."""
        return self._second.target_language

    @property
    def signature(self) -> str:
        """Name both engines, in order."""
        return f"{self._first.signature} > {self._second.signature}"

    def fits(self, source: str) -> bool:
        """Whether the first engine can translate `source` in one piece; the second splits what it must."""
        return self._first.fits(source)

    def translate(
        self,
        sources: Sequence[str],
        *,
        hypotheses: int = 1,
        prefixes: Sequence[str] | None = None,
        no_repeat: int = 0,
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate each source; see `normalize.engine.Engine`.

        Each of the first engine's hypotheses is translated; the best of all that come out are given, best first.
        """
        if prefixes is None:
            prefixes = [""] * len(sources)
        middles = self._first.translate(sources, hypotheses=hypotheses, no_repeat=no_repeat)
        asked = [
            (middle.target, prefix)
            for answers, prefix in zip(middles, prefixes, strict=True)
            for middle in answers
        ]
        ends = iter(self._second.translate(
            [text for text, _ in asked],
            hypotheses=hypotheses, prefixes=[prefix for _, prefix in asked], no_repeat=no_repeat,
        ))  # fmt: skip
        return [_best([(middle, next(ends)) for middle in answers], hypotheses) for answers in middles]

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        """Give the sum of the score of the best way to the middle language and that of each target from there."""
        middles = [answers[0] for answers in self._first.translate(sources)]
        ends = self._second.score([middle.target for middle in middles], targets)
        return [middle.score + end for middle, end in zip(middles, ends, strict=True)]


def _best(ways: Sequence[tuple[Hypothesis, tuple[Hypothesis, ...]]], wanted: int) -> tuple[Hypothesis, ...]:
    """Choose among all ways from a source over the middle to a target."""
    found: dict[str, Hypothesis] = {}
    for middle, ends in ways:
        for end in ends:
            one = Hypothesis(
                target=end.target, score=middle.score + end.score, truncated=middle.truncated or end.truncated
            )
            if end.target not in found or found[end.target].score < one.score:
                found[end.target] = one
    return tuple(sorted(found.values(), key=lambda one: -one.score)[:wanted])
