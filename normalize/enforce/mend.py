"""Replacing, in a translation, what stands there for a term by the glossary's target: no word besides is touched."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterator, Mapping, Sequence

import regex

from normalize.corpus import Span
from normalize.enforce.likeness import SHORTEST, WORD, copied, ratio
from normalize.enforce.phrases import kernels, turned
from normalize.enforce.plan import Plan
from normalize.glossary import literals
from normalize.glossary.english import articled, capitalised, plural, several, singular
from normalize.glossary.wants import Standing, Want, standing

__all__ = ["inserted", "mend", "put"]

_SHUT = regex.compile(r"\p{N}$|\p{Lu}{2}$")
_POSSESSIVE = regex.compile(r"[’']s$")
_STARTS_SENTENCE = regex.compile(r"(?:^|[.!?…:]\s+)[\"“«'‘(]*$")
_SHORT = 5  # letters: Iran and Iraq

# How alike a text must be to what it is taken for. The source copied and the target misspelt may be farther off, since
# the model garbles long words; a known rendering is an English word or phrase and must be that very one.
_LIKE_COPY = 0.75
_LIKE_WHOLE = 0.85
_LIKE_EDGE = 0.5
_LIKE_NAME = 0.7
_LIKE_SHORT = 0.8
_LIKE_REST = 0.69
_LIKE_RENDERING = 0.92


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A stretch of the text that seems to stand for a want; the highest `likeness` is taken first."""

    likeness: float
    distance: float
    span: Span
    english: bool
    """It is a rendering, not a garbled copy, so its number means something."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """What a stretch may be like, case folded, and how alike it must be."""

    text: str
    floor: float
    english: bool


def mend(
    text: str, plan: Plan, wanted: Sequence[Want], renderings: Sequence[Sequence[str]]
) -> tuple[str, list[tuple[Want, str]]]:
    """Replace garbled, copied or otherwise rendered missing targets; `renderings` has an entry a want.

    Gives the new text, and what was replaced by which want's target.
    """
    pieces: list[tuple[Want, str]] = []
    found = standing(text, wanted)
    for number, want in enumerate(wanted):
        for done in range(found.counts[number], len(want.occurrences)):
            taken = [*_needed(found, wanted), *literals(text)]
            models = _models(plan, want, renderings[number])
            relative = plan.places[want.occurrences[done]][0] / len(plan.source)
            place = _place(text, want, models, taken, relative)
            if place is not None and not place.english and _explained(place.span.of(text), plan):
                place = None
            if place is None:
                break
            pieces.append((want, place.span.of(text)))
            text = put(text, place.span, want, follow=place.english)
            found = standing(text, wanted)
    return text, pieces


def _needed(found: Standing, wanted: Sequence[Want]) -> list[Span]:
    """Give the spans that may not be touched; of a target in excess none is sure to be the right one."""
    return [
        span
        for spans, want in zip(found.spans, wanted, strict=True)
        if len(spans) <= len(want.occurrences)
        for span in spans
    ]


def put(text: str, span: Span, want: Want, *, follow: bool = True) -> str:
    """Put a want's target in place of `span`; article, capital and possessive are carried over.

    A source that marks its plurals decides the number. Otherwise, with `follow`, a plural is followed where the words
    around it ask for one.
    """
    old = span.of(text)
    before, after = text[: span.start], text[span.end :]
    if old.count("(") > old.count(")"):
        after = after.removeprefix(")")
    new = want.target
    possessive = _POSSESSIVE.search(old)
    if not want.exact:
        bare = old[: possessive.start()] if possessive else old
        if want.plural or (follow and not want.marked and bare != singular(bare) and several(before, after)):
            new = plural(new)
        if _STARTS_SENTENCE.search(before) and old[:1].isupper():
            new = capitalised(new)
        if want.upper and text.isupper():
            new = new.upper()
    return articled(before, new) + new + (possessive.group() if possessive else "") + after


def inserted(text: str, start: int, want: Want) -> str:
    """Put a target in before the word that begins at `start`; it begins a sentence as that word did."""
    return put(f"{text[:start]}{text[start]} {text[start:]}", Span(start=start, end=start + 1), want, follow=False)


def _place(
    text: str, want: Want, models: Mapping[int, Sequence[_Model]], taken: Sequence[Span], relative: float
) -> _Place | None:
    """Find the stretch that is most like the want's source, target or a known rendering, if one is like enough."""
    words = [match.span() for match in WORD.finditer(text)]
    found: list[_Place] = []
    for first, (start, _) in enumerate(words):
        for width, (_, end) in enumerate(words[first : first + max(models)], start=1):
            if any(start < other.end and other.start < end for other in taken):
                break
            likeness, english = _likeness(text[start:end], want, models.get(width, ()))
            if likeness:
                distance = abs(start / len(text) - relative)
                span = Span(start=start, end=end)
                found.append(_Place(likeness=likeness, distance=distance, span=span, english=english))
    found += _phrased(text, want, taken, relative)
    best = min(found, key=lambda place: (-place.likeness, place.distance), default=None)
    if best is None or not best.english:
        return best
    # A part of a garbled name may be a rendering to the letter; then the whole name is what has to go.
    around = [
        place
        for place in found
        if not place.english
        and place.likeness >= _LIKE_WHOLE
        and place.span.start <= best.span.start
        and best.span.end <= place.span.end
    ]
    return max(around, key=lambda place: place.likeness, default=best)


