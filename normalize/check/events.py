"""Check of what news turns on: that something was denied, refused, banned, or that somebody resigned or died.

A weak model puts another event in its place, and the sentence reads well: "a deal" for "un désaccord".
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import regex

from normalize.check import lexicon
from normalize.check.subject import Found, Subject
from normalize.check.tokens import folded

__all__ = ["lost_event", "told"]

_TABLE = Path(__file__).parent / "words" / "events.toml"
_SIGNS = {"_": " ", "$": r"\b", "~": r"\p{L}{0,12}", "…": r"(?:\p{L}{1,20} )?"}
_DENIES = "not$ nothing ~n['’]t$ cannot never no$ without"

_NEGATING = {
    "id": lexicon.words("tidak tak bukan belum tanpa jangan"),
    "fr": lexicon.words("pas sans non ni jamais aucun aucune ne"),
}
_WITH = "diri|dunia"
"""Indonesian words that belong to such a word: `mengundurkan diri` (to resign), `meninggal dunia` (to die)."""
_NEAR = 3
"""Words before, among which a negation turns an event into another: he did not refuse, that is, he took it."""


class _Word(NamedTuple):
    """A word for an event, in the language of the source and in English."""

    text: str
    english: str
    event: str


@functools.cache
def _table() -> dict[str, dict[str, str]]:
    """Give what `events.toml` says of each event: words by language, and what English renderings begin with (`en`)."""
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@functools.cache
def _by_word(language: str) -> dict[str, _Word]:
    pairs = ((pair.split("="), event) for event, said in _table().items() for pair in said.get(language, "").split())
    return {text: _Word(text, english, event) for (text, english), event in pairs}


@functools.cache
def _english(event: str) -> regex.Pattern[str]:
    stems = _table()[event]["en"].split()
    alternatives = "|".join(part for stem in stems for part in (_DENIES.split() if stem == "!" else [stem]))
    for sign, meaning in _SIGNS.items():
        alternatives = alternatives.replace(sign, meaning)
    return regex.compile(rf"(?<!\p{{L}})(?:{alternatives})", regex.IGNORECASE)


@functools.lru_cache(maxsize=4096)  # the guard tries many targets of one source
def _said(source: str, language: str) -> tuple[_Word, ...]:
    """Give the words that say that something happened, and not that it did not; of each event the first."""
    known, negating = _by_word(language), _NEGATING[language]
    said = [word.replace("’", "'").rpartition("'")[2] for word in folded(source)]
    found: dict[str, _Word] = {}
    for at, text in enumerate(said):
        word = known.get(text)
        if word is not None and negating.isdisjoint(said[max(0, at - _NEAR) : at + 2]):
            found.setdefault(word.event, word)
    return tuple(found.values())


def _lost(source: str, target: str, source_language: str, target_language: str) -> Iterator[_Word]:
    """Give the words of events that nothing in the target could stand for."""
    if target_language == "en" and source_language in _NEGATING and target.strip():
        for word in _said(source, source_language):
            if _english(word.event).search(target) is None:
                yield word


def lost_event(subject: Subject) -> Iterator[Found]:
    """Find an event that the source tells of and that nothing in the target could stand for."""
    for word in _lost(subject.source, subject.target, subject.source_language, subject.target_language):
        yield f"nothing stands for “{word.text}” ({word.event})", None


def told(asked: str, source: str, target: str, source_language: str, target_language: str) -> str:
    """Give what is asked for a source with the English of its lost events in the place of their words.

    >>> source = "Menteri itu membantah laporan media."
    >>> told(source, source, "The minister confirmed media reports.", "id", "en")
    'Menteri itu denied laporan media.'
    """
    for word in _lost(source, target, source_language, target_language):
        pattern = rf"(?<![\p{{L}}-]){word.text}(?:\s+(?:{_WITH}))?(?![\p{{L}}-])"
        english = functools.partial(lexicon.in_place, english=word.english)
        asked = regex.sub(pattern, english, asked, count=1, flags=regex.IGNORECASE)
    return asked
