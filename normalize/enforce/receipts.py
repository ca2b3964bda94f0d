"""Receipts for a translation that is not ours to change: a person's."""

from __future__ import annotations

from normalize.corpus import Method, Receipt
from normalize.enforce.accept import answer
from normalize.enforce.case import Case
from normalize.enforce.plan import Plan

__all__ = ["receipts"]


def receipts(plan: Plan, target: str) -> tuple[Receipt, ...]:
    """Say of each occurrence of a term in the plan's source whether `target`, taken as it is, has it."""
    wanted = plan.wanted
    given = answer(plan, wanted, target, 0.0)
    kept = tuple([Method.KEPT] * count for count in given.standing.counts)
    return Case(plan, wanted, given, given, kept).receipts()
