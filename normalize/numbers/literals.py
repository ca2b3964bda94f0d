"""What is copied from source to target as it stands: addresses, handles, hashtags."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import regex

__all__ = ["find", "mask"]

_URL = r"(?:https?://|www\.)[^\s<>\"“”«»]+"
_EMAIL = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
_DOMAIN = (
    r"(?<![\w@.])(?:[a-z0-9-]{1,63}\.){1,5}(?:com|net|org|info|io|ai|tv|me|gov|edu|id|fr|uk)"
    r"(?:/[^\s<>\"“”«»]*)?(?![\w-])"
)
_FILE = r"(?<![\w@.])[\w-]{1,80}\.(?:pdf|docx?|xlsx?|pptx?|zip|jpe?g|png|mp[34]|csv|txt|html?|py|js|exe|apk)(?!\w)"
_HANDLE = r"(?<![\w@./])@\w{2,40}(?:\.\w{1,40}){0,3}"
_HASHTAG = r"(?<![\w#&/])#(?=\w*\p{L})\w{2,100}"

_PATTERNS = {"URL": _URL, "e-mail": _EMAIL, "address": _DOMAIN, "file": _FILE, "handle": _HANDLE, "hashtag": _HASHTAG}

_LITERAL = regex.compile(
    "|".join(f"(?P<{kind.replace('-', '')}>{pattern})" for kind, pattern in _PATTERNS.items()), regex.IGNORECASE
)

_DOT = re.compile(r"\.[^\W\d_]")
_HOST = regex.compile(r"[\w-]\.(?=\p{L})")

_TAIL = ".,;:!?)]}»”’'\"…"
"""Marks at the end that belong to the sentence, not to the address."""


def _may_have(text: str) -> bool:
    """Whether a text has what every literal has; most sentences do not, and are spared the patterns above."""
    if "@" in text or "#" in text or "://" in text:
        return True
    return _DOT.search(text) is not None and _HOST.search(text) is not None


def find(text: str) -> Iterator[tuple[str, str]]:
    """Give (kind, text) of each literal, in order.

    >>> list(find("Kirim ke a.b@contoh.co.id, lihat https://contoh.id/x?y=1. #Pemilu2024 @budi"))
    ... # doctest: +NORMALIZE_WHITESPACE
    [('e-mail', 'a.b@contoh.co.id'), ('URL', 'https://contoh.id/x?y=1'), ('hashtag', '#Pemilu2024'),
     ('handle', '@budi')]
    """
    for match in _LITERAL.finditer(text) if _may_have(text) else ():
        kind = next(kind for kind in _PATTERNS if match[kind.replace("-", "")])
        yield kind, match[0].rstrip(_TAIL)


@functools.lru_cache(maxsize=64)  # the checks and repairs of a unit ask for the same two texts over and over
def mask(text: str) -> str:
    """Put spaces in the place of literals, so that their digits and marks are not read; lengths stay.

    >>> mask("Buka www.a2.id kini")
    'Buka           kini'
    """
    if not _may_have(text):
        return text
    return _LITERAL.sub(lambda match: " " * len(match[0]), text)
