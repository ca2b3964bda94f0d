"""Slips in a text that enforcing a glossary made: put right without the model, and never at the cost of a term."""

from __future__ import annotations

import dataclasses
import os

from normalize.check import check
from normalize.corpus import Receipt, Repair, Span, Unit
from normalize.guard.case import SURE
from normalize.guard.edits import EDITS
from normalize.guard.reasons import REPAIRS, grave, reasons, weight

__all__ = ["settle"]

def settle(unit: Unit, *, truncated: bool = False) -> Unit:
    """Put right what can be put right by editing, in a unit that has been checked.

    An edit stands if it leaves less to find, nothing new that is more than minor, and every term where it was.
    """
    source = unit.segment.source
    languages = unit.segment.language.partition("-")[0], unit.target_language.partition("-")[0]
    asked = reasons(unit.findings)
    for method in filter(SURE.__contains__, EDITS):
        solved = sorted(name for name in asked if method in REPAIRS[name])
        if not solved:
            continue
        text = EDITS[method](source, unit.target, *languages)
        receipts = None if text == unit.target else _moved(unit, text)
        if receipts is None:
            continue
        repair = Repair(reason=",".join(solved), method=method, before=unit.target, after=text)
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
        if weight(other.findings) < weight(unit.findings) and not grave(other.findings) - grave(unit.findings):
            unit = other
    return unit


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
