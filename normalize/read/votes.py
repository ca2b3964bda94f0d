"""Which lines of a page main-content extractors keep: trafilatura twice, and its form of Readability."""

from __future__ import annotations

import copy
import functools
import logging
from collections.abc import Iterable, Sequence
from typing import Any

import regex
from lxml import etree

__all__ = ["EXTRACTORS", "FAILURES", "has_size_of_article", "hush", "votes"]

EXTRACTORS = ("readability", "trafilatura", "trafilatura-recall")

FAILURES = (
    ValueError, TypeError, AttributeError, LookupError, ArithmeticError, AssertionError, RecursionError,
    etree.LxmlError,
)  # fmt: skip
"""What the extractors are known to raise on hostile pages; then they have no vote."""

_MOST_LINES = 20_000

_MOST_CHARACTERS = 1_000_000
"""More is no article, and would keep the extractors busy for minutes."""

_WORD = regex.compile(r"\w+")
_SHINGLE = 3
_SHORT = 5
"""A line of fewer words is kept when the extractor has the same line, next to others it kept."""
_COVERED = 0.8
_NEAR = 3

_log = logging.getLogger(__name__)


def votes(tree: Any, lines: Sequence[str]) -> list[frozenset[str]]:  # noqa: ANN401 - lxml has no types
    """Give, for each line, the names of the extractors that kept it."""
    if not has_size_of_article(lines):
        return [frozenset() for _ in lines]
    names: list[set[str]] = [set() for _ in lines]
    words = [_words(line) for line in lines]
    for name in EXTRACTORS:
        for number in _kept(words, _extracted(name, tree)):
            names[number].add(name)
    return [frozenset(group) for group in names]


def has_size_of_article(lines: Sequence[str]) -> bool:
    """Whether a page is small enough for the extractors."""
    return len(lines) <= _MOST_LINES and sum(map(len, lines)) <= _MOST_CHARACTERS


@functools.cache
def hush() -> None:
    """Keep the extractors' log messages from standard error, where Python sends them when nobody listens."""
    for name in ("trafilatura", "htmldate", "courlan", "readability"):
        logging.getLogger(name).addHandler(logging.NullHandler())


def _extracted(name: str, tree: Any) -> list[str]:  # noqa: ANN401 - lxml has no types
    """Run one extractor on a copy of the page (they change it); give the lines it kept."""
    hush()
    copied = copy.deepcopy(tree)
    try:
        if name == "readability":
            return _readability(copied)
        return _trafilatura(copied, favor_recall=name == "trafilatura-recall")
    except FAILURES as error:
        _log.debug("%s failed: %r", name, error)
        return []


def _trafilatura(tree: Any, *, favor_recall: bool) -> list[str]:  # noqa: ANN401 - lxml has no types
    from trafilatura import bare_extraction  # noqa: PLC0415 - half a second to import

    document = bare_extraction(tree, favor_recall=favor_recall, include_comments=False, with_metadata=False)
    return str(getattr(document, "text", None) or "").split("\n")  # None when nothing was kept


def _readability(tree: Any) -> list[str]:  # noqa: ANN401 - lxml has no types
    from lxml.html import fromstring  # noqa: PLC0415 - only here
    from trafilatura.readability_lxml import Document  # noqa: PLC0415 - half a second to import

    summary = fromstring(Document(tree).summary())
    for element in summary.iter("p", "div", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "td", "blockquote"):
        element.tail = "\n" + (element.tail or "")
    return str(summary.text_content()).split("\n")


def _words(line: str) -> list[str]:
    return _WORD.findall(line.casefold())


def _shingles(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return zip(words, *(words[start:] for start in range(1, _SHINGLE)), strict=False)


def _kept(lines: Sequence[Sequence[str]], extracted: Sequence[str]) -> list[int]:
    """Give the numbers of the lines that an extractor's text holds."""
    theirs = [_words(line) for line in extracted]
    known: set[tuple[str, ...]] = set()
    for words in theirs:
        known.update(_shingles(words))
    whole = {tuple(words) for words in theirs}
    kept = {number for number, words in enumerate(lines) if len(words) >= _SHORT and _is_covered(words, known)}
    candidates = [number for number, words in enumerate(lines) if 0 < len(words) < _SHORT and tuple(words) in whole]
    for order in (candidates, candidates[::-1]):  # each way once, so that a run of short lines is followed
        kept.update(_followed(order, kept))
    return sorted(kept)


def _is_covered(words: Sequence[str], known: set[tuple[str, ...]]) -> bool:
    return sum(map(known.__contains__, _shingles(words))) >= _COVERED * (len(words) - _SHINGLE + 1)


def _followed(order: Sequence[int], kept: set[int]) -> set[int]:
    """Give those numbers that are near a kept one, or near one given before."""
    near = set(kept)
    found: set[int] = set()
    for number in order:
        if any(number + step in near for step in range(-_NEAR, _NEAR + 1) if step):
            near.add(number)
            found.add(number)
    return found
