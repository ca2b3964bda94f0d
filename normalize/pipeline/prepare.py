"""From raw files to clean, segmented articles: read → repair → clean → language → segment.

A folder is gone through twice: once to learn what recurs over its articles, once to clean each. Small folders are kept
in memory between the two; large ones are read again, so that memory does not grow with the folder.
"""

from __future__ import annotations

import dataclasses
import heapq
from collections.abc import Callable, Iterator
from pathlib import Path

from normalize import language as languages
from normalize.clean import Recurrence, SiteRules, clean, survey
from normalize.corpus import UNDETERMINED, Article, Segment
from normalize.errors import InputError, LanguageError, NormalizeError
from normalize.read import Source, find, read
from normalize.repair import repair
from normalize.segment import segment

__all__ = ["Folder", "Prepared", "prepare", "survey_folder"]

_KEPT_IN_MEMORY = 16 * 1024 * 1024
"""Folders with less text than this (code points) are read once: some 8,000 articles, and 200 MB of them."""

_GLANCED = 25
"""Articles whose language is looked at while reading, and one of so many after them."""

_LONGEST_LINES = 12
"""Lines of a raw text whose common words may tell its language; two are enough for the model."""

AUTO = "auto"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article ready to be translated."""

    article: Article
    segments: tuple[Segment, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What the first pass over a folder learned."""

    sources: tuple[Source, ...]
    recurrence: Recurrence
    words: dict[str, int]
    """Raw words of each readable article, by id: the measure of progress."""
    languages: dict[str, str]
    """Language of some articles, by id, as their raw text shows it: of all where that was asked for."""
    failed: tuple[NormalizeError, ...]
    cached: tuple[Article, ...] | None
    """The repaired articles, when all of them together are small."""
    format: str | None = None
    """What overrides the files' suffixes."""

    def articles(self) -> Iterator[Article]:
        """Give the repaired articles, sorted by file; unreadable ones were reported by the first pass."""
        if self.cached is not None:
            yield from self.cached
            return
        for source in self.sources:
            for item in read(source, format=self.format):
                if isinstance(item, Article):
                    yield repair(item)


def survey_folder(  # noqa: PLR0913 - what to read, and how
    root: Path,
    *,
    without: Path | None = None,
    source_language: str = AUTO,
    format: str | None = None,  # noqa: A002 - the option's name
    every_language: bool = True,
    seen: Callable[[int], None] | None = None,
) -> Folder:
    """Go through a folder (or one file) once: what can be read, in which languages, and what recurs.

    With `every_language` off, the languages of large folders are sampled: for telling which packages will be needed.
    The folder `without` is passed over. `source_language` is "auto" to detect each article's, or the tag of all;
    `format` overrides the suffixes; `seen` is called with the number of articles read so far. Raises UsageError when
    `root` is not there.
    """
    sources = tuple(find(root, without=without))
    failed: list[NormalizeError] = []
    words: dict[str, int] = {}
    found: dict[str, str] = {}
    cached: list[Article] | None = []
    size = 0

    def articles() -> Iterator[Article]:
        nonlocal cached, size
        for source in sources:
            for item in read(source, format=format):
                if isinstance(item, InputError):
                    failed.append(item)
                    continue
                article = repair(item)
                words[article.id] = max(1, article.text.count(" ") + article.text.count("\n"))
                if len(words) <= _GLANCED or len(words) % _GLANCED == 0 or every_language:
                    found[article.id] = _glance(article, source_language)
                size += len(article.raw)
                if cached is not None:
                    cached.append(article)
                    if size > _KEPT_IN_MEMORY:
                        cached = None
                if seen is not None:
                    seen(len(words))
                yield article

    recurrence = survey(articles())
    return Folder(
        sources=sources,
        recurrence=recurrence,
        words=words,
        languages=found,
        failed=tuple(failed),
        cached=None if cached is None else tuple(cached),
        format=format,
    )


def prepare(  # noqa: PLR0913 - an article, and what is known of it from elsewhere
    article: Article,
    recurrence: Recurrence | None,
    *,
    rules: SiteRules | None = None,
    source_language: str = AUTO,
    target_language: str = "en",
    fits: Callable[[str, str], bool] | None = None,
) -> Prepared:
    """Clean, identify and segment one repaired article; `rules` are the user's own for sites.

    `fits(language, source)` tells whether a sentence is short enough for the language's model; it may raise
    LanguageError when there is none.
    """
    article = clean(article, recurrence, rules)
    article = dataclasses.replace(article, language=_language(article, source_language))
    if article.language == UNDETERMINED:
        raise LanguageError(
            "cannot tell which language this article is in", path=article.path, line=article.record,
            advice="name it with --source TAG",
        )
    short_enough = None if fits is None else lambda source: fits(article.language, source)
    return Prepared(
        article=article, segments=segment(article, target_language=target_language, fits=short_enough)
    )


def _glance(article: Article, wanted: str) -> str:
    """Tell a raw article's language from its longest lines, which are seldom furniture; cleaning is yet to come."""
    if wanted != AUTO:
        return wanted
    hint = article.metadata.language
    longest = heapq.nlargest(_LONGEST_LINES, article.text.split("\n"), key=len)
    if told := languages.plain("\n".join(longest), hint=hint):
        return told
    return languages.detect("\n".join(line[:400] for line in longest[:2]), hint=hint).language


def _language(article: Article, wanted: str) -> str:
    if wanted != AUTO:
        return wanted
    hint = article.metadata.language
    return languages.plain(article.text, hint=hint) or languages.detect(article.text, hint=hint).language
