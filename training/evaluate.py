"""Measure packages: BLEU and chrF2 with signatures, terms put into the source, loops and empties.

    python -m training.evaluate PACKAGE... --test flores-dev.id flores-dev.en \
        --terms glossary/id-en/dev --held-back held-back.id.tsv.gz

Decodes as the toolkit does: CTranslate2, int8, beam 4, words of the package's lexicon put in, answers in the order of
its ranking. Prints one line of JSON
per package.
"""

import argparse
import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ctranslate2
import regex
import sentencepiece as spm
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from normalize.translate.lexicon import FILE, put_in, read_lexicon
from normalize.translate.ranking import TABLE, WEIGHTS, Ranking, read_ranking
from training.pairs import read_pairs

# Said three times on end.
LOOP = regex.compile(r"(?P<run>\b\w[^\n]{2,60}?)(?:[\s,;.]+(?P=run)\b){2,}", regex.IGNORECASE)
LOOP_SECONDS = 0.5
BEAM = 4


@dataclass(frozen=True, slots=True)
class Model:
    """A package, opened."""

    name: str
    translator: Any
    pieces: spm.SentencePieceProcessor
    lexicon: Mapping[str, str]
    ranking: Ranking | None

    def read(self, source: str) -> str:
        """Give what the model reads of a source."""
        return put_in(self.lexicon, source)

    def answers(self, sources: list[str]) -> list[list[tuple[str, float]]]:
        """Give each source's answers, as the beam ends, with their scores; the best first."""
        read = [self.read(source) for source in sources]
        results = self.translator.translate_batch(
            self.pieces.encode(read, out_type=str),
            beam_size=BEAM, num_hypotheses=BEAM, return_scores=True,
            max_batch_size=1024, batch_type="tokens", max_decoding_length=256,
        )  # fmt: skip
        found = [
            [(str(self.pieces.decode(pieces)), score) for pieces, score in zip(one.hypotheses, one.scores, strict=True)]
            for one in results
        ]
        if self.ranking is None:
            return found
        ordered = []
        for text, some in zip(read, found, strict=True):
            order = self.ranking.best_first(text, [one for one, _ in some], [score for _, score in some])
            ordered.append([some[place] for place in order])
        return ordered

    def translate(self, sources: list[str]) -> list[str]:
        """One target per source, in order."""
        return [answers[0][0] for answers in self.answers(sources)]


def opened(path: Path, folder: Path, threads: int) -> Model:
    """Unpack a package into `folder` and load it."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    root = next(folder.iterdir())
    translator = ctranslate2.Translator(str(root / "model"), compute_type="int8", intra_threads=threads)
    pieces = spm.SentencePieceProcessor(model_file=str(root / "sentencepiece.model"))
    lexicon = root / FILE
    table, weights = root / TABLE, root / WEIGHTS
    return Model(
        path.stem,
        translator,
        pieces,
        read_lexicon(lexicon.read_bytes() if lexicon.exists() else b""),
        read_ranking(table.read_bytes(), weights.read_bytes()) if table.exists() else None,
    )


def lines(path: Path) -> list[str]:
    """Read a text file's lines."""
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def quality(model: Model, source: Path, reference: Path) -> dict[str, Any]:
    """Corpus BLEU and chrF2 with sacrebleu's signatures."""
    targets, expected = model.translate(lines(source)), [lines(reference)]
    bleu, chrf = BLEU(), CHRF()
    scores = bleu.corpus_score(targets, expected), chrf.corpus_score(targets, expected)
    return {
        "BLEU": round(scores[0].score, 2),
        "chrF2": round(scores[1].score, 2),
        "signatures": [str(bleu.get_signature()), str(chrf.get_signature())],
    }


def swapped(text: str, record: dict[str, Any]) -> str | None:
    """Put the target in the place of the term's first occurrence; `None` if it is not found."""
    for surface in sorted(record["source_surface"], key=len, reverse=True):
        found = regex.search(rf"(?<!\w){regex.escape(surface)}(?!\w)", text)
        if found:
            return text[: found.start()] + str(record["target"]) + text[found.end() :]
    return None


