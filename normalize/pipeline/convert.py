"""From segments to checked units: plan → translate → enforce → check, for a group of articles at once.

Segments of all articles of a group go to the model together, so that batches are full and a sentence that recurs is
translated once. What a unit becomes does not depend on its group.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from normalize import __version__
from normalize.check import check
from normalize.corpus import Conversion, Origin, Segment, State, Unit
from normalize.enforce import Renderings, enforce, plan
from normalize.engine import Engine
from normalize.glossary import Glossary
from normalize.pipeline.prepare import Prepared

__all__ = ["convert", "key"]


def key(prepared: Prepared, engine: Engine | None, glossary: Glossary) -> bytes:
    """Hash all that decides an article's conversion: its clean text and history, the engine, the glossary, us."""
    decisive = (__version__, prepared, engine.signature if engine else "", glossary.signature)
    return hashlib.sha256(msgspec.msgpack.encode(decisive, order="deterministic")).digest()


def convert(
    group: Sequence[Prepared],
    engine: Engine | None,
    glossary: Glossary,
    *,
    target_language: str = "en",
    renderings: Renderings | None = None,
) -> list[Conversion]:
    """Translate all articles of a group, which are in one language; one Conversion each, in order.

    Segments already in the target language are copied; where all are, no `engine` is needed. `renderings` keeps what
    enforcing learns of the engine from one call to the next.
    """
    foreign: list[Prepared] = []
    units: dict[str, Unit] = {}
    for prepared in group:
        wanted = tuple(segment for segment in prepared.segments if segment.language != target_language)
        if wanted:
            foreign.append(Prepared(article=prepared.article, segments=wanted))
        copied = (segment for segment in prepared.segments if segment.language == target_language)
        units |= {segment.id: _copy(segment, target_language) for segment in copied}
    if engine is not None:
        units |= {unit.segment.id: unit for unit in _translate(foreign, engine, glossary, renderings)}
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
    articles: Sequence[Prepared], engine: Engine, glossary: Glossary, renderings: Renderings | None
) -> list[Unit]:
    plans = [
        planned
        for prepared in articles
        for planned in plan(prepared.segments, glossary, prepared.article, target=engine.target_language)
    ]
    hypotheses = engine.translate([planned.source for planned in plans])
    units = enforce(plans, hypotheses, engine, renderings=renderings)
    return [
        check(unit, truncated=answers[0].truncated) for unit, answers in zip(units, hypotheses, strict=True)
    ]
