"""The stage itself: an article in, the article without its site's furniture out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from normalize.clean import features, inline, lift, markup, record
from normalize.clean.decide import Decision, Folder, decide
from normalize.clean.lines import Paragraph, paragraphs
from normalize.clean.model import BATCH, Forest, Matrix, forests
from normalize.clean.outline import title_rows
from normalize.clean.record import Verdict
from normalize.clean.recurrence import Recurrence
from normalize.clean.site_rules import SiteRules
from normalize.clean.votes import MARKED, Votes
from normalize.corpus import Article, Block, Metadata

__all__ = ["clean", "clean_all"]

_NO_TITLE = -20.0
"""What is said of rows that are not asked about."""


def clean(
    article: Article,
    recurrence: Recurrence | None,
    rules: SiteRules | None,
    trained: Mapping[str, Forest] | None = None,
) -> Article:
    """Take the furniture out; see `normalize.clean.clean`. `trained` are other forests than the bundled ones."""
    return next(clean_all([article], recurrence, rules, trained))


def clean_all(
    articles: Sequence[Article],
    recurrence: Recurrence | None,
    rules: SiteRules | None,
    trained: Mapping[str, Forest] | None = None,
) -> Iterator[Article]:
    """Take the furniture out of articles that are measured together and judged one by one."""
    read = [(paragraphs(article.text, wrapped=not article.blocks), article.metadata.title) for article in articles]
    pages = features.measure_all(read)
    votes = _votes(articles, pages, trained or forests())
    for article, page, vote in zip(articles, pages, votes, strict=True):
        yield _cleaned(article, page.without_numbers(), vote, recurrence, rules)


def _cleaned(
    article: Article, page: features.Page, votes: Votes, recurrence: Recurrence | None, rules: SiteRules | None
) -> Article:
    """Take the furniture out of an article whose paragraphs the classifier has judged."""
    orders, metadata = _orders(article, page.paragraphs, rules)
    decision = decide(page, votes, _folder(article, page, recurrence), orders)
    cuts = _cuts(page, decision)
    lifted = lift.lift(page, decision.verdicts, decision.titles, cuts)
    metadata = metadata.merged(article.metadata).merged(lifted)
    duplicate = recurrence.duplicates.get(article.id, "") if recurrence is not None else ""
    edited = article.edited(record.edits(article.text, page.paragraphs, decision.verdicts, cuts))
    return dataclasses.replace(edited, metadata=metadata, duplicate_of=article.duplicate_of or duplicate)


def _votes(articles: Sequence[Article], pages: Sequence[features.Page], forest: Mapping[str, Forest]) -> list[Votes]:
    """Ask the classifier; for HTML the one that also sees the markup."""
    blocks = [
        markup.blocks_of(page.paragraphs, article.blocks, article.text.count("\n") + 1)
        for article, page in zip(articles, pages, strict=True)
    ]
    plain = [page for page, marked in zip(pages, blocks, strict=True) if marked is None]
    answers = iter(_plain_votes(plain, forest))
    return [
        next(answers) if marked is None else _marked_votes(page, marked, forest)
        for page, marked in zip(pages, blocks, strict=True)
    ]


def _plain_votes(pages: Sequence[features.Page], forest: Mapping[str, Forest]) -> list[Votes]:
    if sum(len(page.readings) for page in pages) > BATCH:
        asked = [_asked(forest["line"], page) for page in pages]
        return [
            Votes(line=line, title=_titles(page, line, forest["title"], rows))
            for page, (line, rows) in zip(pages, asked, strict=True)
        ]
    # Few rows take as long to be asked about as many, so all pages' are asked about at once.
    rows = [page.rows(0, len(page.readings)) for page in pages]
    lines = _together(forest["line"], rows)
    above = [title_rows(page, line) for page, line in zip(pages, lines, strict=True)]
    heads = [part[start:end] for part, (start, end) in zip(rows, above, strict=True)]
    titles = [np.full(len(line), _NO_TITLE, dtype=np.float32) for line in lines]
    for title, (start, end), answer in zip(titles, above, _together(forest["title"], heads), strict=True):
        title[start:end] = answer
    return [Votes(line=line, title=title) for line, title in zip(lines, titles, strict=True)]


def _together(forest: Forest, rows: Sequence[Matrix]) -> list[Matrix]:
    """Ask about the rows of several pages; give each page's answers."""
    if not rows:
        return []
    ends = np.cumsum([len(part) for part in rows])
    return np.split(forest.logits(np.concatenate(rows)), ends[:-1])


def _marked_votes(page: features.Page, blocks: Sequence[Block], forest: Mapping[str, Forest]) -> Votes:
    words = [reading.words for reading in page.readings]
    line, rows = _asked(forest["block"], page, markup.measure(blocks, words))
    return Votes(
        line=line,
        title=_titles(page, line, forest["title"], rows),
        limits=MARKED,
        kin=markup.kin(blocks, words, line),
        links=[block.link_density for block in blocks],
        parts=markup.parts(blocks),
        captions=[block.tag == "figcaption" for block in blocks],
    )


def _asked(forest: Forest, page: features.Page, more: Matrix | None = None) -> tuple[Matrix, Matrix]:
    """Ask about every paragraph, some at a time; `more` are further columns. Give the answers and the first rows."""
    size = len(page.readings)
    answers, first = np.zeros(size, np.float32), np.zeros((0, 0), np.float32)
    for start in range(0, size, BATCH):
        rows = page.rows(start, min(size, start + BATCH))
        if more is not None:
            rows = np.concatenate([rows, more[start : start + BATCH]], axis=1)
        answers[start : start + BATCH] = forest.logits(rows)
        first = first if start else rows
    return answers, first


def _titles(page: features.Page, line: Matrix, forest: Forest, first: Matrix) -> Matrix:
    """Ask about the rows above the body only, which are mostly among the `first`; others are none."""
    start, end = title_rows(page, line)
    votes = np.full(len(line), _NO_TITLE, dtype=np.float32)
    votes[start:end] = forest.logits(first[start:end] if end <= len(first) else page.rows(start, end))
    return votes


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


def _folder(article: Article, page: features.Page, recurrence: Recurrence | None) -> Folder | None:
    if recurrence is None or recurrence.articles(article) < 2:
        return None
    lines = [reading.folded for reading in page.readings]
    texts = [part.text for part in page.paragraphs]
    return Folder(frequencies=recurrence.frequencies(article, lines), titles=recurrence.titles(article, texts, lines))


def _cuts(page: features.Page, decision: Decision) -> dict[int, list[inline.Cut]]:
    """Give what to cut out of the kept paragraphs; a title is left as it is."""
    kept = [row for row, verdict in enumerate(decision.verdicts) if verdict.keep and row not in decision.titles[:1]]
    cuts = {
        row: inline.cuts(page.paragraphs[row].text, lead=place < 3, closing=place >= len(kept) - 2)
        for place, row in enumerate(kept)
    }
    return {row: parts for row, parts in cuts.items() if parts}
