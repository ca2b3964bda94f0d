"""Find the English of words that the corpus has and an epoch hardly shows: `lexicon.tsv` of a package.

    python -m training.rare training/config-id.toml id --corpus CORPUS --epoch work/epoch-0.tsv.gz --out lexicon.tsv

A model knows a word after some hundred sights of it; the two directions of IBM model 1 know it after a few. What both
are sure of goes into the lexicon, a line a word, `badai<tab>storm`, and the engine reads the English in the word's
place, as the models have learned to (`variants.switched`). Only words in small letters that English has not (the lists
of `quality/foreign.py`) enter, so that no name and no word of English is touched.

    python -m training.rare training/config-id.toml id --corpus CORPUS --all --out normalize/check/words/id-en.tsv

Without regard to an epoch: the English of any listed word, put where a translation has left the word as it was. Of the
words with a capital those enter that English writes with one too.
"""

import argparse
import random
from collections import Counter
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from pathlib import Path

import regex

from training.lexicon import Lexicon, learn, lower_words
from training.pairs import Pair, read_pairs
from training.prepare import FREQUENT, configuration, fits, hold_back, read_sources

SEEN = 100
"""Sights of a word in an epoch's sources, at the most."""
SURE, BOTH = 0.15, 0.04
"""Least chance of the English word given the other and the reverse, and least product of the two."""
ALIKE = 0.6
"""Least share of letters in common, in order, of words of one origin."""
BESIDE = 0.1
"""Least share of a word's pairs of prose that have the English, if only manuals and messages are sure of it."""
LEAST = 2
"""Pairs of the corpus that a word must be in."""
CAPITAL = 3
"""Sights of a word with a capital within a sentence, if it is to have one."""
MOST = 400_000
"""Pairs that are learned from."""
WORDS = Path(__file__).parents[1] / "normalize" / "check" / "words"
SMALL = regex.compile(r"\p{Ll}[\p{Ll}\p{M}]+(?:-\p{Ll}+)*")
WITHIN = regex.compile(r"(?<=[\p{L},] )\p{L}[\p{L}\p{M}\p{N}'’-]*")  # a word that does not begin a sentence


def rare(sources: Iterable[str], listed: Collection[str]) -> set[str]:
    """Give the listed words in small letters that stand in few of an epoch's sources, or in none."""
    seen = Counter(word for source in sources for word in set(SMALL.findall(source)))
    return {word for word in listed if word[0].islower() and seen[word] <= SEEN}


def spelling(pairs: Iterable[Pair]) -> dict[str, str]:
    """Give the English words, in small letters, that are never written so within a sentence: as they mostly are."""
    forms = Counter(word for _, target in pairs for word in WITHIN.findall(target))
    out: dict[str, str] = {}
    for form, count in sorted(forms.items()):
        low = form.lower()
        if count >= CAPITAL and not forms[low] and count > forms[out.get(low, "")]:
            out[low] = form
    return out


def borne_out(words: Collection[str], plain: Lexicon, known: Lexicon, prose: Iterable[Pair]) -> Lexicon:
    """Give what prose says of each word, or else what all pairs say, if prose has the English beside it too.

    Manuals and messages give many words a sense that news never means: "naskah" is a submission there, "feuilles" are
    timesheets. Of a word that no prose has, only English that looks like it is believed ("kognitif", cognitive).
    """
    sights, together = Counter[str](), Counter[tuple[str, str]]()
    wanted = {word.lower() for word in words}
    for source, target in prose:
        found, english = wanted.intersection(lower_words(source)), set(lower_words(target))
        sights.update(found)
        together.update((word, one) for word in found for one in english.intersection(known.get(word, ())))

    def believed(word: str, english: str) -> bool:
        return together[word, english] > BESIDE * sights[word] if sights[word] else alike(word, english)

    return {
        word: plain.get(word) or {one: chance for one, chance in known.get(word, {}).items() if believed(word, one)}
        for word in wanted
    }


def alike(word: str, english: str) -> bool:
    """Whether two words are probably of one origin.

    >>> alike("kognitif", "cognitive"), alike("jarum", "counterclockwise"), alike("naskah", "submission")
    (True, False, False)
    """
    return SequenceMatcher(None, word, english, autojunk=False).ratio() >= ALIKE


def lines(words: Collection[str], known: Lexicon, spelled: dict[str, str]) -> list[str]:
    """Give a line for each word of which one English word is sure, sorted."""
    out = []
    for word in sorted(words):
        options = known.get(word.lower(), {})
        english = max(options, key=lambda one: (options[one], one), default="")
        written = spelled.get(english, english)
        sure = english and options[english] >= BOTH and english not in FREQUENT["en"] and not set("'’") & set(english)
        if sure and english != word.lower() and (word.islower() or written[0].isupper()):
            out.append(f"{word}\t{written}\n")
    return out


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("config", type=Path, help="says which pairs are held back, and which sources are technical")
    parser.add_argument("language")
    parser.add_argument("--corpus", type=Path, required=True)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--epoch", type=Path, help="what the model is trained on: words that it hardly shows")
    which.add_argument("--all", action="store_true", help="every listed word")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    config = configuration(options.config)
    config["sources"] = [{"files": f"{options.language}-en/*", "weight": 1.0}]
    sources = read_sources(options.corpus, config, Counter())
    hold_back(sources, config)
    technical = {name for name in sources if fits(name, config["technical"])}
    pairs = [pair for _, some in sorted(sources.items()) for pair in some]
    prose = [pair for name, some in sorted(sources.items()) if name not in technical for pair in some]
    spelled = spelling(pairs)
    listed = (WORDS / f"{options.language}.txt").read_text(encoding="utf-8").split()
    words = {word for word in listed if not word.endswith("~")}  # of which English keeps half
    if options.epoch:
        words = rare((source for source, _ in read_pairs(options.epoch)), words)
        pairs, prose = ([p for p in some if not words.isdisjoint(SMALL.findall(p[0]))] for some in (pairs, prose))
    rng = random.Random(config["seed"])  # noqa: S311 - sampling, no secret
    plain, known = (
        learn(rng.sample(some, min(len(some), MOST)), least=LEAST, sure=SURE, longest=35) for some in (prose, pairs)
    )
    out = lines(words, borne_out(words, plain, known, prose), spelled)
    options.out.write_text("".join(out), encoding="utf-8")
    print(f"{len(words)} words, {len(pairs)} pairs, {len(out)} lines")


if __name__ == "__main__":
    main()
