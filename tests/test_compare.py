"""`normalize compare`: every difference between two runs is told once, under its right name, and nothing else is."""

from __future__ import annotations

import dataclasses
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import regex
from corpus_samples import write_run
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from normalize.check import Example
from normalize.cli import app
from normalize.corpus import Finding, Issue, Method, Origin, Receipt, Severity, Span, State, Unit
from normalize.errors import InputError, NormalizeError, UsageError
from normalize.measure.compare import CHANGED, Change, Kind, changes, compare
from normalize.measure.words import word_changes
from normalize.rows import UnitRow, line

FINDING = Finding(check="number", issue=Issue.NUMBERS, severity=Severity.MAJOR, message="3 is missing")
RECEIPT = Receipt(term="beras", target="rice", span=Span(start=0, end=5), surface="Beras", method=Method.MISSING)


def unit(number: int, source: str, target: str, article: str = "a", **changed: Any) -> Unit:  # noqa: ANN401 - any field
    one = Example(source=source, target=target).subject().unit
    segment = dataclasses.replace(one.segment, id=f"{article}:{number}.0", article=article)
    return dataclasses.replace(one, segment=segment, **changed)


def out(folder: Path, given_units: list[Unit], signature: str = "") -> Path:
    write_run(folder, given_units)
    if signature:
        (folder / "report.json").write_text(json.dumps({"signature": signature}), encoding="utf-8")
    return folder


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["compare", *map(str, arguments)])


ONE = unit(0, "Harga beras naik.", "Rice prices rise.")
TWO = unit(1, "Bupati datang kemarin.", "The regent came yesterday.")
THREE = unit(2, "Warga menolak.", "Residents refuse.")


def found(folder: Path, before: list[Unit], after: list[Unit]) -> list[tuple[str, list[str]]]:
    one, other = out(folder / "before", before), out(folder / "after", after)
    listed = [(change.row.id, [kind.value for kind in change.kinds]) for change in changes(one, other)]
    counted = compare(one, other)
    for kind in Kind:
        assert counted.kinds[kind] == sum(kind in kinds for _, kinds in listed)
    assert counted.differs == bool(listed)
    return listed


def test_a_run_is_the_same_as_itself(tmp_path: Path) -> None:
    place = out(tmp_path / "one", [ONE, TWO, THREE])
    answer = run(place, place, "--exit-code")
    assert (answer.exit_code, answer.stdout) == (0, "no difference in 3 units\n")


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({"target": "The regent arrived yesterday."}, ["target"]),
        ({"state": State.REVIEWED}, ["state"]),
        ({"origin": Origin.HUMAN, "target": "He came."}, ["target", "origin"]),
        ({"findings": (FINDING,)}, ["findings"]),
        ({"receipts": (RECEIPT,)}, ["terms"]),
        ({"score": -0.5}, ["score"]),
    ],
)
def test_what_changed_in_a_unit_is_named(tmp_path: Path, changed: dict[str, Any], kinds: list[str]) -> None:
    after = dataclasses.replace(TWO, **changed)
    assert found(tmp_path, [ONE, TWO, THREE], [ONE, after, THREE]) == [("a:1.0", kinds)]


def test_a_unit_that_moved_is_the_same_and_what_came_before_it_was_added(tmp_path: Path) -> None:
    moved = [unit(number, one.segment.source, one.target) for number, one in enumerate([THREE, ONE, TWO], 1)]
    new = unit(0, "Judul yang baru sama sekali.", "Quite a new title.")
    assert found(tmp_path, [THREE, ONE, TWO], [new, *moved]) == [("a:0.0", ["added"])]


def test_a_unit_that_went_was_removed(tmp_path: Path) -> None:
    assert found(tmp_path, [ONE, TWO, THREE], [ONE, THREE]) == [("a:1.0", ["removed"])]


def test_a_source_that_changed_a_little_is_one_changed_unit_and_another_one_is_two(tmp_path: Path) -> None:
    alike = unit(1, "Bupati datang ke desa kemarin.", TWO.target)
    assert found(tmp_path, [ONE, TWO, THREE], [ONE, alike, THREE]) == [("a:1.0", ["source"])]
    before, after = [ONE, TWO], [ONE, unit(1, "Hujan turun.", "It rains."), unit(2, "Bupati datang kemarin pagi.", "x")]
    assert found(tmp_path, before, after) == [("a:1.0", ["added"]), ("a:2.0", ["source", "target"])]


def test_articles_that_came_and_went_are_counted(tmp_path: Path) -> None:
    gone, come = unit(0, "Pergi.", "Gone.", "b"), unit(0, "Datang.", "Come.", "c")
    counted = compare(out(tmp_path / "one", [ONE, gone]), out(tmp_path / "two", [ONE, come]))
    assert (counted.articles_added, counted.articles_removed, counted.articles_changed) == (1, 1, 0)
    assert (counted.same, counted.changed) == (1, 0)


