"""What changed between two texts, word by word."""

from __future__ import annotations

import difflib
from typing import NamedTuple

import regex

__all__ = ["Part", "word_changes"]

_TOKEN = regex.compile(r"\s+|[\p{L}\p{M}\p{N}]+|.", regex.DOTALL)

_MOST = 1_000
"""Words that are aligned; the time grows with their square. Longer differences are one change."""


class Part(NamedTuple):
    """A stretch that stands in both texts (`=`), only in the first (`-`), or only in the second (`+`)."""

    sign: str
    text: str


def word_changes(before: str, after: str) -> list[Part]:
    """Give the parts of both texts, in order; those with `=` and `-` are the first, those with `=` and `+` the second.

    >>> [tuple(part) for part in word_changes("It rose again.", "It fell again.")]
    [('=', 'It '), ('-', 'rose'), ('+', 'fell'), ('=', ' again.')]
    """
    one, other = _TOKEN.findall(before), _TOKEN.findall(after)
    head = _shared(one, other)
    tail = _shared(one[head:][::-1], other[head:][::-1])
    middle = one[head : len(one) - tail], other[head : len(other) - tail]
    parts = [Part("=", "".join(one[:head]))]
    if max(map(len, middle)) > _MOST:
        parts += [Part("-", "".join(middle[0])), Part("+", "".join(middle[1]))]
    else:
        matcher = difflib.SequenceMatcher(None, *middle, autojunk=False)
        for tag, start, end, other_start, other_end in matcher.get_opcodes():
            if tag == "equal":
                parts.append(Part("=", "".join(middle[0][start:end])))
            else:
                parts.append(Part("-", "".join(middle[0][start:end])))
                parts.append(Part("+", "".join(middle[1][other_start:other_end])))
    parts.append(Part("=", "".join(one[len(one) - tail :])))
    return [part for part in parts if part.text]


def _shared(one: list[str], other: list[str]) -> int:
    """Give how many tokens both begin with."""
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count
