"""The memory of answers and corrections: the same as without it, found again, and in doubt not used."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normalize.corpus import State
from normalize.engine import Engine, Hypothesis
from normalize.errors import UsageError
from normalize.memory import Memory, Remembered, RememberingEngine, normal
from normalize.memory.numbers import carried_over
from normalize.memory.words import similarity


class Toy:
    """Answers by what it is asked, and notes it."""

    source_language = "id"
    target_language = "en"

    def __init__(self, signature: str = "toy@1|beam 4") -> None:
        self.signature = signature
        self.asked: list[tuple[object, ...]] = []

    def fits(self, source: str) -> bool:
        return len(source) < 100

    def translate(
        self,
        sources: Sequence[str],
        *,
        hypotheses: int = 1,
        prefixes: Sequence[str] | None = None,
        no_repeat: int = 0,
    ) -> list[tuple[Hypothesis, ...]]:
        if hypotheses < 1:
            raise ValueError("at least one")
        begun = [""] * len(sources) if prefixes is None else prefixes
        return [self._one(source, prefix, hypotheses, no_repeat) for source, prefix in zip(sources, begun, strict=True)]

    def _one(self, source: str, prefix: str, hypotheses: int, no_repeat: int) -> tuple[Hypothesis, ...]:
        self.asked.append((source, prefix, hypotheses, no_repeat))
        texts = [f"{prefix}{source[::-1]}{self.signature}{no_repeat}/{rank}" for rank in range(hypotheses)]
        return tuple(
            Hypothesis(target=text, score=-len(text) / 7 - rank, truncated=len(source) % 5 == 4)
            for rank, text in enumerate(texts)
        )

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        self.asked += zip(sources, targets, strict=True)
        return [-(len(source) + 1) / (len(target) + 3) for source, target in zip(sources, targets, strict=True)]


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory(tmp_path / "memory.sqlite") as opened:
        yield opened


SOME = ["", " ", "satu", "dua", "tiga\0", "e\u0301", "é", "\ud800", "😀"]
TEXTS = st.one_of(st.sampled_from(SOME), st.text(max_size=8))
CALLS = st.lists(
    st.tuples(
        st.sampled_from(["translate", "score"]), st.sampled_from(["toy@1", "toy@2"]),
        st.lists(st.tuples(TEXTS, TEXTS), max_size=6), st.integers(1, 3), st.booleans(), st.integers(0, 2),
        st.booleans(),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def answered(
    engine: Engine, kind: str, pairs: list[tuple[str, str]], hypotheses: int, no_repeat: int, *, led: bool
) -> object:
    sources, others = [one for one, _ in pairs], [other for _, other in pairs]
    if kind == "score":
        return engine.score(sources, others)
    return engine.translate(sources, hypotheses=hypotheses, prefixes=others if led else None, no_repeat=no_repeat)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CALLS)
def test_a_remembering_engine_answers_as_the_bare_one_in_any_sequence_of_calls(
    memory: Memory, calls: list[tuple[str, str, list[tuple[str, str]], int, bool, int, bool]]
) -> None:
    for kind, signature, pairs, hypotheses, led, no_repeat, ask_again in calls:
        toy = Toy(signature)
        engine: Engine = RememberingEngine(toy, memory)
        wanted = answered(Toy(signature), kind, pairs, hypotheses, no_repeat, led=led)
        assert answered(engine, kind, pairs, hypotheses, no_repeat, led=led) == wanted
        assert len(toy.asked) == len(set(toy.asked))
        if ask_again:
            before = len(toy.asked)
            assert answered(engine, kind, pairs, hypotheses, no_repeat, led=led) == wanted
            # Only what cannot be written down as text is asked again.
            assert all("\ud800" in str(one) or "\\ud800" in str(one) for one in toy.asked[before:])


def test_what_was_answered_once_is_not_asked_again_by_anyone_with_the_same_signature(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    first, second, other = Toy(), Toy(), Toy("toy@1|beam 1")
    with Memory(path) as memory:
        engine = RememberingEngine(first, memory)
        engine.translate(["satu", "dua", "satu"])
        assert (engine.hits, engine.misses) == (1, 2)
        assert [one[0] for one in first.asked] == ["satu", "dua"]
    with Memory(path) as memory:
        engine = RememberingEngine(second, memory)
        assert engine.translate(["dua", "satu"]) == Toy().translate(["dua", "satu"])
        assert (engine.hits, engine.misses, second.asked) == (2, 0, [])
        RememberingEngine(other, memory).translate(["dua"])
        assert len(other.asked) == 1


def test_signature_languages_and_fit_are_the_engines_own(memory: Memory) -> None:
    engine = RememberingEngine(Toy(), memory)
    assert (engine.signature, engine.source_language, engine.target_language) == ("toy@1|beam 4", "id", "en")
    assert engine.fits("a")
    assert not engine.fits("a" * 100)


def test_a_wrong_call_fails_as_it_does_without_memory(memory: Memory) -> None:
    engine = RememberingEngine(Toy(), memory)
    with pytest.raises(ValueError, match="at least one"):
        engine.translate(["a"], hypotheses=0)
    with pytest.raises(ValueError, match="shorter"):
        engine.translate(["a", "b"], prefixes=[""])
    with pytest.raises(ValueError, match="longer"):
        engine.score(["a"], ["b", "c"])


def test_an_engine_that_answers_too_few_is_an_error_and_nothing_of_it_is_kept(memory: Memory) -> None:
    class Short(Toy):
        def translate(self, sources: Sequence[str], **options: object) -> list[tuple[Hypothesis, ...]]:
            del options
            return super().translate(sources[1:])

    with pytest.raises(ValueError, match="shorter"):
        RememberingEngine(Short(), memory).translate(["a", "b"])
    assert memory.stats().answers == 0


def test_threads_share_one_memory(memory: Memory) -> None:
    engine = RememberingEngine(Toy(), memory)
    sources = [f"kalimat {number}" for number in range(300)]
    wrong: list[int] = []

    def work(start: int) -> None:
        for at in range(start, 300, 20):
            part = sources[at : at + 40]
            if engine.translate(part) != Toy().translate(part):
                wrong.append(at)
        memory.correct([made(f"Utas {start}.", "Thread.")])

    threads = [threading.Thread(target=work, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert memory.stats().answers == 300
    assert len(list(memory.remembered())) == 4


def made(source: str, target: str, state: State = State.REVIEWED, **more: str) -> Remembered:
    return Remembered(source=source, target=target, source_language="id", target_language="en", state=state, **more)


def test_a_correction_is_found_by_its_source_however_blank_or_composed(memory: Memory) -> None:
    one = made("Kafe\u0301  itu tutup.", "The café is closed.", comment="checked", article="a-1")
    assert memory.correct([one]) == 1
    asked = ["Kafé itu tutup.", " Kafe\u0301\u00a0itu\ntutup. ", "Kafe itu tutup."]
    assert memory.corrections(asked, "id", "en") == {asked[0]: one, asked[1]: one}
    assert memory.corrections(asked, "id", "fr") == {}
    assert memory.corrections(asked, "ms", "en") == {}
    assert memory.corrections(asked[:1], "ID", "eng") == {asked[0]: one}


def test_the_newest_correction_wins_and_the_older_are_history(memory: Memory) -> None:
    first, second, third = made("Ya.", "Yes."), made("Ya.", "Yeah.", State.FINAL), made(" Ya. ", "Yes.")
    assert memory.correct([first, second]) == 2
    assert memory.correct([third]) == 1
    assert memory.correct([third]) == 0
    assert memory.corrections(["Ya."], "id", "en") == {"Ya.": third}
    assert memory.history("Ya.", "id", "en") == (second, first)
    assert list(memory.remembered()) == [third]


def test_the_signature_names_the_corrections_and_nothing_else(tmp_path: Path) -> None:
    one, two = made("Ya.", "Yes."), made("Tidak.", "No.")
    with Memory(tmp_path / "a") as first, Memory(tmp_path / "b") as second:
        assert first.signature() == second.signature() == ""
        first.correct([one, two])
        RememberingEngine(Toy(), first).translate(["Ya."])
        second.correct([two, made("Ya.", "Yeah.")])
        assert first.signature() != second.signature()
        second.correct([one])
        assert first.signature() == second.signature() != ""


@pytest.mark.parametrize("state", [State.INITIAL, State.TRANSLATED])
def test_machine_output_is_no_correction(memory: Memory, state: State) -> None:
    with pytest.raises(ValueError, match="reviewed or final"):
        memory.correct([made("Ya.", "Yes."), made("Tidak.", "No.", state)])
    assert list(memory.remembered()) == []


def test_a_correction_needs_a_source_and_known_languages(memory: Memory) -> None:
    with pytest.raises(ValueError, match="has a source"):
        memory.correct([made(" \n", "Yes.")])
    with pytest.raises(UsageError, match="is not a language tag"):
        memory.correct([Remembered(source="a", target="b", source_language="??", target_language="en")])


@given(st.text())
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_forgetting_takes_corrections_history_and_answers_of_a_source(memory: Memory) -> None:
    engine = RememberingEngine(Toy(), memory)
    engine.translate(["Ya.", "Tidak."])
    engine.score(["Ya."], ["Yes."])
    memory.correct([made("Ya.", "Yeah."), made("Ya.", "Yes."), made("Tidak.", "No.")])
    tried = memory.forget(source=" Ya. ", dry_run=True)
    assert (tried.corrections, tried.older, tried.answers) == ((made("Ya.", "Yes."),), 1, 2)
    assert len(list(memory.remembered())) == 2
    assert memory.forget(source=" Ya. ") == tried
    assert list(memory.remembered()) == [made("Tidak.", "No.")]
    assert memory.history("Ya.", "id", "en") == ()
    assert memory.stats().answers == 1
    assert memory.suggest("Ya.", "id", "en") == ()


def test_forgetting_by_expression_article_and_language(memory: Memory) -> None:
    kept = [made("Harga beras naik.", "a", article="x"), made("Harga emas naik.", "b", article="y"),
            made("Hujan turun.", "c", article="x")]  # fmt: skip
    memory.correct(kept)
    RememberingEngine(Toy(), memory).translate(["Harga perak naik."])
    assert memory.forget(matching="^Harga", article="x").corrections == (kept[0],)
    assert memory.stats().answers == 1
    assert memory.forget(matching="^Harga", source_language="fr").corrections == ()
    gone = memory.forget(matching="(?i)HARGA")
    assert (gone.corrections, gone.answers) == ((kept[1],), 1)
    with pytest.raises(UsageError, match="nothing is said"):
        memory.forget()
    with pytest.raises(UsageError, match="no regular expression"):
        memory.forget(matching="(")
    assert list(memory.remembered()) == [kept[2]]


def test_an_expression_that_takes_for_ever_is_refused(memory: Memory) -> None:
    memory.correct([made("a" * 5000 + "!", "b")])
    with pytest.raises(UsageError, match="takes too long"):
        memory.forget(matching="(a|aa|a?a)+$")
    assert len(list(memory.remembered())) == 1


def test_pruning_drops_answers_by_engine_and_by_use_and_no_correction(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    for signature, sources in (("old", ["a", "b"]), ("new", ["a", "b", "c"]), ("new", ["b"])):
        with Memory(path) as memory:
            RememberingEngine(Toy(signature), memory).translate(sources)
            memory.correct([made("Ya.", "Yes.")])
    with Memory(path) as memory:
        found = {one.signature: (one.answers, one.last_run, one.in_last_run) for one in memory.stats().engines}
        assert found == {"old": (2, 1, 0), "new": (3, 3, 1)}
        tried = memory.prune(keep=lambda signature: signature == "new", dry_run=True)
        assert (tried.answers, tried.engines) == (2, ("old",))
        assert memory.stats().answers == 5
        gone = memory.prune(keep=lambda signature: signature == "new")
        assert (gone.answers, gone.engines) == (2, ("old",))
        assert memory.prune(unused=2).answers == 0
        assert memory.prune(unused=1).answers == 2
        toy = Toy("new")
        RememberingEngine(toy, memory).translate(["a", "b"])
        assert [one[0] for one in toy.asked] == ["a"]
        assert memory.corrections(["Ya."], "id", "en") == {"Ya.": made("Ya.", "Yes.")}


def test_suggestions_are_the_most_similar_sources_first(memory: Memory) -> None:
    near = made("Pemerintah akan menaikkan harga beras pada tahun yang akan datang.", "near")
    nearer = made("Pemerintah akan menaikkan harga beras pada bulan Juni nanti.", "nearer")
    memory.correct([near, nearer, made("Hujan deras turun di kota itu kemarin.", "far")])
    found = memory.suggest("Pemerintah akan menaikkan harga beras pada bulan Juni.", "id", "en")
    assert [one.remembered for one in found] == [nearer, near]
    assert 0.7 < found[1].similarity < found[0].similarity < 1
    assert memory.suggest("Pemerintah akan menaikkan harga beras pada bulan Juni.", "id", "en", limit=1) == found[:1]
    assert memory.suggest("Pemerintah akan menaikkan harga beras pada bulan Juni.", "fr", "en") == ()


def test_suggestions_are_found_in_scripts_without_blanks(memory: Memory) -> None:
    one = Remembered(source="政府明年将提高大米价格。", target="x", source_language="zh", target_language="en")
    memory.correct([one])
    assert [each.remembered for each in memory.suggest("政府今年将提高大米价格。", "zh", "en")] == [one]


@given(st.text(max_size=30), st.text(max_size=30))
def test_similarity_is_symmetric_and_one_for_the_same(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, one) == 1


@given(st.text(alphabet="abc", max_size=12), st.text(alphabet="abc", max_size=12))
def test_similarity_is_that_of_the_longest_common_subsequence(one: str, other: str) -> None:
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for row, first in enumerate(one):
        for column, second in enumerate(other):
            longer = max(table[row][column + 1], table[row + 1][column])
            table[row + 1][column + 1] = table[row][column] + 1 if first == second else longer
    wanted = 2 * table[-1][-1] / (len(one) + len(other)) if one and other else float(one == other)
    assert similarity(one, other) == wanted


CARRIED = [
    # new source, old source, old target, new target
    ("Ada 30 rumah.", "Ada 12 rumah.", "There are 12 houses.", "There are 30 houses."),
    ("Harganya Rp 3,4 triliun.", "Harganya Rp 1,2 triliun.", "It costs Rp 1.2 trillion.", "It costs Rp 3.4 trillion."),
    ("Naik 7,5 persen.", "Naik 12 persen.", "Up 12 percent.", "Up 7.5 percent."),
    ("Ada 12.500 warga.", "Ada 950 warga.", "There are 950 residents.", "There are 12,500 residents."),
    ("Ada 80 warga.", "Ada 12.500 warga.", "There are 12,500 residents.", "There are 80 residents."),
    ("Lahir pada 2024.", "Lahir pada 2019.", "Born in 2019.", "Born in 2024."),
    ("Ada 5 kota, 9 desa.", "Ada 9 kota, 5 desa.", "It has 5 villages, 9 towns.", "It has 9 villages, 5 towns."),
    ("Ia membawa 40 buku ke 3 kota.", "Ia membawa 25 buku ke 3 kota.", "To 3 towns he took 25 books.",
     "To 3 towns he took 40 books."),
    ("Pada 21 Mei 2024 hujan.", "Pada 17 Mei 2024 hujan.", "It rained on May 17, 2024.", "It rained on May 21, 2024."),
    ("Naik 18 persen.", "Naik 8 persen.", "An 8 percent rise.", "An 18 percent rise."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "old", "target", "wanted"), CARRIED)
def test_numbers_are_carried_over_where_each_is_verified(source: str, old: str, target: str, wanted: str) -> None:
    assert carried_over(source, old, target, "id", "en") == wanted


DOUBTFUL = [
    ("one thing becomes several", "Ada 5 rumah.", "Ada 1 rumah.", "There is 1 house."),
    ("several become one", "Ada 1 rumah.", "Ada 5 rumah.", "There are 5 houses."),
    ("none", "Ada 0 rumah.", "Ada 5 rumah.", "There are 5 houses."),
    ("in words in the target", "Ada 7 rumah.", "Ada 5 rumah.", "There are five houses."),
    ("not in the target", "Ada 7 rumah.", "Ada 5 rumah.", "There are some houses."),
    ("another number in the target", "Ada 7 rumah.", "Ada 5 rumah.", "There are 6 houses."),
    ("twice in the source", "Dari 7 desa, 8 hilang.", "Dari 5 desa, 5 hilang.", "Of 5 villages, 5 are lost."),
    ("twice in the target", "Ada 7 rumah.", "Ada 5 rumah.", "There are 5 houses (5 in all)."),
    ("in words in the source too", "Ada 7 (lima) rumah.", "Ada 5 (lima) rumah.", "There are 5 (five) houses."),
    ("a or an", "Naik 8 persen.", "Naik 5 persen.", "A 5 percent rise."),
    ("another scale word", "Rp 900 miliar.", "Rp 1.200 miliar.", "Rp 1.2 trillion."),
    ("may be thousands or a decimal", "Naik 1,250 persen.", "Naik 5 persen.", "Up 5 percent."),
    ("an ordinal", "Hari ke-3 itu.", "Hari ke-5 itu.", "That 5th day."),
    ("a time", "Pukul 08.45 WIB.", "Pukul 19.30 WIB.", "At 7:30 p.m."),
    ("a code", "Telepon 021-555-9999.", "Telepon 021-555-1234.", "Call 021-555-1234."),
    ("the words differ too", "Ada 7 toko.", "Ada 5 rumah.", "There are 5 houses."),
    ("nothing differs", "Ada 5 rumah.", "Ada 5 rumah.", "There are 5 houses."),
    ("a score", "Menang 3-0.", "Menang 2-0.", "Won 2-0."),
    ("the correction itself is wrong", "Ada 7 dari 9.", "Ada 5 dari 8.", "There are 5 of 9."),
    ("a month in digits", "Pada (20/12).", "Pada (20/11).", "On (November 20)."),
    ("a leading nought", "Nomor 007.", "Nomor 12.", "Number 12."),
]


@pytest.mark.parametrize(("doubt", "source", "old", "target"), DOUBTFUL)
def test_numbers_in_doubt_are_left_to_people(doubt: str, source: str, old: str, target: str) -> None:
    assert doubt
    assert carried_over(source, old, target, "id", "en") == ""


@pytest.mark.parametrize(("source_language", "target_language"), [("id", "ru"), ("ja", "en"), ("id", "ar")])
def test_languages_whose_numbers_are_not_known_are_left_to_people(source_language: str, target_language: str) -> None:
    assert carried_over("A 30 b.", "A 12 b.", "C 12 d.", source_language, target_language) == ""


def test_french_keeps_the_way_of_writing_of_its_side() -> None:
    old, target = "Il y a 1 250 maisons.", "There are 1,250 houses."
    assert carried_over("Il y a 34 500 maisons.", old, target, "fr", "en") == "There are 34,500 houses."
    assert carried_over("Up 2.5 points.", "Up 3.5 points.", "En hausse de 3,5 points.", "en", "fr") == (
        "En hausse de 2,5 points."
    )
    assert carried_over("Up 1.5 points.", "Up 3.5 points.", "En hausse de 3,5 points.", "en", "fr") == ""


@given(st.integers(2, 10**7), st.integers(2, 10**7))
def test_a_number_carried_over_is_the_sources(old: int, new: int) -> None:
    def shown(number: int, mark: str) -> str:
        return f"{number:,}".replace(",", mark)

    found = carried_over(
        f"Ada {shown(new, '.')} ton beras.", f"Ada {shown(old, '.')} ton beras.", f"There are {shown(old, ',')} tons.",
        "id", "en",
    )  # fmt: skip
    assert found in {"", f"There are {shown(new, ',')} tons."}
    # Three digits with a mark may be a decimal or a year in some reading; most numbers may not.
    if min(old, new) >= 10**4 and old != new:
        assert found


def test_a_substituted_translation_says_what_it_is(memory: Memory) -> None:
    old = made("Ada 12 rumah di desa.", "The village has 12 houses.", State.FINAL, article="a-1")
    memory.correct([old, made("Ada 12 rumah di kota.", "The town has a dozen houses.")])
    source = "Ada 30  rumah di desa."
    found = memory.substituted(source, "id", "en")
    assert found == made(
        source, "The village has 30 houses.", State.TRANSLATED, article="a-1",
        comment="numbers put into the translation of: Ada 12 rumah di desa.",
    )  # fmt: skip
    asked = [source, "Ada 30 rumah di kota.", "Ada rumah.", old.source, source]
    assert memory.substitutions(asked, "id", "en") == {source: found}
    suggestion = memory.suggest(source, "id", "en")[0]
    assert (suggestion.target, suggestion.exact_but_numbers) == ("The village has 30 houses.", True)
    assert suggestion.remembered == old


def test_corrections_that_disagree_are_not_substituted(memory: Memory) -> None:
    memory.correct([made("Ada 12 rumah.", "There are 12 houses."), made("Ada 15 rumah.", "15 houses are there.")])
    assert memory.substituted("Ada 30 rumah.", "id", "en") is None
    memory.correct([made("Ada 15 rumah.", "15 houses are there.", State.FINAL)])
    found = memory.substituted("Ada 30 rumah.", "id", "en")
    assert found is not None
    assert found.target == "30 houses are there."
