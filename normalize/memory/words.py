"""What similar sources are found by: the words of a source, and its form without the numbers, as 64-bit hashes."""

from __future__ import annotations

import hashlib

import regex

__all__ = ["NUMBER", "form", "letters", "similarity", "words"]

NUMBER = regex.compile(r"(?<!\d)(?:\d{1,3}(?:[\u00a0\u202f\u2009 ]\d{3}(?!\d))++|\d+)(?:[.,]\d+)*+")
"""A number in digits with its marks; a blank within parts only thousands."""

_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|\d[\d.,]*|\p{L}[\p{L}\p{M}]*"
)
"""A word; a single sign in scripts that put no blanks between words."""

_MOST = 200
"""Words of one source that are entered; no sentence has more."""

_SHOWN = 1_500
"""Characters of each text that are compared."""


def form(text: str, pair: tuple[str, str]) -> int | None:
    """Hash a source as it is without its numbers; None where it has none.

    >>> form("naik 5 persen", ("id", "en")) == form("naik 1.250 persen", ("id", "en"))
    True
    """
    bare, count = NUMBER.subn("\0", text)
    return _hash(bare, pair) if count else None


def words(text: str, pair: tuple[str, str]) -> list[int]:
    """Hash the different words of a source, all numbers as one."""
    return [_hash(word, pair) for word in sorted(set(letters(text)))[:_MOST]]


def letters(text: str) -> list[str]:
    """Give the words of a text in small letters, each number as `0`.

    >>> letters("Dua orang tewas, 12 luka-luka")
    ['dua', 'orang', 'tewas', '0', 'luka', 'luka']
    """
    return ["0" if word[0].isdecimal() else word for word in _WORD.findall(text.casefold())]


def similarity(one: str, other: str) -> float:
    """Say how alike two texts are, from 0 to 1: the share of their characters in their longest common subsequence.

    Case counts for nothing. It is `2 * LCS / (len + len)`, the LCS by the bit-parallel algorithm of Hyyrö (2004): one
    step on a long integer for each character.

    >>> similarity("Harga beras naik", "Harga beras turun"), similarity("a", "b")
    (0.7878787878787878, 0.0)
    """
    first, second = one.casefold()[:_SHOWN], other.casefold()[:_SHOWN]
    if not first or not second:
        return float(first == second)
    places: dict[str, int] = {}
    for at, char in enumerate(first):
        places[char] = places.get(char, 0) | 1 << at
    full = (1 << len(first)) - 1
    row = full
    for char in second:
        match = row & places.get(char, 0)
        row = (row + match | row - match) & full
    return 2 * (len(first) - row.bit_count()) / (len(first) + len(second))


def _hash(text: str, pair: tuple[str, str]) -> int:
    data = "\0".join((*pair, text)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)
