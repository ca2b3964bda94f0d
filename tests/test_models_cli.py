from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import translate_packages as packages

from normalize.cli import main
from normalize.enforce import carriers
from normalize.engine import Engine
from normalize.errors import PackageError
from normalize.translate import Package, calibration, installing, store, tuning
from normalize.translate.argos import Places
from normalize.translate.calibration import Calibration, Measured, Setting


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the test's own instead of the user's."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(calibration, "cores", lambda: 4)
    monkeypatch.setattr(store, "places", lambda: Places(folders=(folder,), index="http://127.0.0.1:9/"))
    return folder


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command line and give its exit code."""
    monkeypatch.setattr(sys, "argv", ["normalize", *arguments])
    try:
        main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
    return 0


@pytest.mark.usefixtures("home")
def test_list_says_which_package_each_pair_uses_and_why(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packages.folder(home, "id", "en", "1.9")
    (home / "foreign\x1b[31m").mkdir()
    assert run(monkeypatch, "models", "list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["package", "translates", "where", "runs", "used"]
    assert any("foreign" in line and "\x1b" not in line and "broken" in line for line in lines)
    assert next(line for line in lines if line.startswith("translate-id_en-1.9")).endswith(
        "yes: installed, preferred to the bundled one"
    )
    assert next(line for line in lines if line.startswith(packages.ID)).endswith(
        "no: translate-id_en-1.9 is preferred"
    )


def test_list_as_json_has_an_object_for_each_package(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packages.folder(home, "de", "en")
    assert run(monkeypatch, "models", "list", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["package"], row["source_language"], row["where"], row["used"]) for row in rows] == [
        ("translate-de_en-1.0", "de", "installed", True),
        (packages.FR, "fr", "bundled", True),
        (packages.ID, "id", "bundled", True),
    ]


@pytest.mark.model
def test_a_file_is_installed_verified_and_removed(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "models", "install", "--no-calibrate", str(packages.BUNDLED_ID)) == 0
    assert capsys.readouterr().out.startswith(f"installed {packages.ID} (id → en) in ")
    assert run(monkeypatch, "models", "verify", "id-en") == 0
    assert capsys.readouterr().out.splitlines() == [f"{packages.ID}: works"] * 2
    (home / packages.ID_FOLDER / "model" / "model.bin").write_bytes(b"")
    assert run(monkeypatch, "models", "verify", "--json") == 1
    assert [row["works"] for row in json.loads(capsys.readouterr().out)] == [False, True, True]
    assert run(monkeypatch, "models", "remove", "id-en") == 0
    assert list(home.iterdir()) == []


def measured(package: Package, fingerprint: str) -> Calibration:
    """Find that two threads are faster."""
    del package
    plain, fast = Setting(jobs=4), Setting(jobs=2, threads=2)
    return Calibration(
        machine=calibration.this_machine(), fingerprint=fingerprint, setting=fast, words_per_second=1500.0,
        measured=(Measured(setting=plain, words_per_second=1200.0), Measured(setting=fast, words_per_second=1500.0)),
    )  # fmt: skip


def radio_and_paris(engine: Engine) -> tuple[str, ...]:
    """Find that a noun and a name are copied, without a model."""
    assert engine.signature
    return ("radio", "Paris")


def test_a_package_is_calibrated_listed_as_such_and_reset(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packages.folder(home, "de", "en")
    monkeypatch.setattr(tuning, "measure", measured)
    monkeypatch.setattr(carriers, "copied", radio_and_paris)
    assert run(monkeypatch, "models", "calibrate", "id-en") == 0
    said = "int8, 2 × 2 threads, 512 tokens a batch: 1,500 words/s"
    assert capsys.readouterr().out == (
        f"{packages.ID} runs fastest with {said} (default: 1,200); 2 of {len(carriers.TRIED)} carriers\n"
    )
    assert run(monkeypatch, "doctor") == 0
    doctor = capsys.readouterr().out.splitlines()
    [line] = [line for line in doctor if "id → en carriers" in line]
    assert line.endswith(f"2 of {len(carriers.TRIED)}: radio, Paris")
    [line] = [line for line in doctor if "fr → en carriers" in line]
    assert "at first use" in line
    assert run(monkeypatch, "models", "list", "--json") == 0
    rows = {row["package"]: row for row in json.loads(capsys.readouterr().out)}
    assert (rows[packages.ID]["runs"], rows[packages.ID]["calibrated"]) == (said, True)
    assert (rows["translate-de_en-1.0"]["runs"], rows["translate-de_en-1.0"]["calibrated"]) == ("default", False)
    assert run(monkeypatch, "models", "calibrate", "--reset", "id-en", "de-en") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{packages.ID} runs in the default setting again", "translate-de_en-1.0 runs in the default setting",
    ]  # fmt: skip
    assert [path for path in (home.parent / "cache").rglob("*") if path.is_file()] == []


@pytest.mark.usefixtures("home")
def test_a_calibration_that_cannot_be_trusted_is_one_line_of_warning(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tuning, "measure", measured)
    assert run(monkeypatch, "models", "calibrate", "id-en") == 0
    for path in (home.parent / "cache").rglob("*.json"):
        path.write_text("junk")
    capsys.readouterr()
    assert run(monkeypatch, "models", "list") == 0
    captured = capsys.readouterr()
    [line] = captured.err.splitlines()
    assert "ignored" in line
    assert "default" in captured.out


@pytest.mark.usefixtures("home")
def test_calibrating_what_is_not_there_or_broken_is_one_line_each(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packages.folder(home, "de", "en")
    assert run(monkeypatch, "models", "calibrate", "xx-en", "de-en") == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "Traceback" not in "".join(lines)


def test_calibrating_a_package_that_does_not_run_fails(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packages.folder(home, "de", "en")
    assert run(monkeypatch, "models", "calibrate", "de-en") == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("how", [["--reset"], []])
def test_a_package_that_lacks_a_file_is_one_line_whether_it_is_measured_or_reset(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], how: list[str]
) -> None:
    (packages.folder(home, "de", "en") / "sentencepiece.model").unlink()
    assert run(monkeypatch, "models", "calibrate", "de-en", *how) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "sentencepiece.model is missing" in line


def test_a_package_installed_beside_the_bundled_one_of_its_name_is_measured_once(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packages.folder(home, "id", "en", packages.VERSION)
    monkeypatch.setattr(tuning, "measure", measured)
    monkeypatch.setattr(carriers, "copied", radio_and_paris)
    assert run(monkeypatch, "models", "list") == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines()[1:]]
    assert run(monkeypatch, "models", "calibrate") == 0
    assert sorted(line.split()[0] for line in capsys.readouterr().out.splitlines()) == sorted(listed)


def test_a_package_that_is_installed_and_cannot_be_measured_is_installed_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    def broken(package: Package, fingerprint: str) -> Calibration:
        raise PackageError(f"does not run: {fingerprint}", path=package.location)

    monkeypatch.setattr(tuning, "measure", broken)
    monkeypatch.setattr(installing, "smoke_test", lambda _: "")
    file = packages.archive(home.parent / "de.argosmodel", packages.hollow("de"), top="translate-de_en/")
    assert run(monkeypatch, "models", "install", str(file)) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("installed translate-de_en-1.0")
    assert "does not run" in captured.err


def test_a_failure_is_one_line_and_the_others_go_on(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packages.folder(home, "de", "en")
    assert run(monkeypatch, "models", "remove", "xx-en", "de-en", "id-en") == 1
    captured = capsys.readouterr()
    assert captured.out == "removed translate-de_en-1.0\n"
    assert [line.split(":")[1].strip() for line in captured.err.splitlines()] == ["xx-en", "id-en"]


@pytest.mark.usefixtures("home")
def test_installing_without_a_network_says_what_else_can_be_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "models", "install", "de") == 1
    [line] = capsys.readouterr().err.splitlines()
    assert "models install FILE" in line


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("name", ["missing.argosmodel", "./id", "folder/x.ARGOSMODEL"])
def test_a_name_with_a_suffix_or_a_slash_is_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert run(monkeypatch, "models", "install", name) == 1
    assert "no such file" in capsys.readouterr().err


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("command", [[], ["list"], ["install"], ["remove"], ["verify"], ["calibrate"]])
def test_every_help_is_complete_and_has_an_example(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert run(monkeypatch, "models", *command, "--help") == 0
    assert "Example" in capsys.readouterr().out


@pytest.mark.usefixtures("home")
def test_a_command_without_what_it_needs_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "models", "install") == 2
    assert run(monkeypatch, "models", "nonsense") == 2
    assert "Traceback" not in capsys.readouterr().err
