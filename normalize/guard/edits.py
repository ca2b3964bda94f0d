"""Repairs that need no engine: a function of source, target and their languages that gives another target."""

from __future__ import annotations

import regex

from normalize import numbers
from normalize.check import echo, exonyms, names
from normalize.guard.rewrite import ended

__all__ = ["EDITS", "collapsed", "corrected", "doubles", "echoes", "mended", "respelt", "translated"]

_END = regex.compile(r"[.!?…](?=[”’\"'»)\]\s]*$)")
_OPEN_QUOTE, _CLOSE_QUOTE = regex.compile(r"^\s*([\"“«])"), regex.compile(r"([\"”»])[.!?…,]?\s*$")
_OTHER_HALF = {"“": "”", "«": "»", "”": "“", "»": "«"}
_DOUBLE = regex.compile(
    r"\b(?P<part>[\p{L}\p{M}'’]{1,30}(?:\s+[\p{L}\p{M}'’]{1,30}){0,4})(?:\s+(?P=part))+\b", regex.IGNORECASE
)
_LOOP = regex.compile(
    r"(?P<part>\b[\p{L}\p{M}\p{N}'’-]{1,30}(?:[\s,]{1,3}[\p{L}\p{M}\p{N}'’-]{1,30}){0,7}?)(?:[\s,]{1,3}(?P=part)\b)+",
    regex.IGNORECASE,
)
_GAP = 40  # characters between a phrase and its echo, at the most, if the echo is to be cut out
_ROUNDS = 5


def corrected(source: str, target: str, source_language: str, target_language: str) -> str:
    """Put numbers right that can be nothing but slips.

    >>> corrected("Dana Rp 1,2 triliun.", "A fund of Rp 1.2 billion.", "id", "en")
    'A fund of Rp 1.2 trillion.'
    """
    fix = numbers.corrected(source, target, source_language, target_language)
    return target if fix is None else fix.target


def respelt(source: str, target: str, source_language: str, target_language: str) -> str:
    """Spell names as the source does that the model copied with letters lost."""
    del source_language, target_language
    return names.respelt(source, target)


def translated(source: str, target: str, source_language: str, target_language: str) -> str:
    """Give places, days and months their English names."""
    return exonyms.replaced(source, target, source_language) if target_language == "en" else target


def mended(source: str, target: str, source_language: str, target_language: str) -> str:
    """Give the target the final mark, or the quotation mark at its edge, that only the source has.

    >>> mended("“Ya, saya datang besok pagi.”", "“Yes, I will come tomorrow", "id", "en")
    '“Yes, I will come tomorrow.”'
    """
    del source_language, target_language
    text = target
    if _OPEN_QUOTE.search(source) and _CLOSE_QUOTE.search(source):
        first, last = _OPEN_QUOTE.search(text), _CLOSE_QUOTE.search(text)
        if first and not last:
            text = text.rstrip() + _OTHER_HALF.get(first[1], first[1])
        elif last and not first:
            text = _OTHER_HALF.get(last[1], last[1]) + text.lstrip()
    end = _END.search(source)
    return ended(text, end[0]) if end else text


def doubles(source: str, target: str, source_language: str, target_language: str) -> str:
    """Let each word or phrase that stands twice in a row stand once.

    >>> doubles("Dia pergi.", "He went to the the market in the market in the town.", "id", "en")
    'He went to the market in the town.'
    """
    del source_language, target_language
    return target if _DOUBLE.search(source) else _DOUBLE.sub(lambda match: match["part"], target)


def collapsed(source: str, target: str, source_language: str, target_language: str) -> str:
    """Let what is said over and over be said once.

    >>> collapsed("Harga naik.", "Prices rose, rose, rose, rose.", "id", "en")
    'Prices rose.'
    """
    del source_language, target_language
    return target if _LOOP.search(source) else _LOOP.sub(lambda match: match["part"], target)


def echoes(source: str, target: str, source_language: str, target_language: str) -> str:
    """Cut the words out from where a word or phrase ends to where it has come back.

    >>> echoes("Isyarat tangan.", "A sign of the hands of the hands of the hands.", "id", "en")
    'A sign of the hands.'
    """
    for _ in range(_ROUNDS):
        near = (
            (first, again) for first, again in echo.echoes(source, target, source_language, target_language)
            if first.end <= again.start <= first.end + _GAP
        )  # fmt: skip
        found = next(near, None)
        if found is None:
            break
        first, again = found
        target = target[: first.end] + target[again.end :]
    return target


EDITS = {
    "corrected": corrected,
    "respelt": respelt,
    "translated": translated,
    "mended": mended,
    "doubles": doubles,
    "echoes": echoes,
    "collapsed": collapsed,
}
"""The rungs of the ladder that need no engine, by name, in the ladder's order."""
