"""Files of records, JSONL and CSV → articles, one at a time."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from normalize.corpus import Article, Metadata
from normalize.errors import InputError, UsageError
from normalize.language import canonical
from normalize.read.article import LARGEST_ARTICLE, has_markup, make_article
from normalize.read.dates import iso_date
from normalize.read.decode import check_readable, decode, one_line_end
from normalize.read.sources import Source, safe_id

__all__ = ["read_csv", "read_jsonl"]

_TEXT_FIELDS = ("text", "html", "body", "content")
"""Where a record's article is, best first."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = ",;\t"


class _Records:
    """The records of one file, and the ids given to them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.seen: dict[int, int] = {}  # hash of an id → its line; the ids themselves would fill the memory

    def article(self, fields: Mapping[str, object], *, record: int, line: int, data: bytes) -> Article | InputError:
        """Make the article of one record, or the error that says why there is none."""
        try:
            text, form = _text(fields)
            draft = Article(
                id="", path=self.source.relative, raw="", text="", sha256=hashlib.sha256(data).hexdigest(),
                record=record, format=form, metadata=_metadata(fields),
            )  # fmt: skip
            article = make_article(one_line_end(text), draft, with_title=True)
            return dataclasses.replace(article, id=self._id(_word(fields, "id"), record, line))
        except InputError as error:
            return self.error(error, line)

    def error(self, error: InputError, line: int) -> InputError:
        """Say where in the file an error is."""
        return InputError(error.what, path=self.source.relative, line=line, advice=error.advice)

    def _id(self, own: str, number: int, line: int) -> str:
        """Give the id of a record: its own, or its number. InputError when its own was there before."""
        name = safe_id(own) if own else f"{number:06}"
        while (key := _key(name)) in self.seen:
            if own:
                first = self.seen[key]
                raise InputError(f"its id {own[:80]!r} is that of line {first}", advice="give each record its own")
            name += "~"
        self.seen[key] = line
        return f"{self.source.id}/{name}"


def _key(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.casefold().encode(), digest_size=8).digest())


def read_jsonl(stream: BinaryIO, source: Source) -> Iterator[Article | InputError]:
    """Read one JSON object a line: `text`, `html`, `body` or `content`, and metadata.

    `record` is the line's number, from 1. Blank lines are passed over.
    """
    head = stream.read(16)
    check_readable(head)
    if head.startswith(_UTF16):
        raise InputError("is UTF-16, which JSONL cannot be", advice="save it as UTF-8")
    stream.seek(0)
    records = _Records(source)
    empty = True
    for line, data in enumerate(_lines(stream), start=1):
        if data is not None and not data.strip():
            continue
        empty = False
        try:
            fields = _json_object(data)
        except InputError as error:
            yield records.error(error, line)
        else:
            yield records.article(fields, record=line, line=line, data=(data or b"").strip())
    if empty:
        raise InputError("is empty")


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Give the lines of a file, None in place of one that is too long to be read."""
    while data := stream.readline(LARGEST_ARTICLE):
        if len(data) < LARGEST_ARTICLE or data.endswith(b"\n"):
            yield data
            continue
        while data and not data.endswith(b"\n"):
            data = stream.readline(LARGEST_ARTICLE)
        yield None


def _json_object(data: bytes | None) -> Mapping[str, object]:
    """Parse one line. InputError when it is too long (None), no JSON, or no object."""
    if data is None:
        raise InputError("the line is longer than an article can be")
    advice = "each line must be one JSON object"
    try:
        value = json.loads(decode(data)[0], strict=False)
    except json.JSONDecodeError as error:
        raise InputError(f"is not JSON: {error.msg} at column {error.colno}", advice=advice) from error
    except ValueError as error:  # a number of thousands of digits
        raise InputError(f"is not JSON: {error}", advice=advice) from error
    except RecursionError as error:
        raise InputError("is JSON nested too deep", advice=advice) from error
    if not isinstance(value, dict):
        raise InputError("is JSON but not an object", advice=advice)
    return {str(key).strip().lower(): item for key, item in value.items()}


