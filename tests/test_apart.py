"""What a run reads is kept apart from what it writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.errors import UsageError
from normalize.pipeline.apart import apart
from normalize.read import find


def _article(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Satu.", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["corpus.jsonl", "articles.jsonl", "dropped.jsonl", "CORPUS.md", "review.html"])
def test_a_file_that_the_run_would_write_over_is_not_read(tmp_path: Path, name: str) -> None:
    raw = _article(tmp_path / name)
    with pytest.raises(UsageError, match="in one folder"):
        apart(raw, tmp_path)
    apart(raw, tmp_path / "out")


def test_a_file_of_another_name_may_stand_where_the_corpus_goes(tmp_path: Path) -> None:
    apart(_article(tmp_path / "one.txt"), tmp_path)


def test_the_folder_of_the_corpus_and_its_articles_are_not_read(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _article(out / "articles" / "site" / "a.id.txt")
    for raw in (out, out / "articles", out / "articles" / "site", tmp_path / "other" / ".." / "out"):
        with pytest.raises(UsageError, match="in one folder"):
            apart(raw, out)


def test_articles_of_ones_own_where_the_corpus_would_go_are_not_passed_over_in_silence(tmp_path: Path) -> None:
    _article(tmp_path / "raw" / "site" / "a.txt")
    with pytest.raises(UsageError, match="holds articles") as caught:
        apart(tmp_path / "raw", tmp_path / "raw" / "site")
    assert "OUT" in caught.value.advice


@pytest.mark.parametrize("mark", ["manifest.json", ".normalize/journal.sqlite"])
def test_a_corpus_of_an_earlier_run_may_lie_among_the_articles_and_is_no_article(tmp_path: Path, mark: str) -> None:
    raw, out = tmp_path / "raw", tmp_path / "raw" / "out"
    _article(raw / "a.txt")
    _article(out / "articles" / "a.id.txt")
    _article(out / mark)
    apart(raw, out)
    assert [source.relative for source in find(raw, without=out)] == ["a.txt"]


def test_a_folder_that_is_not_there_yet_or_holds_no_article_takes_the_corpus(tmp_path: Path) -> None:
    _article(tmp_path / "a.txt")
    apart(tmp_path, tmp_path / "out")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.pdf").write_bytes(b"%PDF")
    apart(tmp_path, tmp_path / "out")
