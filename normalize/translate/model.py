"""A package's model and tokenizer in memory: loaded on first use, and shared by engines of the same content."""

from __future__ import annotations

import contextlib
import functools
import json
import struct
import threading
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from normalize.errors import PackageError
from normalize.translate import lexicon
from normalize.translate import package as packages
from normalize.translate.calibration import Setting
from normalize.translate.package import Package
from normalize.translate.tokens import Tokenizer, tokenizer

if TYPE_CHECKING:
    from normalize.translate.ranking import Ranking

__all__ = ["Model", "positions"]

MOST_POSITIONS = 512
"""Limit of a model that says none: what sinusoidal tables are made for at the least (CTranslate2's own is 500)."""

_TABLES = (b"encoder/position_encodings/encodings\0", b"decoder/position_encodings/encodings\0")
_LOADING_FAILS = (RuntimeError, ValueError, IndexError, MemoryError)
"""What CTranslate2 raises for a model cut off or changed at random (36 of 36 tried)."""


class Model:
    """The weights and tokenizer of one package, and how they are run. Safe in several threads.

    CTranslate2 recommends `inter_threads` (jobs) over `intra_threads` where volume counts.
    """

    def __init__(self, package: Package, *, fingerprint: str, setting: Setting | None = None) -> None:
        self.package = package
        self.fingerprint = fingerprint
        self.setting = setting or Setting()
        self._lock = threading.RLock()

    @functools.cached_property
    def tokenizer_file(self) -> str:
        """The name of the tokenizer's file, which says its kind."""
        return packages.tokenizer_file(self._names)

    @functools.cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer; PackageError when it cannot be loaded."""
        name = self.tokenizer_file
        metadata = self.package.metadata
        with self._named():
            return tokenizer(name, packages.read(self.package, name), metadata.from_code, metadata.to_code)

    @contextlib.contextmanager
    def _named(self) -> Iterator[None]:
        """Let a PackageError name the package."""
        try:
            yield
        except PackageError as error:
            raise PackageError(error.what, path=self.package.location, advice=error.advice) from error

    @functools.cached_property
    def lexicon(self) -> Mapping[str, str]:
        """The words the model reads in translation; PackageError when the package's file is none."""
        if lexicon.FILE not in self._names:
            return lexicon.NONE
        with self._named():
            return lexicon.read_lexicon(packages.read(self.package, lexicon.FILE))

    @functools.cached_property
    def ranking(self) -> Ranking | None:
        """What its answers are ranked by beside their scores; PackageError when the package's files are none."""
        if not self._names.issuperset(packages.RANKING):
            return None
        from normalize.translate.ranking import read_ranking  # noqa: PLC0415 - numpy, which CTranslate2 imports too

        with self._named():
            table, weights = (packages.read(self.package, name) for name in packages.RANKING)
            return read_ranking(table, weights)

    @functools.cached_property
    def vocabulary(self) -> frozenset[str]:
        """The pieces the model can answer with."""
        name = packages.vocabulary_file(self._names)
        return frozenset(_vocabulary(PurePosixPath(name).suffix, packages.read(self.package, name), self.package))

    @functools.cached_property
    def has_bytes(self) -> bool:
        """Whether the vocabulary spells characters it does not know in bytes, so that no piece is unknown."""
        return "<0x00>" in self.vocabulary

    @functools.cached_property
    def _names(self) -> frozenset[str]:
        return packages.names(self.package.location)

    @property
    def positions(self) -> int:
        """How many tokens the model can read or write, the end included."""
        return self._loaded[1]

    @property
    def translator(self) -> Any:  # noqa: ANN401 - CTranslate2 has no types
        """The `ctranslate2.Translator`; PackageError when it cannot be loaded."""
        return self._loaded[0]

    @property
    def _loaded(self) -> tuple[Any, int]:
        with self._lock:
            return self._load

    @functools.cached_property
    def _load(self) -> tuple[Any, int]:
        import ctranslate2  # noqa: PLC0415 - native library, loaded when a model is

        files = {
            name.removeprefix("model/"): packages.read(self.package, name)
            for name in sorted(self._names)
            if name.startswith("model/")
        }
        try:
            translator = ctranslate2.Translator(
                str(self.package.location),
                device="cpu",
                compute_type=self.setting.compute_type,
                inter_threads=self.setting.jobs,
                intra_threads=self.setting.threads,
                max_queued_batches=-1,  # else queueing more than a few batches waits where Ctrl-C is not heard
                files=files,
            )
        except _LOADING_FAILS as error:
            raise PackageError(f"the model cannot be loaded ({error})", path=self.package.location) from error
        return translator, positions(files["model.bin"])


def positions(model: bytes) -> int:
    r"""Read from a CTranslate2 model how many positions its tables have; `MOST_POSITIONS` when it has none or more.

    A variable is its name, ended by NUL, then the number of its dimensions (a byte) and each dimension (four bytes,
    little endian); CTranslate2 fails in the middle of a translation that passes the end of the table.

    >>> positions(b"decoder/position_encodings/encodings\0" + b"\2" + struct.pack("<II", 256, 64))
    256
    """
    found = [MOST_POSITIONS]
    for name in _TABLES:
        start = model.find(name) + len(name)
        if start >= len(name) and len(model) >= start + 5 and model[start] == 2:
            found.append(struct.unpack_from("<I", model, start + 1)[0])
    return min(found)


def _vocabulary(suffix: str, content: bytes, package: Package) -> list[str]:
    """Read the model's list of pieces: a JSON array, or in older packages one piece a line."""
    try:
        pieces = json.loads(content) if suffix == ".json" else content.decode().split("\n")
    except ValueError as error:
        raise PackageError(f"the vocabulary cannot be read ({error})", path=package.location) from error
    if not isinstance(pieces, list) or not all(isinstance(piece, str) for piece in pieces):
        raise PackageError("the vocabulary is not a list of pieces", path=package.location)
    return pieces
