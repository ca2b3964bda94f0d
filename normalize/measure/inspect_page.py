"""The findings of a file as one HTML page."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from normalize.corpus import Severity, Span
from normalize.measure.inspect import Inspection, Placing
from normalize.measure.page import page, safe, table

__all__ = ["MOST", "Worst", "inspection_page"]

MOST = 5_000
"""Findings of each severity that are kept for the page; a browser gets slow with more."""

_LONGEST = 2_000
"""Characters shown of a text."""


class Worst:
    """The first findings of each severity, in bounded room."""

    def __init__(self, most: int = MOST) -> None:
        self.found = 0
        """All that were added."""
        self._most = most
        self._kept: dict[Severity, list[Placing]] = {severity: [] for severity in reversed(Severity)}

    def add(self, placing: Placing) -> None:
        """Keep a finding if there is room for its severity."""
        self.found += 1
        kept = self._kept[placing.finding.severity]
        if len(kept) < self._most:
            kept.append(placing)

    def __iter__(self) -> Iterator[Placing]:
        """Give `most` of those kept, the worst first, and then in the order they were added."""
        return itertools.islice(itertools.chain.from_iterable(self._kept.values()), self._most)

    def __len__(self) -> int:
        """Give how many iterating gives."""
        return min(self._most, sum(map(len, self._kept.values())))


def inspection_page(counts: Inspection, worst: Worst) -> Iterator[str]:
    """Give the page in parts, the worst findings first and then in the file's order."""
    yield from page(f"Findings in {counts.file}", _body(counts, worst))


def _body(counts: Inspection, worst: Worst) -> Iterator[str]:
    ignored = f" The settings let {counts.ignored:,} more be." if counts.ignored else ""
    yield f"<p>{worst.found:,} findings in {counts.units_found:,} of {counts.units:,} units.{ignored}</p>\n"
    if not worst.found:
        return
    severities = [severity.value for severity in reversed(Severity)]
    yield from table("How many, by check", ("check", *severities), (
        (safe(check), *(by_severity[one] for one in severities))
        for check, by_severity in sorted(counts.checks.items(), key=lambda item: (-item[1].total(), item[0]))
    ))  # fmt: skip
    yield "<h2>The findings, worst first</h2>\n"
    shown = "all" if len(worst) == worst.found else f"the first {len(worst):,} of {worst.found:,}"
    heads = ("line", "severity", "check", "what", "source", "target")
    yield from table(f"Findings ({shown})", heads, map(_row, worst), "texts")


def _row(placing: Placing) -> tuple[str | int, ...]:
    finding, unit = placing.finding, placing.unit
    severity = finding.severity.value
    return (
        placing.line,
        f'<span class="{severity}">{severity}</span>',
        f'{safe(finding.check)}<br><span class="quiet">{safe(finding.issue.value)}</span>',
        safe(finding.message[:_LONGEST]),
        _text(unit.segment.source, unit.segment.language, None),
        _text(unit.target, unit.target_language, finding.span),
    )


def _text(text: str, language: str, span: Span | None) -> str:
    if span is None or not 0 <= span.start < span.end <= len(text):
        inner = safe(text[:_LONGEST])
    else:
        before, after = text[: span.start][-_LONGEST:], text[span.end :][:_LONGEST]
        inner = f"{safe(before)}<mark>{safe(span.of(text)[:_LONGEST])}</mark>{safe(after)}"
    return f'<span lang="{safe(language)}" dir="auto">{inner}</span>'
