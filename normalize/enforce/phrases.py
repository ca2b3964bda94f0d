"""Targets of several words as the model may have put them: turned round, or without their noun."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import regex

from normalize.corpus import Span
from normalize.enforce.likeness import SHORTEST
from normalize.glossary.english import forms

__all__ = ["kernels", "turned"]

_MOST_WORDS = 8  # of a target that is looked for turned round: no compound is longer
_NEAR = 40  # characters either side in which a noun is looked for
_NAMED = regex.compile(r"\p{Lu}|\p{N}")


def turned(target: str, text: str) -> Iterator[Span]:
    """Find a target whose first words stand behind the others.

    >>> text = "the spread of the virus"
    >>> [span.of(text) for span in turned("virus spread", text)]
    ['spread of the virus']
    >>> [span.of("the global giant tech") for span in turned("tech giant", "the global giant tech")]
    ['giant tech']
    """
    pattern = _turned(target)
    for match in pattern.finditer(text) if pattern else ():
        yield Span(start=match.start(), end=match.end())


@functools.lru_cache(maxsize=4096)
def _turned(target: str) -> regex.Pattern[str] | None:
    words = target.split()
    ways = [
        rf"{_forms(words[cut:])}\s+(?:(?:of|for|from|in|by|against|due\s+to)\s+(?:(?:the|an?)\s+)?)?{_forms(words[:cut])}"
        for cut in (range(1, len(words)) if len(words) <= _MOST_WORDS else ())
    ]
    return regex.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-])", regex.IGNORECASE) if ways else None


def _forms(words: list[str]) -> str:
    """Give a pattern for a phrase in either number."""
    return f"(?:{'|'.join(regex.escape(form) for form in forms(' '.join(words), exact=False))})"


def kernels(target: str, text: str) -> Iterator[Span]:
    """Find the name in a target where no noun is with it.

    >>> [len(list(kernels("COVID-19 infection", text))) for text in ("those with COVID-19", "an infection by COVID-19")]
    [1, 0]
    """
    kernel, rest = _kernel(target)
    if kernel is None or rest is None:
        return
    for match in kernel.finditer(text):
        start, end = match.span()
        if not rest.search(text, start, end + _NEAR) and not rest.search(text, max(0, start - _NEAR), start):
            yield Span(start=start, end=end)


@functools.lru_cache(maxsize=4096)
def _kernel(target: str) -> tuple[regex.Pattern[str] | None, regex.Pattern[str] | None]:
    """Give searches for the words of a target that are a name or number, and for any of its others."""
    words = target.split()
    named = [word for word in words if _NAMED.search(word)]
    others = [word for word in words if word not in named]
    name = " ".join(named)
    if not others or len(name) < SHORTEST or f" {name} " not in f" {target} ":
        return None, None
    return (
        regex.compile(rf"(?<![\w-]){regex.escape(name)}(?![\w-])"),
        regex.compile(rf"(?<!\w)(?:{'|'.join(_forms([word]) for word in others)})", regex.IGNORECASE),
    )
