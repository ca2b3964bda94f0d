from __future__ import annotations

from pathlib import Path

import pytest

from normalize.check import Example, check
from normalize.numbers import Clock, Month, Reading, Value, compare, corrected, values

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "check_number_cases.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
PAIRS = [case for case in CASES if case[1] != "v"]
TEXTS = [case for case in CASES if case[1] == "v"]


def name(case: list[str]) -> str:
    return " ".join((case[0], *case[2:]))


def plain(reading: Reading) -> str:
    if isinstance(reading, Clock):
        return f"{reading.hour}:{reading.minute:02d}"
    return f"m{reading.number}" if isinstance(reading, Month) else str(reading)


def shown(value: Value) -> str:
    needed = "" if value.certain else "?"
    return f"{value.kind}{needed} {plain(value.value)} {value.currency or value.unit}".strip()


def test_there_are_four_hundred_cases_and_none_twice() -> None:
    assert len(CASES) >= 400
    assert len({tuple(case) for case in CASES}) == len(CASES)
    assert {case[1] for case in CASES} == set("=!>v")


@pytest.mark.parametrize("case", PAIRS, ids=name)
def test_numbers_are_compared_by_value(case: list[str]) -> None:
    language, verdict, source, target = case[:4]
    found = check(Example(source=source, target=target, language=language).subject().unit).findings
    names = {finding.check for finding in found} & {"number", "number-added", "currency"}
    assert bool(names) == (verdict != "=")
    assert bool(compare(source, target, language, "en")) == bool(names - {"currency"})


@pytest.mark.parametrize("case", PAIRS, ids=name)
def test_numbers_are_corrected_only_where_it_is_certain(case: list[str]) -> None:
    language, verdict, source, target, *fixed = case
    fix = corrected(source, target, language, "en")
    assert (fix.target if fix else None) == (fixed[0] if verdict == ">" else None)


@pytest.mark.parametrize("case", TEXTS, ids=name)
def test_a_text_has_these_values(case: list[str]) -> None:
    language, _, text, wanted = case
    assert "; ".join(map(shown, values(text, language))) == wanted
