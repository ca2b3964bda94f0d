"""Loops and empty lines of `normalize translate --lines` on texts that no model was trained on.

    python benchmarks/loops.py --source fr --tsv held-back.fr.tsv.gz --tsv hansard36.tsv.gz --every 2 --lines 10000

The first column of each TSV is the source. A loop is something said three times on end where the source does not
(`training/evaluate.py`). With `--every 2` the second TSV and those after it give every other line, from the second:
those that `training/config-fr.toml` leaves out.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
from pathlib import Path

from training.evaluate import loops
from training.pairs import read_pairs


def main() -> None:
    """Translate, count, print what loops."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", required=True)
    parser.add_argument("--tsv", type=Path, action="append", required=True)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--lines", type=int, default=10_000, help="at the most; a sample of the later files")
    options = parser.parse_args()
    first, *others = ([source for source, _ in read_pairs(path)] for path in options.tsv)
    rest = [source for some in others for source in some[options.every - 1 :: options.every]]
    room = max(0, options.lines - len(first))
    sources = [*first[: options.lines], *random.Random(1).sample(rest, min(len(rest), room))]  # noqa: S311 - no secret
    done = subprocess.run(
        [sys.executable, "-m", "normalize", "translate", "-", "--source", options.source, "--lines"],
        input="".join(f"{source}\n" for source in sources), capture_output=True, text=True, check=True,
    )  # fmt: skip
    targets = done.stdout.removesuffix("\n").split("\n")
    found = [pair for pair in zip(sources, targets, strict=True) if loops(pair[1]) and not loops(pair[0])]
    print(f"{len(sources)} segments, {len(found)} loops, {sum(not target.strip() for target in targets)} empty")
    for source, target in found:
        print(f"  {source}\n  {target}")


if __name__ == "__main__":
    main()
