"""`normalize compare`: what changed from one run to another."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from normalize.cli.app import EXIT_FAILED, app, say
from normalize.cli.glossary_app import json_option, printable

if TYPE_CHECKING:
    from normalize.measure.compare import Change, Difference

__all__ = ["compare"]

_MARKS = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
"""How a word that went, and one that came, is shown; as `git diff --word-diff` does."""


@app.command(
    epilog="Examples: `normalize compare out-before out` · `normalize compare out-before out --only target` · "
    "`normalize compare a.tmx b.tmx --html changes.html` · `normalize compare out-before out --exit-code`"
)
def compare(  # noqa: PLR0913 - one parameter for each option
    before: Annotated[Path, typer.Argument(metavar="RUN1", help="A run's folder, TMX, XLIFF, TSV, or any export.")],
    after: Annotated[Path, typer.Argument(metavar="RUN2", help="The other.")],
    *,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="List only units with this kind of change: added, removed, source, target, "
                     "state, origin, findings, terms, score, or changed (in both runs). May be repeated."),
    ] = None,
    summary: Annotated[bool, typer.Option("--summary", help="Count, and list nothing.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page with the changes.")] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 when anything differs.")] = False,
    as_json: Annotated[bool, json_option] = False,
) -> None:
    """Tell what changed between two runs, unit by unit: the counts first.

    Units go together by their source, so one that moved is the same. Words that went stand in [- -], words that came
    in {+ +}.
    """
    from normalize.measure.compare import changes, kinds_named, signature_of  # noqa: PLC0415 - keeps `--help` quick
    from normalize.measure.compare import compare as count  # noqa: PLC0415 - likewise

    wanted = kinds_named(only or ())
    counted = count(before, after)
    signatures = signature_of(before), signature_of(after)

    def found() -> Iterator[Change]:
        return (change for change in changes(before, after) if not wanted or not wanted.isdisjoint(change.names))

    if as_json:
        _say_json(counted, signatures, iter(()) if summary else found())
    else:
        _tell(counted, signatures, iter(()) if summary else found())
    if html is not None:
        _write_page(html, (str(before), str(after)), signatures, counted, found())
    if exit_code and counted.differs:
        sys.exit(EXIT_FAILED)


def _tell(counted: Difference, signatures: tuple[str, str], found: Iterator[Change]) -> None:
    from normalize.measure.compare_page import summary  # noqa: PLC0415 - keeps `--help` quick

    if signatures[0] != signatures[1]:
        say(printable(f"signature: {signatures[0] or 'none'}"))
        say(printable(f"        → {signatures[1] or 'none'}"))
    if not counted.differs:
        say(f"no difference in {counted.same:,} units")
        return
    for name, number in summary(counted):
        if number:
            say(f"{number:>9,}  {name}")
    for check in sorted(counted.appeared.keys() | counted.vanished.keys()):
        say(printable(f"{'':>9}  {check}: {counted.appeared[check]:,} appeared, {counted.vanished[check]:,} vanished"))
    for change in found:
        for line in _lines(change):
            say(printable(line))


def _lines(change: Change) -> Iterator[str]:
    before, after, row = change.before, change.after, change.row
    moved = f" (was {before.id})" if before and after and before.id != after.id else ""
    yield ""
    yield f"{row.id}{moved}  {', '.join(change.kinds)}"
    sides = ("", row.source), ("", row.target)
    if before is not None and after is not None:
        sides = (before.source, after.source), (before.target, after.target)
    elif after is None:
        sides = (row.source, ""), (row.target, "")
    for (old, new), name in zip(sides, ("source", "target"), strict=True):
        yield f"  {name}: {_words(old, new)}"
    if before is not None and after is not None:
        for name in ("state", "origin", "score"):
            if name in change.kinds:
                yield f"  {name}: {getattr(before, name)} → {getattr(after, name)}"
    for sign, findings in zip("+-", change.findings(), strict=True):
        yield from (f"  {sign} {one.severity} {one.check}: {one.message}" for one in findings)
    for sign, terms in zip("+-", change.terms(), strict=True):
        yield from (f"  {sign} term {one.surface} → {one.target}: {one.method}" for one in terms)


def _words(before: str, after: str) -> str:
    from normalize.measure.words import word_changes  # noqa: PLC0415 - keeps `--help` quick

    return "".join(_MARKS[part.sign].format(part.text) for part in word_changes(before, after))


def _say_json(counted: Difference, signatures: tuple[str, str], found: Iterator[Change]) -> None:
    """Print the counts, then the changes one by one."""
    import msgspec  # noqa: PLC0415 - keeps `--help` quick

    counts = msgspec.to_builtins(counted)
    say('{"summary": ' + json.dumps({**counts, "differs": counted.differs, "signatures": signatures}, sort_keys=True)
        + ',\n"changes": [')  # fmt: skip
    separator = ""
    for change in found:
        sys.stdout.write(separator + json.dumps(msgspec.to_builtins(_json_row(change))))
        separator = ",\n"
    say("\n]}")


def _json_row(change: Change) -> dict[str, Any]:
    appeared, vanished = change.findings()
    return {"unit": change.row.id, "kinds": change.kinds, "before": change.before, "after": change.after,
            "findings_appeared": appeared, "findings_vanished": vanished}  # fmt: skip


def _write_page(
    path: Path, runs: tuple[str, str], signatures: tuple[str, str], counted: Difference, found: Iterator[Change]
) -> None:
    from normalize.measure.compare_page import comparison_page  # noqa: PLC0415 - keeps `--help` quick
    from normalize.write import replace  # noqa: PLC0415 - likewise

    parts = comparison_page(runs, signatures, counted, found)
    replace(path, (part.encode(errors="backslashreplace") for part in parts))
