"""What a run costs at 10, 100, 1,000 and 10,000 articles: time, processor time, peak memory, and what each stage takes.

    python benchmarks/scaling.py --articles 10 100 1000                 # with the real model
    python benchmarks/scaling.py --articles 10 100 1000 10000 --no-model --plot docs/scaling.svg

The articles are the text articles of `raw/`, again and again, each copy with its own number in every line, so that no
sentence is translated once for two. With `--no-model` an engine that answers at once stands for the model: what is left
is what everything around the model costs. Each size is a process of its own; a second line gives the run after it, with
nothing to do, and a third the run after one article has changed.
"""

from __future__ import annotations

import argparse
import collections
import functools
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from normalize.corpus import Article

ROOT = Path(__file__).parents[1]
STAGES = (
    ("read", "normalize.pipeline.prepare", "repair"),
    ("clean", "normalize.pipeline.prepare", "clean"),
    ("language", "normalize.pipeline.prepare", "_language"),
    ("segment", "normalize.pipeline.prepare", "segment"),
    ("key", "normalize.pipeline.work", "key"),
    ("plan", "normalize.pipeline.convert", "plan"),
    ("guard", "normalize.pipeline.convert", "guard"),
    ("enforce", "normalize.pipeline.convert", "enforce"),
    ("check", "normalize.pipeline.convert", "check"),
    ("write", "normalize.pipeline.run", "publish"),
)
"""Stage, and the name by which the pipeline calls it."""


def main() -> None:
    """Measure each size in a process of its own, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--no-model", action="store_true")
    parser.add_argument("--no-glossary", action="store_true")
    parser.add_argument("--plot", type=Path, help="write the curve as SVG")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        worker(Path(options.worker), no_model=options.no_model, no_glossary=options.no_glossary)
        return
    print(
        f"{'articles':>8} {'words':>10} {'run':<11} {'seconds':>8} {'CPU s':>8} {'words/s':>8} {'peak MB':>8}  of them"
    )
    curve: list[dict[str, Any]] = []
    for articles in options.articles:
        with tempfile.TemporaryDirectory() as name:
            work = Path(name)
            generate(work / "raw", articles)
            for kind in ("first", "unchanged", "one changed"):
                if kind == "one changed":
                    changed = min((work / "raw").iterdir())
                    changed.write_text(changed.read_text("utf-8") + "\nIni kalimat baru di akhir artikel.\n", "utf-8")
                row = measure(work, options) | {"articles": articles, "kind": kind}
                curve.append(row)
                show(row)
    if options.plot:
        options.plot.write_text(plot([row for row in curve if row["kind"] == "first"]), "utf-8")


def generate(folder: Path, articles: int) -> int:
    """Write so many articles; give their words."""
    from normalize.read import find, read  # noqa: PLC0415 - the measured process imports it for itself

    texts = [item for source in find(ROOT / "raw") if source.path.suffix == ".txt" for item in read(source)]
    samples = [one.text for one in texts if isinstance(one, Article)]
    folder.mkdir(parents=True)
    words = 0
    for number in range(articles):
        lines = samples[number % len(samples)].split("\n")
        copy = number // len(samples)
        text = "\n".join(f"{line} {copy}" if copy and len(line.split()) > 5 else line for line in lines)
        words += len(text.split())
        (folder / f"{number:06}.txt").write_text(text, "utf-8")
    return words


def measure(work: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Run once, in a process of its own."""
    command = [sys.executable, __file__, "--worker", str(work)]
    command += ["--no-model"] * options.no_model + ["--no-glossary"] * options.no_glossary
    start = time.monotonic()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured | {"seconds": time.monotonic() - start}


def show(row: dict[str, Any]) -> None:
    """Print a line."""
    stages = " ".join(f"{name} {seconds:.1f}" for name, seconds in row["stages"].items() if seconds >= 0.05)
    print(
        f"{row['articles']:>8,} {row['words']:>10,} {row['kind']:<11} {row['seconds']:>8.1f} {row['cpu']:>8.1f} "
        f"{row['words'] / row['seconds']:>8,.0f} {row['peak']:>8,.0f}  {stages}",
        flush=True,
    )


