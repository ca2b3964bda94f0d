"""`normalize translate`: text in, English out."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.cli.app import EXIT_FAILED, app, complain
from normalize.cli.glossary_app import complain_of
from normalize.cli.stdio import read_bytes
from normalize.errors import InputError, UsageError

if TYPE_CHECKING:
    from normalize.engine import Engine
    from normalize.memory import Memory

__all__ = ["translate"]


@app.command(
    epilog="Examples: `normalize translate article.txt --source id` · "
    "`cut -f2 pairs.tsv | normalize translate --source fr --lines > english.txt`"
)
def translate(  # noqa: PLR0913 - one parameter for each option
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="Text to translate; `-` is standard input.")] = "-",
    *,
    source: Annotated[str, typer.Option(metavar="TAG", help="Language of the text (BCP 47): id, fr, …")],
    target: Annotated[str, typer.Option(metavar="TAG", help="Language to translate into.")] = "en",
    glossary: Annotated[
        list[Path] | None,
        typer.Option(help="Glossary (CSV) whose terms must come out; given again, one of lower priority."),
    ] = None,
    lines: Annotated[
        bool, typer.Option("--lines", help="Exactly one output line for each input line, for pipes and evaluation.")
    ] = False,
    documents: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="With --lines: a document's id for each line; the glossary sees documents whole."
        ),
    ] = None,
    memory: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Translation memory to use and add to: the model is asked nothing twice."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when a glossary term is missing.")] = False,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processor cores to use. Default: all.")] = None,
    beam: Annotated[int, typer.Option(min=1, max=16, help="Beam size; 1 is fastest.")] = 4,
) -> None:
    """Translate a text to standard output.

    Every paragraph (line) of the text gives one paragraph. Without `--lines`, lines that a hard wrap broke are joined
    first. Sentences already in the target language come back unchanged. Exit code 1 with `--strict` and a term missing.
    """
    if documents and not lines:
        raise UsageError("--documents needs --lines", advice="give both, or neither")
    from normalize import language  # noqa: PLC0415 - keeps `--help` quick
    from normalize.glossary import Glossary  # noqa: PLC0415 - likewise
    from normalize.memory import Memory, RememberingEngine  # noqa: PLC0415 - likewise
    from normalize.pipeline.text import lines_of, translated_lines, unwrapped  # noqa: PLC0415 - likewise
    from normalize.read.decode import decode  # noqa: PLC0415 - likewise
    from normalize.translate import Store  # noqa: PLC0415 - likewise

    data = read_bytes(file)
    try:
        given = lines_of(data) if lines else unwrapped(decode(data)[0].removesuffix("\n"))
    except InputError as error:
        raise InputError(error.what, path=file, advice=error.advice) from error
    ids = _ids(documents, len(given)) if documents else []
    terms = Glossary.load(*glossary or ())
    complain_of(terms.problems)
    engine: Engine = Store.open().engine(language.canonical(source), language.canonical(target), beam=beam, jobs=jobs)
    missing = 0
    with ExitStack() as stack:
        if memory is not None:
            opened = Memory(memory)
            stack.callback(_tell, opened)  # last: closing may add a notice
            engine = RememberingEngine(engine, stack.enter_context(opened))
        for number, line in enumerate(translated_lines(given, engine, terms, documents=ids), 1):
            sys.stdout.write(line.target + "\n")
            missing += len(line.missing)
            for receipt in line.missing if strict else ():
                complain(f"{file}:{number}: {receipt.target!r} (for {receipt.surface!r}) is missing: {line.target}")
    if missing and strict:
        complain(f"{missing} glossary {'term is' if missing == 1 else 'terms are'} missing")
        sys.exit(EXIT_FAILED)


def _tell(memory: Memory) -> None:
    for notice in memory.notices:
        complain(notice)


def _ids(path: Path, wanted: int) -> list[str]:
    """Read the document's id of each line."""
    from normalize.pipeline.text import lines_of  # noqa: PLC0415 - keeps `--help` quick

    ids = lines_of(read_bytes(str(path)))
    if len(ids) != wanted:
        advice = "give one id for each line of the text"
        raise UsageError(f"has {len(ids):,} lines, and the text {wanted:,}", path=path, advice=advice)
    return ids
