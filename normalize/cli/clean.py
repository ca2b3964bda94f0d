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
    from normalize.clean import SiteRules
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
def clean(  # noqa: C901, PLR0913 - one parameter for each option, one branch for each way to speak
    file: Annotated[str, typer.Argument(metavar="[FILE|DIR|-]", help="Text or page, a folder, or standard input.")]
    = STDIN,
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write DIR/STEM.txt for each article instead of printing.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print every removed line with the rule that removed it.")
    ] = False,
    stats: Annotated[bool, typer.Option("--stats", help="Print how much each rule removed, instead of the text.")]
    = False,
    restore: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Put a removed line back; ids as `--explain` and dropped.jsonl name them."),
    ] = None,
    rules: Annotated[
        Path | None, typer.Option(metavar="FILE", help="rules.toml: lines to drop, keep or lift on certain sites.")
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format | None, typer.Option(help="Read the input so, whatever its suffix says.")
    ] = None,
) -> None:
    """Repair broken characters and remove site furniture, without translating.

    What comes out is the title first, where the page has one, then the body, a paragraph a line. Given a folder, lines
    that recur over its articles count as furniture.
    """
    from normalize.clean import load, removed  # noqa: PLC0415 - keeps `--help` quick
    from normalize.clean import restore as put_back  # noqa: PLC0415 - likewise

    site_rules = load(rules) if rules else None
    wanted = None if format is None else format.value
    quiet = out is not None or explain or stats
    failed = False
    wanted_back = set(restore or [])
    cleaned: list[Article] = []
    for result in _results(file, wanted, site_rules, may_print=quiet):
        if isinstance(result, NormalizeError):
            complain(result)
            failed = True
            continue
        own = {name for name in wanted_back if name.rpartition(":")[0] == result.id}
        wanted_back -= own
        article = put_back(result, sorted(own)) if own else result
        if out is not None:
            _save(article, out)
        if stats:
            cleaned.append(article)
        if explain:
            for line in removed(article):
                say(f"{line.id}\t{line.rule}\t{line.evidence}\t{line.text}")
        elif not quiet and article.text:
            say(article.text)
    if stats:
        _show_stats(cleaned)
    if wanted_back:
        raise UsageError(f"no article has a removed line {min(wanted_back)!r}", advice="`--explain` lists their ids")
    if failed:
        sys.exit(EXIT_FAILED)


def _show_stats(articles: list[Article]) -> None:
    from normalize.clean import stats as count  # noqa: PLC0415 - keeps `--help` quick

    say(f"{'rule':<20} {'articles':>8} {'lines':>8} {'parts':>8} {'characters':>10}")
    for row in count(articles):
        say(f"{row.rule:<20} {row.articles:>8,} {row.lines:>8,} {row.parts:>8,} {row.characters:>10,}")


def _results(
    file: str, wanted: str | None, rules: SiteRules | None, *, may_print: bool
) -> Iterator[Article | NormalizeError]:
    from normalize.pipeline import clean_folder, clean_text  # noqa: PLC0415 - keeps `--help` quick
    from normalize.read import CONTAINERS, FORMATS  # noqa: PLC0415 - likewise

    path = Path(file)
    suffix = path.suffix.lower()
    if file != STDIN and path.is_dir():
        if not may_print:
            raise UsageError("is a folder", path=file, advice="say where the clean articles go: --out DIR")
        return clean_folder(path, format=wanted, rules=rules)
    if file != STDIN and suffix in CONTAINERS:
        return clean_folder(path, format=wanted, rules=rules)
    form = wanted or FORMATS.get(suffix, "text")
    return iter([clean_text(read_bytes(file), path=file, format=form, rules=rules)])


def _save(article: Article, out: Path) -> None:
    from normalize.write import replace  # noqa: PLC0415 - keeps `--help` quick

    replace(out / f"{article.id}.txt", [article.text + "\n" if article.text else ""])
