"""Near-duplicates: units whose texts share most of their letters, found without comparing each with each.

A text is the set of its shingles (three letters or digits in a row, numbers as 0); two are as similar as the share of
their shingles that both have (Jaccard). MinHash estimates it from 120 bytes a unit (Broder 1997; one byte of each
minimum, Li & König 2010), and units are compared only where 5 of the bytes are equal in one of 24 bands. Time and
memory grow with the number of units, not with its square.
"""

from __future__ import annotations

import functools
from array import array
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from normalize.export.text import fingerprint, normalised, weight
from normalize.rows import UnitRow

__all__ = ["LONG", "SIMILAR", "Signatures", "alike_sets", "clusters", "similarity"]

LONG = 40.0
"""Letters, as `weight` counts them, from which on a side is compared: about eight words. Below, a word is much."""

SIMILAR = 0.75
"""The share of shingles from which on two texts are near-duplicates, if nothing else is asked for.

Measured in the tests: a word or a number changed, or a short clause dropped, in a sentence of twelve words or more
leaves more; two sentences of one template with three slots leave less.
"""

_BANDS, _ROWS = 24, 5
_SIZE = _BANDS * _ROWS
_CHANCE = 1 / 256
"""The share of bytes that are equal by chance."""
_MOST = 0.6
"""Of the marks of two sets together, what both have, from which on the sets are alike."""
_NEIGHBOURS = 2
"""How many before it in its bucket a unit is compared with, besides the first: so a bucket of many is linear too."""

_BLOCK = 1024
"""Pairs compared at a time: a quarter of a megabyte of signatures."""

Numbers = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]

# Odd multipliers from the digits of splitmix64's stream with seed 1; any odd numbers without a pattern would do.
_STEPS = np.arange(1, _SIZE + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Mix 64-bit numbers (the finaliser of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


_FACTORS = _mixed(_STEPS) | np.uint64(1)
_SIDES = (0, 0xD6E8FEB86659FD93)
"""Keeps a shingle of the source apart from the same one of the target."""


def _shingles(text: str) -> npt.NDArray[np.uint64]:
    """Give the hashes of a text's shingles; one of a shorter text is the text itself."""
    letters = normalised(text, digits=False)
    signs = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    if len(signs) < 3:
        signs = np.concatenate([signs, np.zeros(3 - len(signs), np.uint64)])
    return _mixed((signs[:-2] << np.uint64(42)) | (signs[1:-1] << np.uint64(21)) | signs[2:])


def signature(*texts: str, kind: int = 0) -> bytes:
    """Give the MinHash of the shingles of `texts`, each in its own place: 120 bytes; two kinds are never similar.

    >>> signature("Harga beras naik 5 persen.") == signature("Harga beras naik 7 persen")
    True
    """
    places = (np.uint64(side ^ kind) for side in _SIDES)
    found = np.concatenate([_mixed(_shingles(text) ^ place) for text, place in zip(texts, places, strict=False)])
    least = (found[:, None] * _FACTORS).min(axis=0)
    return (_mixed(least) & np.uint64(255)).astype(np.uint8).tobytes()


def similarity(one: Bytes, other: Bytes) -> npt.NDArray[np.float64]:
    """Estimate, row by row, how similar two are by their signatures (… × 120 bytes); the standard error is 0.04."""
    equal = (one == other).mean(axis=-1)
    return np.asarray((equal - _CHANCE) / (1 - _CHANCE), np.float64)


_kind = functools.cache(fingerprint)


class Signatures:
    """The signatures of the units that are long enough, with the numbers they are known by."""

    def __init__(self, sides: str = "both") -> None:
        self.sides = sides
        """Which texts must be similar: `both` together, `source` or `target`."""
        self.size = 0
        """How many units were entered, the short ones too."""
        self._numbers = array("q")
        self._bytes = bytearray()

    def add(self, unit: UnitRow) -> None:
        """Enter the next unit; one with a short side is similar to none, and so are units of other languages."""
        texts = {"both": (unit.source, unit.target), "source": (unit.source,), "target": (unit.target,)}[self.sides]
        if all(weight(text) >= LONG for text in texts):
            self._numbers.append(self.size)
            self._bytes += signature(*texts, kind=_kind(*unit.pair))
        self.size += 1

    def pairs(self, least: float = SIMILAR, without: Numbers | None = None) -> tuple[Numbers, Numbers]:
        """Give pairs of units that are at least so similar, by number from 0, the lower first: (n,), (n,), sorted.

        Of many units that are all alike, each comes with a few of the others, not with all. Units in `without` are
        left out.
        """
        numbers = np.frombuffer(self._numbers, np.int64)
        signs = np.frombuffer(bytes(self._bytes), np.uint8).reshape(-1, _SIZE)
        if without is not None and len(without):
            stays = ~np.isin(numbers, without)
            numbers, signs = numbers[stays], signs[stays]
        found = np.empty((0, 2), np.int64)
        for band in range(_BANDS):
            found = _joined(found, signs, signs[:, band * _ROWS : (band + 1) * _ROWS], least)
        return numbers[found[:, 0]], numbers[found[:, 1]]


def _joined(found: Numbers, signs: Bytes, band: Bytes, least: float) -> Numbers:
    """Add to the pairs of places found those that a band finds and whose signatures are alike: (n, 2), sorted."""
    similar = [
        pairs[similarity(signs[pairs[:, 0]], signs[pairs[:, 1]]) >= least]
        for some in _candidates(band)
        for pairs in (some[at : at + _BLOCK] for at in range(0, len(some), _BLOCK))
    ]
    return np.unique(np.concatenate([found, *similar]), axis=0) if any(map(len, similar)) else found


def _candidates(band: Bytes) -> Iterator[Numbers]:
    """Give pairs of places, lower first, whose rows are equal: with the first, and with a few before it: (n, 2)."""
    if len(band) < 2:
        return
    keys = np.zeros(len(band), np.uint64)
    for column in band.T:
        keys = (keys << np.uint64(8)) | column
    order = np.argsort(keys, kind="stable").astype(np.int64)
    ordered = keys[order]
    same = np.concatenate(([False], ordered[1:] == ordered[:-1]))
    starts = np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))
    yield np.column_stack([order[starts[same]], order[same]])
    for back in range(1, _NEIGHBOURS + 1):
        at = np.flatnonzero(same)
        at = at[at - back > starts[at]]
        yield np.column_stack([order[at - back], order[at]])


