"""Counting the characters of many lines at once, and counting lines over a folder."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from normalize.clean.counting import Counts
from normalize.clean.inline import cuts
from normalize.clean.lexicon import fold, fold_all
from normalize.clean.reading import read
from normalize.clean.signs import CHARS, COUNTED, SOME, UNSPACED, tally

_LINES = st.lists(
    st.text(st.one_of(st.characters(exclude_characters="\n"), st.sampled_from('aB1,. !?"”-«ü日 '))).filter(
        lambda text: text == text.strip() != ""
    ),
    min_size=1,
    max_size=8,
)


def _column(name: str, lines: list[str]) -> list[float]:
    return [float(value) for value in tally(lines).numbers[:, COUNTED.index(name)]]


@given(_LINES)
def test_words_and_capitals_of_lines_counted_together_are_those_of_each(lines: list[str]) -> None:
    counts = tally(lines)
    words = [line.split() for line in lines]
    assert counts.words == [len(w) + len(UNSPACED.findall(x)) // 2 for w, x in zip(words, lines, strict=True)]
    assert counts.capitals == [sum(word[0].isupper() for word in each[:SOME]) for each in words]
    assert _column("upper", lines) == [
        sum(word.isupper() and len(word) > 1 for word in each[:SOME]) / len(each[:SOME]) for each in words
    ]


@given(_LINES)
def test_signs_of_lines_counted_together_are_those_of_each(lines: list[str]) -> None:
    counts = tally(lines).words
    assert _column("commas", lines) == [x.count(",") / n for x, n in zip(lines, counts, strict=True)]
    ends = [sum(x.count(end) for end in (". ", "? ", "! ", '." ', ".” ")) for x in lines]
    assert _column("sentences", lines) == [each / n * 10 for each, n in zip(ends, counts, strict=True)]
    assert _column("lower_start", lines) == [x[0].islower() for x in lines]
    assert _column("digit_start", lines) == [x[0].isdigit() for x in lines]
    assert _column("digits", lines) == [sum(map(x[:120].count, "0123456789")) / len(x[:120]) for x in lines]


@given(_LINES)
def test_lines_read_together_are_read_as_each_alone(lines: list[str]) -> None:
    readings, numbers = read(lines)
    alone = [read([line]) for line in lines]
    assert readings == [reading for (reading,), _ in alone]
    assert numbers == [number for _, (number,) in alone]


@given(_LINES)
def test_lines_folded_together_are_folded_as_each_alone(lines: list[str]) -> None:
    assert [" ".join(words) for words in fold_all(lines)] == [fold(line) for line in lines]


def test_a_line_too_long_to_be_looked_at_whole_counts_as_words_of_seven_letters() -> None:
    assert tally(["kata " * CHARS + "akhir", "dua kata"]).words == [(5 * CHARS + 5) // 7, 2]


def test_a_line_of_nothing_is_read_as_nothing() -> None:
    assert read([]) == ([], [])


def test_counts_are_never_too_low_and_stop_at_the_most() -> None:
    counts = Counts(rows=2, most=255)
    cells = counts.cells([3, 2**63 + 5, 2**64 - 1])
    for _ in range(300):
        counts.add(cells[:, :1])
    counts.add(cells)
    assert counts.of(cells) == [255, 1, 1]


def test_a_dateline_with_nothing_but_a_space_between_its_commas_is_read() -> None:
    (cut,) = cuts("SURABAYA, \xa0, HARIAN.com - Warga mengantre beras sejak subuh.", lead=True, closing=False)
    assert (cut.rule, cut.place, cut.site) == ("dateline", "SURABAYA", "HARIAN.com")
