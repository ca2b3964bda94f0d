"""The tables of a memory: made at once, checked on opening, set aside when they are not what they should be."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from normalize.errors import OutputError, UsageError
from normalize.memory import remembered
from normalize.memory.corrections import put, put_history
from normalize.memory.remembered import DamagedError, Remembered

__all__ = ["VERSION", "checked", "corrections_of", "place", "ready", "rescue", "set_aside"]

VERSION = 1

_APPLICATION = 0x4E544D31  # "NTM1": says in the file's header whose it is
_TABLES = {
    # How often the memory was used: the clock that `unused` is measured by.
    "state": "CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), run INTEGER NOT NULL)",
    "engine": "CREATE TABLE engine (id INTEGER PRIMARY KEY, signature BLOB NOT NULL UNIQUE)",
    # Rows are appended; only the small index on `key`, a hash, is written all over.
    "answer": "CREATE TABLE answer (id INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, engine INTEGER NOT NULL,"
              " run INTEGER NOT NULL, value BLOB NOT NULL)",
    # The last run that asked for an answer again; apart, because writing `answer` again would write the texts again.
    "used": "CREATE TABLE used (answer INTEGER PRIMARY KEY, run INTEGER NOT NULL)",
    # One row for each source; `form` is a hash of the source without its numbers.
    "correction": "CREATE TABLE correction (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, form INTEGER,"
                  " value BLOB NOT NULL)",
    "correction_form": "CREATE INDEX correction_form ON correction (form) WHERE form IS NOT NULL",
    # What corrections were before; apart, so that damage to an index cannot make an old one the newest.
    "history": "CREATE TABLE history (id INTEGER PRIMARY KEY, key BLOB NOT NULL, value BLOB NOT NULL)",
    "history_key": "CREATE INDEX history_key ON history (key)",
    # Which corrections have a word in their source: for suggestions.
    "word": "CREATE TABLE word (word INTEGER NOT NULL, correction INTEGER NOT NULL,"
            " PRIMARY KEY (word, correction)) WITHOUT ROWID",
}  # fmt: skip

_SMALLEST = 512
"""Bytes of the smallest database there can be."""

_LOOKED_AT = 4096
"""Bytes at the beginning of a file by which one that is no database is told from a damaged one."""

_FOREIGN = (
    b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf", b"Rar!",  # archives, documents
    b"%PDF-", b"\xd0\xcf\x11\xe0", b"PAR1", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"OggS", b"ID3", b"\x7fELF",
    b"\xff\xfe", b"\xfe\xff",  # UTF-16
)  # fmt: skip
"""How files of other formats begin that people have lying beside theirs."""

_CACHE = 8_000
"""KiB of pages kept in memory."""


def checked(connection: sqlite3.Connection, path: Path) -> int | None:
    """Check that the file is a memory, or empty; give the number of another version, where it is of one.

    Raises UsageError for a file that is something else, and sqlite3.DatabaseError for a damaged one.
    """
    if 0 < _size(path) < _SMALLEST:  # SQLite takes a file of a byte or two for an empty database
        if _is_foreign(path):
            raise _other(path)
        raise DamagedError("its end is missing")
    try:
        application, version, tables = _header(connection)
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        if _is_foreign(path):
            raise _other(path) from None
        raise
    if not tables and not application and not version:
        return None
    sound = tables == {name.encode(): sql.encode() for name, sql in _TABLES.items()}
    if application != _APPLICATION and not sound and not any(name.encode() in tables for name in _TABLES):
        raise _other(path)
    if application == _APPLICATION and version != VERSION and not sound:
        return int(version)
    if not sound or application != _APPLICATION or version != VERSION:
        raise DamagedError("its tables are not those of a memory")
    _count_pages(connection, path)
    # Of people's work all is checked, the index too, for a lookup that misses is silent; answers prove themselves.
    found = connection.execute("PRAGMA integrity_check('correction')").fetchone()[0]
    if found != b"ok":
        raise DamagedError(found.decode(errors="replace").partition("\n")[0])
    return None


def _header(connection: sqlite3.Connection) -> tuple[int, int, dict[bytes, bytes]]:
    """Give whose the file is, its version, and its tables, all of one instant: another process may be making them."""
    connection.execute("BEGIN")
    try:
        application, version = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return application, version, dict(tables)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _other(path: Path) -> UsageError:
    return UsageError("is something else, no translation memory", path=path, advice="give another --memory FILE")


def _is_foreign(path: Path) -> bool:
    """Whether a file that is no database looks as if someone had named the wrong one: a text, or a known format."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_LOOKED_AT)
        # So many bytes of a database are never without a NUL, but where a disk has lost them: then they are all one.
        long = len(beginning) == _LOOKED_AT and b"\0" not in beginning and len(set(beginning)) > 1
        if long or beginning.startswith(_FOREIGN):
            return True
        return b"\0" not in beginning and beginning.decode(errors="strict") != ""
    except UnicodeDecodeError as error:
        return error.end == len(error.object) > 3  # cut within a character
    except OSError:
        return False


