"""Measure a package on this machine: its model, its own sentences, and the clock."""

from __future__ import annotations

import time
from collections.abc import Sequence

from normalize.errors import PackageError
from normalize.translate import calibration
from normalize.translate.calibration import DEFAULT_TYPE, SECONDS, Calibration, Run, Setting
from normalize.translate.ctranslate2_engine import CTranslate2Engine
from normalize.translate.model import Model
from normalize.translate.package import Package

__all__ = ["measure", "samples"]

_TEMPLATES = {
    "id": (
        "Pemerintah membuka {} sekolah baru di desa itu kemarin pagi.",
        "Menteri itu mengatakan bahwa {} petani di utara belum menerima bantuan, karena jalan rusak sejak pekan lalu.",
    ),
    "fr": (
        "Le gouvernement a ouvert {} nouvelles écoles dans la région hier matin.",
        "La ministre a déclaré que {} agriculteurs du nord n’avaient pas encore reçu l’aide, car la route est coupée.",
    ),
}
_TIMES = (24, 12)  # variants of each: some fill a batch of sentences of one length, as groups of a run do
_FIRST_NUMBER = 21
_WORDS = 14  # of a sentence made of a vocabulary, for other languages
_LETTERS = 3  # of a word of it, at the least
_MARK = "▁"


def samples(package: Package, vocabulary: frozenset[str]) -> list[str]:
    """Give sentences in a package's language; of a language without templates, rows of its vocabulary's words."""
    templates = _TEMPLATES.get(package.source.partition("-")[0])
    if templates is not None:
        return [
            template.format(number)
            for template, times in zip(templates, _TIMES, strict=True)
            for number in range(_FIRST_NUMBER, _FIRST_NUMBER + times)
        ]
    # What has capitals is a name; most scripts have none, and some write words with one letter or two.
    pieces = [piece.removeprefix(_MARK) for piece in vocabulary]
    known = sorted(piece for piece in pieces if piece.isalpha() and piece == piece.lower())
    words = [word for word in known if len(word) >= _LETTERS] or known or ["a"]
    count = sum(_TIMES)
    step = max(1, len(words) // (count * _WORDS))
    return [
        " ".join(words[(row * _WORDS + place) * step % len(words)] for place in range(_WORDS)) for row in range(count)
    ]


def measure(package: Package, fingerprint: str, *, seconds: float = SECONDS) -> Calibration:
    """Find how a package runs fastest here, in a few seconds; PackageError when it does not run at all."""
    import ctranslate2  # noqa: PLC0415 - native library, loaded when a model is

    def start(setting: Setting) -> Run | None:
        model = Model(package, fingerprint=fingerprint, setting=setting)
        engine = CTranslate2Engine(package, model)

        def run(sources: Sequence[str]) -> list[tuple[str, float]]:
            try:
                return [(best.target, best.score) for best, *_ in engine.translate(sources)]
            except (RuntimeError, ValueError) as error:  # CTranslate2's own, for a model that loads and cannot run
                raise PackageError(f"the model cannot translate ({error})", path=package.location) from error

        try:
            run(texts[:1])
        except PackageError:
            if setting.compute_type == DEFAULT_TYPE:
                raise
            return None
        return run

    machine = calibration.this_machine()
    texts = samples(package, Model(package, fingerprint=fingerprint).vocabulary)
    return calibration.calibrate(
        start, texts, machine=machine, fingerprint=fingerprint,
        types=ctranslate2.get_supported_compute_types("cpu"), clock=time.perf_counter, seconds=seconds,
    )  # fmt: skip
