from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest
from engines import EnglishEngine, Question
from hypothesis import given
from hypothesis import strategies as st

from normalize.engine import Hypothesis
from normalize.errors import PackageError
from normalize.translate import PivotEngine
from normalize.translate.parts import LONGEST_WORD, split
from normalize.translate.tokens import BytePairs, presentable, readable, tokenizer


def short(text: str) -> bool:
    return len(text) <= 40


TEXT = st.text(st.sampled_from("ab ,.–「」。éش\u00a0"), max_size=400)


@given(TEXT)
def test_parts_hold_all_of_the_source_but_white_space_and_fit(source: str) -> None:
    parts = split(source, short)
    assert "".join("".join(part.text for part in parts).split()) == "".join(source.split())
    assert all(part.copied or short(part.text) for part in parts)
    assert all(part.text == part.text.strip() and part.text for part in parts)


@given(TEXT)
def test_parts_joined_by_their_glue_have_the_words_of_the_source_or_fewer_spaces(source: str) -> None:
    joined = "".join(part.glue + part.text for part in split(source, short)).split()
    assert "".join(joined) == "".join(source.split())


def test_a_long_sentence_is_cut_at_clause_marks_before_white_space() -> None:
    parts = split("Harga beras naik pekan ini, sedangkan harga gula turun", short)
    assert [part.text for part in parts] == ["Harga beras naik pekan ini,", "sedangkan harga gula turun"]


def test_a_word_longer_than_any_is_copied_between_its_neighbours() -> None:
    parts = split(f"kata {'x' * LONGEST_WORD} lagi", short)
    assert [(part.text[:4], part.copied, part.glue) for part in parts] == [
        ("kata", False, " "), ("xxxx", True, " "), ("lagi", False, " ")
    ]  # fmt: skip


def test_a_word_that_does_not_fit_is_cut_anywhere_and_joined_without_space() -> None:
    parts = split("x" * 100, short)
    assert "".join(part.text for part in parts) == "x" * 100
    assert {part.glue for part in parts[1:]} == {""}


def test_megabytes_are_split_without_recursion() -> None:
    parts = split("kata " * 100_000, short)
    assert sum(part.text.count("kata") for part in parts) == 100_000


@given(st.text(st.characters(), max_size=100))
def test_what_the_tokenizer_gets_can_be_encoded_and_is_one_line(source: str) -> None:
    text = presentable(source)
    text.encode()
    assert len(text.splitlines()) <= 1
    assert presentable(text) == text


@given(st.text(st.characters(), max_size=100))
def test_what_comes_out_is_one_line_and_stays_as_it_is(pieces: str) -> None:
    text = readable(pieces)
    assert len(text.splitlines()) <= 1
    assert readable(text) == text


def test_a_bpe_package_needs_sacremoses_and_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sacremoses", None)
    monkeypatch.setitem(sys.modules, "sacremoses.normalize", None)
    with pytest.raises(PackageError, match=r"normalize-corpus\[bpe\]"):
        tokenizer("bpe.model", b"#version: 0.2\n", "id", "en")


def test_bpe_pieces_are_put_together_again() -> None:
    pytest.importorskip("sacremoses")
    pairs = BytePairs(b"#version: 0.2\nr u\nru m</w>\n", "id", "en")
    [pieces, nothing] = pairs.encode(["Rumah baru.", "  "])
    assert any(piece.endswith("@@") for piece in pieces)
    assert pairs.decode(pieces) == "Rumah baru."
    assert nothing == []


def test_a_tokenizer_that_is_none_is_a_package_error() -> None:
    with pytest.raises(PackageError, match=r"sentencepiece\.model"):
        tokenizer("sentencepiece.model", b"no model", "id", "en")


class Spelling(EnglishEngine):
    """Answers are the source with a mark, worse each time."""

    def __init__(self, source_language: str, target_language: str, mark: str) -> None:
        super().__init__(f"spelling {mark}")
        self.source_language = source_language
        self.target_language = target_language
        self.mark = mark

    def answers(self, question: Question) -> tuple[Hypothesis, ...]:
        start = question.prefix + question.source
        return tuple(
            Hypothesis(target=start + self.mark * (rank + 1), score=-0.1 - rank / 4, truncated=rank == 1)
            for rank in range(question.hypotheses)
        )

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        return [-0.3 if source in target else -3.0 for source, target in zip(sources, targets, strict=True)]

    def fits(self, source: str) -> bool:
        return len(source) < 9


def test_a_pivot_translates_by_one_engine_and_then_the_other() -> None:
    pivot = PivotEngine(Spelling("de", "en", "e"), Spelling("en", "id", "i"))
    assert (pivot.source_language, pivot.target_language) == ("de", "id")
    assert pivot.signature == "spelling e > spelling i"
    [[answer], [other]] = pivot.translate(["x", "y"], prefixes=["", ">"])
    assert (answer.target, other.target) == ("xei", ">yei")
    assert answer.score == pytest.approx(-0.2)
    assert pivot.fits("12345678")
    assert not pivot.fits("123456789")


def test_a_pivot_lets_neither_engine_repeat_itself_when_asked() -> None:
    engines = Spelling("de", "en", "e"), Spelling("en", "id", "i")
    PivotEngine(*engines).translate(["x"], no_repeat=3)
    PivotEngine(*engines).translate(["x"])
    assert [[question.no_repeat for (question,) in engine.heard] for engine in engines] == [[3, 0], [3, 0]]


def test_a_pivot_gives_the_best_of_all_ways_first() -> None:
    pivot = PivotEngine(Spelling("de", "en", "e"), Spelling("en", "id", "i"))
    [ways] = pivot.translate(["x"], hypotheses=3)
    assert [one.target for one in ways] == ["xei", "xeii", "xeei"]
    assert [one.truncated for one in ways] == [False, True, True]
    assert [one.score for one in ways] == sorted((one.score for one in ways), reverse=True)


def test_a_pivot_scores_over_the_middle() -> None:
    pivot = PivotEngine(Spelling("de", "en", "e"), Spelling("en", "id", "i"))
    assert pivot.score(["x", "x"], ["xei", "y"]) == pytest.approx([-0.4, -3.1])


def test_engines_that_do_not_meet_make_no_pivot() -> None:
    with pytest.raises(ValueError, match="lead"):
        PivotEngine(Spelling("de", "fr", "f"), Spelling("en", "id", "i"))
