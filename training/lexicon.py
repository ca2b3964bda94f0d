"""Word alignment from nothing but the pairs: IBM model 1 in both directions, and only what both are sure of.

Precision before coverage: a wrong span would teach the model to garble a term, a missed one teaches nothing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import regex
from numpy.typing import NDArray

from normalize.translate.ranking import NULL

ROUNDS = 5  # of EM: enough for model 1
WORD = regex.compile(r"(?i:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’](?=\p{L})|\p{L}[\p{L}\p{M}\p{N}'’-]*+")
"""A word; what French elides before a vowel is one of its own: "l’" of "l’accord"."""
Longs = NDArray[np.int64]
Lexicon = dict[str, dict[str, float]]
Chance = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Aligned:
    """A source span and the target span that says the same, as code points of the two texts."""

    source: tuple[int, int]
    target: tuple[int, int]


def words(text: str) -> list[tuple[str, int, int]]:
    """Lower-case words with their spans."""
    return [(m.group().lower(), m.start(), m.end()) for m in WORD.finditer(text)]


def lower_words(text: str) -> list[str]:
    """Lower-case words alone."""
    return [word for word, _, _ in words(text)]


def _vocabulary(texts: list[list[str]], least: int) -> dict[str, int]:
    counts = Counter(word for text in texts for word in text)
    kept = sorted(word for word, count in counts.items() if count >= least)
    return {word: at for at, word in enumerate(kept)}


def _expect(pair: Longs, slot: Longs, given: Longs, rounds: int) -> NDArray[np.float64]:
    """EM of model 1: `pair` numbers each link's words, `slot` the token it explains, `given` each pair's condition."""
    chance = np.ones(int(pair.max()) + 1)
    for _ in range(rounds):
        weight = chance[pair]
        weight /= np.bincount(slot, weight)[slot]
        count = np.bincount(pair, weight, minlength=len(chance))
        chance = count / np.bincount(given, count)[given]
    return chance


def _links(
    split: Sequence[tuple[list[str], list[str]]], ours: dict[str, int], theirs: dict[str, int]
) -> tuple[Longs, Longs, Longs, Longs, Longs]:
    """Link each word of a source to each of its target.

    Gives the source and the target word of every two words that meet, and of every link the number of these two, of its
    token of the sources and of its token of the targets.
    """
    keys, rows, columns, at = [], [], [], (0, 0)
    for f, e in split:
        left = np.array([ours[w] for w in f if w in ours], dtype=np.int64)
        right = np.array([theirs[w] for w in e if w in theirs], dtype=np.int64)
        keys.append((left[:, None] * len(theirs) + right[None, :]).ravel())
        rows.append(np.repeat(np.arange(len(left)) + at[0], len(right)))
        columns.append(np.tile(np.arange(len(right)) + at[1], len(left)))
        at = (at[0] + len(left), at[1] + len(right))
    unique, pair = np.unique(np.concatenate(keys), return_inverse=True)
    return unique // len(theirs), unique % len(theirs), pair, np.concatenate(rows), np.concatenate(columns)


def learn(pairs: list[tuple[str, str]], least: int = 5, sure: float = 0.25, longest: int = 40) -> Lexicon:
    """Source word to target words with p(e|f) and p(f|e) both at least `sure`, valued by their product."""
    split = [(lower_words(f), lower_words(e)) for f, e in pairs]
    split = [(f, e) for f, e in split if 0 < len(f) <= longest and 0 < len(e) <= longest]
    ours, theirs = _vocabulary([f for f, _ in split], least), _vocabulary([e for _, e in split], least)
    source, target, pair, rows, columns = _links(split, ours, theirs)
    forward = _expect(pair, columns, source, ROUNDS)
    backward = _expect(pair, rows, target, ROUNDS)
    names, others = list(ours), list(theirs)
    lexicon: Lexicon = {}
    for i in np.flatnonzero((forward >= sure) & (backward >= sure)):
        lexicon.setdefault(names[source[i]], {})[others[target[i]]] = float(forward[i] * backward[i])
    return lexicon


def learn_one_way(split: Sequence[tuple[list[str], list[str]]], least: int, likely: float) -> list[Chance]:
    """Give source words with what says them in the target and their p(f|e), at least `likely`; `NULL` says nothing.

    `split` has pairs in words; those in fewer than `least` places are passed over.
    """
    ours, theirs = _vocabulary([f for f, _ in split], least), _vocabulary([e for _, e in split], least)
    theirs[NULL] = len(theirs)
    source, target, pair, rows, _ = _links([(f, [*e, NULL]) for f, e in split], ours, theirs)
    chances = _expect(pair, rows, target, ROUNDS)
    names, others = list(ours), list(theirs)
    return [(names[source[i]], others[target[i]], float(chances[i])) for i in np.flatnonzero(chances >= likely)]


def align(source: str, target: str, lexicon: Lexicon, longest: int = 4) -> list[Aligned]:
    """Spans of up to `longest` words linked to each other and to nothing outside; words said twice are out."""
    ours, theirs = words(source), words(target)
    once = {w for w, n in Counter(w for w, _, _ in ours).items() if n == 1}
    place = {w: at for at, (w, _, _) in enumerate(theirs)}
    single = {w for w, n in Counter(w for w, _, _ in theirs).items() if n == 1}
    link: dict[int, int] = {}
    taken: Counter[int] = Counter()
    for at, (word, _, _) in enumerate(ours):
        options = [e for e in lexicon.get(word, {}) if e in single] if word in once else []
        if options:
            link[at] = place[max(options, key=lambda e: lexicon[word][e])]
            taken[link[at]] += 1
    link = {f: e for f, e in link.items() if taken[e] == 1}
    found = []
    for first in sorted(link):
        for last in range(first, min(first + longest, len(ours))):
            if last not in link:
                continue
            inside = [link[f] for f in range(first, last + 1) if f in link]
            low, high = min(inside), max(inside)
            gaps = last - first + 1 - len(inside) + high - low + 1 - len(inside)
            if gaps <= (1 if last - first >= 2 else 0):
                found.append(Aligned((ours[first][1], ours[last][2]), (theirs[low][1], theirs[high][2])))
    return found
