"""Every format there and back, validated by schemas and by other programs' readers; hostile files."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import io
import json
from pathlib import Path, PurePath
from typing import Any, BinaryIO

import corpus_samples
import msgspec
import pytest
from corpus_samples import finding, receipt, span, unit
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from normalize.corpus import Conversion, Issue, Method, Origin, Severity, State
from normalize.errors import InputError, UsageError
from normalize.export import (
    FORMS,
    ArticleRow,
    Corpus,
    Filter,
    Options,
    Tags,
    UnitRow,
    export,
    form_named,
    read,
    units_and_articles,
)
from normalize.export.form import UNIT_FIELDS
from normalize.export.xml import attribute, escaped
from normalize.rows import COLUMNS, FindingRow, RepairRow, TermRow, cell, line, of_cell
from normalize.write import write

SCHEMAS = Path(__file__).parent / "schemas"
HAS_ARROW = importlib.util.find_spec("pyarrow") is not None
NAMES = [
    name if HAS_ARROW else pytest.param(name, marks=pytest.mark.skip(reason="pyarrow is not installed"))
    if name == "parquet" else name for name in FORMS
]  # fmt: skip
ENDINGS = {
    "jsonl": ".jsonl",
    "jsonl-translation": ".jsonl",
    "tsv": ".tsv",
    "tmx": ".tmx",
    "xliff": ".xlf",
    "xliff2": ".xlf",
    "parquet": ".parquet",
}

# JSON cannot hold lone surrogates, so no corpus has them.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
xml_texts = texts.filter(
    lambda text: all(char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff") for char in text)
)
tame = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=30)
words = st.text(st.characters(categories=["L"]), min_size=1, max_size=8)
scores = st.none() | st.integers(-90_000, 0).map(lambda number: number / 10_000)
spans = st.tuples(st.integers(0, 99), st.integers(0, 99))

findings = st.builds(
    FindingRow,
    check=words,
    issue=st.sampled_from(Issue),
    severity=st.sampled_from(Severity),
    message=texts,
    span=st.none() | spans,
)
terms = st.builds(
    TermRow,
    term=texts,
    target=texts,
    surface=texts,
    span=spans,
    method=st.sampled_from(Method),
    produced=texts,
    target_span=st.none() | spans,
)
repairs = st.builds(RepairRow, reason=words, method=words, before=texts, after=texts)


@st.composite
def corpora(draw: st.DrawFn) -> list[UnitRow]:
    """Units of a few articles, in one pair of languages, with anything in their texts."""
    return [
        UnitRow(
            id=f"site/a {article}:{place}.0", article=f"site/a {article}", paragraph=place, source=draw(texts),
            target=draw(texts), source_language="zh-Hant", target_language="en", state=draw(st.sampled_from(State)),
            score=draw(scores), origin=draw(st.sampled_from(Origin)), findings=draw(st.lists(findings, max_size=2)),
            terms=draw(st.lists(terms, max_size=2)),
            repairs=draw(st.just(msgspec.UNSET) | st.lists(repairs, min_size=1, max_size=2)),
        )
        for article in range(draw(st.integers(1, 3)))
        for place in range(draw(st.integers(1, 3)))
    ]  # fmt: skip


ARTICLES = [
    ArticleRow(
        id=f"site/a {number}", url=f"https://contoh.id/?a=1&b={number}" if number else "", path=f"a {number}.txt",
        title="Judul <b>“besar”</b>", site="contoh.id", published="2024-05-06", target_file=f"articles/{number}.txt",
    )
    for number in range(3)
]  # fmt: skip

slow = settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)


def written(folder: Path, rows: list[UnitRow], name: str, **more: Any) -> list[Path]:  # noqa: ANN401 - any option
    """Export and give the files to import."""
    source = folder / "run"
    source.mkdir(exist_ok=True)
    (source / "corpus.jsonl").write_bytes(b"".join(map(line, rows)))
    (source / "articles.jsonl").write_bytes(b"".join(map(line, ARTICLES)))
    to = folder / name / f"corpus{ENDINGS.get(name, '')}"
    made: list[Path] = []
    with contextlib.ExitStack() as stack:

        def opened(path: PurePath) -> BinaryIO:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            made.append(Path(path))
            return stack.enter_context(Path(path).open("wb"))

        result = export(
            Corpus.open(source), Options(form=form_named(name), to=to, chosen=Filter.parse(["none"]), **more), opened
        )
    assert sorted(result.files) == sorted(map(str, made))
    return [to] if name == "hf" else [path for path in made if path.suffix != ".ids"]


def carried(row: UnitRow, name: str) -> dict[str, Any]:
    """What must come back of a unit."""
    form = form_named(name)
    own: dict[str, Any] = msgspec.to_builtins(row)
    fields = {key: value for key, value in own.items() if key in form.carries or key in {"source", "target"}}
    if not form.exact(row.source) or not form.exact(row.target):
        assert form.inexact
        del fields["source"], fields["target"]
    return fields


@pytest.mark.parametrize("name", NAMES)
@given(rows=corpora())
@slow
def test_what_a_format_carries_comes_back(
    name: str, rows: list[UnitRow], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp(name)
    back = list(read(written(folder, rows, name)))
    assert len(back) == len(rows)
    for row, (again, article) in zip(rows, back, strict=True):
        wanted = carried(row, name)
        found = {key: value for key, value in msgspec.to_builtins(again).items() if key in wanted}
        assert found == wanted
        said = next(each for each in ARTICLES if each.id == row.article)
        for field in ("title", "site", "published", "url"):
            if field in form_named(name).carries:
                assert getattr(article, field) == getattr(said, field)


@pytest.mark.parametrize("name", ["jsonl", "tmx", "xliff", "xliff2", "tsv"])
@given(rows=corpora())
@slow
def test_export_import_export_gives_the_same_bytes(
    name: str, rows: list[UnitRow], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp(name)
    first = written(folder, rows, name)
    again = folder / "again"
    again.mkdir()
    lines = list(units_and_articles(read(first)))
    (again / "corpus.jsonl").write_bytes(b"".join(unit for unit, _ in lines))
    (again / "articles.jsonl").write_bytes(b"".join(article for _, article in lines))
    second = io.BytesIO()
    options = Options(form=form_named(name), to=PurePath("c"), chosen=Filter.parse(["none"]))
    export(Corpus.open(again), options, lambda _: second)
    assert second.getvalue() == first[0].read_bytes()


def resolved(name: str) -> Any:  # noqa: ANN401 - lxml has no types
    """Load a schema; `xml.xsd` is taken from here, not from the network."""

    class Here(etree.Resolver):  # type: ignore[misc] # lxml has no types
        def resolve(self, url: str, _: str, context: object) -> object:
            return self.resolve_filename(str(SCHEMAS / PurePath(url).name), context)

    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Here())
    return etree.XMLSchema(etree.parse(str(SCHEMAS / name), parser))


@pytest.mark.parametrize(
    ("name", "schema"),
    [("tmx", "tmx14.dtd"), ("xliff", "xliff-core-1.2-strict.xsd"), ("xliff2", "xliff-core-2.0.xsd")],
)
@given(rows=corpora())
@slow
def test_xml_is_valid_against_the_official_schema(
    name: str, schema: str, rows: list[UnitRow], tmp_path_factory: pytest.TempPathFactory
) -> None:
    (file,) = written(tmp_path_factory.mktemp(name), rows, name, license="CC-BY-4.0 & <more>")
    checked = etree.DTD(str(SCHEMAS / schema)) if schema.endswith(".dtd") else loaded(schema)
    checked.assertValid(etree.parse(str(file)))


_loaded: dict[str, Any] = {}


def loaded(schema: str) -> Any:  # noqa: ANN401 - lxml has no types
    if schema not in _loaded:
        _loaded[schema] = resolved(schema)
    return _loaded[schema]


@pytest.mark.parametrize(
    ("name", "schema"),
    [("tmx", "tmx14.dtd"), ("xliff", "xliff-core-1.2-strict.xsd"), ("xliff2", "xliff-core-2.0.xsd")],
)
def test_a_document_without_units_is_valid_too(name: str, schema: str, tmp_path: Path) -> None:
    (file,) = written(tmp_path, [], name)
    checked = etree.DTD(str(SCHEMAS / schema)) if schema.endswith(".dtd") else loaded(schema)
    checked.assertValid(etree.parse(str(file)))
    assert list(read([file])) == []


RICH = [
    UnitRow(
        id="a:0.0", article="a", source="Harga “beras” & <gula>\u00a0!", target="The price of “rice” & <sugar>!",
        source_language="id", target_language="en", score=-0.5, origin=Origin.MACHINE,
        findings=[FindingRow(check="number", issue=Issue.NUMBERS, severity=Severity.MAJOR, message="“3” is missing")],
        terms=[TermRow(term="beras", target="rice", surface="beras", span=(7, 12), method=Method.KEPT,
                       produced="rice")],
    ),
    UnitRow(id="a:1.0", article="a", paragraph=1, source="Dua.", target="Two.", source_language="id",
            target_language="en", state=State.FINAL, origin=Origin.HUMAN),
]  # fmt: skip


def test_translate_toolkit_reads_the_tmx(tmp_path: Path) -> None:
    from translate.storage.tmx import tmxfile

    (file,) = written(tmp_path, RICH, "tmx")
    with file.open("rb") as stream:
        store = tmxfile(stream, "id", "en")
    assert [(unit.source, unit.target) for unit in store.units] == [(row.source, row.target) for row in RICH]
    assert "major number: “3” is missing" in store.units[0].getnotes()


def test_translate_toolkit_reads_xliff_1(tmp_path: Path) -> None:
    from translate.storage.xliff import xlifffile

    (file,) = written(tmp_path, RICH, "xliff")
    store = xlifffile.parsefile(str(file))  # type: ignore[no-untyped-call] # the toolkit has few types
    assert [(str(unit.source), str(unit.target)) for unit in store.units] == [(row.source, row.target) for row in RICH]
    assert [unit.isapproved() for unit in store.units] == [False, True]
    assert "major number: “3” is missing" in store.units[0].getnotes()


def test_translate_toolkit_reads_xliff_2(tmp_path: Path) -> None:
    from translate.storage.xliff2 import Xliff2File

    (file,) = written(tmp_path, RICH, "xliff2")
    store = Xliff2File.parsefile(str(file))  # type: ignore[no-untyped-call] # likewise
    found = [(str(unit.source), str(unit.target)) for unit in store.units if unit.istranslatable()]
    assert found == [(row.source, row.target) for row in RICH]


def test_tsv_is_what_a_run_writes(tmp_path: Path) -> None:
    (file,) = written(tmp_path, RICH, "tsv")
    assert file.read_text("utf-8").startswith("\t".join(COLUMNS) + "\n")
    head, *rows = [row.split("\t") for row in file.read_text("utf-8").splitlines()]
    cells = dict(zip(head, rows[0], strict=True))
    assert (cells["src_text"], cells["trg_text"]) == (RICH[0].source, RICH[0].target)
    assert (cells["src_lang"], cells["mt_score"]) == ("id", "-0.5")


def conversion() -> Conversion:
    """An article and its units, as a run has them."""
    found = finding("number", message="x", span=span(0, 1))
    kept = receipt("beras", "rice", Method.KEPT, span=span(6, 11), produced="rice")
    units = (
        unit("site/a:0.0", "Harga\u00a0beras naik.", "Rice rose.", receipts=(kept,)),
        unit("site/a:1.0", "=1+1 kata dia.", "=1+1 she\tsaid.", score=-0.123456, findings=(found,)),
    )
    return corpus_samples.conversion("site/a", units, url="https://contoh.id/a", title="Harga", tags=("beras",))


def test_what_a_run_writes_goes_through_export_and_import_unchanged(tmp_path: Path) -> None:
    run = tmp_path / "out"
    write([conversion()], run, signature="s", removed=lambda _: [])
    found: dict[str, io.BytesIO] = {}
    for name in ("tsv", "jsonl"):
        options = Options(form=form_named(name), to=tmp_path / f"c.{name}", chosen=Filter.parse(["none"]))
        export(Corpus.open(run), options, lambda path: found.setdefault(path.name, io.BytesIO()))
    assert found["c.tsv"].getvalue() == (run / "corpus.tsv").read_bytes()
    (tmp_path / "c.jsonl").write_bytes(found["c.jsonl"].getvalue())
    assert b"".join(line(unit) for unit, _ in read([tmp_path / "c.jsonl"])) == (run / "corpus.jsonl").read_bytes()


@pytest.mark.skipif(not HAS_ARROW, reason="pyarrow is not installed")
def test_parquet_reads_as_a_table(tmp_path: Path) -> None:
    parquet = importlib.import_module("pyarrow.parquet")
    (file,) = written(tmp_path, RICH, "parquet")
    table = parquet.read_table(file)
    assert table.column("source").to_pylist() == [row.source for row in RICH]
    assert table.column("findings").to_pylist()[0][0]["check"] == "number"
    folder = written(tmp_path, RICH, "hf", parquet=True)[0]
    table = parquet.read_table(folder / "data" / "id-en" / "train.parquet")
    assert table.column("translation").to_pylist()[1] == {"id": "Dua.", "en": "Two."}
    assert [unit.target for unit, _ in read([folder])] == [row.target for row in RICH]


@pytest.mark.skipif(not HAS_ARROW, reason="pyarrow is not installed")
@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"a": ["b"]}, "has neither `source`"),
        ({"source": [1], "target": ["x"]}, "cannot be used"),
        ({"source": ["a"], "target": ["b"], "state": ["done"]}, "cannot be used"),
        ({"source": ["a"], "target": ["b"], "findings": [["c"]]}, "cannot be used"),
        ({"translation": [{"a": "x", "b": "y", "c": "z"}]}, "3 languages"),
        ({"translation": [{"../x": "x", "b": "y"}]}, "names no language"),
    ],
)  # fmt: skip
def test_a_parquet_file_of_something_else_is_refused(columns: dict[str, Any], said: str, tmp_path: Path) -> None:
    pyarrow = importlib.import_module("pyarrow")
    importlib.import_module("pyarrow.parquet").write_table(pyarrow.table(columns), tmp_path / "a.parquet")
    with pytest.raises(InputError) as caught:
        list(read([tmp_path / "a.parquet"]))
    assert said in str(caught.value)


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError, match=r"normalize-corpus\[parquet\]"):
        written(tmp_path, RICH, "parquet")
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    with pytest.raises(UsageError, match=r"normalize-corpus\[parquet\]"):
        list(read([tmp_path / "a.parquet"]))


def test_a_flat_line_and_a_translation_hold_the_texts(tmp_path: Path) -> None:
    (flat,) = written(tmp_path, RICH, "jsonl")
    (pairs,) = written(tmp_path, RICH, "jsonl-translation")
    assert json.loads(flat.read_bytes().splitlines()[0])["title"] == ""
    assert json.loads(pairs.read_bytes().splitlines()[1]) == {"translation": {"id": "Dua.", "en": "Two."}}


def test_moses_files_have_a_line_for_each_unit(tmp_path: Path) -> None:
    rows = [
        UnitRow(
            id="a:0.0",
            article="a",
            source="satu\u2028dua\n",
            target="one\ttwo",
            source_language="id",
            target_language="en",
        )
    ]
    source, target = written(tmp_path, rows, "moses")
    assert source.name == "corpus.id-en.id"
    assert (source.read_text("utf-8"), target.read_text("utf-8")) == ("satu dua \n", "one two\n")
    assert source.with_suffix(".ids").read_text("utf-8") == "a:0.0\n"


@given(texts)
@example("=1")
@example(" =1")
@example("  \u3000=1")
def test_a_cell_is_no_formula_and_comes_back(text: str) -> None:
    found = cell(text)
    assert not found.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert len(found.splitlines()) <= 1
    if found.strip(" ") == text.strip(" "):
        assert of_cell(found) == text


@given(texts)
def test_escaped_text_is_read_back(text: str) -> None:
    parsed = etree.fromstring(f'<a b="{attribute(text)}">{escaped(text)}</a>'.encode())
    kept = "".join(char for char in text if char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff"))
    assert (parsed.text or "") == kept
    assert parsed.get("b") == kept


# Files that others made

FOREIGN_TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header creationtool="x"
 creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="{source}" datatype="plaintext"/><body>
<tu><tuv xml:lang="en-GB"><seg>One <bpt i="1">&lt;b></bpt>thing<ept i="1">&lt;/b></ept>.</seg></tuv>
<tuv lang="ID"><seg>
  Satu   hal.
</seg></tuv></tu></body></tmx>"""


