"""The converting half of a run: which articles are done, which failed, and the groups under way."""

from __future__ import annotations

import collections
import dataclasses
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from normalize.clean import SiteRules
from normalize.corpus import Article, Conversion
from normalize.enforce import Renderings
from normalize.engine import Engine
from normalize.errors import NormalizeError, OutputError
from normalize.glossary import Glossary
from normalize.memory import Memory, RememberingEngine
from normalize.pipeline.backward import BACKWARD, look_back
from normalize.pipeline.convert import convert, key
from normalize.pipeline.journal import Journal
from normalize.pipeline.prepare import AUTO, Folder, Prepared, prepare
from normalize.pipeline.recall import Recall, recall

__all__ = ["UNGUARDED", "Deadline", "Log", "Progress", "Work"]

_FIRST_GROUP = 128
_GROWTH = 4
_LARGEST_GROUP = 4096
_LARGEST_HURRIED = 512
"""Segments translated together. The model takes sources of one length at a time, so the more there are, the fuller its
batches, and the more repeated sentences are translated once. The first groups are small: the model has work soon, and
progress shows. With a deadline they stay small, since a group under way is not given up."""

_GROUP_ARTICLES = 1000

UNGUARDED = "|no guard"
"""Added to the signature of an engine whose answers are taken as they are."""

_UNASKED = b"unasked "
"""Before the key of an article of `Work.unasked`: the next run finds no such key, and asks again."""

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
    findings: int = 0
    """In the articles converted in this run."""


