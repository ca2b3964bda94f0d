"""Checks of what must not change: numbers, currencies, literals, negation, terms."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator

import regex

from normalize import numbers
from normalize.check import lexicon, literals
from normalize.check.subject import Found, Subject
from normalize.corpus import Method, Span
from normalize.numbers.numerals import numerals_for

__all__ = ["added_numbers", "currency", "lost_literals", "lost_negation", "lost_numbers", "terminology", "told"]

_ALSO_WEIGHTS = frozenset({"pound"})
"""Currencies whose English name may speak of no money."""


def _differences(subject: Subject) -> tuple[numbers.Difference, ...]:
    return numbers.compare(subject.source, subject.target, subject.source_language, subject.target_language)


def lost_numbers(subject: Subject) -> Iterator[Found]:
    """Find numbers of the source whose value is not in the target, or another in its place."""
    for difference in _differences(subject):
        source, target = difference.source, difference.target
        if source and target and source.text == target.text:
            yield f"{target.text} means another number in the target's language", _span(target)
        elif source and target:
            yield f"{source.text} became {target.text}", _span(target)
        elif source:
            yield f"{source.text} is missing", None
    if subject.target_language == "en":
        for start, end in numbers.abbreviated(subject.target, subject.source_language):
            yield f"“{subject.target[start:end]}” is left in the source's language", Span(start=start, end=end)


def added_numbers(subject: Subject) -> Iterator[Found]:
    """Find numbers of the target that nothing in the source explains."""
    for difference in _differences(subject):
        if difference.target and not difference.source:
            yield f"{difference.target.text} is not in the source", _span(difference.target)


def _span(value: numbers.Value) -> Span:
    return Span(start=value.span[0], end=value.span[1])


def currency(subject: Subject) -> Iterator[Found]:
    """Find money that changed its currency, or that the source does not speak of."""
    source, target = numbers.currencies(subject.source), numbers.currencies(subject.target)
    if source and target and not source & target:
        yield f"{', '.join(sorted(source))} became {', '.join(sorted(target))}", None
    elif (added := target - source - _ALSO_WEIGHTS) and numerals_for(subject.source_language) is not None:
        yield f"{', '.join(sorted(added))} not in the source", None


def lost_literals(subject: Subject) -> Iterator[Found]:
    """Find addresses, handles and hashtags of the source that are not in the target letter by letter."""
    target = subject.target.casefold()
    for kind, text in dict.fromkeys(literals.find(subject.source)):
        if text.casefold() not in target:
            yield f"{kind} {text[:80]} is missing or changed", None


def lost_negation(subject: Subject) -> Iterator[Found]:
    """Find a source that plainly negates and a target without anything that could."""
    said = _denied(subject.source, subject.target, subject.source_language, subject.target_language)
    if said:
        yield f"nothing stands for “{said}”", None


def _denied(source: str, target: str, source_language: str, target_language: str) -> str:
    """Give the words of a plain negation that nothing in the target could stand for, or nothing."""
    negated = lexicon.NEGATED.get(target_language)
    if source_language not in lexicon.NEGATION or not negated or not (said := _negation(source, source_language)):
        return ""
    return said if target.strip() and not negated.search(target) else ""


def told(asked: str, source: str, target: str, source_language: str, target_language: str) -> str:
    """Give what is asked for a source whose negation is lost with English in the place of the words that negate.

    >>> told("Hasil itu tidak naik.", "Hasil itu tidak naik.", "The result rose.", "id", "en")
    'Hasil itu not naik.'
    >>> source = "Tidak hanya itu, ia jangan pergi."
    >>> told(source, source, "He goes.", "id", "en")
    'Tidak hanya itu, ia do not pergi.'
    """
    if target_language != "en" or not _denied(source, target, source_language, target_language):
        return asked
    known = lexicon.NEGATES[source_language]
    idioms = [match.span() for match in lexicon.NOT_NEGATED[source_language].finditer(asked)]

    def english(match: regex.Match[str]) -> str:
        within = any(start <= match.start() < end for start, end in idioms)
        return match[0] if within else lexicon.in_place(match, known[match[1].casefold()])

    return _negating(source_language).sub(english, asked)


@functools.cache
def _negating(language: str) -> regex.Pattern[str]:
    """Make the pattern of the words that negate, an Indonesian -lah after them or not."""
    return regex.compile(rf"(?<![\w-])({'|'.join(lexicon.NEGATES[language])})(?:lah)?(?![\w-])", regex.IGNORECASE)


@functools.lru_cache(maxsize=4096)  # the guard tries many targets of one source
def _negation(source: str, language: str) -> str:
    """Give the words of a plain negation, or nothing."""
    low = source.casefold().replace("\u0307", "")  # of a Turkish İ, which the patterns take for an i
    if not any(map(low.__contains__, lexicon.NEGATES[language])):
        return ""
    negation = lexicon.NEGATION[language]
    plain = lexicon.NOT_NEGATED[language].sub(" ", source) if negation.search(source) else ""
    match = negation.search(plain)
    return str(match[0]) if match else ""


def terminology(subject: Subject) -> Iterator[Found]:
    """Report the glossary terms that could not be placed."""
    missing = sorted({(one.surface, one.target) for one in subject.unit.receipts if one.method is Method.MISSING})
    for (surface, target), _ in itertools.groupby(missing):
        yield f"“{surface}” should be “{target}”", None
