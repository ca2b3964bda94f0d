"""Find the words of a text, fast where its letters are those of most European text, and once for all checks."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import regex

__all__ = ["WHOLE", "Match", "Words", "folded", "parts", "words"]

_UNUSUAL = re.compile(r"[^\x00-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")
"""A character of which `_LETTERS` and `_DIGITS` do not say what it is."""

_LETTERS = "A-Za-zªµºÀ-ÖØ-öø-\u024f"
_DIGITS = "0-9²³¹¼½¾"


Match = re.Match[str] | regex.Match[str]


class Words:
    r"""A pattern of words, with `<L>` for letters and marks, and `<N>` for figures, inside brackets.

    The standard library finds words in less than half the time, but does not know what a letter is. The tests hold that
    both find the same.

    >>> words = Words("[<L><N>]+(?:'[<L>]+)?")
    >>> words.of("C'est l'été 2024"), words.of("это 5")
    (["C'est", "l'été", '2024'], ['это', '5'])
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = regex.compile(pattern.replace("<L>", r"\p{L}\p{M}").replace("<N>", r"\p{N}"))
        self.plain = re.compile(pattern.replace("<L>", _LETTERS).replace("<N>", _DIGITS))

    def of(self, text: str) -> list[str]:
        """Give the words of a text in order."""
        found: list[str] = (self.plain if _is_usual(text) else self.pattern).findall(text)
        return found

    def finditer(self, text: str) -> Iterator[Match]:
        """Give the words of a text with their places, in order."""
        return (self.plain if _is_usual(text) else self.pattern).finditer(text)

    def among(self, whole: tuple[str, ...]) -> tuple[str, ...]:
        """Give the words of a usual text of which `whole` are the `words`, where each of ours lies within one of them.

        >>> Words("[<L>]+").among(words("l'été 2024"))
        ('l', 'été')
        """
        if all(map(str.isalpha, whole)):  # a word of letters alone is the same word by every pattern
            return whole
        find = self.plain.findall
        return tuple([part for word in whole for part in ((word,) if word.isalpha() else find(word))])


WHOLE = Words("[<L><N>]+(?:['’-][<L><N>]+)*")
"""The pattern of `words`."""

_SPACES = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "'-")}
_LOOSE = (" '", "' ", " -", "- ", "--", "''", "'-", "-'")

_KEPT = 64
"""Texts of which the words are kept: the checks of a unit, and the tries of the guard, ask for the same few."""


def _is_usual(text: str) -> bool:
    return text.isascii() or _UNUSUAL.search(text) is None


@functools.lru_cache(maxsize=_KEPT)
def words(text: str) -> tuple[str, ...]:
    """Give the words of a text with the figures, apostrophes and hyphens inside them.

    >>> words("C'est l'été 2024-2025 –")
    ("C'est", "l'été", '2024-2025')
    """
    if text.isascii():  # parting at spaces is faster than the pattern, where each mark stands within a word
        spaced = f" {text.translate(_SPACES)} "
        if not any(map(spaced.__contains__, _LOOSE)):
            return tuple(spaced.split())
    return tuple(WHOLE.of(text))


@functools.lru_cache(maxsize=_KEPT)
def folded(text: str) -> tuple[str, ...]:
    """Give the `words` of a text without regard to case."""
    return tuple(map(str.casefold, words(text)))


@functools.lru_cache(maxsize=4 * _KEPT)
def parts(pattern: Words, text: str) -> tuple[str, ...]:
    """Give the words of a text by a pattern each of whose words lies within one of `words`; faster than `of`."""
    return pattern.among(words(text)) if _is_usual(text) else tuple(pattern.of(text))
