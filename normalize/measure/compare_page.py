"""Two runs side by side as one HTML page."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from normalize.measure.compare import Change, Difference, Kind
from normalize.measure.page import page, safe, table
from normalize.measure.words import word_changes
from normalize.rows import FindingRow, TermRow

__all__ = ["MOST", "comparison_page", "summary"]

MOST = 5_000
"""Changes a page shows; a browser gets slow with more."""

_LONGEST = 4_000
"""Characters shown of a text."""

_NAMES = {
    Kind.ADDED: "units added", Kind.REMOVED: "units removed", Kind.FINDINGS: "units with other findings",
    Kind.TERMS: "units with other terms",
}  # fmt: skip

_TAGS = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}


def summary(counted: Difference) -> list[tuple[str, int]]:
    """Name the counts, for any report."""
    rows = [("units the same", counted.same), ("units changed", counted.changed)]
    rows += [(_NAMES.get(kind, f"units with another {kind}"), counted.kinds[kind]) for kind in Kind]
    rows += [
        ("articles changed", counted.articles_changed), ("articles added", counted.articles_added),
        ("articles removed", counted.articles_removed), ("findings appeared", counted.appeared.total()),
        ("findings vanished", counted.vanished.total()),
    ]  # fmt: skip
    return rows


def comparison_page(
    runs: tuple[str, str], signatures: tuple[str, str], counted: Difference, changes: Iterable[Change]
) -> Iterator[str]:
    """Give the page in parts: the counts first, then the changes, in the order given."""
    yield from page(f"{runs[0]} → {runs[1]}", _body(signatures, counted, changes))


def _body(signatures: tuple[str, str], counted: Difference, changes: Iterable[Change]) -> Iterator[str]:
    if signatures[0] != signatures[1]:
        told = (f"{safe(name)}: <code>{safe(signature) or '–'}</code>"
                for name, signature in zip(("before", "after"), signatures, strict=True))  # fmt: skip
        yield f"<p>{'<br>'.join(told)}</p>\n"
    yield from table("How much", ("what", "how many"), (
        (safe(name), count) for name, count in summary(counted) if count
    ))  # fmt: skip
    checks = sorted(counted.appeared.keys() | counted.vanished.keys())
    if checks:
        yield from table("Findings, by check", ("check", "appeared", "vanished"), (
            (safe(check), counted.appeared[check], counted.vanished[check]) for check in checks
        ))  # fmt: skip
    if counted.differs:
        yield "<h2>Unit by unit</h2>\n"
        heads = ("unit", "what", "source", "target", "findings and terms")
        rows = map(_row, itertools.islice(changes, MOST))
        yield from table(f"At most {MOST:,} are shown", heads, rows, "texts")


def _row(change: Change) -> tuple[str, ...]:
    before, after, row = change.before, change.after, change.row
    return (
        safe(row.id),
        safe(", ".join(change.kinds)),
        _texts(before.source if before else "", after.source if after else "", row.source_language),
        _texts(before.target if before else "", after.target if after else "", row.target_language),
        "<br>".join(_details(change)),
    )


def _texts(before: str, after: str, language: str) -> str:
    parts = word_changes(before[:_LONGEST], after[:_LONGEST])
    inner = "".join(_TAGS[part.sign].format(safe(part.text)) for part in parts)
    return f'<span lang="{safe(language)}" dir="auto">{inner}</span>'


def _details(change: Change) -> Iterator[str]:
    before, after = change.before, change.after
    if before is not None and after is not None:
        for name in ("state", "origin", "score"):
            old, new = str(getattr(before, name)), str(getattr(after, name))
            if Kind(name) in change.kinds:
                yield f"{name}: <del>{safe(old)}</del> <ins>{safe(new)}</ins>"
    for tag, found in zip(("ins", "del"), change.findings(), strict=True):
        for finding in found:
            yield f"<{tag}>{_finding(finding)}</{tag}>"
    for tag, terms in zip(("ins", "del"), change.terms(), strict=True):
        for term in terms:
            yield f"<{tag}>{_term(term)}</{tag}>"


def _finding(finding: FindingRow) -> str:
    return f"{safe(finding.severity)} {safe(finding.check)}: {safe(finding.message[:_LONGEST])}"


def _term(term: TermRow) -> str:
    return f"{safe(term.surface)} → {safe(term.target)} ({safe(term.method)})"
