"""Bytes in from a file or standard input, `-`."""

from __future__ import annotations

import sys
from pathlib import Path

from normalize.errors import UsageError

__all__ = ["STDIN", "read_bytes"]

STDIN = "-"


def read_bytes(file: str) -> bytes:
    """Read a whole file, or standard input for `-`.

    Raises UsageError when it cannot be read.
    """
    if file == STDIN:
        return sys.stdin.buffer.read()
    path = Path(file)
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UsageError("is not there", path=path, advice="give a file, or `-` for standard input") from error
    except IsADirectoryError as error:
        raise UsageError("is a folder", path=path, advice="give one file; `normalize run` takes folders") from error
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", path=path) from error
