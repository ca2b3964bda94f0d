"""The engine over one Argos package: whole batches by CTranslate2, an answer for each source and nothing else."""

from __future__ import annotations

import functools
import importlib.metadata
import itertools
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from normalize.engine import Hypothesis
from normalize.translate import decoding
from normalize.translate.decoding import Answer, Request
from normalize.translate.lexicon import put_in
from normalize.translate.model import Model
from normalize.translate.package import Package, start
from normalize.translate.parts import Part, split
from normalize.translate.tokens import presentable, readable

if TYPE_CHECKING:
    from normalize.translate.ranking import Ranking

__all__ = ["BEAM", "INPUT_LIMIT", "CTranslate2Engine"]

BEAM = 4
"""Argos's own beam."""

INPUT_LIMIT = 90
"""Pieces of a source translated in one go. Models are trained on sentences (the bundled ones on up to 160 pieces) and
lose clauses of longer input: cut at clause marks, sentences of 90 to 127 pieces gain 0.4 (id) and 0.6 (fr) chrF2, and
those of 70 to 89 lose BLEU (`benchmarks/long.py`)."""

_KEPT = 8192
"""Sources whose further answers are kept: those of the two groups a run has under way. Two kilobytes each."""

_LONGEST_PIECE = 32
"""Characters, twice what SentencePiece makes at the most: a text of more than that many times the limit cannot fit."""


