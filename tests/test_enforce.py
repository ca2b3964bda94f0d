import time
from collections.abc import Mapping, Sequence

import pytest
import regex
from engines import EnglishEngine, Question
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.corpus import Article, Method, Origin, Segment, Span, State, Unit
from normalize.enforce import Plan, Renderings, enforce, plan
from normalize.enforce.place import Slot
from normalize.enforce.weigh import insertions
from normalize.engine import Hypothesis
from normalize.glossary import Glossary, Term, literals
from normalize.glossary.english import articled, plural, several, singular
from normalize.glossary.wants import Want, standing

GLOSSARY = Glossary.parse(
    b"""source,target,aliases,kind,wrong,context
pagar,guardrail,pagar-pembatas,term,,
dewan direksi,board of directors,,term,,
lembaga,agency,,term,institution,
Velora,Velora,Felora,name,,
Danoel,Danoel,Lake,name,,Velora
Gudang Putih,White Barn,,name,,
"""
)
WORDS = {
    "dan": "and", "jatuh": "falls", "baru": "new", "di": "in", "kota": "town", "dewan": "council",
    "direksi": "directors", "adalah": "is", "rumah": "house", "besar": "big", "sebuah": "a", "itu": "the",
    "pagar": "fence", "jauh": "far", "para": "these", "kemarin": "yesterday", "membeli": "buys", "melihat": "sees",
}  # fmt: skip
NOUNS = ["radio", "robot", "piano", "bank", "hotel", "museum", "film", "virus", "album", "forum"]
"""The carriers for terms."""
TOKEN = regex.compile(r"[\w@#:/.-]*[\w/]|[^\w\s]")


class Toy(EnglishEngine):
    """Translates word by word; copies what it does not know; drops what it is told to drop.

    A prefix is gone on from with the words that follow as many words of the source.
    """

    def __init__(self, words: Mapping[str, str] = WORDS, *, drops: Sequence[str] = (), deaf: bool = False) -> None:
        super().__init__("toy")
        self.words = words
        self.drops = frozenset(drops)
        self.deaf = deaf
        """It does not keep to a prefix."""

    def _word(self, word: str) -> str:
        low = word.lower()
        if low in self.drops:
            return ""
        return self.words.get(low, word)

    def _line(self, words: Sequence[str]) -> str:
        line = " ".join(filter(None, map(self._word, words)))
        return regex.sub(r" (?=[,.!?])", "", line)

    def answers(self, question: Question) -> tuple[Hypothesis, ...]:
        assert question.hypotheses >= 1
        assert question.no_repeat == 0
        words = TOKEN.findall(question.source)
        start = "" if self.deaf else question.prefix
        text = f"{start} {self._line(words[len(start.split()) :])}".strip()
        return (Hypothesis(target=text[:1].upper() + text[1:] if words[:1] else text, score=-0.5),)


def plans_of(*sources: str, glossary: Glossary = GLOSSARY, name: str = "a") -> tuple[Plan, ...]:
    text = "\n".join(sources)
    article = Article(id=name, path="a.txt", raw=text, text=text, sha256="", language="id")
    segments, start = [], 0
    for number, source in enumerate(sources):
        span = Span(start=start, end=start + len(source))
        segments.append(
            Segment(id=f"{name}:{number}", article=name, paragraph=number, span=span, source=source, language="id")
        )
        start = span.end + 1
    return plan(segments, glossary, article)


def run(engine: Toy, *sources: str, glossary: Glossary = GLOSSARY) -> tuple[Unit, ...]:
    plans = plans_of(*sources, glossary=glossary)
    return enforce(plans, engine.translate([planned.source for planned in plans]), engine)


def one(engine: Toy, source: str, *, glossary: Glossary = GLOSSARY) -> Unit:
    (unit,) = run(engine, source, glossary=glossary)
    return unit


def test_aliases_are_written_as_the_glossary_does_and_everything_else_is_kept() -> None:
    first, second, third = plans_of("Felora dan Lake jatuh.", "Pagar-pembatasnya baru.", "Rumah Velora.")
    assert first.source == "Velora dan Danoel jatuh."
    assert [match.surface for match in first.matches] == ["Felora", "Lake"]
    assert [first.source[start:end] for start, end in first.places] == ["Velora", "Danoel"]
    assert second.source == "Pagarnya baru."
    assert third.source == third.segment.source


