"""Findings about a unit: what a person should look at. Changes no text."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from normalize.check.subject import Check, Example, Found, Subject
from normalize.check.table import CHECKS
from normalize.corpus import Finding, Origin, Unit

__all__ = ["CHECKS", "Check", "Example", "Found", "Subject", "check"]


def check(unit: Unit, *, truncated: bool = False, checks: Sequence[Check] = CHECKS) -> Unit:
    """Add findings to a unit; those of an earlier run of the same checks are replaced.

    `truncated` says that the engine hit a limit on this unit. A unit passed through, because its source was in the
    target language already, has nothing to compare and gets no findings.

    >>> [finding.message for finding in check(CHECKS[0].example.subject().unit).findings]
    ['no translation of “Dia pergi.”']
    """
    names = {one.name for one in checks}
    kept = tuple(finding for finding in unit.findings if finding.check not in names)
    if unit.origin is Origin.COPIED:
        return dataclasses.replace(unit, findings=kept)
    subject = Subject(unit=unit, truncated=truncated)
    # An empty target would also be short, unfinished and without its numbers: one finding says it.
    applied = [one for one in checks if unit.target.strip() or one.name in {"empty", "truncated", "terminology"}]
    found = tuple(
        Finding(check=one.name, issue=one.issue, severity=one.severity, message=message, span=span)
        for one in applied
        for message, span in one.function(subject)
    )
    return dataclasses.replace(unit, findings=kept + found)
