"""What a segment's translation must hold: the terms found in its source, and the source as the engine gets it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from normalize.corpus import Article, Segment, host
from normalize.glossary import Evidence, Glossary, Kind, Match
from normalize.glossary.wants import Want, wants

__all__ = ["Plan", "plan"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A segment and what the glossary expects of its translation.

    `source` is the segment's own, with aliases put into the glossary's spelling; `asked` goes to the engine. `matches`
    lie in the segment's source, `places` are the same occurrences in `source`.
    """

    segment: Segment
    source: str
    matches: tuple[Match, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    forbidden: tuple[Match, ...] = ()
    """Occurrences of rows whose target must not be used."""
    glossary: Glossary = dataclasses.field(default_factory=Glossary, repr=False)
    ahead: tuple[tuple[int, str], ...] = ()
    """Targets that stand in what the engine is asked first, by index into `matches`: see `ask`."""
    carried: tuple[tuple[int, str], ...] = ()
    """Carriers that stand there, likewise."""

    @property
    def asked(self) -> str:
        """What the engine is asked first: `source`, with targets and carriers in place of some terms."""
        return self.switched(dict(self.ahead + self.carried)) if self.led else self.source

    @property
    def wanted(self) -> tuple[Want, ...]:
        """Give the targets its translation must hold, the longest first."""
        return wants(self.matches, self.segment.source, self.segment.language)

    @property
    def plain(self) -> Plan:
        """Give the same plan with nothing standing in for a term."""
        return dataclasses.replace(self, ahead=(), carried=()) if self.led else self

    @property
    def led(self) -> bool:
        """Whether something stands in for a term from the first."""
        return bool(self.ahead or self.carried)

    def switched(self, forms: Mapping[int, str]) -> str:
        """Give `source` with other words in place of terms: `forms` by index into `matches`."""
        parts, end = [], 0
        for number in sorted(forms):
            start, stop = self.places[number]
            parts += [self.source[end:start], forms[number]]
            end = stop
        return "".join([*parts, self.source[end:]])


def plan(segments: Sequence[Segment], glossary: Glossary, article: Article, *, target: str = "en") -> tuple[Plan, ...]:
    """Find the glossary's terms in each segment of an article, and write aliases as the glossary does.

    A segment without an alias keeps its source to the letter.
    """
    if not glossary.terms:
        return tuple(Plan(segment=segment, source=segment.source) for segment in segments)
    glossary = glossary.within(article.path, (host(article.metadata.url), article.metadata.site))
    evidence = Evidence(article.text)
    plans = []
    for segment in segments:
        found = glossary.matches(segment.source, segment.language, target_language=target, context=evidence)
        matches = tuple(match for match in found if match.term.kind is not Kind.FORBID)
        forbidden = tuple(match for match in found if match.term.kind is Kind.FORBID)
        source, places = _canonical(segment.source, matches)
        made = Plan(segment=segment, source=source, matches=matches, places=places)
        plans.append(dataclasses.replace(made, forbidden=forbidden, glossary=glossary))
    return tuple(plans)


def _canonical(source: str, matches: Sequence[Match]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Write aliases in `source` as the glossary does; give the new text and where each match now stands."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    end = length = 0
    for match in matches:
        before = source[end : match.span.start]
        if match.span.start and source[match.span.start - 1].isalnum():
            before += " "  # glued to the word before
        shown = _spelled(match) if match.alias else match.surface
        places.append((length + len(before), length + len(before) + len(shown)))
        parts += [before, shown]
        end = match.span.end
        if source[end : end + 1].isalnum():
            parts.append(" ")
        length += sum(map(len, parts[-(2 + (parts[-1] == " ")) :]))
    return "".join([*parts, source[end:]]), tuple(places)


def _spelled(match: Match) -> str:
    """Give the glossary's spelling for an alias, in the alias's case and with its enclitic."""
    term = match.term.source
    letters = match.surface.removesuffix(match.enclitic)
    if letters.isupper() and len(letters) > 4 and not match.term.case_sensitive:
        term = term.upper()
    elif letters[:1].isupper() and not match.term.case_sensitive:
        term = term[:1].upper() + term[1:]
    return term + match.enclitic
