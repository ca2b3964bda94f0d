"""Counting, pruning and forgetting; all in the transaction of the caller."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Callable
from pathlib import Path

import regex

from normalize.corpus import State
from normalize.errors import UsageError
from normalize.memory import answers, corrections
from normalize.memory.remembered import DamagedError, Remembered, normal

__all__ = [
    "EngineStats", "Forgotten", "Pruned", "Stats", "Wanted", "engine_number", "forget", "pattern", "prune", "runs_of",
    "size", "stats",
]  # fmt: skip

_PATIENCE = 0.2
"""Seconds of processor time that a pattern may take on one source."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EngineStats:
    """What is kept of one engine."""

    signature: str
    answers: int
    last_run: int
    """The last run that kept or used one; runs are counted from 1."""
    in_last_run: int
    """Answers kept or used in the memory's last run."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What a memory holds."""

    size: int
    """Bytes, the log included."""
    runs: int
    """Uses that asked for answers."""
    engines: tuple[EngineStats, ...]
    """Sorted by signature."""
    reviewed: int
    final: int
    pairs: dict[str, int]
    """Corrections by `source-target` languages."""
    history: int
    """Corrections that others have replaced."""

    @property
    def answers(self) -> int:
        """How many answers of engines there are."""
        return sum(engine.answers for engine in self.engines)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """What pruning dropped, or would."""

    answers: int
    engines: tuple[str, ...]
    """Signatures of which nothing is left."""
    before: int
    after: int
    """Bytes."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was forgotten, or would be."""

    corrections: tuple[Remembered, ...]
    older: int
    """Corrections that had been replaced already."""
    answers: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to forget: whatever fits all that is given."""

    source: str | None
    """In normal form."""
    pattern: regex.Pattern[str] | None
    article: str | None
    source_language: str
    target_language: str

    def fits_source(self, text: str) -> bool:
        """Whether a source is meant."""
        text = normal(text)
        if self.source is not None and text != self.source:
            return False
        if self.pattern is None:
            return True
        try:
            return self.pattern.search(text, timeout=_PATIENCE) is not None
        except TimeoutError as error:
            what = f"the expression {self.pattern.pattern!r} takes too long"
            raise UsageError(what, advice="give a simpler one") from error

    def fits(self, one: Remembered) -> bool:
        """Whether a correction is meant."""
        return (
            self.article in {None, one.article}
            and self.source_language in {"", one.source_language}
            and self.target_language in {"", one.target_language}
            and self.fits_source(one.source)
        )


def pattern(text: str) -> regex.Pattern[str]:
    """Compile a regular expression; UsageError when it is none."""
    try:
        return regex.compile(text)
    except regex.error as error:
        raise UsageError(f"{text!r} is no regular expression: {error}", advice="put \\ before . ( [ * + ?") from error


def size(path: Path) -> int:
    """Give the bytes of a memory, the log included."""
    files = (path, path.with_name(path.name + "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())


def engine_number(connection: sqlite3.Connection, signature: str) -> int:
    """Give the number of an engine, entered if it is new."""
    name = signature.encode("utf-8", "surrogatepass")
    row = connection.execute("SELECT id FROM engine WHERE signature = ?", (name,)).fetchone()
    if row is not None:
        return int(row[0])
    return connection.execute("INSERT INTO engine (signature) VALUES (?)", (name,)).lastrowid or 0


def runs_of(connection: sqlite3.Connection) -> int:
    """Give how often the memory was used; DamagedError when it does not say."""
    row = connection.execute("SELECT run FROM state").fetchone()
    if row is None or not isinstance(row[0], int):
        raise DamagedError("the count of runs is lost")
    return row[0]


def _shown(signature: object) -> str:
    return signature.decode("utf-8", "replace") if isinstance(signature, bytes) else "?"


def stats(connection: sqlite3.Connection, path: Path) -> Stats:
    """Count what is kept."""
    runs = runs_of(connection)
    rows = connection.execute(
        "SELECT signature, count(*), max(last), sum(last = ?) FROM ("
        " SELECT engine, max(CAST(answer.run AS INTEGER), CAST(coalesce(used.run, 0) AS INTEGER)) AS last"
        " FROM answer LEFT JOIN used ON used.answer = answer.id"
        ") JOIN engine ON engine.id = engine GROUP BY engine ORDER BY signature",
        (runs,),
    )
    engines = tuple(
        EngineStats(signature=_shown(signature), answers=count, last_run=last, in_last_run=current)
        for signature, count, last, current in rows
    )
    kept = corrections.listed(connection)
    pairs: dict[str, int] = {}
    for one in kept:
        pair = f"{one.source_language}-{one.target_language}"
        pairs[pair] = pairs.get(pair, 0) + 1
    return Stats(
        size=size(path),
        runs=runs,
        engines=engines,
        reviewed=sum(one.state is State.REVIEWED for one in kept),
        final=sum(one.state is State.FINAL for one in kept),
        pairs=dict(sorted(pairs.items())),
        history=int(connection.execute("SELECT count(*) FROM history").fetchone()[0]),
    )


def prune(
    connection: sqlite3.Connection, keep: Callable[[str], bool] | None, unused: int | None, *, dry_run: bool
) -> tuple[int, tuple[str, ...]]:
    """Drop answers; give how many, and the signatures of which nothing is left."""
    engines = connection.execute("SELECT id, signature FROM engine").fetchall()
    refused = [number for number, signature in engines if keep is not None and not keep(_shown(signature))]
    runs = runs_of(connection)
    connection.execute("CREATE TEMP TABLE unwanted (id INTEGER PRIMARY KEY)")
    try:
        connection.executemany(
            "INSERT OR IGNORE INTO unwanted SELECT id FROM answer WHERE engine = ?", [(number,) for number in refused]
        )
        if unused is not None:
            connection.execute(
                "INSERT OR IGNORE INTO unwanted SELECT answer.id FROM answer LEFT JOIN used ON used.answer = answer.id"
                " WHERE max(answer.run, coalesce(used.run, 0)) <= ?",
                (runs - unused,),
            )
        count = int(connection.execute("SELECT count(*) FROM unwanted").fetchone()[0])
        left = {number for (number,) in connection.execute(
            "SELECT DISTINCT engine FROM answer WHERE id NOT IN (SELECT id FROM unwanted)"
        )}  # fmt: skip
        empty = sorted((number, _shown(signature)) for number, signature in engines if number not in left)
        if not dry_run:
            connection.execute("DELETE FROM answer WHERE id IN (SELECT id FROM unwanted)")
            connection.execute("DELETE FROM used WHERE answer NOT IN (SELECT id FROM answer)")
            connection.executemany("DELETE FROM engine WHERE id = ?", [(number,) for number, _ in empty])
    finally:
        connection.execute("DROP TABLE unwanted")
    return count, tuple(sorted(signature for _, signature in empty))


def forget(connection: sqlite3.Connection, wanted: Wanted, *, dry_run: bool) -> Forgotten:
    """Take out corrections with their history, and answers to the same sources."""
    if wanted.source is None and wanted.pattern is None and wanted.article is None:
        raise UsageError("nothing is said to be forgotten", advice="give a source text, an expression or an article")
    connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is not to be read from the file either
    gone, older = corrections.remove(connection, wanted.fits, dry_run=dry_run)
    numbers: list[tuple[int]] = []
    if wanted.article is None and not wanted.source_language and not wanted.target_language:
        for number, stored in connection.execute("SELECT id, value FROM answer"):
            source = answers.source_of(stored)
            if source is not None and wanted.fits_source(source):
                numbers.append((number,))
    if not dry_run:
        connection.executemany("DELETE FROM used WHERE answer = ?", numbers)
        connection.executemany("DELETE FROM answer WHERE id = ?", numbers)
    return Forgotten(corrections=tuple(gone), older=older, answers=len(numbers))
