"""XLIFF 2.1: a file for each article, a unit for each unit; metadata and match modules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import regex

from normalize.corpus import Origin, State
from normalize.errors import InputError
from normalize.export.details import PRIORITY, article_row, confidence, notes, properties, tag_of, unit_of
from normalize.export.form import UNIT_FIELDS, Form, Head, Pair, Sink, Tags, article_of
from normalize.export.xml import attribute, elements, escaped, metadata, plain, text_of
from normalize.formats.markup import child, local
from normalize.rows import ArticleRow, UnitRow

__all__ = ["XLIFF2", "read"]

_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
_MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_IMPOSSIBLE = regex.compile("([^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])")
_MATCH_TYPES = {Origin.MACHINE: "mt", Origin.MEMORY: "tm"}
_STATES = {state.value for state in State}
_ORIGINS = {origin.value for origin in Origin}


def _text(text: str) -> str:
    r"""Write text; what XML cannot hold becomes `cp`, so nothing is lost.

    >>> _text("a\x07b")
    'a<cp hex="0007"/>b'
    """
    parts = _IMPOSSIBLE.split(text)  # every other part is such a character
    return "".join(f'<cp hex="{ord(part):04X}"/>' if odd % 2 else escaped(part) for odd, part in enumerate(parts))


class _Xliff2:
    def __init__(self, open_file: Callable[[str], Sink], head: Head) -> None:
        self._sink = open_file("")
        self._head = head
        self._article: str | None = None
        self._files = self._units = 0
        self._write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff xmlns="{_CORE}" xmlns:mda="{_METADATA}" '
            f'xmlns:mtc="{_MATCHES}" version="2.1" srcLang="{attribute(head.source_language or "und")}" '
            f'trgLang="{attribute(head.target_language or "und")}">\n'
        )

    def _write(self, text: str) -> None:
        self._sink.write(text.encode())

    def add(self, unit: UnitRow, article: ArticleRow) -> None:
        """Write a unit, in a new `file` where its article is not that of the one before."""
        if unit.article != self._article:
            self._end()
            self._begin(unit.article, article)
            self._article = unit.article
        self._units += 1
        said = {"paragraph": str(unit.paragraph)} | properties(unit)
        remarks = [
            f'    <note id="n{number}" category="{"finding" if grade else "term"}" '
            f'priority="{PRIORITY[grade] if grade else 4}" appliesTo="target">{metadata(text)}</note>\n'
            for number, (grade, text) in enumerate(notes(unit), 1)
        ]  # fmt: skip
        self._write("".join([
            f'<unit id="u{self._units}" name="{attribute(unit.id)}">\n', self._match(unit), "  ", _metadata(said),
            *(["  <notes>\n", *remarks, "  </notes>\n"] if remarks else []),
            f'  <segment id="s1" state="{unit.state.value}" subState="normalize:{unit.origin.value}">\n',
            f'    <source xml:space="preserve">{_text(unit.source)}</source>\n',
            f'    <target xml:space="preserve">{_text(unit.target)}</target>\n  </segment>\n</unit>\n',
        ]))  # fmt: skip

    def _match(self, unit: UnitRow) -> str:
        quality, kind = confidence(unit.score), _MATCH_TYPES.get(unit.origin)
        if quality is None or kind is None:
            return ""
        return (
            f'  <mtc:matches>\n    <mtc:match ref="#s1" type="{kind}" matchQuality="{quality:g}" origin="normalize">\n'
            f'      <source xml:space="preserve">{_text(unit.source)}</source>\n'
            f'      <target xml:space="preserve">{_text(unit.target)}</target>\n    </mtc:match>\n  </mtc:matches>\n'
        )

    def _begin(self, name: str, article: ArticleRow) -> None:
        self._files += 1
        said = {"article": name, "url": article.url, "title": article.title, "site": article.site,
                "published": article.published, "license": self._head.license,
                "signature": self._head.signature, "version": self._head.version}  # fmt: skip
        self._write(f'<file id="f{self._files}" original="{attribute(article.path or name)}">\n{_metadata(said)}')

    def _end(self) -> None:
        if self._files:
            self._write("</file>\n")

    def close(self) -> None:
        """Write the end."""
        if not self._files:  # a document needs a file, and a file a unit or a group
            self._write('<file id="f1">\n<group id="g1"/>\n</file>\n')
        self._end()
        self._write("</xliff>\n")


def _metadata(said: dict[str, str]) -> str:
    rows = "".join(
        f'    <mda:meta type="{name}">{metadata(value)}</mda:meta>\n' for name, value in said.items() if value
    )
    return f'<mda:metadata><mda:metaGroup category="normalize">\n{rows}  </mda:metaGroup></mda:metadata>\n'


def read(path: Path, tags: Tags) -> Iterator[Pair]:
    """Read the segments of an XLIFF 2 file; a unit with several gives as many."""
    article = ArticleRow(id="")
    current: Any = None
    for element in elements(path, "xliff", frozenset({"unit", "metadata"}), _wanted):
        root = element.getroottree().getroot()
        if not root.get("version", "").startswith("2."):
            what = f"is XLIFF {root.get('version', 'of no version')[:12]}"
            raise InputError(what, path=path, line=root.sourceline, advice="export it as XLIFF 1.2 or 2.1")
        file = next((above for above in element.iterancestors() if local(above) == "file"), root)
        if file is not current:
            current, article = file, article_row({}, "", file.get("original", ""))
        if local(element) == "metadata":
            article = article_row(_said(element), "", file.get("original", ""))
            continue
        yield from _pairs(element, article, Tags(tag_of(root.get("srcLang", "")) or tags.source,
                                                 tag_of(root.get("trgLang", "")) or tags.target), path)  # fmt: skip


def _wanted(element: Any) -> bool:  # noqa: ANN401 - lxml has no types
    return local(element) == "unit" or local(element.getparent()) == "file"


def _pairs(unit: Any, article: ArticleRow, tags: Tags, path: Path) -> Iterator[Pair]:  # noqa: ANN401 - lxml has no types
    segments = [each for each in unit if local(each) == "segment"]
    name = str(unit.get("name") or unit.get("id") or "")
    found = child(unit, "metadata")
    said = {} if found is None else _said(found)
    for number, segment in enumerate(segments):
        own = name if len(segments) == 1 else f"{name}/{number}"
        home = article.id or article_of(own, "")
        texts = {side: _side(child(segment, side)) for side in ("source", "target")}
        state = segment.get("state", "") or ("translated" if child(segment, "target") is not None else "initial")
        origin = segment.get("subState", "").partition(":")[2]
        row = unit_of(said | texts | {
            "id": own, "article": home, "source_language": tags.source, "target_language": tags.target,
            "state": state if state in _STATES else State.TRANSLATED.value,
            "origin": origin if origin in _ORIGINS else Origin.MEMORY.value,
        }, path, segment.sourceline)  # fmt: skip
        yield Pair(row, article)


def _side(part: Any) -> str:  # noqa: ANN401 - lxml has no types
    if part is None:
        return ""
    text = text_of(part)
    return text if part.get(_SPACE) == "preserve" else plain(text)


def _said(element: Any) -> dict[str, str]:  # noqa: ANN401 - lxml has no types
    return {
        each.get("type", ""): text_of(each)
        for group in element if local(group) == "metaGroup" and group.get("category") == "normalize"
        for each in group if local(each) == "meta"
    }  # fmt: skip


XLIFF2 = Form(
    name="xliff2", title="XLIFF 2.1", suffixes=(".xlf", ".xliff"), writer=_Xliff2, read=read,
    carries=UNIT_FIELDS | {"url", "path", "title", "site", "published"}, one_pair=True,
)  # fmt: skip
