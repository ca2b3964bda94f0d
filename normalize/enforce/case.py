"""A segment on the ladder: its best text so far, and how each wanted occurrence came into it."""

from __future__ import annotations

import dataclasses

from normalize.corpus import Method, Receipt
from normalize.enforce.accept import Answer, alike, answer, better, uncalled
from normalize.enforce.graft import collapse, graft, unstuttered
from normalize.enforce.likeness import copied
from normalize.enforce.number import numbered
from normalize.enforce.plan import Plan
from normalize.enforce.restore import restore
from normalize.engine import Hypothesis
from normalize.glossary.wants import Standing, Want, standing
from normalize.numbers import compare, values

__all__ = ["Case"]


_SHORTEST, _LONGEST = 0.6, 1.7  # length of an answer, as a share of its source: outside, something is amiss
_ENGLISH = "en"  # what this stage writes: its targets take English forms
_OWN = frozenset({Method.KEPT, Method.CHOSEN})
_ALIKE = 0.6  # below this share of common trigrams, a candidate's terms are rather taken over than its sentence


@dataclasses.dataclass(slots=True)
class Case:
    """A segment on the ladder.

    `current` is only ever changed by `offer`, and so only for a text that passes the one test.
    """

    plan: Plan
    wanted: tuple[Want, ...]
    model: Answer
    current: Answer
    methods: tuple[list[Method], ...]
    """By want: the methods of the occurrences that are there, in the order they came."""

    @classmethod
    def begin(cls, plan: Plan, hypothesis: Hypothesis) -> Case:
        """Begin with the model's own answer, garbled literals and stuttered terms put right."""
        wanted = plan.wanted
        model = answer(plan, wanted, hypothesis.target, hypothesis.score)
        case = cls(plan, wanted, model, model, tuple(
            [_first(plan, want)] * count for want, count in zip(wanted, model.standing.counts, strict=True)
        ))  # fmt: skip
        text = restore(model.text, plan.source)
        case.offer(collapse(text, standing(text, wanted), wanted), model.score, Method.KEPT)
        return case

    def restart(self, hypothesis: Hypothesis) -> None:
        """Measure by the answer for the term's own words, and offer what was found for the targets in their place."""
        found, score = self.current.text, self.model.score
        plain = Case.begin(self.plan.plain, hypothesis)
        self.model, self.current, self.methods = plain.model, plain.current, plain.methods
        self.take(found, score, Method.CODE_SWITCHED if self.plan.ahead else Method.CARRIER)

    @property
    def doubtful(self) -> bool:
        """Whether targets stood in the source from the first, and the answer may have suffered by it."""
        if not self.plan.led:
            return False
        share = len(self.model.text) / len(self.plan.source)
        amiss = self.model.lost > 0 or self._miscounts or not _SHORTEST <= share <= _LONGEST
        return amiss or any(not copied(target, self.plan.source) for target in uncalled(self.plan, self.model.text))

    @property
    def _miscounts(self) -> bool:
        """Whether the answer's numbers are others, and not only written otherwise ("950 ribu", 950,000)."""
        source, language = self.plan.source, self.plan.segment.language.partition("-")[0]
        if self.model.numbers == 0:
            return False
        return not values(source, language) or bool(compare(source, self.model.text, language, _ENGLISH))

    @property
    def open(self) -> bool:
        """Whether something is still missing."""
        return self.current.standing.missing > 0

    @property
    def wrong(self) -> bool:
        """Whether a target stands more often than asked for, or one that must not."""
        return self.current.standing.excess > 0 or self.current.banned > 0

    @property
    def forms(self) -> dict[int, str]:
        """Give the form to put into the source for each occurrence."""
        return {number: want.form for want in self.wanted for number in want.occurrences}

    def missing(self) -> list[int]:
        """Give the occurrences (indices into the plan's matches) that are not there, in source order."""
        rows = zip(self.wanted, self.current.standing.counts, strict=True)
        return sorted(number for want, count in rows for number in want.occurrences[count:])

    def want(self, number: int) -> Want:
        """Give the want of an occurrence."""
        return next(want for want in self.wanted if number in want.occurrences)

    def repeated(self, number: int) -> bool:
        """Whether the target of an occurrence is there for another one."""
        rows = zip(self.wanted, self.methods, strict=True)
        return any(methods for want, methods in rows if number in want.occurrences)

    def accepts(self, text: str) -> bool:
        """Whether a candidate would pass the test if the model found it likely enough."""
        return better(self.plan, answer(self.plan, self.wanted, text, self.model.score), self.current, self.model)

    def offer(self, text: str, score: float, method: Method) -> bool:
        """Take a candidate if it passes the test; say whether it did."""
        if text == self.current.text:
            return False
        candidate = answer(self.plan, self.wanted, text, score)
        if not better(self.plan, candidate, self.current, self.model):
            return False
        for known, count in zip(self.methods, candidate.standing.counts, strict=True):
            known.extend([method] * (count - len(known)))
        self.current = candidate
        return True

    def take(self, text: str, score: float, method: Method) -> bool:
        """Take a re-decoded candidate, or else only its terms into the current text; say whether either was taken."""
        text = restore(text, self.plan.source)
        text = collapse(text, standing(text, self.wanted), self.wanted)
        found = standing(text, self.wanted)
        text = self._begun(text, found)
        grafted = graft(self.current.text, self.current.standing, text, found, self.wanted)
        if alike(answer(self.plan, self.wanted, text, score), self.model) >= _ALIKE:
            return self.offer(text, score, method) or self.offer(grafted, self.current.score, method)
        return self.offer(grafted, self.current.score, method) or self.offer(text, score, method)

    def settle(self) -> None:
        """Say what was said twice once, and bring the targets to the number that the source and the words ask for."""
        text = unstuttered(self.current.text, self.current.standing)
        if text != self.current.text:
            self.settle_on(text)
        own = [all(method in _OWN for method in methods) for methods in self.methods]
        text = numbered(self.current.text, self.current.standing, self.plan, self.wanted, own)
        if text != self.current.text:
            self.settle_on(text)

    def settle_on(self, text: str) -> None:
        """Take a text that has the same targets, in another number or without a stutter."""
        self.current = answer(self.plan, self.wanted, text, self.current.score)

    def in_number(self) -> str:
        """Give the text with targets in the glossary's number where the model by itself said the other.

        Only where the source marks no number; and not where the words around a target ask for the other one.
        """
        marked = [want.marked for want in self.wanted]
        return numbered(self.current.text, self.current.standing, self.plan, self.wanted, marked)

    def _begun(self, text: str, found: Standing) -> str:
        """Begin a text with a capital as the model's answer does, where a term begins it."""
        common = [spans for spans, want in zip(found.spans, self.wanted, strict=True) if not want.exact]
        first = any(span.start == 0 for spans in common for span in spans)
        return text[:1].upper() + text[1:] if first and self.model.text[:1].isupper() else text

    def receipts(self) -> tuple[Receipt, ...]:
        """Write what became of each occurrence, in source order."""
        receipts: dict[int, Receipt] = {}
        for want, spans, methods in zip(self.wanted, self.current.standing.spans, self.methods, strict=True):
            absent = Method.PARTIAL if methods else Method.MISSING
            for place, number in enumerate(want.occurrences):
                match = self.plan.matches[number]
                there = place < len(methods)
                receipts[number] = Receipt(
                    term=match.term.source,
                    target=match.term.target,
                    span=match.span,
                    surface=match.surface,
                    method=methods[place] if there else absent,
                    produced=spans[place].of(self.current.text) if there else "",
                    target_span=spans[place] if there else None,
                )
        return tuple(receipts[number] for number in sorted(receipts))


def _first(plan: Plan, want: Want) -> Method:
    """Tell how an occurrence came into the first answer."""
    if any(number in want.occurrences for number, _ in plan.ahead):
        return Method.CODE_SWITCHED
    return Method.CARRIER if any(number in want.occurrences for number, _ in plan.carried) else Method.KEPT
