"""Doubts about a glossary's rows that the rows alone give rise to; `lint` puts them together with others."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from normalize.glossary.filed import Filed, languages
from normalize.glossary.stopwords import is_stop_word
from normalize.glossary.tally import asked
from normalize.glossary.term import Kind, Term
from normalize.glossary.tokens import tokens

__all__ = ["CHECKS", "Fault", "Level", "at", "fault", "used"]

_FORMULA = tuple("=+-@＝＋－＠")  # what a spreadsheet computes (OWASP, CSV injection)
_SHORTEST = 3  # letters; a shorter word is found inside too many sentences
_TOLD = 4  # rows told of in one doubt about a row
_LONGEST_PHRASE = 8  # words of a term looked for inside others


class Level(StrEnum):
    """How bad a fault is."""

    ERROR = "error"
    """The row cannot be used, or does not do what it says."""
    WARNING = "warning"
    """It may do harm."""
    INFO = "info"
    """It is as it should be, but worth knowing."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One finding about a glossary's row."""

    line: int
    check: str
    level: Level
    message: str
    fix: str = ""
    file: str = ""
    """The glossary it is in, as it was named."""


def fault(term: Term, *, check: str, level: Level, message: str, fix: str = "") -> Fault:
    """Make a finding about a row."""
    return Fault(file=term.file, line=term.line, check=check, level=level, message=message, fix=fix)


def at(other: Term, term: Term) -> str:
    """Say where another row stands, seen from a row."""
    return f"line {other.line}" if other.file == term.file else f"{other.file}:{other.line}"


def _scopes(terms: Sequence[Term]) -> Iterator[Fault]:
    """Rows with one source and scopes that have articles in common."""
    before = Filed()
    for key, term in _sources(term for term in terms if term.scope):
        for other in before.meeting(key, term):
            if other.target != term.target and other.scope != term.scope:
                yield fault(
                    term, check="scopes-overlap", level=Level.WARNING,
                    message=f"{'|'.join(term.scope)} and {'|'.join(other.scope)} ({at(other, term)}, "
                    f"{other.target!r}) may be one article's, where the first row holds",
                    fix="make the scopes exclude each other, or put the narrower row first",
                )  # fmt: skip
                break
        before.add(key, term)


@functools.lru_cache(maxsize=1 << 18)  # each check files the same rows
def _key(text: str) -> str:
    return " ".join(token.keys[0][0] for token in tokens(text))


def used(terms: Sequence[Term]) -> list[Term]:
    """Give the rows that say how a source is translated."""
    return [term for term in terms if asked(term)]


def _sources(terms: Iterable[Term]) -> Iterator[tuple[str, Term]]:
    """Give the rows that are used, each with its source's words."""
    return ((_key(term.source), term) for term in terms if asked(term))


def _aliases(terms: Sequence[Term]) -> Iterator[Fault]:
    """Aliases that are another row's source, or another row's alias."""
    sources, owners = Filed(_sources(terms)), Filed()
    for term in used(terms):
        for alias in term.aliases:
            key = _key(alias)
            named = [one for one in sources.meeting(key, term) if alias == one.source or not one.case_sensitive]
            for other in named[:_TOLD]:
                same = other.target == term.target
                yield fault(
                    term, check="alias-is-source", level=Level.WARNING if same else Level.ERROR,
                    message=f"the alias {alias!r} is the source of {at(other, term)} ({other.target!r})",
                    fix=f"take {alias!r} out of the aliases, or {at(other, term)} out of the glossary",
                )  # fmt: skip
            others = (other for other in owners.meeting(key, term) if other.target != term.target)
            for other in itertools.islice((other for other in others if not (term.context or other.context)), _TOLD):
                yield fault(
                    term, check="alias-of-two", level=Level.ERROR,
                    message=f"the alias {alias!r} stands in {at(other, term)} too, for {other.target!r}",
                    fix="leave it in one row, or give both a context",
                )  # fmt: skip
            owners.add(key, term)


def _circles(terms: Sequence[Term]) -> Iterator[Fault]:
    """Rows whose target another row turns back into their source."""
    rows = used(terms)
    ways = Filed((f"{_key(term.source)}\n{_key(term.target)}", term) for term in rows)
    for term in rows:
        source, target = _key(term.source), _key(term.target)
        spoken, said = languages(term)
        if source == target or (spoken and spoken != said):
            continue
        for other in ways.meeting(f"{target}\n{source}", term)[:_TOLD]:
            yield fault(
                term, check="circular", level=Level.ERROR,
                message=f"{term.target!r} is turned back into {other.target!r} by {at(other, term)}",
                fix="keep one of the two rows, or name the languages of both",
            )  # fmt: skip


