"""`normalize glossary` as a user meets it: exit code, standard output, standard error."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
import regex

from normalize.cli import glossary as commands
from normalize.cli.app import app, main
from normalize.formats import FORMATS
from normalize.glossary import Glossary

if not any(group.name == "glossary" for group in app.registered_groups):
    app.add_typer(commands.app, name="glossary")

ROWS = """source,target,source_lang,target_lang,aliases,kind,wrong
OpenAI,OpenAI,,en,OpenAl,keep,
perusahaan rintisan,startup,id,en,usaha rintisan,term,pioneer company
recherche,research,fr,en,,term,
"""
ARTICLE = (
    "Perusahaan rintisan Velora Jaya menutup kantornya di kota itu pada hari Senin setelah dua tahun bekerja.\n\n"
    "Bos dari Velora Jaya mengatakan bahwa perusahaan itu akan dibuka lagi tahun depan dengan nama yang lain.\n"
)


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Answer]


class Unreadable(io.BytesIO):
    """Standard input whose descriptor was closed."""

    def read(self, _size: int | None = -1, /) -> bytes:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


class Terminal(io.BytesIO):
    """Standard input at which someone types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "glossary.csv").write_text(ROWS, encoding="utf-8")

    def call(*arguments: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["normalize", "glossary", *arguments])
        capfd.readouterr()
        with pytest.raises(SystemExit) as exit_:
            main()
        sys.stdout.flush()
        captured = capfd.readouterr()
        assert "Traceback" not in captured.err
        return Answer(int(exit_.value.code or 0), captured.out, captured.err)

    return call


@pytest.mark.parametrize("command", ["lint", "apply", "check", "import", "export", "mine", "add", "diff", "report"])
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    answer = run(command, "--help")
    assert answer.code == 0
    assert f"normalize glossary {command}" in " ".join(answer.out.split())


def test_lint_of_a_sound_glossary_exits_with_0(run: Run) -> None:
    answer = run("lint")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith("0 errors · 0 warnings · 0 info in 3 rows\n")


def test_lint_names_file_line_check_and_fix_and_exits_with_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("source,target\nriset,research\nriset,study\n", encoding="utf-8")
    answer = run("lint", "bad.csv")
    assert answer.code == 1
    expected = "bad.csv:3: error [unusable] 'riset' has another target than in line 2 ('research'); mark"
    assert answer.out.startswith(expected)
    rows = json.loads(run("lint", "bad.csv", "--json").out)["faults"]
    assert [(row["line"], row["level"]) for row in rows] == [(3, "error")]


def test_lint_tells_what_occurs_in_no_article(run: Run, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    out = run("lint", "glossary.csv", "raw").out
    assert "glossary.csv:4: info [unmatched] 'recherche'" in out
    assert "'perusahaan rintisan' occurs" not in out


@pytest.mark.model
def test_lint_asks_a_model_which_targets_it_can_spell(run: Run) -> None:
    answer = run("lint", "glossary.csv", "--source", "id")
    assert (answer.code, answer.out) == (0, "0 errors · 0 warnings · 0 info in 3 rows\n")


def test_apply_prints_one_file_and_explains_on_standard_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Satu.\r\nUsaha rintisan OpenAl.\r\n")
    answer = run("apply", "a.txt", "--source", "id", "--explain")
    assert (answer.code, answer.out) == (0, "Satu.\r\nPerusahaan rintisan OpenAI.\r\n")
    assert "a.txt:2: 'OpenAl' → 'OpenAI' (line 2)" in answer.err


def test_apply_finds_the_language_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The pioneer company said that it would not close its office.\n", encoding="utf-8")
    assert run("apply", "a.txt").out.startswith("The startup said")


def test_apply_writes_a_folder_or_the_files_themselves(run: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{name} OpenAl\n", encoding="utf-8")
    assert run("apply", "a.txt", "b.txt").code == 2
    assert run("apply", "a.txt", "b.txt", "--source", "id", "--out", "new").code == 0
    assert (tmp_path / "new" / "b.txt").read_text(encoding="utf-8") == "b.txt OpenAI\n"
    assert (tmp_path / "b.txt").read_text(encoding="utf-8") == "b.txt OpenAl\n"
    assert run("apply", "a.txt", "b.txt", "--source", "id", "--in-place").code == 0
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "a.txt OpenAI\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("apply", "absent.txt"),
        ("apply", "a/x.txt", "b/x.txt", "--out", "o"),
        ("apply", "x.txt", "--out", "o", "--in-place"),
        ("apply", "x.txt", "--glossary", "absent.csv"),
        ("lint", "absent.csv"),
        ("export", "--format", "word"),
        ("export", "--format", "deepl-csv"),
        ("export", "--format", "tbx", "--source", "xx-invalid-tag"),
        ("import", "absent.tbx", "--from", "tbx"),
        ("import", "glossary.csv", "--from", "tbx"),
        ("mine", "absent"),
        ("mine", ".", "--out", "glossary.csv"),
        ("add", "absent.csv"),
        ("diff", "glossary.csv", "absent.csv"),
        ("report", "absent"),
    ],
)
def test_a_wrong_call_is_one_clear_line_and_exit_code_2(run: Run, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("normalize: ")
    assert answer.err.count("\n") == 1


def test_check_lists_what_is_missing_by_line(run: Run, tmp_path: Path) -> None:
    source = "OpenAI membeli perusahaan rintisan.\nPerusahaan rintisan tutup.\n"
    (tmp_path / "s.txt").write_text(source, encoding="utf-8")
    (tmp_path / "t.txt").write_text("OpenAI bought startups.\nThe firm closed.\n", encoding="utf-8")
    answer = run("check", "s.txt", "t.txt", "--source", "id")
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "t.txt:2: 'startup' (for 'perusahaan rintisan') is missing: The firm closed.",
        "1/1\tOpenAI → OpenAI",
        "1/2\tperusahaan rintisan → startup",
        "3 expected · 2 kept · 1 missing",
    ]
    assert run("check", "s.txt", "t.txt", "--source", "id", "--strict").code == 1
    report = json.loads(run("check", "s.txt", "t.txt", "--source", "id", "--json").out)
    assert (report["expected"], report["kept"], report["lapses"][0]["line"]) == (3, 2, 2)