def test_names_that_stand_glued_to_a_word_are_set_apart() -> None:
    (planned,) = plans_of("PesaingVelora jatuh.")
    assert planned.source == "Pesaing Velora jatuh."
    assert [planned.source[start:end] for start, end in planned.places] == ["Velora"]


def test_a_segment_without_a_term_stays_as_the_model_gave_it_and_costs_nothing() -> None:
    engine = Toy()
    (unit,) = run(engine, "Rumah  besar itu ， jatuh .")
    assert unit.target == Toy().translate(["Rumah  besar itu ， jatuh ."])[0][0].target
    assert (unit.model_target, unit.receipts, len(engine.asked)) == ("", (), 1)
    assert (unit.state, unit.origin, unit.score) == (State.TRANSLATED, Origin.MACHINE, -0.5)


def test_what_the_model_says_by_itself_is_kept() -> None:
    unit = one(Toy(), "Velora jatuh.")
    (receipt,) = unit.receipts
    assert (receipt.method, receipt.produced, receipt.target_span) == (Method.KEPT, "Velora", Span(start=0, end=6))
    assert unit.model_target == ""


def test_another_hypothesis_that_has_the_term_is_chosen() -> None:
    plans = plans_of("Rumah Velora jatuh.")
    answers = (Hypothesis(target="Vora house falls.", score=-0.4), Hypothesis(target="Velora house falls.", score=-0.6))
    (unit,) = enforce(plans, [answers], Toy())
    assert (unit.target, unit.receipts[0].method, unit.score) == ("Velora house falls.", Method.CHOSEN, -0.6)
    assert unit.model_target == "Vora house falls."


@pytest.mark.parametrize(
    ("source", "words", "target"),
    [
        ("Pagar baru jatuh.", {}, "Guardrail new falls."),  # the learned rendering, and the sentence's capital
        ("Rumah dan pagar jatuh.", {}, "House and guardrail falls."),
        ("Para pagar jatuh.", {"pagar": "fences"}, "These guardrails falls."),  # a plural the words around ask for
        ("Rumah pagar jatuh.", {"pagar": "pagars"}, "House guardrail falls."),  # a garbled copy's plural means nothing
        ("Sebuah lembaga jatuh.", {"lembaga": "institution"}, "An agency falls."),  # a row's wrong rendering; a, an
        ("Gudang Putih jatuh.", {"gudang": "Gudan", "putih": "Puti"}, "White Barn falls."),  # a garbled copy
        ("Velora jatuh.", {"velora": "Velorra"}, "Velora falls."),  # a misspelt name
        ("Velora jatuh.", {"velora": "Velorra's"}, "Velora's falls."),
        ("DEWAN DIREKSI BARU", {"dewan": "DEWANS", "direksi": "DIREKSY", "baru": "NEW"}, "BOARD OF DIRECTORS NEW"),
    ],
)
def test_the_models_own_rendering_is_replaced(source: str, words: dict[str, str], target: str) -> None:
    unit = one(Toy(WORDS | words), source)
    assert unit.target == target
    assert {receipt.method for receipt in unit.receipts} == {Method.REPLACED}
    for receipt in unit.receipts:
        assert receipt.target_span is not None
        assert receipt.target_span.of(unit.target) == receipt.produced


def test_a_word_that_another_word_of_the_source_explains_is_left_alone() -> None:
    answers = (Hypothesis(target="Velorna sees the house.", score=-0.1),)
    (unit,) = enforce(plans_of("Velorna melihat Velora."), [answers], Toy(drops=["velora"], deaf=True))
    assert unit.target.startswith("Velorna sees")


def test_an_abbreviation_that_was_copied_once_and_said_once_is_said_twice() -> None:
    glossary = Glossary.parse(b"source,target,source_lang,case_sensitive,kind\nKA,AI,id,1,term\n")
    answers = (Hypothesis(target="A KA researcher trains AI models, said Budi.", score=-0.1),)
    source = "Peneliti KA melatih model KA, kata Budi."
    (unit,) = enforce(plans_of(source, glossary=glossary), [answers], Toy())
    assert unit.target == "An AI researcher trains AI models, said Budi."
    assert [receipt.method.value for receipt in unit.receipts] == ["kept", "replaced"]


