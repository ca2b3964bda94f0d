"""Markdown that says what it is told: names from pages and files cannot become links, markup or other cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["code", "more", "table"]

_LONGEST = 120
"""Characters shown of a name."""


def code(text: str) -> str:
    r"""Show `text` as a code span, in which nothing is markup, a link or an address.

    What could end the span or the table's cell, and what does not print, is shown by its escape.

    >>> code("a`b|c"), code("x\n# y"), code("")
    ('`a\\x60b\\x7cc`', '`x\\n# y`', '–')
    """
    shown = "".join(char if char.isprintable() and char not in "`|" else _escaped(char) for char in text)
    if len(shown) > _LONGEST:
        shown = shown[: _LONGEST - 1] + "…"
    # A span of blanks only, or with a blank at both ends, would be read differently.
    return f"`{shown.strip()}`" if shown.strip() else "–"


def _escaped(char: str) -> str:
    return f"\\x{ord(char):02x}" if char in "`|" else ascii(char)[1:-1]


def table(heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """Give a table; numbers stand right. Cells that come from outside must have gone through `code`."""
    body = list(rows)
    right = [bool(body) and all(isinstance(row[at], int) for row in body) for at in range(len(heads))]
    lines = [" | ".join(heads), " | ".join("---:" if one else "---" for one in right)]
    lines += [" | ".join(f"{cell:,}" if isinstance(cell, int) else cell for cell in row) for row in body]
    return "".join(f"| {line} |\n" for line in lines)


def more(rows: Sequence[object], shown: int, what: str) -> str:
    """Tell how many rows a table left out; nothing where it has all."""
    left = len(rows) - shown
    return f"\n… and {left:,} more {what}; `report.json` has all.\n" if left > 0 else ""
