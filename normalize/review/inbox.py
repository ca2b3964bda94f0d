"""`Inbox`: the file into which a served page's edits go as they are made."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from normalize.errors import InputError
from normalize.review.corrections import (
    FORMAT,
    Correction,
    Corrections,
    GlossaryRow,
    merged,
    read_corrections,
    written,
)

__all__ = ["Inbox"]


class _Change(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What the page sends: some corrections, units no longer corrected, and, where they changed, all candidates."""

    format: str
    version: int
    signature: str
    corrections: tuple[Correction, ...]
    glossary: tuple[GlossaryRow, ...] | None
    withdrawn: tuple[str, ...] = ()


class Inbox:
    """Corrections in a file, kept whole or not at all; goes on with what the file holds. Safe between threads.

    `save` puts bytes into a file (`normalize.write.replace`). Raises InputError for a file that is something else.
    """

    def __init__(self, path: Path, save: Callable[[Path, bytes], object]) -> None:
        self.path = path
        """The file."""
        self._save = save
        self._lock = threading.Lock()
        self._corrections = self._earlier()

    @property
    def corrections(self) -> Corrections:
        """All that is in the file now."""
        with self._lock:
            return self._corrections

    def take(self, body: bytes) -> None:
        """Put a change from the page into the file; raises DecodeError or OutputError, then nothing is kept."""
        change = msgspec.json.decode(body, type=_Change)
        if change.format != FORMAT:
            message = "not a change of corrections"
            raise msgspec.ValidationError(message)
        with self._lock:
            new = Corrections(
                format=FORMAT, version=2, signature=change.signature, corrections=change.corrections,
                glossary=change.glossary or (),
            )  # fmt: skip
            result = merged(self._corrections, new, withdrawn=change.withdrawn)
            if change.glossary is not None:
                result = msgspec.structs.replace(result, glossary=change.glossary)
            self._save(self.path, written(result))
            self._corrections = result

    def _earlier(self) -> Corrections:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return Corrections(format=FORMAT, version=2, signature="", corrections=())
        except OSError as error:
            raise InputError(f"cannot be read ({error.strerror})", path=self.path) from error
        return read_corrections(data, path=str(self.path))
