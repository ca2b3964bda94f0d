"""Checks of whether the target says what the source says, no less and no more."""

from __future__ import annotations

import functools
import itertools
import operator
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import regex

from normalize import language
from normalize.check import lexicon, literals, tokens
from normalize.check.subject import Found, Subject
from normalize.corpus import Span

__all__ = [
    "copied", "empty", "ending", "foreign", "length", "loop", "repetition", "salad", "truncated", "unfinished",
    "untranslated",
]  # fmt: skip

_LATIN = regex.compile(r"\p{Latin}")
_END = regex.compile(r"[.!?…。！？।؟][”’\"'»)\]\s]*$")
_FINAL = frozenset(".!?…。！？।؟")
_OTHER_SCRIPT = re.compile(r"[^\x00-\xb4\xb6-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")
"""What may be a letter of another script; most texts have nothing of the kind."""

_STUTTER = regex.compile(r"(?P<part>[\p{L}\p{M}]{1,6}?)(?P=part){5,}")
_LATIN_LANGUAGES = lexicon.words("cs da de en es et fi fr hr hu id it lt lv ms nb nl pl pt ro sk sl sv sw tl tr vi")

_RUN = 5
"""Words in a row that stand in both source and target, so that they must have been copied."""

_MOST_WORDS = 4000
"""Words of a target that are looked at for loops."""


def _texts(text: str) -> tuple[str, ...]:
    return tokens.words(literals.mask(text))[:_MOST_WORDS]


def _folded(text: str) -> tuple[str, ...]:
    """Give the words without regard to case."""
    return tokens.folded(literals.mask(text))[:_MOST_WORDS]


def _words(text: str) -> tuple[tokens.Match, ...]:
    """Give the words with their places."""
    return tuple(itertools.islice(tokens.WHOLE.finditer(literals.mask(text)), _MOST_WORDS))


def _show(text: str, most: int = 60) -> str:
    text = " ".join(text.split())
    return f"“{text if len(text) <= most else text[: most - 1] + '…'}”"


def empty(subject: Subject) -> Iterator[Found]:
    """Find a source with words and a target without any."""
    if subject.target[:1].isalnum():  # most often it begins with a word
        return
    pattern = tokens.WHOLE.pattern
    if not pattern.search(subject.target) and pattern.search(subject.source):
        yield f"no translation of {_show(subject.source)}", None


def copied(subject: Subject) -> Iterator[Found]:
    """Find a target that is the source again, unless that is all names and numbers."""
    low, target = subject.source.casefold(), _folded(subject.target)
    if not all(map(low.__contains__, target)) or _folded(subject.source) != target:
        return
    if sum(word.islower() and len(word) > 2 for word in _texts(subject.source)) >= 3:
        yield f"the source stands as the target: {_show(subject.target)}", None


def untranslated(subject: Subject) -> Iterator[Found]:
    """Find words of the source's grammar left in the target, outside what `copied` reports."""
    function_words = lexicon.FUNCTION_WORDS.get(subject.source_language)
    target = _texts(subject.target)
    if not function_words or function_words.isdisjoint(target):
        return
    if subject.source_language == subject.target_language or any(copied(subject)):
        return
    source = _texts(subject.source)
    of_source, runs_of_source = set(source), set(_runs(source))
    left = [
        at for at, word in enumerate(target[:-1])
        if word in function_words and word in of_source and target[at + 1] in of_source and target[at + 1].islower()
    ]  # fmt: skip
    runs = [
        at for at, run in enumerate(_runs(target))
        if run in runs_of_source and sum(map(str.islower, run)) >= 3 and not function_words.isdisjoint(run)
    ]  # fmt: skip
    if len({target[at] for at in left}) >= 2 or runs:
        start, end = min(left + runs), max([at + 1 for at in left] + [at + _RUN - 1 for at in runs])
        places = _words(subject.target)
        span = Span(start=places[start].start(), end=places[end].end())
        yield f"left in the source's language: {_show(span.of(subject.target))}", span


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(_RUN)), strict=False)


def foreign(subject: Subject, *, least_letters: int = 60, confidence: float = 0.8) -> Iterator[Found]:
    """Find a target in another language or script than it should be; one of fewer than `least_letters` is let pass."""
    other_script = not subject.target.isascii() and _OTHER_SCRIPT.search(subject.target) is not None
    if not other_script and _reads_well(subject):
        return
    letters = sum(map(str.isalpha, subject.target))
    if other_script and subject.target_language in _LATIN_LANGUAGES and letters >= 6:
        latin = len(_LATIN.findall(subject.target))
        if latin < 0.6 * letters:
            other = letters - latin
            yield f"{other} of {letters} letters are of another script: {_show(subject.target)}", None
            return
    if letters < least_letters or _reads_well(subject):
        return
    if not other_script and language.is_borne_out(subject.target, subject.target_language):
        return
    found = language.detect(subject.target, hint=subject.target_language)
    if found.language.partition("-")[0] != subject.target_language and found.confidence >= confidence:
        yield f"reads as {language.name(found.language)}: {_show(subject.target)}", None


def _reads_well(subject: Subject) -> bool:
    """Whether so many of the target's words are its language's grammar that detecting it is a waste of time."""
    function_words = lexicon.FUNCTION_WORDS.get(subject.target_language)
    words = _folded(subject.target)
    return function_words is not None and sum(map(function_words.__contains__, words)) * 6 >= len(words)


