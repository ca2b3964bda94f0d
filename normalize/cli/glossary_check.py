"""`normalize glossary lint`, `apply` and `check`: a glossary, a text, and a translation held against each other."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.cli.app import EXIT_FAILED, complain, say
from normalize.cli.glossary_app import (
    DEFAULT,
    app,
    articles,
    files_option,
    further_option,
    json_option,
    load,
    printable,
    site_option,
    source_option,
    tag_of,
    write_or_say,
)
from normalize.cli.stdio import read_bytes
from normalize.errors import InputError, UsageError
from normalize.wording import counted

if TYPE_CHECKING:
    from normalize.formats import Pair
    from normalize.glossary.lint import Fault
    from normalize.pipeline.conformance import Conformance

__all__ = ["apply", "check", "lint"]


@app.command(
    epilog="Examples: `normalize glossary lint` · `normalize glossary lint terms.csv raw` · "
    "`normalize glossary lint glossary.csv --source id --json`"
)
def lint(
    file: Annotated[Path, typer.Argument(metavar="[FILE]", help="The glossary (CSV).")] = DEFAULT,
    raw: Annotated[
        Path | None, typer.Argument(metavar="[RAW]", help="Articles: rows that occur in none of them are told.")
    ] = None,
    *,
    further: Annotated[list[Path] | None, further_option] = None,
    source: Annotated[
        str | None, typer.Option(metavar="TAG", help="Also ask the model of this language which targets it can spell.")
    ] = None,
    as_json: Annotated[bool, json_option] = False,
) -> None:
    """Find what is doubtful in a glossary, or in several as a run takes them together, with line numbers and fixes.

    Exit code 1 when there are errors; warnings and notes leave it 0.
    """
    from normalize.glossary.lint import Level, lint  # noqa: PLC0415 - keeps `--help` quick

    glossary = load(file, *further or [], told=False)
    faults = lint(glossary, None if raw is None else articles(raw), spells=_speller(source) if source else None)
    counts = Counter(fault.level for fault in faults)
    if as_json:
        rows = [{"file": one.file, "line": one.line, "check": one.check, "level": one.level.value,
                 "message": one.message, "fix": one.fix} for one in faults]  # fmt: skip
        say(json.dumps({"file": str(file), "rows": len(glossary), "faults": rows}, ensure_ascii=False, indent=2))
    else:
        for fault in faults:
            say(printable(_fault_line(fault)))
        say(" · ".join(f"{counts[level]} {level.value}{'' if counts[level] == 1 or level is Level.INFO else 's'}"
                       for level in Level) + f" in {counted(len(glossary), 'row')}")  # fmt: skip
    if counts[Level.ERROR]:
        sys.exit(EXIT_FAILED)


def _fault_line(fault: Fault) -> str:
    fix = f"; {fault.fix}" if fault.fix else ""
    return f"{fault.file}:{fault.line}: {fault.level.value} [{fault.check}] {fault.message}{fix}"


def _speller(source: str) -> Callable[[Sequence[str]], Sequence[bool]]:
    """Give a test of which targets the model from a language can write: each is forced, and looked for."""
    from normalize import language  # noqa: PLC0415 - keeps `--help` quick
    from normalize.translate import Store  # noqa: PLC0415 - likewise

    engine = Store.open().engine(language.canonical(source), "en", beam=1)

    def spelled(targets: Sequence[str]) -> list[bool]:
        answers = engine.translate(["."] * len(targets), prefixes=list(targets))
        return [
            "".join(answer[0].target.split()).startswith("".join(target.split()))
            for answer, target in zip(answers, targets, strict=True)
        ]

    return spelled


@app.command(
    epilog="Examples: `normalize glossary apply notes.txt` · `normalize glossary apply *.txt --out clean --explain` · "
    "`normalize glossary apply article.en.txt --source en --in-place`"
)
def apply(  # noqa: PLR0913 - one parameter for each option
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Text files; `-` is standard input.")],
    *,
    source: Annotated[str | None, source_option] = None,
    glossary: Annotated[list[Path] | None, files_option] = None,
    site: Annotated[str, site_option] = "",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write DIR/NAME for each file.")] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help="Change the files themselves.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Tell every change, on standard error.")] = False,
) -> None:
    """Make the names and terms of a text consistent, without translating it.

    In a text of a source language, aliases and garbled spellings become the glossary's source; in an English one, wrong
    renderings become the target. One file goes to standard output; several need --out or --in-place. A row with a
    scope counts in files of that path, as given, and with --site in texts of that site.
    """
    from normalize.glossary.apply import apply  # noqa: PLC0415 - keeps `--help` quick

    _check_places(files, out, in_place=in_place)
    terms = load(*glossary or [DEFAULT])
    for file in files:
        text, encoding = _text(file)
        result = apply(terms.within(_path(file), [site]), text, tag_of(text, source))
        for edit in sorted(result.edits, key=lambda edit: edit.span) if explain else ():
            line = text.count("\n", 0, edit.span.start) + 1
            complain(printable(f"{file}:{line}: {edit.before!r} → {edit.after!r} ({edit.evidence})"))
        place = out / Path(file).name if out is not None else Path(file) if in_place else None
        if place is None or out is not None or result.edits:
            write_or_say(result.text.encode(encoding), place)


def _path(file: str) -> str:
    """Give a file's path as rows name it, with `/`."""
    return Path(file).as_posix()


