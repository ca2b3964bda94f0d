"""A budget of time: which beam, and which articles, can be had for it."""

from __future__ import annotations

import dataclasses
import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from normalize.corpus import UNDETERMINED
from normalize.engine import Engine
from normalize.errors import NormalizeError
from normalize.pipeline.backward import BACKWARD
from normalize.pipeline.prepare import Folder, prepare
from normalize.pipeline.work import UNGUARDED, Deadline

__all__ = ["Ration", "ration"]

_SAMPLE_WORDS = 600
_SAMPLE_ARTICLES = 12
_CAUTION = 0.8
"""Share of the measured speed that is counted on: glossary work, checks and writing go beside the model."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ration:
    """What a run is to do."""

    beam: int
    selected: tuple[str, ...]
    deadline: Deadline | None = None


def ration(  # noqa: PLR0913 - what there is to do, and what with
    folder: Folder,
    selected: Sequence[str],
    *,
    budget: float,
    beams: Sequence[int],
    finished: Mapping[str, str],
    engines: Callable[[int], Callable[[str], Engine]],
    source_language: str,
    target_language: str,
) -> Ration:
    """Choose the first of `beams` with which all can be done in `budget` seconds, else the last.

    Where even that does not do, the shortest articles are chosen, so that the most are done. `finished` tells by which
    engine (signature) an article was translated before; those cost nothing. The speed is measured on some of the
    articles that are still to do.
    """
    start = time.monotonic()
    best: Ration | None = None
    for beam in beams:
        own = engines(beam)
        done = _finished(folder, finished, own)
        todo = [article for article in selected if article not in done]
        speed = _CAUTION * _speed(folder, frozenset(todo), own, source_language, target_language)
        deadline = Deadline(at=start + budget, speed=speed)
        words = sum(folder.words[article] for article in todo)
        if deadline.leaves(words):
            return Ration(beam=beam, selected=tuple(selected), deadline=deadline)
        room = (deadline.at - time.monotonic()) * speed
        chosen = done | frozenset(_shortest(folder, todo, room))
        best = Ration(
            beam=beam, selected=tuple(article for article in selected if article in chosen), deadline=deadline
        )
    if best is None:
        message = "no beam to choose from"
        raise ValueError(message)
    return best


def _finished(folder: Folder, finished: Mapping[str, str], engines: Callable[[str], Engine]) -> frozenset[str]:
    """Give the articles that one of these engines has translated."""
    signatures = {""}
    for language in set(folder.languages.values()):
        try:
            signatures.add(engines(language).signature)
        except NormalizeError:
            continue  # the run says what is missing
    return frozenset(
        article for article, engine in finished.items()
        if engine.partition(BACKWARD)[0].removesuffix(UNGUARDED) in signatures
    )  # fmt: skip


def _shortest(folder: Folder, todo: Sequence[str], room: float) -> Iterator[str]:
    """Give the shortest articles that fit, at least one."""
    ordered = sorted(todo, key=lambda article: (folder.words[article], article))
    sums = itertools.accumulate(folder.words[article] for article in ordered)
    for number, (article, words) in enumerate(zip(ordered, sums, strict=True)):
        if number and words > room:
            return
        yield article


def _speed(
    folder: Folder, todo: frozenset[str], engines: Callable[[str], Engine], source: str, target: str
) -> float:
    """Measure raw words a second on a few articles; infinite where none is to be translated."""
    words = 0
    seconds = 0.0
    wanted = (article for article in folder.articles() if article.id in todo)
    for article in itertools.islice(wanted, _SAMPLE_ARTICLES):
        try:
            prepared = prepare(article, folder.recurrence, source_language=source, target_language=target)
            language = prepared.article.language
            if language in {target, UNDETERMINED}:
                continue
            engine = engines(language)
            engine.translate(["."])  # the model is loaded now
            began = time.monotonic()
            engine.translate([segment.source for segment in prepared.segments if segment.language == language])
        except NormalizeError:
            continue  # the run says what is wrong with it
        seconds += time.monotonic() - began
        words += folder.words[article.id]
        if words >= _SAMPLE_WORDS:
            break
    return words / max(seconds, 0.001) if words else float("inf")
