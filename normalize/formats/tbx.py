"""TBX, the ISO standard for termbases, in the two versions in use; one reader for both.

A row is one concept: the source and its aliases are terms of the source language, the target and the wrong renderings
(deprecated) terms of the target language. What TBX has no place for stands in notes of the concept, `kind: name`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from normalize.errors import GlossaryError
from normalize.formats.format import chosen
from normalize.formats.markup import LANG, document, entries, language_of, local, text_of, visible
from normalize.formats.records import Record, cells, from_records
from normalize.glossary import Glossary, Kind, Status, Term

__all__ = ["TBX2", "TBX3", "Tbx"]

_ROOTS = frozenset({"tbx", "martif"})
_ENTRIES = frozenset({"conceptEntry", "termEntry"})
_LANGUAGES = frozenset({"langSec", "langSet"})
_TERMS = frozenset({"termSec", "tig", "ntig"})
_TYPED = frozenset({"termNote", "descrip", "admin"})
_NOTES = frozenset({"note", "definition", "context", "Usage note", "explanation"})
_PARTS = frozenset({"noun", "verb", "adjective", "adverb", "other"})
_DEPRECATED = frozenset({"deprecated", "superseded", "obsolete", "forbidden"})
_OWN_NOTES = {
    "kind": "kind", "case-sensitive": "case_sensitive", "context": "context", "not near": "not_near",
    "part of speech": "pos", "scope": "scope",
}  # fmt: skip
"""Notes of a concept that this program writes and reads, and the column each is."""

_KEEP = frozenset({"do not translate", "dnt"})
_CORE = "urn:iso:std:iso:30042:ed-2"
_MIN = "http://www.tbxinfo.net/ns/min"
_BASIC = "http://www.tbxinfo.net/ns/basic"


@dataclasses.dataclass(frozen=True, slots=True)
class _Section:
    """A term of a concept in one language."""

    text: str
    status: str
    pos: str


@dataclasses.dataclass(frozen=True, kw_only=True)
class Tbx:
    """TBX of one version, 2 or 3."""

    name: str
    title: str
    version: int
    suffix: str = ".tbx"

    def parse(
        self, data: bytes, path: PurePath | str | None = None, *, source: str = "", target: str = ""
    ) -> Glossary:
        """Read the terms of a TBX file of either version; see `Format.parse`."""
        problems: list[GlossaryError] = []
        found = entries(data, _ROOTS, _ENTRIES, path)
        return from_records(_records(found, path, problems, (source, target)), path, problems)

    def render(self, terms: Sequence[Term]) -> bytes:
        """Write terms."""
        root, body = _version_3() if self.version == 3 else _version_2()
        for number, term in enumerate(terms, 1):
            _concept(body, f"c{number}", term, self.version)
        return document(root)

    def cannot_carry(self, terms: Sequence[Term]) -> list[str]:
        """Say what is lost: the status of a row that forbids, which has one already."""
        lost = sum(term.kind is Kind.FORBID and term.status is not Status.PREFERRED for term in terms)
        return [f"{lost} rows that forbid a target: their status is not written"] if lost else []


TBX3 = Tbx(name="tbx", title="TBX-Basic, ISO 30042:2019", version=3)
TBX2 = Tbx(name="tbx2", title="TBX version 2, as OmegaT and Weblate read it", version=2)


def _version_3() -> tuple[Any, Any]:
    """Give an empty document of the 2019 standard: its root and its body."""
    from lxml import etree  # noqa: PLC0415 - heavy

    attributes = {"type": "TBX-Basic", "style": "dct", LANG: "en"}
    root = etree.Element(f"{{{_CORE}}}tbx", attributes, nsmap={None: _CORE, "min": _MIN, "basic": _BASIC})
    description = _sub(_sub(root, "tbxHeader"), "fileDesc")
    _sub(_sub(description, "titleStmt"), "title", "glossary")
    _sub(_sub(description, "sourceDesc"), "p", "written by normalize")
    return root, _sub(_sub(root, "text"), "body")


def _version_2() -> tuple[Any, Any]:
    """Give an empty martif document: its root and its body."""
    from lxml import etree  # noqa: PLC0415 - heavy

    root = etree.Element("martif", {"type": "TBX", LANG: "en"})
    description = _sub(_sub(root, "martifHeader"), "fileDesc")
    _sub(_sub(description, "titleStmt"), "title", "glossary")
    _sub(_sub(description, "sourceDesc"), "p", "written by normalize")
    return root, _sub(_sub(root, "text"), "body")


def _sub(parent: Any, name: str, text: str = "", namespace: str | None = None, **attributes: str) -> Any:  # noqa: ANN401 - lxml has no types
    """Put an element into its parent, in the parent's namespace if none is named."""
    from lxml import etree  # noqa: PLC0415 - heavy

    place = parent.nsmap.get(None, "") if namespace is None else namespace
    element = etree.SubElement(parent, f"{{{place}}}{name}" if place else name, attributes)
    element.text = visible(text) or None
    return element


def _concept(body: Any, id_: str, term: Term, version: int) -> None:  # noqa: ANN401 - lxml has no types
    """Write one row."""
    row = cells(term)
    third = version == 3
    concept = _sub(body, "conceptEntry" if third else "termEntry", id=id_)
    if term.kind is Kind.KEEP and not third:
        _sub(concept, "descrip", "No", type="Translation needed")
    row["case_sensitive"] = "yes" if term.case_sensitive else "no"
    if term.pos in _PARTS:
        row["pos"] = ""
    for label, column in _OWN_NOTES.items():
        if row[column]:
            _sub(concept, "note", f"{label}: {row[column]}")
    pos = term.pos if term.pos in _PARTS else ""
    language = _language(concept, term.source_language, third=third)
    _term(language, term.source, "preferred", third=third, pos=pos)
    for alias in term.aliases:
        _term(language, alias, "admitted", third=third, variant=True)
    language = _language(concept, term.target_language, third=third)
    forbidden = "deprecated" if third else "forbidden"
    status = forbidden if term.kind is Kind.FORBID else term.status.value
    _term(language, term.target, status, third=third, note=term.note)
    for wrong in term.wrong:
        _term(language, wrong, "deprecated", third=third)


