"""The cleaner's parts: dates, names, datelines, paragraphs, site rules, recurrence."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.clean import SiteRules, load, survey
from normalize.clean.dates import date_share, find_date
from normalize.clean.inline import cuts, dateline
from normalize.clean.lines import paragraphs
from normalize.clean.shapes import is_breadcrumb, is_initials, is_joined_menu, match_byline, match_credit
from normalize.corpus import Article, Metadata
from normalize.errors import UsageError


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Senin, 6 Mei 2024 10:15 WIB", "2024-05-06T10:15:00+07:00"),
        ("Jum'at, 17 Agustus 2018 | 07.30 WITA", "2018-08-17T07:30:00+08:00"),
        ("Kamis 05/11/2015", "2015-11-05"),
        ("Publié le 6 avril 2023 à 14h20", "2023-04-06T14:20:00"),
        ("Publié le 1er août 2022", "2022-08-01"),
        ("le 18 juil. 2024 à 08:01", "2024-07-18T08:01:00"),
        ("Mis à jour le 05.05.2015 à 20h13 CET", "2015-05-05T20:13:00+01:00"),
        ("Nov. 19, 2019 5:50 PM", "2019-11-19T17:50:00"),
        ("24 July 2015", "2015-07-24"),
        ("July 4, 2021 12:05 am EST", "2021-07-04T00:05:00-05:00"),
        ("2024-05-21 03:45:05", "2024-05-21T03:45:05"),
        ("2024-05-21T03:45:05+07:00", "2024-05-21T03:45:05+07:00"),
        ("1700000000", "2023-11-14T22:13:20+00:00"),
    ],
)
def test_dates_of_three_languages_become_iso(text: str, wanted: str) -> None:
    assert find_date(text)[0] == wanted
    assert date_share(text) > 0.75


def test_a_second_date_is_the_update() -> None:
    assert find_date("Publié le 28/03/2023 12:21 Mis à jour le 29/03/2023 08:54") == (
        "2023-03-28T12:21:00",
        "2023-03-29T08:54:00",
    )


@pytest.mark.parametrize("text", ["31/02/2024", "2024-13-40", "1234567", "Rp2.024.000", "99 Mei 2024", ""])
def test_what_is_no_date_gives_none(text: str) -> None:
    assert find_date(text) == ("", "")


@given(st.text(max_size=120))
def test_date_share_is_a_share(text: str) -> None:
    assert 0.0 <= date_share(text) <= 1.0
    find_date(text)


@pytest.mark.parametrize(
    ("text", "place", "source"),
    [
        ("JAKARTA, HARIAN.com - Harga naik.", "JAKARTA", "HARIAN.com"),
        ("HARIAN.CO.ID, Jakarta - Harga naik.", "Jakarta", "HARIAN.CO.ID"),
        ("Harian.com, Jakarta Selatan – Harga naik.", "Jakarta Selatan", "Harian.com"),
        ("Jakarta (ANTARA) - Harga naik.", "Jakarta", "ANTARA"),
        ("PARIS (AFP) — Le ministre part.", "PARIS", "AFP"),
        ("Jakarta, CNN Indonesia -- Harga naik.", "Jakarta", "CNN Indonesia"),
        ("LONDON, May 3 (Reuters) - The bank cut its rate.", "LONDON", "Reuters"),
        ("harianku – Harga naik.", "", "harianku"),
    ],
)
def test_a_dateline_names_place_and_source(text: str, place: str, source: str) -> None:
    found = dateline(text)
    assert found is not None
    assert (found.place, found.site or found.agency) == (place, source)
    assert text[found.end :].split(maxsplit=1)[0] in {"Harga", "Le", "The"}


@pytest.mark.parametrize(
    "text",
    [
        "Harga naik - Pedagang mengeluh.",
        "Emmanuel Macron – le président – part.",
        "Dia datang – Saya pergi.",
        "– Harga naik.",
        "Warga Desa Baru - Kecamatan Lama mengeluh.",
        "",
        "-",
        "Pemerintah menaikkan harga (BBM) - Warga mengeluh.",
    ],
)
def test_a_dash_in_a_sentence_is_no_dateline(text: str) -> None:
    assert dateline(text) is None


def test_tails_are_cut_after_the_sentence_only() -> None:
    text = "Harga naik lagi, kata pedagang. Baca juga: Panen Garam Mundur"
    (cut,) = cuts(text, lead=False, closing=False)
    assert text[: cut.start] == "Harga naik lagi, kata pedagang."
    assert cuts("Anak-anak diminta membaca juga: satu halaman.", lead=True, closing=True) == []
    assert cuts("Ia bekerja di Bank Tanah (BT).", lead=True, closing=True) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Penulis : AFP", ("penulis", "AFP")),
        ("Redaktur: Lili Sari", ("redaktur", "Lili Sari")),
        ("Par Luc Petit", ("par", "Luc Petit")),
        ("By Ann Lee and Bo Chan", ("by", "Ann Lee and Bo Chan")),
        ("Editor:", ("editor", "")),
        ("Par ailleurs, le maire part.", None),
        ("By then it was late.", None),
        ("Sumber air itu kering.", None),
        ("di Jakarta warga menunggu", None),
    ],
)
def test_bylines_are_told_from_sentences(text: str, wanted: tuple[str, str] | None) -> None:
    assert match_byline(text) == wanted


def test_shapes_know_their_own() -> None:
    assert is_initials("(abc/def)")
    assert not is_initials("(Ia tidak datang.)")
    assert is_breadcrumb("Home » Ekonomi » Harga Beras Naik")
    assert not is_breadcrumb("Ia bertanya: mengapa harga naik > dua kali?")
    words = ["Nasional", "Ekonomi", "Olahraga", "Wisata", "Opini", "Foto", "Video"]
    assert is_joined_menu(" ".join(words), len(words), 7)
    assert match_credit("Foto: Budi/Antara") == "label"
    assert match_credit("Rani SariFoto: @rani/Twitter") == "glued"
    assert match_credit("Foto itu: bukti baru bagi polisi, kata hakim di sidang.") == ""


@given(st.lists(st.text(alphabet="ab .\t", max_size=30), max_size=20))
def test_paragraphs_stand_where_they_say(lines: list[str]) -> None:
    text = "\n".join(lines)
    for part in paragraphs(text):
        assert text[part.start : part.end] == part.text
        assert text[: part.start].count("\n") == part.line
        assert part.text == part.text.strip()


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "rules.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_rules_file_is_read_in_order(tmp_path: Path) -> None:
    rules = load(
        write(
            tmp_path,
            '[[rule]]\nsite = "*.harian.example"\ndrop = "Ikuti"\nmatch = "prefix"\n'
            '[[rule]]\nsite = "*"\nmeta = "^Laporan: (.+)$"\nmatch = "pattern"\nfield = "author"\n',
        )
    )
    own = Article(
        id="a", path="x/a.txt", raw="", text="", sha256="", metadata=Metadata(url="https://www.harian.example/1")
    )
    assert [rule.number for rule in rules.of(own)] == [1, 2]
    assert rules.rules[1].match(" Laporan: Rani ") == "Rani"
    assert [rule.number for rule in rules.of(Article(id="b", path="b.txt", raw="", text="", sha256=""))] == [2]
    assert SiteRules().of(own) == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[[rule]", "is not TOML"),
        ("x = 1", "other than"),
        ("rule = 3", "other than"),
        ("rule = [3]", "other than"),
        ('[[rule]]\nsite = "*"\ndorp = "x"', "unknown key 'dorp'"),
        ('[[rule]]\nsite = "*"\ndrop = 3', "'drop' that is no"),
        ('[[rule]]\nsite = "*"', "exactly one of"),
        ('[[rule]]\nsite = "*"\ndrop = "a"\nkeep = "b"', "exactly one of"),
        ('[[rule]]\ndrop = "a"', "has no site"),
        ('[[rule]]\nsite = "*"\ndrop = "a"\nmatch = "glob"', "unknown match 'glob'"),
        ('[[rule]]\nsite = "*"\nmeta = "a"\nfield = "colour"', "unknown field 'colour'"),
        ('[[rule]]\nsite = "*"\nmeta = "a"', "unknown field ''"),
        ('[[rule]]\nsite = "*"\ndrop = "a"\nfield = "author"', "unknown field 'author'"),
        ('[[rule]]\nsite = "*"\ndrop = "("\nmatch = "pattern"', "no regular expression"),
    ],
)
def test_a_bad_rules_file_is_one_clear_error(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(UsageError, match=what) as caught:
        load(write(tmp_path, text))
    assert caught.value.path is not None
    assert caught.value.advice


def test_a_missing_or_unreadable_rules_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        load(tmp_path / "none.toml")
    path = tmp_path / "rules.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="cannot be read"):
        load(path)


def test_a_pattern_that_takes_too_long_does_not_match(tmp_path: Path) -> None:
    rules = load(write(tmp_path, '[[rule]]\nsite = "*"\ndrop = "(a|a)*(a|a)*(a|a)*b$"\nmatch = "pattern"\n'))
    assert rules.rules[0].match("a" * 3000) is None


def named(name: str, text: str, **fields: str) -> Article:
    return Article(id=name, path=f"site/{name}.txt", raw=text, text=text, sha256="", metadata=Metadata(**fields))  # type: ignore[arg-type]


def story(seed: int) -> str:
    subjects = ("Nelayan", "Petani", "Pedagang", "Guru", "Bupati", "Warga")
    return "\n".join(
        f"{subjects[(seed + at) % 6]} nomor {seed * 7 + at} mengatakan bahwa rencana ke-{seed * at} akan dibahas pada "
        f"rapat {seed + 3 * at} bersama kelompok {seed * 11 + at} di balai {chr(97 + seed)}{chr(97 + at)}."
        for at in range(6)
    )


def test_a_repeated_article_is_found_and_does_not_make_its_lines_recur() -> None:
    first, second, third = named("a", story(1)), named("b", story(1) + "\nBagikan"), named("c", story(2) + "\nBagikan")
    recurrence = survey([first, second, third])
    assert recurrence.duplicates == {"b": "a"}
    assert recurrence.articles(first) == 2
    assert recurrence.frequency(first, story(1).split("\n")[0]) == 1


def test_lines_are_counted_by_site_with_numbers_masked() -> None:
    articles = [
        named(f"a{n}", f"{story(n)}\nDibaca {n * 100} kali", url=f"https://{'x' if n < 3 else 'y'}.example/{n}")
        for n in range(5)
    ]
    recurrence = survey(articles)
    assert recurrence.frequency(articles[0], "Dibaca 7 kali") == 3
    assert recurrence.frequency(articles[4], "Dibaca 7 kali") == 2
    assert recurrence.frequency(articles[0], "Tidak ada") == 0


def test_the_title_of_another_article_is_known() -> None:
    one, two = (
        named("a", story(1), title="Panen Garam Mundur Sebulan"),
        named("b", story(2), title="Kapal Cepat Berhenti Beroperasi"),
    )
    recurrence = survey([one, two])
    assert recurrence.is_title(one, "Kapal Cepat Berhenti Beroperasi")
    assert not recurrence.is_title(two, "Kapal Cepat Berhenti Beroperasi")


def test_order_does_not_change_what_recurs() -> None:
    articles = [named(f"a{n}", f"{story(n)}\nBagikan {n}") for n in range(6)]
    forward, backward = survey(articles), survey(reversed(articles))
    assert [forward.frequency(articles[0], "Bagikan 1")] == [backward.frequency(articles[0], "Bagikan 1")] == [6]


NOTICES = (
    "Semua tulisan di halaman ini adalah tanggung jawab penulisnya dan tidak selalu sejalan dengan pandangan kami.",
    "Dengan membaca halaman ini pembaca setuju bahwa kami menghitung kunjungan tanpa menyimpan nama siapa pun.",
    "Surat pembaca dikirim ke kantor kami paling lambat hari Kamis supaya masih sempat dimuat akhir pekan nanti.",
)
BRIEFS = tuple(
    f"Kapal {name} berlayar {time} menuju pulau {place} membawa beras, minyak, dan dua puluh karung surat."
    for name, time, place in (
        ("Bintang", "subuh tadi", "Rote"),
        ("Cahaya", "pada malam hari", "Alor"),
        ("Teratai", "sesudah hujan reda", "Sabu"),
        ("Melati", "lebih cepat daripada biasanya", "Adonara"),
    )
)


def many(*texts: str) -> list[Article]:
    return [Article(id=str(number), path="a.txt", raw=text, text=text, sha256="0") for number, text in enumerate(texts)]


def test_notices_on_every_page_do_not_make_short_articles_alike() -> None:
    found = survey(many(*("\n".join([brief, *NOTICES]) for brief in BRIEFS)))
    assert not {"2", "3"} & set(found.duplicates)


def test_every_copy_of_an_article_is_linked_to_the_first() -> None:
    pages = ["\n".join([brief, *NOTICES]) for brief in BRIEFS[2:]]
    copies = ["\n".join([" ".join(BRIEFS[:2]), *NOTICES, f"Halaman {number}"]) for number in range(5)]
    found = survey(many(*pages, *copies))
    assert {found.duplicates.get(str(number)) for number in range(3, 7)} == {"2"}
