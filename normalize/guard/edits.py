"""Repairs that need no engine: a function of source, target and their languages that gives another target."""

from __future__ import annotations

import regex

from normalize import numbers
from normalize.check import echo, exonyms, form, lexicon, names
from normalize.guard.rewrite import ended

__all__ = ["EDITS", "collapsed", "corrected", "doubles", "echoes", "mended", "respelt", "translated"]

_END = regex.compile(r"[.!?…](?=[”’\"'»)\]\s]*$)")
_OPEN_QUOTE, _CLOSE_QUOTE = regex.compile(r"^\s*([\"“«])"), regex.compile(r"([\"”»])[.!?…,]?\s*$")
_OTHER_HALF = {"“": "”", "«": "»", "”": "“", "»": "«"}
_QUOTE = regex.compile(r"[\"“”„«»‟]")
_CLOSES = regex.compile(r"(?<=[\p{L}\p{N},.!?…)%])(?:[\"”]|\s?»)(?=[\s,.;:!?)…]|$)")
_STRAY = regex.compile(r"(?<!\p{N}\s?)(?:(?<!\S)[“”„‟\"«»]\s|\s?(?:»|[“”„‟\"«](?!\S))|[“”„‟\"«])")
_DOUBLE = regex.compile(
    r"\b(?P<part>[\p{L}\p{M}'’]{1,30}(?:\s+[\p{L}\p{M}'’]{1,30}){0,4})(?:\s+(?P=part))+\b", regex.IGNORECASE
)
_LOOP = regex.compile(
    r"(?P<part>\b[\p{L}\p{M}\p{N}'’-]{1,30}(?:[\s,]{1,3}[\p{L}\p{M}\p{N}'’-]{1,30}){0,7}?)(?:[\s,]{1,3}(?P=part)\b)+",
    regex.IGNORECASE,
)
_GAP = 40  # characters between a phrase and its echo, at the most, if the echo is to be cut out
_ROUNDS = 5
_DENIED = regex.compile(r"(?i:\b(?:not|no|never|nor|without)\b|n[’']t\b)")  # "a safe country, not a safe country"
_GENITIVE = regex.compile(r"[’']s?(?!\w)")


def corrected(source: str, target: str, source_language: str, target_language: str) -> str:
    """Put numbers right that can be nothing but slips.

    >>> corrected("Dana Rp 1,2 triliun.", "A fund of Rp 1.2 billion.", "id", "en")
    'A fund of Rp 1.2 trillion.'
    """
    fix = numbers.corrected(source, target, source_language, target_language)
    return target if fix is None else fix.target


def respelt(source: str, target: str, source_language: str, target_language: str) -> str:
    """Spell names as the source does that the model copied with letters lost."""
    del source_language, target_language
    return names.respelt(source, target)


def translated(source: str, target: str, source_language: str, target_language: str) -> str:
    """Give places, days, months and words left as they were their English."""
    return exonyms.replaced(source, target, source_language) if target_language == "en" else target


def mended(source: str, target: str, source_language: str, target_language: str) -> str:
    """Give the target the capital, the marks at its ends and the articles that it should have; take a mark too many.

    >>> mended("“Ya, saya datang besok pagi.”", "“Yes, I will come tomorrow", "id", "en")
    '“Yes, I will come tomorrow.”'
    >>> mended("“Ya, kami datang,” kata Budi.", "Yes, we will come,” said Budi.", "id", "en")
    '“Yes, we will come,” said Budi.'
    >>> mended("Le ministre est parti.", "The minister “has left.", "fr", "en")
    'The minister has left.'
    >>> mended("« Le ministre est parti.", "« the minister has left.", "fr", "en")
    '« The minister has left.'
    >>> mended("Ada kecelakaan.", "There was a accident.", "id", "en")
    'There was an accident.'
    """
    del source_language
    if not any(map(str.isalnum, target)):
        return target
    if first := form.small_start(source, target):
        target = target[: first.start] + lexicon.begun(target[first.start :])
    for article in reversed(form.misplaced_articles(source, target, target_language)):
        target = f"{target[: article.end]}n{target[article.end :]}"
    end = _END.search(source)
    return _quoted(source, ended(target, end[0]) if end else target)


def _quoted(source: str, text: str) -> str:
    """Pair the quotation marks as far as that is certain."""
    given, marks = _QUOTE.findall(source), _QUOTE.findall(text)
    if not given and len(marks) == 1:
        return _STRAY.sub("", text).rstrip()
    if not _OPEN_QUOTE.search(source):
        return text
    first, last = _OPEN_QUOTE.search(text), _CLOSE_QUOTE.search(text)
    if first:
        # One mark, at the edge, where the source has one at each edge: the last is missing, not a mark within.
        odd = len(marks) % 2 == 1 and not last and _CLOSE_QUOTE.search(source) is not None
        return text.rstrip() + _OTHER_HALF.get(first[1], first[1]) if odd else text
    closing = _CLOSES.search(text)
    if closing is None or len(marks) % 2 == 0 or _QUOTE.search(text, 0, closing.start()):
        return text
    mark = closing[0].strip()
    return _OTHER_HALF.get(mark, mark) + text.lstrip()


def doubles(source: str, target: str, source_language: str, target_language: str) -> str:
    """Let each word or phrase that stands twice in a row stand once.

    >>> doubles("Dia pergi.", "He went to the the market in the market in the town.", "id", "en")
    'He went to the market in the town.'
    """
    del source_language, target_language
    return target if _DOUBLE.search(source) else _DOUBLE.sub(lambda match: match["part"], target)


def collapsed(source: str, target: str, source_language: str, target_language: str) -> str:
    """Let what is said over and over be said once.

    >>> collapsed("Harga naik.", "Prices rose, rose, rose, rose.", "id", "en")
    'Prices rose.'
    """
    del source_language, target_language
    return target if _LOOP.search(source) else _LOOP.sub(lambda match: match["part"], target)


def echoes(source: str, target: str, source_language: str, target_language: str) -> str:
    """Cut the words out from where a word or phrase ends to where it has come back.

    >>> echoes("Isyarat tangan.", "A sign of the hands of the hands of the hands.", "id", "en")
    'A sign of the hands.'
    >>> echoes("Rumah Ibu Siti.", "Mother Siti's Mother Siti lives here and there.", "id", "en")
    'Mother Siti lives here and there.'
    """
    for _ in range(_ROUNDS):
        near = (
            (first, again) for first, again in echo.echoes(source, target, source_language, target_language)
            if first.end <= again.start <= first.end + _GAP and not _DENIED.search(target, first.end, again.start)
        )  # fmt: skip
        found = next(near, None)
        if found is None:
            break
        first, again = found
        # "Ann's Ann had left": what is left of the first would be a genitive of nothing.
        of_itself = _GENITIVE.search(target, first.start, first.end) or _GENITIVE.match(target, first.end)
        own = of_itself and not _GENITIVE.search(target, again.start, again.end)
        target = target[: first.start] + target[again.start :] if own else target[: first.end] + target[again.end :]
    return target


EDITS = {
    "corrected": corrected,
    "respelt": respelt,
    "translated": translated,
    "mended": mended,
    "doubles": doubles,
    "echoes": echoes,
    "collapsed": collapsed,
}
"""The rungs of the ladder that need no engine, by name, in the ladder's order."""
