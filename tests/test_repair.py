"""Repair: wrong characters are put right, typography and clean text are left alone, every change is recorded."""

from __future__ import annotations

import hashlib
import itertools
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.corpus import Article, Block, replay
from normalize.repair import repair


def article(text: str, blocks: tuple[Block, ...] = ()) -> Article:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(id="a", path="a.txt", raw=text, text=text, sha256=digest, blocks=blocks)


def repaired(text: str) -> str:
    return repair(article(text)).text


CLEAN = {
    "french-typography": "«\u00a0Où va-t-on\u202f?\u00a0» demande l’élue\u00a0; 1\u202f234,50\u00a0€",
    "french-capitals": "À L’ÉCOLE, ÇA VA\u00a0: NOËL À ÉVRY — “ÉTÉ” … N° 5, 2ᵉ et 1ᵉʳ, ½ l, 20 °C, ﬁn, ＡＢＣ",
    "indonesian": "“Kami menolak,” kata Sri Wahyuni, S.H. – harga naik 3,5% (Rp1.250,00/kg) di Jl. Merdeka No. 5…",
    "tabs-and-spaces": "satu\tdua\ttiga \u00a0 empat\u2009lima\u3000enam",
    "ampersands": "AT&T, R&D, P&G; Tom & Jerry; a&b;c; ?id=1&lang=id&page=2 &foo; &notit; &;",
    "emoji": "👩\u200d💻 👨\u200d👩\u200d👧 ❤\ufe0f 🏳\ufe0f\u200d🌈 👍🏽 1\ufe0f⃣ 🇮🇩 👩🏽\u200d🚀",
    "hindi-joiners": "क्\u200dष और क्\u200cष",
    "persian-joiner": "می\u200cخواهم",
    "sinhala-joiner": "ශ්\u200dරී ලංකා",
    "khmer-word-breaks": "ភាសា\u200bខ្មែរ",
    "portuguese-capitals": "SÃO PAULO, CORAÇÃO, AÇÕES E PÃES",
    "vietnamese": "Việt Nam thắng trận đầu tiên tại Hà Nội",
    "replacement-character": "caf\ufffd noir",
    "one-bare-tag": "Tombol itu memakai tag <b> dan bukan <strong>, kata pengajar.",
    "less-than": "Suhu <5 °C dan a<b> c tidak sama; 3 < 4 > 2",
    "names-with-look-alikes-in-their-own-script": "Москва и Αθήνα, СССР, μm, α-globin, ΔT, Ωmega",
    "short-words-with-both-readings": "AI dan Al Jazeera; Ian, lan, Il, Ill, SII, 10 km, Covid19, B2B, G20",
    "misread-without-evidence": "OpenAl mengumumkan model baru, dan 0rang menunggu.",
    "numbers-and-addresses": "Lihat www.0rang.example/Orang dan H2O, 1O1, l0l; Orang, Indonesia.",
    "inches-and-primes": "Layar 5'' itu 10'' lebarnya, rock ''n roll, l''",
    "german-quotes": 'Er sagte: „Wir gehen“, und ging. „Ja"',
    "one-quote": 'Ia berkata: "Kami pulang.',
    "address-in-a-sentence": "Kirim ke [email protected] sebelum Jumat.",
    "camel-case": "WordPress, LaTeX, iPhone, McDonald, DKI, PDIP",
    "hyphens-at-line-ends": "anak-\nanak dan inter-\nnasional",
}


@pytest.mark.parametrize("text", CLEAN.values(), ids=CLEAN.keys())
def test_clean_text_comes_out_as_it_went_in(text: str) -> None:
    given_article = article(text)
    assert repair(given_article) == given_article


