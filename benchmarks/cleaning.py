"""Speed and memory of the cleaner.

    python benchmarks/cleaning.py --text FOLDER --html FOLDER   # MB a second, beside trafilatura and jusText
    python benchmarks/cleaning.py --text FOLDER --fresh --repeat 9   # of text whose lines nothing has seen before
    python benchmarks/cleaning.py --lines 1000000             # memory of one very long article
    python benchmarks/cleaning.py --articles 1000 10000         # time and peak memory over folders of so many articles

Speed is by the processor's time on one core, the contestants interleaved file by file, so that ratios hold on a busy
machine. For text it counts repairing, surveying and cleaning, with UTF-8 bytes of the text; for HTML reading too, with
bytes of the pages. With `--fresh` each repetition has a process of its own, forked before any line is read: a first
pass; without, all but the first find many lines remembered. The peers read HTML only: trafilatura with its defaults and
metadata, jusText with its stop words of the page's language (all of them where it has none), both from the same bytes.

`--survey` feeds made-up articles to what counts recurring lines and finds repeated articles, without a folder: what
that alone keeps of a hundred thousand.

`--lines` cleans one made-up article of so many short sentences, a line each: time, and how much memory it takes at
most, beside the article itself.

`--articles` writes made-up articles of twenty sites, one in fifty a near copy of an earlier one, and runs
`normalize clean FOLDER --out FOLDER` on them: time and memory of the command itself, start-up included.
"""

from __future__ import annotations

import argparse
import collections
import multiprocessing
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from normalize.clean import clean, clean_all, survey
from normalize.cli.app import collect_rarely
from normalize.corpus import Article
from normalize.read import read_text
from normalize.repair import repair

_SYLLABLES = "ba be bi da de di ga ka ke ki la le ma me mi na ni pa pe ra ri sa se ta te ti tu wa ya yu".split()  # noqa: SIM905 - shorter so
_WORDS = 4000
_SITES = 20


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, metavar="FOLDER", help="of text files")
    parser.add_argument("--html", type=Path, metavar="FOLDER", help="of HTML files")
    parser.add_argument("--articles", type=int, nargs="+", default=[], metavar="N", help="made up, in a folder")
    parser.add_argument("--survey", type=int, nargs="+", default=[], metavar="N", help="made up, only surveyed")
    parser.add_argument("--lines", type=int, metavar="N", help="of one article, made up")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--fresh", action="store_true", help="each repetition of --text in a process of its own")
    options = parser.parse_args()
    collect_rarely()
    if options.text:
        speed_of_text(options.text, options.repeat, fresh=options.fresh)
    if options.html:
        speed_of_html(options.html, options.repeat)
    for count in options.survey:
        surveyed(count)
    if options.lines:
        long(options.lines)
    for count in options.articles:
        with tempfile.TemporaryDirectory() as name:
            folder(Path(name), count)


def speed_of_text(root: Path, repeat: int, *, fresh: bool) -> None:
    """Print MB a second over the text files of a folder: the best repetition, and the median one."""
    datas = [path.read_bytes() for path in sorted(root.rglob("*.txt"))]
    articles = [_article(data, "text", number) for number, data in enumerate(datas)]
    clean(repair(articles[0]))
    size = sum(map(len, datas)) / 1e6
    taken = [_apart(_pass, articles) if fresh else _pass(articles) for _ in range(repeat)]
    lines = sum(article.text.count("\n") + 1 for article in articles)
    print(f"text: {len(datas)} files, {size:.2f} MB, {lines:,} lines; {repeat} passes{', each the first' * fresh}")
    for name in taken[0]:
        best, usual = min(one[name] for one in taken), statistics.median(one[name] for one in taken)
        print(f"  {name:12} {size / best:8.2f} MB/s, median {size / usual:.2f}  {lines / best:10,.0f} lines/s")


def _pass(articles: Sequence[Article]) -> dict[str, float]:
    """Give the processor seconds of each stage over a folder."""
    times = {}
    start = time.process_time()
    repaired = [repair(article) for article in articles]
    times["repair"] = time.process_time() - start
    start = time.process_time()
    recurrence = survey(repaired)
    times["survey"] = time.process_time() - start
    start = time.process_time()
    for _ in clean_all(repaired, recurrence):
        pass
    times["clean"] = time.process_time() - start
    return times | {"all three": sum(times.values())}


