"""`normalize export` and `normalize import`: exit codes, what is said, what is written."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from normalize.cli import main
from normalize.export import ArticleRow, UnitRow
from normalize.rows import line

ROWS = [
    UnitRow(id="a:0.0", article="a", source="Gudang beras itu dibuka lagi oleh bupati.", source_language="id",
            target="The rice warehouse was reopened by the regent.", target_language="en", score=-0.5),
    UnitRow(id="a:1.0", article="a", paragraph=1, source="Ya.", target="Yes.", source_language="id",
            target_language="en"),
]  # fmt: skip


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "corpus.jsonl").write_bytes(b"".join(map(line, ROWS)))
    (folder / "articles.jsonl").write_bytes(line(ArticleRow(id="a", url="https://contoh.id/a", title="Judul")))
    (folder / "manifest.json").write_text('{"signature": "normalize 0|id-en|x"}')
    return folder


def normalize(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command; give its exit code."""
    monkeypatch.setattr(sys, "argv", ["normalize", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0)


def test_a_file_is_written_and_named(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert normalize(monkeypatch, "export", "--format", "tmx", "--to", "c.tmx", "--drop-reasons", "why.tsv") == 0
    said = capsys.readouterr()
    assert said.out == "c.tmx\nwhy.tsv\n"
    assert "1 dropped by length" in said.err
    assert "1 of 2 units · TMX 1.4b" in said.err
    assert "tmx cannot carry: of 1 unit written: the article's title of 1" in said.err
    text = (out.parent / "c.tmx").read_text("utf-8")
    assert "normalize 0|id-en|x" in text
    assert "unknown: check the sources' terms" in text
    assert "a:1.0\tlength\tsource: 1 words\n" in (out.parent / "why.tsv").read_text("utf-8")


def test_a_sample_is_of_what_the_filters_leave(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["export", "--format", "tsv", "--to", "c.tsv", "--filter", "none", "--sample"]
    assert normalize(monkeypatch, *call, "0") == 2
    assert normalize(monkeypatch, *call, "1") == 0
    assert "1 of 2 units" in capsys.readouterr().err
    assert len((out.parent / "c.tsv").read_bytes().splitlines()) == 2


def test_a_second_run_wants_force_and_changes_nothing(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["export", "--format", "xliff", "--to", "c.xlf"]
    assert normalize(monkeypatch, *command) == 0
    first = (out.parent / "c.xlf").stat()
    assert normalize(monkeypatch, *command) == 2
    assert "c.xlf: is there already" in capsys.readouterr().err
    assert normalize(monkeypatch, *command, "--force") == 0
    assert (out.parent / "c.xlf").stat().st_mtime_ns == first.st_mtime_ns


def test_the_corpus_is_never_written_over(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (out / "corpus.jsonl").read_bytes()
    assert normalize(monkeypatch, "export", "--format", "jsonl", "--to", "out/corpus.jsonl", "--force") == 2
    assert "is the corpus itself" in capsys.readouterr().err
    assert normalize(monkeypatch, "export", "--format", "jsonl", "--to", "out", "--force") == 2
    assert normalize(monkeypatch, "import", "out/corpus.jsonl", "--to", "out", "--force") == 2
    (out.parent / "a.tsv").write_text("satu\tone\n")
    assert normalize(monkeypatch, "import", "a.tsv", "--to", "out", "--force") == 2
    assert "is the folder of a run" in capsys.readouterr().err
    assert (out / "corpus.jsonl").read_bytes() == before


def test_counts_can_be_had_as_json(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert out.is_dir()
    command = ["export", "--format", "hf", "--to", "d", "--split", "train=1,test=0", "--filter", "none", "--json"]
    assert normalize(monkeypatch, *command) == 0
    said = capsys.readouterr()
    counts = json.loads(said.out)
    assert (counts["units"], counts["kept"], counts["splits"]) == (2, 2, {"train": 2, "test": 0})
    assert "the split test is empty" in said.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "c"], "--format and --to are needed"),
        (["--format", "tmx"], "--format and --to are needed"),
        (["--format", "tmxx", "--to", "c"], "did you mean tmx"),
        (["--format", "tmx", "--to", "c", "--filter", "lenght"], "did you mean length"),
        (["--format", "tmx", "--to", "c", "--state", "done"], "filter state wants one of"),
        (["--format", "tmx", "--to", "c", "--split", "train=2"], "add up to 2"),
        (["--format", "tmx", "--to", "c", "--parquet"], "--parquet is for --format hf"),
        (["--format", "tmx", "--to", "c", "--drop-reasons", "c"], "would be written twice"),
        (["none", "--format", "tmx", "--to", "c"], "is not there"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    arguments: list[str], said: str, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert normalize(monkeypatch, "export", *arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert sorted(path.name for path in out.parent.iterdir()) == ["out"]


def test_a_broken_corpus_leaves_nothing_half_written(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with (out / "corpus.jsonl").open("ab") as file:
        file.write(b"{\n")
    assert normalize(monkeypatch, "export", "--format", "tsv", "--to", "c.tsv") == 1
    assert "corpus.jsonl:3: cannot be used" in capsys.readouterr().err
    assert not (out.parent / "c.tsv").exists()


def test_what_was_exported_is_imported_and_exported_again(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert normalize(monkeypatch, "export", "--format", "xliff", "--to", "c.xlf", "--filter", "none") == 0
    assert normalize(monkeypatch, "import", "c.xlf", "--to", "again") == 0
    assert "2 units of 1 article · again" in capsys.readouterr().err
    assert (out.parent / "again" / "corpus.jsonl").read_bytes() == (out / "corpus.jsonl").read_bytes()
    assert normalize(monkeypatch, "export", "again", "--format", "tsv", "--to", "c.tsv", "--filter", "none") == 0
    assert "https://contoh.id/a\t" in (out.parent / "c.tsv").read_text("utf-8")
    assert normalize(monkeypatch, "import", "again", "--to", "third") == 0
    assert (out.parent / "third" / "articles.jsonl").read_bytes() == (out.parent / "again/articles.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.tmx", b'<!DOCTYPE tmx [<!ENTITY a "b">]><tmx/>', 1),
        ("a.tsv", b"\xff\t\xff\n", 1),
        ("a.xlf", b"<xliff", 1),
        ("a.doc", b"", 2),
        ("a.tsv", b"", 2),
    ],
)
def test_a_file_that_cannot_be_imported_is_one_line(
    name: str,
    data: bytes,
    code: int,
    *,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(data)
    assert normalize(monkeypatch, "import", name, "--to", "c.jsonl") == code
    said = capsys.readouterr().err
    assert said.startswith(f"normalize: {name}")
    assert said.count("\n") == 1
    assert not Path("c.jsonl").exists()


def test_the_filters_are_listed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert normalize(monkeypatch, "export", "--list-filters") == 0
    said = capsys.readouterr().out
    assert "length-ratio=3         default  One side is more than" in said
    assert "state=reviewed                  A unit that has not come that far" in said
