"""Numbers with their nouns, for lines that people read."""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: int, noun: str, of: int | None = None) -> str:
    """Give a number with its noun.

    >>> counted(1, "row"), counted(1200, "row"), counted(1, "alias"), counted(2, "alias")
    ('1 row', '1,200 rows', '1 alias', '2 aliases')
    """
    many = "" if number == 1 else "es" if noun.endswith("s") else "s"
    return f"{number:,}{'' if of is None else f' of {of:,}'} {noun}{many}"
