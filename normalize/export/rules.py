"""What each filter looks at. A function gives the evidence against a unit, or None where there is none."""

from __future__ import annotations

from typing import NamedTuple

import regex

from normalize import language
from normalize.check.lexicon import FUNCTION_WORDS
from normalize.corpus import Issue, Severity, State
from normalize.errors import UsageError
from normalize.export.near import SIMILAR
from normalize.export.text import letters_share, normalised, weight, without_addresses, words
from normalize.rows import UnitRow

__all__ = [
    "Likeness", "Span", "addresses", "alphabetic", "count", "empty", "findings", "fraction", "identical", "length",
    "length_ratio", "likeness", "low_score", "mismatched_numbers", "nothing", "number", "same_language", "severity",
    "span", "state", "unreviewed", "wrong_language",
]  # fmt: skip

_WORD = regex.compile(r"\p{L}+")

_FEWEST_LETTERS = 40
"""Below this, detection mistakes names for a language."""

_SHORT = 20.0
"""Letters; the ratio of lengths says nothing where both sides are shorter."""

_ALIKE = tuple(frozenset(group.split()) for group in (
    "id ms jv su min", "no nb nn da sv", "hr bs sr sl", "cs sk", "pt gl es ca", "ru uk be bg mk", "hi mr ne",
    "fa ps ur", "zu xh", "nl af", "tr az", "et fi",
))  # fmt: skip
"""Languages that a sentence is easily mistaken between."""

_DIGITS = 13
"""Fewer a count has: more than any corpus."""

_STATES = tuple(State)
_SEVERITIES = tuple(Severity)


class Span(NamedTuple):
    """A lowest and a highest number of words."""

    least: int
    most: int


class Likeness(NamedTuple):
    """What makes two units near-duplicates."""

    sides: str
    """Which texts are compared: `both` together, `source` or `target`."""
    least: float
    """The share of shingles from which on they are; 1: only the same letters and digits."""


def nothing(text: str) -> None:
    """Take no value: UsageError for one."""
    if text:
        raise UsageError(f"takes no value, and {text!r} is given")


def number(text: str) -> float:
    """Read a number."""
    try:
        found = float(text)
    except ValueError as error:
        raise UsageError(f"wants a number, not {text!r}") from error
    if not -1e9 < found < 1e9:  # also what is not a number
        raise UsageError(f"wants a number, not {text!r}")
    return found


def count(text: str) -> int:
    """Read a whole number above 0."""
    if not (text.isascii() and text.isdigit() and len(text) < _DIGITS and int(text)):
        raise UsageError(f"wants a whole number above 0, not {text!r}")
    return int(text)


def fraction(text: str) -> float:
    """Read a number from 0 to 1."""
    found = number(text)
    if not 0 <= found <= 1:
        raise UsageError(f"wants a number from 0 to 1, not {text!r}")
    return found


def span(text: str) -> Span:
    """Read `3-200`."""
    least, dash, most = text.partition("-")
    if not (dash and least.isascii() and least.isdigit() and most.isascii() and most.isdigit()) or len(text) > 20:
        raise UsageError(f"wants two numbers of words such as 3-200, not {text!r}")
    found = Span(int(least), int(most))
    if found.least > found.most:
        raise UsageError(f"wants the smaller number first, not {text!r}")
    return found


def severity(text: str) -> Severity:
    """Read a severity of findings."""
    return Severity(_one_of(text, [each.value for each in Severity]))


def state(text: str) -> State:
    """Read a state."""
    return State(_one_of(text, [each.value for each in State]))


def likeness(text: str) -> Likeness:
    """Read `both`, `source:0.8` or `0.9`: which side is compared, and from which similarity on."""
    side, colon, least = text.partition(":")
    if not colon and text[:1].isdigit():
        side, least = "both", text
    found = fraction(least) if least or colon else SIMILAR
    if found < 0.6:  # the bands would miss too many
        raise UsageError(f"wants a similarity from 0.6 to 1, not {least!r}")
    return Likeness(_one_of(side, ["both", "source", "target"]), found)


def _one_of(text: str, names: list[str]) -> str:
    if text not in names:
        raise UsageError(f"wants one of {', '.join(names)}, not {text!r}")
    return text


