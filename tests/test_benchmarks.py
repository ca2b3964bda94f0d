"""What the benchmarks measure is what they say: a model that copies, articles that do not repeat each other."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))

import argos_shape
import scaling

from normalize.pipeline import survey_folder
from normalize.translate.calibration import Setting
from normalize.translate.ctranslate2_engine import CTranslate2Engine
from normalize.translate.model import Model
from normalize.translate.package import fingerprint


@pytest.mark.model
def test_a_model_made_of_random_weights_copies_its_source_whatever_the_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("LAYERS", 2), ("HEADS", 4), ("WIDTH", 256), ("INNER", 128), ("PIECES", 1)):
        monkeypatch.setattr(argos_shape, name, value)  # the real one takes seconds to make
    package = argos_shape.made(tmp_path / "package", "id")
    model = Model(package, fingerprint=fingerprint(package), setting=Setting())
    for beam in (1, 4):
        engine = CTranslate2Engine(package, model, beam=beam)
        sources = [
            "Ya.",
            "Pemerintah membuka kembali jembatan desa itu pada hari Senin pagi.",
            "Warga yang harus memutar jauh untuk pergi ke pasar, kata kepala desa, senang dengan jembatan yang baru.",
        ]
        assert [answers[0].target for answers in engine.translate(sources)] == sources


def test_generated_articles_do_not_repeat_one_another(tmp_path: Path) -> None:
    words = scaling.generate(tmp_path / "raw", 40, 8)
    files = sorted((tmp_path / "raw").iterdir())
    assert len(files) == 40
    assert words == sum(len(path.read_text("utf-8").split()) for path in files)
    assert survey_folder(tmp_path / "raw", source_language="id").recurrence.duplicates == {}


def test_the_same_articles_are_generated_again(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        scaling.generate(tmp_path / name, 12)
        made.append([path.read_bytes() for path in sorted((tmp_path / name).iterdir())])
    assert made[0] == made[1]


@given(st.text(alphabet="ab cd\n.,A", max_size=200), st.integers(0, 9))
def test_a_varied_text_keeps_its_words_and_lines_and_adds_none_of_others(text: str, seed: int) -> None:
    made = scaling.varied(text, random.Random(seed))  # noqa: S311 - no secret
    assert made.count("\n") == text.count("\n")
    for before, after in zip(text.split("\n"), made.split("\n"), strict=True):
        left = iter(after.split())
        assert all(word in left for word in before.split())  # in their order
    assert set(made.split()) == set(text.split())


def test_growth_is_told_by_the_thousand(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"articles": 10_000, "peak": 300.0, "cpu": 100.0}, {"articles": 20_000, "peak": 305.0, "cpu": 220.0}]
    scaling.slopes(rows)
    assert capsys.readouterr().out == (
        "10,000 to 20,000 articles: 0.5 MB a thousand, 12.0 ms of the processor each\n"
    )
