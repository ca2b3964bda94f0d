"""What is fuzzed: each reader of files of others, with inputs to start from and words to build new ones of.

A target reads bytes as a file of its kind. It may refuse them with a class of `normalize.errors`; what it gives must
encode again. Nothing else may come out of it: any other exception is a fault.
"""

from __future__ import annotations

import contextlib
import dataclasses
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from normalize.errors import NormalizeError
from normalize.export.form import Tags
from normalize.export.read import read
from normalize.formats import FORMATS, read_pairs
from normalize.glossary import Glossary
from normalize.review.corrections import read_corrections, written
from normalize.rows import line

CASES = Path(__file__).with_name("cases")
"""Inputs that once broke something, by target: `cases/TARGET/NAME`."""

TMX = b"""<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4">
<header creationtool="normalize" srclang="id" adminlang="en" segtype="sentence" o-tmf="x" datatype="plaintext"/>
<body><tu tuid="a:0.0" srclang="id"><note>n</note><prop type="article">a</prop><prop type="paragraph-id">1</prop>
<prop type="score">-0.5</prop><prop type="state">final</prop><prop type="x-normalize-findings">
[{"check":"c","issue":"numbers","severity":"minor","message":"m","span":[0,1]}]</prop>
<tuv xml:lang="id"><prop type="source-document">https://contoh.id/a</prop>
<seg>Satu <bpt i="1">{</bpt>dua<ept i="1">}</ept></seg></tuv>
<tuv xml:lang="en"><seg>One two</seg></tuv></tu></body></tmx>"""
XLIFF1 = b"""<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="id" target-language="en" datatype="plaintext"><header><note>url: x</note></header>
<body><trans-unit id="1" resname="a:0.0" approved="yes">
<source xml:space="preserve">Satu <g id="1">dua</g></source>
<target state="final" xml:space="preserve">One two</target><note priority="1" from="normalize">n</note>
<alt-trans match-quality="80"><target>One</target></alt-trans></trans-unit></body></file></xliff>"""
XLIFF2 = b"""<?xml version="1.0"?><xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="id"
 trgLang="en" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"><file id="f" original="a"><mda:metadata>
<mda:metaGroup category="normalize"><mda:meta type="article">a</mda:meta></mda:metaGroup></mda:metadata>
<unit id="u" name="a:0.0"><mda:metadata><mda:metaGroup category="normalize"><mda:meta type="paragraph">1</mda:meta>
<mda:meta type="score">-1</mda:meta></mda:metaGroup></mda:metadata><notes><note id="n">n</note></notes>
<segment state="final" subState="normalize:machine"><source xml:space="preserve">Satu<cp hex="0007"/></source>
<target>One</target></segment></unit></file></xliff>"""
TSV = b"""\
src_url\ttrg_url\tsrc_text\ttrg_text\tsrc_paragraph_id\tsrc_lang\ttrg_lang\tunit_id\tstate\torigin\tmt_score
https://contoh.id/a\t\tSatu\tOne\t1\tid\ten\ta:0.0\tfinal\tmachine\t-0.5
"""
JSONL = b"""\
{"id":"a:0.0","article":"a","paragraph":1,"source":"Satu","target":"One","source_language":"id","target_language":"en"}
{"source":"a","target":"b","state":"final","score":-0.5,"origin":"machine","findings":[],"url":"u","terms":\
[{"term":"a","target":"b","surface":"a","span":[0,1],"method":"kept"}]}
{"translation":{"id":"Satu","en":"One"}}
"""
CORRECTIONS = b"""{"format":"normalize corrections","version":2,"signature":"s","corrections":[{"unit":"a:0.0",
"source_hash":"bb2d425bb6054dff","machine_target":"One","target":"Two","state":"reviewed","comment":"","label":"E"}],
"glossary":[{"source":"satu","target":"one","source_language":"id","target_language":"en","kind":"term","unit":"a"}]}"""
CSV = b"""\
source,target,source_lang,target_lang,aliases,case_sensitive,kind,wrong,context,not_near,pos,note,status,scope
Leike,Leike,id,en,Lake|Laike,1,name,Lick,satu|dua,tiga,noun,n,preferred,contoh.id
"""
TBX3 = b"""<?xml version="1.0"?><tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min"><text><body><conceptEntry id="c1"><note>kind: term</note>
<langSec xml:lang="id"><termSec><term>satu</term><min:partOfSpeech>noun</min:partOfSpeech></termSec></langSec>
<langSec xml:lang="en"><termSec><term>one</term><note>n</note>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>"""
TBX2 = b"""<?xml version="1.0"?><martif type="TBX" xml:lang="en"><text><body><termEntry id="c1">
<descrip type="Translation needed">No</descrip><langSet xml:lang="id"><tig><term>satu</term>
<termNote type="administrativeStatus">forbidden</termNote></tig></langSet>
<langSet xml:lang="en"><ntig><termGrp><term>one</term></termGrp></ntig></langSet></termEntry></body></text></martif>"""

