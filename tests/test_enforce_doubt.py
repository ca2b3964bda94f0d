"""When an answer with targets in the place of terms is doubted, so that the segment is asked for in its own words."""

from __future__ import annotations

import dataclasses

import pytest

from normalize.corpus import Article, Segment, Span
from normalize.enforce.case import Case
from normalize.enforce.plan import plan
from normalize.engine import Hypothesis
from normalize.glossary import Glossary

GLOSSARY = Glossary.parse(b"source,target\npagar,guardrail\n")


def doubtful(source: str, answer: str, language: str = "id") -> bool:
    """Whether an answer is doubted that was given with the target standing in the source."""
    segment = Segment(id="a:0", article="a", paragraph=0, span=Span(start=0, end=len(source)), source=source,
                      language=language)
    article = Article(id="a", path="a.txt", raw=source, text=source, sha256="")
    [made] = plan([segment], GLOSSARY, article)
    led = dataclasses.replace(made, ahead=((0, "guardrail"),))
    return Case.begin(led, Hypothesis(target=answer, score=-0.5)).doubtful


@pytest.mark.parametrize(
    ("source", "answer", "language", "expected"),
    [
        ("Ada 950 ribu pagar di kota.", "There are 950,000 guardrails in town.", "id", False),
        ("Pagar itu 1,5 meter.", "The guardrail is 1.5 metres.", "id", False),
        ("Ada 950 ribu pagar di kota.", "There are 900,000 guardrails in town.", "id", True),
        ("Ada 12 pagar di kota.", "There are guardrails in town now.", "id", True),
        ("Pagar itu jatuh di kota.", "The guardrail fell in 1999.", "id", True),
        ("Kuna 950 pagar mjini hapa.", "There are 9500 guardrails here.", "sw", True),  # no table tells its numbers
        ("Pagar itu jatuh di kota.", "The guardrail fell in town.", "id", False),
    ],
)
def test_an_answer_is_doubted_for_numbers_that_are_others_and_not_for_those_written_otherwise(
    source: str, answer: str, language: str, expected: bool  # noqa: FBT001 - a table
) -> None:
    assert doubtful(source, answer, language) is expected
