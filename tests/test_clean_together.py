"""Articles cleaned together come out as if each were cleaned alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.clean import clean, clean_all, removed, survey
from normalize.clean.features import measure, measure_all
from normalize.clean.lines import Paragraph, paragraphs
from normalize.clean.model import forests
from normalize.clean.spread import Spread
from normalize.corpus import Article, Metadata
from normalize.read import read_text

LINES = (
    "Beranda",
    "Baca juga: Harga Beras Naik Lagi",
    "Bagikan",
    "Penulis: Sari Dewi",
    "3 Mei 2024",
    "Warga Kampung Melati Menanam Seribu Pohon",
    "Warga Kampung Melati Menanam Seribu...",
    "Les habitants du quartier ont planté mille arbres hier soir, selon la mairie.",
    "Warga kampung itu menanam seribu pohon di tepi sungai pada hari Minggu pagi.",
    "JAKARTA, Kabar - Warga menanam pohon, kata kepala desa yang memimpin kegiatan itu kepada wartawan.",
    "Pohon itu akan dirawat oleh anak-anak sekolah selama tiga tahun, kata Sari. " * 6,
    "记者昨天在河边看到许多居民种树。",
    "Foto: Budi/Kabar",
    "© 2024 Kabar",
    "x",
    "",
    " ",
)


def made(text: str, name: str, *, title: str = "") -> Article:
    return Article(id=name, path=f"a/{name}.txt", raw=text, text=text, sha256="", metadata=Metadata(title=title))


TEXTS = st.lists(st.lists(st.sampled_from(LINES) | st.text(max_size=40), max_size=25).map("\n".join), max_size=40)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_each_article_is_cleaned_as_if_it_were_alone(texts: list[str]) -> None:
    articles = [made(text, f"a{number}", title=LINES[5] * (number % 2)) for number, text in enumerate(texts)]
    recurrence = survey(articles)
    together = list(clean_all(articles, recurrence))
    assert together == [clean(article, recurrence) for article in articles]


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_each_page_has_the_numbers_it_has_alone(texts: list[str]) -> None:
    pages = [paragraphs(text) for text in texts] or [[]]
    for page, parts in zip(measure_all([(parts, "") for parts in pages]), pages, strict=True):
        alone = measure(parts)
        assert np.array_equal(page.matrix, alone.matrix)
        assert (page.first, page.last, page.title) == (alone.first, alone.last, alone.title)


def test_pages_with_markup_and_long_ones_stand_among_plain_ones() -> None:
    page = "<html><body><nav><a href='/'>Beranda</a></nav><h1>{}</h1><p>{}</p><p>{}</p></body></html>"
    html = read_text(page.format(LINES[5], LINES[8], LINES[9]).encode(), id="h", path="a/h.html", format="html")
    long = made("\n".join(f"{LINES[8]} {number}." for number in range(1100)), "long")
    short = [made("\n".join(LINES[at:]), f"s{at}") for at in range(12)]
    articles = [*short[:3], html, long, *short[3:], html]
    assert list(clean_all(articles)) == [clean(article) for article in articles]


def test_what_was_cleaned_before_stays_as_it_is() -> None:
    first = clean(made("\n".join(LINES), "one"))
    assert removed(first)
    again = dataclasses.replace(first, id="two")
    other = made("\n".join(LINES[3:]), "three")
    assert list(clean_all([first, other, again])) == [first, clean(other), again]


def test_a_few_articles_are_taken_before_the_first_is_given_and_no_more() -> None:
    taken: list[str] = []

    def endless() -> Iterator[Article]:
        number = 0
        while True:
            number += 1
            taken.append(f"a{number}")
            yield made("\n".join(LINES), taken[-1])

    cleaned = clean_all(endless())
    assert next(cleaned).id == "a1"
    assert len(taken) <= 32
    assert [next(cleaned).id for _ in range(50)] == [f"a{number}" for number in range(2, 52)]


def test_long_articles_are_not_gathered() -> None:
    taken: list[str] = []

    def articles() -> Iterator[Article]:
        for number in range(3):
            taken.append(f"a{number}")
            yield made("\n".join([LINES[8]] * 2000), taken[-1])

    next(clean_all(articles()))
    assert taken == ["a0"]


def test_no_articles_give_none() -> None:
    assert list(clean_all([])) == []
    assert measure_all([]) == []


@pytest.mark.parametrize("name", ["line", "title", "block"])
def test_a_row_gets_the_same_number_among_others_and_alone(name: str) -> None:
    forest = forests()[name]
    rows = np.random.default_rng(1).normal(scale=3, size=(50, int(forest.columns.max()) + 1)).astype(np.float32)
    alone = [forest.logits(rows[at : at + 1]) for at in range(len(rows))]
    assert np.array_equal(forest.logits(rows), np.concatenate(alone))


def brute_since(flags: list[bool]) -> list[float]:
    return [min([30, *(row - at for at in range(row + 1) if flags[at])]) for row in range(len(flags))]


@given(st.lists(st.lists(st.booleans(), max_size=40), min_size=1, max_size=5))
def test_no_window_reaches_into_another_page(pages: list[list[bool]]) -> None:
    spread = Spread([len(page) for page in pages])
    flags = np.array([flag for page in pages for flag in page], dtype=bool)
    values = flags.astype(np.float32)

    def expected(of: list[list[float]]) -> list[float]:
        return [value for page in of for value in page]

    def each(reach: slice) -> list[list[float]]:
        low, high = reach.start, reach.stop
        return [
            [float(sum(page[max(0, row + low) : max(0, row + high)])) for row in range(len(page))] for page in pages
        ]

    assert spread.since(flags).tolist() == expected([brute_since(page) for page in pages])
    assert spread.since(flags, back=True).tolist() == expected([brute_since(page[::-1])[::-1] for page in pages])
    assert spread.ahead(values, 6).tolist() == expected(each(slice(1, 7)))
    assert spread.behind(values, 6).tolist() == expected(each(slice(-6, 0)))
    assert spread.running(values).tolist() == expected(each(slice(-100, 1)))
    assert spread.totals(values).tolist() == [float(sum(page)) for page in pages]


@given(st.lists(st.lists(st.integers(0, 4), max_size=12), min_size=1, max_size=5))
def test_equal_keys_of_two_pages_are_two_sets(pages: list[list[int]]) -> None:
    spread = Spread([len(page) for page in pages])
    earliest, same, counts = spread.groups(np.array([key for page in pages for key in page], dtype=np.int64))
    start = 0
    for page in pages:
        for row, key in enumerate(page):
            found = same[start + row]
            assert counts[found] == page.count(key)
            assert earliest[found] == start + page.index(key)
        start += len(page)


def paragraph(text: str) -> Paragraph:
    return Paragraph(text, 0, len(text), 0)


def test_a_page_without_paragraphs_may_stand_anywhere() -> None:
    some = [paragraph(LINES[8]), paragraph(LINES[9])]
    orders: list[list[list[Paragraph]]] = [[[], some, some], [some, [], some], [some, some, []], [[], []]]
    for order in orders:
        pages = measure_all([(parts, "") for parts in order])
        assert [len(page.matrix) for page in pages] == [len(parts) for parts in order]
