"""How the lists of words that English does not keep are made."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from training.quality import foreign


def test_words_enter_that_translations_do_not_keep_and_that_are_no_english() -> None:
    read = {
        "id": [("hotel itu dekat cahaya dan pasar", "the hotel is near the light and the pasar")] * 4,
        "fr": [("le chat dort ici", "the cat sleeps here"), ("un chat noir", "a black cat"), ("ce chat", "that cat")],
        "en": [("", "we had a chat"), ("", "another chat")],
    }
    found = foreign.foreign(read)
    assert found == {"id": ["cahaya", "dan", "dekat", "itu"], "fr": []}


def test_the_plural_of_an_english_word_does_not_enter() -> None:
    read = {"fr": [("deux microcodes libres", "two free ones")] * 4, "en": [("", "a microcode")] * 9}
    assert foreign.foreign(read)["fr"] == ["deux", "libres"]


def test_a_capitalised_word_is_marked_that_is_only_sometimes_changed() -> None:
    lines = [("dia tiba di Jerman, lalu Amerika", "he came to Germany, then Amerika")] * 2
    lines += [("dia tiba di Jerman, lalu Amerika", "he came to Germany, then America")] * 2
    assert [word for word in foreign.foreign({"id": lines})["id"] if word[0].isupper()] == ["Amerika~", "Jerman"]


def test_lines_without_a_tab_are_english_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv.gz"
    path.write_bytes(gzip.compress(b"satu\tone\textra\nonly English\n"))
    assert list(foreign.pairs([path])) == [("satu", "one"), ("", "only English")]


def test_the_lists_are_written_sorted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.tsv.gz"
    path.write_bytes(gzip.compress(b"cahaya itu baru\tthe light is new\n" * 3))
    monkeypatch.setattr("sys.argv", ["foreign", str(tmp_path), "id", str(path)])
    foreign.main()
    assert (tmp_path / "id.txt").read_text() == "baru\ncahaya\nitu\n"
    assert capsys.readouterr().out == "id: 3 words, 0 of them capitalised\n"
