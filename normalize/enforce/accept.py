"""The one test every candidate must pass before it may stand for the model's answer."""

from __future__ import annotations

import dataclasses
import functools
from collections import Counter
from collections.abc import Callable

from normalize.enforce.plan import Plan
from normalize.glossary import literals
from normalize.glossary.wants import Standing, Want, numbers, occurs, standing

__all__ = ["Answer", "alike", "answer", "better", "uncalled"]

_SHORTEST, _LONGEST = 0.7, 1.5  # length of a candidate, as a share of the model's answer
_SLACK = 8  # characters a candidate may always be shorter by, or longer beside the terms it brings
_ALIKE = 0.35  # share of character trigrams a candidate keeps of the model's answer, terms apart
_WORSE = 1.0  # nats a token by which a re-decoded candidate may score below the model's answer


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A text for a plan, and how it stands to what the plan wants."""

    text: str
    score: float
    standing: Standing
    lost: int
    """Literals of the source that it lacks."""
    banned: int
    """Targets in it that a row forbids."""
    numbers: int
    """How far its numbers are from the source's: 0 is best."""


def answer(plan: Plan, wanted: tuple[Want, ...], text: str, score: float) -> Answer:
    """Examine a text."""
    return Answer(
        text=text,
        score=score,
        standing=standing(text, wanted),
        lost=_lost(plan.source, text) if literals(plan.source) else 0,
        banned=sum(occurs(match.term.target, text, exact=match.term.exact_case) for match in plan.forbidden),
        numbers=_apart(_numbers(plan.source), _numbers(text)),
    )


def _lost(source: str, text: str) -> int:
    """Count the literals of a source that a text lacks."""
    given, found = (Counter(span.of(one) for span in literals(one)) for one in (source, text))
    return (given - found).total()


_numbers = functools.lru_cache(maxsize=4096)(numbers)
"""The candidates for a segment differ in a word or two, and its source stays: most are asked about again."""


def _apart(given: Counter[str], found: Counter[str]) -> int:
    """Count the numbers that only one of two texts has."""
    return 0 if given == found else ((found - given) + (given - found)).total()


def _rank(text: Answer) -> tuple[int, int, int, int]:
    """Order answers: more wanted terms, then fewer forbidden, then more literals kept, then fewer repetitions."""
    return text.standing.satisfied, -text.banned, -text.lost, -text.standing.excess - text.standing.doubled


def better(plan: Plan, candidate: Answer, current: Answer, model: Answer) -> bool:
    """Whether a candidate brings more of what is wanted than the current text and harms nothing.

    Harm is measured on the model's answer: a target doubled or in excess, another target of the glossary that nothing
    asked for, a forbidden target, a literal or number lost, a text much longer, shorter, different or less likely.
    """
    new, old = candidate.standing, model.standing
    return (
        _rank(candidate) > _rank(current)
        and all(after >= before for after, before in zip(new.counts, current.standing.counts, strict=True))
        and new.excess <= old.excess
        and new.doubled <= old.doubled
        and candidate.numbers <= model.numbers
        and candidate.lost <= current.lost
        and candidate.score >= model.score - _WORSE
        and _length(candidate, model)
        and alike(candidate, model) >= _ALIKE
        and candidate.banned <= current.banned
        and not uncalled(plan, candidate.text, model.text)
    )


def _length(candidate: Answer, model: Answer) -> bool:
    """Whether a candidate's length is near enough to the model's answer's; the terms it brings are not counted."""
    new, old = len(candidate.text), len(model.text)
    brought = sum(span.end - span.start for spans in candidate.standing.spans for span in spans)
    return min(_SHORTEST * old, old - _SLACK) <= new <= max(_LONGEST * old, old + _SLACK + brought)


def alike(candidate: Answer, model: Answer) -> float:
    """Give the share of trigrams two answers have in common, with the wanted targets taken out of both."""
    one, other = _bare(candidate), _bare(model)
    if one == other:
        return 1.0
    total = max(0, len(one) - 2) + max(0, len(other) - 2)
    if total <= 40:
        return 1.0
    here, there = _trigrams(one), _trigrams(other)
    if len(here) > len(there):
        here, there = there, here
    common = sum(min(count, there[trigram]) for trigram, count in here.items() if trigram in there)
    return 2 * common / total


def _bare(text: Answer) -> str:
    """Give a text in small letters without the wanted targets in it."""
    rest, end = [], 0
    for span in sorted(span for spans in text.standing.spans for span in spans):
        rest.append(text.text[end : span.start])
        end = span.end
    return "".join([*rest, text.text[end:]]).lower()


@functools.lru_cache(maxsize=1024)  # candidates for one place differ in the targets alone, and the model's answer stays
def _trigrams(bare: str) -> Counter[str]:
    return Counter(map("".join, zip(bare, bare[1:], bare[2:], strict=False)))


def uncalled(plan: Plan, text: str, model: str = "") -> list[str]:
    """Give the targets of the glossary that stand in a text, and more often than in `model`, with no term asking."""
    here = _targets(plan.glossary.targets, text)
    new = here - _targets(plan.glossary.targets, model) if here and model else here
    if not new:
        return []
    wanted = {match.term.target.casefold() for match in plan.matches}
    return sorted(target for target in new if not any(target in want for want in wanted))


@functools.lru_cache(maxsize=1024)  # every candidate for a segment is compared with the model's own answer
def _targets(find: Callable[[str], Counter[str]], text: str) -> Counter[str]:
    """Find the targets of one glossary in a text; a bound method is told from another by its glossary's identity."""
    return find(text)
