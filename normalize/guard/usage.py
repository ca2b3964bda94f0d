"""How an article's sentences write the words of its headings, whose own capitals do not say which are names."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import regex

__all__ = ["WORD", "Usage"]

WORD = regex.compile(r"[\p{L}\p{M}]+(?:[’'-][\p{L}\p{M}]+)*")

_GOES_ON = regex.compile(r"[\p{L}\p{M}\p{N},]\s")
"""What stands before a word that begins no sentence, quotation or item of a list."""

_LONGEST_ABBREVIATION = 5
"""Letters; a longer word in capitals within a sentence is shouted, which says nothing of how it is written."""


class Usage:
    """The words of some sentences, by how they are written there."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._small: set[str] = set()
        self._alone: dict[str, str] = {}
        self._names: dict[tuple[str, str], tuple[str, str]] = {}
        self._first: dict[tuple[str, str], tuple[str, str]] = {}  # where a sentence begins: the first may be no name
        for sentence in sentences:
            self._read(sentence)

    def _read(self, sentence: str) -> None:
        words = list(WORD.finditer(sentence))
        within = set[int]()
        for (at, before), after in zip(enumerate(words), words[1:], strict=False):
            one, two = str(before[0]), str(after[0])
            if _is_capitalised(one) and _is_capitalised(two) and after.start() == before.end() + 1:
                names = self._names if _goes_on(sentence, before.start()) else self._first
                names.setdefault((one.lower(), two.lower()), (one, two))
                within |= {at, at + 1}
        for at, match in enumerate(words):
            word = str(match[0])
            if word.islower():
                self._small.add(word)
            elif at not in within and _is_capitalised(word) and _goes_on(sentence, match.start()):
                self._alone.setdefault(word.lower(), word)

    def forms(self, heading: str) -> dict[str, str]:
        """Give the words of a heading as the sentences write them, by the same words in small letters.

        A word written small somewhere has no capital, unless it and the word beside it are part of a name there.
        Nothing is said of words that stand only where a sentence begins, or only as part of another name.

        >>> usage = Usage(["Suku bunga Bank Indonesia tinggi.", "Pada Senin bunga bank lain turun, kata OpenAI."])
        >>> usage.forms("OPENAI: BUNGA NAIK")
        {'openai': 'OpenAI', 'bunga': 'bunga'}
        >>> usage.forms("Bank Indonesia"), usage.forms("Bank Naikkan Bunga")
        ({'bank': 'Bank', 'indonesia': 'Indonesia'}, {'bank': 'bank', 'bunga': 'bunga'})
        """
        words = [str(match[0]).lower() for match in WORD.finditer(heading)]
        forms = {word: self._alone[word] for word in words if word in self._alone}
        forms |= {word: word for word in words if word in self._small}
        for pair in itertools.pairwise(words):
            if pair in self._names or (pair in self._first and pair[0] not in self._small):
                forms |= zip(pair, self._names.get(pair) or self._first[pair], strict=True)
        return forms


def _goes_on(sentence: str, at: int) -> bool:
    """Whether a sentence is under way at a place: a word there has a capital of its own."""
    return _GOES_ON.fullmatch(sentence, max(0, at - 2), at) is not None


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and not (word.isupper() and len(word) > _LONGEST_ABBREVIATION)
