"""`normalize doctor`: what is there, what is missing, and whether anything needs the network."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from normalize import __version__
from normalize.cli.app import EXIT_FAILED, say
from normalize.errors import LanguageError, NormalizeError

if TYPE_CHECKING:
    from normalize.translate import Package, Store

__all__ = ["doctor"]

_REINSTALL = "reinstall it, or `normalize models remove` it"

LIBRARIES = (
    "argostranslate", "charset-normalizer", "ctranslate2", "ftfy", "lxml", "msgspec", "numpy", "py3langid", "regex",
    "rich", "sentencepiece", "sentencex", "trafilatura", "typer", "uvicorn",
)  # fmt: skip
"""The run-time dependencies, by the names they are installed under (a test holds them against pyproject.toml)."""

UNUSED = ("torch", "stanza", "spacy", "minisbd")
"""What argostranslate's own translate module needs, and nothing here does."""


class State(StrEnum):
    """How a check ended."""

    OK = "ok"
    NOTE = "note"
    MISSING = "missing"


class Check(NamedTuple):
    """One line of the report."""

    name: str
    state: State
    text: str
    advice: str = ""
    network: bool = False
    """Following the advice needs the network."""


def doctor(
    raw: Annotated[Path, typer.Argument(help="Folder (or one file) of raw articles to look at.")] = Path("raw"),
    *,
    out: Annotated[Path, typer.Option(help="Folder a run would write.")] = Path("out"),
    target: Annotated[str, typer.Option(metavar="TAG", help="Language a run would translate into.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")] = False,
) -> None:
    """Say what is installed, what is missing for the languages found in RAW, and whether anything needs the network.

    Changes nothing and asks no network. Exit code 0 when a run can start, 1 when something is missing.
    """
    checks = [*_program(), *_libraries(), *_packages(), *_languages(raw, target), _encoding(), _writable(out)]
    missing = [check for check in checks if check.state is State.MISSING]
    network = [check.advice for check in missing if check.network]
    if as_json:
        report = {
            "checks": [check._asdict() for check in checks],
            "missing": len(missing),
            "needs_network": network,
        }
        say(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        width = max(len(check.name) for check in checks)
        for check in checks:
            advice = f"; {check.advice}" if check.advice else ""
            say(_printable(f"{check.state:<7}  {check.name:<{width}}  {check.text}{advice}"))
        say(f"{len(missing)} missing" if missing else "Nothing is missing.")
        say("Would need the network: " + "; ".join(network) if network else "Nothing here needs the network.")
    if missing:
        sys.exit(EXIT_FAILED)


def _program() -> Iterator[Check]:
    yield Check("normalize", State.OK, __version__)
    yield Check("python", State.OK, f"{platform.python_version()} on {platform.system()} {platform.machine()}")


def _libraries() -> Iterator[Check]:
    """Look for the libraries without importing them."""
    import importlib.metadata  # noqa: PLC0415 - keeps `--help` quick
    import importlib.util  # noqa: PLC0415 - likewise

    for name in LIBRARIES:
        try:
            yield Check(name, State.OK, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Check(name, State.MISSING, "is not installed", f"run `pip install {name}`", network=True)
    there = [name for name in UNUSED if importlib.util.find_spec(name) is not None]
    text = f"{', '.join(there)}: installed, and not used" if there else "not installed, and not needed"
    yield Check(", ".join(UNUSED), State.OK, text)


def _packages() -> Iterator[Check]:
    """Say which package each language pair uses, and why."""
    store = _store()
    if store.problem:
        yield Check("package store", State.NOTE, store.problem, "only the bundled packages are used")
    elif store.folders:
        yield Check("package store", State.OK, os.pathsep.join(map(str, store.folders)))
    packages = store.packages()
    for package in packages:
        if package.problem:
            yield Check(package.name, State.NOTE, f"is broken: {package.problem}", _REINSTALL)
    for source, target in sorted({(one.source, one.target) for one in packages if not one.problem}):
        route = store.choose(source, target)
        yield Check(f"{source} → {target}", State.OK, f"{route.packages[0].name} ({route.reason})")
        for name, said in (("runs", _runs), ("carriers", _carriers)):
            try:
                yield Check(f"{source} → {target} {name}", State.OK, said(store, route.packages[0]))
            except NormalizeError as error:  # it says which package, and a run would stop at it
                yield Check(f"{source} → {target} {name}", State.NOTE, str(error), _REINSTALL)
    for notice in store.notices:
        yield Check("calibration", State.NOTE, notice)


def _runs(store: Store, package: Package) -> str:
    """Say in which setting a package runs; raises PackageError."""
    kept = store.calibrated(package)
    return str(kept) if kept else "default setting; `normalize models calibrate` measures this machine"


def _carriers(store: Store, package: Package) -> str:
    """Say which words a package copies, to carry glossary terms, if that was tried; raises PackageError."""
    from normalize.enforce import carriers  # noqa: PLC0415 - keeps `--help` quick
    from normalize.translate import copied  # noqa: PLC0415 - likewise

    known = copied.load(store.cache, store.engine_of(package).signature, carriers.TRIED)
    if known is None:
        return "tried at first use; `normalize models calibrate` tries them beforehand"
    return f"{len(known)} of {len(carriers.TRIED)}: {', '.join(known)}"


def _languages(raw: Path, target: str) -> Iterator[Check]:
    """Say which languages the articles are in, and whether each can be translated."""
    from normalize import language as languages  # noqa: PLC0415 - keeps `--help` quick
    from normalize.pipeline import survey_folder  # noqa: PLC0415 - likewise

    try:
        folder = survey_folder(raw)
    except NormalizeError as error:
        yield Check(str(raw), State.NOTE, error.what, error.advice)
        return
    if folder.failed:
        yield Check(str(raw), State.NOTE, f"{len(folder.failed)} cannot be read", str(folder.failed[0]))
    if not folder.languages and not folder.failed:
        yield Check(str(raw), State.NOTE, "holds no articles")
    store = _store()
    target = languages.canonical(target)
    for tag, count in sorted(Counter(folder.languages.values()).items()):
        name = f"{languages.name(tag)} in {raw}"
        articles = f"{count} article{'s' if count > 1 else ''}"
        if tag == languages.UNDETERMINED:
            yield Check(name, State.NOTE, articles, "name the language with `normalize run --source TAG`")
        elif languages.to_argos(tag) == languages.to_argos(target):
            yield Check(name, State.OK, f"{articles}, in the target language already")
        else:
            yield _translatable(store, tag, target, name, articles)


def _translatable(store: Store, tag: str, target: str, name: str, articles: str) -> Check:
    try:
        route = store.choose(tag, target)
    except LanguageError as error:
        return Check(name, State.MISSING, f"{articles}; {error.what}", error.advice, network=True)
    used = " and ".join(package.name for package in route.packages)
    return Check(name, State.OK, f"{articles}, translated offline by {used}")


def _encoding() -> Check:
    """Look whether the terminal shows the characters of other languages."""
    encoding = sys.stdout.encoding or "unknown"
    try:
        "é–ş漢".encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return Check("terminal", State.NOTE, f"encoding {encoding}", "set PYTHONUTF8=1 to see every character")
    return Check("terminal", State.OK, f"encoding {encoding}")


def _writable(out: Path) -> Check:
    """Look whether a run could write `out`, without writing."""
    there = next((path for path in (out, *out.absolute().parents) if path.exists()), Path("/"))
    if out.exists() and not out.is_dir():
        return Check(str(out), State.MISSING, "is a file, not a folder", "choose another: --out DIR")
    if not os.access(there, os.W_OK | os.X_OK):
        return Check(str(out), State.MISSING, f"cannot be written ({there})", "choose another folder: --out DIR")
    return Check(str(out), State.OK, "can be written" if out.exists() else "will be made")


def _store() -> Store:
    from normalize.translate import Store  # noqa: PLC0415 - keeps `--help` quick

    return Store.open()


def _printable(text: str) -> str:
    """Make control characters of hostile names visible."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
