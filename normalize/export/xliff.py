"""XLIFF 1.2: a file for each article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from normalize.corpus import Origin, State
from normalize.export.details import PRIORITY, article_row, confidence, notes, properties, tag_of, unit_of
from normalize.export.form import UNIT_FIELDS, Form, Head, Pair, Sink, Tags, article_of
from normalize.export.xliff2 import read as read_2
from normalize.export.xml import attribute, elements, escaped, fits, metadata, plain, text_of
from normalize.formats.markup import child, local
from normalize.formats.tmx import CODES
from normalize.rows import ArticleRow, UnitRow

__all__ = ["XLIFF"]

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_STATES = {State.INITIAL: "needs-translation", State.TRANSLATED: "translated", State.REVIEWED: "signed-off",
           State.FINAL: "final"}  # fmt: skip
_OTHER_STATES = {
    "new": State.INITIAL, "needs-review-translation": State.TRANSLATED, "needs-adaptation": State.TRANSLATED,
    "needs-l10n": State.TRANSLATED, "needs-review-adaptation": State.TRANSLATED, "needs-review-l10n": State.TRANSLATED,
} | {name: state for state, name in _STATES.items()}  # fmt: skip
_PREFIX = "x-normalize-"
_APPROVED = {State.REVIEWED, State.FINAL}
_ORIGINS = {Origin.MACHINE: "mt-suggestion", Origin.MEMORY: "exact-match", Origin.COPIED: "x-copied",
            Origin.HUMAN: "x-human", Origin.NONE: "x-none"}  # fmt: skip
_OTHER_ORIGINS = {name: origin for origin, name in _ORIGINS.items()}


class _Xliff:
    def __init__(self, open_file: Callable[[str], Sink], head: Head) -> None:
        self._sink = open_file("")
        self._head = head
        self._file: tuple[str, ...] = ()
        self._write(f'<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="{_NAMESPACE}">\n')

    def _write(self, text: str) -> None:
        self._sink.write(text.encode())

    def add(self, unit: UnitRow, article: ArticleRow) -> None:
        """Write a unit, in a new `file` where its article or languages are not those of the one before."""
        place = (unit.article, unit.source_language, unit.target_language)
        if place != self._file:
            self._end()
            self._begin(unit, article)
            self._file = place
        context = {"paragraph": str(unit.paragraph)} | properties(unit)
        approved = ' approved="yes"' if unit.state in _APPROVED else ""
        state = f'state="{_STATES[unit.state]}" state-qualifier="{_ORIGINS[unit.origin]}"'
        parts = [
            f'<trans-unit id="{attribute(unit.id)}"{approved} xml:space="preserve">\n',
            f"  <source>{escaped(unit.source)}</source>\n  <target {state}>{escaped(unit.target)}</target>\n",
            '  <context-group purpose="information">\n',
            *(f'    <context context-type="{_PREFIX}{name}">{metadata(value)}</context>\n'
              for name, value in context.items()),
            "  </context-group>\n",
            *(f'  <note from="normalize" priority="{PRIORITY[grade] if grade else 4}" annotates="target">'
              f"{metadata(text)}</note>\n" for grade, text in notes(unit)),
            self._match(unit),
            "</trans-unit>\n",
        ]  # fmt: skip
        self._write("".join(parts))

    def _match(self, unit: UnitRow) -> str:
        quality = confidence(unit.score)
        if quality is None:
            return ""
        return (
            f'  <alt-trans match-quality="{quality:g}%" origin="{unit.origin.value}" tool-id="normalize">'
            f"<target>{escaped(unit.target)}</target></alt-trans>\n"
        )

    def _begin(self, unit: UnitRow, article: ArticleRow) -> None:
        tags = unit.source_language or "und", unit.target_language or "und"
        said = {"article": unit.article, "title": article.title, "site": article.site, "published": article.published,
                "license": self._head.license, "signature": self._head.signature}  # fmt: skip
        link = f'  <reference><external-file href="{attribute(article.url)}"/></reference>\n' if article.url else ""
        self._write(
            f'<file original="{attribute(article.path or unit.article)}" source-language="{attribute(tags[0])}" '
            f'target-language="{attribute(tags[1])}" datatype="plaintext" tool-id="normalize">\n<header>\n{link}'
            + "".join(f'  <note from="{name}">{metadata(value)}</note>\n' for name, value in said.items() if value)
            + f'  <tool tool-id="normalize" tool-name="normalize" tool-version="{attribute(self._head.version)}"/>\n'
            "</header>\n<body>\n"
        )

    def _end(self) -> None:
        if self._file:
            self._write("</body>\n</file>\n")

    def close(self) -> None:
        """Write the end."""
        if not self._file:  # a document needs a file
            self._begin(UnitRow(source="", target=""), ArticleRow(id="", path="nothing"))
            self._file = ("",)
        self._end()
        self._write("</xliff>\n")


def read(path: Path, tags: Tags) -> Iterator[Pair]:
    """Read the units of an XLIFF file, of version 1 or 2; one without a target has an empty one."""
    for unit in elements(path, "xliff", frozenset({"trans-unit", "unit"})):
        root = unit.getroottree().getroot()
        if not root.get("version", "1.2").startswith("1."):
            yield from read_2(path, tags)
            return
        file = next((above for above in unit.iterancestors() if local(above) == "file"), root)
        yield _pair(unit, file, tags, path)


def _pair(unit: Any, file: Any, tags: Tags, path: Path) -> Pair:  # noqa: ANN401 - lxml has no types
    exact = unit.get(_SPACE) == "preserve"
    parts = {name: child(unit, name) for name in ("source", "target")}
    texts = {name: "" if part is None else text_of(part, CODES) for name, part in parts.items()}
    said = _context(unit)
    article = _article(file, str(unit.get("id", "")))
    row = unit_of(said | {name: text if exact else plain(text) for name, text in texts.items()} | {
        "id": unit.get("id", ""), "article": article.id, "state": _state(unit, parts["target"]),
        "origin": _origin(parts["target"]), "source_language": tag_of(file.get("source-language", "")) or tags.source,
        "target_language": tag_of(file.get("target-language", "")) or tags.target,
    }, path, unit.sourceline)  # fmt: skip
    return Pair(row, article)


def _state(unit: Any, target: Any) -> str:  # noqa: ANN401 - lxml has no types
    if target is None:
        return State.INITIAL.value
    default = State.REVIEWED if unit.get("approved") == "yes" else State.TRANSLATED
    return _OTHER_STATES.get(target.get("state", ""), default).value


def _origin(target: Any) -> str:  # noqa: ANN401 - lxml has no types
    qualifier = "" if target is None else target.get("state-qualifier", "")
    return _OTHER_ORIGINS.get(qualifier, Origin.MEMORY).value


def _context(unit: Any) -> dict[str, str]:  # noqa: ANN401 - lxml has no types
    groups = [each for each in unit if local(each) == "context-group"]
    found = {each.get("context-type", ""): text_of(each) for group in groups for each in group if local(each)}
    names = ("paragraph", "score", "findings", "terms", "repairs")
    return {name: found[_PREFIX + name] for name in names if _PREFIX + name in found}


def _article(file: Any, unit: str) -> ArticleRow:  # noqa: ANN401 - lxml has no types
    header = child(file, "header")
    said: dict[str, str] = {}
    for each in () if header is None else header:
        if local(each) == "note":
            said[each.get("from", "")] = text_of(each)
        elif local(each) == "reference" and (link := child(each, "external-file")) is not None:
            said["url"] = link.get("href", "")
    return article_row(said, article_of(unit, ""), file.get("original", ""))


XLIFF = Form(
    name="xliff", title="XLIFF 1.2", suffixes=(".xlf", ".xliff"), writer=_Xliff, read=read,
    carries=UNIT_FIELDS | {"url", "path", "title", "site", "published"}, exact=fits,
    inexact="characters that XML cannot hold were left out",
)  # fmt: skip
