"""`normalize check` and its settings: what is reported, where, how, and what the exit code says."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from corpus_samples import write_run
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from normalize.check import CHECKS, Example, check
from normalize.check.bitext import BITEXT
from normalize.check.settings import ALL, Ignore, Settings, limits
from normalize.cli import app
from normalize.corpus import Finding, Issue, Origin, Severity, Unit
from normalize.errors import NormalizeError, UsageError
from normalize.measure import Inspection, Placed, Worst, inspect, inspection_page, units
from normalize.measure.guide import NOTES, PASSES, document
from normalize.measure.page import safe
from normalize.rows import UnitRow, line

NAMES = [one.name for one in ALL]
BAD = ("Dia tidak datang pada 2019.", "He came in 2018.")
GOOD = ("Dia pergi ke pasar kemarin.", "He went to the market yesterday.")


def unit(source: str, target: str) -> Unit:
    return Example(source=source, target=target).subject().unit


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)], catch_exceptions=True)


def tsv(folder: Path, *pairs: tuple[str, str], name: str = "pairs.tsv") -> Path:
    path = folder / name
    path.write_text("".join(f"{source}\t{target}\n" for source, target in pairs), encoding="utf-8")
    return path


def tmx(folder: Path, *pairs: tuple[str, str]) -> Path:
    path = folder / "memory.tmx"
    body = "\n".join(
        f'<tu><tuv xml:lang="id"><seg>{source}</seg></tuv><tuv xml:lang="en"><seg>{target}</seg></tuv></tu>'
        for source, target in pairs
    )
    header = '<header segtype="sentence" srclang="id" adminlang="en" datatype="plaintext" creationtool="t"/>'
    path.write_text(f'<tmx version="1.4">{header}<body>\n{body}\n</body></tmx>', encoding="utf-8")
    return path


def test_each_finding_is_a_line_with_file_line_severity_check_and_what(tmp_path: Path) -> None:
    path = tsv(tmp_path, GOOD, BAD)
    answer = run(path, "--source", "id")
    *findings, last = answer.stdout.splitlines()
    expected = [f"{path}:2: {one.severity} {one.check}: {one.message}" for one in check(unit(*BAD)).findings]
    assert findings == expected
    assert expected
    assert last.endswith("in 1 of 2 units")


def test_a_tmx_a_tsv_an_xliff_two_texts_and_a_corpus_are_found_the_same_faults_in(tmp_path: Path) -> None:
    (tmp_path / "a.xlf").write_text(
        '<xliff version="1.2"><file original="a" source-language="id" target-language="en" datatype="plaintext"><body>'
        f'<trans-unit id="1"><source>{BAD[0]}</source><target>{BAD[1]}</target></trans-unit></body></file></xliff>',
        encoding="utf-8",
    )
    for name, text in (("a.txt", BAD[0]), ("b.txt", BAD[1])):
        (tmp_path / name).write_text(text + "\n", encoding="utf-8")
    places: list[tuple[object, ...]] = [
        (tmx(tmp_path, BAD),), (tsv(tmp_path, BAD), "--source", "id"), (tmp_path / "a.xlf",),
        (tmp_path / "a.txt", tmp_path / "b.txt", "--source", "id"), (write_run(tmp_path / "out", [unit(*BAD)]),),
    ]  # fmt: skip
    found = [json.loads(run(*place, "--json").stdout)["by_check"] for place in places]
    assert found[0] == {one.check: {one.severity.value: 1} for one in check(unit(*BAD)).findings}
    assert found == [found[0]] * len(places)


@pytest.mark.parametrize("form", ["jsonl", "jsonl-translation", "tsv", "tmx", "xliff", "xliff2", "hf"])
def test_what_was_exported_is_found_the_same_faults_in(tmp_path: Path, form: str) -> None:
    place = write_run(tmp_path / "out", [unit(*GOOD), unit(*BAD)])
    suffix = {"jsonl-translation": ".jsonl", "xliff": ".xlf", "xliff2": ".xlf", "hf": ""}.get(form, f".{form}")
    target = tmp_path / f"exported{suffix}"
    arguments = ["export", str(place), "--format", form, "--to", str(target), "--filter", "none"]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    found = json.loads(run(target, "--json").stdout)
    assert found["by_check"] == {one.check: {one.severity.value: 1} for one in check(unit(*BAD)).findings}
    assert found["units"] == 2


@pytest.mark.parametrize(("bar", "code"), [("critical", 0), ("major", 1), ("minor", 1), ("none", 0)])
def test_the_exit_code_is_1_when_a_finding_is_as_bad_as_asked(tmp_path: Path, bar: str, code: int) -> None:
    assert {one.severity for one in check(unit(*BAD)).findings} == {Severity.MAJOR}
    assert run(tsv(tmp_path, BAD), "--source", "id", "--fail-on", bar).exit_code == code


def test_an_empty_target_fails_unless_nothing_is_to_fail(tmp_path: Path) -> None:
    path = tsv(tmp_path, ("Dia pergi.", ""))
    assert run(path, "--source", "id").exit_code == 1
    assert run(path, "--source", "id", "--fail-on", "none").exit_code == 0


def test_json_has_a_row_a_finding_with_both_texts_and_the_place_in_the_target(tmp_path: Path) -> None:
    found = json.loads(run(tsv(tmp_path, GOOD, BAD), "--source", "id", "--json").stdout)
    number = next(row for row in found["findings"] if row["check"] == "number")
    start, end = number["span"]
    assert (number["line"], number["source"], number["target"][start:end]) == (2, BAD[0], "2018")
    assert (found["units"], found["units_with_findings"]) == (2, 1)


def test_only_and_ignore_narrow_the_checks(tmp_path: Path) -> None:
    path = tsv(tmp_path, BAD)
    for arguments, left in ((["--only", "number"], {"number"}), (["--ignore", "number"], {"negation"})):
        found = json.loads(run(path, "--source", "id", "--json", *arguments).stdout)
        assert set(found["by_check"]) == left


def test_a_misspelt_check_is_one_clear_error_with_the_nearest_name(tmp_path: Path) -> None:
    answer = run(tsv(tmp_path, BAD), "--only", "nmber")
    assert isinstance(answer.exception, UsageError)
    assert "did you mean 'number'?" in str(answer.exception)


def test_settings_change_severities_limits_and_what_runs(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[checks.number]\nseverity = "critical"\n[checks.negation]\non = false\n', encoding="utf-8")
    answer = run(tsv(tmp_path, BAD), "--source", "id", "--settings", path, "--json")
    assert json.loads(answer.stdout)["by_check"] == {"number": {"critical": 1}}
    assert answer.exit_code == 1


def test_settings_of_the_folder_are_taken_without_asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "checks.toml").write_text("[checks.negation]\non = false\n", encoding="utf-8")
    found = json.loads(run(tsv(tmp_path, BAD), "--source", "id", "--json").stdout)
    assert set(found["by_check"]) == {"number"}


@pytest.mark.parametrize(
    ("place", "let_be"),
    [({"unit": "2"}, True), ({"unit": "[13]"}, False), ({"source": BAD[0]}, True), ({"source": "Dia"}, False),
     ({"file": "*pairs.tsv"}, True), ({"file": "*.tmx"}, False), ({"unit": "2", "file": "*.tmx"}, False)],
)  # fmt: skip
def test_an_ignore_flag_lets_findings_be_where_all_it_says_is_so(
    tmp_path: Path, place: dict[str, str], let_be: bool  # noqa: FBT001 - a parameter of the table
) -> None:
    wanted = Settings(ignores=(Ignore(reason="known", checks=frozenset({"number"}), **place),))
    path = tsv(tmp_path, GOOD, BAD)
    counts = Inspection(file=str(path))
    found = {one.finding.check for one in inspect(units(path, source="id"), wanted, counts)}
    assert found == ({"negation"} if let_be else {"negation", "number"})
    assert counts.ignored == let_be


@pytest.mark.parametrize(
    ("text", "said"),
    [("[checks.nope]\n", "did you mean|there are"), ("[checks.number]\nseverty = 'minor'\n", "did you mean 'severity'"),
     ("[checks.number]\nseverity = 'bad'\n", "minor, major, critical"), ("[checks.number]\non = 1\n", "neither true"),
     ("[checks.length]\ntolerance = 'much'\n", "not a number"), ("[checks.length]\ntolerance = nan\n", "not a number"),
     ("[checks.length]\ntolerance = true\n", "not a number"), ("[checks.loop]\nword_times = 2.5\n", "whole number"),
     ("[checks]\nnumber = 3\n", "other than tables"), ("ignore = 3\n", "other than"), ("checks = []\n", "other than"),
     ("[[ignore]]\nunit = '1'\n", "no reason"), ("[[ignore]]\nreason = 'x'\n", "says not where"),
     ("[[ignore]]\nreason = 'x'\nunit = 3\n", "other than text"),
     ("[[ignore]]\nreason='x'\nunits='3'\n", "did you mean"),
     ("[[ignore]]\nreason='x'\nunit='3'\ncheck=['nope']\n", "is not a check"), ("x = 1\n", "is not a table"),
     ("[checks.loop]\nword_times = 1" + "0" * 400, "whole number"), ("a = 1" + "0" * 9000, "is not TOML"),
     ("[checks\n", "is not TOML"), ("a = '\\", "is not TOML"), ("\udcff", "is not TOML")],
)  # fmt: skip
def test_what_is_wrong_in_settings_is_one_error_with_the_file_and_advice(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "checks.toml"
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(UsageError, match=said) as caught:
        Settings.load(path)
    assert caught.value.path == str(path)
    assert caught.value.advice or "TOML" in str(caught.value)


def test_settings_that_are_not_there_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not there"):
        Settings.load(tmp_path / "checks.toml")
    with pytest.raises(UsageError, match="cannot be read"):
        Settings.load(tmp_path)


def test_every_limit_changes_what_its_check_finds() -> None:
    loose = Settings.parse({"checks": {
        "length": {"tolerance": 50}, "loop": {"word_times": 90, "phrase_times": 90}, "salad": {"more": 90},
        "language": {"least_letters": 9000},
    }})  # fmt: skip
    tuned = {one.name: one for one in loose.checks}
    for one in CHECKS:
        if one.name in {"length", "loop", "salad", "language"}:
            assert list(one.function(one.example.subject()))
            assert not list(tuned[one.name].function(one.example.subject()))
            assert limits(tuned[one.name]).keys() == limits(one).keys()


def test_findings_of_the_run_are_made_anew_and_those_of_others_stay() -> None:
    stale = Finding(check="number", issue=Issue.NUMBERS, severity=Severity.MAJOR, message="stale")
    cut = Finding(check="truncated", issue=Issue.OMISSION, severity=Severity.CRITICAL, message="cut")
    other = Finding(check="reviewer", issue=Issue.OTHER, severity=Severity.MINOR, message="from elsewhere")
    before = dataclasses.replace(unit(*GOOD), findings=(stale, cut, other))
    after, ignored = Settings().apply(before)
    assert [one.check for one in after.findings] == ["reviewer", "truncated"]
    assert not ignored
    off = Settings.parse({"checks": {"truncated": {"on": False}}})
    assert [one.check for one in off.apply(before)[0].findings] == ["reviewer"]


def test_a_unit_passed_through_is_left_alone(tmp_path: Path) -> None:
    copied = dataclasses.replace(unit("the bank said that it would wait", "the bank said that it would wait"),
                                 origin=Origin.COPIED)  # fmt: skip
    assert json.loads(run(write_run(tmp_path, [copied]), "--json").stdout)["units_with_findings"] == 0


def test_a_text_passed_through_in_its_own_language_is_left_alone_in_any_file(tmp_path: Path) -> None:
    same = "the bank said that it would wait"
    (tmp_path / "a.tsv").write_text(f"source\ttarget\tsource_lang\ttarget_lang\n{same}\t{same}\ten\ten\n", "utf-8")
    (tmp_path / "b.tsv").write_text(f"source\ttarget\tsource_lang\ttarget_lang\n{same}\t{same}\tid\ten\n", "utf-8")
    assert checks_found(run(tmp_path / "a.tsv", "--json")) == set()
    assert "copied" in checks_found(run(tmp_path / "b.tsv", "--json"))


def checks_found(answer: Result) -> set[str]:
    return set(json.loads(answer.stdout)["by_check"])


@pytest.mark.parametrize(
    ("name", "content"),
    [("corpus.jsonl", b"{}\n"), ("corpus.jsonl", b"[1]\n"), ("corpus.jsonl", b"\xff\xfe\n"), ("a.tmx", b"<tmx>"),
     ("a.tmx", b""), ("a.xlf", b"<xliff version='9'><trans-unit/></xliff>"), ("a.tsv", b"only one column\n"),
     ("a.pdf", b"%PDF"), ("a.tsv", b"\x00\x00\t\x00")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_one_error_with_its_path(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    answer = run(tmp_path / name)
    if answer.exit_code:
        assert isinstance(answer.exception, NormalizeError)
        assert name in str(answer.exception)


VALID = {
    ".jsonl": line(UnitRow.of(unit(*BAD))),
    ".tmx": b'<tmx version="1.4"><header srclang="id"/><body><tu><tuv xml:lang="id"><seg>Ya</seg></tuv>'
    b'<tuv xml:lang="en"><seg>Yes</seg></tuv></tu></body></tmx>',
    ".xlf": b'<xliff version="1.2"><file source-language="id" target-language="en"><body><trans-unit id="1">'
    b"<source>Ya</source><target>Yes</target></trans-unit></body></file></xliff>",
    ".xliff": b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="id" trgLang="en">'
    b'<file id="f"><unit id="u"><segment><source>Ya</source><target>Yes</target></segment></unit></file></xliff>',
    ".tsv": b"source\ttarget\nYa\tYes\n",
}


@pytest.mark.parametrize("suffix", VALID)
def test_the_file_the_next_test_breaks_holds_a_unit(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(VALID[suffix])
    assert len(list(units(path, source="id"))) == 1


@pytest.mark.parametrize("suffix", VALID)
@settings(max_examples=60)
@given(data=st.data())
def test_any_bytes_are_units_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: st.DataObject
) -> None:
    valid = VALID[suffix]
    start, end = sorted((data.draw(st.integers(0, len(valid))), data.draw(st.integers(0, len(valid)))))
    known = st.sampled_from([b"<!DOCTYPE tmx [<!ENTITY a 'b'>]>", b"&a;", b"\xff", b"\0", b'"', b"<"])
    added = data.draw(st.binary(max_size=12) | known)
    path = tmp_path_factory.mktemp("fuzz") / f"a{suffix}"
    path.write_bytes(valid[:start] + added + valid[end:])
    with contextlib.suppress(NormalizeError):
        for placed in units(path, source="id"):
            assert placed.line > 0
            Settings().apply(placed.unit)


def test_a_row_with_a_state_there_is_not_names_its_line(tmp_path: Path) -> None:
    place = write_run(tmp_path, [unit(*GOOD), unit(*GOOD)]) / "corpus.jsonl"
    rows = place.read_text(encoding="utf-8").splitlines()
    place.write_text(rows[0] + "\n" + rows[1].replace('"initial"', '"perfect"') + "\n", encoding="utf-8")
    answer = run(tmp_path)
    assert "corpus.jsonl:2: cannot be used (Invalid enum value 'perfect'" in str(answer.exception)


def test_a_file_that_is_not_there_is_one_error(tmp_path: Path) -> None:
    for place in (tmp_path / "no.tmx", tmp_path):
        assert "is not there" in str(run(place).exception)


def test_the_list_has_every_check_as_it_is_set(tmp_path: Path) -> None:
    listed = [row.split()[0] for row in run("--list").stdout.splitlines()]
    assert listed == NAMES
    path = tmp_path / "checks.toml"
    path.write_text('[checks.number]\nseverity = "minor"\n', encoding="utf-8")
    rows = json.loads(run("--list", "--json", "--settings", path).stdout)
    assert {row["check"]: row["severity"] for row in rows}["number"] == "minor"


class Tags(HTMLParser):
    """All tags and attributes of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


