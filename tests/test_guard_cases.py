"""How well the checks find what is wrong in labelled outputs: floors, a little under what is reached."""

from __future__ import annotations

import functools

import pytest
from guard_cases import FOUND_BY, Case, auc, cases, measure

FLOORS = {
    "repetition": (0.97, 0.65),
    "number": (0.80, 0.40),
    "untranslated": (0.88, 0.48),
    "omission": (0.65, 0.3),
    "name": (0.85, 0.2),
    "quotes": (1.0, 1.0),
    "brackets": (1.0, 1.0),
    "negation": (0.0, 0.0),
    "ending": (1.0, 0.0),
    "characters": (1.0, 0.0),
    "symbol": (1.0, 1.0),
    "literal": (1.0, 0.8),
    "capitals": (0.75, 0.9),
}
"""By reason: precision and recall that must be reached."""


@functools.cache
def _cases() -> tuple[Case, ...]:
    return tuple(cases())


def test_there_are_enough_cases_half_of_them_drawn_at_random_and_all_reasons_are_known() -> None:
    kinds = [case.kind for case in _cases()]
    assert len(kinds) >= 300
    assert kinds.count("random") >= 0.4 * len(kinds)
    assert set().union(*(case.reasons for case in _cases())) == {*FOUND_BY, "unintelligible"}


@pytest.mark.parametrize("reason", FOUND_BY)
def test_what_a_reader_found_wrong_is_found_as_well_as_before(reason: str) -> None:
    count = measure(_cases())[reason]
    assert count.precision >= FLOORS[reason][0]
    assert count.recall >= FLOORS[reason][1]


def test_the_estimate_puts_unintelligible_outputs_below_others() -> None:
    assert auc(_cases())[0] >= 0.8
