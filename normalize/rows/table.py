"""Units as lines of `corpus.tsv`: a table that Bitextor's tools and spreadsheets read."""

from __future__ import annotations

import functools
import re

from normalize.formats.records import is_formula
from normalize.rows.unit import UnitRow

__all__ = ["COLUMNS", "cell", "of_cell", "one_line", "table_line"]

COLUMNS = (
    "src_url", "trg_url", "src_text", "trg_text", "src_paragraph_id", "trg_paragraph_id", "length_ratio",
    "src_num_tokens", "trg_num_tokens", "src_lang", "trg_lang", "unit_id", "mt_score", "state", "origin",
)  # fmt: skip
"""Bitextor's names where it has one (docs/OUTPUT.md), so that bifixer and bicleaner read the file with `--header`.

Neither the first cell of a row nor the last is empty: bicleaner strips a row before it adds its score.
"""

_BREAKS = {ord(char): " " for char in "\0\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"}
"""All that any reader takes for the end of a line or a cell; each becomes one space, so positions stay."""

_BREAK = re.compile(f"[{''.join(map(chr, _BREAKS))}]")


def table_line(unit: UnitRow, document: str, target_file: str) -> str:
    """Give a unit's line, its end included; `document` is its article's address or path, where one is known."""
    source, target, paragraph = one_line(unit.source), one_line(unit.target), str(unit.paragraph)
    sizes = len(source.split()), len(target.split())
    return "\t".join((
        _again(document or unit.article), _again(target_file), _safe(source), _safe(target), paragraph, paragraph,
        f"{sizes[0] / sizes[1]:.4f}" if sizes[1] else "", str(sizes[0]), str(sizes[1]), _again(unit.source_language),
        _again(unit.target_language), cell(unit.id), "" if unit.score is None else str(unit.score), unit.state,
        f"{unit.origin}\n",
    ))  # fmt: skip


def one_line(text: str) -> str:
    r"""Make each line break, tab and NUL of `text` a space, and lone surrogates visible.

    >>> one_line("a\tb\u2028c")
    'a b c'
    """
    if _BREAK.search(text):
        text = text.translate(_BREAKS)
    return text if text.isascii() else text.encode(errors="backslashreplace").decode()


def cell(text: str) -> str:
    """Give a cell: one line, and a space before what a spreadsheet would compute.

    An apostrophe would stay in the text for the programs that the table is for; a space at the start they all strip.
    The exact text stands in `corpus.jsonl`.

    >>> cell("=1+1")
    ' =1+1'
    """
    return _safe(one_line(text))


def _safe(line: str) -> str:
    """Give the cell of one line."""
    return f" {line}" if not line[:1].isalnum() and is_formula(line) else line


_again = functools.lru_cache(maxsize=16)(cell)
"""The cell of what stands in all rows of an article."""


def of_cell(text: str) -> str:
    """Take back the space that `cell` put before a formula.

    >>> of_cell(" =1+1"), of_cell(" a")
    ('=1+1', ' a')
    """
    return text[1:] if text.startswith(" ") and is_formula(text) else text