def _count_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that was cut off; the log may hold pages that the file does not have yet."""
    if path.with_name(path.name + "-wal").exists():
        return
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    if 0 < _size(path) < pages * size:
        raise DamagedError("its end is missing")


def _size(path: Path) -> int:
    """Give the bytes of a file; 0 where another process has just renamed it."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def place(path: Path) -> tuple[int, int] | None:
    """Tell one file from another of the same name; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def ready(connection: sqlite3.Connection) -> None:
    """Set the connection up, and make the tables where there are none."""
    connection.execute(f"PRAGMA cache_size = -{_CACHE}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != b"wal":
        connection.execute("PRAGMA journal_mode = WAL")
    if connection.execute("PRAGMA user_version").fetchone()[0] == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have made them while we waited.
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            for statement in _TABLES.values():
                connection.execute(statement)
            connection.execute("INSERT INTO state VALUES (1, 0)")
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def set_aside(path: Path, why: str) -> Path:
    """Rename a file and its log to the first free of `NAME.WHY-1`, `NAME.WHY-2`, …; give the new path."""
    for number in itertools.count(1):
        aside = path.with_name(f"{path.name}.{why}-{number}")
        try:
            # Only one process can make the new name, and nothing that has it already is written over.
            aside.touch(exist_ok=False)
        except FileExistsError:
            continue
        except OSError as error:
            raise _cannot(path, error) from error
        break
    try:
        # The log first: were we killed in between, the file would be found damaged once more, not taken for whole.
        for suffix in ("-wal", "-shm", ""):
            with suppress(FileNotFoundError):
                path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    except OSError as error:
        raise _cannot(path, error) from error
    return aside


def _cannot(path: Path, error: OSError) -> OutputError:
    advice = "move it away yourself, or name another file with --memory"
    return OutputError(f"cannot be used and cannot be set aside: {error.strerror}", path=path, advice=advice)


def rescue(aside: Path, connection: sqlite3.Connection) -> int:
    """Take over the corrections of a damaged file that prove themselves; give how many those were."""
    older: list[Remembered] = []
    newest: list[Remembered] = []
    with suppress(sqlite3.Error, UnicodeDecodeError), closing(_reader(aside)) as damaged:
        for table, found in (("history", older), ("correction", newest)):
            found += [one for one in map(remembered.decode, _values(damaged, table)) if one]
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Apart: an old correction must not become the newest because that one is lost.
        put_history(connection, older)
        put(connection, newest)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return len(newest)


def corrections_of(aside: Path) -> int:
    """Count the corrections in a file of another version, as far as that can be told."""
    with suppress(sqlite3.Error, UnicodeDecodeError), closing(_reader(aside)) as other:
        return int(other.execute("SELECT count(*) FROM correction").fetchone()[0])
    return 0


def _reader(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.text_factory = bytes
    return connection


def _values(damaged: sqlite3.Connection, table: str) -> list[object]:
    """Give a table's values in order, as many as can be read from its beginning and from its end."""
    found: dict[int, object] = {}
    for order in ("ASC", "DESC"):
        # Where one page cannot be read, what lies behind it can be reached from the other side.
        with suppress(sqlite3.Error, UnicodeDecodeError):
            for number, value in damaged.execute(f"SELECT id, value FROM {table} ORDER BY id {order}"):  # noqa: S608 - two names of ours
                if number in found:
                    break
                found[number] = value
    return [found[number] for number in sorted(found)]
