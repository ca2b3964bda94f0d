"""An article's two texts, as files of `out/articles/` have them."""

from __future__ import annotations

from collections.abc import Iterable

from normalize.rows import one_line

__all__ = ["texts"]


def texts(paragraphs: Iterable[tuple[str, str]]) -> tuple[bytes, bytes]:
    """Give the bytes of an article's two files: a paragraph a line, as many lines in both."""
    pairs = list(paragraphs)
    source = "".join(f"{one_line(source)}\n" for source, _ in pairs)
    target = "".join(f"{one_line(target)}\n" for _, target in pairs)
    return source.encode(), target.encode()
