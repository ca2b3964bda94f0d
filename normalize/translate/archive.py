"""`.argosmodel` files checked before anything of them is written: they are zips from anywhere."""

from __future__ import annotations

import dataclasses
import shutil
import stat
import zipfile
from pathlib import Path

from normalize.errors import PackageError
from normalize.translate.package import METADATA, READING_FAILS, Metadata, missing_files, read_metadata

__all__ = ["LIMITS", "Limits", "inspect", "unpack"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is taken of a package. Argos's have under 100 files, 60 to 300 MB, and shrink to a half at the least."""

    files: int = 2_000
    bytes: int = 4 * 1024**3
    """Unpacked, all files together."""
    ratio: int = 100
    """Unpacked size by packed size, of files over a megabyte (small JSON shrinks more than any model)."""
    metadata: int = 1024**2


LIMITS = Limits()

_SMALL = 1024**2
_ENCRYPTED = 0x1


def inspect(path: Path, limits: Limits = LIMITS) -> Metadata:
    """Check an `.argosmodel` whole and give its metadata; PackageError says what is wrong with it.

    All its bytes are read, so that a bad one is refused here. Nothing is written.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            top = _check(archive.infolist(), limits)
            metadata = read_metadata(archive.read(f"{top}/{METADATA}"))
            bad = archive.testzip()
            present = frozenset(name.removeprefix(f"{top}/") for name in archive.namelist())
    except PackageError as error:
        raise PackageError(error.what, path=path) from error
    except FileNotFoundError as error:
        raise PackageError("there is no such file", path=path) from error
    except IsADirectoryError as error:
        raise PackageError("is a folder, not an .argosmodel file", path=path) from error
    except READING_FAILS as error:
        what = f"is no sound .argosmodel file ({error})"
        raise PackageError(what, path=path, advice="download it again") from error
    if bad is not None:
        raise PackageError(f"{bad} is damaged", path=path, advice="download it again")
    if metadata.type != "translate":
        raise PackageError(f"is a package of type {metadata.type!r}, not a translation package", path=path)
    missing = missing_files(present)
    if missing:
        raise PackageError(f"{missing} is missing in it", path=path)
    return metadata


def unpack(path: Path, folder: Path) -> None:
    """Write the files of an inspected `.argosmodel` to `folder`, without its top folder; OSError when it is full."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            target = folder / info.filename.partition("/")[2]
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(info) as packed, target.open("xb") as plain:
                shutil.copyfileobj(packed, plain)  # never more than the checked size: zipfile stops there


def _check(entries: list[zipfile.ZipInfo], limits: Limits) -> str:
    """Refuse names, kinds and sizes that no package has; give the name of the top folder."""
    if len(entries) > limits.files:
        raise PackageError(f"holds {len(entries):,} files, more than {limits.files:,}")
    total = sum(entry.file_size for entry in entries)
    if total > limits.bytes:
        raise PackageError(f"would unpack to {total:,} bytes, more than {limits.bytes:,}")
    seen: set[str] = set()
    for entry in entries:
        _check_entry(entry, limits)
        folded = entry.filename.rstrip("/").casefold()
        if folded in seen:
            raise PackageError(f"holds {entry.filename!r} twice")
        seen.add(folded)
    tops = {entry.filename.partition("/")[0] for entry in entries}
    if len(tops) != 1:
        raise PackageError(f"holds {len(tops)} top folders instead of one")
    top = tops.pop()
    sizes = {entry.filename: entry.file_size for entry in entries}
    if f"{top}/{METADATA}" not in sizes:
        raise PackageError(f"{METADATA} is missing in it")
    if sizes[f"{top}/{METADATA}"] > limits.metadata:
        raise PackageError(f"{METADATA} is too long")
    return top


def _check_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    """Refuse an entry that is not a plain file or folder with a plain relative name."""
    name = entry.orig_filename
    parts = name.rstrip("/").split("/")
    # A colon makes a drive or a stream, a backslash a folder, on Windows; a NUL hides the end of the name.
    if not all(parts) or {".", ".."} & set(parts) or any(char in name for char in "\\:\0") or not name.isprintable():
        raise PackageError(f"holds a file with the unsafe name {name!r}")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise PackageError(f"holds {name!r}, which is neither a file nor a folder")
    if entry.flag_bits & _ENCRYPTED:
        raise PackageError(f"holds {name!r} encrypted")
    if entry.file_size > _SMALL and entry.file_size > limits.ratio * max(1, entry.compress_size):
        sizes = f"{entry.compress_size:,} bytes to {entry.file_size:,}"
        raise PackageError(f"holds {name!r}, which would unpack from {sizes}")
