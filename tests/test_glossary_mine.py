"""Mining: names and phrases that recur, in all their spellings; and accepting candidates."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.errors import GlossaryError
from normalize.formats.candidates import accepted, added, render
from normalize.glossary import Glossary, Kind
from normalize.glossary.mine import Candidate, Text, mine


def texts(*given_: str, language: str = "id") -> list[Text]:
    return [Text(article=str(number), language=language, text=text) for number, text in enumerate(given_)]


def names(found: list[Candidate]) -> dict[str, int]:
    return {one.source: one.count for one in found if one.kind is Kind.NAME}


def test_names_that_recur_are_found_with_count_and_example() -> None:
    (found,) = mine(texts("Saham milik Velora Jaya naik.", "Bos dari Velora Jaya itu pergi."))
    assert (found.source, found.count, found.articles, found.kind) == ("Velora Jaya", 2, 2, Kind.NAME)
    assert found.example == "Saham milik Velora Jaya naik."


def test_a_word_that_only_begins_sentences_is_no_name() -> None:
    assert names(mine(texts("Kemarin hujan. Kemarin panas.", "Kemarin dingin."))) == {}


def test_a_sentences_first_word_is_not_taken_into_the_name() -> None:
    assert names(mine(texts("Kata Velora, harga naik. Ujar Velora lagi."))) == {"Velora": 2}


def test_a_name_that_begins_a_sentence_counts_where_it_is_a_name_elsewhere() -> None:
    assert names(mine(texts("Velora tutup. Pekerja di Velora marah. Velora diam."))) == {"Velora": 3}


@pytest.mark.parametrize(
    ("right", "other"),
    [
        ("OpenAI", "OpenAl"), ("OpenAI", "Openai"), ("Kornelia", "Komelia"), ("Bank Otomo", "Bank 0tomo"),
        ("Tata Surya", "TATA SURYA"),
    ],
)
def test_spellings_that_fold_together_are_one_candidate(right: str, other: str) -> None:
    (found,) = mine(texts(f"Warga di {right} dan di {right} itu.", f"Harga dari {other} turun."))
    assert (found.source, found.count, found.spellings) == (right, 3, ((other, 1),))


def test_a_likely_misreading_is_not_proposed_even_where_it_is_commoner() -> None:
    (found,) = mine(texts("Warga di PeIosi dan PeIosi itu.", "Harga dari Pelosi turun."))
    assert (found.source, found.spellings) == ("Pelosi", (("PeIosi", 2),))


def test_a_new_spelling_of_a_glossarys_name_is_proposed_for_that_row() -> None:
    glossary = Glossary.parse(b"source,target,kind\nKomelia Jaya,Komelia Jaya,term\n")
    (found,) = mine(texts("Warga dan Kornelia Jaya serta Kornelia Jaya itu.", "Harga dari Komelia Jaya."), glossary)
    assert (found.source, found.spellings) == ("Komelia Jaya", (("Kornelia Jaya", 2),))
    data = b"source,target,kind\nKomelia Jaya,Komelia Jaya,term\n"
    _, _, problems = added(data, accepted(render([found])))
    assert problems[0].advice == "add Kornelia Jaya to that row's aliases"


@pytest.mark.parametrize(("one", "other"), [("Lake", "Leike"), ("Veloria", "Velora"), ("Jan Sutomo", "Jan Sutama")])
def test_names_that_are_only_similar_are_suggested_and_not_merged(one: str, other: str) -> None:
    found = mine(texts(f"Kata bos {one} dan {one} tadi.", f"Warga dan {other} serta {other} itu."))
    assert {each.source: each.similar for each in found} == {one: (other,), other: (one,)}
    assert all(each.spellings == () for each in found)


def test_phrases_must_recur_in_two_articles_and_not_only_inside_longer_ones() -> None:
    line = "pemerintah membahas hukum laut internasional untuk nelayan."
    found = mine(texts(line, line, line))
    assert "hukum laut internasional" in {one.source for one in found}
    assert "hukum laut" not in {one.source for one in found}
    assert mine(texts(f"{line}\n{line}\n{line}")) == []


def test_what_the_glossary_has_is_left_out_and_new_spellings_are_not() -> None:
    glossary = Glossary.parse(b"source,target,kind,aliases,context\nVelora,Velora,name,Valora,Bursa\n")
    given_ = texts("Kata Velora dan Velora.", "Warga di Valora dan Valora.", "Harga di Velarra dan Velarra.")
    assert names(mine(given_, glossary)) == {"Velarra": 2}


def test_headlines_and_the_calendar_give_no_names() -> None:
    given_ = texts("Harga Beras Naik Lagi Di Pasar\nPada hari Senin dan Senin lalu.", "Harga Beras Naik Lagi Di Pasar")
    assert names(mine(given_)) == {}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text("Aab lI1O0.\n'-“ “é🙂", max_size=60), max_size=4))
def test_any_text_gives_candidates_in_the_same_order_twice(given_: list[str]) -> None:
    found = mine(texts(*given_), least=1)
    assert found == mine(texts(*given_), least=1)
    assert found == sorted(found, key=lambda one: (-one.count, one.source))


def test_many_different_names_take_linear_time() -> None:
    def cost(size: int) -> float:
        given_ = texts(*(f"Warga di Kota{number} dan Desa{number} pergi." for number in range(size)))
        started = time.process_time()
        mine(given_)
        return time.process_time() - started

    cost(500)
    # Sixteen times as many: the square would be 256, and a busy machine makes three of one.
    assert cost(16_000) < 64 * max(cost(1_000), 0.02)


FOUND = [
    Candidate(source="OpenAI", kind=Kind.NAME, language="id", count=3, articles=2, spellings=(("OpenAl", 1),),
              similar=("OpenAir",), example="=Kata, OpenAI"),
    Candidate(source="hukum laut", kind=Kind.TERM, language="id", count=3, articles=2, spellings=(), similar=(),
              example=""),
]  # fmt: skip


def test_a_file_of_candidates_is_no_glossary_until_accepted() -> None:
    assert Glossary.parse(render(FOUND)).terms == ()


def test_accepted_rows_are_added_and_what_does_not_fit_is_refused() -> None:
    rows = accepted(render(FOUND), "c.csv")
    data, sources, problems = added(b"", rows)
    assert sources == ["OpenAI"]
    assert [(problem.line, problem.what) for problem in problems] == [(3, "'hukum laut' has no target")]
    (term,) = Glossary.parse(data).terms
    assert (term.source, term.target, term.aliases, term.kind) == ("OpenAI", "OpenAI", ("OpenAl",), Kind.NAME)
    again = added(data, rows)
    assert (again[0], again[1]) == (data, [])
    assert "in the glossary already" in again[2][0].what


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_adding_keeps_the_files_form(ending: str, delimiter: str) -> None:
    rows = [("target", "kind", "source"), ("x", "", "y")]
    before = ("\ufeff" + ending.join(delimiter.join(row) for row in rows)).encode()
    after, _, _ = added(before, accepted(render(FOUND), only={"OpenAI"}))
    assert after == before + (ending + delimiter.join(("OpenAI", "name", "OpenAI")) + ending).encode()


def test_a_candidate_that_is_not_there_is_an_error() -> None:
    with pytest.raises(GlossaryError, match="no candidate 'Velora'"):
        accepted(render(FOUND), only={"Velora"})
