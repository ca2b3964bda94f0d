"""What was taken out of the articles, for `dropped.jsonl`: nothing leaves the text in silence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from normalize.corpus import Article

__all__ = ["DroppedRow", "Removal", "dropped"]


class Removal(Protocol):
    """What the cleaning stage says of something it took out; `normalize.clean.removed` gives these.

    Stages do not import each other, so this is all that is known of it here.
    """

    @property
    def id(self) -> str:
        """Names this removal, for taking it back."""

    @property
    def rule(self) -> str:
        """The rule that asked for it."""

    @property
    def evidence(self) -> str:
        """What the rule saw."""

    @property
    def text(self) -> str:
        """What was taken out."""

    @property
    def line(self) -> int:
        """Line of the text as read, from 0, where it began."""


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


def dropped(article: Article, removals: Iterable[Removal]) -> list[DroppedRow]:
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
