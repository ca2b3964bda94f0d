"""Singular or plural: the number of a target, brought to what the source and the words around it ask for."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from normalize.corpus import Span
from normalize.enforce.plan import Plan
from normalize.glossary.english import articled, capitalised, plural, several, singular
from normalize.glossary.tokens import tokens
from normalize.glossary.wants import Standing, Want

__all__ = ["numbered"]

_DETERMINED = regex.compile(
    r"(?:\b(?:the|this|that|an?|each|every|any|no|its|his|her|their|our|my|your)|[’']s?)\s+(?:[\w-]+\s+){0,2}$",
    regex.IGNORECASE,
)
_ONE = regex.compile(r"\b(?:this|that|an?|each|every|one)\s+(?:[\w-]+\s+){0,2}$", regex.IGNORECASE)
_IS = regex.compile(r"\s+(?:is|was|has|does)\b")
_THERE = regex.compile(r"\b((?i:there)\s+)(is|was|IS|WAS)\s+(?i:an?)\s+$")
_WITH_ONE = regex.compile(
    r"\b(?:about|against|at|by|for|from|in|into|of|on|through|to|with|within|without)\s+(?P<a>an?\s+)$",
    regex.IGNORECASE,
)
_MANY_ARE = {"is": "are", "was": "were", "IS": "ARE", "WAS": "WERE"}
_OWNS = regex.compile("[’']s\\b")
_BEGINS = regex.compile(r"(?:^|[.!?:]\s+)[\"“«'‘(]*$")
_DEFINITE = regex.compile(r"(?:\b(?:le|la|du|au)\s+|\bl[’'])$", regex.IGNORECASE)


def numbered(text: str, found: Standing, plan: Plan, wanted: Sequence[Want], own: Sequence[bool]) -> str:
    """Bring each target to the number the source shows, or else to the glossary's, where the English allows it.

    `own[i]`: the model said the i-th want's target by itself. Such a plural gives way only to a source that marks its
    plurals, shows none, and has an article that the English can take over.
    """
    places = [
        (span, number) for number, spans in enumerate(found.spans) for span in spans if not wanted[number].exact
    ]
    for span, number in sorted(places, reverse=True):
        text = _numbered(text, span, plan, wanted[number], own=own[number])
    return text


def _numbered(text: str, span: Span, plan: Plan, want: Want, *, own: bool) -> str:
    old, before, after = span.of(text), text[: span.start], text[span.end :]
    if old.casefold() == want.target.casefold() or want.plural:
        return text
    lead = _lead(old, before, after, plan, want, own=own)
    if lead is None:
        return text
    new = want.target
    if old.isupper() and not want.target.isupper():
        new = new.upper()
    elif old[:1].isupper():
        new = capitalised(new)
    return articled(lead, new) + new + after


def _lead(old: str, before: str, after: str, plan: Plan, want: Want, *, own: bool) -> str | None:  # noqa: PLR0913 - a list of cases
    """Give what must stand before the glossary's own form where it takes the place of `old`; None: `old` stays."""
    if old.casefold() == singular(want.target).casefold():
        return _several(before, after)
    if old.casefold() != plural(want.target).casefold():
        return None  # an admitted target
    if not _countable(want.target):
        return before
    if several(before, after):
        return None
    if not own:
        return before
    article = _article(before, plan, want) if want.marked and not _many(plan, want) else None
    return None if article is None else before + article


def _several(before: str, after: str) -> str | None:
    """Give what stands before a noun that is put into the plural: without its article, where nothing else changes.

    "with a case" loses the article, and "there is a case" becomes "there are cases"; "a case is" and "a case's" stay.
    """
    if _IS.match(after) or _OWNS.match(after):
        return None
    there, with_one = _THERE.search(before), _WITH_ONE.search(before)
    if there:
        return f"{before[: there.start()]}{there[1]}{_MANY_ARE[there[2]]} "
    if with_one:
        return before[: with_one.start("a")]
    return None if _ONE.search(before[-60:]) else before


def _many(plan: Plan, want: Want) -> bool:
    """Whether the source says several, though the glossary has a row of its own for that ("symptômes", symptom)."""
    words = [token for number in want.occurrences for token in tokens(plan.matches[number].surface, _language(plan))]
    return any(off == "plural" for token in words for _, off in token.keys)


def _language(plan: Plan) -> str:
    return plan.segment.language.partition("-")[0]


def _countable(target: str) -> bool:
    """Whether a target may stand in the plural at all: it is neither a name of several words nor a gerund."""
    last = target.rsplit(maxsplit=1)[-1]
    named = " " in target and last[:1].isupper() and not last.isupper()
    return not named and not last.endswith("ing")


def _article(before: str, plan: Plan, want: Want) -> str | None:
    """Give the article that a noun put into the singular needs: none where it has one, None where none can be told."""
    if _DETERMINED.search(before[-60:]):
        return ""
    starts = [plan.places[number][0] for number in want.occurrences]
    if _BEGINS.search(before):
        return None if any(starts) else ""  # a heading that begins with the bare noun, in both languages
    return "the " if all(_DEFINITE.search(plan.source[max(0, start - 6) : start]) for start in starts) else None
