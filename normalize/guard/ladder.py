"""The guard: answers with findings worth it are decoded anew, all segments of a call together, rung by rung."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence

from normalize import numbers
from normalize.check import events, lexicon, meaning
from normalize.corpus import Origin, Repair, Unit
from normalize.engine import Engine, Hypothesis
from normalize.guard import recase, rewrite
from normalize.guard.case import DECIDED, SURE, Candidate, Case
from normalize.guard.edits import EDITS, mended
from normalize.guard.rewrite import Attempt
from normalize.guard.speech import unquoted
from normalize.guard.usage import Usage

__all__ = ["RUNGS", "Guarded", "Rung", "guard"]


_FRAGMENT = 12
"""Words of a source to which the final stop may matter: a heading, a caption. In a sentence it changes nothing."""


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
    if len(case.source.split()) <= _FRAGMENT:
        yield rewrite.stopped(case.source)


def _symbols(case: Case) -> Iterator[Attempt]:
    yield rewrite.same(rewrite.stripped(case.source), anew=True)


def _worded(case: Case) -> Iterator[Attempt]:
    text = case.source
    for told in (events.told, meaning.told):
        text = told(text, case.unit.segment.source, case.best.target, *case.languages)
    text = numbers.spelt_out(text, case.languages[0])
    if text != case.source:
        yield rewrite.same(text, anew=True)


def _clauses(case: Case) -> Iterator[Attempt]:
    yield from filter(None, [rewrite.clauses(case.source)])


def _masked(case: Case) -> Iterator[Attempt]:
    yield from filter(None, [rewrite.masked(case.source, turn) for turn in (0, 1)])


def _edit(name: str) -> Rung:
    """Make the rung of an edit: a function of source, target and their languages."""
    function = EDITS[name]

    def attempts(case: Case) -> Iterator[Attempt]:
        text = function(case.unit.segment.source, case.best.target, *case.languages)
        yield Attempt(sources=(), finish=lambda _: text)

    return Rung(name=name, attempts=attempts)


RUNGS = (
    Rung(name="symbols", attempts=_symbols),
    _edit("corrected"),
    _edit("respelt"),
    _edit("translated"),
    _edit("mended"),
    Rung(name="worded", attempts=_worded, hypotheses=2),
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
    said of its limits. What becomes of a unit depends on it alone, and of a heading on its article's sentences too: all
    units of an article are to be given at once.
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


def _recase(cases: Sequence[Case], engine: Engine) -> None:
    """Write headings, datelines and single words as they stand in sentences, and translate them."""
    language = engine.source_language.partition("-")[0]
    loud = [case for case in cases if recase.loud(case.source, language)]
    told = _told(cases, loud)
    words = [recase.words_to_ask(case.source, language) for case in loud]
    names = _names(
        sorted({word for these, forms in zip(words, told, strict=True) for word in these if word.lower() not in forms}),
        engine,
    )
    asked: list[tuple[Case, list[Attempt]]] = []
    for case, these, forms in zip(loud, words, told, strict=True):
        are_names = names[recase.single(case.source)]
        known = {word.lower(): word for word in these if are_names.get(word, False)}
        text = recase.as_sentence(case.source, language, known | forms)
        if text != case.source:
            asked.append((case, [Attempt(sources=(text,), finish=lambda parts: lexicon.begun(parts[0]), basis=text)]))
    _climb(Rung(name="recased", attempts=_same), asked, engine)


def _told(cases: Iterable[Case], loud: Sequence[Case]) -> list[dict[str, str]]:
    """Give of each loud case the forms of its words that the sentences of its article tell.

    Of a word or two alone they tell small letters only: "Kesehatan" over a column is no part of a ministry's name.
    """
    articles: dict[str, list[str]] = {case.unit.segment.article: [] for case in loud}
    headings = {id(case) for case in loud}
    for case in cases:
        if case.unit.segment.article in articles and id(case) not in headings:
            articles[case.unit.segment.article].append(case.source)
    usages = {article: Usage(sentences) for article, sentences in articles.items()}
    told = [usages[case.unit.segment.article].forms(case.source) for case in loud]
    return [
        {word: form for word, form in forms.items() if form.islower()} if recase.single(case.source) else forms
        for case, forms in zip(loud, told, strict=True)
    ]


def _names(words: Sequence[str], engine: Engine) -> tuple[dict[str, bool], dict[str, bool]]:
    """Say of each capitalised word whether it is a name within a sentence, and whether it is one alone.

    In small letters only those are asked for that are copied when they have a capital: the others are no names.
    """
    capitalised = dict(zip(words, engine.translate(words), strict=True)) if words else {}
    copied = [word for word in words if recase.is_copied(word, capitalised[word][0])]
    small = dict(zip(copied, engine.translate([word.lower() for word in copied]), strict=True)) if copied else {}
    within, alone = (
        {word: recase.is_name(word, capitalised[word][0], small[word][0], alone=one) for word in copied}
        for one in (False, True)
    )
    return within, alone


def _unquote(cases: Iterable[Case], engine: Engine) -> None:
    """Translate speech without its opening mark, where that has kept its first word from being translated."""
    languages = engine.source_language.partition("-")[0], engine.target_language.partition("-")[0]
    attempts = ((case, unquoted(case.source, case.best.target, languages[0])) for case in cases)
    asked = [(case, [_mended(attempt, case, languages)]) for case, attempt in attempts if attempt is not None]
    _climb(Rung(name="unquoted", attempts=_same), asked, engine)


def _mended(attempt: Attempt, case: Case, languages: tuple[str, str]) -> Attempt:
    """Let the marks at the answer's edges be as the source's are."""
    source, finish = case.unit.segment.source, attempt.finish
    return dataclasses.replace(attempt, finish=lambda parts: mended(source, finish(parts), *languages))


def _climb(rung: Rung, asked: Sequence[tuple[Case, Iterable[Attempt]]], engine: Engine) -> None:
    """Ask the engine for all attempts at once, and offer each case the candidates that promise something."""
    attempts = [(case, attempt) for case, ways in asked for attempt in ways]
    sources = [source for _, attempt in attempts for source in attempt.sources]
    found = engine.translate(sources, hypotheses=rung.hypotheses, no_repeat=rung.no_repeat) if sources else []
    answers = iter(found)
    candidates: dict[int, list[Candidate]] = {id(case): [] for case, _ in attempts}
    scores: dict[tuple[str, str], float] = {}
    for case, attempt in attempts:
        given = [next(answers) for _ in attempt.sources]
        basis = attempt.basis or case.source
        decoded = attempt.sources == (basis,) and not rung.no_repeat  # what decoding gave is what forcing would give
        for rank, (text, cut) in enumerate(_texts(attempt, given, truncated=case.best.truncated)):
            one = case.candidate(text, basis, truncated=cut) if text.strip() else None
            if one is None or not case.promises(one, rung.name):
                continue
            candidates[id(case)].append(one)
            if decoded:
                scores.setdefault(case.pairs(one)[0], given[0][rank].score)
    promising = [(case, candidates[id(case)]) for case, _ in asked if candidates.get(id(case))]
    asking = [] if rung.name in SURE | DECIDED else promising
    wanted = dict.fromkeys(pair for case, ways in asking for one in ways for pair in case.pairs(one))
    pairs = [pair for pair in wanted if pair not in scores]
    if pairs:
        forced = engine.score([source for source, _ in pairs], [target for _, target in pairs])
        scores |= dict(zip(pairs, forced, strict=True))
    for case, ways in promising:
        case.offer(ways, scores, rung.name)


def _texts(
    attempt: Attempt, ways: Sequence[tuple[Hypothesis, ...]], *, truncated: bool
) -> Iterator[tuple[str, bool]]:
    """Give the texts an attempt came to, the best first, and whether a limit was hit; `truncated` holds for edits."""
    if not ways:
        yield attempt.finish([]), truncated
    for rank in range(min(map(len, ways), default=0) if len(ways) == 1 else min(1, len(ways))):
        chosen = [answers[rank] for answers in ways]
        yield attempt.finish([one.target for one in chosen]), any(one.truncated for one in chosen)
