"""The file of candidates: rows for the glossary that a person has still to accept, and accepting them."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePath

from normalize.errors import GlossaryError
from normalize.formats.delimited import decoded
from normalize.formats.own import row
from normalize.glossary import Glossary
from normalize.glossary.mine import Candidate
from normalize.glossary.table import COLUMNS
from normalize.glossary.term import Kind

__all__ = ["STATUS", "accepted", "added", "render"]

STATUS = "candidate"
"""What stands in the status column: no status of a glossary, so that the file is not taken for one."""

_SYNONYMS = {"source_language": "source_lang", "target_language": "target_lang", "alias": "aliases", "type": "kind"}
_FURTHER = ("count", "articles", "kept", "similar", "example")


def render(
    candidates: Sequence[Candidate], target_language: str = "en", kept: Mapping[str, tuple[int, int]] | None = None
) -> bytes:
    """Write candidates as rows of a glossary file, with how often they occur, and an example.

    `kept` tells by name in how many translated segments it stands, and in how many of their targets it is the same.
    """
    lines = [row((*COLUMNS, *_FURTHER))]
    for one in candidates:
        name = one.kind is Kind.NAME
        cells = {
            "source": one.source, "target": one.source if name else "", "source_lang": one.language.replace("und", ""),
            "target_lang": target_language, "aliases": "|".join(form for form, _ in one.spellings if "|" not in form),
            "kind": one.kind.value, "status": STATUS, "count": str(one.count), "articles": str(one.articles),
            "kept": "{1} of {0}".format(*kept[one.source]) if kept and one.source in kept else "",
            "similar": "|".join(one.similar), "example": one.example,
        }  # fmt: skip
        lines.append(row([cells.get(column, "") for column in (*COLUMNS, *_FURTHER)]))
    return "".join(lines).encode("utf-8", "backslashreplace")


def accepted(
    data: bytes, path: PurePath | str | None = None, *, only: Collection[str] = ()
) -> list[tuple[int, dict[str, str]]]:
    """Read a file of candidates: line number and cells by column; `only` names the sources wanted, otherwise all.

    Raises GlossaryError when it cannot be read, or a source of `only` is not in it.
    """
    lines = decoded(data, path).replace("\r\n", "\n").split("\n")
    reader = csv.reader((f"{line}\n" for line in lines), strict=True)
    found: list[tuple[int, dict[str, str]]] = []
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if "source" not in header:
            advice = "give a file that `normalize glossary mine` wrote"
            raise GlossaryError("no column named source", path=path, line=1, advice=advice)
        for cells in reader:
            named = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
            if named.get("source") and (not only or named["source"] in only):
                found.append((reader.line_num, named))
    except csv.Error as error:
        raise GlossaryError(f"the row cannot be read ({error})", path=path, line=reader.line_num) from error
    absent = sorted(set(only) - {cells["source"] for _, cells in found})
    if absent:
        raise GlossaryError(f"no candidate {absent[0]!r}", path=path, advice="write it as in the column source")
    return found


def added(
    data: bytes, rows: Sequence[tuple[int, dict[str, str]]], path: PurePath | str | None = None
) -> tuple[bytes, list[str], list[GlossaryError]]:
    r"""Add accepted rows at the end of a glossary file's bytes, in its columns, delimiter and line ends.

    Gives the new bytes, the sources added, and a problem for each row that does not fit: without a target, or in the
    glossary already. A file of no bytes gets a header.

    >>> data, sources, problems = added(b"source;target\r\na;b\r\n", [(2, {"source": "c", "target": "d"})])
    >>> data, sources
    (b'source;target\r\na;b\r\nc;d\r\n', ['c'])
    """
    text = data.decode("utf-8-sig", "surrogateescape") if data.strip() else ",".join(COLUMNS) + "\n"
    ending = "\r\n" if "\r\n" in text else "\n"
    heading = next(line for line in text.splitlines() if line.strip())
    delimiter = max((",", ";", "\t"), key=heading.count) if len(heading.split(",")) < 2 else ","
    names = (name.strip().lower() for name in next(csv.reader(io.StringIO(heading), delimiter=delimiter)))
    columns = [_SYNONYMS.get(name, name) for name in names]
    start = data if data.strip() else text.encode()
    if not start.endswith((b"\n", b"\r")):
        start += ending.encode()
    base = Glossary.parse(start, path)
    known = {(term.source, term.source_language.lower()) for term in base.terms}
    lines = {term.source.casefold(): term.line for term in base.terms}
    sources: list[str] = []
    problems: list[GlossaryError] = []
    more = b""
    for line, given in rows:
        cells = given | {"status": "preferred" if given.get("status") in {STATUS, None} else given["status"]}
        new = row([cells.get(column, "") for column in columns], delimiter, ending).encode("utf-8", "surrogateescape")
        problem = _problem(cells, known, lines, (heading, new))
        if problem:
            problems.append(GlossaryError(problem[0], path=path, line=line, advice=problem[1]))
            continue
        known.add((cells["source"], cells.get("source_lang", "").lower()))
        sources.append(cells["source"])
        more += new
    return start + more, sources, problems


def _problem(
    cells: dict[str, str], known: set[tuple[str, str]], lines: dict[str, int], written: tuple[str, bytes]
) -> tuple[str, str] | None:
    """Say what is wrong with a row and what to do, or None."""
    source = cells["source"]
    if not cells.get("target") and cells.get("kind") != Kind.KEEP:
        return f"{source!r} has no target", "fill it in, and add it again"
    scope = cells.get("source_lang", "").lower()
    if any((source, tag) in known for tag in (scope, "")) or (not scope and any(name == source for name, _ in known)):
        aliases = cells.get("aliases", "")
        advice = f"add {aliases} to that row's aliases" if aliases else "edit that row"
        return f"{source!r} is in the glossary already (line {lines.get(source.casefold(), 0)})", advice
    alone = Glossary.parse(written[0].encode("utf-8", "surrogateescape") + b"\n" + written[1])
    return (alone.problems[0].what, alone.problems[0].advice) if alone.problems else None
