"""Words that a package's model has hardly seen in training, and their translations: its `lexicon.tsv`.

A model that has met a word three times guesses at it or copies it; word alignment of the same three sentences knows
it. So the model reads the translation in the word's place, as it has learned to read words of the target language in a
source (code-switched training pairs: Song et al. 2019, "Code-Switching for Enhancing NMT with Pre-Specified
Translation"). Argos Translate knows no such file, and passes it over.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import regex

from normalize.errors import PackageError

__all__ = ["FILE", "NONE", "put_in", "read_lexicon", "words_in"]

FILE = "lexicon.tsv"
"""Where a package has it, if it has one: UTF-8, a line a word in small letters, tab, what to read instead."""

_LONGEST = 64
"""Characters of a word, and of what is read instead."""
_MOST = 1_000_000
"""Lines."""

_WORD = regex.compile(
    r"(?<![\p{L}\p{M}\p{N}@#/._?&=-])\p{Ll}[\p{Ll}\p{M}]++(?:-\p{Ll}++)*+(?![\p{L}\p{M}\p{N}@/_=-]|[.:]\w)"
)
"""A word in small letters that is no part of an address, a handle or a hashtag."""
_ENTRY = regex.compile(r"\p{Ll}[\p{Ll}\p{M}]+(?:-\p{Ll}+)*")
_READ = regex.compile(r"[\p{L}\p{M}\p{N}'’.-]+(?: [\p{L}\p{M}\p{N}'’.-]+)*")

NONE: Mapping[str, str] = MappingProxyType({})
"""The lexicon of a package that has none."""


def read_lexicon(content: bytes) -> Mapping[str, str]:
    r"""Read the file; PackageError that names the line in which it is no lexicon.

    >>> dict(read_lexicon(b"badai\tstorm\n"))
    {'badai': 'storm'}
    """
    try:
        lines = content.decode().removesuffix("\n").split("\n") if content else []
    except UnicodeDecodeError as error:
        raise PackageError(f"{FILE} is not UTF-8") from error
    if len(lines) > _MOST:
        raise PackageError(f"{FILE} has {len(lines):,} lines, more than {_MOST:,}")
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        word, tab, other = line.partition("\t")
        sound = tab and max(len(word), len(other)) <= _LONGEST and _ENTRY.fullmatch(word) and _READ.fullmatch(other)
        if not sound:
            raise PackageError(f"{FILE}, line {number}: is not a word in small letters, a tab and its translation")
        found[word] = other
    return found


def put_in(lexicon: Mapping[str, str], source: str) -> str:
    """Put the translations of the lexicon's words in their places.

    >>> put_in({"badai": "storm"}, "Setelah badai itu, www.badai.id dan #badai naik; Badai tidak.")
    'Setelah storm itu, www.badai.id dan #badai naik; Badai tidak.'
    """
    if not lexicon:
        return source
    return _WORD.sub(lambda match: lexicon.get(match[0], match[0]), source)


def words_in(lexicon: Mapping[str, str], source: str) -> dict[str, str]:
    """Give the words of a source that `put_in` replaces, in order, with what it puts there.

    >>> words_in({"badai": "storm"}, "Setelah badai itu, www.badai.id dan #badai naik; Badai tidak.")
    {'badai': 'storm'}
    """
    found = dict.fromkeys(match[0] for match in _WORD.finditer(source))
    return {word: lexicon[word] for word in found if word in lexicon}