def test_a_longer_name_does_not_stutter_over_a_shorter_one_inside_it() -> None:
    glossary = Glossary.parse(b"source,target\nIrina Lasko Brand,Irina Lasko Brand\nBrand,Brand\n")
    answers = (Hypothesis(target="Brand spoke to Iris Lasko Brand.", score=-0.1),)
    (unit,) = enforce(plans_of("Brand bicara kepada Irina Lasko Brand.", glossary=glossary), [answers], Toy())
    assert unit.target == "Brand spoke to Irina Lasko Brand."


def test_literals_are_put_back_in_a_sentence_decoded_anew_too() -> None:
    class Garbling(Toy):
        def _word(self, word: str) -> str:
            return "@velor_ai" if word == "@velora_ai" else super()._word(word)

    unit = one(Garbling(drops=["pagar"]), "Rumah besar dan pagar jatuh di kota @velora_ai.")
    assert unit.target == "House big and guardrail falls in town @velora_ai."


def test_a_word_of_a_target_is_not_said_twice() -> None:
    glossary = Glossary.parse(b"source,target\nregu pagar,guardrail team\n")

    class Repeating(Toy):
        def _line(self, words: Sequence[str]) -> str:
            return super()._line(words).replace("guardrail team", "guardrail team team")

    unit = one(Repeating(WORDS | {"regu": "", "pagar": ""}), "Rumah regu pagar jatuh di kota.", glossary=glossary)
    assert unit.target == "House guardrail team falls in town."


@pytest.mark.parametrize(("answer", "expected"), [
    ("They saw Lasko Irina Lasko there.", "They saw Irina Lasko there."),
    ("They saw Irina Irina Lasko there.", "They saw Irina Lasko there."),
    ("They saw Lasko, Irina Lasko, there.", "They saw Lasko, Irina Lasko, there."),
    ("They saw Brand Irina Lasko there.", "They saw Brand Irina Lasko there."),
])  # fmt: skip
def test_a_word_of_a_name_is_not_said_before_it_too(answer: str, expected: str) -> None:
    glossary = Glossary.parse(b"source,target\nIrina Lasko,Irina Lasko\n")
    answers = (Hypothesis(target=answer, score=-0.1),)
    (unit,) = enforce(plans_of("Mereka melihat Irina Lasko di sana.", glossary=glossary), [answers], Toy())
    assert unit.target == expected


def test_a_dropped_term_is_put_into_the_source() -> None:
    unit = one(Toy(drops=["pagar"]), "Rumah besar dan pagar jatuh di kota.")
    assert unit.target == "House big and guardrail falls in town."
    assert unit.receipts[0].method is Method.CODE_SWITCHED


def test_a_carrier_stands_for_a_term_the_model_drops_in_both_languages() -> None:
    unit = one(Toy(drops=["pagar", "guardrail"]), "Rumah besar dan pagar jatuh di kota.")
    assert unit.target == "House big and guardrail falls in town."
    assert unit.receipts[0].method is Method.CARRIER


def test_the_sentence_is_decoded_anew_where_nothing_else_helps() -> None:
    unit = one(Toy(drops=["pagar", "guardrail", *NOUNS]), "Rumah besar dan pagar jatuh di kota.")
    assert unit.receipts[0].method is Method.REDECODED
    assert unit.target.lower().count("guardrail") == 1


@pytest.mark.parametrize("words", [{}, {"7": "8"}])
def test_what_cannot_be_placed_is_missing_and_the_sentence_stays_as_it_was(words: dict[str, str]) -> None:
    engine = Toy(WORDS | words, drops=["pagar", "guardrail", *NOUNS], deaf=True)
    source = "Rumah besar dan pagar jatuh di 7 kota."
    unit = one(engine, source)
    assert unit.target == engine.translate([source])[0][0].target
    (receipt,) = unit.receipts
    assert (receipt.method, receipt.produced, receipt.target_span) == (Method.MISSING, "", None)


def test_a_candidate_that_loses_a_number_is_not_taken() -> None:
    class Forgetful(Toy):
        def _line(self, words: Sequence[str]) -> str:
            return super()._line([word for word in words if not ("guardrail" in words and word.isdigit())])

    unit = one(Forgetful(drops=["pagar"]), "Rumah besar dan pagar jatuh di 7 kota 1995.")
    assert "7" in unit.target
    assert "1995" in unit.target


