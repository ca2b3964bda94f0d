"""The phrases that site furniture is made of (`lexicon.toml`), and how a line is looked up in them."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from importlib import resources
from typing import NamedTuple

__all__ = ["Hit", "fold", "fold_all", "lookup"]

_START_WORDS = 16
"""A `start` phrase counts on lines of at most this many words; longer ones are sentences that happen to begin so."""
_WITHIN_WORDS = 45
_ANSWER_WORDS = 2
_NUMBER = re.compile(r"\d+(?:(?:[.,:]\d+)*[kKmM]?(?!\w))?")
_ARABIC_NUMBER = re.compile(_NUMBER.pattern.replace(r"\d", "[0-9]"))
"""The same where no other digits are, found in a fraction of the time."""
_OTHER_DIGITS = re.compile(r"[\u0660-\u1fff\u20d0-\U0010ffff]")
"""Where digits other than those are, and much else."""
_WORD = re.compile(r"[^\W_]+|©|®")
_QUOTES = (("’", "'"), ("‘", "'"), ("´", "'"), ("“", '"'), ("”", '"'))
"""No-break spaces are spaces to `str.split`."""
_OUTER = " \t.,:;!?|•·-–—>»«<*…#↑→←↓▶►▼▲◀[](){}\"'“”„/\\_=~+&✓×›‹⟩❯✕✖☰"
_FOLD_LIMIT = 400
"""Code points looked at: no phrase is longer, and a line may be of megabytes."""
_RECALLED = 160
"""Code points of a line whose folded form is remembered."""


class Hit(NamedTuple):
    """A phrase found."""

    rule: str
    language: str
    mode: str
    """whole, start or notice."""
    phrase: str


class _Lexicon(NamedTuple):
    whole: dict[str, Hit]
    starts: dict[str, tuple[Hit, ...]]
    """By the phrase's first word; longest first."""
    within: tuple[Hit, ...]
    signs: frozenset[str]
    """A word from inside each of `within` that has one."""
    pairs: tuple[str, ...]
    """Those of two words, which have none. A line without any of these and of `signs` has none of `within`."""


def fold(text: str) -> str:
    """Give a line as phrases are written: folded case, straight quotes, single spaces, each number as 0.

    >>> fold("  Publié il y a 12 minutes »")
    'publié il y a 0 minutes »'
    """
    return _recalled(text) if len(text) <= _RECALLED else _folded(text)


@functools.lru_cache(maxsize=1 << 14)
def _recalled(text: str) -> str:
    """Fold a line once that comes again: counted, compared and read, and a site's menus stand on all its pages."""
    return _folded(text)


def _folded(text: str) -> str:
    return " ".join(_written(text[:_FOLD_LIMIT].replace("`", "'")).split())


def fold_all(texts: Sequence[str]) -> list[list[str]]:
    """Fold many lines, none with a line end, in one go; give the words of each: joined by spaces they are the line.

    >>> fold_all(["Publié il y a 12 minutes »", "1.5k vues"])
    [['publié', 'il', 'y', 'a', '0', 'minutes', '»'], ['0', 'vues']]
    """
    text = "\n".join([text[:_FOLD_LIMIT] for text in texts]).replace("`", "'")
    return [line.split() for line in _written(text).split("\n")]


def _written(text: str) -> str:
    """Fold all but the white space."""
    if text.isascii():
        return _ARABIC_NUMBER.sub("0", text.lower())
    # A few replacements take a tenth of the time of `str.translate`.
    for typographic, plain in _QUOTES:
        text = text.replace(typographic, plain)
    number = _NUMBER if _OTHER_DIGITS.search(text) else _ARABIC_NUMBER
    return number.sub("0", text.casefold())


def bare(folded: str) -> str:
    """Strip outer punctuation, arrows and bullets from a folded line."""
    return folded.strip(_OUTER)


@functools.cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads(resources.files(__package__).joinpath("lexicon.toml").read_text("utf-8"))
    whole: dict[str, Hit] = {}
    starts: dict[str, list[Hit]] = {}
    within: list[Hit] = []
    for rule, modes in data.items():
        for mode, languages in modes.items():
            for language, phrases in languages.items():
                for phrase in phrases:
                    folded = fold(phrase)
                    if mode == "whole":
                        whole.setdefault(bare(folded), Hit(rule, language, mode, folded))
                        continue
                    if mode == "within":
                        within.append(Hit(rule, language, "notice", folded))
                        continue
                    first = _WORD.search(folded)
                    key = first.group() if first else folded
                    # A space at the end says that the phrase goes on; folding takes it off.
                    starts.setdefault(key, []).append(Hit(rule, language, mode, folded + " " * phrase.endswith(" ")))
    for nothing in ("", "0"):
        whole.pop(nothing, None)
    ordered = {first: tuple(sorted(hits, key=lambda hit: (-len(hit.phrase), hit))) for first, hits in starts.items()}
    inner = [hit.phrase.split()[1:-1] for hit in within]
    signs = frozenset(max(words, key=len) for words in inner if words)
    pairs = tuple(hit.phrase for hit, words in zip(within, inner, strict=True) if not words)
    return _Lexicon(whole, ordered, tuple(within), signs, pairs)


def lookup(folded: str, words: int, split: Sequence[str] | None = None) -> Hit | None:
    """Find the phrase a folded line of `words` words is or begins with; the longest wins. `split` is the line, split.

    >>> lookup(fold("Baca Juga:"), 2).rule, lookup(fold("We use cookies to count you."), 6).mode
    ('related', 'notice')
    """
    lexicon = _lexicon()
    hit = lexicon.whole.get(bare(folded))
    # A button has no full stop: "No." is an answer.
    if hit is not None and not (folded.endswith(".") and not folded.endswith("..") and words <= _ANSWER_WORDS):
        return hit
    return _starting(lexicon, folded, words) or _within(lexicon, folded, words, split or folded.split(" "))


def _within(lexicon: _Lexicon, folded: str, words: int, split: Sequence[str]) -> Hit | None:
    if not 5 <= words <= _WITHIN_WORDS:
        return None
    if lexicon.signs.isdisjoint(split) and not any(map(folded.__contains__, lexicon.pairs)):
        return None
    return next((hit for hit in lexicon.within if hit.phrase in folded), None)


def _starting(lexicon: _Lexicon, folded: str, words: int) -> Hit | None:
    first = _WORD.search(folded)
    hits = lexicon.starts.get(first.group()) if first else None
    if first is None or hits is None:
        return None
    tail = folded[first.start() :]
    for hit in hits:
        if hit.mode == "start" and words > _START_WORDS:
            continue
        phrase = hit.phrase
        if tail.startswith(phrase) or folded.startswith(phrase):
            after = (
                tail[len(phrase) : len(phrase) + 1]
                if tail.startswith(phrase)
                else folded[len(phrase) : len(phrase) + 1]
            )
            if not phrase[-1].isalnum() or not after.isalnum():
                return hit
    return None
