"""Between a foreign format's entries and terms: cells by the glossary's own columns."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import NamedTuple

import regex

from normalize.errors import GlossaryError
from normalize.glossary import Glossary, Kind, Term
from normalize.glossary.table import COLUMNS

__all__ = ["FORMULA", "Record", "cells", "from_records", "is_formula"]

FORMULA = tuple("=+-@＝＋－＠")
"""What makes a spreadsheet compute a cell (OWASP, CSV injection), full-width forms included."""

_LINE = regex.compile(r"(?<=\bline )\d+")


class Record(NamedTuple):
    """One entry: where it stands in its file, and its cells by the glossary's own column names."""

    line: int
    cells: Mapping[str, str]


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may compute this cell instead of showing it.

    >>> is_formula("=1+1"), is_formula("e-mail")
    (True, False)
    """
    return cell.lstrip().startswith(FORMULA)


def cells(term: Term) -> dict[str, str]:
    """Give a term as cells of the glossary's own columns, in their order.

    >>> cells(Term(source="Leike", target="Leike", aliases=("Lake", "Laike"), kind=Kind.NAME))["aliases"]
    'Lake|Laike'
    """
    return {
        "source": term.source,
        "target": term.target,
        "source_lang": term.source_language,
        "target_lang": term.target_language,
        "aliases": "|".join(term.aliases),
        "case_sensitive": "1" if term.case_sensitive else "0",
        "kind": term.kind.value,
        "wrong": "|".join(term.wrong),
        "context": "|".join(term.context),
        "not_near": "|".join(term.not_near),
        "pos": term.pos,
        "note": term.note,
        "status": term.status.value,
        "scope": "|".join(term.scope),
    }


def from_records(
    records: Iterable[Record], path: PurePath | str | None = None, problems: Iterable[GlossaryError] = ()
) -> Glossary:
    """Make a glossary of a foreign file's entries, by the rules of the glossary's own file.

    A second target for a source becomes an admitted one, and an entry said twice counts once: other formats allow both.
    """
    lines = {1: 1}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    seen: dict[tuple[str, str, str], set[str]] = {}
    for record in records:
        row = {column: " ".join(record.cells.get(column, "").split()) for column in COLUMNS}
        if not row["status"] and row["kind"] != Kind.FORBID:
            targets = seen.setdefault((row["source"], row["source_lang"], row["target_lang"]), set())
            if row["target"] in targets:
                continue
            row["status"] = "admitted" if targets else ""
            targets.add(row["target"])
        writer.writerow(row.values())
        lines[len(lines) + 1] = record.line
    found = Glossary.parse(text.getvalue().encode("utf-8", "surrogateescape"), path)
    terms = (dataclasses.replace(term, line=lines.get(term.line, 0)) for term in found.terms)
    moved = [_moved(problem, lines, path) for problem in found.problems]
    moved += problems
    return Glossary(terms=tuple(terms), problems=tuple(sorted(moved, key=lambda problem: problem.line or 0)))


def _moved(problem: GlossaryError, lines: Mapping[int, int], path: PurePath | str | None) -> GlossaryError:
    """Give a problem with the line numbers of the foreign file."""
    what = _LINE.sub(lambda match: str(lines.get(int(match.group()), match.group())), problem.what)
    return GlossaryError(what, path=path, line=lines.get(problem.line or 0), advice=problem.advice)
