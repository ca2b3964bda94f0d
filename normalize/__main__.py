"""`python -m normalize`: the same as the command `normalize`; Ctrl-C ends it quietly even while it still loads."""

from __future__ import annotations

import signal

__all__ = ["main"]


def main() -> None:
    """Load the command line and run it."""
    heeds = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heeds:  # nothing is begun yet: the system's own way to end says what a traceback would, to the shell alone
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from normalize import cli  # noqa: PLC0415 - the part of the start that takes time

    if heeds:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


if __name__ == "__main__":
    main()
