"""Parquet, by the optional library pyarrow: the columns of a flat JSON line."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from normalize.errors import InputError, UsageError
from normalize.export.flat import FlatRow, flat
from normalize.export.form import UNIT_FIELDS, Form, Head, Pair, Sink, Tags
from normalize.export.json_lines import Line, article_fields, filled, pair_of
from normalize.rows import ArticleRow, UnitRow

__all__ = ["PARQUET", "ParquetFile", "arrow"]

_ROWS = 5_000
"""Units of a row group: what is held while writing and reading."""

_LARGEST_BATCH = 256 * 1024 * 1024
_LARGEST_GROUP = 2**31
"""Bytes as a file gives them; a group is decoded piece by piece."""


def arrow() -> Any:  # noqa: ANN401 - pyarrow has no types
    """Load pyarrow; UsageError names the extra where it is missing."""
    try:
        importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise UsageError(
            "Parquet needs pyarrow, which is not installed", advice="pip install 'normalize-corpus[parquet]'"
        ) from error
    return importlib.import_module("pyarrow")


class _Stream(io.RawIOBase):
    """What pyarrow writes to: hands the bytes on."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._size = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._size

    def write(self, chunk: Any, /) -> int:  # noqa: ANN401 - any buffer
        data = bytes(chunk)
        self._sink.write(data)
        self._size += len(data)
        return len(data)


class ParquetFile:
    """A Parquet file being written; with `pair`, it has a column `translation` as Hugging Face's data sets have."""

    def __init__(self, sink: Sink, pair: tuple[str, str] | None = None) -> None:
        pa = arrow()
        self._arrow = pa
        self._schema = _schema(pa, pair)
        # Statistics are off: a hostile text of a megabyte would stand in the footer too.
        self._writer = pa.parquet.ParquetWriter(
            pa.PythonFile(_Stream(sink), mode="w"), self._schema, compression="zstd", write_statistics=False
        )
        self._rows: list[Any] = []

    def add(self, row: dict[str, Any]) -> None:
        """Write a row, given as JSON's kinds of values."""
        self._rows.append(row)
        if len(self._rows) == _ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def close(self) -> None:
        """Write the rest and the footer."""
        self._flush()
        self._writer.close()


class _Parquet:
    def __init__(self, open_file: Callable[[str], Sink], _: Head) -> None:
        arrow()  # before the file is begun
        self._file = ParquetFile(open_file(""))

    def add(self, unit: UnitRow, article: ArticleRow) -> None:
        """Write a unit."""
        self._file.add(msgspec.to_builtins(flat(unit, article)))

    def close(self) -> None:
        """Write the footer."""
        self._file.close()


def _schema(pa: Any, pair: tuple[str, str] | None) -> Any:  # noqa: ANN401 - pyarrow has no types
    text, position = pa.string(), pa.list_(pa.int64())

    def rows(**columns: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
        return pa.list_(pa.struct(list(columns.items())))

    kinds = {
        "paragraph": pa.int64(), "score": pa.float64(),
        "findings": rows(check=text, issue=text, severity=text, message=text, span=position),
        "terms": rows(term=text, target=text, surface=text, span=position, method=text, produced=text,
                      target_span=position),
        "repairs": rows(reason=text, method=text, before=text, after=text),
    }  # fmt: skip
    columns = {name: kinds.get(name, text) for name in FlatRow.__struct_fields__}
    if pair is not None:
        columns = {
            name: pa.struct([(tag, text) for tag in pair]) if name == "translation" else columns[name]
            for name in ["id", "translation", *(each for each in columns if each not in {"id", "source", "target"})]
        }
    return pa.schema(list(columns.items()))


def read(path: Path, tags: Tags) -> Iterator[Pair]:
    """Read a Parquet file with the columns of ours, or with `translation` alone."""
    pa = arrow()
    try:
        with pa.parquet.ParquetFile(path) as file:
            number = 0
            groups = (file.metadata.row_group(place) for place in range(file.num_row_groups))
            if any(group.total_byte_size > _LARGEST_GROUP for group in groups):
                what = f"has row groups larger than {_LARGEST_GROUP // 2**30} GiB"
                raise InputError(what, path=path, advice="write it again with smaller row groups")
            for batch in file.iter_batches(batch_size=_ROWS):
                if batch.nbytes > _LARGEST_BATCH:
                    raise InputError("has rows of more than 50 KiB each", path=path, advice="is this the right file?")
                for row in batch.to_pylist():
                    number += 1
                    yield _pair(row, tags, path, number)
    except (pa.ArrowException, OSError) as error:
        what = f"is no Parquet file that can be read ({str(error).splitlines()[0][:120]})"
        raise InputError(what, path=path, advice="export it again") from error


def _pair(row: dict[str, Any], tags: Tags, path: Path, number: int) -> Pair:
    cells = {name: value for name, value in row.items() if value is not None or name == "score"}
    try:
        found = msgspec.convert(cells, Line)
    except msgspec.ValidationError as error:
        raise InputError(f"cannot be used ({error})", path=path, line=number, advice="check the columns") from error
    if found.translation is not None:
        filled(found, tags, path, number)
    elif "source" not in cells or "target" not in cells:
        what = "has neither `source` and `target` nor `translation`"
        raise InputError(what, path=path, line=number, advice="check the columns")
    return pair_of(found)


PARQUET = Form(
    name="parquet", title="Parquet", suffixes=(".parquet",), writer=_Parquet, read=read,
    carries=UNIT_FIELDS | article_fields,
)  # fmt: skip