def test_a_name_repeated_in_the_source_and_not_in_the_answer_is_partial() -> None:
    plans = plans_of("Velora melihat rumah Velora.")
    answers = (Hypothesis(target="Velora sees its house.", score=-0.1),)
    (unit,) = enforce(plans, [answers], Toy(drops=["rumah", "melihat"]))
    assert unit.receipts[0].method is Method.KEPT
    assert unit.target.count("Velora") in {1, 2}
    assert unit.receipts[1].method in {Method.PARTIAL, Method.CODE_SWITCHED, Method.CARRIER, Method.REDECODED}


@pytest.mark.parametrize(
    ("answer", "target"),
    [
        ("Velora Velora falls.", "Velora falls."),
        ("The house of Velora's Velora falls.", "The house of Velora falls."),
        ("Velora's big house of Velora falls.", "Velora's big house falls."),
        ("Velora's Director Velora falls.", "Director Velora falls."),
        ("Velora saw that Velora fell.", "Velora saw that Velora fell."),
    ],
)
def test_a_term_the_model_stutters_is_said_once(answer: str, target: str) -> None:
    (unit,) = enforce(plans_of("Velora jatuh."), [(Hypothesis(target=answer, score=-0.1),)], Toy(drops=["velora"]))
    assert unit.target == target


def test_literals_are_put_back() -> None:
    source = "Velora di https://velora.example.org/baru dan @velora_ai jatuh."
    answer = "Velora in htps://velora.exampel.org/baru and @veloora_ai falls."
    (unit,) = enforce(plans_of(source), [(Hypothesis(target=answer, score=-0.1),)], Toy())
    assert unit.target == "Velora in https://velora.example.org/baru and @velora_ai falls."


def test_the_only_address_is_put_back_however_garbled() -> None:
    source = "Rumah besar Velora jatuh di kota itu (https://files.example.org/laporan.pdf)."
    answer = "The big house of Velora fell in that town (https://f.e.e.e.com/x)."
    (unit,) = enforce(plans_of(source), [(Hypothesis(target=answer, score=-0.1),)], Toy())
    assert unit.target == "The big house of Velora fell in that town (https://files.example.org/laporan.pdf)."


def test_a_forbidden_target_gives_way_to_another_hypothesis() -> None:
    glossary = Glossary.parse(b"source,target,kind\nlembaga,institution,forbid\n")
    answers = (Hypothesis(target="Institutions fall.", score=-0.1), Hypothesis(target="Bodies fall.", score=-0.2))
    (unit,) = enforce(plans_of("Lembaga jatuh.", glossary=glossary), [answers], Toy())
    assert unit.target == "Bodies fall."


def test_no_target_is_brought_in_that_the_source_does_not_ask_for() -> None:
    glossary = Glossary((*GLOSSARY.terms, Term(source="jatuh", target="decline")))
    plans = plans_of("Velora baru.", glossary=glossary)
    answers = (Hypothesis(target="Vora new.", score=-0.1), Hypothesis(target="Velora decline.", score=-0.1))
    (unit,) = enforce(plans, [answers], Toy(drops=["velora"]))
    assert "decline" not in unit.target


def test_what_is_learned_of_the_engine_is_asked_once() -> None:
    engine = Toy()
    renderings = Renderings(engine)
    for _ in range(2):
        plans = plans_of("Rumah pagar jatuh.")
        enforce(plans, engine.translate([planned.source for planned in plans]), engine, renderings=renderings)
    assert engine.asked.count("pagar") == 1


COMPOUNDS = Glossary.parse(
    b"""source,target,kind
penyebaran virus,virus spread,term
infeksi NOVA-7,NOVA-7 infection,term
NOVA-7,NOVA-7,keep
kasus pasti,confirmed cases,term
wabah,outbreak,term
"""
)


@pytest.mark.parametrize(
    ("source", "answer", "target"),
    [
        ("Penyebaran virus itu.", "The spread of the virus.", "The virus spread."),
        ("Penyebaran virus itu.", "The spreads of a virus.", "The virus spread."),
        ("Korban infeksi NOVA-7 pulih.", "Those with NOVA-7 are well.", "Those with NOVA-7 infection are well."),
        ("Infeksi NOVA-7 dan NOVA-7.", "Infection by NOVA-7, and NOVA-7.", "NOVA-7 infection, and NOVA-7."),
        ("NOVA-7 menyebar.", "The NOVA-7iented spread.", "The NOVA-7 spread."),
    ],
)
def test_what_english_may_make_of_a_compound_is_replaced(source: str, answer: str, target: str) -> None:
    plans = plans_of(source, glossary=COMPOUNDS)
    (unit,) = enforce(plans, [(Hypothesis(target=answer, score=-0.1),)], Toy(drops=["nova-7"], deaf=True))
    assert unit.target == target


