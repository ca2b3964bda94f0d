"""A glossary: terms in file order, with what matching needs."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Self

from normalize.errors import GlossaryError
from normalize.glossary import scope, table
from normalize.glossary.match import Evidence, Index, Match
from normalize.glossary.term import Kind, Status, Term

__all__ = ["Glossary", "read"]

_LARGEST = 64 * 1024 * 1024  # bytes of a glossary file; 10^5 rows take about 5 million
_PREFERRED = 4  # what the identity of a row has that says how to translate its source; of others it has more
_UNHASHED = frozenset({"file", "line", "note", "pos"})  # they change no output


@dataclasses.dataclass(frozen=True)
class Glossary:
    r"""Terms, in the order of their file, and the problems of the rows that could not be used.

    >>> glossary = Glossary.parse(b"source,target\nkecerdasan buatan,artificial intelligence\n")
    >>> [(match.surface, match.term.target) for match in glossary.matches("Kecerdasan buatannya", "id")]
    [('Kecerdasan buatannya', 'artificial intelligence')]
    """

    terms: tuple[Term, ...] = ()
    problems: tuple[GlossaryError, ...] = ()
    overruled: tuple[tuple[Term, Term], ...] = ()
    """Rows passed over where several glossaries are one, each with the row of an earlier glossary that decides."""
    _indexes: dict[tuple[str, str], Index] = dataclasses.field(default_factory=dict, repr=False, compare=False)
    _within: dict[frozenset[tuple[str, ...]], Self] = dataclasses.field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def load(cls, *paths: Path | str) -> Self:
        """Read glossary files (CSV, see `table`), the one of highest priority first.

        Where several speak about the same source, the first says what holds. Bad rows are left out and listed in
        `problems`. Raises GlossaryError when a file cannot be read at all or lacks a needed column.
        """
        return cls.joined([cls.parse(read(Path(path)), Path(path)) for path in paths])

    @classmethod
    def joined(cls, glossaries: Sequence[Glossary]) -> Self:
        r"""Make one glossary of several, the one of highest priority first.

        >>> house = Glossary.parse(b"source,target\nlembaga,institution\n")
        >>> other = Glossary.parse(b"source,target\nLembaga,agency\nbadan,body\n")
        >>> [(term.source, term.target) for term in Glossary.joined([house, other])]
        [('lembaga', 'institution'), ('badan', 'body')]
        """
        known: dict[tuple[str, ...], Term] = {}
        overruled: list[tuple[Term, Term]] = []
        for glossary in glossaries:
            # What an earlier glossary prefers, a later one neither replaces nor admits otherwise.
            settled = {identity: term for identity, term in known.items() if len(identity) == _PREFERRED}
            for term in glossary.terms:
                identity = table.identity(term)
                deciding = (settled[one] for one in _decided(identity[:_PREFERRED]) if one in settled)
                first = next(deciding, None) or known.setdefault(identity, term)
                if first is not term:
                    overruled.append((term, first))
        return cls(
            terms=tuple(known.values()),
            problems=tuple(problem for glossary in glossaries for problem in glossary.problems),
            overruled=tuple(overruled),
        )

    @classmethod
    def parse(cls, data: bytes, path: PurePath | str | None = None) -> Self:
        """Read a glossary from the bytes of a CSV file; `path` is only for messages."""
        terms, problems = table.parse(data, path)
        return cls(terms=tuple(terms), problems=tuple(problems))

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[Term]:
        return iter(self.terms)

    @functools.cached_property
    def signature(self) -> str:
        r"""Twelve hexadecimal digits that change with anything that can change the output.

        >>> Glossary.parse(b"source,target\na,b\n").signature == Glossary.parse(b"target;source\n b;a\n").signature
        True
        """
        fields = [field.name for field in dataclasses.fields(Term) if field.name not in _UNHASHED]
        rows = (repr([getattr(term, name) for name in fields]) for term in self.terms)
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12]

    @functools.cached_property
    def _scopes(self) -> frozenset[tuple[str, ...]]:
        """Give the different scopes of the rows that have one."""
        return frozenset(term.scope for term in self.terms if term.scope)

    def within(self, path: str = "", sites: Sequence[str] = ()) -> Self:
        r"""Give the rows that count in an article of a path and site; one for it displaces one for everywhere.

        >>> rows = b"source,target,scope\nlembaga,agency,\nlembaga,institution,tempo.co\n"
        >>> [term.target for term in Glossary.parse(rows).within(sites=["www.tempo.co"])]
        ['institution']
        """
        if not self._scopes:
            return self
        here = frozenset(one for one in self._scopes if scope.covers(one, sites, path))
        known = self._within.get(here)
        if known is None:
            identities = [(term, table.identity(term)) for term in self.terms]
            own = {one[:3] for term, one in identities if term.scope in here and len(one) == _PREFERRED}
            rows = [
                term for term, one in identities
                if term.scope in here
                or (not term.scope and (own.isdisjoint(_decided(one[:3])) or term.kind is Kind.FORBID))
            ]  # fmt: skip
            # Of rows that match the same words the first decides, and one for any language may stand before.
            known = self._within[here] = type(self)(terms=tuple(sorted(rows, key=lambda term: not term.scope)))
        return known

    def matches(
        self, text: str, language: str = "", *, target_language: str = "en", context: str | Evidence | None = None
    ) -> tuple[Match, ...]:
        r"""Find the terms in a text of a language, left to right, the longest first where they overlap.

        `context` is the article's text, for rows whose aliases need a word of it; without it, `text` serves.

        >>> glossary = Glossary.parse(b"source,target,aliases,context\nLeike,Leike,Lake,OpenAI\n")
        >>> [match.surface for match in glossary.matches("Lake pergi.", "id", context="OpenAI: Lake pergi.")]
        ['Lake']
        >>> glossary.matches("Lake Toba", "id")
        ()
        """
        evidence = Evidence(context) if isinstance(context, str) else context
        return self._index(_primary(language), _primary(target_language)).find(text, evidence)

    def targets(self, text: str) -> Counter[str]:
        """Count the targets, case folded, that stand in an English text, the longest where they overlap."""
        index = self._indexes.get(("", "targets"))
        if index is None:
            rows = {(term.target, term.exact_case): term for term in self.terms if term.kind is not Kind.FORBID}
            found = [
                Term(source=target, target=target, case_sensitive=exact, kind=Kind.TERM) for target, exact in rows
            ]
            index = self._indexes["", "targets"] = Index(found, "")
        return Counter(match.term.target.casefold() for match in index.find(text))

    def _index(self, source: str, target: str) -> Index:
        index = self._indexes.get((source, target))
        if index is None:
            rows = [
                term
                for term in self.terms
                if _fits(term.source_language, source) and _fits(term.target_language, target)
            ]
            index = self._indexes[source, target] = Index(_merged(rows), source)
        return index


def _decided(identity: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give the identities of the rows that decide what a row of this one would: its own, and those for any language."""
    source, source_language, target_language, *about = identity
    for one in dict.fromkeys((source_language, "")):
        for other in dict.fromkeys((target_language, "")):
            yield source, one, other, *about