def _wrong(terms: Sequence[Term]) -> Iterator[Fault]:
    """Wrong renderings that are right: in their own row or in another."""
    targets = Filed((term.target.casefold(), term) for term in used(terms))
    for term in used(terms):
        for wrong in term.wrong:
            if wrong == term.target:
                yield fault(
                    term, check="wrong-is-target", level=Level.ERROR,
                    message=f"the wrong rendering {wrong!r} is the target", fix=f"take {wrong!r} out of wrong",
                )  # fmt: skip
            elif wrong.casefold() != term.target.casefold():
                for owner in targets.meeting(wrong.casefold(), term)[:1]:
                    yield fault(
                        term, check="wrong-elsewhere-right", level=Level.WARNING,
                        message=f"the wrong rendering {wrong!r} is the target of {at(owner, term)}",
                        fix=f"take {wrong!r} out of wrong",
                    )  # fmt: skip


def _case_only(terms: Sequence[Term]) -> Iterator[Fault]:
    """Rows whose sources differ only by case."""
    before = Filed()
    for _, term in _sources(terms):
        folded = f"{term.source_language}\n{term.source.casefold()}"
        other = next((one for one in before.meeting(folded, term) if one.source != term.source), None)
        if other is not None:
            level = Level.INFO if term.case_sensitive and other.case_sensitive else Level.WARNING
            yield fault(
                term, check="case-only", level=level,
                message=f"{term.source!r} differs from {other.source!r} ({at(other, term)}) only by case",
                fix="make one an alias of the other, or set case_sensitive to 1 in both",
            )  # fmt: skip
        before.add(folded, term)


def _inside(terms: Sequence[Term]) -> Iterator[Fault]:
    """Terms that stand inside longer ones; looks up each run of words, so the cost is linear."""
    sources = Filed(_sources(terms))
    for term in used(terms):
        words = [token.keys[0][0] for token in tokens(term.source)]
        seen: set[str] = set()
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + _LONGEST_PHRASE) + 1):
                phrase = " ".join(words[start:end])
                if end - start == len(words) or phrase in seen:
                    continue
                seen.add(phrase)
                for inner in sources.meeting(phrase, term)[:1]:
                    yield fault(
                        term, check="inside", level=Level.INFO,
                        message=f"{inner.source!r} ({at(inner, term)}) stands inside {term.source!r}; the longer wins",
                    )  # fmt: skip


def _common(terms: Sequence[Term]) -> Iterator[Fault]:
    """Find sources that are a stop word or very short."""
    for term in used(terms):
        for text in (term.source, *term.aliases):
            exact = term.case_sensitive and not text.islower()
            if is_stop_word(text, term.source_language) and not exact:
                yield fault(
                    term, check="stop-word", level=Level.WARNING,
                    message=f"{text!r} is one of the commonest words; most sentences would ask for {term.target!r}",
                    fix="take it out, or write the phrase that is meant",
                )  # fmt: skip
            elif sum(map(str.isalnum, text)) < _SHORTEST and not exact:
                yield fault(
                    term, check="short", level=Level.WARNING,
                    message=f"{text!r} has fewer than {_SHORTEST} letters",
                    fix="set case_sensitive to 1, or take it out",
                )  # fmt: skip


def _cells(terms: Sequence[Term]) -> Iterator[Fault]:
    """Cells that a spreadsheet computes, that a model cannot keep, or that contradict the row's kind."""
    for term in terms:
        parts = (term.source, term.target, *term.aliases[:1], *term.wrong[:1], term.note)
        for cell in parts:
            if cell.startswith(_FORMULA):
                yield fault(
                    term, check="formula", level=Level.WARNING,
                    message=f"a spreadsheet would compute {cell!r}",
                    fix="put a blank before it: reading takes it off again",
                )  # fmt: skip
        if "_" in term.target or "▁" in term.target:
            yield fault(
                term, check="underscore", level=Level.WARNING,
                message=f"models cannot write the underscore of {term.target!r}", fix="write it with a blank or hyphen",
            )  # fmt: skip
        if term.kind is Kind.KEEP and term.source != term.target:
            yield fault(
                term, check="kept-differs", level=Level.ERROR,
                message=f"{term.source!r} is to be kept, and has another target, {term.target!r}",
                fix="empty the target, or set kind to name",
            )  # fmt: skip


CHECKS = (_aliases, _circles, _wrong, _scopes, _case_only, _inside, _common, _cells)
"""What is asked of all rows; each gives faults."""
