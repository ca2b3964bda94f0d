"""Rows proposed on the page, for the file of glossary candidates."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from normalize.errors import GlossaryError
from normalize.formats.candidates import STATUS, accepted
from normalize.formats.own import row
from normalize.glossary.table import COLUMNS
from normalize.review.corrections import GlossaryRow

__all__ = ["appended"]

_COLUMNS = (*COLUMNS, "example")


def appended(
    data: bytes, rows: Sequence[GlossaryRow], examples: Mapping[str, str], path: PurePath | str | None = None
) -> tuple[bytes, int]:
    r"""Add proposed rows to the bytes of a file of candidates, and count those that were not there.

    The file keeps its columns; one of no bytes gets those of a glossary and an example, which `examples` gives by unit.
    `normalize glossary add` takes them from there. Raises GlossaryError when the file is something else.

    >>> appended(b"source,target,status\n", [GlossaryRow(source="rintisan", target="startup")], {})
    (b'source,target,status\nrintisan,startup,candidate\n', 1)
    """
    start = data if data.strip() else row(_COLUMNS).encode()
    known = {(cells["source"], cells.get("target", "")) for _, cells in accepted(start, path)}
    heading = start.decode("utf-8-sig", "replace").splitlines()[0]
    columns = [name.strip().lower() for name in next(csv.reader([heading]))]
    if "target" not in columns:
        raise GlossaryError("no column named target", path=path, line=1, advice="give another file of candidates")
    if not start.endswith((b"\n", b"\r")):
        start += b"\n"
    more = []
    for one in rows:
        source, target = (" ".join(text.split()) for text in (one.source, one.target))
        if not source or (source, target) in known:
            continue
        known.add((source, target))
        cells = {
            "source": source, "target": target, "source_lang": one.source_language, "target_lang": one.target_language,
            "kind": one.kind, "status": STATUS, "example": examples.get(one.unit, ""),
        }  # fmt: skip
        more.append(row([cells.get(column, "") for column in columns]).encode("utf-8", "backslashreplace"))
    return (start + b"".join(more), len(more)) if more else (data, 0)