@settings(max_examples=60)
@given(st.text(st.sampled_from("<>&\"'/ =`\n\0\u202e\ud800ascript!-") | st.characters(), max_size=80))
def test_no_text_becomes_markup_in_a_page(text: str) -> None:
    hostile = dataclasses.replace(unit(text, text), findings=(
        Finding(check=f"of {text}", issue=Issue.OTHER, severity=Severity.MINOR, message=text),
    ))  # fmt: skip
    page = page_of(hostile, text)
    plain = page_of(dataclasses.replace(hostile, segment=dataclasses.replace(hostile.segment, source="a"), target="a",
                                        findings=(dataclasses.replace(hostile.findings[0], check="a", message="a"),)),
                    "a")  # fmt: skip
    assert [tag for tag in Tags(page).tags if tag != "mark"] == [tag for tag in Tags(plain).tags if tag != "mark"]
    assert {name for name, _ in Tags(page).attributes} == {name for name, _ in Tags(plain).attributes}


def page_of(one: Unit, file: str) -> str:
    worst, counts = Worst(), Inspection(file=file)
    kept = Settings.parse({"checks": {name: {"on": False} for name in NAMES}})
    for placing in inspect([Placed(1, one)], kept, counts):
        worst.add(placing)
    return "".join(inspection_page(counts, worst))


