"""The review page: safe, complete, one file. How it looks and moves is judged in a browser."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from importlib import resources
from typing import Any

import corpus_samples
import lxml.html
import pytest
from corpus_samples import finding, receipt, span, unit
from hypothesis import given
from hypothesis import strategies as st

from normalize.corpus import (
    Article,
    Conversion,
    Finding,
    Method,
    Removed,
    Repair,
    Severity,
    State,
    Unit,
)
from normalize.review import Selection, Suggestion, render
from normalize.review.render import served

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
    units = (unit(f"{id_}:{number}.0", *pair, findings=findings) for number, pair in enumerate(pairs))
    return corpus_samples.conversion(id_, units, suffix=".html", title=title, url="javascript:alert(1)")


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
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
                 "XMLHttpRequest", "WebSocket", "sendBeacon", "import(", "javascript:")  # fmt: skip
    assert [word for word in forbidden if word in script] == []


def test_only_what_sends_edits_home_may_fetch_and_a_page_from_a_file_is_not_served() -> None:
    scripts = resources.files("normalize.review")
    names = [file.name for file in scripts.iterdir() if file.name.endswith(".js")]
    assert [name for name in names if "fetch(" in scripts.joinpath(name).read_text("utf-8")] == ["home.js"]
    text = page(conversion("a", ("s", "t")))
    assert '<meta name="home" content="file">' in text
    assert "connect-src" not in text


def test_a_served_page_may_connect_to_its_own_server_only() -> None:
    text = served(page(conversion("a", ("s", "t"))).encode()).decode()
    (policy,) = lxml.html.document_fromstring(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert (rules["default-src"], rules["connect-src"]) == ("'none'", "'self'")


@pytest.mark.parametrize("broken", [b"", b"<!doctype html><p>mine", b'<meta name="home" content="file">' * 2])
def test_what_is_no_page_of_ours_is_not_served(broken: bytes) -> None:
    with pytest.raises(ValueError, match="no review page"):
        served(broken)


@pytest.mark.parametrize("hostile", ['<meta name="home" content="file">', "content=\"default-src 'none'; "])
def test_articles_cannot_make_themselves_the_pages_marks(hostile: str) -> None:
    text = page(conversion("a", (hostile, hostile), title=hostile), name=hostile)
    assert served(text.encode()).count(b"connect-src") == 1


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
    kept = receipt("istilah", "term", Method.KEPT, span=span(2, 9), produced="term", target_span=span(2, 6))
    whole = Unit(segment=one.units[0].segment, target="😀 term", receipts=(kept,))
    (term,) = data(page(Conversion(article=one.article, units=(whole,))))["articles"][0]["units"][0]["terms"]
    for text, (start, end) in (("🧪 istilah", term["span"]), ("😀 term", term["target_span"])):
        units = text.encode("utf-16-le")
        assert units[2 * start : 2 * end].decode("utf-16-le") == term["term" if text[0] == "🧪" else "target"]


def test_what_was_removed_from_an_article_is_on_the_page() -> None:
    one = conversion("a", ("Isi berita.", "News body."))
    taken = Removed(id="a:1", rule="advertisement", evidence="lexicon", text="Iklan", line=0, whole=True)
    selection = Selection(lambda _: [taken] * 201)
    selection.add(one)
    (article,) = data(b"".join(render(selection, signature=SIGNATURE)).decode())["articles"]
    assert article["removed"] == [{"rule": "advertisement", "evidence": "lexicon", "text": "Iklan"}] * 200
    assert article["removed_more"] == 1


def test_repairs_suggestions_and_quality_are_on_the_page_where_there_are_any() -> None:
    one = conversion("a", ("s", "t"))
    repair = Repair(reason="numbers", method="again", before="u", after="t")
    unit = dataclasses.replace(one.units[0], repairs=(repair,), score=-1.0)
    found = Suggestion(source="s2", target="t2", score=0.9)
    selection = Selection(nothing, suggest=lambda _: [found], estimate=lambda _: 0.25)
    selection.add(dataclasses.replace(one, units=(unit,)))
    whole = data(b"".join(render(selection, signature=SIGNATURE)).decode())
    (shown,) = whole["articles"][0]["units"]
    assert shown["repairs"] == [{"reason": "numbers", "method": "again", "before": "u"}]
    assert shown["quality"] == 0.25
    assert whole["suggestions"] == {"a:0.0": [{"note": "", "source": "s2", "target": "t2", "score": 0.9}]}
    plain = data(page(one))
    assert plain["suggestions"] == {}
    assert not {"repairs", "quality"} & plain["articles"][0]["units"][0].keys()


def test_only_the_worst_units_are_asked_suggestions_for_and_never_those_judged() -> None:
    asked: list[str] = []

    def suggest(unit: Unit) -> list[Suggestion]:
        asked.append(unit.segment.id)
        return []

    selection = Selection(nothing, suggest=suggest)
    bad = conversion("bad", ("s", "t"), findings=(FINDING,))
    judged = dataclasses.replace(bad.units[0], state=State.FINAL)
    selection.add(dataclasses.replace(conversion("done", ("s", "t")), units=(judged,)))
    selection.add(bad)
    for number in range(300):
        low = conversion(f"low{number}", ("s", "t"))
        selection.add(dataclasses.replace(low, units=(dataclasses.replace(low.units[0], score=-1.0),)))
    selection.suggestions()
    assert asked[0] == "bad:0.0"
    assert len(asked) == 100
    assert "done:0.0" not in asked


FINDING = finding("numbers", Severity.CRITICAL)


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
