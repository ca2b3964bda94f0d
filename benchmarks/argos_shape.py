"""Words a second on a package of Argos's own shape: our engine against CTranslate2 alone and Argos's own pipeline.

    python benchmarks/argos_shape.py --text FILE…      # a sentence a line
    python benchmarks/argos_shape.py --raw raw         # the articles of a folder, with variations

The packages that Argos offers have 6 encoder and 6 decoder layers, 512 wide, 8 heads, 2,048 in between, and 32,000
pieces; those bundled here are far smaller, and what batches win depends on the size. There is none at hand without the
network, so this makes one: the bundled package's tokenizer and a model of that shape, int8, whose weights are drawn at
random, but for what makes it copy its source piece by piece. A model's speed does not depend on what its weights say,
only on how long its answers are; a copy is as long as its source, as translations about are, and all sides decode the
same pieces. So the ratios hold for a package of this shape, and nothing is said of translations. `normalize run` is
left out: its checks would find every sentence untranslated.

Everything else is as in `throughput.py`: the same segments, repetitions interleaved, medians, by the clock and by the
processor's time; Argos with its own settings, paragraph by paragraph, its sentence splitter replaced by our segments.
The more text, the better the engine does: its batches hold segments of one length only, so that no answer depends on
its neighbours, and a few hundred segments do not fill them. `normalize run` sends up to 4,096 at once.
"""

from __future__ import annotations

import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
import throughput
from ctranslate2.specs import common_spec, transformer_spec

from normalize.translate import Package, Store
from normalize.translate.calibration import Setting
from normalize.translate.ctranslate2_engine import CTranslate2Engine
from normalize.translate.model import Model
from normalize.translate.package import fingerprint, open_package, read

LAYERS, HEADS, WIDTH, INNER, PIECES = 6, 8, 512, 2048, 32_000
"""The shape of Argos's packages (OpenNMT-py's `transformer`, as argos-train sets it)."""

POSITIONS = 512
PLACE = 64
"""Numbers of a vector that say where a piece stands, as many as a head has; the others say which piece it is."""
FAINT = 0.02
"""Spread of the weights drawn at random: enough to be numbers like any, too little to change what is copied."""
LOUD = 20.0
"""How much stronger the piece attended to is than the one before, when the next is chosen."""
SAMPLE = 100
"""Segments that the search for CTranslate2's best size of a batch uses: this model is slow."""
SIZES = (512, 1024, 2048)


