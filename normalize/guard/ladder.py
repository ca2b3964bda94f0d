"""The guard: answers with findings worth it are decoded anew, all segments of a call together, rung by rung."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence

from normalize.corpus import Origin, Repair, Unit
from normalize.engine import Engine, Hypothesis
from normalize.guard import recase, rewrite
from normalize.guard.case import SURE, Candidate, Case
from normalize.guard.edits import EDITS
from normalize.guard.rewrite import Attempt

__all__ = ["RUNGS", "Guarded", "Rung", "guard"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """The answer that goes on, and what was changed in the model's own."""

    hypothesis: Hypothesis
    repairs: tuple[Repair, ...] = ()

    @property
    def anew(self) -> bool:
        """Whether the engine was asked again, so that nothing of its first answer need be left."""
        return any(repair.method not in EDITS for repair in self.repairs)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A way to other answers: what is asked for a case, and how the engine is to decode it."""

    name: str
    attempts: Callable[[Case], Iterable[Attempt]]
    hypotheses: int = 1
    no_repeat: int = 0


def _same(case: Case) -> Iterator[Attempt]:
    yield rewrite.same(case.source)


def _stop(case: Case) -> Iterator[Attempt]:
    yield rewrite.stopped(case.source)


def _symbols(case: Case) -> Iterator[Attempt]:
    yield rewrite.same(rewrite.stripped(case.source), anew=True)


def _clauses(case: Case) -> Iterator[Attempt]:
    yield from filter(None, [rewrite.clauses(case.source)])


def _masked(case: Case) -> Iterator[Attempt]:
    yield from filter(None, [rewrite.masked(case.source, turn) for turn in (0, 1)])


def _edit(name: str) -> Rung:
    """Make the rung of an edit: a function of source, target and their languages."""
    function = EDITS[name]

    def attempts(case: Case) -> Iterator[Attempt]:
        languages = case.unit.segment.language.partition("-")[0], case.unit.target_language.partition("-")[0]
        text = function(case.unit.segment.source, case.best.target, *languages)
        yield Attempt(sources=(), finish=lambda _: text)

    return Rung(name=name, attempts=attempts)


RUNGS = (
    Rung(name="symbols", attempts=_symbols),
    _edit("corrected"),
    _edit("respelt"),
    _edit("translated"),
    _edit("mended"),
    Rung(name="masked", attempts=_masked, hypotheses=2),
    Rung(name="alternatives", attempts=_same, hypotheses=4),
    Rung(name="no-repeat", attempts=_same, hypotheses=4, no_repeat=3),
    Rung(name="stop", attempts=_stop, hypotheses=2),
    Rung(name="clauses", attempts=_clauses),
    _edit("doubles"),
    _edit("echoes"),
    _edit("collapsed"),
)
"""The ladder, cheap and likely rungs first. `recased` and `unquoted` come before all: they need no finding."""


def guard(
    units: Sequence[Unit], sources: Sequence[str], engine: Engine, *, truncated: Sequence[bool]
) -> tuple[Guarded, ...]:
    """Repair the answers in which something is wrong; one for each unit, in order, the others as they are.

    `units` are made of the model's best answers and checked; `sources` are what the engine got, and `truncated` what it
    said of its limits. What becomes of a unit depends on it alone.
    """
    cases = [
        Case.begin(unit, source, truncated=cut) for unit, source, cut in zip(units, sources, truncated, strict=True)
    ]
    climbing = [case for case in cases if case.unit.origin is Origin.MACHINE]
    _recase(climbing, engine)
    _unquote(climbing, engine)
    climbing = [case for case in climbing if case.best.findings]  # the others open to no rung, and so stay
    for rung in RUNGS:
        _climb(rung, [(case, rung.attempts(case)) for case in climbing if case.open(rung.name)], engine)
    return tuple(Guarded(hypothesis=case.hypothesis, repairs=case.repairs) for case in cases)


def _recase(cases: Iterable[Case], engine: Engine) -> None:
    """Write headings, datelines and single words as they stand in sentences, and translate them."""
    language = engine.source_language.partition("-")[0]
    loud = [case for case in cases if recase.loud(case.source, language)]
    words = sorted({word for case in loud for word in recase.words_to_ask(case.source, language)})
    answers = engine.translate([*words, *map(str.lower, words)]) if words else []
    names = [
        {
            word: recase.is_name(word, capitalised[0], small[0], alone=alone)
            for word, capitalised, small in zip(words, answers[: len(words)], answers[len(words) :], strict=True)
        }
        for alone in (False, True)
    ]
    variants = [(case, recase.as_sentence(case.source, language, names[recase.single(case.source)])) for case in loud]
    asked = [
        (case, [Attempt(sources=(text,), finish=lambda parts: recase.begun(parts[0]), basis=text)])
        for case, text in variants if text != case.source
    ]  # fmt: skip
    _climb(Rung(name="recased", attempts=_same), asked, engine)


def _unquote(cases: Iterable[Case], engine: Engine) -> None:
    """Translate speech without its opening mark, where the mark has kept its first word from being translated."""
    asked = [
        (case, [attempt]) for case in cases if (attempt := rewrite.unquoted(case.source, case.best.target)) is not None
    ]
    _climb(Rung(name="unquoted", attempts=_same), asked, engine)


def _climb(rung: Rung, asked: Sequence[tuple[Case, Iterable[Attempt]]], engine: Engine) -> None:
    """Ask the engine for all attempts at once, and offer each case the candidates that promise something."""
    attempts = [(case, attempt) for case, ways in asked for attempt in ways]
    sources = [source for _, attempt in attempts for source in attempt.sources]
    found = engine.translate(sources, hypotheses=rung.hypotheses, no_repeat=rung.no_repeat) if sources else []
    answers = iter(found)
    candidates: dict[int, list[Candidate]] = {id(case): [] for case, _ in attempts}
    for case, attempt in attempts:
        texts = _texts(attempt, [next(answers) for _ in attempt.sources], truncated=case.best.truncated)
        judged = [
            case.candidate(text, attempt.basis or case.source, truncated=cut)
            for text, cut in texts if text.strip()
        ]
        candidates[id(case)] += [one for one in judged if one is not None and case.promises(one, rung.name)]
    promising = [(case, candidates[id(case)]) for case, _ in asked if candidates.get(id(case))]
    asking = [] if rung.name in SURE else promising
    pairs = list(dict.fromkeys(pair for case, ways in asking for one in ways for pair in case.pairs(one)))
    scores = engine.score([source for source, _ in pairs], [target for _, target in pairs]) if pairs else []
    for case, ways in promising:
        case.offer(ways, dict(zip(pairs, scores, strict=True)), rung.name)


def _texts(
    attempt: Attempt, ways: Sequence[tuple[Hypothesis, ...]], *, truncated: bool
) -> Iterator[tuple[str, bool]]:
    """Give the texts an attempt came to, the best first, and whether a limit was hit; `truncated` holds for edits."""
    if not ways:
        yield attempt.finish([]), truncated
    for rank in range(min(map(len, ways), default=0) if len(ways) == 1 else min(1, len(ways))):
        chosen = [answers[rank] for answers in ways]
        yield attempt.finish([one.target for one in chosen]), any(one.truncated for one in chosen)
