"""The glossary's own file: CSV with a header line, bytes in, terms and problems out."""

from __future__ import annotations

import csv
import dataclasses
import unicodedata
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import PurePath
from typing import TypeVar

import regex

from normalize.errors import GlossaryError
from normalize.glossary import scope
from normalize.glossary.term import Kind, Status, Term

__all__ = ["COLUMNS", "identity", "parse"]

COLUMNS = (
    "source", "target", "source_lang", "target_lang", "aliases", "case_sensitive", "kind", "wrong", "context",
    "not_near", "pos", "note", "status", "scope",
)  # fmt: skip
"""The columns, in the order they are written; only the first two must be there, and any order is read."""

_SYNONYMS = {"source_language": "source_lang", "target_language": "target_lang", "alias": "aliases", "type": "kind"}
_KINDS = {
    "dnt": Kind.KEEP,  # do not translate
    "do-not-translate": Kind.KEEP,
    "geo": Kind.NAME,
    "place": Kind.NAME,
    "person": Kind.NAME,
    "organisation": Kind.NAME,
    "organization": Kind.NAME,
    "product": Kind.NAME,
    "forbidden": Kind.FORBID,
}
_PROPER = frozenset({Kind.NAME, Kind.KEEP})
_TRUE = frozenset({"1", "true", "yes", "y"})
_FALSE = frozenset({"0", "false", "no", "n"})
_LONGEST = 1024  # bytes of UTF-8 in a cell; the limit of the services glossaries are exchanged with
_REREAD = 1_000_000  # lines read again because of open quotation marks, after which the rest of the file is given up
_ACRONYM = regex.compile(r"(?=(?:.*?\p{Lu}){2})[^\p{Ll}]+")
_CAPITALISED = regex.compile(r"[^\p{L}]*\p{Lu}")
_LANGUAGE = regex.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_SURROGATES = regex.compile("[\ud800-\udfff]")

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclasses.dataclass(frozen=True, slots=True)
class _Row:
    """A row's cells by column, and where it stands."""

    line: int
    cells: dict[str, str]
    fail: Callable[..., GlossaryError]

    def text(self, column: str) -> str:
        """Give a cell, checked: in normal form C, no stray blanks."""
        cell = unicodedata.normalize("NFC", self.cells.get(column, "")).strip()
        if _SURROGATES.search(cell):
            raise self.fail(f"{column} is not UTF-8", self.line, "save the file as UTF-8")
        if column in {"pos", "note"}:
            return " ".join(cell.split())
        hidden = next((char for char in cell if unicodedata.category(char) in {"Cc", "Zl", "Zp"}), None)
        if hidden is not None:
            raise self.fail(f"{column} holds the control character U+{ord(hidden):04X}", self.line, "take it out")
        if len(cell.encode()) > _LONGEST:
            raise self.fail(f"{column} is longer than {_LONGEST:,} bytes", self.line, "shorten it")
        return " ".join(cell.split())

    def texts(self, column: str) -> tuple[str, ...]:
        """Give the parts of a cell that holds several, separated by `|`; each once."""
        return tuple(dict.fromkeys(part.strip() for part in self.text(column).split("|") if part.strip()))

    def choice(self, column: str, choices: type[_Choice], synonyms: dict[str, _Choice]) -> _Choice | None:
        """Give the member of a closed list that a cell names, or None where it is empty."""
        cell = self.text(column).lower()
        if not cell:
            return None
        valid = {choice.value: choice for choice in choices} | synonyms
        if cell not in valid:
            raise self.fail(f"unknown {column} {cell!r}", self.line, f"valid are {', '.join(valid)}")
        return valid[cell]

    def scope(self) -> tuple[str, ...]:
        """Give the sites and paths where the row counts."""
        parts = {part: scope.canonical(part) for part in self.texts("scope")}
        bad = next((part for part, known in parts.items() if known is None), None)
        if bad is not None:
            advice = "write a site like tempo.co, or a path like 2024/*"
            raise self.fail(f"scope {bad!r} is neither site nor path", self.line, advice)
        return tuple(dict.fromkeys(known for known in parts.values() if known))

    def language(self, column: str) -> str:
        """Give a BCP 47 tag, or nothing."""
        tag = self.text(column)
        if tag and not _LANGUAGE.fullmatch(tag):
            raise self.fail(f"{column} {tag!r} is no language tag", self.line, "write one like id, fr or en")
        return tag.replace("_", "-")


def parse(data: bytes, path: PurePath | str | None = None) -> tuple[list[Term], list[GlossaryError]]:
    r"""Read glossary rows from the bytes of a CSV file: comma, semicolon or tab between cells, UTF-8.

    Gives the good rows as terms, in order, and a problem for each bad one. Raises GlossaryError when nothing can be
    read: no header line with `source` and `target`, or not UTF-8 at all.

    >>> terms, problems = parse(b"source,target,kind\nLeike,Leike,name\n,x,\n", "g.csv")
    >>> terms[0].source, str(problems[0])
    ('Leike', 'g.csv:3: source is empty; fill it in or take the row out')
    """

    def fail(what: str, line: int, advice: str = "") -> GlossaryError:
        return GlossaryError(what, path=path, line=line, advice=advice)

    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise fail("the file is UTF-16", 1, "save it as UTF-8")
    lines = data.decode("utf-8-sig", "surrogateescape").splitlines(keepends=True)
    lines = _joined_only_at_line_feeds(lines)
    header, delimiter, first = _header(lines, fail)
    terms: list[Term] = []
    problems: list[GlossaryError] = []
    seen: dict[tuple[str, ...], Term] = {}
    for line, cells in _records(lines, first, delimiter, problems, fail):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            term = _term(_Row(line, dict(zip(header, cells, strict=False)), fail), str(path or ""))
            _unique(term, seen, fail)
        except GlossaryError as problem:
            problems.append(problem)
        else:
            terms.append(term)
    return terms, sorted(problems, key=lambda problem: problem.line or 0)


