"""Reading and writing pairs: gzipped `foreign<TAB>english` lines, one pair a line."""

import gzip
from collections.abc import Iterable
from pathlib import Path

Pair = tuple[str, str]


def read_pairs(path: Path) -> list[Pair]:
    """Read the pairs of a (gzipped) TSV file; lines without both sides are left out, further columns ignored."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    cells = [line.split("\t") for line in text.split("\n")]
    return [(pair[0], pair[1]) for pair in cells if len(pair) >= 2 and pair[0].strip() and pair[1].strip()]


def write_pairs(path: Path, pairs: Iterable[Pair]) -> None:
    """Write a gzipped TSV file with no clock and no name in it, so that the same pairs give the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="", compresslevel=3) as out:
        out.writelines(f"{source}\t{target}\n".encode() for source, target in pairs)