def test_a_script_in_an_article_is_shown_as_text_and_could_not_run(tmp_path: Path) -> None:
    page = tmp_path / "findings.html"
    run(tsv(tmp_path, ("Dia tidak <script>alert(1)</script>", "He <script>alert(2)</script>")), "--html", page,
        "--source", "id")  # fmt: skip
    parsed = Tags(page.read_text(encoding="utf-8"))
    assert "script" not in parsed.tags
    assert "<script>alert(1)</script>" in parsed.text
    policy = dict(parsed.attributes)["content"] or ""
    assert any(value and "default-src 'none'" in value for _, value in parsed.attributes), policy
    assert not {name for name, _ in parsed.attributes} & {"src", "href", "style", "onclick"}


def test_a_page_shows_the_worst_first_in_bounded_room() -> None:
    worst = Worst(most=3)
    severities = [Severity.MINOR, Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.MAJOR]
    for number, severity in enumerate(severities):
        finding = Finding(check="x", issue=Issue.OTHER, severity=severity, message=str(number))
        one = dataclasses.replace(unit(*GOOD), findings=(finding,))
        for placing in inspect([Placed(number, one)], Settings(), Inspection(file="x")):
            worst.add(placing)
    assert [one.finding.message for one in worst] == ["1", "2", "4"]
    assert (worst.found, len(worst)) == (5, 3)


