"""Decide which paragraphs are the article: keep or drop, by which rule, on what evidence."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from normalize.clean.features import Page, Reading, main_run
from normalize.clean.inline import dateline
from normalize.clean.record import Verdict
from normalize.clean.shapes import is_name

__all__ = ["Decision", "Votes", "decide"]

Vector = npt.NDArray[np.float32]

_WHOLE = 2.5
"""A line that is a phrase of the lexicon goes unless the classifier is surer than this (a logit) that it is text."""
_NOTICE = 0.5
_SHAPE = 1.5
_SHAPES = {"breadcrumb": 9.0, "initials": 3.0, "hashtags": 2.0, "menu": 0.0, "glued": 0.5, "arrow": 5.0}
_NAME_IN_HEAD = 4.0
_PLACES = frozenset({"before-body", "inside-body", "after-body"})
_SIGNED = re.compile(r"[.!?\w]\s?\([\w./\- ]{2,30}\)$|/\s?[\w. ]{2,30}$")
"""A name in brackets or after a slash at the end, as a photographer's stands."""
_TITLE = -2.0
_SECOND_TITLE = -0.8
_SURE_TITLE = 2.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The least logits with which a line stays, by where it is and what it looks like."""

    inside_sentence: float
    inside_short: float
    inside_alone: float
    """For short lines with no line nearby that something speaks against."""
    outside_sentence: float
    outside_short: float


# Found on pages of sites held out from training; the optimum is flat, and where two do as well the one that keeps more
# is taken: a sentence lost is worse than a line of furniture kept.
PLAIN = Limits(inside_sentence=-3.0, inside_short=-1.6, inside_alone=-3.0, outside_sentence=-0.8, outside_short=0.3)
MARKED = Limits(inside_sentence=-1.0, inside_short=-0.5, inside_alone=-1.5, outside_sentence=0.0, outside_short=0.5)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """What the classifier says: logits, one a paragraph."""

    line: Vector
    title: Vector
    limits: Limits = PLAIN


def sentence_like(reading: Reading) -> bool:
    """Whether a paragraph reads as a sentence: long, or not short and ended as one."""
    return reading.words >= 14 or (reading.words >= 5 and reading.terminal)


def find_body(page: Page, votes: Votes) -> tuple[int, int]:
    """Give the first and last index of the run the classifier is surest of; (0, -1) when it is sure of none."""
    words = np.array([min(reading.words, 60) for reading in page.readings], dtype=np.float32)
    weights = np.clip(votes.line, -4, 4) * np.log1p(words)
    return main_run(weights)


def find_titles(page: Page, votes: Votes, first: int) -> list[int]:
    """Give the index of the title, and of lines nearly as likely; empty when none is."""
    rows = [row for row in range(max(0, first - 80), min(first + 3, len(page.readings)))
            if 2 <= page.readings[row].words <= 40 and _may_be_title(page.readings[row])]
    if not rows:
        return []
    best = max(rows, key=lambda row: (votes.title[row], -row))
    if votes.title[best] < _TITLE:
        return []
    top = float(votes.title[best])
    # The copy that stands first stays; others of the same text are repeats.
    same = page.readings[best].folded
    best = next(row for row in rows if page.readings[row].folded == same)
    if top >= _SURE_TITLE:
        return [best]
    return [best, *(row for row in rows if row != best and votes.title[row] > _SECOND_TITLE and votes.line[row] > _TITLE
                    and page.readings[row].folded != same)]


def _may_be_title(reading: Reading) -> bool:
    return (reading.hit is None and reading.shape in {"", "menu", "hashtags"} and reading.date < 0.6 and not reading.byline
            and not reading.folded.endswith(("...", "…")) and reading.credit != "label")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of an article's paragraphs."""

    verdicts: list[Verdict]
    titles: list[int]
    """The title first; then lines nearly as likely to be it. Empty when there is none."""


def decide(page: Page, votes: Votes, frequencies: Sequence[int] | None = None, orders: Mapping[int, Verdict] | None = None) -> Decision:
    """Judge every paragraph; at least one is kept where there is any.

    `frequencies` says how many articles of the site have each paragraph; `orders` are verdicts already passed.
    """
    first, last = find_body(page, votes)
    titles = find_titles(page, votes, first)
    if titles:
        first = max(first, min(titles) + 1)
    evidence = [_evidence(page, votes, row, (first, last), titles) for row in range(len(page.readings))]
    near = _window_any([verdict is not None for verdict in evidence])
    verdicts = [verdict or _judge(page, votes, row, (first, last), titles, near_furniture=near[row]) for row, verdict in enumerate(evidence)]
    if frequencies is not None:
        _drop_recurring(page, votes, verdicts, titles, frequencies, (first, last))
    _drop_lead_captions(page, verdicts, titles)
    _drop_head_names(page, votes, verdicts, titles)
    for row, verdict in (orders or {}).items():
        verdicts[row] = verdict
    if not any(verdict.keep for row, verdict in enumerate(verdicts) if row not in titles):
        _keep_best(page, votes, verdicts)
    return Decision(verdicts=verdicts, titles=[row for row in titles if verdicts[row].keep])


def _evidence(page: Page, votes: Votes, row: int, body: tuple[int, int], titles: Sequence[int]) -> Verdict | None:
    """Judge what the line shows by itself, and whether it is the title again."""
    if row in titles:
        return None
    if titles and page.readings[row].folded in {page.readings[title].folded for title in titles}:
        return Verdict(keep=False, rule="repeated-title", evidence="the title, again")
    return _positive(page.readings[row], float(votes.line[row]), closing=row >= body[1])


