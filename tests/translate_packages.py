"""Packages for the tests of translate/: sound, broken and hostile ones."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from normalize.translate import CTranslate2Engine, Store
from normalize.translate.package import open_package
from normalize.translate.store import BUNDLED

BUNDLED_ID, BUNDLED_FR = (next(BUNDLED.glob(f"translate-{code}_en-*.argosmodel")) for code in ("id", "fr"))
VERSION = BUNDLED_ID.stem.rpartition("-")[2].replace("_", ".")
ID, FR = f"translate-id_en-{VERSION}", f"translate-fr_en-{VERSION}"
"""What the bundled packages are called."""
ID_FOLDER = BUNDLED_ID.stem
"""Where the Indonesian one would be installed."""


def metadata(source: str = "id", target: str = "en", version: str = "1.0", **more: object) -> bytes:
    return json.dumps({"from_code": source, "to_code": target, "package_version": version, **more}).encode()


def hollow(source: str = "id", target: str = "en", version: str = "1.0") -> dict[str, bytes]:
    """The files of a package that looks right and cannot translate."""
    return {
        "metadata.json": metadata(source, target, version),
        "model/model.bin": b"",
        "model/shared_vocabulary.json": b"[]",
        "sentencepiece.model": b"",
    }


def folder(store: Path, source: str, target: str, version: str = "1.0") -> Path:
    """Put a hollow package into a store, as Argos Translate would."""
    top = store / f"translate-{source}_{target}-{version.replace('.', '_')}"
    for name, content in hollow(source, target, version).items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return top


def archive(
    path: Path, files: Mapping[str, bytes] | Iterable[tuple[str, bytes]], top: str = "translate-id_en/"
) -> Path:
    """Write a zip of any names, plausible or not."""
    pairs = files.items() if isinstance(files, Mapping) else files
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in pairs:
            out.writestr(top + name, content)
    return path


def variant(path: Path, changes: Mapping[str, bytes], original: Path = BUNDLED_ID) -> Path:
    """Write a copy of a bundled package with some files changed or added."""
    with zipfile.ZipFile(original) as archive_in, zipfile.ZipFile(path, "w") as out:
        top = archive_in.namelist()[0].partition("/")[0]
        files = {name.partition("/")[2]: archive_in.read(name) for name in archive_in.namelist()}
        for name, content in (files | dict(changes)).items():
            out.writestr(f"{top}/{name}", content)
    return path


def opened(path: Path) -> CTranslate2Engine:
    """Give the engine of the package in a file."""
    store = Store([], path.parent / "none")
    package = open_package(path)
    assert package is not None
    return CTranslate2Engine(package, store._model(package, 1))
