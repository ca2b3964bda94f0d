"""From an English sentence back to the bytes that were read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from engines import EnglishEngine
from hypothesis import given
from hypothesis import strategies as st

from normalize.corpus import Edit, Span, replay
from normalize.errors import InputError, OutputError, UsageError
from normalize.memory import Memory, Remembered
from normalize.pipeline import MEMORY, Options, plan_run, revise, run
from normalize.pipeline.explain import backwards, explain
from normalize.pipeline.journal import Journal
from normalize.pipeline.publish import STATE
from normalize.review import source_hash
from normalize.review.finished import TAKEN_HOME
from normalize.translate import Store

HTML = """<html><head><title>Jembatan Desa Sukamaju Dibuka Kembali</title></head><body>
<nav><a href="/">Beranda</a> <a href="/n">Nasional</a></nav><h1>Jembatan Desa Sukamaju Dibuka Kembali</h1>
<p>Pemerintah kabupaten membuka kembali jembatan di desa Sukamaju pada hari Senin setelah diperbaiki.</p>
<p>Baca juga: Harga cabai naik menjelang libur</p>
<p>Kepala desa &amp; warga berkata bahwa anak-anak kini bisa pergi ke sekolah dengan aman. Warga pun senang.</p>
<p>Pasar â€“ yang terletak di seberang sungai itu â€“ akan dibuka lagi pada hari Kamis pekan depan.</p>
</body></html>
"""
TEXT = "Jembatan lama itu dibangun warga desa\n\nPemerintah kabupaten membuka jembatan di desa itu pada hari Senin.\n"


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text of letters that are all different, and edits that put in digits only."""
    text = raw = "".join(map(chr, range(0x400, 0x400 + draw(st.integers(0, 40)))))
    edits = []
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 5)))
        span = Span(start=start, end=end)
        edits.append(Edit(rule="r", span=span, before=span.of(text), after=draw(st.text("012", max_size=4))))
        text = replay(text, edits[-1:])
    return raw, edits


@given(edited())
def test_every_character_that_was_kept_is_found_where_it_was_read(case: tuple[str, list[Edit]]) -> None:
    raw, edits = case
    text = replay(raw, edits)
    for place, char in enumerate(text):
        span, touches = backwards(edits, Span(start=place, end=place + 1))
        if char in raw:
            assert span.of(raw) == char
        elif not char.isdigit():
            pytest.fail("a character of nowhere")
        assert 0 <= span.start <= span.end <= len(raw)
        assert [touch.number for touch in touches] == sorted(touch.number for touch in touches)


