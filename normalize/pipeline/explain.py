"""`explain`: where a unit came from, back to the bytes that were read."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from pathlib import Path

from normalize.clean import removed
from normalize.corpus import Article, Conversion, Edit, Origin, Removed, Span, Unit
from normalize.errors import InputError, UsageError
from normalize.memory import Memory, Remembered
from normalize.pipeline.journal import Journal
from normalize.pipeline.publish import STATE, noted
from normalize.pipeline.run import MEMORY
from normalize.review.corrections import Correction
from normalize.review.data import source_hash
from normalize.review.finished import taken_home
from normalize.translate import Store, words_read

__all__ = ["Explanation", "Touch", "backwards", "explain"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """An edit that changed something in, or at the border of, a stretch of text; or a removal there."""

    number: int
    """Which of the article's edits it is, from 1: the order they were made in."""
    edit: Edit
    raw: Span
    """What of the raw text it concerns."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The way of one unit."""

    unit: Unit
    article: Article
    paragraph: str
    """The line of the clean text that the segment is part of."""
    raw: Span
    """Where in the raw text the segment comes from, in code points."""
    raw_line: int
    """The line of the raw text it begins in, from 1."""
    raw_column: int
    """Where in that line, from 1."""
    raw_paragraph: Span
    touches: tuple[Touch, ...]
    """Every edit of the paragraph, in the order they were made."""
    removals: tuple[Removed, ...]
    """What cleaning took out of the paragraph, or next to it."""
    engine: str
    """Signature of what translated; empty where nothing did."""
    read: dict[str, str]
    """Words that the engine read in translation, with what it read, if its package is still there."""
    signature: str
    """Of the run."""
    correction: Correction | None
    """What a reviewer made of it, where that was taken home."""
    remembered: Remembered | None = None
    """What the memory has of it, where the target came from there."""
    bytes_at: tuple[int, int] | None = None
    """Where in the file its bytes stand, if the file is at hand, unchanged, and holds the text as it is."""

    @property
    def raw_text(self) -> str:
        """The raw text the segment comes from."""
        return self.raw.of(self.article.raw)


def explain(out: Path, unit: str, *, raw: Path | None = None, memory: Path | None = None) -> Explanation:
    """Tell the way of a unit of the finished run in `out`, by its id; with `raw`, the folder read, down to the bytes.

    `memory` is the run's translation memory, when it is not the one in `out`.

    Raises UsageError for an id that is not there, InputError when `out` holds no finished run, and OutputError while a
    run is writing it.
    """
    conversion, engine, signature = _finished(out, unit)
    article = conversion.article
    found = next(one for one in conversion.units if one.segment.id == unit)
    start = article.text.rfind("\n", 0, found.segment.span.start) + 1
    end = article.text.find("\n", found.segment.span.end)
    paragraph = Span(start=start, end=len(article.text) if end < 0 else end)
    span, _ = backwards(article.edits, found.segment.span)
    raw_paragraph, touches = backwards(article.edits, paragraph)
    numbers = {touch.number for touch in touches}
    review = next((one for one in taken_home(out).corrections if one.unit == unit), None)
    if review is not None and review.source_hash != source_hash(found.segment.source):
        review = None
    return Explanation(
        unit=found,
        article=article,
        paragraph=paragraph.of(article.text),
        raw=span,
        raw_line=article.raw.count("\n", 0, span.start) + 1,
        raw_column=span.start - article.raw.rfind("\n", 0, span.start),
        raw_paragraph=raw_paragraph,
        touches=touches,
        removals=_removals(article, numbers),
        engine=engine,
        read=words_read(Store.open(), engine, found.segment.source) if found.origin is Origin.MACHINE else {},
        signature=signature,
        correction=review,
        remembered=_remembered(found, memory or out / MEMORY),
        bytes_at=_bytes(article, span, raw) if raw is not None else None,
    )


def backwards(edits: Sequence[Edit], span: Span) -> tuple[Span, tuple[Touch, ...]]:
    """Follow `span` of the text that `edits` made back to the text they began with, undoing them from last to first.

    Gives the span there, and the edits that changed something inside or at its border, in the order they were made.
    Text put in by an edit comes from all that the edit replaced.

    >>> edit = Edit(rule="entity", span=Span(start=2, end=7), before="&amp;", after="&")
    >>> backwards([edit], Span(start=4, end=5))[0]
    Span(start=8, end=9)
    """
    touched: list[tuple[int, Edit, Span]] = []
    for number in range(len(edits), 0, -1):
        edit = edits[number - 1]
        made = Span(start=edit.span.start, end=edit.span.start + len(edit.after))
        growth = len(edit.before) - len(edit.after)
        touched = [(one, other, _before(place, made, growth)) for one, other, place in touched]
        if made.start <= span.end and span.start <= made.end:
            touched.append((number, edit, edit.span))
        span = _before(span, made, growth)
    return span, tuple(Touch(number=number, edit=edit, raw=place) for number, edit, place in reversed(touched))


