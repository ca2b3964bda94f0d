"""A run with its translation memory: nothing twice, people's words win, a time budget is kept."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from engines import EnglishEngine, Question, english

from normalize.corpus import Origin, State
from normalize.errors import InputError, UsageError
from normalize.memory import Memory, Remembered
from normalize.pipeline import MEMORY, Options, Summary, plan_run, revise, run, unchanged
from normalize.pipeline.budget import ration
from normalize.pipeline.prepare import survey_folder
from normalize.translate import Store

TEXT = (
    "Jembatan desa {name} dibuka kembali pekan ini\n\n"
    "Pemerintah kabupaten membuka kembali jembatan di desa {name} pada hari Senin setelah diperbaiki.\n\n"
    "Warga desa itu mengaku senang karena tidak perlu lagi memutar jauh untuk pergi ke pasar.\n"
)
SHARED = "Warga desa itu mengaku senang karena tidak perlu lagi memutar jauh untuk pergi ke pasar."
NAMES = ("Sukamaju", "Karangsari", "Tanjungrejo", "Wonoasri")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> EnglishEngine:
    made = EnglishEngine()

    def give(_store: Store, _source: str, _target: str, *, beam: int = 4, jobs: int | None = None) -> EnglishEngine:
        del jobs
        made.signature = f"english 1 beam {beam}"
        return made

    monkeypatch.setattr(Store, "engine", give)
    return made


@pytest.fixture
def options(tmp_path: Path) -> Options:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in NAMES:
        (raw / f"{name.lower()}.txt").write_text(TEXT.format(name=name), encoding="utf-8")
    return Options(raw=raw, out=tmp_path / "out", source_language="id")


def go(options: Options) -> Summary:
    return run(plan_run(options))


def targets(out: Path) -> dict[str, tuple[str, str, str]]:
    rows = [json.loads(line) for line in (out / "corpus.jsonl").read_text("utf-8").splitlines()]
    return {row["id"]: (row["source"], row["target"], row["state"]) for row in rows}


def remember(out: Path, source: str, target: str) -> None:
    with Memory(out / MEMORY) as memory:
        memory.correct([Remembered(source=source, target=target, source_language="id", target_language="en")])


def test_a_forced_run_asks_the_memory_and_not_the_model(options: Options, engine: EnglishEngine) -> None:
    go(options)
    engine.asked.clear()

    summary = go(dataclasses.replace(options, force=True))

    assert engine.asked == []
    assert summary.reused == 0
    assert summary.answered[0] > 0
    assert summary.answered[1] == 0


@pytest.mark.parametrize("url", ["http://[", "http://[::1", "//[", "https://a]b/", "http://x:port/", "javascript:1"])
def test_an_address_that_is_none_stops_nothing(options: Options, engine: EnglishEngine, url: str) -> None:
    del engine
    record = {"text": TEXT.format(name="Baru"), "title": "Jembatan desa Baru dibuka", "url": url}
    (options.raw / "feed.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    (options.raw / "rules.toml").write_text('[[rule]]\nsite = "*.example"\ndrop = "Iklan"\n', "utf-8")

    summary = go(dataclasses.replace(options, rules=options.raw / "rules.toml"))

    assert summary.converted == len(NAMES) + 1
    assert not summary.failed


def test_a_changed_sentence_is_all_that_is_translated_again(options: Options, engine: EnglishEngine) -> None:
    go(options)
    engine.asked.clear()
    file = options.raw / "sukamaju.txt"
    file.write_text(file.read_text("utf-8") + "\nJembatan lama itu dibangun oleh warga.\n", "utf-8")

    summary = go(options)

    assert summary.reused == len(NAMES) - 1
    assert set(engine.asked) == {"Jembatan lama itu dibangun oleh warga."}


def test_an_unchanged_folder_is_told_by_its_bytes(options: Options, engine: EnglishEngine) -> None:
    first = go(options)
    engine.asked.clear()

    second = unchanged(options)

    assert second is not None
    assert second.totals == first.totals
    assert second.reused == second.converted == len(NAMES)
    assert engine.asked == []


@pytest.mark.parametrize(
    "change",
    [
        lambda options: (options.raw / "sukamaju.txt").write_text("Berita lain.\n", "utf-8"),
        lambda options: (options.raw / "baru.txt").write_text(TEXT.format(name="Baru"), "utf-8"),
        lambda options: (options.raw / "sukamaju.txt").rename(options.raw / "lain.txt"),
        lambda options: (options.raw / "sukamaju.txt").unlink(),
        lambda options: (options.out / "corpus.tsv").write_text("mine", "utf-8"),
        lambda options: (options.out / "review.html").unlink(),
        lambda options: remember(options.out, SHARED, "They are glad."),
    ],
    ids=["text", "new", "renamed", "gone", "output changed", "output gone", "corrected"],
)
def test_a_changed_folder_is_not_taken_for_unchanged(
    options: Options, engine: EnglishEngine, change: Callable[[Options], object]
) -> None:
    del engine
    go(options)
    assert unchanged(options) is not None

    change(options)

    assert unchanged(options) is None


@pytest.mark.parametrize("change", [{"beam": 2}, {"source_language": "ms"}, {"force": True}, {"licence": "mine"}])
def test_other_settings_are_not_taken_for_unchanged(
    options: Options, engine: EnglishEngine, change: dict[str, object]
) -> None:
    del engine
    go(options)

    assert unchanged(dataclasses.replace(options, **change)) is None  # type: ignore[arg-type]


def findings(out: Path) -> list[tuple[str, str]]:
    rows = [json.loads(line) for line in (out / "corpus.jsonl").read_text("utf-8").splitlines()]
    return [(found["check"], found["severity"]) for row in rows for found in row["findings"]]


def test_the_settings_of_the_checks_hold_in_what_is_written(
    options: Options, engine: EnglishEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "answer", lambda source: english(source.replace("12.345", "banyak")))
    (options.raw / "sukamaju.txt").write_text("Pemerintah membangun 12.345 rumah di desa itu tahun ini.\n", "utf-8")
    wanted = tmp_path / "checks.toml"

    def settings(text: str) -> Options:
        wanted.write_text(text, "utf-8-sig")  # as some editors save it
        return dataclasses.replace(options, checks=wanted)

    go(options)
    every = findings(options.out)
    [severity] = {bad for name, bad in every if name == "number"}
    assert severity != "minor"
    engine.asked.clear()

    minor = settings('[checks.number]\nseverity = "minor"\n')
    assert unchanged(minor) is None
    go(minor)
    assert findings(options.out) == [(name, "minor" if name == "number" else bad) for name, bad in every]
    assert unchanged(minor) is not None

    go(settings("[checks.number]\non = false\n"))
    assert findings(options.out) == [one for one in every if one[0] != "number"]
    assert engine.asked == []

    remember(options.out, SHARED, "The villagers are glad.")
    with Memory(options.out / MEMORY) as memory:
        revise(options.out, memory)
    assert "number" not in dict(findings(options.out))


@pytest.mark.parametrize("text", ["[checks.nubmer]\non = false\n", "checks =", "[checks.number]\nseverity = 'bad'\n"])
def test_wrong_settings_of_the_checks_stop_a_run_before_it_begins(
    options: Options, engine: EnglishEngine, tmp_path: Path, text: str
) -> None:
    (tmp_path / "checks.toml").write_text(text, "utf-8")

    with pytest.raises(UsageError, match=r"checks\.toml"):
        go(dataclasses.replace(options, checks=tmp_path / "checks.toml"))
    assert engine.asked == []
    assert not options.out.exists()


def test_a_correction_wins_everywhere_and_the_model_is_not_asked(options: Options, engine: EnglishEngine) -> None:
    remember(options.out, SHARED, "The villagers are glad.")

    go(options)

    assert SHARED not in engine.asked
    corrected = [row for row in targets(options.out).values() if row[0] == SHARED]
    assert corrected == [(SHARED, "The villagers are glad.", "reviewed")] * len(NAMES)


def test_a_correction_goes_into_what_is_written_already(options: Options, engine: EnglishEngine) -> None:
    go(options)
    engine.asked.clear()
    with Memory(options.out / MEMORY) as memory:
        memory.correct(
            [
                Remembered(
                    source=SHARED, target="Glad.", source_language="id", target_language="en", state=State.FINAL
                )
            ]
        )
        revision = revise(options.out, memory)

    assert engine.asked == []
    assert [(before.target, after.target) for before, after in revision.changed] == [
        (english(SHARED), "Glad.")
    ] * len(NAMES)
    assert {after.origin for _, after in revision.changed} == {Origin.HUMAN}
    assert {after.model_target for _, after in revision.changed} == {english(SHARED)}
    assert [row for row in targets(options.out).values() if row[0] == SHARED] == [
        (SHARED, "Glad.", "final")
    ] * len(NAMES)


def test_a_run_after_a_revision_changes_nothing(options: Options, engine: EnglishEngine) -> None:
    go(options)
    with Memory(options.out / MEMORY) as memory:
        memory.correct([Remembered(source=SHARED, target="Glad.", source_language="id", target_language="en")])
        revise(options.out, memory)
    revised = {path.name: path.read_bytes() for path in options.out.iterdir() if path.is_file()}
    engine.asked.clear()

    summary = go(options)

    assert summary.reused == len(NAMES)
    assert engine.asked == []
    assert {path.name: path.read_bytes() for path in options.out.iterdir() if path.is_file()} == revised


def test_a_forgotten_correction_gives_the_machine_its_say_again(options: Options, engine: EnglishEngine) -> None:
    del engine
    remember(options.out, SHARED, "Glad.")
    go(options)
    with Memory(options.out / MEMORY) as memory:
        memory.forget(source=SHARED)

    go(options)

    assert {row[1:] for row in targets(options.out).values() if row[0] == SHARED} == {(english(SHARED), "translated")}


def test_revising_what_no_run_has_written_says_so(tmp_path: Path) -> None:
    with Memory(tmp_path / "memory.sqlite") as memory, pytest.raises(InputError, match="holds no finished run"):
        revise(tmp_path, memory)


def test_a_budget_that_is_enough_does_all_with_the_best_beam(options: Options, engine: EnglishEngine) -> None:
    del engine
    summary = go(dataclasses.replace(options, budget=3600.0))

    assert (summary.left, summary.converted, summary.beam) == (0, len(NAMES), 4)


def test_a_budget_that_is_too_small_does_the_shortest_articles_greedily(options: Options) -> None:
    class Slow(EnglishEngine):
        def hear(self, questions: Sequence[Question]) -> None:
            time.sleep(0.01 * len(questions))
            super().hear(questions)

    (options.raw / "panjang.txt").write_text(TEXT.format(name="Panjang") * 40, encoding="utf-8")
    folder = survey_folder(options.raw, source_language="id")

    chosen = ration(
        folder,
        tuple(folder.words),
        budget=0.9,
        beams=(4, 1),
        finished={},
        engines=lambda beam: lambda _: Slow(f"slow {beam}"),
        source_language="id",
        target_language="en",
    )

    assert chosen.beam == 1
    assert 0 < len(chosen.selected) < len(folder.words)
    assert "panjang" not in chosen.selected


def test_articles_left_by_a_budget_are_done_by_the_next_run(
    options: Options, engine: EnglishEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    del engine
    monkeypatch.setattr("normalize.pipeline.work.Deadline.leaves", lambda _self, _words: False)
    first = go(dataclasses.replace(options, budget=3600.0))
    monkeypatch.undo()

    assert first.left == len(NAMES)
    assert first.failed == ()


def test_a_file_changed_while_a_run_reads_is_not_taken_for_what_was_converted(
    options: Options, engine: EnglishEngine
) -> None:
    del engine
    plan = plan_run(options)
    (options.raw / "sukamaju.txt").write_text("Berita yang datang ketika artikel lain sudah dibaca.\n", "utf-8")
    run(plan)

    assert unchanged(options) is None
