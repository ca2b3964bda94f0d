"""Checks of whether the target says what the source says, no less and no more."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from normalize import language
from normalize.check import lexicon, literals
from normalize.check.subject import Found, Subject
from normalize.corpus import Span

__all__ = [
    "copied", "empty", "ending", "foreign", "length", "loop", "repetition", "salad", "truncated", "unfinished",
    "untranslated",
]  # fmt: skip

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*")
_LETTER = regex.compile(r"\p{L}")
_LATIN = regex.compile(r"\p{Latin}")
_END = regex.compile(r"[.!?…。！？।؟][”’\"'»)\]\s]*$")
_STUTTER = regex.compile(r"(?P<part>[\p{L}\p{M}]{1,6}?)(?P=part){5,}")
_LATIN_LANGUAGES = lexicon.words("cs da de en es et fi fr hr hu id it lt lv ms nb nl pl pt ro sk sl sv sw tl tr vi")

_RUN = 5
"""Words in a row that stand in both source and target, so that they must have been copied."""

_MOST_WORDS = 4000
"""Words of a target that are looked at for loops."""


@functools.lru_cache(maxsize=16)  # the checks of one unit ask for the same two texts over and over
def _words(text: str) -> tuple[regex.Match[str], ...]:
    return tuple(itertools.islice(_WORD.finditer(literals.mask(text)), _MOST_WORDS))


def _show(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return f"“{text if len(text) <= most else text[: most - 1] + '…'}”"


def empty(subject: Subject) -> Iterator[Found]:
    """Find a source with words and a target without any."""
    if _WORD.search(subject.source) and not _WORD.search(subject.target):
        yield f"no translation of {_show(subject.source)}", None


def copied(subject: Subject) -> Iterator[Found]:
    """Find a target that is the source again, unless that is all names and numbers."""
    source, target = _words(subject.source), _words(subject.target)
    small = sum(word[0].islower() and len(word[0]) > 2 for word in source)
    if small >= 3 and [word[0].casefold() for word in source] == [word[0].casefold() for word in target]:
        yield f"the source stands as the target: {_show(subject.target)}", None


def untranslated(subject: Subject) -> Iterator[Found]:
    """Find words of the source's grammar left in the target, outside what `copied` reports."""
    function_words = lexicon.FUNCTION_WORDS.get(subject.source_language)
    if not function_words or subject.source_language == subject.target_language or any(copied(subject)):
        return
    source, target = [word[0] for word in _words(subject.source)], _words(subject.target)
    of_source, runs_of_source = set(source), set(_runs(source))
    left = [
        at for at, word in enumerate(target[:-1])
        if word[0] in function_words and word[0] in of_source
        and target[at + 1][0] in of_source and target[at + 1][0].islower()
    ]  # fmt: skip
    runs = [
        at for at, run in enumerate(_runs([word[0] for word in target]))
        if run in runs_of_source and sum(map(str.islower, run)) >= 3 and not function_words.isdisjoint(run)
    ]  # fmt: skip
    if len({target[at][0] for at in left}) >= 2 or runs:
        start, end = min(left + runs), max([at + 1 for at in left] + [at + _RUN - 1 for at in runs])
        span = Span(start=target[start].start(), end=target[end].end())
        yield f"left in the source's language: {_show(span.of(subject.target))}", span


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(_RUN)), strict=False)


def foreign(subject: Subject) -> Iterator[Found]:
    """Find a target in another language or script than it should be; short targets are let pass."""
    letters = _LETTER.findall(subject.target)
    if subject.target_language in _LATIN_LANGUAGES and len(letters) >= 6:
        latin = len(letters) if subject.target.isascii() else len(_LATIN.findall(subject.target))
        if latin < 0.6 * len(letters):
            other = len(letters) - latin
            yield f"{other} of {len(letters)} letters are of another script: {_show(subject.target)}", None
            return
    if len(letters) < 60 or _reads_well(subject):
        return
    found = language.detect(subject.target, hint=subject.target_language)
    if found.language.partition("-")[0] != subject.target_language and found.confidence >= 0.8:
        yield f"reads as {language.name(found.language)}: {_show(subject.target)}", None


def _reads_well(subject: Subject) -> bool:
    """Whether so many of the target's words are its language's grammar that detecting it is a waste of time."""
    function_words = lexicon.FUNCTION_WORDS.get(subject.target_language)
    words = _words(subject.target)
    return function_words is not None and sum(word[0].lower() in function_words for word in words) * 6 >= len(words)