def alike_sets(marks: npt.NDArray[np.uint64], owners: Numbers) -> tuple[Numbers, Numbers]:
    """Give pairs of owners that have most of their marks in common, the lower first: (n,), (n,).

    `owners` says whose each mark is. By the same means as for units, with three minima of each band: sets may differ
    more than texts.
    """
    if not len(marks):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    order = np.argsort(owners, kind="stable")
    names, starts = np.unique(owners[order], return_index=True)
    mixed = _mixed(marks[order])
    signs = np.empty((len(names), _SIZE), np.uint8)
    for column, factor in enumerate(_FACTORS):
        signs[:, column] = _mixed(np.minimum.reduceat(mixed * factor, starts)) & np.uint64(255)
    found = np.empty((0, 2), np.int64)
    for band in range(_BANDS):
        found = _joined(found, signs, signs[:, band * _ROWS : band * _ROWS + 3], _MOST)
    return names[found[:, 0]], names[found[:, 1]]


def clusters(size: int, ones: Numbers, others: Numbers) -> Numbers:
    """Give for each of `size` numbers the lowest one that pairs tie it to, itself where nothing does: (size,).

    >>> clusters(5, np.array([1, 3]), np.array([3, 4])).tolist()
    [0, 1, 2, 1, 1]
    """
    roots = list(range(size))

    def root(number: int) -> int:
        while roots[number] != number:
            roots[number] = roots[roots[number]]
            number = roots[number]
        return number

    for one, other in zip(ones.tolist(), others.tolist(), strict=True):
        low, high = sorted((root(one), root(other)))
        roots[high] = low
    return np.array([root(number) for number in range(size)], np.int64)
