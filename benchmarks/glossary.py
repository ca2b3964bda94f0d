"""How well and at what cost the glossary is obeyed, with and without it in one run; and how fast terms are found.

    python benchmarks/glossary.py --data BENCH/glossary/id-en/dev --score BENCH/glossary/score.py
    python benchmarks/glossary.py --matching

A folder of `--data` holds source.txt, reference.txt, glossary.csv and expected.jsonl; its parent's name begins with
the source language. `--score` is the scorer, a script with a function `score(folder, hypothesis, base, errors)`. The
cost is processor time, which hardly depends on what else the machine does, of all threads, loading apart. The rungs of
the ladder follow, with what each was asked and what it cost as a share of the run without a glossary, and the methods
by which the occurrences came out. With --matching: 10,000 terms sought in 1 MB of text, whose limit is a second.
"""

from __future__ import annotations

import argparse
import importlib.util
import inspect
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from normalize.corpus import Article
from normalize.enforce import Renderings
from normalize.engine import Engine, Hypothesis
from normalize.glossary import Glossary
from normalize.pipeline.convert import convert
from normalize.pipeline.prepare import Prepared
from normalize.repair import repair
from normalize.segment import segment
from normalize.translate import Store

_Answers = TypeVar("_Answers")

RUNGS = {
    "_alone": "terms alone", "copied": "carriers alone", "ask": "first question", "_translate": "first question",
    "_restart": "asked anew", "_weigh": "places weighed", "_stand_in": "stand-ins", "place": "prefixes",
    "cut": "repetitions weighed", "guard": "guard",
}  # fmt: skip
"""Where the engine is called from, and what for."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="folders of a benchmark")
    parser.add_argument("--score", type=Path, help="the benchmark's scorer")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--errors", type=int, default=0, help="how many failures to print of each folder")
    parser.add_argument("--matching", action="store_true")
    options = parser.parse_args()
    for folder in options.data:
        obeyed(folder, scorer(options.score), options.repeat, options.errors)
    if options.matching:
        matching()


class Counting:
    """An engine that counts what it is asked, by rung, and the processor time it takes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.source_language, self.target_language = engine.source_language, engine.target_language
        self.signature, self.fits = engine.signature, engine.fits
        self.asked: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()

    def translate(self, sources: Sequence[str], **how: Any) -> list[tuple[Hypothesis, ...]]:  # noqa: ANN401 - passed on
        """Translate, and count."""
        return self._counted(len(sources), lambda: self._engine.translate(sources, **how))

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        """Score, and count."""
        return self._counted(len(sources), lambda: self._engine.score(sources, targets))

    def _counted(self, count: int, ask: Callable[[], _Answers]) -> _Answers:
        rung = next((RUNGS[frame.function] for frame in inspect.stack(0)[2:6] if frame.function in RUNGS), "other")
        start = time.process_time()
        answers = ask()
        self.seconds[rung] += time.process_time() - start  # type: ignore[assignment] # a counter of seconds
        self.asked[rung] += count
        return answers


