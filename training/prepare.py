"""From the corpus to epochs ready to train on: clean, select, weight, vary, write.

    python -m training.prepare training/config.toml --corpus CORPUS --out work

Every epoch is a fresh draw: sources by weight, variants by rate. The same config and corpus give the same bytes.
"""

import argparse
import gzip
import hashlib
import random
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import numpy as np
import regex

from training import figures, variants
from training.lexicon import Lexicon, learn
from training.pairs import Pair, read_pairs, write_pairs

Config = dict[str, Any]
LETTER = regex.compile(r"\p{L}")
NAME = regex.compile(r"(?<=\p{Ll},? )(?:\p{Lu}[\p{L}\p{N}&.-]*\p{L}\p{N}?)(?: \p{Lu}[\p{L}\p{N}&-]+){0,2}")
ONE = regex.compile(r"\b(?:an?|every|another) (\p{Ll}{3,})\b")
MANY = regex.compile(r"\b(?:of|these|those|many|several|some|two|three|all) (\p{Ll}{3,}s)\b")
TERM = regex.compile(r"(?<= )\p{Ll}{4,}(?:[- ]\p{Ll}{5,}){0,2}(?= )")
# Words that a text of some length in the language can hardly do without: a cheap language filter.
FREQUENT_LISTS = {
    "id": "yang dan di ini itu untuk dengan dari pada adalah tidak akan dalam ke oleh atau sebagai dapat anda saya "
    "kami kita bisa telah juga jika tersebut ia dia mereka ada satu lebih karena saat sudah menjadi seperti",
    "fr": "le la les de des du un une et est en à dans que qui pour pas sur ne il elle nous vous je ce se au aux "
    "par avec son sa ses plus d l qu c n s j y a été sont ont cette si ou",
    "en": "the of and to in a is that for it on with as was be by are at this from or have not an i you he they we "
    "has which will his their its can if do but she your been there all one more how what my when who no "
    "about up out so",
}
FREQUENT = {language: frozenset(words.split()) for language, words in FREQUENT_LISTS.items()}
SPLIT = regex.compile(r"[\p{L}\p{M}]+")
JOINED = (1, 1, 2, 3)
"""How many sentences are joined to one, each as likely as it stands here often."""
LONG = 480
"""Code points of a source, at the most, to which sentences have been joined."""


def tidy(text: str) -> str:
    """One line, single spaces."""
    return " ".join(text.replace("\u200b", "").split())


def news_lines(path: Path) -> list[str]:
    """Read the English sentences of 5 to 40 words."""
    text = gzip.decompress(path.read_bytes()).decode()
    return [tidy(line) for line in text.split("\n") if 5 <= len(line.split()) <= 40]


def speaks(text: str, language: str) -> bool:
    """Whether a text of eight words or more has words of the language; shorter ones pass."""
    found = [word.lower() for word in SPLIT.findall(text)]
    return len(found) < 8 or sum(word in FREQUENT[language] for word in found) / len(found) >= 0.06


def sound(pair: Pair, language: str, longest: int) -> bool:
    """Length, ratio, letters, copies, language."""
    source, target = pair
    lengths = len(source.split()), len(target.split())
    if not 1 <= min(lengths) <= max(lengths) <= longest or source.lower() == target.lower():
        return False
    ratio = (len(source) + 6) / (len(target) + 6)
    if not 0.45 <= ratio <= 2.4:
        return False
    if any(len(LETTER.findall(text)) < 0.5 * len(text.replace(" ", "")) for text in pair):
        return False
    if lengths[0] > 6 and len(set(source.split()) & set(target.split())) > 0.6 * lengths[0]:
        return False
    return speaks(source, language) and speaks(target, "en")


def clean(pairs: Iterable[Pair], language: str, longest: int, seen: set[int]) -> list[Pair]:
    """Tidied, sound and not `seen` before (in any source, whatever the case)."""
    out = []
    for source, target in pairs:
        pair = tidy(source), tidy(target)
        key = hash_of("\t".join(pair).lower())
        if key not in seen and sound(pair, language, longest):
            seen.add(key)
            out.append(pair)
    return out


def hash_of(text: str) -> int:
    """64 bits that are the same on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def newsworthy(pairs: list[Pair], news: Counter[str], share: float) -> list[Pair]:
    """Keep the `share` whose English is most like news, by the mean log ratio of word frequencies."""
    own = Counter(word.lower() for _, target in pairs for word in SPLIT.findall(target))
    sums = sum(news.values()), sum(own.values())
    gain = {w: float(np.log((news[w] + 1) / sums[0]) - np.log((own[w] + 1) / sums[1])) for w in own}
    scores = []
    for _, target in pairs:
        found = [gain[word.lower()] for word in SPLIT.findall(target)]
        scores.append(sum(found) / len(found) if len(found) >= 8 else -9.0)
    bar = float(np.quantile(scores, 1 - share))
    return [pair for pair, score in zip(pairs, scores, strict=True) if score >= bar]


def fits(name: str, patterns: Iterable[str]) -> bool:
    """Whether a source's name fits one of the patterns."""
    return any(fnmatch(name, pattern) for pattern in patterns)


