"""Putting packages into the store and taking them out: whole or not at all, and tried before anyone sees them."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from normalize.errors import OutputError, PackageError
from normalize.translate import archive
from normalize.translate.archive import LIMITS, Limits
from normalize.translate.ctranslate2_engine import CTranslate2Engine
from normalize.translate.model import Model
from normalize.translate.package import Package, names, open_package, read

__all__ = ["RECORD", "install", "remove", "scratch", "smoke_test", "verify", "writing"]

RECORD = "normalize.json"
"""In an installed package's folder: the hashes its files had when it was installed."""

SAMPLE = "OpenAI, Google, 2024."
"""What a package is tried with: names and a number, which need no knowledge of any one language."""


class _Record(msgspec.Struct, frozen=True):
    """What `RECORD` holds."""

    sha256: dict[str, str]


def install(path: Path, folder: Path, *, limits: Limits = LIMITS) -> Package:
    """Install the `.argosmodel` file `path` under `folder`, in place of another version of the same pair.

    It is checked (`archive.inspect`), unpacked beside the store, tried on a sentence, and only then moved in.
    PackageError when it is no sound package, OutputError when the store cannot be written.
    """
    metadata = archive.inspect(path, limits)
    with writing(folder), scratch(folder) as work:
        fresh = work / metadata.folder
        archive.unpack(path, fresh)
        package = open_package(fresh)
        problem = smoke_test(package) if package is not None else "is of another type"
        if package is None or problem:
            raise PackageError(f"does not work: {problem}", path=path)
        record = _Record({name: _hash(read(package, name)) for name in sorted(names(fresh))})
        (fresh / RECORD).write_bytes(msgspec.json.format(msgspec.json.encode(record)))
        final = folder / metadata.folder
        _replace(fresh, final, work / "replaced")
        for old in _same_pair(folder, package):
            if old != final:
                _replace(None, old, work / old.name)
    installed = open_package(final)
    if installed is None or installed.problem:
        raise PackageError("was changed while it was installed", path=final)
    return installed


def remove(package: Package) -> None:
    """Take an installed package out of the store; OutputError when that is not allowed."""
    folder = package.location.parent
    with writing(folder), scratch(folder) as work:
        _replace(None, package.location, work / "removed")


def verify(package: Package) -> str:
    """Say what is wrong with a package: files that changed since it was installed, or what trying it shows."""
    if package.problem:
        return package.problem
    try:
        changed = _changed(package)
    except PackageError as error:
        return str(error)
    return f"{changed} is not as it was installed" if changed else smoke_test(package)


def smoke_test(package: Package) -> str:
    """Load a package and translate a sentence; say what is wrong, or nothing."""
    if package.problem:
        return package.problem
    try:
        answer = CTranslate2Engine(package, Model(package, fingerprint="")).translate([SAMPLE])[0][0]
    except PackageError as error:
        return error.what
    except (RuntimeError, ValueError) as error:  # CTranslate2's own, for a model that loads and cannot run
        return f"the model cannot translate ({error})"
    if not answer.target or "@@" in answer.target:
        return f"the model answers {answer.target!r} to {SAMPLE!r}"
    return ""


@contextlib.contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """Give a folder on the file system of the store `folder` that is gone afterwards.

    It lies beside the store: Argos Translate fails on anything in its store that is no package.
    """
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder.parent
    same = os.access(beside, os.W_OK) and beside.stat().st_dev == folder.stat().st_dev
    with tempfile.TemporaryDirectory(prefix=".normalize-", dir=beside if same else folder) as work:
        yield Path(work)


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn a failure to write into an OutputError."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"the package store cannot be written ({error.strerror or error})", path=folder,
            advice="set ARGOS_PACKAGES_DIR to a folder that can be",
        ) from error  # fmt: skip


def _replace(fresh: Path | None, final: Path, aside: Path) -> None:
    """Move `final`, if it is there, to `aside`, and `fresh`, if there is one, to its place."""
    if final.is_symlink():
        final.unlink()  # a package linked in from elsewhere is only unlinked
    elif final.exists():
        final.rename(aside)
    if fresh is not None:
        fresh.rename(final)


def _same_pair(folder: Path, package: Package) -> list[Path]:
    """Find the packages of the same pair in the store."""
    found = (open_package(path) for path in sorted(folder.iterdir()) if path.is_dir() and path.name[:1] != ".")
    pair = (package.metadata.from_code, package.metadata.to_code)
    return [one.location for one in found if one and (one.metadata.from_code, one.metadata.to_code) == pair]


def _changed(package: Package) -> str:
    """Name a file that differs from its recorded hash; a package without a record (Argos's own) has none."""
    if RECORD not in names(package.location):
        return ""
    try:
        record = msgspec.json.decode(read(package, RECORD), type=_Record)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return RECORD
    present = names(package.location)
    for name, expected in sorted(record.sha256.items()):
        if name not in present or _hash(read(package, name)) != expected:
            return name
    return ""


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
