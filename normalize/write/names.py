"""Where an article's files stand under `out/`.

`articles/ID.<language>.txt` holds the source and `articles/ID.<target language>.txt` the translation; an id with `/`
makes folders. An article in the target language already has its source in `ID.source.txt`; one whose language is not
known, in `ID.und.txt`. A name too long for the file system is cut and ends in a hash of the id.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath

from normalize.corpus import UNDETERMINED

__all__ = ["FOLDER", "article_files", "inside"]

FOLDER = "articles"

_LONGEST = 240
"""Bytes of one name: 255 is the limit of common file systems; some room stays for suffixes."""

_TAG = re.compile(r"[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*")
"""A BCP 47 tag, by its shape."""

_UNSAFE = re.compile(r"[\x00-\x1f\\]")


def article_files(article: str, language: str, target_language: str) -> tuple[str, str]:
    """Give the paths of the source and the target of `article`, relative to `out/`, with `/`.

    Raises ValueError for an id or tag that would lead out of `out/`: ids are made safe where files are read, so that
    is a bug.

    >>> article_files("site/a", "id", "en")
    ('articles/site/a.id.txt', 'articles/site/a.en.txt')
    >>> article_files("a", "en", "en")
    ('articles/a.source.txt', 'articles/a.en.txt')
    """
    base = f"{FOLDER}/{article}"
    if not inside(base) or article.startswith("/") or article.endswith("/"):
        message = f"article id {article!r} cannot name a file"
        raise ValueError(message)
    language = language or UNDETERMINED
    for tag in (language, target_language):
        if not _TAG.fullmatch(tag):
            message = f"language {tag!r} cannot name a file"
            raise ValueError(message)
    source = "source" if language == target_language else language
    parts = [_fitted(part, article, 0) for part in base.split("/")[:-1]]
    name = base.rpartition("/")[2]
    return (
        "/".join([*parts, f"{_fitted(name, article, len(source))}.{source}.txt"]),
        "/".join([*parts, f"{_fitted(name, article, len(target_language))}.{target_language}.txt"]),
    )


def inside(path: str) -> bool:
    """Whether the relative `path` stays below the folder it is joined to, on any system.

    >>> inside("articles/a.txt"), inside("articles/../../a.txt"), inside("/etc/passwd"), inside("C:/a")
    (True, False, False, False)
    """
    parts = path.split("/")
    return (
        not _UNSAFE.search(path)
        and all(part not in {"", ".", ".."} for part in parts)
        and not PurePosixPath(path).is_absolute()
        and ":" not in parts[0]
    )


def _fitted(name: str, article: str, tag: int) -> str:
    room = _LONGEST - tag
    data = name.encode(errors="surrogateescape")
    if len(data) <= room:
        return name
    digest = hashlib.sha256(article.encode(errors="surrogateescape")).hexdigest()[:12]
    return f"{data[: room - 13].decode(errors='ignore')}-{digest}"
