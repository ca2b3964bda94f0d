"""The corpus a run wrote, read as a stream: a unit at a time, with its article."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import msgspec

from normalize.errors import UsageError
from normalize.rows import ArticleRow, UnitRow, decoded, lines
from normalize.rows.file import LONGEST_LINE

__all__ = ["Corpus"]

_LARGEST_MANIFEST = 256 * 1024 * 1024


class _Head(msgspec.Struct):
    signature: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """A corpus on the disk; it can be gone over any number of times, and only one unit is held at once."""

    units: Path
    """`corpus.jsonl`, or another file of such lines."""
    articles: Path | None = None
    """`articles.jsonl`, where there is one."""
    signature: str = ""
    """What made the corpus (`manifest.json`)."""

    @classmethod
    def open(cls, path: Path) -> Corpus:
        """Find the corpus in the folder of a run, or take a file as one; UsageError where there is none."""
        folder = path.is_dir()
        units = path / "corpus.jsonl" if folder else path
        if not units.is_file():
            advice = "give the folder that `normalize run` wrote, or a corpus.jsonl"
            raise UsageError("is not there", path=units, advice=advice)
        articles = units.with_name("articles.jsonl")
        manifest = units.with_name("manifest.json")
        found = articles.is_file() and (folder or units.name == "corpus.jsonl")
        return cls(units=units, articles=articles if found else None, signature=_signature(manifest) if found else "")

    def stamp(self) -> tuple[int, int]:
        """Give what changes when the file is written again: its size in bytes and its time in nanoseconds."""
        status = self.units.stat()
        return status.st_size, status.st_mtime_ns

    def __iter__(self) -> Iterator[tuple[UnitRow, ArticleRow]]:
        """Give each unit with its article; InputError names the line that cannot be used."""
        with self.units.open("rb") as file, _Articles(self.articles) as articles:
            decoder = msgspec.json.Decoder(UnitRow)
            article = ArticleRow(id="")
            for number, raw in lines(file, self.units):
                unit = decoded(decoder, raw, self.units, number)
                if unit.article != article.id or number == 1:
                    article = articles.find(unit.article)
                yield unit, article


class _Articles:
    """The articles by id: only where each stands in the file is held."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._places: dict[str, tuple[int, int]] = {}
        self._decoder = msgspec.json.Decoder(ArticleRow)

    def __enter__(self) -> Self:
        if self._path is None:
            return self
        self._file = self._path.open("rb")
        place = 0
        for number, raw in lines(self._file, self._path):
            self._places[decoded(self._decoder, raw, self._path, number).id] = (place, number)
            place = self._file.tell()
        return self

    def __exit__(self, *_: object) -> None:
        if self._path is not None:
            self._file.close()

    def find(self, name: str) -> ArticleRow:
        """Give the article of that id; one that is listed nowhere has nothing but its id."""
        if self._path is None or name not in self._places:
            return ArticleRow(id=name)
        place, number = self._places[name]
        self._file.seek(place)
        return decoded(self._decoder, self._file.readline(LONGEST_LINE), self._path, number)


def _signature(path: Path) -> str:
    """Read the signature out of a manifest; nothing where there is none: a corpus is usable without."""
    try:
        if path.stat().st_size > _LARGEST_MANIFEST:
            return ""
        head: Any = msgspec.json.decode(path.read_bytes(), type=_Head)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return str(head.signature)
