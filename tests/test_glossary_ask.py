"""What the engine is asked for a glossary's sake: at once where it can be foreseen, and only what a row touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
import regex
from engines import EnglishEngine, Question

from normalize.corpus import Article, Method, Segment, Span, Unit
from normalize.enforce import Renderings, ask, enforce, plan
from normalize.engine import Hypothesis
from normalize.glossary import Glossary

WORDS = {
    "pagar": "fence", "itu": "the", "baru": "new", "jatuh": "falls", "rumah": "house", "lembaga": "institute",
    "dan": "and", "kota": "town", "besar": "big", "tua": "old", "warga": "citizens",
}  # fmt: skip
CARRIERS = frozenset({"radio", "robot", "piano", "bank", "hotel", "museum", "film", "virus", "album", "forum"})
ARTICLE = ("Pagar itu baru.", "Rumah besar jatuh.", "Lembaga itu tua.", "Warga kota itu tua.")


class Remembering(EnglishEngine):
    """Translates word by word, each question once: as an engine behind a memory does."""

    def __init__(self, words: Mapping[str, str] = WORDS) -> None:
        super().__init__("remembering")
        self._words = words
        self._known: dict[Question, tuple[Hypothesis, ...]] = {}
        self.new: list[str] = []
        """What was asked for the first time."""

    def _answer(self, source: str, prefix: str) -> tuple[Hypothesis, ...]:
        words = regex.findall(r"\w+|[^\w\s]", source)[len(prefix.split()) :]
        line = " ".join([prefix, *(self._words.get(word.lower(), word) for word in words)]).strip()
        line = regex.sub(r" (?=[.,])", "", line)
        return (Hypothesis(target=line[:1].upper() + line[1:], score=-0.5),)

    def answers(self, question: Question) -> tuple[Hypothesis, ...]:
        assert question.no_repeat == 0
        if question not in self._known:
            self.new.append(question.source)
            self._known[question] = self._answer(question.source, question.prefix)
        return self._known[question]


def converted(engine: Remembering, rows: str, sentences: Sequence[str] = ARTICLE) -> tuple[Unit, ...]:
    text = "\n".join(sentences)
    article = Article(id="a", path="a.txt", raw=text, text=text, sha256="", language="id")
    starts = [sum(len(one) + 1 for one in sentences[:number]) for number in range(len(sentences))]
    segments = [
        Segment(
            id=f"a:{number}", article="a", paragraph=number, span=Span(start=start, end=start + len(source)),
            source=source, language="id",
        )
        for number, (start, source) in enumerate(zip(starts, sentences, strict=True))
    ]  # fmt: skip
    glossary = Glossary.parse(f"source,target,kind\n{rows}".encode())
    renderings = Renderings(engine)
    plans, answers = ask(plan(segments, glossary, article), engine, renderings)
    return enforce(plans, answers, engine, renderings=renderings)


def test_a_target_that_the_engine_copies_stands_in_the_source_from_the_first() -> None:
    engine = Remembering()
    units = converted(engine, "pagar,guardrail,\n")
    assert units[0].target == "Guardrail the new."
    assert units[0].receipts[0].method is Method.CODE_SWITCHED
    assert "guardrail itu baru." in engine.new
    assert ARTICLE[0] not in engine.new


def test_what_the_engine_says_by_itself_is_asked_as_it_stands() -> None:
    engine = Remembering()
    (unit,) = converted(engine, "pagar,fence,\n", ARTICLE[:1])
    assert (unit.receipts[0].method, ARTICLE[0] in engine.new) == (Method.KEPT, True)


def test_a_carrier_stands_in_where_the_engine_does_not_copy_the_target() -> None:
    engine = Remembering(WORDS | {"barrier": "barier"})
    (unit,) = converted(engine, "pagar,barrier,\n", ARTICLE[:1])
    assert (unit.target, unit.receipts[0].method) == ("Barrier the new.", Method.CARRIER)


@pytest.mark.parametrize("said", ["radio radio", "radioradio", "radioactive"])
def test_where_a_carriers_place_is_not_clear_the_term_itself_is_asked_for(said: str) -> None:
    class Stuttering(Remembering):
        def _answer(self, source: str, prefix: str) -> tuple[Hypothesis, ...]:
            (answer,) = super()._answer(source, prefix)
            if source in CARRIERS:
                return (answer,)
            return (Hypothesis(target=regex.sub("(?i)radio", said, answer.target), score=-0.5),)

    engine = Stuttering(WORDS | {"barrier": "barier"})
    (unit,) = converted(engine, "pagar,barrier,\n", ARTICLE[:1])
    assert "radio" not in unit.target.lower()
    assert ARTICLE[0] in engine.new


def test_what_stands_in_for_a_term_brings_no_other_target_with_it() -> None:
    class Suggestible(Remembering):
        def _answer(self, source: str, prefix: str) -> tuple[Hypothesis, ...]:
            (answer,) = super()._answer(source, prefix)
            said = answer.target.replace("the new", "the agency") if "guardrail" in source else answer.target
            return (Hypothesis(target=said, score=-0.5),)

    engine = Suggestible()
    (unit,) = converted(engine, "pagar,guardrail,\nlembaga,agency,\n", ARTICLE[:1])
    assert unit.target == "Guardrail the new."
    assert ARTICLE[0] in engine.new


def test_a_segment_without_a_term_is_what_it_is_without_a_glossary() -> None:
    bare = converted(Remembering(), "")
    units = converted(Remembering(), "pagar,guardrail,\nlembaga,agency,\n")
    assert [unit.target for unit in bare][1::2] == [unit.target for unit in units][1::2]


def test_editing_a_row_asks_the_engine_only_for_the_segments_it_touches() -> None:
    engine = Remembering()
    before = converted(engine, "pagar,guardrail,\nlembaga,agency,\n")
    engine.new.clear()
    after = converted(engine, "pagar,guardrail,\nlembaga,bureau,\n")
    changed = [unit.segment.id for unit, old in zip(after, before, strict=True) if unit.target != old.target]
    assert changed == ["a:2"]
    assert after[2].target == "Bureau the old."
    # The row's words alone, and its one sentence with whatever stands in for the term: nothing else.
    rest = [source for source in engine.new if source not in {"lembaga", "bureau"}]
    assert rest
    assert all(source.endswith("itu tua.") and "Warga" not in source for source in rest)


def test_the_same_glossary_again_asks_the_engine_nothing() -> None:
    engine = Remembering()
    first = converted(engine, "pagar,guardrail,\nlembaga,agency,\n")
    engine.new.clear()
    assert converted(engine, "pagar,guardrail,\nlembaga,agency,\n") == first
    assert engine.new == []


@pytest.mark.parametrize(
    ("row", "said", "source", "target"),
    [
        ("pagar,guardrail,", "guardrails", "Pagar itu baru.", "Guardrail the new."),  # ours, and nothing asks for many
        ("pagar,social distancing,", "social distancings", "Pagar itu baru.", "Social distancing the new."),
        ("pagar,World Board,term", "World Boards", "Pagar itu baru.", "World Board the new."),
        ("pagar,droplets,", "droplet", "Pagar itu baru.", "Droplets the new."),  # the glossary's own form is plural
    ],
)
def test_a_target_put_in_stands_in_the_glossarys_number(row: str, said: str, source: str, target: str) -> None:
    class Inflecting(Remembering):
        def _answer(self, source: str, prefix: str) -> tuple[Hypothesis, ...]:
            (answer,) = super()._answer(source, prefix)
            wanted = row.split(",")[1]
            text = regex.sub(f"(?i)\\b{wanted}\\b", said, answer.target) if " " in source.strip(".") else answer.target
            return (Hypothesis(target=text[:1].upper() + text[1:], score=-0.5),)

    (unit,) = converted(Inflecting(), f"{row}\n", [source])
    assert unit.target == target
    assert unit.receipts[0].target_span is not None
    assert unit.receipts[0].target_span.of(unit.target) == unit.receipts[0].produced


def test_a_plural_that_the_source_shows_stays() -> None:
    (unit,) = converted(Remembering(), "pagar,guardrail,\n", ["Pagar-pagar itu baru."])
    assert unit.receipts[0].produced.lower() == "guardrails"


class Deaf(Remembering):
    """Loses whatever stands with other words, and keeps to no prefix."""

    def _answer(self, source: str, prefix: str) -> tuple[Hypothesis, ...]:
        del prefix
        known = {"kota": "town", "besar": "big"}
        alone = len(regex.findall(r"\w+", source)) == 1
        text = regex.sub(r"\w+", lambda word: known.get(word[0].lower(), word[0] if alone else ""), source)
        return (Hypothesis(target=text.strip(" :").capitalize() + ":" * source.endswith(":"), score=-0.5),)


def test_a_heading_is_translated_around_its_term_where_nothing_else_helps() -> None:
    (unit,) = converted(Deaf(), "Velora,Velora,name\n", ["Kota: Velora"])
    assert (unit.target, unit.receipts[0].method) == ("Town: Velora", Method.SPLIT)


def test_a_sentence_is_never_split() -> None:
    (unit,) = converted(Deaf(), "Velora,Velora,name\n", ["Kota besar Velora."])
    assert [receipt.method for receipt in unit.receipts] == [Method.MISSING]


@pytest.mark.parametrize(
    ("row", "source", "said", "target"),
    [
        ("vaccin", "L'exposition au vaccin.", "Exposure to vaccines.", "Exposure to the vaccine."),
        ("vaccin", "Le vaccin.", "The vaccines.", "The vaccine."),
        ("virus", "Le virus.", "The vaccines.", "The vaccine."),  # ends in s in the singular too
        ("vaccin", "Trois vaccins.", "Three vaccines.", "Three vaccines."),
        ("vaccins", "Les vaccins.", "The vaccines.", "The vaccines."),  # the row's source is a plural itself
        ("vaccin", "Un vaccin.", "Vaccines here are new.", "Vaccines here are new."),  # more than a word would change
        ("vaccin", "De vaccin.", "Types of vaccines.", "Types of vaccines."),
    ],
)
def test_the_models_own_plural_gives_way_only_to_a_singular_with_an_article(
    row: str, source: str, said: str, target: str
) -> None:
    article = Article(id="a", path="a.txt", raw=source, text=source, sha256="", language="fr")
    segment = Segment(
        id="a:0", article="a", paragraph=0, span=Span(start=0, end=len(source)), source=source, language="fr"
    )
    plans = plan([segment], Glossary.parse(f"source,target\n{row},vaccine\n".encode()), article)
    (unit,) = enforce(plans, [(Hypothesis(target=said, score=-0.5),)], Remembering({}))
    assert unit.target == target
