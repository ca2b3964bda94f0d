"""The words an engine copies, tried when its package is installed: kept, trusted only when whole, not asked again."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from engines import EnglishEngine
from hypothesis import given
from hypothesis import strategies as st

from normalize.corpus import Conversion
from normalize.enforce import Renderings, carriers
from normalize.engine import Engine
from normalize.errors import OutputError
from normalize.glossary import Glossary
from normalize.pipeline.journal import Journal
from normalize.pipeline.prepare import survey_folder
from normalize.pipeline.work import Work
from normalize.translate import BEAM, Store, copied

TRIED = ("radio", "robot", "Paris")
ARTICLE = (
    "Jembatan desa Sukamaju dibuka kembali pekan ini\n\n"
    "Pemerintah kabupaten membuka kembali jembatan di desa itu pada hari Senin setelah diperbaiki tiga bulan.\n"
)


class HalfCopyingEngine(EnglishEngine):
    """Gives words back as they are, but for those with an o."""

    def answer(self, source: str) -> str:
        return "word" if "o" in source else f"{source}."


def test_what_was_kept_is_given_in_the_order_of_the_words_tried(tmp_path: Path) -> None:
    where = tmp_path / "cache"
    copied.keep(where, "engine 1", TRIED, ("Paris", "radio"))
    assert copied.load(where, "engine 1", TRIED) == ("radio", "Paris")
    assert [path.name for path in where.iterdir() if path.name.startswith(".")] == []


def test_another_engine_and_other_words_are_to_be_tried_anew(tmp_path: Path) -> None:
    copied.keep(tmp_path, "engine 1", TRIED, ("Paris",))
    assert copied.load(tmp_path, "engine 2", TRIED) is None
    assert copied.load(tmp_path, "engine 1", (*TRIED, "Berlin")) is None
    assert copied.load(tmp_path / "nowhere", "engine 1", TRIED) is None
    assert copied.load(None, "engine 1", TRIED) is None


def test_an_engine_that_copies_nothing_was_tried_all_the_same(tmp_path: Path) -> None:
    copied.keep(tmp_path, "engine 1", TRIED, ())
    assert copied.load(tmp_path, "engine 1", TRIED) == ()


def test_what_is_forgotten_is_to_be_tried_anew(tmp_path: Path) -> None:
    copied.keep(tmp_path, "engine 1", TRIED, TRIED)
    assert copied.forget(tmp_path, "engine 1")
    assert not copied.forget(tmp_path, "engine 1")
    assert not copied.forget(None, "engine 1")
    assert copied.load(tmp_path, "engine 1", TRIED) is None


@given(st.binary(max_size=200))
def test_a_file_that_is_not_ours_is_as_good_as_none(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    where = tmp_path_factory.mktemp("cache")
    copied.keep(where, "engine 1", TRIED, TRIED)
    [file] = where.iterdir()
    file.write_bytes(junk)
    assert copied.load(where, "engine 1", TRIED) is None


def test_words_that_nobody_tried_are_not_taken_from_a_file(tmp_path: Path) -> None:
    copied.keep(tmp_path, "engine 1", TRIED, ("radio",))
    [file] = tmp_path.iterdir()
    content = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(content | {"copied": ["radio", "\x1b[31m", "rm"]}), "utf-8")
    assert copied.load(tmp_path, "engine 1", TRIED) == ("radio",)


def test_a_cache_that_cannot_be_written_is_one_line_with_advice(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(OutputError, match="XDG_CACHE_HOME"):
        copied.keep(tmp_path / "file" / "cache", "engine 1", TRIED, TRIED)
    copied.keep(None, "engine 1", TRIED, TRIED)  # a user without a home


def test_the_words_an_engine_copies_are_those_it_gives_back_but_for_a_full_stop() -> None:
    found = carriers.copied(HalfCopyingEngine())
    assert found == tuple(word for word in carriers.TRIED if "o" not in word)
    assert {"film", "Berlin"} <= set(found)


def test_an_engine_whose_carriers_are_known_is_not_asked_for_them() -> None:
    engine, other = HalfCopyingEngine(), HalfCopyingEngine()
    known = Renderings(engine, carriers.copied(HalfCopyingEngine())).carriers
    asked = Renderings(other).carriers
    for name in (False, True):
        assert known.copied(name=name) == asked.copied(name=name)
        assert known.choose(2, 1, "film", name=name) == asked.choose(2, 1, "film", name=name)
    assert engine.asked == []
    assert other.asked == list(carriers.TRIED)


def test_where_nothing_is_known_the_engine_is_asked() -> None:
    engine = HalfCopyingEngine()
    Renderings(engine, None).carriers.copied(name=True)
    assert engine.asked == list(carriers.TRIED)


def converted(raw: Path, journal_file: Path, engine: Engine, kept: Path | None) -> list[Conversion]:
    """Convert the article, with the carriers that were kept there."""
    with Journal(journal_file) as journal:
        Work(
            folder=survey_folder(raw), selected=("a",), journal=journal, engines=lambda _: engine,
            glossary=Glossary.parse(b"source,target\njembatan,viaduct\n"),
            carriers=lambda signature: copied.load(kept, signature, carriers.TRIED),
        ).convert_all()  # fmt: skip
        return list(journal.conversions(["a"]))


def test_a_run_with_known_carriers_gives_the_same_and_asks_less(tmp_path: Path) -> None:
    raw, kept = tmp_path / "raw", tmp_path / "cache"
    raw.mkdir()
    (raw / "a.txt").write_text(ARTICLE, "utf-8")
    copied.keep(kept, EnglishEngine().signature, carriers.TRIED, carriers.copied(EnglishEngine()))
    without, knowing = EnglishEngine(), EnglishEngine()

    made = converted(raw, tmp_path / "1.sqlite", without, None), converted(raw, tmp_path / "2.sqlite", knowing, kept)

    assert made[0][0].units
    assert msgspec.json.encode(made[0]) == msgspec.json.encode(made[1])
    assert set(without.asked) - set(knowing.asked) == set(carriers.TRIED)


@pytest.mark.model
def test_a_bundled_package_tries_its_carriers_for_itself_whatever_is_installed(tmp_path: Path) -> None:
    store = Store([], calibrations=tmp_path)
    [package] = store.choose("id", "en").packages
    engine = store.engine_of(package)
    assert engine.signature == store.engine("id", "en", beam=BEAM).signature
    words = carriers.copied(engine)
    copied.keep(store.cache, engine.signature, carriers.TRIED, words)
    other = Store([], calibrations=tmp_path).engine("id", "en")
    assert copied.load(store.cache, other.signature, carriers.TRIED) == words
    assert len(words) > 2  # a package that copies next to none could carry no term
