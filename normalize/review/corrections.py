"""`corrections.json`: what a reviewer changed on the page, as the page saves it.

    {"format": "normalize corrections", "version": 2, "signature": "normalize 0.1.0|…", "corrections": [
      {"unit": "a:3.1", "source_hash": "bb2d425bb6054dff", "machine_target": "…", "target": "…",
       "state": "reviewed", "comment": "", "label": "E"}],
     "glossary": [{"source": "…", "target": "…", "source_language": "id", "target_language": "en", "kind": "term",
       "unit": "a:3.1"}]}

`unit` is a unit's id; `source_hash` (see the function of that name) stands for the source that the reviewer saw, so a
correction whose unit has another source now is a conflict, not a correction. `machine_target` is the target before the
change; `target` equals it when only the state, the comment or the label changed. `label` is one of KEOPS's or empty.
`glossary` holds rows proposed for the glossary. Sorted by unit. Version 1 had neither `label` nor `glossary`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from normalize.corpus import State
from normalize.errors import InputError

__all__ = ["LABELS", "Correction", "Corrections", "GlossaryRow", "merged", "read_corrections", "written"]

FORMAT: Literal["normalize corrections"] = "normalize corrections"

LABELS = {
    "V": "Valid translation",
    "MT": "Machine translation",
    "E": "Translation error",
    "F": "Free translation",
    "A": "Wrong alignment",
    "T": "Wrong tokenization",
    "L": "Wrong language",
    "P": "Pending",
}
"""KEOPS's labels and what it calls them."""

Label = Literal["", "V", "MT", "E", "F", "A", "T", "L", "P"]


class Correction(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What became of one unit."""

    unit: str
    source_hash: str
    machine_target: str
    target: str
    state: State
    comment: str = ""
    label: Label = ""

    @property
    def edited(self) -> bool:
        """Whether the text was changed, not only judged."""
        return self.target != self.machine_target


class GlossaryRow(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """A row proposed for the glossary."""

    source: str
    target: str
    source_language: str = ""
    target_language: str = ""
    kind: Literal["term", "name", "keep"] = "term"
    unit: str = ""
    """The unit it was proposed in."""


class Corrections(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """A whole file."""

    format: Literal["normalize corrections"]
    version: Literal[1, 2]
    signature: str
    """That of the run whose page was reviewed."""
    corrections: tuple[Correction, ...]
    glossary: tuple[GlossaryRow, ...] = ()


def read_corrections(data: bytes, *, path: str = "") -> Corrections:
    """Parse a `corrections.json`; raises InputError that says where it is wrong."""
    try:
        found = msgspec.json.decode(data, type=Corrections)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        advice = "save it again with Export on the review page"
        raise InputError(f"is not a corrections.json: {error}", path=path or None, advice=advice) from error
    seen: set[str] = set()
    for correction in found.corrections:
        if correction.unit in seen:
            raise InputError(f"corrects {correction.unit} twice", path=path or None, advice="keep the one you mean")
        seen.add(correction.unit)
    return found


def written(file: Corrections) -> bytes:
    """Give the bytes of a file: a correction a line, sorted by unit; the same corrections give the same bytes."""
    rows = sorted(file.corrections, key=lambda one: one.unit)
    head = b'{"format":%s,"version":2,"signature":%s' % (_json(FORMAT), _json(file.signature))
    return b"".join((
        head, b',"corrections":[', b",".join(b"\n" + _json(row) for row in rows), b'\n],"glossary":[',
        b",".join(b"\n" + _json(row) for row in file.glossary), b"\n]}\n",
    ))  # fmt: skip


def merged(
    first: Corrections, later: Corrections, *, withdrawn: Iterable[str] = (), history: bool = False
) -> Corrections:
    """Put a later file on top of an earlier one; units in `withdrawn` are no longer corrected.

    `machine_target` is what the later reviewer saw; with `history` it stays what the earlier file says, so that it is
    the machine's own text even where a correction was corrected again, unless the source is another now.
    """
    rows = {one.unit: one for one in first.corrections}
    for one in later.corrections:
        had = rows.get(one.unit)
        if history and had is not None and had.source_hash == one.source_hash:
            one = msgspec.structs.replace(one, machine_target=had.machine_target)  # noqa: PLW2901 - the same correction
        rows[one.unit] = one
    for unit in withdrawn:
        rows.pop(unit, None)
    glossary = {(row.source, row.target): row for row in (*first.glossary, *later.glossary)}
    return Corrections(
        format=FORMAT, version=2, signature=later.signature or first.signature,
        corrections=tuple(rows[unit] for unit in sorted(rows)), glossary=tuple(glossary.values()),
    )  # fmt: skip


def _json(value: object) -> bytes:
    return msgspec.json.encode(value, order="deterministic")
