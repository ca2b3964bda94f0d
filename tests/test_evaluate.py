"""`normalize evaluate`: scores are sacrebleu's, references find their units, and a comparison knows what it knows."""

from __future__ import annotations

import dataclasses
import json
import math
import sys
from pathlib import Path
from typing import Any

import pytest
import sacrebleu
from corpus_samples import write_run
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from sacrebleu.significance import PairedTest
from sacrebleu.significance import Result as PairedResult
from typer.testing import CliRunner, Result

from normalize.check import Example
from normalize.cli import app
from normalize.corpus import Unit
from normalize.errors import InputError, NormalizeError, UsageError
from normalize.measure.align import Item, counterparts, items
from normalize.measure.evaluate import compare_systems, evaluate

SOURCES = ["Harga beras naik lagi di pasar kota.", "Bupati datang ke desa itu kemarin pagi.",
           "Warga menolak rencana itu.", "Sekolah dibuka kembali pada hari Senin.",
           "Hujan turun sejak malam di pegunungan."]  # fmt: skip
TARGETS = ["The price of rice rises again at the city market.", "The regent came to that village yesterday morning.",
           "Residents reject the plan.", "The school was opened again on Monday.",
           "Rain has been falling in the mountains since the night."]  # fmt: skip
REFERENCES = ["Rice prices rose again at the city's market.", "The regent came to the village yesterday morning.",
              "Residents rejected the plan.", "The school reopened on Monday.",
              "It has been raining in the mountains since last night."]  # fmt: skip


def units(targets: list[str], articles: tuple[str, ...] = ("a",)) -> list[Unit]:
    found = []
    for number, (source, target) in enumerate(zip(SOURCES, targets, strict=True)):
        one = Example(source=source, target=target).subject().unit
        article = articles[number % len(articles)]
        segment = dataclasses.replace(one.segment, id=f"{article}:{number}.0", article=article)
        found.append(dataclasses.replace(one, segment=segment))
    return found


def text(path: Path, lines: list[str]) -> Path:
    path.write_text("".join(f"{one}\n" for one in lines), encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


def told(*arguments: object) -> dict[str, Any]:
    answer = run(*arguments, "--json")
    assert answer.exception is None, answer.exception
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def test_the_scores_are_sacrebleu_s_with_its_signatures() -> None:
    found = {one.metric: one for one in evaluate(TARGETS, REFERENCES)}
    peers = {
        "BLEU": sacrebleu.corpus_bleu(TARGETS, [REFERENCES]),
        "chrF2++": sacrebleu.corpus_chrf(TARGETS, [REFERENCES], word_order=2),
        "TER": sacrebleu.corpus_ter(TARGETS, [REFERENCES]),
    }
    assert {name: one.value for name, one in found.items()} == {name: peer.score for name, peer in peers.items()}
    assert all(f"version:{sacrebleu.__version__}" in one.signature for one in found.values())
    assert "nw:2" in found["chrF2++"].signature


def test_a_perfect_translation_has_perfect_scores() -> None:
    assert [round(one.value, 6) for one in evaluate(REFERENCES, REFERENCES)] == [100.0, 100.0, 0.0]


def test_the_comparison_agrees_with_sacrebleu_s_paired_bootstrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SACREBLEU_SEED", "12345")
    older = [target.replace("the", "a") for target in TARGETS]
    found = compare_systems(TARGETS, older, REFERENCES, samples=200)
    metrics = {"BLEU": BLEU(), "CHRF": CHRF(word_order=2), "TER": TER()}
    signatures, results = PairedTest([("older", older), ("newer", TARGETS)], metrics, [REFERENCES], "bs", 200)()
    for one in found:
        peer = results[one.metric][1]
        assert isinstance(peer, PairedResult)
        assert one.system.value == pytest.approx(peer.score)
        assert one.p == pytest.approx(peer.p_value)
        assert (one.system.mean, one.system.half) == pytest.approx((peer.mean, peer.ci), abs=1e-3)
        assert one.signature == str(signatures[one.metric])


def test_two_equal_systems_are_not_told_apart() -> None:
    assert [one.better for one in compare_systems(TARGETS, TARGETS, REFERENCES, samples=100)] == [None] * 3


def test_a_much_better_system_is_told_so_and_for_ter_lower_is_better() -> None:
    references = REFERENCES * 6
    worse = ["Nothing of this is right here."] * len(references)
    assert [one.better for one in compare_systems(references, worse, references, samples=200)] == [True] * 3
    assert [one.better for one in compare_systems(worse, references, references, samples=200)] == [False] * 3


def test_without_translations_there_is_nothing_to_score() -> None:
    assert evaluate([], []) == []
    assert compare_systems([], [], []) == []
    with pytest.raises(ValueError, match="1 translations and 2"):
        evaluate(["a"], ["a", "b"])


def test_without_sacrebleu_one_line_names_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "sacrebleu.metrics.bleu", None)
    answer = run(write_run(tmp_path, units(TARGETS)), "--reference", text(tmp_path / "r.txt", REFERENCES))
    assert isinstance(answer.exception, UsageError)
    assert "sacrebleu" in str(answer.exception)
    assert "normalize-corpus[evaluate]" in str(answer.exception)


