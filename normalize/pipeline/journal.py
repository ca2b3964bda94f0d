"""What a run has finished: articles with their units, in SQLite, so that a run can stop at any instant and go on.

One transaction keeps a whole group of articles, so a killed run leaves whole articles or nothing. The file is held
exclusively while a run lasts: two runs cannot write one `out/`.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from normalize.corpus import Conversion
from normalize.errors import OutputError

__all__ = ["Journal"]

_SCHEMA_VERSION = 2
_SCHEMA = (
    """
CREATE TABLE IF NOT EXISTS conversion (
    article TEXT PRIMARY KEY,  -- the article's id
    key BLOB NOT NULL,         -- hash of all that decides the conversion
    engine TEXT NOT NULL,      -- signature of the engine; empty where none was needed
    value BLOB NOT NULL        -- zlib of msgpack of a Conversion
) WITHOUT ROWID
""",
    """
CREATE TABLE IF NOT EXISTS run (
    only INTEGER PRIMARY KEY CHECK (only = 0),
    value BLOB NOT NULL        -- msgpack of what was written last, for writing it again
)
""",
)


class Journal:
    """The conversions finished in one `out/` folder.

    `notices` tells what happened on opening that the user should know (a damaged journal was set aside).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notices: list[str] = []
        self._decoder = msgspec.msgpack.Decoder(Conversion)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"cannot be written: {error.strerror}", path=path.parent) from error
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError as error:
            self._refuse_if_held(error)
            self._set_aside()
            self._connection = self._open()

    def __enter__(self) -> Self:
        """Hand itself to `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; what was kept stays."""
        self._connection.close()

    def _open(self) -> sqlite3.Connection:
        # Several threads prepare and convert, but only one at a time talks to the journal (the pipeline's main thread).
        connection = sqlite3.connect(self.path, timeout=0.5, isolation_level=None)
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute("BEGIN IMMEDIATE")
            if version != _SCHEMA_VERSION:
                # Another version's journal is only a cache of work: start anew rather than misread it.
                connection.execute("DROP TABLE IF EXISTS conversion")
                connection.execute("DROP TABLE IF EXISTS run")
                connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
            for table in _SCHEMA:
                connection.execute(table)
            connection.execute("COMMIT")
            connection.execute("SELECT count(*) FROM conversion").fetchone()
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _refuse_if_held(self, error: sqlite3.DatabaseError) -> None:
        if "locked" in str(error):
            raise OutputError(
                "another run is writing this folder",
                path=self.path.parent.parent,
                advice="wait for it, or give another OUT",
            ) from error
        if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
            raise OutputError(f"cannot be written: {error}", path=self.path) from error

    def _set_aside(self) -> None:
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.damaged-{number}")).exists():
            number += 1
        try:
            self.path.rename(aside)
            for suffix in ("-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"is damaged and cannot be set aside: {error.strerror}", path=self.path) from error
        self.notices.append(f"{self.path}: was damaged and is now {aside.name}; its articles are converted again")

    def has(self, article: str, key: bytes) -> bool:
        """Whether `article` was finished under `key`."""
        row = self._connection.execute("SELECT 1 FROM conversion WHERE article = ? AND key = ?", (article, key))
        return row.fetchone() is not None

    def keep(self, finished: Iterable[tuple[bytes, str, Conversion]]) -> None:
        """Keep finished conversions with their keys and their engines' signatures: all of them, or on failure none.

        Raises OutputError when the disk is full or cannot be written.
        """
        rows = [
            (conversion.article.id, key, engine, zlib.compress(msgspec.msgpack.encode(conversion), 1))
            for key, engine, conversion in finished
        ]
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO conversion VALUES (?, ?, ?, ?)", rows)
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise OutputError(
                f"cannot be written: {error}", path=self.path, advice="make room, then run again: finished work is kept"
            ) from error

    def articles(self) -> set[str]:
        """Give the ids of all finished articles."""
        return {article for (article,) in self._connection.execute("SELECT article FROM conversion")}

    def engines(self) -> dict[str, str]:
        """Give the signature of the engine that each finished article was translated by."""
        return dict(self._connection.execute("SELECT article, engine FROM conversion"))

    def conversions(self, articles: Iterable[str]) -> Iterator[Conversion]:
        """Give the conversions of `articles`, in that order, one at a time; ids never finished are passed over."""
        for article in articles:
            row = self._connection.execute("SELECT value FROM conversion WHERE article = ?", (article,)).fetchone()
            if row is not None:
                yield self._decoder.decode(zlib.decompress(row[0]))

    def forget(self, articles: Iterable[str]) -> None:
        """Drop articles that are no longer wanted."""
        rows = [(article,) for article in articles]
        self._connection.executemany("DELETE FROM conversion WHERE article = ?", rows)

    def note(self, value: bytes) -> None:
        """Keep what is needed to write the folder again; the note before is replaced."""
        self._connection.execute("INSERT OR REPLACE INTO run VALUES (0, ?)", (value,))

    def noted(self) -> bytes | None:
        """Give what was noted last."""
        row = self._connection.execute("SELECT value FROM run").fetchone()
        return None if row is None else bytes(row[0])
