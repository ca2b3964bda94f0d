"""How a package runs fastest on this machine: measured once in a few seconds, and kept in the user's cache.

A setting never decides what a translation is, but for the compute type, which stands in the engine's signature. Types
whose answers depend on their neighbours in a batch are not chosen.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import platform
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from normalize.translate import cached

__all__ = [
    "COMPUTE_TYPES", "DEFAULT_TYPE", "SECONDS", "Calibration", "Machine", "Measured", "Setting", "calibrate", "cores",
    "folder", "forget", "keep", "load", "this_machine",
]  # fmt: skip

DEFAULT_TYPE = "int8"
COMPUTE_TYPES = (DEFAULT_TYPE, "int8_bfloat16", "int8_float16", "int16", "bfloat16", "float16", "float32")
"""CTranslate2's, the default first. `int8_float32` is what it calls `int8` on a processor."""

BATCH_TOKENS = 512
"""Size of a batch in source tokens where nothing was measured."""

SECONDS = 5.0
"""After which nothing more is tried."""

_BATCHES = (256, 1024)
_HOPELESS = 0.8  # of the best's speed, in the first run, and there is no second
_APART = 6  # one in so many samples is translated alone, too
_WON = 1.03  # times as many words a second that a setting must translate to be taken
_WON_TYPE = 1.06  # the same for a compute type, which changes the signature, and so what memories are good for
_LARGEST = 1 << 20  # bytes of a file; what we write is a thousandth of it
_FORMAT = 1
_SUFFIX = ".json"

_Count = Annotated[int, msgspec.Meta(ge=1, le=1024)]
_Speed = Annotated[float, msgspec.Meta(ge=0, le=1e9)]


