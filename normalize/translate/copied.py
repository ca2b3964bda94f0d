"""Words that an engine gives back as they are: tried once, when a package is installed, and kept in the user's cache.

They are what the engine would answer anyway, so they change no translation; a run that finds them need not ask.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from normalize.errors import OutputError

__all__ = ["forget", "keep", "load"]

_FORMAT = 1
_LARGEST = 1 << 16  # bytes of a file; what we write is a fiftieth of it
_SUFFIX = ".copied.json"  # beside the calibrations, whose names end otherwise


class _Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a file holds."""

    format: int = _FORMAT
    signature: str
    """The engine's."""
    tried: tuple[str, ...]
    copied: tuple[str, ...]


def _file(where: Path, signature: str) -> Path:
    return where / f"{hashlib.sha256(signature.encode()).hexdigest()[:16]}{_SUFFIX}"


def load(where: Path | None, signature: str, tried: Sequence[str]) -> tuple[str, ...] | None:
    """Give those of the words `tried` that the engine of this signature copies, in their order.

    None where they were not tried with it, or what was kept is not to be trusted: then they are to be tried.
    """
    if where is None:
        return None
    try:
        with _file(where, signature).open("rb") as opened:
            kept = msgspec.json.decode(opened.read(_LARGEST), type=_Kept)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if (kept.format, kept.signature, kept.tried) != (_FORMAT, signature, tuple(tried)):
        return None
    return tuple(word for word in tried if word in kept.copied)


def keep(where: Path | None, signature: str, tried: Sequence[str], copied: Sequence[str]) -> None:
    """Write which of the words `tried` the engine copies, whole or not at all; OutputError when that is not allowed."""
    if where is None:
        return
    file = _file(where, signature)
    content = _Kept(signature=signature, tried=tuple(tried), copied=tuple(copied))
    try:
        where.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=where) as work:
            fresh = Path(work) / file.name
            fresh.write_bytes(msgspec.json.format(msgspec.json.encode(content)) + b"\n")
            fresh.replace(file)
    except OSError as error:
        raise OutputError(
            f"the carriers cannot be written ({error.strerror or error})", path=file,
            advice="set XDG_CACHE_HOME to a folder that can be; they are tried in each run",
        ) from error  # fmt: skip


def forget(where: Path | None, signature: str) -> bool:
    """Take away what was kept of an engine; say whether there was anything."""
    if where is None:
        return False
    file = _file(where, signature)
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise OutputError(f"the carriers cannot be removed ({error.strerror or error})", path=file) from error
    return True
