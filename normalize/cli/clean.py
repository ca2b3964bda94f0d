"""`normalize clean`: repair and clean only."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.cli.app import EXIT_FAILED, app, complain, say
from normalize.cli.stdio import STDIN, read_bytes
from normalize.errors import NormalizeError, UsageError

if TYPE_CHECKING:
    from normalize.corpus import Article

__all__ = ["clean"]


class Format(StrEnum):
    """How to read the input, whatever its suffix says."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


@app.command(
    epilog="Examples: `normalize clean article.txt` · `normalize clean raw --out clean` · "
    "`normalize clean page.html --explain` · `curl -s … | normalize clean - --format html`"
)
def clean(
    file: Annotated[str, typer.Argument(metavar="[FILE|DIR|-]", help="Text or page, a folder, or standard input.")]
    = STDIN,
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write DIR/STEM.txt for each article instead of printing.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print every removed line with the rule that removed it.")
    ] = False,
    format: Annotated[  # noqa: A002 - the option's name
        Format | None, typer.Option(help="Read the input so, whatever its suffix says.")
    ] = None,
) -> None:
    """Repair broken characters and remove site furniture, without translating.

    What comes out is the title first, where the page has one, then the body, a paragraph a line. Given a folder, lines
    that recur over its articles count as furniture.
    """
    from normalize.clean import removed  # noqa: PLC0415 - keeps `--help` quick

    failed = False
    for result in _results(file, None if format is None else format.value, may_print=out is not None or explain):
        if isinstance(result, NormalizeError):
            complain(result)
            failed = True
            continue
        if out is not None:
            _save(result, out)
        if explain:
            for line in removed(result):
                say(f"{line.id}\t{line.rule}\t{line.evidence}\t{line.text}")
        elif out is None and result.text:
            say(result.text)
    if failed:
        sys.exit(EXIT_FAILED)


def _results(file: str, wanted: str | None, *, may_print: bool) -> Iterator[Article | NormalizeError]:
    from normalize.pipeline import clean_folder, clean_text  # noqa: PLC0415 - keeps `--help` quick

    path = Path(file)
    suffix = path.suffix.lower()
    if file != STDIN and path.is_dir():
        if not may_print:
            raise UsageError("is a folder", path=file, advice="say where the clean articles go: --out DIR")
        return clean_folder(path, format=wanted)
    if file != STDIN and suffix in {".jsonl", ".csv"}:
        return clean_folder(path, format=wanted)
    guessed = {".html": "html", ".htm": "html", ".md": "markdown"}.get(suffix, "text")
    return iter([clean_text(read_bytes(file), path=file, format=wanted or guessed)])


def _save(article: Article, out: Path) -> None:
    from normalize.write import replace  # noqa: PLC0415 - keeps `--help` quick

    replace(out / f"{article.id}.txt", [article.text + "\n" if article.text else ""])