class Setting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a model is run."""

    compute_type: str = DEFAULT_TYPE
    jobs: _Count = 1
    """Translations side by side (CTranslate2's `inter_threads`)."""
    threads: _Count = 1
    """Threads of each (`intra_threads`)."""
    batch_tokens: Annotated[int, msgspec.Meta(ge=1, le=65_536)] = BATCH_TOKENS

    def __str__(self) -> str:
        return f"{self.compute_type}, {self.jobs} × {self.threads} threads, {self.batch_tokens} tokens a batch"


class Machine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a measurement holds for."""

    processor: str
    cores: int
    library: str
    """CTranslate2's version."""


class Measured(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A setting that was tried."""

    setting: Setting
    words_per_second: _Speed
    steady: bool = True
    """Whether each sentence's answer was the same alone and among others; if not, the setting cannot be taken."""


class Calibration(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was measured for a package on a machine, and what was chosen."""

    format: int = _FORMAT
    machine: Machine
    fingerprint: str
    """The package's; see `package.fingerprint`."""
    setting: Setting
    words_per_second: _Speed
    measured: tuple[Measured, ...] = ()
    """The default first, then in the order they were tried."""

    def __str__(self) -> str:
        return f"{self.setting}: {self.words_per_second:,.0f} words/s"


Answers = Sequence[tuple[str, float]]
"""A text and its score for each source."""

Run = Callable[[Sequence[str]], Answers]
"""Translates in one setting."""


def cores() -> int:
    """Count the processor's cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def this_machine() -> Machine:
    """Say what this machine is."""
    return Machine(processor=_processor(), cores=cores(), library=importlib.metadata.version("ctranslate2"))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()


def folder() -> Path | None:
    """Give the folder measurements are kept in: `normalize/calibration` in the user's cache. It need not be there.

    None for a user without a home.
    """
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not Path(base).is_absolute():  # the specification wants it ignored: it would lie wherever one works
        base = ""
    if not base and sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    try:
        place = Path(base) if base else Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache")
    except RuntimeError:
        return None
    return place / "normalize" / "calibration"


def _file(where: Path, machine: Machine, fingerprint: str) -> Path:
    key = msgspec.json.encode((machine, fingerprint))
    return where / f"{hashlib.sha256(key).hexdigest()[:16]}{_SUFFIX}"


def load(where: Path, machine: Machine, fingerprint: str) -> tuple[Calibration | None, str]:
    """Read what was measured for a package on this machine; None where nothing was, or the file is not to be trusted.

    The text says, in the second case, why.
    """
    file = _file(where, machine, fingerprint)
    try:
        kept = cached.read(file, Calibration, most=_LARGEST)
    except FileNotFoundError:
        return None, ""
    except OSError as error:
        return None, f"{file}: the calibration cannot be read ({error.strerror}) and is ignored"
    except cached.UNREADABLE:
        return None, f"{file}: is no calibration, and is ignored; `normalize models calibrate` makes a new one"
    setting = kept.setting
    known = kept.format == _FORMAT and setting.compute_type in COMPUTE_TYPES
    # More threads than cores were never measured; so many as a broken file may ask for could take all memory.
    known = known and setting.jobs * setting.threads <= machine.cores
    if not known or (kept.machine, kept.fingerprint) != (machine, fingerprint):
        return None, f"{file}: the calibration is of another machine, and is ignored; run `normalize models calibrate`"
    return kept, ""


def keep(where: Path, calibration: Calibration) -> Path:
    """Write what was measured, whole or not at all; OutputError when that is not allowed."""
    file = _file(where, calibration.machine, calibration.fingerprint)
    cached.write(file, calibration, what="the calibration", otherwise="translating goes on with the default")
    return file


def forget(where: Path, machine: Machine, fingerprint: str) -> bool:
    """Take away what was measured for a package; say whether there was anything."""
    return cached.remove(_file(where, machine, fingerprint), what="the calibration")


def calibrate(  # noqa: PLR0913 - what is measured, where, and by which clock
    start: Callable[[Setting], Run | None],
    samples: Sequence[str],
    *,
    machine: Machine,
    fingerprint: str,
    types: Iterable[str],
    clock: Callable[[], float],
    seconds: float = SECONDS,
) -> Calibration:
    """Try compute types, then threads, then sizes of batches, each with the best found before.

    `start` loads the model in a setting and gives what translates in it, or None where that cannot be. What has not
    been tried when `seconds` have passed by `clock` is not taken; the default is always measured.
    """
    end = clock() + seconds
    trial = _Trial(start, samples, clock)
    plain = Setting(jobs=machine.cores)
    best = trial.measure(plain) or Measured(setting=plain, words_per_second=0.0)
    measured = [best]
    known = frozenset(types)
    for stage in (lambda at: _by_type(at, known), lambda at: _by_threads(at, machine.cores), _by_batch):
        for setting in stage(best.setting):
            one = trial.measure(setting, best.words_per_second) if clock() < end else None
            if one is not None:
                measured.append(one)
                best = one if _wins(one, best) else best
    return Calibration(
        machine=machine, fingerprint=fingerprint, setting=best.setting, words_per_second=best.words_per_second,
        measured=tuple(measured),
    )  # fmt: skip


class _Trial:
    """Measures settings on the same samples, one after another."""

    def __init__(
        self, start: Callable[[Setting], Run | None], samples: Sequence[str], clock: Callable[[], float]
    ) -> None:
        self._start = start
        self._samples = samples
        self._clock = clock
        self._words = sum(len(sample.split()) for sample in samples)
        self._alone: dict[str, list[tuple[str, float]]] = {}
        """By compute type, the answers to some samples, each asked for alone."""

    def measure(self, setting: Setting, best: float = 0.0) -> Measured | None:
        """Translate the samples twice, or once if that is much slower than the best; None where it cannot be run."""
        run = self._start(setting)
        if run is None:
            return None
        name = setting.compute_type
        if name in self._alone:
            run(self._samples[:1])  # warms up
        else:
            self._alone[name] = [run([sample])[0] for sample in self._samples[::_APART]]
        fastest, steady = 0.0, True
        for again in (False, True):
            if again and (fastest < _HOPELESS * best or not steady):
                break
            before = self._clock()
            answers = run(self._samples)
            fastest = max(fastest, self._words / max(1e-6, self._clock() - before))
            steady = steady and list(answers[::_APART]) == self._alone[name]
        return Measured(setting=setting, words_per_second=fastest, steady=steady)


def _wins(one: Measured, best: Measured) -> bool:
    """Whether a setting is so much faster than the best that it is worth taking, and may be."""
    margin = _WON if one.setting.compute_type == best.setting.compute_type else _WON_TYPE
    return one.steady and one.words_per_second > margin * best.words_per_second


def _by_type(setting: Setting, known: Collection[str]) -> Iterator[Setting]:
    for name in COMPUTE_TYPES:
        if name in known and name != setting.compute_type:
            yield msgspec.structs.replace(setting, compute_type=name)


def _by_threads(setting: Setting, count: int) -> Iterator[Setting]:
    """Divide the cores otherwise: fewer jobs of more threads."""
    for threads in sorted({2, count} - {1}):
        if threads <= count:
            yield msgspec.structs.replace(setting, jobs=max(1, count // threads), threads=threads)


def _by_batch(setting: Setting) -> Iterator[Setting]:
    for size in _BATCHES:
        yield msgspec.structs.replace(setting, batch_tokens=size)
