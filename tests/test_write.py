"""What stands in `out/` after a run."""

from __future__ import annotations

import contextlib
import csv
import functools
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import corpus_samples
import pytest
from corpus_samples import finding, receipt, span, unit
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.corpus import Article, Conversion, Method, Removed
from normalize.errors import InputError, OutputError
from normalize.rows import UnitRow
from normalize.write import article_files
from normalize.write import write as real_write

SIGNATURE = "normalize test|id-en"
write = functools.partial(real_write, removed=lambda _: ())


FOUND = finding("numbers", message="3 is lost", span=span(0, 3))
KEPT = receipt("kecerdasan buatan", "AI", Method.REPLACED, span=span(1, 4), surface="KB", produced="AI",
               target_span=span(5, 7))  # fmt: skip


def conversion(id_: str, *paragraphs: tuple[str, str], language: str = "id", site: str = "") -> Conversion:
    text = "\n".join(source for source, _ in paragraphs)
    units = (unit(f"{id_}:{number}.0", *pair) for number, pair in enumerate(paragraphs) if pair[0])
    return corpus_samples.conversion(id_, units, text=text, language=language, site=site)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def tree(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


@pytest.fixture
def two() -> list[Conversion]:
    return [
        conversion("a", ("Judul berita", "The headline"), ("Isi pertama.", "First body."), ("", "")),
        conversion("sub/b", ("Judul lain", "Another headline"), site="b.example"),
    ]


def test_each_article_has_two_files_with_the_same_paragraphs_in_the_same_order(
    tmp_path: Path, two: list[Conversion]
) -> None:
    write(two, tmp_path, signature=SIGNATURE)
    assert (tmp_path / "articles/a.id.txt").read_bytes() == b"Judul berita\nIsi pertama.\n\n"
    assert (tmp_path / "articles/a.en.txt").read_bytes() == b"The headline\nFirst body.\n\n"
    assert (tmp_path / "articles/sub/b.en.txt").read_bytes() == b"Another headline\n"


def test_the_corpus_has_one_line_a_unit_with_exactly_the_promised_keys(tmp_path: Path, two: list[Conversion]) -> None:
    write(two, tmp_path, signature=SIGNATURE)
    corpus = rows(tmp_path / "corpus.jsonl")
    wanted = "id article paragraph source target source_language target_language state score origin findings terms"
    assert [list(row) for row in corpus] == [wanted.split()] * 3
    assert [row["id"] for row in corpus] == ["a:0.0", "a:1.0", "sub/b:0.0"]


def test_findings_and_receipts_stand_in_the_corpus_with_their_places(tmp_path: Path) -> None:
    whole = unit("a:0.0", "s", "t", findings=(FOUND,), receipts=(KEPT,), score=-0.123456)
    article = conversion("a", ("s", "t")).article
    write([Conversion(article=article, units=(whole,))], tmp_path, signature=SIGNATURE)
    (row,) = rows(tmp_path / "corpus.jsonl")
    assert row["findings"] == [
        {"check": "numbers", "issue": "numbers", "severity": "major", "message": "3 is lost", "span": [0, 3]}
    ]
    assert row["terms"] == [
        {"term": "kecerdasan buatan", "target": "AI", "surface": "KB", "span": [1, 4], "method": "replaced",
         "produced": "AI", "target_span": [5, 7]}
    ]  # fmt: skip
    assert row["score"] == -0.1235
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["findings"]["by_check"] == {"numbers": {"major": 1}}
    assert report["terms"]["by_term"] == {"kecerdasan buatan → AI": {"replaced": 1}}


def test_a_second_run_gives_the_same_bytes_and_touches_no_file(tmp_path: Path, two: list[Conversion]) -> None:
    def times() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}

    write(two, tmp_path, signature=SIGNATURE)
    content, before = tree(tmp_path), times()
    write(two, tmp_path, signature=SIGNATURE)
    assert tree(tmp_path) == content
    assert times() == before


def test_the_manifest_lists_every_file_with_its_hash(tmp_path: Path, two: list[Conversion]) -> None:
    write(two, tmp_path, signature=SIGNATURE, options={"beam": 4}, inputs={"glossary.csv": "00ff"},
          extra={"review.html": iter(["<p>", "é"])})  # fmt: skip
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    listed = dict(manifest["files"])
    for article in manifest["articles"]:
        listed |= article["files"]
    found = {name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
             for name, data in tree(tmp_path).items() if name != "manifest.json"}  # fmt: skip
    assert listed == found
    assert "review.html" in listed
    assert manifest["signature"] == SIGNATURE
    assert [article["sha256"] for article in manifest["articles"]] == [one.article.sha256 for one in two]
    assert list(manifest) == sorted(manifest)


