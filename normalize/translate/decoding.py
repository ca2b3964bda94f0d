"""Pieces in, pieces out: what is asked of CTranslate2, in batches that cannot influence one another."""

from __future__ import annotations

import dataclasses
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from normalize.translate.model import Model

__all__ = ["Answer", "Request", "decode", "score"]

_SPARE = 20
_EXPANSION = 3
"""Three pieces and a few for one are more than translation between any two languages needs: what goes on is a loop."""


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """A source in pieces, and the pieces its answers begin with."""

    source: tuple[str, ...]
    prefix: tuple[str, ...] = ()
    no_repeat: int = 0
    """Above 0: no run of that many pieces stands twice in an answer."""


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """One hypothesis in pieces, the prefix included."""

    pieces: tuple[str, ...]
    score: float
    """Mean log-probability of a token, the end included."""
    truncated: bool = False


def decode(
    model: Model, requests: Sequence[Request], *, beam: int, hypotheses: int, uncounted: int = 0
) -> list[list[Answer]]:
    """Decode each request; the best answer comes first. The first `uncounted` pieces of prefixes are not scored.

    A batch holds sources of one length, and prefixes of one length, decoded in one way. So there is no padding, whose
    extent changes the last digits of scores (5 of 997 sentences of FLORES-200 dev, by up to 0.005), and no answer
    depends on its neighbours; the output limit, which CTranslate2 sets for a batch, can follow the source's length.
    """
    answers: list[list[Answer]] = [[] for _ in requests]
    # All is queued before the first answer is waited for; the longest go first, so that the jobs end together.
    queued: list[tuple[int, list[int], list[Any]]] = []
    for (length, start, _), group in _by_shape((len(one.source), len(one.prefix), one.no_repeat) for one in requests):
        limit = min(_EXPANSION * length + _SPARE + start, model.positions - 1)
        if start >= limit:
            for index in group:
                answers[index] = [Answer(requests[index].prefix, 0.0, truncated=True)]
            continue
        chosen = [requests[index] for index in group]
        queued.append((limit, group, _submit(model, chosen, limit=limit, beam=beam, hypotheses=hypotheses)))
    for limit, group, results in queued:
        for index, pending in zip(group, results, strict=True):
            result = pending.result()
            answers[index] = [
                # one string for each piece of the vocabulary, since answers may be kept
                Answer(tuple(map(sys.intern, pieces)), min(0.0, score), truncated=len(pieces) >= limit)
                for pieces, score in zip(result.hypotheses, result.scores, strict=True)
            ]
    return [ranked[:hypotheses] for ranked in _ranked(model, requests, answers, uncounted)]


def _submit(model: Model, requests: Sequence[Request], *, limit: int, beam: int, hypotheses: int) -> list[Any]:
    """Queue requests of one shape; each result is waited for by its `result()`, other threads going on meanwhile."""
    results: list[Any] = model.translator.translate_batch(
        [one.source for one in requests],
        target_prefix=[one.prefix for one in requests] if requests[0].prefix else None,
        asynchronous=True,
        max_batch_size=model.setting.batch_tokens,
        batch_type="tokens",
        beam_size=max(beam, hypotheses),
        num_hypotheses=max(beam, hypotheses) if requests[0].prefix else hypotheses,  # see _ranked
        length_penalty=1,
        no_repeat_ngram_size=requests[0].no_repeat,
        return_scores=True,
        replace_unknowns=not model.has_bytes,
        max_input_length=0,
        max_decoding_length=limit,
    )
    return results


def _ranked(
    model: Model, requests: Sequence[Request], answers: Sequence[list[Answer]], uncounted: int
) -> Iterator[list[Answer]]:
    """Count the prefix's own probability in, which CTranslate2 leaves out of the score but not out of the length.

    Without it, answers that begin with a prefix are not comparable with others, and short ones come first.
    """
    led = [number for number, request in enumerate(requests) if request.prefix]
    forced = _forced(model, [(requests[number].source, requests[number].prefix) for number in led])
    prefixes = dict(zip(led, forced, strict=True))
    for number, found in enumerate(answers):
        if number not in prefixes:
            yield found
            continue
        own = math.fsum(prefixes[number][uncounted : len(requests[number].prefix)])
        counted = [
            dataclasses.replace(
                one, score=min(0.0, (own + one.score * _length(one)) / max(1, _length(one) - uncounted))
            )
            for one in found
        ]
        yield sorted(counted, key=lambda one: -one.score)


def _length(answer: Answer) -> int:
    """Count the tokens of an answer, the end included."""
    return len(answer.pieces) + 1


def score(
    model: Model, pairs: Sequence[tuple[Sequence[str], Sequence[str]]], *, uncounted: int = 0
) -> list[float]:
    """Give the mean log-probability of a token of each target, the end included, given its source, both in pieces.

    The first `uncounted` pieces of a target are not reckoned with. What lies beyond the positions of the model is left
    out.
    """
    return [
        min(0.0, math.fsum(probabilities[uncounted:]) / len(probabilities[uncounted:]))
        for probabilities in _forced(model, pairs)
    ]


def _forced(model: Model, pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> list[list[float]]:
    """Give the log-probability of each token of each target, the end included."""
    room = model.positions - 2 if pairs else 0
    cut = [(source[:room], target[:room]) for source, target in pairs]
    queued = [
        (
            group,
            model.translator.score_batch(
                [cut[index][0] for index in group],
                [cut[index][1] for index in group],
                max_batch_size=model.setting.batch_tokens,
                batch_type="tokens",
                max_input_length=0,
                asynchronous=True,
            ),
        )
        for _, group in _by_shape((len(source), len(target)) for source, target in cut)
    ]
    values: list[list[float]] = [[] for _ in pairs]
    for group, results in queued:
        for index, pending in zip(group, results, strict=True):
            values[index] = list(pending.result().log_probs)
    return values


def _by_shape(shapes: Iterable[tuple[int, ...]]) -> list[tuple[tuple[int, ...], list[int]]]:
    """Group positions by shape, the largest shape first."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for index, shape in enumerate(shapes):
        groups.setdefault(shape, []).append(index)
    return sorted(groups.items(), reverse=True)
