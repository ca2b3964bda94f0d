"""The file of a memory: one SQLite connection behind a lock, and what is done when the file cannot be trusted.

A transaction holds a whole batch, in the write-ahead log, so a process killed at any instant leaves whole batches. A
file found damaged, on opening or later, is renamed to `NAME.damaged-N` with its log, a new one is begun, and the
corrections that prove themselves by their hash are taken over into it. Nothing is ever deleted.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from normalize.errors import InputError, OutputError, UsageError
from normalize.memory import schema

__all__ = ["MemoryFile"]

T = TypeVar("T")

_TIMEOUT = 20.0
"""Seconds to wait for another process: it holds the file for a batch (milliseconds), or while it packs it (seconds)."""

_PAUSE = 0.02
"""Seconds between tries where SQLite does not wait by itself."""

_DAMAGE = frozenset({
    sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_TOOBIG,
    sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_INTERNAL, sqlite3.SQLITE_SCHEMA, sqlite3.SQLITE_FORMAT,
})  # fmt: skip
"""What SQLite answers when tables, indices or values are not what our statements, which are fixed, rely on."""

_FAILURES = (sqlite3.Error, UnicodeDecodeError)
"""UnicodeDecodeError: SQLite names what is damaged in its message, and the name is no text."""

_NOT_TO_WRITE = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})

_LEFT_UNDONE = {
    sqlite3.SQLITE_READONLY: "is write-protected",
    sqlite3.SQLITE_CANTOPEN: "is write-protected",
    sqlite3.SQLITE_BUSY: "another process holds it",
    sqlite3.SQLITE_LOCKED: "another process holds it",
}
"""Why answers may be left unkept: the run needs none of them."""

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

_ADVICE = {
    sqlite3.SQLITE_FULL: "make room on the disk and run again: what was kept stays",
    sqlite3.SQLITE_BUSY: "another process is writing it: wait for that, and run again",
    sqlite3.SQLITE_LOCKED: "another process is writing it: wait for that, and run again",
    sqlite3.SQLITE_READONLY: "give yourself the right to write it, or name another file with --memory",
    sqlite3.SQLITE_CANTOPEN: "give yourself the right to write there, or name another file with --memory",
    sqlite3.SQLITE_IOERR: "check the disk, or name another file with --memory",
}

_LARGEST_VALUE = 1 << 23
"""Bytes of one value; a damaged length cannot ask for more memory than this."""


class MemoryFile:
    """The SQLite file at `path`, opened; `notices` tells what the user should know of it."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.notices: list[str] = []
        self.read_only = read_only
        self.opened = 0
        """How often a file was opened: a number of another opening says nothing of this one."""
        self._lock = threading.RLock()
        self._given_up = False
        self._inode: tuple[int, int] | None = None
        self._connection = self._opened()

    def close(self) -> None:
        """Close the file; what was kept stays."""
        # The log is emptied into the file; if that fails, the next to open it does it.
        with self._lock, suppress(sqlite3.OperationalError):
            self._connection.close()

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do something that only reads. A file found damaged is set aside, and `work` done on the new, empty one.

        Raises OutputError when the file cannot be read, and InputError when it is damaged and must stay as it is.
        """
        return self._tried(work)

    def write(
        self, work: Callable[[sqlite3.Connection], T], *, durable: bool = False, optional: bool = False
    ) -> T | None:
        """Do something in one transaction: all of it, or nothing when it fails.

        `durable` waits until it is on the disk; otherwise a power failure (not a kill) may undo the last batches. What
        is `optional` is left undone, with a notice, where the file is write-protected or another process holds it.
        Raises OutputError when the file cannot be written.
        """

        def transaction(connection: sqlite3.Connection) -> T:
            connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            connection.execute("BEGIN IMMEDIATE")
            result = work(connection)
            connection.execute("COMMIT")
            return result

        with self._lock:
            if optional and (self.read_only or self._given_up):
                return None
            if self.read_only:
                raise OutputError("is write-protected", path=self.path, advice=_ADVICE[sqlite3.SQLITE_READONLY])
            try:
                return self._tried(transaction)
            except OutputError as error:
                code = _code(error.__cause__)
                if not optional or code not in _LEFT_UNDONE:
                    raise
                self._given_up = True
                self.notices.append(f"{self.path}: {_LEFT_UNDONE[code]}; what is new is not kept in it")
                return None

    def pack(self) -> None:
        """Give the room of deleted rows back to the disk; OutputError when there is too little to do it."""

        def vacuum(connection: sqlite3.Connection) -> None:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        self._tried(vacuum)

    def _tried(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._lock:
            if self._moved():
                self._connection.close()
                self._connection = self._opened()
            try:
                return self._done(work)
            except _FAILURES as error:
                if _code(error) not in _DAMAGE:
                    raise self._failure(error) from error
                self._connection.close()
                self._replace_damaged(error)
            try:
                return self._done(work)
            except _FAILURES as error:
                raise self._failure(error) from error

    def _done(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return work(self._connection)
        except BaseException:
            if self._connection.in_transaction:
                # Where SQLite cannot even undo, closing the connection does.
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
            raise

    def _failure(self, error: Exception) -> Exception:
        """Turn SQLite's error into one the user can act on; what is a mistake of ours stays as it is."""
        code = _code(error)
        if code is None:
            return error
        return OutputError(f"cannot be read or written: {error}", path=self.path, advice=_ADVICE.get(code, ""))

    def _opened(self) -> sqlite3.Connection:
        """Open the file, made if it is missing, set aside if it cannot be trusted."""
        self.opened += 1
        if self.path.is_dir():
            raise UsageError("is a folder", path=self.path, advice="give a file: --memory FILE")
        if self.read_only and not self.path.is_file():
            raise UsageError("is not there", path=self.path, advice="`normalize run` makes one; name it with --memory")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            advice = "name another file with --memory"
            raise OutputError(f"cannot be made: {error.strerror}", path=self.path.parent, advice=advice) from error
        try:
            return self._connected()
        except _FAILURES as error:
            if _code(error) not in _DAMAGE:
                raise self._failure(error) from error
            self._replace_damaged(error)
        return self._connection

    def _replace_damaged(self, error: Exception) -> None:
        """Set a damaged file aside, begin a new one, and take over the corrections that can be read."""
        if self.read_only:
            advice = "the next run sets it aside and takes over what can be read"
            raise InputError(f"is damaged ({error})", path=self.path, advice=advice) from error
        self.opened += 1
        try:
            if self._moved():  # another process has done it while we looked
                self._connection = self._connected()
                return
            aside = schema.set_aside(self.path, "damaged")
            self._connection = self._connected()
            count = schema.rescue(aside, self._connection)
        except _FAILURES as again:
            raise self._failure(again) from again
        rescued = f"{count} corrections were taken over" if count else "no corrections could be read from it"
        self.notices.append(f"{self.path}: was damaged and is now {aside.name}; {rescued}")

    def _connected(self) -> sqlite3.Connection:
        """Connect, and make the tables where there are none; sqlite3.Error where the file is damaged."""
        # To read, too, the file is opened for writing where that is allowed: only so are the log's files cleared away.
        # In a folder that cannot be written, a file with a log cannot be opened at all but for `immutable`.
        ways = ("rw" if self.read_only else "rwc", "ro", "ro&immutable=1")
        for way in ways[:-1]:
            try:
                connection = self._by(way)
            except sqlite3.OperationalError as error:
                if _code(error) not in _NOT_TO_WRITE or not self.path.exists():
                    raise
            else:
                self._note_protection(way)
                return connection
        connection = self._by(ways[-1])
        self._note_protection(ways[-1])
        return connection

    def _note_protection(self, way: str) -> None:
        if way != "rwc" and not self.read_only:
            self.read_only = True
            self.notices.append(f"{self.path}: is write-protected; what is new is not kept in it")

    def _by(self, way: str) -> sqlite3.Connection:
        address = f"{self.path.resolve().as_uri()}?mode={way}"
        connection = sqlite3.connect(
            address, uri=True, timeout=_TIMEOUT, isolation_level=None, check_same_thread=False
        )
        try:
            self._remember_place()
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE)
            connection.text_factory = bytes  # damaged text must come out as bytes, not as an error while decoding
            version = _patient(lambda: schema.checked(connection, self.path))
            if version is not None:
                connection.close()
                return self._beside(version)
            if self.read_only:
                connection.execute("PRAGMA query_only = ON")
            elif way == "rwc":
                _patient(lambda: schema.ready(connection))
        except BaseException:
            connection.close()
            raise
        return connection

    def _beside(self, version: int) -> sqlite3.Connection:
        """Go on beside a file of another version of this program."""
        if self.read_only:
            what = f"is the memory of another version of normalize ({version}, not {schema.VERSION})"
            raise InputError(what, path=self.path, advice="use the version that wrote it")
        aside = schema.set_aside(self.path, f"version-{version}")
        count = schema.corrections_of(aside)
        held = f"it holds {count} corrections: export them with the version that wrote it" if count else "it was kept"
        self.notices.append(
            f"{self.path}: was written by another version of normalize and is now {aside.name}; {held}"
        )
        return self._connected()

    def _remember_place(self) -> None:
        self._inode = schema.place(self.path)

    def _moved(self) -> bool:
        """Whether another process has set the file aside, or someone removed it, since it was opened."""
        return not self.read_only and (self._inode is None or schema.place(self.path) != self._inode)


def _code(error: BaseException | None) -> int | None:
    """Give SQLite's primary result code; None for an error of the Python module itself."""
    if isinstance(error, UnicodeDecodeError):
        return sqlite3.SQLITE_CORRUPT
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _patient(work: Callable[[], T]) -> T:
    """Do something again while another process is just opening or closing the file.

    Changing to the write-ahead log answers "locked" at once instead of waiting.
    """
    begun = time.monotonic()
    while True:
        try:
            return work()
        except sqlite3.OperationalError as error:
            if _code(error) not in _BUSY or time.monotonic() - begun > _TIMEOUT:
                raise
            time.sleep(_PAUSE)
