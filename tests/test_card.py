"""The corpus card and its charts: what they say is counted, and hostile names cannot write in them."""

from __future__ import annotations

import hashlib
import json
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from typing import Any

import corpus_samples
import pytest
from corpus_samples import finding, span
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from normalize.corpus import Conversion, Issue, Method, Origin, Receipt, Repair, Severity, State, Unit
from normalize.errors import InputError
from normalize.write import write
from normalize.write.histogram import Histogram
from normalize.write.markdown import code
from normalize.write.report import LICENCE, OTHER_SITES, Report
from normalize.write.svg import Bar, columns, rows

SVG = "{http://www.w3.org/2000/svg}"


def unit(number: int, *texts: str, **changed: Any) -> Unit:  # noqa: ANN401 - any field
    return corpus_samples.unit(f"a:{number}.0", *texts, **changed)


def conversion(name: str, *units: Unit, **metadata: Any) -> Conversion:  # noqa: ANN401 - any field
    return corpus_samples.conversion(name, units, **metadata)


def receipt(term: str, method: Method) -> Receipt:
    return corpus_samples.receipt(term, term.upper(), method, span=span(0, 1))


def made(tmp_path: Path, *conversions: Conversion, **options: Any) -> tuple[str, dict[str, Any]]:  # noqa: ANN401 - any option
    write(conversions, tmp_path, removed=lambda _: (), signature="normalize test|id-en", **options)
    card = (tmp_path / "CORPUS.md").read_text(encoding="utf-8")
    return card, json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))


def tokens(card: str) -> list[Token]:
    parsed = MarkdownIt("commonmark").enable("table").parse(card)
    return [inner for token in parsed for inner in (token, *(token.children or ()))]


def cells(card: str) -> list[list[str]]:
    """Give the rows of all tables."""
    found: list[list[str]] = []
    for token in MarkdownIt("commonmark").enable("table").parse(card):
        if token.type == "tr_open":
            found.append([])
        elif token.type == "inline" and found and token.level > 3:
            found[-1].append("".join(inner.content for inner in token.children or ()))
    return found


def row(card: str, head: str) -> list[str]:
    return next(each for each in cells(card) if each[0] == head)


def test_the_card_counts_articles_units_words_and_dates(tmp_path: Path) -> None:
    card, report = made(
        tmp_path,
        conversion("a", unit(0), unit(1, "Satu dua tiga empat", "One two"), site="a.example", published="2024-03-09"),
        conversion("b", unit(0), site="a.example", published="2023-11"),
        conversion("c", site="c.example", published="last Tuesday"),
    )
    assert row(card, "Articles")[1] == "3"
    assert row(card, "Units (sentence pairs)")[1] == "3"
    assert row(card, "Words")[1] == "8 → 6"
    assert row(card, "Sites")[1] == "2"
    assert row(card, "Published")[1] == "2023-11 to 2024-03-09; articles without a date: 1"
    assert row(card, "a.example") == ["a.example", "2"]
    assert row(card, "2023") == ["2023", "1"]
    assert report["articles"]["by_month"] == {"2023-11": 1, "2024-03": 1}
    assert report["articles"]["dates"] == {"first": "2023-11", "last": "2024-03-09", "undated": 1}


def test_the_card_counts_findings_by_type_by_check_and_by_severity(tmp_path: Path) -> None:
    units = (
        unit(0, findings=(finding("number", Severity.MAJOR), finding("loop", Severity.CRITICAL, Issue.DUPLICATION))),
        unit(1, findings=(finding("number", Severity.MINOR),)),
        unit(2),
    )
    card, report = made(tmp_path, conversion("a", *units))
    assert row(card, "number") == ["number", "0", "1", "1", "2"]
    assert row(card, "duplication") == ["duplication", "1", "0", "0", "1"]
    assert "3 findings in 2 of 3 units" in card
    assert report["findings"]["by_issue"] == {"duplication": {"critical": 1}, "numbers": {"major": 1, "minor": 1}}
    assert report["findings"]["units_by_worst"] == {"critical": 1, "minor": 1}


def test_the_card_counts_terms_by_method_with_the_missing_ones_first(tmp_path: Path) -> None:
    units = (
        unit(0, receipts=(receipt("beras", Method.KEPT), receipt("padi", Method.MISSING))),
        unit(1, receipts=(receipt("beras", Method.REPLACED), receipt("padi", Method.KEPT))),
    )
    card, _ = made(tmp_path, conversion("a", *units))
    assert "3 of 4 expected occurrences" in card
    listed = [each for each in cells(card) if "→" in each[0]]
    assert [each[:3] for each in listed if "beras" in each[0] or "padi" in each[0]] == [
        ["padi → PADI", "1", "2"], ["beras → BERAS", "2", "2"]
    ]  # fmt: skip


