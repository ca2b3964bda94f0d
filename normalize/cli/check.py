"""`normalize check`: the checks over a run's corpus, or any translations."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.cli.app import EXIT_FAILED, app, say
from normalize.cli.glossary_app import json_option, printable

if TYPE_CHECKING:
    from normalize.check.settings import Settings
    from normalize.measure import Inspection, Placing, Worst

__all__ = ["check"]

DEFAULT_SETTINGS = Path("checks.toml")

_SHOWN = 200
"""Findings a terminal's table shows; a page or JSON has them all."""


class FailOn(StrEnum):
    """The least bad finding that makes the exit code 1."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    NONE = "none"


@app.command(
    epilog="Examples: `normalize check` · `normalize check memory.tmx --fail-on major` · "
    "`normalize check pairs.tsv --source id --html findings.html` · `normalize check source.txt target.txt --json`"
)
def check(  # noqa: PLR0913 - one parameter for each option
    file: Annotated[
        Path, typer.Argument(metavar="[FILE|OUT]", help="A run's folder, TMX, XLIFF, TSV, any export, or a text.")
    ] = Path("out"),
    translation: Annotated[
        Path | None, typer.Argument(metavar="[TARGET]", help="Where FILE is a text: its translation, line by line.")
    ] = None,
    *,
    source: Annotated[
        str, typer.Option(metavar="TAG", help="Language of sources that name none. Default: found out.")
    ] = "",
    target: Annotated[str, typer.Option(metavar="TAG", help="Language of targets that name none. Default: en.")] = "",
    settings: Annotated[
        Path | None,
        typer.Option("--settings", "--checks", metavar="FILE",
                     help="Which checks, how bad, with which limits, and what to let be. "
                     "Default: `checks.toml` in this folder, if it is there."),
    ] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="CHECK", help="Run this check only; may be repeated.")]
    = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CHECK", help="Leave this check out; may be repeated.")]
    = None,
    fail_on: Annotated[FailOn, typer.Option(help="Exit with 1 when a finding is as bad as this, or worse.")]
    = FailOn.CRITICAL,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page with the findings.")] = None,
    as_json: Annotated[bool, json_option] = False,
    list_checks: Annotated[bool, typer.Option("--list", help="Print the table of checks, as set, and stop.")] = False,
) -> None:
    """Look for what is wrong in translations: numbers, negations, omissions, loops, marks and more.

    Each finding is a line `FILE:LINE: severity check: what`. Exit code 1 when one is as bad as --fail-on says.
    """
    from normalize import language  # noqa: PLC0415 - keeps `--help` quick
    from normalize.corpus import Severity  # noqa: PLC0415 - likewise
    from normalize.measure import Inspection, Worst, corpus_file, inspect, units  # noqa: PLC0415 - likewise

    wanted = _settings(settings).narrowed(only=only or (), without=ignore or ())
    if list_checks:
        _list(wanted, as_json=as_json)
        return
    tags = {"source": source and language.canonical(source), "target": target and language.canonical(target)}
    counts, worst = Inspection(file=str(translation or corpus_file(file))), Worst()
    found = _watched(inspect(units(file, translation, **tags), wanted, counts), worst)
    if as_json:
        _say_json(found, counts)
    elif sys.stdout.isatty():
        for _ in found:
            pass
        _show_table(worst)
    else:
        for placing in found:
            say(_line(counts.file, placing))
    if html is not None:
        _write_page(html, counts, worst)
    if not as_json:
        say(printable(_last_line(counts)))
    if counts.fails(None if fail_on is FailOn.NONE else Severity(fail_on.value)):
        sys.exit(EXIT_FAILED)


def _settings(path: Path | None) -> Settings:
    from normalize.check.settings import Settings  # noqa: PLC0415 - keeps `--help` quick

    if path is None and not DEFAULT_SETTINGS.is_file():
        return Settings()
    return Settings.load(path or DEFAULT_SETTINGS)


def _watched(found: Iterator[Placing], worst: Worst) -> Iterator[Placing]:
    for placing in found:
        worst.add(placing)
        yield placing


def _line(file: str, placing: Placing) -> str:
    finding = placing.finding
    return printable(f"{file}:{placing.line}: {finding.severity} {finding.check}: {finding.message}")


def _last_line(counts: Inspection) -> str:
    total = sum(counts.severities.values())
    found = [(counts.severities[one], one) for one in ("critical", "major", "minor")]
    by = ", ".join(f"{count:,} {one}" for count, one in found if count)
    ignored = f" · {counts.ignored:,} let be" if counts.ignored else ""
    return f"{total:,} findings{f' ({by})' if by else ''} in {counts.units_found:,} of {counts.units:,} units{ignored}"


def _show_table(worst: Worst) -> None:
    """Show the worst findings on a terminal; texts of others are never markup there."""
    from rich.console import Console  # noqa: PLC0415 - keeps `--help` quick
    from rich.table import Table  # noqa: PLC0415 - likewise
    from rich.text import Text  # noqa: PLC0415 - likewise

    styles = {"critical": "bold red", "major": "yellow", "minor": "dim"}
    table = Table(show_edge=False)
    for head in ("line", "severity", "check", "what"):
        table.add_column(head, justify="right" if head == "line" else "left", overflow="fold")
    for number, placing in enumerate(worst):
        if number == _SHOWN:
            break
        severity = placing.finding.severity.value
        table.add_row(str(placing.line), Text(severity, styles[severity]), Text(printable(placing.finding.check)),
                      Text(printable(placing.finding.message)))  # fmt: skip
    if worst.found:
        Console().print(table)
    if worst.found > _SHOWN:
        say(f"… the worst {_SHOWN} of {worst.found:,}; `--html FILE` or `--json` gives more")


def _say_json(found: Iterator[Placing], counts: Inspection) -> None:
    """Print the findings one by one, and then the counts, which are known only then."""
    say('{"findings": [')
    before = ""
    for placing in found:
        finding, unit = placing.finding, placing.unit
        row = {
            "line": placing.line, "unit": unit.segment.id, "check": finding.check, "issue": finding.issue.value,
            "severity": finding.severity.value, "message": finding.message,
            "span": None if finding.span is None else dataclasses.astuple(finding.span),
            "source": unit.segment.source, "target": unit.target,
        }  # fmt: skip
        # Escapes, because a JSON string may hold lone surrogates and a terminal may not.
        sys.stdout.write(before + json.dumps(row))
        before = ",\n"
    say("\n],\n" + json.dumps(counts.as_json(), sort_keys=True)[1:])


def _write_page(path: Path, counts: Inspection, worst: Worst) -> None:
    from normalize.measure import inspection_page  # noqa: PLC0415 - keeps `--help` quick
    from normalize.write import replace  # noqa: PLC0415 - likewise

    parts = inspection_page(counts, worst)
    replace(path, (part.encode(errors="backslashreplace") for part in parts))


def _list(settings: Settings, *, as_json: bool) -> None:
    from normalize.check.settings import limits  # noqa: PLC0415 - keeps `--help` quick

    if as_json:
        rows = [{"check": one.name, "issue": one.issue.value, "severity": one.severity.value,
                 "description": one.description, "limits": limits(one)} for one in settings.checks]  # fmt: skip
        say(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max((len(one.name) for one in settings.checks), default=0)
    for one in settings.checks:
        told = ", ".join(f"{name} {value:g}" for name, value in limits(one).items())
        say(f"{one.name:<{width}}  {one.severity:<8}  {one.issue:<16}  {one.description}{f' [{told}]' if told else ''}")
