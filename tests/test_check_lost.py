"""Names, words and clauses of the source that the target has lost, or has kept as they were."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.check import check
from normalize.check.bitext import count_sentences
from normalize.check.foreign import is_foreign, may_change
from normalize.corpus import Method, Origin, Receipt, Segment, Span, Unit


def found(source: str, target: str, language: str = "id") -> dict[str, str]:
    """Give what the checks say, by name (the first finding of each)."""
    segment = Segment(id="a:0.0", article="a", paragraph=0, span=Span(start=0, end=len(source)), source=source,
                      language=language)
    unit = check(Unit(segment=segment, target=target, origin=Origin.MACHINE))
    said: dict[str, str] = {}
    for finding in unit.findings:
        said.setdefault(finding.check, finding.message)
        if finding.span is not None:
            assert finding.span.of(target)
    return said


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("Mereka tidak lucu sama sekali.", "They are not lucu at all.", "id"),
        ("Dia membuka arsip lama itu.", "He opened those old arsips.", "id"),
        ("“Saya datang besok,” katanya.", "“Saya come tomorrow,” he said.", "id"),
        ("Dia berkata, “Kami sudah pulang.”", "He said, “Kami have gone home.”", "id"),
        ("Namun harga tetap tinggi.", "Namun prices stay high.", "id"),
        ("Keanggunan itu tampak jelas.", "Keanggunan was plain to see.", "id"),
        ("MEDAN - Ratusan warga pergi.", "MEDAN - people Ratusan left.", "id"),
        ("Il est tombé sur Terre ce soir.", "It fell to the Terre tonight.", "fr"),
        ("Le chemin est couvert de glace.", "The road is covered with glace.", "fr"),
        ("« Je viens demain », dit-il.", "“Je come tomorrow,” he said.", "fr"),
    ],
)
def test_a_word_of_the_sources_language_is_found_in_the_target(source: str, target: str, language: str) -> None:
    assert "left" in found(source, target, language)


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("Hotel itu dekat stasiun.", "The hotel is near the station.", "id"),
        ("Budi pulang ke rumah tadi malam.", "Budi went home last night.", "id"),
        ("Keanggunan Putri tampak jelas.", "Keanggunan Putri was plain to see.", "id"),
        ("Menurut Kota, ia pergi.", "According to Kota he left.", "id"),
        ("Ratusan Jaya pergi.", "The Ratusan Jaya left.", "id"),
        ("Rapat diadakan di kabupaten/kota itu.", "The meeting was held in that kabupaten/kota.", "id"),
        ("Akun @akun_resmi ditutup.", "The account @akun_resmi was closed.", "id"),
        ("Il a lu Le Monde hier.", "He read Le Monde yesterday.", "fr"),
        ("“Le Monde” paraît à Paris.", "“Le Monde” appears in Paris.", "fr"),
        ("Les classes sont moins nombreuses.", "The classes are less numerous.", "fr"),
        ("L'UA parle au nom de tous.", "The AU speaks for all.", "fr"),
        ("Ils ont crié encore une fois.", "Encore, they cried.", "fr"),
    ],
)
def test_names_loans_and_english_words_are_no_words_left(source: str, target: str, language: str) -> None:
    assert "left" not in found(source, target, language)


@pytest.mark.parametrize(
    ("source", "target", "language", "name"),
    [
        ("Kemarin Sutopo bertemu Hendrawan di kantor.", "Yesterday Sutopo met him at the office.", "id", "Hendrawan"),
        ("Mereka tiba di Wellington kemarin.", "They came to Well yesterday.", "id", "Wellington"),
        ("Mereka tiba di Trenton kemarin.", "They came to Trentonara yesterday.", "id", "Trenton"),
        ("Il a rencontré Delacroix hier.", "He met the man yesterday.", "fr", "Delacroix"),
    ],
)
def test_a_name_that_is_gone_or_cut_off_is_told(source: str, target: str, language: str, name: str) -> None:
    assert name in found(source, target, language)["name-lost"]


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("Kemarin Sutopo tiba.", "Sutopo came yesterday.", "id"),
        ("Dia tinggal di Jerman.", "He lives in Germany.", "id"),
        ("Presiden Rusia tiba di Hongaria.", "The Russian president came to Hungary.", "id"),
        ("Il vient de Londres et parle à Khrouchtchev.", "He comes from London and talks to Khrushchev.", "fr"),
        ("Il vit en France depuis hier.", "He is living in a French town since yesterday.", "fr"),
        ("On dit « Aujourd'hui » partout.", "They say “today” everywhere.", "fr"),
        ("Presiden Resmikan Jembatan Baru Di Sukamaju", "President Opens New Bridge", "id"),
        ("Mereka makan nasi Thailand di rumah.", "They ate Thai rice at home.", "id"),
        ("Dia pergi ke Departemen Kesehatan.", "He went to the health ministry.", "id"),
        ("Kemarin yang datang itu adalah Budiman, Sutopo, Hendrawan, Wibowo, Trenton, Mulyani, Delacroix, Gunadi.",
         "Many of them came yesterday.", "id"),
        ("Mereka tiba di Trenton.", "They came from Trentonara to Trenton.", "id"),
    ],
)
def test_names_that_english_spells_in_another_way_or_translates_are_not(
    source: str, target: str, language: str
) -> None:
    assert "name-lost" not in found(source, target, language)


@pytest.mark.parametrize(
    ("source", "target", "pairs", "without"),
    [
        ("Kemarin Sam Ultraman datang ke pasar.", "Sam Altman came to the pasar yesterday.",
         (("Sam Ultraman", "Sam Altman"), ("pasar", "pasar")), {"left", "name-lost"}),
        ("Mereka memakai Geimini kemarin.", "They used Gemini yesterday.", (("Geimini", "Gemini"),), {"name"}),
    ],
)  # fmt: skip
def test_what_the_glossary_wants_is_neither_lost_nor_left_nor_misspelt(
    source: str, target: str, pairs: tuple[tuple[str, str], ...], without: set[str]
) -> None:
    receipts = tuple(
        Receipt(term=surface, target=produced, surface=surface, method=Method.REPLACED, produced=produced,
                span=Span(start=source.index(surface), end=source.index(surface) + len(surface)),
                target_span=Span(start=target.index(produced), end=target.index(produced) + len(produced)))
        for surface, produced in pairs
    )  # fmt: skip
    segment = Segment(id="a:0.0", article="a", paragraph=0, span=Span(start=0, end=len(source)), source=source,
                      language="id")
    plain = Unit(segment=segment, target=target, origin=Origin.MACHINE)
    assert {finding.check for finding in check(plain).findings} == without
    assert check(dataclasses.replace(plain, receipts=receipts)).findings == ()


LONG = "Menteri itu mengatakan harga beras naik karena hujan, sedangkan para petani masih menunggu bantuan benih."


def test_a_target_without_the_second_half_of_its_source_is_told() -> None:
    assert "coverage" in found(LONG, "The minister said that the price of rice rose with the rain.")


@pytest.mark.parametrize(
    "target",
    [
        "The minister said that the price of rice rose because of the rain, while farmers still await seed aid.",
        "Minister: rain ups rice price, but farmers still await seed aid.",  # as much in fewer words
        "The minister said.",  # `length` says it
    ],
)
def test_a_whole_target_is_not_told_and_a_far_too_short_one_only_once(target: str) -> None:
    said = found(LONG, target)
    assert "coverage" not in said
    assert ("length" in said) == (len(target) < 30)


def test_a_heading_may_be_shortened() -> None:
    target = "The minister said that the price of rice rose with the rain."
    assert "coverage" not in found(LONG.title(), target)


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("– " * 50, "–" * 60, "id"),  # no word in either
        # A language whose words of grammar are not known: all of the source's would count, and none of the target's.
        ("Dia berkata bahawa harga beras di negara itu naik kerana hujan, dan ramai petani sedang menunggu bantuan.",
         "He said rice prices rose with rain; farmers await government help.", "ms"),
    ],
)
def test_where_words_cannot_be_counted_coverage_says_nothing(source: str, target: str, language: str) -> None:
    assert "coverage" not in found(source, target, language)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("« Il part. » Elle reste.", 2),
        ("Il part. — Elle reste.", 2),
        ("Dia pergi pada 2020. Kami menunggu.", 2),
        ("Harganya 2.500. Kami menunggu.", 2),
        ("1. Dia pergi", 1),
        ("The U.S. Army and Dr. Lee left", 1),
        ("– «", 0),
    ],
)
def test_sentences_are_counted_by_their_ends_whatever_stands_between_them(text: str, count: int) -> None:
    assert count_sentences(text) == count


def test_the_lists_know_words_and_names_of_their_languages_only() -> None:
    assert is_foreign("menunggu", "id")
    assert not is_foreign("radio", "id")
    assert may_change("Londres", "fr")
    assert not may_change("Bandung", "id")
    assert not is_foreign("menunggu", "../id")
    assert not is_foreign("", "fr")


@given(st.text(max_size=150), st.text(max_size=150), st.sampled_from(["id", "fr", "de"]))
def test_no_text_breaks_the_checks(source: str, target: str, language: str) -> None:
    found(source, target, language)


@pytest.mark.parametrize(
    "text",
    [
        "Wellington " * 1_500, "Saya " * 6_000, "“" * 20_000, "a/b " * 5_000, "É" * 20_000,
        "londres Londres, " * 4_000, "Spanyol. " * 4_000, "A" * 20_000 + ", Londres, londres",
    ],
)  # fmt: skip
def test_hostile_text_is_checked_in_time(text: str) -> None:
    import time

    start = time.process_time()
    found(text, text[::-1], "fr")
    found(text, text, "fr")
    found(text, text, "id")
    assert time.process_time() - start < 6
