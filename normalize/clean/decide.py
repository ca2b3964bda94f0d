"""Decide which paragraphs are the article: keep or drop, by which rule, on what evidence."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from normalize.clean.features import Page, main_run
from normalize.clean.inline import is_signed_off, opens_with_place
from normalize.clean.reading import Reading
from normalize.clean.record import Verdict
from normalize.clean.shapes import is_name

__all__ = ["MARKED", "PLAIN", "Decision", "Folder", "Limits", "Votes", "decide"]

Vector = npt.NDArray[np.float32]

_WHOLE = 2.5
"""A line that is a phrase of the lexicon goes unless the classifier is surer than this (a logit) that it is text."""
_NOTICE = 0.5
_NOTICE_AT_EDGE = 4.0
_SHAPE = 1.5
_SHAPES = {"breadcrumb": 9.0, "initials": 3.0, "hashtags": 2.0, "menu": 0.0, "glued": 0.5, "arrow": 5.0, "embed": 9.0}
_CREDITS = {"label": _SHAPE, "glued": 9.0, "tail": 9.0, "agency": 0.2, "slash": -0.5}
_RECURS = {(True, True): 1.5, (True, False): 3.0, (False, True): 3.0, (False, False): 5.0}
"""By whether the line is inside the body, and whether it is a sentence."""
_TRANSPARENT = frozenset({"embed", "mark", "arrow", "initials"})
_BUTTON = -0.7
_STRAY = 0.1
_REACH = 8
_ENDINGS = frozenset({"related", "most-read", "comments", "tags", "copyright"})
_TEASER = 4.0
_NAME_IN_HEAD = 4.0
_PLACES = frozenset({"before-body", "inside-body", "after-body"})
_SIGNED = re.compile(r"[.!?\w]\s?\([\w./\- ]{2,30}\)$|/\s?[\w. ]{2,30}$")
"""A name in brackets or after a slash at the end, as a photographer's stands."""
_TITLE = -2.0
_TITLE_ABOVE = -4.0
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
PLAIN = Limits(inside_sentence=-4.5, inside_short=-1.6, inside_alone=-3.0, outside_sentence=-0.6, outside_short=0.3)
MARKED = Limits(inside_sentence=-1.0, inside_short=-0.5, inside_alone=-1.5, outside_sentence=0.7, outside_short=1.0)


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
    # A button between two paragraphs does not end the body.
    clear = [reading.hit is not None or reading.shape in _TRANSPARENT for reading in page.readings]
    weights = np.where(np.array(clear, dtype=bool) & (weights < 0), np.float32(_BUTTON), weights).astype(np.float32)
    return main_run(weights)


def find_titles(page: Page, votes: Votes, first: int) -> list[int]:
    """Give the index of the title, and of lines nearly as likely; empty when none is."""
    rows = [
        row
        for row in range(max(0, first - 80), min(first + 3, len(page.readings)))
        if 2 <= page.readings[row].words <= 40 and _may_be_title(page.readings[row])
    ]
    if not rows:
        return []
    best = max(rows, key=lambda row: (votes.title[row], -row))
    # A line above the first sentence, with nothing but known furniture and sentences between, is one on less evidence.
    above = best < first and all(
        reading.hit is not None or reading.shape in _TRANSPARENT or (sentence_like(reading) and reading.terminal)
        for reading in page.readings[best + 1 : first]
    )
    if votes.title[best] < (_TITLE_ABOVE if above and page.readings[best].words >= 4 else _TITLE):
        return []
    top = float(votes.title[best])
    # The copy that stands first stays; others of the same text are repeats.
    same = page.readings[best].folded
    best = next(row for row in rows if page.readings[row].folded == same)
    if top >= _SURE_TITLE:
        return [best]
    return [
        best,
        *(
            row
            for row in rows
            if row != best
            and votes.title[row] > _SECOND_TITLE
            and votes.line[row] > _TITLE
            and page.readings[row].folded != same
        ),
    ]