def _before(span: Span, made: Span, growth: int) -> Span:
    """Give the place of `span` before an edit that made `made` of a stretch longer by `growth`."""
    if span.end <= made.start:
        return span
    if span.start >= made.end:
        return Span(start=span.start + growth, end=span.end + growth)
    start = min(span.start, made.start)
    return Span(start=start, end=max(span.end, made.end) + growth)


def _finished(out: Path, unit: str) -> tuple[Conversion, str, str]:
    """Find the article of a unit in the journal; it is held only while it is read."""
    if not (out / STATE).is_file():
        raise InputError("holds no finished run", path=out, advice="give the folder that `normalize run` wrote")
    with Journal(out / STATE) as journal:
        known = journal.articles()
        # Ids of units begin with their article's, which may hold colons itself.
        parts = unit.split(":")
        names = [":".join(parts[:count]) for count in range(len(parts) - 1, 0, -1)]
        for conversion in journal.conversions(name for name in names if name in known):
            if any(one.segment.id == unit for one in conversion.units):
                record = noted(journal)
                engine = journal.engines().get(conversion.article.id, "")
                return conversion, engine, record.signature if record else ""
        example = next((one for name in [*names, *sorted(known)] if name in known for one in _ids(journal, name)), "")
    raise UsageError(f"no unit {unit!r}", path=out, advice=f"ids look like {example!r}" if example else "it is empty")


def _ids(journal: Journal, article: str) -> list[str]:
    return [unit.segment.id for conversion in journal.conversions([article]) for unit in conversion.units]


def _remembered(unit: Unit, path: Path) -> Remembered | None:
    """Look the unit up in the memory; None where its target is not from there."""
    if unit.origin not in {Origin.HUMAN, Origin.MEMORY} or not path.is_file():
        return None
    source, pair = unit.segment.source, (unit.segment.language, unit.target_language)
    with Memory(path, read_only=True) as memory:
        if unit.origin is Origin.MEMORY:
            return memory.substituted(source, *pair)
        return memory.corrections([source], *pair).get(source)


def _removals(article: Article, numbers: set[int]) -> tuple[Removed, ...]:
    """Give the removals among these edits: removals are listed as the edits are, but from the last to the first."""
    found: list[Removed] = []
    listed = iter(removed(article))
    waiting = next(listed, None)
    for number in range(len(article.edits), 0, -1):
        edit = article.edits[number - 1]
        if waiting is None:
            break
        if (edit.rule, edit.evidence, edit.before.strip()) == (waiting.rule, waiting.evidence, waiting.text):
            if number in numbers:
                found.append(waiting)
            waiting = next(listed, None)
    return tuple(found)


def _bytes(article: Article, span: Span, root: Path) -> tuple[int, int] | None:
    """Find the bytes that a stretch of the raw text was read from: where the very text stands once, in its encoding.

    None where the file is not at hand or has changed, and where the text does not stand in it as it is: an entity, an
    escape, or words that an element parts.
    """
    path = root / article.path if root.is_dir() else root
    try:
        data = path.read_bytes()
        wanted = span.of(article.raw).encode(article.encoding)
        before = article.raw[: span.start].encode(article.encoding)
    except (OSError, UnicodeEncodeError, LookupError):
        return None
    home = _home(article, data)
    if home is None or not wanted:
        return None
    part = data[home.start : home.end]
    at = part.find(wanted)
    if at >= 0 and part.find(wanted, at + 1) >= 0:
        # It stands there more than once: only text that was read as it is can be told apart.
        at = len(before) if part.startswith(before + wanted) else -1
    return (home.start + at, home.start + at + len(wanted)) if at >= 0 else None


def _home(article: Article, data: bytes) -> Span | None:
    """Find the article's bytes in its file, by their hash: all of them, or those of its record's line."""
    start, end = 0, len(data)
    if article.record is not None:
        lines = data.split(b"\n", article.record)
        if len(lines) < article.record:
            return None
        start = sum(len(line) + 1 for line in lines[: article.record - 1])
        end = start + len(lines[article.record - 1])
    stretch = data[start:end]
    ways = {stretch, stretch.rstrip(b"\r"), stretch.strip()}
    same = article.sha256 in {hashlib.sha256(one).hexdigest() for one in ways}
    return Span(start=start, end=end) if same else None
