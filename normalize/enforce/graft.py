"""Grafting: where another hypothesis has a term between words the current text has too, only the term is taken over."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Sequence

import regex

from normalize.corpus import Span
from normalize.enforce.likeness import WORD
from normalize.enforce.mend import inserted, put
from normalize.glossary import literals
from normalize.glossary.wants import Standing, Want

__all__ = ["collapse", "graft", "unstuttered"]

_WIDEST = 4  # words of the current text a term may replace
_JOINED = regex.compile(
    r"(?:[’']s)?[\s,-]++(?:(?:of|and|in|the|for|to)\s+){0,2}(?P<again>(?:[\p{L}.-]++\s++){0,3})", regex.IGNORECASE
)
_OF = regex.compile(r"[’']s?\s+(?:\p{L}+\s+){0,2}\p{L}+(?P<of>\s+of\s+(?:the\s+)?)", regex.IGNORECASE)
_OWNER = regex.compile(r"[’']s? (?:\p{Lu}\p{L}+ ){1,3}")  # "Cromwell's General Cromwell": a title of his own
_WORD_BEFORE = regex.compile(r"(?<![\w'’-])([\w'’-]++) $")
_WORD_AFTER = regex.compile(r" ([\w'’-]++)")
_GENITIVE = regex.compile("[’']")


def graft(text: str, standing: Standing, other: str, other_standing: Standing, wanted: Sequence[Want]) -> str:
    """Take the targets missing in `text` over from `other`, each into the place that the words around it show.

    A target whose place is not clear is left out.
    """
    edits: list[tuple[Span, Want]] = []
    taken = [span for spans in standing.spans for span in spans] + list(literals(text))
    words, others = _words(text), _words(other)
    matcher = difflib.SequenceMatcher(None, [word for word, _ in words], [word for word, _ in others], autojunk=False)
    codes = matcher.get_opcodes()
    for want, count, spans in zip(wanted, standing.counts, other_standing.spans, strict=True):
        for span in spans[count : len(want.occurrences)]:
            place = _place(words, others, codes, span)
            if place is not None and not any(place.start < there.end and there.start < place.end for there in taken):
                taken.append(place)
                edits.append((place, want))
    for place, want in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = put(text, place, want) if place.start < place.end else inserted(text, place.start, want)
    return text


def _words(text: str) -> list[tuple[str, Span]]:
    return [
        (match.group().casefold(), Span(start=match.start(), end=match.end())) for match in WORD.finditer(text)
    ]


def _place(
    words: Sequence[tuple[str, Span]],
    others: Sequence[tuple[str, Span]],
    codes: Sequence[tuple[str, int, int, int, int]],
    span: Span,
) -> Span | None:
    """Find the words of the current text that stand where `span` stands in the other text, between the same words."""
    inside = [number for number, (_, where) in enumerate(others) if where.start < span.end and span.start < where.end]
    if not inside:
        return None
    first, last = inside[0], inside[-1] + 1
    for tag, low, high, other_low, other_high in codes:
        if tag == "equal" or not (other_low <= first and last <= other_high):
            continue
        lead, trail = first - other_low, other_high - last
        if tag == "replace":
            spare = high - low - 1
            start, end = low + min(lead, spare), high - min(trail, spare)
            if not 0 < end - start <= _WIDEST:
                return None
            return Span(start=words[start][1].start, end=words[end - 1][1].end)
        if lead + trail <= 1 and 0 < low < len(words):
            return Span(start=words[low][1].start, end=words[low][1].start)
    return None


def collapse(text: str, standing: Standing, wanted: Sequence[Want]) -> str:
    """Take out a target's immediate repetition where it stands more often than wanted.

    "Utah Utah", "Cromwell's Cromwell", "Oliver Cromwell of Oliver Cromwell": what lies between may only be joining
    words and what stands before the first occurrence too. Or it is named as owner twice: "Cromwell's army of Cromwell",
    "Cromwell's General Cromwell".
    """
    surplus = [len(spans) - len(want.occurrences) for spans, want in zip(standing.spans, wanted, strict=True)]
    everywhere = sorted((span, number) for number, spans in enumerate(standing.spans) for span in spans)
    cuts: list[Span] = []
    for (one, _), (following, number) in itertools.pairwise(everywhere):
        same = one.of(text).casefold().endswith(following.of(text).casefold())
        joined = _JOINED.fullmatch(text, one.end, following.start)
        if surplus[number] <= 0 or not same:
            continue
        of = _OF.fullmatch(text, one.end, following.start)
        if joined and _again(text[: one.start], joined.group("again")):
            cuts.append(Span(start=one.end, end=following.end))
        elif _OWNER.fullmatch(text, one.end, following.start) and not _GENITIVE.match(text, following.end):
            cuts.append(Span(start=one.start, end=text.index(" ", one.end) + 1))
        elif of and not _GENITIVE.match(text, following.end):
            cuts.append(Span(start=of.start("of"), end=following.end))
        else:
            continue
        surplus[number] -= 1
    return _without(text, [*cuts, *(cut for span, _ in everywhere for cut in _edges(text, span))])


def unstuttered(text: str, standing: Standing) -> str:
    """Take out words of targets that are said right before or after them too."""
    return _without(text, [cut for spans in standing.spans for span in spans for cut in _edges(text, span)])


def _without(text: str, cuts: Sequence[Span]) -> str:
    """Cut spans out, but for those that overlap others."""
    for cut in sorted(set(cuts), reverse=True):
        if not any(other != cut and other.start < cut.end and cut.start < other.end for other in cuts):
            text = text[: cut.start] + text[cut.end :]
    return text


def _edges(text: str, span: Span) -> list[Span]:
    """Find a target's last word said again right after it, or its first word right before ("alignment team team").

    Of a name also its last word right before: "Sutskever Ilya Sutskever".
    """
    plain = span.of(text).split()
    words = [word.casefold() for word in plain]
    before, after = _WORD_BEFORE.search(text, max(0, span.start - 40), span.start), _WORD_AFTER.match(text, span.end)
    said = before.group(1) if before else ""
    named = said == plain[-1] and all(word[0].isupper() for word in plain)
    cuts = []
    if len(words) > 1 and before and (named or said.casefold() == words[0]):
        cuts.append(Span(start=before.start(), end=span.start))
    if len(words) > 1 and after and after.group(1).casefold() == words[-1]:
        cuts.append(Span(start=span.end, end=after.end()))
    return cuts


def _again(before: str, words: str) -> bool:
    """Whether `words` stand at the end of `before` too."""
    return not words.strip() or f" {before.rstrip()}".casefold().endswith(f" {words.strip()}".casefold())