def terms(model: Model, folder: Path, most: int) -> dict[str, Any]:
    """Share of terms that come out as the glossary writes them (case aside), alone and after the swap.

    `folder` holds `source.txt` and `expected.jsonl`; one term is swapped at a time, and only
    terms whose target differs from their source.
    """
    sources = lines(folder / "source.txt")
    known = [json.loads(line) for line in lines(folder / "expected.jsonl")]
    known = [r for r in known if r["kind"] == "term" and not r["contested"]]
    known = [r for r in known if r["source"].lower() != r["target"].lower()]
    swaps = [(record, swapped(sources[record["seg"]], record)) for record in known[:: max(1, len(known) // most)]]
    usable = [(record, text) for record, text in swaps if text is not None]
    before = model.translate([sources[record["seg"]] for record, _ in usable])
    after = model.translate([text for _, text in usable])
    return {
        "terms": len(usable),
        "without": percent([contains(text, record) for text, (record, _) in zip(before, usable, strict=True)]),
        "swapped": percent([contains(text, record) for text, (record, _) in zip(after, usable, strict=True)]),
        "swapped, inflected allowed": percent(
            [
                any(contains(text, record, form) for form in (record["target"], *record["accepted"]))
                for text, (record, _) in zip(after, usable, strict=True)
            ]
        ),
    }


def contains(text: str, record: dict[str, Any], form: str | None = None) -> bool:
    """Whether the text has the term as whole words, case aside."""
    return regex.search(rf"(?<!\w){regex.escape(form or record['target'])}(?!\w)", text, regex.IGNORECASE) is not None


def percent(hits: list[bool]) -> float:
    """Of hits, to two places."""
    return round(100 * sum(hits) / max(1, len(hits)), 2)


def loops(text: str) -> bool:
    """Whether something is said three times on end.

    >>> loops("the state of the state of the state of things"), loops("that had had effect")
    (True, False)
    """
    try:
        return LOOP.search(text, timeout=LOOP_SECONDS) is not None
    except TimeoutError:
        return True


def faults(model: Model, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Loops (that the source has not), empties, and targets over twice or under a third of the reference's words."""
    targets = model.translate([source for source, _ in pairs])
    lengths = [(len(ours.split()), len(theirs.split())) for ours, (_, theirs) in zip(targets, pairs, strict=True)]
    return {
        "segments": len(pairs),
        "loops": sum(loops(target) and not loops(source) for target, (source, _) in zip(targets, pairs, strict=True)),
        "empty": sum(not target.strip() for target in targets),
        "long": sum(ours > 2 * theirs + 3 for ours, theirs in lengths),
        "short": sum(3 * ours + 3 < theirs for ours, theirs in lengths),
    }


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("packages", type=Path, nargs="+")
    parser.add_argument("--test", type=Path, nargs=2, metavar=("SOURCE", "REFERENCE"))
    parser.add_argument("--terms", type=Path, help="folder with source.txt and expected.jsonl")
    parser.add_argument("--most-terms", type=int, default=600)
    parser.add_argument("--held-back", type=Path, help="TSV of held-back pairs")
    parser.add_argument("--segments", type=int, default=2000, help="of the held-back pairs")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    for path in options.packages:
        with tempfile.TemporaryDirectory() as folder:
            model = opened(path, Path(folder), options.threads)
            engine = f"ctranslate2 {ctranslate2.__version__} int8 beam 4"
            result: dict[str, Any] = {"package": model.name, "engine": engine}
            if options.test:
                result["test"] = quality(model, *options.test)
            if options.terms:
                result["terms"] = terms(model, options.terms, options.most_terms)
            if options.held_back:
                result["held back"] = faults(model, read_pairs(options.held_back)[: options.segments])
            print(json.dumps(result, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