def empty(unit: UnitRow, _: object) -> str | None:
    """Find a side without text."""
    for name, text in (("source", unit.source), ("target", unit.target)):
        if not text.strip():
            return f"no {name}"
    return None


def unreviewed(unit: UnitRow, least: State) -> str | None:
    """Find a unit that has not come as far as `least`."""
    return unit.state.value if _STATES.index(unit.state) < _STATES.index(least) else None


def same_language(unit: UnitRow, _: object) -> str | None:
    """Find a unit whose source is in the target language: nothing was translated."""
    tag = unit.source_language.partition("-")[0].lower()
    return f"both {tag}" if tag and tag == unit.target_language.partition("-")[0].lower() else None


def identical(unit: UnitRow, _: object) -> str | None:
    """Find two sides that differ only in case, spaces and punctuation."""
    if 2 * min(len(unit.source), len(unit.target)) < max(len(unit.source), len(unit.target)):
        return None  # most pairs are not worth the folding
    found = normalised(unit.source)
    return "equal but for case and punctuation" if found and found == normalised(unit.target) else None


def length(unit: UnitRow, bounds: Span) -> str | None:
    """Find a side with too few or too many words."""
    for name, text in (("source", unit.source), ("target", unit.target)):
        count = words(text)
        if not bounds.least <= count <= bounds.most:
            return f"{name}: {count} words"
    return None


def length_ratio(unit: UnitRow, most: float) -> str | None:
    """Find sides of which one is more than `most` times as long, in letters."""
    shorter, longer = sorted((weight(unit.source), weight(unit.target)))
    if longer < _SHORT or longer <= most * shorter:
        return None
    return f"ratio {longer / shorter:.2f}" if shorter else "one side is empty"


def alphabetic(unit: UnitRow, least: float) -> str | None:
    """Find a side of which less than `least` is letters."""
    for name, text in (("source", unit.source), ("target", unit.target)):
        share = letters_share(text)
        if share < least:
            return f"{name}: {share:.2f} letters"
    return None


def addresses(unit: UnitRow, _: object) -> str | None:
    """Find a side that is nothing but URLs, e-mail addresses, handles and hashtags."""
    for name, text in (("source", unit.source), ("target", unit.target)):
        rest = without_addresses(text)
        if len(rest) < len(text) and not normalised(rest):
            return f"{name}: {text.strip()[:60]}"
    return None


def wrong_language(unit: UnitRow, least: float) -> str | None:
    """Find a side that reads as another language than it should be, with a confidence of `least` or more."""
    both = ("source", unit.source, unit.source_language), ("target", unit.target, unit.target_language)
    for name, text, tag in both:
        claimed = tag.partition("-")[0].lower()
        if claimed in {"", "und"} or weight(text) < _FEWEST_LETTERS or _reads_well(text, claimed):
            continue
        detection = language.detect(text, hint=tag)
        found = detection.language.partition("-")[0]
        if found not in {claimed, "und"} and detection.confidence >= least and not _alike(found, claimed):
            return f"{name}: reads as {found}, {detection.confidence:.2f}"
    return None


def _reads_well(text: str, tag: str) -> bool:
    """Whether so many words are the language's grammar that detecting it is a waste of time."""
    function_words = FUNCTION_WORDS.get(tag)
    found = _WORD.findall(text.lower())
    return function_words is not None and 6 * sum(word in function_words for word in found) >= len(found)


def _alike(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _ALIKE)


def mismatched_numbers(unit: UnitRow, _: object) -> str | None:
    """Find a unit whose numbers were found to differ (the checks `number` and `number-added`)."""
    return next((finding.message for finding in unit.findings if finding.issue is Issue.NUMBERS), None)


def findings(unit: UnitRow, least: Severity) -> str | None:
    """Find a unit with a finding of that severity or worse."""
    bound = _SEVERITIES.index(least)
    found = (each.check for each in unit.findings if _SEVERITIES.index(each.severity) >= bound)
    return next(found, None)


def low_score(unit: UnitRow, least: float) -> str | None:
    """Find a unit the model gave a score below `least`; one without a score passes."""
    return f"score {unit.score:g}" if unit.score is not None and unit.score < least else None
