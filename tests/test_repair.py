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
    "tabs-and-spaces": "satu\tdua  tiga \u00a0 empat\u2009lima\u3000enam",
    "ampersands": "AT&T, R&D, P&G; Tom & Jerry; a&b;c; ?id=1&lang=id&page=2 &foo; &notit; &;",
    "emoji": "👩\u200d💻 👨\u200d👩\u200d👧 ❤\ufe0f 🏳\ufe0f\u200d🌈 👍🏽 1\ufe0f⃣ 🇮🇩 👩🏽\u200d🚀",
    "hindi-joiners": "क्\u200dष और क्\u200cष",
    "persian-joiner": "می\u200cخواهم",
    "sinhala-joiner": "ශ්\u200dරී ලංකා",
    "khmer-word-breaks": "ភាសា\u200bខ្មែរ",
    "portuguese-capitals": "SÃO PAULO, CORAÇÃO, AÇÕES E PÃES",
    "vietnamese": "Việt Nam thắng trận đầu tiên tại Hà Nội",
    "replacement-character": "caf\ufffd noir",
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


FRAGMENTS = st.sampled_from(
    [
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
     "a\u0300 \u00ad"],
)
def test_a_line_of_150_000_characters_is_repaired_in_seconds(piece: str) -> None:
    text = "&" + piece * (150_000 // len(piece))
    start = time.process_time()
    result = repair(article(text))
    assert time.process_time() - start < 5
    assert result.text.count("\n") == 0
