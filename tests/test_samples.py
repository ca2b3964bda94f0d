"""The sample articles of `raw/` against what their author wrote down before any program saw them (`tests/golden/`)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from normalize.corpus import Article, replay
from normalize.pipeline import clean_folder

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
IDS = sorted(path.relative_to(GOLDEN).with_suffix("").as_posix() for path in GOLDEN.rglob("*.txt"))


@cache
def cleaned() -> dict[str, Article]:
    articles = [result for result in clean_folder(ROOT / "raw") if isinstance(result, Article)]
    return {article.id: article for article in articles}


def test_every_sample_is_read() -> None:
    assert sorted(cleaned()) == IDS


@pytest.mark.parametrize("article", IDS)
def test_a_sample_comes_out_as_its_author_wrote_it(article: str) -> None:
    expected = (GOLDEN / f"{article}.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")

    assert cleaned()[article].text.split("\n") == expected


@pytest.mark.parametrize("article", IDS)
def test_replaying_the_edits_of_a_sample_gives_its_clean_text(article: str) -> None:
    found = cleaned()[article]

    assert replay(found.raw, found.edits) == found.text


@pytest.mark.parametrize("article", IDS)
def test_what_a_page_says_of_itself_is_lifted(article: str) -> None:
    expected = json.loads((GOLDEN / "metadata.json").read_text(encoding="utf-8"))[article]
    metadata = cleaned()[article].metadata

    found = {key: getattr(metadata, key).casefold() for key in expected}

    assert found == {key: value.casefold() for key, value in expected.items()}
