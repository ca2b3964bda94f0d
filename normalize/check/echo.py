"""Words that come back in the target within a few words, as models stutter: "the hands of the hands"."""

from __future__ import annotations

import itertools
import operator
from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from normalize.check import lexicon, literals, tokens
from normalize.check.subject import Found, Subject
from normalize.check.tokens import Match, Words, parts
from normalize.corpus import Span

__all__ = ["echo", "echoes"]

_WORDS = Words("[<L><N>]+(?:['’][<L>]+)?")
_TAIL = regex.compile(r"(?:['’]s|s['’]?)$")

_MOST_WORDS = 400  # in a segment; longer ones are looked at that far
_FEWEST_WORDS = 4  # of a segment in which one comes back
_SHORTEST = 3  # letters of a word that has a meaning of its own
_SHOWN = 60  # characters of a finding's message
_NEAR = 4  # words from one to the next, at the most
_STOP = regex.compile(r"[.!?;:,()\"“”–—]")
_COPULA = lexicon.words("is are was were")
_IDIOMS = lexicon.words("to by and or after upon against for vs versus")
"""A word that alone parts a word from itself in idioms: day to day, more and more, year after year."""


def _words(text: str) -> list[Match]:
    return list(itertools.islice(_WORDS.finditer(literals.mask(text)), _MOST_WORDS))


def _folded(text: str) -> tuple[str, ...]:
    masked = literals.mask(text)
    found = parts(_WORDS, masked)
    folded = tokens.folded(masked) if found is tokens.words(masked) else tuple(map(str.casefold, found))
    return folded[:_MOST_WORDS]


def _may_echo(text: str, small: frozenset[str]) -> bool:
    """Whether a telling word comes back as the next one, or two do anywhere: otherwise there is no echo to look for."""
    stems = [
        word.removesuffix("s") if word.isalpha() else _TAIL.sub("", word)
        for word in _folded(text)
        if (word not in small if word.isalpha() else "'" in word or "’" in word)
    ]
    telling = [stem for stem in stems if len(stem) >= _SHORTEST]
    return len(telling) - len(set(telling)) > 1 or any(map(operator.eq, telling, telling[1:]))


def _stems(text: str, small: frozenset[str]) -> tuple[list[str], list[str]]:
    """Give each word without case and number, and again with nothing for words of grammar, short ones and figures."""
    low, stems = [], []
    for word in _folded(text):
        if "'" in word or "’" in word:
            stem = _TAIL.sub("", word)
            telling = len(stem) >= _SHORTEST
        else:
            stem = word.removesuffix("s")
            telling = len(stem) >= _SHORTEST and word not in small and word.isalpha()
        low.append(stem)
        stems.append(stem if telling else "")
    return low, stems


def _surplus(stems: Sequence[str]) -> int:
    """Count the words said before, a word and its inflections being one."""
    counts = Counter(stem[:5] for stem in stems if stem)
    return counts.total() - len(counts)


def echoes(source: str, target: str, source_language: str, target_language: str) -> list[tuple[Span, Span]]:
    """Give (first, again) of each word or phrase that comes back without need, if more does than in the source.

    A word comes back near by, with only words of grammar between; one
    of two telling words likewise; a phrase of four words, two of them telling, anywhere.

    >>> target = "A sign of the hands of the hand."
    >>> [(one.of(target), again.of(target)) for one, again in echoes("Isyarat tangan.", target, "id", "en")]
    [('hands', 'hand')]
    >>> echoes("Tangan di atas tangan.", "A hand on the hand.", "id", "en")
    []
    """
    small = lexicon.FUNCTION_WORDS.get(target_language, frozenset())
    if not _may_echo(target, small):
        return []
    low, stems = _stems(target, small)
    if len(stems) < _FEWEST_WORDS:
        return []
    telling = [at for at, stem in enumerate(stems) if stem]
    near, phrases = _near(stems, telling), _phrases(low, stems)
    if not near and not phrases:
        return []
    words = _words(target)
    found = [(_span(words[one], words[one]), _span(words[again], words[again])) for one, again in near
             if _needless(target, words, one, again)]  # fmt: skip
    found += [(_span(words[one], words[one + size - 1]), _span(words[again], words[again + size - 1]))
              for one, again, size in phrases]  # fmt: skip
    if not found:
        return []
    _, given = _stems(source, lexicon.FUNCTION_WORDS.get(source_language, frozenset()))
    return found if _surplus(stems) > _surplus(given) else []


def _near(stems: Sequence[str], telling: Sequence[int]) -> list[tuple[int, int]]:
    """Give the numbers of the telling words that come back with only words of grammar between."""
    last: dict[str, int] = {}
    found = []
    previous = -1
    for at in telling:
        before = last.get(stems[at], at)
        last[stems[at]] = at
        if before == previous and 1 < at - before <= _NEAR:
            found.append((before, at))
        previous = at
    return found


def _needless(target: str, words: Sequence[Match], one: int, again: int) -> bool:
    """Whether a word that comes back is no idiom, name, or part of another clause."""
    first, second = words[one], words[again]
    between = [match[0].casefold() for match in words[one + 1 : again]]
    idiom = len(between) == 1 and between[0] in _IDIOMS
    names = first[0].istitle() and second[0].istitle()
    return not (idiom or names or _COPULA & set(between) or _STOP.search(target[first.end() : second.start()]))


def _phrases(low: Sequence[str], stems: Sequence[str]) -> list[tuple[int, int, int]]:
    """Give (first, again, words) of the phrases that come back, each word in the same form."""
    found = []
    for size, farthest in ((4, len(low)), (2, 4)):
        phrases = list(zip(*(low[at:] for at in range(size)), strict=False))
        if len(set(phrases)) == len(phrases):
            continue
        seen: dict[tuple[str, ...], int] = {}
        for at, phrase in enumerate(phrases):
            before = seen.setdefault(phrase, at)
            if size == 2 and "and" in low[before + size : at]:  # World War I and World War II
                continue
            if size <= at - before <= farthest and sum(map(bool, stems[at : at + size])) >= 2:
                found.append((before, at, size))
                break
    return found


def _span(first: Match, last: Match) -> Span:
    return Span(start=first.start(), end=last.end())


def echo(subject: Subject) -> Iterator[Found]:
    """Find words that come back within a few words in the target, and do not in the source."""
    for first, again in echoes(subject.source, subject.target, subject.source_language, subject.target_language):
        where = Span(start=first.start, end=again.end)
        text = " ".join(where.of(subject.target).split())
        yield f"“{text}”" if len(text) <= _SHOWN else f"“{again.of(subject.target)}” again", where
