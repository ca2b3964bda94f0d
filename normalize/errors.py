"""One tree of expected failures.

Everything a user can cause is a `NormalizeError`: it names the file and line, says what is wrong and what to do, and
is turned into one line and an exit code in one place (`normalize.cli`). Anything else is a bug and keeps its traceback.
"""

from __future__ import annotations

from pathlib import PurePath

__all__ = [
    "GlossaryError",
    "InputError",
    "LanguageError",
    "NormalizeError",
    "OutputError",
    "PackageError",
    "RunInterruptedError",
    "UsageError",
]


class NormalizeError(Exception):
    """An expected failure: where it is, what is wrong, what to do.

    `str()` gives one line, `path:line: what; advice`, with control characters of hostile names made visible.

    >>> str(NormalizeError("no source column", path="a.csv", line=1, advice="name one `source`"))
    'a.csv:1: no source column; name one `source`'
    """

    def __init__(
        self, what: str, *, path: PurePath | str | None = None, line: int | None = None, advice: str = ""
    ) -> None:
        super().__init__(what)
        self.what = what
        self.path = None if path is None else str(path)
        self.line = line
        self.advice = advice

    def __str__(self) -> str:
        place = "" if self.path is None else f"{self.path}:" if self.line is None else f"{self.path}:{self.line}:"
        text = f"{place} {self.what}".strip() + (f"; {self.advice}" if self.advice else "")
        return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


class UsageError(NormalizeError):
    """The command was called wrongly: exit code 2."""


class InputError(NormalizeError):
    """One input file or record cannot be used; the others go on: exit code 1."""


class GlossaryError(NormalizeError):
    """The glossary cannot be used as it stands: exit code 2."""


class LanguageError(NormalizeError):
    """No installed package translates this language; the advice names the command that installs one."""


class PackageError(NormalizeError):
    """An Argos package is broken, hostile or missing."""


class OutputError(NormalizeError):
    """The output folder cannot be written."""


class RunInterruptedError(NormalizeError):
    """The user stopped the run; what was finished is kept: exit code 130."""
