"""Numbers that are taken for the same unread are the same when they are read."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.numbers import compare, values
from normalize.numbers.figures import figures, must_count, small_words
from normalize.numbers.numerals import numerals_for
from normalize.numbers.reading import read

LANGUAGES = ("id", "ms", "fr", "en")
LISTED = (
    "5 20 2003 1.250 1,5 19.30 19:30 19 h 30 10 500 000 0812 555 (021) +62 3-1 2010-2015 20/11 5% (3) 5. 3, $5 Rp5 90s"
    " 7 : ; - p. 100 Mei mei May may mars Mars d'octobre Oktober Sept. juta million ribu dua puluh lima twenty half"
    " setengah siècle abad XIX pukul jam WIB p.m. km m M jt orang people the www.a2.id @budi7 ½ 5² ٣ 5\u00a0000 1’000"
)
PIECES = LISTED.split(" ")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join)
TIMES = st.lists(st.sampled_from([*PIECES, "", " "]), max_size=7).map("".join)


@given(TEXTS | TIMES, TEXTS | TIMES, st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
@example("5 : 30", "30 5", "id", "en")
@example("12 Mei 2003", "May 12, 2003", "id", "en")
def test_the_same_plain_figures_have_their_like_on_the_other_side(
    source: str, target: str, source_language: str, target_language: str
) -> None:
    plain = figures(source, source_language)
    if plain is None or plain != figures(target, target_language):
        return
    spaced = source_language == "fr" or target_language == "fr"
    ours = read(source, source_language, spaced=source_language == "fr")
    theirs = read(target, target_language, spaced=spaced)
    for one, two in ((ours, theirs), (theirs, ours)):
        said = frozenset().union(*(value.readings for value in two))
        assert [value for value in one if value.certain and said.isdisjoint(value.readings)] == []


@given(TEXTS | TIMES, st.sampled_from(LANGUAGES))
def test_all_figures_of_a_plain_text_are_read_as_what_they_show(text: str, language: str) -> None:
    if (plain := figures(text, language)) is not None:
        readings = frozenset().union(*(value.readings for value in values(text, language)))
        assert plain[0] <= readings


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_of_a_month_is_a_number_in_words_too(language: str) -> None:
    numerals = numerals_for(language)
    assert numerals is not None
    assert numerals.months.keys().isdisjoint(numerals.words)


@pytest.mark.parametrize("text", ["Pada 12 Mei.", "dua puluh lima", "Dua-puluh", "seratus/dua", "1"])
def test_a_text_with_a_number_that_counts_is_read(text: str) -> None:
    numerals = numerals_for("id")
    assert numerals is not None
    assert must_count(text, numerals)


@given(st.text(st.sampled_from("aZ7_-' é.жİ²") | st.characters(), max_size=30))
def test_small_words_are_the_letters_between_all_else(text: str) -> None:
    assert small_words(text) == frozenset(re.findall(r"[^\W\d_]+", text.lower()))


def test_a_changed_figure_is_still_found_among_plain_ones() -> None:
    [lost] = compare("Pada 12 Mei 2003 ada 40 orang.", "On May 12, 2003 there were 14 people.", "id", "en")
    assert (lost.kind, lost.source and lost.source.text, lost.target and lost.target.text) == ("changed", "40", "14")


def test_another_month_on_the_same_day_is_found() -> None:
    assert compare("Pada 12 Mei 2003.", "On June 12, 2003.", "id", "en")
