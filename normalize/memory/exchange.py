"""Corrections in files: TMX 1.4b, TSV and JSON lines, and in from XLIFF too.

What comes in is not trusted: no entities, limits on sizes, each row checked, and those that cannot be used told with
their line. What goes out is computed by no spreadsheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

import msgspec
import regex

from normalize import __version__
from normalize.corpus import State
from normalize.errors import InputError, UsageError
from normalize.formats.bitext import read_pairs
from normalize.formats.delimited import decoded
from normalize.formats.format import chosen
from normalize.formats.markup import LANG, document, entries, local, text_of, visible
from normalize.formats.records import is_formula
from normalize.formats.tmx import source_tag, variants_of
from normalize.language import canonical
from normalize.memory.remembered import KEPT_STATES, Remembered, normal

__all__ = ["Read", "parse", "render"]

_COLUMNS = ("source", "target", "source_language", "target_language", "state", "comment", "article")
_SYNONYMS = {"source_lang": "source_language", "src_lang": "source_language", "target_lang": "target_language",
             "trg_lang": "target_language", "src_text": "source", "trg_text": "target", "note": "comment"}  # fmt: skip
_PREFIX = "x-normalize-"
_LONGEST = 20_000
"""Characters of a source, target or comment."""

_LARGEST = 256 * 1024 * 1024
"""Bytes of a JSONL file."""

_CONTROL = regex.compile(r"[^\P{Cc}\t\n\r]")
_WELL_QUOTED = regex.compile(r'"(?:[^"]|"")*+"')


class Read(NamedTuple):
    """What a file held."""

    remembered: list[Remembered]
    problems: list[InputError]
    """Rows that cannot be used."""


class _Row(msgspec.Struct, frozen=True):
    """One row as it stands in a file; other fields are passed over."""

    source: str
    target: str
    source_language: str = ""
    target_language: str = ""
    state: str = ""
    comment: str = ""
    article: str = ""


_Rows = Iterator[tuple[int, _Row]]


def _suffix(path: PurePath | str, known: Iterable[str]) -> str:
    suffix = PurePath(path).suffix.lower()
    if suffix not in known:
        raise UsageError(f"ends in none of {', '.join(sorted(known))}", path=path, advice="give it one of these names")
    return suffix


def render(corrections: Sequence[Remembered], path: PurePath | str) -> bytes:
    """Write corrections in the format that the file's name ends in; UsageError for another."""
    writers: dict[str, Callable[[Sequence[Remembered]], bytes]] = {".tmx": _tmx, ".tsv": _tsv, ".jsonl": _jsonl}
    return writers[_suffix(path, writers)](corrections)


def _jsonl(corrections: Sequence[Remembered]) -> bytes:
    encoder = msgspec.json.Encoder()
    return b"".join(encoder.encode(one) + b"\n" for one in corrections)


def _tsv(corrections: Sequence[Remembered]) -> bytes:
    """Write a table with a header line; tabs and line ends within a cell become blanks."""
    text = io.StringIO()
    # The header's quotation marks tell readers, ours too, that cells may stand in such marks.
    text.write('"source"\t' + "\t".join(_COLUMNS[1:]) + "\n")
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    for one in corrections:
        cells = (" ".join(str(getattr(one, name)).split()) for name in _COLUMNS)
        writer.writerow([f" {cell}" if is_formula(cell) else cell for cell in cells])
    return text.getvalue().encode()


def _tmx(corrections: Sequence[Remembered]) -> bytes:
    from lxml import etree  # noqa: PLC0415 - heavy

    tags = {one.source_language for one in corrections}
    root = etree.Element("tmx", {"version": "1.4"})
    etree.SubElement(root, "header", {
        "creationtool": "normalize", "creationtoolversion": __version__, "segtype": "sentence", "o-tmf": "normalize",
        "adminlang": "en", "srclang": tags.pop() if len(tags) == 1 else "*all*", "datatype": "plaintext",
    })  # fmt: skip
    body = etree.SubElement(root, "body")
    for one in corrections:
        unit = etree.SubElement(body, "tu", {"srclang": one.source_language})
        if one.comment:
            etree.SubElement(unit, "note").text = visible(one.comment)
        for name in ("state", "article"):
            if getattr(one, name):
                etree.SubElement(unit, "prop", {"type": _PREFIX + name}).text = visible(str(getattr(one, name)))
        for tag, text in ((one.source_language, one.source), (one.target_language, one.target)):
            variant = etree.SubElement(unit, "tuv", {LANG: tag})
            etree.SubElement(variant, "seg").text = visible(text)
    return document(root)


