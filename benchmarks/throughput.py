"""Words a second of the engine and of `normalize run`, against CTranslate2 alone and Argos's own pipeline, in one run.

    python benchmarks/throughput.py --source id --text FILE…      # a sentence a line
    python benchmarks/throughput.py --source id --raw raw         # the articles of a folder, with numbered variations

Measured on the same segments, repetitions interleaved, medians reported; by the clock, and by the processor's time,
which hardly depends on what else the machine is doing:

- limit: CTranslate2's `translate_batch` alone on segments already in pieces, with the threads and batch size that a
  search before found best;
- engine: `CTranslate2Engine.translate`, text in, text out;
- argos: `argostranslate.translate.apply_packaged_translation` on the same package with Argos's settings, paragraph by
  paragraph, on a sample (it is slow); its sentence splitter, which needs a download, is replaced by our segments, and
  the modules it imports for it (stanza, minisbd) by empty ones, which favours it;
- run: `normalize run` as a command, from raw files to corpus and review page, start-up included, without a glossary
  (the others have none either); `unguarded` is the same with `--no-guard`: faulty answers are found, and not decoded
  anew, which is what the others do.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import types
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ctranslate2
import sentencepiece

from normalize.corpus import Article
from normalize.engine import Engine
from normalize.pipeline import prepare, survey_folder
from normalize.segment import split_text
from normalize.translate import Package, Store
from normalize.translate.package import names, read

PARAGRAPH = 3
"""Segments a paragraph, in what Argos and `normalize run` get."""
ARTICLE = 24
"""Segments an article."""
SAMPLE = 300
"""Segments the search for CTranslate2's best settings uses."""


def main() -> None:
    """Measure and print."""
    options = parse()
    segments = numbered(texts(options), options.words)
    words = sum(len(one.split()) for one in segments)
    store = Store.open()
    [package] = store.choose(options.source, "en").packages
    jobs = options.jobs or len(os.sched_getaffinity(0))
    print(f"{len(segments):,} segments, {words:,} words, {package.name}, {jobs} cores, beam {options.beam}")
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        contestants: dict[str, Callable[[], int]] = {
            "limit": limit(package, segments, options.beam, jobs),
            "engine": engine(store.engine(options.source, "en", beam=options.beam, jobs=jobs), segments),
        }
        if not options.no_argos:
            contestants["argos"] = argos(package, segments, options.argos_words, work)
        if not options.no_run:
            contestants["unguarded"] = command(segments, options, jobs, work, "--no-guard")
            contestants["run"] = command(segments, options, jobs, work)
        compare(contestants, options.repeat)


def compare(contestants: dict[str, Callable[[], int]], repeat: int) -> None:
    """Run each in turn, so many times, and print the medians of the words each did a second."""
    clock: dict[str, list[float]] = {one: [] for one in contestants}
    processor: dict[str, list[float]] = {one: [] for one in contestants}
    for repetition in range(repeat):
        for one, run in contestants.items():
            start, used = time.perf_counter(), processor_time()
            words = run()
            clock[one].append(words / (time.perf_counter() - start))
            processor[one].append(words / (processor_time() - used))
            print(f"  {repetition + 1}: {one:<7} {clock[one][-1]:>7,.0f} words/s", file=sys.stderr)
    report("words a second", clock)
    report("words a second of processor time", processor)


