"""The store of packages: those installed with Argos Translate, then those bundled with `normalize`."""

from __future__ import annotations

import dataclasses
import os
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path

from normalize.engine import Engine
from normalize.errors import LanguageError, PackageError
from normalize.language import canonical, to_argos
from normalize.language import name as language_name
from normalize.translate import index, installing
from normalize.translate.argos import INDEX, places
from normalize.translate.ctranslate2_engine import BEAM, CTranslate2Engine
from normalize.translate.index import Progress
from normalize.translate.model import Model
from normalize.translate.package import Package, fingerprint, open_package
from normalize.translate.pivot import PivotEngine

__all__ = ["BUNDLED", "Route", "Store", "Verdict"]

BUNDLED = Path(__file__).parent.parent / "models"
"""The packages that come with `normalize`, read in place."""

_SUFFIX = ".argosmodel"
_PIVOT = "en"
"""Argos's code of the language most packages translate from or to: pivots go over it when they can."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The packages that lead from one language to another, in order: one, or more when it pivots."""

    packages: tuple[Package, ...]
    reason: str
    """Why these and no others."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What trying a package showed."""

    package: Package
    problem: str = ""


class Store:
    """Packages by language pair. Looking at them loads no model; an engine loads its own on first use.

    Models are kept as long as the store, and those of the same content are loaded once.
    """

    def __init__(
        self, folders: Sequence[Path], bundled: Path | None = BUNDLED, *, index_address: str = INDEX, problem: str = ""
    ) -> None:
        self.folders = tuple(folders)
        self.index_address = index_address
        self.problem = problem
        """Why Argos Translate's own folders are not looked at, if so."""
        self._bundled = bundled
        self._models: dict[tuple[str, int, str], Model] = {}
        self._lock = threading.Lock()

    @classmethod
    def open(cls) -> Store:
        """Open the store of this user: Argos Translate's folders (which it creates) and the bundled packages."""
        found = places()
        return cls(found.folders, index_address=found.index, problem=found.problem)

    def packages(self) -> list[Package]:
        """List the translation packages, broken ones too: installed, then bundled, each by name."""
        installed = [path for folder in self.folders for path in _entries(folder) if path.is_dir()]
        bundled = [path for path in _entries(self._bundled) if path.suffix == _SUFFIX] if self._bundled else []
        found = [open_package(path) for path in installed] + [open_package(path, bundled=True) for path in bundled]
        return [package for package in found if package is not None]

    def choose(self, source_language: str, target_language: str) -> Route:
        """Choose the packages from one language to another.

        A package for the pair itself comes first, then a pivot over English, then the shortest way over any languages.
        For each step an installed package is preferred to a bundled one, then the newest. LanguageError when there is
        no way; its advice is the command that installs one. UsageError for a tag that names no language.
        """
        source, target = canonical(source_language), canonical(target_language)
        usable: dict[tuple[str, str], list[Package]] = {}
        for package in self.packages():
            if not package.problem:
                usable.setdefault((to_argos(package.source), to_argos(package.target)), []).append(package)
        for start in _codes(source):
            for end in _codes(target):
                way = _way(start, end, usable.keys()) if start != end else []
                if way:
                    chosen = tuple(max(usable[step], key=_preference) for step in way)
                    return Route(packages=chosen, reason=_reason(chosen, [usable[step] for step in way]))
        raise self._no_way(source, target)

    def engine(
        self, source_language: str, target_language: str, *, beam: int = BEAM, jobs: int | None = None
    ) -> Engine:
        """Make the engine for a language pair; `jobs` translations run side by side (default: one for each core).

        LanguageError as for `choose`, PackageError when a package cannot be read.
        """
        engines: list[Engine] = [
            CTranslate2Engine(package, self._model(package, jobs or _cores()), beam=beam)
            for package in self.choose(source_language, target_language).packages
        ]
        engine = engines.pop()
        while engines:
            engine = PivotEngine(engines.pop(), engine)
        return engine

    def install(self, path: Path) -> Package:
        """Install an `.argosmodel` file; PackageError when it is not sound, OutputError when it cannot be written."""
        return installing.install(path, self._first_folder())

    def install_language(self, wanted: str, *, target: str = "en", progress: Progress | None = None) -> Package:
        """Fetch a package from the Argos index and install it; the only method that asks the network.

        `wanted` is a language (`id`), a pair (`id-en`, `id_en`) or Argos's name for one (`translate-id_en`).
        """
        offered = index.find(index.fetch(self.index_address), wanted, target=target)
        folder = self._first_folder()
        with installing.writing(folder), installing.scratch(folder) as work:
            path = work / f"{offered.folder}{_SUFFIX}"
            index.download(offered, path, progress)
            return installing.install(path, folder)

    def remove(self, name: str) -> list[Package]:
        """Remove the installed packages called `name` (`translate-id_en-1.9`, `translate-id_en`, `id_en`, `id-en`).

        PackageError when there is none, or only a bundled one.
        """
        matching = self._named(name)
        installed = [package for package in matching if not package.bundled]
        if not installed:
            what = "is bundled with normalize and stays" if matching else "is not installed"
            raise PackageError(what, path=name, advice="see `normalize models list`")
        for package in installed:
            installing.remove(package)
        return installed

    def verify(self, names: Iterable[str] = ()) -> list[Verdict]:
        """Try packages, by default all: compare with the hashes recorded at install, load, translate a sentence.

        PackageError when a name fits no package.
        """
        chosen: dict[Path, Package] = {}
        for name in names:
            matching = self._named(name)
            if not matching:
                raise PackageError("is not installed", path=name, advice="see `normalize models list`")
            chosen.update((package.location, package) for package in matching)
        return [
            Verdict(package=package, problem=installing.verify(package))
            for package in (chosen.values() or self.packages())
        ]

    def _named(self, name: str) -> list[Package]:
        return [package for package in self.packages() if name in _names(package)]

    def _first_folder(self) -> Path:
        if not self.folders:
            raise PackageError(
                "there is no folder to install packages in", advice=self.problem or "set ARGOS_PACKAGES_DIR to one"
            )
        return self.folders[0]

    def _model(self, package: Package, jobs: int) -> Model:
        """Give the model of a package, shared with packages of the same content."""
        model = Model(package, fingerprint=fingerprint(package), jobs=jobs)
        # Moses, which BPE packages use, has rules for each language; SentencePiece has none.
        languages = package.metadata.stem if model.tokenizer_file == "bpe.model" else ""
        with self._lock:
            return self._models.setdefault((model.fingerprint, jobs, languages), model)

    def _no_way(self, source: str, target: str) -> LanguageError:
        """Make the error for a pair without a package."""
        broken = [one.name for one in self.packages() if one.problem and (one.source, one.target) == (source, target)]
        wanted = to_argos(source) if target == "en" else f"{to_argos(source)}-{to_argos(target)}"
        return LanguageError(
            f"no package translates from {language_name(source)} to {language_name(target)}"
            + (f" ({broken[0]} is broken)" if broken else ""),
            advice=f"run `normalize models install {wanted}` (needs the network), or give it an .argosmodel file",
        )


