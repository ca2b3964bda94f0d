from __future__ import annotations

import dataclasses
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.check import CHECKS, Check, Example, check
from normalize.corpus import Finding, Issue, Method, Origin, Receipt, Severity, Span, Unit


def unit(source: str, target: str, language: str = "id") -> Unit:
    return Example(source=source, target=target, language=language).subject().unit


def names(source: str, target: str, language: str = "id", *, truncated: bool = False) -> set[str]:
    return {finding.check for finding in check(unit(source, target, language), truncated=truncated).findings}


@pytest.mark.parametrize("row", CHECKS, ids=lambda row: row.name)
def test_each_check_finds_its_example_and_passes_its_counter_example(row: Check) -> None:
    assert list(row.function(row.example.subject()))
    assert not list(row.function(row.counter_example.subject()))


def test_names_of_checks_are_unique_and_described() -> None:
    assert len({row.name for row in CHECKS}) == len(CHECKS)
    assert all(row.description.endswith(".") for row in CHECKS)


def test_a_good_translation_has_no_findings() -> None:
    assert names("Dia membeli 3 buku seharga Rp 150.000.", "He bought three books for Rp 150,000.") == set()


def test_an_empty_target_is_one_finding_and_not_ten() -> None:
    findings = check(unit("“Kami tidak membeli 25 buku,” katanya.", "")).findings
    assert [(finding.check, finding.severity) for finding in findings] == [("empty", Severity.CRITICAL)]


def test_checking_changes_nothing_but_findings_and_twice_is_once() -> None:
    before = unit("Dia pergi pada 2019.", "He left in 2018.")
    once = check(before)
    assert dataclasses.replace(once, findings=()) == before
    assert once.findings
    assert check(once) == once


def test_findings_of_others_stay() -> None:
    other = Finding(check="guard", issue=Issue.OTHER, severity=Severity.MINOR, message="from elsewhere")
    before = dataclasses.replace(unit("Dia pergi.", "He left."), findings=(other,))
    assert check(before).findings == (other,)


def test_a_unit_passed_through_is_not_called_untranslated() -> None:
    before = dataclasses.replace(unit("the bank said that it would wait", "the bank said that it would wait", "en"),
                                 origin=Origin.COPIED)
    assert check(before).findings == ()


def test_a_truncated_answer_is_reported_when_the_caller_says_so() -> None:
    assert "truncated" in names("Dia pergi.", "He went.", truncated=True)
    assert names("Dia pergi.", "He went.") == set()


def test_a_missing_term_is_reported_once_for_all_its_occurrences() -> None:
    receipt = Receipt(term="dewan", target="the board", span=Span(start=0, end=5), surface="Dewan",
                      method=Method.MISSING)
    kept = dataclasses.replace(receipt, method=Method.KEPT)
    before = dataclasses.replace(unit("Dewan rapat. Dewan pulang.", "They met. They left."),
                                 receipts=(receipt, receipt, kept))
    assert [finding.message for finding in check(before).findings] == ["“Dewan” should be “the board”"]


def test_spans_lie_in_the_target() -> None:
    target = "The price went up and up and up and up and up again."
    found = check(unit("Harga itu naik lagi.", target)).findings
    assert [finding.span.of(target) for finding in found if finding.check == "loop" and finding.span] == [
        "up and up and up and up and"
    ]


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("Anak-anak itu bermain kupu-kupu.", "The children played with butterflies.", "id"),
        ("« Oui », dit-il ; « viens ! »", "“Yes,” he said; “come!”", "fr"),
        ("Elle a dit : « Non ! »", "She said, “No!”", "fr"),
        ("HARGA BERAS NAIK TAJAM", "RICE PRICES RISE SHARPLY", "id"),
        ("Grup Duran Duran tampil di New York.", "Duran Duran performed in New York.", "id"),
        ("Sam Altman, OpenAI", "Sam Altman, OpenAI", "id"),
        ("Ikuti @contoh_id dan #Pemilu.", "Follow @contoh_id and #Pemilu.", "id"),
        ("Dia tidak hanya menang.", "He did more than win.", "id"),
        ("Il n’est pas impossible de gagner.", "Winning is possible, if unlikely.", "fr"),
        ("Mustahil baginya untuk datang.", "It was impossible for him to come.", "id"),
        ("a) nama; b) alamat :)", "a) name; b) address :)", "id"),
        ("Ia menolak menjawab.", "He would not answer.", "id"),
        ("Mereka dilarang bermain.", "They are suspended.", "id"),
        ("Le départ du train est à midi.", "The train starts at noon.", "fr"),
        ("Beratnya 17 pon.", "It weighs 17 pounds.", "id"),
        ("Ya.", "Yes.", "id"),
        ("Sore.", "Good afternoon.", "id"),
    ],
)
def test_what_is_right_passes(source: str, target: str, language: str) -> None:
    assert names(source, target, language) == set()


