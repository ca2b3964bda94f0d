"""Wants: the targets a translation must hold, and how far a text holds them, in whatever form."""

from __future__ import annotations

import dataclasses
import functools
import itertools
from collections import Counter
from collections.abc import Sequence

import regex

from normalize.corpus import Span
from normalize.glossary.english import forms, plural
from normalize.glossary.literals import literals
from normalize.glossary.match import Match

__all__ = ["Standing", "Want", "numbers", "occurs", "standing", "wants"]

_NUMBER = regex.compile(r"\p{N}+(?:[.,\u00a0\u202f]\p{N}+)*")
_UNMARKED = frozenset({"id", "ms", "zh", "ja", "ko", "th", "vi"})  # languages whose nouns need not show number
_BETWEEN_DOUBLES = regex.compile(r"""[\s,;:()"'/-]{0,3}""")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """A target, and the occurrences in the source that ask for it (indices into its matches)."""

    target: str
    occurrences: tuple[int, ...]
    exact: bool
    """Case must be the glossary's, and only this form counts."""
    copied: bool = False
    """A name that is the same in the source's language."""
    upper: bool = False
    """The source shouts, so capitals throughout count too."""
    plural: bool = False
    """The source marks the term as plural."""
    marked: bool = False
    """The source's language marks plurals, so what is not marked is singular."""
    admitted: tuple[str, ...] = ()
    """Further targets that count where the model says them."""

    @property
    def form(self) -> str:
        """The form to put in where nothing else decides: the plural if the source shows one."""
        return plural(self.target) if self.plural and not self.exact else self.target


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a text stands to its wants: one entry a want, in their order."""

    spans: tuple[tuple[Span, ...], ...]
    counts: tuple[int, ...]
    """Occurrences that count: never more than wanted."""
    missing: int
    excess: int
    doubled: int

    @property
    def satisfied(self) -> int:
        """How many occurrences are there."""
        return sum(self.counts)


def wants(matches: Sequence[Match], source: str, language: str) -> tuple[Want, ...]:
    """Group the occurrences of terms in a source by target, the longest target first."""
    groups: dict[tuple[str, bool], list[int]] = {}
    for number, match in enumerate(matches):
        exact = match.term.exact_case
        target = match.term.target if exact else match.term.target.casefold()
        groups.setdefault((target, exact), []).append(number)
    return tuple(sorted((_want(matches, numbers, source, language) for numbers in groups.values()), key=_longest))


def _longest(want: Want) -> tuple[int, str]:
    return -len(want.target), want.target


def _want(every: Sequence[Match], numbers: Sequence[int], source: str, language: str) -> Want:
    """Make the want of the occurrences in `numbers`, which share a target."""
    matches = [every[number] for number in numbers]
    return Want(
        target=matches[0].term.target,
        occurrences=tuple(numbers),
        exact=matches[0].term.exact_case,
        copied=matches[0].term.exact_case and matches[0].term.source == matches[0].term.target,
        upper=source.isupper(),
        plural=any(match.plural for match in matches),
        marked=language.split("-", maxsplit=1)[0] not in _UNMARKED,
        admitted=tuple(dict.fromkeys(target for match in matches for target in match.term.admitted)),
    )


@functools.lru_cache(maxsize=16384)
def _pattern(targets: tuple[str, ...], *, exact: bool, folded: bool) -> regex.Pattern[str]:
    """Compile a search for targets in any of their forms, as whole words; either apostrophe and any blank will do."""
    spelled = sorted({form for target in targets for form in forms(target, exact=exact)})
    spelled.sort(key=len, reverse=True)
    parts = [regex.escape(form).replace(r"\ ", r"\s+").replace(" ", r"\s+").replace("'", "['’]") for form in spelled]
    return regex.compile(rf"(?<![\w@#])(?:{'|'.join(parts)})(?!\w)", regex.IGNORECASE if folded else 0)


def occurs(target: str, text: str, *, exact: bool) -> bool:
    """Whether a target, or another form of it, stands in a text as whole words."""
    return _pattern((target,), exact=exact, folded=not exact).search(text) is not None


def standing(text: str, wanted: Sequence[Want]) -> Standing:
    """Find each want's target in a text; a word counts for the longest target it is part of."""
    used: list[Span] = []
    spans: list[tuple[Span, ...]] = []
    masked = literals(text)
    for want in wanted:
        folded = not want.exact or (want.upper and text.isupper())
        pattern = _pattern((want.target, *want.admitted), exact=want.exact, folded=folded)
        here = []
        for match in pattern.finditer(text):
            span = Span(start=match.start(), end=match.end())
            if not any(_overlap(span, other) for other in (*used, *masked)):
                here.append(span)
        used += here
        spans.append(tuple(here))
    counts = tuple(min(len(here), len(want.occurrences)) for here, want in zip(spans, wanted, strict=True))
    needed = sum(len(want.occurrences) for want in wanted)
    return Standing(
        spans=tuple(spans),
        counts=counts,
        missing=needed - sum(counts),
        excess=sum(map(len, spans)) - sum(counts),
        doubled=_doubled(text, sorted(span for here in spans for span in here)),
    )


def _doubled(text: str, spans: Sequence[Span]) -> int:
    """Count targets that stand right after themselves, or beside a longer target that ends or begins so."""
    return sum(
        _BETWEEN_DOUBLES.fullmatch(text, one.end, following.start) is not None
        and _same(one.of(text).casefold(), following.of(text).casefold())
        for one, following in itertools.pairwise(spans)
    )


def _same(one: str, following: str) -> bool:
    return one.endswith(following) or following.startswith(one)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def numbers(text: str) -> Counter[str]:
    """Count the numbers of a text, without their separators.

    >>> numbers("1,000 and 1.000") == numbers("1000 1000")
    True
    """
    return Counter("".join(filter(str.isalnum, match.group())) for match in _NUMBER.finditer(text))
