"""Carriers: plain words that stand for a term while the model runs, because it copies them."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from normalize.corpus import Span
from normalize.engine import Engine

__all__ = ["Carriers"]

# Words written alike in English and in most languages translated from: nouns for terms, proper names for names.
_NOUNS = ("radio", "robot", "piano", "bank", "hotel", "museum", "film", "virus", "album", "forum")
_NAMES = ("London", "Clinton", "Obama", "Google", "Madrid", "Berlin", "Toyota", "David", "Maria", "Paris")


class Carriers:
    """The words an engine copies: each is tried once, alone."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._copied: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    def copied(self, *, name: bool) -> tuple[str, ...]:
        """Give the nouns, or the names, that the engine translates by themselves, in a fixed order."""
        if self._copied is None:
            answers = self._engine.translate([*_NOUNS, *_NAMES])
            kept = [
                word
                for word, answer in zip((*_NOUNS, *_NAMES), answers, strict=True)
                if answer[0].target.strip(" .").lower() == word.lower()
            ]
            self._copied = (
                tuple(word for word in kept if word in _NOUNS),
                tuple(word for word in kept if word in _NAMES),
            )
        return self._copied[name]

    def choose(self, count: int, turn: int, avoid: str, *, name: bool) -> tuple[str, ...]:
        """Choose `count` different carriers that do not stand in the text `avoid`; another `turn` gives others."""
        low = avoid.lower()
        free = [word for word in self.copied(name=name) if word.lower() not in low]
        return tuple(free[turn * count : (turn + 1) * count])


def found(text: str, carrier: str) -> Sequence[Span]:
    """Find a carrier in a translation, its plural too."""
    pattern = rf"(?<![\w@#-]){regex.escape(carrier)}s?(?![\w-])"
    return [Span(start=match.start(), end=match.end()) for match in regex.finditer(pattern, text, regex.IGNORECASE)]
