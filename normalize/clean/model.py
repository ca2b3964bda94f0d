"""The line classifier: gradient-boosted symmetric trees, trained by `training/cleaner/`, evaluated with numpy.

Each tree asks the same question of all rows at each of its levels, so that all trees are one comparison of a matrix.
"""

from __future__ import annotations

import dataclasses
import functools
import json
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from normalize.clean.features import NAMES
from normalize.clean.markup import MARKUP

__all__ = ["BATCH", "Forest", "Matrix", "forests", "parse"]

Matrix = npt.NDArray[np.float32]

BATCH = 1024
"""Rows answered at once: the answers of so many to all trees fit the processor's cache."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees of one depth."""

    columns: npt.NDArray[np.int64]
    """Trees × depth: the column each question is about."""
    borders: Matrix
    """Trees × depth: a row answers yes when its value is greater."""
    leaves: Matrix
    """Trees × 2^depth: what is added for each set of answers, the first question's the lowest bit."""
    bias: float

    def logits(self, matrix: Matrix) -> Matrix:
        """Give one number a row: above 0 is yes."""
        if 0 < len(matrix) <= BATCH:
            return self._sums(matrix)
        batches = [self._sums(matrix[start : start + BATCH]) for start in range(0, len(matrix), BATCH)]
        return np.concatenate([np.zeros(0, np.float32), *batches])

    def _sums(self, matrix: Matrix) -> Matrix:
        trees, depth = self.columns.shape
        columns = np.ascontiguousarray(matrix.T)
        answers = np.zeros((trees, len(matrix)), dtype=np.int32)
        for level in range(depth):
            yes = columns[self.columns[:, level]] > self.borders[:, level, None]
            answers += yes.view(np.uint8) * np.int32(1 << level)
        answers += np.arange(0, trees << depth, 1 << depth, dtype=np.int32)[:, None]
        return np.asarray(self.leaves.ravel().take(answers).sum(axis=0) + self.bias, dtype=np.float32)


def parse(data: dict[str, Any]) -> Forest:
    """Make a forest of its JSON form; the columns are given by name."""
    place = {name: index for index, name in enumerate((*NAMES, *MARKUP))}
    columns = [[place[data["names"][index]] for index in tree] for tree in data["columns"]]
    return Forest(
        columns=np.array(columns, dtype=np.int64),
        borders=np.array(data["borders"], dtype=np.float32),
        leaves=np.array(data["leaves"], dtype=np.float32),
        bias=float(data["bias"]),
    )


@functools.cache
def forests() -> dict[str, Forest]:
    """Give the bundled forests: `line` (is a row the article's text), `block` (the same, with markup), `title`."""
    data = json.loads(resources.files(__package__).joinpath("model.json").read_text("utf-8"))
    return {name: parse(forest) for name, forest in data.items()}