def test_a_tmx_of_another_tool_is_read(tmp_path: Path) -> None:
    file = tmp_path / "memory.tmx"
    file.write_text(FOREIGN_TMX.format(source="en-GB"), "utf-8")
    (pair,) = read([file])
    assert (pair.unit.source, pair.unit.target) == ("One thing.", "Satu hal.")
    assert (pair.unit.id, pair.unit.article, pair.unit.state, pair.unit.origin) == (
        "memory:0.0",
        "memory",
        "translated",
        "memory",
    )
    (pair,) = read([file], tags=Tags("id", "en"))
    assert (pair.unit.source, pair.unit.source_language) == ("Satu hal.", "id")


FOREIGN_XLIFF = """<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.html" source-language="id" target-language="en_GB" datatype="html"><body><group>
<trans-unit id="1" approved="yes"><source>Satu <g id="1">hal</g>
   lagi</source><target>One <g id="1">more</g> thing</target></trans-unit>
<trans-unit id="2"><source>Dua</source><target state="new"/></trans-unit>
<trans-unit id="3"><source>Tiga</source></trans-unit></group></body></file></xliff>"""


def test_an_xliff_1_of_another_tool_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.xlf"
    file.write_text(FOREIGN_XLIFF, "utf-8")
    units = [pair.unit for pair in read([file])]
    assert [(unit.source, unit.target, unit.state.value) for unit in units] == [
        ("Satu hal lagi", "One more thing", "reviewed"), ("Dua", "", "initial"), ("Tiga", "", "initial"),
    ]  # fmt: skip
    assert {unit.target_language for unit in units} == {"en-GB"}


