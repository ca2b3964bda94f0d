"""Decide which paragraphs are the article: keep or drop, by which rule, on what evidence."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from collections.abc import Collection, Mapping, Sequence

from normalize.clean.evidence import by_credit, by_phrase, by_shape
from normalize.clean.features import Page
from normalize.clean.inline import is_signed_off, opens_with_place
from normalize.clean.outline import begun, extended, find_body, find_titles, sentence_like
from normalize.clean.record import KEPT, Verdict
from normalize.clean.shapes import is_name
from normalize.clean.votes import Votes

__all__ = ["Decision", "Folder", "decide"]

_FIGCAPTION = 3.0
_RECURS = {(True, True): 1.5, (True, False): 3.0, (False, True): 3.0, (False, False): 5.0}
"""By whether the line is inside the body, and whether it is a sentence."""
_STRAY, _STRAYS = 0.1, 2
_OPENING = 15
"""Characters of a title that cannot begin another line by chance."""
_CUT = (".", "…")
_TEASER = 4.0
_NAME_IN_HEAD = 4.0
_NEVER = -1e9
_GOES_ON = frozenset(",:;")
_STOPS = frozenset(".。")
_ANSWER, _STOPPED = 4, 3.0
"""How much surer the classifier must be to drop so few words of the body with a full stop: no button has one."""
_STANDFIRST = 8
"""Words of a sentence that sums the article up; captions have fewer."""
_PLACES = frozenset({"before-body", "inside-body", "after-body"})
_SIGNED = re.compile(r"[.!?\w]\s?\([\w./\- ]{2,30}\)$|/\s?[\w. ]{2,30}$")
"""A name in brackets or after a slash at the end, as a photographer's stands."""
_KIN = -4.0
"""A sentence of an HTML page that stands in the body, beside its paragraphs, stays unless the classifier is sure."""


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
    lines: Sequence[float]
    """`votes.line` as Python's numbers."""
    titles: Sequence[int]
    names: frozenset[str]
    """The titles' folded texts."""
    first: int
    """The body's first row."""
    last: int
    begin: int
    """The first sentence above the body that is the article's, or the body's first row."""

    def inside(self, row: int) -> bool:
        return self.first <= row <= self.last


def decide(
    page: Page, votes: Votes, folder: Folder | None = None, orders: Mapping[int, Verdict] | None = None
) -> Decision:
    """Judge every paragraph; at least one is kept where there is any. `orders` are verdicts already passed."""
    first, last = find_body(page, votes.line)
    titles = find_titles(page, votes, first, last)
    last = extended(page, votes, last)
    case = _Case(
        page=page,
        votes=votes,
        lines=votes.line.tolist(),
        titles=titles,
        names=frozenset(page.readings[row].folded for row in titles),
        first=max(first, min(titles, default=-1) + 1),
        last=last,
        begin=begun(page, votes, first, titles),
    )
    evidence = [_evidence(case, row) if show else None for row, show in enumerate(_showing(case))]
    # A link that says "read also" stands alone; what stands around it is not its list.
    near = _window_any([verdict is not None and verdict.rule != "also-read" for verdict in evidence])
    verdicts = [verdict or _judge(case, row, near_furniture=near[row]) for row, verdict in enumerate(evidence)]
    if not any(evidence):
        _trust_clean_text(case, verdicts)
    if folder is not None:
        _drop_recurring(case, verdicts, folder)
    _drop_lead_captions(page, verdicts, titles)
    _drop_head_names(page, votes, verdicts, titles)
    for row, verdict in (orders or {}).items():
        verdicts[row] = verdict
    if not any(verdict.keep for row, verdict in enumerate(verdicts) if row not in titles):
        _keep_best(page, votes, verdicts)
    return Decision(verdicts=verdicts, titles=[row for row in titles if verdicts[row].keep])


def _trust_clean_text(case: _Case, verdicts: list[Verdict]) -> None:
    """Keep the few lines that only a score speaks against, where no line of the page shows that it is furniture.

    So the text of an article that is clean already stays as it is.
    """
    dropped = [row for row, verdict in enumerate(verdicts) if not verdict.keep]
    readings = case.page.readings
    # A sentence, and the first line where no other is the title, may be the article's.
    doubted = all(readings[row].terminal or (row == 0 and not case.titles) for row in dropped)
    if (doubted and len(dropped) <= _STRAYS) or len(dropped) <= _STRAY * len(verdicts):
        for row in dropped:
            verdicts[row] = KEPT


def _showing(case: _Case) -> list[bool]:
    """Tell of each paragraph whether there may be evidence against it; most have none, and pages have hundreds."""
    captions = case.votes.captions or itertools.repeat(False)  # noqa: FBT003 - a value repeated
    return [
        reading.telling or caption or reading.folded in case.names or reading.folded[-1:] in _CUT
        for reading, caption in zip(case.page.readings, captions, strict=False)
    ]


