"""Quotation marks lost or invented, speech whose first word stayed foreign, and what is asked of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest
from engines import EnglishEngine, Question
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.check import check
from normalize.corpus import Origin, Segment, Span, State, Unit
from normalize.engine import Hypothesis
from normalize.guard import Guarded, guard
from normalize.guard.edits import echoes, mended
from normalize.guard.speech import unquoted


class Known(EnglishEngine):
    """Knows some answers; all are equally likely, unless told."""

    def __init__(
        self, known: Mapping[str, Sequence[str]], likely: Callable[[str, str], float] = lambda _source, _target: -0.5
    ) -> None:
        super().__init__()
        self.known = known
        self.likely = likely
        self.scored = 0

    def answers(self, question: Question) -> tuple[Hypothesis, ...]:
        texts = self.known.get(question.source, ["x"])[: question.hypotheses]
        return tuple(Hypothesis(target=text, score=self.likely(question.source, text)) for text in texts)

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        self.scored += len(sources)
        return [self.likely(*pair) for pair in zip(sources, targets, strict=True)]


def one(engine: EnglishEngine, source: str, target: str, language: str = "id") -> Guarded:
    segment = Segment(id="a:0.0", article="a", paragraph=0, span=Span(start=0, end=len(source)), source=source,
                      language=language)
    draft = Unit(segment=segment, target=target, state=State.TRANSLATED, score=-0.5, origin=Origin.MACHINE)
    (guarded,) = guard([check(draft)], [source], engine, truncated=[False])
    return guarded


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [
        ("“Kami ingin bicara,” kata Budi.", "We want to talk,” said Budi.", "“We want to talk,” said Budi."),
        ('"Kami ingin bicara," kata Budi.', 'We want to talk," said Budi.', '"We want to talk," said Budi.'),
        ("« Nous partons », a-t-il dit.", "We are leaving», he said.", "«We are leaving», he said."),
        ("“Kami pulang.”", "“We are going home.", "“We are going home.”"),
        ("Il est parti hier soir.", "He left “yesterday evening.", "He left yesterday evening."),
        ("Il est parti hier soir.", 'He left yesterday evening."', "He left yesterday evening."),
        ("Il est parti hier soir.", "He left « yesterday evening.", "He left yesterday evening."),
        ("Il est parti hier soir.", 'He left " yesterday evening.', "He left yesterday evening."),
    ],
)
def test_a_quotation_mark_is_put_where_the_source_has_it_and_taken_where_it_has_none(
    source: str, target: str, right: str
) -> None:
    assert mended(source, target, "id", "en") == right
    assert mended(source, right, "id", "en") == right
    engine = EnglishEngine()
    guarded = one(engine, source, target)
    assert (guarded.hypothesis.target, [repair.method for repair in guarded.repairs]) == (right, ["mended"])
    assert engine.heard == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Layar 50 inci itu mahal.", 'That 50" screen is expensive.'),
        ("“Saya datang. Lalu", "I came.” Then"),  # the speech goes on in another segment
        ("“Ya,” katanya, “kami datang.”", "“Yes,” he said, “we are coming.”"),
        ("“Ya,” katanya, “kami datang.”", "“Yes,” he said, we are coming."),  # one mark more would make an odd number
        ("Kata “pulang” itu lama.", "The word “home is old."),  # where it ends nobody knows
    ],
)
def test_marks_that_mean_something_else_or_of_which_nothing_is_certain_stay(source: str, target: str) -> None:
    assert mended(source, target, "id", "en") in {target, f"“{target}"}
    if not source.startswith("“Saya"):
        assert mended(source, target, "id", "en") == target


MARKED = st.text(alphabet='ab “”"«».,5', max_size=40)


@given(MARKED, MARKED)
@example('".', '"')
def test_mending_only_adds_or_takes_marks_and_is_done_at_once(source: str, target: str) -> None:
    once = mended(source, target, "fr", "en")
    assert mended(source, once, "fr", "en") == once
    assert [char for char in once if char.isalnum()] == [char for char in target if char.isalnum()]


@pytest.mark.parametrize(
    ("source", "first", "bare", "again", "right"),
    [
        ("“Saya berharap kembali,” kata Budi.", "“Saya hope to return,” said Budi.",
         "saya berharap kembali,” kata Budi.", "I hope to return,” said Budi.", "“I hope to return,” said Budi."),
        ("“Beberapa minggu lalu kami pulang.”", "“Beberapa weeks ago we went home.”",
         "beberapa minggu lalu kami pulang.”", "A few weeks ago we went home.", "“A few weeks ago we went home.”"),
        ("“Itu mulai kemarin,” katanya.", "“Itu started yesterday,” he said.",
         "itu mulai kemarin,” katanya.", "It started yesterday,” he said.", "“It started yesterday,” he said."),
        ("Dia berkata, “Kami sudah pulang.”", "He said, “Kami have gone home.”",
         "Dia berkata, Kami sudah pulang.”", "He said, we have gone home.”", "He said, “We have gone home.”"),
        ("“Saya berharap kembali,” kata Budi.", "“Saya hope to return,” said Budi.",
         "saya berharap kembali,” kata Budi.", "“I hope to return,” said Budi.", "“I hope to return,” said Budi."),
        ("Dia berkata, “Kami sudah pulang.”", "He said, “Kami have gone home.”",
         "Dia berkata, Kami sudah pulang.”", "He said, “we have gone home.”", "He said, “We have gone home.”"),
        ("Intinya ialah “Kami pulang.”", "The point is “Kami go home.”",
         "Intinya ialah Kami pulang.”", "This point is we go home.”", "This point is “We go home.”"),
        ("Ini kata Budi, kata “Kami pulang.”", "What he said is that he said “Kami go home.”",
         "Ini kata Budi, kata Kami pulang.”", "What he said is that he said we go home.”",
         "What he said is that he said “We go home.”"),
    ],
)
def test_speech_is_asked_for_without_its_mark_where_its_first_word_stayed_foreign(
    source: str, first: str, bare: str, again: str, right: str
) -> None:
    engine = Known({bare: [again]})
    guarded = one(engine, source, first)
    assert guarded.hypothesis.target == right
    assert [(repair.method, repair.reason) for repair in guarded.repairs] == [("unquoted", "unquoted")]
    assert engine.asked == [bare]


def test_french_speech_is_too() -> None:
    source, bare = "« Je viens demain », dit-il.", "je viens demain », dit-il."
    engine = Known({bare: ["I am coming tomorrow”, he said."]})
    engine.source_language = "fr"
    guarded = one(engine, source, "“Je come tomorrow”, he said.", "fr")
    assert guarded.hypothesis.target == "“I am coming tomorrow”, he said."


def test_a_word_that_was_only_garbled_keeps_its_capital_in_what_is_asked() -> None:
    attempt = unquoted("“Terlepas dari itu, kami pulang.”", "“Terlep from that, we went home.”", "id")
    assert attempt is not None
    assert attempt.sources == ("Terlepas dari itu, kami pulang.”",)


def test_speech_asked_for_anew_is_judged_by_the_scores_of_decoding_and_nothing_is_forced() -> None:
    class Unforced(Known):
        def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
            raise AssertionError((sources, targets))

    source, bare = "“Kami pulang,” katanya.", "kami pulang,” katanya."
    guarded = one(Unforced({bare: ["We went home,” he said."]}), source, "“Kami went home,” he said.")
    assert guarded.hypothesis.target == "“We went home,” he said."


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("“Panama Papers” terbit.", "“Panama Papers” were published."),
        ("“Kami pulang,” katanya.", "“We are going home,” he said."),
        ("Kami pulang.", "Kami went home."),
        ("Dia membaca “Le Monde” kemarin.", "He read “Le Monde” yesterday."),
    ],
)
def test_names_and_speech_that_is_translated_are_not_asked_for_again(source: str, target: str) -> None:
    assert unquoted(source, target, "id") is None


def test_an_answer_that_still_begins_with_the_word_or_is_less_likely_is_refused() -> None:
    source, first, bare = "“Saya datang,” katanya.", "“Saya come,” he said.", "saya datang,” katanya."
    assert one(Known({bare: ["Saya am coming,” he said."]}), source, first).hypothesis.target == first
    rare = Known({bare: ["Whale,” he said."]}, lambda _, target: -0.5 if "Saya" in target else -1.5)
    assert one(rare, source, first).hypothesis.target == first


def test_an_answer_without_a_word_that_begins_as_the_sources_need_only_be_as_likely() -> None:
    source, bare = "“Terlepas dari itu, kami pulang,” katanya.", "Terlepas dari itu, kami pulang,” katanya."
    engine = Known({bare: ["Apart from that, we went home,” he said."]})
    guarded = one(engine, source, "“Tern from that, we went home,” he said.")
    assert guarded.hypothesis.target == "“Apart from that, we went home,” he said."


@pytest.mark.parametrize(
    "text", ["“Saya " * 5_000, "a “" * 8_000, "Kami, “Kami " * 4_000, "é" * 30_000, "a “Xami b " * 4_000]
)
def test_hostile_speech_is_looked_at_in_time(text: str) -> None:
    import time

    start = time.process_time()
    unquoted(text, text, "id")
    unquoted("“" + text, text[::-1], "fr")
    unquoted(text.replace("Xami", "Yami"), text, "id")
    mended(text, text[::-1], "id", "en")
    assert time.process_time() - start < 5


def test_a_wrong_number_is_asked_for_once_and_never_by_clauses() -> None:
    source = "Menteri itu tiba di Bandung pada 2019, lalu ia bertemu para petani di sawah mereka yang kering."
    target = "The minister arrived in Bandung in 2918, then he met the farmers in their dry fields."
    engine = Known({source: [target]})
    one(engine, source, target)
    assert engine.asked == [source]


def test_another_hypothesis_is_judged_by_the_score_it_came_with() -> None:
    source = "Ia bertemu 15 petani di sawah."
    wrong, right = "He met 50 farmers in the fields.", "He met 15 farmers in the fields."
    engine = Known({source: [wrong, right]})
    assert one(engine, source, wrong).hypothesis.target == right
    assert engine.scored == 0


def test_of_a_heading_only_words_that_may_be_names_are_asked_for_and_in_small_letters_only_those_copied() -> None:
    source = "PRESIDEN RESMIKAN JEMBATAN DI SUKAMAJU DAN LINGGARJATI"
    engine = Known({"Sukamaju": ["Sukamaju"], "Linggarjati": ["Progress"], "sukamaju": ["likes to move"]})
    one(engine, source, "PRESIDENT OPENS BRIDGE IN SUKAMAJU")
    words = [asked for asked in engine.asked if " " not in asked]
    assert words == ["Linggarjati", "Sukamaju", "sukamaju"]


@pytest.mark.parametrize(
    ("target", "right"),
    [
        ("It is a safe town, not a safe town today.", "It is a safe town, not a safe town today."),
        ("Yesterday Ann Lee's Ann Lee had left the house.", "Yesterday Ann Lee had left the house."),
        ("It was a sign of the hands of the hands.", "It was a sign of the hands."),
    ],
)
def test_an_echo_is_cut_so_that_neither_a_denial_nor_a_genitive_of_nothing_is_left(target: str, right: str) -> None:
    assert echoes("Ini kota.", target, "id", "en") == right


def test_the_final_stop_is_tried_on_headings_and_captions_alone() -> None:
    short = "harga beras naik lagi di pasar"
    long = "Menteri itu tiba kemarin malam dan bertemu para petani di desa yang jauh dari kota."
    engine = Known({})
    for source in (short, long):
        one(engine, source, source)
    assert f"{short}." in engine.asked
    assert long[:-1] not in engine.asked