FOREIGN_XLIFF2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="id" trgLang="en">
<file id="f1"><notes><note>n</note></notes><unit id="u1">
<segment state="reviewed"><source>Satu <pc id="1">hal</pc> </source><target>One thing</target></segment>
<ignorable><source> </source></ignorable><segment><source>Dua</source></segment></unit></file></xliff>"""


def test_an_xliff_2_of_another_tool_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.xlf"
    file.write_text(FOREIGN_XLIFF2, "utf-8")
    units = [pair.unit for pair in read([file])]
    assert [(unit.id, unit.source, unit.target, unit.state.value) for unit in units] == [
        ("u1/0", "Satu hal", "One thing", "reviewed"), ("u1/1", "Dua", "", "initial"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        "satu\tone\ndua\ttwo\n",
        "\ufeffsource\ttarget\r\nsatu\tone\r\ndua\ttwo\r\n",
        "trg_text\turl\tsrc_text\none\tx\tsatu\ntwo\tx\tdua",
    ],
)
def test_tables_of_others_are_read(data: str, tmp_path: Path) -> None:
    (tmp_path / "p.tsv").write_bytes(data.encode())
    units = [pair.unit for pair in read([tmp_path / "p.tsv"], tags=Tags("id", "en"))]
    assert [(unit.source, unit.target, unit.source_language) for unit in units] == [
        ("satu", "one", "id"),
        ("dua", "two", "id"),
    ]


def test_two_texts_are_paired_and_their_suffixes_tell_the_languages(tmp_path: Path) -> None:
    (tmp_path / "news.id").write_text("Satu\n\nTiga\n", "utf-8")
    (tmp_path / "news.en").write_text("One\n\nThree\n", "utf-8")
    units = [pair.unit for pair in read([tmp_path / "news.id", tmp_path / "news.en"])]
    assert [(unit.id, unit.source, unit.target, *unit.pair) for unit in units] == [
        ("news:0.0", "Satu", "One", "id", "en"), ("news:1.0", "", "", "id", "en"),
        ("news:2.0", "Tiga", "Three", "id", "en"),
    ]  # fmt: skip


def test_texts_of_unequal_length_are_refused(tmp_path: Path) -> None:
    (tmp_path / "news.id").write_text("Satu\nDua\n", "utf-8")
    (tmp_path / "news.en").write_text("One\n", "utf-8")
    with pytest.raises(InputError, match=r"news\.en:2: has fewer lines"):
        list(read([tmp_path / "news.id", tmp_path / "news.en"]))
    with pytest.raises(UsageError, match="source's and the target's"):
        list(read([tmp_path / "news.id"]))


def test_articles_come_with_their_units(tmp_path: Path) -> None:
    lines = list(units_and_articles(read(written(tmp_path, RICH, "jsonl"))))
    (article,) = [msgspec.json.decode(article, type=ArticleRow) for _, article in lines if article]
    assert (article.id, article.units, article.paragraphs, article.language) == ("a", 2, 2, "id")


# Hostile files

BOMB = """<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;">]>
<tmx version="1.4"><body><tu><tuv><seg>&b;</seg></tuv></tu></body></tmx>"""
WRONG = '<tu><prop type="x-normalize-findings">[{"check": 1}]</prop>'
FILES: dict[str, tuple[str, bytes]] = {
    "entity bomb": ("a.tmx", BOMB.encode()),
    "outside entity": ("a.tmx", b'<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tmx><body/></tmx>'),
    "parameter entity": (
        "a.xlf", b'<!DOCTYPE xliff [<!ENTITY % x SYSTEM "http://127.0.0.1/"> %x;]><xliff version="1.2"/>',
    ),
    "deep": ("a.tmx", b"<tmx>" + b"<a>" * 100_000),
    "huge attribute": ("a.tmx", b'<tmx a="' + b"x" * 11_000_000 + b'"/>'),
    "huge entry": ("a.tmx", b"<tmx><body><tu>" + b"<note>" + b"x" * 9_000_000 + b"</note><note>" + b"x" * 9_000_000),
    "huge text": ("a.xlf", b'<xliff version="2.1"><file><unit><segment><source>' + b"x" * 18_000_000),
    "another root": ("a.tmx", b"<html/>"),
    "not XML": ("a.xlf", b"\x00\xff\xfe\x00"),
    "empty XML": ("a.tmx", b""),
    "not UTF-8 XML": ("a.tmx", b'<?xml version="1.0" encoding="UTF-8"?><tmx><body>\xff</body></tmx>'),
    "unknown version": ("a.xlf", b'<xliff version="3"><file><unit id="a"/></file></xliff>'),
    "no pair": ("a.tmx", FOREIGN_TMX.format(source="fr").encode()),
    "wrong findings": ("a.tmx", FOREIGN_TMX.format(source="en").replace("<tu>", WRONG).encode()),
    "wrong language": ("a.tmx", FOREIGN_TMX.format(source="en-GB").replace("ID", "../../etc").encode()),
    "wrong language 2": ("a.xlf", FOREIGN_XLIFF2.replace('srcLang="id"', 'srcLang="a/../b"').encode()),
    "not UTF-8 table": ("a.tsv", b"satu\tone\n\xff\xfe\ttwo\n"),
    "UTF-16 table": ("a.tsv", "satu\tone\n".encode("utf-16")),
    "binary table": ("a.tsv", b"satu\tone\na\0b\tc\n"),
    "one column": ("a.tsv", b"satu\n"),
    "wrong language in a table": ("a.tsv", b"src_text\ttrg_text\tsrc_lang\na\tb\t../../x\n"),
    "wrong number": ("a.tsv", b"src_text\ttrg_text\tmt_score\na\tb\thigh\n"),
    "wrong state": ("a.tsv", b"src_text\ttrg_text\tstate\na\tb\tdone\n"),
    "long line": ("a.tsv", b"x" * 17_000_000),
    "not JSON": ("a.jsonl", b"{"),
    "not UTF-8 JSON": ("a.jsonl", b'{"source": "\xff", "target": ""}'),
    "deep JSON": ("a.jsonl", b"[" * 1_000_000),
    "JSON without texts": ("a.jsonl", b'{"a": 1}'),
    "three languages": ("a.jsonl", b'{"translation": {"a": "", "b": "", "c": ""}}'),
    "no language": ("a.jsonl", b'{"translation": {"../../x": "", "en": ""}}'),
    "no Parquet": ("a.parquet", b"PAR1 and nothing else PAR1"),
    "no suffix": ("a.doc", b"x"),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(FILES))
def test_a_hostile_file_gives_one_clear_line(what: str, tmp_path: Path) -> None:
    name, data = FILES[what]
    if name.endswith(".parquet") and not HAS_ARROW:
        pytest.skip("pyarrow is not installed")
    (tmp_path / name).write_bytes(data)
    with pytest.raises((InputError, UsageError)) as caught:
        list(read([tmp_path / name]))
    shown = str(caught.value).replace(str(tmp_path), "")
    assert shown.isprintable()
    assert len(shown) < 400
    assert caught.value.advice


@pytest.mark.parametrize("suffix", [".tmx", ".xlf", ".tsv", ".jsonl"])
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
@slow
def test_any_bytes_are_read_or_refused(suffix: str, data: bytes, tmp_path: Path) -> None:
    file = tmp_path / f"a{suffix}"
    file.write_bytes(data)
    with contextlib.suppress(InputError):
        list(read([file]))


@pytest.mark.parametrize("name", ["tmx", "xliff", "xliff2", "tsv", "jsonl"])
@given(data=st.data())
@slow
def test_a_damaged_file_is_read_or_refused(name: str, data: st.DataObject, tmp_path: Path) -> None:
    (file,) = written(tmp_path, RICH, name)
    whole = file.read_bytes()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(whole)))
        patch = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"<", b"&", b"</tu>", b'"', b"\t", b"\n", b"und", b"[]", b"-1"])
        )
        whole = whole[:place] + patch + whole[place + data.draw(st.integers(0, 6)) :]
    file.write_bytes(whole)
    with contextlib.suppress(InputError, UsageError):
        assert all(line(unit) for unit, _ in read([file]))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not there"):
        list(read([tmp_path / "none.tmx"]))
    with pytest.raises(UsageError, match="holds no corpus"):
        list(read([tmp_path]))


def test_losses_name_what_did_not_come_back(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_bytes(b"".join(map(line, RICH)))
    for name in FORMS:
        if name == "parquet" and not HAS_ARROW:
            continue
        form = form_named(name)
        result = export(
            Corpus.open(tmp_path),
            Options(form=form, to=PurePath("c"), chosen=Filter.parse(["none"])),
            lambda _: io.BytesIO(),
        )
        told = " ".join(result.losses)
        for field in ("score", "findings", "terms"):
            assert (f"{field} of 1" in told) == (field not in form.carries), (name, field)
        assert ("read back as translated" in told) == ("state" not in form.carries)
    assert set(FORMS["jsonl"].carries) >= UNIT_FIELDS
