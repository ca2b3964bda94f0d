import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.glossary import Glossary, literals

GLOSSARY = Glossary.parse(
    b"""source,target,aliases,case_sensitive,kind,context,not_near
dewan direksi,board of directors,,0,term,,
dewan,board,,0,term,,
lembaga riset,research institute,lembaga-penelitian,0,term,,
masa,period,,0,term,,
pagar,guardrail,,0,term,,
Velora AI,Velora AI,,1,name,,
Velora,Velora,Felora,1,name,,
Danoel,Danoel,Lake,1,name,Velora,Danau|Toba
Kompas,Kompas,,1,name,,
OrbitAI,OrbitAI,,1,keep,,
GPX-4o,GPX-4o,,1,keep,,
Wei Lin'an,Wei Lin'an,,1,name,,
Wei,Wei,,1,name,,
Sanggar Inc.,Sanggar Inc.,,1,name,,
fluks,flux,,0,term,,
""",
)
FRENCH = Glossary.parse(
    """source,target,kind
intelligence artificielle,artificial intelligence,term
IA,AI,term
grand modèle de langage,large language model,term
jeune pousse,startup,term
signal,signal,term
infectieux,infectious,term
cour,court,term
ordre du jour,agenda,term
jour,day,term
""".encode(),
)


def found(text: str, language: str = "id", context: str | None = None) -> list[tuple[str, str]]:
    glossary = FRENCH if language == "fr" else GLOSSARY
    return [(match.surface, match.term.target) for match in glossary.matches(text, language, context=context)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the longest term wins, and what it covers is not matched again
        ("Dewan direksi dan dewan", [("Dewan direksi", "board of directors"), ("dewan", "board")]),
        ("Velora AI milik Velora", [("Velora AI", "Velora AI"), ("Velora", "Velora")]),
        # only whole words
        ("pagaran kedewanan", []),
        # enclitics and reduplication
        ("lembaga risetnya", [("lembaga risetnya", "research institute")]),
        ("Veloralah", [("Veloralah", "Velora")]),
        ("pagar-pagar", [("pagar-pagar", "guardrail")]),
        ("pagar-pagarnya", [("pagar-pagarnya", "guardrail")]),
        ("masalah", []),
        # hyphen and blank are the same, and may be missing
        ("lembaga-riset", [("lembaga-riset", "research institute")]),
        ("lembaga penelitian", [("lembaga penelitian", "research institute")]),
        ("Sang GPX 4o", [("GPX 4o", "GPX-4o")]),
        # case: exact for names, folded for terms, and anything in a heading of capitals
        ("kompas", []),
        ("DEWAN VELORA MENOLAK", [("DEWAN", "board"), ("VELORA", "Velora")]),
        # a name with a capital inside is no common word
        ("Orbitai", [("Orbitai", "OrbitAI")]),
        ("Orbit AI", [("Orbit AI", "OrbitAI")]),
        # what optical recognition confuses
        ("OrbitAl", [("OrbitAl", "OrbitAI")]),
        ("VeIora", [("VeIora", "Velora")]),
        # glued
        ("PesaingVelora", [("Velora", "Velora")]),
        # apostrophes and hyphens inside a name
        ("Wei Lin’an", [("Wei Lin’an", "Wei Lin'an")]),
        ("Wei'an", []),
        ("Velora-CoV", []),
        ("anti-Velora", [("Velora", "Velora")]),
        # signs that belong to the term
        ("Sanggar Inc. tutup", [("Sanggar Inc.", "Sanggar Inc.")]),
        # literals
        ("@Velora #Velora https://velora.example.org/Velora Velora@velora.com velora.com/Velora", []),
    ],
)
def test_indonesian_terms_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'IA et d’IA", [("IA", "AI"), ("IA", "AI")]),
        ("les grands modèles de langage", [("grands modèles de langage", "large language model")]),
        ("des jeunes pousses", [("jeunes pousses", "startup")]),
        ("les signaux", [("signaux", "signal")]),
        ("maladies infectieuses", [("infectieuses", "infectious")]),
        ("l'ordre du jour, ce jour-là", [("ordre du jour", "agenda"), ("jour", "day")]),
        ("au cours de l’année, un séjour", []),
        ("L’intelligence artificielle", [("intelligence artificielle", "artificial intelligence")]),
    ],
)
def test_french_terms_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, "fr") == expected


def test_plural_is_seen_where_the_source_shows_it() -> None:
    assert [match.plural for match in GLOSSARY.matches("pagar dan pagar-pagar", "id")] == [False, True]
    assert [match.plural for match in FRENCH.matches("un signal, des signaux", "fr")] == [False, True]


def test_an_alias_counts_only_where_its_context_stands_in_the_article() -> None:
    article = "Danoel dulu bekerja di Velora.\nLake pergi."
    assert found("Lake pergi.", context=article) == [("Lake", "Danoel")]
    assert found("Lake pergi.", context="Lake pergi.") == []
    assert found("Danoel pergi.", context="Danoel pergi.") == [("Danoel", "Danoel")]


def test_an_alias_does_not_count_near_a_word_that_forbids_it() -> None:
    assert found("Lake Toba indah", context="Velora") == []


def test_spans_show_the_surface_and_never_overlap() -> None:
    text = "Dewan direksi Velora AI dan lembaga-penelitian PesaingVelora"
    matches = GLOSSARY.matches(text, "id")
    assert [match.span.of(text) for match in matches] == [match.surface for match in matches]
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(matches))


def test_rows_for_another_language_are_not_searched() -> None:
    glossary = Glossary.parse(b"source,target,source_lang\npain,bread,fr\nbola,ball,\n")
    assert [match.surface for match in glossary.matches("pain bola", "id-ID")] == ["bola"]
    assert [match.surface for match in glossary.matches("pain bola", "fr-CA")] == ["pain", "bola"]


def test_targets_that_stand_in_a_text_are_found() -> None:
    assert GLOSSARY.targets("The board of directors of velora") == {"board of directors": 1}


def test_sources_that_look_like_patterns_are_only_text() -> None:
    glossary = Glossary.parse(b'source,target,wrong\n(a+)+$,x1,(b+)+\n".*",y2,\n[z],w3,\n')
    assert [match.term.target for match in glossary.matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaa ! [z]", "id")] == ["w3"]


@given(st.text(max_size=80))
def test_any_text_can_be_searched(text: str) -> None:
    for language in ("id", "fr", ""):
        for match in GLOSSARY.matches(text + " Velora", language):
            assert match.span.of(text + " Velora") == match.surface
    for span in literals(text):
        assert 0 <= span.start < span.end <= len(text)


@given(st.lists(st.sampled_from(["Velora", "dewan", "direksi", "AI", "kata", "-", "’", ".", "@"]), max_size=12))
def test_a_term_between_blanks_is_always_found(words: list[str]) -> None:
    text = f"{' '.join(words)} | lembaga riset | {' '.join(words)}"
    assert ("lembaga riset", "research institute") in found(text)


@pytest.mark.parametrize("text", ["a@" * 20_000, "a." * 20_000, "www." * 10_000, "#" * 20_000, "a-" * 20_000])
def test_hostile_texts_are_searched_in_linear_time(text: str) -> None:
    literals(text)
    GLOSSARY.matches(text, "id")
