"""Learn what a package ranks its answers by: `ranking.bin` and `ranking.json` (see `normalize/translate/ranking.py`).

    python -m training.ranking training/config-id.toml --corpus CORPUS --package translate-id_en.argosmodel \
        --held-back work/held-back.id.tsv.gz --out work/ranking-id

IBM model 1 from English to the source learns from the corpus's pairs, a bigram model from its English. The weights are
those by which, of two answers to a held-back segment, the one closer to the reference comes first: a logistic
regression on the differences, as in Hopkins and May 2011, "Tuning as Ranking".
"""

import argparse
import itertools
import json
import math
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from normalize.translate.ranking import (
    FEATURES,
    FIRST,
    LAST,
    NOTHING,
    STEP,
    TABLE,
    WEIGHTS,
    Ranking,
    hashes,
    key,
    read_ranking,
    tokens,
)
from training.evaluate import Model, opened
from training.lexicon import learn_one_way
from training.logistic import newton
from training.pairs import Pair, read_pairs
from training.prepare import Config, configuration, fits, hold_back, read_corpus

LIKELY = 0.01
"""Least chance of a source word given an English one."""
WORDS, BIGRAMS = 3, 3
"""Least sights of a token, and of two."""
LEAST = 3
"""Pairs that a word must be in."""
PROSE, TECHNICAL, MOST = 60_000, 3_000, 220_000
"""Pairs of a source of prose, of a technical one, and of all, that are learned from; of the first two, all English."""
BLEU_COUNTS = 3.0
"""What sentence BLEU counts beside chrF2: without it the longer answer comes first."""
CLOSE, FAR = 0.5, 20.0
"""Differences below are none; those above count no more."""
ROUNDS, PENALTY = 30, 2e-3

Entries = dict[int, float]


def sampled(sources: dict[str, list[Pair]], technical: Sequence[str], rng: random.Random) -> list[Pair]:
    """Take pairs of every source, few of the technical ones."""
    found = []
    for name, pairs in sorted(sources.items()):
        found += rng.sample(pairs, min(len(pairs), TECHNICAL if fits(name, technical) else PROSE))
    return found


def bigrams(lines: Iterable[str]) -> Entries:
    """Give the logarithms of the chances of tokens, and of tokens after others, by their keys."""
    one: Counter[str] = Counter()
    two: Counter[tuple[str, str]] = Counter()
    for line in lines:
        found = [FIRST, *tokens(line), LAST]
        one.update(found)
        two.update(itertools.pairwise(found))
    words = [(word, count) for word, count in one.items() if count >= WORDS]
    pairs = [(pair, count) for pair, count in two.items() if count >= BIGRAMS]
    total = one.total()
    alone = key("word", hashes([word for word, _ in words]), NOTHING)
    together = key("bigram", hashes([left for (left, _), _ in pairs]), hashes([right for (_, right), _ in pairs]))
    return dict(zip(alone.tolist(), (math.log(count / total) for _, count in words), strict=True)) | dict(
        zip(together.tolist(), (math.log(count / one[left]) for (left, _), count in pairs), strict=True)
    )


def alignments(pairs: Sequence[Pair]) -> Entries:
    """Give the logarithms of the chances of source words given English ones, by their keys.

    Words that have any are entries too.
    """
    split = [tuple([t for t in tokens(text) if t[0].isalpha()] for text in pair) for pair in pairs]
    found = learn_one_way([(source, target) for source, target in split], least=LEAST, likely=LIKELY)
    keys = key("pair", hashes([source for source, _, _ in found]), hashes([target for _, target, _ in found]))
    words = sorted({source for source, _, _ in found})
    known = key("known", hashes(words), NOTHING)
    return dict(zip(keys.tolist(), (math.log(chance) for _, _, chance in found), strict=True)) | dict.fromkeys(
        known.tolist(), 0.0
    )


