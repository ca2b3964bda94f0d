"""`normalize clean`: repair and clean only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.cli.app import EXIT_FAILED, app, collect_rarely, complain, say
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
def clean(  # noqa: PLR0913 - one parameter for each option
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
    from normalize.clean import load  # noqa: PLC0415 - keeps `--help` quick

    collect_rarely()
    site_rules = load(rules) if rules else None
    quiet = out is not None or explain or stats
    if out is not None:
        _spare(file, out)
    results = _results(file, None if format is None else format.value, site_rules, out=out, may_print=quiet)
    failed: list[NormalizeError] = []
    wanted_back = set(restore or [])
    articles = _restored(_readable(results, failed), wanted_back)
    if out is not None:
        articles = _saved(articles, out)
    if explain:
        articles = _explained(articles)
    if stats:
        _show_stats(articles)
    else:
        for article in articles:
            if not quiet and article.text:
                say(article.text)
    if wanted_back:
        raise UsageError(f"no article has a removed line {min(wanted_back)!r}", advice="`--explain` lists their ids")
    if failed:
        sys.exit(EXIT_FAILED)


def _readable(results: Iterable[Article | NormalizeError], failed: list[NormalizeError]) -> Iterator[Article]:
    """Pass the articles on; complain of what could not be read, and collect it."""
    for result in results:
        if isinstance(result, NormalizeError):
            complain(result)
            failed.append(result)
        else:
            yield result


def _restored(articles: Iterable[Article], wanted: set[str]) -> Iterator[Article]:
    """Put the wanted lines back, and take them from `wanted`."""
    from normalize.clean import restore  # noqa: PLC0415 - keeps `--help` quick

    for article in articles:
        own = {name for name in wanted if name.rpartition(":")[0] == article.id}
        wanted -= own
        yield restore(article, sorted(own)) if own else article


def _spare(file: str, out: Path) -> None:
    """Raise UsageError where a clean article would be written over the one it is made from."""
    path = Path(file)
    folder, overwritten = (path, True) if path.is_dir() else (path.parent, path.suffix == ".txt")
    if file != STDIN and overwritten and folder.resolve() == out.resolve():
        raise UsageError("would be written over", path=file, advice="name another folder: --out DIR")


def _saved(articles: Iterable[Article], out: Path) -> Iterator[Article]:
    from normalize.write import replace  # noqa: PLC0415 - keeps `--help` quick

    for article in articles:
        # They can be made again; to force each to the disk would take longer than to clean it.
        replace(out / f"{article.id}.txt", (article.text + "\n" if article.text else "").encode(), forced=False)
        yield article


def _explained(articles: Iterable[Article]) -> Iterator[Article]:
    from normalize.clean import removed  # noqa: PLC0415 - keeps `--help` quick

    for article in articles:
        if article.duplicate_of:
            say(f"{article.id}\tduplicate\trepeats {article.duplicate_of}\t")
        for line in removed(article):
            say(f"{line.id}\t{line.rule}\t{line.evidence}\t{line.text}")
        yield article


def _show_stats(articles: Iterable[Article]) -> None:
    """Count as the articles come; none is kept."""
    from normalize.clean import stats  # noqa: PLC0415 - keeps `--help` quick

    repeated: list[str] = []
    rows = stats(_noted(articles, repeated))
    say(f"{'rule':<20} {'articles':>8} {'lines':>8} {'parts':>8} {'characters':>10}")
    for row in rows:
        say(f"{row.rule:<20} {row.articles:>8,} {row.lines:>8,} {row.parts:>8,} {row.characters:>10,}")
    if repeated:
        say(f"articles that repeat another: {len(repeated):,}; `--explain` names them")


def _noted(articles: Iterable[Article], repeated: list[str]) -> Iterator[Article]:
    """Pass the articles on; note the ids of those that repeat another."""
    for article in articles:
        if article.duplicate_of:
            repeated.append(article.id)
        yield article


def _results(
    file: str, wanted: str | None, rules: SiteRules | None, *, out: Path | None, may_print: bool
) -> Iterator[Article | NormalizeError]:
    from normalize.pipeline import clean_folder, clean_text  # noqa: PLC0415 - keeps `--help` quick
    from normalize.read import CONTAINERS, FORMATS  # noqa: PLC0415 - likewise

    path = Path(file)
    suffix = path.suffix.lower()
    if file != STDIN and path.is_dir():
        if not may_print:
            raise UsageError("is a folder", path=file, advice="say where the clean articles go: --out DIR")
        return clean_folder(path, without=out, format=wanted, rules=rules)
    if file != STDIN and suffix in CONTAINERS:
        return clean_folder(path, without=out, format=wanted, rules=rules)
    form = wanted or FORMATS.get(suffix, "text")
    return iter([clean_text(read_bytes(file), path=file, format=form, rules=rules)])
