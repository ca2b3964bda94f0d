"""Rows that count only somewhere, several glossaries, and lines that belong to documents."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import regex
from engines import EnglishEngine
from hypothesis import given
from hypothesis import strategies as st

from normalize.cli.app import main
from normalize.corpus import Article, Metadata, Segment, Span
from normalize.enforce import plan
from normalize.formats import FORMATS
from normalize.glossary import Glossary
from normalize.glossary.compare import Sentence, compare, touched
from normalize.glossary.match import Evidence
from normalize.pipeline.text import translate_lines, translated_lines

SCOPED = Glossary.parse(
    b"""source,target,scope
lembaga,agency,
lembaga,institution,tempo.example
lembaga,body,path:2024/*|path:lama.txt
badan,board,other.example
"""
)


class Copying(EnglishEngine):
    """Says what it is given."""

    def answer(self, source: str) -> str:
        return source


@pytest.mark.parametrize(
    ("path", "sites", "expected"),
    [
        ("a.txt", (), ["agency"]),
        ("a.txt", ("www.tempo.example",), ["institution"]),
        ("a.txt", ("nottempo.example", ""), ["agency"]),
        ("2024/05/a.txt", (), ["body"]),
        ("lama.txt", (), ["body"]),
        ("a.txt", ("OTHER.example",), ["agency", "board"]),
    ],
)
def test_a_row_for_a_site_or_path_displaces_the_one_for_everywhere(
    path: str, sites: tuple[str, ...], expected: list[str]
) -> None:
    here = SCOPED.within(path, sites)
    assert [match.term.target for match in here.matches("lembaga dan badan", "id")] == expected


def test_a_row_for_any_language_displaces_and_decides_for_each() -> None:
    rows = Glossary.parse(b"source,target,source_lang,scope\nlembaga,agency,id,\nlembaga,body,,a.example\n")
    assert [match.term.target for match in rows.within("", ["a.example"]).matches("lembaga", "id")] == ["body"]
    rows = Glossary.parse(b"source,target,source_lang,scope\nlembaga,agency,,\nlembaga,body,id,a.example\n")
    assert [match.term.target for match in rows.within("", ["a.example"]).matches("lembaga", "id")] == ["body"]
    assert [match.term.target for match in rows.within("", ["a.example"]).matches("lembaga", "fr")] == ["agency"]
    house = Glossary.parse(b"source,target,source_lang\nlembaga,body,\n")
    shared = Glossary.parse(b"source,target,source_lang\nlembaga,agency,id\n")
    assert [term.target for term in Glossary.joined([house, shared])] == ["body"]
    assert [term.target for term in Glossary.joined([shared, house])] == ["agency", "body"]


def test_the_scope_is_that_of_the_article() -> None:
    article = Article(
        id="a", path="a.html", raw="Lembaga.", text="Lembaga.", sha256="", language="id",
        metadata=Metadata(url="https://en.tempo.example/x"),
    )  # fmt: skip
    segment = Segment(
        id="a:0", article="a", paragraph=0, span=Span(start=0, end=8), source="Lembaga.", language="id"
    )
    (planned,) = plan([segment], SCOPED, article)
    assert [match.term.target for match in planned.matches] == ["institution"]


def test_a_scope_that_is_neither_site_nor_path_is_told_with_its_line() -> None:
    found = Glossary.parse(b"source,target,scope\na,b,two words\nc,d,https://www.example.org/x\n", "g.csv")
    assert str(found.problems[0]).startswith("g.csv:2: scope 'two words' is neither site nor path")
    assert [term.scope for term in found] == [("site:www.example.org",)]


def test_the_same_source_twice_in_one_scope_is_a_contradiction() -> None:
    found = Glossary.parse(b"source,target,scope\na,b,x.example\na,c,x.example\na,d,y.example\n")
    assert ([term.target for term in found], found.problems[0].line) == (["b", "d"], 3)


def test_of_several_glossaries_the_first_decides(tmp_path: Path) -> None:
    (tmp_path / "house.csv").write_text("source,target,status\nlembaga,institution,\n,broken,\n", encoding="utf-8")
    (tmp_path / "shared.csv").write_text(
        "source,target,status\nLembaga,agency,\nlembaga,office,admitted\nkota,town,\n", encoding="utf-8"
    )
    both = Glossary.load(tmp_path / "house.csv", tmp_path / "shared.csv")
    assert [match.term.target for match in both.matches("Lembaga kota", "id")] == ["institution", "town"]
    assert [match.term.admitted for match in both.matches("Lembaga", "id")] == [()]
    assert [Path(problem.path or "").name for problem in both.problems] == ["house.csv"]
    other = Glossary.load(tmp_path / "shared.csv", tmp_path / "house.csv")
    assert [match.term.target for match in other.matches("Lembaga", "id")] == ["agency"]
    assert both.signature != other.signature


def test_the_length_of_a_match_goes_before_the_order_of_glossaries() -> None:
    first, second = (Glossary.parse(f"source,target\n{row}\n".encode()) for row in ("riset,study", "lembaga riset,lab"))
    assert [match.term.target for match in Glossary.joined([first, second]).matches("lembaga riset", "id")] == ["lab"]


@given(st.lists(st.sampled_from(["a,b,", "a,c,x.example", "b,c,p/*", "c,a,"]), unique=True))
def test_joining_with_itself_or_with_nothing_changes_nothing(rows: list[str]) -> None:
    one = Glossary.parse(("source,target,scope\n" + "\n".join(rows) + "\n").encode())
    assert Glossary.joined([one, one]).terms == one.terms == Glossary.joined([Glossary(), one]).terms


def test_a_format_that_cannot_hold_scopes_says_so() -> None:
    assert any("counts everywhere" in line for line in FORMATS["deepl-csv"].cannot_carry(SCOPED.terms[1:2]))


def test_a_difference_of_scope_touches_only_articles_it_covers() -> None:
    old = Glossary.parse(b"source,target,scope\nlembaga,agency,\n")
    new = Glossary.parse(b"source,target,scope\nlembaga,agency,\nlembaga,body,tempo.example\n")
    sentences = [
        Sentence(article=site, segment=f"{site}:0", text="Lembaga.", language="id", context=Evidence("Lembaga."),
                 sites=(site,))
        for site in ("tempo.example", "other.example")
    ]  # fmt: skip
    assert [change.change.value for change in compare(old, new)] == ["added"]
    assert [one.sentence.segment for one in touched(old, new, sentences)] == ["tempo.example:0"]


GUARDED = Glossary.parse(b"source,target,aliases,kind,context\nLeike,Leike,Lake,name,OpenAI\n")


def test_lines_of_one_document_are_one_article_to_the_glossary() -> None:
    lines = ["Lake pergi.", "Lake itu.", "OpenAI rugi.", "Lake datang."]
    alone = list(translate_lines(lines, Copying(), GUARDED, documents=["a", "b", "a", "c"]))
    assert alone == ["Leike pergi.", "Lake itu.", "OpenAI rugi.", "Lake datang."]
    together = list(translate_lines(lines, Copying(), GUARDED))
    assert together == ["Leike pergi.", "Leike itu.", "OpenAI rugi.", "Leike datang."]


def test_a_documents_id_is_a_path_for_scopes() -> None:
    rows = Glossary.parse(b"source,target,kind,scope\nPak Budi,Mr Budi,name,2024/*\n")
    lines = translate_lines(["Pak Budi.", "Pak Budi."], Copying(), rows, documents=["2024/a", "2023/a"])
    assert list(lines) == ["Mr Budi.", "Pak Budi."]


some_lines = st.sampled_from(["Satu.", "", "Lake pergi.", "OpenAI."])


@given(st.lists(st.tuples(some_lines, st.sampled_from("abc")), max_size=9))
def test_each_line_has_its_answer_in_order_whatever_the_documents(pairs: list[tuple[str, str]]) -> None:
    lines = [line for line, _ in pairs]
    answers = list(translate_lines(lines, Copying(), Glossary(), documents=[one for _, one in pairs]))
    assert answers == lines


def test_a_term_that_is_missing_is_told_with_its_line() -> None:
    class Deaf(EnglishEngine):
        def answer(self, _source: str) -> str:
            return "The town stands."

    rows = Glossary.parse(b"source,target,kind\nVelora,Velora,name\n")
    lines = list(translated_lines(["Satu.", "Kota Velora."], Deaf(), rows))
    assert [[receipt.target for receipt in line.missing] for line in lines] == [[], ["Velora"]]
    assert not regex.search("Velora", lines[1].target)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--documents", "ids.txt"], "--documents needs --lines"),
        (["--lines", "--documents", "ids.txt"], "has 1 lines, and the text 2"),
    ],
)
def test_documents_that_do_not_fit_are_one_clear_line(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_text("Satu.\nDua.\n", encoding="utf-8")
    Path("ids.txt").write_text("a\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["normalize", "translate", "text.txt", "--source", "id", *arguments])
    with pytest.raises(SystemExit) as exit_:
        main()
    assert (exit_.value.code, said in capsys.readouterr().err) == (2, True)
