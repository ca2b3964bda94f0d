"""Tab-separated values with Bitextor's column names, and the two plain files of Moses with one of ids."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import regex

from normalize.corpus import Origin, State
from normalize.errors import InputError
from normalize.export.details import placed
from normalize.export.form import Form, Head, Pair, Sink, Tags, article_of
from normalize.rows import COLUMNS, ArticleRow, Natural, UnitRow, lines, of_cell, one_line, table_line
from normalize.rows.file import LONGEST_LINE

__all__ = ["MOSES", "TSV", "read_moses"]

_SYNONYMS = {
    "source": "src_text", "target": "trg_text", "src": "src_text", "trg": "trg_text", "tgt": "trg_text",
    "source_lang": "src_lang", "target_lang": "trg_lang", "source_language": "src_lang", "target_language": "trg_lang",
    "id": "unit_id", "score": "mt_score",
}  # fmt: skip

_TAG = regex.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_PLAIN = regex.compile(r"[^\x00\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]*")


class _Tsv:
    def __init__(self, open_file: Callable[[str], Sink], _: Head) -> None:
        self._sink = open_file("")
        self._sink.write(("\t".join(COLUMNS) + "\n").encode())

    def add(self, unit: UnitRow, article: ArticleRow) -> None:
        """Write a unit, as `corpus.tsv` of a run has it."""
        self._sink.write(table_line(unit, article.url or article.path, article.target_file).encode())

    def close(self) -> None:
        """Do nothing: a line is whole."""


class _Moses:
    def __init__(self, open_file: Callable[[str], Sink], head: Head) -> None:
        tags = head.source_language or "und", head.target_language or "und"
        self._files = [open_file(".".join(["", "-".join(tags), ending])) for ending in (*tags, "ids")]

    def add(self, unit: UnitRow, _: ArticleRow) -> None:
        """Write a line into each file."""
        for file, text in zip(self._files, (unit.source, unit.target, unit.id), strict=True):
            file.write(f"{one_line(text)}\n".encode())

    def close(self) -> None:
        """Do nothing: a line is whole."""


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Give the number and cells of each line; UTF-8, or UTF-16 with its mark as spreadsheets write it."""
    with path.open("rb") as file:
        if file.read(2) in {b"\xff\xfe", b"\xfe\xff"}:
            raise InputError("is UTF-16", path=path, line=1, advice="save it as UTF-8")
        file.seek(0)
        for number, raw in lines(file, path):
            yield number, _text(raw, path, number).split("\t")


def _text(raw: bytes, path: Path, number: int) -> str:
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", path=path, line=number, advice="save it as UTF-8") from error
    if "\0" in text:
        raise InputError("is not text", path=path, line=number, advice="is this the right file?")
    return text.removesuffix("\n").removesuffix("\r")


def read_tsv(path: Path, tags: Tags) -> Iterator[Pair]:
    """Read a table: by its header line, or without one the first two columns."""
    names: Sequence[str] = ("src_text", "trg_text")
    for number, row in _rows(path):
        if number == 1:
            heads = [_SYNONYMS.get(head, head) for head in (each.strip().lower() for each in row)]
            if {"src_text", "trg_text"} <= set(heads):
                names = heads
                continue
        if len(row) < 2:
            raise InputError("has no second column", path=path, line=number, advice="put a tab between")
        cells = {name: of_cell(value) for name, value in zip(names, row, strict=False)}
        yield _pair(cells, tags, path, number)


def _pair(cells: dict[str, str], tags: Tags, path: Path, number: int) -> Pair:
    def said(name: str) -> str:
        return cells.get(name, "").strip()

    try:
        score = float(said("mt_score")) if said("mt_score") else None
        paragraph = msgspec.convert(said("src_paragraph_id") or 0, Natural, strict=False)
        state = State(said("state") or State.TRANSLATED)
        origin = Origin(said("origin") or Origin.MEMORY)
    except ValueError as error:
        what = f"cannot be used ({str(error)[:120]})"
        raise InputError(what, path=path, line=number, advice="check the columns' names") from error
    tongues = said("src_lang") or tags.source, said("trg_lang") or tags.target
    if any(tag and not _TAG.fullmatch(tag) for tag in tongues):
        raise InputError("names no language", path=path, line=number, advice="write tags such as `id` and `en`")
    unit = UnitRow(
        id=said("unit_id"), article=article_of(said("unit_id"), ""), paragraph=paragraph, state=state,
        origin=origin, source=cells.get("src_text", ""), target=cells.get("trg_text", ""),
        source_language=tongues[0], target_language=tongues[1],
        score=None if score is None or not abs(score) < 1e9 else score,
    )  # fmt: skip
    document = said("src_url")
    return Pair(unit, placed(unit.article, document if document != unit.article else "", said("trg_url")))


def read_moses(source: Path, target: Path, ids: Path | None, tags: Tags) -> Iterator[Pair]:
    """Read two files line by line, and the ids beside them; InputError where one has more lines."""
    with contextlib.ExitStack() as stack:
        paths = [path for path in (source, target, ids) if path is not None]
        files = [stack.enter_context(path.open("rb")) for path in paths]
        number = 0
        while True:
            raws = [file.readline(LONGEST_LINE + 1) for file in files]
            number += 1
            if not any(raws):
                return
            for path, raw in zip(paths, raws, strict=True):
                if not raw:
                    raise InputError("has fewer lines than the other file", path=path, line=number,
                                     advice="give files with a translation for each line")  # fmt: skip
                if len(raw) > LONGEST_LINE:
                    raise InputError("the line is too long", path=path, line=number, advice="is this the right file?")
            texts = [_text(raw, path, number) for raw, path in zip(raws, paths, strict=True)]
            name = texts[2] if ids else ""
            unit = UnitRow(id=name, article=article_of(name, ""), source=texts[0], target=texts[1],
                           source_language=tags.source, target_language=tags.target)  # fmt: skip
            yield Pair(unit, ArticleRow(id=unit.article))


def _single(path: Path, _: Tags) -> Iterator[Pair]:
    raise InputError("is one file of a pair", path=path, advice="give the source's and the target's file after it")


def _kept(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None


TSV = Form(
    name="tsv", title="tab-separated, Bitextor's column names", suffixes=(".tsv", ".tab"), writer=_Tsv, read=read_tsv,
    carries=frozenset({"id", "article", "paragraph", "source_language", "target_language", "state", "score", "origin",
                       "url", "path"}),
    exact=_kept, inexact="line breaks, tabs and NUL became spaces",
)  # fmt: skip
MOSES = Form(
    name="moses", title="Moses: a file for each language, and the ids", suffixes=("",), writer=_Moses, read=_single,
    carries=frozenset({"id", "article", "source_language", "target_language"}), one_pair=True, two_languages=True,
    exact=_kept, inexact="line breaks, tabs and NUL became spaces",
)  # fmt: skip
