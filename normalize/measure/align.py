"""Which text of one file goes with which unit of another: by id, by source text, or by line."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from normalize.errors import InputError
from normalize.formats.delimited import decoded
from normalize.measure.bitexts import read_file, units

__all__ = ["Item", "counterparts", "items", "lines_of"]

_PAIRED = frozenset({".json", ".jsonl", ".ndjson", ".parquet", ".tmx", ".tsv", ".tab", ".xlf", ".xliff"})
"""Suffixes of files that hold sources with their targets."""


class Item(NamedTuple):
    """A translation, and what it can be found by."""

    target: str
    source: str = ""
    """Empty where only the target is known."""
    id: str = ""
    article: str = ""


def items(place: Path) -> list[Item]:
    """Give the translations in a run's folder, a file of pairs, or a text with one on each line.

    Raises UsageError and InputError for what cannot be read.
    """
    if _is_text(place):
        return [Item(line, article=place.name) for line in lines_of(place)]
    return [
        Item(unit.target, unit.segment.source, unit.segment.id, unit.segment.article) for _, unit in units(place)
    ]


def lines_of(path: Path) -> list[str]:
    """Give a text's lines; raises UsageError when it cannot be read, and InputError when it is no text."""
    text = decoded(read_file(path), path).replace("\r\n", "\n").removesuffix("\n")
    return text.split("\n") if text else []


def counterparts(wanted: Sequence[Item], place: Path) -> list[str | None]:
    """Give, for each item, the text in `place` that goes with it; None where there is none, or an empty one.

    In a text that is the line of the item's number. In a run's folder or a file of pairs it is the target of the unit
    with the same id and source, or else of the next one with the same source; where the items' sources are not known,
    that of the item's number. Raises InputError where numbers decide and do not agree, and where nothing goes together.
    """
    others = items(place)
    if _is_text(place) or not any(item.source for item in wanted):
        if len(others) != len(wanted):
            what = f"has {len(others):,} lines, and there are {len(wanted):,} translations"
            raise InputError(what, path=place, advice="give one line for each translation, in the same order")
        found: list[str | None] = [item.target for item in others]
    else:
        found = _by_source(wanted, others)
        if wanted and not any(found):
            advice = "its sources must be the segments translated; or give a text with one line for each"
            raise InputError("has none of the sources that were translated", path=place, advice=advice)
    return [text if text and text.strip() else None for text in found]


def _by_source(wanted: Sequence[Item], others: Iterable[Item]) -> list[str | None]:
    by_id: dict[tuple[str, str], str] = {}
    waiting: dict[str, deque[tuple[str, str]]] = defaultdict(deque)
    for other in others:
        source = _plain(other.source)
        by_id.setdefault((other.id, source), other.target)
        waiting[source].append((other.id, other.target))
    found: list[str | None] = []
    for item in wanted:
        source = _plain(item.source)
        text = by_id.get((item.id, source)) if item.id else None
        queue = waiting.get(source)
        if text is None and queue:
            # A sentence that stands there once goes with all that repeat it.
            text = queue[0][1] if len(queue) == 1 else queue.popleft()[1]
        found.append(text)
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())


def _is_text(place: Path) -> bool:
    return not place.is_dir() and place.suffix.lower() not in _PAIRED
