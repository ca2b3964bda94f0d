"""Writing `out/` from the journal: after a run, and again when people have corrected what is in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from normalize import __version__, errors
from normalize.check.bitext import BITEXT
from normalize.check.settings import Settings
from normalize.clean import removed
from normalize.corpus import Article, Conversion, Removed
from normalize.errors import NormalizeError
from normalize.guard import estimate, estimates
from normalize.memory import Memory
from normalize.pipeline.journal import Journal
from normalize.review import Selection, render
from normalize.review.suggest import suggestions
from normalize.write import Report, write

__all__ = ["REVIEW", "STATE", "Record", "Totals", "failure", "noted", "publish"]

REVIEW = "review.html"
STATE = Path(".normalize", "journal.sqlite")
"""Where a run keeps what it has finished, inside `out`."""


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Counts over the whole corpus."""

    articles: int = 0
    units: int = 0
    source_words: int = 0
    removed_lines: int = 0
    terms_expected: int = 0
    terms_kept: int = 0
    findings: int = 0

    @classmethod
    def of(cls, report: Report) -> Totals:
        """Take what a summary shows of a report."""
        return cls(
            articles=report.articles,
            units=report.units,
            source_words=report.source_words,
            removed_lines=report.removed.total(),
            terms_expected=report.terms_expected,
            terms_kept=report.terms_kept,
            findings=report.findings_total,
        )


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A failure as it is kept."""

    kind: str
    what: str
    path: str | None
    line: int | None
    advice: str

    def error(self) -> NormalizeError:
        """Make the error again."""
        kind = getattr(errors, self.kind, NormalizeError)
        made: NormalizeError = kind(self.what, path=self.path, line=self.line, advice=self.advice)
        return made


def failure(error: NormalizeError) -> Failure:
    """Keep an error."""
    return Failure(
        kind=type(error).__name__, what=error.what, path=error.path, line=error.line, advice=error.advice
    )


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What was written last, and what of it does not stand in the conversions themselves."""

    name: str
    """Of the folder of raw articles."""
    target_language: str
    models: dict[str, str]
    """Source language → signature of the engine."""
    options: dict[str, Any]
    inputs: dict[str, str]
    """Names of what else went in (glossary, memory) → signatures."""
    glossary: tuple[str, ...] = ()
    """The glossary's files."""
    failed: tuple[Failure, ...] = ()
    licence: str = ""
    checks: str = ""
    """What the user wants of the checks (`checks.toml`), empty for all as they are."""
    fingerprint: bytes = b""
    """Hash of all that went in, where nothing is left to do; else empty."""
    totals: Totals = Totals()

    @property
    def signature(self) -> str:
        """Name what made the corpus (after sacrebleu)."""
        parts = [f"normalize {__version__}"]
        parts += [f"{language}-{self.target_language}|{model}" for language, model in sorted(self.models.items())]
        parts += [f"{name} {self.inputs[name]}" for name in sorted(self.inputs)]
        parts += [] if self.options.get("guard", True) else ["no guard"]
        return "|".join(parts if "glossary" in self.inputs else [*parts, "no glossary"])


def noted(journal: Journal) -> Record | None:
    """Give what was written last; None where nothing was, or another version wrote it."""
    value = journal.noted()
    try:
        return None if value is None else msgspec.msgpack.decode(value, type=Record)
    except msgspec.DecodeError:
        return None  # of another version of ours: a note can be made again


def _as_wanted(conversions: Iterable[Conversion], checks: str) -> Iterable[Conversion]:
    """Check every unit as the user's settings say: the journal holds what all checks found."""
    if not checks:
        return conversions
    # Those of a whole bitext have nothing to say of a unit alone.
    settings = Settings.of_text(checks).narrowed(without=[one.name for one in BITEXT])
    return (
        dataclasses.replace(
            conversion, units=tuple(settings.apply(unit, "corpus.jsonl")[0] for unit in conversion.units)
        )
        for conversion in conversions
    )


def _once(function: Callable[[Article], list[Removed]]) -> Callable[[Article], list[Removed]]:
    """Give a function that remembers what it said of the last article: the page and the tables ask in turn."""
    last: tuple[Article, list[Removed]] | None = None

    def remembered(article: Article) -> list[Removed]:
        nonlocal last
        if last is None or last[0] is not article:
            last = article, function(article)
        return last[1]

    return remembered


def publish(
    journal: Journal, record: Record, out: Path, articles: Sequence[str], memory: Memory
) -> tuple[Report, Record]:
    """Write all files of `out/` from the journal, and note in it what was written.

    `articles` are the ids to write, sorted; others leave the journal, so that it holds what `out/` holds. The review
    page shows what the `memory` has that is like the worst units.
    Raises OutputError when `out` cannot be written.
    """
    taken_out = _once(removed)
    selection = Selection(taken_out, estimate=estimate, estimates=estimates, suggest=suggestions(memory))
    page = render(
        selection,
        signature=record.signature,
        name=record.name,
        target_language=record.target_language,
        models=record.models,
    )
    conversions = selection.watch(_as_wanted(journal.conversions(articles), record.checks))
    report = write(
        conversions,
        out,
        removed=taken_out,
        signature=record.signature,
        target_language=record.target_language,
        options=record.options,
        inputs=record.inputs,
        failed=[one.error() for one in record.failed],
        extra={REVIEW: page},
        licence=record.licence,
    )
    journal.forget(journal.articles() - set(articles))
    record = msgspec.structs.replace(record, totals=Totals.of(report))
    journal.note(msgspec.msgpack.encode(record))
    return report, record
