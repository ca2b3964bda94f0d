"""Tell texts whose numbers are beyond doubt: a few figures without marks, as most sentences with a number have them.

Reading a text finds all that a number may mean, which takes time; where two texts have the same plain figures and the
same months, and no word that changes what a figure is worth, each number finds its like, whatever else it may mean.
"""

from __future__ import annotations

import functools
import re

from normalize.numbers.literals import mask
from normalize.numbers.numerals import Numerals, numerals_for

__all__ = ["figures", "must_count", "small_words"]

_RUN = re.compile(r"\d+")
_FIGURE = re.compile(
    r"""(?<![^\s(\["“‘'«$€£])
        ([1-9][0-9]{0,3})
        (?=%?[)\]"”’'».,;!?]*(?:\s|$))   # no letter, mark of a range, date or time belongs to it
        (?!\s\d)(?!\s?[:hH]\s?\d)  # 10 500 is one number, and 19 h 30 is""",
    re.VERBOSE,
)
"""A number of one to four digits that stands by itself; it is worth these digits, in every language."""

_WORD = re.compile(r"[^\W\d_]+")  # the standard library's is the faster one here
_SPACES = {code: " " for code in range(128) if not chr(code).isalpha()}
"""For plain text: parting it at spaces is faster than the pattern."""

_EDGES = "()[]\"“”‘’'«».,;:!?"


@functools.lru_cache(maxsize=64)  # the checks and repairs of a unit ask for the same two texts over and over
def small_words(text: str) -> frozenset[str]:
    """Give the words of a text, letters only, in small letters.

    >>> sorted(small_words("d'Octobre 2024, GPT-4o"))
    ['d', 'gpt', 'o', 'octobre']
    """
    small = text.lower()
    return frozenset(small.translate(_SPACES).split() if small.isascii() else _WORD.findall(small))


def must_count(text: str, numerals: Numerals) -> bool:
    """Whether a text may have a number that must have a counterpart: most sentences have none, and are not read."""
    return _RUN.search(text) is not None or not numerals.large.isdisjoint(small_words(text))


@functools.cache
def _changing(language: str) -> frozenset[str]:
    """Give, in small letters, the words that may change what figures beside them are worth, or be a number alone."""
    numerals = numerals_for(language)
    return frozenset() if numerals is None else numerals.large | {mark.lower() for mark in numerals.marks}


@functools.lru_cache(maxsize=64)
def figures(text: str, language: str) -> tuple[frozenset[int], frozenset[int]] | None:
    """Give the numbers and the months of a text, if all its numbers are plain figures; None where one may be more.

    >>> [sorted(found) for found in figures("Pada 20 Mei 2023, 5 orang tiba.", "id")]
    [[5, 20, 2023], [5]]
    >>> figures("Rp 5 juta", "id"), figures("19.30 WIB", "id"), figures("10 500 personnes", "fr")
    (None, None, None)
    """
    numerals = numerals_for(language)
    found: list[str] = _FIGURE.findall(text)
    if numerals is None or len(found) != len(_RUN.findall(text)) or mask(text) != text or "p. 100" in text:
        return None
    words = small_words(text)
    if not words.isdisjoint(_changing(language)):
        return None
    months = {numerals.months[word] for word in words & numerals.months.keys()}
    if months:
        # As a word by itself and with a capital where the language has one; what is a month in part is read.
        alone = [word.strip(_EDGES) for word in text.split()]
        sure = {numerals.months.get(word.lower(), 0) for word in alone if numerals.small_months or word[:1].isupper()}
        if not months <= sure:
            return None
    return frozenset(map(int, found)), frozenset(months)
