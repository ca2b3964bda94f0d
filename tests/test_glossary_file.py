import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.errors import GlossaryError
from normalize.glossary import Glossary, Kind, Status


def parse(text: str) -> Glossary:
    return Glossary.parse(text.encode(), "g.csv")


def test_two_columns_are_a_valid_glossary() -> None:
    glossary = parse("source,target\nlembaga riset,research institute\n")
    assert [(term.source, term.target, term.kind) for term in glossary] == [
        ("lembaga riset", "research institute", Kind.TERM)
    ]
    assert not glossary.problems


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_delimiters_line_ends_and_byte_order_marks_change_nothing(delimiter: str, ending: str, mark: str) -> None:
    rows = [["target", "kind", "source"], ["institute", "term", "lembaga"], ["Velora", "name", "Velora"]]
    text = mark + ending.join(delimiter.join(row) for row in rows) + ending
    expected = parse("source,target,kind\nlembaga,institute,term\nVelora,Velora,name\n")
    assert parse(text).signature == expected.signature
    assert [term.line for term in parse(text)] == [2, 3]


def test_every_column_is_read() -> None:
    term = parse(
        "source,target,source_lang,target_lang,aliases,case_sensitive,kind,wrong,context,not_near,pos,note,status\n"
        'Leike,Leike,id,en,Lake|Laike,1,name,Like,"OpenAI|Jan Leike",Danau,noun,"garbled,\nby round trip",preferred\n'
    ).terms[0]
    assert (term.source_language, term.target_language) == ("id", "en")
    assert term.aliases == ("Lake", "Laike")
    assert term.wrong == ("Like",)
    assert term.context == ("OpenAI", "Jan Leike")
    assert term.not_near == ("Danau",)
    assert term.note == "garbled, by round trip"
    assert (term.pos, term.status, term.line) == ("noun", Status.PREFERRED, 2)


@pytest.mark.parametrize(
    ("written", "kind"), [("dnt", Kind.KEEP), ("geo", Kind.NAME), ("Name", Kind.NAME), ("forbid", Kind.FORBID)]
)
def test_other_words_for_a_kind_are_understood(written: str, kind: Kind) -> None:
    assert parse(f"source,target,kind\nVelora,Velora,{written}\n").terms[0].kind is kind


def test_a_keep_row_may_leave_its_target_empty() -> None:
    assert parse("source,target,kind\nVelora-7,,keep\n").terms[0].target == "Velora-7"


@pytest.mark.parametrize(
    ("row", "what"),
    [
        (",institute", "source is empty"),
        ("lembaga,", "target is empty"),
        ("lembaga,institute,thing", "unknown kind 'thing'; valid are term, name, keep, forbid"),
        ("lembaga,institute,term,maybe", "neither 1 nor 0"),
        ("lem\x07baga,institute", "U+0007"),
        ('"lem\nbaga",institute', "U+000A"),
        ("lem\x00baga,institute", "U+0000"),
        (f"{'a' * 1025},institute", "longer than 1,024 bytes"),
        ("---,institute", "no letter or digit"),
        ("ada,is", "another target than in line 2 ('there is')"),
        ("ada,there is", "repeats line 2"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_the_others_are_kept(row: str, what: str) -> None:
    glossary = parse(f"source,target,kind,case_sensitive\nada,there is\n{row}\nsesudah,after\n")
    assert [term.source for term in glossary] == ["ada", "sesudah"]
    (problem,) = glossary.problems
    assert str(problem).startswith("g.csv:3: ")
    assert what in str(problem)
    assert "\n" not in str(problem)


def test_a_row_in_another_encoding_is_named_and_the_others_are_kept() -> None:
    data = "source,target\nélan,momentum\n".encode() + "été,summer\n".encode("cp1252") + b"hiver,winter\n"
    glossary = Glossary.parse(data, "g.csv")
    assert [term.source for term in glossary] == ["élan", "hiver"]
    assert "not UTF-8" in str(glossary.problems[0])
    assert glossary.problems[0].line == 3


def test_a_quotation_mark_left_open_costs_only_its_row() -> None:
    glossary = parse('source,target\n"lembaga,institute\nsesudah,after\nsebelum,before\n')
    assert [term.source for term in glossary] == ["sesudah", "sebelum"]
    assert glossary.problems[0].line == 2


def test_the_same_source_may_have_other_targets_that_are_admitted_or_deprecated() -> None:
    glossary = parse("source,target,status\nwabah,outbreak,\nwabah,epidemic,admitted\nwabah,plague,deprecated\n")
    assert not glossary.problems
    (match,) = glossary.matches("wabah", "id")
    assert (match.term.target, match.term.admitted, match.term.wrong) == ("outbreak", ("epidemic",), ("plague",))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"quelle,ziel\na,b\n", "no columns named source and target"),
        (b"source,target,Source\na,b,c\n", "two columns are named source"),
        ("source,target\na,b\n".encode("utf-16"), "UTF-16"),
        (b"\x89PNG\0\0\0", "not text"),
    ],
)
def test_a_file_that_is_no_glossary_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(GlossaryError, match=what):
        Glossary.parse(data, "g.csv")


def test_a_path_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.csv", tmp_path / "nul\0"):
        with pytest.raises(GlossaryError, match="cannot be read"):
            Glossary.load(path)


def test_many_rows_are_read() -> None:
    rows = 50_000
    glossary = parse("source,target\n" + "".join(f"kata{number},word{number}\n" for number in range(rows)))
    assert len(glossary) == rows


def test_the_signature_changes_with_the_content_and_not_with_notes() -> None:
    plain = parse("source,target,note\nlembaga,institute,\n")
    assert parse("source,target,note\nlembaga,institute,see the style guide\n").signature == plain.signature
    assert parse("source,target,note\nlembaga,institution,\n").signature != plain.signature


@given(st.binary(max_size=300))
def test_any_bytes_are_either_refused_or_read(data: bytes) -> None:
    for content in (data, b"source,target\n" + data):
        with contextlib.suppress(GlossaryError):
            glossary = Glossary.parse(content, "g.csv")
            assert all(term.source and term.target for term in glossary)
            assert all("\n" not in str(problem) for problem in glossary.problems)
            glossary.matches("Sebuah contoh, l’exemple.", "fr")
