"""Checks that a run has no need of, and translations made elsewhere have."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator

import regex

from normalize.check.subject import Check, Example, Found, Subject
from normalize.corpus import Finding, Issue, Severity, Unit

__all__ = ["BITEXT", "Consistency", "count_sentences", "extra", "sentences"]

_MARKS = (".", "!", "?", "…")
_CLOSING, _OPENING = "\"'”’»)]", "\"'“‘„«([-–—"
_SHORT = """mr mrs ms dr prof st jr sr no nos vs etc inc ltd co corp gen col lt sgt rev hon sen rep gov capt vol fig al
dll dsb dkk tgl hlm jl rp hj drs ir kh tbk pt m mm mme mlle me art pp ex cf env av bd"""
_ABBREVIATIONS = frozenset(_SHORT.split())
"""English, Indonesian and French, in small letters."""

_LONGEST_NUMBERING = 2  # figures; a longer number before a point is rather a year, and ends a sentence
_WORD = regex.compile(r"[\p{L}\p{N}]")


def extra(subject: Subject) -> Iterator[Found]:
    """Find a target with words whose source has none."""
    if not _WORD.search(subject.source) and _WORD.search(subject.target):
        yield "a target without a source", None


def sentences(subject: Subject, *, apart: int = 1) -> Iterator[Found]:
    """Find a target with `apart` sentences more or fewer than its source, or still further off."""
    source, target = count_sentences(subject.source), count_sentences(subject.target)
    if target and abs(source - target) >= apart:
        yield f"{target} sentence{'s' * (target > 1)}, where the source has {source}", None


def count_sentences(text: str) -> int:
    """Count sentences by their ends: a mark, and a capital or figure after it. Abbreviations and initials end none.

    >>> count_sentences("Dr. Lee left, e.g. by U.S. Air."), count_sentences("“Ya?” Dia pergi. 12 orang ikut")
    (1, 3)
    >>> count_sentences("« Il part en 2020. » Elle reste."), count_sentences("1. Le départ")
    (2, 1)
    """
    words = [word for word in text.split() if word.strip(_CLOSING + _OPENING)]  # no marks that stand alone: « and –
    ends = (_ends(word, after) for word, after in itertools.pairwise(words))
    return sum(ends, 1) if words else 0


def _ends(word: str, after: str) -> bool:
    bare = word.rstrip(_CLOSING)
    begun = after.lstrip(_OPENING)[:1]
    if not bare.endswith(_MARKS) or not (begun.isupper() or begun.isdigit()):
        return False
    stem = bare.rstrip("".join(_MARKS)).lstrip(_OPENING)
    numbered = stem.isdigit() and len(stem) <= _LONGEST_NUMBERING
    joined = "." in stem and not stem.replace(".", "").isdigit()
    abbreviated = len(stem) <= 1 or joined or numbered or stem.lower() in _ABBREVIATIONS
    return not bare.endswith(".") or not abbreviated


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
        name="sentences", issue=Issue.OTHER, severity=Severity.MINOR, function=sentences,
        description="The target has more sentences than the source, or fewer.",
        example=Example(source="Dia pergi. Kami menunggu.", target="He left."),
        counter_example=Example(source="Dr. Budi pergi. Kami menunggu.", target="Dr. Budi left. We waited."),
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