def worker(work: Path, *, no_model: bool, no_glossary: bool) -> None:
    """Be the process that is measured."""
    import gc  # noqa: PLC0415 - as the command does

    gc.set_threshold(100_000, 20, 20)
    from normalize.pipeline import Options, plan_run, run, unchanged  # noqa: PLC0415 - part of what is measured

    spent: dict[str, float] = collections.defaultdict(float)
    for stage, module, name in STAGES:
        timed(spent, stage, module, name)
    if no_model:
        without_model()
    glossary = () if no_glossary else (ROOT / "glossary.csv",)
    options = Options(raw=work / "raw", out=work / "out", glossary=glossary, beam=None)
    summary = unchanged(options) or run(plan_run(options, every_language=False))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({
        "words": summary.totals.source_words,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss / 1024,
        "stages": dict(spent),
    }))  # fmt: skip


def timed(spent: dict[str, float], stage: str, module: str, name: str) -> None:
    """Count the processor time of a function under the name its caller knows it by."""
    __import__(module)
    home = sys.modules[module]
    function: Callable[..., Any] = getattr(home, name)
    lock = threading.Lock()

    @functools.wraps(function)
    def measured(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever the function takes and gives
        start = time.thread_time()
        try:
            return function(*args, **kwargs)
        finally:
            with lock:
                spent[stage] += time.thread_time() - start

    setattr(home, name, measured)


def without_model() -> None:
    """Let an engine that answers at once stand for every model."""
    from normalize.engine import Engine, Hypothesis  # noqa: PLC0415 - part of what is measured
    from normalize.translate import Store  # noqa: PLC0415 - likewise

    sys.path.append(str(ROOT / "tests"))
    from engines import english  # noqa: PLC0415 - likewise

    class Ready:
        """Answers with English of about the right length."""

        def __init__(self, engine: Engine) -> None:
            self._engine = engine
            self.source_language = engine.source_language
            self.target_language = engine.target_language
            self.signature = "ready"

        def fits(self, source: str) -> bool:
            """Ask the real one."""
            return self._engine.fits(source)

        def translate(
            self,
            sources: Sequence[str],
            *,
            hypotheses: int = 1,
            prefixes: Sequence[str] | None = None,
            no_repeat: int = 0,
        ) -> list[tuple[Hypothesis, ...]]:
            """Answer."""
            del hypotheses, prefixes, no_repeat
            return [(Hypothesis(target=english(source), score=-0.7),) for source in sources]

        def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
            """Answer."""
            return [-1.0 for _ in zip(sources, targets, strict=True)]

    engine = Store.engine
    Store.engine = lambda self, *args, **options: Ready(engine(self, *args, **options))  # type: ignore[method-assign]


def plot(rows: Sequence[dict[str, Any]]) -> str:
    """Draw processor seconds and peak memory against articles, both axes logarithmic."""
    import math  # noqa: PLC0415 - only here

    width, height, edge = 640, 300, 56
    lowest, highest = (math.log10(one) for one in (rows[0]["articles"], rows[-1]["articles"]))

    def place(articles: float, value: float) -> str:
        across = edge + (width - 2 * edge) * (math.log10(articles) - lowest) / max(1e-9, highest - lowest)
        return f"{across:.1f},{height - edge - (height - 2 * edge) * math.log10(max(1.0, value)) / 4:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-size="12">',
        "<title>Cost of a run by articles</title>",
        "<style>text{fill:#555;font-family:sans-serif}line{stroke:#bbb}",
        "@media(prefers-color-scheme:dark){text{fill:#bbb}line{stroke:#555}}</style>",
    ]
    for power in range(5):
        level = place(rows[0]["articles"], 10**power).split(",")[1]
        parts.append(f'<line x1="{edge}" x2="{width - edge}" y1="{level}" y2="{level}"/>')
        parts.append(f'<text x="8" y="{level}">{10**power:,}</text>')
    for row in rows:
        x = place(row["articles"], 1).split(",")[0]
        parts.append(f'<text x="{x}" y="{height - 32}" text-anchor="middle">{row["articles"]:,}</text>')
    lines = (("cpu", "#0072b2", "processor seconds", 20), ("peak", "#d55e00", "peak memory, MB", 36))
    for key, colour, label, y in lines:
        points = " ".join(place(row["articles"], row[key]) for row in rows)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{edge + 8}" y="{y}" style="fill:{colour}">{label}</text>')
    parts.append(f'<text x="{width / 2}" y="{height - 10}" text-anchor="middle">articles</text></svg>')
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    main()
