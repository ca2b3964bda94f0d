"""One hash for all that goes into a run, so that a run with nothing to do is told by reading bytes alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from normalize import __version__
from normalize.read import find
from normalize.write.manifest import earlier

__all__ = ["contents", "fingerprint", "intact"]


def contents(raw: Path, rules: Path | None, *, without: Path | None = None) -> bytes:
    """Hash the names and bytes of the articles' files and of the rules; nothing where one cannot be read.

    The folder `without` is passed over.

    Ask before the files are read for their articles: what changes in between must not pass for what was converted.
    Raises UsageError when `raw` is not there.
    """
    digest = hashlib.sha256(msgspec.msgpack.encode(raw.resolve().name))
    try:
        digest.update(_hash(rules) if rules else b"no rules")
        for source in find(raw, without=without):
            digest.update(msgspec.msgpack.encode(source.relative))
            digest.update(_hash(source.path) if source.path.is_file() else b"no file")  # a pipe would be waited for
    except OSError:
        return b""
    return digest.digest()


def fingerprint(read: bytes, said: object) -> bytes:
    """Hash `contents`, what else was `said` (of msgpack's types), and our version; nothing without contents."""
    return hashlib.sha256(msgspec.msgpack.encode((__version__, read, said))).digest() if read else b""


def intact(out: Path) -> bool:
    """Whether all files of a run are as its manifest says."""
    files = earlier(out)
    try:
        return bool(files) and all(
            (out / name).stat().st_size == row.size and _hash(out / name).hex() == row.sha256
            for name, row in files.items()
        )
    except OSError:
        return False  # one is gone, or cannot be read: the run will say so


def _hash(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