HOUSE = """source,target,aliases,scope
perusahaan rintisan,young firm,,
OpenAI,OpenAI,Open-Ai,news/*|tempo.example
"""


@pytest.fixture
def house(run: Run, tmp_path: Path) -> tuple[str, ...]:
    assert run("--help").code == 0
    (tmp_path / "house.csv").write_text(HOUSE, encoding="utf-8")
    (tmp_path / "news").mkdir()
    for folder in (tmp_path, tmp_path / "news"):
        (folder / "s.txt").write_text("Open-Ai dan perusahaan rintisan.\n", encoding="utf-8")
        (folder / "t.txt").write_text("Open-Ai and startups.\n", encoding="utf-8")
    return "--glossary", "house.csv", "--glossary", "glossary.csv"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (("s.txt", "t.txt"), ["young firm"]),
        (("news/s.txt", "news/t.txt"), ["OpenAI", "young firm"]),
        (("s.txt", "t.txt", "--site", "www.tempo.example"), ["OpenAI", "young firm"]),
    ],
)
def test_check_takes_several_glossaries_and_heeds_scopes(
    run: Run, house: tuple[str, ...], more: tuple[str, ...], expected: list[str]
) -> None:
    report = json.loads(run("check", *more, "--source", "id", "--json", *house).out)
    assert [lapse["target"] for lapse in report["lapses"]] == expected


def test_apply_takes_several_glossaries_and_heeds_scopes(run: Run, house: tuple[str, ...]) -> None:
    assert run("apply", "s.txt", "--source", "id", *house).out.startswith("Open-Ai dan")
    assert run("apply", "news/s.txt", "--source", "id", *house).out.startswith("OpenAI dan")
    assert run("apply", "s.txt", "--source", "id", "--site", "tempo.example", *house).out.startswith("OpenAI dan")


def test_lint_takes_several_glossaries(run: Run, house: tuple[str, ...]) -> None:
    out = run("lint", house[1], *house[2:]).out
    assert "glossary.csv:3: info [overruled] 'perusahaan rintisan' is decided by house.csv:2 ('young firm')" in out


