"""Hostile and huge input ends in bounded time, and nothing is lost from it."""

from __future__ import annotations

import time

import pytest

from normalize.clean import clean, removed, survey
from normalize.corpus import Article, replay
from normalize.repair import repair

SENTENCE = "Warga desa itu menunggu hujan sejak awal musim tanam tahun ini. "


def article(text: str) -> Article:
    return Article(id="a", path="a.txt", raw=text, text=text, sha256="0")


def seconds(text: str) -> float:
    started = time.perf_counter()
    clean(article(text))
    return time.perf_counter() - started


def test_a_line_of_five_megabytes_is_kept_whole() -> None:
    text = (SENTENCE * (5_000_000 // len(SENTENCE))).strip()
    started = time.perf_counter()
    result = clean(article(text))
    assert time.perf_counter() - started < 5
    assert result.text == text


def test_many_lines_take_linear_time() -> None:
    few, many = seconds("Bagikan\n" * 5_000), seconds("Bagikan\n" * 40_000)
    assert many < 8 * few * 3 + 0.5


def test_many_lines_are_all_accounted_for() -> None:
    text = "\n".join(f"{SENTENCE}{number}" if number % 50 == 0 else f"Menu {number}" for number in range(20_000))
    result = clean(article(text))
    assert replay(text, result.edits) == result.text
    assert len(removed(result)) + result.text.count("\n") + 1 == 20_000


@pytest.mark.parametrize(
    "line",
    [
        "a" * 100_000,
        "A " * 50_000,
        "(" * 50_000,
        "/" * 50_000,
        "- " * 50_000,
        "#a " * 30_000,
        "» " * 40_000,
        "by " * 30_000,
        "by A" + " A" * 50_000 + "!",
        "1." * 50_000,
        "12/" * 30_000,
        "12:" * 30_000,
        '"' * 50_000,
        "[gambas:" * 10_000,
        "Foto: " * 20_000,
        "Baca juga: " * 10_000,
        "." * 100_000,
        "aA" * 50_000,
        "\u0301" * 50_000,
        "\U0001f600" * 30_000,
        "a\u2028" * 30_000,
        "\x85\x1f a" * 10_000,
        "KOTA, " * 20_000 + "- Warga",
        "2024-05-21 " * 10_000,
        "{" * 50_000,
        "<!--" * 20_000,
    ],
)
def test_a_line_made_to_trip_patterns_ends_soon(line: str) -> None:
    for text in (line, f"{SENTENCE}\n{line[:250]}\n{SENTENCE}", f"{line[:600]}\n" * 20):
        assert seconds(text) < 2


@pytest.mark.parametrize(
    "piece",
    ["<b ", "<a b=", '<i x="', "<p></p>", "''", '"“', "([email protected]", "l0", "OpenAl ", "А", "аA", "|", "a  "],
)
def test_repairing_a_line_made_to_trip_patterns_takes_linear_time(piece: str) -> None:
    def used(times: int) -> float:
        text = f"OpenAI {SENTENCE}" + piece * times
        started = time.process_time()
        repair(article(text))
        return time.process_time() - started

    used(10)
    assert used(16_000) < 8 * 5 * used(2_000) + 0.5


def test_a_dateline_or_tail_in_a_long_line_takes_linear_time() -> None:
    started = time.process_time()
    for piece in ("JAKARTA, ", "Baca juga: ", "(abc/", "[Gambas: ", "Foto: A/", "12 Mei 2024 ", "by A B | "):
        clean(article("\n".join([SENTENCE, piece * 3_000, (piece * 20).strip(), SENTENCE])))
    assert time.process_time() - started < 10


def test_survey_and_clean_agree_on_odd_lines() -> None:
    articles = [article("\ud800 \x00 \ufeff\n" + SENTENCE), article(SENTENCE)]
    recurrence = survey(articles)
    assert all(clean(one, recurrence).text for one in articles)
