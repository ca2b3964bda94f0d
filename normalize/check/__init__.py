"""Findings about a unit: what a person should look at. Changes no text."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from normalize.check.subject import Check, Example, Found, Subject
from normalize.check.table import CHECKS
from normalize.corpus import Finding, Origin, Unit

__all__ = ["CHECKS", "Check", "Example", "Found", "Subject", "check"]

_OF_NOTHING = frozenset({"empty", "truncated", "terminology"})
"""Checks that have something to say of an empty target."""


def check(unit: Unit, *, truncated: bool = False, checks: Sequence[Check] = CHECKS) -> Unit:
    """Add findings to a unit; those of an earlier run of the same checks are replaced.

    `truncated` says that the engine hit a limit on this unit. A unit passed through, because its source was in the
    target language already, has nothing to compare and gets no findings.

    >>> [finding.message for finding in check(CHECKS[0].example.subject().unit).findings]
    ['no translation of “Dia pergi.”']
    """
    kept = unit.findings
    if kept:
        names = {one.name for one in checks}
        kept = tuple(finding for finding in kept if finding.check not in names)
    if unit.origin is Origin.COPIED:
        return dataclasses.replace(unit, findings=kept)
    subject = Subject(unit=unit, truncated=truncated)
    # An empty target would also be short, unfinished and without its numbers: one finding says it.
    applied = checks if unit.target.strip() else [one for one in checks if one.name in _OF_NOTHING]
    found = [
        Finding(check=one.name, issue=one.issue, severity=one.severity, message=message, span=span)
        for one in applied
        for message, span in one.function(subject)
    ]
    if not found and len(kept) == len(unit.findings):
        return unit
    return dataclasses.replace(unit, findings=(*kept, *found))
