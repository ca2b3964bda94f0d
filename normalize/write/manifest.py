"""`manifest.json`: what made the files of `out/`, from what, and their hashes.

It is written as a stream, one article a line, so that its size does not matter; and it tells the next run which files
are this program's own, so that only these are ever removed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from normalize import __version__
from normalize.corpus import Article
from normalize.errors import NormalizeError
from normalize.rows import line
from normalize.write.atomic import Draft, failing
from normalize.write.names import FOLDER, inside
from normalize.write.plots import FOLDER as PLOTS
from normalize.write.report import failures

__all__ = ["NAME", "FileRow", "Manifest", "earlier", "remove_stale"]

NAME = "manifest.json"

_FORMAT = 1
"""Version of the manifest's layout."""


class FileRow(msgspec.Struct, kw_only=True):
    """A file that was written."""

    sha256: str
    size: int


class _ArticleRow(msgspec.Struct, kw_only=True):
    files: dict[str, FileRow]


class _Earlier(msgspec.Struct, kw_only=True):
    """The part of a manifest that the next run needs."""

    format: int
    articles: list[_ArticleRow]
    files: dict[str, FileRow]


class Manifest:
    """The manifest under way: `add` each article as it is written, then `close`."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._empty = True
        draft.write('{\n"articles": [')

    def add(self, article: Article, files: Mapping[str, bytes]) -> None:
        """Note an article, the hash of its raw bytes, and its files' contents by path."""
        row = {
            "files": {
                path: FileRow(sha256=hashlib.sha256(data).hexdigest(), size=len(data)) for path, data in files.items()
            },
            "id": article.id,
            "path": article.path,
            "record": article.record,
            "sha256": article.sha256,
        }
        self._draft.write(("\n" if self._empty else ",\n").encode() + line(row, sort=True).rstrip())
        self._empty = False

    def close(
        self,
        *,
        signature: str,
        options: Mapping[str, object],
        inputs: Mapping[str, str],
        files: Mapping[str, FileRow],
        failed: Sequence[NormalizeError],
    ) -> None:
        """Write the rest and put the manifest in place."""
        self._draft.write("" if self._empty else "\n")
        self._draft.write("]")
        rest: dict[str, Any] = {
            "failed": failures(failed),
            "files": files,
            "format": _FORMAT,
            "inputs": inputs,
            "normalize": __version__,
            "options": options,
            "signature": signature,
        }
        for key, value in rest.items():
            self._draft.write(f',\n"{key}": '.encode() + line(value, sort=True).rstrip())
        self._draft.write("\n}\n")
        self._draft.commit()


def earlier(out: Path) -> dict[str, FileRow]:
    """Give the files that the manifest in `out` lists; none when there is no manifest, or it is not one of ours."""
    try:
        found = msgspec.json.decode((out / NAME).read_bytes(), type=_Earlier)
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError, UnicodeDecodeError):
        # Without a list of our own files nothing may be removed, and a new manifest is about to be written.
        return {}
    if found.format != _FORMAT:
        return {}
    files = dict(found.files)
    for article in found.articles:
        files |= article.files
    return files


def remove_stale(out: Path, stale: Mapping[str, FileRow]) -> list[str]:
    """Remove the files in `stale` from `out`, and the folders of articles that this empties.

    A file that is not as the earlier run left it is someone's work and stays; so does what lies behind a link. Gives
    the paths of the files that stayed for that reason.
    """
    home = out.resolve()
    left: list[str] = []
    for name in sorted(stale):
        path = out / name
        if not inside(name) or not path.parent.resolve().is_relative_to(home) or path.is_symlink():
            continue
        with failing(path):
            if not path.is_file():
                continue
            if not _is(path, stale[name]):
                left.append(name)
                continue
            path.unlink()
        for folder in _own_folders(out, name):
            if any(folder.iterdir()):
                break
            folder.rmdir()
    return left


def _own_folders(out: Path, name: str) -> Iterator[Path]:
    parts = name.split("/")[:-1]
    if parts and parts[0] == FOLDER:
        for depth in range(len(parts), 1, -1):
            yield out.joinpath(*parts[:depth])
    elif parts == [PLOTS]:
        yield out / PLOTS


def _is(path: Path, row: FileRow) -> bool:
    if path.stat().st_size != row.size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == row.sha256
