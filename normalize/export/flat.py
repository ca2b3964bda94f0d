"""A unit with what is known of its article: a line of a flat export, a row of Parquet."""

from __future__ import annotations

from normalize.rows import ArticleRow, UnitRow

__all__ = ["FlatRow", "flat"]


class FlatRow(UnitRow, kw_only=True):
    """A line of a flat JSONL export: a unit, and what is known of its article."""

    url: str = ""
    path: str = ""
    title: str = ""
    site: str = ""
    published: str = ""


def flat(unit: UnitRow, article: ArticleRow) -> FlatRow:
    """Join a unit with what is known of its article."""
    own = {name: getattr(unit, name) for name in UnitRow.__struct_fields__}
    return FlatRow(**own, url=article.url, path=article.path, title=article.title, site=article.site,
                   published=article.published)  # fmt: skip
