"""A run killed at random instants, again and again: nothing lost, nothing done twice, the same bytes in the end."""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from engines import EnglishEngine, Question

from normalize.pipeline import Options, plan_run, run
from normalize.pipeline.journal import Journal
from normalize.pipeline.publish import STATE
from normalize.translate import Store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal, in forked processes")

KILLS = 50
ARTICLES = 40
TEXT = (
    "Jembatan desa {name} nomor {number} dibuka kembali pekan ini\n\n"
    "Pemerintah kabupaten membuka kembali jembatan nomor {number} di desa {name} pada hari Senin.\n\n"
    "Warga yang selama ini harus memutar jauh untuk pergi ke pasar {name} mengaku senang dengan itu.\n\n"
    "“Sekarang anak-anak bisa pergi ke sekolah nomor {number} dengan aman,” kata kepala desa {name}.\n"
)
NAMES = ("Sukamaju", "Karangsari", "Tanjungrejo", "Wonoasri", "Banyubiru", "Girimulyo", "Sidomukti", "Margahayu")


class NotingEngine(EnglishEngine):
    """Notes in a file what it was asked, so that what a killed process asked is known."""

    def __init__(self, notes: Path) -> None:
        super().__init__()
        self.notes = notes

    def hear(self, questions: Sequence[Question]) -> None:
        with self.notes.open("a", encoding="utf-8") as file:
            file.writelines(f"{question.source}\n" for question in questions)


def convert(raw: Path, out: Path, notes: Path) -> None:
    Store.engine = lambda *_, **__: NotingEngine(notes)  # type: ignore[method-assign]
    run(plan_run(Options(raw=raw, out=out, source_language="id")))


def tree(out: Path) -> dict[str, str]:
    files = sorted(path for path in out.rglob("*") if path.is_file() and ".normalize" not in path.parts)
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def asked(notes: Path) -> list[str]:
    return notes.read_text("utf-8").splitlines() if notes.exists() else []


def finished(out: Path) -> set[str]:
    if not (out / STATE).exists():
        return set()
    with Journal(out / STATE) as journal:
        return journal.articles()


def test_a_run_killed_at_fifty_instants_ends_like_one_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    sources: dict[str, str] = {}
    for number in range(ARTICLES):
        text = TEXT.format(name=NAMES[number % len(NAMES)], number=1000 + number)
        (raw / f"{number:03}.txt").write_text(text, encoding="utf-8")
        sources |= dict.fromkeys(filter(None, text.split("\n")), f"{number:03}")
    monkeypatch.setattr("normalize.pipeline.work._GROUP_ARTICLES", 4)
    processes = multiprocessing.get_context("fork")
    whole = processes.Process(target=convert, args=(raw, tmp_path / "whole", tmp_path / "whole.txt"))
    whole.start()
    whole.join()
    assert whole.exitcode == 0

    chance = random.Random(7)  # noqa: S311 - no secret
    killed = rounds = 0
    while killed < KILLS:
        rounds += 1
        out, notes = tmp_path / f"out-{rounds}", tmp_path / f"notes-{rounds}.txt"
        exitcode = None
        while exitcode != 0 and killed < KILLS:
            done, before = finished(out), len(asked(notes))
            process = processes.Process(target=convert, args=(raw, out, notes))
            process.start()
            process.join(chance.uniform(0.0, 0.35))
            if process.is_alive():
                process.kill()
                process.join()
            exitcode = process.exitcode
            killed += exitcode == -signal.SIGKILL
            again = {sources[source] for source in asked(notes)[before:] if source in sources}
            assert not again & done
        last = processes.Process(target=convert, args=(raw, out, notes))
        last.start()
        last.join()
        assert last.exitcode == 0
        assert tree(out) == tree(tmp_path / "whole")
    assert len(tree(tmp_path / "whole")) > 2 * ARTICLES