def test_findings_that_appeared_and_vanished_are_counted_by_check(tmp_path: Path) -> None:
    other = dataclasses.replace(FINDING, check="negation", message="gone")
    before = dataclasses.replace(TWO, findings=(other, FINDING))
    after = dataclasses.replace(TWO, findings=(FINDING, FINDING))
    one, two = out(tmp_path / "one", [before]), out(tmp_path / "two", [after])
    counted = compare(one, two)
    assert (counted.appeared, counted.vanished) == ({"number": 1}, {"negation": 1})
    (change,) = changes(one, two)
    assert [[finding.check for finding in side] for side in change.findings()] == [["number"], ["negation"]]


def test_scores_that_differ_only_as_machines_do_are_the_same(tmp_path: Path) -> None:
    before, after = (dataclasses.replace(ONE, score=score) for score in (-0.5001, -0.5003))
    assert found(tmp_path, [before], [after]) == []


def test_the_counts_and_signatures_come_first_and_words_are_marked(tmp_path: Path) -> None:
    after = dataclasses.replace(TWO, target="The regent arrived yesterday.")
    one, two = out(tmp_path / "one", [ONE, TWO], "normalize 1"), out(tmp_path / "two", [ONE, after], "normalize 2")
    lines = run(one, two).stdout.splitlines()
    assert lines[:2] == ["signature: normalize 1", "        → normalize 2"]
    counts = [row.split(maxsplit=1) for row in lines[2 : lines.index("")]]
    assert counts[:3] == [["1", "units the same"], ["1", "units changed"], ["1", "units with another target"]]
    assert "  target: The regent [-came-]{+arrived+} yesterday." in lines


@pytest.mark.parametrize(
    ("only", "left"),
    [("changed", {"a:0.0", "a:1.0"}), ("added", {"a:2.0"}), ("state", {"a:0.0"}), ("terms", set()),
     ("removed", set())],
)  # fmt: skip
def test_only_lists_one_kind_of_change_and_counts_stay(tmp_path: Path, only: str, left: set[str]) -> None:
    after = [dataclasses.replace(ONE, state=State.FINAL), dataclasses.replace(TWO, target="He came."), THREE]
    one, two = out(tmp_path / "one", [ONE, TWO]), out(tmp_path / "two", after)
    answer = json.loads(run(one, two, "--only", only, "--json").stdout)
    assert {row["unit"] for row in answer["changes"]} == left
    assert answer["summary"]["kinds"] == {"added": 1, "state": 1, "target": 1}


@pytest.mark.parametrize(("wrong", "advice"), [("targets", "did you mean target?"), ("x", "it is one of added")])
def test_a_kind_of_change_that_there_is_not_is_one_clear_error(tmp_path: Path, wrong: str, advice: str) -> None:
    answer = run(out(tmp_path / "one", [ONE]), out(tmp_path / "two", [ONE]), "--only", wrong)
    assert isinstance(answer.exception, UsageError)
    assert advice in str(answer.exception)


def test_the_help_names_every_kind_of_change() -> None:
    words = set(regex.findall(r"\w+", CliRunner().invoke(app, ["compare", "--help"]).stdout))
    assert {kind.value for kind in Kind} | {CHANGED} <= words


def test_the_exit_code_tells_only_when_asked(tmp_path: Path) -> None:
    one, two = out(tmp_path / "one", [ONE]), out(tmp_path / "two", [TWO])
    assert run(one, two).exit_code == 0
    assert run(one, two, "--exit-code", "--summary").exit_code == 1


def test_json_has_both_rows_whole(tmp_path: Path) -> None:
    after = dataclasses.replace(TWO, state=State.REVIEWED, receipts=(RECEIPT,))
    answer = json.loads(run(out(tmp_path / "one", [TWO]), out(tmp_path / "two", [after]), "--json").stdout)
    (change,) = answer["changes"]
    assert change["before"] == json.loads(line(UnitRow.of(TWO)))
    assert change["after"] == json.loads(line(UnitRow.of(after)))
    assert answer["summary"]["differs"] is True


def test_files_of_pairs_are_compared_whatever_they_are_called(tmp_path: Path) -> None:
    (tmp_path / "one.tsv").write_text("Ya.\tYes.\nTidak.\tNo.\n", encoding="utf-8")
    (tmp_path / "two.tsv").write_text("Ya.\tYes.\nTidak.\tNope.\n", encoding="utf-8")
    listed = [(change.row.source, change.kinds) for change in changes(tmp_path / "one.tsv", tmp_path / "two.tsv")]
    assert listed == [("Tidak.", (Kind.TARGET,))]


