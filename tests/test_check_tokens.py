"""Words found fast are the words found slowly, and what spares a check a search never hides anything from it."""

from __future__ import annotations

import regex
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.check import content, lexicon
from normalize.check.names import capitalised, names
from normalize.check.subject import Example, Subject
from normalize.check.tokens import WHOLE, Words, folded, parts, words
from normalize.corpus import Segment, Span, Unit

PATTERNS = ("[<L>]+", "[<L><N>]+(?:['’-][<L><N>]+)*", "[<L><N>]+(?:['’][<L>]+)?", "[<L>]+(?:[-][<L>]+)*")
TEXTS = st.text(st.sampled_from("aZéŒſİµª²½7_-'’ .,“–€×\u0301\u02bc\u0660\u200dжあ𝒜") | st.characters(), max_size=40)


@given(TEXTS)
@example("".join(map(chr, range(0x20, 0x250))))
@example("".join(map(chr, [*range(0x2010, 0x2028), *range(0x2030, 0x205F), *range(0x20A0, 0x20C0)])))
def test_the_fast_way_and_the_slow_way_find_the_same_words(text: str) -> None:
    for pattern in PATTERNS:
        words = Words(pattern)
        assert words.of(text) == words.pattern.findall(text)


@given(TEXTS | st.text(st.sampled_from("ab7'- ,"), max_size=30))
@example("anak-anak 'kata' l'été -x x- a--b a'-b 2024-25")
def test_the_words_found_once_for_all_checks_are_those_each_pattern_finds(text: str) -> None:
    assert words(text) == tuple(WHOLE.pattern.findall(text))
    assert folded(text) == tuple(word.casefold() for word in WHOLE.pattern.findall(text))
    for pattern in PATTERNS:
        found = Words(pattern)
        assert parts(found, text) == tuple(found.pattern.findall(text))
        assert [match[0] for match in found.finditer(text)] == found.pattern.findall(text)


@given(st.lists(st.sampled_from(["Budi", "budi", "Ana-Li", "d'Arc", "(", '"', ". ", "7", "Kota"]), max_size=9))
def test_no_name_is_missed_by_the_quick_look_for_capitals(found: list[str]) -> None:
    text = " ".join(found)
    assert set(names(text)) <= set(capitalised(text))


@given(st.text(st.sampled_from("abé"), min_size=1, max_size=24), st.integers(1, 3), st.integers(1, 8))
@example("a", 1, 6)
@example("ab", 1, 6)
def test_letters_said_six_times_in_a_word_are_found_wherever_they_stand(word: str, size: int, times: int) -> None:
    text = f"Kata {word[:3]}{word[:size] * times}{word[3:]} ini."
    plain = regex.search(r"([^\W\d_]{1,6}?)\1{5}", text) is not None
    found = list(content.loop(Example(source="Kata ini.", target=text).subject()))
    assert any("letters repeated" in message for message, _ in found) == plain


def test_every_usual_character_is_a_letter_for_both_ways_or_for_neither() -> None:
    letters, figures = Words("[<L>]"), Words("[<N>]")
    for code in range(0x2100):
        assert letters.of(chr(code)) == regex.findall(r"[\p{L}\p{M}]", chr(code)), hex(code)
        assert figures.of(chr(code)) == regex.findall(r"\p{N}", chr(code)), hex(code)


@given(st.text(st.sampled_from("tidakbunjgelmpsro' nİIſ"), max_size=12))
@example("tİdak")
@example("N'A JAMAİS")
def test_no_negation_is_without_the_letters_it_is_looked_for_by(text: str) -> None:
    low = text.casefold().replace("\u0307", "")
    for language, pattern in lexicon.NEGATION.items():
        for match in pattern.finditer(text):
            assert any(word in low for word in lexicon.NEGATES[language]), match[0]


def test_a_subject_knows_its_texts_and_the_bare_languages() -> None:
    segment = Segment(id="a:0.0", article="a", paragraph=0, span=Span(start=0, end=3), source="Ya.", language="id-ID")
    subject = Subject(unit=Unit(segment=segment, target="Yes.", target_language="en-GB"))
    assert (subject.source, subject.target) == ("Ya.", "Yes.")
    assert (subject.source_language, subject.target_language) == ("id", "en")