def test_diff_sees_what_a_further_glossary_leaves_of_a_change(run: Run, house: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text(HOUSE.partition("\n")[0] + "\n", encoding="utf-8")
    out = run("diff", "house.csv", "new.csv", *house[2:]).out
    assert "+ perusahaan rintisan → startup (line 3)" in out.splitlines()


def test_export_writes_several_glossaries_as_one(run: Run, house: tuple[str, ...]) -> None:
    rows = run("export", house[1], *house[2:], "--format", "csv").out.splitlines()
    assert [row.split(",")[1] for row in rows[1:] if row.startswith("perusahaan")] == ["young firm"]


def test_check_of_files_of_different_length_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("a\nb\n", encoding="utf-8")
    (tmp_path / "t.txt").write_text("a\n", encoding="utf-8")
    assert run("check", "s.txt", "t.txt", "--source", "id").code == 1


def test_export_tells_on_standard_error_what_is_lost(run: Run) -> None:
    answer = run("export", "--format", "deepl-csv", "--source", "id")
    assert answer.code == 0
    assert answer.out == "OpenAI,OpenAI\nOpenAl,OpenAI\nperusahaan rintisan,startup\nusaha rintisan,startup\n"
    assert "deepl-csv cannot carry: 1 row: wrong renderings are not written" in answer.err


def test_what_is_exported_can_be_imported(run: Run, tmp_path: Path) -> None:
    assert run("export", "--format", "tbx", "--out", "g.tbx").code == 0
    assert run("export", "--format", "tbx", "--out", "g.tbx").code == 2  # never over a file that is there
    answer = run("import", "g.tbx", "--from", "tbx", "--out", "new.csv")
    assert (answer.code, answer.err) == (0, "normalize: 3 rows read · any → en, fr → en, id → en\n")
    assert Glossary.load(tmp_path / "new.csv").signature == Glossary.load(tmp_path / "glossary.csv").signature


def test_import_tells_bad_entries_and_exits_with_1(run: Run, tmp_path: Path) -> None:
    (tmp_path / "d.tsv").write_text("riset\tresearch\nlonely\n", encoding="utf-8")
    answer = run("import", "d.tsv", "--from", "deepl-tsv", "--source", "id", "--target", "en")
    assert answer.code == 1
    assert "d.tsv:2: target is empty" in answer.err
    assert [row["source"] for row in csv.DictReader(io.StringIO(answer.out))] == ["riset"]


def test_what_is_mined_can_be_added(run: Run, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    answer = run("mine", "raw", "--out", "c.csv")
    assert answer.code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text(encoding="utf-8"))))
    assert [(row["source"], row["count"], row["status"]) for row in rows] == [("Velora Jaya", "2", "candidate")]
    answer = run("mine", "raw", "--out", "c.csv")
    assert (answer.code, answer.err.count("--force")) == (2, 1)
    answer = run("add", "c.csv")
    assert (answer.code, answer.out) == (0, "added Velora Jaya\n1 row added to glossary.csv\n")
    assert (tmp_path / "glossary.csv").read_text(encoding="utf-8") == f"{ROWS}Velora Jaya,Velora Jaya,id,en,,name,\n"
    answer = run("add", "c.csv")
    assert answer.code == 1
    assert "c.csv:2: 'Velora Jaya' is in the glossary already (line 5)" in answer.err


