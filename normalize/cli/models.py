"""`normalize models`: the Argos packages that translate."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self, TypeVar

import typer

from normalize.cli.app import EXIT_FAILED, complain, say
from normalize.errors import NormalizeError

if TYPE_CHECKING:
    from normalize.engine import Engine
    from normalize.translate import Package, Store

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True,
    help="List, install, remove, verify and calibrate the translation packages (Argos `.argosmodel` files).",
    epilog="Example: `normalize models list` shows which package each language pair uses, and why.",
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]

_SUFFIX = ".argosmodel"

_Item = TypeVar("_Item")


@app.command("list", epilog="Example: `normalize models list --json`")
def list_packages(*, as_json: AsJson = False) -> None:
    """List the packages, installed ones first, and say which one each language pair uses and why, and how it runs.

    Needs no network. Installed packages are preferred to the bundled ones, then the newest.
    """
    store = _store()
    packages = store.packages()
    rows = [_described(package, *_use(store, package)) | _runs(store, package) for package in packages]
    if as_json:
        say(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for notice in filter(None, (store.problem, *store.notices)):
        complain(notice)
    _table(
        ("package", "translates", "where", "runs", "used"),
        [
            (row["package"], row["pair"], row["where"], row["runs"], f"{'yes' if row['used'] else 'no'}: {row['why']}")
            for row in rows
        ],
    )


@app.command(
    epilog="Examples: `normalize models install id` · `normalize models install fr-en de` · "
    "`normalize models install ./translate-id_en-1_9.argosmodel`"
)
def install(
    wanted: Annotated[
        list[str],
        typer.Argument(
            metavar="PACKAGE|FILE|LANG…",
            help="A language (id: into English), a pair (id-en), a package of the index (translate-id_en), or a file.",
        ),
    ],
    *,
    calibrate: Annotated[
        bool,
        typer.Option(
            "--calibrate/--no-calibrate", help="Measure how it runs fastest on this machine, and try its carriers."
        ),
    ] = True,
) -> None:
    """Install packages, from files or from the Argos index.

    Only this command asks the network, and only when no file is given. The index is the one Argos Translate is set to
    (ARGOS_PACKAGE_INDEX). A package is checked and tried before it is put in place; it replaces another version of the
    same pair. How it runs fastest on this machine is measured, and which words it gives back as they are, so that they
    can carry glossary terms through it; this takes a few seconds.
    """
    store = _store()

    def one(name: str) -> None:
        path = Path(name)
        # A language code never has this suffix or a slash; a stray file called `id` is not meant by `install id`.
        if path.suffix.lower() == _SUFFIX or path.name != name:
            package = store.install(path)
        else:
            with _Download(name) as download:
                package = store.install_language(name, progress=download)
        say(f"installed {package.name} ({package.source} → {package.target}) in {package.location}")
        if calibrate:
            try:
                _measure(store, package)
            except NormalizeError as error:  # it is installed, and runs in the default setting
                complain(error)

    _each(wanted, one)


@app.command(
    epilog="Examples: `normalize models calibrate` · `normalize models calibrate id-en` · "
    "`normalize models calibrate --reset`"
)
def calibrate(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[PACKAGE…]", help="As `models list` calls it. Default: all.")
    ] = None,
    *,
    reset: Annotated[bool, typer.Option("--reset", help="Forget what was measured, and use the default.")] = False,
) -> None:
    """Measure how packages run fastest on this machine, and keep it: a few seconds each.

    Tried are the processor's compute types, threads, and sizes of batches. Only another compute type changes what
    answers are; a run then says so in its signature. Tried are also the carriers: which words the model gives back as
    they are, to stand for glossary terms; without it each run finds that out. Kept in the user's cache, for this
    processor, CTranslate2 and package. Needs no network; best done while nothing else runs.
    """
    store = _store()

    def one(package: Package) -> None:
        _forget(store, package) if reset else _measure(store, package)

    def named(name: str) -> None:
        for package in store.named(name):
            one(package)

    if names:
        _each(names, named)
    else:
        _each([package for package in store.packages() if not package.problem], one)


@app.command(epilog="Example: `normalize models remove translate-id_en`")
def remove(
    names: Annotated[
        list[str], typer.Argument(metavar="PACKAGE…", help="As `models list` calls it, or the pair: id-en.")
    ],
) -> None:
    """Remove installed packages. Bundled ones stay, and are used again where nothing else is installed."""
    store = _store()

    def one(name: str) -> None:
        for package in store.remove(name):
            say(f"removed {package.name}")

    _each(names, one)


@app.command(epilog="Example: `normalize models verify` tries all; `normalize models verify id-en` one pair's.")
def verify(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[PACKAGE…]", help="As `models list` calls it. Default: all.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Try packages: compare them with what was installed, load them, translate a sentence.

    Exit code 1 when one does not work. Needs no network.
    """
    verdicts = _store().verify(names or ())
    if as_json:
        rows = [
            {
                "package": one.package.name,
                "where": _where(one.package),
                "works": not one.problem,
                "problem": one.problem,
            }
            for one in verdicts
        ]
        say(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for one in verdicts:
            say(f"{one.package.name}: {_printable(one.problem) or 'works'}")
    if any(one.problem for one in verdicts):
        sys.exit(EXIT_FAILED)


def _store() -> Store:
    from normalize.translate import Store  # noqa: PLC0415 - keeps `--help` quick

    return Store.open()


def _each(items: Sequence[_Item], act: Callable[[_Item], None]) -> None:
    """Do something for each name or package; a failure is reported and the others go on, to exit code 1."""
    failed = False
    for item in items:
        try:
            act(item)
        except NormalizeError as error:
            complain(error)
            failed = True
    if failed:
        sys.exit(EXIT_FAILED)


def _use(store: Store, package: Package) -> tuple[bool, str]:
    """Say whether a package is used for its own language pair, and why."""
    if package.problem:
        return False, f"broken: {package.problem}"
    route = store.choose(package.source, package.target)
    if package in route.packages:
        return True, route.reason
    return False, f"{route.packages[0].name} is preferred"


def _runs(store: Store, package: Package) -> dict[str, str | bool]:
    """Say how a package runs on this machine, and whether that was measured."""
    kept = None
    if not package.problem:
        try:
            kept = store.calibrated(package)
        except NormalizeError as error:
            complain(error)
    if kept is None:
        return {"runs": "–" if package.problem else "default", "calibrated": False}
    return {"runs": str(kept), "calibrated": True}


def _measure(store: Store, package: Package) -> None:
    """Calibrate a package, and say what came out."""
    found = store.calibrate(package)
    default = found.measured[0].words_per_second
    faster = f" (default: {default:,.0f})" if found.setting != found.measured[0].setting else ", the default"
    tried, kept = _try_carriers(store, package)
    say(f"{package.name} runs fastest with {found}{faster}; {kept} of {tried} carriers")


def _try_carriers(store: Store, package: Package) -> tuple[int, int]:
    """Let a package try the words that may carry terms, and keep what it copies; count the tried, and those copied."""
    from normalize.enforce import carriers  # noqa: PLC0415 - keeps `--help` quick
    from normalize.translate import copied  # noqa: PLC0415 - likewise

    counts = []
    for engine in _as_runs_use(store, package):
        words = carriers.copied(engine)
        copied.keep(store.cache, engine.signature, carriers.TRIED, words)
        counts.append(len(words))
    return len(carriers.TRIED), counts[0]


def _as_runs_use(store: Store, package: Package) -> list[Engine]:
    """Give a package's engines with the beams that `normalize run` takes, the default first: carriers depend on it."""
    from normalize.translate import BEAM  # noqa: PLC0415 - keeps `--help` quick

    return [store.engine_of(package, beam=beam) for beam in (BEAM, 1)]


def _forget(store: Store, package: Package) -> None:
    from normalize.translate import copied  # noqa: PLC0415 - keeps `--help` quick

    signatures = [engine.signature for engine in _as_runs_use(store, package)]  # before the compute type is another
    had = store.forget_calibration(package)
    for signature in signatures:
        copied.forget(store.cache, signature)
    say(f"{package.name} runs in the default setting{' again' if had else ''}")


def _described(package: Package, used: bool, why: str) -> dict[str, str | bool]:  # noqa: FBT001 - from a tuple
    pair = f"{package.source} → {package.target}" if package.source and package.target else "?"
    return {
        "package": _printable(package.name),
        "pair": pair,
        "source_language": package.source,
        "target_language": package.target,
        "where": _where(package),
        "used": used,
        "why": _printable(why),
        "path": str(package.location),
    }


def _where(package: Package) -> str:
    return "bundled" if package.bundled else "installed"


def _printable(text: str) -> str:
    """Make control characters of hostile names visible."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows: as a table on a terminal, otherwise as aligned plain lines."""
    if sys.stdout.isatty():
        from rich.console import Console  # noqa: PLC0415 - keeps `--help` quick
        from rich.table import Table  # noqa: PLC0415 - likewise
        from rich.text import Text  # noqa: PLC0415 - likewise

        table = Table(*header)
        for row in rows:
            table.add_row(*(Text(str(cell)) for cell in row))
        Console().print(table)
        return
    widths = [max(len(str(row[column])) for row in [header, *rows]) for column in range(len(header))]
    for row in [header, *rows]:
        say("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


class _Download:
    """Shows a download's progress on a terminal; elsewhere it is silent."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._live = sys.stderr.isatty()
        self._shown = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown >= 0:
            sys.stderr.write("\n")

    def __call__(self, come: int, expected: int | None) -> None:
        """Show how much has come."""
        megabytes = come // 1_000_000
        if self._live and megabytes != self._shown:
            self._shown = megabytes
            of = f" of {expected // 1_000_000}" if expected else ""
            sys.stderr.write(f"\r{self._name}: {megabytes}{of} MB")
            sys.stderr.flush()