WRONG = [
    ("mojibake", "Le prÃ©sident franÃ§ais Ã\xa0 Paris", "Le président français à Paris"),
    ("mojibake", "lâ€™Ã©tÃ© et lâ€™hiver, dÃ©jÃ\xa0 lÃ\xa0", "l’été et l’hiver, déjà là"),
    ("mojibake", "katanya, â€œtidak adaâ€\ufffd.", "katanya, “tidak ada”."),
    ("mojibake", "l\x92\xe9lue dit \x93oui\x94", "l’élue dit “oui”"),
    ("mojibake", "un été dÃ©jÃ passé", "un été déjà passé"),
    ("mojibake", "prÃƒÂ©sident", "président"),
    ("entity", "Tom &amp; Jerry &amp;amp; co", "Tom & Jerry & co"),
    ("entity", "caf&eacute;&nbsp;: 5 &euro;", "café\u00a0: 5 €"),
    ("entity", "l&#8217;&#xe9;t&#233;", "l’été"),
    ("entity", "&amp;eacute;t&amp;amp;eacute;", "été"),
    ("entity", "satu&nbsp dua", "satu\u00a0 dua"),
    ("entity", "satu&#10;dua&NewLine;tiga", "satu dua tiga"),
    ("entity", "&ldquo;ya&rdquo; &#150; kata dia", "“ya” – kata dia"),
    ("control", "sa\x00tu\x07 dua\x7f", "satu dua"),
    ("control", "satu\x0cdua\u2028tiga \x0bempat\x1c", "satu dua tiga empat"),
    ("zero-width", "\ufeffsa\u200btu d\u2060ua\u200d ti\u200cga", "satu dua tiga"),
    ("soft-hyphen", "peme\u00adrin\u00adtah", "pemerintah"),
    ("bidi", "\u202asatu\u202c \u200edua\u2069", "satu dua"),
    ("escape", "\x1b[31;1mmerah\x1b[0m \x1b]8;;http://a.id\x1b\\tautan\x1b]8;;\x07 ok", "merah tautan ok"),
    ("nfc", "e\u0301te\u0301 a\u0300 No\u0308el", "été à Nöel"),
    ("tag", "Harga <b>beras</b> naik<br/>lagi.", "Harga beras naik lagi."),
    ("tag", "<p>Harga naik.</p><p>Warga antre.</p>", "Harga naik. Warga antre."),
    ("tag", '<a href="https://a.example/?x=1">Harga</a> <i class=\'x\'>naik</i> <img src=a alt="">', "Harga naik "),
    ("tag", "Harga naik.</div>", "Harga naik."),
    ("spaces", "Harga  beras   naik", "Harga beras naik"),
    ("quotes", "''Kami menolak,'' kata Sri, ''dan pulang.''", '"Kami menolak," kata Sri, "dan pulang."'),
    ("quotes", "``Kami menolak,'' kata Sri.", '"Kami menolak," kata Sri.'),
    ("quotes", 'Kata Sri, “Kami menolak."', "Kata Sri, “Kami menolak.”"),
    ("quotes", '"Kami menolak,” kata Sri.', "“Kami menolak,” kata Sri."),
    ("address", "Dian Sari ([email\xa0protected]) melapor.", "Dian Sari melapor."),
    ("homoglyph", "Le \u0420r\u0435sident \u0430rrive", "Le President arrive"),
    ("homoglyph", "Дирeктор школы", "Директор школы"),
    ("homoglyph", "PAO di Jakarta; \u0420\u0410\u041e itu", "PAO di Jakarta; PAO itu"),
    ("ocr", "OpenAI dan OpenAl", "OpenAI dan OpenAI"),
    ("ocr", "lndonesia dan 1ndonesia, kata Indonesia; |ndonesia", "Indonesia dan Indonesia, kata Indonesia; Indonesia"),
    ("ocr", "Orang itu 0rang baik", "Orang itu Orang baik"),
    ("ocr", "modeI itu model, pe1abuhan itu pelabuhan", "model itu model, pelabuhan itu pelabuhan"),
    ("surrogate", "wajah \ud83d\ude00 \ud800", "wajah 😀 \ufffd"),
]


@pytest.mark.parametrize(("rule", "before", "after"), WRONG)
def test_a_wrong_character_is_put_right_under_its_rule(rule: str, before: str, after: str) -> None:
    result = repair(article(before))
    assert result.text == after
    assert {edit.rule for edit in result.edits} == {rule}


def test_a_fault_hidden_by_another_is_found() -> None:
    assert repaired("&Atilde;&copy;t&Atilde;&copy;") == "été"
    assert repaired("peme&shy;rintah &am\u200bp; warga") == "pemerintah & warga"
    assert repaired("l&acirc;&euro;&trade;homme") == "l’homme"


def test_a_change_covers_only_what_changed() -> None:
    text = "Kalimat pertama yang benar. Le prÃ©sident est lÃ\xa0. Kalimat e\u0301 terakhir &amp; benar."
    result = repair(article(text))
    assert [(edit.rule, edit.before, edit.after) for edit in result.edits] == [
        ("entity", "&amp;", "&"),
        ("nfc", "e\u0301", "é"),
        ("mojibake", "Ã\xa0", "à"),
        ("mojibake", "Ã©", "é"),
    ]


