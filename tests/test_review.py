"""The review page: safe, complete, one file. How it looks and moves is judged in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.corpus import (
    Article,
    Conversion,
    Finding,
    Issue,
    Metadata,
    Method,
    Origin,
    Receipt,
    Removed,
    Segment,
    Severity,
    Span,
    State,
    Unit,
)
from normalize.errors import InputError
from normalize.review import Selection, read_corrections, render, source_hash

SIGNATURE = "normalize test|id-en"
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]> --> </textarea>",
    "a\u2028b\u2029c\0d",
    "{{title}} {{data}} \\u003c &lt;",
    "lone \ud800 half",
]


def conversion(id_: str, *pairs: tuple[str, str], findings: tuple[Finding, ...] = (), title: str = "") -> Conversion:
    text = "\n".join(source for source, _ in pairs)
    article = Article(id=id_, path=f"{id_}.html", raw=text, text=text, sha256="0", language="id",
                      metadata=Metadata(title=title, url="javascript:alert(1)"))  # fmt: skip
    units = tuple(
        Unit(
            segment=Segment(id=f"{id_}:{number}", article=id_, paragraph=number, span=Span(start=0, end=len(source)),
                            source=source, language="id"),
            target=target, state=State.TRANSLATED, origin=Origin.MACHINE, findings=findings,
        )
        for number, (source, target) in enumerate(pairs)
    )  # fmt: skip
    return Conversion(article=article, units=units)


def nothing(_: Article) -> list[Removed]:
    return []


def page(*conversions: Conversion, name: str = "") -> str:
    selection = Selection(nothing)
    for conversion in conversions:
        selection.add(conversion)
    return b"".join(render(selection, signature=SIGNATURE, name=name)).decode()


def block(text: str, kind: str) -> str:
    found = re.findall(rf'<script type="{kind}"[^>]*>(.*?)</script', text, re.DOTALL | re.IGNORECASE)
    assert len(found) == 1
    return str(found[0])


def data(text: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(block(text, "application/json"))


def test_the_page_loads_nothing_and_allows_only_its_own_script_and_style_by_hash() -> None:
    text = page(conversion("a", ("s", "t")), name="raw")
    tree = lxml.html.document_fromstring(text)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for name, content in (("script-src", block(text, "module")), ("style-src", tree.xpath("//style")[0].text)):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[name] == f"'sha256-{digest}'"
    assert tree.xpath("//@src | //link | //iframe | //object | //a[@href]") == []
    assert [node.get("type") for node in tree.xpath("//script")] == ["application/json", "module"]
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on") or name == "style"]


def test_the_script_never_makes_markup_of_text() -> None:
    script = block(page(), "module")
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch(")
    assert [word for word in forbidden if word in script] == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_article_stays_text(hostile: str) -> None:
    calm = page(conversion("a", ("s", "t")))
    text = page(conversion("a", (hostile, hostile), title=hostile), name=hostile)
    shapes = [
        [(node.tag, sorted(node.attrib)) for node in lxml.html.document_fromstring(one.replace("\0", "")).iter()]
        for one in (calm, text)
    ]
    assert shapes[0] == shapes[1]
    (article,) = data(text)["articles"]
    shown = hostile.encode(errors="backslashreplace").decode()
    assert (article["title"], article["units"][0]["source"], article["units"][0]["target"]) == (shown, shown, shown)


@given(st.text(max_size=60))
def test_no_text_ends_the_data_or_starts_a_comment_in_it(text: str) -> None:
    content = page(conversion("a", (text or "x", text)))
    start = content.index('id="data">') + len('id="data">')
    inside = content[start : content.index("</script>", start)]
    assert not set("<>&\u2028\u2029") & set(inside)
    json.loads(inside)


def test_places_are_given_as_scripts_count_them() -> None:
    one = conversion("a", ("🧪 istilah", "😀 term"))
    receipt = Receipt(term="istilah", target="term", span=Span(start=2, end=9), surface="istilah", method=Method.KEPT,
                      produced="term", target_span=Span(start=2, end=6))  # fmt: skip
    unit = Unit(segment=one.units[0].segment, target="😀 term", receipts=(receipt,))
    (term,) = data(page(Conversion(article=one.article, units=(unit,))))["articles"][0]["units"][0]["terms"]
    for text, span in (("🧪 istilah", term["span"]), ("😀 term", term["target_span"])):
        units = text.encode("utf-16-le")
        assert units[2 * span[0] : 2 * span[1]].decode("utf-16-le") == term["term" if text[0] == "🧪" else "target"]


def test_what_was_removed_from_an_article_is_on_the_page() -> None:
    one = conversion("a", ("Isi berita.", "News body."))
    taken = Removed(id="a:1", rule="advertisement", evidence="lexicon", text="Iklan", line=0, whole=True)
    selection = Selection(lambda _: [taken] * 201)
    selection.add(one)
    (article,) = data(b"".join(render(selection, signature=SIGNATURE)).decode())["articles"]
    assert article["removed"] == [{"rule": "advertisement", "evidence": "lexicon", "text": "Iklan"}] * 200
    assert article["removed_more"] == 1


FINDING = Finding(check="numbers", issue=Issue.NUMBERS, severity=Severity.CRITICAL, message="lost")


def test_a_corpus_too_large_for_a_page_shows_its_worst_articles_whole_and_says_how_many_there_are() -> None:
    selection = Selection(nothing, most=5)
    calm = [conversion(f"calm{number}", ("s", "t"), ("s", "t")) for number in range(6)]
    bad = conversion("bad", ("s", "t"), ("s", "t"), ("s", "t"), findings=(FINDING,))
    stream = [*calm[:3], bad, *calm[3:]]
    assert list(selection.watch(stream)) == stream
    shown = data(b"".join(render(selection, signature=SIGNATURE)).decode())
    assert [article["id"] for article in shown["articles"]] == ["calm0", "bad"]
    assert shown["totals"] == {"articles": 7, "units": 15}


def test_an_article_larger_than_a_page_keeps_its_worst_units_in_order() -> None:
    selection = Selection(nothing, most=2)
    plain = conversion("a", *[(f"s{number}", "t") for number in range(5)])
    units = tuple(
        Unit(segment=unit.segment, target="t", findings=(FINDING,) * (number in {1, 4}))
        for number, unit in enumerate(plain.units)
    )
    selection.add(Conversion(article=plain.article, units=units))
    (article,) = map(json.loads, selection)
    assert [unit["source"] for unit in article["units"]] == ["s1", "s4"]
    assert article["trimmed"] == 3


@given(st.lists(st.integers(min_value=0, max_value=4), max_size=20), st.integers(min_value=1, max_value=12))
def test_a_selection_never_holds_more_than_it_may_nor_drops_what_fits(sizes: list[int], most: int) -> None:
    selection = Selection(nothing, most=most)
    for number, size in enumerate(sizes):
        selection.add(conversion(f"a{number}", *[("s", "t")] * size))
    kept = [len(json.loads(article)["units"]) for article in selection]
    assert sum(kept) <= most
    if sum(sizes) <= most:
        assert kept == sizes


def test_the_page_is_made_only_when_asked_so_that_the_selection_may_still_be_watching() -> None:
    selection = Selection(nothing)
    pieces = render(selection, signature=SIGNATURE)
    selection.add(conversion("a", ("s", "t")))
    assert len(data(b"".join(pieces).decode())["articles"]) == 1


def test_the_same_conversions_give_the_same_page() -> None:
    assert page(conversion("a", ("s", "t"))) == page(conversion("a", ("s", "t")))


def test_an_empty_run_has_a_page() -> None:
    shown = data(page())
    assert (shown["articles"], shown["signature"]) == ([], SIGNATURE)


def corrections(**rest: object) -> bytes:
    one = {"unit": "a:0", "source_hash": source_hash("s"), "machine_target": "t", "target": "u", "state": "reviewed",
           "comment": ""}  # fmt: skip
    file = {"format": "normalize corrections", "version": 1, "signature": SIGNATURE, "corrections": [one]}
    return json.dumps(file | rest).encode()


def test_corrections_as_the_page_saves_them_are_read() -> None:
    (correction,) = read_corrections(corrections()).corrections
    assert (correction.unit, correction.target, correction.state) == ("a:0", "u", State.REVIEWED)


@pytest.mark.parametrize(
    "broken",
    [
        b"", b"{", b"\xff", b"[]", corrections(format="other"), corrections(version=2),
        corrections(corrections=[{"unit": "a"}]),
        corrections().replace(b'"reviewed"', b'"great"'),
        corrections(corrections=json.loads(corrections())["corrections"] * 2),
    ],
)  # fmt: skip
def test_broken_corrections_are_one_clear_error(broken: bytes) -> None:
    with pytest.raises(InputError, match=r"corrections\.json"):
        read_corrections(broken, path="corrections.json")
