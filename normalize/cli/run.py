"""`normalize run`: the main job."""

from __future__ import annotations

import json
import re
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.cli.app import EXIT_FAILED, app, collect_rarely, complain, say
from normalize.cli.check import DEFAULT_SETTINGS
from normalize.cli.log import LogFile
from normalize.cli.progress import Bar
from normalize.errors import UsageError
from normalize.wording import counted

if TYPE_CHECKING:
    from normalize.pipeline import Plan, Summary

__all__ = ["run"]

DEFAULT_GLOSSARY = Path("glossary.csv")

_BUDGET = re.compile(r"(?:(\d+)h)?\s*(?:(\d+)m(?:in)?)?\s*(?:(\d+)s)?")


@app.command(
    epilog="Example: `normalize run raw out --glossary glossary.csv` · "
    "try it first: `normalize run --dry-run` · one file only: `normalize run --only '2024-05*'`"
)
def run(  # noqa: PLR0913, PLR0912, C901 - one parameter for each option, one branch for each way to speak
    raw: Annotated[Path, typer.Argument(help="Folder (or one file) of raw articles: .txt .md .html .htm .jsonl .csv.")]
    = Path("raw"),
    out: Annotated[Path, typer.Argument(help="Folder to write; made if it is not there.")] = Path("out"),
    *,
    glossary: Annotated[
        list[Path] | None,
        typer.Option(
            help="Glossary (CSV); given again, one of lower priority. Default: `glossary.csv` here, if it is there."
        ),
    ] = None,
    rules: Annotated[
        Path | None, typer.Option(help="Your own cleaning rules for sites (TOML, see docs/rules.md).")
    ] = None,
    checks: Annotated[
        Path | None,
        typer.Option(
            help="Which checks, how bad, what to let be (docs/checks.md). Default: `checks.toml` here, if it is there."
        ),
    ] = None,
    memory: Annotated[
        Path | None, typer.Option(help="Translation memory to use and add to. Default: one inside OUT.")
    ] = None,
    source: Annotated[
        str, typer.Option(metavar="auto|TAG", help="Language of the articles (BCP 47), or detect it for each.")
    ] = "auto",
    target: Annotated[str, typer.Option(metavar="TAG", help="Language to translate into.")] = "en",
    only: Annotated[
        str, typer.Option(metavar="PATTERN", help="Convert only articles whose id matches (`*` and `?` allowed).")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Convert again what is finished already.")] = False,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processor cores to use. Default: all this process may use.")
    ] = None,
    beam: Annotated[int | None, typer.Option(min=1, max=16, help="Beam size; 1 is fastest. Default: 4.")] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Greedy decoding: about three times as fast, a little worse.")]
    = False,
    guard: Annotated[
        bool, typer.Option("--guard/--no-guard", help="Decode faulty answers anew, or only report what is wrong.")
    ] = True,
    budget: Annotated[
        str, typer.Option(metavar="30m", help="Time to spend: `90s`, `30m`, `2h30m`. What is left waits.")
    ] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when a glossary term is missing.")] = False,
    licence: Annotated[str, typer.Option(help="What the corpus card says of the texts' licence.")] = "",
    log_file: Annotated[Path | None, typer.Option(help="Append what happens to this file, as JSON lines.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but failures.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a machine-readable summary on standard output.")]
    = False,
) -> None:
    """Clean, translate and align every article of RAW into OUT.

    OUT receives `articles/` (clean source and English, paragraph by paragraph), `corpus.jsonl`, `corpus.tsv`,
    `dropped.jsonl` (everything the cleaner removed), `report.json`, `CORPUS.md`, `manifest.json` and `review.html`.
    What an earlier run translated, and what people corrected, comes from the translation memory. Exit code: 0 all
    converted, 1 some failed, 2 wrong usage.
    """
    from normalize import language  # noqa: PLC0415 - keeps `--help` quick

    target = language.canonical(target)
    if source != "auto":
        source = language.canonical(source)
    if fast and beam not in {None, 1}:
        raise UsageError("--fast is a beam of 1", path=f"--beam {beam}", advice="give one of them")
    collect_rarely()
    seconds = _seconds(budget) if budget else None
    from normalize.pipeline import Options, plan_run, unchanged  # noqa: PLC0415 - likewise
    from normalize.pipeline import run as run_pipeline  # noqa: PLC0415 - likewise

    if not glossary and DEFAULT_GLOSSARY.is_file():
        glossary = [DEFAULT_GLOSSARY]
    if checks is None and DEFAULT_SETTINGS.is_file():
        checks = DEFAULT_SETTINGS
    options = Options(
        raw=raw, out=out, glossary=tuple(glossary or ()), rules=rules, checks=checks, memory=memory,
        source_language=source, target_language=target, only=only, force=force, jobs=jobs,
        beam=1 if fast else beam, guarded=guard, budget=seconds, licence=licence,
    )  # fmt: skip
    silent = quiet or as_json
    started = time.monotonic()
    with ExitStack() as stack:
        log = stack.enter_context(LogFile(log_file)) if log_file else None
        summary = None if dry_run else unchanged(options)
        if summary is None:
            bar = stack.enter_context(Bar(silent=silent))
            plan = plan_run(options, every_language=dry_run, seen=bar.read)
            _refuse_nothing(plan)
            if not silent:
                bar.print(_header(plan))
            if dry_run:
                _show_plan(plan, as_json=as_json)
                return
            if log:
                log("started", {"raw": str(raw), "out": str(out), "articles": len(plan.selected)})
            summary = run_pipeline(plan, progress=bar.update, log=log)
        if log:
            log("finished", _summary(summary, time.monotonic() - started))
    for notice in summary.notices:
        complain(notice)
    for error in summary.failed:
        complain(error)
    if as_json:
        say(json.dumps(_summary(summary, time.monotonic() - started), ensure_ascii=False, sort_keys=True))
    elif not quiet:
        say(_last_lines(summary))
    missing = summary.totals.terms_expected - summary.totals.terms_kept
    if strict and missing:
        some = f"{counted(missing, 'glossary term')} {'is' if missing == 1 else 'are'}"
        complain(f"{some} missing; see `normalize glossary report`")
    if summary.failed or (strict and missing):
        sys.exit(EXIT_FAILED)