def test_rows_of_an_article_that_stand_apart_are_read_together(tmp_path: Path) -> None:
    other = unit(0, "Lain.", "Other.", "b")
    assert found(tmp_path, [ONE, other, TWO], [ONE, TWO, other]) == []


@pytest.mark.parametrize("content", [b"{}\n", b"[]\n", b"\xff\n", b'{"article": 3}\n', b"[" * 100_000 + b"\n"])
def test_a_broken_row_is_one_error_with_its_line(tmp_path: Path, content: bytes) -> None:
    one, two = out(tmp_path / "one", [ONE]), out(tmp_path / "two", [ONE])
    with (two / "corpus.jsonl").open("ab") as file:
        file.write(b"\n" + content)
    answer = run(one, two)
    assert isinstance(answer.exception, InputError)
    assert "corpus.jsonl:3:" in str(answer.exception)


def test_a_mark_of_byte_order_makes_no_difference(tmp_path: Path) -> None:
    one, two = out(tmp_path / "one", [ONE, TWO]), out(tmp_path / "two", [ONE, TWO])
    file = two / "corpus.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    answer = run(one, two)
    assert (answer.exit_code, answer.stdout) == (0, "no difference in 2 units\n")


def test_a_run_that_is_not_there_is_one_error(tmp_path: Path) -> None:
    answer = run(out(tmp_path / "one", [ONE]), tmp_path / "two")
    assert isinstance(answer.exception, NormalizeError)
    assert "is not there" in str(answer.exception)


@pytest.mark.parametrize("content", ["[1]", "{", "3", '{"signature": 3}', "[" * 100_000])
def test_a_report_of_somebody_else_does_not_matter(tmp_path: Path, content: str) -> None:
    one = out(tmp_path / "one", [ONE])
    (one / "report.json").write_text(content, encoding="utf-8")
    assert run(one, one).exit_code == 0


TEXT = st.text(st.sampled_from("ab  .<>&\"'\n\u202e\ud800é") | st.characters(), max_size=30)


@given(TEXT, TEXT)
def test_the_parts_of_a_difference_make_both_texts(before: str, after: str) -> None:
    parts = word_changes(before, after)
    assert "".join(part.text for part in parts if part.sign in "=-") == before
    assert "".join(part.text for part in parts if part.sign in "=+") == after
    assert (before == after) == all(part.sign == "=" for part in parts)


def test_long_texts_with_nothing_in_common_are_one_change_at_once() -> None:
    before, after = "a b " * 20_000, "c d " * 20_000
    assert [part.sign for part in word_changes(before, after)] == ["-", "+", "="]


units_of_article = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("xyz")), max_size=7)


@settings(max_examples=80)
@given(before=units_of_article, after=units_of_article)
def test_every_unit_of_both_runs_is_counted_once(
    tmp_path_factory: pytest.TempPathFactory, before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("runs")
    one, two = (
        out(folder / name, [unit(at, source, target) for at, (source, target) in enumerate(pairs)])
        for name, pairs in (("one", before), ("two", after))
    )
    counted, listed = compare(one, two), list(changes(one, two))
    assert counted.same + sum(change.before is not None for change in listed) == len(before)
    assert counted.same + sum(change.after is not None for change in listed) == len(after)
    assert (before == after) == (not listed)


class Tags(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@settings(max_examples=40)
@given(TEXT, TEXT)
def test_no_text_becomes_markup_in_the_page(tmp_path_factory: pytest.TempPathFactory, before: str, after: str) -> None:
    folder = tmp_path_factory.mktemp("runs")
    hostile = dataclasses.replace(FINDING, check=after, message=after)
    term = dataclasses.replace(RECEIPT, surface=before, target=after)
    one = out(folder / "one", [unit(0, before, after, findings=(hostile,)), ONE], before)
    two = out(folder / "two", [unit(0, after, before, receipts=(term,)), TWO], after)
    assert run(one, two, "--html", folder / "page.html", "--summary").exit_code == 0
    page = Tags((folder / "page.html").read_text(encoding="utf-8"))
    ours = "html head meta title style body main h1 h2 p br code table caption thead tbody tr th td span del ins"
    assert page.tags <= set(ours.split())
    assert page.attributes <= {"lang", "charset", "http-equiv", "content", "name", "scope", "class", "dir"}


def test_a_change_of_nothing_is_a_bug() -> None:
    with pytest.raises(ValueError, match="nothing"):
        _ = Change(before=None, after=None, kinds=()).row


def test_an_article_of_many_units_is_compared_by_id(tmp_path: Path) -> None:
    before = [unit(number, f"Kalimat {number}.", "Sentence.") for number in range(2_100)]
    after = [*before[:500], unit(500, "Yang lain.", "Sentence."), *before[501:]]
    assert found(tmp_path, before, after) == [("a:500.0", ["source"])]
