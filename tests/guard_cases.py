"""The labelled outputs of `guard_cases.tsv`, and how well checks and guard find what is wrong in them."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path

from normalize.check import check
from normalize.corpus import Origin, Segment, Span, State, Unit
from normalize.guard import estimate
from normalize.guard.recase import headed, shouted

__all__ = ["Case", "Count", "auc", "cases", "measure"]

FILE = Path(__file__).with_name("guard_cases.tsv")

FOUND_BY = {
    "repetition": {"loop", "salad", "doubled", "echo"},
    "number": {"number", "number-added", "currency"},
    "untranslated": {"untranslated", "left", "copied", "language"},
    "omission": {"length", "truncated", "empty", "coverage"},
    "name": {"name", "name-lost"},
    "quotes": {"quotes"},
    "brackets": {"brackets"},
    "negation": {"negation"},
    "ending": {"ending", "unfinished"},
    "characters": {"characters"},
    "symbol": {"symbol"},
    "literal": {"literal"},
    "capitals": {"capitals in the source"},
}
"""By the reader's reason, the checks that should find it; `capitals in the source` is the guard's own."""


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """A sentence, what the model made of it, and a reader's judgement."""

    kind: str
    unit: Unit
    reasons: frozenset[str]

    def found(self) -> set[str]:
        """Give the names of the checks that find something."""
        source = self.unit.segment.source
        loud = bool(shouted(source)) or headed(source, self.unit.segment.language)
        return {finding.check for finding in self.unit.findings} | ({"capitals in the source"} if loud else set())


@dataclasses.dataclass(slots=True)
class Count:
    """Right and wrong findings."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of the findings that are right; 1 where there are none."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of what is wrong that is found; 1 where nothing is."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0


def cases() -> Iterator[Case]:
    """Read the file."""
    lines = [line for line in FILE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)):
        source = row["source"]
        segment = Segment(id=f"case:{number}", article="case", paragraph=number,
                          span=Span(start=0, end=len(source)), source=source, language=row["language"])
        unit = Unit(segment=segment, target=row["output"], score=float(row["score"]), state=State.TRANSLATED,
                    origin=Origin.MACHINE)
        yield Case(row["kind"], check(unit), frozenset(row["reasons"].split()) - {"-"})


def measure(all_cases: Iterable[Case]) -> dict[str, Count]:
    """Count, by reason, how often a finding and the reader agree."""
    counts = {reason: Count() for reason in FOUND_BY}
    for case in all_cases:
        found = case.found()
        for reason, count in counts.items():
            hit, wrong = not found.isdisjoint(FOUND_BY[reason]), reason in case.reasons
            count.hits += hit and wrong
            count.false += hit and not wrong
            count.missed += wrong and not hit
    return counts


def auc(all_cases: Iterable[Case]) -> tuple[float, float]:
    """Give how often an unintelligible output is ranked below another one: by the estimate, and by the score alone."""
    rows = [
        ("unintelligible" in case.reasons, estimate(case.unit), case.unit.score or 0.0)
        for case in all_cases if case.kind != "altered"
    ]  # fmt: skip
    bad, good = [row for row in rows if row[0]], [row for row in rows if not row[0]]
    pairs = len(bad) * len(good)
    return (
        sum(one[1] < other[1] for one in bad for other in good) / pairs,
        sum(one[2] < other[2] for one in bad for other in good) / pairs,
    )
