"""Splits by article: which go together, and which split each group goes to.

Articles that share a segment of some length go to one split: the same, on either side and but for numbers, case and
punctuation, or nearly the same on both. So do an article and what it repeats, and articles that have most of their
segments in common. What stands in very many articles is boilerplate and binds none: it would bind all.

A group's split follows from a hash of its articles' ids alone, so that an article does not wander between splits as the
corpus grows, unless a new one ties two groups together.
"""

from __future__ import annotations

import dataclasses
from array import array
from fractions import Fraction

import numpy as np
import regex

from normalize.errors import UsageError
from normalize.export.near import Numbers, Signatures, alike_sets, clusters
from normalize.export.text import fingerprint, normalised
from normalize.rows import ArticleRow, UnitRow

__all__ = ["Groups", "Splits"]

_NAME = regex.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")
_SHARE = regex.compile(r"\d{0,9}(?:\.\d{0,9})?")

SHARED = 30
"""Letters and digits from which on a segment that two articles share binds them: a short sentence recurs by chance."""

COMMON = 20
"""Articles: a segment that stands in more of them binds none."""

_CROWD = 3
"""Articles from which on a group may be too large for a small split."""


@dataclasses.dataclass(frozen=True, slots=True)
class Splits:
    """The splits asked for and the share of each, as `train=0.98,dev=0.01,test=0.01` says it."""

    shares: tuple[tuple[str, Fraction], ...]

    @classmethod
    def parse(cls, text: str) -> Splits:
        """Read the splits; UsageError where they do not add up to 1.

        >>> Splits.parse("train=0.9,test=0.1").names
        ('train', 'test')
        """
        advice = "write for example train=0.98,dev=0.01,test=0.01"
        shares: dict[str, Fraction] = {}
        for item in text.split(","):
            name, _, share = (part.strip() for part in item.partition("="))
            if not _NAME.fullmatch(name) or not _SHARE.fullmatch(share) or not share.strip("."):
                raise UsageError(f"{item.strip()!r} is no split", advice=advice)
            if name.lower() in {each.lower() for each in shares}:
                raise UsageError(f"the split {name!r} is named twice", advice=advice)
            shares[name] = Fraction(share)
        if sum(shares.values()) != 1:
            raise UsageError(f"the splits add up to {float(sum(shares.values())):g}, not 1", advice=advice)
        return cls(tuple(shares.items()))

    @property
    def names(self) -> tuple[str, ...]:
        """The names, as given."""
        return tuple(name for name, _ in self.shares)

    def of(self, place: int) -> int:
        """Give the number of the split that a hash of 64 bits falls into."""
        upto = Fraction(0)
        for number, (_, share) in enumerate(self.shares):
            upto += share
            if place < upto * 2**64:
                return number
        return len(self.shares) - 1


class Groups:
    """Articles that must stay together: a union-find over hashes; 40 bytes a unit at most.

    Each unit is entered in `near` too, by the caller.
    """

    def __init__(self, near: Signatures) -> None:
        self._near = near
        self._homes = array("q")
        self.count = 0
        """How many groups `places` found."""
        self._numbers: dict[int, int] = {}
        self._parents = array("q")
        self._sizes = array("q")
        self._marks = array("Q")
        self._owners = array("q")

    def number(self, name: str) -> int:
        """Give the number of the article of that id."""
        key = fingerprint(name)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self._parents)
            self._parents.append(found)
            self._sizes.append(0)
        return found

    def article(self, article: ArticleRow) -> int:
        """Enter an article, bound to the one it repeats; give its number."""
        number = self.number(article.id)
        if article.duplicate_of:
            self._bind(number, self.number(article.duplicate_of))
        return number

    def add(self, unit: UnitRow, article: int) -> None:
        """Enter a unit of that article."""
        self._sizes[article] += 1
        self._homes.append(article)
        for text in (unit.source, unit.target):
            letters = normalised(text, digits=False)
            if len(letters) >= SHARED:
                self._marks.append(fingerprint(letters))
                self._owners.append(article)

    def places(self, splits: Splits) -> dict[int, int]:
        """Give the number of each article's split, by the hash of the article's id.

        A group of several articles that is larger than its split should be goes to the largest split.
        """
        self._bind_sharing()
        roots = [self._root(number) for number in range(len(self._parents))]
        names, members, units = dict[int, int](), dict[int, int](), dict[int, int]()
        for key, number in self._numbers.items():
            root = roots[number]
            names[root] = min(names.get(root, key), key)
            members[root] = members.get(root, 0) + 1
            units[root] = units.get(root, 0) + self._sizes[number]
        self.count = len(names)
        total = sum(units.values())
        largest = max(range(len(splits.shares)), key=lambda number: (splits.shares[number][1], -number))
        chosen: dict[int, int] = {}
        for root, name in names.items():
            # Hashed again: the smallest of many hashes is small, and would favour the first split.
            split = splits.of(fingerprint(f"split {name}"))
            crowded = members[root] >= _CROWD and units[root] > splits.shares[split][1] * total
            chosen[root] = largest if crowded else split
        return {key: chosen[roots[number]] for key, number in self._numbers.items()}

    def _bind_sharing(self) -> None:
        marks, owners = np.frombuffer(self._marks, np.uint64), np.frombuffer(self._owners, np.int64)
        self._bind_all(marks.view(np.int64), owners)
        ones, others = alike_sets(marks, owners)
        for one, other in zip(ones.tolist(), others.tolist(), strict=True):
            self._bind(one, other)
        homes = np.frombuffer(self._homes, np.int64)
        self._bind_all(clusters(len(homes), *self._near.pairs()), homes)

    def _bind_all(self, names: Numbers, owners: Numbers) -> None:
        """Bind the articles that have a name in common, unless it is too common: (n,), (n,)."""
        if not len(names):
            return
        pairs = np.unique(np.column_stack([names, owners]), axis=0)
        starts = np.flatnonzero(np.concatenate(([True], pairs[1:, 0] != pairs[:-1, 0])))
        sizes = np.diff(np.append(starts, len(pairs)))
        binding = (sizes > 1) & (sizes <= COMMON)
        for start, size in zip(starts[binding].tolist(), sizes[binding].tolist(), strict=True):
            first, *others = pairs[start : start + size, 1].tolist()
            for other in others:
                self._bind(first, other)

    def _root(self, number: int) -> int:
        parents = self._parents
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def _bind(self, one: int, other: int) -> None:
        low, high = sorted((self._root(one), self._root(other)))
        self._parents[high] = low
