"""Which files there are to read, and their ids.

An id is the path under the root without its suffix, with `/`, safe as a file name on every system. Files that would
share one keep their suffix (`a.txt`, `a.html`), and so does a container of records beside a folder of its name
(`a.jsonl/000001` beside `a/000001`); where names still differ only by case, a hash of the name is added. Ids are given
before `only` chooses, so they do not depend on it.
"""

from __future__ import annotations

import dataclasses
import fnmatch
import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import regex

from normalize.errors import UsageError

__all__ = ["CONTAINERS", "SUFFIXES", "Source", "find", "ignored", "safe_id"]

CONTAINERS = frozenset({".jsonl", ".csv"})
"""Suffixes of files that hold many articles."""

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm"}) | CONTAINERS
"""Suffixes read, in any case; other files are not articles."""

_UNSAFE = regex.compile(
    r'[\p{C}<>:"\\|?*%~\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]'
    r'|[. ]$|^[. ]|^(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)'
)
"""What some file system refuses in a name, and `%` and `~`, which this module writes itself."""

_LONGEST_PART = 120
_LONGEST_ID = 240
"""Bytes of UTF-8: file systems allow 255 a name, and a language and a suffix are still to come."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to read."""

    path: Path
    """Absolute."""
    relative: str
    """Relative to the root searched, with `/`; always encodable."""
    id: str


def find(root: Path, *, only: str | None = None, without: Path | None = None) -> list[Source]:
    """List the files under `root` that can hold articles, sorted by path; `root` may be a file itself.

    `only` is a glob on the relative path or the id (`*` matches `/` too). Hidden files and folders are passed over, and
    so is the folder `without`, where what is made of these files goes; links to folders are not followed. UsageError
    when `root` is not there or is a file of another kind.
    """
    root = Path(root)
    if not root.is_dir():
        if not os.path.lexists(root):
            raise UsageError("no such file or folder", path=root, advice="name a file, or a folder with articles in it")
        if root.suffix.lower() not in SUFFIXES:
            raise UsageError(f"not a kind of file that is read ({root.suffix or 'no suffix'})", path=root,
                             advice=f"rename it to one of {', '.join(sorted(SUFFIXES))}")  # fmt: skip
        paths = [root]
        base = root.parent
    else:
        paths = [path for path in _walk(root, without) if path.suffix.lower() in SUFFIXES or path.is_dir()]
        base = root
    relatives = [_shown(path.relative_to(base)) for path in paths]
    listed = sorted(zip(relatives, paths, strict=True))
    ids = _ids([relative for relative, _ in listed])
    sources = [
        Source(path=Path(os.path.abspath(path)), relative=relative, id=id_)  # noqa: PTH100 - links stay as named
        for (relative, path), id_ in zip(listed, ids, strict=True)
    ]
    return [source for source in sources if only is None or _matches(source, only)]


def ignored(root: Path) -> int:
    """Count the visible files under `root` that `find` passes over because of their suffix."""
    return sum(path.suffix.lower() not in SUFFIXES and not path.is_dir() for path in _walk(Path(root)))


def _matches(source: Source, pattern: str) -> bool:
    return fnmatch.fnmatchcase(source.relative, pattern) or fnmatch.fnmatchcase(source.id, pattern)


def _walk(root: Path, without: Path | None = None) -> Iterator[Path]:
    """Give the visible files under a folder, and those folders that cannot be listed; none under `without`."""
    barred = None if without is None else without.resolve()
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:  # reading it then says why
            yield folder
            continue
        for entry in listed:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if barred is not None and entry.name == barred.name and Path(entry.path).resolve() == barred:
                    continue
                waiting.append(Path(entry.path))
            elif not entry.is_dir():
                yield Path(entry.path)


def _shown(relative: Path) -> str:
    """Give a relative path with `/`; bytes of a name that are no UTF-8 are shown by number."""
    return os.fsencode(relative.as_posix()).decode("utf-8", "backslashreplace")


def _ids(relatives: Sequence[str]) -> list[str]:
    """Give each file an id that no other file and no record can have."""
    suffixes = [_suffix(relative) for relative in relatives]
    containers = [suffix.lower() in CONTAINERS for suffix in suffixes]
    ids = [safe_id(relative.removesuffix(suffix)) for relative, suffix in zip(relatives, suffixes, strict=True)]
    clashes = _clashes(ids, containers)
    ids = [
        safe_id(relative) if clash else id_ for id_, relative, clash in zip(ids, relatives, clashes, strict=True)
    ]
    clashes = _clashes(ids, containers)
    return [
        f"{id_}~{hashlib.sha256(relative.encode()).hexdigest()[:12]}" if clash else id_
        for id_, relative, clash in zip(ids, relatives, clashes, strict=True)
    ]


def _suffix(relative: str) -> str:
    name = relative.rpartition("/")[2]
    stem, dot, suffix = name.rpartition(".")
    return dot + suffix if stem else ""


def _clashes(ids: Sequence[str], containers: Sequence[bool]) -> list[bool]:
    """Say of each id whether another equals it but for case, or lies below it while it holds records."""
    keys = [id_.casefold() for id_ in ids]
    counts = Counter(keys)
    folders = {key[:at] for key in keys for at, char in enumerate(key) if char == "/"}
    return [counts[key] > 1 or (container and key in folders) for key, container in zip(keys, containers, strict=True)]


def safe_id(text: str) -> str:
    """Make `text` an id: a relative path with `/` that is safe as a file name on every system.

    >>> safe_id("2024/Berita: apa?"), safe_id("../etc"), safe_id("a/./CON.b")
    ('2024/Berita%3A apa%3F', '%2E%2E/etc', 'a/%2E/%43ON.b')
    """
    text = unicodedata.normalize("NFC", text.encode("utf-8", "backslashreplace").decode())
    id_ = "/".join(_shortened(_UNSAFE.sub(_percent, part), _LONGEST_PART) for part in text.split("/") if part)
    return _shortened(id_, _LONGEST_ID)


def _percent(match: regex.Match[str]) -> str:
    char, rest = match.group()[0], match.group()[1:]
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass")) + rest


def _shortened(text: str, longest: int) -> str:
    """Cut a text of more than `longest` bytes, and put a hash of all of it at its end."""
    data = text.encode()
    if len(data) <= longest:
        return text
    kept = data[: longest - 13].decode("utf-8", "ignore").rstrip("./ ")
    return f"{kept}~{hashlib.sha256(data).hexdigest()[:12]}"
