"""An engine that answers from memory first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from normalize.engine import Engine, Hypothesis
from normalize.memory.answers import SCORE, TRANSLATE, Answer, Request
from normalize.memory.memory import Memory

__all__ = ["RememberingEngine"]


class RememberingEngine:
    """Answers as `engine` does, but asks it nothing twice: what it answered once is kept in `memory`.

    That rests on the Engine's promise that an answer depends on nothing but the request and the signature. Where
    everything is remembered the engine is not asked at all, so it loads no model. Safe in several threads.
    """

    def __init__(self, engine: Engine, memory: Memory) -> None:
        self.hits = 0
        """Sources answered without the engine: remembered, or asked twice in one call."""
        self.misses = 0
        """Sources the engine was asked for."""
        self._engine = engine
        self._memory = memory
        self._lock = threading.Lock()

    @property
    def source_language(self) -> str:
        """The BCP 47 tag translated from."""
        return self._engine.source_language

    @property
    def target_language(self) -> str:
        """The BCP 47 tag translated to."""
        return self._engine.target_language

    @property
    def signature(self) -> str:
        """That of the engine: the memory changes no answer."""
        return self._engine.signature

    def fits(self, source: str) -> bool:
        """Whether the model can translate `source` in one piece."""
        return self._engine.fits(source)

    def translate(
        self,
        sources: Sequence[str],
        *,
        hypotheses: int = 1,
        prefixes: Sequence[str] | None = None,
        no_repeat: int = 0,
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate each source, by the engine only where the memory has no answer; see `normalize.engine.Engine`."""
        if hypotheses < 1:  # the engine's to refuse
            return self._engine.translate(sources, hypotheses=hypotheses, prefixes=prefixes, no_repeat=no_repeat)
        led = [""] * len(sources) if prefixes is None else prefixes
        requests = [
            Request(TRANSLATE, source, prefix, hypotheses, no_repeat)
            for source, prefix in zip(sources, led, strict=True)
        ]

        def ask(missing: Sequence[Request]) -> list[Answer]:
            begun = [one.other for one in missing]
            return self._engine.translate(
                [one.source for one in missing],
                hypotheses=hypotheses,
                prefixes=begun if any(begun) else None,
                no_repeat=no_repeat,
            )

        return self._answered(requests, ask)

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        """Give the mean log-probability of a token of each target, forced, given its source."""
        requests = [Request(SCORE, source, target) for source, target in zip(sources, targets, strict=True)]

        def ask(missing: Sequence[Request]) -> list[Answer]:
            values = self._engine.score([one.source for one in missing], [one.other for one in missing])
            return [(Hypothesis(target="", score=each),) for each in values]

        return [answer[0].score for answer in self._answered(requests, ask)]

    def _answered(
        self, requests: Sequence[Request], ask: Callable[[Sequence[Request]], list[Answer]]
    ) -> list[Answer]:
        """Answer each request, in order: from memory, or by `ask`, which gets what is missing, each once."""
        signature = self._engine.signature
        unique = list(dict.fromkeys(requests))
        known = self._memory.recall(signature, unique)
        missing = [request for request in unique if request not in known]
        if missing:
            fresh = dict(zip(missing, ask(missing), strict=True))
            self._memory.keep(signature, fresh)
            known |= fresh
        with self._lock:
            self.hits += len(requests) - len(missing)
            self.misses += len(missing)
        return [known[request] for request in requests]
