"""What a run wrote into `out/`, as far as reviewing needs it: units, articles, and corrections taken home before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from normalize.errors import InputError, UsageError
from normalize.review.corrections import FORMAT, Corrections, read_corrections
from normalize.rows import ArticleRow, UnitRow, rows

__all__ = ["CORRECTIONS", "TAKEN_HOME", "articles", "check", "taken_home", "units"]

CORRECTIONS = "corrections.json"
"""What `normalize review serve` saves into `out/`."""

TAKEN_HOME = Path(".normalize", "corrections.json")
"""Inside `out/`: every correction that `normalize review apply` took home, with what the machine had said."""

_ADVICE = "give the folder that `normalize run` wrote"


def check(out: Path) -> None:
    """Raise UsageError where `out` holds no corpus, before anything is written there."""
    if not (out / "corpus.jsonl").is_file():
        raise UsageError("holds no corpus", path=out, advice=_ADVICE)


def units(out: Path) -> Iterator[UnitRow]:
    """Give the units of the corpus in `out`; UsageError where there is none, InputError for a line that is broken."""
    return (row for _, row in rows(out / "corpus.jsonl", UnitRow, advice=_ADVICE))


def articles(out: Path) -> Iterator[ArticleRow]:
    """Give the articles of the corpus in `out`; errors as for `units`."""
    return (row for _, row in rows(out / "articles.jsonl", ArticleRow, advice=_ADVICE))


def taken_home(out: Path) -> Corrections:
    """Give all that was taken home into `out` so far; nothing where nothing was."""
    path = out / TAKEN_HOME
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Corrections(format=FORMAT, version=2, signature="", corrections=())
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", path=path) from error
    return read_corrections(data, path=str(path))
