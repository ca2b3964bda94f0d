"""Rows to lines of JSON and back: written for any reader, read with the place of what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Literal, TypeVar

import msgspec

from normalize.errors import InputError, UsageError

__all__ = ["LONGEST_LINE", "decoded", "encoded", "line", "lines", "rows", "written"]

LONGEST_LINE = 16 * 1024 * 1024
"""Bytes of one line; a unit is a sentence."""

_BREAKS = tuple((char.encode(), f"\\u{ord(char):04x}".encode()) for char in "\x85\u2028\u2029")
"""What JSON allows in a string but `str.splitlines` and others take for a line's end."""

_Row = TypeVar("_Row", bound=msgspec.Struct)


def line(row: object, *, sort: bool = False) -> bytes:
    r"""Encode `row` as a line of JSON for any reader; with `sort`, the keys of mappings are sorted.

    Lone surrogates, which hostile file names and records can hold and UTF-8 cannot, are written as `\udXXX`.

    >>> line({"b": "c\u2028d", "a": 1})
    b'{"b":"c\\u2028d","a":1}\n'
    """
    return _unbroken(encoded(row, sort=sort)) + b"\n"


def written(rows: Sequence[object]) -> bytes:
    r"""Encode `rows` as lines of JSON, each as `line` would; faster for many.

    >>> written([{"a": 1}, {"b": "c\u2028d"}])
    b'{"a":1}\n{"b":"c\\u2028d"}\n'
    """
    try:
        return _unbroken(msgspec.json.Encoder().encode_lines(rows))
    except UnicodeEncodeError:
        return b"".join(map(line, rows))


def _unbroken(data: bytes) -> bytes:
    for char, escape in _BREAKS:
        data = data.replace(char, escape)
    return data


def encoded(value: object, *, sort: bool = False) -> bytes:
    """Encode as JSON, with lone surrogates as `line` has them; nothing else is changed."""
    order: Literal["deterministic"] | None = "deterministic" if sort else None
    try:
        return msgspec.json.encode(value, order=order)
    except UnicodeEncodeError:
        return msgspec.json.encode(_visible(msgspec.to_builtins(value)), order=order)


def rows(path: Path, kind: type[_Row], *, advice: str = "") -> Iterator[tuple[int, _Row]]:
    """Give the rows of a file with the numbers of their lines, from 1; only one is held at a time.

    Raises UsageError with `advice` when the file cannot be read, and InputError for a line that cannot be used.
    """
    decoder = msgspec.json.Decoder(kind)
    try:
        file = path.open("rb")
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror})", path=path, advice=advice) from error
    with file:
        for number, raw in lines(file, path):
            yield number, decoded(decoder, raw, path, number)


def lines(file: BinaryIO, path: Path) -> Iterator[tuple[int, bytes]]:
    """Give the number (from 1) and bytes of each line that is not blank.

    Raises InputError for a line that is too long, and UsageError when the file cannot be read to its end.
    """
    for number, raw in enumerate(iter(lambda: _read(file, path), b""), 1):
        if len(raw) > LONGEST_LINE:
            what = f"the line is longer than {LONGEST_LINE // 2**20} MiB"
            raise InputError(what, path=path, line=number, advice="is this the right file?")
        if raw.strip():
            yield number, raw


def _read(file: BinaryIO, path: Path) -> bytes:
    try:
        return file.readline(LONGEST_LINE + 1)
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror})", path=path) from error


def decoded(decoder: msgspec.json.Decoder[_Row], raw: bytes, path: Path, number: int) -> _Row:
    """Decode one line of JSON; InputError says what is wrong with it."""
    try:
        return decoder.decode(raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        what = f"cannot be used ({_said(error)})"
        raise InputError(what, path=path, line=number, advice="each line must be one row as JSON") from error


def _said(error: Exception) -> str:
    match error:
        case UnicodeDecodeError():
            return "it is not UTF-8"
        case RecursionError():
            return "it is nested too deeply"
        case _:
            return str(error)


def _visible(value: object) -> object:
    match value:
        case str():
            return value.encode(errors="backslashreplace").decode()
        case dict():
            return {_visible(key): _visible(item) for key, item in value.items()}
        case list() | tuple():
            return [_visible(item) for item in value]
        case _:
            return value
