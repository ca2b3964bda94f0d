"""Names that the model copied, but not letter by letter: "Mosssack", "Massachusets"."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator

import regex

from normalize.check.subject import Found, Subject
from normalize.check.tokens import Words, parts
from normalize.corpus import Span

__all__ = ["absent", "capitalised", "garbled", "misspelt", "names", "respelt", "stands"]

_WORDS = Words("[<L>]+")
_STARTS = regex.compile(r"(?:^|[.!?:;…]\s)[\"“”«»'‘’(\s-]*$")
_JOINED = regex.compile(r"['’-]\p{L}")
_STUTTER = regex.compile(r"(\p{L})\1\1|(\p{L}{2,4})\2")
_SHORTEST = 5  # letters of a name; shorter ones are like too many words
_LEAST_LETTERS = 4  # of a capitalised word that is no mere particle
_MOST = 3  # letters dropped or added
_LEAST = 0.7  # share of a name's letters that is there
_MOST_WORDS = 400
_HEADING_WORDS = 6  # of a heading, at the least
_HEADING = 0.6  # share of capitalised words above which a capital says nothing
_ADAPTED = regex.compile(r"(?:bourg|borg|ou|eau|que|ph|th|dj|tch|ii|ij)")
"""Letters in which the spelling of names differs between languages: Hambourg, Azerbaïdjan."""


def misspelt(source: str, target: str) -> list[tuple[Span, str]]:
    """Give the place of each misspelt name in the target, and the name.

    A name is a capitalised word within a sentence of the source that is not in the target. What stands for it begins
    and ends alike, and only lacks some letters, or stutters: translating a name changes its end, or letters.

    >>> target = "Papers of Mosssack and of Massachusets."
    >>> [(span.of(target), name) for span, name in misspelt("Data Mossack dan Massachusetts.", target)]
    [('Mosssack', 'Mossack'), ('Massachusets', 'Massachusetts')]
    >>> misspelt("Presiden Rusia tiba.", "The president of Russia came.")
    []
    """
    lost = [name for name in absent(source, target) if len(name) >= _SHORTEST]
    if not lost:  # most often all names are there
        return []
    low = source.casefold()
    written = set(map(str.casefold, parts(_WORDS, target)[:_MOST_WORDS]))
    lost = [name for name in lost if name.casefold() not in written]
    alike = {(name[:2], name[-2:]) for name in map(str.casefold, lost)}
    strange = [word for word in written
               if (word[:2], word[-2:]) in alike and len(word) >= _SHORTEST - 1 and word not in low]  # fmt: skip
    if not any(_like(name.casefold(), word) for name in lost for word in strange):
        return []
    lost = [name for name in names(source) if name in lost and len(name) >= _SHORTEST]
    found: list[tuple[Span, str]] = []
    for match in itertools.islice(_WORDS.finditer(target), _MOST_WORDS):
        word = match[0]
        if not word[0].isupper() or len(word) < _SHORTEST - 1 or word.casefold() in low:
            continue
        name = next((name for name in lost if _like(name.casefold(), word.casefold())), "")
        if name:
            found.append((Span(start=match.start(), end=match.end()), name))
    return found


def stands(name: str, target: str) -> bool:
    """Whether a name is in the target as a word, as far as can be seen at once."""
    at = target.find(name)
    while at >= 0 and target[at + len(name) : at + len(name) + 1].isalpha():
        at = target.find(name, at + 1)  # Wellingtonian, and perhaps Wellington after it
    return at >= 0


@functools.lru_cache(maxsize=4096)  # the guard tries many targets of one source
def capitalised(text: str) -> tuple[str, ...]:
    """Give the words that may be names, by their form alone: more than `names`, and sooner.

    >>> capitalised("Kemarin pagi menteri Budi Santoso tiba di Bandung. Mereka pulang.")
    ('Budi', 'Santoso', 'Bandung', 'Mereka')
    """
    words = parts(_WORDS, text)[:_MOST_WORDS]
    words = tuple(dict.fromkeys(words[1:] if text[:1].isalpha() else words))  # the first word of all begins a sentence
    return tuple([word for word in words if len(word) >= _LEAST_LETTERS and word.istitle()])


@functools.lru_cache(maxsize=64)  # two checks, and repairs, ask about the same pair
def absent(source: str, target: str) -> tuple[str, ...]:
    """Give the `capitalised` words of a source that do not stand in the target: more than its names, and sooner."""
    return tuple([word for word in capitalised(source) if word not in target or not stands(word, target)])


def names(text: str) -> list[str]:
    """Give the capitalised words within the sentences of a text, each once; none of a heading.

    >>> names("Kemarin pagi menteri Budi Santoso tiba di Bandung. Dia pulang.")
    ['Budi', 'Santoso', 'Bandung']
    """
    words = list(itertools.islice(_WORDS.finditer(text), _MOST_WORDS))
    if len(words) >= _HEADING_WORDS and sum(match[0][0].isupper() for match in words) > _HEADING * len(words):
        return []
    return list(dict.fromkeys(
        match[0] for match in words
        if len(match[0]) >= _LEAST_LETTERS and match[0].istitle() and not _STARTS.search(text[: match.start()][-12:])
        and not _JOINED.match(text, match.end()) and text[match.start() - 1] != "-"
    ))  # fmt: skip


def _like(name: str, word: str) -> bool:
    """Whether `word` is `name` with letters dropped, or said twice, in the middle, as no other language spells it."""
    if name[:2] != word[:2] or name[-2:] != word[-2:] or name == word or abs(len(name) - len(word)) > _MOST:
        return False
    if _ADAPTED.search(name):
        return False
    if len(word) < len(name):
        return len(word) >= _LEAST * len(name) and _within(word, name)
    # Other languages have a letter more (Russia, Ethiopia), but no stutter.
    return _within(name, word) and bool(_STUTTER.search(word)) and not _STUTTER.search(name)


def _within(short: str, long: str) -> bool:
    """Whether the letters of `short` stand in `long` in their order."""
    letters = iter(long)
    return all(letter in letters for letter in short)


def garbled(subject: Subject) -> Iterator[Found]:
    """Find names that stand misspelt in the target; the glossary's own spelling of one that is garbled is right."""
    for span, name in misspelt(subject.source, subject.target):
        if any(name in one.surface for one in subject.unit.receipts):
            continue
        yield f"“{span.of(subject.target)}” should be “{name}”", span


def respelt(source: str, target: str) -> str:
    """Spell misspelt names as the source does.

    >>> respelt("Data Mossack bocor.", "Papers of Mosssack leaked.")
    'Papers of Mossack leaked.'
    """
    for span, name in reversed(misspelt(source, target)):
        target = target[: span.start] + name + target[span.end :]
    return target
