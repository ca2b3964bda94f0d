"""A folder that Hugging Face's `datasets` loads as it is: data by pair of languages and split, and a card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from normalize.export.card import COLUMNS
from normalize.export.flat import flat
from normalize.export.form import Sink
from normalize.export.parquet import ParquetFile
from normalize.rows import ArticleRow, UnitRow, line

__all__ = ["CARD", "DataFile", "data_path"]

CARD = "README.md"
"""Where the card stands; a folder's own name says the rest."""


def data_path(pair: tuple[str, str], split: str, *, parquet: bool) -> str:
    """Give the path of a data file in the folder.

    >>> data_path(("id", "en"), "", parquet=False)
    'data/id-en/train.jsonl'
    """
    return f"data/{'-'.join(pair)}/{split or 'train'}.{'parquet' if parquet else 'jsonl'}"


class DataFile:
    """A data file being written: the columns of a flat line, the texts in `translation`."""

    def __init__(self, open_file: Callable[[str], Sink], pair: tuple[str, str], *, parquet: bool) -> None:
        sink = open_file("")
        self._pair = pair
        self._sink = sink
        self._parquet = ParquetFile(sink, pair) if parquet else None

    def add(self, unit: UnitRow, article: ArticleRow) -> None:
        """Write a unit."""
        row: dict[str, Any] = msgspec.to_builtins(flat(unit, article))
        texts = dict(zip(self._pair, (row.pop("source"), row.pop("target")), strict=True))
        # The same columns in every line, in the order that the card gives them.
        row = {"id": row["id"], "translation": texts} | {name: row.get(name, []) for name in COLUMNS}
        if self._parquet is None:
            self._sink.write(line(row))
        else:
            self._parquet.add(row)

    def close(self) -> None:
        """Write what is left."""
        if self._parquet is not None:
            self._parquet.close()
