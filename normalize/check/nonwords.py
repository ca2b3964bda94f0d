"""Words that no English text has: what a model makes of pieces put together wrongly, “werevaded”, “fiveteteens”.

The list of English words is made by `training/quality/english.py`; what is formed of listed words counts as listed.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import regex

from normalize.check import lexicon, literals, tokens
from normalize.check.foreign import listed_lines
from normalize.check.subject import Found, Subject
from normalize.corpus import Span

__all__ = ["is_english", "nonwords"]

_WORD = regex.compile(r"(?<![\p{L}\p{M}\p{N}'’_./@#&-])[a-z]{4,24}+(?![\p{L}\p{M}\p{N}'’_/@-]|\.\w)")
"""A word in small letters that is no part of a longer one."""

_ENDINGS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""),
    ("ily", "y"), ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"), ("est", ""), ("est", "e"), ("ness", ""),
    ("iness", "y"), ("less", ""), ("like", ""), ("ment", ""), ("able", ""), ("able", "e"), ("ist", ""), ("ists", ""),
    ("ist", "y"), ("ability", "able"), ("ity", ""), ("ity", "e"), ("ation", "e"), ("ation", ""),
)  # fmt: skip
"""How words are formed of others: an ending, and what stands in its place in the other."""
_BEGINNINGS = (
    "un", "re", "non", "anti", "over", "under", "sub", "pre", "post", "super", "inter", "intra", "extra", "micro",
    "macro", "multi", "mono", "poly", "photo", "hydro", "bio", "geo", "neuro", "thermo", "electro", "eco", "agro",
    "aero", "astro", "socio", "cyber", "mis", "dis", "ultra", "trans", "pseudo", "semi", "counter", "fore", "out",
    "mega", "nano", "tele",
)  # fmt: skip
_SHORTEST = 3  # letters of what a word is formed of
_PART = 4  # letters of the parts of a compound, and of a word that is looked at
_LONGEST = 24  # letters of a word that is looked at
_BRITISH = regex.compile(r"is(?=e|ing|ation|able)")


@functools.cache
def _listed() -> frozenset[str]:
    return frozenset(listed_lines("en", "-known.txt"))


@functools.lru_cache(maxsize=8192)
def is_english(word: str) -> bool:
    """Whether a word in small letters is English, or formed of English words as English forms them.

    >>> is_english("accident"), is_english("nationalised"), is_english("moorland"), is_english("werevaded")
    (True, True, True, False)
    """
    words = _listed()
    if word in words or (british := _BRITISH.sub("iz", word)) in words:
        return True
    for ending, other in _ENDINGS:
        for form in (word, british):
            if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST and _formed(form, ending, other):
                return True
    if any(word.startswith(one) and len(word) >= len(one) + _PART and word[len(one) :] in words for one in _BEGINNINGS):
        return True
    parts = ((word[:at], word[at:]) for at in range(_PART, len(word) - _PART + 1))
    return any(first in words and second in words and first not in _GRAMMAR for first, second in parts)


def _formed(word: str, ending: str, other: str) -> bool:
    """Whether a word is a listed one with an ending, a doubled letter before it or not: stop, stopping."""
    stem = word.removesuffix(ending)
    single = stem[:-1] if stem[-1:] == stem[-2:-1] and not other else ""
    return stem + other in _listed() or (len(single) >= _SHORTEST and single in _listed())


_GRAMMAR = lexicon.FUNCTION_WORDS["en"] | lexicon.words("most near much very also even just like many")
"""Words that make no compounds: “withoutpassing”."""


def nonwords(subject: Subject) -> Iterator[Found]:
    """Find words in small letters that are no English, were not in the source and are no term."""
    if subject.target_language != "en":
        return
    listed = _listed()
    target = literals.mask(subject.target)
    strange = {word for word in tokens.words(target) if _PART <= len(word) <= _LONGEST and word not in listed}
    strange = {
        word for word in strange if word.islower() and word.isascii() and word.isalpha() and not is_english(word)
    }
    source = frozenset(tokens.folded(literals.mask(subject.source)))
    strange = {word for word in strange if word not in source and word.removesuffix("s") not in source}
    if not strange:
        return
    terms = [one.target_span for one in subject.unit.receipts if one.target_span is not None]
    for match in _WORD.finditer(target):
        within = any(term.start <= match.start() < term.end for term in terms)
        if match[0] in strange and not within:
            yield f"“{match[0]}” is no English word", Span(start=match.start(), end=match.end())