def _evidence(case: _Case, row: int) -> Verdict | None:
    """Judge what the line shows by itself, and whether it is the title again."""
    reading = case.page.readings[row]
    if row in case.titles:
        return None
    if reading.folded in case.names:
        return Verdict(keep=False, rule="repeated-title", evidence="the title, again")
    if _is_cut_short(reading.folded, case.names):
        return Verdict(keep=False, rule="repeated-title", evidence="the title, cut short")
    vote = case.lines[row]
    if case.votes.is_caption(row) and vote < _FIGCAPTION:
        return Verdict(keep=False, rule="caption", evidence="figcaption")
    if not reading.telling:
        return None
    edge = not case.first < row < case.last
    return (
        by_phrase(reading, vote, edge=edge)
        or by_credit(reading, vote, closing=row >= case.last)
        or by_shape(reading, vote, inside=case.inside(row) and case.votes.unlinked(row))
    )


def _is_cut_short(folded: str, titles: Collection[str]) -> bool:
    """Whether a line ends with an ellipsis and is the beginning of a title, as in a breadcrumb or a share box."""
    if not folded.endswith(("...", "…")):
        return False
    opening = folded.rstrip(".… ")
    return len(opening) >= _OPENING and any(title.startswith(opening) for title in titles)


def _judge(case: _Case, row: int, *, near_furniture: bool) -> Verdict:
    """Judge by the classifier; in the body a line stays that nothing speaks against, nor against its neighbours."""
    vote, inside = case.lines[row], case.inside(row)
    if row in case.titles:
        return KEPT
    if inside:
        limit = _limit_inside(case, row, near_furniture=near_furniture)
    elif vote <= case.votes.limits.least_outside:  # as most of a page's lines are
        limit = vote
    else:
        limit = _limit_outside(case, row)
    if vote > limit:
        return KEPT
    place = "inside" if inside else "before" if row < case.first else "after"
    return _outvoted(place, f"{vote:.1f}")


def _limit_inside(case: _Case, row: int, *, near_furniture: bool) -> float:
    """Give the logit above which a line of the body stays."""
    reading, limits = case.page.readings[row], case.votes.limits
    end = case.page.paragraphs[row].text[-1:]
    sentence = sentence_like(reading) or reading.terminal or end in _GOES_ON
    # No menu has semicolons: an item of a list stays.
    limit = _NEVER if end == ";" else limits.inside_sentence if sentence else limits.inside_short
    if end in _STOPS and reading.words <= _ANSWER:
        limit -= _STOPPED
    if case.votes.is_part(row) or (end == ":" and case.votes.unlinked(row)):
        limit = min(limit, limits.inside_part)
    if sentence and case.votes.kin and case.votes.kin[row]:
        limit = min(limit, _KIN)
    if not sentence and not near_furniture:
        limit = min(limit, limits.inside_alone)
    return limit


def _limit_outside(case: _Case, row: int) -> float:
    """Give the logit above which a line above or below the body stays."""
    limits, text = case.votes.limits, case.page.paragraphs[row].text
    sentence = sentence_like(case.page.readings[row])
    limit = limits.outside_sentence if sentence else limits.outside_short
    if case.begin < row < case.first:
        whole = sentence or text[-1:] in _GOES_ON
        limit = min(limit, limits.opening_sentence if whole else limits.opening_short)
    if sentence and _is_standfirst(case, row):
        limit = min(limit, limits.standfirst)
    if row > case.first and is_signed_off(text):
        limit = limits.inside_sentence
    return limit


def _is_standfirst(case: _Case, row: int) -> bool:
    """Whether a line outside the body is a whole sentence under the title, as one that sums the article up is."""
    reading = case.page.readings[row]
    below = bool(case.titles) and case.titles[0] < row < case.first
    whole = reading.terminal and reading.words >= _STANDFIRST and not reading.telling
    return below and whole and case.votes.unlinked(row)


@functools.lru_cache(maxsize=1 << 10)
def _outvoted(place: str, score: str) -> Verdict:
    """Give one verdict for all lines of one score, of which a long page has many."""
    return Verdict(keep=False, rule=f"{place}-body", evidence=f"score {score}")


def _window_any(flags: Sequence[bool], reach: int = 2) -> list[bool]:
    """Tell for each row whether a flag stands at most `reach` rows away."""
    near = [False] * len(flags)
    for row, flag in enumerate(flags):
        if flag:
            start, end = max(0, row - reach), min(row + reach + 1, len(flags))
            near[start:end] = [True] * (end - start)
    return near


def _drop_recurring(case: _Case, verdicts: list[Verdict], folder: Folder) -> None:
    """Drop what other articles of the site have too, more readily outside the body and when it is no sentence."""
    for row, frequency in enumerate(folder.frequencies):
        if row in case.titles or not verdicts[row].keep:
            continue
        vote, sentence = case.lines[row], sentence_like(case.page.readings[row])
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
        # The dash after a place may stand on its line: "Jakarta -".
        name = reading.words <= 4 and not reading.terminal and is_name(page.paragraphs[row].text.rstrip(" -–—"))
        name = name and (reading.words <= 3 or page.paragraphs[row].text.endswith(("-", "–", "—")))
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
        verdicts[row] = KEPT
