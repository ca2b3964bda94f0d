"""Which checks run, how bad what they find is, where their limits lie, and which findings are let be: `checks.toml`."""

from __future__ import annotations

import dataclasses
import difflib
import functools
import inspect
import tomllib
from collections.abc import Collection, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from normalize.check import check
from normalize.check.bitext import BITEXT
from normalize.check.subject import Check
from normalize.check.table import CHECKS
from normalize.corpus import Finding, Severity, Unit
from normalize.errors import UsageError

__all__ = ["ALL", "Ignore", "Settings", "limits", "settings_text"]

ALL = (*CHECKS, *BITEXT)
"""The checks of any bitext."""

_ADVICE = "docs/checks.md shows an example"
_PLACES = ("article", "file", "source", "unit")
_LARGEST = 1_000_000
_FINDING_ADDS = frozenset({"truncated"})
"""Checks that go by what the engine said, not by the texts: what they found in an earlier run stays found."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """Findings that are let be, and why. What is empty matches anything; the others are globs (`*`, `?`, `[…]`)."""

    reason: str
    checks: frozenset[str] = frozenset()
    """Names of checks; empty for all."""
    unit: str = ""
    """Ids of units; in a file of pairs, the number of the line."""
    article: str = ""
    source: str = ""
    """Source texts: the whole text, exactly, without wildcards."""
    file: str = ""
    """Names of files."""

    def covers(self, unit: Unit, finding: Finding, file: str = "") -> bool:
        """Whether this finding of `unit`, which stands in `file`, is let be."""
        segment = unit.segment
        return (
            (not self.checks or finding.check in self.checks)
            and (not self.source or " ".join(segment.source.split()) == " ".join(self.source.split()))
            and (not self.unit or fnmatchcase(segment.id, self.unit))
            and (not self.article or fnmatchcase(segment.article, self.article))
            and (not self.file or fnmatchcase(file, self.file))
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The checks as they run, and what is let be."""

    checks: tuple[Check, ...] = ALL
    """Those that are switched on, with the severities and limits set."""
    ignores: tuple[Ignore, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Settings:
        """Read a settings file; raises UsageError, with the file, for what is wrong in it."""
        return cls.of_text(settings_text(path), path)

    @classmethod
    def of_text(cls, text: str, path: Path | None = None) -> Settings:
        """Make settings of TOML; raises UsageError."""
        try:
            data = tomllib.loads(text)
        except (ValueError, RecursionError) as error:  # also for numbers without end
            raise UsageError(f"is not TOML: {error}", path=path, advice=_ADVICE) from error
        return cls.parse(data, path)

    @classmethod
    def parse(cls, data: Mapping[str, Any], path: Path | None = None) -> Settings:
        """Make settings of the tables `checks` and `ignore`; raises UsageError for what they cannot hold.

        >>> settings = Settings.parse({"checks": {"number": {"severity": "minor"}, "length": {"on": False}}})
        >>> [one.severity.value for one in settings.checks if one.name == "number"]
        ['minor']
        >>> "length" in {one.name for one in settings.checks}
        False
        """
        for key in data:
            _known(key, ("checks", "ignore"), "a table", path)
        tuned, ignored = data.get("checks", {}), data.get("ignore", [])
        if not isinstance(tuned, Mapping) or not all(isinstance(row, Mapping) for row in tuned.values()):
            raise UsageError("has something other than tables under [checks]", path=path, advice=_ADVICE)
        if not isinstance(ignored, list) or not all(isinstance(row, Mapping) for row in ignored):
            raise UsageError("has something other than [[ignore]] tables", path=path, advice=_ADVICE)
        for name in tuned:
            _known(name, _names(), "a check", path)
        checks = (_tuned(one, tuned[one.name], path) if one.name in tuned else one for one in ALL)
        return cls(
            checks=tuple(one for one in checks if one is not None),
            ignores=tuple(_ignore(row, number, path) for number, row in enumerate(ignored, 1)),
        )

    def narrowed(self, *, only: Collection[str] = (), without: Collection[str] = ()) -> Settings:
        """Leave checks out; raises UsageError for a name that is none.

        A check that `only` names runs even where the settings switched it off.
        """
        for name in (*only, *without):
            _known(name, _names(), "a check", None)
        on = {one.name: one for one in self.checks}
        checks = [on.get(one.name, one) for one in ALL if one.name in (only or on) and one.name not in without]
        return dataclasses.replace(self, checks=tuple(checks))

    def apply(self, unit: Unit, file: str = "") -> tuple[Unit, int]:
        """Check a unit anew; give it with its findings, and how many of them are let be.

        Findings of checks that are not in the table (a reviewer's, another program's) stay.
        """
        names = _names()
        truncated = any(finding.check in _FINDING_ADDS for finding in unit.findings)
        others = tuple(finding for finding in unit.findings if finding.check not in names)
        found = check(dataclasses.replace(unit, findings=others), truncated=truncated, checks=self.checks)
        return self.spared(found, file)

    def spared(self, unit: Unit, file: str = "") -> tuple[Unit, int]:
        """Take the findings that are let be from a unit; give it with the others, and how many went."""
        if not self.ignores or not unit.findings:
            return unit, 0
        left = tuple(
            finding for finding in unit.findings if not any(one.covers(unit, finding, file) for one in self.ignores)
        )
        return dataclasses.replace(unit, findings=left), len(unit.findings) - len(left)


def settings_text(path: Path) -> str:
    """Read a settings file, with or without a byte order mark; raises UsageError."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UsageError("is not there", path=path, advice=_ADVICE) from None
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", path=path) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"is not TOML: {error}", path=path, advice=_ADVICE) from error


def limits(one: Check) -> dict[str, float]:
    """Give the limits a check can be tuned by, with their values: the keyword parameters of its function."""
    parameters = inspect.signature(one.function).parameters.values()
    return {each.name: each.default for each in parameters if each.kind is each.KEYWORD_ONLY}


@functools.cache
def _names() -> tuple[str, ...]:
    return tuple(one.name for one in ALL)


def _known(name: str, names: Collection[str], what: str, path: Path | None) -> None:
    """Raise UsageError, with the nearest name, unless `name` is one of `names`."""
    if name not in names:
        near = difflib.get_close_matches(name[:60], names, n=1)
        advice = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(names)}"
        raise UsageError(f"{name[:60]!r} is not {what}", path=path, advice=advice)


def _tuned(one: Check, row: Mapping[str, Any], path: Path | None) -> Check | None:
    """Give a check as a table wants it; None where it is switched off."""
    own = limits(one)
    for key in row:
        _known(key, ("on", "severity", *own), f"a setting of {one.name!r}", path)
    if not isinstance(row.get("on", True), bool):
        raise UsageError(f"`on` of {one.name!r} is neither true nor false", path=path, advice=_ADVICE)
    severity = row.get("severity", one.severity.value)
    if severity not in list(Severity):
        choices = ", ".join(Severity)
        raise UsageError(f"{severity!r} is not a severity of {one.name!r}", path=path, advice=f"there are {choices}")
    wanted = {key: _limit(row[key], own[key], f"{key!r} of {one.name!r}", path) for key in own if key in row}
    function = functools.partial(one.function, **wanted) if wanted else one.function
    return dataclasses.replace(one, severity=Severity(severity), function=function) if row.get("on", True) else None


def _limit(value: object, default: float, what: str, path: Path | None) -> float:
    whole = isinstance(default, int)
    good = isinstance(value, int) if whole else isinstance(value, int | float)
    if isinstance(value, bool) or not good or not isinstance(value, int | float) or not 0 < value <= _LARGEST:
        kind = f"a {'whole ' if whole else ''}number above 0 and up to a million"
        raise UsageError(f"{what} is not {kind}", path=path, advice=f"the default is {default}")
    return value


def _ignore(row: Mapping[str, Any], number: int, path: Path | None) -> Ignore:
    place = f"[[ignore]] number {number}"
    for key in row:
        _known(key, ("check", "reason", *_PLACES), f"a key of {place}", path)
    checks = row.get("check", [])
    checks = [checks] if isinstance(checks, str) else checks
    texts = {key: row.get(key, "") for key in (*_PLACES, "reason")}
    if not isinstance(checks, list) or not all(isinstance(one, str) for one in (*checks, *texts.values())):
        raise UsageError(f"{place} holds something other than text", path=path, advice=_ADVICE)
    for name in checks:
        _known(name, _names(), "a check", path)
    if not texts["reason"].strip():
        raise UsageError(f"{place} gives no reason", path=path, advice="say why, for those who come after you")
    if not any(texts[key] for key in _PLACES):
        advice = f"name one of {', '.join(_PLACES)}; to switch a check off, say `on = false` under [checks]"
        raise UsageError(f"{place} says not where", path=path, advice=advice)
    return Ignore(checks=frozenset(checks), **texts)
