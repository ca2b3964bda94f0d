"""The ladder: from the model's own answer to re-decoding, cheap steps first, every candidate under one test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from normalize.corpus import Method, Origin, State, Unit
from normalize.enforce.carriers import restored
from normalize.enforce.case import Case
from normalize.enforce.mend import mend
from normalize.enforce.place import Slot, place, slot
from normalize.enforce.plan import Plan
from normalize.enforce.renderings import Renderings
from normalize.enforce.split import split
from normalize.enforce.weigh import Insertions, cut, renumber
from normalize.engine import Engine, Hypothesis

__all__ = ["enforce"]

_ROUNDS = 6  # times a segment may be decoded anew
_TRIES = 4  # for one term
_TRIES_AGAIN = 2  # for a term that stands in the text already: the model may mean it by a pronoun
_AS_LIKELY, _LIKELY = 0.25, 0.4  # nats a token by which a text with the term put in may be less likely than the model's
_TURNS = 2  # times words are put into the source for a name
_HYPOTHESES = 4  # answers asked for when a source is translated again: with a beam of four, no dearer than one


def enforce(
    plans: Sequence[Plan],
    hypotheses: Sequence[tuple[Hypothesis, ...]],
    engine: Engine,
    *,
    renderings: Renderings | None = None,
) -> tuple[Unit, ...]:
    """Bring the glossary's targets into the translations; one unit for each plan, in order.

    `hypotheses[i]` are the engine's answers for `plans[i].asked`, best first. What cannot be placed without harm stays
    missing, and the model's sentence stays as it is. `renderings` keeps what is learned of the engine between calls.
    """
    renderings = renderings or Renderings(engine)
    cases = [
        Case.begin(plan, answers[0]) if plan.matches or plan.forbidden else None
        for plan, answers in zip(plans, hypotheses, strict=True)
    ]
    climbing = [case for case in cases if case is not None]
    for case, answers in zip(cases, hypotheses, strict=True):
        if case is not None:
            _choose(case, answers[1:])
    cut([case for case in climbing if case.wrong and not (case.open or case.plan.led)], engine)
    _restart([case for case in climbing if case.wrong or case.doubtful], engine)
    _mend([case for case in climbing if case.open], renderings)
    insertions = Insertions()
    insertions.offer(climbing, engine, _AS_LIKELY)
    for turn in range(_TURNS):
        _stand_in([case for case in climbing if case.open], turn, engine, renderings)
    insertions.offer(climbing, engine, _LIKELY)
    _redecode(climbing, engine)
    for case, text in split([case for case in climbing if case.open], engine):
        case.take(text, case.model.score, Method.SPLIT)
    cut([case for case in climbing if case.wrong], engine)
    for case in climbing:
        case.settle()
    renumber(climbing, engine)
    return tuple(
        _unit(plan, answers[0], case, engine) for plan, answers, case in zip(plans, hypotheses, cases, strict=True)
    )


def _mend(cases: Sequence[Case], renderings: Renderings) -> None:
    """Replace the model's own renderings of what is missing; then, in each article, those seen elsewhere in it."""
    renderings.learn(case.plan.matches[number].term for case in cases for number in case.missing())
    seen: dict[tuple[str, str], list[str]] = {}
    for case in cases:
        text, pieces = mend(case.current.text, case.plan, case.wanted, _known(case, renderings))
        if case.offer(text, case.current.score, Method.REPLACED):
            for want, piece in pieces:
                seen.setdefault((case.plan.segment.article, want.target), []).append(piece)
    for case in cases:
        if case.open:
            known = [seen.get((case.plan.segment.article, want.target), []) for want in case.wanted]
            text, _ = mend(case.current.text, case.plan, case.wanted, known)
            case.offer(text, case.current.score, Method.REPLACED)


def _known(case: Case, renderings: Renderings) -> list[list[str]]:
    """Give the learned renderings of each want's terms."""
    terms = [[case.plan.matches[number].term for number in want.occurrences] for want in case.wanted]
    return [[text for term in dict.fromkeys(these) for text in renderings.of(term)] for these in terms]


def _choose(case: Case, others: Sequence[Hypothesis]) -> None:
    """Look among further hypotheses for one with more of what is wanted, or without what stands too often."""
    for hypothesis in others:
        if case.open or case.wrong:
            case.take(hypothesis.target, hypothesis.score, Method.CHOSEN)


