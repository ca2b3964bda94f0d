"""The side-by-side page on which people judge and correct a run's units."""

from __future__ import annotations

from normalize.review.corrections import Correction, Corrections, GlossaryRow, read_corrections
from normalize.review.data import Suggestion, source_hash
from normalize.review.render import render
from normalize.review.selection import MOST_UNITS, Selection

__all__ = [
    "MOST_UNITS",
    "Correction",
    "Corrections",
    "GlossaryRow",
    "Selection",
    "Suggestion",
    "read_corrections",
    "render",
    "source_hash",
]
