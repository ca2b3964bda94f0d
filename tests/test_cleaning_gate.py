"""The quality gate: sample pages in nine languages come out at least as well as they ever did."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from cleaning_gate import HERE, Page, failures, floors, pages, raised, scored

from normalize.clean import removed
from normalize.corpus import replay
from normalize.pipeline import clean_text

PAGES = {page.name: page for page in pages()}
CLEAN = sorted((HERE / "clean").glob("*.txt"))


def test_there_are_pages_of_many_languages_and_kinds() -> None:
    assert len(PAGES) >= 40
    assert len({name.partition("-")[0] for name in PAGES}) >= 9
    assert {page.format for page in PAGES.values()} == {"html", "text"}
    assert set(floors()) == set(PAGES), "run tests/cleaning_gate.py --raise"


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_cleaned_as_well_as_ever(page: Page) -> None:
    assert failures(page, scored(page), floors().get(page.name)) == []


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_an_article_without_furniture_comes_out_as_it_is(path: Path) -> None:
    text = path.read_text("utf-8").rstrip("\n")
    article = clean_text(text.encode(), path=path.name)
    assert article.text == text
    assert article.edits == ()


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_the_record_of_a_page_replays(page: Page) -> None:
    article = clean_text(page.data, path=page.name, format=page.format)
    assert replay(article.raw, article.edits) == article.text
    assert all(item.rule and item.text for item in removed(article))


def test_a_worse_score_or_a_changed_page_fails_and_a_better_one_raises_the_floor() -> None:
    page = next(iter(PAGES.values()))
    score = dataclasses.replace(scored(page), lines=0.9, words=0.9, lost=1)
    floor = raised(page, score, None)
    assert failures(page, score, floor) == []
    assert len(failures(page, dataclasses.replace(score, lines=0.8, lost=2), floor)) == 2
    assert failures(dataclasses.replace(page, sha256="0"), score, floor) != []
    assert failures(page, score, None) != []
    better = raised(page, dataclasses.replace(score, words=0.95, lost=0), floor)
    assert (better["lines"], better["words"], better["lost"]) == (0.9, 0.95, 0)
    assert raised(page, dataclasses.replace(score, words=0.1, lost=9), better) == better


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_the_clean_text_of_a_page_is_clean(page: Page) -> None:
    once = clean_text(page.data, path=page.name, format=page.format).text
    assert clean_text(once.encode()).text == once
