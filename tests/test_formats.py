"""Glossary formats: what goes out comes back, peers read it, and hostile files do no harm."""

from __future__ import annotations

import csv
import dataclasses
import io
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.errors import GlossaryError, InputError, UsageError
from normalize.formats import FORMATS, named
from normalize.formats.bitext import read_pairs, two_files
from normalize.glossary import Kind, Status, Term

COMPLETE = ("csv", "tsv", "tbx", "tbx2", "tmx")
TABLES = (
    "deepl-csv", "deepl-tsv", "google-csv", "google-terms", "amazon-csv", "microsoft-tsv", "omegat", "weblate-csv",
    "utx",
)  # fmt: skip
PLAIN = (*TABLES, "amazon-tmx")

letters = st.text("abcdeéïøşž'’-./&<>\"#$ ", min_size=1, max_size=12)
words = letters.map(lambda text: " ".join(text.split())).filter(lambda text: any(map(str.isalpha, text)))
# A word of three letters and a blank cannot be taken for a language tag or a heading of a first row.
phrases = words.map(lambda text: f"kata {text}")
lists = st.lists(words, max_size=3, unique=True).map(tuple)


@st.composite
def term(draw: st.DrawFn) -> Term:
    source, kind = draw(words), draw(st.sampled_from(Kind))
    return Term(
        source=source, target=draw(words), kind=kind, case_sensitive=draw(st.booleans()),
        source_language=draw(st.sampled_from(["id", "fr", "zh-Hant"])), target_language="en",
        aliases=tuple(alias for alias in draw(lists) if alias != source), wrong=draw(lists), context=draw(lists),
        not_near=draw(lists), pos=draw(st.sampled_from(["", "noun", "proper noun"])), note=draw(st.just("") | words),
        scope=draw(st.sampled_from([(), ("site:tempo.co", "path:2024/*")])),
        status=Status.PREFERRED if kind is Kind.FORBID else draw(st.sampled_from(Status)),
    )  # fmt: skip


def unplaced(terms: Sequence[Term]) -> list[Term]:
    return [dataclasses.replace(each, line=0) for each in terms]


def different(terms: Sequence[Term]) -> list[Term]:
    return list({each.source.casefold(): each for each in terms}.values())


@pytest.mark.parametrize("name", COMPLETE)
@settings(max_examples=40, deadline=None)
@given(st.lists(term(), min_size=1, max_size=4).map(different))
def test_a_complete_format_gives_back_every_column(name: str, terms: list[Term]) -> None:
    found = FORMATS[name].parse(FORMATS[name].render(terms))
    assert (unplaced(found.terms), found.problems) == (terms, ())
    assert FORMATS[name].cannot_carry(terms) == []


@pytest.mark.parametrize("name", PLAIN)
@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(phrases, phrases), min_size=1, max_size=4, unique_by=lambda pair: pair[0].casefold()))
def test_a_plain_format_gives_back_source_and_target(name: str, pairs: list[tuple[str, str]]) -> None:
    terms = [Term(source=one, target=other, source_language="id", target_language="en") for one, other in pairs]
    found = FORMATS[name].parse(FORMATS[name].render(terms), source="id", target="en")
    shown = [(each.source, each.target, each.source_language, each.target_language) for each in found]
    assert shown == [(one, other, "id", "en") for one, other in pairs]
    assert not found.problems


