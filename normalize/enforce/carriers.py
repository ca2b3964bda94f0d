"""Carriers: plain words that stand for a term while the model runs, because it copies them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import regex

from normalize.corpus import Span
from normalize.enforce.mend import put
from normalize.engine import Engine
from normalize.glossary.wants import Want

__all__ = ["TRIED", "Carriers", "copied", "restored"]

# Words written alike in English and in most languages translated from: nouns for terms, proper names for names.
_NOUNS = ("radio", "robot", "piano", "bank", "hotel", "museum", "film", "virus", "album", "forum")
_NAMES = ("London", "Clinton", "Obama", "Google", "Madrid", "Berlin", "Toyota", "David", "Maria", "Paris")

TRIED = (*_NOUNS, *_NAMES)
"""The words that may be carriers, in a fixed order."""


def copied(engine: Engine) -> tuple[str, ...]:
    """Ask an engine which of `TRIED` it gives back as they are, each alone."""
    answers = engine.translate(TRIED)
    return tuple(
        word for word, answer in zip(TRIED, answers, strict=True)
        if answer[0].target.strip(" .").lower() == word.lower()
    )  # fmt: skip


class Carriers:
    """The words an engine copies: asked for when one is needed, unless they are `known`."""

    def __init__(self, engine: Engine, known: Collection[str] | None = None) -> None:
        self._engine = engine
        self._known = known

    def copied(self, *, name: bool) -> tuple[str, ...]:
        """Give the nouns, or the names, that the engine translates by themselves, in a fixed order."""
        if self._known is None:
            self._known = copied(self._engine)
        return tuple(word for word in (_NAMES if name else _NOUNS) if word in self._known)

    def choose(self, count: int, turn: int, avoid: str, *, name: bool) -> tuple[str, ...]:
        """Choose `count` different carriers that do not stand in the text `avoid`; another `turn` gives others."""
        low = avoid.lower()
        free = [word for word in self.copied(name=name) if word.lower() not in low]
        return tuple(free[turn * count : (turn + 1) * count])


def restored(text: str, chosen: Mapping[int, str], wanted: Sequence[Want]) -> str | None:
    """Put targets in place of the carriers that stand for them; None where it is not clear where a carrier stands.

    `chosen` names the carrier of each occurrence. One that the engine dropped is no harm: its target is then missing.
    """
    for number, carrier in chosen.items():
        pattern = rf"(?<![\w@#-]){regex.escape(carrier)}s?(?![\w-])"
        spans = [match.span() for match in regex.finditer(pattern, text, regex.IGNORECASE)]
        if len(spans) > 1 or len(spans) != text.lower().count(carrier.lower()):
            return None
        for start, end in spans:
            want = next(want for want in wanted if number in want.occurrences)
            text = put(text, Span(start=start, end=end), want)
    return text
