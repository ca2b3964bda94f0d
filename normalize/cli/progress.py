"""Progress of a run: a live bar on a terminal, nothing but the summary elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from normalize.pipeline import Progress

__all__ = ["Bar"]

_CLEAR = "\r\x1b[K"
"""Back to the start of a terminal's line, and empty it."""

_PLAIN_EVERY = 30.0
"""Seconds between plain progress lines where there is no terminal: enough for a log, not a flood."""


class Bar:
    """Shows `Progress` on standard error: a bar on a terminal, a line now and then in a log."""

    def __init__(self, *, silent: bool) -> None:
        self._silent = silent
        self._live = not silent and sys.stderr.isatty()
        self._started: float | None = None
        self._last_line = 0.0
        self._rich: RichProgress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Start the display."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar down, whatever happened, so that the terminal is left as it was."""
        if self._rich is not None:
            self._rich.stop()

    def print(self, line: str) -> None:
        """Print a line that stays, on standard output."""
        if self._live:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def read(self, articles: int) -> None:
        """Show that the first pass has read so many articles."""
        if self._live and articles % 50 == 0:
            sys.stderr.write(f"{_CLEAR}reading … {articles:,} articles")
            sys.stderr.flush()

    def update(self, progress: Progress) -> None:
        """Show how far the run has come."""
        if self._silent:
            return
        now = time.monotonic()
        if self._started is None:
            self._started = now
        speed, left = _speed_and_left(progress, now - self._started)
        if self._live:
            self._draw(progress, speed, left)
        elif now - self._last_line >= _PLAIN_EVERY and progress.articles < progress.total and self._last_line:
            sys.stderr.write(f"{_state(progress)} · {speed} · {left}\n")
            self._last_line = now
        self._last_line = self._last_line or now

    def _draw(self, progress: Progress, speed: str, left: str) -> None:
        if self._rich is None:
            from rich.console import Console  # noqa: PLC0415 - only where there is a bar to draw
            from rich.progress import BarColumn, TaskProgressColumn, TextColumn  # noqa: PLC0415 - likewise
            from rich.progress import Progress as RichProgress  # noqa: PLC0415 - likewise

            self._rich = RichProgress(
                BarColumn(bar_width=24),
                TaskProgressColumn(),
                TextColumn("{task.fields[text]}"),
                console=Console(stderr=True),
            )
            self._rich.start()
            self._task = self._rich.add_task("", total=progress.total, text="")
        if self._task is not None:
            text = f"{_state(progress)} · {speed} · {left}"
            self._rich.update(self._task, completed=progress.articles, total=progress.total, text=text)


def _state(progress: Progress) -> str:
    findings = f" · {progress.findings:,} findings" if progress.findings else ""
    return f"{progress.articles:,}/{progress.total:,} articles · {progress.words:,} words{findings}"


def _speed_and_left(progress: Progress, seconds: float) -> tuple[str, str]:
    speed = progress.words / max(seconds, 0.001)
    if not progress.words:
        return "– words/s", "ETA –"
    # The first group alone says little of the rest: an ETA from it can be wrong by hours.
    if progress.words_left > 100 * progress.words:
        return f"{speed:,.0f} words/s", "ETA –"
    left = int(progress.words_left / speed)
    hours, rest = divmod(left, 3600)
    minutes, rest = divmod(rest, 60)
    clock = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return f"{speed:,.0f} words/s", f"ETA {clock}"