def _joined_only_at_line_feeds(lines: list[str]) -> list[str]:
    """Undo the cuts of `splitlines` at signs that end no line of a CSV file (form feed, U+0085, U+2028 …)."""
    joined: list[str] = []
    for line in lines:
        if joined and not joined[-1].endswith(("\n", "\r")):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _header(lines: list[str], fail: Callable[..., GlossaryError]) -> tuple[list[str], str, int]:
    """Find the header line: its column names, the delimiter, and the index of the line after it."""
    number = next((number for number, line in enumerate(lines) if line.strip()), None)
    if number is None:
        raise fail("the glossary is empty", 1, "begin it with the line source,target")
    if "\0" in lines[number]:
        raise fail("the file is not text", number + 1, "save it as CSV in UTF-8")
    for delimiter in (",", ";", "\t"):
        try:
            cells = next(csv.reader([lines[number]], delimiter=delimiter))
        except csv.Error:
            continue
        names = [_SYNONYMS.get(name, name) for name in (cell.strip().lower() for cell in cells)]
        if {"source", "target"} <= set(names):
            twice = next((name for name in names if name and names.count(name) > 1), None)
            if twice is not None:
                raise fail(f"two columns are named {twice}", number + 1, "keep one of them")
            return names, delimiter, number + 1
    raise fail("no columns named source and target", number + 1, "begin the file with the line source,target")


def _records(
    lines: list[str], first: int, delimiter: str, problems: list[GlossaryError], fail: Callable[..., GlossaryError]
) -> Iterator[tuple[int, list[str]]]:
    """Give each record's line number, from 1, and cells; after a quotation mark left open, go on with the next line."""
    reread = 0
    while reread < _REREAD:
        reader = csv.reader(iter(lines[first:]), delimiter=delimiter, strict=True)
        start = first
        try:
            for cells in reader:
                yield start + 1, cells
                start = first + reader.line_num
        except csv.Error as error:
            problems.append(fail(f"the row cannot be read ({error})", start + 1, "check its quotation marks"))
            reread += first + reader.line_num - start
            first = start + 1
        else:
            return
    problems.append(fail("too many open quotation marks", first, "the rows after this one were not read"))


def _term(row: _Row, file: str) -> Term:
    """Make a term of a row, or raise GlossaryError."""
    source, target = row.text("source"), row.text("target")
    kind = row.choice("kind", Kind, _KINDS)
    if kind is Kind.KEEP and not target:
        target = source
    for column, cell in (("source", source), ("target", target)):
        if not cell:
            raise row.fail(f"{column} is empty", row.line, "fill it in or take the row out")
        if not any(char.isalnum() for char in cell):
            raise row.fail(f"{column} {cell!r} has no letter or digit", row.line, "take the row out")
    kind = kind or _guess(source, target)
    case = row.text("case_sensitive").lower()
    if case and case not in _TRUE | _FALSE:
        raise row.fail(f"case_sensitive {case!r} is neither 1 nor 0", row.line, "write 1 or 0, or leave it empty")
    return Term(
        source=source,
        target=target,
        source_language=row.language("source_lang"),
        target_language=row.language("target_lang"),
        aliases=tuple(alias for alias in row.texts("aliases") if alias != source),
        case_sensitive=case in _TRUE or (not case and (kind in _PROPER or bool(_ACRONYM.fullmatch(source)))),
        kind=kind,
        wrong=row.texts("wrong"),
        context=row.texts("context"),
        not_near=row.texts("not_near"),
        pos=row.text("pos"),
        note=row.text("note"),
        status=row.choice("status", Status, {}) or Status.PREFERRED,
        scope=row.scope(),
        line=row.line,
        file=file,
    )


def _guess(source: str, target: str) -> Kind:
    """Tell the kind of a row that names none: a name where both sides begin with a capital letter."""
    if source == target and any(char.isupper() or char.isdigit() for char in source):
        return Kind.KEEP
    capitals = _CAPITALISED.match(source) and _CAPITALISED.match(target)
    return Kind.NAME if capitals and not _ACRONYM.fullmatch(source) else Kind.TERM


def identity(term: Term) -> tuple[str, ...]:
    """Say what a row speaks about: two rows of one identity contradict or repeat each other."""
    source = term.source if term.case_sensitive else term.source.casefold()
    tags = term.source_language.lower(), term.target_language.lower()
    about: tuple[str, ...] = (source, *tags, "|".join(sorted(term.scope)))
    if term.status is not Status.PREFERRED or term.kind is Kind.FORBID:
        about += (term.status, term.kind, term.target)
    return about


def _unique(term: Term, seen: dict[tuple[str, ...], Term], fail: Callable[..., GlossaryError]) -> None:
    """Raise GlossaryError where an earlier row says something about the same source."""
    first = seen.setdefault(identity(term), term)
    if first is term:
        return
    if first.target == term.target:
        raise fail(f"{term.source!r} repeats line {first.line}", term.line, "keep one of the two rows")
    what = f"{term.source!r} has another target than in line {first.line} ({first.target!r})"
    raise fail(what, term.line, "mark one of them admitted or deprecated in the column status")
