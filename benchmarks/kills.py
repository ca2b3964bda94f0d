"""Kill `normalize run` at random instants, again and again, with the real engine; compare with a run left alone.

    python benchmarks/kills.py --kills 50                # the articles of raw/, with numbered variations

Prints how many kills there were, in how many rounds, how many articles were finished before each kill, and whether
every file of `out/` came out the same. Exit code 1 when one did not.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scaling import generate

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Kill and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        generate(work / "raw", options.articles)
        began = time.monotonic()
        start(work, "whole").wait()
        longest = time.monotonic() - began
        wanted = tree(work / "whole")
        killed = rounds = different = 0
        while killed < options.kills:
            rounds += 1
            out = f"out-{rounds}"
            while killed < options.kills:
                process = start(work, out)
                try:
                    process.wait(chance.uniform(0.0, longest / 2))  # what is left after a kill is shorter
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                    killed += 1
                    continue
                break
            start(work, out).wait()
            different += tree(work / out) != wanted
            print(f"round {rounds}: {killed} kills so far, {different} rounds with other bytes", flush=True)
    print(f"{killed} kills in {rounds} rounds, {len(wanted)} files each; rounds with other bytes: {different}")
    sys.exit(1 if different else 0)


def start(work: Path, out: str) -> subprocess.Popen[bytes]:
    """Begin a run."""
    glossary = ROOT / "glossary.csv"
    command = [sys.executable, "-m", "normalize", "run", "raw", out, "--quiet", "--glossary", str(glossary)]
    return subprocess.Popen(command, cwd=work)


def tree(out: Path) -> dict[str, str]:
    """Hash every file but the state."""
    files = sorted(path for path in out.rglob("*") if path.is_file() and ".normalize" not in path.parts)
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


if __name__ == "__main__":
    main()
