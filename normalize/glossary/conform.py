"""Whether translations have the targets that a glossary asks for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from normalize.glossary.glossary import Glossary
from normalize.glossary.match import Evidence, Match
from normalize.glossary.term import Kind
from normalize.glossary.wants import standing, wants

__all__ = ["Lack", "lacks"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """An occurrence of a term whose target the translation does not have."""

    number: int
    """Which pair, from 0."""
    match: Match
    """The occurrence in the pair's source."""


def lacks(
    glossary: Glossary, pairs: Iterable[tuple[str, str]], language: str, *, target_language: str = "en"
) -> tuple[Lack, ...]:
    r"""Find the targets that translations lack; `pairs` are sources and targets, and together one article.

    A target counts in the forms that enforcement accepts: singular or plural, possessive, with a capital.

    >>> glossary = Glossary.parse(b"source,target\npagar,guardrail\n")
    >>> pairs = [("Pagar itu baru.", "The guardrails are new."), ("Pagar tua.", "An old fence.")]
    >>> [(lack.number, lack.match.term.target) for lack in lacks(glossary, pairs, "id")]
    [(1, 'guardrail')]
    """
    pairs = list(pairs)
    evidence = Evidence("\n".join(source for source, _ in pairs))
    found: list[Lack] = []
    for number, (source, target) in enumerate(pairs):
        every = glossary.matches(source, language, target_language=target_language, context=evidence)
        matches = [match for match in every if match.term.kind is not Kind.FORBID]
        wanted = wants(matches, source, language)
        for want, count in zip(wanted, standing(target, wanted).counts, strict=True):
            found += [Lack(number=number, match=matches[place]) for place in want.occurrences[count:]]
    return tuple(sorted(found, key=lambda lack: (lack.number, lack.match.span)))
