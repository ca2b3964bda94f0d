from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
import pytest
import translate_packages as packages
from hypothesis import given
from hypothesis import strategies as st

from normalize.engine import Hypothesis
from normalize.errors import OutputError, PackageError
from normalize.translate import CTranslate2Engine, Store, calibration, tuning
from normalize.translate.calibration import (
    COMPUTE_TYPES,
    Calibration,
    Machine,
    Measured,
    Run,
    Setting,
    calibrate,
    forget,
    keep,
    load,
)
from normalize.translate.model import Model
from normalize.translate.package import open_package
from normalize.translate.store import BUNDLED

MACHINE = Machine(processor="Abacus 4", cores=4, library="4.8")
SAMPLES = [f"kalimat nomor {number}" for number in range(12)]


class Workshop:
    """A fake machine: a clock that only translating moves, and engines of a given speed in each setting."""

    def __init__(
        self,
        seconds: Callable[[Setting], float],
        *,
        missing: frozenset[str] = frozenset(),
        unsteady: frozenset[str] = frozenset(),
    ) -> None:
        self.now = 100.0
        self.seconds = seconds
        self.missing = missing
        self.unsteady = unsteady
        self.started: list[Setting] = []

    def clock(self) -> float:
        return self.now

    def start(self, setting: Setting) -> Run | None:
        self.started.append(setting)
        if setting.compute_type in self.missing:
            return None

        def run(sources: Sequence[str]) -> list[tuple[str, float]]:
            self.now += self.seconds(setting) * len(sources) / len(SAMPLES)
            blur = len(sources) * 1e-6 if setting.compute_type in self.unsteady else 0.0
            return [(source.upper(), -0.5 - blur) for source in sources]

        return run

    def calibrate(self, types: Sequence[str] = COMPUTE_TYPES, *, seconds: float = 1e6) -> Calibration:
        return calibrate(
            self.start, SAMPLES, machine=MACHINE, fingerprint="f0", types=types, clock=self.clock, seconds=seconds
        )


def by(
    table: Mapping[str | int, float], of: Callable[[Setting], str | int], otherwise: float = 1.0
) -> Callable[[Setting], float]:
    return lambda setting: table.get(of(setting), otherwise)


def test_the_default_is_measured_first_and_kept_where_nothing_is_faster() -> None:
    found = Workshop(lambda _: 1.0).calibrate()
    assert found.setting == Setting(jobs=4) == found.measured[0].setting
    assert found.words_per_second == pytest.approx(sum(len(one.split()) for one in SAMPLES))


@pytest.mark.parametrize(("seconds", "chosen"), [(0.5, "int8_bfloat16"), (0.97, "int8"), (2.0, "int8")])
def test_a_compute_type_is_taken_if_it_is_clearly_faster(seconds: float, chosen: str) -> None:
    found = Workshop(by({"int8_bfloat16": seconds}, lambda one: one.compute_type)).calibrate()
    assert found.setting.compute_type == chosen


def test_a_type_whose_answers_depend_on_their_neighbours_is_not_taken_however_fast() -> None:
    shop = Workshop(by({"float32": 0.1}, lambda one: one.compute_type), unsteady=frozenset({"float32"}))
    found = shop.calibrate()
    assert found.setting.compute_type == "int8"
    assert [one.steady for one in found.measured if one.setting.compute_type == "float32"] == [False]


def test_threads_and_batches_are_tried_with_the_best_type() -> None:
    shop = Workshop(lambda one: 1.0 - 0.5 * (one.compute_type == "int16") - 0.1 * (one.threads == 2)
                    - 0.1 * (one.batch_tokens == 1024))
    assert shop.calibrate().setting == Setting(compute_type="int16", jobs=2, threads=2, batch_tokens=1024)


def test_types_the_processor_has_not_are_not_started_and_those_that_fail_are_passed_over() -> None:
    shop = Workshop(lambda _: 1.0, missing=frozenset({"int16"}))
    found = shop.calibrate(["int8", "int16", "int8_float32", "unheard of"])
    assert {one.compute_type for one in shop.started} == {"int8", "int16"}
    assert {one.setting.compute_type for one in found.measured} == {"int8"}


def test_when_time_is_up_nothing_more_is_tried_but_the_default_always() -> None:
    shop = Workshop(lambda _: 10.0)
    assert [one.setting for one in shop.calibrate(seconds=5.0).measured] == [Setting(jobs=4)]


def test_no_more_threads_are_tried_than_there_are_cores() -> None:
    shop = Workshop(lambda _: 1.0)
    alone = Machine(processor="Abacus 1", cores=1, library="4.8")
    calibrate(shop.start, SAMPLES, machine=alone, fingerprint="f0", types=["int8"], clock=shop.clock)
    assert {(one.jobs, one.threads) for one in shop.started} == {(1, 1)}


