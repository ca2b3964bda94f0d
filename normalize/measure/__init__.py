"""Judging what was written: checks of any bitext, scores against references, and two runs side by side."""

from __future__ import annotations

from normalize.measure.bitexts import Placed, corpus_file, units
from normalize.measure.inspect import Inspection, Placing, inspect
from normalize.measure.inspect_page import Worst, inspection_page

__all__ = ["Inspection", "Placed", "Placing", "Worst", "corpus_file", "inspect", "inspection_page", "units"]
