"""Corrections of similar sources: found by rare words in common, ranked by how alike the sources are."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

from normalize.corpus import State
from normalize.memory import words
from normalize.memory.corrections import chunks
from normalize.memory.numbers import carried_over
from normalize.memory.remembered import Remembered, normal, trusted

__all__ = ["Suggestion", "of_one_form", "ranked", "similar", "substituted"]

_LEAST = 0.6
"""Smallest similarity worth showing: below it, rewriting costs more than translating anew."""

_MOST_ROWS = 4_000
"""Rows of the word index looked at for one source, its rarest words first."""

_MOST_OF_A_WORD = 1_000
_MOST_COMPARED = 64
_MOST_OF_A_FORM = 20

_EARLIER = "numbers put into the translation of: "


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A correction whose source is like the one asked for."""

    remembered: Remembered
    similarity: float
    """0 to 1, of the two sources."""
    target: str
    """The correction's target; where `exact_but_numbers`, with the numbers of the source asked for."""
    exact_but_numbers: bool = False
    """The sources differ in numbers only, and every number was verified: see `normalize.memory.numbers`."""


def similar(connection: sqlite3.Connection, source: str, pair: tuple[str, str]) -> list[Remembered]:
    """Give the corrections that may be like a source: of its form without numbers, or with rare words in common."""
    found = of_one_form(connection, [source], pair).get(source, [])
    shared = Counter(
        number
        for word in _rarest(connection, words.words(normal(source), pair))
        for (number,) in connection.execute(
            "SELECT correction FROM word WHERE word = ? LIMIT ?", (word, _MOST_OF_A_WORD)
        )
        if isinstance(number, int)  # a damaged index may hold anything
    )
    best = sorted(shared, key=lambda number: (-shared[number], number))[:_MOST_COMPARED]
    for marks, part in chunks(best):
        rows = connection.execute(f"SELECT value FROM correction WHERE id IN ({marks})", part)  # noqa: S608 - only question marks
        found += [trusted(value) for (value,) in rows]
    return [one for one in dict.fromkeys(found) if (one.source_language, one.target_language) == pair]


def _rarest(connection: sqlite3.Connection, wanted: Sequence[int]) -> list[int]:
    """Choose the words that say most, as many as the index has few enough rows for."""
    counts = {
        word: int(connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM word WHERE word = ? LIMIT ?)", (word, _MOST_OF_A_WORD)
        ).fetchone()[0])
        for word in wanted
    }  # fmt: skip
    chosen: list[int] = []
    room = _MOST_ROWS
    for word in sorted((word for word in wanted if counts[word]), key=lambda word: (counts[word], word)):
        room -= counts[word]
        if room < 0 and chosen:
            break
        chosen.append(word)
    return chosen


def of_one_form(
    connection: sqlite3.Connection, sources: Iterable[str], pair: tuple[str, str]
) -> dict[str, list[Remembered]]:
    """Give, for each source, corrections whose sources are the same but for numbers; only sources that have some."""
    forms: dict[int, list[str]] = {}
    for source in dict.fromkeys(sources):
        form = words.form(normal(source), pair)
        if form is not None:
            forms.setdefault(form, []).append(source)
    if not forms or connection.execute("SELECT 1 FROM correction LIMIT 1").fetchone() is None:
        return {}
    found: dict[str, list[Remembered]] = {}
    for marks, part in chunks(list(forms)):
        known = connection.execute(f"SELECT DISTINCT form FROM correction WHERE form IN ({marks})", part).fetchall()  # noqa: S608 - only question marks
        for (form,) in known:
            rows = connection.execute(
                "SELECT value FROM correction WHERE form = ? ORDER BY id DESC LIMIT ?", (form, _MOST_OF_A_FORM)
            )
            candidates = [trusted(value) for (value,) in rows]
            for source in forms.get(form, ()):
                found[source] = list(candidates)
    return found


def ranked(source: str, candidates: Sequence[Remembered], limit: int) -> tuple[Suggestion, ...]:
    """Rank corrections for a source, those that fit but for numbers first; at most `limit`, all similar enough."""
    text = normal(source)
    found = []
    for one in candidates:
        similarity = words.similarity(text, normal(one.source))
        made = _carried(text, one)
        if made or similarity >= _LEAST:
            found.append(Suggestion(
                remembered=one, similarity=similarity, target=made or one.target, exact_but_numbers=bool(made)
            ))  # fmt: skip
    found.sort(key=lambda each: (
        normal(each.remembered.source) != text, not each.exact_but_numbers, -each.similarity,
        each.remembered.state is not State.FINAL, each.remembered.source, each.target,
    ))  # fmt: skip
    return tuple(found[:limit])


def substituted(source: str, candidates: Sequence[Remembered]) -> Remembered | None:
    """Give the translation that corrections of the same form agree on, `final` ones before `reviewed` ones."""
    text = normal(source)
    if any(normal(one.source) == text for one in candidates):
        return None  # it has a correction of its own
    for state in (State.FINAL, State.REVIEWED):
        made = [(target, one) for one in candidates if one.state is state and (target := _carried(text, one))]
        if made:
            target, one = min(made, key=lambda each: normal(each[1].source))
            if any(other != target for other, _ in made):
                return None
            comment = _EARLIER + normal(one.source)
            return dataclasses.replace(one, source=source, target=target, state=State.TRANSLATED, comment=comment)
    return None


def _carried(text: str, one: Remembered) -> str:
    return carried_over(text, normal(one.source), one.target, one.source_language, one.target_language)
