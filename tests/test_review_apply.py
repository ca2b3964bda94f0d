"""Corrections taken home: what fits goes into memory, outputs and candidates; what does not is told and left alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from engines import EnglishEngine
from hypothesis import given
from hypothesis import strategies as st

from normalize.corpus import Article, Method, Origin, Segment, Span, State, Unit
from normalize.errors import GlossaryError
from normalize.formats.candidates import added
from normalize.glossary import Glossary
from normalize.memory import Memory, Remembered
from normalize.pipeline import MEMORY, Options, plan_run, run
from normalize.review import Correction, GlossaryRow, source_hash
from normalize.review.apply import apply
from normalize.review.candidates import appended
from normalize.review.differences import changes, proposals, site_of, words
from normalize.review.finished import taken_home
from normalize.review.suggest import suggestions
from normalize.rows import ArticleRow, TermRow, UnitRow
from normalize.translate import Store

SHARED = "Warga desa itu mengaku senang karena tidak perlu lagi memutar jauh untuk pergi ke pasar."
TEXT = (
    "Jembatan desa {name} dibuka kembali pekan ini\n\n"
    "Pemerintah kabupaten membuka kembali jembatan di desa {name} pada hari Senin setelah diperbaiki.\n\n" + SHARED
)


def unit(id_: str, source: str, target: str = "t") -> UnitRow:
    return UnitRow(id=id_, article=id_.partition(":")[0], paragraph=0, source=source, target=target,
                        source_language="id", target_language="en")  # fmt: skip


def correction(id_: str, source: str, target: str, **rest: Any) -> Correction:  # noqa: ANN401 - fields of the struct
    one = {"machine_target": "t", "state": State.REVIEWED} | rest
    return Correction(unit=id_, source_hash=source_hash(source), target=target, **one)


def nothing(_sources: Sequence[str], _source: str, _target: str) -> Mapping[str, Remembered]:
    return {}


def test_an_edited_unit_becomes_a_reviewed_row_of_the_memory_with_its_remarks() -> None:
    one = correction("a:0", "s", "u", comment="better", label="E", state=State.TRANSLATED)
    (row,) = apply([one], [unit("a:0", "s")], nothing).remembered
    assert row == Remembered(source="s", target="u", source_language="id", target_language="en",
                             state=State.REVIEWED, comment="[E] better", article="a")  # fmt: skip


def test_an_accepted_unit_is_remembered_as_it_is_and_a_mere_remark_is_not() -> None:
    units = [unit("a:0", "s"), unit("a:1", "r")]
    accepted = correction("a:0", "s", "t", state=State.FINAL)
    remark = correction("a:1", "r", "t", state=State.TRANSLATED, comment="hm")
    found = apply([accepted, remark], units, nothing)
    assert [(row.source, row.target, row.state) for row in found.remembered] == [("s", "t", State.FINAL)]
    assert (found.edited, found.remarks, len(found.corrections), found.conflicts) == (0, 1, 2, ())


def test_a_changed_source_or_a_unit_that_is_gone_is_a_conflict_and_the_rest_is_applied() -> None:
    units = [unit("a:0", "new"), unit("a:1", "kept"), unit("b:7", "old")]
    found = apply(
        [correction("a:0", "old", "u"), correction("gone:0", "x", "u"), correction("a:1", "kept", "u")], units, nothing
    )
    assert [row.source for row in found.remembered] == ["kept"]
    first, second = found.conflicts
    assert (first.correction.unit, "'new'" in first.reason, "b:7" in first.advice) == ("a:0", True, True)
    assert (second.correction.unit, second.reason) == ("gone:0", "is no longer in the corpus")


def test_one_source_corrected_in_two_ways_is_for_a_person_to_decide() -> None:
    units = [unit("a:0", "s"), unit("b:0", " s ")]
    two = [correction("a:0", "s", "u"), correction("b:0", " s ", "v")]
    found = apply(two, units, nothing)
    assert found.remembered == ()
    assert [one.correction.unit for one in found.conflicts] == ["a:0", "b:0"]
    same = apply([two[0], correction("b:0", " s ", "u", state=State.FINAL)], units, nothing)
    assert [(row.target, row.state) for row in same.remembered] == [("u", State.FINAL)]


def test_what_someone_else_corrected_since_is_not_overwritten_unless_asked() -> None:
    had = Remembered(source="s", target="theirs", source_language="id", target_language="en")

    def lookup(sources: Sequence[str], _source: str, _target: str) -> dict[str, Remembered]:
        return {source: had for source in sources if source == "s"}

    mine = [correction("a:0", "s", "mine")]
    assert apply(mine, [unit("a:0", "s")], lookup).remembered == ()
    (row,) = apply(mine, [unit("a:0", "s")], lookup, overwrite=True).remembered
    assert row.target == "mine"
    again = [correction("a:0", "s", "mine", machine_target="theirs")]
    assert apply(again, [unit("a:0", "s")], lookup).conflicts == ()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("stu"), st.sampled_from("xyz")), max_size=6))
def test_every_correction_is_applied_or_told_and_never_both(rows: list[tuple[str, str, str]]) -> None:
    every = {id_: correction(id_, source, target) for id_, source, target in rows}
    found = apply(every.values(), [unit("a", "s"), unit("b", "s"), unit("c", "t")], nothing)
    applied = [one.unit for one in found.corrections]
    conflicts = [one.correction.unit for one in found.conflicts]
    assert sorted(applied + conflicts) == sorted(every)
    assert len({row.source for row in found.remembered}) == len(found.remembered)


def test_proposed_rows_become_candidates_that_the_glossary_takes() -> None:
    row = GlossaryRow(source="perusahaan  rintisan", target="startup", source_language="id", target_language="en",
                      unit="a:0")  # fmt: skip
    data, count = appended(b"", [row, row], {"a:0": "Perusahaan rintisan, tutup."})
    assert count == 1
    again, more = appended(data, [row], {})
    assert (again, more) == (data, 0)
    from normalize.formats.candidates import accepted

    glossary, sources, problems = added(b"source,target,source_lang\n", accepted(data))
    assert (sources, problems) == (["perusahaan rintisan"], [])
    assert Glossary.parse(glossary).terms[0].target == "startup"


@pytest.mark.parametrize("hostile", ["=1+1", '"', "a,b", "@x", "</script>"])
def test_hostile_rows_stay_one_cell(hostile: str) -> None:
    data, _ = appended(b"source,target\n", [GlossaryRow(source=hostile, target=hostile)], {})
    again, count = appended(data, [GlossaryRow(source=hostile, target=hostile)], {})
    assert (again, count) == (data, 0)
    assert not data.split(b"\n")[1].startswith((b"=", b"@"))


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"source\nx\n", b'source,target\n"open'])
def test_rows_are_not_added_to_some_other_file(data: bytes) -> None:
    with pytest.raises(GlossaryError):
        appended(data, [GlossaryRow(source="a", target="b")], {})


def test_words_are_compared_as_a_person_reads_them() -> None:
    assert words("It cost 12 million.", "It cost 12 billion.") == [
        ("=", "It cost 12 "), ("-", "million"), ("+", "billion"), ("=", ".")]  # fmt: skip


@given(st.text("ab .,", max_size=20), st.text("ab .,", max_size=20))
def test_a_difference_holds_both_texts_whole(before: str, after: str) -> None:
    pieces = words(before, after)
    assert "".join(text for kind, text in pieces if kind != "+") == before
    assert "".join(text for kind, text in pieces if kind != "-") == after


def test_the_same_replacement_in_two_sentences_proposes_the_row_that_spares_it() -> None:
    units = [
        unit("a:0", "Perusahaan rintisan itu tutup pada Senin.", "The pilot company closed on Monday."),
        unit("a:1", "Dua perusahaan rintisan lain masih buka.", "Two other pilot company are still open."),
        unit("a:2", "Perusahaan itu besar pada Senin.", "The company is big on Monday."),
    ]
    rows = [
        correction("a:0", units[0].source, "The startup closed on Monday.", machine_target=units[0].target),
        correction("a:1", units[1].source, "Two other startup are still open.", machine_target=units[1].target),
    ]
    (one,) = proposals(changes(rows, units), units, {})
    assert (one.kind, one.source, one.old, one.new) == ("glossary", "perusahaan rintisan", "pilot company", "startup")
    assert one.units == ("a:0", "a:1")


def test_a_row_that_is_there_gets_the_replaced_words_as_a_wrong_rendering() -> None:
    term = TermRow(term="perusahaan rintisan", target="startup", surface="Perusahaan rintisan", method=Method.MISSING,
                   span=(0, 19))  # fmt: skip
    plain = [unit(f"a:{name}", f"Perusahaan rintisan {name}.", f"Pilot firm {name}.") for name in ("Satu", "Tua")]
    units = [msgspec.structs.replace(one, terms=(term,)) for one in plain]
    rows = [correction(one.id, one.source, one.target.replace("Pilot firm", "Startup"), machine_target=one.target)
            for one in units]  # fmt: skip
    (found,) = proposals(changes(rows, units), units, {})
    assert (found.kind, found.source, found.old, found.new) == ("wrong", "perusahaan rintisan", "pilot firm", "Startup")


def test_the_memorys_like_sentences_are_suggestions_for_what_nobody_has_judged(tmp_path: Path) -> None:
    segment = Segment(id="a:0", article="a", paragraph=0, span=Span(start=0, end=1), language="id",
                      source="Biaya seluruh pembangunan jembatan itu 25 miliar rupiah.")  # fmt: skip
    with Memory(tmp_path / "m.sqlite") as memory:
        assert suggestions(memory)(Unit(segment=segment)) == []
        alike = Remembered(source=segment.source.replace("25", "31"), target="In all it cost 31 billion rupiah.",
                           source_language="id", target_language="en")  # fmt: skip
        memory.correct([alike])
        suggest = suggestions(memory)
        (found,) = suggest(Unit(segment=segment, state=State.TRANSLATED, origin=Origin.MACHINE))
        assert (found.source, found.target) == (alike.source, "In all it cost 25 billion rupiah.")
        assert 0.6 < found.score <= 1
        assert suggest(Unit(segment=segment, state=State.FINAL, origin=Origin.HUMAN)) == []


def test_a_replacement_made_once_or_of_numbers_proposes_nothing() -> None:
    units = [unit("a:0", "Dua belas.", "21 then"), unit("a:1", "Dua belas lagi.", "21 again")]
    rows = [correction(one.id, one.source, one.target.replace("21", "12"), machine_target=one.target) for one in units]
    assert proposals(changes(rows, units), units, {}) == []
    assert proposals(changes(rows[:1], units), units, {}) == []


def test_a_line_whose_english_was_deleted_proposes_a_rule_that_can_be_loaded(tmp_path: Path) -> None:
    from normalize.clean import load

    line = 'Ikuti "kami" di kanal\tlain'
    units = [unit("a:0", line, "Follow us")]
    rows = [correction("a:0", line, "", machine_target="Follow us")]
    (one,) = proposals(changes(rows, units), units, {"a": "kabar.example"})
    (tmp_path / "rules.toml").write_text(one.line, "utf-8")
    (rule,) = load(tmp_path / "rules.toml").rules
    assert (rule.site, rule.action, rule.way, rule.text) == ("kabar.example", "drop", "line", line)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.txt", "KABAR.example - Jembatan dibuka\n\nWarga senang.\n{line}\n"),
        ("kabar[1]/a.txt", "Jembatan dibuka\n\nWarga senang.\n{line}\n"),
        ("a.html", "<link rel=canonical href=https://www.kabar.example/a><h1>Jembatan</h1><p>Warga senang.<p>{line}"),
        ("a.jsonl", '{{"url": "https://kabar.example/a", "text": "Jembatan\\n\\nWarga senang.\\n{line}"}}\n'),
    ],
)
def test_a_rule_that_is_proposed_takes_the_line_out_of_its_article(tmp_path: Path, path: str, data: str) -> None:
    from normalize.clean import clean, load
    from normalize.read import find, read

    line = "Ruang baca ini dirawat oleh sebelas relawan di tiga kota."
    place = tmp_path / "raw" / path
    place.parent.mkdir(parents=True)
    place.write_text(data.format(line=line), "utf-8")
    (made,) = [each for source in find(tmp_path / "raw") for each in read(source)]
    assert isinstance(made, Article)
    cleaned = clean(made)
    assert line in cleaned.text
    finished = ArticleRow(
        id=made.id, path=made.path, record=made.record, format=made.format, url=cleaned.metadata.url,
        site=cleaned.metadata.site or "Kabar",
    )  # fmt: skip
    units = [unit(f"{made.id}:0", line, "Readers help.")]
    rows = [correction(f"{made.id}:0", line, "", machine_target="Readers help.")]
    (one,) = proposals(changes(rows, units), units, {units[0].article: site_of(finished)})
    (tmp_path / "rules.toml").write_text(one.line, "utf-8")
    assert line not in clean(made, rules=load(tmp_path / "rules.toml")).text


def normalize(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "normalize", *arguments]
    return subprocess.run(command, capture_output=True, check=False, cwd=cwd, timeout=120, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a finished run of two articles that share a sentence."""
    engine = EnglishEngine()

    def give(_store: Store, _source: str, _target: str, *, beam: int = 4, jobs: int | None = None) -> EnglishEngine:
        del beam, jobs
        return engine

    monkeypatch.setattr(Store, "engine", give)
    (tmp_path / "raw").mkdir()
    for name in ("Sukamaju", "Karangsari"):
        (tmp_path / "raw" / f"{name.lower()}.txt").write_text(TEXT.format(name=name), encoding="utf-8")
    run(plan_run(Options(raw=tmp_path / "raw", out=tmp_path / "out", source_language="id")))
    return tmp_path


