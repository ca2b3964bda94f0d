"""What a format loses of a glossary, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from normalize.formats.records import Record, from_records
from normalize.glossary import Kind, Status, Term
from normalize.wording import counted

__all__ = ["losses", "plain_rows", "unguarded_aliases"]

_LOST = {
    "wrong": "wrong renderings are not written",
    "not_near": "the words that must not stand near are not written; the row then counts everywhere",
    "scope": "the sites and paths are not written; the row then counts everywhere",
    "pos": "the part of speech is not written",
    "note": "the note is not written",
}


def plain_rows(terms: Sequence[Term]) -> list[Term]:
    """Give the rows that a list of "say this for that" can hold: preferred ones that forbid nothing."""
    return [term for term in terms if term.status is Status.PREFERRED and term.kind is not Kind.FORBID]


def unguarded_aliases(term: Term) -> tuple[str, ...]:
    """Give the aliases that count everywhere; those of a row with a condition would hit other words without it."""
    return () if term.context or term.not_near else term.aliases


def losses(terms: Sequence[Term], carried: Collection[str], *, aliases_as_rows: bool = True) -> list[str]:
    """Say what a format loses that carries only some columns, besides source and target.

    `aliases_as_rows` is for formats that hold an alias as one more row.
    """
    rows = plain_rows(terms)
    found: list[str] = []

    def tell(number: int, what: str, noun: str = "row") -> None:
        if number:
            found.append(f"{counted(number, noun)}: {what}")

    tell(sum(term.kind is Kind.FORBID for term in terms), "left out, because they forbid a target")
    tell(sum(term.kind is not Kind.FORBID and term.status is not Status.PREFERRED for term in terms),
         "left out, because they are admitted or deprecated")  # fmt: skip
    written = sum(len(unguarded_aliases(term)) for term in rows) if aliases_as_rows else 0
    tell(written, "written as rows of their own, and read back so", "alias")
    tell(sum(len(term.aliases) for term in rows) - written,
         "left out, because without their condition they would hit other words" if aliases_as_rows else "not written",
         "alias")  # fmt: skip
    tell(sum(bool(term.context) for term in rows),
         "the words the article must hold are not written; the row then counts everywhere")  # fmt: skip
    for column, what in _LOST.items():
        if column not in carried:
            tell(sum(bool(getattr(term, column)) for term in rows), what)
    if "source_lang" not in carried and any(term.source_language or term.target_language for term in rows):
        found.append("the languages are not written; name them when the file is read again")
    tell(_guessed_otherwise(rows), "kind or case is not written, and would be guessed otherwise")
    return found


def _guessed_otherwise(rows: Sequence[Term]) -> int:
    """Count rows whose kind or case cannot be told from source and target."""
    bare = from_records(Record(0, {"source": term.source, "target": term.target}) for term in rows)
    guessed = {(term.source, term.target): (term.kind, term.case_sensitive) for term in bare}
    return sum(
        guessed.get((term.source, term.target), (term.kind, term.case_sensitive)) != (term.kind, term.case_sensitive)
        for term in rows
    )
