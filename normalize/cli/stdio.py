"""Bytes in from a file or standard input, `-`."""

from __future__ import annotations

import sys
from pathlib import Path

from normalize.cli.app import complain
from normalize.errors import UsageError

__all__ = ["STDIN", "read_bytes"]

STDIN = "-"


def read_bytes(file: str) -> bytes:
    """Read a whole file, or standard input for `-`.

    Raises UsageError when it cannot be read.
    """
    if file == STDIN:
        return _standard_input()
    path = Path(file)
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UsageError("is not there", path=path, advice="give a file, or `-` for standard input") from error
    except IsADirectoryError as error:
        raise UsageError("is a folder", path=path, advice="give one file; `normalize run` takes folders") from error
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", path=path) from error


def _standard_input() -> bytes:
    """Read standard input to its end; say so to who would otherwise wait for us, as we for them."""
    advice = "name a file, or put a text in: … < FILE"
    if sys.stdin is None:
        raise UsageError("standard input is closed", advice=advice)
    try:
        if sys.stdin.isatty():
            complain("reading from the terminal; Ctrl-D on a line of its own ends the text")
        return sys.stdin.buffer.read()
    except OSError as error:
        raise UsageError(f"standard input cannot be read: {error.strerror}", advice=advice) from error