def test_files_of_an_earlier_run_go_and_foreign_files_stay(tmp_path: Path, two: list[Conversion]) -> None:
    write(two, tmp_path, signature=SIGNATURE)
    (tmp_path / "articles/mine.txt").write_text("notes")
    (tmp_path / "articles/sub/b.id.txt").write_text("edited by hand")
    report = write(two[:1], tmp_path, signature=SIGNATURE)
    assert not (tmp_path / "articles/sub/b.en.txt").exists()
    assert (tmp_path / "articles/mine.txt").exists()
    assert report.kept_stale == ["articles/sub/b.id.txt"]
    assert (tmp_path / "articles/sub/b.id.txt").read_text() == "edited by hand"


def test_a_folder_that_becomes_empty_goes_with_its_files(tmp_path: Path, two: list[Conversion]) -> None:
    write(two, tmp_path, signature=SIGNATURE)
    write(two[:1], tmp_path, signature=SIGNATURE)
    assert not (tmp_path / "articles/sub").exists()


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/hostname", "articles/../../outside.txt", "link/outside.txt"])
def test_a_forged_manifest_removes_nothing_outside(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b"mine")
    out.mkdir()
    (out / "link").symlink_to(tmp_path, target_is_directory=True)
    row = {"sha256": hashlib.sha256(b"mine").hexdigest(), "size": 4}
    (out / "manifest.json").write_text(json.dumps({"format": 1, "articles": [], "files": {name: row}}))
    write([], out, signature=SIGNATURE)
    assert outside.read_bytes() == b"mine"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 99, "articles": [], "files": {}}'])
def test_a_manifest_that_cannot_be_read_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    write([], tmp_path, signature=SIGNATURE)
    assert json.loads((tmp_path / "manifest.json").read_text())["signature"] == SIGNATURE


def test_without_any_article_all_tables_are_there_and_empty(tmp_path: Path) -> None:
    failed = [InputError("is empty", path="x.txt"), InputError("is broken", path="a.jsonl", line=3, advice="mend it")]
    write([], tmp_path, signature=SIGNATURE, failed=failed)
    assert [(tmp_path / f"{name}.jsonl").read_bytes() for name in ("articles", "corpus", "dropped")] == [b"", b"", b""]
    report = json.loads((tmp_path / "report.json").read_text())
    assert [row["path"] for row in report["failed"]] == ["a.jsonl", "x.txt"]
    assert json.loads((tmp_path / "manifest.json").read_text())["articles"] == []


def test_an_interrupted_run_leaves_the_tables_as_they_were_and_no_half_file(
    tmp_path: Path, two: list[Conversion]
) -> None:
    write(two[:1], tmp_path, signature=SIGNATURE)
    before = tree(tmp_path)

    def interrupted() -> Iterator[Conversion]:
        yield two[1]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(interrupted(), tmp_path, signature=SIGNATURE)
    after = tree(tmp_path)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {"articles/sub/b.id.txt", "articles/sub/b.en.txt"}


def test_two_articles_with_one_id_are_refused(tmp_path: Path, two: list[Conversion]) -> None:
    with pytest.raises(ValueError, match="two articles"):
        write([two[0], two[0]], tmp_path, signature=SIGNATURE)


@pytest.mark.parametrize("hostile", ["../x", "/x", "a/../../x", "a//x", "a/", "", ".", "a\\..\\x", "a\0b", "C:/x"])
def test_no_id_leads_out_of_the_output_folder(tmp_path: Path, hostile: str) -> None:
    out = tmp_path / "out"
    with contextlib.suppress(ValueError):
        write([conversion(hostile, ("s", "t"))], out, signature=SIGNATURE)
    assert all(path.is_relative_to(out) for path in tmp_path.rglob("*"))


@given(st.text(max_size=300), st.sampled_from(["id", "en", "und", "zh-Hant"]))
def test_any_id_names_two_distinct_files_inside_or_is_refused(article: str, language: str) -> None:
    try:
        names = article_files(article, language, "en")
    except ValueError:
        return
    home = Path("/out").resolve()
    assert names[0] != names[1]
    for name in names:
        assert (home / name).resolve().is_relative_to(home / "articles")
        assert all(len(part.encode(errors="surrogateescape")) <= 255 for part in name.split("/"))


def test_names_too_long_for_a_file_system_are_cut_and_stay_distinct(tmp_path: Path) -> None:
    long = [conversion("é" * 200 + ending, ("s", "t")) for ending in "ab"]
    write(long, tmp_path, signature=SIGNATURE)
    listed = rows(tmp_path / "articles.jsonl")
    assert len({row["target_file"] for row in listed}) == 2
    assert all((tmp_path / row["target_file"]).exists() for row in listed)


def test_an_article_in_the_target_language_still_has_two_files(tmp_path: Path) -> None:
    write([conversion("a", ("News", "News"), language="en"), conversion("b", ("?", ""), language="und")], tmp_path,
          signature=SIGNATURE)  # fmt: skip
    names = {path.name for path in (tmp_path / "articles").iterdir()}
    assert names == {"a.source.txt", "a.en.txt", "b.und.txt", "b.en.txt"}


