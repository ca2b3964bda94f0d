"""Rules that users write for a site: lines to drop, to keep, or to lift into the metadata (`rules.toml`)."""

from __future__ import annotations

import dataclasses
import fnmatch
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import regex

from normalize.corpus import Article, Metadata, host
from normalize.errors import UsageError

__all__ = ["SiteRule", "SiteRules", "load"]

Action = Literal["drop", "keep", "meta"]
_ACTIONS: tuple[Action, ...] = ("drop", "keep", "meta")
_WAYS = ("line", "prefix", "pattern")
_KEYS = frozenset({"site", *_ACTIONS, "match", "field", "note"})
_FIELDS = tuple(field.name for field in dataclasses.fields(Metadata) if field.name != "tags")
_SECONDS = 0.05
"""Time a user's pattern may take on one line; then it does not match."""
_LIMIT = 4000
"""Code points of a line a pattern sees."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SiteRule:
    """One row of a rules file."""

    site: str
    """Glob over the page's host, site name or path; `*` for all."""
    action: Action
    way: str
    """line: the whole line; prefix: how it begins; pattern: a regular expression found in it."""
    text: str
    field: str = ""
    """For meta: the metadata field that takes the line, or the pattern's first group."""
    number: int = 0
    """Which rule of its file it is, from 1."""
    matcher: regex.Pattern[str] | None = dataclasses.field(default=None, compare=False)

    def match(self, line: str) -> str | None:
        """Give what the rule finds in a line, None when it does not match.

        >>> SiteRule(site="*", action="drop", way="prefix", text="Ikuti kami").match("Ikuti kami di sini")
        'Ikuti kami di sini'
        """
        line = line.strip()
        if self.way == "line":
            return line if line == self.text else None
        if self.way == "prefix":
            return line if line.startswith(self.text) else None
        if self.matcher is None:
            return None
        try:
            found = self.matcher.search(line[:_LIMIT], timeout=_SECONDS)
        except TimeoutError:
            return None
        if found is None:
            return None
        return (found.group(1) or "") if self.matcher.groups else line


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SiteRules:
    """All rules of a file, in its order; the first that matches a line decides."""

    rules: tuple[SiteRule, ...] = ()

    def of(self, article: Article) -> tuple[SiteRule, ...]:
        """Give the rules for this article's site."""
        site = host(article.metadata.url)
        names = [
            name
            for name in (site, site.removeprefix("www."), article.metadata.site, article.metadata.url, article.path)
            if name
        ]
        return tuple(
            rule
            for rule in self.rules
            if rule.site == "*" or any(fnmatch.fnmatchcase(name.lower(), rule.site.lower()) for name in names)
        )


def load(path: Path) -> SiteRules:
    """Read a rules file; UsageError names the rule that is wrong and says how to write it.

    A file is TOML with a `[[rule]]` table for each rule: `site`, a glob over the page's host, address, site name or
    path; one of `drop`, `keep`, `meta` with the text to find; `match`, how (line, which is meant when it is missing,
    prefix or pattern); and for `meta` the `field` that takes it.
    """
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise UsageError("no such file", path=path, advice="docs/rules.md shows how to write one") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot be read: {error}", path=path, advice="give a UTF-8 text file") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"is not TOML: {error}", path=path, advice="docs/rules.md shows an example") from error
    rows = data.get("rule", [])
    if set(data) - {"rule"} or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UsageError("has something other than [[rule]] tables", path=path, advice="docs/rules.md shows an example")
    return SiteRules(rules=tuple(_parse(row, number, path) for number, row in enumerate(rows, 1)))


def _parse(row: Mapping[str, Any], number: int, path: Path) -> SiteRule:
    """Make a rule of its table."""
    unknown = sorted(set(row) - _KEYS)
    empty = sorted(key for key, value in row.items() if not isinstance(value, str) or not value)
    actions = [action for action in _ACTIONS if action in row]
    way, field = row.get("match", "line"), row.get("field", "")
    problem = (
        (f"has an unknown key {unknown[0]!r}", "keys are " + ", ".join(sorted(_KEYS)))
        if unknown
        else (f"has a {empty[0]!r} that is no filled string", "put it in quotes")
        if empty
        else ("has not exactly one of drop, keep, meta", "say what to do with which text")
        if len(actions) != 1
        else ("has no site", 'name one, with * and ? as in file names, or "*"')
        if "site" not in row
        else (f"has an unknown match {way!r}", "it is one of " + ", ".join(_WAYS))
        if way not in _WAYS
        else (f"has an unknown field {field!r}", "it is one of " + ", ".join(_FIELDS))
        if (actions == ["meta"]) != (field in _FIELDS)
        else None
    )
    if problem is not None:
        raise UsageError(f"rule {number} {problem[0]}", path=path, advice=problem[1])
    action = actions[0]
    matcher = _compiled(row[action], number, path) if way == "pattern" else None
    return SiteRule(
        site=row["site"], action=action, way=way, text=row[action], field=field, number=number, matcher=matcher
    )


def _compiled(text: str, number: int, path: Path) -> regex.Pattern[str]:
    try:
        return regex.compile(text)
    except regex.error as error:
        raise UsageError(
            f"rule {number} has a pattern that is no regular expression: {error}",
            path=path,
            advice="escape special characters, or match by line or prefix",
        ) from error