def obeyed(folder: Path, score: Callable[..., Any], repeat: int, errors: int) -> None:
    """Translate a folder's source without and with its glossary, and print one table."""
    engine = Store.open().engine(folder.parent.name[:2], "en")
    lines = (folder / "source.txt").read_text(encoding="utf-8").split("\n")[:-1]
    prepared = article(lines, engine)
    glossary = Glossary.load(folder / "glossary.csv")
    times: dict[str, list[float]] = {"without": [], "with": []}
    texts: dict[str, list[str]] = {}
    translated(article(lines[:32], engine), engine, Glossary())  # loads what is loaded once
    for _ in range(repeat):
        for name, rows in (("without", Glossary()), ("with", glossary)):
            engine = Store.open().engine(folder.parent.name[:2], "en")  # one that has answered nothing yet
            engine.translate(["1"])  # loads the model, and keeps no answer that is asked for later
            counting = Counting(engine)
            start = time.process_time()
            texts[name], methods = translated(prepared, counting, rows)
            times[name].append(time.process_time() - start)
    found, failures = score(str(folder), texts["with"], texts["without"], errors)
    base, cost = statistics.median(times["without"]), statistics.median(times["with"])
    print(f"== {folder.parent.name} {folder.name}: {len(lines)} lines, {found['expected']} occurrences, "
          f"{engine.signature.split('|')[0]}")
    for kind, value in {"all": found, **found["by_kind"]}.items():
        print(f"  {kind:<16} exact {value['exact']:>6} · tolerant {value['tolerant']:>6}")
    for name, value in found.get("by_category", {}).items():
        print(f"    {name:<14} exact {value['exact']:>6} of {value['n']}")
    damage = found["damage"]
    print(f"  literals {found['literal']['kept']} · forbidden used {found['forbidden']['violated']} · "
          f"leftovers {found['leftover_segments']} · doubled {found['duplicates']['doubled']} · "
          f"excess {found['duplicates']['per_100']} per 100 · over-use net {found['over_use']['net']}")
    print(f"  chrF {damage['hyp']['chrf']} ({damage['delta_chrf']:+}), outside terms "
          f"{damage.get('outside_delta_chrf', 0):+} · segments without an expected term that differ "
          f"{damage['collateral_pct']} % · documents consistent {found['consistency']['fully']} %")
    print(f"  processor time {base:.1f} s without, {cost:.1f} s with: {cost / base:.2f} times")
    for rung, seconds in counting.seconds.items():
        print(f"    {rung:<20} {counting.asked[rung]:>6} asked  {100 * seconds / base:>6.1f} %")
    print("  methods: " + ", ".join(f"{method} {count}" for method, count in methods.most_common()))
    for failure in failures[:errors]:
        print("   ", *failure, sep="\t")


def article(lines: Sequence[str], engine: Engine) -> Prepared:
    """Make one article of lines, cut into segments."""
    text = "\n".join(lines)
    bare = Article(id="lines", path="-", raw=text, text=text, sha256="", language=engine.source_language)
    whole = repair(bare)
    return Prepared(article=whole, segments=segment(whole, target_language="en", fits=engine.fits))


def translated(prepared: Prepared, engine: Engine, glossary: Glossary) -> tuple[list[str], Counter[str]]:
    """Translate an article; gives its lines, and how often each method brought a term."""
    [conversion] = convert([prepared], engine, glossary, renderings=Renderings(engine))
    methods = Counter(receipt.method.value for unit in conversion.units for receipt in unit.receipts)
    return [target for _, target in conversion.paragraphs()], methods


def scorer(path: Path | None) -> Callable[..., Any]:
    """Load the scorer's function."""
    spec = importlib.util.spec_from_file_location("scorer", path) if path else None
    if spec is None or spec.loader is None:
        message = "--data needs --score"
        raise SystemExit(message)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.score  # type: ignore[no-any-return] # a script without types


def matching() -> None:
    """Seek 10,000 terms of one to three words in 1 MB of text made of the same words and others."""
    draw = random.Random(1)  # noqa: S311 - made-up words
    syllables = [one + two for one in "bdgklmnprst" for two in "aeiou"]
    words = sorted({"".join(draw.choices(syllables, k=draw.randint(2, 4))) for _ in range(30_000)})
    terms = sorted({" ".join(draw.choices(words, k=draw.randint(1, 3))) for _ in range(10_000)})
    common = draw.choices(words, k=2_000)  # half of a text are words that recur, and one in ten begins a term
    sentences = [
        " ".join(draw.choices(common, k=7) + draw.choices(words, k=5) + draw.choices(terms, k=1)).capitalize() + "."
        for _ in range(12_000)
    ]
    total, kept = 0, []
    for sentence in sentences:
        if total < 1_000_000:
            kept.append(sentence)
            total += len(sentence) + 1
    start = time.process_time()
    glossary = Glossary.parse(("source,target\n" + "".join(f"{term},{term} x\n" for term in terms)).encode())
    glossary.matches(kept[0], "id")
    ready = time.process_time()
    found = sum(len(glossary.matches(sentence, "id")) for sentence in kept)
    spent = time.process_time() - ready
    print(f"{len(terms):,} terms read and filed in {ready - start:.2f} s; {found:,} found in {total:,} characters in "
          f"{spent:.2f} s: {spent:.2f} of the limit of 1 s")


if __name__ == "__main__":
    main()