def _phrased(text: str, want: Want, taken: Sequence[Span], relative: float) -> Iterator[_Place]:
    """Find a target of several words turned round, and what is left of it where the model dropped its noun."""
    if want.exact:
        return
    for likeness, spans in ((1.0, turned(want.target, text)), (_LIKE_REST, kernels(want.target, text))):
        for span in spans:
            if not any(span.start < other.end and other.start < span.end for other in taken):
                distance = abs(span.start / len(text) - relative)
                yield _Place(likeness=likeness, distance=distance, span=span, english=likeness == 1.0)


def _explained(piece: str, plan: Plan) -> bool:
    """Whether a piece of the translation is as likely a copy of other words of the source, which no term covers."""
    return copied(piece, plan.source, plan.places)


def _models(plan: Plan, want: Want, renderings: Sequence[str]) -> dict[int, list[_Model]]:
    """Give, by number of words, what a garbled copy may be like and what is a rendering to the letter.

    A garbled copy may have a word more or less than what it copies.
    """
    copies = {want.target.casefold()}
    known = {text.casefold() for text in renderings}
    for number in want.occurrences:
        match = plan.matches[number]
        copies |= {match.surface.casefold(), match.term.source.casefold()}
        known |= {text.casefold() for text in match.term.wrong}
    models: dict[int, list[_Model]] = {1: []}
    for text in sorted(known):
        models.setdefault(len(text.split()), []).append(_Model(text=text, floor=_LIKE_RENDERING, english=True))
    for text in sorted(copies):
        words = len(text.split())
        floor = _LIKE_SHORT if len(text) <= _SHORT else _LIKE_NAME if _proper(want) else _LIKE_COPY
        if len(text) < SHORTEST:  # "IA": to the letter or not at all
            floor = 1.0
        for width in range(max(1, words - 1), words + 2):
            models.setdefault(width, []).append(_Model(text=text, floor=floor, english=False))
    return models


def _proper(want: Want) -> bool:
    return want.exact and want.target[0].isupper()


def _likeness(piece: str, want: Want, models: Sequence[_Model]) -> tuple[float, bool]:
    """Say how surely a piece of the text stands for the want (0: not at all), and whether it is a known rendering."""
    if _proper(want) and not piece[0].isupper():
        return 0.0, False
    bare = (_POSSESSIVE.sub("", piece) if piece.endswith("s") else piece).casefold()
    best, english = 0.0, False
    for model in models:
        if abs(len(bare) - len(model.text)) <= (1 - model.floor) * (len(bare) + len(model.text)):
            likeness = ratio(bare, model.text, model.floor)
            if likeness > best and (model.english or _edged(bare, model.text)):
                best, english = likeness, model.english
    if not best and (_glued(piece, want.target) or (want.copied and _part(piece, want.target))):
        return _LIKE_NAME, False  # the model went on with other letters, or left words of the name out
    return best, english


def _edged(piece: str, model: str) -> bool:
    """Whether a piece of several words begins and ends with words that resemble words of the model."""
    words, others = piece.split(), model.split()
    if len(words) == 1:
        return True
    return all(
        max(difflib.SequenceMatcher(None, word, other).ratio() for other in others) >= _LIKE_EDGE
        for word in (words[0], words[-1])
    )


def _glued(piece: str, target: str) -> bool:
    """Whether a piece is the target with letters that the model went on with ("COVID-19iented").

    Only after a digit or a row of capitals is that no word of its own.
    """
    if not piece.startswith(target):
        return False
    rest = piece[len(target) :]
    return rest.isalpha() and rest.islower() and _SHUT.search(target) is not None


def _part(piece: str, target: str) -> bool:
    """Whether a piece is a word, not a short one, of a target of several words."""
    parts = target.split()
    return len(parts) > 1 and len(piece) >= SHORTEST and piece in parts
