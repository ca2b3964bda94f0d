"""What several tests need: engines of a few lines. They answer at once, in English that no check finds fault with."""

from __future__ import annotations

import re
import signal
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from normalize.engine import Hypothesis

WORDS = tuple(
    re.findall(
        r"\w+",
        "the council said on Monday that a new bridge would be open to people who live near this river and it had "
        "cost more than was planned because of heavy rain in spring while farmers from villages around asked for help",
    )
)
_LETTERS = re.compile(r"[^\W\d_](?:.*[^\W\d_])?")


def english(source: str) -> str:
    """Make an English sentence of as many words, another for another source, with its numbers and marks."""
    made = []
    start = zlib.crc32(source.encode())
    for number, word in enumerate(source.split()):
        chosen = WORDS[(start + 7 * number) % len(WORDS)]
        letters = _LETTERS.search(word)
        kept = letters is None or any(map(str.isdigit, word))
        made.append(word if letters is None or kept else word[: letters.start()] + chosen + word[letters.end() :])
    text = " ".join(made)
    first = _LETTERS.search(text)
    return text if first is None else text[: first.start()] + first[0][:1].upper() + text[first.start() + 1 :]


def heed_ctrl_c() -> None:
    """Let a process to be started (`preexec_fn`) hear Ctrl-C even where these tests run in a shell's background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Question(NamedTuple):
    """One source of a call of `Engine.translate`, and how it is to be decoded."""

    source: str
    hypotheses: int = 1
    prefix: str = ""
    no_repeat: int = 0


class EnglishEngine:
    """Answers `english(source)`; notes what it was asked.

    Other engines say what they answer (`answer`, or `answers` with more than a text), and what a call does (`hear`).
    """

    source_language = "id"
    target_language = "en"

    def __init__(self, signature: str = "english 1") -> None:
        self.signature = signature
        self.asked: list[str] = []
        """Every source, in order."""
        self.heard: list[tuple[Question, ...]] = []
        """Every call."""

    def answer(self, source: str) -> str:
        """Give the target of a source."""
        return english(source)

    def answers(self, question: Question) -> tuple[Hypothesis, ...]:
        """Give the hypotheses for a question, best first."""
        return (Hypothesis(target=self.answer(question.source), score=-0.5),)

    def hear(self, questions: Sequence[Question]) -> None:
        """Note a call, before anything of it is answered."""
        self.heard.append(tuple(questions))
        self.asked += (question.source for question in questions)

    def translate(
        self,
        sources: Sequence[str],
        *,
        hypotheses: int = 1,
        prefixes: Sequence[str] | None = None,
        no_repeat: int = 0,
    ) -> list[tuple[Hypothesis, ...]]:
        """Answer each source alone."""
        starts = [""] * len(sources) if prefixes is None else prefixes
        questions = [
            Question(source, hypotheses, prefix, no_repeat) for source, prefix in zip(sources, starts, strict=True)
        ]
        self.hear(questions)
        return [self.answers(question) for question in questions]

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        """Find all equally likely."""
        return [-1.0 for _ in zip(sources, targets, strict=True)]

    def fits(self, source: str) -> bool:
        """Take all but very long ones."""
        return len(source) < 500
