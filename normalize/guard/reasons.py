"""Which findings are worth decoding a segment anew, and by which rungs of the ladder: a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from normalize.corpus import Finding, Severity

__all__ = ["REPAIRS", "WEIGHT", "grave", "reasons", "weight"]

WEIGHT = {Severity.MINOR: 1, Severity.MAJOR: 4, Severity.CRITICAL: 12}
"""What a finding counts for when two answers are compared."""

REPAIRS: dict[str, tuple[str, ...]] = {
    "empty": ("alternatives", "stop", "clauses"),
    "truncated": ("no-repeat", "clauses", "collapsed"),
    "loop": ("alternatives", "no-repeat", "stop", "clauses", "collapsed"),
    "salad": ("alternatives", "no-repeat", "stop", "clauses"),
    "copied": ("alternatives", "stop", "clauses"),
    "untranslated": ("alternatives", "stop", "clauses"),
    "language": ("alternatives", "stop", "clauses"),
    "length": ("alternatives", "no-repeat", "stop", "clauses"),
    "unfinished": ("alternatives", "stop", "clauses"),
    "ending": ("mended",),
    "beginning": ("mended",),
    "article": ("mended",),
    "number": ("corrected", "worded", "alternatives"),
    "number-added": ("corrected", "worded"),
    "currency": ("corrected", "worded", "alternatives"),
    "literal": ("masked", "alternatives"),
    "negation": ("worded", "alternatives", "clauses"),
    "event": ("worded", "alternatives", "clauses"),
    "characters": ("alternatives",),
    "markup": ("alternatives",),
    "quotes": ("mended",),
    "brackets": ("alternatives",),
    "name": ("respelt",),
    "left": ("translated",),
    "echo": ("echoes",),
    "symbol": ("symbols", "alternatives"),
    "doubled": ("doubles",),
    "capitals": ("alternatives", "stop"),
}
"""By the name of a check, the rungs that may help; the ladder's own order is kept.

Clauses are asked for where something is missing or said over and over. Numbers and brackets they put right in one case
of eight (FLORES-200 dev, both languages: 3 of 25, by 62 translations, for a lower chrF2), and so are not asked for.
Neither are other hypotheses where a number is too many: 2 of 13 were without it, and all were worse. A made-up word
(`nonword`) is told and stays: other hypotheses say other words, seldom the right one, and a wrong word that reads well
is seen by nobody (BLEU of 30 and 49 sentences +.55 and +.07, chrF2 +.12 and -.56).
"""

_ORDER = {name: number for number, name in enumerate(REPAIRS)}


def reasons(findings: Collection[Finding]) -> tuple[str, ...]:
    """Give the names of the findings worth a repair, the worst first, each once."""
    if not findings:
        return ()
    worst: dict[str, int] = {}
    for finding in findings:
        if finding.check in REPAIRS:
            worst[finding.check] = max(worst.get(finding.check, 0), WEIGHT[finding.severity])
    return tuple(sorted(worst, key=lambda name: (-worst[name], _ORDER[name])))


def weight(findings: Iterable[Finding]) -> int:
    """Give the sum of what all findings count for."""
    return sum(WEIGHT[finding.severity] for finding in findings)


def grave(findings: Iterable[Finding]) -> Counter[str]:
    """Count the findings that are more than minor, by check."""
    return Counter(finding.check for finding in findings if finding.severity is not Severity.MINOR)
