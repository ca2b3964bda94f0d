"""What became of the glossary's terms in a run: receipts summed by term and by method, and where any are missing."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Iterator

from normalize.corpus import Method
from normalize.errors import InputError
from normalize.glossary.term import Kind, Status, Term

__all__ = ["Absence", "Tally", "asked", "pairs", "tally"]

_ADVICE = "give the folder that `normalize run` wrote"
_ABSENT = frozenset({Method.MISSING.value, Method.PARTIAL.value})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """An expected occurrence that is not in the target."""

    term: str
    target: str
    article: str
    segment: str
    method: str
    """missing or partial."""
    source_text: str
    target_text: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Receipts of a corpus, summed."""

    expected: int
    methods: Counter[str]
    terms: dict[tuple[str, str], Counter[str]]
    """Methods by (source, target) of each term."""
    absences: tuple[Absence, ...]

    @property
    def kept(self) -> int:
        """How many occurrences are in their targets."""
        return self.expected - len(self.absences)

    def only(self, terms: Iterable[tuple[str, str]]) -> Tally:
        """Give the same of some terms, (source, target) pairs, those included that occur nowhere."""
        kept = {pair: self.terms.get(pair, Counter()) for pair in sorted(set(terms))}
        methods = sum(kept.values(), Counter[str]())
        absences = tuple(one for one in self.absences if (one.term, one.target) in kept)
        return Tally(expected=methods.total(), methods=methods, terms=kept, absences=absences)


def asked(term: Term) -> bool:
    """Whether a row asks for its target."""
    return term.kind is not Kind.FORBID and term.status is Status.PREFERRED


def pairs(lines: Iterable[bytes], path: str | None = None) -> Iterator[tuple[str, str, str]]:
    """Give the language, source and target of each unit of a `corpus.jsonl`, read line by line.

    Raises InputError, with the line, for what is no such file.
    """
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            pair = str(row["source_language"]), str(row["source"]), str(row["target"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise InputError("is no line of a corpus", path=path, line=number, advice=_ADVICE) from error
        yield pair


def tally(lines: Iterable[bytes], path: str | None = None) -> Tally:
    """Sum the receipts of a `corpus.jsonl`, read line by line.

    Raises InputError, with the line, for what is no such file.

    >>> row = {"article": "a", "id": "a-1", "source": "x", "target": "y",
    ...        "terms": [{"term": "x", "target": "y", "method": "kept"}]}
    >>> tally([json.dumps(row).encode()]).methods
    Counter({'kept': 1})
    """
    methods: Counter[str] = Counter()
    terms: dict[tuple[str, str], Counter[str]] = {}
    absences: list[Absence] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            for receipt in row["terms"]:
                term, target, method = str(receipt["term"]), str(receipt["target"]), str(receipt["method"])
                methods[method] += 1
                terms.setdefault((term, target), Counter())[method] += 1
                if method in _ABSENT:
                    absences.append(Absence(
                        term=term, target=target, article=str(row["article"]), segment=str(row["id"]), method=method,
                        source_text=str(row["source"]), target_text=str(row["target"]),
                    ))  # fmt: skip
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise InputError("is no line of a corpus", path=path, line=number, advice=_ADVICE) from error
    return Tally(expected=methods.total(), methods=methods, terms=dict(sorted(terms.items())), absences=tuple(absences))
