"""`normalize translate`: text in, English out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from normalize.cli.app import app, complain
from normalize.cli.stdio import read_bytes

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
    glossary: Annotated[Path | None, typer.Option(help="Glossary (CSV) whose terms must come out.")] = None,
    lines: Annotated[
        bool, typer.Option("--lines", help="Exactly one output line for each input line, for pipes and evaluation.")
    ] = False,
    jobs: Annotated[int | None, typer.Option(min=1, help="Processor cores to use. Default: all.")] = None,
    beam: Annotated[int, typer.Option(min=1, max=16, help="Beam size; 1 is fastest.")] = 4,
) -> None:
    """Translate a text to standard output.

    Every paragraph (line) of the text gives one paragraph. Without `--lines`, lines that a hard wrap broke are joined
    first. Sentences already in the target language come back unchanged.
    """
    from normalize import language  # noqa: PLC0415 - keeps `--help` quick
    from normalize.glossary import Glossary  # noqa: PLC0415 - likewise
    from normalize.pipeline import lines_of, translate_lines, unwrapped  # noqa: PLC0415 - likewise
    from normalize.read.decode import decode  # noqa: PLC0415 - likewise
    from normalize.translate import Store  # noqa: PLC0415 - likewise

    engine = Store.open().engine(language.canonical(source), language.canonical(target), beam=beam, jobs=jobs)
    terms = Glossary.load(glossary) if glossary else Glossary()
    for problem in terms.problems:
        complain(problem)
    data = read_bytes(file)
    given = lines_of(data) if lines else unwrapped(decode(data)[0].removesuffix("\n"))
    for answer in translate_lines(given, engine, terms):
        sys.stdout.write(answer + "\n")
