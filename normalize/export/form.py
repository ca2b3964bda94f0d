"""What every format of a parallel corpus offers, and what it is given to write with."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from normalize import __version__
from normalize.rows import ArticleRow, UnitRow

__all__ = ["UNIT_FIELDS", "Form", "Head", "Pair", "Sink", "Tags", "Writer", "article_of"]

UNIT_FIELDS = frozenset({
    "id", "article", "paragraph", "source_language", "target_language", "state", "score", "origin", "findings", "terms",
    "repairs",
})  # fmt: skip
"""What a unit has besides its two texts."""


class Sink(Protocol):
    """A file being written."""

    def write(self, chunk: bytes) -> object:
        """Append bytes."""


class Writer(Protocol):
    """One export under way: a file, or a group of them."""

    def add(self, unit: UnitRow, article: ArticleRow) -> None:
        """Write a unit."""

    def close(self) -> None:
        """Write what comes after the last unit."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a file says of itself as a whole."""

    source_language: str = ""
    """The one source language of the file; "" where it has several."""
    target_language: str = ""
    signature: str = ""
    license: str = ""
    version: str = __version__


class Tags(NamedTuple):
    """Languages for files that do not say."""

    source: str = ""
    target: str = ""


class Pair(NamedTuple):
    """A unit read, with what the file says of its article."""

    unit: UnitRow
    article: ArticleRow


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A format."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    """What its files' names end in, the usual one first."""
    writer: Callable[[Callable[[str], Sink], Head], Writer]
    """Begins an export; asks for its files by what tells them apart: "" for the only one, or a suffix."""
    read: Callable[[Path, Tags], Iterator[Pair]]
    """Reads one file."""
    carries: frozenset[str] = UNIT_FIELDS
    """Which of `UNIT_FIELDS`, and of an article's fields, come back."""
    one_pair: bool = False
    """A file holds one pair of languages."""
    two_languages: bool = False
    """A unit is told apart by its languages, so they must differ."""
    folder: bool = False
    """It is a folder of data files with a card, not a file."""
    exact: Callable[[str], bool] = lambda _: True
    """Whether a text comes back as it is."""
    inexact: str = ""
    """What becomes of one that does not."""


def article_of(unit: str, fallback: str) -> str:
    """Give the article of a unit's id, which is `ARTICLE:PARAGRAPH.NUMBER`; else the fallback.

    >>> article_of("site/a:3.0", "b"), article_of("17", "b")
    ('site/a', 'b')
    """
    name, colon, place = unit.rpartition(":")
    paragraph, dot, number = place.partition(".")
    told = colon and name and dot and (paragraph + number).isascii() and paragraph.isdigit() and number.isdigit()
    return name if told else fallback
