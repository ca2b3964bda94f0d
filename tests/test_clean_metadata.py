"""What the lines that leave the text say about the article is lifted, in three languages; inline furniture is cut."""

# ruff: noqa: E501 - the samples are lines of articles, and sentences are long

from __future__ import annotations

import pytest

from normalize.clean import clean, removed
from normalize.corpus import Article

TITLES = {
    "id": "Nelayan Muara Angin Tolak Rencana Pelabuhan Batu Bara",
    "fr": "Le maire rouvre la gare et promet deux trains de plus",
    "en": "Mayor reopens the station and promises two more trains",
}
BODIES = {
    "id": (
        "Ratusan nelayan di Muara Angin menolak rencana pelabuhan batu bara yang akan dibangun di teluk tempat mereka melaut.",
        "Mereka berkumpul di balai desa sejak pagi dan meminta pemerintah daerah membuka dokumen izin lingkungan kepada warga.",
        "“Kalau teluk ini ditutup, kami mencari ikan di mana lagi?” kata Darmin, nelayan berusia 52 tahun, di depan warga.",
        "Kepala dinas perhubungan mengatakan izin lingkungan belum terbit dan perusahaan baru mengajukan rencana awal.",
    ),
    "fr": (
        "La gare de la petite ville, fermée depuis douze ans, a rouvert lundi matin devant une centaine d'habitants.",
        "Le maire a promis deux trains de plus par jour dès septembre, si la région accepte de payer la moitié des travaux.",
        "« Nous avons attendu ce moment pendant des années », a déclaré une commerçante de la place.",
        "Selon la région, la ligne transportera deux cents voyageurs par jour, contre une soixantaine en autocar.",
    ),
    "en": (
        "The old railway station opened again on Monday morning after twelve years of silence, to the sound of a brass band.",
        "The mayor promised two more trains a day from September if the county pays for half of the works on the track.",
        "“We have waited for this for years,” said a shopkeeper whose window looks onto the square.",
        "About two hundred passengers are expected every day, against some sixty who take the bus now.",
    ),
}


def cleaned(language: str, head: tuple[str, ...] = (), foot: tuple[str, ...] = (), first: str = "") -> Article:
    body = BODIES[language]
    text = "\n".join([TITLES[language], *head, first or body[0], *body[1:], *foot])
    return clean(Article(id="a", path="a.txt", raw=text, text=text, sha256="0"))


@pytest.mark.parametrize(
    ("language", "head", "foot", "wanted"),
    [
        (
            "id",
            ("Penulis: Wulan Tari", "Senin, 6 Mei 2024 10:15 WIB", "Diperbarui: Selasa, 7 Mei 2024 | 08:00 WIB"),
            ("Editor : Sapto Adi", "Sumber: Antara", "Tags: pelabuhan, nelayan", "© 2024 Harian Contoh"),
            {
                "author": "Wulan Tari",
                "editor": "Sapto Adi",
                "agency": "Antara",
                "published": "2024-05-06T10:15:00+07:00",
                "updated": "2024-05-07T08:00:00+07:00",
                "tags": ("pelabuhan", "nelayan"),
                "site": "Harian Contoh",
            },
        ),
        (
            "id",
            ("1715940000", "Foto: Antara/Budi Santoso"),
            ("Penulis: Wulan Tari | Editor: Sapto Adi", "#pelabuhan #nelayan"),
            {
                "author": "Wulan Tari",
                "editor": "Sapto Adi",
                "published": "2024-05-17T10:00:00+00:00",
                "tags": ("pelabuhan", "nelayan"),
                "caption": "Foto: Antara/Budi Santoso",
            },
        ),
        ("id", ("Jakarta -",), (), {"place": "Jakarta"}),
        (
            "fr",
            (
                "Par Odile Marchetti avec AFP",
                "Publié le 6 mai 2024 à 10h15, mis à jour le 7 mai 2024 à 08h00 CET",
                "La gare de Valmorin, le 6 mai 2024. Photo : Jean Ferrand/Le Quotidien",
            ),
            ("Mots-clés : gare, train, région",),
            {
                "author": "Odile Marchetti",
                "agency": "AFP",
                "published": "2024-05-06T10:15:00",
                "updated": "2024-05-07T08:00:00+01:00",
                "caption": "La gare de Valmorin, le 6 mai 2024. Photo : Jean Ferrand/Le Quotidien",
                "tags": ("gare", "train", "région"),
            },
        ),
        (
            "en",
            ("By Nora Feldt", "Published 6 May 2024 10:15 GMT", "Updated 7 May 2024 09:00 GMT"),
            ("Reporting by Nora Feldt; Editing by Tom Quist", "Topics: trains, travel"),
            {
                "author": "Nora Feldt",
                "editor": "Tom Quist",
                "published": "2024-05-06T10:15:00+00:00",
                "updated": "2024-05-07T09:00:00+00:00",
                "tags": ("trains", "travel"),
            },
        ),
    ],
)
def test_dropped_lines_give_the_metadata(
    language: str, head: tuple[str, ...], foot: tuple[str, ...], wanted: dict[str, object]
) -> None:
    result = cleaned(language, head, foot)
    assert result.text.split("\n") == [TITLES[language], *BODIES[language]]
    assert {name: getattr(result.metadata, name) for name in wanted} == wanted
    assert result.metadata.title == TITLES[language]


@pytest.mark.parametrize(
    ("language", "before", "after", "rule"),
    [
        ("id", "harianku – ", "", "dateline"),
        ("id", "JAKARTA, HARIAN.com - ", "", "dateline"),
        ("fr", "PARIS (AFP) - ", "", "dateline"),
        ("en", "WESTBRIDGE, May 3 (Reuters) - ", "", "dateline"),
        ("id", "", " (afr/afr)", "initials-tail"),
        ("id", "", " Baca juga: Panen Garam Mundur Sebulan", "also-read-tail"),
        ("fr", "", " Lire aussi : Le pont reste fermé", "also-read-tail"),
        ("en", "ADVERTISEMENT ", "", "advert-mark"),
    ],
)
def test_furniture_glued_to_a_sentence_is_cut_and_the_sentence_stays(
    language: str, before: str, after: str, rule: str
) -> None:
    result = cleaned(language, first=before + BODIES[language][0] + after)
    assert result.text.split("\n") == [TITLES[language], *BODIES[language]]
    assert [item.rule for item in removed(result)] == [rule]


def test_a_caption_whose_credit_is_glued_on_goes() -> None:
    result = cleaned("id", ("Rina WijayaPhoto: x/Twitter",))
    assert result.text.split("\n") == [TITLES["id"], *BODIES["id"]]
    assert result.metadata.caption == "Rina WijayaPhoto: x/Twitter"


def test_the_title_cut_short_is_the_title_again() -> None:
    result = cleaned("fr", (TITLES["fr"][:30] + "…",))
    assert result.text.split("\n") == [TITLES["fr"], *BODIES["fr"]]
    assert removed(result)[0].rule == "repeated-title"
