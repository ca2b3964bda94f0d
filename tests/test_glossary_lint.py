"""Linting a glossary: each doubt is found with its line, and a sound glossary has none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.glossary import Glossary, Term
from normalize.glossary.lint import Level, lint

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


def test_every_error_and_warning_offers_a_fix() -> None:
    rows = "yang,which\nLeike,Leike,,,Lake\nLake,lake\nriset,research\nriset,study\n=x kata,word\n,empty\n"
    assert all(fault.fix for fault in lint(Glossary.parse((HEADER + rows).encode())) if fault.level is not Level.INFO)


def test_rows_that_no_text_has_are_told_when_texts_are_given() -> None:
    glossary = Glossary.parse(b"source,target\nriset,research\nkajian,study\n")
    faults = lint(glossary, [("id", "Riset itu selesai.")])
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
