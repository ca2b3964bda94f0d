"""`normalize review`: corrections taken home, the page served, an article and what reviewers changed shown."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.cli.app import EXIT_FAILED, complain, say
from normalize.cli.glossary_app import printable
from normalize.cli.review_text import print_differences, print_side_by_side
from normalize.errors import InputError, UsageError
from normalize.wording import counted

if TYPE_CHECKING:
    from normalize.review.apply import Applied
    from normalize.review.corrections import Corrections
    from normalize.rows import ArticleRow

__all__ = ["app"]

_CANDIDATES = Path("glossary.candidates.csv")

app = typer.Typer(
    name="review",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Take home what was corrected on out/review.html, serve that page, or look at articles in the terminal.",
)

_Out = Annotated[Path, typer.Option("--out", metavar="OUT", help="Folder that `normalize run` wrote.")]
_OutFirst = Annotated[Path, typer.Argument(metavar="[OUT]", help="Folder that `normalize run` wrote.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]


@app.command(
    epilog="Examples: `normalize review apply corrections.json` · "
    "`normalize review apply anna.json budi.json --out out --memory shared.sqlite`"
)
def apply(  # noqa: PLR0913 - one parameter for each option
    files: Annotated[
        list[Path], typer.Argument(metavar="CORRECTIONS…", help="What Export on the page saved, or `serve` kept.")
    ],
    *,
    out: _Out = Path("out"),
    memory: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Translation memory. Default: the run's own, in OUT.")
    ] = None,
    glossary_candidates: Annotated[
        Path, typer.Option(metavar="FILE", help="Where rows proposed for the glossary are added.")
    ] = _CANDIDATES,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Where a sentence was corrected otherwise since, take this file's text.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    as_json: _Json = False,
) -> None:
    """Take corrections home: into the memory, into all files of OUT, and into the file of glossary candidates.

    A correction whose sentence is gone or has changed since is a conflict: it is told and left alone, and the exit code
    is 1. All others are applied. No model is needed, now or in the next run.
    """
    from normalize.memory import Memory  # noqa: PLC0415 - keeps `--help` quick
    from normalize.pipeline import MEMORY, revise  # noqa: PLC0415 - likewise
    from normalize.review.apply import apply as fit  # noqa: PLC0415 - likewise
    from normalize.review.finished import check, units  # noqa: PLC0415 - likewise

    check(out)
    file = _read(files)
    revised = 0
    with Memory(memory or out / MEMORY) as opened:
        applied = fit(file.corrections, units(out), opened.corrections, overwrite=overwrite)
        if not dry_run and applied.corrections:
            opened.correct(applied.remembered)
            revised = len(revise(out, opened).changed)
        notices = list(opened.notices)
    proposed = 0 if dry_run else _keep(file, applied, out, glossary_candidates)
    for notice in notices:
        complain(notice)
    for conflict in applied.conflicts:
        complain(printable(f"{conflict.correction.unit}: {conflict.reason}; {conflict.advice}"))
    if as_json:
        say(json.dumps(_summary(applied, revised, proposed), ensure_ascii=False, sort_keys=True))
    else:
        say(_told(applied, revised, proposed, glossary_candidates, dry_run=dry_run))
    if applied.conflicts:
        sys.exit(EXIT_FAILED)


def _read(files: Iterable[Path]) -> Corrections:
    """Read all files as one; the same unit corrected in two ways is for a person to decide."""
    from normalize.cli.stdio import read_bytes  # noqa: PLC0415 - keeps `--help` quick
    from normalize.review.corrections import merged, read_corrections  # noqa: PLC0415 - likewise

    found: Corrections | None = None
    for path in files:
        one = read_corrections(read_bytes(str(path)), path=str(path))
        if found is not None:
            had = {row.unit: row for row in found.corrections}
            for row in one.corrections:
                other = had.get(row.unit)
                if other is not None and (other.target, other.source_hash) != (row.target, row.source_hash):
                    advice = "give the files one by one, or make them agree"
                    raise InputError(f"corrects {row.unit} otherwise than a file before it", path=path, advice=advice)
        found = one if found is None else merged(found, one)
    if found is None:
        raise UsageError("no file given", advice="name what Export on the page saved")
    return found


def _keep(file: Corrections, applied: Applied, out: Path, candidates: Path) -> int:
    """Note what was taken home, and add the proposed rows to the file of candidates; gives how many were new."""
    from normalize.review.candidates import appended  # noqa: PLC0415 - keeps `--help` quick
    from normalize.review.corrections import FORMAT, Corrections, merged, written  # noqa: PLC0415 - likewise
    from normalize.review.finished import TAKEN_HOME, taken_home, units  # noqa: PLC0415 - likewise
    from normalize.write import replace  # noqa: PLC0415 - likewise

    if applied.corrections:
        new = Corrections(format=FORMAT, version=2, signature=file.signature, corrections=applied.corrections)
        replace(out / TAKEN_HOME, written(merged(taken_home(out), new, history=True)))
    if not file.glossary:
        return 0
    wanted = {row.unit for row in file.glossary}
    examples = {unit.id: unit.source for unit in units(out) if unit.id in wanted}
    before = candidates.read_bytes() if candidates.exists() else b""
    data, count = appended(before, file.glossary, examples, candidates)
    if count:
        replace(candidates, data)
    return count


def _summary(applied: Applied, revised: int, proposed: int) -> dict[str, object]:
    return {
        "applied": len(applied.corrections),
        "edited": applied.edited,
        "remarks": applied.remarks,
        "units_changed": revised,
        "glossary_candidates": proposed,
        "conflicts": [
            {"unit": one.correction.unit, "reason": one.reason, "advice": one.advice, "target": one.correction.target}
            for one in applied.conflicts
        ],
    }


def _told(applied: Applied, revised: int, proposed: int, candidates: Path, *, dry_run: bool) -> str:
    judged = len(applied.corrections) - applied.edited - applied.remarks
    parts = [
        f"{applied.edited:,} corrected",
        f"{judged:,} accepted as they are",
        f"{applied.remarks:,} with remarks only" if applied.remarks else "",
        f"{len(applied.conflicts):,} in conflict" if applied.conflicts else "",
        "nothing written" if dry_run else f"{revised:,} units changed",
        f"{proposed:,} glossary candidates in {candidates}" if proposed else "",
    ]
    return " · ".join(filter(None, parts))


@app.command(epilog="Examples: `normalize review serve` · `normalize review serve out --port 8765`")
def serve(
    out: _OutFirst = Path("out"),
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")] = 0,
) -> None:
    """Show the page in a browser and save every edit at once, into OUT/corrections.json; Ctrl-C ends it.

    Only this machine can reach it, and only who has the address, which holds a random token.
    """
    from normalize.review.serve import Server  # noqa: PLC0415 - keeps `--help` quick
    from normalize.write import replace  # noqa: PLC0415 - likewise

    with Server(out, replace, port=port) as server:
        for ending in (signal.SIGINT, signal.SIGTERM):  # Ctrl-C is how this command ends, not how it fails
            signal.signal(ending, lambda *_: server.stop())
        say(server.url)
        say(f"edits go to {server.path}; Ctrl-C ends")
        sys.stdout.flush()
        server.serve()
    count = len(server.corrections.corrections)
    say(f"{counted(count, 'correction')} in {server.path}")
    if count or server.corrections.glossary:
        say(f"take them home with: normalize review apply {server.path} --out {out}")


@app.command(
    epilog="Examples: `normalize review show 2024-05-01-jembatan` · `normalize review show jembatan --out out`"
)
def show(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id, or a part that only one id has.")],
    *,
    out: _Out = Path("out"),
) -> None:
    """Print an article side by side: findings and glossary terms marked; in a terminal, page by page."""
    from normalize.review.finished import units  # noqa: PLC0415 - keeps `--help` quick

    chosen = _one(out, article)
    print_side_by_side(chosen, [unit for unit in units(out) if unit.article == chosen.id])


def _one(out: Path, wanted: str) -> ArticleRow:
    """Find the article meant; UsageError names those that are near."""
    import difflib  # noqa: PLC0415 - only for the error

    from normalize.review.finished import articles  # noqa: PLC0415 - keeps `--help` quick

    known = {one.id: one for one in articles(out)}
    if wanted in known:
        return known[wanted]
    near = [name for name in known if wanted.casefold() in name.casefold()]
    if len(near) == 1:
        return known[near[0]]
    if near:
        advice = f"say which: {', '.join(near[:5])}"
        raise UsageError(f"{len(near)} articles have {wanted!r} in their id", advice=advice)
    like = difflib.get_close_matches(wanted, known, n=3, cutoff=0.3) or list(known)[:3]
    raise UsageError(f"no article {wanted!r}", path=out, advice=f"there are {', '.join(like) or 'none'}")


@app.command(
    epilog="Examples: `normalize review diff` · `normalize review diff out --corrections corrections.json --json`"
)
def diff(
    out: _OutFirst = Path("out"),
    *,
    corrections: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Corrections not taken home yet. OUT/corrections.json counts by itself."),
    ] = None,
    as_json: _Json = False,
) -> None:
    """Show what reviewers changed against the machine, word by word, and what would have prevented it.

    Where the same words were replaced in several sentences that share source words, a row for the glossary is proposed;
    where the English of a whole line was deleted, a rule for rules.toml.
    """
    from normalize.review.differences import changes, proposals, site_of  # noqa: PLC0415 - keeps `--help` quick
    from normalize.review.finished import articles, units  # noqa: PLC0415 - likewise

    file = _all_corrections(out, corrections or [])
    every = list(units(out))
    changed = changes(file.corrections, every)
    proposed = proposals(changed, every, {one.id: site_of(one) for one in articles(out)}) if changed else []
    if as_json:
        say(json.dumps({
            "changes": [{"unit": one.unit.id, "source": one.unit.source, "machine": one.correction.machine_target,
                         "target": one.correction.target, "state": one.correction.state.value,
                         "comment": one.correction.comment, "label": one.correction.label, "pieces": one.pieces}
                        for one in changed],
            "proposals": [{"kind": one.kind, "units": one.units, "old": one.old, "new": one.new, "source": one.source,
                           "language": one.language, "site": one.site} for one in proposed],
        }, ensure_ascii=False, indent=2))  # fmt: skip
        return
    print_differences(changed, proposed)


def _all_corrections(out: Path, files: Iterable[Path]) -> Corrections:
    from normalize.cli.stdio import read_bytes  # noqa: PLC0415 - keeps `--help` quick
    from normalize.review.corrections import merged, read_corrections  # noqa: PLC0415 - likewise
    from normalize.review.finished import CORRECTIONS, taken_home  # noqa: PLC0415 - likewise

    found = taken_home(out)
    waiting = out / CORRECTIONS
    for path in [*([waiting] if waiting.exists() else []), *files]:
        found = merged(found, read_corrections(read_bytes(str(path)), path=str(path)), history=True)
    return found