def test_references_by_line_by_source_and_by_another_run_give_the_same_scores(tmp_path: Path) -> None:
    place = write_run(tmp_path / "out", units(TARGETS))
    tsv = tmp_path / "r.tsv"
    shuffled = list(zip(SOURCES, REFERENCES, strict=True))[::-1]
    tsv.write_text("".join(f"{source}\t{target}\n" for source, target in shuffled), encoding="utf-8")
    tmx = tmp_path / "r.tmx"
    body = "".join(f'<tu><tuv xml:lang="id"><seg>{source}</seg></tuv><tuv xml:lang="en"><seg>{target}</seg></tuv></tu>'
                   for source, target in shuffled)  # fmt: skip
    tmx.write_text(f'<tmx version="1.4"><header srclang="id"/><body>{body}</body></tmx>', encoding="utf-8")
    references = [text(tmp_path / "r.txt", REFERENCES), tsv, tmx, write_run(tmp_path / "human", units(REFERENCES))]
    found = [told(place, "--reference", reference) for reference in references]
    assert found[0]["scores"][0]["score"] == round(sacrebleu.corpus_bleu(TARGETS, [REFERENCES]).score, 4)
    assert [one["scores"] for one in found] == [found[0]["scores"]] * len(found)
    assert {one["scored"] for one in found} == {len(TARGETS)}


def test_units_without_a_reference_are_left_out_and_counted(tmp_path: Path) -> None:
    place = write_run(tmp_path / "out", units(TARGETS))
    found = told(place, "--reference", text(tmp_path / "r.txt", [*REFERENCES[:3], "", " "]))
    assert (found["scored"], found["translations"]) == (3, 5)
    assert found["scores"][0]["score"] == round(sacrebleu.corpus_bleu(TARGETS[:3], [REFERENCES[:3]]).score, 4)


def test_a_text_of_hypotheses_is_scored_by_line(tmp_path: Path) -> None:
    found = told("--hypothesis", text(tmp_path / "h.txt", TARGETS), "--reference", text(tmp_path / "r.txt", REFERENCES))
    assert found["scores"][0]["score"] == round(sacrebleu.corpus_bleu(TARGETS, [REFERENCES]).score, 4)


def test_each_article_can_have_scores_of_its_own(tmp_path: Path) -> None:
    place = write_run(tmp_path / "out", units(TARGETS, ("b", "a")))
    found = told(place, "--reference", text(tmp_path / "r.txt", REFERENCES), "--by", "article")
    assert [row["article"] for row in found["articles"]] == ["a", "b"]
    chrf = sacrebleu.corpus_chrf(TARGETS[1::2], [REFERENCES[1::2]], word_order=2).score
    assert found["articles"][0]["chrF2++"] == round(chrf, 4)


