"""The rows of a corpus by article, found again without holding them all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

import msgspec

from normalize.errors import UsageError
from normalize.measure.bitexts import row_of
from normalize.rows import UnitRow, decoded

__all__ = ["Groups"]


class _Article(msgspec.Struct):
    article: str = ""


class _Stretch(NamedTuple):
    """Lines of one article that follow each other: the first's number and offset, and the offset after the last."""

    line: int
    start: int
    end: int


class Groups:
    """The rows of a file, or of a list, by article; iterating gives the articles in the order they first occur.

    Of a file only where each article stands is held. Used in `with`. Raises UsageError when the file cannot be read.
    """

    def __init__(self, source: Path | Sequence[UnitRow]) -> None:
        self._file: BinaryIO | None = None
        self._stretches: dict[str, list[_Stretch]] = {}
        self._rows: dict[str, list[UnitRow]] = {}
        if isinstance(source, Path):
            self._path = source
            with contextlib.ExitStack() as stack:
                try:
                    self._file = stack.enter_context(source.open("rb"))
                    self._index(self._file)
                except OSError as error:
                    raise UsageError(f"cannot be read: {(error.strerror or '').lower()}", path=source) from error
                stack.pop_all()  # the file stays open: all is well
        else:
            for row in source:
                self._rows.setdefault(row.article, []).append(row)

    def __enter__(self) -> Self:
        """Hand itself to `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def __iter__(self) -> Iterator[str]:
        """Give the articles in the order they first occur."""
        return iter(self._stretches if self._file is not None else self._rows)

    def __contains__(self, article: str) -> bool:
        return article in self._stretches or article in self._rows

    def rows(self, article: str) -> list[UnitRow]:
        """Give an article's rows in order, none for one that is not there; raises InputError, with the line."""
        if self._file is None:
            return self._rows.get(article, [])
        found = []
        for stretch in self._stretches.get(article, ()):
            self._file.seek(stretch.start)
            lines = self._file.read(stretch.end - stretch.start).split(b"\n")
            found += [row_of(line, self._path, stretch.line + at) for at, line in enumerate(lines) if line.strip()]
        return found

    def _index(self, file: BinaryIO) -> None:
        decoder = msgspec.json.Decoder(_Article)
        offset = 0
        last = None
        for number, line in enumerate(file, 1):
            end = offset + len(line)
            if line.strip():
                article = decoded(decoder, line, self._path, number).article
                stretches = self._stretches.setdefault(article, [])
                if article == last:
                    stretches[-1] = stretches[-1]._replace(end=end)
                else:
                    stretches.append(_Stretch(number, offset, end))
                last = article
            offset = end
