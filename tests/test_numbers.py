from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.numbers import REASONS, Clock, Kind, compare, corrected, currencies, spelt_out, values

LANGUAGES = st.sampled_from(["id", "fr", "en", "ms"])
MARKED = st.text(alphabet="0123456789.,/: -hMkTR$p%€e", max_size=60)


def grouped(value: int, language: str) -> str:
    return f"{value:,}".replace(",", {"id": ".", "fr": "\u202f", "en": ","}[language])


def put_right(source: str, target: str, language: str) -> str | None:
    """Give the English with its numbers put right, or None where nothing was."""
    fix = corrected(source, target, language, "en")
    return fix.target if fix else None


@given(st.integers(min_value=2, max_value=10**15), st.sampled_from(["id", "fr", "en"]))
def test_a_number_grouped_by_the_custom_of_its_language_has_one_value(value: int, language: str) -> None:
    assert [one.readings for one in values(f"x {grouped(value, language)} y", language)] == [{value}]


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=1, max_value=99))
def test_decimals_are_read_by_the_mark_of_the_language(whole: int, hundredths: int) -> None:
    wanted = whole + Fraction(hundredths, 100)
    assert values(f"x {whole},{hundredths:02d} kg", "id")[0].value == wanted
    assert values(f"x {whole},{hundredths:02d} kg", "fr")[0].value == wanted
    assert values(f"x {whole}.{hundredths:02d} kg", "en")[0].value == wanted


@pytest.mark.parametrize(("scale", "english", "value"), [
    ("ribu", "thousand", 10**3), ("juta", "million", 10**6), ("miliar", "billion", 10**9), ("milyar", "billion", 10**9),
    ("triliun", "trillion", 10**12), ("trilyun", "trillion", 10**12),
])  # fmt: skip
def test_indonesian_scale_words_are_the_english_ones(scale: str, english: str, value: int) -> None:
    assert values(f"7 {scale}", "id")[0].value == values(f"7 {english}", "en")[0].value == 7 * value


@pytest.mark.parametrize(("scale", "english", "value"), [
    ("millions", "million", 10**6), ("milliards", "billion", 10**9), ("billions", "trillion", 10**12),
    ("billiards", "quadrillion", 10**15),
])  # fmt: skip
def test_a_french_billion_is_an_english_trillion(scale: str, english: str, value: int) -> None:
    assert values(f"7 {scale}", "fr")[0].value == values(f"7 {english}", "en")[0].value == 7 * value


TENS = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"]
SMALL = ["", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
         "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"]  # fmt: skip
UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
DECADES = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ONES = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def french(value: int) -> str:
    if value < 20:
        return SMALL[value]
    tens, rest = divmod(value, 10)
    rest += 10 if tens in {7, 9} else 0
    if not rest:
        return TENS[tens] + "s" * (tens == 8)
    return TENS[tens] + (" et " if rest in {1, 11} and tens < 8 else "-") + SMALL[rest]


