from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.check.numbers import compare, read

CASES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "check_number_cases.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def differs(source: str, target: str, language: str) -> bool:
    return bool(compare(read(source, language), read(target, "en", spaced=language == "fr")))


def test_there_are_two_hundred_cases() -> None:
    assert len(CASES) >= 200


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[2]} {case[3]}")
def test_numbers_are_compared_by_value(case: tuple[str, str, str, str]) -> None:
    language, verdict, source, target = case
    assert differs(source, target, language) == (verdict == "!")


@given(st.integers(min_value=2, max_value=10**15))
def test_a_number_grouped_by_the_custom_of_each_language_has_one_value(value: int) -> None:
    english = f"{value:,}"
    for text, language in ((english.replace(",", "."), "id"), (english.replace(",", "\u202f"), "fr"), (english, "en")):
        assert [Fraction(value) in one.readings for one in read(f"x {text} y", language)] == [True]


SCALES = [("juta", "million"), ("miliar", "billion"), ("ribu", "thousand")]


@given(st.integers(min_value=2, max_value=999), st.sampled_from(SCALES))
def test_a_changed_number_is_always_seen(value: int, scale: tuple[str, str]) -> None:
    assert not differs(f"Ada {value} {scale[0]} orang.", f"There are {value} {scale[1]} people.", "id")
    assert differs(f"Ada {value} {scale[0]} orang.", f"There are {value + 1} {scale[1]} people.", "id")


@given(st.text(max_size=200), st.sampled_from(["id", "fr", "en", "ja"]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    for one in read(text, language):
        assert one.span.of(text) == one.text
        assert one.readings


@given(st.text(alphabet="0123456789.,/: -hMkT%€", max_size=60), st.sampled_from(["id", "fr", "en"]))
def test_a_text_agrees_with_itself(text: str, language: str) -> None:
    assert compare(read(text, language), read(text, language)) == []