def read(path: Path) -> bytes:
    """Read a glossary file of whatever format; raises GlossaryError where that cannot be done."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        what = f"the glossary cannot be read ({reason})"
        raise GlossaryError(what, path=path, advice="check its name") from error
    if len(data) > _LARGEST:
        raise GlossaryError(f"the glossary is larger than {_LARGEST // 2**20} MiB", path=path, advice="split it")
    return data


def _merged(terms: Sequence[Term]) -> list[Term]:
    """Give the preferred rows, with the targets of other rows for the same source as admitted or wrong."""
    others: dict[tuple[str, Status], list[str]] = {}
    for term in terms:
        if term.kind is not Kind.FORBID:
            others.setdefault((term.source.casefold(), term.status), []).append(term.target)
    return [
        dataclasses.replace(
            term,
            admitted=tuple(others.get((term.source.casefold(), Status.ADMITTED), ())),
            wrong=(*term.wrong, *others.get((term.source.casefold(), Status.DEPRECATED), ())),
        )
        for term in terms
        if term.status is Status.PREFERRED
    ]


def _primary(tag: str) -> str:
    """Give a language tag's first part; "und" (not known) as nothing."""
    primary = tag.replace("_", "-").split("-")[0].lower()
    return "" if primary == "und" else primary


def _fits(scope: str, language: str) -> bool:
    """Whether a row filed for `scope` applies to `language`; either may be open."""
    return not scope or not language or _primary(scope) == language
