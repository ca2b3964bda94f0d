"""Where the model says a target once too often, the ways to say it once: no other target is cut out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import regex

from normalize.corpus import Span
from normalize.glossary.wants import Standing, Want

__all__ = ["cuts"]

_WIDEST = 4  # words between a target and its repetition
_WORDS = regex.compile(r"[^.!?…]*")
_GENITIVE = regex.compile(r"[’']s?(?!\w)")
_LINK = regex.compile(r"(?:[’']s?)?[\s,-]+(?:(?:of|in|on|by|for|to|with|and)\s+)?(?:(?:the|an?)\s+)?$")
_BLANK = regex.compile(r"[\s,-]+")


def cuts(text: str, found: Standing, wanted: Sequence[Want]) -> Iterator[str]:
    """Give the texts that have one occurrence less of a target that stands too often near itself, each once."""
    made: dict[str, None] = {}
    for want, spans in zip(wanted, found.spans, strict=True):
        if len(spans) <= len(want.occurrences):
            continue
        for one, again in itertools.pairwise(spans):
            between = text[one.end : again.start]
            if _WORDS.fullmatch(between) and len(between.split()) <= _WIDEST:
                made |= dict.fromkeys(_ways(text, one, again))
    yield from made


def _ways(text: str, one: Span, again: Span) -> Iterator[str]:
    """Give the text without what lies from one occurrence to the next, and without either alone."""
    yield text[: one.end] + text[again.end :]
    yield text[: one.start] + text[again.start :]
    genitive, link = _GENITIVE.match(text, again.end), _LINK.search(text, one.end, again.start)
    yield text[: link.start() if link else again.start] + text[genitive.end() if genitive else again.end :]
    genitive = _GENITIVE.match(text, one.end)
    blank = _BLANK.match(text, genitive.end() if genitive else one.end)
    yield text[: one.start] + text[blank.end() if blank else one.end :]
