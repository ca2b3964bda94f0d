"""Formats that are a table of text: a row a term, cells between commas or tabs."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterator, Sequence
from pathlib import PurePath

import regex

from normalize.errors import GlossaryError
from normalize.formats.format import chosen, one_pair, primary
from normalize.formats.losses import losses, plain_rows, unguarded_aliases
from normalize.formats.records import Record, from_records, is_formula
from normalize.glossary import Glossary, Term
from normalize.language import name as language_name
from normalize.wording import counted

__all__ = ["Delimited", "decoded"]

_LANGUAGE = regex.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4}){0,2}")
_LARGEST = 64 * 1024 * 1024  # bytes read; 10^5 rows take about 5 million
_HEADINGS = frozenset({"source", "target", "src", "tgt", "source term", "target term"})


def decoded(data: bytes, path: PurePath | str | None = None) -> str:
    r"""Decode a table: UTF-8, or UTF-16 with its mark; a byte that is neither stays visible as a surrogate.

    Raises GlossaryError for what is too large or no text.

    >>> decoded("\ufeffa\tb".encode("utf-16-le"))
    'a\tb'
    """
    if len(data) > _LARGEST:
        raise GlossaryError(f"the file is larger than {_LARGEST // 2**20} MiB", path=path, advice="split it")
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise GlossaryError("the file is not text", path=path, advice="save it as text in UTF-8")
    return data.decode("utf-8-sig", "surrogateescape")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Delimited:
    """A format that is a table; `columns` are the glossary's own column names, "" for one left empty."""

    name: str
    title: str
    suffix: str
    columns: tuple[str, ...]
    read_columns: tuple[str, ...] = ()
    """What is read, where that is more than is written."""
    delimiter: str = ","
    quoted: bool = True
    """Whether cells may stand in quotation marks; otherwise every sign is itself."""
    headings: tuple[str, ...] = ()
    """The header line; "source" and "target" stand for the language tags where `tagged`."""
    tagged: bool = False
    """The header line names languages."""
    synonyms: tuple[tuple[str, str], ...] = ()
    """Further headings that are read, and the own column each is."""
    preamble: str = ""
    comment: str = ""
    """What begins a line that is no entry."""
    padded: bool = False
    """A blank may stand before a cell that a spreadsheet would compute; otherwise such a row is left out."""
    largest: int = 0
    """Bytes that the service behind the format takes; 0: any."""
    single: bool = True
    """Holds one pair of languages."""

    def render(self, terms: Sequence[Term]) -> bytes:
        """Write terms; raises UsageError where they have several pairs of languages and the format holds one."""
        rows = plain_rows(terms)
        pair = one_pair(rows, self.name) if self.single else ("", "")
        lines = [self._line(self._heading(pair))] if self.headings else []
        lines += [self._line([self._cell(cell) for cell in row]) for row in self._rows(rows) if not self._left_out(row)]
        return (self.preamble + "".join(lines)).encode()

    def cannot_carry(self, terms: Sequence[Term]) -> list[str]:
        """Say what of these terms is lost."""
        carried = set(self.columns) | ({"source_lang", "target_lang"} if self.tagged else set())
        found = losses(terms, carried)
        formulas = sum(self._left_out(row) for row in self._rows(plain_rows(terms)))
        if formulas:
            found.append(f"{counted(formulas, 'row')}: left out, because a spreadsheet would compute them")
        size = sum(len(term.source.encode()) + len(term.target.encode()) + 2 for term in terms)
        if self.largest and size > self.largest:
            found.append(f"the file is larger than the {self.largest:,} bytes the service takes; split the glossary")
        return found

    def parse(
        self, data: bytes, path: PurePath | str | None = None, *, source: str = "", target: str = ""
    ) -> Glossary:
        """Read terms; see `Format.parse`."""
        problems: list[GlossaryError] = []
        rows = self._read(decoded(data, path), path, problems)
        return from_records(self._records(rows, source, target), path, problems)

    def _rows(self, rows: Sequence[Term]) -> Iterator[list[str]]:
        """Give each row's cells, unguarded aliases as rows of their own."""
        taken = {term.source for term in rows}
        for term in rows:
            own = {
                "source": term.source, "target": term.target, "pos": term.pos, "note": term.note,
                "source_lang": term.source_language, "target_lang": term.target_language,
            }  # fmt: skip
            yield [own.get(column, "") for column in self.columns]
            for alias in unguarded_aliases(term):
                if alias not in taken:
                    taken.add(alias)
                    yield [(own | {"source": alias}).get(column, "") for column in self.columns]

    def _heading(self, pair: tuple[str, str]) -> list[str]:
        tags = dict(zip(("source", "target"), (tag or "und" for tag in pair), strict=True)) if self.tagged else {}
        return [tags.get(heading, heading) for heading in self.headings]

    def _left_out(self, row: Sequence[str]) -> bool:
        return not self.padded and any(map(is_formula, row))

    def _cell(self, cell: str) -> str:
        marked = bool(self.comment) and cell.startswith(self.comment)
        return f" {cell}" if marked or is_formula(cell) else cell

    def _line(self, row: Sequence[str]) -> str:
        if not self.quoted:
            return self.delimiter.join(row) + "\n"
        line = io.StringIO()
        csv.writer(line, delimiter=self.delimiter, lineterminator="\n").writerow(row)
        return line.getvalue()

    def _read(
        self, text: str, path: PurePath | str | None, problems: list[GlossaryError]
    ) -> Iterator[tuple[int, list[str]]]:
        """Give each row's line number and cells; blank lines and comments are passed over."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if not self.quoted:
            for number, line in enumerate(lines, 1):
                if line.strip() and not (self.comment and line.startswith(self.comment)):
                    yield number, line.split(self.delimiter)
            return
        reader = csv.reader((f"{line}\n" for line in lines), delimiter=self.delimiter, strict=True)
        start = 0
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield start + 1, row
                start = reader.line_num
        except csv.Error as error:
            what = f"the row cannot be read ({error})"
            advice = "check its quotation marks; the rows after it were not read"
            problems.append(GlossaryError(what, path=path, line=start + 1, advice=advice))

    def _records(self, rows: Iterator[tuple[int, list[str]]], source: str, target: str) -> Iterator[Record]:
        first = next(rows, None)
        if first is None:
            return
        number, head = first
        names, tags = self._header(head, source, target)
        if not names:
            columns = list(self.read_columns or self.columns) if len(head) > 2 else ["source", "target"]
            names, tags = [columns], [(source, target)]
            rows = _chain((number, head), rows)
        for line, row in rows:
            for columns, (one, other) in zip(names, tags, strict=True):
                cells = {column: cell for column, cell in zip(columns, row, strict=False) if column}
                if not any(cells.get(column, "").strip() for column in ("source", "target")):
                    continue
                cells["source_lang"] = cells.get("source_lang", "").strip() or one
                cells["target_lang"] = cells.get("target_lang", "").strip() or other
                yield Record(line, cells)

    def _header(self, head: Sequence[str], source: str, target: str) -> tuple[list[list[str]], list[tuple[str, str]]]:
        """Tell from a first row the columns of each pair of languages, and the pairs; nothing where it is no header."""
        shown = [cell.strip() for cell in head]
        known = dict(self.synonyms) | {
            heading: column for heading, column in zip(self.headings, self.columns, strict=False) if column
        }
        low = [cell.lower() for cell in shown]
        tongues = [number for number, cell in enumerate(shown) if low[number] not in known and self._is_tag(cell)]
        named = [known.get(cell, "") for cell in low]
        if not self.tagged and "source" in named and "target" in named:
            return [named], [(source, target)]
        if len(tongues) > 1 and (self.tagged or (len(shown) == len(tongues) == 2 and low[0] != low[1])):
            pairs = chosen([shown[number] for number in tongues], source, target)
            places = [(tongues[one], tongues[other]) for one, other in pairs]
            columns = [
                ["source" if n == one else "target" if n == other else "" if n in tongues else named[n]
                 for n in range(len(shown))]
                for one, other in places
            ]  # fmt: skip
            return columns, [tuple("" if shown[n] == "und" else shown[n] for n in place) for place in places]  # type: ignore[misc] # pairs stay pairs
        if set(low[:2]) <= _HEADINGS and len(set(low[:2])) == 2:
            return [list(self.columns)], [(source, target)]
        return [], []


    def _is_tag(self, cell: str) -> bool:
        """Whether a cell of a first row names a language; where no header is due, only a two-letter tag does."""
        if self.tagged:
            return _LANGUAGE.fullmatch(cell) is not None
        tag = primary(cell)
        return len(tag) == 2 and _LANGUAGE.fullmatch(cell) is not None and language_name(tag) != tag


def _chain(first: tuple[int, list[str]], rest: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    yield first
    yield from rest
