"""Slips in a text that enforcing a glossary made: put right without the model, and never at the cost of a term."""

from __future__ import annotations

import dataclasses
import os
from collections import Counter
from collections.abc import Callable

from normalize.check import check
from normalize.corpus import Finding, Receipt, Repair, Severity, Span, Unit
from normalize.guard import edits
from normalize.guard.reasons import weight

__all__ = ["settle"]

_EDITS: tuple[tuple[str, frozenset[str], Callable[[str, str, str, str], str]], ...] = (
    ("corrected", frozenset({"number", "number-added", "currency"}), edits.corrected),
    ("respelt", frozenset({"name"}), edits.respelt),
    ("translated", frozenset({"left"}), edits.translated),
    ("mended", frozenset({"ending", "quotes"}), edits.mended),
    ("doubles", frozenset({"doubled"}), edits.doubles),
)
"""The guard's rungs that need no engine: name, the findings they are for, and what they do."""


def settle(unit: Unit, *, truncated: bool = False) -> Unit:
    """Put right what can be put right by editing, in a unit that has been checked.

    An edit stands if it leaves less to find, nothing new that is more than minor, and every term where it was.
    """
    found = {finding.check for finding in unit.findings}
    for method, reasons, edit in _EDITS:
        if not found & reasons:
            continue
        source, tag = unit.segment.source, unit.segment.language
        text = edit(source, unit.target, tag, unit.target_language)
        receipts = None if text == unit.target else _moved(unit, text)
        if receipts is None:
            continue
        repair = Repair(
            reason=",".join(sorted(found & reasons)), method=method, before=unit.target, after=text
        )
        other = check(
            dataclasses.replace(
                unit,
                target=text,
                model_target=unit.model_target or unit.target,
                receipts=receipts,
                repairs=(*unit.repairs, repair),
            ),
            truncated=truncated,
        )
        if weight(other.findings) < weight(unit.findings) and not _grave(other.findings) - _grave(unit.findings):
            unit = other
    return unit


def _grave(findings: tuple[Finding, ...]) -> Counter[str]:
    return Counter(finding.check for finding in findings if finding.severity is not Severity.MINOR)


def _moved(unit: Unit, text: str) -> tuple[Receipt, ...] | None:
    """Give the receipts with their places in the edited text; None where a term was touched."""
    before = unit.target
    start = len(os.path.commonprefix([before, text]))  # noqa: RUF071 - letter by letter is what is meant
    rest = min(len(before), len(text)) - start
    tail = len(os.path.commonprefix([before[::-1], text[::-1]]))  # noqa: RUF071 - likewise
    end = len(before) - min(tail, rest)
    shift = len(text) - len(before)
    moved: list[Receipt] = []
    for receipt in unit.receipts:
        span = receipt.target_span
        if span is None or span.end <= start:
            moved.append(receipt)
        elif span.start >= end:
            place = Span(start=span.start + shift, end=span.end + shift)
            moved.append(dataclasses.replace(receipt, target_span=place))
        else:
            return None
    return tuple(moved)
