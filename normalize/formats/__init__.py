r"""Formats that glossaries and parallel texts are exchanged in: bytes in, values out, and back.

>>> terms = FORMATS["omegat"].parse(b"lembaga riset\tresearch institute\tnews\n").terms
>>> [(term.source, term.note) for term in terms]
[('lembaga riset', 'news')]
>>> FORMATS["deepl-tsv"].render(terms)
b'lembaga riset\tresearch institute\n'
>>> FORMATS["deepl-tsv"].cannot_carry(terms)
['1 row: the note is not written']
"""

from __future__ import annotations

import difflib
from pathlib import PurePath

from normalize.errors import UsageError
from normalize.formats import own, services, tbx, tmx, utx
from normalize.formats.bitext import Pair, read_pairs
from normalize.formats.format import Format

__all__ = ["FORMATS", "Format", "Pair", "named", "read_pairs", "told_by"]

_ALL: tuple[Format, ...] = (
    own.CSV, own.TSV, services.DEEPL_CSV, services.DEEPL_TSV, services.GOOGLE_CSV, services.GOOGLE_TERMS,
    services.AMAZON_CSV, tmx.AMAZON_TMX, services.MICROSOFT_TSV, services.OMEGAT, services.WEBLATE_CSV, tbx.TBX3,
    tbx.TBX2, tmx.TMX, utx.UTX,
)  # fmt: skip

FORMATS: dict[str, Format] = {each.name: each for each in _ALL}
"""The formats of glossaries, by name."""

_SUFFIXES = {".tbx": "tbx", ".tmx": "tmx", ".utx": "utx", ".txt": "omegat", ".utf8": "omegat"}


def named(name: str) -> Format:
    """Give the format of that name.

    Raises UsageError for another, with the nearest.

    >>> named("tbx3")
    Traceback (most recent call last):
    normalize.errors.UsageError: no format 'tbx3'; did you mean tbx? There are csv, tsv, deepl-csv, deepl-tsv, \
google-csv, google-terms, amazon-csv, amazon-tmx, microsoft-tsv, omegat, weblate-csv, tbx, tbx2, tmx, utx
    """
    found = FORMATS.get(name.lower())
    if found is None:
        near = difflib.get_close_matches(name.lower(), FORMATS, n=1)
        guess = f"did you mean {near[0]}? " if near else ""
        raise UsageError(f"no format {name!r}", advice=f"{guess}There are {', '.join(FORMATS)}")
    return found


def told_by(name: PurePath | str) -> str:
    """Give the name of the format that a file's name tells; nothing for tables (`.csv`, `.tsv`): many formats are.

    >>> told_by("terms.TBX"), told_by("terms.csv"), told_by("-")
    ('tbx', '', '')
    """
    return _SUFFIXES.get(PurePath(name).suffix.lower(), "")