def _seconds(budget: str) -> float:
    """Read a length of time: `90s`, `30m`, `2h30m`, or a number of minutes."""
    found = _BUDGET.fullmatch(budget.strip())
    if budget.strip().isdecimal():
        return 60.0 * int(budget)
    if found is None or not any(found.groups()):
        raise UsageError("is no length of time", path=f"--budget {budget}", advice="write 90s, 30m or 2h30m")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return 3600.0 * hours + 60.0 * minutes + seconds


def _refuse_nothing(plan: Plan) -> None:
    """Raise UsageError where there is nothing to convert."""
    options = plan.options
    if not plan.folder.words and not plan.folder.failed:
        raise UsageError(
            "holds no article", path=options.raw, advice="put .txt, .md, .html, .jsonl or .csv files there"
        )
    if options.only and not plan.selected:
        example = next(iter(plan.folder.words), "")
        raise UsageError(f"no article's id matches {options.only!r}", advice=f"ids look like {example!r}")


def _header(plan: Plan) -> str:
    folder, options = plan.folder, plan.options
    languages = sorted(set(folder.languages.values()) - {options.target_language, "und"})
    parts = [
        f"{options.raw}/ → {options.out}/" if options.raw.is_dir() else f"{options.raw} → {options.out}/",
        counted(len(plan.selected), "article"),
        f"{', '.join(languages) or '–'} → {options.target_language}",
        f"{', '.join(map(str, options.glossary))} ({counted(len(plan.glossary), 'term')})"
        if options.glossary
        else "no glossary",
        *dict.fromkeys(
            f"{package.metadata.stem} {package.metadata.package_version} "
            f"({'bundled' if package.bundled else 'installed'})"
            for language in languages
            for package in plan.packages(language)
        ),
    ]
    return " · ".join(parts)


def _last_lines(summary: Summary) -> str:
    totals = summary.totals
    parts = [
        f"{summary.converted:,} converted" + (f" ({summary.reused:,} unchanged)" if summary.reused else ""),
        f"{summary.left:,} left for want of time: run again to go on" if summary.left else "",
        f"{counted(totals.removed_lines, 'line')} of site furniture removed",
        f"{totals.terms_kept:,}/{totals.terms_expected:,} glossary terms kept" if totals.terms_expected else "",
        f"{counted(totals.findings, 'finding')} to review",
        f"{len(summary.failed):,} failed" if summary.failed else "",
    ]
    return " · ".join(filter(None, parts)) + f"\n{summary.review}"


def _show_plan(plan: Plan, *, as_json: bool) -> None:
    folder = plan.folder
    packages = {
        language: [package.name for package in plan.packages(language)] for language in set(folder.languages.values())
    }
    failed = [str(error) for error in folder.failed]
    if as_json:
        rows = [
            {
                "article": article,
                "language": folder.languages[article],
                "words": folder.words[article],
                "packages": packages[folder.languages[article]],
            }
            for article in plan.selected
        ]
        say(json.dumps({"articles": rows, "failed": failed}, ensure_ascii=False, sort_keys=True))
        return
    width = max((len(article) for article in plan.selected), default=0)
    for article in plan.selected:
        language = folder.languages[article]
        way = ", ".join(packages[language]) or "no package"
        if language == plan.options.target_language:
            way = "passed through"
        say(f"{article:<{width}}  {language:<4} {folder.words[article]:>7,} words  {way}")
    for line in failed:
        complain(line)


def _summary(summary: Summary, seconds: float) -> dict[str, object]:
    totals = summary.totals
    from_memory, from_model = summary.answered
    return {
        "converted": summary.converted,
        "reused": summary.reused,
        "left": summary.left,
        "failed": [str(error) for error in summary.failed],
        "articles": totals.articles,
        "units": totals.units,
        "source_words": totals.source_words,
        "removed_lines": totals.removed_lines,
        "terms_expected": totals.terms_expected,
        "terms_kept": totals.terms_kept,
        "findings": totals.findings,
        "beam": summary.beam,
        "answers_from_memory": from_memory,
        "answers_from_model": from_model,
        "notices": list(summary.notices),
        "out": str(summary.out),
        "review": str(summary.review),
        "seconds": round(seconds, 3),
    }
