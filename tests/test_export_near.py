"""Near-duplicates: how well they are found, which one stays, and what they tie together in splits."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.corpus import State
from normalize.errors import UsageError
from normalize.export import ArticleRow, Corpus, Filter, Options, Splits, UnitRow, export, form_named
from normalize.export.judge import Verdicts, judge
from normalize.export.near import LONG, SIMILAR, Signatures, _shingles, clusters, similarity
from normalize.export.near import signature as minhash
from normalize.export.splits import COMMON
from normalize.export.text import weight
from normalize.rows import line

SYLLABLES = [one + two for one in "bdghklmnprstw" for two in "aeu"]
WORDS = 12
"""Of a sentence, at least: what the documentation promises begins there."""


class Writer:
    """Makes sentences of made-up words, of one to four syllables as Indonesian has them; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - not for secrets
        self.vocabulary = [self.word() for _ in range(3000)]

    def word(self) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=self.chance.choice([1, 2, 2, 3, 3, 4])))

    def words(self, count: int = 0) -> list[str]:
        return self.chance.choices(self.vocabulary, k=count or self.chance.randint(WORDS, 25))

    def unit(self, name: str = "a:0.0", **more: object) -> UnitRow:
        return unit(" ".join(self.words()), " ".join(self.words()), name, **more)


def unit(source: str, target: str, name: str = "a:0.0", **more: object) -> UnitRow:
    fields = {"source_language": "id", "target_language": "en", "article": name.partition(":")[0]} | more
    return UnitRow(id=name, source=source, target=target, **fields)  # type: ignore[arg-type] # any fields of the row


def judged(units: list[UnitRow], rules: str = "near-duplicate", splits: str = "") -> Verdicts:
    pairs = ((each, ArticleRow(id=each.article)) for each in units)
    return judge(pairs, Filter.parse([rules]), Splits.parse(splits) if splits else None, repeats=True)


def a_word_changed(words: list[str], writer: Writer) -> list[str]:
    place = writer.chance.randrange(len(words))
    return [*words[:place], writer.word(), *words[place + 1 :]]


def a_number_changed(words: list[str], writer: Writer) -> list[str]:
    return [*words[:5], f"{writer.chance.randint(2, 9999):,}", *words[5:]]


