"""`normalize run`: the main job."""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.cli.app import EXIT_FAILED, app, complain, say
from normalize.cli.progress import Bar
from normalize.errors import UsageError

if TYPE_CHECKING:
    from normalize.pipeline import Plan, Summary

__all__ = ["run"]

DEFAULT_GLOSSARY = Path("glossary.csv")


@app.command(
    epilog="Example: `normalize run raw out --glossary glossary.csv` · "
    "try it first: `normalize run --dry-run` · one file only: `normalize run --only '2024-05*'`"
)
def run(  # noqa: PLR0913, C901 - one parameter for each option, one branch for each way to speak
    raw: Annotated[Path, typer.Argument(help="Folder (or one file) of raw articles: .txt .md .html .htm .jsonl .csv.")]
    = Path("raw"),
    out: Annotated[Path, typer.Argument(help="Folder to write; made if it is not there.")] = Path("out"),
    *,
    glossary: Annotated[
        Path | None, typer.Option(help="Glossary (CSV). Default: `glossary.csv` in this folder, if it is there.")
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
    beam: Annotated[int, typer.Option(min=1, max=16, help="Beam size; 1 is fastest.")] = 4,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but failures.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a machine-readable summary on standard output.")]
    = False,
) -> None:
    """Clean, translate and align every article of RAW into OUT.

    OUT receives `articles/` (clean source and English, paragraph by paragraph), `corpus.jsonl`, `corpus.tsv`,
    `dropped.jsonl` (everything the cleaner removed), `report.json`, `manifest.json` and `review.html`. Articles
    finished by an earlier run are not done again. Exit code: 0 all converted, 1 some failed, 2 wrong usage.
    """
    from normalize import language  # noqa: PLC0415 - keeps `--help` quick

    target = language.canonical(target)
    if source == "auto":
        language.warm()
    else:
        source = language.canonical(source)
    # Articles and units have no cycles, so looking for some among hundreds of thousands of them is wasted time.
    gc.set_threshold(100_000, 20, 20)
    from normalize.pipeline import Options, plan_run  # noqa: PLC0415 - likewise
    from normalize.pipeline import run as run_pipeline  # noqa: PLC0415 - likewise

    if glossary is None and DEFAULT_GLOSSARY.is_file():
        glossary = DEFAULT_GLOSSARY
    options = Options(
        raw=raw, out=out, glossary=glossary, source_language=source, target_language=target, only=only, force=force,
        jobs=jobs, beam=beam,
    )
    silent = quiet or as_json
    with Bar(silent=silent) as bar:
        plan = plan_run(options, every_language=dry_run, seen=bar.read)
        if not plan.folder.words and not plan.folder.failed:
            raise UsageError(
                "holds no article", path=raw, advice="put .txt, .md, .html, .jsonl or .csv files there"
            )
        if only and not plan.selected:
            example = next(iter(plan.folder.words), "")
            raise UsageError(f"no article's id matches {only!r}", advice=f"ids look like {example!r}")
        if not silent:
            bar.print(_header(plan))
        if dry_run:
            _show_plan(plan, as_json=as_json)
            return
        started = time.monotonic()
        summary = run_pipeline(plan, progress=bar.update)
    seconds = time.monotonic() - started
    for notice in summary.notices:
        complain(notice)
    for error in summary.failed:
        complain(error)
    if as_json:
        say(_json(summary, seconds))
    elif not quiet:
        say(_last_lines(summary))
    if summary.failed:
        sys.exit(EXIT_FAILED)


def _header(plan: Plan) -> str:
    folder, options = plan.folder, plan.options
    languages = sorted(set(folder.languages.values()) - {options.target_language, "und"})
    parts = [
        f"{options.raw}/ → {options.out}/" if options.raw.is_dir() else f"{options.raw} → {options.out}/",
        _some(len(plan.selected), "article", "articles"),
        f"{', '.join(languages) or '–'} → {options.target_language}",
        f"{options.glossary} ({_some(len(plan.glossary), 'term', 'terms')})" if options.glossary else "no glossary",
        *dict.fromkeys(
            f"{package.metadata.stem} {package.metadata.package_version} "
            f"({'bundled' if package.bundled else 'installed'})"
            for language in languages
            for package in plan.packages(language)
        ),
    ]
    return " · ".join(parts)


def _some(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _last_lines(summary: Summary) -> str:
    report = summary.report
    parts = [
        f"{summary.converted:,} converted" + (f" ({summary.reused:,} unchanged)" if summary.reused else ""),
        f"{_some(report.removed.total(), 'line', 'lines')} of site furniture removed",
        f"{report.terms_kept:,}/{report.terms_expected:,} glossary terms kept" if report.terms_expected else "",
        f"{_some(report.findings_total, 'finding', 'findings')} to review",
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


def _json(summary: Summary, seconds: float) -> str:
    report = summary.report
    return json.dumps(
        {
            "converted": summary.converted,
            "reused": summary.reused,
            "failed": [str(error) for error in summary.failed],
            "articles": report.articles,
            "units": report.units,
            "source_words": report.source_words,
            "removed_lines": report.removed.total(),
            "terms_expected": report.terms_expected,
            "terms_kept": report.terms_kept,
            "findings": report.findings_total,
            "notices": list(summary.notices),
            "out": str(summary.out),
            "review": str(summary.review),
            "seconds": round(seconds, 3),
        },
        ensure_ascii=False,
        sort_keys=True,
    )
