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
    """The column each question is about; many trees ask the same ones."""
    borders: Matrix
    """Questions × 1: a row answers yes when its value is greater."""
    asked: npt.NDArray[np.int64]
    """Depth × trees, one after the other: the question each tree asks at each level."""
    leaves: Matrix
    """For each tree 2^depth numbers, one for each set of answers, the first question's the lowest bit."""
    bias: float
    depth: int

    def logits(self, matrix: Matrix) -> Matrix:
        """Give one number a row: above 0 is yes."""
        if 0 < len(matrix) <= BATCH:
            return self._sums(matrix)
        batches = [self._sums(matrix[start : start + BATCH]) for start in range(0, len(matrix), BATCH)]
        return np.concatenate([np.zeros(0, np.float32), *batches])

    def _sums(self, matrix: Matrix) -> Matrix:
        if len(matrix) == 1:
            # Of one row numpy adds the trees' numbers in another order, and a line's last digit would hang on whether
            # others are asked about with it.
            return self._sums(matrix.repeat(2, axis=0))[:1]
        columns = np.ascontiguousarray(matrix.T)
        yes = (columns.take(self.columns, axis=0) > self.borders).view(np.uint8)
        levels = yes.take(self.asked, axis=0).reshape(self.depth, -1, len(matrix))
        answers = levels[0]
        for level in range(1, self.depth):
            answers = answers | (levels[level] << level)
        trees = np.arange(0, len(self.leaves), 1 << self.depth)
        return np.asarray(self.leaves.take(trees[:, None] + answers).sum(axis=0) + self.bias, dtype=np.float32)


def parse(data: dict[str, Any]) -> Forest:
    """Make a forest of its JSON form; the columns are given by name."""
    place = {name: index for index, name in enumerate((*NAMES, *MARKUP))}
    names = data["names"]
    pairs = [
        (place[names[index]], border)
        for level in range(len(data["columns"][0]))
        for indices, borders in zip(data["columns"], data["borders"], strict=True)
        for index, border in [(indices[level], borders[level])]
    ]
    questions = {pair: number for number, pair in enumerate(sorted(set(pairs)))}
    return Forest(
        columns=np.array([column for column, _ in questions], dtype=np.int64),
        borders=np.array([[border] for _, border in questions], dtype=np.float32),
        asked=np.array([questions[pair] for pair in pairs], dtype=np.int64),
        leaves=np.array(data["leaves"], dtype=np.float32).ravel(),
        bias=float(data["bias"]),
        depth=len(data["columns"][0]),
    )


@functools.cache
def forests() -> dict[str, Forest]:
    """Give the bundled forests: `line` (is a row the article's text), `block` (the same, with markup), `title`."""
    data = json.loads(resources.files(__package__).joinpath("model.json").read_text("utf-8"))
    return {name: parse(forest) for name, forest in data.items()}
