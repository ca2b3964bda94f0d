"""Words that translations into English do not keep, by language, and what they say instead.

The lists are made by `training/quality/foreign.py`, the English of their words by `training/rare.py`.
"""

from __future__ import annotations

import functools
from pathlib import Path

__all__ = ["in_english", "is_foreign", "listed_lines", "may_change"]

_FOLDER = Path(__file__).parent / "words"


def listed_lines(language: str, ending: str) -> list[str]:
    """Read a list of a language; a language that has none, or is no plain word, has no lines."""
    file = _FOLDER / f"{language}{ending}"
    return file.read_text(encoding="utf-8").splitlines() if language.isalpha() and file.is_file() else []


@functools.cache
def _listed(language: str) -> frozenset[str]:
    return frozenset(listed_lines(language, ".txt"))


@functools.cache
def _english(language: str) -> dict[str, str]:
    rows = (line.partition("\t") for line in listed_lines(language, "-en.tsv"))
    return {word: english for word, _, english in rows}


def in_english(word: str, language: str) -> str:
    """Give what people who translate into English say for a word, written as it is given; nothing where that varies.

    >>> in_english("cahaya", "id"), in_english("Hambourg", "fr"), in_english("hotel", "id")
    ('light', 'Hamburg', '')
    """
    return _english(language).get(word, "")


def is_foreign(word: str, language: str) -> bool:
    """Whether people who translate from a language into English do not keep a word, written as it is given.

    >>> is_foreign("cahaya", "id"), is_foreign("hotel", "id"), is_foreign("Londres", "fr"), is_foreign("cahaya", "sw")
    (True, False, True, False)
    """
    return word in _listed(language)


def may_change(name: str, language: str) -> bool:
    """Whether people who translate from a language into English often write a capitalised word in another way.

    >>> may_change("Jerman", "id"), may_change("Bandung", "id")
    (True, False)
    """
    return name in _listed(language) or f"{name}~" in _listed(language)