def _judge(page: Page, votes: Votes, row: int, body: tuple[int, int], titles: Sequence[int], *, near_furniture: bool) -> Verdict:
    """Judge by the classifier; inside the body a line that nothing speaks against, nor against its neighbours, stays."""
    reading, vote = page.readings[row], float(votes.line[row])
    inside = body[0] <= row <= body[1]
    sentence = sentence_like(reading) or (inside and reading.terminal)
    limits = votes.limits
    limit = (limits.inside_sentence if sentence else limits.inside_short) if inside else (
        limits.outside_sentence if sentence else limits.outside_short)
    if inside and not sentence and not near_furniture:
        limit = min(limit, limits.inside_alone)
    if row in titles or vote > limit:
        return Verdict(keep=True)
    place = "inside" if inside else "before" if row < body[0] else "after"
    return Verdict(keep=False, rule=f"{place}-body", evidence=f"score {vote:.1f}")


def _window_any(flags: Sequence[bool], reach: int = 2) -> list[bool]:
    """Tell for each row whether a flag stands at most `reach` rows away."""
    return [any(flags[max(0, row - reach):row + reach + 1]) for row in range(len(flags))]


def _positive(reading: Reading, vote: float, *, closing: bool) -> Verdict | None:
    """Judge by the line alone: phrases and shapes of furniture."""
    hit = reading.hit
    if hit is not None:
        limit = _NOTICE if hit.mode == "notice" else _WHOLE
        if vote < limit:
            return Verdict(keep=False, rule=hit.rule, evidence=f"{hit.mode} phrase {hit.phrase!r} ({hit.language})")
    if reading.credit and reading.words <= 70 and not closing:
        limit = {"label": _SHAPE, "glued": 9.0, "tail": 9.0, "agency": 0.2, "slash": -0.5}[reading.credit]
        if vote < limit:
            rule = "credit" if reading.credit == "label" or reading.words <= 5 else "caption"
            return Verdict(keep=False, rule=rule, evidence=f"picture credit ({reading.credit})")
    if reading.shape and vote < _SHAPES.get(reading.shape, _SHAPE):
        return Verdict(keep=False, rule=reading.shape, evidence="shape of the line")
    if vote >= _SHAPE:
        return None
    if reading.byline is not None:
        return Verdict(keep=False, rule="byline", evidence=reading.byline[0])
    if reading.date >= 0.8:
        return Verdict(keep=False, rule="date", evidence=f"{reading.date:.0%} of the line is a date")
    return None


def _drop_recurring(page: Page, votes: Votes, verdicts: list[Verdict], titles: Sequence[int], frequencies: Sequence[int], body: tuple[int, int]) -> None:
    """Drop what other articles of the site have too: anything outside the body, and inside it what is no sentence."""
    for row, frequency in enumerate(frequencies):
        if frequency < 2 or row in titles or not verdicts[row].keep:
            continue
        inside = body[0] <= row <= body[1]
        sentence = sentence_like(page.readings[row])
        needed, limit = ((3, 1.5) if sentence else (3, 3.0)) if inside else ((2, 3.0) if sentence else (2, 5.0))
        if frequency >= needed and votes.line[row] < limit:
            verdicts[row] = Verdict(keep=False, rule="recurs", evidence=f"in {frequency} articles of this site")


def _drop_lead_captions(page: Page, verdicts: list[Verdict], titles: Sequence[int]) -> None:
    """Drop a sentence before the body that stands between a picture's credit and other furniture."""
    for row, verdict in enumerate(verdicts):
        if row in titles or not verdict.keep:
            continue
        after = row + 1 < len(verdicts) and not verdicts[row + 1].keep
        following = next((later for later in range(row + 1, len(verdicts)) if verdicts[later].keep), None)
        text = page.paragraphs[row].text
        if (following is not None and page.readings[row].words <= 40 and _SIGNED.search(text)
                and dateline(page.paragraphs[following].text) is not None):
            verdicts[row] = Verdict(keep=False, rule="caption", evidence="signed, and the next paragraph begins with a dateline")
        elif row > 0 and verdicts[row - 1].rule == "credit" and after and any(verdict.keep for verdict in verdicts[row + 1:]):
            verdicts[row] = Verdict(keep=False, rule="caption", evidence="between a picture's credit and other furniture")
        return


def _drop_head_names(page: Page, votes: Votes, verdicts: list[Verdict], titles: Sequence[int]) -> None:
    """Drop the names and places that stand alone between the title and the first sentence."""
    if not titles:
        return
    for row in range(titles[0] + 1, len(verdicts)):
        verdict, reading = verdicts[row], page.readings[row]
        name = reading.words <= 3 and not reading.terminal and is_name(page.paragraphs[row].text)
        if row in titles or (not verdict.keep and not (name and verdict.rule in _PLACES)):
            continue
        if not name or votes.line[row] > _NAME_IN_HEAD:
            return
        if any(later.keep for later in verdicts[row + 1:]):
            verdicts[row] = Verdict(keep=False, rule="head-name", evidence="a name alone before the first sentence")


def _keep_best(page: Page, votes: Votes, verdicts: list[Verdict]) -> None:
    """Keep the best of what is there, when all would go: the sentences, or the likeliest line."""
    rows = [row for row, verdict in enumerate(verdicts) if not verdict.keep]
    best = [row for row in rows if sentence_like(page.readings[row]) and page.readings[row].hit is None]
    if not best and rows:
        best = [max(rows, key=lambda row: (float(votes.line[row]), -row))]
    for row in best:
        verdicts[row] = Verdict(keep=True)
