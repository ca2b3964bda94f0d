"""What orders a beam's answers: features, files that are none, and the engine with them."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate_packages import opened, variant

from normalize.errors import PackageError
from normalize.translate.ranking import NOTHING, STEP, Ranking, hashes, key, read_ranking, tokens

EVEN = {"score": 1.0, "fluency": 1.0, "coverage": 1.0, "length": 0.0}


def table(
    words: dict[str, float], bigrams: dict[tuple[str, str], float], pairs: dict[tuple[str, str], float]
) -> bytes:
    """Write a table of chances."""
    entries: dict[int, float] = {}
    for kind, chances in (("bigram", bigrams), ("pair", pairs)):
        for (left, right), chance in chances.items():
            entries[int(key(kind, hashes([left]), hashes([right]))[0])] = chance
    for word, chance in words.items():
        entries[int(key("word", hashes([word]), NOTHING)[0])] = chance
    for source, _ in pairs:
        entries[int(key("known", hashes([source]), NOTHING)[0])] = 1.0
    order = np.array(sorted(entries), dtype=np.int64)
    values = np.array([round(-STEP * math.log(entries[one])) for one in order.tolist()], dtype=np.uint8)
    return np.diff(order, prepend=0).astype("<u4").tobytes() + values.tobytes()


def weighted(content: bytes, weights: dict[str, float]) -> Ranking:
    return read_ranking(content, json.dumps({"weights": weights}).encode())


WORDS = dict.fromkeys(("strong", "powerful", "tea", "he", "drinks", "."), 0.01)
TABLE = table(
    WORDS,
    {("strong", "tea"): 0.2, ("drinks", "strong"): 0.1, ("drinks", "tea"): 0.1, ("drinks", "powerful"): 0.1},
    {("teh", "tea"): 0.9, ("kental", "strong"): 0.4, ("kental", "powerful"): 0.4, ("ia", "he"): 0.5,
     ("minum", "drinks"): 0.5},
)  # fmt: skip
SOURCE = "Ia minum teh kental."


@pytest.mark.parametrize(("targets", "best"), [
    (["He drinks powerful tea.", "He drinks strong tea."], 1),  # as the language has it
    (["He drinks strong tea.", "He drinks powerful tea."], 0),
    (["He drinks tea.", "He drinks strong tea."], 1),  # "kental" is said
    (["He drinks strong.", "He drinks strong tea."], 1),
])  # fmt: skip
def test_the_answer_that_says_all_as_the_language_does_comes_first(targets: list[str], best: int) -> None:
    assert weighted(TABLE, EVEN).best_first(SOURCE, targets, [-0.5] * 2)[0] == best


def test_a_word_without_pairs_is_looked_for_as_it_is() -> None:
    ranking = weighted(TABLE, EVEN | {"fluency": 0.0})
    assert ranking.best_first("Ia minum Kopiko.", ["He drinks tea.", "He drinks Kopiko."], [-0.5] * 2) == [1, 0]
    assert ranking.best_first("Ia minum Xy.", ["He drinks tea.", "He drinks Xy."], [-0.5] * 2) == [0, 1]  # too short


def test_the_features_are_what_they_are_said_to_be() -> None:
    [row] = weighted(TABLE, EVEN).features("teh kental", ["strong tea"], [-0.25])
    rounded = [round(math.log(chance) * STEP) / STEP for chance in (0.01, 0.2, 0.9, 0.4)]
    backed_off, bigram, tea, strong = rounded
    score, fluency, coverage, length = row
    assert score == -0.25
    # "strong" begins, "tea" follows it, and the end is a token nobody has seen
    assert fluency == pytest.approx((math.log(0.4) + backed_off + bigram + 2 * math.log(0.4) - 15) / 2)
    assert coverage == pytest.approx(sum(math.log(math.exp(one) / 3 + 1e-5) for one in (tea, strong)) / 2)
    assert length == 1.5


def test_without_entries_the_scores_decide_and_equals_stay() -> None:
    ranking = weighted(b"", {"score": 2.0})
    assert ranking.best_first(SOURCE, ["a", "b", "c"], [-1.0, -0.5, -1.0]) == [1, 0, 2]


@given(st.text(), st.lists(st.text(), min_size=1, max_size=5))
def test_any_answers_to_any_text_are_put_in_some_order(source: str, targets: list[str]) -> None:
    order = weighted(TABLE, EVEN).best_first(source, targets, [-1.0] * len(targets))
    assert sorted(order) == list(range(len(targets)))


@given(st.text())
def test_no_token_is_white_space_and_none_is_lost(text: str) -> None:
    found = tokens(text)
    assert all(re.fullmatch(r"\S+", token) for token in found)
    assert bool(found) == bool(re.search(r"\S", text))


@pytest.mark.parametrize(("content", "weights", "what"), [
    (b"123456", b'{"weights": {}}', "ranking.bin is no table"),
    (b"\0" * 25_000_005, b'{"weights": {}}', "ranking.bin is no table"),
    (b"\1\0\0\0\0\0\0\0" + b"\1\1", b'{"weights": {}}', "not in order"),
    (b"\xff\xff\xff\xff\xff\xff\xff\xff" + b"\1\1", b'{"weights": {}}', "not in order"),
    (b"", b"", "ranking.json has no weights"),
    (b"", b"\xff", "ranking.json has no weights"),
    (b"", b"[]", "ranking.json has no weights"),
    (b"", b'{"weights": 3}', "ranking.json has no weights"),
    (b"", b'{"weights": {"score": "much"}}', "ranking.json has no weights"),
    (b"", b'{"weights": {"score": NaN}}', "ranking.json has no weights"),
    (b"", b"[" * 100_000, "ranking.json has no weights"),
])  # fmt: skip
def test_what_is_no_ranking_is_refused(content: bytes, weights: bytes, what: str) -> None:
    with pytest.raises(PackageError, match=what):
        read_ranking(content, weights)


@pytest.mark.model
def test_the_engine_gives_the_same_answers_in_the_order_of_the_ranking(tmp_path: Path) -> None:
    files = {"ranking.bin": b"", "ranking.json": b'{"weights": {"score": 1.0}}'}
    plain = opened(variant(tmp_path / "plain.argosmodel", files))
    long = opened(variant(tmp_path / "long.argosmodel", files | {"ranking.json": b'{"weights": {"length": 1.0}}'}))
    sources = ["Warga menunggu di trotoar sampai badai reda.", "Ia pergi ke pasar kemarin pagi.", "Halo"]

    asked = plain.translate(sources, hypotheses=4)
    found = long.translate(sources, hypotheses=4)

    assert plain.signature != long.signature
    for one, other in zip(asked, found, strict=True):
        assert sorted(one, key=str) == sorted(other, key=str)
        assert [way.score for way in one] == sorted((way.score for way in one), reverse=True)
        lengths = [len(tokens(way.target)) for way in other]
        assert lengths == sorted(lengths, reverse=True)
    # whether all answers are asked for, or one, or some of them again
    assert [ways[0] for ways in long.translate(sources)] == [ways[0] for ways in found]
    assert long.translate(sources[:1], hypotheses=2) == [found[0][:2]]
    assert long.translate(sources[:1], prefixes=["The"]) == plain.translate(sources[:1], prefixes=["The"])


@pytest.mark.model
def test_a_package_whose_ranking_is_none_fails_by_name(tmp_path: Path) -> None:
    path = variant(tmp_path / "broken.argosmodel", {"ranking.bin": b"123456", "ranking.json": b'{"weights": {}}'})
    with pytest.raises(PackageError, match=r"ranking\.bin") as caught:
        opened(path).translate(["Ada badai."])
    assert caught.value.path == str(path)