def test_a_baseline_is_compared_on_the_units_both_have(tmp_path: Path) -> None:
    older = [*TARGETS[:4], ""]
    found = told(write_run(tmp_path / "out", units(TARGETS)), "--reference", text(tmp_path / "r.txt", REFERENCES),
                 "--baseline", write_run(tmp_path / "older", units(older)))  # fmt: skip
    assert found["scored"] == 4
    assert [row["better"] for row in found["comparison"]] == [None] * 3
    assert found["comparison"][0]["run"] == found["comparison"][0]["baseline"]
    assert [row["score"] for row in found["scores"]] == [row["run"]["score"] for row in found["comparison"]]
    assert found["scores"][0]["score"] == round(sacrebleu.corpus_bleu(TARGETS[:4], [REFERENCES[:4]]).score, 4)


def test_the_terminal_shows_a_line_a_metric(tmp_path: Path) -> None:
    place = write_run(tmp_path / "out", units(TARGETS))
    reference = text(tmp_path / "r.txt", REFERENCES)
    lines = run(place, "--reference", reference).stdout.splitlines()
    assert [one.split()[0] for one in lines[1:]] == ["BLEU", "chrF2++", "TER"]
    compared = run(place, "--reference", reference, "--baseline", place, "--by", "article").stdout
    assert "difference" in compared
    assert "±" in compared


def test_texts_of_different_lengths_are_refused_with_both_numbers(tmp_path: Path) -> None:
    place = write_run(tmp_path / "out", units(TARGETS))
    answer = run(place, "--reference", text(tmp_path / "r.txt", REFERENCES[:2]))
    assert isinstance(answer.exception, InputError)
    assert "has 2 lines, and there are 5 translations" in str(answer.exception)


def test_references_for_other_sources_are_refused(tmp_path: Path) -> None:
    place = write_run(tmp_path / "out", units(TARGETS))
    (tmp_path / "r.tsv").write_text("Lain sekali.\tQuite another.\n", encoding="utf-8")
    answer = run(place, "--reference", tmp_path / "r.tsv")
    assert isinstance(answer.exception, InputError)
    assert "none of the sources" in str(answer.exception)


@pytest.mark.parametrize("content", [b"", b"\n\n\n\n\n", b"\xff\xfe\x00", b"\0\0"])
def test_a_reference_that_is_nothing_is_one_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "r.txt").write_bytes(content)
    answer = run(write_run(tmp_path / "out", units(TARGETS)), "--reference", tmp_path / "r.txt")
    assert isinstance(answer.exception, NormalizeError)


def test_a_source_that_recurs_takes_its_references_in_order_and_a_single_one_serves_all(tmp_path: Path) -> None:
    path = tmp_path / "r.tsv"
    path.write_text("Ya.\tYes.\nTidak.\tNo.\nYa.\tIndeed.\n", encoding="utf-8")
    wanted = [Item("", "Ya."), Item("", "Tidak."), Item("", "Ya."), Item("", "Tidak."), Item("", "Lain.")]
    assert counterparts(wanted, path) == ["Yes.", "No.", "Indeed.", "No.", None]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=12))
def test_every_unit_of_a_run_is_its_own_counterpart(
    tmp_path_factory: pytest.TempPathFactory, targets: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("out")
    found = []
    for number, target in enumerate(targets):
        one = Example(source="Ya.", target=target).subject().unit
        found.append(dataclasses.replace(one, segment=dataclasses.replace(one.segment, id=f"a:{number}")))
    place = write_run(folder, found)
    if any(target.strip() for target in targets):
        assert counterparts(items(place), place) == [target if target.strip() else None for target in targets]


def test_scores_are_finite_numbers_in_json(tmp_path: Path) -> None:
    found = told("--hypothesis", text(tmp_path / "h.txt", ["x"]), "--reference", text(tmp_path / "r.txt", ["y"]))
    assert all(math.isfinite(row["score"]) for row in found["scores"])
