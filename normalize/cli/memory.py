"""`normalize memory`: what the translation memory holds, in and out of it."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.cli.app import EXIT_FAILED, complain, say
from normalize.cli.glossary_app import complain_of, json_option, printable, refuse, tag, write_or_say
from normalize.cli.stdio import read_bytes
from normalize.errors import UsageError
from normalize.wording import counted

if TYPE_CHECKING:
    from normalize.memory import Memory, Remembered

__all__ = ["app"]

_DEFAULT = Path("out", ".normalize", "memory.sqlite")

app = typer.Typer(
    name="memory",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Look into the translation memory, exchange its corrections, and make it smaller; none of it needs a model.",
)

file_option = typer.Option("--memory", metavar="FILE", help="The memory.")
dry_option = typer.Option("--dry-run", help="Only say what would be done.")
source_help = "Only corrections from this language."
target_help = "Only corrections into this language."


class Kept(StrEnum):
    """What an imported translation counts as."""

    REVIEWED = "reviewed"
    FINAL = "final"


@app.command(epilog="Examples: `normalize memory stats` · `normalize memory stats --memory shared.sqlite --json`")
def stats(
    *,
    memory: Annotated[Path, file_option] = _DEFAULT,
    as_json: Annotated[bool, json_option] = False,
) -> None:
    """Count the answers kept, by engine, and the corrections."""
    from normalize.memory import Memory  # noqa: PLC0415 - keeps `--help` quick

    with Memory(memory, read_only=True) as opened:
        found = opened.stats()
    if as_json:
        say(json.dumps(dataclasses.asdict(found), ensure_ascii=False, indent=2))
        return
    for engine in found.engines:
        used = f"last used in run {engine.last_run} of {found.runs}, {engine.in_last_run:,} in the last"
        say(printable(f"{counted(engine.answers, 'answer')} of {engine.signature} ({used})"))
    pairs = ", ".join(f"{pair} {count:,}" for pair, count in found.pairs.items()) or "none"
    say(f"{found.reviewed:,} reviewed and {found.final:,} final corrections ({pairs}), {found.history:,} older ones")
    say(f"{counted(found.answers, 'answer')} · {found.size:,} bytes")


@app.command(
    epilog="Examples: `normalize memory export corrections.tmx` · "
    "`normalize memory export corrections.jsonl --source id --target en`"
)
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A name in .tmx, .tsv or .jsonl.")],
    *,
    memory: Annotated[Path, file_option] = _DEFAULT,
    source: Annotated[str, typer.Option(metavar="TAG", help=source_help)] = "",
    target: Annotated[str, typer.Option(metavar="TAG", help=target_help)] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace FILE where it is there already.")] = False,
) -> None:
    """Write the corrections to a TMX 1.4b, TSV or JSONL file, sorted by languages and source."""
    from normalize.memory import Memory  # noqa: PLC0415 - keeps `--help` quick
    from normalize.memory.exchange import render  # noqa: PLC0415 - likewise

    tags = tag(source), tag(target)
    with Memory(memory, read_only=True) as opened:
        kept = [one for one in opened.remembered() if _is_of(one, tags)]
    data = render(kept, file)
    refuse(file, force=force)
    write_or_say(data, file)
    say(f"{counted(len(kept), 'correction')} written to {file}")


def _is_of(one: Remembered, tags: tuple[str, str]) -> bool:
    return tags[0] in {"", one.source_language} and tags[1] in {"", one.target_language}


@app.command(
    "import",
    epilog="Examples: `normalize memory import corrections.tmx` · "
    "`normalize memory import checked.tsv --source id --target en --state final`",
)
def import_(  # noqa: PLR0913 - one parameter for each option
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files in .tmx, .tsv, .jsonl, .xlf or .xliff.")],
    *,
    memory: Annotated[Path, file_option] = _DEFAULT,
    source: Annotated[str, typer.Option(metavar="TAG", help="Source language, if a row does not tell.")] = "",
    target: Annotated[str, typer.Option(metavar="TAG", help="Target language, likewise.")] = "",
    state: Annotated[Kept, typer.Option(help="What rows count as that do not say.")] = Kept.REVIEWED,
    dry_run: Annotated[bool, dry_option] = False,
) -> None:
    """Take translations that a person stands for into the memory; the next run uses them.

    A translation of a source that has one already replaces it, and the old one is kept as history. Rows that cannot be
    used are told with their line: exit code 1, the others are taken.
    """
    from normalize.corpus import State  # noqa: PLC0415 - keeps `--help` quick
    from normalize.memory import Memory  # noqa: PLC0415 - likewise
    from normalize.memory.exchange import parse  # noqa: PLC0415 - likewise

    failed = False
    found: list[Remembered] = []
    for file in files:
        read = parse(read_bytes(file), file, source=tag(source), target=tag(target), state=State(state.value))
        complain_of(read.problems)
        failed = failed or bool(read.problems)
        found += read.remembered
    if dry_run:
        say(f"{counted(len(found), 'correction')} read; nothing was changed")
    elif found:
        with Memory(memory) as opened:
            changed = opened.correct(found)
            _tell(opened)
        say(f"{counted(len(found), 'correction')} read, {changed:,} of them new or changed")
    else:
        raise UsageError("holds no correction that can be used", path=files[-1], advice="check the messages above")
    if failed:
        sys.exit(EXIT_FAILED)


@app.command(
    epilog="Examples: `normalize memory prune` · `normalize memory prune --unused 10` · "
    "`normalize memory prune --engine 'beam 1' --dry-run`"
)
def prune(
    *,
    memory: Annotated[Path, file_option] = _DEFAULT,
    unused: Annotated[
        int | None, typer.Option(metavar="RUNS", min=1, help="Drop answers that the last RUNS runs did not use.")
    ] = None,
    engine: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Drop answers of engines whose signature has this in it.")
    ] = None,
    dry_run: Annotated[bool, dry_option] = False,
    as_json: Annotated[bool, json_option] = False,
) -> None:
    """Drop answers that are of no use any more, and pack the file; corrections are never dropped.

    Without options, these are answers of engines that cannot be asked any more: a model that is not installed, or
    another version of CTranslate2 or SentencePiece. A run counts when it asked the memory for something: one that found
    every article finished did not.
    """
    from normalize.memory import Memory  # noqa: PLC0415 - keeps `--help` quick

    _must_exist(memory)
    keep = _but(engine) if engine is not None else _askable() if unused is None else None
    with Memory(memory) as opened:
        gone = opened.prune(keep=keep, unused=unused, dry_run=dry_run)
        _tell(opened)
    if as_json:
        say(json.dumps(dataclasses.asdict(gone), ensure_ascii=False, indent=2))
        return
    for signature in gone.engines:
        say(printable(f"{signature}: nothing is left"))
    would = "would be dropped" if dry_run else "dropped"
    say(f"{counted(gone.answers, 'answer')} {would} · {gone.before:,} bytes before, {gone.after:,} after")


def _must_exist(memory: Path) -> None:
    if not memory.exists():  # a folder is told by what opens it
        raise UsageError("is not there", path=memory, advice="`normalize run` makes one; name it with --memory")


def _tell(memory: Memory) -> None:
    for notice in memory.notices:
        complain(notice)


def _but(unwanted: str) -> Callable[[str], bool]:
    """Keep what does not have `unwanted` in its signature."""
    return lambda signature: unwanted not in signature


def _askable() -> Callable[[str], bool]:
    """Keep what engines answered that can be asked now, whatever their beam: model and libraries are the same."""
    from normalize.errors import NormalizeError  # noqa: PLC0415 - keeps `--help` quick
    from normalize.translate import Store  # noqa: PLC0415 - likewise

    store = Store.open()
    known: set[frozenset[str]] = set()
    for package in store.packages():
        # What is broken cannot be asked.
        with contextlib.suppress(NormalizeError):
            known.update(_identities(store.engine(package.source, package.target).signature))
    return lambda signature: _identities(signature) <= known


def _identities(signature: str) -> set[frozenset[str]]:
    """Give the parts of each engine in a signature that name its model and libraries."""
    return {
        frozenset(part for part in engine.split("|") if part.partition(" ")[0] in {"argos", "ct2", "sp"})
        for engine in signature.split(" > ")
    }


@app.command(
    epilog="Examples: `normalize memory forget 'Harga beras naik.'` · "
    "`normalize memory forget --matching '(?i)jakarta' --dry-run` · `normalize memory forget --article news-12`"
)
def forget(  # noqa: PLR0913 - one parameter for each option
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="A whole source sentence.")] = None,
    *,
    matching: Annotated[
        str | None, typer.Option(metavar="REGEX", help="Sources that this regular expression is found in.")
    ] = None,
    article: Annotated[str | None, typer.Option(metavar="ID", help="Corrections made in this article.")] = None,
    source: Annotated[str, typer.Option(metavar="TAG", help=source_help)] = "",
    target: Annotated[str, typer.Option(metavar="TAG", help=target_help)] = "",
    memory: Annotated[Path, file_option] = _DEFAULT,
    dry_run: Annotated[bool, dry_option] = False,
    as_json: Annotated[bool, json_option] = False,
) -> None:
    """Take corrections, with their history, and engines' answers to the same sources out of the memory.

    What fits all that is given goes; nothing is asked. Answers know no article and no language, so with --article,
    --source or --target only corrections go. To have them back, export them before.
    """
    from normalize.memory import Memory  # noqa: PLC0415 - keeps `--help` quick

    _must_exist(memory)
    with Memory(memory) as opened:
        gone = opened.forget(
            source=text, matching=matching, article=article, source_language=source, target_language=target,
            dry_run=dry_run,
        )  # fmt: skip
        _tell(opened)
    if as_json:
        say(json.dumps(dataclasses.asdict(gone), ensure_ascii=False, indent=2))
        return
    for one in gone.corrections:
        say(printable(f"{one.source_language}-{one.target_language}\t{one.source}\t{one.target}"))
    would = "would be forgotten" if dry_run else "forgotten"
    kept = f"{counted(len(gone.corrections), 'correction')}, {counted(gone.older, 'older one')}"
    say(f"{kept} and {counted(gone.answers, 'answer')} {would}")
