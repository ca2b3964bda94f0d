"""One file, or bytes in memory → articles."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import PurePath

from normalize.corpus import Article
from normalize.errors import InputError, UsageError
from normalize.read.article import LARGEST_ARTICLE, looks_like_html, make_article
from normalize.read.decode import decode
from normalize.read.records import read_csv, read_jsonl
from normalize.read.sources import Source

__all__ = ["FORMATS", "read", "read_text"]

FORMATS = {".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html"}
"""The format of a file that is one article, by its suffix."""


def read(
    source: Source,
    *,
    format: str | None = None,  # noqa: A002 - the name of Article's field
) -> Iterator[Article | InputError]:
    """Give the articles of one file, and an InputError for each that cannot be read; never raise.

    Records of JSONL and CSV are read one at a time; a file that is one article may have `LARGEST_ARTICLE` bytes, and is
    of the kind its suffix says unless `format` (text, markdown or html) overrides it.
    """
    try:
        yield from _articles(source, format)
    except InputError as error:
        yield InputError(error.what, path=source.relative, line=error.line, advice=error.advice)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield InputError(f"cannot be read: {reason}", path=source.relative, advice="check that it is there")


def _articles(source: Source, wanted: str | None) -> Iterator[Article | InputError]:
    suffix = PurePath(source.relative).suffix.lower()
    size = _regular_size(source)
    with source.path.open("rb") as stream:
        if suffix == ".jsonl":
            yield from read_jsonl(stream, source)
        elif suffix == ".csv":
            yield from read_csv(stream, source)
        elif size > LARGEST_ARTICLE:
            raise InputError(f"has {size / 1e6:.0f} MB, more than an article can have",
                             advice="split it, or make it JSONL with one article a line")  # fmt: skip
        else:
            data = stream.read(LARGEST_ARTICLE + 1)
            yield read_text(data, id=source.id, path=source.relative, format=wanted or FORMATS.get(suffix, "text"))


def _regular_size(source: Source) -> int:
    """Give the size of a regular file; opening anything else (a pipe) could wait for ever."""
    status = source.path.stat()
    if stat.S_ISDIR(status.st_mode):
        os.scandir(source.path).close()  # a folder that cannot be listed says so itself
        raise InputError("is a folder, not a file")
    if not stat.S_ISREG(status.st_mode):
        raise InputError("is not a regular file", advice="give a file, not a pipe or device")
    return status.st_size


def read_text(data: bytes, *, id: str, path: str, format: str) -> Article:  # noqa: A002 - the names of Article's fields
    """Make an article of one text in memory; `format` is text, markdown or html.

    A text that is a whole page is read as HTML whatever its format says. InputError when it cannot be read.
    """
    if format not in FORMATS.values():
        raise UsageError(f"no format {format!r}", advice=f"use one of {', '.join(sorted(set(FORMATS.values())))}")
    try:
        return _read_text(data, Article(id=id, path=path, raw="", text="", sha256=hashlib.sha256(data).hexdigest(),
                                        format=format))  # fmt: skip
    except InputError as error:
        raise InputError(error.what, path=path, advice=error.advice) from error


def _read_text(data: bytes, draft: Article) -> Article:
    if len(data) > LARGEST_ARTICLE:
        raise InputError("has more than an article can have", advice="split it, or make it JSONL")
    if not data:
        raise InputError("is empty")
    text, encoding = decode(data, markup=draft.format == "html")
    form = draft.format
    if form != "html" and looks_like_html(text):
        form = "html"
        text, encoding = decode(data, markup=True)
    return make_article(text, dataclasses.replace(draft, format=form, encoding=encoding))
