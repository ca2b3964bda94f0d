"""The ladder: from the model's own answer to re-decoding, cheap steps first, every candidate under one test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from normalize.corpus import Method, Origin, State, Unit
from normalize.enforce.carriers import Carriers, found
from normalize.enforce.case import Case
from normalize.enforce.mend import mend, put
from normalize.enforce.place import Slot, place
from normalize.enforce.plan import Plan
from normalize.enforce.renderings import Renderings
from normalize.engine import Engine, Hypothesis

__all__ = ["enforce"]

_HYPOTHESES = 2  # answers asked for when a source is translated again
_MORE_HYPOTHESES = 4  # where the answer stutters
_ROUNDS = 4  # times a segment may be decoded anew
_TRIES = 2  # for one term
_TURNS = 3  # carriers tried for a term


def enforce(
    plans: Sequence[Plan],
    hypotheses: Sequence[tuple[Hypothesis, ...]],
    engine: Engine,
    *,
    renderings: Renderings | None = None,
) -> tuple[Unit, ...]:
    """Bring the glossary's targets into the translations; one unit for each plan, in order.

    `hypotheses[i]` are the engine's answers for `plans[i].source`, best first. What cannot be placed without harm stays
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
            for other in answers[1:]:
                case.offer(other.target, other.score, Method.CHOSEN)
    _mend([case for case in climbing if case.open], renderings)
    _choose([case for case in climbing if case.wrong], engine)
    _switch([case for case in climbing if case.open], engine, renderings)
    for turn in range(_TURNS):
        _carry([case for case in climbing if case.open], turn, engine, renderings.carriers)
    _redecode(climbing, engine)
    return tuple(
        _unit(plan, answers[0], case, engine) for plan, answers, case in zip(plans, hypotheses, cases, strict=True)
    )


def _mend(cases: Sequence[Case], renderings: Renderings) -> None:
    """Replace the model's own renderings of what is missing; then, in each article, those seen elsewhere in it."""
    renderings.learn(sorted({case.plan.matches[number].term.source for case in cases for number in case.missing()}))
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
    sources = [[case.plan.matches[number].term.source for number in want.occurrences] for want in case.wanted]
    return [[text for source in dict.fromkeys(terms) for text in renderings.of(source)] for terms in sources]


def _switch(cases: Sequence[Case], engine: Engine, renderings: Renderings) -> None:
    """Put the missing targets into the source and translate again."""
    sources = [case.switched({number: case.forms[number] for number in case.missing()}) for case in cases]
    answers = engine.translate(sources, hypotheses=_HYPOTHESES) if sources else []
    for case, hypotheses in zip(cases, answers, strict=True):
        for hypothesis in hypotheses:
            if case.open and not case.take(hypothesis.target, hypothesis.score, Method.CODE_SWITCHED):
                text, _ = mend(hypothesis.target, case.plan, case.wanted, _known(case, renderings))
                case.take(text, hypothesis.score, Method.CODE_SWITCHED)


def _choose(cases: Sequence[Case], engine: Engine) -> None:
    """Look among more hypotheses for one that says a target no oftener than asked for, and no forbidden one."""
    answers = engine.translate([case.plan.source for case in cases], hypotheses=_MORE_HYPOTHESES) if cases else []
    for case, hypotheses in zip(cases, answers, strict=True):
        for hypothesis in hypotheses[1:]:
            if case.wrong:
                case.take(hypothesis.target, hypothesis.score, Method.CHOSEN)


def _carry(cases: Sequence[Case], turn: int, engine: Engine, carriers: Carriers) -> None:
    """Let carriers stand for the missing terms, translate, and put the targets in their places."""
    asked: list[tuple[Case, dict[int, str]]] = []
    for case in cases:
        chosen: dict[int, str] = {}
        avoid = f"{case.plan.source} {case.current.text} {' '.join(want.target for want in case.wanted)}"
        for name in (False, True):
            numbers = [number for number in case.missing() if case.plan.matches[number].term.exact_case is name]
            words = carriers.choose(len(numbers), turn, avoid, name=name) if numbers else ()
            if len(words) == len(numbers):
                chosen |= dict(zip(numbers, words, strict=True))
        if chosen:
            asked.append((case, chosen))
    if not asked:
        return
    answers = engine.translate([case.switched(chosen) for case, chosen in asked], hypotheses=_HYPOTHESES)
    for (case, chosen), hypotheses in zip(asked, answers, strict=True):
        for hypothesis in hypotheses:
            text = _restored(case, hypothesis.target, chosen)
            if text and case.open:
                case.take(text, hypothesis.score, Method.CARRIER)


def _restored(case: Case, text: str, chosen: Mapping[int, str]) -> str:
    """Put the targets in place of the carriers; nothing where a carrier stands more than once."""
    for number, carrier in chosen.items():
        spans = found(text, carrier)
        if len(spans) > 1:
            return ""
        for span in spans:
            text = put(text, span, case.want(number))
    return text


def _redecode(cases: Sequence[Case], engine: Engine) -> None:
    """Decode anew from likely places with the term given, a term of each segment at a time."""
    tried: Counter[tuple[int, int]] = Counter()
    for _ in range(_ROUNDS):
        climbing: list[tuple[Case, Slot]] = []
        for index, case in enumerate(cases):
            missing = case.missing()
            number = next((number for number in missing if tried[index, number] < _TRIES), None)
            if number is not None:
                climbing.append((case, _slot(case, missing, number, tried[index, number])))
                tried[index, number] += 1
        if not climbing:
            return
        for (case, _), candidates in zip(climbing, place([slot for _, slot in climbing], engine), strict=True):
            for text, score in candidates:
                if case.take(text, score, Method.REDECODED):
                    break


def _slot(case: Case, missing: Sequence[int], number: int, turn: int) -> Slot:
    """Say where a missing term is to be placed: all missing targets stand in the source."""
    forms = {other: case.forms[other] for other in missing}
    before = {other: form for other, form in forms.items() if other < number}
    return Slot(
        source=case.switched(forms),
        start=case.plan.places[number][0] + len(case.switched(before)) - len(case.plan.source),
        text=case.current.text,
        want=case.want(number),
        standing=case.current.standing,
        turn=turn,
    )


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
