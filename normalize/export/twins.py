"""Which units repeat another that stays: the same letters and digits, or nearly the same text."""

from __future__ import annotations

from array import array

import numpy as np

from normalize.corpus import State
from normalize.export.near import Numbers, Signatures
from normalize.export.rules import Likeness
from normalize.export.text import fingerprint, normalised
from normalize.rows import UnitRow

__all__ = ["Twins"]

_STATES = tuple(State)


class Twins:
    """The units of a corpus, entered in order; of those that are alike, the one that a person has seen stays.

    Each is entered in `near` too, by the caller, who may need the signatures for more.
    """

    def __init__(self, likeness: Likeness, near: Signatures) -> None:
        self._likeness, self._near = likeness, near
        self._places = array("q")
        self._marks = array("Q")
        self._states = bytearray()

    def add(self, place: int, unit: UnitRow) -> None:
        """Enter the unit that is at that place of the corpus; places must ascend."""
        texts = {"both": (unit.source, unit.target), "source": (unit.source,), "target": (unit.target,)}
        # A text of punctuation alone is told by its punctuation.
        shown = (normalised(text) or " ".join(text.split()) for text in texts[self._likeness.sides])
        self._marks.append(fingerprint(*unit.pair, *shown))
        self._places.append(place)
        self._states.append(_STATES.index(unit.state))

    def dropped(self) -> dict[int, int]:
        """Give the place of each unit that goes, ascending, with the place of the one it repeats, which stays."""
        if not self._marks:
            return {}
        again, first = self._equal()
        found = dict(zip(again.tolist(), first.tolist(), strict=True))
        if self._likeness.least < 1:
            self._add_similar(found, again)
        places = self._places
        return {places[number]: places[found[number]] for number in sorted(found)}

    def _equal(self) -> tuple[Numbers, Numbers]:
        """Give the units whose mark another has that stays, and that one."""
        marks, states = np.frombuffer(self._marks, np.uint64), np.frombuffer(bytes(self._states), np.uint8)
        # By mark, and among equals the furthest state first; the sort is stable, so then the first.
        order = np.lexsort((255 - states, marks)).astype(np.int64)
        ordered = marks[order]
        same = np.concatenate(([False], ordered[1:] == ordered[:-1]))
        # The place of the group's first, carried on over the group.
        starts = np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))
        return order[same], order[starts[same]]

    def _add_similar(self, found: dict[int, int], again: Numbers) -> None:
        """Add to `found` the units that are similar to one that stays; what repeated such a unit repeats its twin."""
        ones, others = self._near.pairs(self._likeness.least, without=again)
        states = np.frombuffer(bytes(self._states), np.uint8)
        swapped = states[others] > states[ones]
        better, worse = np.where(swapped, others, ones), np.where(swapped, ones, others)
        # What is decided about the better one of a pair comes first: by state, then by place.
        order = np.lexsort((better, worse, 255 - states[worse]))
        similar: dict[int, int] = {}
        for number, twin in zip(map(int, worse[order]), map(int, better[order]), strict=True):
            if number not in similar and twin not in similar:
                similar[number] = twin
        for number, twin in found.items():
            found[number] = similar.get(twin, twin)
        found |= similar
