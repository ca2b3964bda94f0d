"""Languages: tags in canonical case, and which language a text is in."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.errors import UsageError
from normalize.language import (
    UNDETERMINED,
    Detection,
    canonical,
    detect,
    detect_paragraph,
    is_borne_out,
    name,
    plain,
    to_argos,
)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("id", "id"), ("ID", "id"), (" fr ", "fr"), ("fr_FR", "fr-FR"), ("ZH-hant-tw", "zh-Hant-TW"), ("zt", "zh-Hant"),
        ("pb", "pt-BR"), ("in", "id"), ("iw-IL", "he-IL"), ("no", "nb"), ("eng", "en"), ("fre", "fr"), ("msa", "ms"),
        ("es-419", "es-419"), ("sr-latn", "sr-Latn"), ("de-1996", "de-1996"),
        ("en-US-u-CA-gregory", "en-US-u-ca-gregory"), ("und", "und"), ("fil", "fil"),
    ],
)  # fmt: skip
def test_a_tag_gets_its_canonical_form(tag: str, expected: str) -> None:
    assert canonical(tag) == expected
    assert canonical(expected) == expected


@pytest.mark.parametrize(
    ("tag", "suggestion"),
    [
        ("indonesian", "'id'"), ("Indonesia", "'id'"), ("idn", "'id'"), ("french", "'fr'"), ("jp", "'ja'"),
        ("frech", "'fr'"),
    ],
)  # fmt: skip
def test_a_wrong_tag_is_refused_with_the_nearest_right_one(tag: str, suggestion: str) -> None:
    with pytest.raises(UsageError) as caught:
        canonical(tag)
    assert suggestion in caught.value.advice
    assert tag in caught.value.what


@pytest.mark.parametrize("tag", ["", "-", "i", "xx", "en--us", "en-", "../etc", "a" * 10_000, "\x00", "日本", "auto!"])
def test_nonsense_is_refused_in_one_short_line(tag: str) -> None:
    with pytest.raises(UsageError) as caught:
        canonical(tag)
    assert len(str(caught.value)) < 500
    assert caught.value.advice


@given(st.text(max_size=20))
def test_a_tag_is_refused_or_canonical(tag: str) -> None:
    try:
        once = canonical(tag)
    except UsageError:
        return
    assert canonical(once) == once
    assert name(once)


@pytest.mark.parametrize("code", ["zt", "pb", "id", "fr", "en", "nb", "zh", "pt"])
def test_an_argos_code_comes_back_from_its_tag(code: str) -> None:
    assert to_argos(canonical(code)) == code


def test_a_language_has_an_english_name() -> None:
    assert [name(tag) for tag in ("id", "fr", "en", "zt", "pb", "und", "zz")] == [
        "Indonesian", "French", "English", "Chinese (Traditional)", "Portuguese (Brazil)", "undetermined", "zz",
    ]  # fmt: skip


SENTENCES = {
    "id": "Pemerintah kota akan membangun jembatan baru di atas sungai itu pada tahun depan.",
    "ms": "Kerajaan berkata bahawa syarikat itu mesti membayar wang kerana ia gagal mematuhi undang-undang negeri.",
    "fr": "La ville construira un nouveau pont sur la rivière dès l’année prochaine.",
    "en": "The city will build a new bridge over the river next year.",
    "de": "Die Stadt wird im nächsten Jahr eine neue Brücke über den Fluss bauen.",
    "es": "La ciudad construirá el próximo año un puente nuevo sobre el río.",
    "pt": "A cidade vai construir no próximo ano uma nova ponte sobre o rio.",
    "it": "La città costruirà l’anno prossimo un nuovo ponte sul fiume.",
    "nl": "De stad zal volgend jaar een nieuwe brug over de rivier bouwen.",
    "ru": "Город построит новый мост через реку в следующем году.",
    "ja": "市は来年、川に新しい橋を架ける予定だ。",
    "zh": "市政府明年将在这条河上建一座新桥，这对我们来说很重要。",
    "zh-Hant": "市政府明年將在這條河上建一座新橋，這對我們來說很重要。",
    "th": "เมืองจะสร้างสะพานใหม่ข้ามแม่น้ำในปีหน้า",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_a_sentence_is_in_its_language(language: str, sentence: str) -> None:
    assert detect(sentence).language == language


@pytest.mark.parametrize(
    ("language", "words"),
    [("id", "Para warga yang"), ("id", "Ia juga mengatakan"), ("fr", "Il a été"), ("fr", "Selon les autorités"),
     ("en", "The new bridge"), ("en", "They said that")],
)  # fmt: skip
def test_three_words_are_enough(language: str, words: str) -> None:
    assert detect(words).language == language


@pytest.mark.parametrize("text", ["", " \n", "12,67 €", "…", "a", "B2B", "https://contoh.id/berita", "\x00\x01", "😀"])
def test_text_without_letters_is_undetermined(text: str) -> None:
    assert detect(text) == Detection(language=UNDETERMINED, confidence=0.0)


def test_capitals_and_addresses_do_not_matter() -> None:
    assert detect(SENTENCES["fr"].upper()).language == "fr"
    assert detect("https://example.com/the/new/english/words " + SENTENCES["id"]).language == "id"


def test_only_the_languages_asked_for_are_answered() -> None:
    assert detect(SENTENCES["fr"], among=["id", "en"]).language in {"id", "en"}
    assert detect(SENTENCES["pt"], among=["pb", "en"]).language == "pt-BR"
    assert detect(SENTENCES["zh-Hant"], among=["zh", "zt"]).language == "zh-Hant"
    assert detect(SENTENCES["fr"], among=[]).language == UNDETERMINED


def test_a_hint_decides_only_where_the_text_does_not() -> None:
    assert detect("Radio Nusantara", hint="id").confidence > detect("Radio Nusantara").confidence or (
        detect("Radio Nusantara", hint="id").language == "id"
    )
    assert detect(SENTENCES["fr"], hint="id").language == "fr"
    assert detect(SENTENCES["fr"], hint="no language").language == "fr"


def test_a_long_text_is_answered_as_its_parts_are() -> None:
    assert detect("\n".join([SENTENCES["id"]] * 100_000)).language == "id"


def test_many_threads_get_the_same_answers() -> None:
    answers: list[Detection] = []
    threads = [threading.Thread(target=lambda: answers.append(detect(SENTENCES["id"]))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert len(set(answers)) == 1


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    detection = detect(text)
    assert 0 <= detection.confidence <= 1
    assert canonical(detection.language) == detection.language


ENGLISH = [
    "The company said that it would not comment on the case while it is before the court.",
    "“We are very proud of what we have done,” she wrote in an email to the staff.",
    "This article was first published in English by our partner.",
]


@pytest.mark.parametrize("article_language", ["id", "fr", "de", "ru", "und"])
@pytest.mark.parametrize("text", ENGLISH)
def test_an_english_paragraph_is_english_in_any_article(text: str, article_language: str) -> None:
    assert detect_paragraph(text, article_language) == "en"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "« We are the champions », a chanté le public du Stade de France à la fin du match."),
        ("fr", "Microsoft, Google, Amazon Web Services, OpenAI et Meta Platforms."),
        ("fr", "The Guardian, The New York Times, The Washington Post"),
        ("fr", "Photo : Reuters / The Associated Press"),
        ("fr", "Le film « The Lord of the Rings: The Return of the King » a gagné."),
        ("id", "Chief Executive Officer (CEO) Open Source Software Foundation John Smith Jr."),
        ("id", "Menurut laporan The Wall Street Journal, “this is only the beginning”, kata dia kepada wartawan."),
        ("id", "Google Pixel 9 Pro XL, Samsung Galaxy S25 Ultra, dan Apple iPhone 17 Pro Max"),
        ("id", "Update"), ("id", "Breaking News"), ("id", "Machine learning engineer"), ("id", "1.234"), ("id", ""),
    ],
)  # fmt: skip
def test_a_paragraph_of_names_or_quotations_stays_the_articles(language: str, text: str) -> None:
    assert detect_paragraph(text, language) == language


def test_a_paragraph_of_an_english_article_is_english() -> None:
    assert detect_paragraph(SENTENCES["fr"], "en") == "en"
    assert detect_paragraph(SENTENCES["en"], "en-GB") == "en-GB"


def test_another_target_language_needs_a_sentence_too() -> None:
    assert detect_paragraph(SENTENCES["ru"], "id", "ru") == "ru"
    assert detect_paragraph("Москва", "id", "ru") == "id"


INDONESIAN_TEXT = (
    "Warga desa itu mengatakan bahwa jembatan yang lama sudah tidak bisa dilalui mobil karena hujan, dan mereka "
    "menunggu bantuan dari pemerintah kabupaten. Sebuah tim dari universitas akan datang pada hari Senin untuk melihat."
)
MALAY_TEXT = (
    "Penduduk kampung itu berkata bahawa jambatan yang lama sudah tidak boleh dilalui kereta kerana hujan, dan mereka "
    "menunggu bantuan daripada kerajaan. Satu pasukan dari universiti akan datang pada hari Isnin untuk melihat."
)
FRENCH_TEXT = (
    "Les habitants du village disent que le vieux pont est fermé depuis lundi, et ils attendent l'aide de la commune, "
    "qui a promis de leur envoyer une équipe avec des matériaux pour le réparer avant la fin du mois."
)
ENGLISH_TEXT = (
    "People in the village say that the old bridge has been closed since Monday, and they are waiting for the council, "
    "which has said that it would send a team to see what could be done about it."
)
SPANISH_TEXT = (
    "Los vecinos del pueblo dicen que el puente viejo está cerrado desde el lunes y que esperan la ayuda del gobierno, "
    "que ha prometido enviar un equipo con materiales para repararlo antes de que termine el mes."
)

MIXED_TEXT = (
    "They said that it was what they had been told by the people who were there, but not by whom. Jembatan itu rusak "
    "parah diterjang banjir bandang, dan warga kampung terpaksa memutar lewat jalan perbukitan. Bupati berjanji "
    "memperbaikinya secepatnya, namun anggaran daerah kabarnya habis dipakai membangun gedung olahraga."
)
JAVANESE_AND_INDONESIAN_TEXT = (
    "Kepala desa ngomong yen kreteg sing lawas wis ora bisa diliwati mobil karena udan, dan warga masih menunggu "
    "bantuan dari pemerintah kabupaten. Tim dari universitas akan teka dina Senin kanggo ndeleng kahanan. Aku wis "
    "ngomong karo bupati, jarene bantuan bakal teka sesuk, tapi nganti saiki durung ana kabar apa-apa."
)
SHORT_MALAY_TEXT = (
    "Usai perlawanan itu, siswa dari pekan kecil tersebut tidak dapat hadir. Mereka akan datang pada hari lain untuk "
    "mengambil hadiah yang telah disediakan oleh pihak itu, dan itu sudah cukup bagi ibu bapa. Kata jurulatih, "
    "pasukan akan beraksi lagi pada minggu depan."
)


@pytest.mark.parametrize(("text", "language"), [(INDONESIAN_TEXT, "id"), (FRENCH_TEXT, "fr"), (ENGLISH_TEXT, "en"),
                                                (ENGLISH_TEXT.upper(), "en")])  # fmt: skip
def test_running_text_is_told_by_its_words_alone_as_the_model_would(text: str, language: str) -> None:
    assert plain(text) == detect(text).language == language
    assert plain(text, hint=language) == language


def test_where_the_model_names_the_lesser_language_of_a_mixed_text_words_alone_tell_nothing() -> None:
    assert detect(MIXED_TEXT).language == "id"
    assert detect(JAVANESE_AND_INDONESIAN_TEXT).language == "jv"
    assert plain(MIXED_TEXT) == plain(JAVANESE_AND_INDONESIAN_TEXT) == ""


@pytest.mark.parametrize(
    "text",
    [MALAY_TEXT, SHORT_MALAY_TEXT, SPANISH_TEXT, "", "Associated Press", "hari ini", INDONESIAN_TEXT + MALAY_TEXT,
     INDONESIAN_TEXT + ENGLISH_TEXT, FRENCH_TEXT + "\n" + INDONESIAN_TEXT,
     ENGLISH_TEXT + "\n" + 20 * "今天的新闻说经济增长了",
     INDONESIAN_TEXT.title()],
)  # fmt: skip
def test_where_there_is_doubt_words_alone_tell_nothing(text: str) -> None:
    assert plain(text) == ""


def test_a_page_that_claims_another_language_is_doubt() -> None:
    assert plain(INDONESIAN_TEXT, hint="ms") == ""
    assert plain(INDONESIAN_TEXT, hint="id-ID") == "id"
    assert plain(INDONESIAN_TEXT, hint="no language") == "id"


@given(st.sampled_from([INDONESIAN_TEXT, FRENCH_TEXT, ENGLISH_TEXT, MALAY_TEXT]), st.text(max_size=200))
def test_what_words_alone_tell_is_a_language_they_tell(text: str, other: str) -> None:
    assert plain(f"{text}\n{other}") in {"", "id", "fr", "en"}
    assert plain(MALAY_TEXT + other) != "id"


def test_common_words_bear_out_a_sentence_in_its_own_language_only() -> None:
    assert is_borne_out("Several new offices have been opened by people who work there.", "en")
    assert not is_borne_out("Several new offices have been opened by people who work there.", "fr")
    assert not is_borne_out("Orang yang datang dari desa itu tidak pulang.", "en")
    assert not is_borne_out("The New York Times Of The Day", "en")
    assert not is_borne_out("", "en")
    assert not is_borne_out("kata", "no language")


@pytest.mark.parametrize(
    "sentence",
    [
        "Mieszkańcy wsi mówią, że on by to chętnie naprawił, ale nie może tego do końca roku zrobić, bo to trudne.",
        "Köyün sakinleri eski köprünün kapalı olduğunu söylüyor, on kişi her gün at ile bekliyor ve her şey böyle.",
        "Landsbyens beboere siger, at den gamle bro har været lukket, og at de her venter på, at de vil have hjælp.",
        "Küla elanikud ütlevad, et vana sild on suletud ja see on halb, me ei tea, kas raha on, et see korda teha.",
        "Di govment don tok say dem go build new bridge for di river next year, and di old one don spoil.",
        "Warga desa mengeluh soal jembatan lama yang rusak parah, yang menurut kepala desa, who said that, tak ada.",
    ],
)
def test_short_words_that_other_languages_have_too_bear_out_no_english(sentence: str) -> None:
    assert not is_borne_out(sentence, "en")