def rule_for(name: str, config: Config) -> Config:
    """Find the first `[[sources]]` entry whose pattern fits; a source that none fits has no weight."""
    found: Config = next((rule for rule in config["sources"] if fnmatch(name, rule["files"])), {"weight": 0.0})
    return found


def configuration(path: Path) -> Config:
    """Read a config: whole, or `language` alone out of a `base` beside it, with what it says differently.

    The base's weights are multiplied by `factor`, up to `most`; the config's own `[[sources]]` come first, as they are.
    """
    own: Config = tomllib.loads(path.read_text(encoding="utf-8"))
    if "base" not in own:
        return own
    base, language = configuration(path.with_name(own["base"])), own["language"]
    rules = [rule for rule in base["sources"] if rule["files"].startswith(f"{language}-")]
    for rule in rules:
        rule["weight"] = min(round(rule["weight"] * own.get("factor", 1.0), 2), own.get("most", rule["weight"]))
    return (
        base
        | own
        | {
            "rates": base["rates"] | own.get("rates", {}),
            "figures": {language: base["figures"][language]} | own.get("figures", {}),
            "sources": own.get("sources", []) + rules,
        }
    )


def read_sources(corpus: Path, config: Config, news: Counter[str]) -> dict[str, list[Pair]]:
    """Read and clean the pairs by source name (`id-en/news-x`), those of weight 0 left out."""
    out, seen = {}, set[int]()
    for path in sorted(corpus.glob("??-en/*.tsv.gz")):
        name = f"{path.parent.name}/{path.name.removesuffix('.tsv.gz')}"
        rule = rule_for(name, config)
        if not rule["weight"]:
            continue
        raw = read_pairs(path)
        raw = raw[:: rule.get("every", 1)]
        pairs = clean(raw, name[:2], config["longest"], seen)
        if "select" in rule:
            pairs = newsworthy(pairs, news, rule["select"])
        out[name] = pairs
        print(f"{name}: {len(pairs)} of {len(raw)}, weight {rule['weight']}", flush=True)
    return out


def read_corpus(corpus: Path, config: Config) -> tuple[list[str], dict[str, list[Pair]]]:
    """Read the English news and, with it to select by, the pairs by source name."""
    english = [line for name in config["english"] for line in news_lines(corpus / name)]
    news = Counter(word.lower() for line in english for word in SPLIT.findall(line))
    return english, read_sources(corpus, config, news)


def hold_back(sources: dict[str, list[Pair]], config: Config) -> dict[str, list[Pair]]:
    """Take the held-back pairs out of the sources, by language: chosen by hash, so always the same."""
    out: dict[str, list[Pair]] = {}
    for name, pairs in sources.items():
        if not fits(name, config["held_back"]["files"]):
            continue
        bar = 10 * config["held_back"]["percent"]
        chosen = [p for p in pairs if len(p[0].split()) >= 4 and hash_of(p[1].lower()) % 1000 < bar]
        out.setdefault(name[:2], []).extend(chosen)
        texts = {text for pair in chosen for text in pair}
        sources[name] = [p for p in pairs if p[0] not in texts and p[1] not in texts]
    return {language: sorted(pairs, key=lambda p: hash_of(p[0])) for language, pairs in out.items()}


def drawn(pairs: list[Pair], weight: float, rng: random.Random) -> list[Pair]:
    """Every pair as often as the weight's whole part says, and a sample for the rest."""
    whole, rest = int(weight), weight - int(weight)
    return pairs * whole + rng.sample(pairs, round(rest * len(pairs)))


def lexicons(sources: dict[str, list[Pair]], config: Config) -> dict[str, Lexicon]:
    """One per language that has sources, learned from a sample of them."""
    out = {}
    for language in sorted({name[:2] for name in sources}):
        rng = random.Random(config["seed"])  # noqa: S311 - sampling, no secret
        known = [(name, pairs) for name, pairs in sources.items() if name.startswith(language)]
        pool = [p for name, pairs in known for p in drawn(pairs, min(1, rule_for(name, config)["weight"]), rng)]
        out[language] = learn(rng.sample(pool, min(len(pool), config["lexicon_pairs"])))
        print(f"lexicon {language}: {len(out[language])} words", flush=True)
    return out


def copyable(lines: Sequence[str]) -> list[str]:
    """Names and terms of English news, the rare ones: nothing the model could know by heart."""
    names = Counter(name for line in lines for name in NAME.findall(line))
    terms = Counter(term for line in lines for term in TERM.findall(line))
    rare = [text for text, count in names.items() if count <= 20 and len(text) > 3]
    rare += [text for text, count in terms.items() if 2 <= count <= 6 and len(text) > 8]
    return sorted(rare)


