"""Corrections into `out/` at once: what people have said, put into what a run has written, without a model."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import msgspec

from normalize.check import check
from normalize.corpus import Conversion, Origin, Unit
from normalize.enforce import plan
from normalize.enforce.receipts import receipts
from normalize.errors import InputError, NormalizeError
from normalize.glossary import Glossary
from normalize.memory import Memory
from normalize.pipeline.convert import key
from normalize.pipeline.journal import Journal
from normalize.pipeline.prepare import Prepared
from normalize.pipeline.publish import STATE, Record, noted, publish
from normalize.pipeline.recall import Recall, recall
from normalize.write import Report

__all__ = ["Revision", "revise"]

_AT_ONCE = 200
"""Articles kept in one transaction."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What corrections changed."""

    changed: tuple[tuple[Unit, Unit], ...]
    """Units before and after, sorted by article."""
    report: Report


def revise(out: Path, memory: Memory) -> Revision:
    """Put the memory's corrections into every unit of `out/` with their source, and write `out/` again.

    Receipts of corrected units are made anew while the glossary's files are as the run read them, and else kept.
    Raises InputError when no run has written `out`, and OutputError when it cannot be written or a run holds it.
    """
    if not (out / STATE).is_file():
        raise InputError("holds no finished run", path=out, advice="run `normalize run` first")
    changed: list[tuple[Unit, Unit]] = []
    with Journal(out / STATE) as journal:
        record = noted(journal)
        if record is None:
            raise InputError("holds no finished run of this version", path=out, advice="run `normalize run` first")
        glossary = _glossary(record)
        terms = record.inputs.get("glossary", Glossary().signature)
        engines = journal.engines()
        articles = sorted(engines)
        rows: list[tuple[bytes, str, Conversion]] = []
        for conversion in journal.conversions(articles):
            said = recall([unit.segment for unit in conversion.units], memory, record.target_language)
            revised = _revised(conversion, said, record.target_language, glossary)
            pairs = zip(conversion.units, revised.units, strict=True)
            changed += [(before, after) for before, after in pairs if before != after]
            engine = engines[conversion.article.id]
            if revised != conversion and not _outdated(revised, said):
                prepared = Prepared(
                    article=revised.article, segments=tuple(unit.segment for unit in revised.units)
                )
                rows.append((key(prepared, engine, terms, said), engine, revised))
            elif revised != conversion:
                rows.append((b"", engine, revised))  # the next run converts it anew
            if len(rows) >= _AT_ONCE:
                journal.keep(rows)
                rows = []
        journal.keep(rows)
        inputs = {name: value for name, value in record.inputs.items() if name != "memory"}
        if people := memory.signature():
            inputs["memory"] = people
        record = msgspec.structs.replace(record, inputs=inputs, fingerprint=b"")
        report, _ = publish(journal, record, out, articles, memory)
    return Revision(changed=tuple(changed), report=report)


def _glossary(record: Record) -> Glossary | None:
    """Load the run's glossary again, if it is still the same."""
    try:
        glossary = Glossary.load(*map(Path, record.glossary)) if record.glossary else Glossary()
    except NormalizeError:
        return None
    return glossary if glossary.signature == record.inputs.get("glossary", glossary.signature) else None


def _revised(conversion: Conversion, said: Recall, target_language: str, glossary: Glossary | None) -> Conversion:
    """Put what was said into one article's units."""
    units = []
    for unit in conversion.units:
        known = said.get((unit.segment.source, unit.segment.language))
        if known is None or (unit.target, unit.state, unit.origin) == (known.target, known.state, known.origin):
            units.append(unit)
            continue
        machine = unit.model_target if unit.origin is Origin.HUMAN else unit.target
        made = known.unit(unit.segment, target_language)
        units.append(dataclasses.replace(made, model_target=machine, receipts=unit.receipts))
    revised = dataclasses.replace(conversion, units=tuple(units))
    if revised == conversion:
        return conversion
    return dataclasses.replace(
        revised,
        units=tuple(
            after if after is before else check(_receipted(after, conversion, glossary, target_language))
            for before, after in zip(conversion.units, revised.units, strict=True)
        ),
    )


def _receipted(unit: Unit, conversion: Conversion, glossary: Glossary | None, target_language: str) -> Unit:
    """Look anew whether the corrected text has the terms."""
    if glossary is None:
        return unit
    [planned] = plan([unit.segment], glossary, conversion.article, target=target_language)
    return dataclasses.replace(unit, receipts=receipts(planned, unit.target))


def _outdated(conversion: Conversion, said: Recall) -> bool:
    """Whether a unit rests on a correction that has been forgotten since."""
    return any(
        unit.origin in {Origin.HUMAN, Origin.MEMORY} and (unit.segment.source, unit.segment.language) not in said
        for unit in conversion.units
    )
