"""`ArticleRow`: a line of `articles.jsonl`; what is missing in one has a plain value."""

from __future__ import annotations

import msgspec

from normalize.corpus import UNDETERMINED, Conversion
from normalize.rows.unit import Natural, Tag

__all__ = ["ArticleRow"]


class ArticleRow(msgspec.Struct, kw_only=True):
    """A line of `articles.jsonl`: one article."""

    id: str
    path: str = ""
    record: int | None = None
    format: str = "text"
    encoding: str = "utf-8"
    sha256: str = ""
    language: Tag = UNDETERMINED
    title: str = ""
    subtitle: str = ""
    author: str = ""
    editor: str = ""
    agency: str = ""
    published: str = ""
    updated: str = ""
    place: str = ""
    site: str = ""
    url: str = ""
    caption: str = ""
    tags: list[str] = []
    claimed_language: str = ""
    paragraphs: Natural = 0
    units: Natural = 0
    words: Natural = 0
    """White-space separated words of the clean source."""
    removed: Natural = 0
    """Lines in `dropped.jsonl`."""
    duplicate_of: str = ""
    source_file: str = ""
    target_file: str = ""

    @classmethod
    def of(cls, conversion: Conversion, *, removed: int, files: tuple[str, str]) -> ArticleRow:
        """Make the row of `conversion`, whose texts stand in `files` (source, target)."""
        article, metadata = conversion.article, conversion.article.metadata
        return cls(
            id=article.id,
            path=article.path,
            record=article.record,
            format=article.format,
            encoding=article.encoding,
            sha256=article.sha256,
            language=article.language,
            title=metadata.title,
            subtitle=metadata.subtitle,
            author=metadata.author,
            editor=metadata.editor,
            agency=metadata.agency,
            published=metadata.published,
            updated=metadata.updated,
            place=metadata.place,
            site=metadata.site,
            url=metadata.url,
            caption=metadata.caption,
            tags=list(metadata.tags),
            claimed_language=metadata.language,
            paragraphs=len(article.text.split("\n")) if article.text else 0,
            units=len(conversion.units),
            words=len(article.text.split()),
            removed=removed,
            duplicate_of=article.duplicate_of,
            source_file=files[0],
            target_file=files[1],
        )
