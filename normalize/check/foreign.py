"""Words that translations into English do not keep, by language, and what they say instead.

The lists are made by `training/quality/foreign.py`, the English of their words by `training/rare.py`.
"""

from __future__ import annotations

import functools
from pathlib import Path

__all__ = ["in_english", "is_foreign", "may_change"]

_FOLDER = Path(__file__).parent / "words"


@functools.cache
def _listed(language: str) -> frozenset[str]:
    file = _FOLDER / f"{language}.txt"
    known = language.isalpha() and file.is_file()
    return frozenset(file.read_text(encoding="utf-8").split()) if known else frozenset()


@functools.cache
def _english(language: str) -> dict[str, str]:
    file = _FOLDER / f"{language}-en.tsv"
    if not (language.isalpha() and file.is_file()):
        return {}
    rows = (line.partition("\t") for line in file.read_text(encoding="utf-8").splitlines())
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
