"""Translations made elsewhere: pairs of source and target out of two text files, a TSV, TMX or XLIFF."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

import regex

from normalize.errors import GlossaryError, InputError
from normalize.formats.delimited import decoded
from normalize.formats.format import chosen
from normalize.formats.markup import child, entries, local, text_of
from normalize.formats.tmx import CODES, source_tag, variants_of

__all__ = ["Pair", "read_pairs", "two_files"]

_HEADINGS = {
    "source": "source", "src_text": "source", "target": "target", "trg_text": "target", "src_lang": "source_language",
    "trg_lang": "target_language", "source_lang": "source_language", "target_lang": "target_language",
}  # fmt: skip


_SURROGATE = regex.compile(r"[\ud800-\udfff]")


class Pair(NamedTuple):
    """A source and its translation, and where they stand."""

    line: int
    source: str
    target: str
    source_language: str = ""
    target_language: str = ""


def two_files(source: bytes, target: bytes, paths: tuple[str, str] = ("", "")) -> list[Pair]:
    r"""Pair two texts line by line.

    Raises InputError when one has more lines than the other, or is not UTF-8.

    >>> two_files(b"Satu\nDua\n", b"One\nTwo\n")[1]
    Pair(line=2, source='Dua', target='Two', source_language='', target_language='')
    """
    lines = [_lines(source, paths[0]), _lines(target, paths[1])]
    if len(lines[0]) != len(lines[1]):
        what = f"has {len(lines[1]):,} lines, and {paths[0] or 'the source'} has {len(lines[0]):,}"
        raise InputError(what, path=paths[1] or None, advice="give files with a translation for each line")
    return [Pair(number, one, other) for number, (one, other) in enumerate(zip(*lines, strict=True), 1)]


def _lines(data: bytes, path: str) -> list[str]:
    text = _text(data, path or None).replace("\r\n", "\n").removesuffix("\n")
    return text.split("\n") if text else []


def _text(data: bytes, path: PurePath | str | None) -> str:
    """Decode a text; InputError with the line for what is not UTF-8: a translation with unknown bytes helps nobody."""
    text = decoded(data, path)
    wrong = _SURROGATE.search(text)
    if wrong:
        line = text.count("\n", 0, wrong.start()) + 1
        raise InputError("is not UTF-8", path=path, line=line, advice="save it as UTF-8")
    return text


def read_pairs(
    data: bytes, path: PurePath | str, *, source: str = "", target: str = ""
) -> list[Pair]:
    """Read the pairs of a TMX, XLIFF (`.xlf`, `.xliff`) or tab-separated file, by its suffix.

    Raises InputError for another suffix or a table that is not UTF-8, and GlossaryError for a file that cannot be read.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix == ".tmx":
        return list(_tmx(entries(data, frozenset({"tmx"}), frozenset({"tu"}), path), source, target))
    if suffix in {".xlf", ".xliff"}:
        return list(_xliff(entries(data, frozenset({"xliff"}), frozenset({"trans-unit", "segment"}), path), path))
    if suffix in {".tsv", ".tab"}:
        return list(_tsv(_text(data, path), path))
    raise InputError("is no TMX, XLIFF or TSV", path=path, advice="give a source and a target text file")


def _tmx(units: Iterator[Any], source: str, target: str) -> Iterator[Pair]:
    for unit in units:
        found = variants_of(unit)
        for one, other in chosen([tag for tag, _ in found], source or source_tag(unit), target)[:1]:
            yield Pair(unit.sourceline, found[one][1], found[other][1], found[one][0], found[other][0])


def _xliff(units: Iterator[Any], path: PurePath | str) -> Iterator[Pair]:
    for unit in units:
        root = unit.getroottree().getroot()
        version = root.get("version", "1.2")
        if not version.startswith(("1.", "2.")) or version.startswith("2.") is not (local(unit) == "segment"):
            advice = "export it as XLIFF 1.2 or 2.1"
            raise GlossaryError("is neither XLIFF 1 nor 2", path=path, line=root.sourceline, advice=advice)
        file = next((above for above in unit.iterancestors() if local(above) == "file"), root)
        tags = [file.get("source-language") or root.get("srcLang", ""),
                file.get("target-language") or root.get("trgLang", "")]  # fmt: skip
        # XLIFF 1.2 names its inline codes as TMX does; those of XLIFF 2 hold no text but what is to be translated.
        parts = {name: child(unit, name) for name in ("source", "target")}
        source, target = ("" if part is None else text_of(part, CODES) for part in parts.values())
        yield Pair(unit.sourceline, source, target, *tags)


def _tsv(text: str, path: PurePath | str) -> Iterator[Pair]:
    lines = text.replace("\r\n", "\n").split("\n")
    quoted = any(line.startswith('"') for line in lines[:1])
    rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    names: Sequence[str] = ("source", "target")
    try:
        for row in rows:
            if not any(row):
                continue
            heads = [_HEADINGS.get(cell.strip().lower(), "") for cell in row]
            if rows.line_num == 1 and {"source", "target"} <= set(heads):
                names = heads
                continue
            if len(row) < 2:
                raise InputError("has no second column", path=path, line=rows.line_num, advice="put a tab between")
            cell = {name: value.strip() for name, value in zip(names, row, strict=False) if name}
            yield Pair(rows.line_num, cell.get("source", ""), cell.get("target", ""),
                       cell.get("source_language", ""), cell.get("target_language", ""))  # fmt: skip
    except csv.Error as error:
        raise InputError(f"cannot be read ({error})", path=path, line=rows.line_num) from error
