"""Keep what a run reads apart from what it writes."""

from __future__ import annotations

from pathlib import Path

from normalize.errors import UsageError
from normalize.pipeline.publish import REVIEW, STATE
from normalize.read import find
from normalize.write import card
from normalize.write.manifest import NAME
from normalize.write.names import FOLDER
from normalize.write.output import TABLES

__all__ = ["apart"]

_WRITTEN = frozenset({*TABLES, card.NAME, REVIEW})
"""Files beside the articles in `out/` that could be read as articles."""


def apart(raw: Path, out: Path) -> None:
    """Raise UsageError where a run would write over what it reads, or pass over articles because they stand in `out`.

    `out` may lie inside `raw`: a corpus that an earlier run left there is passed over.
    """
    here, there = raw.resolve(), out.resolve()
    overwritten = here.parent == there and here.name in _WRITTEN and here.is_file()
    if here == there or here.is_relative_to(there / FOLDER) or overwritten:
        raise UsageError("the articles and the corpus made of them would be in one folder", path=raw,
                         advice="name another folder for the corpus: normalize run RAW OUT")  # fmt: skip
    kept = (there / STATE).exists() or (there / NAME).exists()
    if there.is_relative_to(here) and there.is_dir() and not kept and find(there):
        raise UsageError("holds articles, which a run would pass over to write the corpus there", path=out,
                         advice="name another folder for the corpus: normalize run RAW OUT")  # fmt: skip
