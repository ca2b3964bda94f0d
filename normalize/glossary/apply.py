"""Names and terms made consistent in any text, without translating it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence

from normalize.corpus import Edit, Span, replay
from normalize.glossary.glossary import Glossary
from normalize.glossary.match import Evidence, Match
from normalize.glossary.term import Kind, Status, Term

__all__ = ["Spelling", "apply"]

_PASSES = 3  # a name put right may be the context that another row needs
_SHOUTED = 4  # letters from which capitals throughout are shouting, not an acronym


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """A text made consistent, and each change: replaying `edits` on the text given gives `text`."""

    text: str
    edits: tuple[Edit, ...] = ()
    """As `replay` wants them; `evidence` is the glossary's line."""


def apply(glossary: Glossary, text: str, language: str, *, target_language: str = "en") -> Spelling:
    r"""Write a text's names and terms as the glossary does.

    In a text of a source language, aliases and garbled spellings become the row's source. In one of the target
    language, wrong renderings become the target, and so do the aliases of names.

    >>> glossary = Glossary.parse(b"source,target,kind,aliases,wrong\nOpenAI,OpenAI,name,OpenAl,\n"
    ...                           b"penyelarasan super,Superalignment,term,,super harmonization\n")
    >>> apply(glossary, "OpenAl has a super harmonization team.", "en").text
    'OpenAI has a Superalignment team.'
    >>> apply(glossary, "Openai punya tim penyelarasan super.", "id").text
    'OpenAI punya tim penyelarasan super.'
    """
    if _primary(language) == _primary(target_language):
        rows = Glossary(terms=tuple(_target_rows(glossary, target_language)))
        standing = frozenset(glossary.targets(text))
    else:
        rows = glossary
        standing = frozenset[str]()
    edits: list[Edit] = []
    for _ in range(_PASSES):
        more: list[Edit] = []
        evidence = Evidence(text)
        for line in _lines(text):
            for match in rows.matches(line.of(text), language, target_language=target_language, context=evidence):
                sure = rows is glossary or _sure(match, standing)
                if sure and (match.alias or _listed(match)) and not match.plural:
                    more += _edit(text, line.start, match)
        if not more:
            break
        more.reverse()
        text = replay(text, more)
        edits += more
        standing = frozenset(glossary.targets(text)) if standing else standing
    return Spelling(text=text, edits=tuple(edits))


def _lines(text: str) -> Iterator[Span]:
    """Give the span of each line: a term does not go on over a line's end."""
    start = 0
    for line in text.splitlines(keepends=True):
        yield Span(start=start, end=start + len(line))
        start += len(line)


def _listed(match: Match) -> bool:
    """Whether an alias stands here that differs from the source only by hyphens, which matching takes for blanks."""
    letters = match.surface.removesuffix(match.enclitic).casefold()
    return letters != match.term.source.casefold() and letters in {alias.casefold() for alias in match.term.aliases}


def _sure(match: Match, standing: frozenset[str]) -> bool:
    """Whether a wrong rendering may be taken for the term.

    Without the source, one common word ("railing" for "guardrail") is evidence only where the text has the term too.
    """
    if match.term.exact_case or len(match.surface.split()) > 1:
        return True
    return match.term.target.casefold() in standing


def _edit(text: str, start: int, match: Match) -> Iterator[Edit]:
    span = Span(start=start + match.span.start, end=start + match.span.end)
    after = _spelled(match)
    if text[max(0, span.start - 1) : span.start].isalnum():
        after = f" {after}"  # it was glued to the word before
    if text[span.end : span.end + 1].isalnum():
        after += " "
    before = span.of(text)
    if after != before:
        row = match.term
        yield Edit(rule="glossary", span=span, before=before, after=after, evidence=f"line {row.line}")


def _spelled(match: Match) -> str:
    """Give the glossary's spelling, with the case and the enclitic found."""
    term = match.term.source
    letters = match.surface.removesuffix(match.enclitic)
    if not match.term.exact_case:
        if letters.isupper() and len(letters) > _SHOUTED:
            term = term.upper()
        elif letters[:1].isupper():
            term = term[:1].upper() + term[1:]
    return term + match.enclitic


def _target_rows(glossary: Glossary, language: str) -> list[Term]:
    """Make rows that lead from wrong renderings, and from the aliases of names, to the targets.

    A rendering that is some row's target, or wrong for two of them, leads nowhere.
    """
    rows = [
        term for term in glossary.terms
        if term.kind is not Kind.FORBID and term.status is Status.PREFERRED
        and (not term.target_language or _primary(term.target_language) == _primary(language))
    ]  # fmt: skip
    targets = {term.target for term in rows}
    soft = {target.casefold() for term in rows if not term.exact_case for target in (term.target,)}
    merged: dict[str, list[Term]] = {}
    for term in rows:
        merged.setdefault(term.target, []).append(term)
    forms = {target: _forms(target, group) for target, group in merged.items()}
    owners = Counter(form.casefold() for these in forms.values() for form in these)
    made = []
    for target, group in merged.items():
        first = group[0]
        good = tuple(
            form for form in forms[target]
            if owners[form.casefold()] == 1 and form not in targets and form.casefold() not in soft
        )  # fmt: skip
        made.append(dataclasses.replace(
            first, source=target, aliases=good, wrong=(), source_language="", target_language="",
            case_sensitive=any(term.exact_case for term in group),
            context=_all(group, "context"), not_near=_all(group, "not_near"),
        ))  # fmt: skip
        if not made[-1].exact_case and _plural(target):
            many = tuple(filter(None, map(_plural, good)))
            made.append(dataclasses.replace(made[-1], source=_plural(target), aliases=many))
    return made


def _plural(phrase: str) -> str:
    """Give the regular English plural of a phrase, or nothing where it may be one already."""
    if not phrase[-1:].isalpha() or phrase.endswith("s"):
        return ""
    if phrase.endswith("y") and phrase[-2:-1] not in tuple("aeiou"):
        return f"{phrase[:-1]}ies"
    return phrase + ("es" if phrase.endswith(("x", "z", "ch", "sh")) else "s")


def _all(group: Sequence[Term], column: str) -> tuple[str, ...]:
    """Give the conditions of all rows of a target; where one row has none, only its own absence counts for context."""
    columns = [getattr(term, column) for term in group]
    if column == "context" and not all(columns):
        return ()
    return tuple(dict.fromkeys(part for parts in columns for part in parts))


def _forms(target: str, group: Sequence[Term]) -> tuple[str, ...]:
    """Give the forms that stand for a target in a text of its language."""
    found: list[str] = []
    for term in group:
        found += term.wrong
        if term.exact_case and term.source == target:
            found += term.aliases
    return tuple(dict.fromkeys(form for form in found if form != target))


def _primary(tag: str) -> str:
    return tag.replace("_", "-").split("-")[0].lower()
