"""What a model makes of a term that stands alone: the renderings it is likely to use in a sentence too."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from normalize.enforce.carriers import Carriers
from normalize.engine import Engine

__all__ = ["Renderings"]

_HYPOTHESES = 4
_EDGES = regex.compile(r"^(?:(?:the|a|an|this|that|it is|it's|there is|is)\s+)+|[\s.,;:!?\"“”'’]+$", regex.IGNORECASE)
_SHORTEST = 4  # letters: a shorter rendering is a word like any other


class Renderings:
    """The renderings of terms by one engine, learned once each."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.carriers = Carriers(engine)
        self._known: dict[str, tuple[str, ...]] = {}

    def learn(self, sources: Sequence[str]) -> None:
        """Translate the terms not yet known, all in one call."""
        new = [source for source in dict.fromkeys(sources) if source not in self._known]
        if new:
            answers = self._engine.translate(new, hypotheses=_HYPOTHESES)
            for source, hypotheses in zip(new, answers, strict=True):
                self._known[source] = _cleaned([hypothesis.target for hypothesis in hypotheses], source)

    def of(self, source: str) -> tuple[str, ...]:
        """Give a learned term's renderings, likeliest first."""
        return self._known.get(source, ())


def _cleaned(texts: Sequence[str], source: str) -> tuple[str, ...]:
    """Take articles and full stops off, and leave out what is too short or long to be told from other words."""
    longest = len(source.split()) + 2
    bare = (_EDGES.sub("", text.strip()).strip() for text in texts)
    return tuple(dict.fromkeys(text for text in bare if len(text) >= _SHORTEST and len(text.split()) <= longest))
