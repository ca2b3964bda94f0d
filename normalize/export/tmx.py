"""TMX 1.4b, with properties as ParaCrawl's releases have them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from normalize.errors import InputError
from normalize.export.details import notes, placed, properties, tag_of, unequal, unit_of
from normalize.export.form import UNIT_FIELDS, Form, Head, Pair, Sink, Tags, article_of
from normalize.export.xml import attribute, elements, escaped, fits, metadata, plain, possible, text_of
from normalize.formats.format import chosen
from normalize.formats.markup import LANG, child, local
from normalize.formats.tmx import CODES, source_tag
from normalize.rows import ArticleRow, UnitRow

__all__ = ["TMX"]

_PREFIX = "x-normalize-"
_OWN = {"findings", "terms", "repairs"}
"""Properties of ours alone; the others have the names that ParaCrawl's have."""
_NAMES = {"unit-id": "id", "paragraph-id": "paragraph"}


class _Tmx:
    def __init__(self, open_file: Callable[[str], Sink], head: Head) -> None:
        self._sink = open_file("")
        source = attribute(head.source_language or "*all*")
        said = [("license", head.license), ("signature", head.signature)]
        props = "".join(f'  <prop type="{name}">{metadata(value)}</prop>\n' for name, value in said if value)
        self._write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4">\n'
            f'<header creationtool="normalize" creationtoolversion="{attribute(head.version)}" segtype="sentence" '
            f'o-tmf="normalize" adminlang="en" srclang="{source}" datatype="plaintext" o-encoding="UTF-8">\n'
            f"{props}</header>\n<body>\n"
        )

    def _write(self, text: str) -> None:
        self._sink.write(text.encode())

    def add(self, unit: UnitRow, article: ArticleRow) -> None:
        """Write a unit."""
        name = "".join(unit.id.split())  # a tuid holds no white space
        props = {"article": unit.article, "paragraph-id": str(unit.paragraph), "state": unit.state.value,
                 "origin": unit.origin.value}  # fmt: skip
        props |= {_PREFIX + key if key in _OWN else key: value
                  for key, value in properties(unit).items()}  # fmt: skip
        if name != unit.id:
            props["unit-id"] = unit.id
        if unequal(unit):
            props["info"] = "different numbers in TUVs"
        parts = [f'<tu tuid="{attribute(name)}" srclang="{attribute(unit.source_language or "und")}">\n']
        parts += [f"  <note>{metadata(text)}</note>\n" for _, text in notes(unit)]
        parts += [f'  <prop type="{key}">{metadata(value)}</prop>\n' for key, value in props.items() if value]
        parts += [_variant(unit.source_language, unit.source, article.url or article.path)]
        parts += [_variant(unit.target_language, unit.target, article.target_file), "</tu>\n"]
        self._write("".join(parts))

    def close(self) -> None:
        """Write the end."""
        self._write("</body>\n</tmx>\n")


def _variant(tag: str, text: str, document: str) -> str:
    place = f'<prop type="source-document">{metadata(document)}</prop>' if document else ""
    text = possible(text)
    checksum = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return (
        f'  <tuv xml:lang="{attribute(tag or "und")}">{place}<prop type="checksum-seg">{checksum}</prop>'
        f"<seg>{escaped(text)}</seg></tuv>\n"
    )


def read(path: Path, tags: Tags) -> Iterator[Pair]:
    """Read the units of a TMX file; of one in several languages, the pair asked for or the first."""
    for unit in elements(path, "tmx", frozenset({"tu"})):
        header = child(unit.getroottree().getroot(), "header")
        own = header is not None and header.get("creationtool") == "normalize"
        variants = [each for each in unit if local(each) == "tuv"]
        names = [tag_of(each.get(LANG) or each.get("lang") or "") for each in variants]
        source = tags.source or ("" if len(set(names)) == 1 else source_tag(unit))
        pairs = chosen(names, source, tags.target)
        if not pairs and not any(tags):
            what = f"the unit has no pair of segments ({', '.join(names)[:80] or 'none'})"
            advice = "name the languages with --source and --target; units without them are then passed over"
            raise InputError(what, path=path, line=unit.sourceline, advice=advice)
        for one, other in pairs[:1]:
            texts = [_segment(variants[number], exact=own) for number in (one, other)]
            props = _props(unit)
            documents = (_document(variants[one]), _document(variants[other]))
            name = props.get("id", "") or unit.get("tuid", "")
            article = props.get("article", "") or article_of(name, "")
            row = unit_of(props | {
                "id": name, "article": article, "source": texts[0], "target": texts[1],
                "source_language": names[one], "target_language": names[other],
            }, path, unit.sourceline)  # fmt: skip
            yield Pair(row, placed(article, *documents))


def _segment(variant: Any, *, exact: bool) -> str:  # noqa: ANN401 - lxml has no types
    found = child(variant, "seg")
    text = "" if found is None else text_of(found, CODES)
    return text if exact else plain(text)


def _document(variant: Any) -> str:  # noqa: ANN401 - lxml has no types
    return _props(variant).get("source-document", "")


_READ = frozenset({"article", "state", "origin", "score", "id", "paragraph"}) | _OWN


def _props(element: Any) -> dict[str, str]:  # noqa: ANN401 - lxml has no types
    found = {each.get("type", "").removeprefix(_PREFIX): text_of(each) for each in element if local(each) == "prop"}
    named = {_NAMES.get(name, name): value for name, value in found.items()}
    return {name: value for name, value in named.items() if name in _READ or name == "source-document"}


TMX = Form(
    name="tmx", title="TMX 1.4b", suffixes=(".tmx",), writer=_Tmx, read=read, carries=UNIT_FIELDS | {"url", "path"},
    exact=fits, inexact="characters that XML cannot hold were left out",
)  # fmt: skip