def length(subject: Subject) -> Iterator[Found]:
    """Find a target much shorter or longer than targets of this pair of languages are; see `lexicon.LENGTH_RATIO`."""
    usual = lexicon.LENGTH_RATIO.get((subject.source_language, subject.target_language), 1.0)
    known = (subject.source_language, subject.target_language) in lexicon.LENGTH_RATIO
    source, target = len(subject.source.strip()) * usual, len(subject.target.strip())
    if not source or not target:
        return
    ratio, longer = target / source, max(source, target)
    # The spread of human translations, in characters, narrows with length: 1.7 at 200, 3 at 20 (FLORES, Tatoeba).
    allowed = (1.55 + 25 / longer) * (1.0 if known else 1.5)
    if longer >= 25 and not 1 / allowed <= ratio <= allowed:
        kind = "short" if ratio < 1 else "long"
        yield f"{kind} for its source: {target} characters where about {source:.0f} are usual", None


def truncated(subject: Subject) -> Iterator[Found]:
    """Report that the engine hit a limit."""
    if subject.truncated:
        yield f"a limit of the model cut the answer off after {_show(subject.target[-40:])}", None


def unfinished(subject: Subject) -> Iterator[Found]:
    """Find a target that breaks off: on a word no sentence ends in, or with a comma, where the source ends."""
    target = subject.target.rstrip()
    words = _words(target)
    if not _END.search(subject.source.rstrip()) or _END.search(target) or len(words) < 3:
        return
    if words[-1].end() == len(target) and words[-1][0].lower() in lexicon.UNFINISHED.get(subject.target_language, ()):
        yield f"ends in the middle of a sentence: {_show(target[-40:])}", Span(start=words[-1].start(), end=len(target))
    elif target[-1] in ",-–—(/" and subject.source.rstrip()[-1] != target[-1]:
        yield f"ends in the middle of a sentence: {_show(target[-40:])}", Span(start=len(target) - 1, end=len(target))


def ending(subject: Subject) -> Iterator[Found]:
    """Find a target that ends without a mark where the source has one, outside what `unfinished` reports."""
    target = subject.target.rstrip()
    ends = _END.search(subject.source.rstrip())
    if ends and len(_words(target)) >= 6 and target[-1].isalnum() and not any(unfinished(subject)):
        yield f"ends without a mark: {_show(target[-40:])}", None


def _repeated(words: Sequence[str]) -> tuple[int, int, int]:
    """Give (times, start, size) of the phrase of up to eight words most often repeated in a row."""
    best = (1, 0, 0)
    for size in range(1, 9):
        same = 0
        for at in range(len(words) - size):
            same = same + 1 if words[at] == words[at + size] else 0
            if (same + size) // size > best[0]:
                best = ((same + size) // size, at + 1 - same, size)
    return best


@functools.lru_cache(maxsize=16)
def repetition(text: str) -> tuple[int, int, int]:
    """Give (times, first word, words) of the phrase most often said in a row; (1, 0, 0) when none is said twice."""
    return _repeated([word[0].casefold() for word in _words(text)])


def loop(subject: Subject) -> Iterator[Found]:
    """Find a phrase, or letters, said over and over in the target and not in the source."""
    target = _words(subject.target)
    times, start, size = repetition(subject.target)
    enough = 4 if size == 1 else 3
    if times >= enough and times > repetition(subject.source)[0]:
        span = Span(start=target[start].start(), end=target[start + times * size - 1].end())
        yield f"{_show(subject.target[span.start : target[start + size - 1].end()])} {times} times in a row", span
    elif (match := _STUTTER.search(subject.target)) and not _STUTTER.search(subject.source):
        yield f"letters repeated: {_show(match[0])}", Span(start=match.start(), end=match.end())


def _fours(text: str) -> Iterator[tuple[str, ...]]:
    words = [word[0].casefold() for word in _words(text)]
    return zip(*(words[at:] for at in range(4)), strict=False)


def salad(subject: Subject) -> Iterator[Found]:
    """Find a phrase of four words that comes back, not in a row, much oftener than any does in the source."""
    target = list(_fours(subject.target))
    if len(target) - len(set(target)) < 2:  # most often no phrase comes back three times
        return
    counts = [Counter(_fours(subject.source)), Counter(target)]
    most = max(counts[0].values(), default=0)
    phrase, times = max(counts[1].items(), key=lambda item: (item[1], item[0]), default=((), 0))
    if times >= most + 3 and not any(loop(subject)):
        yield f"{_show(' '.join(phrase))} {times} times", None