def test_a_name_that_is_there_for_itself_is_not_taken_for_the_rest_of_a_compound() -> None:
    plans = plans_of("Infeksi NOVA-7 membuat semua orang takut, lalu NOVA-7 pergi.", glossary=COMPOUNDS)
    answers = (Hypothesis(target="It made everyone afraid of it, then NOVA-7 went away.", score=-0.1),)
    (unit,) = enforce(plans, [answers], Judging("x"))
    assert "then NOVA-7 went away" in unit.target


@pytest.mark.parametrize(
    ("answer", "target"),
    [
        ("People with a confirmed case fell.", "People with confirmed cases fell."),
        ("They say there is a confirmed case here.", "They say there are confirmed cases here."),
        ("A confirmed case is here.", "A confirmed case is here."),
        ("HERE THERE IS A CONFIRMED CASE", "HERE THERE ARE CONFIRMED CASES"),
        ("They speak of a confirmed case's day.", "They speak of a confirmed case's day."),
        ("It counts as a confirmed case.", "It counts as a confirmed case."),
    ],
)
def test_a_plural_of_the_glossary_takes_a_singulars_place_with_its_article(answer: str, target: str) -> None:
    plans = plans_of("Kasus pasti itu.", glossary=COMPOUNDS)
    (unit,) = enforce(plans, [(Hypothesis(target=answer, score=-0.1),)], Toy())
    assert unit.target == target


class Weighing(Toy):
    """Finds texts as likely as it is told to, and all others alike."""

    def __init__(self, scores: Mapping[str, float]) -> None:
        super().__init__()
        self.scores = scores

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        del sources
        return [self.scores.get(target, -0.5) for target in targets]


@pytest.mark.parametrize(
    ("answer", "scores", "target"),
    [
        ("They measure the outbreaks.", {}, "They measure the outbreak."),
        ("The outbreaks are over.", {"The outbreak are over.": -1.5}, "The outbreaks are over."),
        ("OUTBREAKS FEARED", {}, "OUTBREAK FEARED"),
        ("There were 12 outbreaks.", {"There were 12 outbreak.": 0.0}, "There were 12 outbreaks."),
    ],
)
def test_the_glossarys_number_is_taken_where_the_model_finds_it_as_likely(
    answer: str, scores: Mapping[str, float], target: str
) -> None:
    plans = plans_of("Wabah itu.", glossary=COMPOUNDS)
    (unit,) = enforce(plans, [(Hypothesis(target=answer, score=-0.1),)], Weighing(scores))
    assert unit.target == target
    [receipt] = unit.receipts
    assert receipt.target_span is not None
    assert (receipt.method, receipt.target_span.of(target)) == (Method.KEPT, receipt.produced)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("It ends 12 ", True), ("It ends 1,250 new ", True), ("more than 2000 ", True), ("these ", True),
        ("It ends NOVA-7 ", False), ("the 2019 ", False), ("In 2019 new ", False), ("exactly 1 ", False),
        ("In 2019, the ", False), ("He is 12. The ", False), ("They were 3, 4 or 15 ", True),
    ],
)  # fmt: skip
def test_a_number_counts_things_unless_it_is_part_of_a_name_a_year_or_one(before: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert several(before, ".") is expected


class Judging(Toy):
    """Finds texts that have a phrase likely, and others not; forgets what it is to say."""

    def __init__(self, likes: str) -> None:
        super().__init__(drops=["pagar", "guardrail", *NOUNS], deaf=True)
        self.likes = likes

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        return [-0.5 if self.likes in target else -3.0 for _, target in zip(sources, targets, strict=True)]


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("and guardrail falls", "House big and guardrail falls in town."),
        ("big guardrail falls", "House big and falls in town."),  # no such text is offered: "and" is no rendering
    ],
)
def test_a_term_is_put_where_the_model_finds_it_likely_and_no_other_word_is_touched(said: str, target: str) -> None:
    unit = one(Judging(said), "Rumah besar dan pagar jatuh di kota.")
    assert unit.target == target
    assert unit.receipts[0].method is (Method.PLACED if "guardrail" in target else Method.MISSING)