def _apart(measure: Callable[[Sequence[Article]], dict[str, float]], articles: Sequence[Article]) -> dict[str, float]:
    """Measure in a process of its own, which has loaded what this one has, and remembers no line."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        times: dict[str, float] = pool.apply(measure, (articles,))
        return times


def speed_of_html(root: Path, repeat: int) -> None:
    """Print MB a second over the pages of a folder, of this cleaner and its peers."""
    import justext  # type: ignore[import-untyped] # noqa: PLC0415 - peers, installed for this
    import trafilatura  # noqa: PLC0415 - likewise

    every = frozenset().union(*(justext.get_stoplist(name) for name in justext.get_stoplists()))
    contestants: dict[str, Callable[[bytes], object]] = {
        "normalize": lambda data: clean(repair(_article(data, "html", 0))),
        "trafilatura": lambda data: trafilatura.extract(data, with_metadata=True, favor_recall=True),
        "jusText": lambda data: justext.justext(data, every),
    }
    datas = [path.read_bytes() for path in sorted(root.rglob("*.html"))]
    for run in contestants.values():
        run(datas[0])
    used: collections.Counter[str] = collections.Counter()
    for _ in range(repeat):
        for data in datas:
            for name, run in contestants.items():
                start = time.process_time()
                run(data)
                used[name] += time.process_time() - start  # type: ignore[assignment] # seconds, not counts
    size = repeat * sum(map(len, datas)) / 1e6
    print(f"html: {len(datas)} pages, {size / repeat:.2f} MB")
    for name, seconds in used.items():
        print(f"  {name:12} {size / seconds:8.2f} MB/s  {used['normalize'] / seconds:6.2f} times normalize's speed")


def _article(data: bytes, form: str, number: int) -> Article:
    return read_text(data, id=str(number), path=f"{number}", format=form)


def surveyed(count: int) -> None:
    """Survey `count` made-up articles and print how long it took and how much memory the survey holds."""
    articles = (
        Article(id=f"{number:07}", path=f"{number % _SITES}/{number}.txt", raw=text, text=text, sha256="0")
        for number, text in enumerate(made_up(count))
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    found = survey(articles)
    taken = time.process_time() - start
    held = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{count:>9,} articles surveyed: {taken:8.1f} s of the processor ({1e3 * taken / count:.2f} ms an article, "
        f"making them up included), {len(found.duplicates):,} repeated, {held:,.0f} MiB more"
    )


def long(count: int) -> None:
    """Repair and clean one made-up article of `count` lines and print how long it took and how much memory."""
    chance = random.Random(count)  # noqa: S311 - reproducible choice, no secret
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(_WORDS)]
    # Short ones, so that a million fit into what an article may have (64 MiB).
    data = "\n".join([_sentence(words, chance, 5, 10) for _ in range(count)]).encode()
    article = _article(data, "text", 0)
    clean(repair(_article(data[:10_000], "text", 0)))  # so that what it loads does not count
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    clean(repair(article))
    taken = time.process_time() - start
    held = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    print(
        f"{count:>9,} lines of {len(data) / count:.0f} bytes cleaned: {taken:8.1f} s of the processor "
        f"({len(data) / 1e6 / taken:.2f} MB/s), {held / (1 << 20):,.0f} MiB more ({held / count:,.0f} bytes a line)"
    )


def folder(work: Path, count: int) -> None:
    """Make a folder of `count` articles, clean it, and print how long it took and how much memory."""
    size = write_articles(work / "raw", count)
    command = [sys.executable, "-m", "normalize", "clean", str(work / "raw"), "--out", str(work / "clean")]
    start = time.perf_counter()
    process = subprocess.Popen(command, env=os.environ | {"PYTHONHASHSEED": "0"})
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - start
    if status:
        sys.exit(f"normalize clean: exit status {os.waitstatus_to_exitcode(status)}")
    seconds = usage.ru_utime + usage.ru_stime
    print(
        f"{count:>9,} articles, {size / 1e6:8.1f} MB: {taken:8.1f} s by the clock, {seconds:8.1f} s of the processor "
        f"({1e3 * seconds / count:.2f} ms an article), peak {usage.ru_maxrss / 1024:,.0f} MiB"
    )


def write_articles(root: Path, count: int) -> int:
    """Write `count` made-up articles under `root`, a thousand a folder; give their size in bytes."""
    size = 0
    for number, text in enumerate(made_up(count)):
        path = root / f"{number // 1000:04}" / f"{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        size += path.write_bytes((text + "\n").encode())
    return size


def made_up(count: int) -> Iterator[str]:
    """Give `count` made-up articles of twenty sites, one in fifty a near copy of an earlier one."""
    chance = random.Random(count)  # noqa: S311 - reproducible choice, no secret
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(_WORDS)]
    menus = [[" ".join(chance.choices(words, k=2)).title() for _ in range(25)] for _ in range(_SITES)]
    earlier: list[list[str]] = []
    for number in range(count):
        if earlier and number % 50 == 49:
            body = [*chance.choice(earlier)[:-1], _sentence(words, chance)]
        else:
            body = [" ".join(_sentence(words, chance) for _ in range(3)) for _ in range(chance.randint(5, 12))]
        if number % 100 == 0:
            earlier = [*earlier[-50:], body]
        menu = menus[number % _SITES]
        title = " ".join(chance.choices(words, k=7)).title()
        head = [title, f"Penulis: {menu[3]}", f"{number % 28 + 1} Mei 2024"]
        lines = [*menu[:12], *head, *body, "Baca juga", *menu[12:]]
        yield "\n".join(lines)


def _sentence(words: Sequence[str], chance: random.Random, least: int = 8, most: int = 22) -> str:
    return " ".join(chance.choices(words, k=chance.randint(least, most))).capitalize() + "."


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
