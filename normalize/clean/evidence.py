"""Judge a paragraph by what it shows itself: a phrase of the lexicon, a picture's credit, a shape."""

from __future__ import annotations

import functools

from normalize.clean.lexicon import Hit
from normalize.clean.reading import DATED, Reading
from normalize.clean.record import Verdict

__all__ = ["by_credit", "by_phrase", "by_shape"]

_WHOLE = 2.5
"""A line that is a phrase of the lexicon goes unless the classifier is surer than this (a logit) that it is text."""
_NOTICE = 0.5
_NOTICE_AT_EDGE = 4.0
_SHAPE = 1.5
_SHAPES = {"breadcrumb": 9.0, "initials": 3.0, "hashtags": 2.0, "menu": 0.0, "glued": 0.5, "arrow": 5.0, "embed": 9.0}
_IN_BODY = {"arrow": 2.5, "menu": -1.0}
"""In the body, for sentences after an arrow, and for sub-heads in Which All Words Are Written So."""
_CREDITS = {"label": _SHAPE, "glued": 9.0, "tail": 9.0, "agency": 0.2, "slash": -0.5}


def by_phrase(reading: Reading, vote: float, *, edge: bool) -> Verdict | None:
    """Judge by the lexicon; a notice inside the body needs more than one at its `edge`."""
    hit = reading.hit
    if hit is None or vote >= (_WHOLE if hit.mode != "notice" else _NOTICE_AT_EDGE if edge else _NOTICE):
        return None
    return _furniture(hit)


@functools.lru_cache(maxsize=1 << 12)
def _furniture(hit: Hit) -> Verdict:
    return Verdict(keep=False, rule=hit.rule, evidence=f"{hit.mode} phrase {hit.phrase!r} ({hit.language})")


def by_credit(reading: Reading, vote: float, *, closing: bool) -> Verdict | None:
    """Judge a picture's credit or caption; at the body's end an agency's name is the article's source."""
    if not reading.credit or reading.words > 70 or closing or vote >= _CREDITS[reading.credit]:
        return None
    rule = "credit" if reading.credit == "label" or reading.words <= 5 else "caption"
    return Verdict(keep=False, rule=rule, evidence=f"picture credit ({reading.credit})")


def by_shape(reading: Reading, vote: float, *, inside: bool) -> Verdict | None:
    """Judge by the shape, the byline and the date; `inside` says that the line is in the body and no link."""
    limit = _SHAPES.get(reading.shape, _SHAPE)
    if inside and (reading.shape == "menu" or reading.terminal):
        limit = _IN_BODY.get(reading.shape, limit)
    if reading.shape and vote < limit:
        return Verdict(keep=False, rule=reading.shape, evidence="shape of the line")
    if reading.byline is not None and vote < _SHAPE:
        return Verdict(keep=False, rule="byline", evidence=reading.byline[0])
    if reading.date >= DATED and vote < _SHAPE:
        return Verdict(keep=False, rule="date", evidence=f"{reading.date:.0%} of the line is a date")
    return None
