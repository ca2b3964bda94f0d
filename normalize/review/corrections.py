"""`corrections.json`: what a reviewer changed on the page, as the page saves it.

    {"format": "normalize corrections", "version": 1, "signature": "normalize 0.1.0|…", "corrections": [
      {"unit": "a:3.1", "source_hash": "bb2d425bb6054dff", "machine_target": "…", "target": "…",
       "state": "reviewed", "comment": ""}]}

`unit` is a unit's id; `source_hash` (see the function of that name) stands for the source that the reviewer saw, so a
correction whose unit has another source now is a conflict, not a correction. `machine_target` is the target before the
change; `target` equals it when only the state or the comment changed. Sorted by unit.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from normalize.corpus import State
from normalize.errors import InputError

__all__ = ["Correction", "Corrections", "read_corrections"]


class Correction(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What became of one unit."""

    unit: str
    source_hash: str
    machine_target: str
    target: str
    state: State
    comment: str = ""


class Corrections(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """A whole file."""

    format: Literal["normalize corrections"]
    version: Literal[1]
    signature: str
    """That of the run whose page was reviewed."""
    corrections: tuple[Correction, ...]


def read_corrections(data: bytes, *, path: str = "") -> Corrections:
    """Parse a `corrections.json`; raises InputError that says where it is wrong."""
    try:
        found = msgspec.json.decode(data, type=Corrections)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        advice = "save it again with Export on the review page"
        raise InputError(f"is not a corrections.json: {error}", path=path or None, advice=advice) from error
    seen: set[str] = set()
    for correction in found.corrections:
        if correction.unit in seen:
            raise InputError(f"corrects {correction.unit} twice", path=path or None, advice="keep the one you mean")
        seen.add(correction.unit)
    return found
