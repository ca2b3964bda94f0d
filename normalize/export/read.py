"""`read`: parallel corpora in any of the formats, as units and articles of ours."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from normalize import language
from normalize.errors import InputError, UsageError
from normalize.export.corpus import Corpus
from normalize.export.form import Pair, Tags
from normalize.export.forms import FORMS, form_named
from normalize.export.tables import read_moses
from normalize.rows import ArticleRow, UnitRow, line

__all__ = ["read", "units_and_articles"]

_BY_SUFFIX = {
    suffix: form for form in reversed(FORMS.values()) for suffix in form.suffixes if suffix
} | {".ndjson": FORMS["jsonl"], ".json": FORMS["jsonl"]}  # fmt: skip
_DATA = (".jsonl", ".parquet")
"""What the data files of a folder end in."""

_MOST_FILES = 10_000


def read(paths: Sequence[Path], *, form: str = "", tags: Tags | None = None) -> Iterator[Pair]:
    """Read files one after another, each by its suffix or as `form`; a folder gives its data files.

    Two files that differ only in their last suffix, a language each, are read line by line as a pair (Moses), with the
    `.ids` beside them; a `corpus.jsonl` comes with the `articles.jsonl` beside it. Units without an id get one, and so
    do articles; languages that a file does not tell are those of `tags`. Raises InputError for what cannot be read, and
    UsageError for a file whose format cannot be told.
    """
    tags = tags or Tags()
    for number, group in enumerate(_grouped(_files(paths), form)):
        for count, pair in enumerate(_read(group, form, tags), 1):
            yield _named(pair, group[0], count, number, tags)


def _read(group: tuple[Path, ...], form: str, tags: Tags) -> Iterator[Pair]:
    first = group[0]
    try:
        if len(group) > 1:
            ids = next((each for each in group if each.suffix == ".ids"), None)
            pair = [each for each in group if each is not ids]
            told = Tags(tags.source or _tag(pair[0]), tags.target or _tag(pair[1]))
            yield from read_moses(pair[0], pair[1], ids, told)
        elif first.name == "corpus.jsonl" and first.with_name("articles.jsonl").is_file() and form in {"", "jsonl"}:
            yield from (Pair(unit, article) for unit, article in Corpus.open(first))
        else:
            known = form_named(form) if form and form != "hf" else _BY_SUFFIX.get(first.suffix.lower())
            if known is None:
                raise UsageError("is of no format that its name tells", path=first, advice="name it with --from")
            yield from known.read(first, tags)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=first) from error


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            if not path.exists():
                raise UsageError("is not there", path=path, advice="check its name")
            yield path
            continue
        if (path / "corpus.jsonl").is_file():
            yield path / "corpus.jsonl"
            continue
        data = path / "data" if (path / "data").is_dir() else path
        found = sorted(each for suffix in _DATA for each in data.glob(f"*/*{suffix}"))
        found += sorted(each for suffix in _DATA for each in data.glob(f"*{suffix}"))
        if not found or len(found) > _MOST_FILES:
            raise UsageError("holds no corpus", path=path, advice="give a folder with corpus.jsonl or data/*/*.jsonl")
        yield from found


def _grouped(files: Iterable[Path], form: str) -> list[tuple[Path, ...]]:
    """Put together what belongs together: two texts of one stem, and their ids."""
    groups: list[tuple[Path, ...]] = []
    waiting: list[Path] = []
    for file in files:
        suffix = file.suffix.lower()
        if form not in {"", "moses"} or (not form and (suffix in _BY_SUFFIX or suffix == ".ids")):
            if suffix != ".ids":
                groups.append((file,))
            continue
        if suffix == ".ids":
            continue
        waiting.append(file)
        if len(waiting) == 2:
            ids = file.with_suffix(".ids")
            groups.append((*waiting, *([ids] if ids.is_file() and waiting[0].stem == file.stem else [])))
            waiting = []
    if waiting:
        advice = "give the source's and the target's file, or name the format with --from"
        raise UsageError("is of no format that its name tells", path=waiting[0], advice=advice)
    return groups


def _tag(path: Path) -> str:
    suffix = path.suffix.removeprefix(".")
    short = suffix.partition("-")[0]
    return suffix if short.isascii() and short.isalpha() and 2 <= len(short) <= 3 and suffix.lower() != "und" else ""


def _named(pair: Pair, path: Path, count: int, file: int, tags: Tags) -> Pair:
    """Give a unit and its article the ids and languages that their file does not tell."""
    unit, article = pair
    home = unit.article or article.id or (path.stem if not file else f"{path.stem}-{file + 1}")
    unit.article = home
    unit.id = unit.id or f"{home}:{count - 1}.0"
    unit.source_language = _canonical(unit.source_language) or tags.source
    unit.target_language = _canonical(unit.target_language) or tags.target
    return Pair(unit, msgspec.structs.replace(article, id=home) if article.id != home else article)


@functools.cache
def _canonical(tag: str) -> str:
    """Give a tag in its usual form, `en-GB`; one that names no language stays as it is, and `und` is nothing."""
    if tag.lower() in {"", "und"}:
        return ""
    try:
        return language.canonical(tag)
    except UsageError:
        return tag


def units_and_articles(pairs: Iterable[Pair]) -> Iterator[tuple[bytes, bytes]]:
    """Give the lines of `corpus.jsonl` and `articles.jsonl`, as they come: one of the two is empty.

    An article's line comes after its last unit in a row, with its counts; one that comes back later is told once more
    only if it was not told yet.
    """
    told: set[str] = set()
    current: ArticleRow | None = None
    for unit, article in pairs:
        if current is None or article.id != current.id:
            yield from _told(current, told)
            current = _opened(unit, article)
        current.units += 1
        current.words += len(unit.source.split())
        current.paragraphs = max(current.paragraphs, unit.paragraph + 1)
        yield line(unit), b""
    yield from _told(current, told)


def _opened(unit: UnitRow, article: ArticleRow) -> ArticleRow:
    tag = unit.source_language or "und"
    return msgspec.structs.replace(article, language=tag, units=0, words=0, paragraphs=0)


def _told(article: ArticleRow | None, told: set[str]) -> Iterator[tuple[bytes, bytes]]:
    if article is not None and article.id not in told:
        told.add(article.id)
        yield b"", line(article)
