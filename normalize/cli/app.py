"""The command line's root: the command table, and the one place that turns failures into lines and exit codes."""

from __future__ import annotations

import errno
import gc
import os
import sys
from typing import Annotated

import typer

from normalize import __version__
from normalize.errors import GlossaryError, NormalizeError, OutputError, RunInterruptedError, UsageError

__all__ = ["EXIT_FAILED", "EXIT_INTERRUPTED", "EXIT_USAGE", "app", "collect_rarely", "complain", "main", "say"]

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""What a write fails with that nobody foresaw where it was made, standard output's mostly."""

app = typer.Typer(
    name="normalize",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn scraped foreign-language news into a clean English parallel corpus, offline.",
    epilog="Start with `normalize run`: it reads raw/ and writes out/. `normalize doctor` says what is missing.",
)


def show_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls option callbacks with the value alone
    """Print the version and stop, when asked to."""
    if wanted:
        sys.stdout.write(f"normalize {__version__}\n")
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Hold the options of `normalize` itself."""
    del version  # its callback has done the work


def collect_rarely() -> None:
    """Let Python look for cycles less often: articles and units have none, however many there are of them."""
    gc.set_threshold(100_000, 20, 20)


def say(line: str) -> None:
    """Write one line to standard output."""
    sys.stdout.write(line + "\n")


def complain(line: object) -> None:
    """Write one line to standard error."""
    sys.stderr.write(f"normalize: {line}\n")


def main() -> None:
    """Run the command line: exit 0 when all went well, 1 when some files failed, 2 for wrong usage, 130 for Ctrl-C."""
    _open_closed()
    try:
        app(standalone_mode=True)
    except (UsageError, GlossaryError) as error:
        complain(error)
        sys.exit(EXIT_USAGE)
    except RunInterruptedError as error:
        complain(error)
        sys.stderr.flush()
        # A model cannot be stopped inside a batch; waiting for its threads would make Ctrl-C take seconds. All that
        # was finished is on disk already.
        os._exit(EXIT_INTERRUPTED)
    except NormalizeError as error:
        complain(error)
        sys.exit(EXIT_FAILED)
    except KeyboardInterrupt:
        complain("stopped")
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        _leave()
    except OSError as error:
        if error.errno not in _FULL:
            raise
        _fail(error)
    except SystemExit:
        # typer makes an exit code of 1 of a closed pipe, and only this wrapper tells it from other failures.
        if type(sys.stdout).__name__ == "PacifyFlushWrapper":
            _leave()
        _flush()
        raise


def _open_closed() -> None:
    """Let a program that was started without standard output or error (`>&-`) write into nothing, and not fail."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - open until the end


def _flush() -> None:
    """Write what is still held back for standard output; where that cannot be, say so and exit."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _leave()
    except OSError as error:
        _fail(error)


def _fail(error: OSError) -> None:
    """Exit because a disk, or what standard output is, takes no more."""
    complain(OutputError(f"cannot write: {error.strerror}", path=error.filename, advice="make room and run it again"))
    _leave(EXIT_FAILED)


def _leave(code: int = 0) -> None:
    """Exit; with 0 where the reader of our output went away (`| head`), which is not a failure."""
    # Python would complain again at exit while flushing, so standard output is pointed elsewhere first.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
