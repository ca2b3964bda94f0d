"""The command table of `normalize glossary`, and what its commands share."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import typer

from normalize.cli.app import complain
from normalize.errors import NormalizeError, UsageError

if TYPE_CHECKING:
    from normalize.glossary import Glossary
    from normalize.glossary.mine import Text

__all__ = [
    "DEFAULT", "app", "articles", "complain_of", "corpus", "files_option", "further_option", "json_option", "load",
    "printable", "refuse", "site_option", "source_option", "tag", "tag_of", "write_or_say",
]  # fmt: skip

DEFAULT = Path("glossary.csv")

_TOLD = 100
"""Rows that cannot be used and are told one by one."""

app = typer.Typer(
    name="glossary",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Check, apply, exchange, find and compare glossaries; none of it needs a model.",
)

files_option = typer.Option(
    "--glossary", metavar="FILE", help="Glossary (CSV); given again, one of lower priority. Default: `glossary.csv`."
)
further_option = typer.Option(
    "--glossary", metavar="FILE", help="A further glossary, of lower priority; may be given several times."
)
site_option = typer.Option("--site", metavar="NAME", help="The site the text is from, for rows with a scope.")
json_option = typer.Option("--json", help="Print JSON on standard output.")
source_option = typer.Option("--source", metavar="TAG", help="Language of the source text. Default: found out.")


def load(*paths: Path, told: bool = True) -> Glossary:
    """Load glossaries, the one of highest priority first, complaining of the rows that cannot be used."""
    from normalize.glossary import Glossary  # noqa: PLC0415 - keeps `--help` quick

    glossary = Glossary.load(*paths)
    if told:
        complain_of(glossary.problems)
    return glossary


def complain_of(problems: Sequence[NormalizeError]) -> None:
    """Complain of rows that cannot be used; of very many, as where the format is another, only the first are told."""
    for problem in problems[:_TOLD]:
        complain(problem)
    if len(problems) > _TOLD:
        complain(f"… and {len(problems) - _TOLD:,} more rows that cannot be used")


def tag(written: str) -> str:
    """Give the canonical form of a language tag that may be empty."""
    from normalize import language  # noqa: PLC0415 - keeps `--help` quick

    return language.canonical(written) if written else ""


def printable(text: str) -> str:
    """Make control characters and what the terminal cannot encode visible."""
    shown = "".join(char if char.isprintable() or char == "\t" else ascii(char)[1:-1] for char in text)
    encoding = sys.stdout.encoding or "utf-8"
    return shown.encode(encoding, "backslashreplace").decode(encoding)


def write_or_say(data: bytes, out: Path | None) -> None:
    """Write to a file, whole or not at all, or to standard output."""
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    from normalize.write import replace  # noqa: PLC0415 - keeps `--help` quick

    replace(out, data)


def tag_of(text: str, given: str | None) -> str:
    """Give the canonical tag of a text's language: as given, or as found out."""
    from normalize import language  # noqa: PLC0415 - keeps `--help` quick

    return language.canonical(given) if given else language.detect(text).language


def refuse(out: Path | None, *, force: bool) -> None:
    """Raise UsageError rather than write over a file."""
    if out is not None and out.exists() and not force:
        raise UsageError("is there already", path=out, advice="give another name, or --force to replace it")


@contextlib.contextmanager
def corpus(out: Path) -> Iterator[BinaryIO]:
    """Open the corpus that a run wrote into a folder; UsageError where there is none."""
    path = out / "corpus.jsonl"
    try:
        file = path.open("rb")
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
        raise UsageError(reason, path=path, advice="give the folder that `normalize run` wrote") from error
    with file:
        yield file


def articles(raw: Path) -> Iterator[Text]:
    """Give the clean text of each article of a folder, and where it is from; unreadable ones are complained of."""
    from normalize import language  # noqa: PLC0415 - keeps `--help` quick
    from normalize.corpus import host  # noqa: PLC0415 - likewise
    from normalize.glossary.mine import Text  # noqa: PLC0415 - likewise
    from normalize.pipeline import clean_folder  # noqa: PLC0415 - likewise

    for article in clean_folder(raw):
        if isinstance(article, NormalizeError):
            complain(article)
        else:
            yield Text(
                article=article.id, text=article.text, path=article.path,
                language=language.detect(article.text, hint=article.metadata.language).language,
                sites=(host(article.metadata.url), article.metadata.site),
            )  # fmt: skip
