"""Read one paragraph: its phrases, shapes and measures, whatever stands around it."""

from __future__ import annotations

import math
import operator
import re
import struct
from typing import NamedTuple

from normalize.clean import shapes
from normalize.clean.dates import date_share
from normalize.clean.lexicon import Hit, fold, lookup

__all__ = ["DATED", "OWN", "UNSPACED", "Reading", "read"]

_WORDS = 300
"""Words of a paragraph looked at; a paragraph of more is body, whatever comes after."""
_CHARS = 4000
_SOME = 60
"""Words among which capitals are counted; no furniture shape is longer."""
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Signs of scripts without spaces between words."""
_SIGNS = 2
"""Signs that count as a word in scripts without spaces between words."""
_FOLLOW = re.compile(
    r"\W{0,3}(?:Follow|Suivez|Ikuti|Folgen Sie|Siga|Seguici|Like|Join|Retrouvez|Rejoignez|Find)\b[^.!?]{2,60}?\b"
    r"(?:on|sur|di|auf|no|su|at)\s"
    r"(?:Facebook|Twitter|Instagram|WhatsApp|Google News|X\b|TikTok|YouTube|Telegram|LinkedIn|Bluesky|Threads)"
)
_GROUPS = {
    "share": "widget",
    "comments": "widget",
    "advert": "widget",
    "loading": "widget",
    "navigation": "widget",
    "search": "widget",
    "font-size": "widget",
    "related": "related",
    "also-read": "related",
    "most-read": "related",
    "subscribe": "notice",
    "follow": "notice",
    "correction": "notice",
    "copyright": "notice",
    "consent": "notice",
    "read-time": "meta",
    "ago": "ago",
    "tags": "tags",
    "byline-label": "meta",
    "date-label": "meta",
}
_TRANSPARENT = frozenset({"embed", "mark", "arrow", "initials"})
DATED = 0.8
"""Share of a line that is a date from which the line is only a date."""
_GROUP_NAMES = ("widget", "related", "notice", "meta", "ago", "tags")
_HIT_FLAGS = {
    (mode, group): tuple(mode == name for name in ("whole", "start", "notice"))
    + tuple(group == name for name in _GROUP_NAMES)
    for mode in ("", "whole", "start", "notice")
    for group in ("", *_GROUP_NAMES)
}
_CREDIT_FLAGS = {"": (False, False)} | dict.fromkeys(("label", "glued", "tail"), (True, False))
_CREDIT_FLAGS |= dict.fromkeys(("agency", "slash"), (False, True))
_FLAGGED = ("initials", "breadcrumb", "menu", "glued", "hashtags", "code", "mark")
_SHAPE_FLAGS = {shape: tuple(shape == name for name in _FLAGGED) for shape in ("", "embed", "arrow", *_FLAGGED)}
_FIRST = operator.itemgetter(0)


class Reading(NamedTuple):
    """What one paragraph shows by itself. A tuple, because a page has hundreds and tuples are quickly made."""

    words: int
    folded: str
    hit: Hit | None
    terminal: bool
    byline: tuple[str, str] | None
    credit: str
    date: float
    """Share of the line that is a date."""
    shape: str
    """Name of the furniture shape it has, or empty."""
    transparent: bool
    """Whether the body goes on across it: a button, a mark, an embedded video."""
    telling: bool
    """Whether it shows by itself that it may be furniture."""


OWN = (
    "words",
    "chars",
    "terminal",
    "colon",
    "ellipsis",
    "question",
    "lower_start",
    "quote_start",
    "digit_start",
    "capitals",
    "upper",
    "digits",
    "commas",
    "sentences",
    "mean_word",
    "parenthesis",
    "dash_start",
    "date",
    "byline",
    "credit_label",
    "credit_tail",
    "initials",
    "breadcrumb",
    "menu",
    "glued",
    "hashtags",
    "code",
    "mark",
    "name",
    "address",
    "whole",
    "start",
    "notice",
    "g_widget",
    "g_related",
    "g_notice",
    "g_meta",
    "g_ago",
    "g_tags",
    "imperative",
    "arrow",
)
_NUMBERS = struct.Struct(f"{len(OWN)}f")


def read(text: str) -> tuple[Reading, bytes]:
    """Take the measures of one paragraph that do not depend on the others.

    With them come its numbers, one for each name in `OWN`, as 32-bit floats: as objects they would take ten times the
    memory.
    """
    cut = text[:_CHARS]
    words = cut.split(None, _WORDS)[:_WORDS]
    count = len(words) if len(text) <= _CHARS else max(len(words), len(text) // 7)
    if not cut.isascii():
        count += len(UNSPACED.findall(cut)) // _SIGNS
    folded = fold(cut)
    hit = lookup(folded, count) or _follow(cut, count)
    some = words[:_SOME]
    capitals = sum(map(str.isupper, map(_FIRST, some)))
    numbered = "0" in folded  # folding makes a 0 of every number
    date = date_share(cut) if numbered and count <= 40 else 0.0
    byline = shapes.match_byline(cut) if count <= 20 else None
    credit = shapes.match_credit(text) if count <= 90 else ""
    ends = shapes.terminal(text)
    shape = _shape(cut, some, capitals) if count <= _SOME else ""
    group = _GROUPS[hit.rule] if hit else ""
    mode = hit.mode if hit else ""
    first = cut[0]
    tail = text[-4:].rstrip("\"'”’» ")
    head = cut[:120]
    numbers = (
        math.log1p(count),
        math.log1p(len(text)),
        ends,
        text.endswith(":"),
        tail.endswith(("...", "…")),
        "?" in tail,
        first.islower(),
        first in "\"“«„‘'",
        first.isdigit(),
        capitals / len(some),
        _capitalised(some) / len(some),
        sum(map(head.count, "0123456789")) / len(head) if numbered else 0.0,
        cut.count(",") / count,
        _inner_stops(cut) / count * 10,
        (len(cut) + 1) / len(words) - 1,
        text.endswith(")"),
        first in "-–—>*•·›»+",
        date,
        byline is not None,
        *_CREDIT_FLAGS[credit],
        *_SHAPE_FLAGS[shape],
        count <= 5 and shapes.is_name(cut),
        count <= 40 and ("@" in cut or "http" in cut or "www." in cut),
        *_HIT_FLAGS[mode, group],
        "!" in cut,
        shape == "arrow",
    )
    transparent = hit is not None or shape in _TRANSPARENT
    telling = bool(hit or credit or shape or byline or date >= DATED)
    reading = Reading(count, folded, hit, ends, byline, credit, date, shape, transparent, telling)
    return reading, _NUMBERS.pack(*numbers)


def _capitalised(words: list[str]) -> int:
    """Count the words of two letters and more that are all in capitals."""
    count = sum(map(str.isupper, words))
    return count - len([word for word in words if len(word) == 1 and word.isupper()]) if count else 0


_SHAPES = (
    ("mark", shapes.is_mark),
    ("embed", shapes.is_embed),
    ("initials", shapes.is_initials),
    ("hashtags", shapes.is_hashtags),
    ("arrow", shapes.is_arrow),
)
"""Lines that begin with a sign, and a few more."""
_LATER = (("code", shapes.is_code), ("breadcrumb", shapes.is_breadcrumb))


def _follow(cut: str, count: int) -> Hit | None:
    """Find a call to follow someone on a network, whatever the name between."""
    match = _FOLLOW.match(cut) if count <= 30 else None
    return Hit("follow", "any", "start", match.group()) if match else None


def _shape(cut: str, words: list[str], capitals: int) -> str:
    if not cut[:2].isalpha() or len(cut) == 1 or "#" in cut[:3]:
        for name, test in _SHAPES:
            if test(cut):
                return name
    for name, test in _LATER:
        if test(cut):
            return name
    if shapes.is_joined_menu(cut, words, capitals):
        return "menu"
    return "glued" if shapes.is_glued(cut) else ""


def _inner_stops(cut: str) -> int:
    return cut.count(". ") + cut.count("? ") + cut.count("! ") + cut.count('." ') + cut.count(".” ")
