"""Words found fast are the words found slowly, and what spares a check a search never hides anything from it."""

from __future__ import annotations

import regex
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.check import lexicon
from normalize.check.subject import Subject
from normalize.check.tokens import Words
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
