"""Carriers: plain words that stand for a term while the model runs, because it copies them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from normalize.corpus import Span
from normalize.enforce.mend import put
from normalize.engine import Engine
from normalize.glossary.wants import Want

__all__ = ["Carriers", "restored"]

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
