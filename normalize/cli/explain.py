"""`normalize explain`: from an English sentence back to the bytes that were read."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.cli.app import app, say
from normalize.cli.glossary_app import printable

if TYPE_CHECKING:
    from normalize.pipeline.explain import Explanation

__all__ = ["explain"]

_DEFAULT_RAW = Path("raw")
_LONGEST = 120
"""Characters of a passage that a line shows; `--json` has all."""


@app.command(
    epilog="Examples: `normalize explain 2024-05-01-jembatan:3.1` · `normalize explain jembatan:0.0 --out out --json`"
)
def explain(
    unit: Annotated[str, typer.Argument(metavar="UNIT-ID", help="As in corpus.jsonl and on the review page.")],
    *,
    out: Annotated[Path, typer.Option(metavar="OUT", help="Folder that `normalize run` wrote.")] = Path("out"),
    raw: Annotated[
        Path | None, typer.Option(metavar="RAW", help="Folder that was read, for the bytes. Default: `raw`, if there.")
    ] = None,
    memory: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The run's translation memory, if it was given one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")] = False,
) -> None:
    """Tell where an English sentence came from: file, place, edits, removals, segment, engine, guard, terms, findings.

    What a reviewer said of it is told too, where `normalize review apply` has taken it home.
    """
    from normalize.pipeline.explain import explain as look  # noqa: PLC0415 - keeps `--help` quick

    if raw is None and _DEFAULT_RAW.exists():
        raw = _DEFAULT_RAW
    found = look(out, unit, raw=raw, memory=memory)
    if as_json:
        say(json.dumps(_json(found), ensure_ascii=True, indent=2))
        return
    for label, text in _lines(found):
        say(printable(f"{label:<10} {text}"))


def _lines(found: Explanation) -> Iterator[tuple[str, str]]:
    """Give label and text of each line, from the English back to the file."""
    unit, segment = found.unit, found.unit.segment
    yield "English", unit.target or "(nothing)"
    yield "source", segment.source
    yield "state", f"{unit.state.value}, from {unit.origin.value}{_probability(unit.score)}"
    yield from _review(found)
    if found.remembered:
        one = found.remembered
        where = f", from {one.article}" if one.article else ""
        yield "memory", f"{one.state.value}{where}{f': {one.comment}' if one.comment else ''}"
    for finding in unit.findings:
        place = f" at {finding.span.start}-{finding.span.end}" if finding.span else ""
        yield "finding", f"{finding.check} ({finding.severity.value}){place}: {finding.message}"
    for receipt in unit.receipts:
        made = f", as {receipt.produced!r}" if receipt.produced else ""
        yield "term", f"{receipt.surface!r}: {receipt.term} → {receipt.target}: {receipt.method.value}{made}"
    for repair in unit.repairs:
        yield "guard", f"{repair.reason}: {repair.method}; before: {_short(repair.before)}"
    if unit.model_target and unit.model_target != unit.target:
        yield "model said", unit.model_target
    yield from _engine(found)
    yield "segment", (
        f"{segment.id}, paragraph {segment.paragraph + 1} of the clean text, {segment.span.start}-{segment.span.end}, "
        f"{segment.language} → {unit.target_language}"
    )
    if found.paragraph != segment.source:
        yield "paragraph", _short(found.paragraph)
    for removal in found.removals:
        yield "removed", f"{removal.id} by {removal.rule} ({removal.evidence}): {_short(removal.text)}"
    gone = {(removal.rule, removal.text) for removal in found.removals}
    for touch in found.touches:
        edit = touch.edit
        if (edit.rule, edit.before.strip()) not in gone:
            change = f"{_short(edit.before)} → {_short(edit.after)}"
            yield "edit", f"{touch.number}. {edit.rule} at {touch.raw.start}: {change}"
    yield from _origin(found)


def _engine(found: Explanation) -> Iterator[tuple[str, str]]:
    yield "engine", found.engine or "none was needed"
    if found.read:
        yield "read", ", ".join(f"{word!r} as {other!r}" for word, other in found.read.items())


def _review(found: Explanation) -> Iterator[tuple[str, str]]:
    one = found.correction
    if one is None:
        return
    yield "reviewer", f"{one.state.value}" + (f", label {one.label}" if one.label else "")
    if one.comment:
        yield "comment", one.comment
    if one.edited:
        yield "corrected", f"from {one.machine_target!r}"


def _origin(found: Explanation) -> Iterator[tuple[str, str]]:
    article = found.article
    yield "raw text", (
        f"{found.raw.start}-{found.raw.end}, line {found.raw_line}, column {found.raw_column}: {_short(found.raw_text)}"
    )
    record = f", record {article.record}" if article.record else ""
    yield "file", f"{article.path}{record}, {article.format}, {article.encoding}, sha256 {article.sha256}"
    if found.bytes_at:
        yield "bytes", f"{found.bytes_at[0]}-{found.bytes_at[1]}"
    yield "run", found.signature


def _json(found: Explanation) -> dict[str, object]:
    import msgspec  # noqa: PLC0415 - keeps `--help` quick

    article = found.article
    return {
        "unit": msgspec.to_builtins(found.unit),
        "paragraph": found.paragraph,
        "article": {"id": article.id, "path": article.path, "record": article.record, "format": article.format,
                    "encoding": article.encoding, "sha256": article.sha256, "language": article.language,
                    "metadata": msgspec.to_builtins(article.metadata), "duplicate_of": article.duplicate_of},
        "raw": {"start": found.raw.start, "end": found.raw.end, "line": found.raw_line, "column": found.raw_column,
                "text": found.raw_text, "bytes": found.bytes_at,
                "paragraph": [found.raw_paragraph.start, found.raw_paragraph.end]},
        "edits": [{"number": touch.number, "rule": touch.edit.rule, "evidence": touch.edit.evidence,
                   "before": touch.edit.before, "after": touch.edit.after,
                   "raw": [touch.raw.start, touch.raw.end]} for touch in found.touches],
        "removed": msgspec.to_builtins(found.removals),
        "engine": found.engine,
        "read": found.read,
        "signature": found.signature,
        "review": msgspec.to_builtins(found.correction),
        "memory": msgspec.to_builtins(found.remembered),
    }  # fmt: skip


def _probability(score: float | None) -> str:
    return "" if score is None or not math.isfinite(score) else f", score {score:.3f} ({100 * math.exp(score):.0f} %)"


def _short(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")
