"""The file of corrections: read strictly, written the same every time, two of them put together."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.corpus import State
from normalize.errors import InputError
from normalize.review import Correction, Corrections, GlossaryRow, read_corrections, source_hash
from normalize.review.corrections import LABELS, merged, written

SIGNATURE = "normalize test|id-en"


def corrections(**rest: object) -> bytes:
    one = {"unit": "a:0", "source_hash": source_hash("s"), "machine_target": "t", "target": "u", "state": "reviewed",
           "comment": ""}  # fmt: skip
    file = {"format": "normalize corrections", "version": 1, "signature": SIGNATURE, "corrections": [one]}
    return json.dumps(file | rest).encode()


def test_corrections_as_the_page_saves_them_are_read() -> None:
    (correction,) = read_corrections(corrections()).corrections
    assert (correction.unit, correction.target, correction.state) == ("a:0", "u", State.REVIEWED)


def test_labels_and_glossary_rows_of_version_two_are_read() -> None:
    one = json.loads(corrections())["corrections"][0] | {"label": "MT"}
    row = {"source": "rintisan", "target": "startup", "source_language": "id", "target_language": "en",
           "kind": "name", "unit": "a:0"}  # fmt: skip
    file = read_corrections(corrections(version=2, corrections=[one], glossary=[row]))
    assert file.corrections[0].label == "MT"
    assert (file.glossary[0].source, file.glossary[0].kind) == ("rintisan", "name")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
CORRECTIONS = st.builds(
    Correction, unit=TEXTS, source_hash=TEXTS, machine_target=TEXTS, target=TEXTS, state=st.sampled_from(State),
    comment=TEXTS, label=st.sampled_from(["", *LABELS]),
)  # fmt: skip
FILES = st.builds(
    Corrections, format=st.just("normalize corrections"), version=st.just(2), signature=TEXTS,
    corrections=st.lists(CORRECTIONS, unique_by=lambda one: one.unit, max_size=5).map(
        lambda rows: tuple(sorted(rows, key=lambda one: one.unit))
    ),
    glossary=st.lists(st.builds(GlossaryRow, source=TEXTS, target=TEXTS), max_size=3).map(tuple),
)  # fmt: skip


@given(FILES)
def test_what_is_written_is_read_back_the_same(file: Corrections) -> None:
    assert read_corrections(written(file)) == file


@given(FILES, FILES)
def test_a_later_file_wins_over_an_earlier_one_and_nothing_else_is_lost(first: Corrections, later: Corrections) -> None:
    both = merged(first, later)
    units = {one.unit: one for one in both.corrections}
    assert units.keys() == {one.unit for one in (*first.corrections, *later.corrections)}
    assert all(units[one.unit].target == one.target for one in later.corrections)
    assert merged(both, later, withdrawn=units).corrections == ()


def test_of_a_history_the_machines_version_stays_that_of_the_first_file() -> None:
    first = read_corrections(corrections())
    row = json.loads(corrections())["corrections"][0] | {"machine_target": "u", "target": "v"}
    later = read_corrections(corrections(corrections=[row]))
    (one,) = merged(first, later, history=True).corrections
    assert (one.machine_target, one.target) == ("t", "v")
    (seen,) = merged(first, later).corrections
    assert (seen.machine_target, seen.target) == ("u", "v")


@pytest.mark.parametrize(
    "broken",
    [
        b"", b"{", b"\xff", b"[]", corrections(format="other"), corrections(version=3),
        corrections(corrections=[{"unit": "a"}]),
        corrections().replace(b'"reviewed"', b'"great"'),
        corrections().replace(b'"comment": ""', b'"label": "X"'), corrections(glossary=[{"source": 1}]),
        corrections(glossary=[{"source": "a", "target": "b", "kind": "forbid"}]), b"[" * 100_000,
        corrections(corrections=json.loads(corrections())["corrections"] * 2),
    ],
)  # fmt: skip
def test_broken_corrections_are_one_clear_error(broken: bytes) -> None:
    with pytest.raises(InputError, match=r"corrections\.json"):
        read_corrections(broken, path="corrections.json")