def test_control_characters_of_a_text_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = tsv(tmp_path, ("Kirim ke @abc\x1b[2Jdef.", "Send\x1b]0;x\x07 it."))
    assert "\x1b" not in run(path, "--source", "id").stdout


def test_on_a_terminal_the_worst_are_a_table_and_brackets_are_no_markup(tmp_path: Path) -> None:
    path = tsv(tmp_path, ("Harga naik [bold]5[/bold] persen.", "Prices rise."), BAD)
    pty = pytest.importorskip("pty")
    near, far = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "normalize", "check", str(path), "--source", "id"], stdout=far, stderr=far,
        env=os.environ | {"COLUMNS": "120", "TERM": "dumb"},
    )  # fmt: skip
    os.close(far)
    shown = b""
    try:
        while chunk := os.read(near, 4096):
            shown += chunk
    except OSError:  # how Linux tells that the other end is closed
        pass
    os.close(near)
    assert process.wait() == 0, shown
    text = shown.decode()
    assert "severity" in text
    assert "2019 became 2018" in text


def test_a_source_translated_in_two_ways_is_told_at_the_second_with_the_line_of_the_first(tmp_path: Path) -> None:
    path = tsv(tmp_path, GOOD, ("Ya.", "Yes."), GOOD, ("ya.", "Indeed."), ("Ya.", "Yes."), ("Ya.", ""))
    found = json.loads(run(path, "--source", "id", "--only", "inconsistent", "--json").stdout)
    assert [(row["line"], row["severity"]) for row in found["findings"]] == [(4, "minor")]
    assert found["findings"][0]["message"].endswith("on line 2")
    assert json.loads(run(path, "--source", "id", "--ignore", "inconsistent", "--json").stdout)["by_check"] == {
        "empty": {"critical": 1}
    }  # fmt: skip


