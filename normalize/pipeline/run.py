"""The main job: a folder of raw articles becomes a clean parallel corpus.

Groups of articles are prepared in this thread while earlier groups are translated in others; finished groups go into
the journal, and `out/` is written from the journal at the end. A run that is stopped at any instant goes on where it
was.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import Path

from normalize import __version__
from normalize.clean import removed
from normalize.engine import Engine
from normalize.errors import NormalizeError, RunInterruptedError
from normalize.glossary import Glossary
from normalize.pipeline.journal import Journal
from normalize.pipeline.prepare import AUTO, Folder, survey_folder
from normalize.pipeline.work import Progress, Work
from normalize.review import Selection, render
from normalize.translate import Package, Store
from normalize.write import Report, write

__all__ = ["Options", "Plan", "Progress", "Summary", "plan_run", "run"]

REVIEW = "review.html"
STATE = Path(".normalize", "journal.sqlite")
"""Where a run keeps what it has finished, inside `out`."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user asked for."""

    raw: Path = Path("raw")
    out: Path = Path("out")
    glossary: Path | None = None
    source_language: str = AUTO
    target_language: str = "en"
    only: str = ""
    """Glob on article ids; empty for all."""
    force: bool = False
    jobs: int | None = None
    """Translations side by side; None for one on each core."""
    beam: int = 4


class Engines:
    """The engine of each source language, chosen once; one without a package gives the same LanguageError each time."""

    def __init__(self, store: Store, options: Options) -> None:
        self._store = store
        self._options = options
        self._chosen: dict[str, Engine | NormalizeError] = {}

    def __call__(self, language: str) -> Engine:
        """Give the engine for `language`; raises LanguageError or PackageError."""
        if language not in self._chosen:
            options = self._options
            try:
                self._chosen[language] = self._store.engine(
                    language, options.target_language, beam=options.beam, jobs=options.jobs
                )
            except NormalizeError as error:
                self._chosen[language] = error
        chosen = self._chosen[language]
        if isinstance(chosen, NormalizeError):
            raise chosen
        return chosen


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run would do, known before any model is loaded."""

    options: Options
    folder: Folder
    glossary: Glossary
    store: Store
    selected: tuple[str, ...]
    """Ids of the articles this run converts, sorted by file."""

    def packages(self, language: str) -> tuple[Package, ...]:
        """Give the packages that translate `language`; none where it cannot be translated."""
        try:
            return self.store.choose(language, self.options.target_language).packages
        except NormalizeError:
            return ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run did."""

    converted: int
    """Articles of this run that are in the corpus now."""
    reused: int
    """Of them, finished by an earlier run."""
    failed: tuple[NormalizeError, ...]
    report: Report
    """Counts over the whole corpus."""
    out: Path
    review: Path
    notices: tuple[str, ...] = ()


def plan_run(options: Options, *, every_language: bool = True, seen: Callable[[int], None] | None = None) -> Plan:
    """Read the folder once, and the glossary; nothing is written and no model loaded.

    With `every_language` off, `folder.languages` tells only those of some articles.

    Raises UsageError when `raw` is not there and GlossaryError when the glossary cannot be read.
    """
    glossary = Glossary.load(options.glossary) if options.glossary else Glossary()
    folder = survey_folder(
        options.raw, source_language=options.source_language, every_language=every_language, seen=seen
    )
    selected = tuple(article for article in folder.words if not options.only or fnmatchcase(article, options.only))
    return Plan(options=options, folder=folder, glossary=glossary, store=Store.open(), selected=selected)


def run(plan: Plan, *, progress: Callable[[Progress], None] | None = None) -> Summary:
    """Convert what is not converted yet, then write `out/`.

    Raises OutputError when `out` cannot be written, and RunInterruptedError on Ctrl-C; finished articles are kept.
    """
    options = plan.options
    engines = Engines(plan.store, options)
    with Journal(options.out / STATE) as journal:
        work = Work(
            folder=plan.folder,
            selected=plan.selected,
            glossary=plan.glossary,
            engines=engines,
            journal=journal,
            source_language=options.source_language,
            target_language=options.target_language,
            force=options.force,
            progress=progress,
        )
        try:
            work.convert_all()
            return _write(plan, journal, work, engines)
        except KeyboardInterrupt:
            raise RunInterruptedError(
                f"stopped; {len(work.done)} of {len(plan.selected)} articles are finished and kept",
                advice="run again to go on",
            ) from None


def _write(plan: Plan, journal: Journal, work: Work, engines: Engines) -> Summary:
    """Write `out/` from the journal: this run's articles, and earlier ones that `only` left alone."""
    options = plan.options
    finished = journal.articles()
    untouched = (finished & plan.folder.words.keys()) - set(plan.selected)
    articles = sorted(untouched | work.done.keys())
    signature, models = _signature(plan, engines, work.languages)
    selection = Selection(removed)
    page = render(
        selection,
        signature=signature,
        name=options.raw.resolve().name,
        target_language=options.target_language,
        models=models,
    )
    failed = sorted(work.failed, key=lambda error: (error.path or "", error.line or 0))
    report = write(
        selection.watch(journal.conversions(articles)),
        options.out,
        removed=removed,
        signature=signature,
        target_language=options.target_language,
        options={"beam": options.beam, "source_language": options.source_language},
        inputs={"glossary": plan.glossary.signature} if options.glossary else {},
        failed=failed,
        extra={REVIEW: page},
    )
    journal.forget(finished - plan.folder.words.keys())
    notices = [*journal.notices, *map(str, plan.glossary.problems)]
    notices += [f"{options.out / name}: was changed since it was written, so it stays" for name in report.kept_stale]
    return Summary(
        converted=len(work.done),
        reused=sum(how == "reused" for how in work.done.values()),
        failed=tuple(failed),
        report=report,
        out=options.out,
        review=options.out / REVIEW,
        notices=tuple(notices),
    )


def _signature(plan: Plan, engines: Engines, languages: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Name what made the corpus (after sacrebleu), and the model of each language."""
    models = {language: engines(language).signature for language in sorted(languages)}
    parts = [f"normalize {__version__}"]
    parts += [f"{language}-{plan.options.target_language}|{signature}" for language, signature in models.items()]
    parts.append(f"glossary {plan.glossary.signature}" if plan.options.glossary else "no glossary")
    return "|".join(parts), models
