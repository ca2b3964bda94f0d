"""Take site furniture out of an article and keep every sentence of it.

`survey` learns what recurs over a folder, `clean` cleans one article, `removed` says what went and why, `restore` takes
some of it back. `RULES` names every rule with an example; `load` reads rules that users write for a site.
"""

from __future__ import annotations

from collections.abc import Iterable

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
    "load",
    "removed",
    "restore",
    "stats",
    "survey",
]

_NAMES = frozenset(rule.name for rule in RULES)


def clean(article: Article, recurrence: Recurrence | None = None, rules: SiteRules | None = None) -> Article:
    """Give the article without furniture: the title line first where the page has one, then a paragraph a line.

    What the dropped lines say about the article goes into its metadata, where that has nothing yet. Every change is an
    edit; those of rules `blank` and `unwrap` move white space only. An article that was cleaned, and perhaps restored,
    is given back as it is.
    """
    if any(edit.rule in _NAMES for edit in article.edits):
        return article
    from normalize.clean import stage  # noqa: PLC0415 - numpy and the classifier; `normalize --help` needs neither

    return stage.clean(article, recurrence, rules)


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