_XML = (
    '<!ENTITY a "b">', "<![CDATA[", "]]>", "&#0;", "&#xD800;", "&amp;", "<!-- -->", "<?p?>", 'xml:lang="', 'xmlns="',
    "und", 'encoding="UTF-16"', "<cp hex=", "-1", "NaN", "1e999", "[]", "{}",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A reader under test."""

    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    words: tuple[str, ...] = ()
    markup: bool = False
    """The input is XML, so that half of the changes are made to its tree."""

    def run(self, data: bytes) -> None:
        """Read `data`; only what a user may see comes out."""
        with contextlib.suppress(NormalizeError):
            self.read(data)


@contextlib.contextmanager
def _file(name: str, data: bytes) -> Iterator[Path]:
    path = Path(tempfile.gettempdir()) / f"normalize-fuzz-{name}"
    path.write_bytes(data)
    yield path


def _corpus(name: str) -> Callable[[bytes], object]:
    def units(data: bytes) -> object:
        with _file(name, data) as path:
            return [line(unit) + line(article) for unit, article in read([path], tags=Tags("id", "en"))]

    return units


def _corpus_and_pairs(name: str) -> Callable[[bytes], object]:
    units = _corpus(name)

    def both(data: bytes) -> object:
        with contextlib.suppress(NormalizeError):
            units(data)
        return "".join(pair.source + pair.target for pair in read_pairs(data, name)).encode()

    return both


def _glossary(*names: str) -> Callable[[bytes], object]:
    def terms(data: bytes) -> object:
        for name in names:
            with contextlib.suppress(NormalizeError):
                found = FORMATS[name].parse(data, "a")
                "".join(map(str, found.problems)).encode()
                again = FORMATS[name].render(found.terms)
                assert again == FORMATS[name].render(found.terms)
        return None

    return terms


def _rows(data: bytes) -> object:
    with contextlib.suppress(NormalizeError):
        list(Glossary.parse(data))
    return _glossary("csv", "tsv", "omegat", "utx")(data)


TARGETS: dict[str, Target] = {
    "tmx": Target(
        read=_corpus_and_pairs("a.tmx"), seeds=(TMX,), words=(*_XML, "x-normalize-terms"), markup=True,
    ),
    "xliff": Target(
        read=_corpus_and_pairs("a.xlf"), seeds=(XLIFF1,), words=(*_XML, "needs-translation"), markup=True,
    ),
    "xliff2": Target(
        read=_corpus_and_pairs("b.xlf"), seeds=(XLIFF2,), words=(*_XML, "initial"), markup=True,
    ),
    "table": Target(
        read=_corpus_and_pairs("a.tsv"), seeds=(TSV, b"satu\tone\n"), words=("\t", "\r\n", '"', " =1", "nan"),
    ),
    "json_lines": Target(
        read=_corpus("a.jsonl"), seeds=(JSONL,), words=('"\\ud800"', "1e999", "null", "[[[[", "\\u0000"),
    ),
    "corrections": Target(
        read=lambda data: written(read_corrections(data)), seeds=(CORRECTIONS,),
        words=('"\\ud800"', "null", '"label":"MT"', "1e99"),
    ),
    "glossary_csv": Target(
        read=_rows, seeds=(CSV, b"satu\tone\tn\n"),
        words=("|", ";", '"', "\r", "forbid", "keep", "wrong", "\ufeff"),
    ),
    "glossary_xml": Target(
        read=_glossary("tbx", "tbx2", "tmx", "amazon-tmx"), seeds=(TBX3, TBX2, TMX),
        words=(*_XML, "deprecatedTerm-admn-sts", "not near: a"), markup=True,
    ),
}  # fmt: skip
"""By name; each has a script of that name beside this file."""