def _may_be_title(reading: Reading) -> bool:
    return (
        reading.hit is None
        and not reading.credit
        and reading.shape in {"", "menu", "hashtags"}
        and reading.date < 0.6
        and not reading.byline
        and not reading.folded.endswith(("...", "…"))
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What becomes of an article's paragraphs."""

    verdicts: list[Verdict]
    titles: list[int]
    """The title first; then lines nearly as likely to be it. Empty when there is none."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What the other articles of the folder say about the paragraphs, one entry each."""

    frequencies: Sequence[int]
    """How many articles of the site have it."""
    titles: Sequence[bool]
    """Whether it is another article's title."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A page with what is known of it as a whole."""

    page: Page
    votes: Votes
    titles: Sequence[int]
    first: int
    """The body's first row."""
    last: int

    def inside(self, row: int) -> bool:
        return self.first <= row <= self.last


def decide(
    page: Page, votes: Votes, folder: Folder | None = None, orders: Mapping[int, Verdict] | None = None
) -> Decision:
    """Judge every paragraph; at least one is kept where there is any. `orders` are verdicts already passed."""
    first, last = find_body(page, votes)
    titles = find_titles(page, votes, first)
    last = _extended(page, votes, last)
    case = _Case(page=page, votes=votes, titles=titles, first=max(first, min(titles, default=-1) + 1), last=last)
    evidence = [_evidence(case, row) for row in range(len(page.readings))]
    # A link that says "read also" stands alone; what stands around it is not its list.
    near = _window_any([verdict is not None and verdict.rule != "also-read" for verdict in evidence])
    verdicts = [verdict or _judge(case, row, near_furniture=near[row]) for row, verdict in enumerate(evidence)]
    if not any(evidence):
        _trust_clean_text(verdicts)
    if folder is not None:
        _drop_recurring(case, verdicts, folder)
    _drop_lead_captions(page, verdicts, titles)
    _drop_head_names(page, votes, verdicts, titles)
    for row, verdict in (orders or {}).items():
        verdicts[row] = verdict
    if not any(verdict.keep for row, verdict in enumerate(verdicts) if row not in titles):
        _keep_best(page, votes, verdicts)
    return Decision(verdicts=verdicts, titles=[row for row in titles if verdicts[row].keep])


def _extended(page: Page, votes: Votes, last: int) -> int:
    """Move the body's end on over lists and sub-heads to sentences that the classifier takes for text.

    The heading of a list of other articles stops it.
    """
    end = last
    for row in range(last + 1, len(page.readings)):
        reading = page.readings[row]
        if row > end + _REACH or (reading.hit is not None and reading.hit.rule in _ENDINGS):
            break
        if sentence_like(reading) and votes.line[row] > 1.0 and reading.hit is None:
            end = row
    return end


def _trust_clean_text(verdicts: list[Verdict]) -> None:
    """Keep the few lines that only a score speaks against, where no line of the page shows that it is furniture.

    So the text of an article that is clean already stays as it is.
    """
    dropped = [row for row, verdict in enumerate(verdicts) if not verdict.keep]
    if len(dropped) <= _STRAY * len(verdicts):
        for row in dropped:
            verdicts[row] = Verdict(keep=True)


def _evidence(case: _Case, row: int) -> Verdict | None:
    """Judge what the line shows by itself, and whether it is the title again."""
    reading = case.page.readings[row]
    if row in case.titles:
        return None
    if reading.folded in {case.page.readings[title].folded for title in case.titles}:
        return Verdict(keep=False, rule="repeated-title", evidence="the title, again")
    vote = float(case.votes.line[row])
    edge = not case.first < row < case.last
    return (
        _by_phrase(reading, vote, edge=edge)
        or _by_credit(reading, vote, closing=row >= case.last)
        or _by_shape(reading, vote)
    )


def _judge(case: _Case, row: int, *, near_furniture: bool) -> Verdict:
    """Judge by the classifier; in the body a line stays that nothing speaks against, nor against its neighbours."""
    reading, vote = case.page.readings[row], float(case.votes.line[row])
    inside, limits = case.inside(row), case.votes.limits
    item = case.page.paragraphs[row].text.endswith((";", ",", ":"))
    sentence = sentence_like(reading) or (inside and (reading.terminal or item))
    if inside:
        limit = limits.inside_sentence if sentence else limits.inside_short
        if not sentence and not near_furniture:
            limit = min(limit, limits.inside_alone)
    else:
        limit = limits.outside_sentence if sentence else limits.outside_short
    if not inside and row > case.first and is_signed_off(case.page.paragraphs[row].text):
        limit = limits.inside_sentence
    if row in case.titles or vote > limit:
        return Verdict(keep=True)
    place = "inside" if inside else "before" if row < case.first else "after"
    return Verdict(keep=False, rule=f"{place}-body", evidence=f"score {vote:.1f}")


def _window_any(flags: Sequence[bool], reach: int = 2) -> list[bool]:
    """Tell for each row whether a flag stands at most `reach` rows away."""
    return [any(flags[max(0, row - reach) : row + reach + 1]) for row in range(len(flags))]


def _by_phrase(reading: Reading, vote: float, *, edge: bool) -> Verdict | None:
    hit = reading.hit
    if hit is None or vote >= (_WHOLE if hit.mode != "notice" else _NOTICE_AT_EDGE if edge else _NOTICE):
        return None
    return Verdict(keep=False, rule=hit.rule, evidence=f"{hit.mode} phrase {hit.phrase!r} ({hit.language})")


def _by_credit(reading: Reading, vote: float, *, closing: bool) -> Verdict | None:
    """Judge a picture's credit or caption; at the body's end an agency's name is the article's source."""
    if not reading.credit or reading.words > 70 or closing or vote >= _CREDITS[reading.credit]:
        return None
    rule = "credit" if reading.credit == "label" or reading.words <= 5 else "caption"
    return Verdict(keep=False, rule=rule, evidence=f"picture credit ({reading.credit})")


def _by_shape(reading: Reading, vote: float) -> Verdict | None:
    if reading.shape and vote < _SHAPES.get(reading.shape, _SHAPE):
        return Verdict(keep=False, rule=reading.shape, evidence="shape of the line")
    if reading.byline is not None and vote < _SHAPE:
        return Verdict(keep=False, rule="byline", evidence=reading.byline[0])
    if reading.date >= 0.8 and vote < _SHAPE:
        return Verdict(keep=False, rule="date", evidence=f"{reading.date:.0%} of the line is a date")
    return None


def _drop_recurring(case: _Case, verdicts: list[Verdict], folder: Folder) -> None:
    """Drop what other articles of the site have too, more readily outside the body and when it is no sentence."""
    for row, frequency in enumerate(folder.frequencies):
        if row in case.titles or not verdicts[row].keep:
            continue
        vote, sentence = float(case.votes.line[row]), sentence_like(case.page.readings[row])
        needed = 3 if case.inside(row) else 2
        limit = _RECURS[case.inside(row), sentence]
        if folder.titles[row] and vote < _TEASER:
            verdicts[row] = Verdict(keep=False, rule="teaser", evidence="the title of another article")
        elif frequency >= needed and vote < limit:
            verdicts[row] = Verdict(keep=False, rule="recurs", evidence=f"in {frequency} articles of this site")


def _drop_lead_captions(page: Page, verdicts: list[Verdict], titles: Sequence[int]) -> None:
    """Drop a caption above the first sentence: the next paragraph kept begins with a dateline, and this one is signed
    or stands under a picture's credit.
    """  # noqa: D205 - one sentence
    kept = [row for row, verdict in enumerate(verdicts) if verdict.keep and row not in titles]
    if len(kept) < 2 or not opens_with_place(page.paragraphs[kept[1]].text):
        return
    row, text = kept[0], page.paragraphs[kept[0]].text
    signed = _SIGNED.search(text) is not None
    credited = row > 0 and verdicts[row - 1].rule == "credit"
    if page.readings[row].words <= 40 and (signed or credited) and not opens_with_place(text):
        verdicts[row] = Verdict(keep=False, rule="caption", evidence="above a paragraph that begins with a dateline")


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
        if any(later.keep for later in verdicts[row + 1 :]):
            verdicts[row] = Verdict(keep=False, rule="head-name", evidence="a name alone before the first sentence")


def _keep_best(page: Page, votes: Votes, verdicts: list[Verdict]) -> None:
    """Keep the best of what is there, when all would go: the sentences, or the likeliest line."""
    rows = [row for row, verdict in enumerate(verdicts) if not verdict.keep]
    best = [row for row in rows if sentence_like(page.readings[row]) and page.readings[row].hit is None]
    if not best and rows:
        best = [max(rows, key=lambda row: (float(votes.line[row]), -row))]
    for row in best:
        verdicts[row] = Verdict(keep=True)
