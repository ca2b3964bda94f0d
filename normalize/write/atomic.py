"""Files that appear whole or not at all.

A file is written under a temporary name in its own folder, forced to the disk unless told otherwise, and renamed. A
run that is killed leaves at most such temporaries, which `sweep` knows by their name. A file whose bytes would not
change is not touched, so its modification time tells when its content last changed.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import os
import re
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from normalize.errors import OutputError

__all__ = ["Draft", "failing", "replace", "sweep"]

_SUFFIX = ".normalize.tmp"

_TEMPORARY = re.compile(r"\.[^/]{1,40}\.[a-z0-9_]{8}\.normalize\.tmp")
"""What `_temporary` makes: dot, start of the name, eight random characters, the suffix."""

_BLOCK = 1 << 20
"""Bytes compared at a time."""

_ADVICE = {
    errno.EACCES: "give yourself the right to write there, or choose another output folder",
    errno.EPERM: "give yourself the right to write there, or choose another output folder",
    errno.EROFS: "the disk is mounted read-only: choose another output folder",
    errno.ENOSPC: "make room on the disk and run again",
    errno.EDQUOT: "your disk quota is used up: make room and run again",
    errno.ENAMETOOLONG: "choose an output folder with a shorter path",
    errno.ENOTDIR: "a file stands where a folder is needed: move it away",
    errno.EEXIST: "a file stands where a folder is needed: move it away",
    errno.EISDIR: "a folder stands where a file is needed: move it away",
    errno.EMFILE: "too many files are open: raise the limit (ulimit -n)",
}


@contextlib.contextmanager
def failing(path: Path) -> Iterator[None]:
    """Turn an OSError inside into an OutputError that names `path`, the reason and what to do."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        advice = _ADVICE.get(error.errno or 0, "")
        raise OutputError(f"cannot be written: {reason}", path=path, advice=advice) from error


class Draft:
    """A file being written: `path` changes only when `commit` has put every byte on the disk.

    Used in `with`: leaving the block without `commit`, by an error or not, removes the temporary and leaves `path` as
    it was. Text is written as UTF-8 with the line ends it has. For `forced` see `replace`.
    """

    def __init__(self, path: Path, *, forced: bool = True) -> None:
        self.path = path
        self._forced = forced
        self.size = 0
        """Bytes written so far."""
        self._hash = hashlib.sha256()
        with failing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            # Long names are cut, so that the temporary's name fits wherever the name itself does.
            number, name = tempfile.mkstemp(prefix=f".{_beginning(path.name)}.", suffix=_SUFFIX, dir=path.parent)
            self._temporary = Path(name)
            self._file = os.fdopen(number, "wb", buffering=_BLOCK)

    def __enter__(self) -> Self:
        """Hand itself to `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Throw the temporary away if it was not committed."""
        # The error that ends a failed draft is already on its way: closing may fail again for the same reason.
        with contextlib.suppress(OSError):
            self._file.close()
        with contextlib.suppress(OSError):
            self._temporary.unlink(missing_ok=True)

    @property
    def sha256(self) -> str:
        """The hash of what was written so far, in hexadecimal."""
        return self._hash.hexdigest()

    def write(self, chunk: bytes | str) -> None:
        """Append `chunk`; raises OutputError when the disk is full or fails."""
        data = chunk.encode() if isinstance(chunk, str) else chunk
        with failing(self.path):
            self._file.write(data)
        self._hash.update(data)
        self.size += len(data)

    def commit(self) -> bool:
        """Put the file in place; False when `path` had these bytes already and was left alone."""
        with failing(self.path):
            self._file.flush()
            if _same(self.path, self._temporary, self.size):
                return False
            # mkstemp makes files that only the owner may read; a corpus is for others too.
            self._temporary.chmod(0o666 & ~_umask())
            if self._forced:
                os.fsync(self._file.fileno())
            self._file.close()
            self._temporary.replace(self.path)
        return True


def replace(path: Path, chunks: bytes | Iterable[bytes | str], *, forced: bool = True) -> bool:
    """Write `chunks` to `path`, whole or not at all; False when the file had these bytes already.

    Folders are made as needed. Whatever `chunks` raises goes through and leaves `path` as it was. Raises OutputError.

    With `forced` off the system puts the bytes on the disk when it likes, which waits for nothing. That is for files
    that can be made again: whatever kills the program, each is whole or as it was, but if the machine itself stops in
    the next seconds, one may be empty or short. Making it again puts it right, since its bytes are compared.
    """
    if isinstance(chunks, bytes):
        with failing(path):
            if _holds(path, chunks):
                return False
    with Draft(path, forced=forced) as draft:
        for chunk in (chunks,) if isinstance(chunks, bytes) else chunks:
            draft.write(chunk)
        return draft.commit()


def sweep(out: Path) -> int:
    """Remove what killed runs left half written under `out`; give the number of files removed.

    Only regular files with this module's temporary names are touched, and links to other folders are not followed. No
    other run may be writing to `out` meanwhile.
    """
    removed = 0
    for folder, _, names in os.walk(out):
        for name in names:
            path = Path(folder, name)
            if _TEMPORARY.fullmatch(name) and path.is_file() and not path.is_symlink():
                with failing(path):
                    path.unlink()
                removed += 1
    return removed


def _beginning(name: str) -> str:
    return name.encode()[:40].decode(errors="ignore")


def _holds(path: Path, data: bytes) -> bool:
    return _plain(path, len(data)) and path.read_bytes() == data


def _plain(path: Path, size: int) -> bool:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size == size


def _same(path: Path, temporary: Path, size: int) -> bool:
    if not _plain(path, size):
        return False
    with path.open("rb") as old, temporary.open("rb") as new:
        while block := new.read(_BLOCK):
            if old.read(_BLOCK) != block:
                return False
    return True


@functools.cache
def _umask() -> int:
    # There is no way to read the mask without setting it for an instant; hence once.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
