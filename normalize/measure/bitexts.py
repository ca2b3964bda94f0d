"""Units out of whatever holds pairs: a run's folder, its `corpus.jsonl`, TMX, XLIFF, TSV, other exports, two texts."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import regex

from normalize import language
from normalize.corpus import Origin, Segment, Span, State, Unit
from normalize.errors import UsageError
from normalize.export import Tags
from normalize.export import read as read_export
from normalize.formats.bitext import Pair, read_pairs, two_files
from normalize.rows import UnitRow, decoded
from normalize.rows import rows as read_rows

__all__ = ["CORPUS", "Placed", "corpus_file", "is_corpus", "read_file", "row_of", "rows", "units"]

CORPUS = "corpus.jsonl"

_DECODER = msgspec.json.Decoder(UnitRow)

_DETECTED = 20_000
"""Characters looked at for the language of pairs that name none."""


_LOOKED_AT = 2_000
"""Pairs whose sources are looked at for that."""

_XLIFF_2 = regex.compile(rb"<(?:[\w.-]{1,40}:)?xliff\b[^<>]{0,4000}?\sversion\s{0,9}=\s{0,9}[\"']2")

_EXPORTS = frozenset({".jsonl", ".ndjson", ".json", ".parquet"})
"""Suffixes that `normalize.export` reads and `normalize.formats` does not."""


class Placed(NamedTuple):
    """A unit, and the line of its file it stands on, from 1; its number, in formats without lines."""

    line: int
    unit: Unit


def corpus_file(place: Path) -> Path:
    """Give what holds the units: for a run's folder its `corpus.jsonl`, else the file or exported folder itself.

    Raises UsageError where there is none.
    """
    path = place if place.is_dir() and (place / "data").is_dir() else place / CORPUS if place.is_dir() else place
    if not path.exists():
        raise UsageError("is not there", path=path, advice="give a file, or the folder that `normalize run` wrote")
    return path


def is_corpus(path: Path) -> bool:
    """Whether a file is a `corpus.jsonl`, by its name or by its first line."""
    if path.name == CORPUS:
        return True
    if path.suffix.lower() != ".jsonl":
        return False
    try:
        with path.open("rb") as file:
            return "findings" in msgspec.json.decode(next(filter(bytes.strip, file), b"{}"), type=dict[str, Any])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False


def read_file(path: Path) -> bytes:
    """Read a whole file; raises UsageError when it cannot be read."""
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise UsageError("is a folder", path=path, advice="give a file") from None
    except OSError as error:
        raise UsageError(f"cannot be read: {(error.strerror or '').lower()}", path=path) from error


def units(place: Path, translation: Path | None = None, *, source: str = "", target: str = "") -> Iterator[Placed]:
    """Give the units of a run's folder or of a file; with `translation`, the two are texts, line by line.

    `source` and `target` are the languages of pairs that name none; where nothing says the source's, it is found out,
    and the target's is then English. Raises UsageError and InputError, with the line, for what cannot be read.
    """
    if translation is not None:
        paths = str(place), str(translation)
        yield from _of_pairs(two_files(read_file(place), read_file(translation), paths), place, source, target)
        return
    path = corpus_file(place)
    if is_corpus(path):
        for number, row in rows(path):
            yield Placed(number, row.unit())
    elif path.is_dir() or path.suffix.lower() in _EXPORTS or _is_xliff_2(path):
        yield from _of_export(path, source, target)
    else:
        yield from _of_pairs(read_pairs(read_file(path), path, source=source, target=target), path, source, target)


def rows(path: Path) -> Iterator[tuple[int, UnitRow]]:
    """Give the rows of a `corpus.jsonl` with their lines; only one is held at a time.

    Raises InputError, with the line, for what is no such row, and UsageError when the file cannot be read.
    """
    return read_rows(path, UnitRow, advice="give a corpus.jsonl that `normalize run` wrote")


def row_of(line: bytes, path: Path, number: int) -> UnitRow:
    """Read the row in a line of `corpus.jsonl`; raises InputError, with the line's number, for what is none."""
    return decoded(_DECODER, line, path, number)


def _is_xliff_2(path: Path) -> bool:
    return path.suffix.lower() in {".xlf", ".xliff"} and _XLIFF_2.search(read_file(path)[:65_536]) is not None


def _of_export(path: Path, source: str, target: str) -> Iterator[Placed]:
    """Give the units of a file in one of the formats of `normalize export`."""
    found = (pair.unit for pair in read_export([path], tags=Tags(source, target)))
    first = list(itertools.islice(found, _LOOKED_AT))
    if not source and any(not row.source_language for row in first):
        source = _detected(row.source for row in first)
    for number, row in enumerate(itertools.chain(first, found), 1):
        row.source_language = row.source_language or source
        row.target_language = row.target_language or target or "en"
        yield Placed(number, row.unit())


def _detected(texts: Iterable[str]) -> str:
    return language.detect("\n".join(itertools.islice(texts, _LOOKED_AT))[:_DETECTED]).language


def _of_pairs(pairs: Iterable[Pair], path: Path, source: str, target: str) -> Iterator[Placed]:
    pairs = list(pairs)
    if not source and any(not pair.source_language for pair in pairs):
        source = _detected(pair.source for pair in pairs)
    for pair in pairs:
        text = pair.source
        tags = _tag(pair.source_language or source), _tag(pair.target_language or target or "en")
        segment = Segment(
            id=str(pair.line), article=path.stem, paragraph=pair.line, span=Span(start=0, end=len(text)), source=text,
            language=tags[0],
        )  # fmt: skip
        yield Placed(pair.line, Unit(
            segment=segment, target=pair.target, target_language=tags[1],
            state=State.TRANSLATED if pair.target.strip() else State.INITIAL,
            # A text passed through in its own language: there is nothing that could have been translated.
            origin=Origin.COPIED if tags[0] == tags[1] and text == pair.target else Origin.NONE,
        ))  # fmt: skip


def _tag(tag: str) -> str:
    """Give the canonical form of a tag; one that is none stays, and means that nothing is known of the language."""
    try:
        return language.canonical(tag)
    except UsageError:
        return tag
