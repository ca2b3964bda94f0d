"""JSON lines: flat, with all that is known of a unit, or as `{"translation": {…}}`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from normalize.errors import InputError
from normalize.export.flat import FlatRow, flat
from normalize.export.form import UNIT_FIELDS, Form, Head, Pair, Sink, Tags
from normalize.rows import ArticleRow, Tag, UnitRow, decoded, line, lines

__all__ = ["FLAT", "TRANSLATION", "Line", "article_fields", "filled", "pair_of"]

article_fields = frozenset({"url", "path", "title", "site", "published"})
"""What a flat line says of a unit's article."""


class _Flat:
    def __init__(self, open_file: Callable[[str], Sink], _: Head) -> None:
        self._sink = open_file("")

    def add(self, unit: UnitRow, article: ArticleRow) -> None:
        """Write a unit."""
        self._sink.write(line(flat(unit, article)))

    def close(self) -> None:
        """Do nothing: a line is whole."""


class _Translation:
    def __init__(self, open_file: Callable[[str], Sink], _: Head) -> None:
        self._sink = open_file("")

    def add(self, unit: UnitRow, _: ArticleRow) -> None:
        """Write a unit."""
        self._sink.write(line({"translation": {
            unit.source_language or "und": unit.source, unit.target_language or "und": unit.target,
        }}))  # fmt: skip

    def close(self) -> None:
        """Do nothing: a line is whole."""


class Line(FlatRow, kw_only=True):
    """Either kind of line: a reader need not be told which."""

    source: str = ""
    target: str = ""
    translation: dict[str, str] | None = None


def read(path: Path, tags: Tags) -> Iterator[Pair]:
    """Read a file of JSON lines; each is flat, or has a `translation`, or both."""
    decoder = msgspec.json.Decoder(Line)
    with path.open("rb") as file:
        for number, raw in lines(file, path):
            row = decoded(decoder, raw, path, number)
            if row.translation is not None:
                filled(row, tags, path, number)
            elif not (row.source or row.target or b'"source"' in raw):
                what = "has neither `source` and `target` nor `translation`"
                raise InputError(what, path=path, line=number, advice="check the format, or name it with --from")
            yield pair_of(row)


def filled(row: Line, tags: Tags, path: Path, number: int) -> None:
    """Take the two texts out of `{"id": …, "en": …}`: as the row or `tags` say, or else the first is the source."""
    texts = row.translation or {}
    if len(texts) != 2:
        what = f"`translation` holds {len(texts)} languages"
        raise InputError(what, path=path, line=number, advice="it must hold two")
    one, other = texts
    if (row.source_language or tags.source) == other or (row.target_language or tags.target) == one:
        one, other = other, one
    try:
        tongues = [msgspec.convert("" if tag == "und" else tag, Tag) for tag in (one, other)]
    except msgspec.ValidationError as error:
        what = f"`translation` names no language ({one[:20]!r}, {other[:20]!r})"
        raise InputError(what, path=path, line=number, advice="write tags such as `id` and `en`") from error
    row.source_language, row.target_language = tongues
    row.source, row.target = texts[one], texts[other]


def pair_of(row: FlatRow) -> Pair:
    """Part a flat row into the unit and what it says of its article."""
    names = UnitRow.__struct_fields__
    unit: dict[str, Any] = {name: getattr(row, name) for name in names}
    unit["repairs"] = row.repairs or msgspec.UNSET  # folders for `datasets` have the column in every line
    said = {name: getattr(row, name) for name in sorted(article_fields)}
    return Pair(UnitRow(**unit), ArticleRow(id=row.article, **said))


FLAT = Form(
    name="jsonl", title="JSON lines, all that is known of a unit", suffixes=(".jsonl",), writer=_Flat, read=read,
    carries=UNIT_FIELDS | article_fields,
)  # fmt: skip
TRANSLATION = Form(
    name="jsonl-translation", title='JSON lines: {"translation": {"id": …, "en": …}}', suffixes=(".jsonl",),
    writer=_Translation, read=read, carries=frozenset({"source_language", "target_language"}), two_languages=True,
)  # fmt: skip
