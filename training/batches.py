"""Token arrays, and batches of few shapes: every new shape costs the CPU's kernels a set-up and glibc a new block."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece as spm
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.model import BEGIN, END, PAD

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """Pairs as token ids: sources end in `END`; targets begin with `BEGIN` and end in `END`."""

    sources: list[Ints]
    targets: list[Ints]

    def __len__(self) -> int:
        return len(self.sources)


def encode(pairs: list[tuple[str, str]], pieces: spm.SentencePieceProcessor, longest: int) -> Encoded:
    """Token ids of the pairs whose two sides have at most `longest` tokens."""
    sources = pieces.encode([source for source, _ in pairs], num_threads=2)
    targets = pieces.encode([target for _, target in pairs], num_threads=2)
    kept = [(s, t) for s, t in zip(sources, targets, strict=True) if 0 < len(s) <= longest and 0 < len(t) <= longest]
    return Encoded(
        sources=[np.array([*s, END], dtype=np.int32) for s, _ in kept],
        targets=[np.array([BEGIN, *t, END], dtype=np.int32) for _, t in kept],
    )


def rounded(length: int) -> int:
    """Round a length up to one of a few."""
    step = 8 if length <= 64 else 16
    return (length + step - 1) // step * step


def plan(data: Encoded, tokens: int, seed: int) -> list[NDArray[np.int64]]:
    """One pass over the data as index arrays, in an order fixed by the seed.

    A batch has about `tokens` padded tokens a side, the mean of the two sides: sources of one width, targets of nearly
    one, since English is shorter than French by a fifth and what is padded costs as much as what is learned.
    """
    rng = np.random.default_rng(seed)
    ours = np.array([rounded(len(source)) for source in data.sources])
    theirs = np.array([rounded(len(target) - 1) for target in data.targets])
    out = []
    for width in np.unique(ours):
        members = rng.permutation(np.flatnonzero(ours == width))
        members = members[np.argsort(theirs[members], kind="stable")]
        while len(members):
            rows = max(8, 2 * tokens // int(width + theirs[members[0]]) // 8 * 8)
            out.append(members[:rows])
            members = members[rows:]
    return [out[at] for at in rng.permutation(len(out))]


def padded(rows: list[Ints], width: int) -> Tensor:
    """(rows, width) ids, `PAD` after each row's end."""
    out = np.full((len(rows), width), PAD, dtype=np.int64)
    for at, row in enumerate(rows):
        out[at, : len(row)] = row
    return torch.from_numpy(out)


def tensors(data: Encoded, members: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
    """Source (rows, width) and target (rows, its own width + 1) of one batch."""
    sources, targets = [data.sources[at] for at in members], [data.targets[at] for at in members]
    ours, theirs = (rounded(max(map(len, sources))), rounded(max(map(len, targets)) - 1))
    return padded(sources, ours), padded(targets, theirs + 1)


def passes(files: list[Path], first: int) -> Iterator[tuple[int, Path]]:
    """Pass number and its file, for ever: the prepared epochs in turn, from the `first`."""
    number = first
    while True:
        yield number, files[number % len(files)]
        number += 1
