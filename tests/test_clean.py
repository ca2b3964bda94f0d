"""The cleaner as a whole: what goes, what stays, and that all of it is written down."""

# ruff: noqa: E501 - the samples are lines of articles, and sentences are long

from __future__ import annotations

import dataclasses
import unicodedata

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from normalize.clean import clean, removed, restore, stats
from normalize.corpus import Article, Block, Metadata, replay
from normalize.errors import UsageError

TITLE = "Nelayan Muara Angin Tolak Rencana Pelabuhan Batu Bara"
BODY = (
    "Ratusan nelayan di Muara Angin menolak rencana pelabuhan batu bara yang akan dibangun di teluk tempat mereka melaut setiap hari.",
    "Mereka berkumpul di balai desa sejak pagi dan meminta pemerintah daerah membuka dokumen izin lingkungan kepada warga.",
    "“Kalau teluk ini ditutup, kami mencari ikan di mana lagi?” kata Darmin, nelayan berusia 52 tahun, di depan warga.",
    "Izin Belum Terbit",
    "Kepala dinas perhubungan mengatakan izin lingkungan belum terbit dan perusahaan baru mengajukan rencana awal bulan lalu.",
    "Tidak.",
    "Begitu jawaban bupati ketika ditanya apakah pelabuhan itu sudah pasti dibangun tahun depan di teluk tersebut.",
    "Perusahaan menyatakan pelabuhan akan memberi kerja bagi lima ratus orang dan menjanjikan ganti rugi untuk pemilik perahu.",
)


def article(text: str, **fields: object) -> Article:
    base = Article(id="a", path="a.txt", raw=text, text=text, sha256="0")
    return dataclasses.replace(base, **fields)  # type: ignore[arg-type]


def cleaned(*lines: str) -> Article:
    return clean(article("\n".join(lines)))


def test_clean_text_stays_byte_for_byte() -> None:
    text = "\n".join([TITLE, *BODY])
    result = clean(article(text))
    assert result.text == text
    assert result.edits == ()


def test_furniture_around_the_article_goes_and_the_body_stays() -> None:
    result = cleaned(
        "Beranda",
        "Nasional",
        "Ekonomi",
        "Beranda » Ekonomi » Maritim",
        TITLE,
        "Penulis: Wulan Tari",
        "Senin, 6 Mei 2024 10:15 WIB",
        "Bagikan",
        TITLE,
        *BODY,
        "Editor : Sapto Adi",
        "(wul/sap)",
        "Tag:",
        "pelabuhan",
        "nelayan",
        "Berita Terkait",
        "Panen Garam Mundur Sebulan",
        "4 jam lalu",
        "Kapal Cepat Berhenti Beroperasi",
        "5 jam lalu",
        "Komentar",
        "Tentang Kami",
        "© 2024 Harian Contoh",
    )
    assert result.text.split("\n") == [TITLE, *BODY]


def test_dropped_lines_give_the_metadata() -> None:
    found = cleaned(
        TITLE,
        "Penulis: Wulan Tari",
        "Senin, 6 Mei 2024 10:15 WIB",
        *BODY,
        "Editor : Sapto Adi",
        "Sumber: Antara",
        "Tags: pelabuhan, nelayan",
    ).metadata
    assert (found.title, found.author, found.editor, found.agency) == (TITLE, "Wulan Tari", "Sapto Adi", "Antara")
    assert (found.published, found.tags) == ("2024-05-06T10:15:00+07:00", ("pelabuhan", "nelayan"))


def test_metadata_of_the_page_is_not_overwritten() -> None:
    text = "\n".join([TITLE, "Penulis: Wulan Tari", *BODY])
    assert clean(article(text, metadata=Metadata(author="W. T. Arini"))).metadata.author == "W. T. Arini"


def test_a_brief_of_one_paragraph_survives() -> None:
    assert cleaned(BODY[1]).text == BODY[1]
    assert cleaned("Rapat ditunda.").text == "Rapat ditunda."


def test_a_title_and_one_short_paragraph_survive_their_frame() -> None:
    lines = cleaned("Beranda", TITLE, "Bagikan", BODY[0], "Komentar").text.split("\n")
    assert lines == [TITLE, BODY[0]]


def test_something_is_kept_even_when_every_line_looks_like_furniture() -> None:
    assert cleaned("Home", "Share", "Login").text != ""


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n"])
def test_nothing_stays_nothing(text: str) -> None:
    result = clean(article(text))
    assert result.text == ""
    assert removed(result) == []


