"""Sentence boundaries against labelled cases, and against the library alone.

The labels were written for this project, so the figures show what is handled, not how often news asks for it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
import sentencex

from normalize.segment import split_text

CASES = Path(__file__).parent / "segment_cases.txt"
MARKS = regex.compile(r"[.!?…]+")


def labelled(language: str) -> list[tuple[str, set[int], int]]:
    """Give (text, ends of sentences but the last, number of places decided) of each case."""
    cases = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        tag, _, marked = line.partition("\t")
        if tag != language:
            continue
        text, ends = "", set()
        for part in marked.split("‖"):
            text += part
            ends.add(len(text.rstrip()))
        ends.discard(len(text))
        cases.append((text, ends, len([m for m in MARKS.finditer(text) if m.end() < len(text) - 1])))
    return cases


def ours(text: str, language: str) -> set[int]:
    return {span.end for span in split_text(text, language)} - {len(text)}


def the_librarys(text: str, language: str) -> set[int]:
    ends = {len(text[: found["end_index"]].rstrip()) for found in sentencex.get_sentence_boundaries(language, text)}
    return ends - {len(text)}


@pytest.mark.parametrize("language", ["id", "fr", "en"])
def test_labelled_boundaries_are_found_and_better_than_by_the_library_alone(language: str) -> None:
    cases = labelled(language)
    places = sum(count for _, _, count in cases)
    wrong = sum(len(ours(text, language) ^ ends) for text, ends, _ in cases)
    library_wrong = sum(len(the_librarys(text, language) ^ ends) for text, ends, _ in cases)
    assert places >= 150
    assert wrong / places < 0.02
    assert wrong < library_wrong / 4


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("zh", ["你好。", "世界！", "是吗？"]),
        ("hi", ["यह है।", "वह है।"]),
        ("ar", ["هل هذا صحيح؟", "نعم."]),
        ("de", ["Das war am 3. Mai.", "Dr. Weber kam später."]),
        ("es", ["¿Vienes?", "No, gracias.", "El Sr. López se queda."]),
        ("und", ["One thing.", "Another thing."]),
    ],
)
def test_other_languages_are_left_to_the_library(language: str, sentences: list[str]) -> None:
    gap = "" if language == "zh" else " "
    text = gap.join(sentences)
    assert [span.of(text) for span in split_text(text, language)] == sentences
