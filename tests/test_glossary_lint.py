"""Linting a glossary: each doubt is found with its line, and a sound glossary has none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.glossary import Glossary, Term, filed
from normalize.glossary.lint import Level, lint
from normalize.glossary.mine import Text

HEADER = "source,target,source_lang,target_lang,aliases,case_sensitive,kind,wrong,note\n"


def found(rows: str) -> list[tuple[int, str, str]]:
    faults = lint(Glossary.parse((HEADER + rows).encode()))
    return [(fault.line, fault.check, fault.level.value) for fault in faults]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("riset,research\nriset,study\n", (3, "unusable", "error")),
        ("ri\x07set,research\n", (2, "unusable", "error")),
        (f"{'a' * 1025},x\n", (2, "unusable", "error")),
        ("Leike,Leike,,,Lake\nLake,lake\n", (2, "alias-is-source", "error")),
        ("riset,research,,,penelitian\npenelitian,research\n", (2, "alias-is-source", "warning")),
        ("riset,research,,,kajian\nstudi,study,,,kajian\n", (3, "alias-of-two", "error")),
        ("lead,manager\nmanager,lead\n", (2, "circular", "error")),
        ("riset,research,id,en,,,term,research\n", (2, "wrong-is-target", "error")),
        ("riset,research,id,en,,,term,study\nstudi,study,id,en\n", (2, "wrong-elsewhere-right", "warning")),
        ("Riset besar,big,id,en,,1,term\nriset besar,large,id,en,,1,term\n", (3, "case-only", "info")),
        ("model bahasa,language model\nmodel bahasa besar,large language model\n", (3, "inside", "info")),
        ("yang,which,id\n", (2, "stop-word", "warning")),
        ("ok,fine,id\n", (2, "short", "warning")),
        ("=1+1 kata,word\n", (2, "formula", "warning")),
        ("kata,a_word\n", (2, "underscore", "warning")),
        ("Velora,Veloura,,,,,keep\n", (2, "kept-differs", "error")),
    ],
)
def test_a_doubtful_row_is_named_with_its_line_and_weight(rows: str, expected: tuple[int, str, str]) -> None:
    assert expected in found(rows)


def test_rows_that_an_alias_does_not_meet_hide_none_that_it_does() -> None:
    cased = "".join(f"{name},{name},,,,1,keep\n" for name in ("DESA", "DeSA", "DesA", "DEsa", "deSA"))
    assert (8, "alias-is-source", "error") in found(cased + "desa,village\nkampung,hamlet,,,desa\n")


@pytest.mark.parametrize(
    "rows",
    [
        "lembaga riset,research institute,id,en,badan riset,0,term,study house\n",
        "IA,AI,fr,en,,1,term\nAI,AI,id,en,,1,keep\n",
        "lead,manager,fr,en\nmanager,lead,de,en\n",  # of two source languages: they never meet
        "May,May,en,en,,1,name\n",
    ],
)
def test_a_sound_glossary_has_no_fault(rows: str) -> None:
    assert found(rows) == []


SCOPED = "source,target,aliases,scope\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("lembaga,agency,,a.example\nlembaga,body,,b.example\n", []),
        ("lembaga,agency,,\nlembaga,body,,b.example\n", []),  # one for everywhere, and its exception
        ("lembaga,agency,,a.example\nlembaga,body,,news.a.example\n", [(3, "scopes-overlap")]),
        ("lembaga,agency,,2024/*\nlembaga,body,,2023/*\n", []),
        ("lembaga,agency,,2024/*\nlembaga,body,,2024/05/*\n", [(3, "scopes-overlap")]),
        ("lembaga,agency,,2024/*\nlembaga,body,,a.example\n", [(3, "scopes-overlap")]),
        ("riset,research,kajian,a.example\nstudi,study,kajian,b.example\n", []),
        ("riset,research,kajian,a.example\nstudi,study,kajian,\n", [(3, "alias-of-two")]),
        ("Leike,Leike,Lake,a.example\nLake,lake,,b.example\n", []),
        ("lembaga,agency,,a.example\nlembaga,body,,a.example\n", [(3, "unusable")]),
    ],
)
def test_rows_of_scopes_that_no_article_shares_have_nothing_to_do_with_each_other(
    rows: str, expected: list[tuple[int, str]]
) -> None:
    assert [(fault.line, fault.check) for fault in lint(Glossary.parse((SCOPED + rows).encode()))] == expected


def test_a_row_is_unmatched_where_only_articles_out_of_its_scope_have_it() -> None:
    glossary = Glossary.parse(b"source,target,scope\nriset,research,a.example\nkajian,study,2024/*\n")
    texts = [
        Text(article="a", language="id", text="Riset itu.", sites=("b.example",)),
        Text(article="b", language="id", text="Kajian itu.", path="2024/b.txt"),
    ]
    assert [(fault.line, fault.check) for fault in lint(glossary, texts)] == [(2, "unmatched")]


def test_of_several_glossaries_each_doubt_names_its_file() -> None:
    house = Glossary.parse(b"source,target,aliases\nlembaga,institution,badan\n", "house.csv")
    shared = Glossary.parse(b"source,target\nLembaga,agency\nbadan,body\nyang,which\n", "shared.csv")
    found = lint(Glossary.joined([house, shared]))
    assert [(fault.file, fault.line, fault.check) for fault in found] == [
        ("house.csv", 2, "alias-is-source"), ("shared.csv", 2, "overruled"), ("shared.csv", 4, "stop-word"),
    ]  # fmt: skip
    assert "shared.csv:3" in found[0].message
    assert "house.csv:2" in found[1].message


def test_every_error_and_warning_offers_a_fix() -> None:
    rows = "yang,which\nLeike,Leike,,,Lake\nLake,lake\nriset,research\nriset,study\n=x kata,word\n,empty\n"
    assert all(fault.fix for fault in lint(Glossary.parse((HEADER + rows).encode())) if fault.level is not Level.INFO)


def test_rows_that_no_text_has_are_told_when_texts_are_given() -> None:
    glossary = Glossary.parse(b"source,target\nriset,research\nkajian,study\n")
    faults = lint(glossary, [Text(article="a", language="id", text="Riset itu selesai.")])
    assert [(fault.line, fault.check) for fault in faults] == [(3, "unmatched")]


def test_targets_that_the_model_cannot_spell_are_told() -> None:
    glossary = Glossary.parse("source,target\nriset,research\nkota,Čapljina\n".encode())
    faults = lint(glossary, spells=lambda targets: [target.isascii() for target in targets])
    assert [(fault.line, fault.check) for fault in faults] == [(3, "unspelled")]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[st.text("ab|=._-, Aé\n", max_size=6)] * 3), max_size=5))
def test_any_rows_are_examined_without_failing(rows: list[tuple[str, ...]]) -> None:
    lines = "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)
    glossary = Glossary.parse(("source,target,aliases\n" + lines).encode())
    faults = lint(glossary)
    assert faults == sorted(faults, key=lambda fault: (fault.line, fault.check, fault.message))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("riset,uji,id,en", "uji,riset,en,id"), []),  # there and back between two languages is as it should be
        (("riset,uji,id,id", "uji,riset,id,id"), [(7, "circular"), (8, "circular")]),
        (("riset,research,id,en,kajian", "kajian,study,id,en"), [(7, "alias-is-source")]),
        (("riset,research,id,en,kajian", "kajian,study,fr,en"), []),
        (("riset,research,id,en,,,,study", "kajian,study,id,en"), [(7, "wrong-elsewhere-right")]),
        (("riset besar,big,id,en", "riset,research,id,en"), [(7, "inside")]),
    ],
)
def test_rows_are_compared_by_their_languages_however_many_languages_have_the_word(
    rows: tuple[str, str], expected: list[tuple[int, str]]
) -> None:
    """Five rows of other languages stand before: more than doubts tell of at once."""
    others = "".join(f"{word},study {tag},{tag},en\n" for word, tag in zip(["kajian", "uji"] * 3, TAGS, strict=False))
    faults = lint(Glossary.parse((HEADER + others + "\n".join(rows) + "\n").encode()))
    assert [(fault.line, fault.check) for fault in faults] == expected


TAGS = ("de", "es", "it", "nl", "pt")


def test_a_row_is_held_against_each_site_of_a_newsroom_with_many() -> None:
    sites = "".join(f"lembaga,body {number},,s{number}.example\n" for number in range(24))
    faults = lint(Glossary.parse((SCOPED + sites + "lembaga,agency,,news.s20.example\n").encode()))
    assert [(fault.line, fault.check) for fault in faults] == [(26, "scopes-overlap")]


@pytest.mark.parametrize(
    ("sources", "targets", "alias"),
    [
        (("lembaga", "badan 1"), ("badan 1", "lembaga"), False),
        (("lembaga", "lembaga badan"), ("body", "board"), False),
        (("lembaga", "dewan"), ("body", "board"), True),
        (("Lembaga", "lembaga"), ("body", "body"), False),
    ],
)
def test_of_many_rows_with_one_word_each_is_held_against_few(
    monkeypatch: pytest.MonkeyPatch, sources: tuple[str, str], targets: tuple[str, str], alias: bool,  # noqa: FBT001 - a parameter
) -> None:  # fmt: skip
    compared = list[Term]()  # counted: a time would tell of the machine
    meet = filed._meet

    def counted(one: Term, other: Term) -> bool:
        compared.append(one)
        return meet(one, other)

    monkeypatch.setattr(filed, "_meet", counted)
    terms = tuple(
        Term(
            source=sources[number % 2], target=targets[number % 2], line=number, scope=(f"site:s{number}.example",),
            aliases=("lembaga",) if alias and number % 2 else (),
        )
        for number in range(1_000)
    )  # fmt: skip
    assert lint(Glossary(terms=terms)) == []
    assert 1_000 < len(compared) < 100 * len(terms)


@pytest.mark.parametrize("shape", ["apart", "one alias", "nested"])
def test_many_rows_cost_linear_time(shape: str) -> None:
    alias = ("kajian",) if shape == "one alias" else ()
    head = "kata " * 5 if shape == "nested" else ""
    terms = tuple(
        Term(source=f"{head}istilah{number}", target=f"term {number}", aliases=alias, line=number)
        for number in range(8_000)
    )
    started = time.process_time()
    lint(Glossary(terms=terms))
    assert time.process_time() - started < 5