def test_a_term_put_in_where_a_sentence_begins_has_a_capital() -> None:
    unit = one(Judging("uardrail House"), "Pagar rumah besar jatuh di kota.")
    assert unit.target == "Guardrail House big falls in town."
    assert unit.receipts[0].method is Method.PLACED


def test_a_target_of_very_many_words_is_looked_for_in_time() -> None:
    target = " ".join(f"w{number}" for number in range(240))
    glossary = Glossary.parse(f"source,target\npagar,{target}\n".encode())
    start = time.process_time()
    enforce(plans_of("Pagar itu.", glossary=glossary), [(Hypothesis(target="It is there.", score=-0.1),)], Toy())
    assert time.process_time() - start < 2


TOWN = "Rumah besar di kota itu jatuh kemarin, dan Velora melihat."


@pytest.mark.parametrize(
    "answer",
    [
        "The big house in the town fell yesterday, and the Velora area of Velora saw.",
        "The big house in the town fell yesterday, and the Velora and then Velora saw.",
        "The big house in the town fell yesterday, and the Velora's old Velora saw.",
    ],
)
def test_a_target_said_once_too_often_goes_where_the_rest_stays_likely(answer: str) -> None:
    (unit,) = enforce(plans_of(TOWN), [(Hypothesis(target=answer, score=-0.4),)], Judging("the Velora saw"))
    assert unit.target == "The big house in the town fell yesterday, and the Velora saw."


@pytest.mark.parametrize(
    ("answer", "likes"),
    [
        # Likelier as it is.
        ("The big house in the town fell yesterday, and Velora's house, Velora saw.", "Velora's house, Velora"),
        ("The big house in the town fell for Velora. Velora saw.", ""),  # two sentences
        ("Velora fell yesterday in the big house in the town, and Velora saw.", ""),  # far apart
    ],
)
def test_a_target_that_may_be_meant_twice_stays(answer: str, likes: str) -> None:
    (unit,) = enforce(plans_of(TOWN), [(Hypothesis(target=answer, score=-0.4),)], Judging(likes))
    assert unit.target == answer


def test_a_target_said_too_often_goes_after_another_was_put_in() -> None:
    answer = "The big house fell in the town yesterday, and the Velora area of Velora saw."
    plans = plans_of("Rumah besar dan pagar jatuh di kota itu kemarin, dan Velora melihat.")
    (unit,) = enforce(plans, [(Hypothesis(target=answer, score=-0.4),)], Judging("uardrail"))
    assert [unit.target.lower().count(target) for target in ("guardrail", "velora")] == [1, 1]


@pytest.mark.parametrize("again", [False, True])
def test_no_number_common_or_copied_word_gives_way_to_a_term_and_of_one_that_is_there_nothing_but_a_word(
    again: bool,  # noqa: FBT001 - a table
) -> None:
    source, text = "Budi membawa guardrail itu 12 kali", "Budi carried the 12 times"
    want = Want(target="guardrail", occurrences=(0,), exact=False)
    slot = Slot(source=source, start=13, text=text, want=want, standing=standing(text, (want,)))
    made = list(insertions(slot, "en", again=again))
    assert made
    assert all({"Budi", "the", "12"} <= set(one.split()) for one in made)
    whole = [one for one in made if len(one.split()) > len(text.split())]
    assert bool(whole) is not again


def test_a_term_is_put_in_the_place_of_its_own_word_and_not_beside_it() -> None:
    source, text = "Kemarin manajer tech giant itu berbicara lama", "Yesterday a tech manager spoke at length"
    want = Want(target="tech giant", occurrences=(0,), exact=False)
    made = list(insertions(Slot(source=source, start=16, text=text, want=want, standing=standing(text, (want,))), "en"))
    assert "Yesterday a tech giant manager spoke at length" in made
    assert not [one for one in made if "tech giant tech" in one or "tech tech giant" in one]
    assert not [one for one in made if "tech manager tech giant" in one]


