"""Which of a beam's answers is the best, by more than the model's own score: a package's `ranking.bin` and `.json`.

A small model finds better answers than it chooses: of four to 997 sentences of FLORES-200 dev the best by chrF2 are 1.9
chrF2 above the first (both bundled packages). Two counts tell what it does not: IBM model 1 from the target to the
source, whether some word of the answer accounts for each word of the source (the best of the features of Och et al.
2004, "A Smorgasbord of Features for Statistical Machine Translation"), and a bigram model of the target language, with
the backoff of Brants et al. 2007, "Large Language Models in Machine Translation". `training/ranking.py` learns both.
Argos Translate knows no such files, and passes them over; without them answers are ranked by their scores.
"""

from __future__ import annotations

import collections
import dataclasses
import functools
import itertools
import math
import re
import zlib
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from normalize.errors import PackageError
from normalize.translate.package import RANKING

__all__ = [
    "FEATURES", "FIRST", "LAST", "NOTHING", "NULL", "STEP", "TABLE", "WEIGHTS", "Ranking", "hashes", "key",
    "read_ranking", "tokens",
]  # fmt: skip

TABLE, WEIGHTS = RANKING
"""Where a package has them, if it does: the table and what each feature counts.

The table has N entries in 5 N bytes: N differences of sorted keys of 32 bits, little endian, then N values of 8. A
value v is a probability of exp(-v / STEP); one of N = 1,000,000 keys stands for a wrong one once in 4,300 times.
"""

STEP = 16.0
FEATURES = ("score", "fluency", "coverage", "length")
"""Mean log-probability of a token by the model; those of the target by bigrams, and of the source's words by those of
the target, a word of the source; tokens of the target a word of the source."""

_MOST = 5_000_000
"""Entries."""

_TOKEN = re.compile(r"[^\W\d_][\w'’-]*|\d+|[^\w\s]|_")
"""A word, digits, or a sign."""
_ELIDED = frozenset(["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"])
"""What French has before an apostrophe and another word."""

_LOGS = np.arange(256) / -STEP
_PROBABILITIES = np.exp(_LOGS)
_BACKOFF = math.log(0.4)  # Brants et al.
_UNSEEN = -15.0
_UNEXPLAINED, _UNCOPIED = 1e-5, 1e-4
_COPIED = 0.5  # chance that a word that has no pairs is copied
_SHORTEST = 3  # letters of a word that is looked for as a copy
_MIX = np.array([[2654435761], [2246822519]], dtype=np.uint32)  # odd, from Knuth's multiplicative hashing and xxHash
_KINDS = {
    kind: np.array([number * 3266489917 % 2**32], dtype=np.uint32)
    for number, kind in enumerate(("word", "bigram", "pair", "known"), start=1)
}
"""What an entry is about: a token's probability, a token's after another, a source word's given a target word, and that
a source word has pairs."""
NOTHING = np.zeros(1, dtype=np.uint32)
"""Stands for the second token of an entry about one."""
FIRST, LAST = "<s>", "</s>"
"""Stand before and after the tokens of a text."""
NULL = "<null>"
"""Says the words of a source that no word of the target says."""


def tokens(text: str) -> list[str]:
    """Give the tokens of a text in small letters; what French elides is one, and digits are all the same.

    >>> tokens("L’accord n'a coûté que 1 250 €.")
    ['l’', 'accord', "n'", 'a', 'coûté', 'que', '0', '0', '€', '.']
    """
    found: list[str] = []
    for token in _TOKEN.findall(text.lower()):
        if "’" in token or "'" in token:
            head, sign, rest = token.partition("’" if "’" in token else "'")
            found += [head + sign, rest] if head in _ELIDED and rest else [token]
        else:
            found.append("0" if token[0].isdecimal() else token)
    return found