def _restart(cases: Sequence[Case], engine: Engine) -> None:
    """Ask again where a target stands too often, or where the answer may have suffered by what stood in for a term.

    Then the term itself is asked for, and that answer is what others are measured by.
    """
    answers = engine.translate([case.plan.source for case in cases], hypotheses=_HYPOTHESES) if cases else []
    for case, hypotheses in zip(cases, answers, strict=True):
        if case.plan.led:
            case.restart(hypotheses[0])
        _choose(case, hypotheses[1:])


def _stand_in(cases: Sequence[Case], turn: int, engine: Engine, renderings: Renderings) -> None:
    """Let the targets, or else carriers, stand for the missing terms, and translate again; one call for all."""
    asked: list[tuple[Case, dict[int, str], dict[int, str]]] = []
    for case in cases:
        targets, carriers = _stand_ins(case, turn, renderings)
        if targets or carriers:
            asked.append((case, targets, carriers))
    if not asked:
        return
    sources = [case.plan.switched(dict(case.plan.ahead) | targets | carriers) for case, targets, carriers in asked]
    for (case, _, carriers), hypotheses in zip(asked, engine.translate(sources, hypotheses=_HYPOTHESES), strict=True):
        method = Method.CARRIER if carriers else Method.CODE_SWITCHED
        for rank, hypothesis in enumerate(hypotheses):
            text = restored(hypothesis.target, carriers, case.wanted)
            if text and case.open and not case.take(text, hypothesis.score, method) and not rank:
                text, _ = mend(text, case.plan, case.wanted, _known(case, renderings))
                case.take(text, hypothesis.score, method)


def _stand_ins(case: Case, turn: int, renderings: Renderings) -> tuple[dict[int, str], dict[int, str]]:
    """Choose what stands for the missing terms: targets not tried yet that the engine copies, and carriers.

    A common noun that the engine knows and yet leaves out, a carrier seldom brings into the sentence; and where one
    carrier did not bring it, another seldom does. Names get a second.
    """
    targets: dict[int, str] = {}
    rest: dict[bool, list[int]] = {False: [], True: []}
    for number in case.missing():
        term = case.plan.matches[number].term
        if case.repeated(number):
            continue
        if not turn and renderings.copies(term) and number not in dict(case.plan.ahead):
            targets[number] = case.forms[number]
        elif term.exact_case or not (turn or renderings.says(term)):
            rest[term.exact_case].append(number)
    carriers: dict[int, str] = {}
    avoid = f"{case.plan.source} {case.current.text} {' '.join(want.target for want in case.wanted)}"
    for name, numbers in rest.items():
        later = turn + (not set(numbers).isdisjoint(dict(case.plan.carried)))
        words = renderings.carriers.choose(len(numbers), later, avoid, name=name) if numbers else ()
        if len(words) == len(numbers):
            carriers |= dict(zip(numbers, words, strict=True))
    return targets, carriers


def _redecode(cases: Sequence[Case], engine: Engine) -> None:
    """Decode anew from likely places with the term given, a term of each segment at a time."""
    tried: Counter[tuple[int, int]] = Counter()
    for _ in range(_ROUNDS):
        climbing: list[tuple[Case, Slot]] = []
        for index, case in enumerate(cases):
            missing = case.missing()
            number = next((number for number in missing if tried[index, number] < _tries(case, number)), None)
            if number is not None:
                climbing.append((case, slot(case, missing, number, tried[index, number])))
                tried[index, number] += 1
        if not climbing:
            return
        for (case, _), candidates in zip(climbing, place([where for _, where in climbing], engine), strict=True):
            for text, score in candidates:
                if case.take(text, score, Method.REDECODED):
                    break


def _tries(case: Case, number: int) -> int:
    return _TRIES_AGAIN if case.repeated(number) else _TRIES


def _unit(plan: Plan, model: Hypothesis, case: Case | None, engine: Engine) -> Unit:
    """Make the unit of a segment, with a receipt for each expected occurrence."""
    text = model.target if case is None else case.current.text
    return Unit(
        segment=plan.segment,
        target=text,
        target_language=engine.target_language,
        state=State.TRANSLATED,
        score=model.score if case is None else case.current.score,
        origin=Origin.MACHINE,
        model_target="" if text == model.target else model.target,
        receipts=() if case is None else case.receipts(),
    )