def processor_time() -> float:
    """Give the seconds of processor time this process and the commands it ran have used, all threads together."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def report(title: str, measured: dict[str, list[float]]) -> None:
    """Print the median of each rate, and its ratio to those of the limit and of Argos."""
    rates = {one: statistics.median(found) for one, found in measured.items()}
    print(f"{title:<34}{'':>9}{'of limit':>10}{'x argos':>9}")
    for one, rate in rates.items():
        by_argos = f"{rate / rates['argos']:9.2f}" if "argos" in rates else f"{'-':>9}"
        print(f"  {one:<32}{rate:>9,.0f}{rate / rates['limit']:>10.2f}{by_argos}")


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = subject_options(__doc__, words=20_000, argos_words=3_000, repeat=3)
    parser.add_argument("--no-run", action="store_true", help="leave `normalize run` out")
    parser.add_argument("--no-argos", action="store_true", help="leave Argos's pipeline out")
    return parser.parse_args()


def subject_options(description: str | None, *, words: int, argos_words: int, repeat: int) -> argparse.ArgumentParser:
    """Make the options that say what is measured on, with these defaults."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", default="id", help="language of the text")
    parser.add_argument("--text", type=Path, nargs="+", help="files with a sentence or paragraph a line")
    parser.add_argument("--raw", type=Path, default=Path("raw"), help="folder of articles, without --text")
    parser.add_argument("--words", type=int, default=words, help="how much text, replicated where there is less")
    parser.add_argument("--argos-words", type=int, default=argos_words, help="how much of it Argos gets")
    parser.add_argument("--repeat", type=int, default=repeat)
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--jobs", type=int)
    return parser


def texts(options: argparse.Namespace) -> list[str]:
    """Give the segments of the text or of the articles in the source language."""
    if options.text:
        lines = [line for path in options.text for line in path.read_text(encoding="utf-8").splitlines()]
        return [span.of(line) for line in lines for span in split_text(line, options.source)]
    folder = survey_folder(options.raw)
    wanted: list[Article] = [one for one in folder.articles() if folder.languages[one.id] == options.source]
    return [part.source for one in wanted for part in prepare(one, folder.recurrence).segments]


def numbered(segments: Sequence[str], words: int) -> list[str]:
    """Repeat segments until there are `words`, each copy with a name of its own, so that none is translated for two.

    Not a number: models lose numbers that do not belong, and the guard would have more to repair than in real text.
    """
    if not segments:
        raise SystemExit("no text in that language")
    found: list[str] = []
    count = 0
    while count < words:
        copy = len(found) // len(segments)
        for segment in segments:
            words_ = segment.split()
            middle = len(words_) // 2
            found.append(" ".join([*words_[:middle], *name(copy), *words_[middle:]]))
            count += len(found[-1].split())
            if count >= words:
                break
    return found


NAMES = (
    "Bandung", "Medan", "Paris", "Lyon", "Toulon", "Solo", "Ambon", "Manado", "Brest", "Dijon", "Kupang", "Nantes",
    "Padang", "Metz", "Palu", "Nice",
)  # fmt: skip


def name(copy: int) -> list[str]:
    """Give the words that tell a copy from the others; none for the first."""
    places = []
    while copy:
        copy, place = divmod(copy - 1, len(NAMES))
        places.append(NAMES[place])
    return places


def limit(package: Package, segments: Sequence[str], beam: int, jobs: int) -> Callable[[], int]:
    """Find CTranslate2's best settings on a sample, and make the measurement with them."""
    files = {name.removeprefix("model/"): read(package, name) for name in names(package.location) if "model/" in name}
    tokenizer = sentencepiece.SentencePieceProcessor(model_proto=read(package, "sentencepiece.model"))
    pieces: list[list[str]] = tokenizer.encode(list(segments), out_type=str)
    words = [len(one.split()) for one in segments]
    sample = random.Random(0).sample(range(len(segments)), min(SAMPLE, len(segments)))  # noqa: S311 - no secret

    def run(translator: Any, size: int, chosen: Sequence[int]) -> int:  # noqa: ANN401 - it has no types
        translator.translate_batch(
            [pieces[index] for index in chosen], beam_size=beam, max_batch_size=size, batch_type="tokens"
        )
        return sum(words[index] for index in chosen)

    def seconds(translator: Any, size: int) -> float:  # noqa: ANN401 - it has no types
        start = time.perf_counter()
        run(translator, size, sample)
        return time.perf_counter() - start

    best: tuple[float, Any, int, str] | None = None
    for inter, intra in {(jobs, 1), (1, jobs)}:
        translator = ctranslate2.Translator(
            "model", device="cpu", compute_type="int8", inter_threads=inter, intra_threads=intra, files=files
        )
        run(translator, 512, sample[:20])
        for size in (256, 512, 1024, 2048, 4096):
            taken = min(seconds(translator, size) for _ in range(2))
            if best is None or taken < best[0]:
                best = taken, translator, size, f"inter {inter}, intra {intra}, {size} tokens"
    assert best is not None  # noqa: S101 - for the type checker
    _, translator, size, settings = best
    print(f"CTranslate2's best settings: {settings}")
    return lambda: run(translator, size, range(len(segments)))


