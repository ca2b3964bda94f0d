"""The main job: a folder of raw articles becomes a clean parallel corpus.

Groups of articles are prepared in this thread while earlier groups are translated in others; finished groups go into
the journal, and `out/` is written from the journal at the end. A run that is stopped at any instant goes on where it
was, and one that has nothing new to do says so after reading no more than the files' bytes.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from normalize.check.settings import Settings, settings_text
from normalize.clean import SiteRules
from normalize.clean import load as load_rules
from normalize.enforce import carriers
from normalize.engine import Engine
from normalize.errors import LanguageError, NormalizeError, PackageError, RunInterruptedError
from normalize.glossary import Glossary
from normalize.memory import Memory
from normalize.pipeline.apart import apart
from normalize.pipeline.budget import Ration, ration
from normalize.pipeline.fingerprint import contents, fingerprint, intact
from normalize.pipeline.journal import Journal
from normalize.pipeline.prepare import AUTO, Folder, survey_folder
from normalize.pipeline.publish import REVIEW, STATE, Record, Totals, failure, noted, publish
from normalize.pipeline.work import Log, Progress, Work
from normalize.translate import BEAM, Package, Store, copied

__all__ = ["Options", "Plan", "Progress", "Summary", "plan_run", "run", "unchanged"]

MEMORY = Path(".normalize", "memory.sqlite")
"""The translation memory of a run that names none, inside `out`."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user asked for."""

    raw: Path = Path("raw")
    out: Path = Path("out")
    glossary: tuple[Path, ...] = ()
    """In order of priority."""
    rules: Path | None = None
    """The user's own rules for sites."""
    checks: Path | None = None
    """What the user wants of the checks: `normalize.check.settings`."""
    memory: Path | None = None
    source_language: str = AUTO
    target_language: str = "en"
    only: str = ""
    """Glob on article ids; empty for all."""
    force: bool = False
    jobs: int | None = None
    """Translations side by side; None for one on each core."""
    beam: int | None = None
    """None for Argos's own, or what `budget` allows."""
    guarded: bool = True
    """Whether faulty answers are repaired."""
    budget: float | None = None
    """Seconds the translation may take."""
    licence: str = ""


class Engines:
    """The engine of each source language, chosen once; one without a package gives the same LanguageError each time."""

    def __init__(self, store: Store, options: Options, beam: int) -> None:
        self._store = store
        self._options = options
        self.beam = beam
        self._chosen: dict[str, Engine | NormalizeError] = {}
        self._back: dict[str, Engine | None] = {}

    def __call__(self, language: str) -> Engine:
        """Give the engine for `language`; raises LanguageError or PackageError."""
        if language not in self._chosen:
            options = self._options
            try:
                self._chosen[language] = self._store.engine(
                    language, options.target_language, beam=self.beam, jobs=options.jobs
                )
            except NormalizeError as error:
                self._chosen[language] = error
        chosen = self._chosen[language]
        if isinstance(chosen, NormalizeError):
            raise chosen
        return chosen

    def back(self, language: str) -> Engine | None:
        """Give the engine that translates into `language`, where a package does: it is asked about translations."""
        if language not in self._back:
            options = self._options
            try:
                self._back[language] = self._store.back(language, options.target_language, jobs=options.jobs)
            except NormalizeError:
                self._back[language] = None  # one that cannot be read says nothing, and translates nothing here
        return self._back[language]

    def backs(self, languages: Iterable[str]) -> str:
        """Name the engines of the other direction; empty where there is none."""
        found = ((language, self.back(language)) for language in sorted(languages))
        return "; ".join(f"{language} {engine.signature}" for language, engine in found if engine is not None)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run would do, known before any model is loaded."""

    options: Options
    folder: Folder
    glossary: Glossary
    rules: SiteRules | None
    store: Store
    selected: tuple[str, ...]
    """Ids of the articles this run converts, sorted by file."""
    contents: bytes
    """Hash of the files' bytes, taken before they were read."""
    checks: str
    """The settings of the checks, as TOML."""

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
    left: int = 0
    """Articles there was no time for."""
    failed: tuple[NormalizeError, ...]
    totals: Totals
    """Counts over the whole corpus."""
    answered: tuple[int, int] = (0, 0)
    """Questions to a model that the memory answered, and that the model did."""
    beam: int
    out: Path
    review: Path
    notices: tuple[str, ...] = ()


