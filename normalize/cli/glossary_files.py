"""`normalize glossary import`, `export`, `mine` and `add`: glossaries in and out of files."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.cli.app import EXIT_FAILED, complain, say
from normalize.cli.glossary_app import (
    DEFAULT,
    app,
    articles,
    complain_of,
    corpus,
    further_option,
    load,
    printable,
    refuse,
    tag,
    write_or_say,
)
from normalize.cli.stdio import read_bytes
from normalize.errors import NormalizeError, UsageError
from normalize.wording import counted

if TYPE_CHECKING:
    from normalize.glossary import Term

__all__ = ["add", "export", "import_", "mine"]

format_help = (
    "csv, tsv, deepl-csv, deepl-tsv, google-csv, google-terms, amazon-csv, amazon-tmx, microsoft-tsv, omegat, "
    "weblate-csv, tbx (ISO 30042:2019), tbx2, tmx, utx"
)


@app.command(
    "import",
    epilog="Examples: `normalize glossary import terms.tbx --out glossary.csv` · "
    "`normalize glossary import deepl.csv --from deepl-csv --source id --target en`",
)
def import_(  # noqa: PLR0913 - one parameter for each option
    file: Annotated[str, typer.Argument(metavar="FILE", help="A glossary in another format; `-` is standard input.")],
    *,
    format: Annotated[  # noqa: A002 - the option's name
        str, typer.Option("--from", metavar="FORMAT", help=f"Needed where the name does not tell: {format_help}")
    ] = "",
    source: Annotated[str, typer.Option(metavar="TAG", help="Source language, if the file does not tell.")] = "",
    target: Annotated[str, typer.Option(metavar="TAG", help="Target language, likewise.")] = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write here. Default: standard output.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace --out where it is there already.")] = False,
) -> None:
    """Read a glossary in another format and write this program's own.

    Exit code 1 when an entry could not be used; the others are written.
    """
    from normalize.formats import FORMATS, named, told_by  # noqa: PLC0415 - keeps `--help` quick

    format = format or told_by(file)  # noqa: A001 - the option's name
    if not format:
        raise UsageError("its name does not tell the format", path=file, advice=f"give --from: {', '.join(FORMATS)}")
    found = named(format).parse(read_bytes(file), file, source=tag(source), target=tag(target))
    complain_of(found.problems)
    if not found.terms:
        raise UsageError("holds no term that can be used", path=file, advice="check --from")
    refuse(out, force=force)
    write_or_say(FORMATS["csv"].render(found.terms), out)
    complain(f"{counted(len(found), 'row')} read · {_languages(found.terms)}")
    if found.problems:
        sys.exit(EXIT_FAILED)


@app.command(
    epilog="Examples: `normalize glossary export --format tbx --out terms.tbx` · "
    "`normalize glossary export glossary.csv --format deepl-csv --source id --out deepl.csv`"
)
def export(  # noqa: PLR0913 - one parameter for each option
    file: Annotated[Path, typer.Argument(metavar="[FILE]", help="The glossary (CSV).")] = DEFAULT,
    *,
    format: Annotated[str, typer.Option(metavar="FORMAT", help=format_help)],  # noqa: A002 - the option's name
    further: Annotated[list[Path] | None, further_option] = None,
    source: Annotated[str, typer.Option(metavar="TAG", help="Only rows from this language (and rows for any).")] = "",
    target: Annotated[str, typer.Option(metavar="TAG", help="Only rows into this language (and rows for any).")] = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write here. Default: standard output.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace --out where it is there already.")] = False,
) -> None:
    """Write the glossary in another format, and say what that format cannot carry.

    Rows that cannot be used are left out, and the exit code is then 1.
    """
    from normalize.formats import named  # noqa: PLC0415 - keeps `--help` quick

    form = named(format)
    glossary = load(file, *further or [])
    terms = [
        term for term in (_for(term, tag(source), tag(target)) for term in glossary.terms) if term is not None
    ]
    if not terms:
        raise UsageError("holds no row to write", path=file, advice="check --source and --target")
    data = form.render(terms)
    for loss in form.cannot_carry(terms):
        complain(f"{form.name} cannot carry: {loss}")
    refuse(out, force=force)
    write_or_say(data, out)
    complain(f"{counted(len(terms), 'row')} · {form.title}")
    if glossary.problems:
        sys.exit(EXIT_FAILED)


def _for(term: Term, source: str, target: str) -> Term | None:
    """Give a row for a pair of languages, or None where it is for another."""
    from normalize.formats.format import primary  # noqa: PLC0415 - keeps `--help` quick

    for wanted, own in ((source, term.source_language), (target, term.target_language)):
        if wanted and own and primary(own) != primary(wanted):
            return None
    return dataclasses.replace(
        term, source_language=term.source_language or source, target_language=term.target_language or target
    )


def _languages(terms: tuple[Term, ...]) -> str:
    pairs = {f"{term.source_language or 'any'} → {term.target_language or 'any'}" for term in terms}
    return ", ".join(sorted(pairs))


@app.command(
    epilog="Examples: `normalize glossary mine raw` · "
    "`normalize glossary mine raw --out candidates.csv --translated out`"
)
def mine(  # noqa: PLR0913 - one parameter for each option
    raw: Annotated[Path, typer.Argument(metavar="RAW", help="Folder (or one file) of raw articles.")] = Path("raw"),
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write candidates here. Default: standard output.")
    ] = None,
    glossary: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Leave out what this has, or these have. Default: glossary.csv if there."),
    ] = None,
    translated: Annotated[
        Path | None, typer.Option(metavar="OUT", help="A run's folder: count how often each name came out the same.")
    ] = None,
    least: Annotated[int, typer.Option(min=1, help="How often a name must occur; a phrase, once more than that.")] = 2,
    force: Annotated[bool, typer.Option("--force", help="Replace --out where it is there already.")] = False,
) -> None:
    """Find names and phrases that recur in the articles, and names that are spelled in several ways.

    Spellings that differ only by case, blanks or signs that optical recognition confuses (I, l, 1; O, 0; rn, m) are
    taken together; names that are merely similar are only suggested, in the column `similar`. With --translated, the
    column `kept` says in how many segments of a run a name came out as it stands, and in how many not.
    """
    from normalize.formats.candidates import render  # noqa: PLC0415 - keeps `--help` quick
    from normalize.glossary import Glossary  # noqa: PLC0415 - likewise
    from normalize.glossary.mine import mine, survivals  # noqa: PLC0415 - likewise
    from normalize.glossary.tally import pairs  # noqa: PLC0415 - likewise

    known = load(*glossary or [DEFAULT]) if glossary or DEFAULT.exists() else Glossary()
    refuse(out, force=force)
    found = mine(articles(raw), known, least=least)
    kept: dict[str, tuple[int, int]] = {}
    if translated is not None:
        with corpus(translated) as lines:
            kept = survivals(found, pairs(lines, str(translated / "corpus.jsonl")))
    write_or_say(render(found, kept=kept), out)
    several = sum(bool(one.spellings) for one in found)
    varied = sum(0 < same < segments for segments, same in kept.values())
    more = "" if translated is None else f" · {varied} translated in several ways"
    complain(f"{len(found)} candidates · {several} spelled in several ways{more}")


@app.command(
    epilog="Examples: `normalize glossary add candidates.csv` · "
    "`normalize glossary add candidates.csv --only OpenAI --only Sutskever`"
)
def add(
    candidates: Annotated[str, typer.Argument(metavar="CANDIDATES", help="A file that `glossary mine` wrote.")],
    *,
    glossary: Annotated[Path, typer.Option("--glossary", metavar="FILE", help="The glossary (CSV).")] = DEFAULT,
    only: Annotated[
        list[str] | None, typer.Option(metavar="SOURCE", help="Accept only this row; may be given several times.")
    ] = None,
) -> None:
    """Accept candidates into the glossary file, which keeps its columns, delimiter and line ends.

    Rows without a target, and rows that are there already, are refused: exit code 1.
    """
    from normalize.formats.candidates import accepted, added  # noqa: PLC0415 - keeps `--help` quick

    rows = accepted(read_bytes(candidates), candidates, only=frozenset(only or ()))
    before = read_bytes(str(glossary)) if glossary.exists() else b""
    after, sources, problems = added(before, rows, glossary)
    if sources:
        write_or_say(after, glossary)
    complain_of(
        [NormalizeError(one.what, path=candidates, line=one.line, advice=one.advice) for one in problems]
    )
    for source in sources:
        say(printable(f"added {source}"))
    say(f"{counted(len(sources), 'row')} added to {glossary}")
    if problems:
        sys.exit(EXIT_FAILED)
