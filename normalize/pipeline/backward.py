"""A second opinion on a group's doubtful units, where a package of the other direction is installed."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from normalize.corpus import Conversion
from normalize.engine import Engine
from normalize.guard import backward

__all__ = ["BACKWARD", "look_back"]

BACKWARD = "|backward "
"""Between the signature of the engine that translated and that of the one that was asked about it."""


def look_back(conversions: Sequence[Conversion], engine: Engine) -> list[Conversion]:
    """Put reverse scores into the units that are worth one; all in one call, so that the engine's batches are full."""
    units = iter(backward([unit for conversion in conversions for unit in conversion.units], engine))
    return [
        dataclasses.replace(conversion, units=tuple(next(units) for _ in conversion.units))
        for conversion in conversions
    ]