@given(edited(), st.integers(0, 60), st.integers(0, 60))
def test_a_passage_holds_all_of_its_characters_and_is_never_out_of_the_text(
    case: tuple[str, list[Edit]], one: int, other: int
) -> None:
    raw, edits = case
    text = replay(raw, edits)
    span = Span(start=min(one, other, len(text)), end=min(max(one, other), len(text)))
    back, _ = backwards(edits, span)
    assert 0 <= back.start <= back.end <= len(raw)
    assert [char for char in span.of(text) if char in raw and char not in back.of(raw)] == []


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def give(_store: Store, _source: str, _target: str, *, beam: int = 4, jobs: int | None = None) -> EnglishEngine:
        del beam, jobs
        return EnglishEngine()

    monkeypatch.setattr(Store, "engine", give)
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "jembatan.html").write_text(HTML, encoding="utf-8")
    (raw / "lama.txt").write_text(TEXT, encoding="utf-16")
    rows = [{"id": "a", "text": TEXT.replace("lama", "tua")}, {"id": "b:c", "text": TEXT.replace("lama", "baru")}]
    (raw / "berita.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run(plan_run(Options(raw=raw, out=tmp_path / "out", source_language="id")))
    return tmp_path


def unit_of(folder: Path, words: str) -> str:
    rows = map(json.loads, (folder / "out" / "corpus.jsonl").read_text("utf-8").splitlines())
    return str(next(row["id"] for row in rows if words in row["source"]))


@pytest.mark.parametrize("words", ["Warga pun senang.", "Pemerintah kabupaten membuka kembali"])
def test_a_sentence_is_found_in_the_very_bytes_of_its_file(folder: Path, words: str) -> None:
    found = explain(folder / "out", unit_of(folder, words), raw=folder / "raw")
    assert found.article.path == "jembatan.html"
    assert found.bytes_at is not None
    data = (folder / "raw" / "jembatan.html").read_bytes()[slice(*found.bytes_at)]
    assert data.decode() == found.raw_text == found.unit.segment.source
    assert found.article.raw.split("\n")[found.raw_line - 1][found.raw_column - 1 :].startswith(words)
    assert found.engine == "english 1"
    assert found.signature.startswith("normalize ")


def test_what_was_repaired_and_removed_around_a_sentence_is_told(folder: Path) -> None:
    found = explain(folder / "out", unit_of(folder, "Kepala desa"))
    assert [(one.rule, one.text) for one in found.removals] == [
        ("also-read", "Baca juga: Harga cabai naik menjelang libur")
    ]
    pasar = explain(folder / "out", unit_of(folder, "Pasar –"))
    assert [touch.edit.after for touch in pasar.touches if touch.edit.rule == "mojibake"] == ["–", "–"]
    assert all(touch.raw.of(pasar.article.raw) == touch.edit.before for touch in pasar.touches)
    assert pasar.raw_text.startswith("Pasar â€“ yang")


def test_text_that_does_not_stand_in_the_file_as_it_is_has_no_bytes(folder: Path) -> None:
    raw = folder / "raw"
    assert explain(folder / "out", unit_of(folder, "Kepala desa & warga"), raw=raw).bytes_at is None
    unit = unit_of(folder, "Warga pun")
    (raw / "jembatan.html").write_text(HTML + "<!-- changed -->", encoding="utf-8")
    assert explain(folder / "out", unit, raw=raw).bytes_at is None
    (raw / "jembatan.html").unlink()
    assert explain(folder / "out", unit, raw=raw).bytes_at is None


def test_a_record_is_found_on_its_own_line(folder: Path) -> None:
    found = explain(folder / "out", unit_of(folder, "Jembatan baru"), raw=folder / "raw")
    assert (found.article.path, found.article.record) == ("berita.jsonl", 2)
    assert found.bytes_at is not None
    data = (folder / "raw" / "berita.jsonl").read_bytes()
    assert data[slice(*found.bytes_at)].decode() == found.raw_text
    assert data.count(b"\n", 0, found.bytes_at[0]) == 1


def test_a_sentence_of_another_encoding_is_found_in_its_bytes(folder: Path) -> None:
    found = explain(folder / "out", unit_of(folder, "Jembatan lama"), raw=folder / "raw")
    assert found.bytes_at is not None
    data = (folder / "raw" / "lama.txt").read_bytes()[slice(*found.bytes_at)]
    assert data.decode("utf-16-le") == "Jembatan lama itu dibangun warga desa"


def test_what_a_reviewer_said_is_told_while_the_source_is_the_same(folder: Path) -> None:
    unit = unit_of(folder, "Warga pun")
    one = {"unit": unit, "source_hash": source_hash("Warga pun senang."), "machine_target": "m", "target": "r",
           "state": "reviewed", "comment": "tone", "label": "F"}  # fmt: skip
    file = {"format": "normalize corrections", "version": 2, "signature": "", "corrections": [one]}
    (folder / "out" / TAKEN_HOME).write_bytes(msgspec.json.encode(file))
    review = explain(folder / "out", unit).correction
    assert review is not None
    assert (review.comment, review.label, review.machine_target) == ("tone", "F", "m")
    one["source_hash"] = "0"
    (folder / "out" / TAKEN_HOME).write_bytes(msgspec.json.encode(file))
    assert explain(folder / "out", unit).correction is None


def test_a_target_out_of_the_memory_is_told_with_what_stands_there(folder: Path) -> None:
    unit = unit_of(folder, "Warga pun")
    assert explain(folder / "out", unit).remembered is None
    with Memory(folder / "out" / MEMORY) as memory:
        memory.correct([Remembered(source="Warga pun senang.", target="The villagers are glad.", source_language="id",
                                   target_language="en", comment="tone", article="jembatan")])  # fmt: skip
        revise(folder / "out", memory)
    found = explain(folder / "out", unit)
    assert (found.unit.target, found.unit.origin.value) == ("The villagers are glad.", "human")
    assert found.remembered is not None
    assert (found.remembered.comment, found.remembered.article) == ("tone", "jembatan")
    assert found.unit.model_target


@pytest.mark.parametrize("unit", ["", ":", "jembatan", "jembatan:99.9", "x:0", "b:c", "\x00", "a" * 10_000])
def test_an_unknown_id_is_told_with_one_that_is_there(folder: Path, unit: str) -> None:
    with pytest.raises(UsageError, match="no unit") as caught:
        explain(folder / "out", unit)
    assert "ids look like" in caught.value.advice


def test_a_folder_that_no_run_wrote_and_one_that_a_run_holds_are_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no finished run"):
        explain(tmp_path / "nowhere", "a:0")
    assert not (tmp_path / "nowhere").exists()
    with Journal(folder / "out" / STATE), pytest.raises(OutputError, match="another run is writing"):
        explain(folder / "out", "jembatan:0.0")


def normalize(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "normalize", *arguments]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command, capture_output=True, check=False, cwd=cwd, timeout=120, encoding="utf-8", env=environment
    )


def test_the_command_tells_the_whole_way_and_json_has_the_same(folder: Path) -> None:
    unit = unit_of(folder, "Warga pun")
    plain, as_json = normalize("explain", unit, cwd=folder), normalize("explain", unit, "--json", cwd=folder)
    labels = {line[:10].strip() for line in plain.stdout.splitlines()}
    told = {"English", "source", "state", "engine", "segment", "paragraph", "raw text", "file", "bytes", "run"}
    assert told <= labels
    found = json.loads(as_json.stdout)
    assert found["unit"]["segment"]["id"] == unit
    assert found["raw"]["text"] == "Warga pun senang."
    assert found["article"]["sha256"] in plain.stdout
    wrong = normalize("explain", "jembatan:77.7", cwd=folder)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