def read_csv(stream: BinaryIO, source: Source) -> Iterator[Article | InputError]:
    """Read one article a row, under a header that names the columns.

    The delimiter is the one of comma, semicolon and tab with which the header has a column of text. `record` is the
    row's number, from 1, the header not counted; the line of an error is that of the file.
    """
    head = stream.read(65_536)
    check_readable(head)
    stream.seek(0)
    encoding = _csv_encoding(head)
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST_ARTICLE))
    taken: list[str] = []
    lines = _decoded_lines(stream, encoding, taken)
    delimiter, names = _header(next(lines, ""))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    records = _Records(source)
    number = 0
    while True:
        taken.clear()
        try:
            row = next(reader, None)
            if row is None:
                break
            if not any(cell.strip() for cell in row):
                continue
            number += 1
            fields = _row(row, names)
        except csv.Error as error:
            number += 1
            what = InputError(f"is not a row of CSV: {error}", advice="check its quotation marks")
            yield records.error(what, reader.line_num + 1)
        except InputError as error:
            yield records.error(error, reader.line_num + 1)
        else:
            data = "".join(taken).encode("utf-8", "surrogatepass")
            yield records.article(fields, record=number, line=reader.line_num + 1, data=data)
    if not number:
        raise InputError("has a header but no rows")


def _csv_encoding(head: bytes) -> str:
    """Find a CSV file's encoding from its beginning, cut at the last whole line."""
    if head.startswith(_UTF16):
        return "utf-16"
    if not head.strip():
        raise InputError("is empty")
    if len(head) == 65_536:
        head = head[: head.rfind(b"\n") + 1 or None]
    encoding = decode(head)[1]
    return {"utf-8": "utf-8-sig", "utf-8+windows-1252": "utf-8-sig"}.get(encoding, encoding)


def _decoded_lines(stream: BinaryIO, encoding: str, taken: list[str]) -> Iterator[str]:
    """Give the file's lines as text, noting each in `taken`.

    A line that is no UTF-8 in a file of UTF-8 is decoded by itself.
    """
    if encoding.startswith("utf-16"):
        wrapped = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
        for line in iter(lambda: wrapped.readline(LARGEST_ARTICLE), ""):
            taken.append(line)
            yield line
        wrapped.detach()
        return
    for data in _lines(stream):
        if data is None:
            taken.append("")
            yield ""  # the row then has too few columns
            continue
        try:
            line = data.decode(encoding)
        except UnicodeDecodeError:
            line = data.decode("cp1252", "replace") if not encoding.startswith("utf") else decode(data)[0]
        taken.append(line)
        yield line


def _header(line: str) -> tuple[str, list[str]]:
    """Give the delimiter and the column names of a header. InputError when it names no column of text."""
    for delimiter in _DELIMITERS:
        try:
            cells = next(csv.reader([line], delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        names = [cell.strip().lstrip("\ufeff").lower() for cell in cells]
        if not set(_TEXT_FIELDS).isdisjoint(names):
            repeated = next((name for name in names if name and names.count(name) > 1), "")
            if repeated:
                raise InputError(f"has two columns {repeated[:80]!r}", line=1)
            return delimiter, names
    advice = f"its first line must name one of {', '.join(_TEXT_FIELDS)}"
    raise InputError("has no column of text", line=1, advice=advice)


def _row(row: Sequence[str], names: Sequence[str]) -> Mapping[str, object]:
    if len(row) != len(names):
        what = f"has {len(row)} columns, the header {len(names)}"
        raise InputError(what, advice="quote cells that hold the delimiter")
    return dict(zip(names, row, strict=True))


def _text(fields: Mapping[str, object]) -> tuple[str, str]:
    """Give a record's text and its format."""
    for name in _TEXT_FIELDS:
        value = fields.get(name)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise InputError(f"its {name!r} is no text")
        if value.strip():
            return value, "html" if name == "html" or (name != "text" and has_markup(value)) else "text"
    raise InputError("has no text", advice=f"give it one of {', '.join(_TEXT_FIELDS)}")


def _word(fields: Mapping[str, object], *names: str) -> str:
    """Give the first of these fields that is there, as one line."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = ", ".join(value)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise InputError(f"its {name!r} is no text")
        return " ".join(value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").split())
    return ""


def _metadata(fields: Mapping[str, object]) -> Metadata:
    tags = fields.get("tags")
    given = tags if isinstance(tags, list) else _word(fields, "tags").split(",")
    try:
        language = canonical(_word(fields, "language", "lang")) if _word(fields, "language", "lang") else ""
    except UsageError:
        language = ""
    return Metadata(
        title=_word(fields, "title"),
        subtitle=_word(fields, "subtitle", "description"),
        author=_word(fields, "author", "authors"),
        published=iso_date(_word(fields, "published", "date")),
        updated=iso_date(_word(fields, "updated", "modified")),
        site=_word(fields, "site"),
        url=_word(fields, "url"),
        language=language,
        tags=tuple(dict.fromkeys(tag.strip() for tag in given if isinstance(tag, str) and tag.strip())),
    )
