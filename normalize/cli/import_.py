"""`normalize import`: a parallel corpus in another format becomes a corpus.jsonl."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Annotated

import typer

from normalize.cli.app import app, complain
from normalize.errors import UsageError
from normalize.wording import counted

__all__ = ["import_"]


@app.command(
    "import",
    epilog="Examples: `normalize import memory.tmx --to memory` · "
    "`normalize import corpus.id-en.id corpus.id-en.en --to corpus.jsonl` · "
    "`normalize import pairs.tsv --source id --target en --to pairs.jsonl`",
)
def import_(  # noqa: PLR0913 - one parameter for each option
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="TMX, XLIFF, TSV, JSON lines, Parquet, two texts, or a folder."),
    ],
    *,
    to: Annotated[
        Path, typer.Option(metavar="PATH", help="A .jsonl to write, or a folder: corpus.jsonl and articles.jsonl.")
    ],
    format: Annotated[  # noqa: A002 - the option's name
        str, typer.Option("--from", metavar="FORMAT", help="The format, where the name does not tell; as for export.")
    ] = "",
    source: Annotated[str, typer.Option(metavar="TAG", help="Source language, if the file does not tell.")] = "",
    target: Annotated[str, typer.Option(metavar="TAG", help="Target language, likewise.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there already.")] = False,
) -> None:
    """Read parallel texts made elsewhere, or by `normalize export`, and write a corpus that can be exported.

    Nothing is written unless all could be read. Units that a file does not call otherwise count as translated, from a
    translation memory.
    """
    from normalize import language  # noqa: PLC0415 - keeps `--help` quick
    from normalize.export import Tags, form_named, read, units_and_articles  # noqa: PLC0415 - likewise
    from normalize.write import Draft  # noqa: PLC0415 - likewise

    if format:
        format = form_named(format).name  # noqa: A001 - the option's name
    tags = Tags(language.canonical(source) if source else "", language.canonical(target) if target else "")
    folder = to.suffix.lower() not in {".jsonl", ".ndjson"}
    paths = [to / "corpus.jsonl", to / "articles.jsonl"] if folder else [to]
    for path in paths:
        if path.resolve() in {file.resolve() for file in files}:
            raise UsageError("is read and would be written", path=path, advice="give another name with --to")
        if path.exists() and not force:
            raise UsageError("is there already", path=path, advice="give another name, or --force to replace it")
    if folder and (to / "manifest.json").exists():
        raise UsageError("is the folder of a run", path=to, advice="give another folder with --to")
    units = articles = 0
    with contextlib.ExitStack() as stack:
        drafts = [stack.enter_context(Draft(path)) for path in paths]
        for unit, article in units_and_articles(read(files, form=format, tags=tags)):
            drafts[0].write(unit)
            units += bool(unit)
            articles += bool(article)
            if folder:
                drafts[1].write(article)
        if not units:
            raise UsageError("holds no unit", path=files[0], advice="check the format, or name it with --from")
        for draft in drafts:
            draft.commit()
    complain(f"{counted(units, 'unit')} of {counted(articles, 'article')} · {to}")