def singulars(lines: Sequence[str]) -> dict[str, str]:
    """Nouns by their plural: words that stand after "a" and, with an -s, after a word that asks for many."""
    one = {word for line in lines for word in ONE.findall(line)}
    many = {word for line in lines for word in MANY.findall(line)}
    forms = {}
    for noun in sorted(one):
        forms[noun + "s"] = noun
        forms[noun[:-1] + "ies" if noun.endswith("y") else noun + "es"] = noun
    return {form: noun for form, noun in forms.items() if form in many}


def lengthened(pair: Pair, others: Sequence[Pair], linked: float, rng: random.Random) -> Pair:
    """Join some of the others to the pair, a share of them by a semicolon, as long as the whole is not too long."""
    for other in others[: rng.choice(JOINED)]:
        if len(pair[0]) + len(other[0]) < LONG:
            pair = (variants.linked if rng.random() < linked else variants.joined)(pair, other)
    return pair


class Draw:
    """Draws epochs from the cleaned sources: weights, variants, figures, English copies."""

    def __init__(self, sources: dict[str, list[Pair]], english: Sequence[str], config: Config) -> None:
        self.sources, self.english, self.config = sources, list(english), config
        self.rates: dict[str, float] = config["rates"]
        self.known = lexicons(sources, config)
        self.names, self.singulars = copyable(english), singulars(english)
        print(f"{len(self.names)} names and terms to copy, {len(self.singulars)} plurals", flush=True)

    def vary(self, pair: Pair, others: Sequence[Pair], language: str, rng: random.Random) -> Pair:
        """Make the variants of the pair whose dice fell so; `others` are there to be joined to it."""
        lexicon = self.known[language]

        def on(name: str) -> bool:
            return rng.random() < self.rates[name]

        if on("joined"):
            pair = lengthened(pair, others, self.rates["linked"], rng)
        if on("code_switched"):
            pair = variants.switched(pair, lexicon, rng, self.singulars)
        elif on("renamed"):
            pair = variants.renamed(pair, lexicon, self.names, rng)
        elif on("marked"):
            pair = variants.marked(pair, lexicon, rng)
        if on("literal"):
            pair = variants.with_literal(pair, self.names, rng)
        pair = variants.quoted(pair, language, self.names, rng) if on("quoted") else variants.requoted(pair, rng)
        if len(pair[0].split()) <= 16 and on("titled"):
            return variants.titled(pair)
        if on("shouted"):
            return variants.shouted(pair)
        return variants.stopless(pair) if on("stopless") else pair

    def epoch(self, seed: int) -> list[Pair]:
        """One epoch, shuffled."""
        rng = random.Random(seed)  # noqa: S311 - sampling, no secret
        out = []
        for name, pairs in self.sources.items():
            rule = rule_for(name, self.config)
            picked = drawn(pairs, rule["weight"], rng)
            if rule.get("stop"):
                picked = [variants.stopped(pair) if len(pair[0].split()) > 5 else pair for pair in picked]
            reach = min(max(JOINED), len(picked))
            out += [
                self.vary(pair, [picked[at - back] for back in range(1, reach + 1)], name[:2], rng)
                for at, pair in enumerate(picked)
            ]
        for language, count in self.config["figures"].items():
            out += [figures.example(language, rng) for _ in range(count)]
        copies = rng.sample(self.english, min(len(self.english), round(self.rates["english"] * len(out))))
        out += [variants.requoted((line, line), rng) for line in copies]
        rng.shuffle(out)
        return [(tidy(f), tidy(e)) for f, e in out if f.strip() and e.strip()]


def main() -> None:
    """Write `epoch-N.tsv.gz`, `valid.tsv.gz` and `held-back.LANGUAGE.tsv.gz`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("config", type=Path)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    config = configuration(options.config)
    options.out.mkdir(parents=True, exist_ok=True)
    english, sources = read_corpus(options.corpus, config)
    held = hold_back(sources, config)
    rng = random.Random(config["seed"])  # noqa: S311 - sampling, no secret
    for language, pairs in held.items():
        write_pairs(options.out / f"held-back.{language}.tsv.gz", pairs)
    write_pairs(
        options.out / "valid.tsv.gz", [variants.requoted(pair, rng) for pairs in held.values() for pair in pairs[:300]]
    )
    draw = Draw(sources, english, config)
    for number in range(config["epochs"]):
        pairs = draw.epoch(config["seed"] + number)
        write_pairs(options.out / f"epoch-{number}.tsv.gz", pairs)
        print(f"epoch {number}: {len(pairs)} pairs, {sum(len(e.split()) for _, e in pairs)} English words", flush=True)


if __name__ == "__main__":
    main()
