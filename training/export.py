"""From a checkpoint to Argos packages: CTranslate2 int8, SentencePiece, metadata, README; always the same bytes.

python -m training.export work/run/final.pt --pieces sentencepiece.model --card card.md --version 0.4 --out packages
"""

import argparse
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import sentencepiece as spm
import torch
from ctranslate2.specs import common_spec, transformer_spec
from numpy.typing import NDArray

from normalize.translate.lexicon import FILE
from normalize.translate.package import RANKING
from training.model import sinusoids

LANGUAGES = {"id": "Indonesian", "fr": "French"}
EPOCH = (2026, 1, 1, 0, 0, 0)  # the time stamp of every file in a package
Arrays = dict[str, NDArray[np.float32]]


def _linear(spec: Any, weights: Arrays, name: str) -> None:  # noqa: ANN401 - the specs are untyped
    spec.weight, spec.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _norm(spec: Any, weights: Arrays, name: str) -> None:  # noqa: ANN401
    spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _layer(spec: Any, weights: Arrays, name: str, *, decoder: bool) -> None:  # noqa: ANN401
    _norm(spec.self_attention.layer_norm, weights, f"{name}.n1")
    _linear(spec.self_attention.linear[0], weights, f"{name}.sa.qkv")
    _linear(spec.self_attention.linear[1], weights, f"{name}.sa.o")
    if decoder:
        _norm(spec.attention.layer_norm, weights, f"{name}.n2")
        for at, part in enumerate(("q", "kv", "o")):
            _linear(spec.attention.linear[at], weights, f"{name}.ca.{part}")
    _norm(spec.ffn.layer_norm, weights, f"{name}.n3")
    _linear(spec.ffn.linear_0, weights, f"{name}.f1")
    _linear(spec.ffn.linear_1, weights, f"{name}.f2")


def specification(weights: Arrays, shape: tuple[int, ...]) -> Any:  # noqa: ANN401
    """Make the CTranslate2 description of a checkpoint's weights; `shape` as in `model.Transformer`."""
    width, _, heads, encoder, decoder = shape
    spec = transformer_spec.TransformerSpec.from_config(
        (encoder, decoder), heads, pre_norm=True, activation=common_spec.Activation.RELU
    )
    sides = ((spec.encoder, "enc", encoder), (spec.decoder, "dec", decoder))
    for side, name, layers in sides:
        table = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        table.weight = weights["emb.weight"]
        side.scale_embeddings = True
        side.position_encodings.encodings = sinusoids(512, width)
        _norm(side.layer_norm, weights, "ne" if name == "enc" else "nd")
        for at in range(layers):
            _layer(side.layer[at], weights, f"{name}.{at}", decoder=name == "dec")
    spec.decoder.projection.weight, spec.decoder.projection.bias = weights["emb.weight"], weights["bias"]
    return spec


def convert(checkpoint: Path, pieces: Path, out: Path, quantization: str = "int8") -> None:
    """Write the CTranslate2 model folder `out`. Raises `KeyError` if the checkpoint is of another architecture."""
    content = torch.load(checkpoint, map_location="cpu", weights_only=True)
    weights = {name: value.float().numpy() for name, value in content["model"].items()}
    arguments = ("d", "ff", "heads", "enc", "dec")  # where the starter's checkpoint keeps its shape
    shape = content.get("shape") or tuple(content["args"][name] for name in arguments)
    spec = specification(weights, shape)
    processor = spm.SentencePieceProcessor(model_file=str(pieces))
    vocabulary = [processor.id_to_piece(at) for at in range(processor.get_piece_size())]
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    spec.config.decoder_start_token = "<s>"  # noqa: S105 - a token of text
    spec.config.add_source_bos, spec.config.add_source_eos = False, True
    spec.validate()
    spec.optimize(quantization=quantization)
    out.mkdir(parents=True, exist_ok=True)
    spec.save(str(out))


def metadata(language: str, version: str) -> dict[str, Any]:
    """Say what Argos Translate reads of a package."""
    return {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": language,
        "from_name": LANGUAGES[language],
        "to_code": "en",
        "to_name": "English",
        "links": [],
        "type": "translate",
        "target_prefix": "",
    }


def package(  # noqa: PLR0913 - the parts of a package
    model: Path, pieces: Path, card: str, facts: dict[str, Any], out: Path, *, lexicon: Path | None = None,
    ranking: Path | None = None,
) -> Path:
    """Zip one language's package (`facts` as `metadata` gives them); fixed order, fixed time and mode.

    `lexicon` is a file that `rare` wrote, `ranking` a folder that `ranking` did.
    """
    stem = f"translate-{facts['from_code']}_en-{facts['package_version'].replace('.', '_')}"
    entries = {
        "metadata.json": json.dumps(facts, indent=2).encode(),
        "README.md": card.encode(),
        "sentencepiece.model": pieces.read_bytes(),
        **{f"model/{path.name}": path.read_bytes() for path in sorted(model.iterdir())},
        **({FILE: lexicon.read_bytes()} if lexicon else {}),
        **({name: (ranking / name).read_bytes() for name in RANKING} if ranking else {}),
    }
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{stem}.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(f"{stem}/{name}", EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, data)
    return path


def main() -> None:
    """Convert once, pack for each language."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--pieces", type=Path, required=True, help="SentencePiece model")
    parser.add_argument("--card", type=Path, required=True, help="the package's README")
    parser.add_argument("--version", required=True)
    parser.add_argument("--languages", nargs="+", choices=sorted(LANGUAGES), default=sorted(LANGUAGES))
    parser.add_argument("--lexicon", type=Path, help="words the model has hardly seen, as `rare` writes them")
    parser.add_argument("--ranking", type=Path, help="folder of what answers are ranked by, as `ranking` writes it")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    if (options.lexicon or options.ranking) and len(options.languages) != 1:
        parser.error("a lexicon and a ranking are one language's: name it with --languages")
    card = options.card.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        convert(options.checkpoint, options.pieces, model)
        for language in options.languages:
            facts = metadata(language, options.version)
            path = package(
                model, options.pieces, card, facts, options.out, lexicon=options.lexicon, ranking=options.ranking
            )
            print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, ctranslate2 {ctranslate2.__version__}")


if __name__ == "__main__":
    main()
