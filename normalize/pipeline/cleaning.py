"""Only repair and clean: one text, or a folder with what recurs over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from normalize.clean import SiteRules, clean, clean_all
from normalize.corpus import Article
from normalize.errors import NormalizeError
from normalize.pipeline.prepare import survey_folder
from normalize.read import read_text
from normalize.repair import repair

__all__ = ["clean_folder", "clean_text"]


def clean_text(
    data: bytes,
    *,
    path: str = "-",
    format: str = "text",  # noqa: A002 - the option's name
    rules: SiteRules | None = None,
) -> Article:
    """Repair and clean one text (format text, html or markdown); `rules` are those users wrote for sites.

    Raises InputError when the bytes are no text.
    """
    return clean(repair(read_text(data, id=Path(path).stem or "stdin", path=path, format=format)), None, rules)


def clean_folder(
    root: Path,
    *,
    without: Path | None = None,
    format: str | None = None,  # noqa: A002 - likewise
    rules: SiteRules | None = None,
) -> Iterator[Article | NormalizeError]:
    """Repair and clean every article of a folder (or one file), sorted by file; what cannot be read comes as an error.

    The folder is gone through twice: what recurs over its articles is evidence.
    `without`, a folder under `root`, is passed over.
    """
    folder = survey_folder(root, without=without, source_language="und", format=format)
    yield from folder.failed
    yield from clean_all(folder.articles(), folder.recurrence, rules)
