"""Find words with look-alike letters: another script's among a word's own, and what OCR takes for another letter.

Nothing is guessed. A letter of another script is wrong where the rest of its word, or the same word elsewhere in the
article, shows it; a letter read wrongly, where the right word stands elsewhere in the article.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

import regex

from normalize.repair.parts import Change

__all__ = ["PASSES"]

_CYRILLIC = dict(zip("АВЕІЈКМНОРЅСТХУаеорсухіјѕԁһ", "ABEIJKMHOPSCTXYaeopcyxijsdh", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
_TO_LATIN = _CYRILLIC | _GREEK
_TO_CYRILLIC = {latin: cyrillic for cyrillic, latin in _CYRILLIC.items()}
_FOREIGN = regex.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_FOREIGN_WORD = regex.compile(r"(?<![\p{L}\p{M}])(?=\p{L}*[\u0370-\u03ff\u0400-\u052f])\p{L}{3,40}+(?!\p{M})")
_LATIN = regex.compile(r"\p{Latin}")
_WORD = regex.compile(r"[^\W\d_]{3,}+")

_SHORTEST = 5
"""Letters of a word that OCR may have misread: among shorter ones both readings are words ("Al", "AI")."""
_MISREAD = regex.compile(
    r"l(?:(?<=\p{Lu}l)(?!\p{Ll})|(?<!\wl)(?=[bcdfghjkmnpqrstvwxz]))|I(?<=\p{Ll}I)(?!\p{Lu})|"
    r"[01|](?:(?<=\p{L}[01|])(?=\p{L})|(?<![\w|][01|])(?=\p{L}{2}))"
)
"""The letter first, then what stands before it: so a search goes from one such letter to the next."""
_READINGS = {"l": "I", "I": "l", "0": "Oo", "1": "lI", "|": "lI"}
_MISREAD_WORD = regex.compile(r"(?<![\w|/@.#\-])[\p{L}01|]{5,40}+(?![\w|/@])")
_MOST_MISREAD = 3
"""Letters of a word: eight readings at most are looked up."""


def mixed(text: str) -> list[Change]:
    """Put right the words that mix Latin with look-alike Cyrillic or Greek letters.

    The script of most of a word's letters is the right one; of half of them, Latin where both would do.
    """
    if text.isascii() or _FOREIGN.search(text) is None:
        return []
    found = []
    for match in _FOREIGN_WORD.finditer(text):
        word = match.group()
        latin = len(_LATIN.findall(word))
        if not 0 < latin < len(word):
            continue
        mapping = _TO_LATIN if 2 * latin >= len(word) or not _fits(word, _TO_CYRILLIC) else _TO_CYRILLIC
        wrong = _TO_CYRILLIC if mapping is _TO_CYRILLIC else None
        right = "".join(mapping.get(char, char) for char in word)
        if _is_one_script(right, latin=wrong is None):
            found += _changed(match.start(), word, right, "homoglyph", "scripts mixed in a word")
    return found


def _fits(word: str, mapping: dict[str, str]) -> bool:
    return all(char in mapping for char in _LATIN.findall(word))


def _is_one_script(word: str, *, latin: bool) -> bool:
    letters = len(_LATIN.findall(word))
    return letters == len(word) if latin else letters == 0


def twins(text: str) -> list[Change]:
    """Put right the words all of look-alike letters whose Latin twin stands elsewhere in the article."""
    if text.isascii() or _FOREIGN.search(text) is None:
        return []
    known: set[str] | None = None
    found = []
    for match in _FOREIGN_WORD.finditer(text):
        word = match.group()
        right = "".join(_TO_LATIN.get(char, "") for char in word)
        if len(right) != len(word):
            continue
        known = known if known is not None else set(_WORD.findall(text))
        if right in known:
            found.append(Change(match.start(), match.end(), right, "homoglyph", f"{right} elsewhere"))
    return found


def misread(text: str) -> list[Change]:
    """Put right the words with l for I, 0 for O and the like, where the right word stands elsewhere in the article.

    >>> [(change.start, change.after) for change in misread("OpenAI dan OpenAl")], misread("OpenAl dan Al Jazeera")
    ([(16, 'I')], [])
    """
    known: set[str] | None = None
    found: list[Change] = []
    for match in _candidates(text):
        word = match.group()
        places = [place.start() - match.start() for place in _MISREAD.finditer(text, match.start(), match.end())]
        if not 0 < len(places) <= _MOST_MISREAD:
            continue
        known = known if known is not None else set(_WORD.findall(text))
        right = next((one for one in _readings(word, places) if one in known and not _MISREAD.search(one)), "")
        if right:
            found += _changed(match.start(), word, right, "ocr", f"{right} elsewhere")
    return found


def _candidates(text: str) -> Iterator[regex.Match[str]]:
    """Give the words in which a letter may be misread, each once however many such letters it has."""
    end = 0
    for place in _MISREAD.finditer(text):
        if place.start() < end:
            continue
        start = place.start()
        while start > max(end, place.start() - 40) and (text[start - 1].isalnum() or text[start - 1] == "|"):
            start -= 1
        match = _MISREAD_WORD.match(text, start)
        if match is not None and len(match.group()) >= _SHORTEST:
            end = match.end()
            yield match


def _readings(word: str, places: Sequence[int]) -> Iterator[str]:
    """Give the words that it may be."""
    for letters in itertools.product(*(_READINGS[word[place]] for place in places)):
        reading = list(word)
        for place, letter in zip(places, letters, strict=True):
            reading[place] = letter
        yield "".join(reading)


def _changed(start: int, word: str, right: str, rule: str, evidence: str) -> list[Change]:
    """Give a change of each letter that is another."""
    return [
        Change(start + at, start + at + 1, new, rule, evidence)
        for at, (old, new) in enumerate(zip(word, right, strict=True))
        if old != new
    ]


PASSES: tuple[Callable[[str], list[Change]], ...] = (mixed, twins, misread)
"""In this order: a word put right is evidence for the next."""
