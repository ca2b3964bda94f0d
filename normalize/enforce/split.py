"""The last step, for headings and labels: what stands around the terms is translated by itself."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from normalize.enforce.case import Case
from normalize.engine import Engine

__all__ = ["split"]

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_LONGEST = 6  # words of a segment that may be a heading or label
_SENTENCE = regex.compile(r"[.!?…][\"”»')]*$")
_BARE = regex.compile(r"[\s.]+$")


def split(cases: Sequence[Case], engine: Engine) -> list[tuple[Case, str]]:
    """Give a text for each case that is a heading or label: the parts around its terms translated, the targets between.

    All parts go to the engine in one call. In a sentence this would break the grammar, so sentences are left out.
    """
    asked = [(case, parts) for case in cases if (parts := _parts(case))]
    texts = [part.strip() for _, parts in asked for part in parts if _WORD.search(part)]
    answers = iter(engine.translate(texts) if texts else [])
    made: list[tuple[Case, str]] = []
    for case, parts in asked:
        translated = [_framed(part, next(answers)[0].target) if _WORD.search(part) else part for part in parts]
        forms = [case.forms[number] for number in range(len(case.plan.matches))]
        text = "".join(piece for pair in zip(translated, [*forms, ""], strict=True) for piece in pair)
        made.append((case, text))
    return made


def _parts(case: Case) -> list[str]:
    """Give what stands before, between and after a segment's terms; nothing where it is a sentence."""
    source = case.plan.source
    if len(_WORD.findall(source)) > _LONGEST or _SENTENCE.search(source):
        return []
    parts, end = [], 0
    for start, stop in case.plan.places:
        parts.append(source[end:start])
        end = stop
    return [*parts, source[end:]]


def _framed(part: str, answer: str) -> str:
    """Give a part's translation the blanks around it, no full stop it lacks, and a capital only where it has one."""
    bare = part.strip()
    text = answer if bare.endswith(".") else _BARE.sub("", answer)
    if bare[:1].islower():
        text = text[:1].lower() + text[1:]
    return part[: len(part) - len(part.lstrip())] + text + part[len(part.rstrip()) :]
