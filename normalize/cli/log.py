"""The log of a run: a JSON object a line, for those who watch it from elsewhere."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from normalize.errors import OutputError

__all__ = ["LogFile"]


class LogFile:
    """Appends events to a file; each line is complete on its own, and on the disk when the call returns.

    Raises OutputError when the file cannot be opened or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = path.open("a", encoding="utf-8")
        except OSError as error:
            raise OutputError(f"the log cannot be written: {error.strerror}", path=path) from error

    def __enter__(self) -> Self:
        """Hand itself to `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Note what ended the run early, and close the file."""
        if value is not None:
            self("stopped", {"why": str(value) or type(value).__name__})
        self._file.close()

    def __call__(self, event: str, said: Mapping[str, object]) -> None:
        """Append an event."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        try:
            self._file.write(json.dumps({"time": now, "event": event, **said}, ensure_ascii=False) + "\n")
            self._file.flush()
        except OSError as error:
            raise OutputError(f"the log cannot be written: {error.strerror}", path=self._path) from error