def _check_places(files: Sequence[str], out: Path | None, *, in_place: bool) -> None:
    """Raise UsageError where the results have no place, or two the same."""
    if out is not None and in_place:
        raise UsageError("--out and --in-place exclude each other", advice="choose one")
    if (len(files) > 1 or in_place) and "-" in files:
        raise UsageError("standard input has no file to write to", advice="give it alone")
    if len(files) > 1 and out is None and not in_place:
        raise UsageError("several files need a place", advice="say --out DIR or --in-place")
    twice = [name for name, count in Counter(Path(file).name for file in files).items() if count > 1]
    if out is not None and twice:
        raise UsageError(f"two files are named {twice[0]}", advice="apply them one after another")


def _text(file: str) -> tuple[str, str]:
    """Read a text and the encoding to write it back in: UTF-8, with its mark if it had one."""
    from normalize.read.decode import decode  # noqa: PLC0415 - keeps `--help` quick

    data = read_bytes(file)
    if b"\0" not in data:
        marked = data.startswith(b"\xef\xbb\xbf")
        try:
            return data.decode("utf-8-sig"), "utf-8-sig" if marked else "utf-8"
        except UnicodeDecodeError:
            pass
    try:
        return decode(data)[0], "utf-8"
    except InputError as error:
        raise InputError(error.what, path=file, advice=error.advice) from error


@app.command(
    epilog="Examples: `normalize glossary check source.txt target.txt --source fr` · "
    "`normalize glossary check memory.tmx` · `normalize glossary check pairs.tsv --source id --strict --json`"
)
def check(  # noqa: PLR0913 - one parameter for each option
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Source text, or a TMX, XLIFF or TSV file.")],
    target: Annotated[
        str | None, typer.Argument(metavar="[TARGET]", help="Its translation, line by line.")
    ] = None,
    *,
    source_language: Annotated[str | None, source_option] = None,
    target_language: Annotated[str, typer.Option("--target", metavar="TAG", help="Language of the target.")] = "en",
    glossary: Annotated[list[Path] | None, files_option] = None,
    site: Annotated[str, site_option] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when a term is missing.")] = False,
    as_json: Annotated[bool, json_option] = False,
) -> None:
    """Count the glossary's terms in translations made elsewhere, and list the missing ones.

    A target counts in the forms that enforcement accepts: plural, possessive, with a capital at a sentence's start. A
    row with a scope counts where SOURCE is of that path, as given, and with --site in texts of that site.
    """
    from normalize.pipeline.conformance import conformance  # noqa: PLC0415 - keeps `--help` quick

    pairs = _pairs(source, target, source_language or "", target_language)
    tag = tag_of("\n".join(pair.source for pair in pairs), source_language)
    terms = load(*glossary or [DEFAULT])
    found = conformance(pairs, terms, source=tag, target=target_language, path=_path(source), site=site)
    if as_json:
        say(json.dumps(_rows(found), ensure_ascii=False, indent=2))
    else:
        _tell(found, target or source)
    if strict and found.lapses:
        sys.exit(EXIT_FAILED)


def _pairs(source: str, target: str | None, source_language: str, target_language: str) -> list[Pair]:
    from normalize.formats.bitext import read_pairs, two_files  # noqa: PLC0415 - keeps `--help` quick

    if target is None:
        return read_pairs(read_bytes(source), source, source=source_language, target=target_language)
    return two_files(read_bytes(source), read_bytes(target), (source, target))


def _rows(found: Conformance) -> dict[str, object]:
    return {
        "expected": found.expected,
        "kept": found.kept,
        "missing": found.expected - found.kept,
        "terms": [{"term": term, "target": wanted, "expected": expected, "kept": kept}
                  for (term, wanted), (expected, kept) in found.terms.items()],
        "lapses": [{"line": lapse.line, "term": lapse.term, "target": lapse.target, "missing": lapse.missing,
                    "source": lapse.source_text, "translation": lapse.target_text} for lapse in found.lapses],
    }  # fmt: skip


def _tell(found: Conformance, place: str) -> None:
    for lapse in found.lapses:
        times = f" {lapse.missing} times" if lapse.missing > 1 else ""
        what = f"{lapse.target!r} (for {lapse.term!r}) is missing{times}"
        say(printable(f"{place}:{lapse.line}: {what}: {lapse.target_text}"))
    for (term, wanted), (expected, kept) in found.terms.items():
        say(printable(f"{kept}/{expected}\t{term} → {wanted}"))
    say(f"{found.expected} expected · {found.kept} kept · {found.expected - found.kept} missing")
