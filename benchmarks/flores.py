"""BLEU and chrF2 of the package a language pair uses, on a test set with a sentence a line.

    python benchmarks/flores.py --source id --src flores-dev.id --ref flores-dev.en

FLORES-200 and the like are not part of this project; download them from their makers.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from normalize.translate import Store


def main() -> None:
    """Translate, score, print the figures with sacreBLEU's signatures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", required=True, help="language of --src")
    parser.add_argument("--target", default="en")
    parser.add_argument("--src", type=Path, required=True)
    parser.add_argument("--ref", type=Path, required=True)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--out", type=Path, help="write the translations there")
    options = parser.parse_args()
    sources = options.src.read_text(encoding="utf-8").splitlines()
    references = options.ref.read_text(encoding="utf-8").splitlines()
    engine = Store.open().engine(options.source, options.target, beam=options.beam)
    answers = [ways[0] for ways in engine.translate(sources)]
    targets = [answer.target for answer in answers]
    if options.out:
        options.out.write_text("".join(target + "\n" for target in targets), encoding="utf-8")
    print(engine.signature)
    print(f"{len(targets)} segments, {sum(answer.truncated for answer in answers)} truncated")
    for metric in (BLEU(), CHRF()):
        print(f"{metric.corpus_score(targets, [references])}  {metric.get_signature()}")


if __name__ == "__main__":
    main()