MADE = Calibration(machine=MACHINE, fingerprint="f0", setting=Setting(jobs=2, threads=2, batch_tokens=256),
                   words_per_second=1234.5, measured=(Measured(setting=Setting(jobs=4), words_per_second=1000.0),))


def test_what_was_measured_is_read_back_and_only_for_its_machine_and_package(tmp_path: Path) -> None:
    where = tmp_path / "not" / "there"
    assert load(where, MACHINE, "f0") == (None, "")
    keep(where, MADE)
    assert load(where, MACHINE, "f0") == (MADE, "")
    assert load(where, MACHINE, "f1") == (None, "")
    for change in ({"processor": "Abacus 5"}, {"cores": 8}, {"library": "4.9"}):
        assert load(where, msgspec.structs.replace(MACHINE, **change), "f0") == (None, "")
    assert forget(where, MACHINE, "f0") is True
    assert forget(where, MACHINE, "f0") is False
    assert list(where.iterdir()) == []


def plain(made: Calibration) -> dict[str, object]:
    data: dict[str, object] = json.loads(msgspec.json.encode(made))
    return data


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"null", b"[" * 100_000, b"\xff\xfe", b"{}",
        json.dumps({**plain(MADE), "setting": {"compute_type": "int4"}}).encode(),
        json.dumps({**plain(MADE), "setting": {"compute_type": "int8", "jobs": 10**9}}).encode(),
        json.dumps({**plain(MADE), "setting": {"compute_type": "int8", "batch_tokens": 0}}).encode(),
        json.dumps({**plain(MADE), "fingerprint": "f1"}).encode(),
        json.dumps({**plain(MADE), "format": 99}).encode(),
        json.dumps({**plain(MADE), "surprise": True}).encode(),
    ],
)  # fmt: skip
def test_a_corrupt_or_foreign_file_is_ignored_with_one_line(tmp_path: Path, content: bytes) -> None:
    file = keep(tmp_path, MADE)
    file.write_bytes(content)
    found, notice = load(tmp_path, MACHINE, "f0")
    assert found is None
    assert str(file) in notice
    assert "ignored" in notice
    assert "\n" not in notice


