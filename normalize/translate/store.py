"""The store of packages: those installed with Argos Translate, then those bundled with `normalize`."""

from __future__ import annotations

import dataclasses
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path

from normalize.engine import Engine
from normalize.errors import LanguageError, PackageError
from normalize.language import canonical, to_argos
from normalize.language import name as language_name
from normalize.translate import calibration, index, installing
from normalize.translate.argos import INDEX, places
from normalize.translate.calibration import DEFAULT_TYPE, Calibration, Setting
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
        self,
        folders: Sequence[Path],
        bundled: Path | None = BUNDLED,
        *,
        index_address: str = INDEX,
        problem: str = "",
        calibrations: Path | None = None,
    ) -> None:
        self.folders = tuple(folders)
        self.index_address = index_address
        self.problem = problem
        """Why Argos Translate's own folders are not looked at, if so."""
        self.notices: list[str] = []
        """What a user should know of, once engines are made: calibrations that are ignored, one line each."""
        self._bundled = bundled
        self._calibrations = calibrations
        """Where measurements of this machine are kept; None to run all packages in the default setting."""
        self._measured: dict[str, Calibration] = {}
        self._models: dict[tuple[str, Setting, str], Model] = {}
        self._lock = threading.Lock()

    @classmethod
    def open(cls) -> Store:
        """Open the store of this user: Argos Translate's folders (which it creates) and the bundled packages."""
        found = places()
        return cls(
            found.folders, index_address=found.index, problem=found.problem, calibrations=calibration.folder()
        )

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
        """Make the engine for a language pair; `jobs` translations run side by side.

        Without `jobs` each package runs as was measured to be fastest here, else with a job for each core.
        LanguageError as for `choose`, PackageError when a package cannot be read.
        """
        engines: list[Engine] = [
            CTranslate2Engine(package, self._model(package, jobs), beam=beam)
            for package in self.choose(source_language, target_language).packages
        ]
        engine = engines.pop()
        while engines:
            engine = PivotEngine(engines.pop(), engine)
        return engine

    def engine_of(self, package: Package, *, beam: int = BEAM, jobs: int | None = None) -> Engine:
        """Make the engine of this very package, whichever is preferred for its pair; PackageError as for `engine`."""
        _content(package)
        return CTranslate2Engine(package, self._model(package, jobs), beam=beam)

    def back(self, source_language: str, target_language: str, *, jobs: int | None = None) -> Engine | None:
        """Make the engine of the other direction, for scoring; None where no package is for that very pair."""
        try:
            packages = self.choose(target_language, source_language).packages
        except LanguageError:
            return None
        return self.engine_of(packages[0], jobs=jobs) if len(packages) == 1 else None

    @property
    def cache(self) -> Path | None:
        """Where what was measured and tried of packages is kept; None for nowhere."""
        return self._calibrations

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
        chosen = {package.location: package for name in names for package in self.named(name)}
        return [
            Verdict(package=package, problem=installing.verify(package))
            for package in (chosen.values() or self.packages())
        ]

    def named(self, name: str) -> list[Package]:
        """Give the packages called `name`, as `remove` takes it; PackageError when there is none."""
        matching = self._named(name)
        if not matching:
            raise PackageError("is not installed", path=name, advice="see `normalize models list`")
        return matching

    def _named(self, name: str) -> list[Package]:
        return [package for package in self.packages() if name in _names(package)]

    def _first_folder(self) -> Path:
        if not self.folders:
            raise PackageError(
                "there is no folder to install packages in", advice=self.problem or "set ARGOS_PACKAGES_DIR to one"
            )
        return self.folders[0]

    def calibrate(self, package: Package) -> Calibration:
        """Measure how a package runs fastest on this machine, and keep it; takes a few seconds.

        Packages of the same content are measured once.
        PackageError when it does not run, OutputError when the measurement cannot be kept.
        """
        from normalize.translate import tuning  # noqa: PLC0415 - only for this

        content = _content(package)
        if content not in self._measured:
            self._measured[content] = tuning.measure(package, content)
        if self._calibrations is not None:
            calibration.keep(self._calibrations, self._measured[content])
        return self._measured[content]

    def calibrated(self, package: Package) -> Calibration | None:
        """Give what was measured of a package on this machine, if it was; `notices` says what is ignored, and why.

        PackageError when the package cannot be read.
        """
        return self._kept(_content(package))

    def forget_calibration(self, package: Package) -> bool:
        """Let a package run in the default setting again; say whether it did not before.

        PackageError when the package cannot be read, OutputError when the measurement cannot be taken away.
        """
        where, content = self._calibrations, _content(package)
        return where is not None and calibration.forget(where, calibration.this_machine(), content)

    def _kept(self, content: str) -> Calibration | None:
        if self._calibrations is None:
            return None
        kept, notice = calibration.load(self._calibrations, calibration.this_machine(), content)
        runs = kept is None or _can_run(kept.setting)
        if kept is not None and not runs:
            notice = f"the calibration wants {kept.setting.compute_type}, which does not run here, and is ignored"
        if notice and notice not in self.notices:
            self.notices.append(notice)
        return kept if runs else None

    def _model(self, package: Package, jobs: int | None) -> Model:
        """Give the model of a package, shared with packages of the same content."""
        content = fingerprint(package)
        kept = self._kept(content)
        setting = kept.setting if kept else Setting(jobs=calibration.cores())
        if jobs:
            setting = Setting(compute_type=setting.compute_type, jobs=jobs, batch_tokens=setting.batch_tokens)
        model = Model(package, fingerprint=content, setting=setting)
        # Moses, which BPE packages use, has rules for each language; SentencePiece has none.
        languages = package.metadata.stem if model.tokenizer_file == "bpe.model" else ""
        with self._lock:
            return self._models.setdefault((content, setting, languages), model)

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


def _content(package: Package) -> str:
    """Give the fingerprint of a package; PackageError for a broken one, which may lack the files it is made of."""
    if package.problem:
        raise PackageError(f"is broken: {package.problem}", path=package.location)
    return fingerprint(package)


def _can_run(setting: Setting) -> bool:
    """Whether CTranslate2 has the compute type here; it has the default everywhere, and is not loaded for it."""
    if setting.compute_type == DEFAULT_TYPE:
        return True
    import ctranslate2  # noqa: PLC0415 - native library, loaded when a model is

    return setting.compute_type in ctranslate2.get_supported_compute_types("cpu")