def engine(subject: Engine, segments: Sequence[str]) -> Callable[[], int]:
    """Make the measurement of our engine."""
    subject.translate(segments[:20])

    def run() -> int:
        subject.translate(segments)
        return sum(len(one.split()) for one in segments)

    return run


def argos(package: Package, segments: Sequence[str], words: int, work: Path) -> Callable[[], int]:
    """Make the measurement of Argos's own pipeline, on paragraphs drawn from all over the text."""
    os.environ.update({f"XDG_{kind}_HOME": str(work / kind) for kind in ("DATA", "CONFIG", "CACHE")})
    for module in ("stanza", "minisbd", "spacy"):
        sys.modules[module] = types.ModuleType(module)
    sys.modules["minisbd"].SBDetect = None  # type: ignore[attr-defined]
    sys.modules["minisbd"].models = types.SimpleNamespace()  # type: ignore[attr-defined]
    from argostranslate import package as argos_package  # noqa: PLC0415 - after the settings above
    from argostranslate import settings, translate  # noqa: PLC0415 - likewise

    location = package.location
    if location.is_file():
        with zipfile.ZipFile(location) as archive:
            archive.extractall(work / "unpacked")
        [location] = (work / "unpacked").iterdir()
    unpacked = argos_package.Package(location)
    translator = ctranslate2.Translator(
        str(location / "model"),
        device=settings.device,
        inter_threads=settings.inter_threads,
        intra_threads=settings.intra_threads,
        compute_type=settings.compute_type,
    )
    paragraphs = [segments[start : start + PARAGRAPH] for start in range(0, len(segments), PARAGRAPH)]
    random.Random(0).shuffle(paragraphs)  # noqa: S311 - no secret
    chosen: list[Sequence[str]] = []
    while paragraphs and sum(len(one.split()) for part in chosen for one in part) < words:
        chosen.append(paragraphs.pop())
    parts = {" ".join(part): list(part) for part in chosen}
    sentencizer = types.SimpleNamespace(split_sentences=parts.__getitem__)

    def run() -> int:
        for paragraph in parts:
            translate.apply_packaged_translation(unpacked, paragraph, translator, sentencizer, num_hypotheses=1)
        return sum(len(one.split()) for one in parts)

    return run


def command(
    segments: Sequence[str], options: argparse.Namespace, jobs: int, work: Path, *more: str
) -> Callable[[], int]:
    """Make the measurement of `normalize run` on a folder of articles made of the segments."""
    raw, out = work / "raw", work / "out"
    raw.mkdir(exist_ok=True)
    for number, start in enumerate(range(0, len(segments), ARTICLE)):
        article = segments[start : start + ARTICLE]
        lines = [" ".join(article[first : first + PARAGRAPH]) for first in range(0, len(article), PARAGRAPH)]
        (raw / f"{number:05}.txt").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    arguments = ["--source", options.source, "--beam", str(options.beam), "--jobs", str(jobs), *more]
    # As on a user's machine, modules are compiled once, and not in every run.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    told = False

    def run() -> int:
        nonlocal told
        shutil.rmtree(out, ignore_errors=True)  # with the memory in it, which would answer instead of the model
        done = subprocess.run(
            [sys.executable, "-c", "from normalize.cli import main; main()", "run", str(raw), str(out),
             "--quiet", "--json", *arguments],
            check=False, capture_output=True, text=True, env=environment,
            cwd=work,  # away from this folder's glossary.csv
        )  # fmt: skip
        if done.returncode not in {0, 1} or not done.stdout:
            raise SystemExit(f"normalize run failed: {done.stderr.strip()[-2000:]}")
        summary = json.loads(done.stdout)
        if not told:
            told = True
            print(f"normalize run: {summary['converted']} articles, {summary['source_words']:,} words")
        return int(summary["source_words"])

    return run


if __name__ == "__main__":
    main()