@pytest.mark.parametrize("name", ["google-terms", "amazon-csv", "amazon-tmx", "utx"])
def test_formats_with_language_tags_need_not_be_told_them(name: str) -> None:
    terms = [Term(source="lembaga riset", target="research institute", source_language="id", target_language="en")]
    (found,) = FORMATS[name].parse(FORMATS[name].render(terms))
    assert (found.source_language, found.target_language) == ("id", "en")


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_format_writes_aliases_as_rows_and_says_what_it_loses(name: str) -> None:
    terms = [
        Term(source="Velora", target="Velora", aliases=("Velara",), kind=Kind.NAME, note="a firm", wrong=("Velour",)),
        Term(source="Leman", target="Leman", aliases=("Lemon",), kind=Kind.NAME, context=("Velora",)),
        Term(source="bunga", target="flower", kind=Kind.FORBID),
        Term(source="suku bunga", target="rate", status=Status.ADMITTED),
    ]
    sources = [each.source for each in FORMATS[name].parse(FORMATS[name].render(terms))]
    assert sources == ["Velora", "Velara", "Leman"]
    told = " ".join(FORMATS[name].cannot_carry(terms))
    for part in ("forbid", "admitted", "1 alias: written as rows", "1 alias: left out", "wrong renderings"):
        assert part in told


@pytest.mark.parametrize("name", PLAIN)
def test_a_format_of_one_pair_refuses_two_source_languages(name: str) -> None:
    if name in {"omegat", "weblate-csv"}:
        pytest.skip("its files belong to a project, which has the languages")
    terms = [Term(source="riset", target="research", source_language=tag) for tag in ("id", "fr")]
    with pytest.raises(UsageError, match="--source"):
        FORMATS[name].render(terms)


@pytest.mark.parametrize("name", ["csv", "tsv", *TABLES])
@pytest.mark.parametrize("cell", ["=1+1", "+62", "-nya", "@kantor", "＝1", '=HYPERLINK("http://x","y")'])
def test_no_table_holds_a_cell_that_a_spreadsheet_computes(name: str, cell: str) -> None:
    pairs = [(cell, "x"), ("biasa", cell), ("lain", "other")]
    # A note with a formula must not keep its row out of a table that has no notes.
    terms = [Term(source=source, target=target, note=cell if target == "x" else "") for source, target in pairs]
    data = FORMATS[name].render(terms).decode()
    delimiter = "\t" if FORMATS[name].suffix in {".tsv", ".txt", ".utx"} else ","
    rows = list(csv.reader(io.StringIO(data), delimiter=delimiter))
    assert not [each for row in rows for each in row if each.startswith(("=", "+", "-", "@", "＝"))]
    assert any("lain" in row for row in rows)


@pytest.mark.parametrize("name", ["omegat", "weblate-csv", "csv", "tsv", "utx"])
def test_a_blank_before_a_formula_is_taken_off_again(name: str) -> None:
    terms = [Term(source="@kantor", target="=office")]
    (found,) = FORMATS[name].parse(FORMATS[name].render(terms))
    assert (found.source, found.target) == ("@kantor", "=office")


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_marks_and_line_ends_change_nothing(mark: str, ending: str) -> None:
    data = f'{mark}lembaga riset,"research ""institute"""{ending}dua kata,"two{ending}words"{ending}'.encode()
    found = FORMATS["deepl-csv"].parse(data)
    assert [(each.source, each.target) for each in found] == [
        ("lembaga riset", 'research "institute"'), ("dua kata", "two words")]  # fmt: skip


def test_utf_16_from_a_spreadsheet_is_read() -> None:
    data = "lembaga\tinstitute\r\n".encode("utf-16")
    assert [each.source for each in FORMATS["microsoft-tsv"].parse(data)] == ["lembaga"]


