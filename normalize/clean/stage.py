"""The stage itself: an article in, the article without its site's furniture out."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from normalize.clean import features, inline, lift, markup, record
from normalize.clean.decide import MARKED, Decision, Folder, Votes, decide
from normalize.clean.lines import Paragraph, paragraphs
from normalize.clean.model import forests
from normalize.clean.record import Verdict
from normalize.clean.recurrence import Recurrence
from normalize.clean.site_rules import SiteRules
from normalize.corpus import Article, Metadata

__all__ = ["clean"]


def clean(article: Article, recurrence: Recurrence | None, rules: SiteRules | None) -> Article:
    """Take the furniture out; see `normalize.clean.clean`."""
    parts = paragraphs(article.text, wrapped=not article.blocks)
    page = features.measure(parts, article.metadata.title)
    votes = _votes(article, page)
    orders, metadata = _orders(article, parts, rules)
    decision = decide(page, votes, _folder(article, parts, recurrence), orders)
    cuts = _cuts(page, decision)
    lifted = lift.lift(page, decision.verdicts, decision.titles, cuts)
    metadata = metadata.merged(article.metadata).merged(lifted)
    duplicate = recurrence.duplicates.get(article.id, "") if recurrence is not None else ""
    edited = article.edited(record.edits(article.text, parts, decision.verdicts, cuts))
    return dataclasses.replace(edited, metadata=metadata, duplicate_of=article.duplicate_of or duplicate)


def _votes(article: Article, page: features.Page) -> Votes:
    """Ask the classifier; for HTML the one that also sees the markup."""
    forest = forests()
    title = forest["title"].logits(page.matrix)
    blocks = markup.blocks_of(page.paragraphs, article.blocks, article.text.count("\n") + 1)
    if blocks is None:
        return Votes(line=forest["line"].logits(page.matrix), title=title)
    columns = markup.measure(blocks, [reading.words for reading in page.readings])
    return Votes(
        line=forest["block"].logits(np.concatenate([page.matrix, columns], axis=1)), title=title, limits=MARKED
    )


def _orders(
    article: Article, parts: Sequence[Paragraph], rules: SiteRules | None
) -> tuple[dict[int, Verdict], Metadata]:
    """Give the verdicts that the user's rules pass, and the metadata they lift."""
    verdicts: dict[int, Verdict] = {}
    lifted = Metadata()
    own = rules.of(article) if rules is not None else ()
    for row, part in enumerate(parts if own else ()):
        for rule in own:
            found = rule.match(part.text)
            if found is None:
                continue
            keep = rule.action == "keep"
            verdicts[row] = Verdict(
                keep=keep, rule="" if keep else "site-rule", evidence=f"rule {rule.number}: {rule.text}"
            )
            if rule.action == "meta" and found:
                lifted = lifted.merged(dataclasses.replace(Metadata(), **{rule.field: found}))  # type: ignore[arg-type] # no rule fills tags
            break
    return verdicts, lifted


def _folder(article: Article, parts: Sequence[Paragraph], recurrence: Recurrence | None) -> Folder | None:
    if recurrence is None or recurrence.articles(article) < 2:
        return None
    return Folder(
        frequencies=[recurrence.frequency(article, part.text) for part in parts],
        titles=[recurrence.is_title(article, part.text) for part in parts],
    )


def _cuts(page: features.Page, decision: Decision) -> dict[int, list[inline.Cut]]:
    """Give what to cut out of the kept paragraphs; a title is left as it is."""
    kept = [row for row, verdict in enumerate(decision.verdicts) if verdict.keep and row not in decision.titles]
    cuts = {
        row: inline.cuts(page.paragraphs[row].text, lead=place < 3, closing=place >= len(kept) - 2)
        for place, row in enumerate(kept)
    }
    return {row: parts for row, parts in cuts.items() if parts}
