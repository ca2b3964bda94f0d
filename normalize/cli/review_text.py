"""How an article, and what reviewers changed, look in a terminal."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from normalize.wording import counted

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from normalize.review.differences import Change, Proposal
    from normalize.rows import ArticleRow, UnitRow

__all__ = ["print_differences", "print_side_by_side", "visible"]

_JOINERS = frozenset("\u200c\u200d")
"""Invisible, but part of how Persian and others are written."""

_LOST = frozenset({"missing", "partial"})
_SEVERITY = {"minor": "dim", "major": "yellow", "critical": "bold red"}
_STATES = {"initial": "not translated", "translated": "", "reviewed": "✓ reviewed", "final": "✓✓ final"}

_WAYS = {
    "glossary": "a row for the glossary",
    "wrong": "a wrong rendering for a row that is in the glossary",
    "rule": "a rule for rules.toml",
    "replacement": "no glossary row found: the sentences share no telling words",
}


def visible(text: str) -> str:
    r"""Put a mark for each character that a terminal would obey rather than show; lengths stay.

    >>> visible("a\x1b[2Jb")
    'a\ufffd[2Jb'
    """
    return "".join(char if char.isprintable() or char in _JOINERS else "\ufffd" for char in text)


def print_side_by_side(article: ArticleRow, units: Sequence[UnitRow]) -> None:
    """Print an article's units in two columns, what the page said of it above them."""
    from rich.console import Console, Group  # noqa: PLC0415 - keeps `--help` quick
    from rich.table import Table  # noqa: PLC0415 - likewise
    from rich.text import Text  # noqa: PLC0415 - likewise

    facts = (article.site, article.place, article.published, article.author, article.agency, article.url)
    path = article.path + (f", record {article.record}" if article.record else "")
    head = Text(visible(article.title or article.id) + "\n", style="bold")
    head.append(visible(" · ".join(filter(None, facts))) + "\n", style="not bold")
    head.append(visible(f"{path} · {article.language} · {article.removed} pieces removed"), style="not bold dim")
    head.append("\n")
    table = Table(expand=True, box=None, padding=(0, 3, 1, 0), header_style="dim")
    table.add_column("¶", justify="right", style="dim", no_wrap=True)
    table.add_column("source", ratio=1, overflow="fold")
    table.add_column("English", ratio=1, overflow="fold")
    paragraph = -1
    for unit in units:
        number = str(unit.paragraph + 1) if unit.paragraph != paragraph else ""
        paragraph = unit.paragraph
        table.add_row(number, _source(unit), Group(_target(unit), *_remarks(unit)))
    console = Console(highlight=False, soft_wrap=False)
    with _paged(console):
        console.print(head)
        console.print(table)


def _source(unit: UnitRow) -> Text:
    from rich.text import Text  # noqa: PLC0415 - keeps `--help` quick

    text = Text(visible(unit.source))
    for term in unit.terms:
        text.stylize("underline yellow" if term.method in _LOST else "underline green", *term.span)
    return text


def _target(unit: UnitRow) -> Text:
    from rich.text import Text  # noqa: PLC0415 - keeps `--help` quick

    if not unit.target:
        return Text("no translation", style="dim italic")
    text = Text(visible(unit.target))
    for term in unit.terms:
        if term.target_span:
            text.stylize("underline green", *term.target_span)
    for finding in unit.findings:
        if finding.span:
            text.stylize(f"underline {_SEVERITY.get(finding.severity, '')}", *finding.span)
    return text


def _remarks(unit: UnitRow) -> list[Text]:
    from rich.text import Text  # noqa: PLC0415 - keeps `--help` quick

    found = [
        Text(
            visible(f"▲ {finding.check.replace('-', ' ')}: {finding.message}"),
            style=_SEVERITY.get(finding.severity, ""),
        )
        for finding in unit.findings
    ]
    found += [
        Text(visible(f"▲ term {term.method}: {term.term} → {term.target}"), style="yellow")
        for term in unit.terms
        if term.method in _LOST
    ]
    state = _STATES.get(unit.state, unit.state)
    return [*found, Text(state, style="green" if "✓" in state else "dim")] if state else found


def print_differences(changed: Sequence[Change], proposed: Sequence[Proposal]) -> None:
    """Print each change word by word, then what would have prevented some of them."""
    from rich.console import Console  # noqa: PLC0415 - keeps `--help` quick
    from rich.text import Text  # noqa: PLC0415 - likewise

    console = Console(highlight=False)
    plain = not console.is_terminal
    with _paged(console):
        for change in changed:
            console.print(Text(visible(change.unit.id), style="bold"), soft_wrap=True)
            console.print(Text(f"  {visible(change.unit.source)}", style="dim"), soft_wrap=True)
            text = Text("  ")
            for kind, piece in change.pieces:
                marks = {"-": ("[-", "-]"), "+": ("{+", "+}")}.get(kind, ("", "")) if plain else ("", "")
                style = {"-": "red strike", "+": "green underline"}.get(kind, "")
                text.append(f"{marks[0]}{visible(piece)}{marks[1]}", style=style)
            console.print(text, soft_wrap=True)
            remark = " ".join(filter(None, (change.correction.label, change.correction.comment)))
            if remark:
                console.print(Text(f"  # {visible(remark)}", style="italic"), soft_wrap=True)
        for one in proposed:
            where = f"{counted(len(one.units), 'unit')}: {', '.join(one.units[:5])}"
            console.print(Text(f"\n{_WAYS[one.kind]} ({visible(where)})", style="bold"), soft_wrap=True)
            console.print(Text("\n".join(f"  {visible(line)}" for line in one.line.split("\n"))), soft_wrap=True)
        some = f"{counted(len(changed), 'unit')} changed by reviewers"
        console.print(f"{some} · {counted(len(proposed), 'proposal')}", soft_wrap=True)


def _paged(console: Console) -> contextlib.AbstractContextManager[object]:
    if not sys.stdout.isatty():
        return contextlib.nullcontext()
    os.environ.setdefault("LESS", "FRX")  # colours shown, and a text of one screen left standing
    return console.pager(styles=True)
