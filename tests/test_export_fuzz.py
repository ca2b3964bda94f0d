"""The fuzz targets without a fuzzer: their seeds, what once broke them, and a few changes of each seed."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from normalize.errors import InputError
from normalize.formats.bitext import read_pairs, two_files

FUZZ = Path(__file__).with_name("fuzz")
sys.path.insert(0, str(FUZZ))  # its scripts run by themselves, so they import each other by bare names
from driver import transplanted  # noqa: E402 - needs the path
from targets import CASES, TARGETS  # noqa: E402 - needs the path

sys.path.remove(str(FUZZ))


@pytest.mark.parametrize("case", sorted(CASES.glob("*/*")), ids=lambda case: f"{case.parent.name}-{case.name}")
def test_what_once_broke_a_reader_is_read_or_refused(case: Path) -> None:
    TARGETS[case.parent.name].run(case.read_bytes())


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_a_seed_is_read_and_its_changes_are_read_or_refused(name: str) -> None:
    target = TARGETS[name]
    chance = random.Random(name)  # noqa: S311 - not for secrets
    for seed in target.seeds:
        target.read(seed)
        changed = seed
        for _ in range(20):
            place = chance.randrange(len(changed) + 1)
            word = chance.choice(target.words).encode("utf-8", "surrogatepass")
            by_bytes = changed[:place] + word + changed[place + chance.randrange(4) :]
            changed = (target.markup and transplanted(changed, chance, target.words)) or by_bytes
            target.run(changed)
            target.run(by_bytes)


def test_every_target_has_its_script() -> None:
    assert {name for name in TARGETS if f'main("{name}")' in (FUZZ / f"{name}.py").read_text("utf-8")} == set(TARGETS)


@pytest.mark.parametrize("data", [b"satu\tone\ndua\ttw\xffo\n", b'src_text\ttrg_text\n"a\tb\xc3\n'])
def test_pairs_with_bytes_that_are_no_text_are_refused_with_their_line(data: bytes) -> None:
    """Found by the fuzzer: the bytes became lone surrogates, and broke whoever wrote them."""
    with pytest.raises(InputError, match=r"a\.tsv:2: is not UTF-8"):
        read_pairs(data, "a.tsv")
    with pytest.raises(InputError, match=r"a\.en:2: is not UTF-8"):
        two_files(b"satu\ndua\n", data, ("a.id", "a.en"))
