"""What of the source has no counterpart in the target: names, and the better part of what is said."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator

import regex

from normalize.check import exonyms, lexicon, literals, tokens
from normalize.check.content import length
from normalize.check.foreign import may_change
from normalize.check.names import absent, names, stands
from normalize.check.subject import Found, Subject
from normalize.corpus import Span

__all__ = ["coverage", "lost_names"]

_SAME_SOUND = (
    ("kh", "k"), ("sch", "s"), ("ch", "s"), ("sh", "s"), ("ph", "f"), ("dj", "j"), ("tj", "c"), ("ou", "u"),
    ("w", "u"), ("q", "k"), ("ce", "se"), ("ci", "si"), ("c", "k"), ("y", "i"), ("z", "s"), ("x", "ks"), ("v", "f"),
    ("h", ""),
)  # fmt: skip
"""Letters in which the spelling of one name differs between languages; the first is written as the second."""

_ALIKE = 3
"""Letters at the beginning of a word that make it the name in another spelling, when folded."""
_NAME = regex.compile(r"\p{Lu}\p{Ll}+")
_LONG = 6  # letters of a name that is looked for garbled
_STEM = 4  # letters at its beginning that are there
_CUT = 3  # letters that are cut off; fewer may be an ending
_FORMS = lexicon.words("an ian ese ish ns ans ians eans ites ite ic ist ists ism er ers is es ia us ius")
"""What English adds to a name, besides a single letter."""
_ENDINGS = ("land", "stan", "isme", "ique", "ien", "iens")
"""What names end in that have a shorter relative: Thailand, Thai."""

_SKELETON = 3  # consonants at the beginning that do so too: France, French
_VOWELS = str.maketrans("", "", "aeiou")
_RENDERED = lexicon.words("Kabupaten Kecamatan Provinsi Republik Internet Program Union")
"""Capitalised words that belong to a name, and that English renders, or leaves out."""
_SHORTEST = 4  # letters of a name
_MOST_NAMES = 6  # of a source; with more it is a list, and its entries are adapted in too many ways
_MESSAGE_NAMES = 3

_HEADING = 0.6  # share of capitalised words
_LEAST_CHARACTERS = 60  # of a source: shorter ones say the same at any length
_WORDS_RATIO = {("id", "en"): 1.0, ("fr", "en"): 0.81}
"""Different telling words of the target to one of the source, the median of FLORES-200 dev."""


@functools.lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    """Write a word so that spellings of one name in several languages begin alike.

    >>> _folded("Khrouchtchev"), _folded("Khrushchev")
    ('krustsef', 'krussef')
    >>> _folded("Éthiopie")[:4] == _folded("Ethiopia")[:4]
    True
    """
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(char)
    )
    for letters, other in _SAME_SOUND:
        plain = plain.replace(letters, other)
    return plain


def lost_names(subject: Subject) -> Iterator[Found]:
    """Find names of the source that the target has in no spelling, outside headings and what English may rename."""
    source, target, language = subject.source, subject.target, subject.source_language
    if subject.target_language != "en" or language not in lexicon.FUNCTION_WORDS:
        return
    masked = literals.mask(source)
    if not any(_is_kept(name, language) for name in absent(masked, target)):
        return  # most often all names are there
    named = _wanted(masked, language)
    missing = [name for name in named if not stands(name, target)]
    # What the glossary has another form for is not to stand as it is; `terminology` reports what could not be placed.
    missing = [name for name in missing if not any(name in one.surface for one in subject.unit.receipts)]
    if not missing or len(named) > _MOST_NAMES:
        return
    for name in missing:
        if (shown := _garbled(name, source, target)) is not None:
            yield f"“{shown.of(target)}” should be “{name}”", shown
            return
    written = {_folded(word) for word in tokens.words(target)}
    starts = {word[:_ALIKE] for word in written} | {_skeleton(word) for word in written}
    lost = [name for name in missing if not _stands(_folded(name), written, starts)]
    if lost:
        yield f"missing: {', '.join(lost[:_MESSAGE_NAMES])}", None


def _garbled(name: str, source: str, target: str) -> Span | None:
    """Find what begins as a name does and goes on as no form of it: Trentonara for Trenton, Well for Wellington."""
    if len(name) < _LONG:
        return None
    for match in _NAME.finditer(target):
        word = match[0]
        if stands(word, source) or word[:_STEM] != name[:_STEM]:
            continue
        longer = word.startswith(name) and len(word) > len(name) + 1 and word[len(name) :] not in _FORMS
        shorter = name.startswith(word) and len(name) - len(word) >= _CUT and not name.endswith(_ENDINGS)
        if longer or shorter:
            return Span(start=match.start(), end=match.end())
    return None


@functools.lru_cache(maxsize=4096)  # the guard tries many targets of one source
def _wanted(source: str, language: str) -> tuple[str, ...]:
    """Give the names of a source that English would keep: no common words, and none that people translate."""
    return tuple(name for name in names(source) if _is_kept(name, language))


@functools.lru_cache(maxsize=4096)
def _is_kept(name: str, language: str) -> bool:
    """Whether English would most likely keep a capitalised word."""
    changes = name in _RENDERED or may_change(name, language) or exonyms.has_english(name, language)
    return len(name) >= _SHORTEST and not changes and not exonyms.is_common(name.lower(), language)


def _stands(name: str, written: set[str], starts: set[str]) -> bool:
    """Whether a folded name is among folded words, or one begins like it, or has it inside."""
    alike = name in written or name[:_ALIKE] in starts or _skeleton(name) in starts
    return alike or any(name in word for word in written)


def _skeleton(folded: str) -> str:
    """Give a folded word's first consonants, in capitals; where they are too few to tell it by, the whole word.

    >>> _skeleton(_folded("France")) == _skeleton(_folded("French")), _skeleton("go")
    (True, 'go')
    """
    consonants = folded.translate(_VOWELS)[:_SKELETON]
    return consonants.upper() if len(consonants) == _SKELETON else folded


def coverage(subject: Subject, *, shortest: float = 0.68, fewest: float = 0.8) -> Iterator[Found]:
    """Find a target that is short for its source and lacks telling words too, so that a part is probably missing.

    `shortest` is the least of the usual length of a target of this pair that a good one has, `fewest` the least of the
    usual number of different words that are not grammar. What `length` reports is not reported again.
    """
    pair = subject.source_language, subject.target_language
    if pair not in _WORDS_RATIO or len(subject.source) < _LEAST_CHARACTERS:
        return
    usual = len(subject.source.strip()) * lexicon.LENGTH_RATIO[pair]
    short = len(subject.target.strip()) / usual
    if short > shortest or _headed(subject.source) or any(length(subject)):
        return
    given, told = _telling(subject.source, pair[0]), _telling(subject.target, pair[1])
    if given and told <= fewest * _WORDS_RATIO[pair] * given:
        yield f"{told} telling words for {given}, at {short:.0%} of the usual length", None


def _headed(source: str) -> bool:
    """Whether most words begin with a capital, as in a heading, of which English makes what it likes."""
    words = tokens.words(source)
    return sum(word[0].isupper() for word in words) > _HEADING * len(words)


def _telling(text: str, language: str) -> int:
    """Count the different words of a text that are not grammar."""
    words = set(tokens.folded(literals.mask(text)))
    return len(words - lexicon.FUNCTION_WORDS.get(language, frozenset()))
