"""The nouns: article, segment, unit, and what is recorded about them.

All are frozen, slotted, keyword-only dataclasses: a change is a new value plus a record of the change. Positions are
code points, half open. Words follow the field's standards: segment and unit from TMX, state from XLIFF 2, issue types
from ITS 2.0.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import urlsplit

__all__ = [
    "Article",
    "Block",
    "Conversion",
    "Edit",
    "Finding",
    "Issue",
    "Metadata",
    "Method",
    "Origin",
    "Receipt",
    "Removed",
    "Repair",
    "Segment",
    "Severity",
    "Span",
    "State",
    "Unit",
    "host",
    "replay",
]

UNDETERMINED = "und"
"""The BCP 47 tag of a text whose language is not known."""


class State(StrEnum):
    """How far a unit has come (XLIFF 2.1 `state`); machine output is never above `translated`."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


class Origin(StrEnum):
    """Where a unit's target came from."""

    MACHINE = "machine"
    """The model, as it answered or after a glossary repair."""
    COPIED = "copied"
    """The source was in the target language already and was passed through."""
    MEMORY = "memory"
    """A translation memory."""
    HUMAN = "human"
    """A person."""
    NONE = "none"
    """Nothing: the unit could not be translated."""


class Severity(StrEnum):
    """How bad a finding is (MQM)."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Issue(StrEnum):
    """The kind of a finding: ITS 2.0 localization quality issue types (W3C, section 8.17), the ones used here."""

    TERMINOLOGY = "terminology"
    MISTRANSLATION = "mistranslation"
    OMISSION = "omission"
    UNTRANSLATED = "untranslated"
    ADDITION = "addition"
    DUPLICATION = "duplication"
    INCONSISTENCY = "inconsistency"
    GRAMMAR = "grammar"
    CHARACTERS = "characters"
    NUMBERS = "numbers"
    MARKUP = "markup"
    LENGTH = "length"
    TYPOGRAPHICAL = "typographical"
    WHITESPACE = "whitespace"
    NON_CONFORMANCE = "non-conformance"
    UNINTELLIGIBLE = "unintelligible"
    OTHER = "other"


class Method(StrEnum):
    """How an expected occurrence of a term came into the target, or that it did not."""

    KEPT = "kept"
    """The model produced it by itself."""
    CHOSEN = "chosen"
    """Another hypothesis of the model had it."""
    REPLACED = "replaced"
    """The model's own known rendering was replaced."""
    CODE_SWITCHED = "code-switched"
    """The target term was put into the source, and the model copied it."""
    CARRIER = "carrier"
    """A name-like word stood for the term while the model ran."""
    PLACED = "placed"
    """It was put where the model finds it likeliest; no other word was touched, but for one it took the place of."""
    REDECODED = "redecoded"
    """The model completed a forced prefix ending in the term."""
    SPLIT = "split"
    """The segment was translated around the term."""
    PARTIAL = "partial"
    """A term repeated in the source stands fewer times in the target."""
    MISSING = "missing"
    """It could not be placed; the sentence was left as it was."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A half-open range of code points.

    >>> Span(start=4, end=8).of("The news today")
    'news'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Give the part of `text` this span covers."""
        return text[self.start : self.end]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change of an article's text.

    Edits apply one after another: `span` lies in the text as all earlier edits left it. A stage that finds its edits on
    the text it was given lists them from the end of the text to the start, so that every span is also right for that
    text.
    """

    rule: str
    span: Span
    before: str
    after: str
    evidence: str = ""


def replay(text: str, edits: Iterable[Edit]) -> str:
    """Apply `edits` in order.

    Raises ValueError when an edit's `before` does not stand at its span.

    >>> replay("a  b", [Edit(rule="spaces", span=Span(start=1, end=3), before="  ", after=" ")])
    'a b'
    """
    # Edits from the end to the start, as stages list them, cut `text` shorter and collect what follows, so that a
    # million of them do not copy the text a million times.
    left = len(text)
    tail: list[str] = []
    for edit in edits:
        if edit.span.end > left:
            text = text[:left] + "".join(reversed(tail))
            left = len(text)
            tail.clear()
        if edit.span.of(text) != edit.before:
            message = f"edit {edit.rule!r} does not fit the text at {edit.span.start}"
            raise ValueError(message)
        tail += [text[edit.span.end : left], edit.after]
        left = edit.span.start
    return text[:left] + "".join(reversed(tail))


def host(url: str) -> str:
    """Give the host of a web address, or nothing: addresses come from pages and tables, and may be anything.

    >>> host("https://www.Contoh.id:80/a"), host("http://["), host("contoh.id/a"), host("")
    ('www.contoh.id', '', '', '')
    """
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its article; every field may be empty. Dates are ISO 8601."""

    title: str = ""
    subtitle: str = ""
    author: str = ""
    editor: str = ""
    agency: str = ""
    published: str = ""
    updated: str = ""
    place: str = ""
    site: str = ""
    url: str = ""
    caption: str = ""
    language: str = ""
    """The language the page or record claims, unverified."""
    tags: tuple[str, ...] = ()

    def merged(self, other: Metadata) -> Metadata:
        """Fill this one's empty fields from `other`.

        >>> Metadata(title="A").merged(Metadata(title="B", site="x.id")).site
        'x.id'
        """
        return Metadata(**{field.name: getattr(self, field.name) or getattr(other, field.name)
                           for field in dataclasses.fields(self)})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What the markup says of one line of an HTML article's text; plain text has none."""

    tag: str
    """The innermost block element: p, h1..h6, li, blockquote, td, figcaption, div, …"""
    link_density: float = 0.0
    """Share of the line's characters inside links, 0 to 1."""
    path: str = ""
    """The chain of elements and their class and id names around it, outermost first, as evidence for rules."""
    votes: frozenset[str] = frozenset()
    """Names of the main-content extractors that kept this line."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article, at any stage between the raw file and the clean text.

    `raw` is the text as read (for HTML: as rendered, a line a block); replaying `edits` on it gives `text`. After
    cleaning, each line of `text` is one paragraph, and the first is the title where the page has one.
    """

    id: str
    path: str
    """The file it came from, relative to the folder read, with `/`."""
    raw: str
    text: str
    sha256: str
    """Hash of the raw bytes of the file or record."""
    record: int | None = None
    """Line (JSONL) or row (CSV) in the file, from 1."""
    format: str = "text"
    """text, markdown, html."""
    encoding: str = "utf-8"
    language: str = UNDETERMINED
    metadata: Metadata = dataclasses.field(default_factory=Metadata)
    blocks: tuple[Block, ...] = ()
    """For HTML, one for each line of `raw`; otherwise empty."""
    edits: tuple[Edit, ...] = ()
    duplicate_of: str = ""
    """Id of the article this one repeats, exactly or nearly."""

    def edited(self, edits: Iterable[Edit]) -> Article:
        """Apply further edits, given in the order they apply, and record them."""
        edits = tuple(edits)
        return dataclasses.replace(self, text=replay(self.text, edits), edits=self.edits + edits) if edits else self


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A sentence, or part of an over-long one: `span.of(article.text) == source`."""

    id: str
    article: str
    paragraph: int
    """Line of the clean text, from 0."""
    span: Span
    source: str
    language: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a person should look at in a unit."""

    check: str
    issue: Issue
    severity: Severity
    message: str
    span: Span | None = None
    """Where in the target, if it can be said."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of one expected occurrence of a glossary term."""

    term: str
    """The term's source form in the glossary."""
    target: str
    """The target form the glossary wants."""
    span: Span
    """The occurrence in the unit's source."""
    surface: str
    """The text of that occurrence: the term, an inflected form, or an alias."""
    method: Method
    produced: str = ""
    """The text in the target that fulfils it; empty when missing."""
    target_span: Span | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A line, or a part of one, that cleaning took out."""

    id: str
    """`ARTICLE:LINE`, lines counted from 1, with `.N` for the Nth part taken out of one: what `clean.restore` takes."""
    rule: str
    evidence: str
    text: str
    line: int
    """Number of the line, from 0, in the repaired text."""
    whole: bool
    """The whole line went, not a part of it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A change the guard made to the model's answer: why, how, and both versions."""

    reason: str
    """Names of the checks that found fault with `before`, the worst first, joined by commas."""
    method: str
    """The rung of the guard's ladder that made `after`."""
    before: str
    after: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A segment and its translation; one for each segment, none dropped."""

    segment: Segment
    target: str = ""
    target_language: str = "en"
    state: State = State.INITIAL
    score: float | None = None
    """Mean log-probability of a target token by the model (at most 0, nearer 0 is surer); None without a model."""
    origin: Origin = Origin.NONE
    model_target: str = ""
    """The model's own answer, where a repair changed it; otherwise empty."""
    findings: tuple[Finding, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    repairs: tuple[Repair, ...] = ()
    """What the guard changed in the model's answer, before any glossary work."""
    reverse: float | None = None
    """Mean log-probability of a source token, given the target, by a model of the other direction; None where none was
    asked."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """An article with all its units: what a run makes of one input, and what `out/` is written from."""

    article: Article
    units: tuple[Unit, ...]

    def paragraphs(self) -> list[tuple[str, str]]:
        """Give (source, target) of each paragraph of the clean text, in order.

        Targets of a paragraph's units are joined by a space; an empty paragraph has an empty target.
        """
        targets: dict[int, list[str]] = {}
        for unit in self.units:
            targets.setdefault(unit.segment.paragraph, []).append(unit.target)
        lines = self.article.text.split("\n") if self.article.text else []
        return [(line, " ".join(filter(None, targets.get(number, [])))) for number, line in enumerate(lines)]
