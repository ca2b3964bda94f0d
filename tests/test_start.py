"""The start of the program: what happens before the command line is there to answer."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from engines import heed_ctrl_c

INTERRUPTED = """
import os, runpy, signal, sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "normalize.cli":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder())
sys.argv = ["normalize", "--version"]
runpy.run_module("normalize", run_name="__main__")
"""

INTERRUPTED_LATER = """
import signal, normalize.cli, normalize.__main__ as start

normalize.cli.main = lambda: signal.raise_signal(signal.SIGINT)
try:
    start.main()
except KeyboardInterrupt:
    print("heard")
"""


def start(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False, timeout=60,
        preexec_fn=heed_ctrl_c,
    )  # fmt: skip


def test_ctrl_c_while_the_program_loads_ends_it_without_a_word() -> None:
    done = start(INTERRUPTED)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_a_program_that_is_to_ignore_ctrl_c_goes_on() -> None:
    done = start("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n" + INTERRUPTED)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("normalize ")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_program_without_standard_output_or_error_does_its_work_all_the_same(tmp_path: Path, closed: str) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Satu kalimat yang pendek.\n", encoding="utf-8")
    shell = f'"$0" -m normalize --version {closed} && "$0" -m normalize clean "$1" --out "$2" {closed}'
    done = subprocess.run(
        ["/bin/sh", "-c", shell, sys.executable, str(text), str(tmp_path / "out")], capture_output=True,
        encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out" / "a.txt").read_text(encoding="utf-8").startswith("Satu kalimat")


def test_once_loaded_ctrl_c_is_the_command_lines_to_answer() -> None:
    assert start(INTERRUPTED_LATER).stdout == "heard\n"
