"""The checks over all units of a file: findings with their lines, and counts."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from normalize.check.bitext import Consistency
from normalize.check.settings import Settings
from normalize.corpus import Finding, Severity, Unit
from normalize.measure.bitexts import Placed

__all__ = ["Inspection", "Placing", "inspect"]


class Placing(NamedTuple):
    """A finding, and where it is."""

    line: int
    unit: Unit
    finding: Finding


@dataclasses.dataclass(slots=True)
class Inspection:
    """Counts over the units seen so far."""

    file: str
    units: int = 0
    units_found: int = 0
    """Units with findings."""
    ignored: int = 0
    """Findings that the settings let be."""
    checks: dict[str, Counter[str]] = dataclasses.field(default_factory=dict)
    """Check → findings by severity."""
    severities: Counter[str] = dataclasses.field(default_factory=Counter)

    def fails(self, bar: Severity | None) -> bool:
        """Whether there is a finding as bad as `bar` or worse; never without a bar."""
        order = list(Severity)
        return bar is not None and any(self.severities[one] for one in order[order.index(bar) :])

    def as_json(self) -> dict[str, Any]:
        """Give the counts for JSON."""
        return {
            "by_check": {check: dict(counts) for check, counts in sorted(self.checks.items())},
            "by_severity": dict(self.severities),
            "file": self.file,
            "ignored": self.ignored,
            "units": self.units,
            "units_with_findings": self.units_found,
        }


def inspect(placed: Iterable[Placed], settings: Settings, counts: Inspection) -> Iterator[Placing]:
    """Check each unit as `settings` want it, and give the findings in the file's order; `counts` grows meanwhile."""
    severities = {one.name: one.severity for one in settings.checks}
    consistency = Consistency() if "inconsistent" in severities else None
    for line, unit in placed:
        checked, ignored = settings.apply(unit, counts.file)
        other = consistency.look(unit, line, severities["inconsistent"]) if consistency else None
        if other:
            added = dataclasses.replace(checked, findings=(other,))
            spared, more = settings.spared(added, counts.file)
            checked = dataclasses.replace(checked, findings=checked.findings + spared.findings)
            ignored += more
        counts.units += 1
        counts.ignored += ignored
        counts.units_found += bool(checked.findings)
        for finding in checked.findings:
            counts.severities[finding.severity.value] += 1
            counts.checks.setdefault(finding.check, Counter())[finding.severity.value] += 1
            yield Placing(line, checked, finding)