def test_blank_lines_and_indents_go_without_being_listed() -> None:
    result = clean(article("\n\n" + "\n\n  ".join([TITLE, *BODY]) + "\n\n"))
    assert result.text.split("\n") == [TITLE, *BODY]
    assert removed(result) == []


def test_hard_wrapped_lines_become_paragraphs() -> None:
    wrapped = []
    for paragraph in (TITLE, *BODY[:5]):
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) + 1 > 60:
                wrapped.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        wrapped += [line, ""]
    assert clean(article("\n".join(wrapped))).text.split("\n") == [TITLE, *BODY[:5]]


def test_words_hyphenated_at_line_ends_are_joined_where_the_article_shows_how() -> None:
    lines = [
        "Para nelayan di teluk itu menolak pelabuhan batu bara yang akan dibangun peme-",
        "rintah daerah di pesisir utara, tempat mereka melaut setiap hari sejak kakek-",
        "kakek mereka membuka kampung. Menurut pemerintah, izin lingkungan belum terbit",
        "dan perusahaan baru mengajukan rencana awal pada bulan lalu kepada kabupa-",
        "ten. Warga meminta dokumen itu dibuka agar semua orang dapat membaca apa yang",
        "akan dibangun di sana, berapa biayanya, dan siapa yang akan menanggung rugi.",
    ]
    text = "\n".join(lines)
    result = clean(article(text))
    joined = "Para nelayan di teluk itu menolak pelabuhan batu bara yang akan dibangun pemerintah daerah"
    assert result.text.startswith(joined)
    assert "kakek-kakek mereka" in result.text, "a hyphen of the word's own stays"
    assert "kabupa-ten." in result.text, "without evidence the hyphen stays"
    assert replay(text, result.edits) == result.text
    assert removed(result) == []


def test_a_dateline_loses_the_site_and_gives_the_place() -> None:
    result = cleaned(TITLE, "MUARA ANGIN, HARIAN.com - " + BODY[0], *BODY[1:])
    assert result.text.split("\n")[1] == BODY[0]
    assert (result.metadata.place, result.metadata.site) == ("MUARA ANGIN", "HARIAN.com")


def test_a_place_alone_stays_in_its_sentence_and_is_noted() -> None:
    result = cleaned(TITLE, "MUARA ANGIN - " + BODY[0], *BODY[1:])
    assert result.text.split("\n")[1] == "MUARA ANGIN - " + BODY[0]
    assert result.metadata.place == "MUARA ANGIN"


def test_each_removal_says_rule_evidence_text_and_line() -> None:
    result = cleaned("Beranda", TITLE, *BODY, "Berita Terkait")
    first, last = removed(result)
    assert (first.id, first.rule, first.text, first.line, first.whole) == ("a:1", "navigation", "Beranda", 0, True)
    assert (last.id, last.rule, last.line) == ("a:11", "related", 10)
    assert "beranda" in first.evidence


def test_restoring_a_line_puts_it_back_where_it_stood() -> None:
    lines = ["Beranda", TITLE, "Bagikan", *BODY, "Berita Terkait", "Komentar"]
    result = cleaned(*lines)
    assert restore(result, [item.id for item in removed(result)]).text.split("\n") == lines
    assert restore(result, ["a:3"]).text.split("\n") == [TITLE, "Bagikan", *BODY]
    assert restore(result, ["a:13"]).text.split("\n") == [TITLE, *BODY, "Komentar"]


def test_restoring_what_was_not_removed_is_an_error() -> None:
    with pytest.raises(UsageError, match="a:99"):
        restore(cleaned(TITLE, *BODY), ["a:99"])


def test_stats_count_lines_by_rule() -> None:
    counts = {
        count.rule: count
        for count in stats([cleaned("Beranda", "Beranda", TITLE, *BODY), cleaned("Beranda", TITLE, *BODY)])
    }
    assert (counts["navigation"].lines, counts["navigation"].articles) == (3, 2)


def test_html_blocks_the_extractors_kept_stay_and_linked_lists_go() -> None:
    votes = frozenset({"trafilatura", "trafilatura-recall", "readability"})
    menu = ["Ekonomi", "Maritim", "Panen Garam Mundur Sebulan"]
    lines = [*menu, TITLE, *BODY, *menu]
    blocks = (
        *[Block(tag="li", link_density=1.0, path="nav.menu>ul>li")] * 3,
        Block(tag="h1", path="article>h1"),
        *[Block(tag="p", path="article.post>p", votes=votes)] * len(BODY),
        *[Block(tag="li", link_density=1.0, path="aside.related>ul>li")] * 3,
    )
    result = clean(article("\n".join(lines), format="html", blocks=blocks))
    assert result.text.split("\n") == [TITLE, *BODY]