def rows_of(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "out" / "corpus.jsonl").read_text("utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "sqlite" not in path.name}


def save(folder: Path, *rows: Correction, glossary: Sequence[GlossaryRow] = ()) -> None:
    file = {"format": "normalize corrections", "version": 2, "signature": "x", "corrections": rows,
            "glossary": glossary}  # fmt: skip
    (folder / "corrections.json").write_bytes(msgspec.json.encode(file))


def test_apply_puts_the_correction_into_the_memory_and_every_output(folder: Path) -> None:
    before = next(row for row in rows_of(folder).values() if row["source"] == SHARED)
    row = GlossaryRow(source="warga", target="villagers", unit=before["id"])
    one = correction(before["id"], SHARED, "They are glad.", machine_target=before["target"])
    save(folder, one, correction("gone:0", "x", "y"), glossary=[row])

    answer = normalize("review", "apply", "corrections.json", cwd=folder)

    assert answer.returncode == 1
    assert "gone:0: is no longer in the corpus" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout.startswith("1 corrected · 0 accepted as they are · 1 in conflict · 2 units changed")
    assert [row["target"] for row in rows_of(folder).values() if row["source"] == SHARED] == ["They are glad."] * 2
    assert SHARED in (folder / "glossary.candidates.csv").read_text("utf-8")
    with Memory(folder / "out" / MEMORY) as memory:
        assert memory.corrections([SHARED], "id", "en")[SHARED].target == "They are glad."
    assert [one.unit for one in taken_home(folder / "out").corrections] == [before["id"]]
    shown = normalize("review", "diff", cwd=folder)
    assert "1 unit changed by reviewers" in shown.stdout
    again = normalize("review", "apply", "corrections.json", "--json", cwd=folder)
    assert json.loads(again.stdout)["units_changed"] == 0


def test_a_correction_may_be_corrected_again_and_the_machines_text_is_still_known(folder: Path) -> None:
    before = next(row for row in rows_of(folder).values() if row["source"] == SHARED)
    save(folder, correction(before["id"], SHARED, "They are glad.", machine_target=before["target"]))
    assert normalize("review", "apply", "corrections.json", cwd=folder).returncode == 0
    save(folder, correction(before["id"], SHARED, "They are very glad.", machine_target="They are glad."))

    answer = normalize("review", "apply", "corrections.json", cwd=folder)

    assert answer.returncode == 0, answer.stderr
    (kept,) = taken_home(folder / "out").corrections
    assert (kept.machine_target, kept.target) == (before["target"], "They are very glad.")
    save(folder, correction(before["id"], SHARED, "Someone else's.", machine_target=before["target"]))
    assert "was corrected otherwise since" in normalize("review", "apply", "corrections.json", cwd=folder).stderr
    assert normalize("review", "apply", "corrections.json", "--overwrite", cwd=folder).returncode == 0


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    before = next(row for row in rows_of(folder).values() if row["source"] == SHARED)
    save(folder, correction(before["id"], SHARED, "They are glad.", machine_target=before["target"]),
         glossary=[GlossaryRow(source="warga", target="villagers")])  # fmt: skip
    files = contents(folder)

    answer = normalize("review", "apply", "corrections.json", "--dry-run", cwd=folder)

    assert (answer.returncode, "nothing written" in answer.stdout) == (0, True)
    assert contents(folder) == files


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["review", "apply", "corrections.json", "--out", "nowhere"], 2, "holds no corpus"),
        (["review", "apply", "nothing.json"], 2, "is not there"),
        (["review", "apply", "broken.json"], 1, "is not a corrections.json"),
        (["review", "show", "xyz"], 2, "no article 'xyz'"),
        (["review", "show", "a"], 2, "say which"),
        (["review", "diff", "nowhere"], 2, "cannot be read"),
        (["review", "serve", "nowhere"], 1, "cannot be read"),
    ],
)
def test_mistakes_get_one_line(folder: Path, arguments: list[str], code: int, told: str) -> None:
    save(folder)
    (folder / "broken.json").write_text("{", "utf-8")
    answer = normalize(*arguments, cwd=folder)
    assert answer.returncode == code
    assert told in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert not (folder / "nowhere").exists()


def test_an_article_is_shown_side_by_side_and_obeys_no_terminal_code(folder: Path) -> None:
    out = folder / "out"
    hostile = {"id": "h:0", "article": "h", "source": "a\x1b[2J \u202eb"}
    line = msgspec.json.encode({**rows_of(folder).popitem()[1], **hostile})
    (out / "corpus.jsonl").write_bytes((out / "corpus.jsonl").read_bytes() + line + b"\n")
    (out / "articles.jsonl").write_bytes(
        (out / "articles.jsonl").read_bytes() + b'{"id": "h", "path": "h\\u001b]0;x.txt", "title": "\\u001b[31m"}\n'
    )
    calm, wild = normalize("review", "show", "sukamaju", cwd=folder), normalize("review", "show", "h", cwd=folder)
    assert (calm.returncode, wild.returncode) == (0, 0)
    assert "Warga desa itu" in calm.stdout
    assert "\x1b" not in wild.stdout
    assert "\u202e" not in wild.stdout
