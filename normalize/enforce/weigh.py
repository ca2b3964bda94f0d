"""Texts made without decoding, of which the model says how likely each is: a term put in, or said once less."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence

from normalize.corpus import Method, Span
from normalize.enforce.case import Case
from normalize.enforce.cuts import cuts
from normalize.enforce.mend import inserted, put
from normalize.enforce.place import Slot, expected, slot, words
from normalize.engine import Engine
from normalize.glossary import literals
from normalize.glossary.stopwords import is_stop_word
from normalize.glossary.wants import Want, standing

__all__ = ["Insertions", "cut", "insertions", "renumber"]

_REACH = 3  # words from the expected place
_ROUNDS = 6  # terms of a segment put in, one after another
_WEIGHED = 3  # places of a term that the model compares
_BESIDE = 2  # words either side among which a word of the term is what the model has made of it
_STUTTER = 0.2  # nats a token by which one repetition less may be less likely: a model that stutters likes its stutter
_NUMBER = 0.05  # nats a token by which the glossary's number of a noun may be less likely than the model's


@dataclasses.dataclass(frozen=True, slots=True)
class _Weighed:
    """A text with a term put in, and how likely the model finds it."""

    score: float
    text: str


class Insertions:
    """The missing terms put in where the model finds them likeliest; what is weighed once is kept."""

    def __init__(self) -> None:
        self._weighed: dict[tuple[int, int, str], _Weighed | None] = {}

    def offer(self, cases: Sequence[Case], engine: Engine, slack: float) -> None:
        """Offer each case its likeliest insertions, a term of each at a time.

        They may be less likely than the model's own answer by `slack` nats a token.
        """
        settled: set[tuple[int, int]] = set()
        for _ in range(_ROUNDS):
            turn: list[tuple[Case, tuple[int, int, str]]] = []
            for index, case in enumerate(cases):
                number = next((number for number in case.missing() if (index, number) not in settled), None)
                if number is not None:
                    settled.add((index, number))
                    turn.append((case, (index, number, case.current.text)))
            if not turn:
                return
            self._weigh([(case, key) for case, key in turn if key not in self._weighed], engine)
            for case, key in turn:
                best = self._weighed[key]
                if best is not None and best.score >= case.model.score - slack:
                    case.offer(best.text, best.score, Method.PLACED)

    def _weigh(self, turn: Sequence[tuple[Case, tuple[int, int, str]]], engine: Engine) -> None:
        asked = []
        for case, (_, number, _) in turn:
            where = slot(case, case.missing(), number, 0)
            places = insertions(where, engine.target_language, again=case.repeated(number))
            asked.append((where.source, list(itertools.islice(filter(case.accepts, places), _WEIGHED))))
        self._weighed |= zip((key for _, key in turn), _likeliest(asked, engine), strict=True)


def cut(cases: Sequence[Case], engine: Engine) -> None:
    """Take out what stands too often, in the way that leaves the likeliest text."""
    asked: list[tuple[str, list[str]]] = []
    for case in cases:
        texts = list(filter(case.accepts, cuts(case.current.text, case.current.standing, case.wanted)))
        ranks = [_rank(text, case.wanted) for text in texts]
        best = [text for text, rank in zip(texts, ranks, strict=True) if rank == min(ranks)]
        asked.append((case.plan.source, best))
    for case, likeliest in zip(cases, _likeliest(asked, engine), strict=True):
        if likeliest is not None and likeliest.score >= case.model.score - _STUTTER:
            case.offer(likeliest.text, likeliest.score, Method.KEPT)


def renumber(cases: Sequence[Case], engine: Engine) -> None:
    """Put what the model said in the other number by itself into the glossary's, where that is about as likely."""
    asked = [(case, text) for case in cases if (text := case.in_number()) != case.current.text]
    if not asked:
        return
    pairs = [(case.plan.source, text) for case, new in asked for text in (case.current.text, new)]
    scores = iter(engine.score([source for source, _ in pairs], [text for _, text in pairs]))
    for (case, text), old, new in zip(asked, scores, scores, strict=True):
        if new >= old - _NUMBER:
            case.settle_on(text)


def _rank(text: str, wanted: Sequence[Want]) -> tuple[int, int]:
    """Order what a cut leaves: the fewest immediate repetitions first, then the most in the glossary's number."""
    found = standing(text, wanted)
    own = sum(
        span.of(text).casefold() == want.target.casefold()
        for want, spans in zip(wanted, found.spans, strict=True)
        for span in spans
    )
    return found.doubled, -own


def _likeliest(asked: Sequence[tuple[str, Sequence[str]]], engine: Engine) -> list[_Weighed | None]:
    """Find for each source the likeliest of some texts, the first of equals; all are scored in one call."""
    pairs = [(source, text) for source, texts in asked for text in texts]
    scores = iter(engine.score([source for source, _ in pairs], [text for _, text in pairs]) if pairs else [])
    found: list[_Weighed | None] = []
    for _, texts in asked:
        weighed = [_Weighed(next(scores), text) for text in texts]
        found.append(max(weighed, key=lambda one: one.score, default=None))
    return found


def insertions(slot: Slot, language: str, *, again: bool = False) -> Iterator[str]:
    """Give texts with the term, the likeliest place first: instead of a word, or before one.

    A word gives way only if it can be the model's rendering of something: neither one of the commonest words of
    `language`, nor a number, nor copied from the source. Where one of the term's own words stands alone, that word
    gives way and nothing beside it: not the tech giant tech manager. `again`: the term stands in the text already, so
    that nothing but the place of another word is free for it.
    """
    spans = words(slot.text)
    place = expected(slot, spans)
    near = [(abs(number - place), number, start, end) for number, (start, end) in enumerate(spans)]
    taken = [span for spans in slot.standing.spans for span in spans] + list(literals(slot.text))
    source = slot.source.casefold()
    own = {word for word in slot.want.target.casefold().split() if not is_stop_word(word, language)}
    parts = {
        number for number, (start, end) in enumerate(spans)
        if slot.text[start:end].casefold() in own and not any(start < span.end and span.start < end for span in taken)
    }  # fmt: skip
    tried: set[int] = set()
    for distance, number, start, end in sorted(near):
        if distance > _REACH:
            return
        beside = parts.intersection(range(number - _BESIDE, number + _BESIDE + 1))
        word = slot.text[start:end]
        whole = not any(start < span.end and span.start < end for span in taken)
        kept = is_stop_word(word, language) or not any(map(str.isalpha, word)) or word.casefold() in source
        if whole and beside <= {number} and (beside or not kept):
            yield put(slot.text, Span(start=start, end=end), slot.want)
        # Words that stand side by side in the source too are a copied name or title, which nothing is to part.
        head = number
        while head and slot.text[spans[head - 1][0] : spans[head][1]].casefold() in source:
            head -= 1
        before = spans[head][0]
        if not (again or beside or before in tried or any(span.start < before < span.end for span in taken)):
            tried.add(before)
            yield inserted(slot.text, before, slot.want)
