"""Placing a term by decoding anew: the sentence up to a likely place and the term are given, the model goes on."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import regex

from normalize.enforce.case import Case
from normalize.enforce.likeness import WORD
from normalize.engine import Engine
from normalize.glossary import literals
from normalize.glossary.english import articled, capitalised
from normalize.glossary.wants import Standing, Want

__all__ = ["Slot", "expected", "place", "slot", "words"]

_LETTERS = regex.compile(r"[\p{L}\p{M}]+")
_SHORTEST_ANCHOR = 3  # letters
_PREFIXES = 1  # places tried for a term in one turn
_REACH = 6  # words from the expected place


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A text that lacks a term, and what says where in it the term is to be expected."""

    source: str
    """The source with the targets of all missing terms put in."""
    start: int
    """Where the term stands in `source`."""
    text: str
    want: Want
    standing: Standing
    turn: int = 0
    """How many times the term was tried before: farther places follow."""


def slot(case: Case, missing: Sequence[int], number: int, turn: int) -> Slot:
    """Say where a missing term is to be placed: all missing targets stand in the source."""
    forms = dict(case.plan.ahead) | {other: case.forms[other] for other in missing}
    before = {other: form for other, form in forms.items() if other < number}
    return Slot(
        source=case.plan.switched(forms),
        start=case.plan.places[number][0] + len(case.plan.switched(before)) - len(case.plan.source),
        text=case.current.text,
        want=case.want(number),
        standing=case.current.standing,
        turn=turn,
    )


def place(slots: Sequence[Slot], engine: Engine) -> list[list[tuple[str, float]]]:
    """Give candidates (text, score) for each slot, the likeliest first; all go to the engine in one call."""
    asked: list[tuple[int, str]] = []
    for number, slot in enumerate(slots):
        for start in _starts(slot):
            before = slot.text[:start]
            form = slot.want.form
            if not before.strip() and not slot.want.exact:
                form = capitalised(form)
            asked.append((number, articled(before, form) + form))
    answers = engine.translate(
        [slots[number].source for number, _ in asked], prefixes=[prefix for _, prefix in asked]
    )
    candidates: list[list[tuple[str, float]]] = [[] for _ in slots]
    for (number, prefix), hypotheses in zip(asked, answers, strict=True):
        candidates[number].append((_unmerged(hypotheses[0].target, prefix), hypotheses[0].score))
    return [sorted(found, key=lambda candidate: -candidate[1]) for found in candidates]


def _unmerged(text: str, prefix: str) -> str:
    """Take off the letters by which the model made another word of the term: "swine flu" + "id in 2009"."""
    if not text.startswith(prefix):
        return text
    rest = text[len(prefix) :]
    merged = _LETTERS.match(rest)
    return text if merged is None or merged.group() in {"s", "es"} else prefix + rest[merged.end() :]


def _starts(slot: Slot) -> list[int]:
    """Give the word starts nearest to where the term is to be expected, outside other terms and literals."""
    taken = [span for spans in slot.standing.spans for span in spans] + list(literals(slot.text))
    spans = words(slot.text)
    free = [
        number
        for number, (start, _) in enumerate(spans)
        if not any(span.start < start < span.end for span in taken)
    ]
    middle = expected(slot, spans)
    distances = sorted((abs(number - middle), number) for number in free)
    turn = distances[slot.turn * _PREFIXES : (slot.turn + 1) * _PREFIXES]
    return [spans[number][0] for distance, number in turn if distance <= _REACH]


def words(text: str) -> list[tuple[int, int]]:
    """Give where each word of a text begins and ends."""
    return [match.span() for match in WORD.finditer(text)]


def expected(slot: Slot, spans: Sequence[tuple[int, int]]) -> float:
    """Say at which word of the text the term is to be expected: between the words that stand on both sides alike."""
    source = [(match.start(), match.group().casefold()) for match in WORD.finditer(slot.source)]
    target = [slot.text[start:end].casefold() for start, end in spans]
    here = sum(start < slot.start for start, _ in source)
    anchors = [(-1.0, -1.0)]
    for number, (_, word) in enumerate(source):
        if len(word) >= _SHORTEST_ANCHOR and target.count(word) == 1 and sum(other == word for _, other in source) == 1:
            anchors.append((float(number), float(target.index(word))))
    anchors.append((float(len(source)), float(len(target))))
    left = max(anchor for anchor in anchors if anchor[0] < here)
    right = min(anchor for anchor in anchors if anchor[0] > here or anchor is anchors[-1])
    share = (here - left[0]) / max(1.0, right[0] - left[0])
    return left[1] + share * (right[1] - left[1])