def main() -> None:
    """Make the package, see that it copies, measure and print."""
    options = throughput.subject_options(__doc__, words=10_000, argos_words=1_200, repeat=1).parse_args()
    segments = throughput.numbered(throughput.texts(options), options.words)
    jobs = options.jobs or len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        package = made(work / "package", options.source)
        setting = Setting(jobs=jobs)
        model = Model(package, fingerprint=fingerprint(package), setting=setting)
        subject = CTranslate2Engine(package, model, beam=options.beam)
        segments = [one for one in segments if subject.fits(one)]
        print(f"{len(segments):,} segments, {sum(len(one.split()) for one in segments):,} words, {jobs} cores, "
              f"beam {options.beam}, {LAYERS}+{LAYERS} layers of {WIDTH}, {PIECES:,} pieces")  # fmt: skip
        copies(model, subject, segments[: SAMPLE // 2])
        contestants = {
            "limit": limit(model, segments, options.beam),
            "engine": throughput.engine(subject, segments),
            "argos": throughput.argos(package, segments, options.argos_words, work),
        }
        throughput.compare(contestants, options.repeat)


def limit(model: Model, segments: Sequence[str], beam: int) -> Callable[[], int]:
    """Find the best size of a batch for CTranslate2 alone, with a job for each core, and make its measurement."""
    pieces = model.tokenizer.encode(segments)
    sample = random.Random(0).sample(pieces, min(SAMPLE, len(pieces)))  # noqa: S311 - no secret

    def run(chosen: Sequence[Sequence[str]], size: int) -> None:
        model.translator.translate_batch(chosen, beam_size=beam, max_batch_size=size, batch_type="tokens")

    def seconds(size: int) -> float:
        start = time.perf_counter()
        run(sample, size)
        return time.perf_counter() - start

    best = min(SIZES, key=seconds)
    print(f"CTranslate2's best batch: {best} tokens")

    def measured() -> int:
        run(pieces, best)
        return sum(len(one.split()) for one in segments)

    return measured


def copies(model: Model, subject: CTranslate2Engine, segments: Sequence[str]) -> None:
    """See that the model does copy; a measurement of one that loops or stops at once would mean nothing."""
    answers = [answer.target for answer, *_ in subject.translate(segments)]
    asked, given = (sum(map(len, model.tokenizer.encode(texts))) for texts in (segments, answers))
    print(f"pieces answered for a piece asked: {given / asked:.3f}")
    if not 0.9 < given / asked < 1.1:
        raise SystemExit("the model made does not copy: nothing is measured")


def made(folder: Path, source: str) -> Package:
    """Make the package in a folder, with the tokenizer of the bundled package for that language."""
    [bundled] = Store([]).choose(source, "en").packages
    content = read(bundled, "sentencepiece.model")
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=content)
    pieces = [tokenizer.id_to_piece(number) for number in range(tokenizer.get_piece_size())]
    pieces += [f"<unused {number}>" for number in range(len(pieces), PIECES)]
    spec = copier(pieces)
    (folder / "model").mkdir(parents=True)
    spec.save(str(folder / "model"))
    (folder / "sentencepiece.model").write_bytes(content)
    facts = {
        "package_version": "1.0", "argos_version": "1.9", "from_code": source, "from_name": source, "to_code": "en",
        "to_name": "English", "type": "translate",
    }  # fmt: skip
    (folder / "metadata.json").write_text(json.dumps(facts), encoding="utf-8")
    package = open_package(folder)
    if package is None or package.problem:
        raise SystemExit(f"the package made is no package: {package and package.problem}")
    return package


def copier(pieces: list[str]) -> Any:  # noqa: ANN401 - the specs have no types
    """Describe a model of Argos's shape that copies its source.

    A vector's first `PLACE` numbers are its place's, the rest its piece's. All layers are random and faint, so vectors
    go through as they came, but for the decoder's last attention to the source: there each head looks for the place
    that is its own and takes a share of the piece that stands there.
    """
    chance = np.random.default_rng(0)
    spec = transformer_spec.TransformerSpec.from_config(
        LAYERS, HEADS, pre_norm=True, activation=common_spec.Activation.RELU
    )
    table = faint(chance, len(pieces), WIDTH)
    table[:, :PLACE] = 0.0
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    for side in (spec.encoder, spec.decoder):
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight, side.scale_embeddings = table, True
        side.position_encodings.encodings = places()
        norm(side.layer_norm)
        for layer in side.layer:
            fill(layer, chance)
    last = spec.decoder.layer[-1].attention
    last.linear[0].weight, last.linear[1].weight, last.linear[2].weight = aligned(chance)
    spec.decoder.projection.weight = table
    spec.decoder.projection.bias = np.zeros(len(pieces), dtype=np.float32)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    spec.config.decoder_start_token = "<s>"  # noqa: S105 - a token of text
    spec.config.add_source_bos, spec.config.add_source_eos = False, True
    spec.validate()
    spec.optimize(quantization="int8")
    return spec


def faint(chance: np.random.Generator, *shape: int) -> Any:  # noqa: ANN401 - numpy's stubs make it long
    """Draw weights."""
    return chance.normal(0.0, FAINT, shape).astype(np.float32)


def places() -> Any:  # noqa: ANN401 - likewise
    """Give each position a vector as long as a piece's, unlike those of all others: waves of many lengths."""
    waves = np.random.default_rng(1).uniform(0.0, np.pi, PLACE // 2)
    angles = np.outer(np.arange(POSITIONS), waves)
    table = np.zeros((POSITIONS, WIDTH), dtype=np.float32)
    table[:, : PLACE // 2], table[:, PLACE // 2 : PLACE] = np.sin(angles), np.cos(angles)
    return table * np.float32(np.sqrt(WIDTH / (PLACE // 2)))


def norm(spec: Any) -> None:  # noqa: ANN401 - the specs have no types
    """Let a layer's normalisation be the plain one."""
    spec.gamma, spec.beta = np.ones(WIDTH, dtype=np.float32), np.zeros(WIDTH, dtype=np.float32)


def linear(spec: Any, chance: np.random.Generator, into: int, out: int) -> None:  # noqa: ANN401 - likewise
    """Draw a layer's weights; it adds nothing of its own."""
    spec.weight, spec.bias = faint(chance, out, into), np.zeros(out, dtype=np.float32)


def fill(layer: Any, chance: np.random.Generator) -> None:  # noqa: ANN401 - likewise
    """Draw the weights of a layer of the encoder or the decoder."""
    norm(layer.self_attention.layer_norm)
    linear(layer.self_attention.linear[0], chance, WIDTH, 3 * WIDTH)
    linear(layer.self_attention.linear[1], chance, WIDTH, WIDTH)
    if hasattr(layer, "attention"):
        norm(layer.attention.layer_norm)
        for part, width in zip(layer.attention.linear, (WIDTH, 2 * WIDTH, WIDTH), strict=True):
            linear(part, chance, WIDTH, width)
    norm(layer.ffn.layer_norm)
    linear(layer.ffn.linear_0, chance, WIDTH, INNER)
    linear(layer.ffn.linear_1, chance, INNER, WIDTH)


def aligned(chance: np.random.Generator) -> tuple[Any, Any, Any]:
    """Give the weights of an attention that looks at its own place: of the query, of key and value, of the output."""
    head, share = WIDTH // HEADS, (WIDTH - PLACE) // HEADS
    query, key, value, output = (faint(chance, WIDTH, WIDTH) * np.float32(0.1) for _ in range(4))
    for number in range(HEADS):
        rows = np.arange(number * head, number * head + head)
        query[rows[:PLACE], np.arange(PLACE)] = 1.0
        key[rows[:PLACE], np.arange(PLACE)] = 1.0
        own = PLACE + number * share + np.arange(share)
        value[rows[:share], own] = 1.0
        output[own, rows[:share]] = LOUD
    return query, np.concatenate([key, value]), output


if __name__ == "__main__":
    main()
