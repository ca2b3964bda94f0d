"""Speech whose first word stayed in the source's language.

Models that have seen little speech take a quotation mark and the word after it for one name: `"Kami want to talk`.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import regex

from normalize.check import exonyms
from normalize.guard.rewrite import Attempt

__all__ = ["unquoted"]

_OPENED = regex.compile(r"(?P<mark>[\"“”«„‘]\s?)(?P<word>\p{L}[\p{L}\p{M}]+)")
_BEGINS = regex.compile(r"(?P<mark>[\"“”«„‘]?)\s?(?P<word>\p{L}[\p{L}\p{M}]*)")
_ALIKE = 3  # letters at the beginning of a word that the model left as it was


def unquoted(source: str, target: str, language: str) -> Attempt | None:
    """Ask without an opening quotation mark, where the speech in the answer begins with the source's own word.

    None where it begins with another word, or with one that may well be a name.

    >>> attempt = unquoted("“Kami ingin bicara,” kata Budi.", "“Kami want to talk,” said Budi.", "id")
    >>> attempt.sources, attempt.finish(["we want to talk,” said Budi."])
    (('kami ingin bicara,” kata Budi.',), '“We want to talk,” said Budi.')
    >>> attempt.finish(["Kami want to talk,” said Budi."])
    ''
    >>> unquoted("“Kami ingin bicara,” kata Budi.", "“We want to talk,” said Budi.", "id") is None
    True
    >>> unquoted("“Panama Papers” terbit.", "“Panama Papers” were published.", "id") is None
    True
    """
    return _leading(source, target, language) or _within(source, target, language)


def _leading(source: str, target: str, language: str) -> Attempt | None:
    """Ask without the mark a source begins with; the answer gets it back."""
    opened, begins = _OPENED.match(source), _BEGINS.match(target)
    if opened is None or begins is None:
        return None
    word = opened["word"].casefold()
    if not _kept(word, begins["word"]):
        return None
    if word == begins["word"].casefold() and not exonyms.is_common(word, language):
        return None
    mark = begins["mark"] or opened["mark"].strip()
    bare = source[opened.end("mark") :]
    if word == begins["word"].casefold():  # with its capital the word might be taken for a name once more
        bare = bare[:1].lower() + bare[1:]

    def finish(parts: Sequence[str]) -> str:
        text = parts[0].strip()
        first = _BEGINS.match(text)
        if first is None or _kept(word, first["word"]):
            return ""
        return _opened(mark, text[first.start("word") :])  # without the mark that the model may have put by itself

    return Attempt(sources=(bare,), finish=finish, basis=bare)


_OPENING = '"“«„‘'
_INNER = regex.compile(
    rf"(?<!\p{{L}})(?P<lead>\p{{L}}{{1,30}}[,:]?)\s{{1,3}}(?P<mark>[{_OPENING}]\s?)"
    r"(?P<word>\p{Lu}[\p{Ll}\p{M}]+)(?=,|\s\p{Ll})"
)
"""Where speech begins within a sentence, no name going on."""


def _within(source: str, target: str, language: str) -> Attempt | None:
    """Ask without a mark within the source; the answer gets it back if the word before it is there again.

    >>> attempt = _within("Dia berkata, “Kami pulang.”", "He said, “Kami went home.”", "id")
    >>> attempt.sources, attempt.finish(["He said, we went home.”"])
    (('Dia berkata, Kami pulang.”',), 'He said, “We went home.”')
    >>> attempt.finish(["We went home, as he told us.”"])
    ''
    """
    if not any(map(source.__contains__, _OPENING)) or not any(map(target.__contains__, _OPENING)):
        return None  # most sentences say nothing, and the pattern is slow
    places: dict[str, regex.Match[str]] = {}
    for one in _INNER.finditer(source):
        places.setdefault(one["word"].casefold(), one)
    for match in _INNER.finditer(target):
        word = match["word"].casefold()
        given = places.get(word)
        if given is not None and exonyms.is_common(word, language):
            break
    else:
        return None
    lead, mark = match["lead"], match["mark"]
    bare = source[: given.start("mark")] + source[given.end("mark") :]
    leads = regex.compile(rf"(?<!\p{{L}}){regex.escape(lead)}(?!\p{{L}})")
    earlier = sum(1 for _ in leads.finditer(target, 0, match.start("lead")))

    def finish(parts: Sequence[str]) -> str:
        there = next(itertools.islice(leads.finditer(parts[0]), earlier, None), None)
        after = "" if there is None else parts[0][there.end() :].lstrip()
        first = _BEGINS.match(after)
        if there is None or first is None or _kept(word, first["word"]):
            return ""
        return f"{parts[0][: there.end()]} {_opened(mark, after[first.start('word') :])}"

    return Attempt(sources=(bare,), finish=finish, basis=bare)


def _opened(mark: str, said: str) -> str:
    return mark + said[:1].upper() + said[1:]


def _kept(word: str, first: str) -> bool:
    """Whether the first word of an answer is the source's, or begins like it.

    >>> _kept("terlepas", "Tern"), _kept("je", "Je"), _kept("itu", "It")
    (True, True, False)
    """
    if word == first.casefold():
        return True
    return len(first) >= _ALIKE and word[:_ALIKE] == first.casefold()[:_ALIKE]