@pytest.mark.parametrize(
    ("source", "target", "name"),
    [
        ("Ia tiba di kota itu.", "He came to the city of the city of the city of the city.", "loop"),
        ("Ia tertawa keras.", "He laughed hahahahahahahahaha.", "loop"),
        ("Ia tiba di kota itu kemarin malam.", "Ia tiba di kota itu kemarin malam.", "copied"),
        ("Buka https://contoh.id/a untuk info.", "Open https://contoh.id/b for more.", "literal"),
        ("Tulis ke a@contoh.id segera.", "Write to a@example.id soon.", "literal"),
        ("Dia belum makan.", "He has eaten.", "negation"),
        ("Ia menyangkal laporan itu.", "He addressed the report.", "event"),
        ("Ada ketidaksepakatan mendalam.", "There was a deep deal.", "event"),
        ("Ia diserang kemarin.", "He was promoted yesterday.", "event"),
        ("Saya tidak setuju dengan prioritas itu.", "I agreed with the priorities.", "negation"),
        ("Ia tidak pergi sampai hari itu.", "He left until that day.", "negation"),
        ("Kepergiannya menimbulkan pertanyaan.", "His role raised questions.", "event"),
        ("Keduanya dilarang masuk.", "Both were in Bandung, near the bank.", "event"),
        ("Ia tewas kemarin.", "He was on a diet yesterday.", "event"),
        ("Harganya 5 dolar AS.", "It costs 5 rupiah.", "currency"),
        ("Pabrik itu perlu 0,9 miliar liter air.", "The plant needs $0.9 billion.", "currency"),
        ("Biayanya 5 juta euro, lalu 9 juta euro.", "It cost 5 million euros, then $9 million.", "currency"),
        ("Dia (kanan) pergi.", "He [right) left.", "brackets"),
        ("Kata itu ada.", "The word\x07 is there.", "characters"),
        ("Kata itu ada.", "The <unk> is there.", "characters"),
        ("Kata itu ada di sana.", "Слово было там вчера.", "language"),
        ("Gubernur itu datang ke kantor, lalu pulang.", "The governor came to the office,", "unfinished"),
    ],
)
def test_what_is_wrong_is_found(source: str, target: str, name: str) -> None:
    assert name in names(source, target)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Il a révélé un désaccord avec la direction.", "He revealed a deal with the management."),
        ("L’annulation du concert surprend.", "The concert is a surprise."),
        ("Son départ inquiète.", "Its department is worried."),
    ],
)
def test_an_event_lost_from_french_is_found(source: str, target: str) -> None:
    assert "event" in names(source, target, "fr")


def test_an_event_that_did_not_happen_is_not_missed() -> None:
    assert names("Elle n’a pas refusé l’offre.", "She took the offer.", "fr") == {"negation"}


@pytest.mark.parametrize("language", ["ja", "sw", "und", ""])
def test_an_unknown_language_gets_the_language_free_checks_only(language: str) -> None:
    assert names("tidak 1.250 yang dan dari", "none of it", language) <= {"length"}
    assert "characters" in names("x y z", "⁇", language)


@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(["id", "fr", "ja", "und"]))
def test_no_text_breaks_a_check(source: str, target: str, language: str) -> None:
    for finding in check(unit(source, target, language), truncated=True).findings:
        assert "\n" not in finding.message
        assert finding.span is None or 0 <= finding.span.start <= finding.span.end <= len(target)


@pytest.mark.parametrize("text", ["a" * 20_000, "1.000," * 4_000, "ha " * 6_000, "(" * 20_000, "@a." * 6_000,
                                  "www." * 6_000, "tidak " * 4_000, '"' * 20_000, "ne " * 6_000, "9 000 " * 4_000])
def test_hostile_text_is_checked_in_time_in_proportion_to_it(text: str) -> None:
    start = time.process_time()
    check(unit(text, text[::-1], "fr"))
    assert time.process_time() - start < 3