def plan_run(options: Options, *, every_language: bool = True, seen: Callable[[int], None] | None = None) -> Plan:
    """Read the folder once, and the glossary; nothing is written and no model loaded.

    With `every_language` off, `folder.languages` tells only those of some articles.

    Raises UsageError when `raw` is not there, is not apart from `out`, or the settings of the checks are wrong,
    and GlossaryError when the glossary cannot be read.
    """
    apart(options.raw, options.out)
    checks = _checks(options)
    glossary = _glossary(options)
    before = contents(options.raw, options.rules, without=options.out)
    rules = load_rules(options.rules) if options.rules else None
    folder = survey_folder(
        options.raw,
        without=options.out,
        source_language=options.source_language,
        every_language=every_language,
        seen=seen,
    )
    selected = tuple(article for article in folder.words if not options.only or fnmatchcase(article, options.only))
    return Plan(
        options=options,
        folder=folder,
        glossary=glossary,
        rules=rules,
        store=Store.open(),
        selected=selected,
        contents=before,
        checks=checks,
    )


def _checks(options: Options) -> str:
    """Give the settings of the checks as they stand in the file, if they are sound."""
    if options.checks is None:
        return ""
    text = settings_text(options.checks)
    Settings.of_text(text, options.checks)
    return text


def _glossary(options: Options) -> Glossary:
    return Glossary.load(*options.glossary) if options.glossary else Glossary()


def unchanged(options: Options) -> Summary | None:
    """Say what the last run did if a run would give the same: same bytes in, same settings, `out` as it was written.

    Costs reading the files, not looking into them. None where there is anything to do.
    """
    if options.force or options.only or options.budget or not (options.out / STATE).is_file():
        return None
    with Journal(options.out / STATE) as journal, _memory(options) as memory:
        record = noted(journal)
        if record is None or not record.fingerprint:
            return None
        engines = Engines(Store.open(), options, options.beam or BEAM)
        glossary = _glossary(options)
        try:
            models = {one: engines(one) for one in record.models}
            read = contents(options.raw, options.rules, without=options.out)
            signatures = (glossary.signature, memory.signature(), _checks(options), engines.backs(models))
            now = _fingerprint(read, options, signatures, models)
        except NormalizeError:
            return None  # the run itself says what is wrong
        if now != record.fingerprint or not intact(options.out):
            return None
        return Summary(
            converted=record.totals.articles,
            reused=record.totals.articles,
            failed=tuple(one.error() for one in record.failed),
            totals=record.totals,
            beam=options.beam or BEAM,
            out=options.out,
            review=options.out / REVIEW,
            notices=(*journal.notices, *memory.notices, *map(str, glossary.problems)),
        )


def run(plan: Plan, *, progress: Callable[[Progress], None] | None = None, log: Log | None = None) -> Summary:
    """Convert what is not converted yet, then write `out/`.

    Raises OutputError when `out` cannot be written, and RunInterruptedError on Ctrl-C; finished articles are kept.
    """
    options = plan.options
    with Journal(options.out / STATE) as journal, _memory(options) as memory:
        chosen = _ration(plan, journal)
        engines = Engines(plan.store, options, chosen.beam)
        work = Work(
            folder=plan.folder,
            selected=chosen.selected,
            glossary=plan.glossary,
            engines=engines,
            journal=journal,
            memory=memory,
            rules=plan.rules,
            source_language=options.source_language,
            target_language=options.target_language,
            force=options.force,
            guarded=options.guarded,
            deadline=chosen.deadline,
            back=engines.back,
            carriers=lambda signature: copied.load(plan.store.cache, signature, carriers.TRIED),
            progress=progress,
            log=log,
        )
        try:
            work.convert_all()
            return _finish(plan, journal, memory, work, engines)
        except KeyboardInterrupt:
            raise RunInterruptedError(
                f"stopped; {len(work.done)} of {len(plan.selected)} articles are finished and kept",
                advice="run again to go on",
            ) from None


