"""The translation memory: what engines answered, and what people corrected."""

from __future__ import annotations

import dataclasses
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from normalize.errors import NormalizeError, OutputError
from normalize.language import canonical
from normalize.memory import answers, corrections, suggest, upkeep
from normalize.memory.answers import Answer, Request
from normalize.memory.file import MemoryFile
from normalize.memory.remembered import KEPT_STATES, Remembered, key, normal
from normalize.memory.suggest import Suggestion
from normalize.memory.upkeep import Forgotten, Pruned, Stats

__all__ = ["Memory"]

_MOST_TOUCHED = 10_000
"""Answers whose use is noted at once, when a run is long."""


class Memory:
    """The memory in the file at `path`, made if it is missing. Safe in several threads, and processes, at once.

    `notices` tells what the user should know: a damaged file was set aside, a write-protected one is only read. It
    grows while the memory is used. With `read_only` the file is never changed, and must be there.

    Raises UsageError when the file is something else, and OutputError when it cannot be made or opened.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._file = MemoryFile(path, read_only=read_only)
        self._lock = threading.Lock()
        self._touched: set[int] = set()
        self._run: tuple[int, int] | None = None
        """The opening of the file, and the number that the run got in it."""

    @property
    def notices(self) -> list[str]:
        """What the user should know, in the order it happened."""
        return self._file.notices

    def __enter__(self) -> Self:
        """Hand itself to `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Note what was used, and close the file; what was kept stays."""
        try:
            self._note_use()
        except NormalizeError as error:
            self.notices.append(str(error))  # only a count is lost, and another error may be on its way
        self._file.close()

    # What engines answered.

    def recall(self, signature: str, requests: Sequence[Request]) -> dict[Request, Answer]:
        """Give the answers kept of the engine of that signature; requests without one are left out."""
        salted = answers.salt(signature)
        wanted: dict[int, tuple[Request, answers.Asked]] = {}
        for request in requests:
            one = answers.asked(request, salted)
            if one is not None:
                wanted[one.key] = request, one
        rows = self._file.read(lambda connection: _rows(connection, sorted(wanted)))
        found: dict[Request, Answer] = {}
        touched: list[int] = []
        for name, number, stored in rows:
            if name not in wanted:
                continue  # a damaged index leads to other rows
            request, one = wanted[name]
            answer = answers.read(stored, one, salted)
            if answer is not None:
                found[request] = answer
                touched.append(number)
        with self._lock:
            self._touched.update(touched)
            many = len(self._touched) >= _MOST_TOUCHED
        if many:
            self._note_use()
        return found

    def keep(self, signature: str, fresh: Mapping[Request, Answer]) -> None:
        """Keep an engine's answers, in one transaction. Raises OutputError when the disk is full or fails."""
        salted = answers.salt(signature)
        rows = []
        for request, answer in fresh.items():
            one = answers.asked(request, salted)
            value = None if one is None else answers.value(one, answer, salted)
            if one is not None and value is not None:
                rows.append((one.key, value))
        if not rows:
            return
        rows.sort()  # neighbours in the index are written together

        def write(connection: sqlite3.Connection) -> None:
            run = self._numbered(connection)
            engine = upkeep.engine_number(connection, signature)
            connection.executemany(
                "INSERT INTO answer (key, engine, run, value) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE"
                " SET engine = excluded.engine, run = excluded.run, value = excluded.value",
                [(name, engine, run, value) for name, value in rows],
            )

        self._file.write(write, optional=True)

    def _numbered(self, connection: sqlite3.Connection) -> int:
        """Give this run's number in the file, counted up once; inside a transaction.

        A transaction undone takes the number back, and the next gets the same: no harm.
        """
        opening = self._file.opened
        if self._run is None or self._run[0] != opening:
            connection.execute("UPDATE state SET run = run + 1")
            self._run = opening, upkeep.runs_of(connection)
        return self._run[1]

    def _note_use(self) -> None:
        with self._lock:
            touched, self._touched = sorted(self._touched), set()
        if not touched:
            return

        def write(connection: sqlite3.Connection) -> None:
            run = self._numbered(connection)
            rows = [(number, run) for number in touched]
            connection.executemany("INSERT OR REPLACE INTO used VALUES (?, ?)", rows)

        self._file.write(write, optional=True)

    # What people corrected.

    def correct(self, remembered: Iterable[Remembered]) -> int:
        """Keep corrections, all or none, safe against power failures; give how many said something new.

        The newest wins, and what it replaces is kept as history. Raises ValueError for a blank source or a state below
        `reviewed`, UsageError for a language that is none, and OutputError when it cannot be written.
        """
        wanted = [_sound(one) for one in remembered]
        if not wanted:
            return 0
        return self._file.write(lambda connection: corrections.put_surely(connection, wanted), durable=True) or 0

    def corrections(
        self, sources: Sequence[str], source_language: str, target_language: str
    ) -> dict[str, Remembered]:
        """Give the newest correction of each source that has one, by the source as given."""
        pair = canonical(source_language), canonical(target_language)
        return self._file.read(lambda connection: corrections.find(connection, sources, *pair))

    def remembered(self) -> Iterator[Remembered]:
        """Give all corrections, sorted by languages and source."""
        return iter(self._file.read(corrections.listed))

    def signature(self) -> str:
        """Name all corrections by a hash of 16 hexadecimal digits; empty where there are none.

        It is the same for the same corrections, whatever their order and history, and changes with any of them.
        """
        return self._file.read(corrections.signature)

    def history(self, source: str, source_language: str, target_language: str) -> tuple[Remembered, ...]:
        """Give what the correction of a source was before, newest first."""
        name = key(source, canonical(source_language), canonical(target_language))
        return tuple(self._file.read(lambda connection: corrections.history_of(connection, name)))

    def suggest(
        self, source: str, source_language: str, target_language: str, limit: int = 3
    ) -> tuple[Suggestion, ...]:
        """Give the corrections of the most similar sources, the best first, for a person to choose from.

        Where only numbers differ and every one could be verified, the suggestion's target has the new ones.
        """
        pair = canonical(source_language), canonical(target_language)
        found = self._file.read(lambda connection: suggest.similar(connection, source, pair))
        return suggest.ranked(source, found, limit)

    def substituted(self, source: str, source_language: str, target_language: str) -> Remembered | None:
        """Give a translation made of a correction whose source differs in numbers only; see `substitutions`."""
        return self.substitutions([source], source_language, target_language).get(source)

    def substitutions(
        self, sources: Sequence[str], source_language: str, target_language: str
    ) -> dict[str, Remembered]:
        """Give, by source, translations made of corrections whose sources differ in numbers only.

        Only where every number is verified: see `normalize.memory.numbers`. Their state is `translated`, for no person
        saw them; the comment says where they come from.
        """
        pair = canonical(source_language), canonical(target_language)
        found = self._file.read(lambda connection: suggest.of_one_form(connection, sources, pair))
        made = {source: suggest.substituted(source, candidates) for source, candidates in found.items()}
        return {source: one for source, one in made.items() if one}

    # Upkeep.

    def stats(self) -> Stats:
        """Count what is kept."""
        return self._file.read(lambda connection: upkeep.stats(connection, self.path))

    def prune(
        self, *, keep: Callable[[str], bool] | None = None, unused: int | None = None, dry_run: bool = False
    ) -> Pruned:
        """Drop answers of engines whose signature `keep` refuses, and those not used in the last `unused` runs.

        A run is one use of the memory that asked for answers. Corrections are never dropped. Afterwards the file is
        packed. Raises OutputError.
        """
        before = upkeep.size(self.path)
        dropped, engines = (
            self._file.write(lambda connection: upkeep.prune(connection, keep, unused, dry_run=dry_run)) or (0, ())
        )
        if dropped and not dry_run:
            try:
                self._file.pack()
            except OutputError as error:
                self.notices.append(f"{error} (the answers are gone, but the file is as large as it was)")
        return Pruned(answers=dropped, engines=engines, before=before, after=upkeep.size(self.path))

    def forget(  # noqa: PLR0913 - each is one way to say what
        self,
        *,
        source: str | None = None,
        matching: str | None = None,
        article: str | None = None,
        source_language: str = "",
        target_language: str = "",
        dry_run: bool = False,
    ) -> Forgotten:
        """Take out what is known of a source text, of sources that a regular expression is found in, or of an article.

        Corrections go with their history; engines' answers go where the source fits, but they know no article and no
        language, so they stay where one of these is given. Raises UsageError for no or a wrong expression, OutputError.
        """
        wanted = upkeep.Wanted(
            source=None if source is None else normal(source),
            pattern=None if matching is None else upkeep.pattern(matching),
            article=article,
            source_language=canonical(source_language) if source_language else "",
            target_language=canonical(target_language) if target_language else "",
        )
        gone = self._file.write(lambda connection: upkeep.forget(connection, wanted, dry_run=dry_run))
        return gone or Forgotten(corrections=(), older=0, answers=0)


def _rows(connection: sqlite3.Connection, keys: Sequence[int]) -> list[tuple[int, int, object]]:
    rows: list[tuple[int, int, object]] = []
    for marks, part in corrections.chunks(keys):
        rows += connection.execute(f"SELECT key, id, value FROM answer WHERE key IN ({marks})", part)  # noqa: S608 - only question marks
    return rows


def _sound(one: Remembered) -> Remembered:
    """Check a correction, and write its language tags in canonical form."""
    if one.state not in KEPT_STATES:
        message = f"a correction is reviewed or final, not {one.state}"
        raise ValueError(message)
    if not normal(one.source):
        message = "a correction has a source"
        raise ValueError(message)
    tags = canonical(one.source_language), canonical(one.target_language)
    return dataclasses.replace(one, source_language=tags[0], target_language=tags[1])
