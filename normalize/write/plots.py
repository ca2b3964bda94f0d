"""The card's charts: each a file in `plots/`, drawn from the report's counts; none where there is nothing to draw."""

from __future__ import annotations

from collections import Counter

from normalize.corpus import Severity
from normalize.write.histogram import Bin, Histogram
from normalize.write.report import Report
from normalize.write.svg import Bar, columns, rows

__all__ = ["FINDINGS", "FOLDER", "LENGTHS", "MONTHS", "SCORES", "plots"]

FOLDER = "plots"
FINDINGS = f"{FOLDER}/findings.svg"
LENGTHS = f"{FOLDER}/length_ratios.svg"
MONTHS = f"{FOLDER}/articles_by_month.svg"
SCORES = f"{FOLDER}/scores.svg"

_MOST_ROWS = 24
_MOST_MONTHS = 48
_MOST_YEARS = 60
_SEVERITIES = tuple(severity.value for severity in reversed(Severity))


def plots(report: Report) -> dict[str, str]:
    """Give the charts by the path of their file."""
    drawn: dict[str, str] = {}
    if report.length_ratios.total:
        drawn[LENGTHS] = _histogram(
            report.length_ratios, "Units by length of target to source", "units by the ratio of characters",
            "characters of the target to one of the source",
        )  # fmt: skip
    if report.scores.total:
        drawn[SCORES] = _histogram(
            report.scores, "Units by the model's score", "units by score",
            "mean log-probability of a target token; nearer 0 is surer",
        )  # fmt: skip
    if report.findings:
        drawn[FINDINGS] = _findings(report)
    if report.months:
        drawn[MONTHS] = _months(report.months)
    return drawn


def _histogram(histogram: Histogram, title: str, what: str, across: str) -> str:
    bins = _trimmed(histogram.bins(0.1))
    bars = [Bar(f"{one.start:.1f}", (one.count,)) for one in bins]
    middle = histogram.quantile(0.5)
    low, high = histogram.quantile(0.05), histogram.quantile(0.95)
    return columns(
        title, f"Column chart of {histogram.total:,} {what}: half lie at {middle:.2f} or below, nine tenths between "
        f"{low:.2f} and {high:.2f}.", bars, across=across, edges=True,
    )  # fmt: skip


def _trimmed(bins: list[Bin]) -> list[Bin]:
    """Leave out the empty bins at both ends."""
    filled = [number for number, one in enumerate(bins) if one.count]
    return bins[filled[0] : filled[-1] + 1]


def _findings(report: Report) -> str:
    worst = sorted(report.findings, key=lambda check: (-report.findings[check].total(), check))[:_MOST_ROWS]
    bars = [Bar(check, tuple(report.findings[check][severity] for severity in _SEVERITIES)) for check in worst]
    most = f"; the most, {report.findings[worst[0]].total():,}, are {worst[0]}" if worst else ""
    description = f"Bar chart of {report.findings_total:,} findings by check and severity{most}."
    return rows("Findings by check", description, bars, _SEVERITIES)


def _months(months: Counter[str]) -> str:
    listed = _between(min(months), max(months))
    if len(listed) <= _MOST_MONTHS:
        counts, unit = months, "month"
    else:
        counts, unit = Counter[str](), "year"
        for month, count in months.items():
            counts[month[:4]] += count
        listed = [f"{year:04d}" for year in range(int(min(counts)), int(max(counts)) + 1)]
        if len(listed) > _MOST_YEARS:
            # Some page gave a date of another age; an axis that reaches there would show nothing else.
            listed = sorted(counts)[-_MOST_YEARS:]
    bars = [Bar(one, (counts[one],)) for one in listed]
    description = f"Column chart of {months.total():,} articles by {unit}, from {listed[0]} to {listed[-1]}."
    return columns(f"Articles by {unit}", description, bars, across=f"{unit} of publication")


def _between(first: str, last: str) -> list[str]:
    """Give all months from one to another; many years give more than are drawn, and not all.

    >>> _between("2023-11", "2024-02")
    ['2023-11', '2023-12', '2024-01', '2024-02']
    """
    start, end = (12 * int(month[:4]) + int(month[5:7]) - 1 for month in (first, last))
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(start, min(end, start + _MOST_MONTHS) + 1)]
