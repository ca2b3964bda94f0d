"""The converting half of a run: which articles are done, which failed, and the groups under way."""

from __future__ import annotations

import collections
import dataclasses
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from normalize.corpus import Article, Conversion
from normalize.enforce import Renderings
from normalize.engine import Engine
from normalize.errors import NormalizeError
from normalize.glossary import Glossary
from normalize.pipeline.convert import convert, key
from normalize.pipeline.journal import Journal
from normalize.pipeline.prepare import AUTO, Folder, Prepared, prepare

__all__ = ["Progress", "Work"]

_FIRST_GROUP = 512
_LARGEST_GROUP = 4096
"""Segments translated together. The model takes sources of one length at a time, so the more there are, the fuller its
batches, and the more repeated sentences are translated once. The first groups are small: progress shows soon."""

_GROUP_ARTICLES = 1000

_IN_FLIGHT = 2
"""Groups with the model at once: while one is being enforced and checked, the other keeps the model busy."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run has come."""

    articles: int
    """Finished now, in this run or an earlier one."""
    total: int
    words: int
    """Raw words of the articles converted in this run."""
    words_left: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    """An article of a group, and the key its conversion is kept under."""

    key: bytes
    prepared: Prepared


class Work:
    """Converts the selected articles of a folder; used once, by one thread."""

    def __init__(  # noqa: PLR0913 - each is one thing a run is made of
        self,
        *,
        folder: Folder,
        selected: Sequence[str],
        glossary: Glossary,
        engines: Callable[[str], Engine],
        journal: Journal,
        source_language: str = AUTO,
        target_language: str = "en",
        force: bool = False,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:
        self.failed: list[NormalizeError] = list(folder.failed)
        self.done: dict[str, str] = {}
        """Finished article → "reused" or "converted"."""
        self.languages: set[str] = set()
        """Those that were translated from, now or earlier."""
        self._folder = folder
        self._selected = frozenset(selected)
        self._glossary = glossary
        self._engines = engines
        self._journal = journal
        self._source_language = source_language
        self._target_language = target_language
        self._force = force
        self._progress = progress or (lambda _: None)
        self._words = 0
        self._words_left = sum(folder.words[article] for article in selected)
        self._enough = _FIRST_GROUP
        self._renderings: dict[str, Renderings] = {}
        self._waiting: dict[str, list[_Member]] = {}
        self._in_flight: collections.deque[tuple[list[_Member], Future[list[Conversion]]]] = collections.deque()

    def convert_all(self) -> None:
        """Prepare every selected article, and convert those not finished under the same key.

        Raises OutputError when the journal cannot be written. What concerns one article only is in `failed`.
        """
        self._tell()
        pool = ThreadPoolExecutor(max_workers=_IN_FLIGHT, thread_name_prefix="convert")
        try:
            for article in self._folder.articles():
                if article.id in self._selected:
                    self._take(article, pool)
            for language in list(self._waiting):
                self._launch(language, pool)
            while self._in_flight:
                self._land()
        finally:
            # On Ctrl-C the groups under way cannot be stopped inside the model, but none is begun any more.
            pool.shutdown(wait=False, cancel_futures=True)

    def _take(self, article: Article, pool: ThreadPoolExecutor) -> None:
        try:
            prepared = prepare(
                article,
                self._folder.recurrence,
                source_language=self._source_language,
                target_language=self._target_language,
                fits=lambda language, source: self._engines(language).fits(source),
            )
            language = prepared.article.language
            engine = None if language == self._target_language else self._engines(language)
        except NormalizeError as error:
            self._fail(article, error)
            return
        if engine is not None:
            self.languages.add(language)
        member = _Member(key=key(prepared, engine, self._glossary), prepared=prepared)
        if not self._force and self._journal.has(article.id, member.key):
            self._finish(article.id, "reused")
            return
        group = self._waiting.setdefault(language, [])
        group.append(member)
        if len(group) >= _GROUP_ARTICLES or sum(len(one.prepared.segments) for one in group) >= self._enough:
            self._launch(language, pool)
            self._enough = min(2 * self._enough, _LARGEST_GROUP)

    def _launch(self, language: str, pool: ThreadPoolExecutor) -> None:
        """Send what waits in one language to be converted; first wait for room."""
        group = self._waiting.pop(language, [])
        if not group:
            return
        while len(self._in_flight) >= _IN_FLIGHT:
            self._land()
        self._in_flight.append((group, pool.submit(self._convert, language, group)))

    def _convert(self, language: str, group: Sequence[_Member]) -> list[Conversion]:
        engine = None if language == self._target_language else self._engines(language)
        if engine is not None:
            self._renderings.setdefault(language, Renderings(engine))
        return convert(
            [member.prepared for member in group],
            engine,
            self._glossary,
            target_language=self._target_language,
            renderings=self._renderings.get(language),
        )

    def _land(self) -> None:
        """Wait for the oldest group under way and keep what became of it."""
        group, future = self._in_flight.popleft()
        try:
            conversions = future.result()
        except NormalizeError as error:
            # A package that turns out broken when it is loaded: its articles fail, other languages go on.
            for member in group:
                self._fail(member.prepared.article, error)
            return
        self._journal.keep((member.key, conversion) for member, conversion in zip(group, conversions, strict=True))
        for member in group:
            self._finish(member.prepared.article.id, "converted")

    def _fail(self, article: Article, error: NormalizeError) -> None:
        """Note that an article failed, at its own place rather than at the package's."""
        place = article.path if error.path in {None, article.path} else f"{article.path}: {error.path}"
        self.failed.append(
            type(error)(error.what, path=place, line=error.line or article.record, advice=error.advice)
        )
        self._words_left -= self._folder.words[article.id]
        self._tell()

    def _finish(self, article: str, how: str) -> None:
        self.done[article] = how
        words = self._folder.words[article]
        self._words_left -= words
        self._words += words if how == "converted" else 0
        self._tell()

    def _tell(self) -> None:
        self._progress(
            Progress(
                articles=len(self.done), total=len(self._selected), words=self._words, words_left=self._words_left
            )
        )
