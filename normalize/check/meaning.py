"""Checks of what must not change: numbers, currencies, literals, negation, terms."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import regex

from normalize.check import lexicon, literals, numbers
from normalize.check.numerals import numerals_for
from normalize.check.subject import Found, Subject
from normalize.corpus import Method

__all__ = ["added_numbers", "currency", "lost_literals", "lost_negation", "lost_numbers", "terminology"]


def _differences(subject: Subject) -> list[numbers.Difference]:
    source, target = numerals_for(subject.source_language), numerals_for(subject.target_language)
    if source is None or target is None:
        return []
    return numbers.compare(
        numbers.read(subject.source, subject.source_language),
        numbers.read(subject.target, subject.target_language, spaced=source.spaced),
    )


def lost_numbers(subject: Subject) -> Iterator[Found]:
    """Find numbers of the source whose value is not in the target, or another in its place."""
    for difference in _differences(subject):
        source, target = difference.source, difference.target
        if source and target and source.text == target.text:
            yield f"{target.text} means another number in the target's language", target.span
        elif source and target:
            yield f"{source.text} became {target.text}", target.span
        elif source:
            yield f"{source.text} is missing", None


def added_numbers(subject: Subject) -> Iterator[Found]:
    """Find numbers of the target that nothing in the source explains."""
    for difference in _differences(subject):
        if difference.target and not difference.source:
            yield f"{difference.target.text} is not in the source", difference.target.span


_CURRENCIES = {
    "rupiah": regex.compile(r"\bRp\.?\s?\d|\brupiahs?\b|\bIDR\b", regex.IGNORECASE),
    "dollar": regex.compile(r"\$|\bd[oó]lar(?:s\b|\b)|\bdollars?\b|\bUSD\b|\bAUD\b|\bSGD\b", regex.IGNORECASE),
    "euro": regex.compile(r"€|\beuros?\b|\bEUR\b", regex.IGNORECASE),
    "yen": regex.compile(r"¥|\byens?\b|\bJPY\b", regex.IGNORECASE),
    "yuan": regex.compile(r"\byuans?\b|\brenminbi\b|\bRMB\b|\bCNY\b", regex.IGNORECASE),
    "pound": regex.compile(
        r"£|\bpoun?dsterling\b|\bpoundsterling\b|\bpounds?\b|\blivres? sterling\b|\bGBP\b|\bsterling\b|\bquid\b",
        regex.IGNORECASE,
    ),
    "ringgit": regex.compile(r"\bringgit\b|\bRM\s?\d|\bMYR\b", regex.IGNORECASE),
}


_MONEY = (
    "$", "€", "¥", "£", "rp", "rupiah", "idr", "dolar", "dólar", "dollar", "usd", "aud", "sgd", "euro", "eur", "yen",
    "jpy", "yuan", "renminbi", "rmb", "cny", "poun", "livre", "gbp", "sterling", "quid", "ringgit", "rm", "myr",
)  # fmt: skip
"""Each currency found has one of these in it; most sentences have none, and are spared the patterns."""


def _speaks_of_money(text: str) -> bool:
    small = text.lower()
    return any(part in small for part in _MONEY)


def currency(subject: Subject) -> Iterator[Found]:
    """Find money that changed its currency."""
    if not (_speaks_of_money(subject.source) and _speaks_of_money(subject.target)):
        return
    source, target = (
        {name for name, pattern in _CURRENCIES.items() if pattern.search(text)}
        for text in (subject.source, subject.target)
    )
    if source and target and not source & target:
        yield f"{', '.join(sorted(source))} became {', '.join(sorted(target))}", None


def lost_literals(subject: Subject) -> Iterator[Found]:
    """Find addresses, handles and hashtags of the source that are not in the target letter by letter."""
    target = subject.target.casefold()
    for kind, text in dict.fromkeys(literals.find(subject.source)):
        if text.casefold() not in target:
            yield f"{kind} {text[:80]} is missing or changed", None


def lost_negation(subject: Subject) -> Iterator[Found]:
    """Find a source that plainly negates and a target without anything that could."""
    negation, negated = lexicon.NEGATION.get(subject.source_language), lexicon.NEGATED.get(subject.target_language)
    if not negation or not negated or not subject.target.strip():
        return
    plain = lexicon.NOT_NEGATED[subject.source_language].sub(" ", subject.source)
    if (match := negation.search(plain)) and not negated.search(subject.target):
        yield f"nothing stands for “{match[0]}”", None


def terminology(subject: Subject) -> Iterator[Found]:
    """Report the glossary terms that could not be placed."""
    missing = sorted({(one.surface, one.target) for one in subject.unit.receipts if one.method is Method.MISSING})
    for (surface, target), _ in itertools.groupby(missing):
        yield f"“{surface}” should be “{target}”", None
