"""Checks that a run has no need of, and translations made elsewhere have."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import regex

from normalize.check.subject import Check, Example, Found, Subject
from normalize.corpus import Finding, Issue, Severity, Unit

__all__ = ["BITEXT", "Consistency", "extra"]

_WORD = regex.compile(r"[\p{L}\p{N}]")


def extra(subject: Subject) -> Iterator[Found]:
    """Find a target with words whose source has none."""
    if not _WORD.search(subject.source) and _WORD.search(subject.target):
        yield "a target without a source", None


def _inconsistent(_: Subject) -> Iterator[Found]:
    """Find nothing: one unit alone cannot be inconsistent; see `Consistency`."""
    yield from ()


BITEXT: tuple[Check, ...] = (
    Check(
        name="extra", issue=Issue.ADDITION, severity=Severity.MAJOR, function=extra,
        description="The target has words, the source has none.",
        example=Example(source="–", target="He left."), counter_example=Example(source="–", target="–"),
    ),
    Check(
        name="inconsistent", issue=Issue.INCONSISTENCY, severity=Severity.MINOR, function=_inconsistent,
        description="The same source is translated in another way elsewhere in the file.",
        example=Example(source="Dia pergi.", target="He left."),
        counter_example=Example(source="Dia pergi.", target="She left."),
    ),
)  # fmt: skip


class Consistency:
    """Whether a source that comes again is translated as before; blanks and the case of letters do not count.

    Sources and targets are held as hashes of them, about a hundred bytes a unit.
    """

    def __init__(self) -> None:
        self._first: dict[tuple[str, str, bytes], tuple[bytes, int]] = {}
        """Languages and hash of a source → hash of its first target, and the line it stands on."""

    def look(self, unit: Unit, line: int, severity: Severity = Severity.MINOR) -> Finding | None:
        """Take note of a unit; give a finding where an earlier one translates its source in another way."""
        if not unit.segment.source.strip() or not unit.target.strip():
            return None
        key = unit.segment.language, unit.target_language, _digest(unit.segment.source)
        target = _digest(unit.target)
        seen, where = self._first.setdefault(key, (target, line))
        if seen == target:
            return None
        message = f"the same source is translated in another way on line {where}"
        return Finding(check="inconsistent", issue=Issue.INCONSISTENCY, severity=severity, message=message)


def _digest(text: str) -> bytes:
    plain = " ".join(text.casefold().split())
    return hashlib.blake2b(plain.encode(errors="surrogatepass"), digest_size=8).digest()