def _entries(folder: Path) -> list[Path]:
    """List a folder's entries but hidden ones, sorted; a folder that cannot be read has none."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []


def _codes(tag: str) -> list[str]:
    """Give Argos's codes a tag can be served by, the nearest first: `pt-BR` by `pb`, then `pt`."""
    return list(dict.fromkeys((to_argos(tag), tag.partition("-")[0])))


def _way(start: str, end: str, steps: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Find the shortest way in steps between languages, over English before others, then by code."""
    onward: dict[str, list[str]] = {}
    for source, target in sorted(steps, key=lambda step: (step[1] != _PIVOT, step)):
        onward.setdefault(source, []).append(target)
    came: dict[str, str] = {start: ""}
    waiting = deque([start])
    while waiting and end not in came:
        here = waiting.popleft()
        for there in onward.get(here, ()):
            if there not in came:
                came[there] = here
                waiting.append(there)
    way: list[tuple[str, str]] = []
    while came.get(end):
        way.insert(0, (came[end], end))
        end = came[end]
    return way


def _preference(package: Package) -> tuple[bool, tuple[int, ...], str]:
    return not package.bundled, package.metadata.order, package.location.name


def _reason(chosen: Sequence[Package], offered: Sequence[Sequence[Package]]) -> str:
    """Say why `chosen` are used, of what each step `offered`."""
    if len(chosen) > 1:
        return f"no package for the pair itself: over {', '.join(language_name(one.target) for one in chosen[:-1])}"
    package, others = chosen[0], len(offered[0]) - 1
    if package.bundled:
        return "bundled, nothing installed"
    over = "bundled" if all(one.bundled for one in offered[0] if one is not package) else "older"
    return f"installed, preferred to the {over} one" if others else "installed"


def _names(package: Package) -> set[str]:
    """Give what a user may call a package."""
    metadata = package.metadata
    pair = (f"{metadata.from_code}_{metadata.to_code}", f"{metadata.from_code}-{metadata.to_code}")
    named = {package.name, package.location.name, package.location.stem}
    return named if not metadata.from_code else {*named, metadata.stem, *pair}


def _cores() -> int:
    """Count the processor's cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
