"""The lines of a corpus's files, read back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.errors import UsageError
from normalize.rows import UnitRow, line, lines, table_line, written


class Torn(io.BytesIO):
    """A file that ends in an error of the disk."""

    def readline(self, size: int | None = -1, /) -> bytes:
        """Read a line; after the last there is an error."""
        if raw := super().readline(size):
            return raw
        raise OSError(5, "Input/output error")


def test_a_file_that_breaks_off_while_it_is_read_is_one_error_with_its_name() -> None:
    with pytest.raises(UsageError, match=r"corpus\.jsonl: cannot be read \(Input/output error\)"):
        list(lines(Torn(b"{}\n\n{}\n"), Path("corpus.jsonl")))


def test_blank_lines_are_passed_over_and_counted() -> None:
    assert list(lines(io.BytesIO(b"a\n \n\nb"), Path("corpus.jsonl"))) == [(1, b"a\n"), (4, b"b")]


@given(st.lists(st.text(st.sampled_from('a\n\x85\u2028\ud800"é') | st.characters(), max_size=5), max_size=4))
def test_many_rows_are_written_as_each_alone_would_be(texts: list[str]) -> None:
    units = [UnitRow(source=text, target=text[::-1]) for text in texts]
    assert written(units) == b"".join(map(line, units))


def test_what_stands_in_all_rows_of_an_article_is_a_cell_like_any_other() -> None:
    row = UnitRow(id="a:0.0", article="a", source="=1+1", target="a\tb", source_language="id", target_language="en")
    cells = table_line(row, "+docs/a.txt", "articles/a.en.txt").split("\t")
    assert cells[:4] == [" +docs/a.txt", "articles/a.en.txt", " =1+1", "a b"]
    assert cells[-2:] == ["translated", "memory\n"]
