"""BLEU and chrF2 of long sentences by the limit at which the engine cuts a source at clause marks.

    python benchmarks/long.py --source id --set SOURCES REFERENCES --limits 128 90 70 55

Each set is a file with a sentence a line, and one with their translations; sentences are put together by how many
pieces the package's tokenizer makes of them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from normalize.translate import CTranslate2Engine, Store

CLASSES = ((55, 70), (70, 90), (90, 128), (128, 500))
"""Pieces of a source, from and below."""
FEWEST = 8
"""Sentences of a class that is measured."""


def main() -> None:
    """Translate each class with each limit, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", required=True)
    parser.add_argument("--set", nargs=2, action="append", required=True, metavar=("SOURCES", "REFERENCES"))
    parser.add_argument("--limits", type=int, nargs="+", default=[128, 90, 70, 55])
    parser.add_argument("--most", type=int, default=200, help="sentences of a class")
    options = parser.parse_args()
    pairs = list(dict.fromkeys(
        pair
        for files in options.set
        for pair in zip(*(Path(path).read_text(encoding="utf-8").splitlines() for path in files), strict=True)
    ))  # fmt: skip
    engine = Store.open().engine(options.source, "en")
    if not isinstance(engine, CTranslate2Engine):
        raise SystemExit("a pair of languages with a package of its own is needed")
    model = engine._model  # noqa: SLF001 - no part of the package's interface counts pieces
    sizes = [len(model.tokenizer.encode([source])[0]) for source, _ in pairs]
    print(f"{'pieces':>9} {'sentences':>9}" + "".join(f"{f'limit {limit}':>16}" for limit in options.limits))
    for low, high in CLASSES:
        chosen = [pair for pair, size in zip(pairs, sizes, strict=True) if low <= size < high][: options.most]
        if len(chosen) < FEWEST:
            continue
        cells = []
        for limit in options.limits:
            cut = CTranslate2Engine(engine._package, model, input_limit=limit)  # noqa: SLF001 - likewise
            targets = [ways[0].target for ways in cut.translate([source for source, _ in chosen])]
            references = [[reference for _, reference in chosen]]
            scores = (metric.corpus_score(targets, references).score for metric in (BLEU(), CHRF()))
            cells.append("{:.2f} / {:.2f}".format(*scores))
        print(f"{low:>4}-{high - 1:<4} {len(chosen):>9}" + "".join(f"{cell:>16}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
