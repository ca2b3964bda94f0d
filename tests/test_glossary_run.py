"""A glossary in a whole run: what editing a row costs, as the memory's hits show."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from engines import EnglishEngine

from normalize.cli.app import main
from normalize.pipeline import Options, Summary, plan_run, run
from normalize.translate import Store

ARTICLES = {
    "satu": "Jembatan desa dibuka kembali pekan ini\n\nWarga desa itu senang karena jembatan itu dibuka Senin.\n",
    "dua": "Sekolah baru dibangun di kota itu\n\nGuru dan siswa pindah ke sekolah itu mulai tahun depan nanti.\n",
    "tiga": "Pasar lama akan diperbaiki\n\nPedagang berharap pasar itu selesai sebelum hari raya tahun depan.\n",
}
ROWS = "source,target,kind\njembatan,bridge,term\nsekolah,school,term\n"


class CountingEngine(EnglishEngine):
    """Counts the pairs it has scored, too."""

    scored = 0

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        self.scored += len(sources)
        return super().score(sources, targets)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> CountingEngine:
    made = CountingEngine()
    monkeypatch.setattr(Store, "engine", lambda *_, **__: made)
    return made


@pytest.fixture
def options(tmp_path: Path) -> Options:
    (tmp_path / "raw").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "raw" / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "glossary.csv").write_text(ROWS, encoding="utf-8")
    return Options(
        raw=tmp_path / "raw", out=tmp_path / "out", source_language="id", glossary=(tmp_path / "glossary.csv",)
    )


def go(options: Options) -> Summary:
    return run(plan_run(options))


def units(out: Path) -> dict[str, tuple[str, str]]:
    rows = [json.loads(line) for line in (out / "corpus.jsonl").read_text("utf-8").splitlines()]
    return {row["id"]: (row["source"], row["target"]) for row in rows}


def test_editing_a_row_asks_only_for_the_segments_it_touches(options: Options, engine: CountingEngine) -> None:
    go(options)
    before = units(options.out)
    engine.asked.clear()
    engine.scored = 0
    options.glossary[0].write_text(ROWS.replace("school", "academy"), encoding="utf-8")

    summary = go(options)

    hits, misses = summary.answered
    assert hits > misses == len(engine.asked) + engine.scored
    # The row's words alone, and sentences that it touches; no other sentence of any article.
    assert all("sekolah" in source.lower() or "academy" in source.lower() for source in engine.asked)
    changed = [source for id_, (source, target) in units(options.out).items() if target != before[id_][1]]
    assert all("sekolah" in source.lower() for source in changed)


def test_a_row_that_nothing_matches_asks_the_model_nothing(options: Options, engine: CountingEngine) -> None:
    go(options)
    before = units(options.out)
    engine.asked.clear()
    options.glossary[0].write_text(ROWS + "gunung,mountain,term\n", encoding="utf-8")

    summary = go(options)

    assert (engine.asked, summary.answered[1]) == ([], 0)
    assert units(options.out) == before


def test_without_the_memory_all_is_asked_again(options: Options, engine: CountingEngine) -> None:
    go(options)
    first = len(engine.asked)
    engine.asked.clear()
    go(dataclasses.replace(options, out=options.out.with_name("other")))
    assert len(engine.asked) == first


def test_a_memory_keeps_what_a_translation_learned_of_the_model(
    options: Options, engine: CountingEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(options.raw.parent)
    arguments = ["translate", "raw/satu.txt", "--source", "id", "--glossary", "glossary.csv", "--memory", "m.sqlite"]
    monkeypatch.setattr(sys, "argv", ["normalize", *arguments])
    said = []
    for _ in range(2):
        asked = len(engine.asked)
        with pytest.raises(SystemExit) as exit_:
            main()
        assert not exit_.value.code
        said.append((capsys.readouterr().out, len(engine.asked) - asked))
    assert said[0][1] > 0
    assert said[1] == (said[0][0], 0)


def test_what_a_memory_notices_only_when_it_is_closed_is_told(
    options: Options, engine: CountingEngine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(options.raw.parent)
    monkeypatch.setattr("normalize.memory.file._TIMEOUT", 0.01)
    arguments = ["translate", "raw/satu.txt", "--source", "id", "--memory", "m.sqlite"]
    monkeypatch.setattr(sys, "argv", ["normalize", *arguments])
    with pytest.raises(SystemExit):
        main()
    assert "m.sqlite" not in capsys.readouterr().err
    other = sqlite3.connect("m.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")  # it can be read, but not what was read noted
    asked = len(engine.asked)
    with pytest.raises(SystemExit) as exit_:
        main()
    other.close()
    assert not exit_.value.code
    assert len(engine.asked) == asked
    assert capsys.readouterr().err.count("m.sqlite: another process holds it") == 1
