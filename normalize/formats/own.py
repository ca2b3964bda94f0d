"""The glossary's own file, written: the columns of `glossary.table`, as CSV or with tabs."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Sequence
from pathlib import PurePath

from normalize.formats.delimited import decoded
from normalize.formats.records import cells, is_formula
from normalize.glossary import Glossary, Term
from normalize.glossary.table import COLUMNS

__all__ = ["CSV", "TSV", "Own", "row"]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Own:
    """The glossary's own file; carries all."""

    name: str
    title: str
    suffix: str
    delimiter: str = ","

    def parse(
        self, data: bytes, path: PurePath | str | None = None, *, source: str = "", target: str = ""
    ) -> Glossary:
        """Read terms; `source` and `target` fill the language columns of rows that leave them empty."""
        found = Glossary.parse(decoded(data, path).encode("utf-8", "surrogateescape"), path)
        terms = tuple(
            dataclasses.replace(
                term, source_language=term.source_language or source, target_language=term.target_language or target
            )
            for term in found.terms
        )
        return Glossary(terms=terms, problems=found.problems)

    def render(self, terms: Sequence[Term]) -> bytes:
        """Write terms, all columns."""
        lines = [row(COLUMNS, self.delimiter), *(row(list(cells(term).values()), self.delimiter) for term in terms)]
        return "".join(lines).encode()

    def cannot_carry(self, terms: Sequence[Term]) -> list[str]:
        """Say what is lost: nothing."""
        del terms
        return []


def row(values: Sequence[str], delimiter: str = ",", ending: str = "\n") -> str:
    r"""Write one row; a blank before what a spreadsheet would compute, which reading takes off again.

    >>> row(["=1+1", "a,b"])
    ' =1+1,"a,b"\n'
    """
    line = io.StringIO()
    writer = csv.writer(line, delimiter=delimiter, lineterminator=ending)
    writer.writerow([f" {value}" if is_formula(value) else value for value in values])
    return line.getvalue()


CSV = Own(name="csv", title="this program's glossary file", suffix=".csv")
TSV = Own(name="tsv", title="this program's glossary file, with tabs", suffix=".tsv", delimiter="\t")