def test_bytes_that_are_not_utf_8_are_a_problem_of_their_row_alone() -> None:
    found = FORMATS["omegat"].parse(b"caf\xe9\tcoffee house\nlembaga\tinstitute\n", "g.txt")
    assert [each.source for each in found] == ["lembaga"]
    assert str(found.problems[0]).startswith("g.txt:1: source is not UTF-8")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deepl-tsv", b"a word\ta\x07word\nlembaga\tinstitute\n"),
        ("google-csv", b",nothing\nlembaga,institute\n"),
        ("microsoft-tsv", b"lonely\nlembaga\tinstitute\n"),
        ("deepl-csv", b"a word," + b"x" * 1025 + b"\nlembaga,institute\n"),
        ("omegat", b"# comment\n---\tdashes\nlembaga\tinstitute\n"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_others_are_read(name: str, data: bytes) -> None:
    found = FORMATS[name].parse(data)
    assert [each.source for each in found] == ["lembaga"]
    assert [problem.line for problem in found.problems] == [data[: data.index(b"lembaga")].count(b"\n")]


def test_an_open_quotation_mark_is_told_with_its_line() -> None:
    found = FORMATS["deepl-csv"].parse(b'satu kata,one\ndua kata,"two\ntiga kata,three\n')
    assert [each.source for each in found] == ["satu kata"]
    assert [problem.line for problem in found.problems] == [2]


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(GlossaryError, match="not text"):
        FORMATS["deepl-csv"].parse(b"PK\x03\x04\x00\x00")


def test_headings_are_no_entry_and_words_that_look_like_tags_are() -> None:
    def sources(data: bytes) -> list[str]:
        return [each.source for each in FORMATS["deepl-csv"].parse(data)]

    assert sources(b"id,en\nriset,research\n") == ["riset"]
    assert sources(b"source,target\nriset,research\n") == ["riset"]
    assert sources(b"le,the\nriset,research\n") == ["le", "riset"]
    assert sources(b"source,source\nriset,research\n") == ["source", "riset"]


def test_a_second_target_becomes_admitted_and_an_entry_said_twice_counts_once() -> None:
    found = FORMATS["omegat"].parse(b"riset\tresearch\nriset\tstudy\nriset\tresearch\n")
    assert [(each.target, each.status.value) for each in found] == [("research", "preferred"), ("study", "admitted")]


def test_a_terminology_of_several_languages_gives_the_pair_asked_for() -> None:
    data = b"en,id,fr\nresearch,riset,recherche\n"
    found = FORMATS["amazon-csv"].parse(data, target="en")
    assert [(each.source, each.source_language) for each in found] == [("riset", "id"), ("recherche", "fr")]


def test_an_unknown_format_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean omegat"):
        named("omega")


BOMB = b"""<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">]>
<tmx version="1.4"><header srclang="id"/><body><tu><tuv xml:lang="id"><seg>&e;</seg></tuv></tu></body></tmx>"""
FILE = b"""<?xml version="1.0"?><!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<tmx version="1.4"><header srclang="id"/><body><tu><tuv xml:lang="id"><seg>&a;</seg></tuv></tu></body></tmx>"""
PARAMETER = b"""<?xml version="1.0"?><!DOCTYPE martif [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>
<martif type="TBX"><text><body/></text></martif>"""


@pytest.mark.parametrize("name", ["tbx", "tbx2", "tmx"])
@pytest.mark.parametrize("data", [BOMB, FILE, PARAMETER])
def test_a_document_that_declares_entities_is_refused(name: str, data: bytes) -> None:
    data = data.replace(b"tmx", b"martif") if name != "tmx" else data.replace(b"martif", b"tmx")
    started = time.perf_counter()
    with pytest.raises(GlossaryError, match=r"entities|well-formed"):
        FORMATS[name].parse(data)
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("data", [b"", b"<tmx", b"<html/>", b"\x00\x01", b"<a>" * 100_000, b"<tmx>\xff</tmx>"])
@pytest.mark.parametrize("name", ["tbx", "tmx"])
def test_a_broken_document_is_a_clear_error(name: str, data: bytes) -> None:
    with pytest.raises(GlossaryError):
        FORMATS[name].parse(data, "g.xml")


def test_a_document_type_that_declares_nothing_is_passed_over() -> None:
    data = FORMATS["tbx2"].render([Term(source="riset", target="research")])
    marked = data.replace(b"<martif", b'<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif', 1)
    assert [each.source for each in FORMATS["tbx2"].parse(marked)] == ["riset"]


def test_the_tbx_of_others_is_understood() -> None:
    data = b"""<martif type="TBX" xml:lang="en"><text><body>
      <termEntry id="1"><descrip type="definition">a body that studies</descrip>
        <langSet xml:lang="en"><ntig><termGrp><term>research
          institute</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
          <tig><term>study house</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
          <tig><term>institute</term></tig></langSet>
        <langSet xml:lang="id"><tig><term>lembaga riset</term></tig><tig><term>badan riset</term></tig></langSet>
      </termEntry>
      <termEntry id="2"><descrip type="Translation needed">No</descrip>
        <langSet xml:lang="en"><tig><term>Velora</term></tig></langSet>
        <langSet xml:lang="id"><tig><term>Velora</term></tig></langSet></termEntry>
      <termEntry id="3"><langSet xml:lang="en"><tig><term>alone</term></tig></langSet></termEntry>
    </body></text></martif>"""
    found = FORMATS["tbx2"].parse(data, "t.tbx", target="en")
    first, second, third = found.terms
    assert (first.source, first.target, first.aliases) == ("lembaga riset", "research institute", ("badan riset",))
    assert (first.wrong, first.note, first.source_language) == (("study house",), "a body that studies", "id")
    assert (second.target, second.status) == ("institute", Status.ADMITTED)
    assert (third.source, third.kind) == ("Velora", Kind.KEEP)
    assert [problem.line for problem in found.problems] == [12]


def test_tbx_3_stands_in_the_order_and_words_of_the_standard() -> None:
    from lxml import etree

    terms = [Term(source="riset", target="research", aliases=("penelitian",), wrong=("riset",), pos="noun", note="n")]
    root = etree.fromstring(FORMATS["tbx"].render(terms))
    core, low = "{urn:iso:std:iso:30042:ed-2}", "{http://www.tbxinfo.net/ns/min}"
    assert (root.tag, root.get("type"), root.get("style")) == (f"{core}tbx", "TBX-Basic", "dct")
    assert [child.tag for child in root] == [f"{core}tbxHeader", f"{core}text"]
    statuses = [each.text for each in root.iter(f"{low}administrativeStatus")]
    assert statuses == [f"{status}Term-admn-sts" for status in ("preferred", "admitted", "preferred", "deprecated")]
    assert {each.text for each in root.iter(f"{low}partOfSpeech")} <= {"noun", "verb", "adjective", "adverb", "other"}


def test_translate_toolkit_reads_our_tbx_2() -> None:
    tbx = pytest.importorskip("translate.storage.tbx", exc_type=ImportError)
    terms = [Term(source="riset", target="research", source_language="id", target_language="en", kind=Kind.KEEP)]
    store = tbx.tbxfile.parsestring(FORMATS["tbx2"].render(terms))
    assert [(str(unit.source), str(unit.target)) for unit in store.units] == [("riset", "research")]


def test_translate_toolkit_reads_our_tmx() -> None:
    tmx = pytest.importorskip("translate.storage.tmx", exc_type=ImportError)
    terms = [Term(source="riset & data", target="research", source_language="id", target_language="en")]
    for name in ("tmx", "amazon-tmx"):
        store = tmx.tmxfile.parsestring(FORMATS[name].render(terms))
        assert [(str(unit.source), str(unit.target)) for unit in store.units] == [("riset & data", "research")]


def test_translate_toolkit_reads_our_omegat_file() -> None:
    omegat = pytest.importorskip("translate.storage.omegat", exc_type=ImportError)
    terms = [Term(source="riset", target="research", note="news")]
    store = omegat.OmegaTFile.parsestring(FORMATS["omegat"].render(terms))
    units = [(unit.source, unit.target, unit.getnotes()) for unit in store.units if not unit.source.startswith("#")]
    assert units == [("riset", "research", "news")]


def test_what_translate_toolkit_writes_is_read() -> None:
    tbx = pytest.importorskip("translate.storage.tbx", exc_type=ImportError)
    store = tbx.tbxfile(sourcelanguage="id", targetlanguage="en")
    unit = store.addsourceunit("lembaga riset")
    unit.target = "research institute"
    (found,) = FORMATS["tbx2"].parse(bytes(store))
    assert (found.source, found.target) == ("lembaga riset", "research institute")


@pytest.mark.parametrize("name", ["deepl-tsv", "amazon-csv"])
def test_many_rows_are_read_in_bounded_time(name: str) -> None:
    terms = [Term(source=f"kata nomor {number}", target=f"word {number}") for number in range(20_000)]
    data = FORMATS[name].render(terms)
    started = time.process_time()
    assert len(FORMATS[name].parse(data)) == 20_000
    assert time.process_time() - started < 5


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=80) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    try:
        found = FORMATS[name].parse(data)
    except GlossaryError as error:
        assert "\n" not in str(error)  # noqa: PT017 - it need not be raised
    else:
        assert all(each.source and each.target for each in found)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=25, deadline=None)
