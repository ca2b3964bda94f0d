"""Small articles, units and folders for tests: as a run has them, but for what a test says otherwise."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from normalize.corpus import (
    Article,
    Conversion,
    Finding,
    Issue,
    Metadata,
    Method,
    Origin,
    Receipt,
    Segment,
    Severity,
    Span,
    State,
    Unit,
)
from normalize.rows import UnitRow, line

__all__ = ["conversion", "finding", "receipt", "span", "unit", "write_run"]


def span(start: int, end: int) -> Span:
    return Span(start=start, end=end)


def unit(  # an id as a run gives it, `ARTICLE:PARAGRAPH.NUMBER`, tells the article and the paragraph
    id_: str, source: str = "Dia pergi.", target: str = "He left.", **changed: Any  # noqa: ANN401 - any field
) -> Unit:
    article, _, place = id_.rpartition(":")
    segment = Segment(
        id=id_, article=article, paragraph=int(place.partition(".")[0]), span=span(0, len(source)), source=source,
        language=changed.pop("language", "id"),
    )  # fmt: skip
    made = Unit(segment=segment, target=target, state=State.TRANSLATED, origin=Origin.MACHINE)
    return dataclasses.replace(made, **changed)


def conversion(
    id_: str, units: Iterable[Unit], *, text: str | None = None, suffix: str = ".txt", language: str = "id",
    **metadata: Any,  # noqa: ANN401 - any of the metadata
) -> Conversion:  # fmt: skip
    """Make an article of these units; its text is their sources, a line each, unless it is given."""
    units = tuple(units)
    text = "\n".join(one.segment.source for one in units) if text is None else text
    article = Article(
        id=id_, path=f"{id_}{suffix}", raw=text, text=text, language=language, metadata=Metadata(**metadata),
        sha256=hashlib.sha256(text.encode(errors="replace")).hexdigest(),
    )  # fmt: skip
    return Conversion(article=article, units=units)


def finding(check: str, severity: Severity = Severity.MAJOR, issue: Issue = Issue.NUMBERS, **more: Any) -> Finding:  # noqa: ANN401 - any field
    return Finding(check=check, issue=issue, severity=severity, **{"message": "seen"} | more)


def receipt(term: str, target: str, method: Method, **more: Any) -> Receipt:  # noqa: ANN401 - any field
    fields: dict[str, Any] = {"span": span(0, len(term)), "surface": term}
    return Receipt(term=term, target=target, method=method, **fields | more)


def write_run(folder: Path, units: Iterable[Unit]) -> Path:
    """Write the units into the `corpus.jsonl` of a run's folder."""
    folder.mkdir(exist_ok=True)
    (folder / "corpus.jsonl").write_bytes(b"".join(line(UnitRow.of(one)) for one in units))
    return folder
