"""Where a row counts: everywhere, or only in articles of some site or under some path."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable

import regex

from normalize.corpus import host

__all__ = ["canonical", "covers", "overlap"]

_SITE, _PATH = "site:", "path:"
_WILD = regex.compile(r"[*?\[]")
_HOST = regex.compile(r"(?:[\p{L}\p{N}_-]+\.)*[\p{L}\p{N}_-]+")


def canonical(written: str) -> str | None:
    """Give a part of the column `scope` in full, or None where it is neither site nor path.

    Without `site:` or `path:`, what has a `/` or `*` is a path, and all else a site.

    >>> [canonical(part) for part in ("Tempo.co", "news/*", "path:a.txt", "https://www.example.org/x", "no site")]
    ['site:tempo.co', 'path:news/*', 'path:a.txt', 'site:www.example.org', None]
    """
    kind, _, rest = written.partition(":")
    if kind.lower() in {"site", "path"} and not rest.startswith("//"):
        kind, rest = f"{kind.lower()}:", rest.strip()
    elif "://" in written:
        kind, rest = _SITE, host(written)
    else:
        kind, rest = (_PATH, written) if "/" in written or "*" in written else (_SITE, written)
    if kind == _PATH:
        return kind + rest if rest else None
    return kind + rest.lower() if _HOST.fullmatch(rest) else None


def covers(scope: Iterable[str], sites: Iterable[str], path: str) -> bool:
    """Whether one part of a scope covers an article: a site with those below it, or a path with `*` and `?`.

    `sites` are the names by which the article's site goes, and `path` is its file's, relative, with `/`.

    >>> covers(["site:tempo.co"], ["en.tempo.co"], ""), covers(["path:2024/*"], [], "2024/05/a.txt")
    (True, True)
    """
    names = [site.lower() for site in sites if site]
    for part in scope:
        rest = part[len(_SITE) :]
        if part.startswith(_PATH):
            if fnmatch.fnmatchcase(path, rest):
                return True
        elif any(name == rest or name.endswith(f".{rest}") for name in names):
            return True
    return False


def overlap(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two scopes may cover one article; of an empty one, every article is.

    A site and a path may. So may two paths of which one fits the other, or that begin alike before their first `*`.

    >>> overlap(["site:tempo.co"], ["site:en.tempo.co"]), overlap(["site:tempo.co"], ["site:kompas.com"])
    (True, False)
    """
    parts, others = list(one), list(other)
    return not parts or not others or any(_meet(part, another) for part in parts for another in others)


def _meet(part: str, other: str) -> bool:
    if part.startswith(_PATH) != other.startswith(_PATH):
        return True
    name, another = part[len(_SITE) :], other[len(_SITE) :]
    if not part.startswith(_PATH):
        return name == another or name.endswith(f".{another}") or another.endswith(f".{name}")
    if fnmatch.fnmatchcase(name, another) or fnmatch.fnmatchcase(another, name):
        return True
    heads = _WILD.split(name, maxsplit=1)[0], _WILD.split(another, maxsplit=1)[0]
    both = len(heads[0]) < len(name) and len(heads[1]) < len(another)
    return both and (heads[0].startswith(heads[1]) or heads[1].startswith(heads[0]))
