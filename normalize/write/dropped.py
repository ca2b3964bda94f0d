"""What was taken out of the articles, for `dropped.jsonl`: nothing leaves the text in silence."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from normalize.corpus import Article, Removed

__all__ = ["DroppedRow", "dropped"]


class DroppedRow(msgspec.Struct, kw_only=True):
    """A line of `dropped.jsonl`: a removed line, or the removed part of one."""

    id: str
    """Names this removal, so that it can be restored."""
    article: str
    path: str
    line: int
    """Line of the text as read (for HTML: as rendered), from 1, where the removed text began."""
    rule: str
    evidence: str
    text: str


def dropped(article: Article, removals: Iterable[Removed]) -> list[DroppedRow]:
    """Give a row for each of the removals from `article`, in their order."""
    return [
        DroppedRow(
            id=removal.id,
            article=article.id,
            path=article.path,
            line=removal.line + 1,
            rule=removal.rule,
            evidence=removal.evidence,
            text=removal.text,
        )
        for removal in removals
    ]
