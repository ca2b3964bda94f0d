"""Argos packages as they lie on disk: a folder, or an `.argosmodel` read in place without unpacking."""

from __future__ import annotations

import dataclasses
import hashlib
import zipfile
import zlib
from pathlib import Path

import msgspec
import regex

from normalize.errors import PackageError, UsageError
from normalize.language import canonical
from normalize.translate import lexicon

__all__ = ["METADATA", "TOKENIZERS", "Metadata", "Package", "fingerprint", "names", "read", "read_metadata"]

METADATA = "metadata.json"
MODEL = "model/model.bin"
TOKENIZERS = ("sentencepiece.model", "bpe.model")
"""The tokenizer's file, in the order of preference (Argos's own)."""

_VOCABULARIES = tuple(
    f"model/{side}_vocabulary.{suffix}" for side in ("shared", "target") for suffix in ("json", "txt")
)
_DIGITS = regex.compile(r"[0-9]++")
_UNSAFE_IN_NAME = regex.compile(r"[^0-9A-Za-z.-]")

READING_FAILS = (
    OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What reading a broken, encrypted or strangely packed zip can raise, or a folder that cannot be read."""


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What is read of a package's `metadata.json`, or of one entry of the index; other keys are Argos's own."""

    from_code: str = ""
    to_code: str = ""
    package_version: str = ""
    type: str = "translate"
    target_prefix: str = ""
    links: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The BCP 47 tag translated from; UsageError when it names no language."""
        return canonical(self.from_code)

    @property
    def target(self) -> str:
        """The BCP 47 tag translated to; UsageError when it names no language."""
        return canonical(self.to_code)

    @property
    def stem(self) -> str:
        """The name Argos gives such a package, without its version: `translate-id_en`."""
        return _UNSAFE_IN_NAME.sub("_", f"{self.type}-{self.from_code}_{self.to_code}")

    @property
    def folder(self) -> str:
        """The name of the folder it is installed in: `translate-id_en-1_9`."""
        version = _UNSAFE_IN_NAME.sub("_", self.package_version).replace(".", "_")
        return f"{self.stem}-{version}" if version else self.stem

    @property
    def order(self) -> tuple[int, ...]:
        """What versions are compared by.

        >>> Metadata(package_version="1.10").order > Metadata(package_version="1.9").order
        True
        """
        return tuple(int(digits[:9]) for digits in _DIGITS.findall(self.package_version))


NO_METADATA = Metadata()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package of the store; a broken one says why in `problem` and is never used."""

    location: Path
    """A folder (installed), or an `.argosmodel` file (bundled)."""
    bundled: bool = False
    metadata: Metadata = NO_METADATA
    source: str = ""
    """The BCP 47 tag translated from."""
    target: str = ""
    """The BCP 47 tag translated to."""
    problem: str = ""

    @property
    def name(self) -> str:
        """What the package is called: `translate-id_en-0.2`; a broken one by its file."""
        if self.problem:
            return self.location.stem
        return "-".join(filter(None, (self.metadata.stem, self.metadata.package_version)))


def start(package: Package) -> tuple[str, ...]:
    """Give what every answer is made to begin with: in a multilingual package, the piece of the target language."""
    piece = package.metadata.target_prefix
    return (piece,) if piece else ()


def open_package(location: Path, *, bundled: bool = False) -> Package | None:
    """Read what a package is; None when it is a sound package of another type than translation.

    Nothing is raised for a broken one: its `problem` says what is wrong.
    """
    metadata = NO_METADATA
    try:
        metadata = read_metadata(read_from(location, METADATA))
        if metadata.type != "translate":
            return None
        source, target = metadata.source, metadata.target
        missing = missing_files(names(location))
    except PackageError as error:
        return Package(location=location, bundled=bundled, problem=error.what)
    except UsageError as error:
        return Package(location=location, bundled=bundled, metadata=metadata, problem=error.what)
    problem = f"{missing} is missing" if missing else ""
    return Package(
        location=location, bundled=bundled, metadata=metadata, source=source, target=target, problem=problem
    )


def read_metadata(data: bytes) -> Metadata:
    """Read `metadata.json`; PackageError when it is not valid JSON with the fields' types.

    >>> read_metadata(b'{"from_code": "id", "to_code": "en", "package_version": "1.9"}').folder
    'translate-id_en-1_9'
    """
    try:
        metadata = msgspec.json.decode(data, type=Metadata)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PackageError(f"{METADATA} cannot be used ({error})") from error
    if metadata.type == "translate" and not (metadata.from_code and metadata.to_code):
        raise PackageError(f"{METADATA} names no language pair")
    return metadata


def missing_files(present: frozenset[str]) -> str:
    """Name what a translation package lacks, if anything."""
    if MODEL not in present:
        return MODEL
    if present.isdisjoint(_VOCABULARIES):
        return _VOCABULARIES[0]
    return "" if not present.isdisjoint(TOKENIZERS) else TOKENIZERS[0]


def vocabulary_file(present: frozenset[str]) -> str:
    """Name the file that lists the pieces the model can answer with."""
    return next(name for name in _VOCABULARIES if name in present)


def tokenizer_file(present: frozenset[str]) -> str:
    """Name the file of the tokenizer."""
    return next(name for name in TOKENIZERS if name in present)


def names(location: Path) -> frozenset[str]:
    """Give the paths of the package's files, relative to its top folder; PackageError when it cannot be read."""
    try:
        if location.is_dir():
            found = (path.relative_to(location).as_posix() for path in location.rglob("*") if path.is_file())
            return frozenset(found)
        with zipfile.ZipFile(location) as archive:
            return frozenset(name.partition("/")[2] for name in archive.namelist() if not name.endswith("/"))
    except READING_FAILS as error:
        raise PackageError(f"cannot be read ({error})", path=location) from error


def read(package: Package, name: str) -> bytes:
    """Give the content of one of the package's files; PackageError when it cannot be read."""
    return read_from(package.location, name)


def read_from(location: Path, name: str) -> bytes:
    """Give the content of one file of the package at `location`; PackageError when it cannot be read."""
    try:
        if location.is_dir():
            return (location / name).read_bytes()
        with zipfile.ZipFile(location) as archive:
            found = next((one for one in archive.namelist() if one.partition("/")[2] == name), None)
            if found is not None:
                return archive.read(found)
    except FileNotFoundError as error:
        raise PackageError(f"{name} is missing", path=location) from error
    except READING_FAILS as error:
        raise PackageError(f"{name} cannot be read ({error})", path=location) from error
    raise PackageError(f"{name} is missing", path=location)


RANKING = ("ranking.bin", "ranking.json")
"""The files by which answers are ranked, where a package has them: see `normalize.translate.ranking`."""


def model_files(package: Package) -> list[str]:
    """List the files that decide a translation: the model's folder, the tokenizer, lexicon and ranking, sorted."""
    present = names(package.location)
    deciding = {lexicon.FILE, *RANKING}
    files = [name for name in present if name.startswith("model/") or name in deciding]
    return sorted([*files, tokenizer_file(present)])


def fingerprint(package: Package) -> str:
    """Hash what decides a translation: SHA-256, in hexadecimal, over the names and bytes of `model_files`.

    Packages of the same content share it, whatever languages they say they are for; a README changes nothing.
    """
    digest = hashlib.sha256()
    for name in model_files(package):
        content = read(package, name)
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
