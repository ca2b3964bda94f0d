"""Words that an engine gives back as they are: tried once, when a package is installed, and kept in the user's cache.

They are what the engine would answer anyway, so they change no translation; a run that finds them need not ask.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from normalize.translate import cached

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
        kept = cached.read(_file(where, signature), _Kept, most=_LARGEST)
    except (OSError, *cached.UNREADABLE):
        return None
    if (kept.format, kept.signature, kept.tried) != (_FORMAT, signature, tuple(tried)):
        return None
    return tuple(word for word in tried if word in kept.copied)


def keep(where: Path | None, signature: str, tried: Sequence[str], copied: Sequence[str]) -> None:
    """Write which of the words `tried` the engine copies, whole or not at all; OutputError when that is not allowed."""
    if where is not None:
        content = _Kept(signature=signature, tried=tuple(tried), copied=tuple(copied))
        cached.write(_file(where, signature), content, what="the carriers", otherwise="they are tried in each run")


def forget(where: Path | None, signature: str) -> bool:
    """Take away what was kept of an engine; say whether there was anything."""
    return where is not None and cached.remove(_file(where, signature), what="the carriers")
