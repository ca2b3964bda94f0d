"""What XML formats say of a unit besides its texts: properties for programs, notes for people."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from normalize.corpus import Issue, Method, Origin, Severity
from normalize.errors import InputError
from normalize.rows import ArticleRow, UnitRow

__all__ = ["PRIORITY", "article_row", "confidence", "notes", "placed", "properties", "tag_of", "unequal", "unit_of"]

PRIORITY = {Severity.CRITICAL: 1, Severity.MAJOR: 2, Severity.MINOR: 3}
"""XLIFF's priorities of notes, 1 the highest."""

_LISTS = ("findings", "terms", "repairs")


def confidence(score: float | None) -> float | None:
    """Give a score as XLIFF's match quality, 0 to 100: the mean probability of a token.

    >>> confidence(-0.25), confidence(None)
    (77.88, None)
    """
    return None if score is None else round(100 * math.exp(min(score, 0.0)), 2)


def properties(unit: UnitRow) -> dict[str, str]:
    """Give what formats have no place of their own for, by name: the score, and lists as JSON."""
    found = {} if unit.score is None else {"score": str(unit.score)}
    for name in _LISTS:
        value = getattr(unit, name)
        if value:
            found[name] = msgspec.json.encode(value).decode()
        elif value is not msgspec.UNSET and name == "repairs":
            found[name] = "[]"
    return found


def notes(unit: UnitRow) -> Iterator[tuple[Severity | None, str]]:
    """Say what a person should know: findings, and glossary terms with what became of them."""
    for finding in unit.findings:
        yield finding.severity, f"{finding.severity.value} {finding.check}: {finding.message}"
    for term in unit.terms:
        what = f"{term.method.value}: {term.produced}" if term.method is not Method.MISSING else "missing"
        yield None, f"term {term.surface} → {term.target}, {what}"


def unequal(unit: UnitRow) -> bool:
    """Whether the sides' numbers were found to differ."""
    return any(finding.issue is Issue.NUMBERS for finding in unit.findings)


def unit_of(fields: Mapping[str, Any], path: Path, line: int | None) -> UnitRow:
    """Make a unit of what was read, with lists and numbers still as text; InputError for what does not fit."""
    cells: dict[str, Any] = {"origin": Origin.MEMORY.value} | {name: value for name, value in fields.items() if value}
    try:
        for name in _LISTS:
            if name in cells:
                cells[name] = msgspec.json.decode(cells[name])
        for name in ("score", "paragraph"):
            if name in cells:
                cells[name] = msgspec.convert(cells[name], float if name == "score" else int, strict=False)
        return msgspec.convert({"source": "", "target": ""} | cells, UnitRow)
    except (msgspec.DecodeError, RecursionError) as error:  # a ValidationError is a DecodeError
        what = f"cannot be used ({str(error)[:160]})"
        raise InputError(what, path=path, line=line, advice="export it again") from error


def tag_of(text: str) -> str:
    """Give a language tag as a file has it; nothing for `und`."""
    tag = text.strip().replace("_", "-")
    return "" if tag.lower() == "und" else tag


def article_row(said: Mapping[str, str], fallback: str, path: str) -> ArticleRow:
    """Make an article of what a file says of it."""
    return ArticleRow(
        id=said.get("article", "") or fallback, path=path, url=said.get("url", ""), title=said.get("title", ""),
        site=said.get("site", ""), published=said.get("published", ""),
    )  # fmt: skip


def placed(name: str, document: str, target_file: str) -> ArticleRow:
    """Make an article of an address or path, where a format does not say which of the two it has."""
    url = "://" in document
    return ArticleRow(id=name, url=document if url else "", path="" if url else document, target_file=target_file)