def test_no_term_is_put_between_words_that_stand_side_by_side_in_the_source() -> None:
    source, text = "Kepala Data Scientist Manager raksasa itu bicara", "Principal Data Scientist Manager spoke"
    want = Want(target="tech giant", occurrences=(0,), exact=False)
    made = list(insertions(Slot(source=source, start=30, text=text, want=want, standing=standing(text, (want,))), "en"))
    assert "Principal tech giant Data Scientist Manager spoke" in made
    assert "Principal Data Scientist Manager tech giant spoke" in made
    assert all("Data Scientist Manager" in one for one in made)


def test_before_a_copied_title_a_term_is_put_once_however_long_the_title_is() -> None:
    source = "Budi, Principal Data Scientist Manager raksasa itu bicara"
    text = "Budi, he spoke, Principal Data Scientist Manager"
    want = Want(target="tech giant", occurrences=(0,), exact=False)
    made = list(insertions(Slot(source=source, start=39, text=text, want=want, standing=standing(text, (want,))), "en"))
    assert made.count("Budi, he spoke, tech giant Principal Data Scientist Manager") == 1


def test_a_target_before_a_longer_one_that_begins_so_stands_twice() -> None:
    targets = ("NOVA-7 case", "NOVA-7")
    wanted = [Want(target=target, occurrences=(number,), exact=True) for number, target in enumerate(targets)]
    texts = ("the NOVA-7 NOVA-7 case", "the NOVA-7 case NOVA-7", "the NOVA-7 case and NOVA-7")
    assert [standing(text, wanted).doubled for text in texts] == [1, 0, 0]


def test_a_term_that_is_there_already_is_not_asked_for_with_carriers() -> None:
    engine = Toy(drops=["velora"], deaf=True)
    answers = (Hypothesis(target="Velora sees its house.", score=-0.1),)
    enforce(plans_of("Velora melihat rumah Velora."), [answers], engine)
    assert not [source for source in engine.asked if "London" in source and " " in source]


SENTENCES = st.lists(
    st.sampled_from([*WORDS, "Velora", "Felora", "dewan direksi", "Gudang Putih", "lembaga", "3", "1.250", "@akun"]),
    min_size=1,
    max_size=12,
).map(" ".join)


@given(st.lists(SENTENCES, min_size=1, max_size=4), st.sets(st.sampled_from(["pagar", "velora", "dewan", "agency"])))
def test_enforcing_harms_nothing(sources: list[str], drops: set[str]) -> None:
    engine = Toy(drops=sorted(drops))
    plans = plans_of(*sources)
    hypotheses = engine.translate([planned.source for planned in plans])
    units = enforce(plans, hypotheses, engine)
    assert [unit.segment.source for unit in units] == sources
    for unit, planned, answers in zip(units, plans, hypotheses, strict=True):
        assert len(unit.receipts) == len(planned.matches)
        if not planned.matches:
            assert unit.target == answers[0].target
        for literal in literals(answers[0].target):
            assert literal.of(answers[0].target) in unit.target
        there = [receipt for receipt in unit.receipts if receipt.target_span]
        assert len({receipt.target_span for receipt in there}) == len(there)
        for receipt in there:
            assert receipt.target_span is not None
            assert receipt.target_span.of(unit.target) == receipt.produced != ""


@given(st.lists(SENTENCES, min_size=2, max_size=4))
@example(["dan dan Gudang Putih dewan direksi", "dewan direksi"])
def test_enforcing_does_not_depend_on_the_articles_enforced_with_it(sources: list[str]) -> None:
    engine = Toy(drops=["pagar"])
    plans = [planned for number, source in enumerate(sources) for planned in plans_of(source, name=f"a{number}")]
    together = enforce(plans, engine.translate([planned.source for planned in plans]), engine)
    assert [unit.target for unit in together] == [one(engine, source).target for source in sources]


@pytest.mark.parametrize(
    ("one_", "many"), [("class", "classes"), ("AI lab", "AI labs"), ("child", "children"), ("series", "series")]
)
def test_plural_and_singular_are_each_others_reverse(one_: str, many: str) -> None:
    assert plural(one_) == many
    assert singular(many) == one_


@pytest.mark.parametrize(
    ("before", "phrase", "after"),
    [("a ", "hour", "an "), ("An ", "union", "A "), ("a ", "FBI agent", "an "), ("the ", "AI", "the "), ("", "x", "")],
)
def test_the_article_follows_the_sound(before: str, phrase: str, after: str) -> None:
    assert articled(before, phrase) == after
