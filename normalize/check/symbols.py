"""Emoji and signs that carry over from source to target as they stand."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from normalize.corpus import Span

__all__ = ["found", "spans", "without"]

_SIGN = r"[\p{Emoji_Presentation}\p{So}\u2190-\u21ff\u2200-\u22ff&&[^°№℃℉™®©\ufffc\ufffd]]"
_FLAG = r"[\U0001f1e6-\U0001f1ff]"
_JOINED = rf"[\ufe0f\u200d\U0001f3fb-\U0001f3ff]|(?<=\u200d){_SIGN}|(?<={_FLAG}){_FLAG}"
_ONE = regex.compile(rf"{_SIGN}(?:{_JOINED})*", regex.VERSION1)
_ROW = regex.compile(rf"{_ONE.pattern}(?:\s{{0,2}}{_ONE.pattern})*", regex.VERSION1)


def found(text: str) -> list[str]:
    """Give the signs of a text, an emoji with its modifiers as one.

    >>> found("Bagus 👍🏽👍🏽 → 20 °C ★")
    ['👍🏽', '👍🏽', '→', '★']
    """
    return [] if text.isascii() else [match[0] for match in _ONE.finditer(text)]


def spans(text: str) -> Iterator[Span]:
    """Give the places of rows of signs."""
    for match in () if text.isascii() else _ROW.finditer(text):
        yield Span(start=match.start(), end=match.end())


def without(text: str) -> str:
    """Put a space in the place of each row of signs.

    >>> without("Halo 😀!")
    'Halo  !'
    """
    return text if text.isascii() else _ROW.sub(" ", text)