def test_a_repair_counts_under_every_reason_and_once_under_its_method(tmp_path: Path) -> None:
    repairs = (Repair(reason="loop,length", method="no-repeat", before="x", after="y"),)
    card, report = made(tmp_path, conversion("a", unit(0, repairs=repairs), unit(1)))
    assert report["guard"] == {
        "by_method": {"no-repeat": 1}, "by_reason": {"length": 1, "loop": 1}, "repairs": 1, "units": 1
    }  # fmt: skip
    assert row(card, "loop") == ["loop", "1"]


def test_the_licence_is_unknown_until_somebody_says_it(tmp_path: Path) -> None:
    assert row(made(tmp_path, conversion("a", unit(0)))[0], "Licence")[1] == LICENCE
    card, report = made(tmp_path, conversion("a", unit(0)), licence="CC BY 4.0")
    assert row(card, "Licence")[1] == "CC BY 4.0"
    assert report["licence"] == "CC BY 4.0"


def test_what_came_from_the_translation_memory_is_counted_also_where_nothing_did(tmp_path: Path) -> None:
    units = (unit(0), unit(1, origin=Origin.HUMAN), unit(2, origin=Origin.MEMORY), unit(3, origin=Origin.HUMAN))
    card, report = made(tmp_path, conversion("a", *units))
    assert row(card, "From the translation memory")[1] == "3 of 4 units (75.0%)"
    assert report["memory"] == {"as_said": 2, "numbers_put_in": 1, "units": 3}
    card, report = made(tmp_path, conversion("a", unit(0)))
    assert row(card, "From the translation memory")[1] == "0 of 1 units (0.0%)"
    assert report["memory"]["units"] == 0


def test_reviewed_units_are_told_and_machine_output_is_not_called_so(tmp_path: Path) -> None:
    units = (unit(0), unit(1, state=State.REVIEWED, origin=Origin.HUMAN), unit(2, state=State.FINAL))
    assert row(made(tmp_path, conversion("a", *units))[0], "Reviewed by a person")[1] == "2 of 3 units (66.7%)"


def test_an_empty_corpus_has_a_card_and_no_chart(tmp_path: Path) -> None:
    card, report = made(tmp_path)
    assert row(card, "Articles")[1] == "0"
    assert "![" not in card
    assert not (tmp_path / "plots").exists()
    assert report["scores"]["median"] is None


def test_charts_that_are_no_longer_drawn_go(tmp_path: Path) -> None:
    made(tmp_path, conversion("a", unit(0, score=-0.5), published="2024-01-01"))
    assert {path.name for path in (tmp_path / "plots").iterdir()} == {
        "articles_by_month.svg", "length_ratios.svg", "scores.svg"
    }  # fmt: skip
    made(tmp_path, conversion("a", unit(0, score=-0.5)))
    assert not (tmp_path / "plots/articles_by_month.svg").exists()
    made(tmp_path)
    assert not (tmp_path / "plots").exists()


def test_every_chart_the_card_shows_is_there_and_in_the_manifest(tmp_path: Path) -> None:
    units = (unit(0, score=-0.4, findings=(finding("number", Severity.MAJOR),)),)
    card, _ = made(tmp_path, conversion("a", *units, published="2024-01-01"))
    shown = [token.attrs["src"] for token in tokens(card) if token.type == "image"]
    files = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert len(shown) == 4
    for name in map(str, shown):
        assert files[name]["sha256"] == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
    assert "CORPUS.md" in files
    assert all(token.content for token in tokens(card) if token.type == "image")


HOSTILE = st.text(
    st.sampled_from("a `|\\<>[]()!*_#-\n\r\t\u2028\u202e\0\x1b\ud800&;:/.@'\"") | st.characters(), max_size=40
)


@settings(max_examples=60)
@given(name=HOSTILE, rule=HOSTILE, why=HOSTILE, licence=HOSTILE)
def test_no_name_of_a_site_a_check_a_term_or_a_file_becomes_markup(
    tmp_path_factory: pytest.TempPathFactory, name: str, rule: str, why: str, licence: str
) -> None:
    bad = unit(0, findings=(finding(rule, Severity.MAJOR),), receipts=(receipt(name, Method.MISSING),),
               repairs=(Repair(reason=rule, method=name, before="", after=""),))  # fmt: skip
    good = unit(0, findings=(finding("a", Severity.MAJOR),), receipts=(receipt("a", Method.MISSING),),
                repairs=(Repair(reason="a", method="a", before="", after=""),))  # fmt: skip
    shapes = []
    for one, site, told in ((bad, name, (why, licence)), (good, "a", ("a", "a"))):
        folder = tmp_path_factory.mktemp("out")
        card, _ = made(folder, conversion("a", one, site=site or "a"), licence=told[1] or "a",
                       failed=[InputError(told[0], path=told[0])], options={"beam": told[0]},
                       inputs={told[0]: told[0]})  # fmt: skip
        # Empty names are shown as a dash, and a reason without a name is not counted.
        kinds = Counter(token.type for token in tokens(card) if token.type not in {"text", "code_inline"})
        shapes.append(kinds)
    if rule.replace(",", "").strip() and "," not in rule:
        assert shapes[0] == shapes[1]
    assert not {"html_inline", "html_block", "link_open"} & shapes[0].keys()


