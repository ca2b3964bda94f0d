"""Small files of JSON in the user's cache: each whole or not there, and none read further than it may be long."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TypeVar

import msgspec

from normalize.errors import OutputError

__all__ = ["UNREADABLE", "read", "remove", "write"]

_Kind = TypeVar("_Kind")

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What `read` raises for a file that is something else; OSError for one that cannot be read."""


def read(file: Path, kind: type[_Kind], *, most: int) -> _Kind:
    """Read what `write` wrote, of `most` bytes."""
    with file.open("rb") as opened:
        return msgspec.json.decode(opened.read(most), type=kind)


def write(file: Path, value: object, *, what: str, otherwise: str) -> None:
    """Write a value; OutputError, with what is done `otherwise`, when that is not allowed."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=file.parent) as work:
            fresh = Path(work) / file.name
            fresh.write_bytes(msgspec.json.format(msgspec.json.encode(value)) + b"\n")
            fresh.replace(file)
    except OSError as error:
        raise OutputError(
            f"{what} cannot be written ({error.strerror or error})", path=file,
            advice=f"set XDG_CACHE_HOME to a folder that can be; {otherwise}",
        ) from error  # fmt: skip


def remove(file: Path, *, what: str) -> bool:
    """Take a file away; say whether there was one. OutputError when that is not allowed."""
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise OutputError(f"{what} cannot be removed ({error.strerror or error})", path=file) from error
    return True
