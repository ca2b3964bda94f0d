"""Write decisions down as edits, read them back as a list of what was removed, and take some of them back."""

from __future__ import annotations

import bisect
import collections
import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from normalize.clean.inline import Cut
from normalize.clean.lines import Paragraph
from normalize.corpus import Article, Edit, Removed, Span, replay
from normalize.errors import UsageError

__all__ = ["KEPT", "LAYOUT", "RuleCount", "Verdict", "edits", "removed", "restore", "stats"]

LAYOUT = frozenset({"blank", "hyphenation", "unwrap"})
"""Rules of edits that move white space and hyphens only; they are not listed as removals."""


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one paragraph."""

    keep: bool
    rule: str = ""
    evidence: str = ""


KEPT = Verdict(keep=True)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RuleCount:
    """How often a rule was used over some articles."""

    rule: str
    articles: int
    lines: int
    parts: int
    characters: int


def edits(
    text: str, paragraphs: Sequence[Paragraph], verdicts: Sequence[Verdict], cuts: Mapping[int, Sequence[Cut]]
) -> list[Edit]:
    """Give the edits, from the end of the text to its start, that leave the kept paragraphs, one a line.

    A dropped paragraph takes the line break after it along; one after the last kept paragraph takes the break before
    it. So each of them can be left out, and the line stands there again.
    """
    last = max((row for row, verdict in enumerate(verdicts) if verdict.keep), default=-1)
    found: list[Edit] = []
    position = 0
    for row, (paragraph, verdict) in enumerate(zip(paragraphs, verdicts, strict=True)):
        start, end = paragraph.start, paragraph.end
        if not verdict.keep:
            if row < last:
                end = text.index("\n", end) + 1
            elif last >= 0:
                start = text.rindex("\n", 0, start)
        if start > position:
            found.append(_edit(text, (position, start), "blank"))
        position = end
        if not verdict.keep:
            found.append(_edit(text, (start, end), verdict.rule, verdict.evidence))
            continue
        found += _inside(text, paragraph, cuts.get(row, ()))
        if row < last:  # all white space but one line break after each kept paragraph
            position = text.index("\n", end) + 1
            if position - 1 > end:
                found.append(_edit(text, (end, position - 1), "blank"))
    if len(text) > position:
        found.append(_edit(text, (position, len(text)), "blank"))
    found.reverse()
    return found


def _edit(text: str, place: tuple[int, int], rule: str, evidence: str = "", after: str = "") -> Edit:
    start, end = place
    return Edit(rule=rule, span=Span(start=start, end=end), before=text[start:end], after=after, evidence=evidence)


def _inside(text: str, paragraph: Paragraph, cuts: Sequence[Cut]) -> list[Edit]:
    """Give the edits within a kept paragraph, rising: parts cut out, and breaks of hard-wrapped lines made spaces."""
    if not cuts and not paragraph.breaks:
        return []
    found = [
        _edit(text, (_source(paragraph, cut.start), _source(paragraph, cut.end)), cut.rule, cut.evidence, cut.after)
        for cut in cuts
    ]
    spans = [edit.span for edit in found]
    for start, end, joint in paragraph.breaks:
        if not any(span.start < end and start < span.end for span in spans) and text[start:end] != joint:
            found.append(_edit(text, (start, end), "unwrap" if joint else "hyphenation", after=joint))
    found.sort(key=lambda edit: edit.span)
    return found


def _source(paragraph: Paragraph, offset: int) -> int:
    """Give the place in the text of an offset in the paragraph's joined text."""
    place = paragraph.start + offset
    for start, end, joint in paragraph.breaks:
        if place > start or (place == start and not joint):
            place += end - start - len(joint)
    return place


def _own(article: Article, rules: frozenset[str]) -> tuple[int, str]:
    """Give the index of the first edit that cleaning made, and the text before it."""
    first = next((index for index, edit in enumerate(article.edits) if edit.rule in rules), len(article.edits))
    return first, replay(article.raw, article.edits[:first])


def removed(article: Article, rules: frozenset[str]) -> list[Removed]:
    """List what cleaning took out of a cleaned article, from its start to its end; `rules` are the cleaner's names."""
    return [item for _, item in _listed(article, rules)]


def _listed(article: Article, rules: frozenset[str]) -> list[tuple[int, Removed]]:
    first, text = _own(article, rules)
    breaks = [index for index, char in enumerate(text) if char == "\n"]
    counts: collections.Counter[int] = collections.Counter()
    found: list[tuple[int, Removed]] = []
    for index in range(len(article.edits) - 1, first - 1, -1):
        edit = article.edits[index]
        if edit.rule in LAYOUT:
            continue
        start = edit.span.start + len(edit.before) - len(edit.before.lstrip())
        line = bisect.bisect_left(breaks, start) + 1
        begin = breaks[line - 2] + 1 if line > 1 else 0
        end = edit.span.start + len(edit.before.rstrip())
        stop = breaks[bisect.bisect_left(breaks, end)] if breaks and end <= breaks[-1] else len(text)
        whole = not text[begin:start].strip() and not text[end:stop].strip()
        counts[line] += 1
        name = f"{article.id}:{line}" if whole else f"{article.id}:{line}.{counts[line]}"
        found.append(
            (
                index,
                Removed(
                    id=name,
                    rule=edit.rule,
                    evidence=edit.evidence,
                    text=edit.before.strip(),
                    line=line - 1,
                    whole=whole,
                ),
            )
        )
    return found


def restore(article: Article, ids: Iterable[str], rules: frozenset[str]) -> Article:
    """Take removals back, named by their ids; raises UsageError for an id this article does not have."""
    listed = {item.id: index for index, item in _listed(article, rules)}
    wanted = set(ids)
    unknown = sorted(wanted - listed.keys())
    if unknown:
        message = f"nothing was removed as {unknown[0]!r}"
        raise UsageError(message, path=article.path, advice="ids are listed by `normalize clean --explain`")
    back = {listed[name] for name in wanted}
    left = tuple(edit for index, edit in enumerate(article.edits) if index not in back)
    return dataclasses.replace(article, text=replay(article.raw, left), edits=left)


def stats(articles: Iterable[Article], rules: frozenset[str]) -> list[RuleCount]:
    """Count the removals by rule, the most used first."""
    totals: dict[str, collections.Counter[str]] = {}
    for article in articles:
        seen = set()
        for item in removed(article, rules):
            total = totals.setdefault(item.rule, collections.Counter())
            total["lines" if item.whole else "parts"] += 1
            total["characters"] += len(item.text)
            seen.add(item.rule)
        for rule in seen:
            totals[rule]["articles"] += 1
    counts = [
        RuleCount(
            rule=rule,
            articles=total["articles"],
            lines=total["lines"],
            parts=total["parts"],
            characters=total["characters"],
        )
        for rule, total in totals.items()
    ]
    return sorted(counts, key=lambda count: (-count.lines - count.parts, count.rule))
