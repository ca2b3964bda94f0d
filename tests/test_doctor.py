from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest
import regex
import translate_packages as packages

from normalize.cli import main
from normalize.cli.doctor import LIBRARIES
from normalize.translate import store
from normalize.translate.argos import Places

INDONESIAN = (
    "Pemerintah daerah mengatakan bahwa sekolah baru akan dibuka pada bulan depan.\n"
    "Warga desa berharap jalan menuju sekolah itu juga segera diperbaiki, karena sering banjir.\n"
)
GERMAN = (
    "Die Stadtverwaltung teilte mit, dass die neue Schule im nächsten Monat eröffnet wird.\n"
    "Die Bewohner hoffen, dass auch die Straße bald repariert wird, weil sie oft überschwemmt ist.\n"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store and a working folder of the test's own."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.setattr(store, "places", lambda: Places(folders=(folder,)))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "satu.txt").write_text(INDONESIAN, encoding="utf-8")
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command line and give its exit code."""
    monkeypatch.setattr(sys, "argv", ["normalize", "doctor", *arguments])
    try:
        main()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
    return 0


def report(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    run(monkeypatch, *arguments, "--json")
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.usefixtures("home")
def test_where_all_is_there_nothing_needs_the_network(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(home.rglob("*"))
    assert run(monkeypatch) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["Nothing is missing.", "Nothing here needs the network."]
    assert any("Indonesian in raw" in line and f"translated offline by {packages.ID}" in line for line in lines)
    assert any(line.startswith("ok") and "id → en" in line and "bundled, nothing installed" in line for line in lines)
    assert sorted(home.rglob("*")) == before


def test_a_language_without_a_package_is_missing_and_named_with_its_command(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "raw" / "zwei.txt").write_text(GERMAN, encoding="utf-8")
    assert run(monkeypatch) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2] == "1 missing"
    assert "normalize models install de" in lines[-1]
    packages.folder(home / "packages", "de", "en")
    assert run(monkeypatch) == 0


def test_json_has_the_same_findings(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "raw" / "zwei.txt").write_text(GERMAN, encoding="utf-8")
    found = report(monkeypatch, capsys)
    assert found["missing"] == 1
    assert "models install de" in str(found["needs_network"])
    checks = found["checks"]
    assert isinstance(checks, list)
    assert {check["state"] for check in checks} <= {"ok", "note", "missing"}


@pytest.mark.usefixtures("home")
def test_a_folder_that_is_not_there_or_holds_nothing_is_noted(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "empty").mkdir()
    for name, words in (("missing", "no such file or folder"), ("empty", "holds no articles")):
        assert run(monkeypatch, name) == 0
        assert words in capsys.readouterr().out


def test_unreadable_articles_and_broken_packages_are_noted(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "raw" / "kosong.txt").write_bytes(b"\x00\x01\x02")
    (home / "packages" / "foreign").mkdir()
    assert run(monkeypatch) == 0
    out = capsys.readouterr().out
    assert "1 cannot be read" in out
    assert "foreign" in out


def test_a_package_whose_model_cannot_be_read_is_noted_and_the_rest_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = packages.archive(home / "sw.zip", packages.hollow("sw", "en"), top="translate-sw_en/")
    damaged = file.read_bytes()
    place = damaged.index(b"model/shared_vocabulary.json") + len(b"model/shared_vocabulary.json")
    (home / "bundled").mkdir()
    (home / "bundled" / "sw.argosmodel").write_bytes(damaged[:place] + b"\xff\xff" + damaged[place + 2 :])
    opened = store.Store([], home / "bundled")
    monkeypatch.setattr(store.Store, "open", classmethod(lambda _: opened))
    found = report(monkeypatch, capsys)
    assert isinstance(found["checks"], list)
    notes = {check["name"]: check for check in found["checks"]}
    assert "cannot be read" in notes["sw → en runs"]["text"]
    assert notes["sw → en runs"]["state"] == "note"
    assert "terminal" in notes


def test_an_out_that_cannot_be_a_folder_is_missing(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "file").write_text("x")
    assert run(monkeypatch, "--out", "file") == 1
    assert "is a file" in capsys.readouterr().out


def test_the_libraries_looked_for_are_those_of_pyproject() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {regex.split(r"[^\w.-]", line, maxsplit=1)[0] for line in project["dependencies"]}
    assert set(LIBRARIES) == declared


@pytest.mark.usefixtures("home")
def test_help_is_complete_and_has_an_example(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--help") == 0
    assert "Example" in capsys.readouterr().out