def key(kind: str, left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Give the keys of entries about tokens by their hashes, which are broadcast; of a single token `right` is 0."""
    mixed: npt.NDArray[np.uint32] = left * _MIX[0] + right * _MIX[1] + _KINDS[kind]
    return mixed


@functools.lru_cache(maxsize=65_536)
def hashed(token: str) -> int:
    """Give 32 bits for a token, the same on every machine."""
    return zlib.crc32(token.encode("utf-8", "surrogatepass"))


def hashes(found: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Give the hashes of tokens."""
    return np.array([hashed(token) for token in found], dtype=np.uint32)


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The table of a package, and the weights of `FEATURES`. Safe in several threads."""

    keys: npt.NDArray[np.uint32]
    values: npt.NDArray[np.uint8]
    weights: tuple[float, ...]

    def best_first(self, source: str, targets: Sequence[str], scores: Sequence[float]) -> list[int]:
        """Order the places of answers, the best first; equals as they came."""
        rows = self.features(source, targets, scores)
        totals = [sum(weight * number for weight, number in zip(self.weights, row, strict=True)) for row in rows]
        return sorted(range(len(targets)), key=lambda place: -totals[place])

    def features(self, source: str, targets: Sequence[str], scores: Sequence[float]) -> list[tuple[float, ...]]:
        """Give the numbers each answer is judged by, in the order of `FEATURES`."""
        given = tokens(source)
        answers = [tokens(target) for target in targets]
        size = max(1, sum(token[0].isalpha() for token in given))
        fluent, covered = self._fluency(answers), self._coverage(given, answers)
        return [
            (score, one / size, other / size, (len(answer) + 1) / size)
            for score, one, other, answer in zip(scores, fluent, covered, answers, strict=True)
        ]

    def _fluency(self, answers: Sequence[Sequence[str]]) -> list[float]:
        """Give the log-probability of each answer by bigrams of tokens."""
        after = [hashes([*answer, LAST]) for answer in answers]
        edge = hashes([FIRST])
        before = np.concatenate([part for one in after for part in (edge, one[:-1])])
        joined = np.concatenate(after)
        alone, seen = self._chances(key("word", joined, NOTHING))
        together, known = self._chances(key("bigram", before, joined))
        backed = _BACKOFF + np.where(seen, _LOGS[alone], _BACKOFF + _UNSEEN)
        starts = np.cumsum([0, *map(len, after[:-1])])
        sums: list[float] = np.add.reduceat(np.where(known, _LOGS[together], backed), starts).tolist()
        return sums

    def _coverage(self, given: Sequence[str], answers: Sequence[Sequence[str]]) -> list[float]:
        """Give the log-probability of the source's words by those of each answer; a word without pairs is copied."""
        times = collections.Counter(token for token in given if token[0].isalpha())
        words = list(times)
        counted = [collections.Counter(token for token in answer if token[0].isalpha()) for answer in answers]
        union = list(dict.fromkeys(itertools.chain(*counted)))
        counts = np.array([[*map(one.get, union, itertools.repeat(0)), 1] for one in counted], dtype=float).T
        sizes = counts.sum(axis=0)
        ours = hashes(words)
        _, known = self._chances(key("known", ours, NOTHING))
        places, paired = self._chances(key("pair", ours[known][:, None], hashes([*union, NULL])[None, :]))
        sums = np.log((_PROBABILITIES[places] * paired) @ counts / sizes + _UNEXPLAINED)
        total = np.array(list(times.values()), dtype=float)[known] @ sums
        place = {token: number for number, token in enumerate(union)}
        for token in itertools.compress(words, (~known).tolist()):
            if len(token) >= _SHORTEST:
                said = counts[place[token]] if token in place else 0.0
                total += times[token] * np.log(_COPIED * said / sizes + _UNCOPIED)
        covered: list[float] = total.tolist()
        return covered

    def _chances(self, keys: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
        """Look entries up: their values, and whether there is any."""
        if not len(self.keys):
            return np.zeros(keys.shape, dtype=np.uint8), np.zeros(keys.shape, dtype=bool)
        places = self.keys.searchsorted(keys)
        places[places == len(self.keys)] = 0
        return self.values[places], self.keys[places] == keys


class _Weights(msgspec.Struct):
    """What `ranking.json` holds; other things may stand beside."""

    weights: dict[str, float]


def read_ranking(table: bytes, weights: bytes) -> Ranking:
    r"""Read the two files; PackageError that says which is none.

    >>> read_ranking(b"\7\0\0\0\1\0\0\0" + b"\x10\x20", b'{"weights": {"score": 1.0}}').keys.tolist()
    [7, 8]
    """
    size, rest = divmod(len(table), 5)
    if rest or size > _MOST:
        raise PackageError(f"{TABLE} is no table of at most {_MOST:,} entries")
    keys = np.cumsum(np.frombuffer(table, dtype="<u4", count=size), dtype=np.uint64)
    if size and (int(keys[-1]) >= 2**32 or not bool((keys[1:] > keys[:-1]).all())):
        raise PackageError(f"the keys of {TABLE} are not in order")
    try:
        found = msgspec.json.decode(weights, type=_Weights).weights
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PackageError(f"{WEIGHTS} has no weights ({error})") from error
    numbers = tuple(found.get(name, 0.0) for name in FEATURES)
    return Ranking(keys.astype(np.uint32), np.frombuffer(table, dtype=np.uint8, offset=4 * size), numbers)