def indonesian(value: int) -> str:
    if value >= 100:
        first = "seratus" if value < 200 else ONES[value // 100] + " ratus"
        return f"{first} {indonesian(value % 100)}".strip()
    if value >= 20:
        return f"{ONES[value // 10]} puluh {ONES[value % 10]}".strip()
    if value >= 12:
        return ONES[value - 10] + " belas"
    return {10: "sepuluh", 11: "sebelas"}.get(value) or ONES[value]


def english(value: int) -> str:
    if value >= 100:
        rest = f" and {english(value % 100)}" if value % 100 else ""
        return f"{UNITS[value // 100 - 1]} hundred{rest}"
    if value >= 20:
        return DECADES[value // 10 - 2] + (f"-{UNITS[value % 10 - 1]}" if value % 10 else "")
    return UNITS[value - 1]


@pytest.mark.parametrize("value", range(1, 100))
def test_every_french_number_in_words_is_read(value: int) -> None:
    assert [one.value for one in values(french(value), "fr")] == [value]


@pytest.mark.parametrize("value", [*range(1, 121), *range(199, 1000, 37)])
def test_every_indonesian_and_english_number_in_words_is_read(value: int) -> None:
    assert [one.value for one in values(indonesian(value), "id")] == [value]
    assert [one.value for one in values(english(value), "en")] == [value]


@given(st.integers(min_value=0, max_value=23), st.integers(min_value=0, max_value=59))
def test_a_time_of_day_is_one_in_all_three_languages(hour: int, minute: int) -> None:
    time_of_day = Clock(hour, minute)
    half = f"{hour % 12 or 12}:{minute:02d} {'p' if hour >= 12 else 'a'}.m."
    for text, language in ((f"pukul {hour:02d}.{minute:02d} WIB", "id"), (f"à {hour}h{minute:02d}", "fr"),
                           (f"at {half}", "en")):  # fmt: skip
        assert [one.value for one in values(text, language)] == [time_of_day], text


@given(st.text(max_size=200), st.sampled_from(["id", "fr", "en", "ja", ""]))
def test_any_text_can_be_read(text: str, language: str) -> None:
    last = 0
    for one in values(text, language):
        start, end = one.span
        assert text[start:end] == one.text
        assert last <= start < end
        assert one.value in one.readings
        last = end


@given(MARKED, LANGUAGES)
def test_a_text_agrees_with_itself(text: str, language: str) -> None:
    assert compare(text, text, language, language) == ()
    assert corrected(text, text, language, language) is None


@given(MARKED, MARKED, LANGUAGES)
def test_correcting_takes_away_no_number_that_the_source_has_and_twice_is_once(
    source: str, target: str, language: str
) -> None:
    fix = corrected(source, target, language, "en")
    if fix is None:
        return
    assert corrected(source, fix.target, language, "en") is None
    assert fix.target != target
    wrong = [one.target.text for one in compare(source, target, language, "en") if one.target]
    if all(change.reason != "currency" for change in fix.changes):
        assert len(compare(source, fix.target, language, "en")) < len(compare(source, target, language, "en"))
        right = [one.text for one in values(target, "en") if one.text not in wrong]
        left = [one.text for one in values(fix.target, "en")]
        assert all(left.count(text) >= right.count(text) for text in right)


@given(st.lists(st.integers(min_value=2, max_value=10**7), min_size=1, max_size=4, unique=True))
def test_nothing_is_corrected_where_every_number_came_over(numbers: list[int]) -> None:
    source = "; ".join(f"x {grouped(number, 'id')} y" for number in numbers)
    target = "; ".join(f"x {grouped(number, 'en')} y" for number in reversed(numbers))
    assert compare(source, target, "id", "en") == ()
    assert corrected(source, target, "id", "en") is None


@given(st.integers(min_value=2, max_value=999), st.sampled_from([("juta", "million"), ("miliar", "billion")]))
def test_a_changed_number_is_always_seen(value: int, scale: tuple[str, str]) -> None:
    source = f"Ada {value} {scale[0]} orang."
    assert not compare(source, f"There are {value} {scale[1]} people.", "id", "en")
    assert [one.kind for one in compare(source, f"There are {value + 1} {scale[1]} people.", "id", "en")] == ["changed"]


@given(st.integers(min_value=1000, max_value=10**9))
def test_indonesian_grouping_left_in_english_is_put_right(value: int) -> None:
    fix = corrected(f"Ada {grouped(value, 'id')} orang.", f"There are {grouped(value, 'id')} people.", "id", "en")
    right = f"There are {grouped(value, 'en')} people."
    # with two marks or more nothing else can be meant: the value is right, and only the form is not English
    assert (fix.target if fix else None) == (right if value < 10**6 else None)
    if fix:
        assert [change.reason for change in fix.changes] == ["marks"]


@pytest.mark.parametrize(("source", "target", "expected"), [
    ("Dibuka Senin (2/12).", "Opened on Monday (212).", "Opened on Monday (2/12)."),
    ("Dibuka Kamis (19/9) pukul 09.00 WIB.", "Opened on Thursday (9) at 9:00 WIB.",
     "Opened on Thursday (19/9) at 9:00 WIB."),
    ("Senin (20/11/2023), Selasa (21/11).", "Monday (20/11), Tuesday (2111).", "Monday (20/11/2023), Tuesday (21/11)."),
    ("Dibuka Senin (2/12).", "Opened on Monday (34).", None),  # not the same digits
    ("Dibuka Senin (2/12).", "Opened on Monday (12/2).", None),  # not in their order
    ("(1) Dibuka Senin (2/12).", "(1) Opened on Monday (212).", None),  # more than dates in brackets
    ("Dibuka Senin (2/12).", "Opened on Monday (2/12).", None),
])  # fmt: skip
def test_a_date_in_brackets_that_lost_digits_or_marks_is_put_right(
    source: str, target: str, expected: str | None
) -> None:
    assert put_right(source, target, "id") == expected


@pytest.mark.parametrize(("target", "expected"), [
    ("A fund of Rp.2 trillion came.", "A fund of Rp 1.2 trillion came."),
    ("A fund of Rp..2 trillion came.", "A fund of Rp 1.2 trillion came."),
    ("A fund of Rp. 2 trillion came.", "A fund of Rp 1.2 trillion came."),
    ("A fund of Rp 2 trillion came.", None),  # no mark is left
    ("A fund of Rp.3 trillion came.", None),  # another number
    ("A fund of Rp.2 billion came.", None),
])  # fmt: skip
def test_a_sum_whose_whole_part_was_cut_off_before_its_mark_is_put_right(target: str, expected: str | None) -> None:
    assert put_right("Dana Rp 1,2 triliun masuk.", target, "id") == expected


def test_each_change_says_where_and_why() -> None:
    source, target = "Rp 1,2 triliun untuk 9.000 desa", "Rp 1.2 billion for 9.000 villages"
    fix = corrected(source, target, "id", "en")
    assert fix is not None
    text = target
    for change in fix.changes:
        assert text[slice(*change.span)] == change.before
        assert change.reason in REASONS
        text = text[: change.span[0]] + change.after + text[change.span[1] :]
    assert text == fix.target == "Rp 1.2 trillion for 9,000 villages"


def test_a_language_without_a_table_is_not_compared() -> None:
    assert values("1,234", "ja") == ()
    assert compare("1,234", "99", "ja", "en") == ()
    assert corrected("1,234", "99", "ja", "en") is None


def test_spans_are_of_the_text_that_was_given() -> None:
    source, target = "Lihat https://contoh.id/99 di 1.250 desa", "See https://contoh.id/99 in 1.520 villages"
    found = compare(source, target, "id", "en")
    assert [(one.source.span, one.target.span) for one in found if one.source and one.target] == [((30, 35), (28, 33))]


def test_kinds_tell_money_from_percents_and_names() -> None:
    kinds = [one.kind for one in values("Rp 5.000, 5 persen, GPT-4, 5 orang", "id")]
    assert kinds == [Kind.MONEY, Kind.PERCENT, Kind.CODE, Kind.PLAIN]


def test_all_dollars_are_one_currency() -> None:
    assert currencies("S$5 dan 3 dolar AS") == {"dollar"}
    assert currencies("no money here") == frozenset()


@pytest.mark.parametrize("text", ["1.000," * 1_000, "9 000 " * 1_000, "1-2-" * 2_000, "dua puluh " * 1_000,
                                  "0812-" * 2_000, "5 M " * 1_000, "1/2/" * 2_000, "20 Mei " * 1_000, "(0" * 2_000,
                                  "X" * 20_000, "5 km, " * 1_000, "Rp 5.000 " * 30])
def test_hostile_text_is_read_in_time_in_proportion_to_it(text: str) -> None:
    start = time.process_time()
    compare(text, text[::-1], "id", "en")
    compare(text, text[::-1], "fr", "en")
    corrected(text, text.replace("1", "2").replace("0", "3"), "id", "en")
    assert time.process_time() - start < 3


@pytest.mark.parametrize("target", ["Up by 1 037.71 percent.", "Up by 1,037.71 percent.", "By 3.125 percent."])
def test_percents_with_any_marks_are_read(target: str) -> None:
    assert values(target, "en")
    assert compare("Naik 1.037,71 persen.", target, "id", "en") is not None


@pytest.mark.parametrize(("text", "expected"), [
    ("12 M€", "12 millions d’euros"),
    ("12M€ et 0,5 Md$", "12 millions d’euros et 0,5 milliard de dollars"),
    ("3\u202f200 Mds€.", "3\u202f200 milliards d’euros."),
    ("45 k€", "45 000 euros"),
    ("1,5 k€", "1,5 k€"),
    ("7 Ms€, 7 M€€, A12 M€, 7 M€2", "7 Ms€, 7 M€€, A12 M€, 7 M€2"),
    ("300 M d’habitants, 12 euros", "300 M d’habitants, 12 euros"),
])  # fmt: skip
def test_sums_abbreviated_as_in_tables_are_written_out_and_worth_the_same(text: str, expected: str) -> None:
    assert spelt_out(text, "fr") == expected
    assert compare(text, expected, "fr", "fr") == ()


@pytest.mark.parametrize("language", ["id", "de", "en", "xx"])
def test_other_languages_abbreviate_in_other_ways(language: str) -> None:
    assert spelt_out("12 M€", language) == "12 M€"


@given(st.text(alphabet="0123456789,. Mkd€$Rp\u00a0x", max_size=60))
def test_writing_sums_out_is_done_once(text: str) -> None:
    assert spelt_out(spelt_out(text, "fr"), "fr") == spelt_out(text, "fr")


@pytest.mark.parametrize(("source", "target", "right"), [
    ("12 millions d’euros, puis 1,2 milliard d’euros", "12 million euros, then $1.2 billion",
     "12 million euros, then €1.2 billion"),
    ("12 millions d’euros, puis 3 lieux", "12 million euros, then $3", None),
    ("5 euros et 5 dollars", "5 euros and 5 pounds", None),
])  # fmt: skip
def test_one_sum_of_several_that_came_in_another_currency_is_put_right(
    source: str, target: str, right: str | None
) -> None:
    assert put_right(source, target, "fr") == right
