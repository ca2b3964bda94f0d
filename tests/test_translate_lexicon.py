"""A package's words in translation: what is put in, what is no lexicon, and what the model answers then."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate_packages import BUNDLED_FR, BUNDLED_ID, opened, variant

from normalize.check.foreign import is_foreign
from normalize.errors import PackageError
from normalize.translate import Store, words_read
from normalize.translate.lexicon import put_in, read_lexicon

LEXICON = {"badai": "storm", "kupu-kupu": "butterfly", "indonesien": "Indonesian", "trotoar": "sidewalk"}
WORDS = b"badai\tstorm\ntrotoar\tsidewalk\n"


@pytest.mark.parametrize(("source", "expected"), [
    ("Ada badai.", "Ada storm."),
    ("Ada kupu-kupu di trotoar-trotoar.", "Ada butterfly di trotoar-trotoar."),
    ("L’indonesien, l'indonesien", "L’Indonesian, l'Indonesian"),
    ("(badai) “badai” badai, badai: ya", "(storm) “storm” storm, storm: ya"),
    ("Badai BADAI badaiku badai2", "Badai BADAI badaiku badai2"),
    ("", ""),
])  # fmt: skip
def test_words_in_small_letters_are_put_in(source: str, expected: str) -> None:
    assert put_in(LEXICON, source) == expected


@pytest.mark.parametrize("source", [
    "https://badai.id/badai?badai=1&badai=2", "@badai", "#badai", "badai@badai.id", "badai.id", "x_badai", "badai_x",
])  # fmt: skip
def test_addresses_handles_and_hashtags_stay(source: str) -> None:
    assert put_in(LEXICON, source) == source


@given(st.text())
def test_a_text_without_the_words_stays(text: str) -> None:
    assert put_in({"qzqzq": "x"}, text) == text


@given(st.lists(st.sampled_from([*LEXICON, "dan", "hujan", "Badai", "3,5"]), max_size=12))
def test_words_are_put_in_wherever_they_stand(words: list[str]) -> None:
    assert put_in(LEXICON, " ".join(words)) == " ".join(LEXICON.get(word, word) for word in words)


@pytest.mark.parametrize(("content", "what"), [
    (b"\xff\xfe", "is not UTF-8"),
    (b"badai\tstorm\nbadai storm\n", "line 2"),
    (b"badai\tstorm\n\n", "line 2"),
    (b"Badai\tstorm\n", "line 1"),
    (b"badai\t\n", "line 1"),
    (b"badai\tstorm\tgale\n", "line 1"),
    (b"badai\t<script>\n", "line 1"),
    (b"badai\tstorm\x00\n", "line 1"),
    ("badai\tstorm\u2028x\n".encode(), "line 1"),
    (b"b" * 65 + b"\tstorm\n", "line 1"),
    (b"badai\t" + b"s" * 65 + b"\n", "line 1"),
])  # fmt: skip
def test_what_is_no_lexicon_is_refused_by_line(content: bytes, what: str) -> None:
    with pytest.raises(PackageError, match=what):
        read_lexicon(content)


def test_an_empty_lexicon_has_no_words() -> None:
    assert read_lexicon(b"") == {}


@pytest.mark.model
def test_answers_scores_and_limits_are_those_of_the_words_put_in(tmp_path: Path) -> None:
    plain = opened(variant(tmp_path / "plain.argosmodel", {"lexicon.tsv": b""}))
    worded = opened(variant(tmp_path / "worded.argosmodel", {"lexicon.tsv": WORDS}))
    source, read = "Warga menunggu di trotoar sampai badai reda.", "Warga menunggu di sidewalk sampai storm reda."

    assert worded.translate([source], hypotheses=3) == plain.translate([read], hypotheses=3)
    assert worded.translate([source]) != plain.translate([source])
    assert worded.score([source], ["They waited."]) == plain.score([read], ["They waited."])
    assert worded.translate(["Ia pergi."]) == plain.translate(["Ia pergi."])
    assert worded.fits(source * 3) == plain.fits(read * 3)
    assert worded.signature != plain.signature


@pytest.mark.model
def test_a_package_whose_lexicon_is_none_fails_by_name_and_line(tmp_path: Path) -> None:
    path = variant(tmp_path / "broken.argosmodel", {"lexicon.tsv": b"badai storm\n"})
    with pytest.raises(PackageError, match=r"lexicon.tsv, line 1") as caught:
        opened(path).translate(["Ada badai."])
    assert caught.value.path == str(path)


@pytest.mark.parametrize(("path", "language"), [(BUNDLED_ID, "id"), (BUNDLED_FR, "fr")])
def test_the_lexicons_of_the_bundled_packages_hold_words_that_english_has_not(path: Path, language: str) -> None:
    found = opened(path)._model.lexicon
    assert len(found) > 1000
    assert not [word for word in found if not is_foreign(word, language)]
    assert not [word for word, other in found.items() if other.lower() in found]


def test_what_was_read_in_translation_is_told_afterwards_while_the_package_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "packages"
    folder.mkdir()
    file = variant(folder / "worded.argosmodel", {"lexicon.tsv": WORDS})
    store = Store(folders=(), bundled=folder)
    signature = store.engine("id", "en").signature
    source = "Badai badai, (trotoar) dan #badai di badai."
    assert words_read(store, signature, source) == {"badai": "storm", "trotoar": "sidewalk"}
    assert words_read(store, f"{signature} > argos translate-en_fr-1.9@00000000|beam 4", source)
    assert words_read(store, "english 1", source) == {}
    variant(file, {"lexicon.tsv": b"badai\tgale\n"})
    assert words_read(store, signature, source) == {}
    file.write_bytes(b"PK")
    assert words_read(store, signature, source) == {}
    file.unlink()
    assert words_read(store, signature, source) == {}