def length(subject: Subject, *, tolerance: float = 1.0) -> Iterator[Found]:
    """Find a target much shorter or longer than targets of this pair of languages are; see `lexicon.LENGTH_RATIO`.

    `tolerance` multiplies the ratio that is allowed.
    """
    usual = lexicon.LENGTH_RATIO.get((subject.source_language, subject.target_language), 1.0)
    known = (subject.source_language, subject.target_language) in lexicon.LENGTH_RATIO
    source, target = len(subject.source.strip()) * usual, len(subject.target.strip())
    if not source or not target:
        return
    ratio, longer = target / source, max(source, target)
    # The spread of human translations, in characters, narrows with length: 1.7 at 200, 3 at 20 (FLORES, Tatoeba).
    allowed = (1.55 + 25 / longer) * (1.0 if known else 1.5) * tolerance
    if longer >= 25 and not 1 / allowed <= ratio <= allowed:
        kind = "short" if ratio < 1 else "long"
        yield f"{kind} for its source: {target} characters where about {source:.0f} are usual", None


def truncated(subject: Subject) -> Iterator[Found]:
    """Report that the engine hit a limit."""
    if subject.truncated:
        yield f"a limit of the model cut the answer off after {_show(subject.target[-40:])}", None


def _ends(text: str) -> bool:
    """Whether a text without space at its end has a final mark there."""
    return text[-1:] in _FINAL or _END.search(text) is not None


def unfinished(subject: Subject) -> Iterator[Found]:
    """Find a target that breaks off: on a word no sentence ends in, or with a comma, where the source ends."""
    target = subject.target.rstrip()
    if _ends(target) or not _ends(subject.source.rstrip()) or len(_texts(target)) < 3:
        return
    words = _words(target)
    if words[-1].end() == len(target) and words[-1][0].lower() in lexicon.UNFINISHED.get(subject.target_language, ()):
        yield f"ends in the middle of a sentence: {_show(target[-40:])}", Span(start=words[-1].start(), end=len(target))
    elif target[-1] in ",-–—(/" and subject.source.rstrip()[-1] != target[-1]:
        yield f"ends in the middle of a sentence: {_show(target[-40:])}", Span(start=len(target) - 1, end=len(target))


def ending(subject: Subject) -> Iterator[Found]:
    """Find a target that ends without a mark where the source has one, outside what `unfinished` reports."""
    target = subject.target.rstrip()
    if not target[-1:].isalnum() or not _ends(subject.source.rstrip()):
        return
    if len(_texts(target)) >= 6 and not any(unfinished(subject)):
        yield f"ends without a mark: {_show(target[-40:])}", None


def _repeated(words: Sequence[str]) -> tuple[int, int, int]:
    """Give (times, start, size) of the phrase of up to eight words most often repeated in a row."""
    best = (1, 0, 0)
    again = len(words) - len(set(words))  # words said before: a phrase of more words cannot come twice
    for size in range(1, min(8, again) + 1):
        if sum(map(operator.eq, words, words[size:])) < size:  # most often so few that they cannot be in a row
            continue
        same = 0
        for at in range(len(words) - size):
            same = same + 1 if words[at] == words[at + size] else 0
            if (same + size) // size > best[0]:
                best = ((same + size) // size, at + 1 - same, size)
    return best


@functools.lru_cache(maxsize=16)
def repetition(text: str) -> tuple[int, int, int]:
    """Give (times, first word, words) of the phrase most often said in a row; (1, 0, 0) when none is said twice."""
    return _repeated(_folded(text))


def loop(subject: Subject, *, word_times: int = 4, phrase_times: int = 3) -> Iterator[Found]:
    """Find a phrase, or letters, said over and over in the target and not in the source."""
    times, start, size = repetition(subject.target)
    enough = word_times if size == 1 else phrase_times
    if times >= enough and times > repetition(subject.source)[0]:
        target = _words(subject.target)
        span = Span(start=target[start].start(), end=target[start + times * size - 1].end())
        yield f"{_show(subject.target[span.start : target[start + size - 1].end()])} {times} times in a row", span
    elif (stutter := _stutter(subject.target)) and not _stutter(subject.source):
        yield f"letters repeated: {_show(stutter.of(subject.target))}", stutter


def _stutter(text: str) -> Span | None:
    """Find the same letters six times in a row within a word."""
    words = _texts(text)
    # most words have too few letters, or, up to eleven, another one in sixth place than beside it; the pattern is slow
    for letters in [
        word for word in words
        if len(word) > 5 and (word[4:7].count(word[5]) > 1 if len(word) < 12 else len(set(word)) <= len(word) - 5)
    ]:  # fmt: skip
        if match := _STUTTER.search(letters):
            number = words.index(letters)
            start = _words(text)[number].start()
            return Span(start=start + match.start(), end=start + match.end())
    return None


def _fours(text: str) -> Iterator[tuple[str, ...]]:
    words = _folded(text)
    return zip(words, words[1:], words[2:], words[3:], strict=False)


def salad(subject: Subject, *, more: int = 3) -> Iterator[Found]:
    """Find a phrase of four words that comes back, not in a row, `more` times oftener than any does in the source."""
    words = _folded(subject.target)
    if len(words) - len(set(words)) < more + 2:  # fewer words come back than such a phrase would bring
        return
    target = list(_fours(subject.target))
    if len(target) - len(set(target)) < more - 1:  # most often no phrase comes back so often
        return
    counts = [Counter(_fours(subject.source)), Counter(target)]
    most = max(counts[0].values(), default=0)
    phrase, times = max(counts[1].items(), key=lambda item: (item[1], item[0]), default=((), 0))
    if times >= most + more and not any(loop(subject)):
        yield f"{_show(' '.join(phrase))} {times} times", None
