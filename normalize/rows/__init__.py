"""The lines of a corpus's files: what `write` writes, `review` and `measure` read, and `export` does both with.

The order of a class's fields is that of the keys in the file. Positions are code points, half open, as `[start, end]`.
"""

from __future__ import annotations

from normalize.rows.article import ArticleRow
from normalize.rows.file import decoded, encoded, line, lines, rows, written
from normalize.rows.table import COLUMNS, cell, of_cell, one_line, table_line
from normalize.rows.unit import FindingRow, Natural, RepairRow, Tag, TermRow, UnitRow

__all__ = [
    "COLUMNS",
    "ArticleRow",
    "FindingRow",
    "Natural",
    "RepairRow",
    "Tag",
    "TermRow",
    "UnitRow",
    "cell",
    "decoded",
    "encoded",
    "line",
    "lines",
    "of_cell",
    "one_line",
    "rows",
    "table_line",
    "written",
]
