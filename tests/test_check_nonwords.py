"""Words that a model made up are told; rare, derived and foreign ones and terms are not."""

from __future__ import annotations

import dataclasses
import gzip
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.check import check
from normalize.check.nonwords import is_english
from normalize.check.nonwords import nonwords as nonwords_of
from normalize.check.subject import Subject
from normalize.corpus import Finding, Method, Origin, Receipt, Segment, Span, State, Unit
from training.quality import english


def unit(source: str, target: str, language: str = "en") -> Unit:
    segment = Segment(id="a:0.0", article="a", paragraph=0, span=Span(start=0, end=len(source)), source=source,
                      language="id")
    return Unit(segment=segment, target=target, target_language=language, state=State.TRANSLATED, score=-0.5,
                origin=Origin.MACHINE)


def nonwords(of: Unit) -> list[Finding]:
    return [finding for finding in check(of).findings if finding.check == "nonword"]


@pytest.mark.parametrize("word", ["werevaded", "fiveteteens", "withoutpassing", "theseuhans", "smemed", "twentyth"])
def test_what_a_model_made_up_is_told_with_its_place(word: str) -> None:
    target = f"Nearly 100 people {word} from the region."
    [finding] = nonwords(unit("Hampir 100 warga dievakuasi.", target))
    assert finding.span is not None
    assert finding.span.of(target) == word


@pytest.mark.parametrize("word", [
    "nationalised", "organisation", "colour", "stopping", "studies", "happiest", "moorland", "birdwatchers",
    "reopening", "landforms", "hydropower", "carefully", "readability", "underfunded", "microfinance", "runs",
])  # fmt: skip
def test_words_formed_as_english_forms_them_are_english(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("target", [
    "The gamelans and the angklung sounded.", "Sumberwangi and O'Blorneyx left.", "See kfjdkw.id or @kfjdkw, #kfjdkw.",
    "It’s a kfj-dkw, kfj’dkw thing.", "A zzq.", "ÄKFJ éclaté", "",
])  # fmt: skip
def test_what_the_source_has_names_addresses_and_other_letters_are_no_nonwords(target: str) -> None:
    assert nonwords(unit("Gamelan dan angklung berbunyi, gamelan dan angklung.", target)) == []


def test_terms_of_a_glossary_are_whatever_they_are() -> None:
    one = unit("Ia pakai zylfprak.", "He uses the glomfrit.")
    assert len(nonwords(one)) == 1
    receipt = Receipt(term="zylfprak", surface="zylfprak", span=Span(start=9, end=17), target="glomfrit",
                      method=Method.KEPT, target_span=Span(start=12, end=20), produced="glomfrit")
    assert nonwords(dataclasses.replace(one, receipts=(receipt,))) == []


def test_other_target_languages_are_not_judged() -> None:
    assert nonwords(unit("Ia pergi.", "Elle werevaded.", "fr")) == []


@given(st.text(max_size=200))
def test_no_text_breaks_the_check(text: str) -> None:
    for finding in nonwords(unit("Satu kalimat.", text)):
        assert finding.span is not None
        assert finding.span.of(text).islower()


def test_hostile_text_is_checked_in_time() -> None:
    start = time.process_time()
    for text in ("qzxj " * 50_000, "a" * 200_000, "qzxj" * 50_000, "isisisisisisisis " * 20_000, "a1b2 " * 50_000):
        list(nonwords_of(Subject(unit=unit("Satu kalimat.", text))))
    assert time.process_time() - start < 5


def test_the_list_of_english_is_made_of_what_several_texts_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                               capsys: pytest.CaptureFixture[str]) -> None:
    for name, lines in {"a": ["x\tthe cat sat"] * 2 + ["y\tcatt it's www.cats.id"], "b": ["the dog"] * 4}.items():
        (tmp_path / f"{name}.tsv.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"one cow\n"))
    monkeypatch.setattr("sys.argv", ["english", str(tmp_path), *map(str, sorted(tmp_path.glob("*.gz")))])
    english.main()
    assert (tmp_path / "en-known.txt").read_text() == "cow\ndog\none\nthe\n"
    assert capsys.readouterr().out == "4 words\n"
