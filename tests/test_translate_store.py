from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import translate_packages as packages

from normalize.errors import LanguageError, PackageError, UsageError
from normalize.translate import Store
from normalize.translate.package import open_package


def test_the_bundled_packages_are_sound_and_translate_into_english() -> None:
    found = Store([]).packages()
    assert [(one.source, one.target, one.problem) for one in found] == [("fr", "en", ""), ("id", "en", "")]
    assert all(one.bundled for one in found)


def test_an_installed_package_is_preferred_to_the_bundled_one_whatever_its_version(tmp_path: Path) -> None:
    installed = packages.folder(tmp_path, "id", "en", "0.0.1")
    route = Store([tmp_path]).choose("id", "en")
    assert [one.location for one in route.packages] == [installed]
    assert route.reason == "installed, preferred to the bundled one"
    assert Store([tmp_path]).choose("fr", "en").reason == "bundled, nothing installed"


def test_the_newest_version_is_chosen_by_number_not_by_letter(tmp_path: Path) -> None:
    for version in ("1.9", "1.10", "1.2"):
        packages.folder(tmp_path, "de", "en", version)
    route = Store([tmp_path]).choose("de", "en")
    assert route.packages[0].metadata.package_version == "1.10"
    assert route.reason == "installed, preferred to the older one"


def test_a_pair_without_a_package_is_reached_over_english_before_other_languages(tmp_path: Path) -> None:
    for source, target in (("de", "cs"), ("cs", "fr"), ("de", "en"), ("en", "fr"), ("pl", "cs")):
        packages.folder(tmp_path, source, target)
    store = Store([tmp_path], bundled=None)
    assert [(one.source, one.target) for one in store.choose("de", "fr").packages] == [("de", "en"), ("en", "fr")]
    assert store.choose("de", "fr").reason == "no package for the pair itself: over English"
    assert [one.target for one in store.choose("pl", "fr").packages] == ["cs", "fr"]
    with pytest.raises(LanguageError):
        store.choose("fr", "de")


def test_a_language_without_a_package_names_the_command_that_installs_one() -> None:
    with pytest.raises(LanguageError, match=r"no package translates from German to English") as caught:
        Store([]).choose("de", "en")
    assert "`normalize models install de`" in caught.value.advice
    with pytest.raises(LanguageError) as caught:
        Store([]).engine("en", "id")
    assert "`normalize models install en-id`" in caught.value.advice


def test_a_tag_that_names_no_language_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="klingon"):
        Store([]).choose("klingon", "en")


def test_tags_with_regions_and_argos_codes_find_their_package(tmp_path: Path) -> None:
    packages.folder(tmp_path, "pt", "en")
    packages.folder(tmp_path, "zt", "en")
    store = Store([tmp_path])
    assert store.choose("pt-BR", "en").packages[0].source == "pt"
    packages.folder(tmp_path, "pb", "en")
    assert store.choose("pt-BR", "en").packages[0].source == "pt-BR"
    assert store.choose("zh-TW", "en").packages[0].source == "zh-Hant"
    assert store.choose("id-ID", "en-GB").packages[0].source == "id"


def test_what_is_no_package_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "foreign").mkdir()
    (tmp_path / "a file").write_text("x")
    (tmp_path / ".hidden").mkdir()
    for name, metadata in (
        ("json", b"{"), ("list", b"[]"), ("types", b'{"from_code": 1}'), ("bytes", b"\xff\xfe"), ("none", b"{}"),
        ("tag", packages.metadata("klingonisch", "en")), ("deep", b"[" * 100_000),
    ):  # fmt: skip
        broken = packages.folder(tmp_path, name, "en")
        (broken / "metadata.json").write_bytes(metadata)
    (packages.folder(tmp_path, "nl", "en") / "model" / "model.bin").unlink()
    (packages.folder(tmp_path, "sv", "en") / "sentencepiece.model").unlink()
    (packages.folder(tmp_path, "da", "en") / "model" / "shared_vocabulary.json").unlink()
    store = Store([tmp_path])
    broken_names = {one.location.name for one in store.packages() if one.problem}
    assert len(broken_names) == 11
    assert "foreign" in broken_names
    assert store.choose("fr", "en").packages[0].bundled
    with pytest.raises(LanguageError, match="translate-nl_en-1_0 is broken"):
        store.choose("nl", "en")


def test_packages_of_other_types_are_passed_over(tmp_path: Path) -> None:
    other = packages.folder(tmp_path, "xx", "en")
    (other / "metadata.json").write_bytes(b'{"type": "sbd", "from_codes": ["en"]}')
    assert Store([tmp_path], bundled=None).packages() == []


def test_folders_that_are_not_there_or_files_hold_no_packages(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    assert Store([tmp_path / "missing", file], bundled=tmp_path / "neither").packages() == []


def test_a_truncated_bundled_package_is_broken_and_reported(tmp_path: Path) -> None:
    (tmp_path / "t.argosmodel").write_bytes(packages.BUNDLED_ID.read_bytes()[:100_000])
    [found] = Store([], bundled=tmp_path).packages()
    assert "cannot be read" in found.problem
    with pytest.raises(LanguageError):
        Store([], bundled=tmp_path).choose("id", "en")


@pytest.mark.model
def test_a_package_whose_model_is_damaged_fails_with_its_name(tmp_path: Path) -> None:
    packages.folder(tmp_path, "id", "en", "9")
    engine = Store([tmp_path]).engine("id", "en")
    with pytest.raises(PackageError, match="translate-id_en-9"):
        engine.translate(["Harga beras naik."])


@pytest.mark.model
def test_a_pivot_engine_is_made_of_two_packages(tmp_path: Path) -> None:
    with zipfile.ZipFile(packages.BUNDLED_ID) as archive:
        archive.extractall(tmp_path)
    top = tmp_path / packages.ID_FOLDER
    (top / "metadata.json").write_bytes(packages.metadata("en", "de"))
    store = Store([tmp_path])
    engine = store.engine("id", "de")
    assert (engine.source_language, engine.target_language) == ("id", "de")
    assert engine.signature.count(" > ") == 1
    [[answer]] = engine.translate(["Harga beras naik."])
    assert answer.target


def test_where_the_home_cannot_be_used_only_bundled_packages_are(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("not a folder")
    code = (
        "import os\n"
        "before = dict(os.environ)\n"
        "from normalize.translate import Store\n"
        "store = Store.open()\n"
        "assert dict(os.environ) == before\n"
        "print(len(store.packages()), len(store.folders), bool(store.problem))\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ARGOS_"))}
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**environment, "HOME": str(home)}
    )
    assert run.stdout.split() == ["2", "0", "True"]


def test_the_folders_and_the_index_are_those_argos_translate_is_set_to(tmp_path: Path) -> None:
    settings = tmp_path / ".config" / "argos-translate" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text("{broken")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ARGOS_"))}
    environment |= {
        "HOME": str(tmp_path), "ARGOS_PACKAGES_DIR": str(tmp_path / "mine"), "ARGOS_PACKAGE_INDEX": "http://127.0.0.1/i/"
    }  # fmt: skip
    code = "from normalize.translate import Store; s = Store.open(); print(s.folders[0], s.index_address, s.problem)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    folder, index, problem = run.stdout.split(maxsplit=2)
    assert (folder, index) == (str(tmp_path / "mine"), "http://127.0.0.1/i/")
    assert "settings.json" in problem


def test_a_package_is_named_by_what_it_translates_and_its_version() -> None:
    found = open_package(packages.BUNDLED_ID, bundled=True)
    assert found is not None
    assert found.name == packages.ID