@given(st.binary(max_size=200))
def test_no_bytes_break_reading(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    where = tmp_path_factory.mktemp("bytes")
    keep(where, MADE).write_bytes(content)
    assert load(where, MACHINE, "f0")[0] is None


def test_a_file_that_is_a_folder_is_ignored_and_a_place_that_cannot_be_written_is_one_error(tmp_path: Path) -> None:
    file = keep(tmp_path, MADE)
    file.unlink()
    file.mkdir()
    found, notice = load(tmp_path, MACHINE, "f0")
    assert found is None
    assert "cannot be read" in notice
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        keep(tmp_path / "file" / "folder", MADE)


def test_the_folder_lies_in_the_users_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert str(calibration.folder()).startswith(str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert str(calibration.folder()).startswith(str(tmp_path / "home"))
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("setting", [Setting(jobs=1024, threads=1024), Setting(jobs=5), Setting(jobs=2, threads=3)])
def test_a_file_that_asks_for_more_threads_than_there_are_cores_is_ignored(tmp_path: Path, setting: Setting) -> None:
    keep(tmp_path, msgspec.structs.replace(MADE, setting=setting))
    found, notice = load(tmp_path, MADE.machine, MADE.fingerprint)
    assert found is None
    assert "ignored" in notice


def test_a_cache_named_by_a_relative_path_is_not_the_folder_one_works_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    assert str(calibration.folder()).startswith(str(tmp_path / "home"))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a file without end")
def test_a_file_without_end_is_ignored(tmp_path: Path) -> None:
    file = keep(tmp_path, MADE)
    file.unlink()
    file.symlink_to("/dev/zero")
    found, notice = load(tmp_path, MADE.machine, MADE.fingerprint)
    assert found is None
    assert "ignored" in notice


def test_a_user_without_a_home_has_no_calibrations(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(_: type[Path]) -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", classmethod(nowhere))
    assert calibration.folder() is None


def test_an_engine_runs_as_was_measured_and_says_so_only_if_the_compute_type_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibration, "cores", lambda: MACHINE.cores)
    plain_store, store = Store([], BUNDLED), Store([], BUNDLED, calibrations=tmp_path)
    [package] = store.choose("id", "en").packages
    default = plain_store.engine("id", "en").signature
    assert store.calibrated(package) is None
    content = store._model(package, None).fingerprint
    made = msgspec.structs.replace(MADE, machine=calibration.this_machine(), fingerprint=content)
    keep(tmp_path, made)
    assert store.calibrated(package) == made
    assert store._model(package, None).setting == made.setting
    assert store._model(package, 3).setting == Setting(jobs=3, batch_tokens=256)
    assert store.engine("id", "en").signature == default
    other = msgspec.structs.replace(made, setting=Setting(compute_type="float32"))
    keep(tmp_path, other)
    assert store.engine("id", "en").signature == default.replace("int8", "float32") != default
    assert store.notices == []


def test_a_type_that_does_not_run_here_and_a_broken_file_are_ignored_with_a_notice_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ctranslate2

    monkeypatch.setattr(ctranslate2, "get_supported_compute_types", lambda _device: {"int8", "float32"})
    store = Store([], BUNDLED, calibrations=tmp_path)
    [package] = store.choose("id", "en").packages
    content = store._model(package, None).fingerprint
    made = msgspec.structs.replace(MADE, machine=calibration.this_machine(), fingerprint=content)
    file = keep(tmp_path, msgspec.structs.replace(made, setting=Setting(compute_type="int8_bfloat16")))
    for _ in range(2):
        assert store.engine("id", "en").signature == Store([], BUNDLED).engine("id", "en").signature
    assert len(store.notices) == 1
    assert "int8_bfloat16" in store.notices[0]
    file.write_bytes(b"junk")
    store.engine("id", "en")
    assert len(store.notices) == 2


def test_a_store_that_was_not_opened_for_a_user_looks_at_no_calibration() -> None:
    store = Store([], BUNDLED)
    [package] = store.choose("fr", "en").packages
    assert store.calibrated(package) is None
    assert store.forget_calibration(package) is False


@pytest.mark.parametrize("language", ["id", "fr"])
def test_samples_are_many_different_sentences_of_few_lengths(tmp_path: Path, language: str) -> None:
    found = open_package(packages.folder(tmp_path, language, "en"))
    assert found is not None
    texts = tuning.samples(found, frozenset())
    assert len(set(texts)) == len(texts) >= 30
    assert len({len(text.split()) for text in texts}) <= 2


def test_samples_of_other_languages_are_rows_of_their_vocabulary(tmp_path: Path) -> None:
    found = open_package(packages.folder(tmp_path, "sw", "en"))
    assert found is not None
    texts = tuning.samples(found, frozenset({"▁habari", "▁asubuhi", "▁mtu", ",", "▁A", "3"}))
    assert {word for text in texts for word in text.split()} == {"habari", "asubuhi", "mtu"}
    assert tuning.samples(found, frozenset())[0]


@pytest.mark.parametrize(("language", "alphabet"), [("ar", "ابتثجحخد"), ("zh", "的一是不了在人有"), ("hi", "कखगघचछजझ")])
def test_a_script_without_capitals_gives_different_sentences_too(tmp_path: Path, language: str, alphabet: str) -> None:
    found = open_package(packages.folder(tmp_path, language, "en"))
    assert found is not None
    pieces = frozenset(f"▁{one}{other}" for one in alphabet for other in alphabet)
    assert len(set(tuning.samples(found, pieces))) > 10


def test_a_type_the_model_fails_in_while_translating_is_passed_over_and_the_default_is_one_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing: set[str] = {"float32"}

    class Engine:
        """Loads in any type, and fails in some."""

        def __init__(self, _: object, model: Model) -> None:
            self.type = model.setting.compute_type

        def translate(self, sources: Sequence[str]) -> list[tuple[Hypothesis]]:
            if self.type in failing:
                message = "No GEMM backend"
                raise RuntimeError(message)
            return [(Hypothesis(target=source, score=0.0),) for source in sources]

    monkeypatch.setattr(tuning, "CTranslate2Engine", Engine)
    package = open_package(packages.folder(tmp_path, "fr", "en"))
    assert package is not None
    found = tuning.measure(package, "f0")
    assert found.setting.compute_type != "float32"
    assert "float32" not in {one.setting.compute_type for one in found.measured}
    failing.add("int8")
    with pytest.raises(PackageError, match="No GEMM backend"):
        tuning.measure(package, "f0")


def test_a_broken_package_is_not_measured(tmp_path: Path) -> None:
    packages.folder(tmp_path, "sw", "en")
    store = Store([tmp_path], None, calibrations=tmp_path / "calibrations")
    with pytest.raises(PackageError):
        store.calibrate(store.packages()[0])
    assert not (tmp_path / "calibrations").exists()


@pytest.mark.model
def test_a_bundled_package_is_measured_and_its_threads_change_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tuning, "_TIMES", (2, 1))
    [package] = Store([], BUNDLED).choose("fr", "en").packages
    found = tuning.measure(package, "f0", seconds=0.0)
    assert [one.steady for one in found.measured] == [True]
    assert found.words_per_second > 0
    answers = []
    for setting in (Setting(), Setting(jobs=2, threads=2, batch_tokens=16)):
        engine = CTranslate2Engine(package, Model(package, fingerprint="f0", setting=setting))
        answers.append(engine.translate(tuning.samples(package, frozenset())))
    assert answers[0] == answers[1]
