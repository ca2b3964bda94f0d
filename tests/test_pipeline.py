"""The main job with an engine of ten lines: order, resuming, failures, the same bytes."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from engines import EnglishEngine, Question, english

from normalize.corpus import Conversion
from normalize.engine import Engine
from normalize.errors import InputError, LanguageError, OutputError
from normalize.glossary import Glossary
from normalize.pipeline import lines_of, translate_lines, unwrapped
from normalize.pipeline.journal import Journal
from normalize.pipeline.prepare import survey_folder
from normalize.pipeline.work import Work

INDONESIAN = (
    "{title}\n\n"
    "Pemerintah kabupaten membuka kembali jembatan di desa {name} pada hari Senin setelah diperbaiki tiga bulan.\n\n"
    "Warga yang selama ini harus memutar jauh untuk pergi ke pasar mengaku senang dengan jembatan {number} itu.\n\n"
    "“Sekarang anak-anak bisa pergi ke sekolah dengan aman,” kata kepala desa {name} kepada para wartawan.\n"
)
NAMES = ("Sukamaju", "Karangsari", "Tanjungrejo", "Wonoasri", "Banyubiru", "Girimulyo", "Sidomukti", "Margahayu")


class StoppableEngine(EnglishEngine):
    """An engine that Ctrl-C hits after so many sources."""

    def __init__(self, stop_after: int) -> None:
        super().__init__()
        self.stop_after = stop_after

    def hear(self, questions: Sequence[Question]) -> None:
        if len(self.asked) + len(questions) > self.stop_after:
            raise KeyboardInterrupt
        super().hear(questions)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        text = INDONESIAN.format(title=f"Jembatan desa {name} dibuka kembali pekan ini", name=name, number=number + 11)
        (folder / f"{number:02}-{name.lower()}.txt").write_text(text, encoding="utf-8")
    return folder


def work_over(raw: Path, out: Path, engine: Engine, *, force: bool = False) -> tuple[Work, list[Conversion]]:
    folder = survey_folder(raw)
    with Journal(out / "journal.sqlite") as journal:
        work = Work(
            folder=folder, selected=tuple(folder.words), glossary=Glossary(), engines=lambda _: engine,
            journal=journal, force=force,
        )
        work.convert_all()
        return work, list(journal.conversions(sorted(work.done)))


def digest(conversions: list[Conversion]) -> str:
    return hashlib.sha256(msgspec.json.encode(conversions, order="deterministic")).hexdigest()


def test_the_language_of_a_page_is_that_of_its_longest_lines_whatever_its_furniture_says(tmp_path: Path) -> None:
    furniture = "\n".join(f"Sign in to read more of this and of what is in the news with us: {n}" for n in range(60))
    article = (
        "Warga desa itu mengatakan bahwa jembatan yang lama sudah tidak bisa dilalui mobil karena hujan, dan mereka "
        "menunggu bantuan dari pemerintah kabupaten yang belum datang hingga kemarin sore.\n"
        "Sebuah tim dari universitas akan datang pada hari Senin untuk melihat jembatan itu, kata kepala desa kepada "
        "wartawan di kantor bupati, dan perbaikan akan dimulai setelah itu."
    )
    (tmp_path / "page.txt").write_text(f"{furniture}\n{article}\n{furniture}", encoding="utf-8")
    assert survey_folder(tmp_path).languages == {"page": "id"}


def test_every_article_of_a_folder_is_converted_sentence_by_sentence(raw: Path, tmp_path: Path) -> None:
    _, conversions = work_over(raw, tmp_path / "out", EnglishEngine())

    assert [conversion.article.id for conversion in conversions] == sorted(path.stem for path in raw.iterdir())
    for conversion in conversions:
        assert conversion.units
        for unit in conversion.units:
            assert unit.segment.span.of(conversion.article.text) == unit.segment.source
            assert unit.target == english(unit.segment.source)


def test_paragraphs_of_source_and_target_correspond(raw: Path, tmp_path: Path) -> None:
    _, conversions = work_over(raw, tmp_path / "out", EnglishEngine())

    for conversion in conversions:
        for source, target in conversion.paragraphs():
            sentences = [unit.segment.source for unit in conversion.units if unit.segment.source in source]
            assert target == " ".join(map(english, sentences))


def test_a_second_run_translates_nothing(raw: Path, tmp_path: Path) -> None:
    _, first = work_over(raw, tmp_path / "out", EnglishEngine())
    engine = EnglishEngine()

    work, second = work_over(raw, tmp_path / "out", engine)

    assert engine.asked == []
    assert set(work.done.values()) == {"reused"}
    assert digest(second) == digest(first)


def test_one_changed_article_costs_one_article(raw: Path, tmp_path: Path) -> None:
    work_over(raw, tmp_path / "out", EnglishEngine())
    changed = raw / "03-wonoasri.txt"
    changed.write_text(
        changed.read_text(encoding="utf-8") + "\nJembatan itu dibangun pada tahun 1984 oleh warga setempat.\n",
        encoding="utf-8",
    )

    work, _ = work_over(raw, tmp_path / "out", EnglishEngine())

    assert [article for article, how in work.done.items() if how == "converted"] == ["03-wonoasri"]


def test_force_converts_again(raw: Path, tmp_path: Path) -> None:
    _, first = work_over(raw, tmp_path / "out", EnglishEngine())
    engine = EnglishEngine()

    _, second = work_over(raw, tmp_path / "out", engine, force=True)

    assert engine.asked
    assert digest(second) == digest(first)


@pytest.mark.parametrize("group", [1, 2, 5])
def test_a_stopped_run_goes_on_where_it_was_and_ends_the_same(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, group: int
) -> None:
    _, whole = work_over(raw, tmp_path / "whole", EnglishEngine())
    monkeypatch.setattr("normalize.pipeline.work._GROUP_ARTICLES", group)
    stopped = StoppableEngine(stop_after=15)
    with pytest.raises(KeyboardInterrupt):
        work_over(raw, tmp_path / "out", stopped)
    engine = EnglishEngine()

    work, resumed = work_over(raw, tmp_path / "out", engine)

    kept = [article for article, how in work.done.items() if how == "reused"]
    assert digest(resumed) == digest(whole)
    assert len(kept) >= 15 // 4 - 2 * group  # nothing is lost but what was under way
    assert len(engine.asked) == sum(len(one.units) for one in whole if one.article.id not in kept)


def test_an_article_without_a_package_fails_alone_and_names_the_command(raw: Path, tmp_path: Path) -> None:
    (raw / "99-korean.txt").write_text(
        "서울시는 월요일 새로운 도서관을 열었다고 밝혔다. 시민들은 오전 아홉 시부터 이용할 수 있다.\n", encoding="utf-8"
    )
    folder = survey_folder(raw)

    def engines(language: str) -> Engine:
        if language == "id":
            return EnglishEngine()
        raise LanguageError(f"no package for {language}", advice=f"run `normalize models install {language}`")

    with Journal(tmp_path / "journal.sqlite") as journal:
        work = Work(
            folder=folder, selected=tuple(folder.words), glossary=Glossary(), engines=engines, journal=journal
        )
        work.convert_all()

    assert len(work.done) == len(NAMES)
    [error] = work.failed
    assert str(error) == "99-korean.txt: no package for ko; run `normalize models install ko`"


def test_an_unreadable_file_is_reported_and_the_rest_is_done(raw: Path, tmp_path: Path) -> None:
    (raw / "50-picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (raw / "51-empty.txt").write_bytes(b"")

    work, conversions = work_over(raw, tmp_path / "out", EnglishEngine())

    assert len(conversions) == len(NAMES)
    assert sorted(error.path or "" for error in work.failed) == ["50-picture.txt", "51-empty.txt"]
    assert all(isinstance(error, InputError) for error in work.failed)


def test_articles_in_the_target_language_pass_through(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "english.txt").write_text(
        "The council reopened the bridge on Monday after three months of repairs.\n\n"
        "People who had walked for an hour to reach the market said that they were glad.\n\n"
        + "The clerk read out the names of those who had helped, " * 60 + "and sat down again.\n",
        encoding="utf-8",
    )
    folder = survey_folder(raw)

    def engines(language: str) -> Engine:
        raise LanguageError(f"no package for {language}")

    with Journal(tmp_path / "journal.sqlite") as journal:
        work = Work(
            folder=folder, selected=tuple(folder.words), glossary=Glossary(), engines=engines, journal=journal
        )
        work.convert_all()
        assert work.failed == []
        [conversion] = journal.conversions(sorted(work.done))

    assert conversion.article.language == "en"
    assert [unit.origin.value for unit in conversion.units] == ["copied"] * len(conversion.units)
    assert all(unit.target == unit.segment.source for unit in conversion.units)


def test_a_damaged_journal_is_set_aside_and_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)

    with Journal(path) as journal:
        assert journal.articles() == set()
        [notice] = journal.notices

    assert "journal.sqlite.damaged-1" in notice
    assert (tmp_path / "journal.sqlite.damaged-1").read_bytes().endswith(b"\xff" * 5000)


def test_two_runs_cannot_write_one_folder(tmp_path: Path) -> None:
    path = tmp_path / "out" / ".normalize" / "journal.sqlite"
    with Journal(path), pytest.raises(OutputError, match="another run is writing this folder") as caught:
        Journal(path)

    assert caught.value.path == str(tmp_path / "out")


def test_a_journal_of_another_version_is_begun_anew(raw: Path, tmp_path: Path) -> None:
    work_over(raw, tmp_path, EnglishEngine())
    connection = sqlite3.connect(tmp_path / "journal.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()

    with Journal(tmp_path / "journal.sqlite") as journal:
        assert journal.articles() == set()


@pytest.mark.parametrize(
    "data",
    [
        b"Satu dua tiga.\n\nEmpat lima enam.\n",
        b"tanpa akhir baris",
        b"\n\n\n",
        b"",
        b"a\x0bb\x0cc\x1cd\xe2\x80\xa8e\xc2\x85f\rg\n",
        b"kata " * 20_000 + b"\nakhir.\n",
        b"rusak \xff\xfe\xe9 \xed\xa0\x80 byte\n\x00\n<s> \xe2\x96\x81 </s>\n",
    ],
)
def test_line_mode_gives_exactly_one_line_for_each_line(data: bytes) -> None:
    lines = lines_of(data)

    answers = list(translate_lines(lines, EnglishEngine(), Glossary()))

    expected = data.count(b"\n") + (not data.endswith(b"\n") and data != b"")
    assert len(answers) == len(lines) == expected
    assert not any("\n" in answer for answer in answers)


def test_hard_wrapped_lines_are_joined_and_blank_lines_stay() -> None:
    text = (
        "Pemerintah kabupaten membuka kembali jembatan di desa itu pada hari\n"
        "Senin setelah diperbaiki selama tiga bulan oleh para pekerja yang\n"
        "datang dari kota dan dari beberapa desa yang letaknya tidak jauh dari\n"
        "sungai besar itu.\n"
        "\n"
        "Warga yang selama ini harus memutar jauh untuk pergi ke pasar mengaku\n"
        "senang dengan jembatan yang baru, kata kepala desa kepada wartawan di\n"
        "kantornya."
    )

    first, blank, second = unwrapped(text)

    assert (first[:10], first[-17:]) == ("Pemerintah", "sungai besar itu.")
    assert blank == ""
    assert (second[:5], second[-10:]) == ("Warga", "kantornya.")
