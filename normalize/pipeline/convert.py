"""From segments to checked units: plan → recall → translate → check → guard → enforce → check, for a group at once.

Segments of all articles of a group go to the model together, so that batches are full and a sentence that recurs is
translated once. What a unit becomes does not depend on its group.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence

import msgspec

from normalize import __version__
from normalize.check import check
from normalize.corpus import Conversion, Origin, Segment, State, Unit
from normalize.enforce import Plan, Renderings, ask, enforce, plan
from normalize.enforce.receipts import receipts
from normalize.engine import Engine, Hypothesis
from normalize.glossary import Glossary
from normalize.guard import Guarded, guard, settle
from normalize.pipeline.prepare import Prepared
from normalize.pipeline.recall import Recall

__all__ = ["convert", "key"]


def key(prepared: Prepared, engine: str, glossary: str, recalled: Recall) -> bytes:
    """Hash all that decides an article's conversion: its clean text and history, what people said of it, and us.

    `engine` and `glossary` are signatures; `recalled` is what the memory has of the article's segments.
    """
    wanted = {(segment.source, segment.language) for segment in prepared.segments}
    said = sorted((*place, *dataclasses.astuple(one)) for place, one in recalled.items() if place in wanted)
    decisive = (__version__, prepared, engine, glossary, said)
    return hashlib.sha256(msgspec.msgpack.encode(decisive, order="deterministic")).digest()


def convert(  # noqa: PLR0913 - what is converted, by what, and what is known already
    group: Sequence[Prepared],
    engine: Engine | None,
    glossary: Glossary,
    *,
    target_language: str = "en",
    renderings: Renderings | None = None,
    recalled: Recall | None = None,
    guarded: bool = True,
) -> list[Conversion]:
    """Translate all articles of a group, which are in one language; one Conversion each, in order.

    What is in `recalled` is taken as it is, and the model not asked. Segments already in the target language are
    copied; where all are, no `engine` is needed. `renderings` keeps what enforcing learns of the engine from one call
    to the next. With `guarded` off, faults are found and not repaired.
    """
    recalled = recalled or {}
    units: dict[str, Unit] = {}
    foreign: list[Plan] = []
    for prepared in group:
        open_: list[Segment] = []
        for segment in prepared.segments:
            known = recalled.get((segment.source, segment.language))
            if known is None and segment.language == target_language:
                units[segment.id] = _copy(segment, target_language)
            else:
                open_.append(segment)
        for planned in plan(open_, glossary, prepared.article, target=target_language) if open_ else ():
            known = recalled.get((planned.segment.source, planned.segment.language))
            if known is None:
                foreign.append(planned)
            else:
                unit = known.unit(planned.segment, target_language)
                unit = dataclasses.replace(unit, receipts=receipts(planned, known.target))
                units[planned.segment.id] = check(unit)
    if engine is not None:
        units |= {unit.segment.id: unit for unit in _translate(foreign, engine, renderings, guarded=guarded)}
    return [
        Conversion(article=prepared.article, units=tuple(units[segment.id] for segment in prepared.segments))
        for prepared in group
    ]


def _copy(segment: Segment, target_language: str) -> Unit:
    return Unit(
        segment=segment,
        target=segment.source,
        target_language=target_language,
        state=State.TRANSLATED,
        origin=Origin.COPIED,
    )


def _translate(
    plans: Sequence[Plan], engine: Engine, renderings: Renderings | None, *, guarded: bool
) -> list[Unit]:
    renderings = renderings or Renderings(engine)
    plans, hypotheses = ask(plans, engine, renderings)
    drafts = [
        _draft(planned.segment, answers[0], engine.target_language)
        for planned, answers in zip(plans, hypotheses, strict=True)
    ]
    kept = (
        guard(
            drafts, [planned.source for planned in plans], engine,
            truncated=[answers[0].truncated for answers in hypotheses],
        )
        if guarded
        else [Guarded(hypothesis=answers[0]) for answers in hypotheses]
    )  # fmt: skip
    # What the guard decoded anew it decoded from the segment's own words: nothing stood in for a term.
    plans = [planned.plain if one.anew else planned for planned, one in zip(plans, kept, strict=True)]
    answers = [(one.hypothesis, *others) for one, (_, *others) in zip(kept, hypotheses, strict=True)]
    units = enforce(plans, answers, engine, renderings=renderings)
    finished = [_finished(*parts) for parts in zip(units, drafts, kept, strict=True)]
    if not guarded:
        return finished
    return [
        settle(unit, truncated=one.hypothesis.truncated) if unit.receipts and unit.findings else unit
        for unit, one in zip(finished, kept, strict=True)
    ]


def _draft(segment: Segment, answer: Hypothesis, target_language: str) -> Unit:
    """Make the unit of the model's own answer, and check it."""
    unit = Unit(
        segment=segment,
        target=answer.target,
        target_language=target_language,
        state=State.TRANSLATED,
        score=answer.score,
        origin=Origin.MACHINE,
    )
    return check(unit, truncated=answer.truncated)


def _finished(unit: Unit, draft: Unit, guarded: Guarded) -> Unit:
    """Put together what was made of a segment; a text the checks have seen is not checked again."""
    changed = unit.target != draft.target
    unit = dataclasses.replace(
        unit, model_target=draft.target if changed else "", repairs=guarded.repairs, findings=draft.findings
    )
    if not changed and not unit.receipts:
        return unit
    return check(unit, truncated=guarded.hypothesis.truncated)
