"""Applying a glossary to a text: names and terms become consistent, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.corpus import replay
from normalize.formats.bitext import Pair
from normalize.glossary import Evidence, Glossary
from normalize.glossary.apply import apply
from normalize.glossary.compare import Sentence, compare, touched
from normalize.pipeline.conformance import conformance

ROWS = """source,target,source_lang,target_lang,aliases,kind,wrong,context,not_near
OpenAI,OpenAI,,en,OpenAl|Open AI,keep,,,
Leike,Leike,id,en,Lake,name,,OpenAI,Danau
penyelarasan super,Superalignment,id,en,penyelarasan-super,term,super harmonization,,
pagar pengaman,guardrail,id,en,,term,railing|guard rail,,
perusahaan rintisan,startup,id,en,usaha rintisan,term,pioneer company,,
"""
GLOSSARY = Glossary.parse(ROWS.encode())


@pytest.mark.parametrize(
    ("language", "given_", "expected"),
    [
        ("id", "Bos OpenAl pergi.", "Bos OpenAI pergi."),
        ("id", "Openai dan Open AI.", "OpenAI dan OpenAI."),
        ("id", "Lake keluar dari OpenAI.", "Leike keluar dari OpenAI."),
        ("id", "Usaha rintisannya tutup.", "Perusahaan rintisannya tutup."),
        ("id", "USAHA RINTISAN TUTUP", "PERUSAHAAN RINTISAN TUTUP"),
        ("id", "Tim penyelarasan-super.", "Tim penyelarasan super."),
        ("en", "The super harmonization team.", "The Superalignment team."),
        ("en", "Lake left OpenAl.", "Leike left OpenAI."),
        ("en", "Pioneer company closes.", "Startup closes."),
        ("en", "Two pioneer companies.", "Two startups."),
        ("en", "The guardrail, a railing of rules.", "The guardrail, a guardrail of rules."),
    ],
)
def test_other_spellings_become_the_glossarys(language: str, given_: str, expected: str) -> None:
    assert apply(GLOSSARY, given_, language).text == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "Lake keluar dari kantor."),  # the context is missing
        ("id", "OpenAI di Danau Lake."),  # a lake
        ("id", "Lihat https://openai.com/OpenAl dan @OpenAl."),  # literals
        ("en", "He held the railing."),  # a common word is no evidence by itself
        ("en", "A railing for bridges, built by a firm.\r\n\r\n Two.\u2028three\t"),
        ("id", "pagar pengaman dan perusahaan rintisan"),
        ("en", ""),
    ],
)
def test_what_is_not_surely_meant_stays(language: str, text: str) -> None:
    assert apply(GLOSSARY, text, language).text == text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["OpenAl", "Lake", "super harmonization", "railing", "kata", "\n", "\r\n", "’", "Usaha rintisan"]
        )
    ),
    st.sampled_from(["id", "en", "fr", "und"]),
)
def test_edits_replay_and_twice_is_once(parts: list[str], language: str) -> None:
    text = " ".join(parts)
    once = apply(GLOSSARY, text, language)
    assert replay(text, once.edits) == once.text
    assert apply(GLOSSARY, once.text, language).text == once.text


def test_a_rendering_wrong_for_two_targets_is_left_alone() -> None:
    glossary = Glossary.parse(b"source,target,wrong\nanggota dewan,councillor,board man\nwakil,deputy,board man\n")
    assert apply(glossary, "The board man left.", "en").text == "The board man left."


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("The startups closed.", 1),
        ("Startup's plan.", 1),
        ("STARTUP", 1),
        ("The startup's and the startup.", 1),
        ("A pioneer company.", 0),
        ("", 0),
        ("startupish", 0),
    ],
)
def test_a_target_counts_in_the_forms_that_enforcement_accepts(target: str, kept: int) -> None:
    found = conformance([Pair(7, "Perusahaan rintisan.", target)], GLOSSARY, source="id")
    assert (found.expected, found.kept) == (1, kept)
    assert [lapse.line for lapse in found.lapses] == [7] * (1 - kept)


def test_context_may_stand_in_another_pair() -> None:
    pairs = [Pair(1, "OpenAI rugi.", "OpenAI lost."), Pair(2, "Lake pergi.", "Lake left.")]
    found = conformance(pairs, GLOSSARY, source="id")
    assert [(lapse.line, lapse.target) for lapse in found.lapses] == [(2, "Leike")]


def test_a_difference_touches_only_the_sentences_it_changes() -> None:
    new = Glossary.parse(ROWS.replace("startup", "start-up").replace(",OpenAI,Danau", ",OpenAI|Velora,Danau").encode())
    context = Evidence("Perusahaan rintisan. OpenAI dan Lake.")
    texts = ["Perusahaan rintisan.", "OpenAI dan Lake.", "Tidak ada."]
    sentences = [
        Sentence(article="a", segment=str(number), text=text, language="id", context=context)
        for number, text in enumerate(texts)
    ]
    assert [(one.source, one.columns) for one in compare(GLOSSARY, new)] == [
        ("Leike", ("context",)), ("perusahaan rintisan", ("target",))]  # fmt: skip
    (one,) = touched(GLOSSARY, new, sentences)
    assert one.sentence.segment == "0"
    assert one.before == (("Perusahaan rintisan", "startup"),)
    assert one.after == (("Perusahaan rintisan", "start-up"),)
