"""Take site furniture out of an article and keep every sentence of it.

`survey` learns what recurs over a folder, `clean` cleans one article, `removed` says what went and why, `restore` takes
some of it back. `RULES` names every rule with an example; `load` reads rules that users write for a site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from normalize.clean.record import RuleCount
from normalize.clean.recurrence import Recurrence, survey
from normalize.clean.rules import RULES, Rule
from normalize.clean.site_rules import SiteRule, SiteRules, load
from normalize.corpus import Article, Removed

__all__ = [
    "RULES",
    "Recurrence",
    "Removed",
    "Rule",
    "RuleCount",
    "SiteRule",
    "SiteRules",
    "clean",
    "clean_all",
    "load",
    "removed",
    "restore",
    "stats",
    "survey",
]

_NAMES = frozenset(rule.name for rule in RULES)

_TOGETHER = 16
"""Articles cleaned together: twice as many gain little more."""
_MOST = 100_000
"""Code points after which no more articles are taken: with longer ones nothing is gained."""


def clean(article: Article, recurrence: Recurrence | None = None, rules: SiteRules | None = None) -> Article:
    """Give the article without furniture: the title line first where the page has one, then a paragraph a line.

    What the dropped lines say about the article goes into its metadata, where that has nothing yet. Every change is an
    edit; those of rules `blank` and `unwrap` move white space only. An article that was cleaned, and perhaps restored,
    is given back as it is.
    """
    return next(_cleaned([article], recurrence, rules))


def clean_all(
    articles: Iterable[Article], recurrence: Recurrence | None = None, rules: SiteRules | None = None
) -> Iterator[Article]:
    """Clean articles as `clean` does each of them, in their order; short ones in up to a third less time.

    Up to `_TOGETHER` short articles are taken from `articles` and measured before the first of them is given.
    """
    batch: list[Article] = []
    size = 0
    for article in articles:
        batch.append(article)
        size += len(article.text)
        if len(batch) == _TOGETHER or size > _MOST:
            yield from _cleaned(batch, recurrence, rules)
            batch, size = [], 0
    yield from _cleaned(batch, recurrence, rules)


def _cleaned(articles: Sequence[Article], recurrence: Recurrence | None, rules: SiteRules | None) -> Iterator[Article]:
    """Clean articles together; those that were cleaned already stay."""
    from normalize.clean import stage  # noqa: PLC0415 - numpy and the classifier; `normalize --help` needs neither

    done = [any(edit.rule in _NAMES for edit in article.edits) for article in articles]
    new = [article for article, old in zip(articles, done, strict=True) if not old]
    cleaned = stage.clean_all(new, recurrence, rules)
    for article, old in zip(articles, done, strict=True):
        yield article if old else next(cleaned)


def removed(article: Article) -> list[Removed]:
    """List the lines and parts of lines that cleaning took out, from the start of the text to its end."""
    from normalize.clean import record  # noqa: PLC0415 - the name `removed` is taken here

    return record.removed(article, _NAMES)


def restore(article: Article, ids: Iterable[str]) -> Article:
    """Take removals back, named by `Removed.id`; UsageError for an id this article does not have."""
    from normalize.clean import record  # noqa: PLC0415 - likewise

    return record.restore(article, ids, _NAMES)


def stats(articles: Iterable[Article]) -> list[RuleCount]:
    """Count what each rule took out of cleaned articles, the most used rule first."""
    from normalize.clean import record  # noqa: PLC0415 - likewise

    return record.stats(articles, _NAMES)
