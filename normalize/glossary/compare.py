"""Two versions of a glossary: which rows changed, and which sentences that touches."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from enum import StrEnum

from normalize.glossary.glossary import Glossary
from normalize.glossary.match import Evidence
from normalize.glossary.term import Term

__all__ = ["Change", "RowChange", "Sentence", "Touched", "compare", "touched"]

_UNCOMPARED = frozenset({"line", "admitted"})
_EFFECT = ("source", "target", "case_sensitive", "kind", "wrong", "admitted")
"""What of a row decides how an occurrence is translated; its other columns decide whether there is one."""


class Change(StrEnum):
    """What became of a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """A row that is not the same in both versions; `old` or `new` is None where it is not there."""

    change: Change
    old: Term | None = None
    new: Term | None = None

    @property
    def source(self) -> str:
        """The row's source."""
        term = self.new or self.old
        return term.source if term else ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the fields that differ, for a changed row."""
        return _differing(self.old, self.new) if self.old and self.new else ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of an article; `context` is the article's evidence, shared by its sentences."""

    article: str
    segment: str
    text: str
    language: str
    context: Evidence


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A sentence of which the two versions say different things: what only one says, as (found, target) pairs."""

    sentence: Sentence
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]


def compare(old: Glossary, new: Glossary) -> list[RowChange]:
    r"""Tell which rows were added, removed or changed; rows are the same by source, languages, kind and status.

    >>> old = Glossary.parse(b"source,target\na term,one\ngone,away\n")
    >>> new = Glossary.parse(b"source,target\na term,two\nfresh,new\n")
    >>> [(change.change.value, change.source, change.columns) for change in compare(old, new)]
    [('removed', 'gone', ()), ('changed', 'a term', ('target',)), ('added', 'fresh', ())]
    """
    before, after = _rows(old), _rows(new)
    found = [RowChange(change=Change.REMOVED, old=term) for key, term in before.items() if key not in after]
    for key, term in after.items():
        earlier = before.get(key)
        if earlier is None:
            found.append(RowChange(change=Change.ADDED, new=term))
        elif _differing(earlier, term):
            found.append(RowChange(change=Change.CHANGED, old=earlier, new=term))
    return found


def _rows(glossary: Glossary) -> dict[tuple[str, ...], Term]:
    found: dict[tuple[str, ...], Term] = {}
    for term in glossary.terms:
        key = (term.source, term.source_language, term.target_language, term.status.value, term.kind.value == "forbid")
        found.setdefault(tuple(map(str, key)), term)
    return found


def _differing(one: Term, other: Term) -> tuple[str, ...]:
    return tuple(
        field.name for field in dataclasses.fields(Term)
        if field.name not in _UNCOMPARED and getattr(one, field.name) != getattr(other, field.name)
    )  # fmt: skip


def touched(
    old: Glossary, new: Glossary, sentences: Iterable[Sentence], *, target_language: str = "en"
) -> Iterator[Touched]:
    """Give the sentences of which the two versions ask different things."""
    for sentence in sentences:
        before, after = (
            {
                (match.span, _effect(match.term)): (match.surface, match.term.target)
                for match in glossary.matches(
                    sentence.text, sentence.language, target_language=target_language, context=sentence.context
                )
            }
            for glossary in (old, new)
        )
        if before.keys() != after.keys():
            yield Touched(
                sentence=sentence,
                before=tuple(pair for key, pair in before.items() if key not in after),
                after=tuple(pair for key, pair in after.items() if key not in before),
            )


def _effect(term: Term) -> tuple[object, ...]:
    return tuple(getattr(term, name) for name in _EFFECT)
