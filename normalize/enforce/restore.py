"""Literals that a translation garbled, put back as the source has them."""

from __future__ import annotations

from collections import Counter

import regex

from normalize.corpus import Span
from normalize.enforce.likeness import ratio
from normalize.glossary import literals

__all__ = ["restore"]

_PIECE = regex.compile(r"[^\s\"“”«»(),;]*[^\s\"“”«»(),;.:!?]")
_ALIKE = 0.6  # a literal is garbled more than a word may be: nothing else looks like one


def restore(text: str, source: str) -> str:
    """Put the source's literals back where a translation garbled them.

    >>> restore("see htps://www.exampel.org/a and @janedo", "lihat https://www.example.org/a dan @janedoe")
    'see https://www.example.org/a and @janedoe'
    >>> restore("see (https://www.e.e.e.com/aaa).", "lihat https://files.example.org/2020/report.pdf")
    'see (https://files.example.org/2020/report.pdf).'
    """
    wanted = Counter(span.of(source) for span in literals(source))
    lost = wanted - Counter(span.of(text) for span in literals(text))
    for literal in lost.elements():
        span = _garbled(literal, text, wanted, alone=lost.total() == 1)
        if span is not None:
            text = text[: span.start] + literal + text[span.end :]
    return text


def _garbled(literal: str, text: str, wanted: Counter[str], *, alone: bool) -> Span | None:
    """Find what stands in a text for a literal of its source: what is most like it, or the only one of its kind.

    `alone`: no other literal is lost.
    """
    pieces = [match for match in _PIECE.finditer(text) if match.group() not in wanted and not match.group().isalpha()]
    rated = [(ratio(match.group().casefold(), literal.casefold(), _ALIKE), match) for match in pieces]
    likeness, best = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    if likeness and best is not None:
        return Span(start=best.start(), end=best.end())
    others = [span for span in literals(text) if span.of(text) not in wanted and _sort(span.of(text)) == _sort(literal)]
    return others[0] if alone and len(others) == 1 else None


def _sort(literal: str) -> str:
    """Name the kind of a literal: "@" and "#" as they begin, an e-mail address, or a web address."""
    return literal[0] if literal[0] in "@#" else "@." if "@" in literal else "/"
