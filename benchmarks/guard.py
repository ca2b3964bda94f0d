"""What the guard finds, what it repairs, what that does to BLEU and chrF2, and what it costs.

    python benchmarks/guard.py                                     the labelled cases only: precision and recall
    python benchmarks/guard.py --set id flores-dev.id flores-dev.en --set fr flores-dev.fr flores-dev.en

FLORES-200 and the like are not part of this project. `--loud` measures the same sentences, those of up to 13 words, in
capitals, with every word capitalised, and after a dateline in capitals, without regard to case.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from normalize.check import check, lexicon
from normalize.corpus import Origin, Segment, Span, State, Unit
from normalize.engine import Engine, Hypothesis
from normalize.guard import Guarded, guard
from normalize.translate import Store

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from guard_cases import auc, cases, measure

_LOUDEST = 13  # words of a sentence that is made a heading


def labelled() -> None:
    """Print precision and recall by reason."""
    read = list(cases())
    for name, chosen in (("all", read), ("drawn at random", [case for case in read if case.kind == "random"])):
        print(f"{len(chosen)} labelled outputs, {name}")
        for reason, count in measure(chosen).items():
            print(f"  {reason:14} precision {count.precision:.2f}  recall {count.recall:.2f}  "
                  f"({count.hits} right, {count.false} wrong, {count.missed} missed)")
    ranked = auc(read)
    print(f"an unintelligible output ranks below another: {ranked[0]:.2f} by the estimate, "
          f"{ranked[1]:.2f} by the score alone")


def draft(language: str, source: str, answer: Hypothesis) -> Unit:
    """Make the unit of an answer, and check it."""
    segment = Segment(id="", article="", paragraph=0, span=Span(start=0, end=len(source)), source=source,
                      language=language)
    unit = Unit(segment=segment, target=answer.target, state=State.TRANSLATED, score=answer.score,
                origin=Origin.MACHINE)
    return check(unit, truncated=answer.truncated)


class Counting:
    """An engine that counts what it is asked for, in words of the sources."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.source_language, self.target_language = engine.source_language, engine.target_language
        self.signature = engine.signature
        self.decoded: Counter[str] = Counter()
        """Sources by how they are decoded."""
        self.words = self.forced = 0

    def translate(
        self, sources: Sequence[str], *, hypotheses: int = 1, prefixes: Sequence[str] | None = None, no_repeat: int = 0
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate and count."""
        self.decoded[f"{hypotheses} hypotheses" + " without repeats" * bool(no_repeat)] += len(set(sources))
        self.words += sum(len(source.split()) for source in set(sources))
        return self._engine.translate(sources, hypotheses=hypotheses, prefixes=prefixes, no_repeat=no_repeat)

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        """Score and count."""
        self.forced += len(set(zip(sources, targets, strict=True)))
        return self._engine.score(sources, targets)

    def fits(self, source: str) -> bool:
        """Whether the engine can translate a source in one piece."""
        return self._engine.fits(source)


def compare(engine: Engine, language: str, sources: Sequence[str], references: Sequence[str], *, folded: bool) -> None:
    """Translate, guard, score both, and print."""
    fold: Callable[[str], str] = str.lower if folded else str
    engine.translate(sources[:8])  # the model is loaded
    started = time.process_time()
    answers = [ways[0] for ways in engine.translate(sources)]
    translated = time.process_time()
    drafts = [draft(language, source, answer) for source, answer in zip(sources, answers, strict=True)]
    checked = time.process_time()
    counting = Counting(engine)
    kept = guard(drafts, sources, counting, truncated=[answer.truncated for answer in answers])
    guarded = time.process_time()
    rights = [fold(reference) for reference in references]
    for name, texts in (("model", [answer.target for answer in answers]),
                        ("guard", [one.hypothesis.target for one in kept])):
        scores = [metric.corpus_score([fold(text) for text in texts], [rights]).score for metric in (BLEU(), CHRF())]
        print(f"  {name}: BLEU {scores[0]:.2f}  chrF2 {scores[1]:.2f}")
    base = translated - started
    print(f"  {len(sources)} segments, {sum(bool(one.repairs) for one in kept)} repaired; CPU time beside translating: "
          f"checks {(checked - translated) / base:.1%}, guard {(guarded - checked) / base:.1%}")
    words = sum(len(source.split()) for source in sources)
    ways = ", ".join(f"{count} with {way}" for way, count in counting.decoded.items())
    print(f"  asked again: {counting.decoded.total()} sources ({counting.decoded.total() / len(sources):.1%}), "
          f"{counting.words / words:.1%} of the words ({ways}); {counting.forced} answers scored")
    _findings(drafts, kept)
    _methods(kept, rights, fold)


def _findings(drafts: Sequence[Unit], kept: Sequence[Guarded]) -> None:
    after = [
        check(dataclasses.replace(unit, target=one.hypothesis.target), truncated=one.hypothesis.truncated)
        for unit, one in zip(drafts, kept, strict=True)
    ]
    counts = [Counter(finding.check for unit in units for finding in unit.findings) for units in (drafts, after)]
    print("  findings, before and after: " + ", ".join(f"{name} {counts[0][name]}→{counts[1][name]}"
                                                       for name in sorted(counts[0] | counts[1])))


def _methods(kept: Sequence[Guarded], rights: Sequence[str], fold: Callable[[str], str]) -> None:
    metric = CHRF()
    gains: defaultdict[str, list[float]] = defaultdict(list)
    for one, right in zip(kept, rights, strict=True):
        for repair in one.repairs:
            before, after = (metric.sentence_score(fold(text), [right]).score for text in (repair.before, repair.after))
            gains[repair.method].append(after - before)
    for method, values in sorted(gains.items()):
        print(f"  {method:12} {len(values):4} times, chrF2 of the sentence {sum(values) / len(values):+.2f}")


def loud(language: str, source: str, way: str) -> str:
    """Write a sentence as a heading in capitals, as one with its words capitalised, or after a dateline."""
    text = source.strip().rstrip(".")
    if way == "capitals":
        return text.upper()
    if way == "dateline":
        return f"SAN FRANCISCO - {source.strip()}"
    small = lexicon.FUNCTION_WORDS[language]
    words = enumerate(text.split())
    return " ".join(word if place and word in small else word[:1].upper() + word[1:] for place, word in words)


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", nargs=3, action="append", default=[], metavar=("LANGUAGE", "SOURCES", "REFERENCES"))
    parser.add_argument("--loud", action="store_true")
    options = parser.parse_args()
    labelled()
    for language, source, reference in options.set:
        sources, references = (Path(path).read_text(encoding="utf-8").splitlines() for path in (source, reference))
        engine = Store.open().engine(language, "en")
        print(engine.signature)
        compare(engine, language, sources, references, folded=False)
        short = [place for place, text in enumerate(sources) if len(text.split()) <= _LOUDEST]
        for way in ("capitals", "titles", "dateline") if options.loud else ():
            print(f"{language}, {way}")
            before = "San Francisco - " if way == "dateline" else ""
            compare(engine, language, [loud(language, sources[place], way) for place in short],
                    [before + references[place] for place in short], folded=True)


if __name__ == "__main__":
    main()
