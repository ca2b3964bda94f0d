"""`normalize glossary diff` and `report`: what a change of the glossary touches, and what became of its terms."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from normalize.cli.app import complain, say
from normalize.cli.glossary_app import app, corpus, further_option, json_option, load, printable
from normalize.errors import InputError, LanguageError
from normalize.wording import counted

if TYPE_CHECKING:
    from normalize.glossary.compare import RowChange, Sentence
    from normalize.glossary.tally import Tally

__all__ = ["diff", "report"]


@app.command(
    epilog="Examples: `normalize glossary diff old.csv glossary.csv` · "
    "`normalize glossary diff old.csv glossary.csv out` · `normalize glossary diff old.csv glossary.csv raw --json`"
)
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The glossary as it was.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The glossary as it is.")],
    raw: Annotated[
        Path | None,
        typer.Argument(
            metavar="[RAW|OUT]", help="Articles, or what a run wrote: also list the sentences that the changes touch."
        ),
    ] = None,
    *,
    further: Annotated[list[Path] | None, further_option] = None,
    as_json: Annotated[bool, json_option] = False,
) -> None:
    """Tell which rows were added, removed or changed, and which sentences that touches.

    A run with the new glossary asks something else of these sentences, and of no other. With the folder that a run
    wrote, each is shown as it is translated (-) and, where just one target takes the place of another, as it will be
    (+): what the model then makes of it may differ further. Glossaries given with --glossary go with both versions.
    """
    from normalize.glossary.compare import compare, touched  # noqa: PLC0415 - keeps `--help` quick

    rest = further or []
    before, after = load(old, *rest), load(new, *rest)
    changes = compare(before, after)
    sentences = _recorded(raw) if raw is not None and (raw / "corpus.jsonl").is_file() else _sentences(raw)
    found = list(touched(before, after, sentences))
    if as_json:
        say(json.dumps({
            "rows": [{"change": one.change.value, "source": one.source, "line": (one.new or one.old).line,  # type: ignore[union-attr] # one of them is there
                      "columns": one.columns} for one in changes],
            "sentences": [{"article": one.sentence.article, "segment": one.sentence.segment,
                           "text": one.sentence.text, "before": one.before, "after": one.after,
                           "target": one.sentence.target, "expected": one.expected} for one in found],
        }, ensure_ascii=False, indent=2))  # fmt: skip
        return
    for change in changes:
        say(printable(_change_line(change)))
    for one in found:
        say(printable(f"{one.sentence.segment}: {_side(one.before)} ⇒ {_side(one.after)}: {one.sentence.text}"))
        if one.sentence.target:
            say(printable(f"  - {one.sentence.target}"))
            say(printable(f"  + {one.expected or '(to be translated again)'}"))
    counts = f"{counted(len(changes), 'row')} {'differs' if len(changes) == 1 else 'differ'}"
    articles = counted(len({one.sentence.article for one in found}), "article")
    say(counts if raw is None else f"{counts} · {counted(len(found), 'sentence')} of {articles} touched")


def _change_line(change: RowChange) -> str:
    one, other = change.old, change.new
    if one is not None and other is not None:
        parts = [f"{name} {_shown(getattr(one, name))} → {_shown(getattr(other, name))}" for name in change.columns]
        return f"~ {change.source} (line {other.line}): {', '.join(parts)}"
    term = one or other
    return f"{'-' if one else '+'} {change.source} → {term.target} (line {term.line})" if term else ""


def _side(pairs: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{surface} → {target}" for surface, target in pairs) or "nothing"


def _shown(value: object) -> str:
    return "|".join(value) if isinstance(value, tuple) else repr(str(value))


def _recorded(out: Path) -> Iterator[Sentence]:
    """Give the sentences of what a run wrote, with their translations."""
    from normalize.corpus import host  # noqa: PLC0415 - likewise
    from normalize.glossary.compare import recorded  # noqa: PLC0415 - keeps `--help` quick

    places: dict[str, tuple[str, tuple[str, ...]]] = {}
    table = out / "articles.jsonl"
    for number, line in enumerate(table.read_bytes().splitlines() if table.is_file() else (), 1):
        try:
            row = json.loads(line)
            places[str(row["id"])] = str(row["path"]), (host(str(row["url"])), str(row["site"]))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            advice = "give the folder that `normalize run` wrote"
            raise InputError("is no line of a run's articles", path=table, line=number, advice=advice) from error
    with corpus(out) as lines:
        yield from recorded(lines, places, str(out / "corpus.jsonl"))


def _sentences(raw: Path | None) -> Iterator[Sentence]:
    """Give the sentences of a folder's articles; what cannot be read or told the language of is complained of."""
    if raw is None:
        return
    from normalize.corpus import host  # noqa: PLC0415 - likewise
    from normalize.glossary import Evidence  # noqa: PLC0415 - keeps `--help` quick
    from normalize.glossary.compare import Sentence  # noqa: PLC0415 - likewise
    from normalize.pipeline import prepare, survey_folder  # noqa: PLC0415 - likewise

    folder = survey_folder(raw)
    for failure in folder.failed:
        complain(failure)
    for article in folder.articles():
        try:
            prepared = prepare(article, folder.recurrence)
        except LanguageError as error:
            complain(error)
            continue
        evidence = Evidence(prepared.article.text)
        for segment in prepared.segments:
            yield Sentence(
                article=article.id, segment=segment.id, text=segment.source, language=segment.language,
                context=evidence, path=article.path, sites=(host(article.metadata.url), article.metadata.site),
            )  # fmt: skip


@app.command(epilog="Examples: `normalize glossary report out` · `normalize glossary report out --json`")
def report(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder that `normalize run` wrote.")] = Path("out"),
    *,
    glossary: Annotated[
        list[Path] | None,
        typer.Option("--glossary", metavar="FILE", help="Only terms of this glossary; those that never occurred too."),
    ] = None,
    as_json: Annotated[bool, json_option] = False,
) -> None:
    """Sum what became of the glossary's terms in a run, by term and by method, and list the missing ones by place."""
    from normalize.glossary.tally import asked, tally  # noqa: PLC0415 - keeps `--help` quick

    with corpus(out) as lines:
        found = tally(lines, str(out / "corpus.jsonl"))
    if glossary:
        found = found.only((term.source, term.target) for term in load(*glossary).terms if asked(term))
    if as_json:
        say(json.dumps(_rows(found), ensure_ascii=False, indent=2))
        return
    for absence in found.absences:
        what = "is missing" if absence.method == "missing" else "stands too few times"
        say(printable(f"{absence.segment}: {absence.target!r} (for {absence.term!r}) {what}: {absence.target_text}"))
    for (term, target), methods in found.terms.items():
        how = ", ".join(f"{method} {count}" for method, count in sorted(methods.items())) or "never occurs"
        say(printable(f"{methods.total()}\t{term} → {target}: {how}"))
    how = ", ".join(f"{method} {count}" for method, count in sorted(found.methods.items())) or "no term occurs"
    say(f"{found.kept}/{found.expected} kept · {how}")


def _rows(found: Tally) -> dict[str, object]:
    return {
        "expected": found.expected,
        "kept": found.kept,
        "methods": dict(sorted(found.methods.items())),
        "terms": [{"term": term, "target": target, "methods": dict(sorted(methods.items()))}
                  for (term, target), methods in found.terms.items()],
        "absences": [{"article": one.article, "segment": one.segment, "term": one.term, "target": one.target,
                      "method": one.method, "source": one.source_text, "translation": one.target_text}
                     for one in found.absences],
    }  # fmt: skip