@given(cut=st.integers(0, 2000), put=st.binary(max_size=6))
def test_a_damaged_file_is_read_or_refused(name: str, cut: int, put: bytes) -> None:
    terms = [Term(source="lembaga riset", target="research, & more", aliases=("badan",), note='say "it"')]
    data = FORMATS[name].render(terms)
    cut %= len(data)
    try:
        FORMATS[name].parse(data[:cut] + put + data[cut + len(put) :])
    except GlossaryError as error:
        assert str(error)  # noqa: PT017 - it need not be raised


@pytest.mark.parametrize("name", FORMATS)
def test_signs_that_a_document_cannot_hold_do_no_harm(name: str) -> None:
    terms = [Term(source="riset\ufffe satu", target="<&>\uffff 'one' \"two\"", note="]]>")]
    (found,) = FORMATS[name].parse(FORMATS[name].render(terms))
    assert found.source.startswith("riset")
    assert "'one' \"two\"" in found.target


XLIFF = b"""<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="id" target-language="en" datatype="plaintext" original="a"><body>
<trans-unit id="1"><source>Riset <g id="1">itu</g><ph id="2">{b}</ph></source><target>The research</target></trans-unit>
<trans-unit id="2"><source>Dua</source></trans-unit></body></file></xliff>"""


def test_xliff_pairs_come_with_their_languages_and_without_codes() -> None:
    first, second = read_pairs(XLIFF, "a.xlf")
    assert first[1:] == ("Riset itu", "The research", "id", "en")
    assert (second.source, second.target) == ("Dua", "")


