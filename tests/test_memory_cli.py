"""`normalize memory` as a user meets it, and corrections in files, hostile ones too."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.cli import app
from normalize.cli import memory as commands
from normalize.cli.app import main
from normalize.corpus import State
from normalize.engine import Hypothesis
from normalize.errors import NormalizeError
from normalize.formats import read_pairs
from normalize.memory import Memory, Remembered, normal
from normalize.memory.answers import TRANSLATE, Request
from normalize.memory.exchange import parse, render

if not any(group.name == "memory" for group in app.registered_groups):
    app.add_typer(commands.app, name="memory")

FILE = Path("out", ".normalize", "memory.sqlite")


class Answer(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Answer]


def made(source: str, target: str, state: State = State.REVIEWED, **more: str) -> Remembered:
    tags = {"source_language": "id", "target_language": "en"}
    return Remembered(source=source, target=target, state=state, **(tags | more))


KEPT = [
    made("Harga beras naik.", "Rice prices rose.", article="news-1", comment="checked"),
    made('"Ya," katanya.', '"Yes," she said.', State.FINAL, article="news-2"),
    made("=2+3", "@sum", comment="-1"),
    made("Le riz <b>est</b> cher & rare.", "Rice is dear\tand rare.", source_language="fr"),
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["normalize", "memory", *arguments])
        capfd.readouterr()
        with pytest.raises(SystemExit) as exit_:
            main()
        sys.stdout.flush()
        captured = capfd.readouterr()
        assert "Traceback" not in captured.err
        return Answer(int(exit_.value.code or 0), captured.out, captured.err)

    return call


@pytest.fixture
def filled(run: Run) -> Run:
    with Memory(FILE) as memory:
        memory.correct(KEPT)
        for signature, count in (("toy@1|beam 4", 3), ("toy@1|beam 1", 2)):
            answers = {Request(TRANSLATE, f"Kalimat {number}."): (Hypothesis(target="x", score=-1.0),)
                       for number in range(count)}  # fmt: skip
            memory.keep(signature, answers)
    return run


@pytest.mark.parametrize("command", ["stats", "export", "import", "prune", "forget"])
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    answer = run(command, "--help")
    assert answer.code == 0
    assert f"normalize memory {command}" in " ".join(answer.out.split())


@pytest.mark.parametrize("command", [("stats",), ("export", "a.tmx"), ("prune",), ("forget", "Ya.")])
def test_a_missing_memory_is_wrong_usage_and_is_not_made(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    answer = run(*command)
    assert answer.code == 2
    assert "out/.normalize/memory.sqlite: is not there; `normalize run` makes one" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_stats_counts_answers_by_engine_and_corrections(filled: Run) -> None:
    answer = filled("stats")
    assert (answer.code, answer.err) == (0, "")
    assert "3 answers of toy@1|beam 4 (last used in run 1 of 1, 3 in the last)\n" in answer.out
    assert "3 reviewed and 1 final corrections (fr-en 1, id-en 3), 0 older ones\n" in answer.out
    found = json.loads(filled("stats", "--json").out)
    assert {one["signature"]: one["answers"] for one in found["engines"]} == {"toy@1|beam 1": 2, "toy@1|beam 4": 3}
    assert (found["reviewed"], found["final"], found["pairs"]) == (3, 1, {"fr-en": 1, "id-en": 3})


@pytest.mark.parametrize("suffix", ["tmx", "tsv", "jsonl"])
def test_what_is_exported_and_imported_again_is_the_same(filled: Run, tmp_path: Path, suffix: str) -> None:
    answer = filled("export", f"kept.{suffix}")
    assert (answer.code, answer.out) == (0, f"4 corrections written to kept.{suffix}\n")
    first = (tmp_path / f"kept.{suffix}").read_bytes()
    answer = filled("import", f"kept.{suffix}", "--memory", "other.sqlite")
    assert (answer.code, answer.out) == (0, "4 corrections read, 4 of them new or changed\n")
    with Memory(tmp_path / "other.sqlite") as memory:
        # TSV and TMX carry no tab within a cell.
        wanted = [one if suffix == "jsonl" else one.target.replace("\t", " ") for one in sorted(KEPT, key=place)]
        assert [one if suffix == "jsonl" else one.target for one in memory.remembered()] == wanted
    answer = filled("import", f"kept.{suffix}", "--memory", "other.sqlite")
    assert answer.out == "4 corrections read, 0 of them new or changed\n"
    filled("export", f"again.{suffix}", "--memory", "other.sqlite")
    if suffix != "tmx":
        assert (tmp_path / f"again.{suffix}").read_bytes() == first


def place(one: Remembered) -> tuple[str, str, str]:
    return one.source_language, one.target_language, one.source


def test_export_by_language_and_into_a_file_that_is_there(filled: Run, tmp_path: Path) -> None:
    assert filled("export", "fr.jsonl", "--source", "fr").out == "1 correction written to fr.jsonl\n"
    before = (tmp_path / "fr.jsonl").read_bytes()
    answer = filled("export", "fr.jsonl")
    assert answer.code == 2
    assert "is there already" in answer.err
    assert (tmp_path / "fr.jsonl").read_bytes() == before
    assert filled("export", "fr.jsonl", "--force").code == 0
    answer = filled("export", "fr.xlsx")
    assert (answer.code, "fr.xlsx: ends in none of .jsonl, .tmx, .tsv" in answer.err) == (2, True)


def test_no_cell_of_an_exported_table_is_computed_by_a_spreadsheet() -> None:
    rows = list(csv.reader(render(KEPT, "a.tsv").decode().splitlines(), delimiter="\t"))
    assert rows[3][:2] == [" =2+3", " @sum"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_exported_tmx_is_read_by_the_other_reader_too() -> None:
    pairs = read_pairs(render(KEPT, "a.tmx"), "a.tmx")
    assert [(pair.source, pair.target, pair.source_language) for pair in pairs] == [
        (one.source, normal(one.target), one.source_language) for one in KEPT
    ]


def test_a_foreign_table_needs_its_languages_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text('Satu.\tOne.\n"Dua," katanya.\t"Two," he said.\n', encoding="utf-8")
    answer = run("import", "a.tsv")
    assert answer.code == 2
    assert "a.tsv:1: does not say its languages; give --source TAG and --target TAG" in answer.err
    assert not FILE.exists()
    answer = run("import", "a.tsv", "--source", "id", "--target", "en", "--state", "final")
    assert (answer.code, answer.out) == (0, "2 corrections read, 2 of them new or changed\n")
    with Memory(FILE) as memory:
        assert list(memory.remembered()) == [
            made('"Dua," katanya.', '"Two," he said.', State.FINAL), made("Satu.", "One.", State.FINAL),
        ]  # fmt: skip


def test_a_dry_run_of_an_import_changes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(render(KEPT, "a.jsonl"))
    answer = run("import", "a.jsonl", "--dry-run")
    assert (answer.code, answer.out) == (0, "4 corrections read; nothing was changed\n")
    assert not FILE.exists()


ROWS = [
    ('{"source": "a"}', "is no correction: Object missing required field `target`"),
    ('{"source": "", "target": "b", "source_language": "id", "target_language": "en"}', "has no source"),
    ('{"source": "a", "target": " ", "source_language": "id", "target_language": "en"}', "has no target"),
    ('{"source": "a", "target": "b", "source_language": "??", "target_language": "en"}', "is not a language tag"),
    ('{"source": "a", "target": "b", "state": "translated"}', "has the state 'translated'; only `reviewed` and"),
    ('{"source": "a\\u0007", "target": "b"}', "has control characters in its source"),
    ('{"source": "a", "target": "' + "b" * 20_001 + '"}', "has a target of more than 20,000 characters"),
    ("[" * 5000, "is no correction"),
    ("null", "is no correction"),
    ('{"source": "\\ud800", "target": "b"}', "is no correction"),
]


@pytest.mark.parametrize(("row", "message"), ROWS)
def test_a_row_that_cannot_be_used_is_told_with_its_line_and_the_others_are_taken(
    run: Run, tmp_path: Path, row: str, message: str
) -> None:
    good = '{"source": "Satu.", "target": "One.", "source_language": "id", "target_language": "en"}'
    (tmp_path / "a.jsonl").write_text(f"{good}\n\n{row}\n", encoding="utf-8")
    answer = run("import", "a.jsonl")
    assert (answer.code, answer.out) == (1, "1 correction read, 1 of them new or changed\n")
    assert f"a.jsonl:3: {message}" in answer.err or message in answer.err
    assert answer.err.count("\n") == 1


BOMB = """<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<tmx version="1.4"><header srclang="id"/><body><tu><tuv xml:lang="id"><seg>&b;</seg></tuv>
<tuv xml:lang="en"><seg>x</seg></tuv></tu></body></tmx>"""
OUTSIDE = BOMB.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/hostname">')
NESTED = "<hi>" * 3000 + "</hi>" * 3000
DEEP = f'<tmx version="1.4"><body><tu><tuv xml:lang="id"><seg>{NESTED}</seg></tuv></tu></body></tmx>'


@pytest.mark.parametrize("content", [BOMB, OUTSIDE, DEEP, "<tmx><body>", "<html/>", "", "\0\1\2", "PK\x03\x04"])
def test_a_hostile_tmx_is_refused_whole(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "a.tmx").write_text(content, encoding="utf-8")
    answer = run("import", "a.tmx", "--source", "id", "--target", "en")
    assert answer.code == 2
    assert answer.err.startswith("normalize: a.tmx")
    assert not FILE.exists()


def test_a_foreign_tmx_is_read_without_its_codes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.tmx").write_text(
        """<?xml version="1.0"?><tmx version="1.4"><header srclang="id" datatype="x" segtype="sentence"/><body>
        <tu><note>by hand</note><prop type="x-normalize-state">final</prop><prop type="evil">=1</prop>
        <tuv xml:lang="id-ID"><seg>Rumah <bpt i="1">&lt;b&gt;</bpt>besar<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
        <tuv xml:lang="en"><seg>A big
            house.</seg></tuv></tu></body></tmx>""",
        encoding="utf-8",
    )
    assert run("import", "a.tmx").code == 0
    with Memory(FILE) as memory:
        assert list(memory.remembered()) == [
            made("Rumah besar.", "A big house.", State.FINAL, source_language="id-ID", comment="by hand")
        ]


def test_prune_drops_answers_of_engines_that_cannot_be_asked(filled: Run) -> None:
    answer = filled("prune", "--dry-run")
    assert answer.code == 0
    assert "5 answers would be dropped" in answer.out
    answer = filled("prune", "--engine", "beam 1", "--json")
    assert json.loads(answer.out)["answers"] == 2
    answer = filled("prune")
    assert "toy@1|beam 4: nothing is left\n3 answers dropped" in answer.out
    assert json.loads(filled("stats", "--json").out)["reviewed"] == 3


def test_prune_keeps_answers_of_the_models_that_are_there(run: Run) -> None:
    from normalize.translate import Store

    signature = Store.open().engine("id", "en", beam=1).signature
    with Memory(FILE) as memory:
        for name in (signature, signature.replace("argos ", "argos un"), f"{signature} > {signature}"):
            memory.keep(name, {Request(TRANSLATE, name): (Hypothesis(target="x", score=-1.0),)})
    assert "1 answer dropped" in run("prune").out


def test_forget_says_what_it_did(filled: Run) -> None:
    line = "id-en\tHarga beras naik.\tRice prices rose.\n"
    assert filled("forget", "Harga  beras naik.", "--dry-run").out == (
        line + "1 correction, 0 older ones and 0 answers would be forgotten\n"
    )
    assert filled("forget", "--article", "news-1").out == line + "1 correction, 0 older ones and 0 answers forgotten\n"
    found = json.loads(filled("forget", "--matching", "^Kalimat", "--json").out)
    assert (found["corrections"], found["answers"]) == ([], 5)
    answer = filled("forget")
    assert (answer.code, "nothing is said to be forgotten" in answer.err) == (2, True)
    assert filled("forget", "--matching", "(").code == 2


def test_control_characters_are_not_sent_to_the_terminal(run: Run) -> None:
    with Memory(FILE) as memory:
        memory.correct([made("a\x1b[2J", "b\x07")])
    assert run("forget", "--matching", "a").out.startswith("id-en\ta\\x1b[2J\tb\\x07\n")


def test_a_damaged_memory_is_told_of_and_not_changed_by_looking(filled: Run) -> None:
    data = bytearray(FILE.read_bytes())
    data[data.rindex(b"Rice prices rose.")] ^= 1
    FILE.write_bytes(data)
    answer = filled("export", "a.tmx")
    assert answer.code == 1
    assert "memory.sqlite: is damaged" in answer.err
    assert FILE.read_bytes() == bytes(data)


@pytest.mark.parametrize("suffix", [".tmx", ".tsv", ".jsonl", ".xlf", ".tab"])
@settings(max_examples=15)
@given(st.one_of(st.binary(max_size=300), st.text(alphabet='<>/tmxuvseg"\t\n{}:,a&;[]', max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(suffix: str, data: bytes) -> None:
    try:
        found = parse(data, f"a{suffix}", source="id", target="en")
    except NormalizeError:
        return
    assert all(one.source == normal(one.source) and one.source for one in found.remembered)


CELL = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)


@settings(max_examples=12)
@given(st.lists(st.tuples(CELL, CELL, CELL, st.sampled_from([State.REVIEWED, State.FINAL])), max_size=5))
def test_render_and_parse_give_the_same_but_for_blanks(rows: list[tuple[str, str, str, State]]) -> None:
    kept = [made(source, target, state, comment=comment) for source, target, comment, state in rows if normal(source)]
    for suffix in (".tmx", ".tsv", ".jsonl"):
        found, problems = parse(render(kept, f"a{suffix}"), f"a{suffix}")
        assert problems == []
        assert [shape(one) for one in found] == [shape(one) for one in kept]


def shape(one: Remembered) -> tuple[str, str, str, State]:
    return normal(one.source), normal(one.target), normal(one.comment), one.state


@pytest.mark.parametrize("command", [("stats",), ("export", "c.tsv"), ("prune",), ("forget", "Harga.")])
def test_a_folder_named_as_the_memory_is_told_as_one(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "folder").mkdir()
    answer = run(*command, "--memory", "folder")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "normalize: folder: is a folder; give a file: --memory FILE\n"