def table(entries: Entries) -> bytes:
    """Write the entries as a package has them."""
    keys = np.array(sorted(entries), dtype=np.int64)
    values = np.array([min(255, round(-STEP * entries[one])) for one in keys.tolist()], dtype=np.uint8)
    return np.diff(keys, prepend=0).astype("<u4").tobytes() + values.tobytes()


@dataclass(frozen=True, slots=True)
class Case:
    """A held-back segment's answers: their features, (answers, features), and how close each is to the reference."""

    rows: NDArray[np.float64]
    close: list[float]
    words: int
    """Of the source."""


def cases(model: Model, pairs: Sequence[Pair], ranking: Ranking) -> list[Case]:
    """Translate; give each segment's answers as they are judged."""
    bleu, chrf = BLEU(effective_order=True), CHRF()
    out = []
    for (source, target), answers in zip(pairs, model.answers([source for source, _ in pairs]), strict=True):
        texts = [text for text, _ in answers]
        rows = ranking.features(model.read(source), texts, [score for _, score in answers])
        close = [
            chrf.sentence_score(text, [target]).score + BLEU_COUNTS * bleu.sentence_score(text, [target]).score
            for text in texts
        ]
        out.append(Case(np.array(rows), close, len(source.split())))
    return out


def fit(found: Sequence[Case]) -> list[float]:
    """Fit the weights on pairs of answers, by Newton's method; a longer source's count more."""
    rows, counts = [], []
    for case in found:
        for one, other in itertools.combinations(range(len(case.close)), 2):
            gap = case.close[one] - case.close[other]
            if abs(gap) >= CLOSE:
                rows.append((case.rows[one] - case.rows[other]) * np.sign(gap))
                counts.append(min(abs(gap), FAR) * math.sqrt(case.words))
    differences, share = np.array(rows), np.array(counts) / sum(counts)
    spread = differences.std(axis=0)
    scaled = differences / spread
    weights = newton(scaled, np.ones(len(scaled)), np.full(len(FEATURES), PENALTY), share=share, rounds=ROUNDS)
    plain: list[float] = (weights / spread).tolist()
    return plain


def learned(corpus: Path, config: Config, held: Sequence[Pair]) -> bytes:
    """Learn the table from the corpus, without the held-back pairs."""
    rng = random.Random(config["seed"])  # noqa: S311 - sampling, no secret
    english, sources = read_corpus(corpus, config)
    hold_back(sources, config)
    own = {target for _, target in held}
    pairs = [pair for pair in sampled(sources, config["technical"], rng) if pair[1] not in own]
    english += [target for _, target in pairs]
    pairs = rng.sample(pairs, min(len(pairs), MOST))
    entries = bigrams(english) | alignments(pairs)
    print(f"{len(pairs)} pairs, {len(english)} lines of English, {len(entries)} entries", flush=True)
    return table(entries)


def main() -> None:
    """Read, learn, translate, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("config", type=Path, help="of the language: says which pairs are held back")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--corpus", type=Path, help="learn the table from it")
    how.add_argument("--table", type=Path, help="or take one learned before, and fit the weights to another model")
    parser.add_argument("--package", type=Path, required=True)
    parser.add_argument("--held-back", type=Path, required=True, help="TSV of held-back pairs")
    parser.add_argument("--segments", type=int, default=1000, help="of the held-back pairs")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True, help="folder for the two files")
    options = parser.parse_args()
    held = read_pairs(options.held_back)
    content = (
        options.table.read_bytes() if options.table else learned(options.corpus, configuration(options.config), held)
    )
    plain = read_ranking(content, b'{"weights": {}}')
    with tempfile.TemporaryDirectory() as folder:
        model = opened(options.package, Path(folder), options.threads)
        weights = fit(cases(replace(model, ranking=None), held[: options.segments], plain))
    named = {name: round(weight, 4) for name, weight in zip(FEATURES, weights, strict=True)}
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / TABLE).write_bytes(content)
    (options.out / WEIGHTS).write_text(json.dumps({"weights": named}) + "\n", encoding="utf-8")
    print(named)


if __name__ == "__main__":
    main()
