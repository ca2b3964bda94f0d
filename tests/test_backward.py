"""Reverse scores: asked for where a person will look, weighed among themselves, and heard in the order of review."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import corpus_samples
import pytest
import translate_packages as packages
from engines import EnglishEngine
from hypothesis import given
from hypothesis import strategies as st

from normalize.corpus import Conversion, Finding, Issue, Method, Origin, Receipt, Severity, Span, State, Unit
from normalize.errors import PackageError
from normalize.glossary import Glossary
from normalize.guard import backward, estimate, estimates
from normalize.guard.backward import doubtful
from normalize.pipeline import Options, plan_run, run, unchanged
from normalize.pipeline.backward import BACKWARD
from normalize.pipeline.journal import Journal
from normalize.pipeline.prepare import survey_folder
from normalize.pipeline.work import Work
from normalize.review import Selection, render
from normalize.translate import Store

SOURCE = "Pemerintah membuka kembali jembatan desa itu pada hari Senin pagi."
TARGET = "The government opened that village's bridge again on Monday morning."
MINOR = Finding(check="length", issue=Issue.LENGTH, severity=Severity.MINOR, message="")
LACKING = Receipt(
    term="jembatan", target="viaduct", span=Span(start=27, end=35), surface="jembatan", method=Method.MISSING
)


class BackEngine(EnglishEngine):
    """Finds sources likely or not, given a target; notes what it was asked."""

    source_language, target_language = "en", "id"

    def __init__(self, scores: Mapping[str, float] | None = None, signature: str = "back 1") -> None:
        super().__init__(signature)
        self.scores = scores or {}
        self.scored: list[tuple[str, str]] = []

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        pairs = list(zip(sources, targets, strict=True))
        self.scored += pairs
        return [self.scores.get(source, -1.0) for source, _ in pairs]


class BrokenEngine(BackEngine):
    """A package that can be read and does not run."""

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        del sources, targets
        raise PackageError("the model cannot be loaded", path="translate-en_id", advice="reinstall it")


def unit(number: int = 0, target: str = TARGET, **changes: Any) -> Unit:  # noqa: ANN401 - any field
    made = corpus_samples.unit(f"a:{number}.0", SOURCE, target)
    made = dataclasses.replace(made, score=-0.4, state=State.TRANSLATED, origin=Origin.MACHINE, findings=())
    return dataclasses.replace(made, **changes)


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, False),
        ({"findings": (MINOR,)}, True),
        ({"receipts": (LACKING,)}, True),
        ({"score": -6.0}, True),
        ({"score": None, "findings": (MINOR,)}, False),
        ({"origin": Origin.HUMAN, "findings": (MINOR,)}, False),
        ({"origin": Origin.COPIED, "findings": (MINOR,)}, False),
        ({"origin": Origin.MEMORY, "findings": (MINOR,)}, False),
        ({"state": State.REVIEWED, "findings": (MINOR,)}, False),
        ({"target": " ", "findings": (MINOR,)}, False),
    ],
)
def test_only_what_a_model_said_and_a_person_will_look_at_is_asked_about(
    changes: dict[str, Any], asked: bool  # noqa: FBT001 - a row
) -> None:
    one, engine = unit(**changes), BackEngine()
    assert doubtful(one) is asked
    [scored] = backward([one], engine)
    assert (scored.reverse is not None) is asked
    assert engine.scored == [(one.target, SOURCE)] * asked


def test_units_come_back_in_order_each_with_its_own_score_and_otherwise_as_they_were() -> None:
    given_ = [unit(n, f"Target {n} was opened.", findings=(MINOR,) * (n % 2)) for n in range(6)]
    scores = {one.target: -0.1 * number for number, one in enumerate(given_)}
    scored = backward(given_, BackEngine(scores))
    assert [one.reverse for one in scored] == [None, -0.1, None, -0.1 * 3, None, -0.5]
    assert [dataclasses.replace(one, reverse=None) for one in scored] == given_


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), float("-inf")])
def test_a_score_that_is_no_number_or_endless_says_nothing(odd: float) -> None:
    asked = [unit(n, f"Target {n} was opened.", findings=(MINOR,)) for n in range(3)]
    scored = backward(asked, BackEngine({asked[0].target: -0.5, asked[1].target: odd, asked[2].target: -2.0}))
    assert [one.reverse for one in scored] == [-0.5, None, -2.0]
    kept = dataclasses.replace(asked[1], reverse=odd)  # by an earlier version
    assert estimates([scored[0], kept, scored[2]]) == estimates(scored)


def test_an_engine_that_is_not_needed_is_not_asked() -> None:
    engine = BackEngine()
    backward([unit(), unit(1)], engine)
    assert engine.scored == []


def test_of_two_that_are_alike_the_one_whose_source_is_less_likely_is_the_worse() -> None:
    good, bad = unit(0, findings=(MINOR,), reverse=-0.5), unit(1, findings=(MINOR,), reverse=-4.0)
    rest = [unit(n, score=-0.3 - n / 20, findings=(MINOR,), reverse=-1.5 - n / 50) for n in range(2, 12)]
    found = estimates([good, bad, *rest])
    assert estimate(good) == estimate(bad)
    assert found[1] < found[0]


def test_the_reverse_score_can_outweigh_a_somewhat_better_forward_score() -> None:
    smooth, faithful = unit(0, score=-0.35, reverse=-5.0), unit(1, score=-0.45, reverse=-0.4)
    rest = [unit(n, score=-0.3 - n / 40, reverse=-0.8 - n / 10) for n in range(2, 12)]
    found = estimates([smooth, faithful, *rest])
    assert estimate(faithful) < estimate(smooth)
    assert found[0] < found[1]


@given(
    st.lists(st.tuples(st.floats(-3, -0.1), st.floats(-3, -0.1)), min_size=2, max_size=8),
    st.floats(0.5, 4), st.floats(-5, 0),
)  # fmt: skip
def test_how_high_a_package_scores_in_general_changes_nothing(
    pairs: list[tuple[float, float]], factor: float, offset: float
) -> None:
    units = [unit(number, score=score, reverse=reverse) for number, (score, reverse) in enumerate(pairs)]
    other = [dataclasses.replace(one, reverse=factor * (one.reverse or 0.0) + offset) for one in units]
    assert estimates(other) == pytest.approx(estimates(units), abs=1e-4)
    assert all(0 <= value <= 1 for value in estimates(units))


def test_a_unit_alone_is_compared_with_nothing_and_keeps_its_estimate() -> None:
    one = unit(findings=(MINOR,), reverse=-3.0)
    assert estimates([one]) == [estimate(one)]
    assert estimates([unit(1), one, unit(2)]) == [estimate(unit(1)), estimate(one), estimate(unit(2))]
    assert estimates([]) == []


def test_packages_of_two_languages_are_not_measured_by_one_another() -> None:
    indonesian = [unit(n, score=-0.3 - n / 10, reverse=-0.5 - n / 5) for n in range(4)]
    french = [
        dataclasses.replace(one, segment=dataclasses.replace(one.segment, language="fr"), reverse=-9.0 - number / 3)
        for number, one in enumerate(indonesian)
    ]
    assert estimates([*indonesian, *french])[:4] == estimates(indonesian)


def shown(selection: Selection) -> list[dict[str, float]]:
    """Give the units of the page."""
    page = b"".join(render(selection, signature="s")).decode()
    [block] = re.findall(r'<script type="application/json"[^>]*>(.*?)</script', page, re.DOTALL)
    return [one for article in json.loads(block)["articles"] for one in article["units"]]


def selection_of(conversions: Sequence[Conversion], *, most: int = 100) -> Selection:
    made = Selection(lambda _: [], most=most, estimate=estimate, estimates=estimates)
    for conversion in conversions:
        made.add(conversion)
    return made


def test_the_page_orders_by_what_all_its_reverse_scores_say() -> None:
    units = [unit(n, score=-0.4 - n / 50, findings=(MINOR,), reverse=-1.0 - (n == 3) * 3) for n in range(6)]
    articles = [corpus_samples.conversion(f"a{number}", units[number : number + 2]) for number in (0, 2, 4)]
    found = [one["quality"] for one in shown(selection_of(articles))]
    assert found == [round(value, 3) for value in estimates(units)]
    assert found.index(min(found)) == 3


def test_articles_without_reverse_scores_are_as_they_were() -> None:
    article = corpus_samples.conversion("a0", [unit(0, findings=(MINOR,)), unit(1)])
    plain = Selection(lambda _: [], estimate=estimate)
    plain.add(article)
    assert list(selection_of([article])) == list(plain)


def test_a_page_that_is_full_compares_only_what_is_on_it() -> None:
    worse = [unit(n, score=-1.0 - n, findings=(MINOR,), reverse=-1.0 - n) for n in range(3)]
    better = [unit(n, score=-0.2, findings=(MINOR,), reverse=-30.0) for n in range(3, 6)]
    articles = [corpus_samples.conversion("better", better), corpus_samples.conversion("worse", worse)]
    found = [one["quality"] for one in shown(selection_of(articles, most=3))]
    assert found == [round(value, 3) for value in estimates(worse)]


@given(st.text(max_size=40))
def test_any_text_survives_being_estimated_again(text: str) -> None:
    units = [unit(n, f"x {text}", findings=(MINOR,), reverse=-1.0 - n) for n in range(2)]
    article = corpus_samples.conversion("a0", units)
    plain = Selection(lambda _: [], estimate=estimate)
    plain.add(article)
    [before], [after] = plain, selection_of([article])
    assert json.loads(after) == json.loads(before)  # their scores are the same, so the reverse ones have no say
    assert b"<" not in after


ARTICLE = (
    "Jembatan desa {name} dibuka kembali pekan ini\n\n"
    "Pemerintah kabupaten membuka kembali jembatan di desa {name} pada hari Senin setelah diperbaiki tiga bulan.\n\n"
    "Warga yang selama ini harus memutar jauh untuk pergi ke pasar mengaku senang dengan jembatan {name} itu.\n"
)
GLOSSARY = Glossary.parse(b"source,target\njembatan,viaduct\n")
"""Nothing of it is ever said by the engine, so terms are missing, and units doubtful."""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for name in ("Sukamaju", "Karangsari", "Wonoasri"):
        (folder / f"{name}.txt").write_text(ARTICLE.format(name=name), "utf-8")
    return folder


def work_over(raw: Path, file: Path, back: BackEngine | None) -> tuple[Work, list[Conversion], set[str]]:
    folder = survey_folder(raw, source_language="id")
    with Journal(file) as journal:
        work = Work(
            folder=folder, selected=tuple(folder.words), glossary=GLOSSARY, engines=lambda _: EnglishEngine(),
            journal=journal, source_language="id", back=lambda _: back,
        )  # fmt: skip
        work.convert_all()
        return work, list(journal.conversions(sorted(work.done))), set(journal.engines().values())


def test_a_run_scores_doubtful_units_backward_and_says_so_in_the_signature(raw: Path, tmp_path: Path) -> None:
    back = BackEngine()
    _, conversions, signatures = work_over(raw, tmp_path / "journal.sqlite", back)
    units = [unit for conversion in conversions for unit in conversion.units]
    assert {(one.target, one.segment.source) for one in units if one.reverse is not None} == set(back.scored)
    assert back.scored
    assert all((one.reverse is not None) == doubtful(one) for one in units)
    assert signatures == {f"{EnglishEngine().signature}{BACKWARD}{back.signature}"}


def test_another_package_of_the_other_direction_is_asked_anew(raw: Path, tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite"
    work_over(raw, file, None)
    for back, how in ((BackEngine(), "converted"), (BackEngine(), "reused"), (BackEngine(signature="2"), "converted")):
        work, _, _ = work_over(raw, file, back)
        assert set(work.done.values()) == {how}


def test_a_package_of_the_other_direction_that_does_not_run_costs_no_article(raw: Path, tmp_path: Path) -> None:
    work, conversions, _ = work_over(raw, tmp_path / "journal.sqlite", BrokenEngine())
    _, plain, _ = work_over(raw, tmp_path / "plain.sqlite", None)
    assert work.failed == []
    assert conversions == plain
    [notice] = work.notices
    assert "cannot be loaded" in notice


def test_articles_it_could_not_be_asked_about_are_converted_again_once_it_runs(raw: Path, tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite"
    work, _, _ = work_over(raw, file, BrokenEngine())
    assert work.unasked == set(work.done)
    for how in ("converted", "reused"):
        work, conversions, _ = work_over(raw, file, BackEngine())
        assert set(work.done.values()) == {how}
        assert work.unasked == set()
        assert any(unit.reverse is not None for conversion in conversions for unit in conversion.units)


def test_a_run_that_could_not_ask_it_is_not_taken_for_finished(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back: list[BackEngine] = [BrokenEngine()]
    monkeypatch.setattr(Store, "engine", lambda *_, **__: EnglishEngine())
    monkeypatch.setattr(Store, "back", lambda *_, **__: back[-1])
    glossary = tmp_path / "glossary.csv"
    glossary.write_text("source,target\njembatan,viaduct\n", "utf-8")
    options = Options(raw=raw, out=tmp_path / "out", source_language="id", glossary=(glossary,))
    run(plan_run(options))
    assert unchanged(options) is None
    back.append(BackEngine())  # of the same name: what failed was the moment
    run(plan_run(options))
    assert unchanged(options) is not None


def test_the_store_gives_the_other_direction_only_by_a_package_for_the_very_pair(tmp_path: Path) -> None:
    assert Store([tmp_path]).back("id", "en") is None
    packages.folder(tmp_path, "en", "de")
    packages.folder(tmp_path, "de", "id")
    assert Store([tmp_path]).back("id", "en") is None
    packages.folder(tmp_path, "en", "id")
    engine = Store([tmp_path]).back("id", "en")
    assert engine is not None
    assert (engine.source_language, engine.target_language) == ("en", "id")


@pytest.mark.model
def test_installing_the_other_direction_changes_the_review_and_nothing_of_the_corpus(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened() -> Store:
        return Store([tmp_path / "packages"])

    monkeypatch.setattr(Store, "open", opened)
    (raw.parent / "glossary.csv").write_text("source,target\njembatan,xylographic viaduct\n", "utf-8")
    options = Options(
        raw=raw, out=tmp_path / "out", source_language="id", beam=1, glossary=(raw.parent / "glossary.csv",)
    )
    run(plan_run(options))
    corpus = (options.out / "corpus.jsonl").read_bytes()
    assert unchanged(options) is not None

    # No such package is at hand: the bundled one is made to say that it translates the other way, and runs.
    file = packages.variant(tmp_path / "en_id.argosmodel", {"metadata.json": packages.metadata("en", "id")})
    opened().folders[0].mkdir()
    opened().install(file)
    assert unchanged(options) is None
    run(plan_run(options))
    assert (options.out / "corpus.jsonl").read_bytes() == corpus
    manifest = json.loads((options.out / "manifest.json").read_bytes())
    assert "translate-en_id-1.0" in manifest["inputs"]["backward"]
    assert unchanged(options) is not None