def test_blocks_that_do_not_fit_the_text_are_not_used() -> None:
    text = "\n".join([TITLE, *BODY])
    assert clean(article(text, blocks=(Block(tag="p"),))).text == text


LINES = st.one_of(
    st.sampled_from(
        [
            TITLE,
            *BODY,
            "Bagikan",
            "Beranda",
            "Komentar",
            "Baca juga: Panen Garam",
            "Foto: Antara/Budi",
            "(abc/def)",
            "",
            " ",
            "Home » A » B",
            "4 jam lalu",
            "2024-05-21 03:45:05",
            "HARIAN.com - " + BODY[1],
            BODY[2] + " (abc/def)",
        ]
    ),
    st.text(alphabet=st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=60),
)


def kept_lines(text: str) -> list[str]:
    """Fold the white space of a text's lines, for comparing."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


@settings(max_examples=120, deadline=None)
@given(st.lists(LINES, max_size=30))
def test_edits_replay_and_no_word_is_made_up(lines: list[str]) -> None:
    text = "\n".join(lines)
    result = clean(article(text))
    assert replay(text, result.edits) == result.text
    assert all(edit.before != edit.after for edit in result.edits)
    spans = [edit.span for edit in result.edits]
    assert spans == sorted(spans, reverse=True)
    source = iter("".join(text.split()))
    assert all(char in source for char in "".join(result.text.split()))
    assert "\n\n" not in result.text


@settings(max_examples=80, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_what_is_removed_can_be_restored(lines: list[str]) -> None:
    text = "\n".join(lines)
    result = clean(article(text))
    back = restore(result, [item.id for item in removed(result)])
    assert "".join(back.text.split()) == "".join(text.split())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Bagikan",
                "Beranda",
                "Komentar",
                "Baca juga: Panen Garam Mundur",
                "Berita Terkait",
                "4 jam lalu",
                "Editor : Sapto Adi",
            ]
        ),
        max_size=3,
    ),
    st.sampled_from([0, 1, 2, 3, 4, 5, 8]),
)
def test_furniture_of_known_phrases_goes_wherever_it_stands(furniture: list[str], place: int) -> None:
    lines = [TITLE, *BODY]
    # After what ends an article a short line is furniture to any reader, and a list's first entry after its heading.
    following = " ".join(lines[place + 1 : place + 2])
    assume(len(following.split()) > 3 or {"Berita Terkait", "Komentar", "Editor : Sapto Adi"}.isdisjoint(furniture))
    result = cleaned(*lines[: place + 1], *furniture, *lines[place + 1 :])
    assert result.text.split("\n") == lines
    again = clean(article(result.text))
    assert again.text == result.text


def test_composed_and_decomposed_letters_are_left_as_they_are() -> None:
    line = unicodedata.normalize(
        "NFD", "Élodie a déclaré à la presse qu'elle partirait dès le mois de septembre prochain."
    )
    assert cleaned(line).text == line


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (
            [
                "ホーム",
                "ニュース",
                "山の鉄道が十二年ぶりに再開",
                "2024年5月6日",
                "山あいの町を走る鉄道が月曜日に再開し、十二年ぶりに列車が駅に到着した。町の人たちは旗を振って迎えた。",
                "町長は「この日を長く待っていた。子どもたちのためにも大切な路線だ」と話した。",
                "関連記事",
                "利用規約",
            ],
            (4, 5),
        ),
        (
            [
                "Nyumbani",
                "Habari",
                "Michezo",
                "Wakulima wa mpunga waomba bei mpya",
                "12/03/2024",
                "Wakulima wa mpunga katika bonde la kaskazini wameiomba serikali kutangaza bei mpya kabla ya mavuno kuanza mwezi ujao.",
                "Wanasema gharama za mbegu na mbolea zimepanda mara mbili tangu mwaka jana, huku bei ya mpunga ikibaki ilivyokuwa.",
                "Wasiliana nasi",
                "Kuhusu sisi",
            ],
            (3, 5, 6),
        ),
    ],
)
def test_languages_without_word_lists_are_cleaned_by_shape(lines: list[str], kept: tuple[int, ...]) -> None:
    result = cleaned(*lines).text.split("\n")
    assert set(result) >= {lines[row] for row in kept}
    assert len(result) <= len(kept) + 2


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_cleaning_a_cleaned_article_changes_nothing(lines: list[str]) -> None:
    once = clean(article("\n".join(lines)))
    if once.edits:
        assert clean(once) == once
        ids = [item.id for item in removed(once)][:1]
        back = restore(once, ids)
        assert not back.edits or clean(back) == back
