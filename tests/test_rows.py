"""The lines of a corpus's files, read back."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from normalize.errors import UsageError
from normalize.rows import lines


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