def test_mining_says_which_names_came_out_in_several_ways(run: Run, tmp_path: Path) -> None:
    for folder in ("raw", "out"):
        (tmp_path / folder).mkdir()
    (tmp_path / "raw" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    rows = [
        {"source_language": "id", "source": "Bos dari Velora Jaya pergi.", "target": f"The head of {name} left."}
        for name in ("Velora Jaya", "Velora Jaya", "Victorious Velora")
    ]
    (tmp_path / "out" / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    answer = run("mine", "raw", "--translated", "out")
    assert [row["kept"] for row in csv.DictReader(io.StringIO(answer.out))] == ["2 of 3"]
    assert answer.err.endswith("1 translated in several ways\n")


def test_the_documentation_names_every_format_and_command(run: Run) -> None:
    text = (Path(__file__).parent.parent / "docs" / "glossary.md").read_text(encoding="utf-8")
    named = set(regex.findall(r"`([a-z0-9-]+)", text))
    commands_ = {"lint", "apply", "check", "import", "export", "mine", "add", "diff", "report"}
    assert set(FORMATS) | commands_ <= named
    assert all(command in run("--help").out for command in commands_)


def test_diff_lists_rows_and_the_sentences_they_touch(run: Run, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "new.csv").write_text(ROWS.replace("startup", "start-up") + "kota,town,id,en,,,\n", encoding="utf-8")
    lines = run("diff", "glossary.csv", "new.csv", "raw").out.splitlines()
    assert lines[:2] == [
        "~ perusahaan rintisan (line 3): target 'startup' → 'start-up'",
        "+ kota → town (line 5)",
    ]
    assert "Perusahaan rintisan → startup ⇒ Perusahaan rintisan → start-up, kota → town" in lines[2]
    assert lines[-1] == "2 rows differ · 1 sentence of 1 article touched"
    report = json.loads(run("diff", "glossary.csv", "new.csv", "raw", "--json").out)
    assert (len(report["rows"]), len(report["sentences"])) == (2, 1)


def recorded(id_: str, source: str, target: str, terms: Sequence[Mapping[str, object]]) -> str:
    row = {"id": id_, "article": id_.partition(":")[0], "source": source, "source_language": "id", "target": target,
           "terms": terms}  # fmt: skip
    return json.dumps(row) + "\n"


def test_diff_shows_on_what_a_run_wrote_how_translations_change(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    term = {"term": "perusahaan rintisan", "target": "startup", "target_span": [2, 9], "method": "kept"}
    (tmp_path / "out" / "corpus.jsonl").write_text(
        recorded("a:0", "Sebuah perusahaan rintisan.", "A startup.", [term])
        + recorded("a:1", "Kota itu.", "The city.", [])
        + recorded("a:2", "Lain.", "Other.", []),
        encoding="utf-8",
    )
    new = ROWS.replace(",startup,", ",early firm,") + "kota,town,id,en,,,\n"
    (tmp_path / "new.csv").write_text(new, encoding="utf-8")
    lines = run("diff", "glossary.csv", "new.csv", "out").out.splitlines()
    assert [line for line in lines if line.startswith("  ")] == [
        "  - A startup.", "  + An early firm.", "  - The city.", "  + (to be translated again)",
    ]  # fmt: skip
    assert lines[-1] == "2 rows differ · 2 sentences of 1 article touched"
    sentences = json.loads(run("diff", "glossary.csv", "new.csv", "out", "--json").out)["sentences"]
    assert [one["expected"] for one in sentences] == ["An early firm.", ""]


def test_diff_of_what_is_no_run_is_a_clear_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "corpus.jsonl").write_text('{"id": "a"}\n', encoding="utf-8")
    answer = run("diff", "glossary.csv", "glossary.csv", "out")
    assert (answer.code, "corpus.jsonl:1: is no line of a corpus" in answer.err) == (1, True)
    (tmp_path / "out" / "articles.jsonl").write_text("[]\n", encoding="utf-8")
    assert "articles.jsonl:1" in run("diff", "glossary.csv", "glossary.csv", "out").err


def test_report_sums_receipts_and_lists_the_missing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    methods = ["kept", "replaced", "missing"]
    rows = [
        {"id": f"a:{number}", "article": "a", "source": "Riset", "target": "Study",
         "terms": [{"term": "riset", "target": "research", "method": method}]}
        for number, method in enumerate(methods)
    ]  # fmt: skip
    (tmp_path / "out" / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    answer = run("report", "out")
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "a:2: 'research' (for 'riset') is missing: Study",
        "3\triset → research: kept 1, missing 1, replaced 1",
        "2/3 kept · kept 1, missing 1, replaced 1",
    ]
    assert json.loads(run("report", "out", "--json").out)["methods"] == {"kept": 1, "missing": 1, "replaced": 1}
    (tmp_path / "some.csv").write_text("source,target\nriset,research\nkota,town\n", encoding="utf-8")
    assert run("report", "out", "--glossary", "some.csv").out.splitlines()[1:] == [
        "0\tkota → town: never occurs",
        "3\triset → research: kept 1, missing 1, replaced 1",
        "2/3 kept · kept 1, missing 1, replaced 1",
    ]
    assert run("report", "out", "--glossary", "glossary.csv").out.endswith("0/0 kept · no term occurs\n")
    (tmp_path / "out" / "corpus.jsonl").write_text("[1]\n", encoding="utf-8")
    assert run("report", "out").code == 1


def test_a_format_that_the_name_tells_need_not_be_named(run: Run, tmp_path: Path) -> None:
    assert run("export", "--format", "tbx", "--out", "terms.tbx").code == 0
    (tmp_path / "terms.bin").write_bytes((tmp_path / "terms.tbx").read_bytes())
    answer = run("import", "terms.tbx")
    assert (answer.code, answer.out) == (0, run("import", "terms.tbx", "--from", "tbx").out)
    for name in ("terms.bin", "glossary.csv", "-"):
        answer = run("import", name)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith(f"normalize: {name}: its name does not tell the format; give --from: csv, tsv, ")


def test_of_very_many_unusable_rows_the_first_are_told_and_the_rest_counted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("".join(f"row {number}\n" for number in range(5_000)), encoding="utf-8")
    answer = run("import", "other.txt", "--from", "omegat", "--source", "id", "--target", "en")
    assert answer.code == 2
    lines = answer.err.splitlines()
    assert lines[0] == "normalize: other.txt:1: target is empty; fill it in or take the row out"
    assert lines[-2] == "normalize: … and 4,900 more rows that cannot be used"
    assert len(lines) == 102


def test_standard_input_that_is_closed_or_cannot_be_read_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    call = ("apply", "-", "--source", "id")
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", None)  # what Python makes of `<&-`
        answer = run(*call)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "normalize: standard input is closed; name a file, or put a text in: … < FILE\n"
    with io.TextIOWrapper(Unreadable()) as stream, monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", stream)
        answer = run(*call)
    assert answer.code == 2
    assert answer.err.startswith("normalize: standard input cannot be read: Bad file descriptor")


def test_who_types_a_text_is_told_how_to_end_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with io.TextIOWrapper(Terminal(b"OpenAl dan Velora.\n")) as stream, monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", stream)
        answer = run("apply", "-", "--source", "id")
    assert (answer.code, answer.out) == (0, "OpenAI dan Velora.\n")
    assert "Ctrl-D" in answer.err