def test_a_link_inside_articles_does_not_lead_writing_elsewhere(tmp_path: Path, two: list[Conversion]) -> None:
    (tmp_path / "out/articles").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out/articles/sub").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(OutputError, match="leads out"):
        write(two, tmp_path / "out", signature=SIGNATURE)
    assert list((tmp_path / "elsewhere").iterdir()) == []


BREAKS = st.text(st.sampled_from("ab \t\r\n\v\f\x1c\x1e\x85\u2028\u2029\ud800=+-@|\"'"), max_size=12)


@settings(max_examples=40)
@given(
    sources=st.lists(BREAKS.map(lambda text: text.replace("\n", " ")), max_size=4),
    targets=st.lists(BREAKS, min_size=4, max_size=4),
)
def test_whatever_the_text_holds_a_line_stays_a_line_and_a_cell_a_cell(
    tmp_path_factory: pytest.TempPathFactory, sources: list[str], targets: list[str]
) -> None:
    out = tmp_path_factory.mktemp("out")
    one = conversion("a", *zip(sources, targets, strict=False))
    write([one], out, signature=SIGNATURE)
    paragraphs = len(one.paragraphs())
    for name in ("a.id.txt", "a.en.txt"):
        assert len((out / "articles" / name).read_text(encoding="utf-8").splitlines()) == paragraphs
    table = list(csv.reader(io.StringIO((out / "corpus.tsv").read_text(encoding="utf-8"), newline=""), delimiter="\t",
                            quoting=csv.QUOTE_NONE))  # fmt: skip
    assert [len(row) for row in table] == [len(table[0])] * (len(one.units) + 1)
    assert not any(cell.startswith(tuple("=+@")) for row in table[1:] for cell in row)
    assert len(rows(out / "corpus.jsonl")) == len(one.units)


def test_the_table_for_machines_has_bitextor_s_columns(tmp_path: Path, two: list[Conversion]) -> None:
    write(two, tmp_path, signature=SIGNATURE)
    with (tmp_path / "corpus.tsv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert list(first)[:6] == [
        "src_url", "trg_url", "src_text", "trg_text", "src_paragraph_id", "trg_paragraph_id"
    ]  # fmt: skip
    assert (first["src_text"], first["trg_text"], first["length_ratio"]) == ("Judul berita", "The headline", "1.0000")


def test_a_cell_that_a_spreadsheet_would_compute_begins_with_a_space(tmp_path: Path) -> None:
    write([conversion("a", ("=1+1", "-5%"))], tmp_path, signature=SIGNATURE)
    line = (tmp_path / "corpus.tsv").read_text(encoding="utf-8").splitlines()[1]
    assert line.split("\t")[2:4] == [" =1+1", " -5%"]
    assert rows(tmp_path / "corpus.jsonl")[0]["source"] == "=1+1"


def test_each_removal_is_written_down_with_its_rule_and_its_line_counted_from_one(
    tmp_path: Path, two: list[Conversion]
) -> None:
    advertisement = Removed(
        id="a:3", rule="advertisement", evidence="lexicon", text="Iklan\tdi sini", line=2, whole=True
    )
    taken = {"a": [advertisement]}
    real_write(two, tmp_path, signature=SIGNATURE, removed=lambda article: taken.get(article.id, []))
    assert rows(tmp_path / "dropped.jsonl") == [
        {"id": "a:3", "article": "a", "path": "a.txt", "line": 3, "rule": "advertisement", "evidence": "lexicon",
         "text": "Iklan\tdi sini"}
    ]  # fmt: skip
    assert [row["removed"] for row in rows(tmp_path / "articles.jsonl")] == [1, 0]
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["removed"] == {"by_rule": {"advertisement": 1}, "total": 1}


def test_the_report_counts_what_was_written(tmp_path: Path, two: list[Conversion]) -> None:
    report = write(two, tmp_path, signature=SIGNATURE)
    found = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (report.articles, report.units, report.paragraphs) == (2, 3, 4)
    assert found["articles"]["by_language"] == {"id": 2}
    assert found["articles"]["by_site"] == {"b.example": 1}
    assert found["words"] == {"by_source_language": {"id": 6}, "source": 6, "target": 6}


def test_a_row_of_the_corpus_gives_its_unit_back_but_for_its_place_in_the_article() -> None:
    whole = unit("a:0.0", "source", "target", findings=(FOUND,), receipts=(KEPT,), score=-0.5)
    assert UnitRow.of(whole).unit() == whole


def test_names_that_are_no_unicode_are_written_visibly(tmp_path: Path) -> None:
    article = conversion("a", ("s", "t")).article
    hostile = Article(id="a", path="caf\udce9.txt", raw=article.raw, text=article.text, sha256="0", language="id")
    write([Conversion(article=hostile, units=())], tmp_path, signature=SIGNATURE)
    assert rows(tmp_path / "articles.jsonl")[0]["path"] == "caf\\udce9.txt"


def test_an_output_that_is_a_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match="cannot be written: file exists; a file stands where"):
        write([], tmp_path / "out", signature=SIGNATURE)
