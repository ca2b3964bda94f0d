"""What a run costs at 10, 100, 1,000 and 10,000 articles: time, processor time, peak memory, and what each stage takes.

    python benchmarks/scaling.py --articles 10 100 1000                 # with the real model
    python benchmarks/scaling.py --articles 10 100 1000 10000 --no-model --plot docs/scaling.svg
    python benchmarks/scaling.py --articles 100000 --no-model --no-glossary --lines 8 --first      # memory

The articles are the text articles of `raw/`, again and again; each copy has words of its own, drawn from the article's,
between those of every line, so that no sentence is translated once for two and no article repeats another. With
`--no-model` an engine that answers at once stands for the model: what is left is what everything around the model
costs. With `--lines N` an article has only its first lines: what memory holds of each article does not depend on its
length, and a hundred thousand of them come through sooner. Each size is a process of its own; a second line gives the
run after it, with nothing to do and without the model's library, and a third the run after one article has changed.

Under a first run stands what was in memory after the survey, at each tenth of the articles, and at the end; and at last
what the peak grew by from a size to the next. It does not go on so: up to some thousand articles caches fill, groups
grow, and a folder below 16 million code points is kept in memory whole (`pipeline/prepare.py`).
"""

from __future__ import annotations

import argparse
import collections
import functools
import itertools
import json
import random
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
from normalize.pipeline import Progress

ROOT = Path(__file__).parents[1]
APART = 4
"""Words between two that a copy has of its own: any six in a row, which articles are compared by, then have one."""
STATUS = Path("/proc/self/statm")
PAGE = resource.getpagesize()
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
    parser.add_argument("--lines", type=int, help="of an article, no more than so many")
    parser.add_argument("--first", action="store_true", help="leave the second and the third run out")
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
            generate(work / "raw", articles, options.lines)
            for kind in ("first",) if options.first else ("first", "unchanged", "one changed"):
                if kind == "one changed":
                    changed = min((work / "raw").iterdir())
                    changed.write_text(changed.read_text("utf-8") + "\nIni kalimat baru di akhir artikel.\n", "utf-8")
                row = measure(work, options) | {"articles": articles, "kind": kind}
                curve.append(row)
                show(row)
    slopes([row for row in curve if row["kind"] == "first"])
    if options.plot:
        options.plot.write_text(plot([row for row in curve if row["kind"] == "first"]), "utf-8")


def generate(folder: Path, articles: int, lines: int | None = None) -> int:
    """Write so many articles of so many lines at the most; give their words."""
    from normalize.read import find, read  # noqa: PLC0415 - the measured process imports it for itself

    texts = [item for source in find(ROOT / "raw") if source.path.suffix == ".txt" for item in read(source)]
    samples = [
        "\n".join([line for line in one.text.split("\n") if line.strip()][:lines]) if lines else one.text
        for one in texts if isinstance(one, Article)
    ]  # fmt: skip
    folder.mkdir(parents=True)
    words = 0
    for number in range(articles):
        text = samples[number % len(samples)]
        text = varied(text, random.Random(number)) if number >= len(samples) else text  # noqa: S311 - no secret
        words += len(text.split())
        (folder / f"{number:06}.txt").write_text(text, "utf-8")
    return words


def varied(text: str, chance: random.Random) -> str:
    """Put words of the text itself between those of its longer lines."""
    own = sorted({word for word in text.split() if word.isalpha() and word.islower()})
    made = []
    for line in text.split("\n"):
        words = line.split()
        if len(words) > APART + 1:
            for place in range(len(words) - 1, 0, -APART):
                words.insert(place, chance.choice(own))
        made.append(" ".join(words))
    return "\n".join(made)


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
        f"{row['words'] / row['seconds']:>8,.0f} {row['peak']:>8,.0f}  {stages}"
        + (" (the model's library was loaded)" if row["kind"] == "unchanged" and row["library"] else ""),
        flush=True,
    )
    if row["kind"] == "first" and row["resident"]:
        print(f"{'':>20}MB in memory: {', '.join(f'{name} {held:,.0f}' for name, held in row['resident'])}", flush=True)


def slopes(rows: Sequence[dict[str, Any]]) -> None:
    """Print what the peak and the processor's time grew by between sizes."""
    for less, more in itertools.pairwise(rows):
        articles = more["articles"] - less["articles"]
        added, each = ((more[name] - less[name]) / articles for name in ("peak", "cpu"))
        print(
            f"{less['articles']:,} to {more['articles']:,} articles: {1000 * added:.1f} MB a thousand, "
            f"{1000 * each:.1f} ms of the processor each"
        )


def worker(work: Path, *, no_model: bool, no_glossary: bool) -> None:
    """Be the process that is measured."""
    from normalize.cli.app import collect_rarely  # noqa: PLC0415 - what the command does first

    collect_rarely()
    from normalize.pipeline import Options, plan_run, run, unchanged  # noqa: PLC0415 - part of what is measured

    spent: dict[str, float] = collections.defaultdict(float)
    for stage, module, name in STAGES:
        timed(spent, stage, module, name)
    if no_model:
        without_model()
    glossary = () if no_glossary else (ROOT / "glossary.csv",)
    options = Options(raw=work / "raw", out=work / "out", glossary=glossary, beam=None)
    held: list[tuple[str, float]] = []
    summary = unchanged(options)
    if summary is None:
        plan = plan_run(options, every_language=False)
        note(held, "surveyed")
        summary = run(plan, progress=functools.partial(tenths, held))
        note(held, "written")
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({
        "words": summary.totals.source_words,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss / 1024,
        "stages": dict(spent),
        "library": "ctranslate2" in sys.modules,
        "resident": held,
    }))  # fmt: skip


def note(held: list[tuple[str, float]], name: str) -> None:
    """Note how many megabytes this process holds now, where the system says it."""
    if STATUS.exists():
        held.append((name, int(STATUS.read_text("ascii").split()[1]) * PAGE / 2**20))


def tenths(held: list[tuple[str, float]], progress: Progress) -> None:
    """Note the memory whenever another tenth of the articles is finished."""
    noted = sum(name.endswith("%") for name, _ in held)
    if progress.articles * 10 > noted * progress.total:
        note(held, f"{100 * progress.articles // progress.total}%")


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