def a_clause_dropped(words: list[str], writer: Writer) -> list[str]:
    size = max(1, len(words) // 10)
    place = writer.chance.randrange(len(words) - size)
    return words[:place] + words[place + size :]


def another_of_its_template(words: list[str], writer: Writer) -> list[str]:
    """A third of the words are slots: who, where, how much of what."""
    slots = set(writer.chance.sample(range(len(words)), len(words) // 3))
    return [writer.word() if place in slots else word for place, word in enumerate(words)]


def shares(change: Callable[[list[str], Writer], list[str]], writer: Writer, count: int = 150) -> float:
    """Change both sides of `count` units, and give the share of them that the filter drops as near-duplicates."""
    units: list[UnitRow] = []
    for number in range(count):
        source, target = writer.words(), writer.words()
        if change is a_number_changed:
            source, target = a_number_changed(source, writer), a_number_changed(target, writer)
            changed = [[*side[:5], "7", *side[6:]] for side in (source, target)]
        else:
            changed = [change(side, writer) for side in (source, target)]
        units.append(unit(" ".join(source), " ".join(target), f"a:{number}.0"))
        units.append(unit(" ".join(changed[0]), " ".join(changed[1]), f"b:{number}.0"))
    found = judged(units).repeats
    assert all(twin == number - 1 for number, twin in found.items())  # never one of another sentence
    return len(found) / count


def test_near_duplicates_are_found_and_sentences_of_one_template_are_not() -> None:
    """Recall where little was changed; precision where only the template is the same. The figures of docs/corpus.md."""
    writer = Writer(1)
    assert shares(a_number_changed, writer) == 1
    assert shares(a_word_changed, writer) >= 0.97
    assert shares(a_clause_dropped, writer) >= 0.97
    assert shares(another_of_its_template, writer) <= 0.02
    assert shares(lambda words, writer: writer.words(len(words)), writer) == 0


def test_the_estimate_is_near_the_true_share_of_shingles() -> None:
    writer = Writer(2)
    errors = []
    for _ in range(200):
        words = writer.words(20)
        one, other = " ".join(words), " ".join(another_of_its_template(words, writer)[: writer.chance.randint(10, 20)])
        true = [set(_shingles(text).tolist()) for text in (one, other)]
        jaccard = len(true[0] & true[1]) / len(true[0] | true[1])
        signs = [np.frombuffer(minhash(text), np.uint8) for text in (one, other)]
        errors.append(float(similarity(signs[0], signs[1])) - jaccard)
    assert abs(sum(errors) / len(errors)) < 0.015
    assert np.std(errors) < 0.06  # sqrt(0.5 · 0.5 / 120) is 0.046


def test_pairs_at_the_threshold_are_seldom_missed_by_the_bands() -> None:
    writer = Writer(3)
    signatures = Signatures("source")
    due = 0
    for _ in range(300):
        words = writer.words(15)
        texts = [" ".join(words), " ".join(a_word_changed(words, writer))]
        signs = [np.frombuffer(minhash(text, kind=0), np.uint8) for text in texts]
        due += float(similarity(signs[0], signs[1])) >= SIMILAR
        for text in texts:
            signatures.add(unit(text, ""))
    found = set(zip(*(each.tolist() for each in signatures.pairs()), strict=True))
    assert len(found) >= 0.98 * due
    assert all(one % 2 == 0 and other == one + 1 for one, other in found)


LONG_PAIR = (
    "Gudang beras yang terbakar pekan lalu itu dibuka lagi oleh bupati pada Senin pagi, kata seorang pejabat.",
    "The rice warehouse that burned down last week was reopened by the regent on Monday morning, an official said.",
)
CHANGED = (LONG_PAIR[0].replace("Senin", "Selasa"), LONG_PAIR[1].replace("Monday", "Tuesday"))


def test_the_first_of_two_stays_and_the_other_names_it() -> None:
    assert judged([unit(*LONG_PAIR), unit(*CHANGED)]).repeats == {1: 0}


@pytest.mark.parametrize("texts", [LONG_PAIR, CHANGED])
def test_the_one_that_a_person_has_seen_stays(texts: tuple[str, str]) -> None:
    seen = unit(*texts, state=State.REVIEWED)
    assert judged([unit(*LONG_PAIR), unit(*LONG_PAIR), seen, unit(*LONG_PAIR)]).repeats == {0: 2, 1: 2, 3: 2}


class Memory(bytearray):
    def write(self, chunk: bytes) -> None:
        self.extend(chunk)


def test_a_repeated_unit_names_one_that_stays(tmp_path: Path) -> None:
    rows = [unit(*LONG_PAIR, name="a:0.0"), unit(*LONG_PAIR, name="b:0.0"),
            unit(*CHANGED, name="c:0.0", state=State.FINAL)]  # fmt: skip
    (tmp_path / "corpus.jsonl").write_bytes(b"".join(map(line, rows)))
    files: dict[str, Memory] = {}

    def opened(path: PurePath) -> Memory:
        files[str(path)] = Memory()
        return files[str(path)]

    options = Options(form=form_named("jsonl"), to=PurePath("c.jsonl"), reasons=PurePath("r.jsonl"),
                      chosen=Filter.parse(["near-duplicate"]))  # fmt: skip
    export(Corpus.open(tmp_path), options, opened)
    said = [json.loads(each) for each in files["r.jsonl"].splitlines()]
    assert [(each["reason"], each["evidence"]) for each in said] == [
        ("near-duplicate", "as c:0.0"), ("near-duplicate", "as c:0.0"), ("keep", ""),
    ]  # fmt: skip


def test_one_side_may_be_asked_for_and_how_alike() -> None:
    other = "Nobody at the harbour wanted to say how many of the boats had come back after the long storm at sea."
    units = [unit(*LONG_PAIR), unit(CHANGED[0], other)]
    assert judged(units).repeats == {}
    assert judged(units, "near-duplicate=source").repeats == {1: 0}
    assert judged(units, "near-duplicate=target").repeats == {}
    assert judged([unit(*LONG_PAIR), unit(*CHANGED)], "near-duplicate=1").repeats == {}
    assert judged([unit(*LONG_PAIR), unit(*LONG_PAIR)], "near-duplicate=both:1").repeats == {1: 0}


@pytest.mark.parametrize("value", ["0.59", "both:2", "both:", "left", "source:x", ":0.8", "1.5"])
def test_another_value_is_refused(value: str) -> None:
    with pytest.raises(UsageError, match="filter near-duplicate"):
        Filter.parse([f"near-duplicate={value}"])


def test_short_sentences_must_be_equal() -> None:
    texts = [
        ("Dia tidak datang kemarin.", "He did not come yesterday."),
        ("Dia tidak datang kemarin", "He did come yesterday."),
    ]
    assert all(weight(side) < LONG for pair in texts for side in pair)
    assert judged([unit(*pair) for pair in texts], "near-duplicate=0.6").repeats == {}


def test_units_of_other_languages_are_no_near_duplicates() -> None:
    other = unit(*CHANGED, source_language="ms")
    assert judged([unit(*LONG_PAIR), other], "near-duplicate=target").repeats == {}


CHINESE = "我们去市场买米，今天早上的天气很好，大家都很高兴，孩子们也来了。"


@given(st.lists(st.sampled_from([*LONG_PAIR, *CHANGED, CHINESE, "", "…", "\ud800x" * 40]), max_size=12))
def test_what_is_dropped_repeats_what_stays(texts: list[str]) -> None:
    found = judged([unit(text, text, state=list(State)[number % 4]) for number, text in enumerate(texts)])
    for number, twin in found.repeats.items():
        assert found.units[number]
        assert not found.units[twin]
    assert {number for number, verdict in enumerate(found.units) if verdict} == set(found.repeats)


def test_a_thousand_of_one_kind_leave_one_and_take_no_square_of_time() -> None:
    writer = Writer(4)
    words, other = writer.words(30), writer.words(30)
    units = [unit(" ".join(a_word_changed(words, writer)), " ".join(other)) for _ in range(1000)]
    began = time.process_time()
    found = judged(units).repeats
    assert time.process_time() - began < 10  # about 1 s; half a million comparisons in Python would take longer
    assert len(found) >= 990


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_clusters_are_what_pairs_tie_together(pairs: list[tuple[int, int]]) -> None:
    ones, others = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    names = clusters(10, ones, others).tolist()
    assert all(names[one] == names[other] for one, other in pairs)
    assert all(names[name] == name <= number for number, name in enumerate(names))
    assert len(set(names)) >= 10 - len(pairs)


# Splits


def articles(writer: Writer, count: int, extra: Callable[[int], list[UnitRow]]) -> Iterator[UnitRow]:
    for number in range(count):
        yield from (writer.unit(f"n{number}:{place}.0") for place in range(4))
        yield from extra(number)


def test_articles_that_share_nearly_the_same_segment_go_together() -> None:
    writer = Writer(5)
    texts = {number: CHANGED if number % 2 else LONG_PAIR for number in (3, 8, 17, 30)}
    units = articles(writer, 40, lambda number: [unit(*texts[number], f"n{number}:9.0")] if number in texts else [])
    found = judged(list(units), "none", "a=0.5,b=0.5")
    assert found.groups == 40 - 3
    assert len({found.split(f"n{number}") for number in texts}) == 1


@pytest.mark.parametrize("changed", [False, True])
def test_a_sentence_of_boilerplate_does_not_tie_all_articles_together(changed: bool) -> None:  # noqa: FBT001 - a parameter
    writer = Writer(6)

    def footer(number: int) -> list[UnitRow]:
        texts = [f"{text} {SYLLABLES[number] * 3}" if changed else text for text in LONG_PAIR]
        return [unit(texts[0], texts[1], f"n{number}:9.0")]

    count = COMMON + 5
    found = judged(list(articles(writer, count, footer)), "none", "a=0.5,b=0.5")
    assert found.groups == count
    few = judged(list(articles(writer, COMMON, footer)), "none", "a=0.5,b=0.5")
    assert few.groups == 1


def test_an_article_that_very_many_sites_have_goes_to_one_split() -> None:
    writer = Writer(7)
    story = [(" ".join(writer.words()), " ".join(writer.words())) for _ in range(8)]
    units = [
        unit(*pair, f"n{number}:{place}.0") for number in range(COMMON + 10) for place, pair in enumerate(story)
        if place != number % 8
    ]  # fmt: skip
    assert judged(units, "none", "a=0.5,b=0.5").groups == 1
