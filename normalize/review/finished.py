"""What a run wrote into `out/`, as far as reviewing needs it: units, articles, and corrections taken home before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from normalize.errors import InputError, UsageError
from normalize.review.corrections import FORMAT, Corrections, read_corrections

__all__ = [
    "CORRECTIONS", "TAKEN_HOME", "FinishedArticle", "FinishedUnit", "articles", "check", "taken_home", "units",
]  # fmt: skip

CORRECTIONS = "corrections.json"
"""What `normalize review serve` saves into `out/`."""

TAKEN_HOME = Path(".normalize", "corrections.json")
"""Inside `out/`: every correction that `normalize review apply` took home, with what the machine had said."""

_ADVICE = "give the folder that `normalize run` wrote"


class FinishedFinding(msgspec.Struct, kw_only=True, frozen=True):
    """A finding, as `corpus.jsonl` has it; positions are code points."""

    check: str
    severity: str
    message: str
    span: tuple[int, int] | None = None


class FinishedTerm(msgspec.Struct, kw_only=True, frozen=True):
    """A receipt, as `corpus.jsonl` has it."""

    term: str
    target: str
    method: str
    span: tuple[int, int]
    produced: str = ""
    target_span: tuple[int, int] | None = None


class FinishedUnit(msgspec.Struct, kw_only=True, frozen=True):
    """A line of `corpus.jsonl`; what else stands there is passed over."""

    id: str
    article: str
    paragraph: int
    source: str
    target: str
    source_language: str
    target_language: str
    state: str
    origin: str = ""
    score: float | None = None
    findings: tuple[FinishedFinding, ...] = ()
    terms: tuple[FinishedTerm, ...] = ()


class FinishedArticle(msgspec.Struct, kw_only=True, frozen=True):
    """A line of `articles.jsonl`."""

    id: str
    path: str
    record: int | None = None
    language: str = ""
    title: str = ""
    site: str = ""
    url: str = ""
    author: str = ""
    agency: str = ""
    published: str = ""
    place: str = ""
    removed: int = 0


_Row = TypeVar("_Row", FinishedUnit, FinishedArticle)


def check(out: Path) -> None:
    """Raise UsageError where `out` holds no corpus, before anything is written there."""
    if not (out / "corpus.jsonl").is_file():
        raise UsageError("holds no corpus", path=out, advice=_ADVICE)


def units(out: Path) -> Iterator[FinishedUnit]:
    """Give the units of the corpus in `out`; UsageError where there is none, InputError for a line that is broken."""
    return _rows(out / "corpus.jsonl", FinishedUnit)


def articles(out: Path) -> Iterator[FinishedArticle]:
    """Give the articles of the corpus in `out`; errors as for `units`."""
    return _rows(out / "articles.jsonl", FinishedArticle)


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


def _rows(path: Path, kind: type[_Row]) -> Iterator[_Row]:
    decoder = msgspec.json.Decoder(kind)
    try:
        file = path.open("rb")
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror})", path=path, advice=_ADVICE) from error
    with file:
        for number, line in enumerate(file, 1):
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                what = f"is no line of a corpus: {error}"
                raise InputError(what, path=path, line=number, advice=_ADVICE) from error
