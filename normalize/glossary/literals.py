"""Literals: parts of a text that are copied, never translated and never searched for terms."""

from __future__ import annotations

import functools

import regex

from normalize.corpus import Span

__all__ = ["literals"]

# Common endings of a bare domain name. A closed list, because "kata.Dia" (a missing space) is no address.
_DOMAINS = "com|org|net|edu|gov|info|biz|io|ai|co|id|my|sg|fr|be|ch|ca|eu|uk|us|au|tv|me|app|dev|news"

# Each alternative begins where a run of its own characters begins, and runs are possessive, so the search is linear.
_LITERAL = regex.compile(
    rf"""
      (?<![\w.+-]) [\w.+-]++ @ [\w-]++ (?: \. [\w-]++ )++                    # e-mail
    | (?: https?:// | (?<!\w) www\. ) [^\s<>"“”«»]++                           # web address
    | (?<![\w.-]) (?: [a-z0-9-]{{1,63}} \. ){{1,5}} (?: {_DOMAINS} ) (?![\w-]) (?: / [^\s<>"“”«»]*+ )?  # bare domain
    | (?<![\w&/]) [@\#] [\p{{L}}\p{{M}}\p{{N}}_]++                                 # handle, hashtag
    """,
    regex.VERBOSE,
)
_CLUE = regex.compile(r"[@\#]|://|[a-z0-9]\.[a-z]")
_TRAILING = ".,;:!?)]}'’"


@functools.lru_cache(maxsize=1024)  # the same few sentences are asked about again and again
def literals(text: str) -> tuple[Span, ...]:
    """Find web and e-mail addresses, handles and hashtags, left to right.

    Sentence punctuation at the end of an address is not part of it.

    >>> [span.of("See www.example.org/a, @janedoe") for span in literals("See www.example.org/a, @janedoe")]
    ['www.example.org/a', '@janedoe']
    """
    if _CLUE.search(text) is None:
        return ()
    found = []
    for match in _LITERAL.finditer(text):
        length = len(match.group().rstrip(_TRAILING))
        found.append(Span(start=match.start(), end=match.start() + length))
    return tuple(found)
