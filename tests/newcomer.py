"""Do what a newcomer does: in an empty folder, the README's first command, letter by letter; then look at the result.

Asks a package index, as the README says.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_COMMAND = re.compile(r"<!-- run command -->\s*```sh\n(.*?)```", re.DOTALL)
_NOT_OURS = shutil.ignore_patterns(".git", ".venv*", "out", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info")


def main() -> int:
    """Give 0 when the command works and every sample became English."""
    [command] = _COMMAND.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        home.mkdir()
        clone = Path(folder, "clone")
        shutil.copytree(ROOT, clone, ignore=_NOT_OURS)
        started = time.monotonic()
        environment = {key: value for key, value in os.environ.items() if key not in {"VIRTUAL_ENV", "PYTHONPATH"}}
        environment["HOME"] = str(home)
        shell = ["/bin/bash", "-euo", "pipefail", "-c", command]
        code = subprocess.run(shell, cwd=clone, check=False, env=environment).returncode
        if code:
            return code
        summary = json.loads((clone / "out" / "report.json").read_bytes())
        installed = sum(path.stat().st_size for path in (clone / ".venv").rglob("*") if path.is_file())
        seconds = time.monotonic() - started
        sys.stdout.write(f"{seconds:.0f} s, {installed / 1e6:.0f} MB installed, {summary['units']['total']} units\n")
        heavy = ("torch", "stanza", "spacy")
        unwanted = [name for name in heavy if list((clone / ".venv").rglob(f"site-packages/{name}"))]
        if unwanted or summary["articles"]["failed"] or not (clone / "out" / "review.html").is_file():
            sys.stderr.write(f"not as the README says: {unwanted} {summary['failed']}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