@given(HOSTILE)
def test_a_code_span_is_one_span_with_one_line_of_what_prints(text: str) -> None:
    shown = code(text)
    inline = MarkdownIt("commonmark").parseInline(shown)[0].children or []
    assert shown.isprintable()
    assert [token.type for token in inline] in (["code_inline"], ["text"])
    assert "|" not in shown


def test_there_is_no_end_of_sites_that_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("normalize.write.report._MOST_SITES", 3)
    report = Report()
    for number in (*range(10), 0):
        report.count(conversion(str(number), site=f"{number}.example"), [])
    assert report.sites == Counter({"0.example": 2, "1.example": 1, "2.example": 1, OTHER_SITES: 7})


@given(st.lists(st.floats(-1, 5), min_size=1, max_size=60))
def test_a_histogram_s_bins_hold_every_number_and_its_median_is_within_a_hundredth(numbers: list[float]) -> None:
    histogram = Histogram(low=0.0, high=4.0)
    for number in numbers:
        histogram.add(number)
    assert sum(each.count for each in histogram.bins(0.1)) == histogram.total == len(numbers)
    middle = sorted(min(max(number, 0.0), 4.0) for number in numbers)[(len(numbers) - 1) // 2]
    found = histogram.quantile(0.5)
    assert found is not None
    assert abs(found - middle) <= 0.0051


def parsed(drawing: str) -> ET.Element:
    return ET.fromstring(drawing)  # noqa: S314 - drawn here


def heights(drawing: str, kind: str) -> list[float]:
    return [float(one.attrib["height"]) for one in parsed(drawing).iter(f"{SVG}rect")
            if one.get("class") == kind]  # fmt: skip


def test_a_column_s_height_is_in_proportion_to_its_count() -> None:
    drawing = columns("T", "D", [Bar("a", (10,)), Bar("b", (40,)), Bar("c", (0,)), Bar("d", (20,))], across="x")
    first, second, third = heights(drawing, "s0")
    assert second == pytest.approx(4 * first, rel=0.01)
    assert third == pytest.approx(2 * first, rel=0.01)


@settings(max_examples=60)
@given(
    title=HOSTILE,
    bars=st.lists(st.tuples(HOSTILE, st.integers(0, 10**9), st.integers(0, 10**9)), max_size=80),
)
def test_charts_are_well_formed_named_and_stay_in_their_frame_whatever_the_names(
    title: str, bars: list[tuple[str, int, int]]
) -> None:
    drawn = (
        columns(title, title, [Bar(name, (count,)) for name, count, _ in bars], across=title),
        rows(title, title, [Bar(name, counts) for name, *counts in bars], ("one", "other")),  # type: ignore[arg-type] # a list does as well
    )
    for drawing in drawn:
        root = parsed(drawing)
        names = {one.attrib["id"] for one in root if "id" in one.attrib}
        assert root.attrib["role"] == "img"
        assert set(root.attrib["aria-labelledby"].split()) == names
        width, height = float(root.attrib["width"]), float(root.attrib["height"])
        for one in root.iter(f"{SVG}rect"):
            place = {key: float(one.get(key, 0)) for key in ("x", "y", "width", "height")}
            assert min(place.values()) >= 0
            assert place["x"] + place["width"] <= width + 0.2
            assert place["y"] + place["height"] <= height + 0.2
        assert not list(root.iter(f"{SVG}script"))


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_a_page_that_gives_a_date_of_another_age_does_not_break_the_chart(tmp_path: Path, published: str) -> None:
    dates = ["2020-01-01", "2024-05-05", published]
    made(tmp_path, *(conversion(f"a{at}", unit(0), published=date) for at, date in enumerate(dates)))
    drawing = (tmp_path / "plots/articles_by_month.svg").read_text(encoding="utf-8")
    assert len(heights(drawing, "s0")) == 3


def test_two_runs_over_the_same_give_the_same_card_and_charts(tmp_path: Path) -> None:
    found = unit(0, score=-0.5, findings=(finding("number", Severity.MAJOR),))
    given_ = [conversion("a", found, site="x", published="2024-02")]
    cards = []
    for name in ("one", "two"):
        made(tmp_path / name, *given_)
        cards.append({path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")})
    assert cards[0] == cards[1]
