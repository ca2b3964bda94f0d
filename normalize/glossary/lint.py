"""What is doubtful in a glossary: each finding with its line, how bad it is, and a fix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from normalize.glossary.doubts import CHECKS, Fault, Level, at, fault, used
from normalize.glossary.glossary import Glossary
from normalize.glossary.mine import Text
from normalize.glossary.term import Term

__all__ = ["Fault", "Level", "lint"]


def lint(
    glossary: Glossary,
    texts: Iterable[Text] | None = None,
    *,
    spells: Callable[[Sequence[str]], Sequence[bool]] | None = None,
) -> list[Fault]:
    r"""Examine a glossary, or several joined to one; gives faults sorted by file, line, then check.

    Rows that never count in one article, by language or scope, have nothing to do with each other. Rows that occur in
    none of `texts` are told. `spells` says of each of some targets whether a model can spell it.

    >>> glossary = Glossary.parse(b"source,target,aliases\nLeike,Leike,Lake\nLake,lake,\n")
    >>> [(fault.line, fault.check, fault.level.value) for fault in lint(glossary)]
    [(2, 'alias-is-source', 'error')]
    """
    terms = glossary.terms
    found = [
        Fault(line=problem.line or 0, check="unusable", level=Level.ERROR, message=problem.what, fix=problem.advice,
              file=str(problem.path or ""))
        for problem in glossary.problems
    ]  # fmt: skip
    found += _overruled(glossary)
    for check in CHECKS:
        found += check(terms)
    if spells is not None:
        found += _unspelled(terms, spells)
    if texts is not None:
        found += _unmatched(glossary, texts)
    files = {name: rank for rank, name in enumerate(dict.fromkeys(term.file for term in terms))}
    return sorted(found, key=lambda one: (files.get(one.file, len(files)), one.file, one.line, one.check, one.message))


def _overruled(glossary: Glossary) -> Iterator[Fault]:
    """Rows that an earlier glossary's row takes the place of."""
    for term, first in glossary.overruled:
        yield fault(
            term, check="overruled", level=Level.INFO,
            message=f"{term.source!r} is decided by {at(first, term)} ({first.target!r})",
        )  # fmt: skip


def _unspelled(terms: Sequence[Term], spells: Callable[[Sequence[str]], Sequence[bool]]) -> Iterator[Fault]:
    """Rows whose target the model has no pieces for."""
    rows = used(terms)
    for term, spelled in zip(rows, spells([term.target for term in rows]), strict=True):
        if not spelled:
            yield fault(
                term, check="unspelled", level=Level.WARNING,
                message=f"the model has no pieces to spell {term.target!r} with",
                fix="none is needed: it will be put in by other means, at some cost",
            )  # fmt: skip


def _unmatched(glossary: Glossary, texts: Iterable[Text]) -> Iterator[Fault]:
    """Rows that occur in none of the texts in which they count."""
    met: set[tuple[str, str, int]] = set()
    for text in texts:
        here = glossary.within(text.path, text.sites)
        met.update(map(_place, (match.term for match in here.matches(text.text, text.language))))
    for term in used(glossary.terms):
        if _place(term) not in met:
            yield fault(
                term, check="unmatched", level=Level.INFO,
                message=f"{term.source!r} occurs in none of the articles",
            )  # fmt: skip


def _place(term: Term) -> tuple[str, str, int]:
    return term.file, term.source, term.line