def parse(
    data: bytes, path: PurePath | str, *, source: str = "", target: str = "", state: State = State.REVIEWED
) -> Read:
    """Read corrections; the tags and the state are for rows that do not say.

    Raises UsageError for a file of another kind, and GlossaryError or InputError for one that cannot be read at all.
    """
    suffix = _suffix(path, (".tmx", ".tsv", ".tab", ".jsonl", ".xlf", ".xliff"))
    problems: list[InputError] = []
    if suffix == ".tmx":
        rows = _tmx_rows(data, path, source, target)
    elif suffix == ".jsonl":
        rows = _jsonl_rows(data, path, problems)
    elif suffix in {".tsv", ".tab"}:
        rows = _tsv_rows(decoded(data, path), path)
    else:
        rows = ((pair.line, _Row(*pair[1:])) for pair in read_pairs(data, path))
    given = _Row(source="", target="", source_language=source, target_language=target, state=state.value)
    found = []
    for line, row in rows:
        try:
            found.append(_sound(row, given))
        except InputError as error:
            problems.append(InputError(error.what, path=path, line=line, advice=error.advice))
    return Read(found, sorted(problems, key=lambda problem: problem.line or 0))


def _sound(row: _Row, given: _Row) -> Remembered:
    """Make a correction of a row; InputError where it cannot be one."""
    for name in ("source", "target", "comment", "article"):
        _check_text(name, getattr(row, name))
    if not normal(row.source):
        raise InputError("has no source", advice="fill it in, or take the row out")
    if not row.target.strip() and not row.state:
        raise InputError("has no target", advice="fill it in, or take the row out")
    state = (row.state or given.state).lower()
    if state not in KEPT_STATES:
        what = f"has the state {state[:40]!r}"
        raise InputError(what, advice="only `reviewed` and `final` translations are kept")
    tags = [getattr(row, name) or getattr(given, name) for name in ("source_language", "target_language")]
    if "" in tags:
        raise InputError("does not say its languages", advice="give --source TAG and --target TAG")
    try:
        tags = [canonical(tag) for tag in tags]
    except UsageError as error:
        raise InputError(error.what, advice=error.advice) from error
    return Remembered(
        source=normal(row.source), target=row.target.strip(), source_language=tags[0], target_language=tags[1],
        state=State(state), comment=row.comment.strip(), article=row.article.strip(),
    )  # fmt: skip


def _check_text(name: str, text: str) -> None:
    if len(text) > _LONGEST:
        raise InputError(f"has a {name} of more than {_LONGEST:,} characters", advice="split it into sentences")
    if _CONTROL.search(text):
        raise InputError(f"has control characters in its {name}", advice="take them out")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InputError(f"has a {name} that is not UTF-8", advice="save the file as UTF-8") from error


def _jsonl_rows(data: bytes, path: PurePath | str, problems: list[InputError]) -> _Rows:
    if len(data) > _LARGEST:
        raise InputError(f"is larger than {_LARGEST // 2**20} MiB", path=path, advice="split it")
    decoder = msgspec.json.Decoder(_Row)
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            advice = 'write {"source": "…", "target": "…", …} on each line'
            problems.append(InputError(f"is no correction: {error}", path=path, line=number, advice=advice))


def _tsv_rows(text: str, path: PurePath | str) -> _Rows:
    """Read a table, by its header line if it has one, else as source, target and languages."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = csv.reader(
        (f"{line}\n" for line in lines), delimiter="\t",
        quoting=csv.QUOTE_MINIMAL if _is_quoted(lines) else csv.QUOTE_NONE,
    )  # fmt: skip
    names: Sequence[str] = ("source", "target", "source_language", "target_language")
    start = 1
    try:
        for row in rows:
            number, start = start, rows.line_num + 1
            heads = [_SYNONYMS.get(cell.strip().lower(), cell.strip().lower()) for cell in row]
            if number == 1 and {"source", "target"} <= set(heads):
                names = [head if head in _COLUMNS else "" for head in heads]
            elif any(cell.strip() for cell in row):
                said = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}
                yield number, _Row(**({"source": "", "target": ""} | said))
    except csv.Error as error:
        raise InputError(f"cannot be read ({error})", path=path, line=start, advice="export it again") from error


def _is_quoted(lines: Sequence[str]) -> bool:
    r"""Tell whether quotation marks belong to the table or to the sentences in it.

    >>> _is_quoted(['"Ya," katanya.\tYes']), _is_quoted(['"Kata ""ya""."\tYes'])
    (False, True)
    """
    if lines[0].startswith('"source"\t'):
        return True
    begun = [cell for line in lines for cell in line.split("\t") if cell.startswith('"')]
    return all(_WELL_QUOTED.fullmatch(cell) for cell in begun) and any('""' in cell[1:-1] for cell in begun)


def _tmx_rows(data: bytes, path: PurePath | str, source: str, target: str) -> _Rows:
    for unit in entries(data, frozenset({"tmx"}), frozenset({"tu"}), path):
        found = variants_of(unit)
        said = _said(unit)
        for one, other in chosen([tag for tag, _ in found], source or source_tag(unit), target):
            yield unit.sourceline, _Row(
                source=found[one][1], target=found[other][1], source_language=found[one][0],
                target_language=found[other][0], **said,
            )  # fmt: skip


def _said(unit: Any) -> dict[str, str]:  # noqa: ANN401 - lxml has no types
    said = {
        part.get("type", "").removeprefix(_PREFIX): text_of(part)
        for part in unit
        if local(part) == "prop" and part.get("type") in {_PREFIX + "state", _PREFIX + "article"}
    }
    notes = [text_of(part) for part in unit if local(part) == "note"]
    return said | {"comment": " · ".join(filter(None, notes))}
