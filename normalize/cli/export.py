"""`normalize export`: the parallel corpus in the formats others read, filtered and split."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.cli.app import app, complain, say
from normalize.cli.glossary_app import printable
from normalize.errors import UsageError
from normalize.wording import counted

if TYPE_CHECKING:
    from normalize.export import Exported, Form
    from normalize.write import Draft

__all__ = ["export"]

_FORMATS = "jsonl, jsonl-translation, tsv, tmx, xliff (1.2), xliff2 (2.1), moses, parquet, hf"


@app.command(
    epilog="Examples: `normalize export --format tmx --to corpus.tmx` · "
    "`normalize export out --format hf --to dataset --split train=0.98,dev=0.01,test=0.01 --license CC-BY-4.0` · "
    "`normalize export --format moses --to mt/corpus --filter default,score=-1,no-numbers --drop-reasons out.tsv` · "
    "`normalize export --format tsv --to look.tsv --sample 200`"
)
def export(  # noqa: PLR0913 - one parameter for each option
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="The folder of a run, or a corpus.jsonl.")
    ] = Path("out"),
    *,
    format: Annotated[str, typer.Option(metavar="FORMAT", help=_FORMATS)] = "",  # noqa: A002 - the option's name
    to: Annotated[
        Path | None, typer.Option(metavar="PATH", help="The file to write; a folder for hf, a name's start for moses.")
    ] = None,
    filters: Annotated[
        list[str] | None,
        typer.Option("--filter", metavar="RULES",
                     help="`default`, `none`, or NAME[=VALUE] and no-NAME, parted by commas; see --list-filters."),
    ] = None,
    state: Annotated[
        str, typer.Option(metavar="STATE", help="Only units that have come this far: translated, reviewed, final.")
    ] = "",
    sample: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Only so many units of each pair of languages, always the same ones."),
    ] = None,
    split: Annotated[
        str, typer.Option(metavar="SHARES", help="Split by article, for example train=0.98,dev=0.01,test=0.01.")
    ] = "",
    drop_reasons: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Say of every unit `keep`, or what dropped it (.tsv or .jsonl).")
    ] = None,
    license: Annotated[  # noqa: A002 - the option's name
        str, typer.Option(metavar="TEXT", help="The licence that the files name. Default: unknown.")
    ] = "",
    parquet: Annotated[bool, typer.Option("--parquet", help="For hf: data as Parquet instead of JSON lines.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace files that are there already.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON on standard output.")] = False,
    list_filters: Annotated[bool, typer.Option("--list-filters", help="Print the table of filters, and stop.")] = False,
) -> None:
    """Write the parallel corpus for other programs: filtered, split by article, in their format.

    OUT is only read. What a format cannot carry is said. Nothing is written unless all could be.
    """
    from normalize.export import Corpus, Filter, Options, Splits, form_named  # noqa: PLC0415 - keeps `--help` quick
    from normalize.export import export as write  # noqa: PLC0415 - likewise
    from normalize.export.card import UNKNOWN_LICENSE  # noqa: PLC0415 - likewise

    if list_filters:
        _list()
        return
    if not format or to is None:
        raise UsageError("--format and --to are needed", advice=f"FORMAT is one of {_FORMATS}")
    form = form_named(format)
    if parquet and not form.folder:
        raise UsageError("--parquet is for --format hf", advice="--format parquet writes one file")
    corpus = Corpus.open(out)
    to = _target(form, to)
    options = Options(
        form=form, to=to, license=license.strip() or UNKNOWN_LICENSE, parquet=parquet, reasons=drop_reasons,
        chosen=Filter.parse(_rules(filters or ["default"], state=state, sample=sample)),
        splits=Splits.parse(split) if split else None,
    )  # fmt: skip
    with contextlib.ExitStack() as stack:
        drafts = _Drafts(stack, {corpus.units, corpus.articles}, force=force)
        result = write(corpus, options, drafts.open)
        drafts.commit()
    if as_json:
        say(_json(result))
    _tell(result, form, drop_reasons, quiet=as_json)


def _rules(filters: list[str], *, state: str, sample: int | None) -> list[str]:
    more = {"state": state, "sample": sample}
    return [*filters, *(f"{name}={value}" for name, value in more.items() if value)]


class _Drafts:
    """The files being written; each appears whole, and only when all are."""

    def __init__(self, stack: contextlib.ExitStack, protected: set[Path | None], *, force: bool) -> None:
        self._stack = stack
        self._protected = {path.resolve() for path in protected if path is not None}
        self._force = force
        self._drafts: dict[Path, Draft] = {}

    def open(self, name: PurePath) -> Draft:
        """Open one file; UsageError rather than write over another."""
        from normalize.write import Draft  # noqa: PLC0415 - keeps `--help` quick

        path = Path(name)
        if path.resolve() in self._protected:
            raise UsageError("is the corpus itself", path=path, advice="give another name with --to")
        if path.resolve() in {each.resolve() for each in self._drafts}:
            raise UsageError("would be written twice", path=path, advice="give --drop-reasons another name")
        if path.is_dir():
            raise UsageError("is a folder", path=path, advice="give the name of a file")
        if path.exists() and not self._force:
            raise UsageError("is there already", path=path, advice="give another name, or --force to replace it")
        self._drafts[path] = self._stack.enter_context(Draft(path))
        return self._drafts[path]

    def commit(self) -> None:
        """Put all files in place."""
        for path in sorted(self._drafts):
            self._drafts[path].commit()


def _target(form: Form, to: Path) -> Path:
    """Give the path the files are named after: in a folder that is there, `corpus` with the format's suffix."""
    if not form.folder and to.is_dir():
        return to / f"corpus{form.suffixes[0]}"
    if not to.name:
        raise UsageError("is no name of a file", path=to, advice=f"write for example --to corpus{form.suffixes[0]}")
    return to


def _json(result: Exported) -> str:
    return json.dumps({
        "units": result.units, "kept": result.kept, "dropped": result.dropped, "splits": result.splits,
        "files": result.files, "cannot_carry": result.losses,
    }, ensure_ascii=False)  # fmt: skip


def _tell(result: Exported, form: Form, reasons: Path | None, *, quiet: bool) -> None:
    for loss in result.losses:
        complain(f"{form.name} cannot carry: {loss}")
    for split, count in result.splits.items():
        if not count:
            groups = counted(result.groups, "group")
            complain(f"the split {split} is empty: articles that share segments stay together, and make {groups}")
    if quiet:
        return
    for name, count in result.dropped.items():
        complain(f"{count:>9,} dropped by {name}")
    splits = "".join(f" · {name} {count:,}" for name, count in result.splits.items())
    complain(f"{result.kept:,} of {result.units:,} units · {form.title}{splits}")
    for path in [*sorted(result.files), *([] if reasons is None else [str(reasons)])]:
        say(printable(path))


def _list() -> None:
    from normalize.export import RULES  # noqa: PLC0415 - keeps `--help` quick

    for rule in RULES:
        value = f"{rule.name}={rule.default}" if rule.default else rule.name
        say(f"{value:<22} {'default' if rule.standard else '':<8} {rule.drops}")
