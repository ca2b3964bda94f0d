"""Markdown: its marks go, its text and front matter stay."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.read.dates import iso_date
from normalize.read.markdown import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Judul #\n\n## Anak judul\nIsi.", "Judul\n\nAnak judul\nIsi."),
        ("Judul\n=====\n\nAnak\n----\nIsi.", "Judul\n\nAnak\nIsi."),
        ("Satu **dua** *tiga* __empat__ _lima_ ***enam*** ~~tujuh~~", "Satu dua tiga empat lima enam tujuh"),
        ("**Satu *dua* tiga**", "Satu dua tiga"),
        ("[Satu](https://a.id/x_(y)) ![dua](b.png) [tiga][3] <https://c.id>", "Satu dua tiga https://c.id"),
        ("[3]: https://d.id 'Judul'\nIsi.", "Isi."),
        ("- satu\n* dua\n  + tiga\n- [x] empat\n1. lima", "satu\ndua\n  tiga\nempat\n1. lima"),
        ("> kutipan\n>> dalam", "kutipan\ndalam"),
        ("Isi\n\n***\n\nlagi", "Isi\n\n\nlagi"),
        ("pakai `kode` di sini", "pakai kode di sini"),
        ("```python\n# bukan judul\n*x*\n```\nIsi.", "# bukan judul\n*x*\nIsi."),
        (r"\*bukan\* tekanan, 5\_000", "*bukan* tekanan, 5_000"),
        ("snake_case_name dan 2 * 3 * 4 dan a*b", "snake_case_name dan 2 * 3 * 4 dan a*b"),
        ("-5 derajat, #tagar, 1.000 orang", "-5 derajat, #tagar, 1.000 orang"),
        ("Tom &amp; Jerry <br/>lagi", "Tom & Jerry lagi"),
    ],
)
def test_marks_go_and_text_stays(text: str, expected: str) -> None:
    assert plain(text)[0] == expected


def test_front_matter_is_metadata() -> None:
    text, metadata = plain(
        '---\ntitle: "Kabar: kota"\ndate: 2024-05-17\nlang: in\nauthor: Sri\ntags:\n  - kota\n  - desa\n# komentar\n'
        "url: https://contoh.id/a\n---\n\nIsi.\n"
    )  # fmt: skip
    assert text == "Isi."
    assert (metadata.title, metadata.published, metadata.language) == ("Kabar: kota", "2024-05-17", "id")
    assert (metadata.author, metadata.tags, metadata.url) == ("Sri", ("kota", "desa"), "https://contoh.id/a")


@pytest.mark.parametrize("text", ["---\nSatu kalimat biasa.\n---\nDua.", "---\ntitle: tidak ditutup\n\nIsi."])
def test_what_only_looks_like_front_matter_stays(text: str) -> None:
    shown, metadata = plain(text)
    assert "kalimat biasa" in shown or "tidak ditutup" in shown
    assert metadata.title == ""


@pytest.mark.parametrize("text", ["# Kabar **kota**\n\nIsi.", "Kabar kota\n===\n\nIsi.", "\n\n# Kabar kota\n# Lain\n"])
def test_the_first_heading_of_the_first_level_is_the_title(text: str) -> None:
    assert plain(text)[1].title == "Kabar kota"


@pytest.mark.parametrize("piece", ["[", "![", "*", "**a", "_", "`", "[a](", "<a", "\\", "> ", "- ", "[a]: ", "*a"])
def test_a_hostile_line_is_read_in_seconds(piece: str) -> None:
    start = time.process_time()
    plain(piece * (60_000 // len(piece)))
    assert time.process_time() - start < 3


@given(st.text(alphabet="#*_`[]()<>!-=~ \n\\a:&;|1.", max_size=80))
def test_any_text_has_a_plain_form(text: str) -> None:
    shown, _ = plain(text)
    assert shown.count("\n") <= text.count("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-17", "2024-05-17"), ("2024/5/7", "2024-05-07"), ("2024-05-17 10:00", "2024-05-17T10:00:00"),
        ("2024-05-17T10:00:00Z", "2024-05-17T10:00:00+00:00"), ("Publié le 1er août 2023 à 10h52", "2023-08-01"),
        ("Senin, 3 Agustus 2020 | 09.12 WIB", "2020-08-03"), ("May 12, 2024", "2024-05-12"),
        ("12 déc. 2021", "2021-12-12"),
        ("1715940000", "2024-05-17T10:00:00+00:00"), ("1715940000000", "2024-05-17T10:00:00+00:00"),
        ("31 Februari 2024", ""), ("2024-13-45", ""), ("kemarin", ""), ("", ""), ("12 orang 2024", ""),
    ],
)  # fmt: skip
def test_a_date_becomes_iso_8601(text: str, expected: str) -> None:
    assert iso_date(text) == expected


@given(st.text(alphabet="0123456789-/:T Zmei+., ", max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    iso_date(text)