def test_an_inconsistency_can_be_made_worse_or_let_be(tmp_path: Path) -> None:
    path = tsv(tmp_path, ("Ya.", "Yes."), ("Ya.", "Indeed."))
    settings_file = tmp_path / "mine.toml"
    settings_file.write_text('[checks.inconsistent]\nseverity = "critical"\n', encoding="utf-8")
    assert run(path, "--source", "id", "--settings", settings_file).exit_code == 1
    flag = '[[ignore]]\ncheck = "inconsistent"\nunit = "2"\nreason = "both are right"\n'
    settings_file.write_text(flag, encoding="utf-8")
    found = json.loads(run(path, "--source", "id", "--settings", settings_file, "--json").stdout)
    assert (found["findings"], found["ignored"]) == ([], 1)


def test_a_target_without_a_source_is_extra(tmp_path: Path) -> None:
    functions = {one.name: one.function for one in BITEXT}
    for one in BITEXT[:1]:
        assert list(functions[one.name](one.example.subject()))
        assert not list(functions[one.name](one.counter_example.subject()))
    assert "extra" in run(tsv(tmp_path, ("***", "He left.")), "--source", "id").stdout


def test_notes_are_about_checks_there_are_and_tell_the_truth() -> None:
    assert set(NOTES) <= set(NAMES)
    functions = {one.name: one.function for one in ALL}
    for name, examples in PASSES.items():
        for example in examples:
            assert not list(functions[name](example.subject())), (name, example)


def test_the_page_of_checks_is_up_to_date() -> None:
    page = Path(__file__).parent.parent / "docs" / "checks.md"
    assert page.read_text("utf-8") == document(), "write what normalize.measure.guide.document() gives there"


def test_the_example_in_the_page_of_checks_can_be_loaded(tmp_path: Path) -> None:
    path = tmp_path / "checks.toml"
    path.write_text(document().partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    assert Settings.load(path).ignores


@given(st.text(max_size=60))
def test_escaping_gives_what_prints_and_nothing_that_is_markup(text: str) -> None:
    shown = safe(text)
    assert not set(shown) & set("<>\"'")
    assert "\u202e" not in shown


@settings(max_examples=40)
@given(data=st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
                         lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                             st.sampled_from(["checks", "ignore", "number", "length", "tolerance", "on", "severity",
                                              "check", "unit", "reason"]) | st.text(max_size=4), inner, max_size=4),
                         max_leaves=12))  # fmt: skip
def test_any_toml_is_settings_or_one_error(data: Any) -> None:  # noqa: ANN401 - anything
    if isinstance(data, dict):
        with contextlib.suppress(UsageError):
            assert len(Settings.parse(data).checks) <= len(ALL)