class CTranslate2Engine:
    """Translates by one Argos package, with its model or one of the same content. Safe in several threads.

    Neither answers nor scores depend on the other sources of a call, on their order, or on the number of jobs: see
    `decoding.decode`.

    Words of the package's lexicon are read in translation. Hypotheses are ranked by their mean log-probability (length
    penalty 1), and by what else the package's ranking knows. Argos's 0.2 prefers short ones, and gave 15.7 BLEU against
    16.0 on FLORES-200 dev id-en. Where the vocabulary has no byte pieces, an unknown piece of an answer is replaced by
    the source piece most attended to, as Argos does; what is unknown even then is left out.
    """

    def __init__(self, package: Package, model: Model, *, beam: int = BEAM, input_limit: int = INPUT_LIMIT) -> None:
        if beam < 1 or input_limit < 2:
            message = "the beam must be at least 1, and the input limit 2"
            raise ValueError(message)
        self._package = package
        self._model = model
        self._start = start(package)
        self._beam = beam
        self._input_limit = input_limit
        self._kept: dict[tuple[tuple[str, ...], int], list[Answer]] = {}
        self._lock = threading.Lock()

    @property
    def source_language(self) -> str:
        """The BCP 47 tag translated from."""
        return self._package.source

    @property
    def target_language(self) -> str:
        """The BCP 47 tag translated to."""
        return self._package.target

    @functools.cached_property
    def signature(self) -> str:
        """Name what decides the answers; gives it without loading the model."""
        return "|".join((
            f"argos {self._package.name}@{self._model.fingerprint[:8]}",
            f"ct2 {importlib.metadata.version('ctranslate2')}",
            f"sp {importlib.metadata.version('sentencepiece')}",
            f"beam {self._beam}",
            f"limit {self._input_limit}",
            self._model.setting.compute_type,
        ))

    def fits(self, source: str) -> bool:
        """Whether the model can translate `source` in one piece."""
        # Millions of characters are asked about over and over while they are halved: no word of them is looked up.
        return len(source) <= 2 * _LONGEST_PIECE * self._input_limit and self._short(self._asked(source))

    def translate(
        self,
        sources: Sequence[str],
        *,
        hypotheses: int = 1,
        prefixes: Sequence[str] | None = None,
        no_repeat: int = 0,
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate each source; see `normalize.engine.Engine`.

        More hypotheses than the beam widen it. A source that does not fit is split at clause marks and its answers are
        joined; a prefix then belongs to the first part. A run of over 1,000 characters without white space is copied.
        """
        if hypotheses < 1 or no_repeat < 0:
            message = "at least one hypothesis must be asked for, and no_repeat must not be negative"
            raise ValueError(message)
        if prefixes is None:
            prefixes = [""] * len(sources)
        texts = list(map(self._asked, sources))
        plans = [
            self._plan(text, readable(prefix) if text else "") for text, prefix in zip(texts, prefixes, strict=True)
        ]
        wanted = list(dict.fromkeys((part.text, prefix) for plan in plans for part, prefix in plan if not part.copied))
        answers = dict(zip(wanted, self._decode(wanted, hypotheses, no_repeat), strict=True))
        return [
            _joined(
                [(part, (Hypothesis(target=part.text, score=0.0),) if part.copied else answers[part.text, prefix])
                 for part, prefix in plan],
                hypotheses,
            )
            for plan in plans
        ]  # fmt: skip

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        """Give the mean log-probability of a token of each target, the end included, forced, given its source.

        What lies beyond the positions the model has (500 pieces and more) is left out of the reckoning.
        """
        pairs = list(zip(map(self._asked, sources), map(presentable, targets), strict=True))
        unique = list(dict.fromkeys(pairs))
        encode = self._model.tokenizer.encode
        given, forced = encode([source for source, _ in unique]), encode([target for _, target in unique])
        values = decoding.score(
            self._model,
            [(source, [*self._start, *target]) for source, target in zip(given, forced, strict=True)],
            uncounted=len(self._start),
        )
        scores = dict(zip(unique, values, strict=True))
        return [scores[pair] for pair in pairs]

    def _asked(self, source: str) -> str:
        """Give what the model is to read: words it does not know in translation."""
        return put_in(self._model.lexicon, presentable(source))

    def _short(self, text: str) -> bool:
        """Whether what the model is to read fits in one piece."""
        if len(text) > _LONGEST_PIECE * self._input_limit:
            return False
        return len(self._model.tokenizer.encode([text])[0]) <= self._input_limit

    def _plan(self, text: str, prefix: str) -> list[tuple[Part, str]]:
        """Give the parts to translate of one source, each with the prefix its answers begin with."""
        parts = [Part(text)] if self._short(text) else split(text, self._short)
        return [(part, "" if number else prefix) for number, part in enumerate(parts)]

    def _decode(
        self, wanted: Sequence[tuple[str, str]], hypotheses: int, no_repeat: int
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate (text, prefix) pairs whose texts fit."""
        encode = self._model.tokenizer.encode
        sources, prefixes = encode([text for text, _ in wanted]), encode([prefix for _, prefix in wanted])
        requests = [
            Request(tuple(source), (*self._start, *prefix), no_repeat)
            for source, prefix in zip(sources, prefixes, strict=True)
        ]
        asked = [index for index, request in enumerate(requests) if request.source]
        found = self._answers([requests[index] for index in asked], [wanted[index][0] for index in asked], hypotheses)
        answers = dict(zip(asked, found, strict=True))
        # What the tokenizer makes nothing of (white space, invisible characters) has nothing to translate.
        return [
            tuple(self._hypotheses(answers[index], request, prefix))
            if index in answers
            else (Hypothesis(target=prefix, score=0.0),)
            for index, (request, (_, prefix)) in enumerate(zip(requests, wanted, strict=True))
        ]

    def _answers(self, requests: Sequence[Request], texts: Sequence[str], hypotheses: int) -> list[list[Answer]]:
        """Decode each request, but for further answers that were decoded with the best one a while ago.

        A beam of four finds four answers whether they are asked for or not; so where the best turns out faulty, the
        others cost nothing. What is kept is what decoding anew would give. Who asks for the best alone asks for work.
        """
        if self._beam == 1 or hypotheses > self._beam:
            return self._fresh(requests, texts, hypotheses)
        keys = [
            (tuple(map(sys.intern, one.source)), one.no_repeat) if len(one.prefix) == len(self._start) else None
            for one in requests
        ]
        with self._lock:
            known = {number: self._kept[key] for number, key in enumerate(keys) if hypotheses > 1 and key in self._kept}
        new = [number for number in range(len(requests)) if number not in known]
        fresh = self._fresh([requests[number] for number in new], [texts[number] for number in new], self._beam)
        known |= zip(new, fresh, strict=True)
        with self._lock:
            for number in new:
                if (key := keys[number]) is not None:
                    self._kept[key] = known[number]
            for key in list(itertools.islice(self._kept, max(0, len(self._kept) - _KEPT))):
                del self._kept[key]  # the oldest
        return [known[number][:hypotheses] for number in range(len(requests))]

    def _fresh(self, requests: Sequence[Request], texts: Sequence[str], hypotheses: int) -> list[list[Answer]]:
        """Decode each request; the best answer comes first, by the package's ranking where it has one.

        Answers that begin with a prefix are in the order of their scores: what they begin with is not theirs to choose.
        """
        found = decoding.decode(
            self._model, requests, beam=self._beam, hypotheses=hypotheses, uncounted=len(self._start)
        )
        ranking = self._model.ranking
        if ranking is None:
            return found
        return [
            self._ranked(ranking, text, answers) if len(request.prefix) == len(self._start) else answers
            for request, text, answers in zip(requests, texts, found, strict=True)
        ]

    def _ranked(self, ranking: Ranking, text: str, answers: list[Answer]) -> list[Answer]:
        """Order the answers to a text; those that hit the limit come last."""
        if len(answers) == 1:
            return answers
        targets = [self._model.tokenizer.decode(one.pieces[len(self._start) :]) for one in answers]
        order = ranking.best_first(text, targets, [one.score for one in answers])
        return sorted((answers[place] for place in order), key=lambda one: one.truncated)

    def _hypotheses(self, answers: Sequence[Answer], request: Request, prefix: str) -> Iterator[Hypothesis]:
        """Turn answers into text, without repeats; each begins with exactly `prefix`."""
        skipped = len(self._start)
        decode = self._model.tokenizer.decode
        head = readable(decode(request.prefix[skipped:])) if prefix else ""
        seen: set[str] = set()
        for answer in answers:
            target = readable(decode(answer.pieces[skipped:]))
            if prefix:
                # The tokenizer may spell the prefix its own way; only what follows it is the model's.
                target = prefix + target.removeprefix(head) if target.startswith(head) else prefix
            if target not in seen:
                seen.add(target)
                yield Hypothesis(target=target, score=answer.score, truncated=answer.truncated)


def _joined(parts: Sequence[tuple[Part, tuple[Hypothesis, ...]]], wanted: int) -> tuple[Hypothesis, ...]:
    """Join the answers of a source's parts.

    The best of all parts make the best; each further hypothesis differs from it in one part. The score is the mean of
    the parts', weighted by the length of what they translate.
    """
    if not parts:
        return (Hypothesis(target="", score=0.0),)
    if len(parts) == 1:
        return parts[0][1]
    best = [answers[0] for _, answers in parts]
    swaps = sorted(
        ((answer.score - best[place].score) * len(part.text), place, rank)
        for place, (part, answers) in enumerate(parts)
        for rank, answer in enumerate(answers[1 : wanted], start=1)
    )[::-1][: wanted - 1]
    choices = [best]
    choices += [[*best[:place], parts[place][1][rank], *best[place + 1 :]] for _, place, rank in swaps]
    return tuple(_join([part for part, _ in parts], choice) for choice in choices)


def _join(parts: Sequence[Part], chosen: Sequence[Hypothesis]) -> Hypothesis:
    """Join one answer of each part."""
    text = "".join(
        ("" if number == 0 else part.glue) + answer.target
        for number, (part, answer) in enumerate(zip(parts, chosen, strict=True))
    )
    total = sum(len(part.text) for part in parts)
    score = sum(len(part.text) * answer.score for part, answer in zip(parts, chosen, strict=True)) / total
    return Hypothesis(target=text.strip(), score=score, truncated=any(answer.truncated for answer in chosen))
