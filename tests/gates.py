"""Run every check that a commit must pass, in order, and stop at the first that fails.

    python tests/gates.py            all of them
    python tests/gates.py mypy ruff  only these
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

GATES: dict[str, tuple[str, ...]] = {
    "ruff": ("ruff", "check", "."),
    "mypy": ("mypy",),
    "imports": ("lint-imports",),
    "pytest": ("pytest",),
    "newcomer": ("python", "tests/newcomer.py"),
}


def main(wanted: list[str]) -> int:
    """Run the gates named, or all; give the exit code of the first that fails."""
    if unknown := set(wanted) - set(GATES):
        sys.stderr.write(f"no such gate: {', '.join(sorted(unknown))}; there are {', '.join(GATES)}\n")
        return 2
    scripts = Path(sys.executable).parent
    for name in wanted or GATES:
        program, *arguments = GATES[name]
        command = shutil.which(program, path=str(scripts)) or program
        sys.stdout.write(f"── {name}\n")
        sys.stdout.flush()
        started = time.monotonic()
        code = subprocess.run([command, *arguments], cwd=ROOT, check=False).returncode
        sys.stdout.write(f"   {name}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - started:.0f} s\n")
        sys.stdout.flush()
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
