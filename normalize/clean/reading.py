"""Read paragraphs: the phrases, shapes and measures of each, whatever stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from normalize.clean import shapes
from normalize.clean.dates import date_share
from normalize.clean.lexicon import Hit, fold_all, lookup
from normalize.clean.signs import (
    AT,
    BREADCRUMB,
    CHARS,
    CODE,
    COUNTED,
    DIGITS,
    EXCLAMATION,
    JOINT,
    NO_NAME,
    SOME,
    Tally,
    tally,
)

__all__ = ["DATED", "OWN", "Reading", "read"]

_FOLLOW = re.compile(
    r"\W{0,3}(?:Follow|Suivez|Ikuti|Folgen Sie|Siga|Seguici|Like|Join|Retrouvez|Rejoignez|Find)\b[^.!?]{2,60}?\b"
    r"(?:on|sur|di|auf|no|su|at)\s"
    r"(?:Facebook|Twitter|Instagram|WhatsApp|Google News|X\b|TikTok|YouTube|Telegram|LinkedIn|Bluesky|Threads)"
)
_FOLLOWED = 30
"""Words of a line that may be such a call."""
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
_COLUMN = {name: number for number, name in enumerate(OWN)}
_COUNTED = [_COLUMN[name] for name in COUNTED]
_ASKED = [
    _COLUMN[name]
    for name in ("date", "terminal", "colon", "parenthesis", "ellipsis", "question", "imperative", "name", "address")
]
_CREDITS = dict.fromkeys(("label", "glued", "tail"), "credit_label") | dict.fromkeys(("agency", "slash"), "credit_tail")


def read(texts: Sequence[str]) -> tuple[list[Reading], list[bytes]]:
    """Take the measures of paragraphs that do not depend on one another.

    With each come its numbers, one for each name in `OWN`, as 32-bit floats: as objects they would take ten times the
    memory.
    """
    if not texts:
        return [], []
    counts = tally(texts)
    lines = zip(texts, fold_all(texts), counts.kinds, counts.words, counts.some, counts.capitals, strict=True)
    readings = [_read(*line) for line in lines]
    numbers = np.zeros((len(texts), len(OWN)), dtype=np.float32)
    numbers[:, _COUNTED] = counts.numbers
    numbers[:, _ASKED] = np.array(_asked(texts, counts, readings)).T
    numbers.ravel()[[
        row * len(OWN) + column
        for row, reading in enumerate(readings)
        if reading.telling
        for column in _telling(reading)
    ]] = 1.0  # fmt: skip
    data, size = numbers.tobytes(), numbers.itemsize * len(OWN)
    return readings, [data[at : at + size] for at in range(0, len(data), size)]


def _read(text: str, words: Sequence[str], kinds: int, count: int, some: int, capitals: int) -> Reading:  # noqa: PLR0913, PLR0917 - what is known of a line
    """Read one line: `words` are those of the folded line; for the others see `Tally`."""
    cut, folded = text[:CHARS], " ".join(words)
    hit = lookup(folded, count, words) or (_follow(cut) if count <= _FOLLOWED else None)
    date = date_share(cut) if kinds & DIGITS and count <= 40 else 0.0
    byline = shapes.match_byline(cut) if count <= 20 else None
    credit = shapes.match_credit(text) if count <= 90 else ""
    shape = _shape(cut, kinds, some, capitals) if count <= SOME else ""
    transparent = hit is not None or shape in _TRANSPARENT
    telling = bool(hit or credit or shape or byline or date >= DATED)
    return Reading(count, folded, hit, shapes.terminal(text), byline, credit, date, shape, transparent, telling)


def _asked(texts: Sequence[str], counts: Tally, readings: Sequence[Reading]) -> list[list[float]]:
    """Give the columns `_ASKED`."""
    tails = [text[-4:].rstrip("\"'”’» ") for text in texts]
    return [
        [reading.date for reading in readings],
        [reading.terminal for reading in readings],
        [text[-1] == ":" for text in texts],
        [text[-1] == ")" for text in texts],
        [tail.endswith(("...", "…")) for tail in tails],
        ["?" in tail for tail in tails],
        [kinds & EXCLAMATION != 0 for kinds in counts.kinds],
        [
            count <= 5 and not kinds & NO_NAME and (some == capitals or shapes.is_name(text))
            for text, kinds, count, some, capitals in zip(texts, *counts[:4], strict=True)
        ],
        [
            count <= 40 and (kinds & AT != 0 or "http" in text[:CHARS] or "www." in text[:CHARS])
            for text, kinds, count in zip(texts, *counts[:2], strict=True)
        ],
    ]


def _telling(reading: Reading) -> list[int]:
    """Give the columns of what the line shows that it may be furniture."""
    names = [reading.shape] if reading.shape in _COLUMN else []
    if reading.hit is not None:
        names += [reading.hit.mode, f"g_{_GROUPS[reading.hit.rule]}"]
    if reading.byline is not None:
        names.append("byline")
    if reading.credit:
        names.append(_CREDITS[reading.credit])
    return [_COLUMN[name] for name in names]


_SHAPES = (
    ("mark", shapes.is_mark),
    ("embed", shapes.is_embed),
    ("initials", shapes.is_initials),
    ("hashtags", shapes.is_hashtags),
    ("arrow", shapes.is_arrow),
)
"""Lines that begin with a sign, and a few more."""


def _follow(cut: str) -> Hit | None:
    """Find a call to follow someone on a network, whatever the name between."""
    match = _FOLLOW.match(cut)
    return Hit("follow", "any", "start", match.group()) if match else None


def _shape(cut: str, kinds: int, few: int, capitals: int) -> str:
    """Name the shape of a line whose signs are `kinds` and which has so `few` words."""
    if not cut[:2].isalpha() or len(cut) == 1 or "#" in cut[:3]:
        for name, test in _SHAPES:
            if test(cut):
                return name
    if (kinds & CODE or "window." in cut or "document." in cut or "google" in cut) and shapes.is_code(cut):
        return "code"
    if (kinds & BREADCRUMB or "::" in cut) and shapes.is_breadcrumb(cut):
        return "breadcrumb"
    if shapes.is_joined_menu(cut, few, capitals):
        return "menu"
    return "glued" if kinds & JOINT and shapes.is_glued(cut) else ""