def _language(concept: Any, tag: str, *, third: bool) -> Any:  # noqa: ANN401 - lxml has no types
    section = _sub(concept, "langSec" if third else "langSet")
    section.set(LANG, tag or "und")
    return section


def _term(  # noqa: PLR0913 - what a term may say of itself
    language: Any,  # noqa: ANN401 - lxml has no types
    text: str, status: str, *, third: bool, pos: str = "", variant: bool = False, note: str = "",
) -> None:  # fmt: skip
    section = _sub(language, "termSec" if third else "tig")
    _sub(section, "term", text)
    said = {
        "partOfSpeech": (pos, _MIN),
        "termType": ("variant" if variant else "", _BASIC),
        "administrativeStatus": (status if status == "forbidden" else f"{status}Term-admn-sts", _MIN),
    }
    for name, (value, namespace) in said.items():
        if value and third:
            _sub(section, name, value, namespace)
        elif value:
            _sub(section, "termNote", value, type=name)
    if note:
        _sub(section, "note", note, **({} if third else {"from": "translator"}))


def _records(
    found: Iterator[Any], path: PurePath | str | None, problems: list[GlossaryError], wanted: tuple[str, str]
) -> Iterator[Record]:
    for entry in found:
        notes: list[str] = []
        own = _own(entry, notes)
        sections = _sections(entry, notes)
        tags = list(sections)
        pairs = chosen(tags, *wanted)
        if not pairs:
            advice = "give it a term in another language" if not any(wanted) else "check the languages asked for"
            what = "the entry has no pair of terms"
            problems.append(GlossaryError(what, path=path, line=entry.sourceline, advice=advice))
        own["note"] = " · ".join(dict.fromkeys(notes))
        for one, other in pairs:
            pair = [(tag, sections[tag]) for tag in (tags[one], tags[other])]
            yield from _rows(entry.sourceline, own, *pair)


def _own(entry: Any, notes: list[str]) -> dict[str, str]:  # noqa: ANN401 - lxml has no types
    """Give the columns that stand in notes of the concept; other notes are added to `notes`."""
    own: dict[str, str] = {}
    for child in entry:
        key = child.get("type", "") if local(child) in _TYPED else local(child)
        text = text_of(child) if local(child) else ""
        label, _, value = text.partition(": ")
        if key == "note" and label in _OWN_NOTES and value:
            own[_OWN_NOTES[label]] = value
        elif (key.lower(), text.lower()) == ("translation needed", "no") or text.lower() in _KEEP:
            own.setdefault("kind", Kind.KEEP.value)
        elif key in _NOTES and text:
            notes.append(text)
    return own


def _sections(entry: Any, notes: list[str]) -> dict[str, list[_Section]]:  # noqa: ANN401 - lxml has no types
    """Give the terms of a concept by language, in order; notes are added to `notes`.

    Where both languages have the same tag (or none), the second is told from the first by a trailing blank.
    """
    found: dict[str, list[_Section]] = {}
    for part in entry:
        if local(part) not in _LANGUAGES:
            continue
        tag = language_of(part)
        while tag in found:
            tag += " "
        found[tag] = []
        for child in part:
            if local(child) in _TERMS:
                found[tag].append(_section(child, notes))
            elif local(child) in _NOTES or child.get("type", "") in _NOTES:
                notes.append(text_of(child))
        found[tag] = [section for section in found[tag] if section.text]
        if not found[tag]:
            del found[tag]
    return found


def _section(part: Any, notes: list[str]) -> _Section:  # noqa: ANN401 - lxml has no types
    said: dict[str, str] = {}
    for child in part.iter():
        name = local(child)
        key = child.get("type", "") if name in _TYPED else name
        if key in _NOTES:
            notes.append(text_of(child))
        elif key in {"term", "administrativeStatus", "partOfSpeech"}:
            said.setdefault(key, text_of(child))
    status = said.get("administrativeStatus", "").partition("Term")[0].lower()
    return _Section(said.get("term", ""), status, said.get("partOfSpeech", ""))


def _rows(
    line: int, own: dict[str, str], source: tuple[str, list[_Section]], target: tuple[str, list[_Section]]
) -> Iterator[Record]:
    """Give the rows of one concept in one pair of languages: its target, and each further one that may be used."""
    first = source[1][0]
    good = [section for section in target[1] if section.status not in _DEPRECATED]
    main = good[0] if good else target[1][0]
    wrong = [section.text for section in target[1] if section is not main and section.status in _DEPRECATED]
    row = {
        "pos": first.pos,
        **own,
        "source": first.text,
        "target": main.text,
        "source_lang": source[0].strip(),
        "target_lang": target[0].strip(),
        "aliases": "|".join(section.text for section in source[1][1:]),
        "wrong": "|".join(wrong),
    }
    if row.get("kind") != Kind.FORBID:
        if main.status == "forbidden":
            row["kind"] = Kind.FORBID.value
        else:
            row["status"] = _status(main.status)
    yield Record(line, row)
    for section in good[1:]:
        yield Record(line, {**row, "target": section.text, "wrong": "", "aliases": "", "status": Status.ADMITTED.value})


def _status(said: str) -> str:
    if said in _DEPRECATED:
        return Status.DEPRECATED.value
    return Status.ADMITTED.value if said == "admitted" else ""