Log = Callable[[str, Mapping[str, object]], None]
"""Takes the name of an event and what there is to say of it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    """An article of a group, and the key its conversion is kept under."""

    key: bytes
    prepared: Prepared
    recalled: Recall


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When no further group is begun, since it would not be finished."""

    at: float
    """On the monotonic clock."""
    speed: float
    """Words a second, as measured before."""

    def leaves(self, words: int) -> bool:
        """Whether there is time for so many words more."""
        return time.monotonic() + words / self.speed < self.at


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
        memory: Memory | None = None,
        rules: SiteRules | None = None,
        source_language: str = AUTO,
        target_language: str = "en",
        force: bool = False,
        guarded: bool = True,
        deadline: Deadline | None = None,
        carriers: Callable[[str], Sequence[str] | None] | None = None,
        back: Callable[[str], Engine | None] | None = None,
        progress: Callable[[Progress], None] | None = None,
        log: Log | None = None,
    ) -> None:
        self.failed: list[NormalizeError] = list(folder.failed)
        self.done: dict[str, str] = {}
        """Finished article → "reused" or "converted"."""
        self.languages: set[str] = set()
        """Those that were translated from, now or earlier."""
        self.notices: list[str] = []
        """What a user should know of, a line each."""
        self.unasked: set[str] = set()
        """Articles whose doubtful units the package of the other direction, though there, could not be asked about."""
        self._folder = folder
        self._selected = frozenset(selected)
        self._glossary = glossary
        self._engines = engines
        self._journal = journal
        self._memory = memory
        self._rules = rules
        self._deadline = deadline
        self._source_language = source_language
        self._target_language = target_language
        self._force = force
        self._guarded = guarded
        self._carriers = carriers or (lambda _: None)
        self._back = back or (lambda _: None)
        self._progress = progress or (lambda _: None)
        self._log = log or (lambda _event, _said: None)
        self._words = 0
        self._findings = 0
        self._words_left = sum(folder.words[article] for article in selected)
        self._enough = _FIRST_GROUP
        self._remembering: dict[str, RememberingEngine] = {}
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
                if not self._in_time():
                    break
                if article.id in self._selected:
                    self._take(article, pool)
            for language in list(self._waiting):
                if self._in_time():
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
                rules=self._rules,
                source_language=self._source_language,
                target_language=self._target_language,
                fits=self._fits,
            )
            language = prepared.article.language
            signature = self._signature(language)
        except NormalizeError as error:
            self._fail(article, error)
            return
        if language != self._target_language:
            self.languages.add(language)
        recalled = recall(prepared.segments, self._memory, self._target_language) if self._memory else {}
        member = _Member(
            key=key(prepared, signature, self._glossary.signature, recalled), prepared=prepared, recalled=recalled
        )
        if not self._force and self._journal.has(article.id, member.key):
            self._finish(article.id, "reused")
            return
        group = self._waiting.setdefault(language, [])
        group.append(member)
        if len(group) >= _GROUP_ARTICLES or sum(len(one.prepared.segments) for one in group) >= self._enough:
            self._launch(language, pool)
            self._enough = min(_GROWTH * self._enough, _LARGEST_HURRIED if self._deadline else _LARGEST_GROUP)

    def _fits(self, language: str, source: str) -> bool:
        """Whether a sentence can be translated in one go; what is not translated may be of any length."""
        return language == self._target_language or self._engine(language).fits(source)

    def _launch(self, language: str, pool: ThreadPoolExecutor) -> None:
        """Send what waits in one language to be converted; first wait for room."""
        group = self._waiting.pop(language, [])
        if not group:
            return
        while len(self._in_flight) >= _IN_FLIGHT:
            self._land()
        self._in_flight.append((group, pool.submit(self._convert, language, group)))

    def _convert(self, language: str, group: Sequence[_Member]) -> list[Conversion]:
        engine = None if language == self._target_language else self._engine(language)
        if engine is not None and language not in self._renderings:
            # Two threads may come here at once; both go on with what the first made.
            known = self._carriers(engine.signature)
            self._renderings.setdefault(language, Renderings(engine, known))
        conversions = convert(
            [member.prepared for member in group],
            engine,
            self._glossary,
            target_language=self._target_language,
            renderings=self._renderings.get(language),
            recalled={place: one for member in group for place, one in member.recalled.items()},
            guarded=self._guarded,
        )
        return conversions if engine is None else self._looked_back(language, conversions)

    def _looked_back(self, language: str, conversions: list[Conversion]) -> list[Conversion]:
        """Ask the package of the other direction, if there is one, about doubtful units; a broken one says nothing."""
        back = self._back(language)
        if back is None:
            return conversions
        try:
            return look_back(conversions, back if self._memory is None else RememberingEngine(back, self._memory))
        except OutputError:
            raise  # the memory cannot be written
        except NormalizeError as error:
            if str(error) not in self.notices:
                self.notices.append(str(error))
            self.unasked.update(conversion.article.id for conversion in conversions)
            return conversions

    def _engine(self, language: str) -> Engine:
        """Give the engine for a language; with a memory, one that is asked nothing twice."""
        if self._memory is None:
            return self._engines(language)
        if language not in self._remembering:
            # Two threads may come here at once; both go on with the engine of the first, which counts what is asked.
            self._remembering.setdefault(language, RememberingEngine(self._engines(language), self._memory))
        return self._remembering[language]

    @property
    def answered(self) -> tuple[int, int]:
        """How many questions to models the memory answered, and how many the models."""
        engines = self._remembering.values()
        return sum(one.hits for one in engines), sum(one.misses for one in engines)

    def _in_time(self) -> bool:
        """Whether there is time to finish what is under way and waits."""
        if self._deadline is None:
            return True
        groups = [*self._waiting.values(), *(group for group, _ in self._in_flight)]
        words = sum(self._folder.words[member.prepared.article.id] for group in groups for member in group)
        return self._deadline.leaves(words)

    def _land(self) -> None:
        """Wait for the oldest group under way and keep what became of it."""
        group, future = self._in_flight.popleft()
        try:
            conversions = future.result()
        except OutputError:
            raise  # the disk is full: no article of any language can be kept
        except NormalizeError as error:
            # A package that turns out broken when it is loaded: its articles fail, other languages go on.
            for member in group:
                self._fail(member.prepared.article, error)
            return
        signature = self._signature(group[0].prepared.article.language)
        self._journal.keep(
            (_UNASKED + member.key if conversion.article.id in self.unasked else member.key, signature, conversion)
            for member, conversion in zip(group, conversions, strict=True)
        )
        for conversion in conversions:
            self._finish(conversion.article.id, "converted", conversion)

    def _signature(self, language: str) -> str:
        if language == self._target_language:
            return ""
        signature = self._engine(language).signature + ("" if self._guarded else UNGUARDED)
        back = self._back(language)
        return signature if back is None else f"{signature}{BACKWARD}{back.signature}"

    def _fail(self, article: Article, error: NormalizeError) -> None:
        """Note that an article failed, at its own place rather than at the package's."""
        place = article.path if error.path in {None, article.path} else f"{article.path}: {error.path}"
        self.failed.append(
            type(error)(error.what, path=place, line=error.line or article.record, advice=error.advice)
        )
        self._words_left -= self._folder.words[article.id]
        self._log("failed", {"article": article.id, "error": str(self.failed[-1])})
        self._tell()

    def _finish(self, article: str, how: str, conversion: Conversion | None = None) -> None:
        self.done[article] = how
        words = self._folder.words[article]
        self._words_left -= words
        self._words += words if how == "converted" else 0
        said: dict[str, object] = {"article": article, "words": words}
        if conversion is not None:
            findings = sum(len(unit.findings) for unit in conversion.units)
            self._findings += findings
            said |= {"language": conversion.article.language, "units": len(conversion.units), "findings": findings}
        self._log(how, said)
        self._tell()

    def _tell(self) -> None:
        self._progress(
            Progress(
                articles=len(self.done), total=len(self._selected), words=self._words, words_left=self._words_left,
                findings=self._findings,
            )
        )
