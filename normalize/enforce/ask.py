"""The first question: what the engine is given for each segment, and its answers as if it had been given the segment.

Where the engine is known to render a term otherwise, it is not asked in vain: the target stands in the source at once
if the engine copies it, or else a carrier does.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from normalize.enforce.carriers import restored
from normalize.enforce.plan import Plan
from normalize.enforce.renderings import Renderings
from normalize.engine import Engine, Hypothesis

__all__ = ["ask"]


def ask(
    plans: Sequence[Plan], engine: Engine, renderings: Renderings
) -> tuple[tuple[Plan, ...], list[tuple[Hypothesis, ...]]]:
    """Translate each plan's segment; gives the plans, which now say what was asked, and the answers, best first.

    A segment without a term is asked as it stands, and its answer is the one that it has without a glossary.
    """
    renderings.learn(match.term for plan in plans for match in plan.matches)
    plans = tuple(_led(plan, renderings) if plan.matches else plan for plan in plans)
    answers = engine.translate([plan.asked for plan in plans])
    answers = [_presentable(plan, these) for plan, these in zip(plans, answers, strict=True)]
    # Where a carrier came back so that its place is not clear, the term itself is asked for after all.
    plain = [number for number, these in enumerate(answers) if not these]
    again = [plans[number].plain for number in plain]
    found = dict(zip(plain, zip(again, engine.translate([plan.asked for plan in again]), strict=True), strict=True))
    pairs = [found.get(number, pair) for number, pair in enumerate(zip(plans, answers, strict=True))]
    return tuple(plan for plan, _ in pairs), [these for _, these in pairs]


def _led(plan: Plan, renderings: Renderings) -> Plan:
    """Choose, for each occurrence, whether the engine is given the term, its target, or a carrier.

    A term gets a carrier only where it is a common noun: most names the engine does not copy alone it copies in a
    sentence.
    """
    forms = {number: want.form for want in plan.wanted for number in want.occurrences}
    other = [number for number, match in enumerate(plan.matches) if not renderings.says(match.term)]
    ahead = tuple((number, forms[number]) for number in other if renderings.copies(plan.matches[number].term))
    rest = [number for number in other if number not in dict(ahead) and not plan.matches[number].term.exact_case]
    avoid = " ".join((plan.source, *forms.values()))
    carriers = renderings.carriers.choose(len(rest), 0, avoid, name=False) if rest else ()
    carried = tuple(zip(rest, carriers, strict=True)) if len(carriers) == len(rest) else ()
    return dataclasses.replace(plan, ahead=ahead, carried=carried)


def _presentable(plan: Plan, answers: Sequence[Hypothesis]) -> tuple[Hypothesis, ...]:
    """Put the targets in place of the carriers, and leave out the answers where that cannot be done."""
    if not plan.carried:
        return tuple(answers)
    texts = [restored(answer.target, dict(plan.carried), plan.wanted) for answer in answers]
    return tuple(
        dataclasses.replace(answer, target=text)
        for answer, text in zip(answers, texts, strict=True)
        if text is not None
    )