def _memory(options: Options) -> Memory:
    return Memory(options.memory or options.out / MEMORY)


def _ration(plan: Plan, journal: Journal) -> Ration:
    """Choose the beam and the articles: all of them, unless there is a budget."""
    options = plan.options
    if options.budget is None:
        return Ration(beam=options.beam or BEAM, selected=plan.selected)
    return ration(
        plan.folder,
        plan.selected,
        budget=options.budget,
        beams=(options.beam,) if options.beam else (BEAM, 1),
        finished={} if options.force else journal.engines(),
        engines=lambda beam: Engines(plan.store, options, beam),
        source_language=options.source_language,
        target_language=options.target_language,
    )


def _finish(plan: Plan, journal: Journal, memory: Memory, work: Work, engines: Engines) -> Summary:
    """Write `out/` from the journal: this run's articles, and earlier ones that `only` left alone."""
    options, beam = plan.options, engines.beam
    untouched = (journal.articles() & plan.folder.words.keys()) - set(plan.selected)
    failed = tuple(sorted(work.failed, key=lambda error: (error.path or "", error.line or 0)))
    failures = len(failed) - len(plan.folder.failed)
    left = len(plan.selected) - len(work.done) - failures
    models = {language: engines(language) for language in sorted(work.languages)}
    inputs = {"glossary": plan.glossary.signature} if options.glossary else {}
    if plan.checks:
        inputs["checks"] = hashlib.sha256(plan.checks.encode()).hexdigest()[:12]
    if people := memory.signature():
        inputs["memory"] = people
    if backs := engines.backs(models):
        inputs["backward"] = backs
    signatures = (plan.glossary.signature, people, plan.checks, backs)
    # A package that is installed later would translate what had none.
    packaged = not any(isinstance(error, LanguageError | PackageError) for error in failed) and not work.unasked
    whole = packaged and not (left or options.only)
    record = Record(
        name=options.raw.resolve().name,
        target_language=options.target_language,
        models={language: engine.signature for language, engine in models.items()},
        options={"beam": beam, "guard": options.guarded, "source_language": options.source_language},
        inputs=inputs,
        glossary=tuple(str(path.resolve()) for path in options.glossary),
        failed=tuple(map(failure, failed)),
        licence=options.licence,
        checks=plan.checks,
        fingerprint=_fingerprint(plan.contents, options, signatures, models) if whole else b"",
    )
    report, record = publish(journal, record, options.out, sorted(untouched | work.done.keys()), memory)
    notices = [*journal.notices, *memory.notices, *plan.store.notices, *work.notices]
    notices += map(str, plan.glossary.problems)
    notices += [f"{options.out / name}: was changed since it was written, so it stays" for name in report.kept_stale]
    return Summary(
        converted=len(work.done),
        reused=sum(how == "reused" for how in work.done.values()),
        left=left,
        failed=failed,
        totals=record.totals,
        answered=work.answered,
        beam=beam,
        out=options.out,
        review=options.out / REVIEW,
        notices=tuple(notices),
    )


def _fingerprint(
    read: bytes, options: Options, signatures: Sequence[str], models: dict[str, Engine]
) -> bytes:
    """Hash all that goes into a run; `read` is the hash of the files, `signatures` those of the other inputs."""
    return fingerprint(
        read,
        (
            options.source_language,
            options.target_language,
            options.licence,
            options.guarded,
            *signatures,
            sorted((language, engine.signature) for language, engine in models.items()),
        ),
    )