def test_every_span_fits_the_text_given_and_the_edits_run_from_its_end_to_its_start() -> None:
    text = "a\u200bb &eacute;\nprÃ©sident\x00\n\u00ad&amp;amp; e\u0301"
    result = repair(article(text))
    assert all(edit.span.of(text) == edit.before for edit in result.edits)
    starts = [edit.span.start for edit in result.edits]
    assert starts == sorted(starts, reverse=True)
    assert all(later.span.end <= earlier.span.start for earlier, later in itertools.pairwise(result.edits))


def test_edits_are_added_to_those_an_article_has() -> None:
    first = repair(article("a&amp;b"))
    assert repair(first) == first
    assert len(repair(first.edited([])).edits) == 1


def test_lines_stay_parallel_to_the_blocks_of_a_page() -> None:
    blocks = (Block(tag="p"), Block(tag="p"), Block(tag="li"))
    result = repair(article("satu\u2028dua&#10;x\n\u200b\n\x85tiga", blocks))
    assert len(result.text.split("\n")) == len(result.blocks) == 3


def test_one_bad_line_among_good_ones_is_the_only_one_changed() -> None:
    lines = ["Le président est là.", "Le prÃ©sident est lÃ\xa0.", "Élodie l’a dit : « Déjà ! »"]
    result = repair(article("\n".join(lines)))
    assert result.text.split("\n") == ["Le président est là.", "Le président est là.", "Élodie l’a dit : « Déjà ! »"]
    assert all(len(lines[0]) < edit.span.start <= len(lines[0]) + 1 + len(lines[1]) for edit in result.edits)


def test_evidence_for_a_misread_letter_may_stand_in_any_line() -> None:
    text = "OpenAl membuka kantor\nPerusahaan itu, OpenAI, tidak menjawab."
    assert repaired(text) == text.replace("OpenAl", "OpenAI")


def test_tags_that_a_page_shows_its_reader_stay() -> None:
    text = "Tulis <b>tebal</b> di sini."
    assert repair(article(text, (Block(tag="p"),))).text == text


FRAGMENTS = st.sampled_from(
    [
        "<b>", "</b>", "<br/>", "<p", ">", "''", "``", '"', "“", "”", "  ", "([email protected])", "OpenAl", "OpenAI",
        "0rang", "Orang", "orang", "Р", "РАО", "PAO", "l", "I", "1", "|", "ο", "Director",
        "Ã©", "â€™", "â€œ", "Ã", "\xa0", "&", "amp;", "#", "38;", "nbsp", ";", "&shy;", "&#8203;", "eacute;", "\u200b",
        "\u200d", "\u200c", "\u00ad", "e", "\u0301", "\x1b", "[31m", "\x92", "\x9d", "\ud83d", "\ude00", "\u2028",
        "\x85", "\n", " ", "а", "é", "ÃƒÂ©", "क्", "👩", "\ufeff", "\u202e", "word", "&#x26;", "&#10;", "Â", "»",
        "\ufffd", "\u1100", "\u1161", "\u11a8",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(FRAGMENTS, max_size=25).map("".join), st.text(max_size=60))


@given(TEXTS)
@example("&amp;\u200b&#8203;")
def test_replaying_the_edits_gives_the_text(text: str) -> None:
    result = repair(article(text))
    assert replay(text, result.edits) == result.text


@given(TEXTS)
def test_repairing_twice_is_repairing_once(text: str) -> None:
    once = repair(article(text))
    twice = repair(article(once.text))
    assert twice.text == once.text
    assert twice.edits == ()


@given(TEXTS)
def test_no_line_break_is_added_or_removed(text: str) -> None:
    assert repaired(text).count("\n") == text.count("\n")


@given(TEXTS)
def test_spans_are_disjoint_and_each_edit_changes_something(text: str) -> None:
    edits = repair(article(text)).edits
    assert all(edit.span.of(text) == edit.before != edit.after for edit in edits)
    assert all(later.span.end <= earlier.span.start for earlier, later in itertools.pairwise(edits))


@pytest.mark.parametrize(
    "piece",
    ["mot \u200b", "Ã©tÃ© ", "&amp;", "&", "e\u0301", "é", "\x1b[", "\x1b]8;", "amp;", "ÃƒÂ©", "\u0301", "\ud83d",
     "a\u0300 \u00ad", "<b>", "<a b=", "<a ", "''", "``x", "  ", "А", "aА ", "Al", "l0", "|", "0rang ", "[email"],
)
def test_a_line_of_150_000_characters_is_repaired_in_seconds(piece: str) -> None:
    text = "&" + piece * (150_000 // len(piece))
    start = time.process_time()
    result = repair(article(text))
    assert time.process_time() - start < 5
    assert result.text.count("\n") == 0
