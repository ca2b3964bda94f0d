"""HTML: a line for each block as a browser shows it, and what the markup says of each."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.corpus import Article
from normalize.errors import InputError
from normalize.read import read_text
from normalize.read.html import render

BODY = [
    "Wali kota membuka jembatan baru di pusat kota pada hari Senin setelah dua tahun pembangunan yang panjang.",
    "Menurut dia, jembatan itu akan memangkas waktu tempuh warga dari utara ke selatan menjadi sepuluh menit saja.",
    "Para pedagang berharap pasar di seberang sungai kembali ramai karena pembeli kini dapat datang berjalan kaki.",
    "Pemerintah juga berencana menanam seribu pohon di sepanjang jalan baru itu sebelum musim kemarau tiba nanti.",
]
PAGE = f"""<!DOCTYPE html><html lang="id-ID"><head><title>Jembatan baru dibuka - Contoh.id</title>
<meta property="og:title" content="Jembatan baru dibuka - Contoh.id">
<meta property="og:site_name" content="Contoh">
<meta name="description" content="Dua tahun &amp;quot;dinanti&amp;quot;.">
<link rel="canonical" href="https://www.contoh.id/kota/1">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite", "name": "x"}},
{{"@type": "NewsArticle", "headline": "Jembatan baru dibuka", "author": [{{"@type": "Person", "name": "Sri Wahyuni"}}],
"datePublished": "2024-05-17T10:00:00+07:00", "dateModified": "2024-05-17T11:30:00+07:00",
"editor": {{"name": "Budi"}}, "keywords": ["kota", "jembatan"]}}]}}</script></head><body>
<nav class="menu top">
<ul><li><a href="/">Beranda</a></li><li><a href="/k">Kota</a><a href="/d">Dunia</a></li></ul></nav>
<article id="main"><h1>Jembatan baru dibuka</h1>
<figure><img src="a.jpg"><figcaption>Jembatan itu. Foto: Sri</figcaption></figure>
{"".join(f"<p>{text}</p>" for text in BODY)}
<p>Baca juga: <a href="/x">Pasar lama ditutup tahun depan oleh kota</a></p></article>
<footer><p>Hak cipta dilindungi undang-undang</p></footer></body></html>"""


def page(html: str) -> Article:
    return read_text(html.encode(), id="a", path="a.html", format="html")


def lines(html: str) -> list[str]:
    return render(html).raw.split("\n")


def test_each_block_is_a_line_in_the_order_of_the_page() -> None:
    assert lines(PAGE) == [
        "Beranda", "Kota Dunia", "Jembatan baru dibuka", "Jembatan itu. Foto: Sri", *BODY,
        "Baca juga: Pasar lama ditutup tahun depan oleh kota", "Hak cipta dilindungi undang-undang",
    ]  # fmt: skip


def test_each_line_has_a_block_that_says_where_it_stood() -> None:
    article = page(PAGE)
    assert len(article.blocks) == len(article.raw.split("\n"))
    assert [block.tag for block in article.blocks] == ["li", "li", "h1", "figcaption", "p", "p", "p", "p", "p", "p"]
    assert article.blocks[0].path == "nav.menu.top>ul>li"
    assert article.blocks[4].path == "article#main>p"
    densities = [block.link_density for block in article.blocks]
    assert densities[:2] == [1.0, 1.0]
    assert 0.7 < densities[8] < 0.9
    assert densities[4] == 0


def test_extractors_vote_for_the_body_and_not_for_the_menu() -> None:
    votes = [block.votes for block in page(PAGE).blocks]
    assert all(len(names) >= 2 for names in votes[4:8])
    assert not votes[0]
    assert not votes[1]


def test_metadata_is_read_from_json_meta_elements_and_markup() -> None:
    metadata = page(PAGE).metadata
    assert (metadata.title, metadata.author, metadata.editor) == ("Jembatan baru dibuka", "Sri Wahyuni", "Budi")
    assert (metadata.published, metadata.updated) == ("2024-05-17T10:00:00+07:00", "2024-05-17T11:30:00+07:00")
    assert (metadata.site, metadata.url, metadata.language) == ("Contoh", "https://www.contoh.id/kota/1", "id-ID")
    assert metadata.caption == "Jembatan itu. Foto: Sri"
    assert metadata.tags == ("kota", "jembatan")
    assert metadata.subtitle == 'Dua tahun "dinanti".'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>satu <b>du</b>a\n  <i>tiga</i>  empat</p>", ["satu dua tiga empat"]),
        ("<p>satu<br>dua<br/>tiga</p>", ["satu", "dua", "tiga"]),
        ("<div>satu<p>dua</p>tiga</div>", ["satu", "dua", "tiga"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>", ["a", "b", "c"]),
        ("<ul><li>satu<ul><li>dua</li></ul></li></ul>", ["satu", "dua"]),
        ("<pre>a\n  b\n</pre>", ["a", "b"]),
        ("<p>«\u00a0oui\u00a0»</p>", ["«\u00a0oui\u00a0»"]),
        ("<p>a &amp; b &lt;c&gt; &eacute;</p>", ["a & b <c> é"]),
        ("<p>satu<script>var a</script><style>p{}</style><!-- x --><noscript>n</noscript> dua</p>", ["satu dua"]),
        ('<p>satu</p><p hidden>dua</p><p style="color:red; display : none">tiga</p><p style="display:block">empat</p>',
         ["satu", "empat"]),
        ("<template><p>a</p></template><iframe>b</iframe><svg><text>c</text></svg><p>satu</p>", ["satu"]),
        ("<select><option>d</select><p>satu</p>", ["satu"]),
        ("<p>sa<wbr>tu</p><p></p><p> \n </p><p>&nbsp;</p><p>dua", ["satu", "dua"]),
        ("<p>satu\u2028dua\u0085tiga</p>", ["satu dua tiga"]),
        ("<P>satu<P>dua</DIV></SPAN>tiga", ["satu", "duatiga"]),
        ("<a href=x>satu</a><a href=y>dua</a>", ["satu dua"]),
    ],
)  # fmt: skip
def test_text_is_joined_as_a_browser_joins_it(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


def hidden(address: str, key: int) -> str:
    return bytes([key, *(byte ^ key for byte in address.encode())]).hex()


def test_an_address_hidden_from_robots_is_read() -> None:
    code = hidden("sri@harian.example", 0x5A)
    link = f'<a href="/cdn-cgi/l/x" class="__cf_email__" data-cfemail="{code}">[email&#160;protected]</a>'
    assert lines(f"<p>Tulis ke {link} saja.</p>") == ["Tulis ke sri@harian.example saja."]
    assert lines(link.replace(code, "5a")) == lines(link.replace(code, "zz" * 9)) == ["[email\u00a0protected]"]


def test_a_page_without_text_is_an_error() -> None:
    for html in ("<html><body><script>1</script></body></html>", "<p>", "<!-- -->", "<br>", "<p hidden>satu</p>"):
        with pytest.raises(InputError):
            page(html)


def test_the_pages_own_encoding_is_believed() -> None:
    data = '<html><head><meta charset="windows-1251"></head><body><p>Мост открыт.</p></body></html>'.encode("cp1251")
    article = read_text(data, id="a", path="a.html", format="html")
    assert (article.raw, article.encoding) == ("Мост открыт.", "windows-1251")


def test_external_entities_and_doctypes_are_not_resolved() -> None:
    html = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "yyyy">]><p>satu &x; &y; dua</p>'
    assert render(html).raw.endswith("satu &x; &y; dua")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "<p>satu</p>dua",
        "<b>" * 100_000 + "satu<p>dua</p>",
        "<div>" * 3_000 + "satu" + "</div>" * 3_000 + "<p>dua</p>",
        "<a><b><i><font>" * 5_000 + "<p>satu</p>dua",
        "<table><tr><td>" * 20_000 + "satu dua",
        "<ul><li>" * 20_000 + "satu dua",
        "<p>satu dua</p>" + "<" * 200_000,
        "<p>satu dua</p>" + "<a " * 100_000,
        "<p>satu dua</p>" + "<!--" * 100_000,
        "satu dua<p " + "a=b " * 100_000 + ">",
        "<p class='" + "x " * 200_000 + "'>satu dua",
        "<script type='application/ld+json'>" + "[" * 200_000 + "</script><p>satu dua",
        "<p>satu dua" + "&amp" * 100_000,
    ],
    ids=range(13),
)
def test_a_hostile_page_is_read_to_its_end_in_seconds(html: str) -> None:
    start = time.process_time()
    raw = page(html).raw
    assert "satu" in raw
    assert "dua" in raw
    assert time.process_time() - start < 5


def test_many_short_paragraphs_are_read_in_seconds() -> None:
    start = time.process_time()
    assert page("<p>satu dua tiga</p>" * 30_000).raw.count("\n") == 29_999
    assert time.process_time() - start < 8


FRAGMENTS = st.sampled_from(
    [
        "<p>", "</p>", "<div class='a b' id=c>", "</div>", "<br>", "<a href=x>", "</a>", "<pre>", "</pre>", "<li>",
        "<td>", "</table>", "<h1>", "satu", " ", "\n", "&nbsp;", "&#13;", "<script>", "</script>", "<svg>", "<body>",
        "<head>", "<html lang=xx>", "<title>", "<meta property=og:title content=x>", "<form>", "<select>", "<p hidden>",
        "<table>", "\u2028", "<!--", "-->", "<math>", "\x00", "<script type='application/ld+json'>", "<article>",
        '{"@type": "Article", "author": [null, 3]}', "<base href=//[>", "<link rel=canonical href='http://[x'>",
        "<time datetime=9999-99-99>", "<b", "=", "'",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, max_size=25).map("".join))
def test_any_markup_gives_lines_parallel_to_blocks(html: str) -> None:
    try:
        found = render(html)
    except InputError:
        return
    assert len(found.blocks) == len(found.raw.split("\n")) == len(found.raw.splitlines())
    assert all(line.strip() for line in found.raw.split("\n"))
    assert all(0 <= block.link_density <= 1 and len(block.path) <= 200 for block in found.blocks)
