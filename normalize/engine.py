"""The Engine protocol: all that the stages know of machine translation."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Protocol

__all__ = ["Engine", "Hypothesis"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One translation of one source."""

    target: str
    score: float
    """Mean log-probability of a target token, the end included; at most 0."""
    truncated: bool = False
    """The input or output limit was hit, so text may be missing."""


class Engine(Protocol):
    """A translator from one language to another.

    Answers come one for each source, in order, and do not depend on the other sources of the call.
    """

    @property
    def source_language(self) -> str:
        """The BCP 47 tag translated from."""

    @property
    def target_language(self) -> str:
        """The BCP 47 tag translated to."""

    @property
    def signature(self) -> str:
        """Name what decides the answers: package, version, hash, decoding parameters, library version."""

    def translate(
        self,
        sources: Sequence[str],
        *,
        hypotheses: int = 1,
        prefixes: Sequence[str] | None = None,
        no_repeat: int = 0,
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate each source; the best hypothesis comes first, and at most `hypotheses` are given.

        With `prefixes` (one a source, may be empty) each answer starts with its prefix. An empty or blank source gives
        one empty hypothesis. A source too long for the model is translated in parts, never cut. With `no_repeat` above
        0 no run of that many pieces stands twice in the answer for a part.
        """

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        """Give the mean log-probability of a token of each target, forced, given its source."""

    def fits(self, source: str) -> bool:
        """Whether the model can translate `source` in one piece."""
