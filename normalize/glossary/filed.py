"""Rows of a glossary filed under a text, so that those which meet a row are found without comparing it with all."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterable

from normalize.glossary import scope
from normalize.glossary.term import Term

__all__ = ["Filed", "languages"]

_LOOKED = 32
"""Rows under one text that one row is held against: there may be as many as the glossary has lines, and the cost is to
stay linear in it."""

_PAIRS = 256
"""Pairs of languages looked through for a row that does not tell both of its own."""

_Numbered = list[tuple[int, Term]]
_Groups = dict[tuple[str, str], tuple[_Numbered, _Numbered]]
# By languages, the rows for every article and those with a scope, each with its number in the order filed.


class Filed:
    """Rows by a text each.

    >>> filed = Filed([("riset", Term(source="riset", target="research", source_language="id"))])
    >>> [other.target for other in filed.meeting("riset", Term(source="riset", target="study"))]
    ['research']
    >>> filed.meeting("riset", Term(source="riset", target="étude", source_language="fr"))
    []
    """

    def __init__(self, rows: Iterable[tuple[str, Term]] = ()) -> None:
        self._rows: dict[str, list[Term]] = {}
        self._groups: dict[str, _Groups] = {}  # of the texts with more rows than are looked at
        for text, term in rows:
            self.add(text, term)

    def add(self, text: str, term: Term) -> None:
        """File a row under a text."""
        rows = self._rows.setdefault(text, [])
        rows.append(term)
        if len(rows) <= _LOOKED:
            return
        groups = self._groups.setdefault(text, {})
        for number in range(len(rows) - 1 if groups else 0, len(rows)):
            free, scoped = groups.setdefault(languages(rows[number]), ([], []))
            (scoped if rows[number].scope else free).append((number, rows[number]))

    def meeting(self, text: str, term: Term) -> list[Term]:
        """Give the other rows under `text` that can apply to one article with `term`, in the order they were filed.

        Of very many under one text, not all are looked at; rows with a scope come after those for every article.
        """
        rows = self._rows.get(text, [])
        if text in self._groups:
            rows = _some(self._groups[text], term)
        return [other for other in rows if other is not term and _meet(other, term)]


def _some(groups: _Groups, term: Term) -> list[Term]:
    """Give the rows that a row is held against, where not all can be."""
    source, target = languages(term)
    if source and target:
        pairs = dict.fromkeys([(source, target), (source, ""), ("", target), ("", "")])
        fit = [groups[pair] for pair in pairs if pair in groups]
    else:
        known = itertools.islice(groups.items(), _PAIRS)
        fit = [rows for (one, other), rows in known if _alike(one, source) and _alike(other, target)]
    ranked = itertools.chain(*(free for free, _ in fit), *(scoped for _, scoped in fit))
    return [row for _, row in sorted(itertools.islice(ranked, _LOOKED + 1), key=operator.itemgetter(0))]


def _meet(one: Term, other: Term) -> bool:
    """Whether two rows can apply to the same text."""
    return (
        _alike(one.source_language, other.source_language)
        and _alike(one.target_language, other.target_language)
        and scope.overlap(one.scope, other.scope)
    )


def _alike(one: str, other: str) -> bool:
    return not one or not other or one == other or _primary(one) == _primary(other)


def languages(term: Term) -> tuple[str, str]:
    """Give the source's and the target's language without script and region; empty where a row does not tell."""
    return _primary(term.source_language), _primary(term.target_language)


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()
