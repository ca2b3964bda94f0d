"""Two versions of a glossary: which rows changed, and which sentences that touches."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from normalize.corpus import Span
from normalize.errors import InputError
from normalize.glossary.english import articled, capitalised, plural
from normalize.glossary.glossary import Glossary
from normalize.glossary.match import Evidence
from normalize.glossary.term import Term

__all__ = ["Change", "RowChange", "Sentence", "Touched", "compare", "recorded", "touched"]

_UNCOMPARED = frozenset({"file", "line", "admitted"})
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
    path: str = ""
    """The article's, for rows that count only under some."""
    sites: tuple[str, ...] = ()
    """Names of the article's site, likewise."""
    target: str = ""
    """Its translation, where it has one."""
    placed: tuple[tuple[str, Span], ...] = ()
    """The targets of the glossary that stand in the translation, and where."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A sentence of which the two versions say different things: what only one says, as (found, target) pairs."""

    sentence: Sentence
    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]

    @property
    def expected(self) -> str:
        """What becomes of the translation where one target takes the place of another; nothing where more changes."""
        new = dict(self.after)
        places = dict(self.sentence.placed)
        changes: list[tuple[Span, str, str]] = []
        for surface, target in self.before:
            if surface not in new or target not in places:
                return ""
            changes.append((places[target], target, new.pop(surface)))
        text = self.sentence.target
        for span, old, target in sorted(changes, reverse=True):
            text = _instead(text, span, old, target)
        return "" if new else text


def compare(old: Glossary, new: Glossary) -> list[RowChange]:
    r"""Tell which rows were added, removed or changed; rows are the same by source, languages, scope, kind and status.

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
        key = (
            term.source, term.source_language, term.target_language, "|".join(term.scope), term.status.value,
            term.kind.value == "forbid",
        )  # fmt: skip
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
                for match in glossary.within(sentence.path, sentence.sites).matches(
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


def _instead(text: str, span: Span, old: str, target: str) -> str:
    """Put a target in place of another, in its number and with its capital."""
    stood, before, after = span.of(text), text[: span.start], text[span.end :]
    if stood.casefold() == plural(old).casefold() != old.casefold():
        target = plural(target)
    if stood[:1].isupper() and not old[:1].isupper():
        target = capitalised(target)
    return articled(before, target) + target + after


def recorded(
    lines: Iterable[bytes], places: Mapping[str, tuple[str, tuple[str, ...]]], path: str | None = None
) -> Iterator[Sentence]:
    """Give the sentences of a `corpus.jsonl`, read line by line, with their translations.

    `places` gives path and sites of an article's id. Raises InputError, with the line, for what is no such file.
    """
    rows = (_row(line, number, path) for number, line in enumerate(lines, 1) if line.strip())
    for article, group in itertools.groupby(rows, key=lambda row: row["article"]):
        units = list(group)
        evidence = Evidence("\n".join(row["source"] for row in units))
        where, sites = places.get(article, ("", ()))
        for row in units:
            yield Sentence(
                article=article, segment=row["id"], text=row["source"], language=row["source_language"],
                context=evidence, path=where, sites=sites, target=row["target"],
                placed=tuple((target, Span(start=start, end=end)) for target, (start, end) in row["placed"]),
            )  # fmt: skip


def _row(line: bytes, number: int, path: str | None) -> dict[str, Any]:
    try:
        row = json.loads(line)
        found = {name: str(row[name]) for name in ("article", "id", "source", "source_language", "target")}
        spans = [(str(term["target"]), term.get("target_span")) for term in row.get("terms", ())]
        placed = [(target, (int(span[0]), int(span[1]))) for target, span in spans if span]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        advice = "give the folder that `normalize run` wrote"
        raise InputError("is no line of a corpus", path=path, line=number, advice=advice) from error
    return {**found, "placed": placed}
