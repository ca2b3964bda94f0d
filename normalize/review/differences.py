"""What reviewers changed against the machine, and what would have spared them the work."""

from __future__ import annotations

import collections
import dataclasses
import difflib
import glob
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence

import regex

from normalize.corpus import host
from normalize.review.corrections import Correction
from normalize.review.data import source_hash
from normalize.rows import ArticleRow, UnitRow

__all__ = ["Change", "Piece", "Proposal", "changes", "proposals", "site_of", "words"]

_PIECE = regex.compile(r"[\p{L}\p{M}\p{N}]++(?:[-’'.][\p{L}\p{M}\p{N}]++)*+|\s++|[^\s\p{L}\p{M}\p{N}]")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++(?:[-’'.][\p{L}\p{M}\p{N}]++)*+")
_LETTER = regex.compile(r"\p{L}")

_LONGEST = 5
"""Words of a replaced phrase, or of a term, at most."""

_TWICE = 2
"""Units in which a replacement must recur before it says anything about the next one."""

_SURE = 0.5
"""Share of the sentences with a source phrase that must have had the replaced words, for a row to be proposed."""

Piece = tuple[str, str]
"""`=`, `-` or `+`, and a piece of text that stayed, went or came."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A unit with what the machine said of it, and what a person made of that."""

    unit: UnitRow
    correction: Correction

    @property
    def pieces(self) -> list[Piece]:
        """Give the difference, word by word."""
        return words(self.correction.machine_target, self.correction.target)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What would have made some corrections needless."""

    kind: str
    """glossary: a row to add; wrong: a rendering for a row that is there; rule: a line for rules.toml; replacement: the
    same words were replaced, but no source words are common to the sentences and rare elsewhere."""
    units: tuple[str, ...]
    old: str = ""
    new: str = ""
    source: str = ""
    """The source words of the glossary row; for a rule, the line to drop."""
    language: str = ""
    site: str = ""

    @property
    def line(self) -> str:
        """Give what to write into the file."""
        if self.kind == "rule":
            return f"[[rule]]\nsite = {_quoted(self.site)}\ndrop = {_quoted(self.source)}"
        if self.kind == "replacement":
            return f"{self.old} → {self.new}"
        return f"source {self.source!r}, target {self.new!r}, wrong {self.old!r}, source_lang {self.language}"


def site_of(article: ArticleRow) -> str:
    """Give what `site` in rules.toml must say so that a rule meets this article: its host, or else its folder.

    The site's name does not do: where cleaning found it in the text, no rule knows it yet.

    >>> site_of(ArticleRow(id="a", path="b.jsonl", record=1, url="https://www.kabar.example/a"))
    'kabar.example'
    >>> site_of(ArticleRow(id="kabar/a", path="kabar/a.txt", site="Kabar"))
    'kabar/*'
    """
    told = article.record is not None or article.format != "text"
    site = host(article.url).removeprefix("www.") if told else ""
    folder = glob.escape(article.path.rpartition("/")[0])
    return site or (f"{folder}/*" if folder else "*")


def words(before: str, after: str) -> list[Piece]:
    """Compare two texts word by word.

    >>> words("A pilot company closed.", "A startup closed.")
    [('=', 'A '), ('-', 'pilot company'), ('+', 'startup'), ('=', ' closed.')]
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    found: list[Piece] = []
    for kind, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("=", "".join(old[first:last])))
        else:
            gone, come = "".join(old[first:last]), "".join(new[start:end])
            found += [("-", gone)] * bool(gone) + [("+", come)] * bool(come)
    return _joined(found)


def changes(corrections: Iterable[Correction], units: Iterable[UnitRow]) -> list[Change]:
    """Pair the corrections that changed a text with their units, by unit; those of other sources are left out."""
    edited = {one.unit: one for one in corrections if one.edited}
    found = {
        unit.id: Change(unit=unit, correction=edited[unit.id])
        for unit in units
        if unit.id in edited and source_hash(unit.source) == edited[unit.id].source_hash
    }
    return [found[name] for name in sorted(found)]


def proposals(changed: Sequence[Change], units: Iterable[UnitRow], sites: Mapping[str, str]) -> list[Proposal]:
    """Say which glossary rows and cleaning rules would have prevented changes.

    `sites` gives, by article, what a rule for it names as its site (`site_of`).

    A row is proposed where the same words were replaced by the same others in two sentences or more, and its source
    words stand in all of them and mostly in sentences that had these words. A rule is proposed for a line whose English
    was deleted altogether.
    """
    every = list(units)
    groups: dict[tuple[str, str, str], list[Change]] = {}
    for change in changed:
        for old, new in sorted(set(_replacements(change.pieces))):
            groups.setdefault((change.unit.source_language, old, new), []).append(change)
    recurring = {
        key: group for key, group in groups.items() if len({change.unit.source for change in group}) >= _TWICE
    }
    found = _rules(changed, every, sites)
    machine = {change.unit.id: change.correction.machine_target for change in changed}
    for (language, old, new), group in recurring.items():
        texts = [(unit.source, machine.get(unit.id, unit.target)) for unit in every if unit.source_language == language]
        names = tuple(change.unit.id for change in group)
        row = _row_there(group, new)
        source = row or _source_words([change.unit.source for change in group], old, texts)
        kind = "wrong" if row else "glossary" if source else "replacement"
        found.append(Proposal(kind=kind, units=names, old=old, new=new, source=source, language=language))
    return sorted(found, key=lambda one: (-len(one.units), one.kind, one.source, one.old, one.new))


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Take changes that only a blank parts together, so that phrases are replaced and not words one by one."""
    bridged: list[Piece] = []
    for index, (kind, text) in enumerate(pieces):
        blank = kind == "=" and not text.strip() and 0 < index < len(pieces) - 1
        bridged += [("-", text), ("+", text)] if blank else [(kind, text)]
    return _merged(bridged)


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Put what went before what came in each run of changes."""
    found: list[Piece] = []
    gone: list[str] = []
    come: list[str] = []
    for kind, text in [*pieces, ("=", "")]:
        if kind == "=":
            found += [("-", "".join(gone))] * bool(gone) + [("+", "".join(come))] * bool(come)
            gone, come = [], []
            found += [("=", text)] * bool(text)
        else:
            (gone if kind == "-" else come).append(text)
    return found


def _replacements(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """Give the phrases that were replaced by others, in lower case; numbers and longer passages are left out."""
    found = []
    for (kind, old), (following, new) in itertools.pairwise(pieces):
        phrases = [" ".join(_WORD.findall(text)) for text in (old, new)]
        if kind != "-" or following != "+" or not all(_LETTER.search(text) for text in phrases):
            continue
        if all(len(text.split()) <= _LONGEST for text in phrases) and phrases[0].casefold() != phrases[1].casefold():
            found.append((phrases[0].lower(), phrases[1]))
    return found


def _row_there(group: Sequence[Change], new: str) -> str:
    """Give the term that all these units have with that target already."""
    terms = [{term.term for term in change.unit.terms if term.target.lower() == new.lower()} for change in group]
    return min(set.intersection(*terms), default="")


def _source_words(sources: Sequence[str], old: str, texts: Sequence[tuple[str, str]]) -> str:
    """Find the phrase that all `sources` have, and elsewhere mostly sentences whose translation had `old`.

    `texts` are all pairs of source and machine translation. The surest phrase wins, then the longest, then the first.
    """
    shared = set.intersection(*(_phrases(source) for source in sources))
    had = f" {old} "
    counts: collections.Counter[str] = collections.Counter()
    hits: collections.Counter[str] = collections.Counter()
    for source, target in texts:
        common = shared & _phrases(source)
        counts.update(common)
        if had in f" {' '.join(_WORD.findall(target)).lower()} ":
            hits.update(common)
    sure = [(hits[one] / counts[one], hits[one], len(one.split()), one) for one in shared if counts[one]]
    best = max((one for one in sure if one[0] >= _SURE and len(one[3]) > 2), default=None)
    return _as_written(best[3], sources) if best else ""


def _as_written(phrase: str, sources: Sequence[str]) -> str:
    """Give a phrase in lower case as most sentences write it; where they are even, without capitals."""
    size = len(phrase.split())
    surfaces: collections.Counter[str] = collections.Counter()
    for source in sources:
        found = _WORD.findall(source)
        runs = (" ".join(found[start : start + size]) for start in range(len(found) - size + 1))
        surfaces.update(run for run in runs if run.lower() == phrase)
    return min(surfaces, key=lambda run: (-surfaces[run], sum(map(str.isupper, run)), run))


def _phrases(text: str) -> set[str]:
    found = [word.lower() for word in _WORD.findall(text)]
    return {
        " ".join(found[start : start + size])
        for size in range(1, _LONGEST + 1)
        for start in range(len(found) - size + 1)
        if _LETTER.search(found[start]) and _LETTER.search(found[start + size - 1])
    }


def _rules(changed: Sequence[Change], units: Iterable[UnitRow], sites: Mapping[str, str]) -> list[Proposal]:
    """Give a rule for each line that is one unit whose English was deleted."""
    sizes = collections.Counter((unit.article, unit.paragraph) for unit in units)
    lines: dict[tuple[str, str, str], list[str]] = {}
    for change in changed:
        unit = change.unit
        if not change.correction.target.strip() and sizes[unit.article, unit.paragraph] == 1:
            key = (sites.get(unit.article) or "*", unit.source.strip(), unit.source_language)
            lines.setdefault(key, []).append(unit.id)
    return [
        Proposal(kind="rule", units=tuple(names), source=text, site=site, language=language)
        for (site, text, language), names in lines.items()
    ]


def _quoted(text: str) -> str:
    # A TOML basic string is a JSON string, except for the delete character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
