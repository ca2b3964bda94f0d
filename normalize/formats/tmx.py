"""TMX 1.4b: a translation memory whose units are terms."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from normalize import __version__
from normalize.errors import GlossaryError
from normalize.formats.format import chosen, one_pair
from normalize.formats.losses import losses, plain_rows, unguarded_aliases
from normalize.formats.markup import LANG, child, document, entries, language_of, local, text_of, visible
from normalize.formats.records import Record, cells, from_records
from normalize.glossary import Glossary, Term

__all__ = ["AMAZON_TMX", "CODES", "TMX", "Tmx", "source_tag", "variants_of"]

CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Inline elements that hold the codes of another format, not text."""

_PROPS = ("aliases", "case_sensitive", "kind", "wrong", "context", "not_near", "pos", "status", "scope")
_PREFIX = "x-normalize-"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Tmx:
    """TMX: with all columns as properties, or plain, as a service's terminology takes it."""

    name: str
    title: str
    plain: bool
    suffix: str = ".tmx"

    def parse(
        self, data: bytes, path: PurePath | str | None = None, *, source: str = "", target: str = ""
    ) -> Glossary:
        """Read the units of a TMX file as terms; see `Format.parse`."""
        problems: list[GlossaryError] = []
        units = entries(data, frozenset({"tmx"}), frozenset({"tu"}), path)
        return from_records(_records(units, path, problems, (source, target)), path, problems)

    def render(self, terms: Sequence[Term]) -> bytes:
        """Write terms; plain TMX raises UsageError where they have several pairs of languages."""
        from lxml import etree  # noqa: PLC0415 - heavy

        rows = plain_rows(terms) if self.plain else list(terms)
        if self.plain:
            pair = dict(zip(("source_language", "target_language"), one_pair(rows, self.name), strict=True))
            rows = [dataclasses.replace(term, **pair) for term in rows]  # type: ignore[arg-type] # both are tags
        tag = _shared([term.source_language for term in rows])
        root = etree.Element("tmx", {"version": "1.4"})
        etree.SubElement(root, "header", {
            "creationtool": "normalize", "creationtoolversion": __version__, "segtype": "phrase",
            "o-tmf": "normalize", "adminlang": "en", "srclang": tag or "*all*", "datatype": "plaintext",
        })  # fmt: skip
        body = etree.SubElement(root, "body")
        taken = {term.source for term in rows}
        for term in rows:
            _unit(body, term, term.source, plain=self.plain)
            for alias in unguarded_aliases(term) if self.plain else ():
                if alias not in taken:
                    taken.add(alias)
                    _unit(body, term, alias, plain=True)
        return document(root)

    def cannot_carry(self, terms: Sequence[Term]) -> list[str]:
        """Say what of these terms is lost."""
        return losses(terms, {"source_lang", "target_lang"}) if self.plain else []


TMX = Tmx(name="tmx", title="TMX 1.4b, all columns as properties", plain=False)
AMAZON_TMX = Tmx(name="amazon-tmx", title="Amazon Translate custom terminology, TMX", plain=True)


def _shared(tags: Sequence[str]) -> str:
    """Give the tag that all have, or nothing."""
    return tags[0] if len(set(tags)) == 1 else ""


def _unit(body: Any, term: Term, source: str, *, plain: bool) -> None:  # noqa: ANN401 - lxml has no types
    from lxml import etree  # noqa: PLC0415 - heavy

    unit = etree.SubElement(body, "tu", {} if plain else {"srclang": term.source_language or "und"})
    if not plain:
        row = cells(term)
        if term.note:
            etree.SubElement(unit, "note").text = visible(term.note)
        for name in _PROPS:
            if row[name]:
                etree.SubElement(unit, "prop", {"type": _PREFIX + name}).text = visible(row[name])
    for tag, text in ((term.source_language, source), (term.target_language, term.target)):
        variant = etree.SubElement(unit, "tuv", {LANG: tag or "und"})
        etree.SubElement(variant, "seg").text = visible(text)


def variants_of(unit: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - lxml has no types
    """Give the language and text of each variant of a unit, without the codes of other formats."""
    return [
        (language_of(variant), text_of(segment, CODES))
        for variant in unit if local(variant) == "tuv"
        for segment in variant if local(segment) == "seg"
    ]  # fmt: skip


def source_tag(unit: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Give the source language a unit or the header of its file names, or nothing."""
    header = child(unit.getroottree().getroot(), "header")
    filed = "" if header is None else header.get("srclang", "")
    tag = unit.get("srclang", filed)
    return "" if tag in {"*all*", "und"} else tag


def _records(
    units: Iterator[Any], path: PurePath | str | None, problems: list[GlossaryError], wanted: tuple[str, str]
) -> Iterator[Record]:
    for unit in units:
        variants = variants_of(unit)
        tags = [tag for tag, _ in variants]
        source = wanted[0] or ("" if _same(tags) else source_tag(unit))
        pairs = chosen(tags, source, wanted[1])
        if not pairs:
            what = "the unit has no pair of segments"
            problems.append(GlossaryError(what, path=path, line=unit.sourceline, advice="check its languages"))
        said = _said(unit)
        for one, other in pairs:
            yield Record(unit.sourceline, said | {
                "source": variants[one][1], "target": variants[other][1],
                "source_lang": tags[one], "target_lang": tags[other],
            })  # fmt: skip


def _same(tags: Sequence[str]) -> bool:
    return len(set(tags)) == 1


def _said(unit: Any) -> dict[str, str]:  # noqa: ANN401 - lxml has no types
    """Give the columns that stand in a unit's properties and notes."""
    said = {
        part.get("type", "").removeprefix(_PREFIX): text_of(part)
        for part in unit
        if local(part) == "prop" and part.get("type", "").startswith(_PREFIX)
    }
    notes = [text_of(part) for part in unit if local(part) == "note"]
    return {name: value for name, value in said.items() if name in _PROPS} | {"note": " · ".join(filter(None, notes))}