def test_pairs_of_a_tsv_may_have_headings() -> None:
    with_headings = read_pairs(b"src_lang\tsrc_text\ttrg_text\nid\tRiset\tResearch\n", "a.tsv")
    assert [pair[:4] for pair in with_headings] == [(2, "Riset", "Research", "id")]
    assert [pair[:3] for pair in read_pairs(b"Riset\tResearch\n", "a.tsv")] == [(1, "Riset", "Research")]


def test_pairs_of_a_tmx_follow_its_source_language() -> None:
    data = b"""<tmx version="1.4"><header srclang="id"/><body><tu><tuv xml:lang="en"><seg>One</seg></tuv>
    <tuv xml:lang="id"><seg>Sa<ph>x</ph>tu</seg></tuv></tu></body></tmx>"""
    assert [pair[1:3] for pair in read_pairs(data, "a.tmx")] == [("Satu", "One")]


@pytest.mark.parametrize(("data", "path"), [(b"x", "a.doc"), (b"one\n", "a.tsv")])
def test_what_holds_no_pairs_is_a_clear_error(data: bytes, path: str) -> None:
    with pytest.raises(InputError):
        read_pairs(data, path)


def test_two_files_must_have_as_many_lines() -> None:
    with pytest.raises(InputError, match="has 1 lines, and the source has 2"):
        two_files(b"a\nb\n", b"a\n")
