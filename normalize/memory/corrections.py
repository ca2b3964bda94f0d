"""Corrections in the tables: put, found, listed and taken out; all in the transaction of the caller."""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from normalize.memory import words
from normalize.memory.remembered import DamagedError, Remembered, encode, key, normal, trusted

__all__ = ["chunks", "find", "history_of", "listed", "put", "put_history", "put_surely", "remove", "signature"]

T = TypeVar("T")

_MOST = 900
"""Parameters of one statement: old builds of SQLite take 999."""


def chunks(values: Sequence[T]) -> Iterator[tuple[str, Sequence[T]]]:
    """Cut values into what one statement takes; give also the question marks for them."""
    for start in range(0, len(values), _MOST):
        part = values[start : start + _MOST]
        yield ",".join("?" * len(part)), part


def put(connection: sqlite3.Connection, corrections: Iterable[Remembered]) -> int:
    """Make each correction the newest of its source; what it replaces becomes history. Gives how many differed."""
    changed = 0
    for one in corrections:
        name, value = key(one.source, one.source_language, one.target_language), encode(one)
        row = connection.execute("SELECT id, value FROM correction WHERE key = ?", (name,)).fetchone()
        if row is None:
            _insert(connection, one, name, value)
        elif row[1] == value:
            continue
        else:
            connection.execute("INSERT INTO history (key, value) VALUES (?, ?)", (name, row[1]))
            connection.execute("UPDATE correction SET value = ? WHERE id = ?", (value, row[0]))
        changed += 1
    return changed


def put_surely(connection: sqlite3.Connection, corrections: Sequence[Remembered]) -> int:
    """Put corrections, and read them again; DamagedError when they do not come back."""
    changed = put(connection, corrections)
    newest = {key(one.source, one.source_language, one.target_language): one for one in corrections}
    for marks, part in chunks(list(newest)):
        rows = dict(connection.execute(f"SELECT key, value FROM correction WHERE key IN ({marks})", part))  # noqa: S608 - only question marks
        if any(rows.get(name) != encode(newest[name]) for name in part):
            raise DamagedError("a correction just written is not found")
    return changed


def _insert(connection: sqlite3.Connection, one: Remembered, name: bytes, value: bytes) -> None:
    pair = (one.source_language, one.target_language)
    text = normal(one.source)
    cursor = connection.execute(
        "INSERT INTO correction (key, form, value) VALUES (?, ?, ?)", (name, words.form(text, pair), value)
    )
    rows = [(word, cursor.lastrowid) for word in words.words(text, pair)]
    connection.executemany("INSERT OR IGNORE INTO word VALUES (?, ?)", rows)


def put_history(connection: sqlite3.Connection, older: Iterable[Remembered]) -> None:
    """Enter what corrections were before."""
    rows = [(key(one.source, one.source_language, one.target_language), encode(one)) for one in older]
    connection.executemany("INSERT INTO history (key, value) VALUES (?, ?)", rows)


def find(
    connection: sqlite3.Connection, sources: Iterable[str], source_language: str, target_language: str
) -> dict[str, Remembered]:
    """Give the newest correction of each source that has one, by the source as it is given."""
    if connection.execute("SELECT 1 FROM correction LIMIT 1").fetchone() is None:
        return {}
    wanted: dict[bytes, list[str]] = {}
    for source in dict.fromkeys(sources):
        wanted.setdefault(key(source, source_language, target_language), []).append(source)
    found: dict[str, Remembered] = {}
    for marks, part in chunks(list(wanted)):
        for name, value in connection.execute(f"SELECT key, value FROM correction WHERE key IN ({marks})", part):  # noqa: S608 - only question marks
            one = trusted(value)
            if name not in wanted or name != key(one.source, one.source_language, one.target_language):
                raise DamagedError("a correction stands in the wrong place")
            found |= dict.fromkeys(wanted[name], one)
    return {source: found[source] for source in itertools.chain.from_iterable(wanted.values()) if source in found}


def listed(connection: sqlite3.Connection) -> list[Remembered]:
    """Give all corrections, sorted by languages and source."""
    rows = connection.execute("SELECT value FROM correction")
    return sorted((trusted(value) for (value,) in rows), key=_place)


def signature(connection: sqlite3.Connection) -> str:
    """Hash all corrections, in the order of their keys; empty where there are none."""
    digest = hashlib.blake2b(digest_size=8)
    count = 0
    for (value,) in connection.execute("SELECT value FROM correction ORDER BY key"):
        trusted(value)
        digest.update(value)
        count += 1
    return digest.hexdigest() if count else ""


def _place(one: Remembered) -> tuple[str, str, str]:
    return one.source_language, one.target_language, normal(one.source)


def history_of(connection: sqlite3.Connection, name: bytes) -> list[Remembered]:
    """Give what the correction under a key was before, newest first."""
    rows = connection.execute("SELECT value FROM history WHERE key = ? ORDER BY id DESC", (name,))
    return [trusted(value) for (value,) in rows]


def remove(
    connection: sqlite3.Connection, unwanted: Callable[[Remembered], bool], *, dry_run: bool
) -> tuple[list[Remembered], int]:
    """Take out corrections with their history; give them, and how many older ones went too."""
    gone: list[Remembered] = []
    ids: list[tuple[int]] = []
    for number, value in connection.execute("SELECT id, value FROM correction"):
        one = trusted(value)
        if unwanted(one):
            gone.append(one)
            ids.append((number,))
    # By what it says itself too: a correction that was replaced may have been another article's.
    names = {key(one.source, one.source_language, one.target_language) for one in gone}
    older = [
        (number,)
        for number, name, value in connection.execute("SELECT id, key, value FROM history")
        if name in names or unwanted(trusted(value))
    ]
    if not dry_run:
        connection.executemany("DELETE FROM correction WHERE id = ?", ids)
        connection.executemany("DELETE FROM history WHERE id = ?", older)
        connection.execute("DELETE FROM word WHERE correction NOT IN (SELECT id FROM correction)")
    return sorted(gone, key=_place), len(older)
