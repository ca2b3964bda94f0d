from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.corpus import Article
from normalize.segment import segment, split_text

PIECES = ["Budi", "pergi", "J.", "Rp.", "5", "1.250,5", "dll.", "“Ya.”", "«", "»", '"', "...", "?!", "(a)", "b.",
          "Inc.", "😀", "Kompas.com", "pergi.Dia", "dan", "The", "—",
          "\u00a0", "\u200b", "[1]", "你好。", "!", ";", "x" * 40]
prose = st.lists(st.sampled_from(PIECES), max_size=60).flatmap(
    lambda words: st.sampled_from([" ", "  ", ""]).map(lambda gap: gap.join(words))
)
texts = st.one_of(st.text(max_size=300), prose)
languages = st.sampled_from(["id", "fr", "en", "de", "zh", "und", ""])


def article(text: str, language: str = "id") -> Article:
    return Article(id="site/a", path="a.txt", raw=text, text=text, sha256="0", language=language)


def own(_text: str, article_language: str, _target: str) -> str:
    return article_language


def short(source: str) -> bool:
    return len(source) <= 30


@given(texts, languages, st.booleans())
def test_spans_lose_only_white_space_and_stay_inside_lines(text: str, language: str, tight: bool) -> None:  # noqa: FBT001 - hypothesis passes it
    spans = split_text(text, language, short if tight else None)
    kept = "".join(span.of(text) for span in spans)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(one.end <= two.start for one, two in itertools.pairwise(spans))
    for span in spans:
        source = span.of(text)
        assert source
        assert source == source.strip()
        assert "\n" not in source


@given(texts, languages)
def test_the_same_text_is_split_the_same_way_again(text: str, language: str) -> None:
    assert split_text(text, language) == split_text(text, language)


PLAIN = ["Budi pulang.", "Ia tidur!", "Mengapa?", "“Kami siap,” kata Rina.", "Rp. 5 juta cukup."]


@given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=8))
def test_each_sentence_alone_is_one_segment(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [span.of(text) for span in split_text(text, "id")] == sentences
    assert all(len(split_text(sentence, "id")) == 1 for sentence in sentences)


@given(texts)
def test_segments_are_spans_of_the_article_with_ids_in_order(text: str) -> None:
    found = article(text)
    segments = segment(found, detect=own)
    assert all(one.span.of(text) == one.source for one in segments)
    assert len({one.id for one in segments}) == len(segments)
    for one in segments:
        paragraph = text.split("\n")[one.paragraph]
        assert one.source in paragraph
        assert one.id.startswith(f"site/a:{one.paragraph}.")


def test_a_paragraph_in_the_target_language_carries_it() -> None:
    def detect(paragraph: str, article_language: str, target_language: str) -> str:
        return target_language if paragraph.startswith("The") else article_language

    segments = segment(article("Ia pergi.\nThe end."), detect=detect)
    assert [(one.source, one.language) for one in segments] == [("Ia pergi.", "id"), ("The end.", "en")]


def test_empty_lines_count_as_paragraphs_but_have_no_segments() -> None:
    segments = segment(article("\n  \nSatu. Dua.\n"), detect=own)
    assert [one.id for one in segments] == ["site/a:2.0", "site/a:2.1"]


def test_an_article_without_text_has_no_segments() -> None:
    assert segment(article(""), detect=own) == ()


def test_a_long_sentence_is_split_after_clause_marks_before_commas_and_conjunctions() -> None:
    text = "Petani di desa itu menanam padi, jagung dan ubi; nelayan di pantai itu mencari ikan, udang dan kepiting"
    pieces = [span.of(text) for span in split_text(text, "id", lambda source: len(source) <= 60)]
    assert pieces == ["Petani di desa itu menanam padi, jagung dan ubi;",
                      "nelayan di pantai itu mencari ikan, udang dan kepiting"]


def test_a_long_sentence_without_marks_is_split_before_a_conjunction() -> None:
    text = "Le ministre a promis de nouveaux moyens et les syndicats ont demandé un calendrier précis"
    pieces = [span.of(text) for span in split_text(text, "fr", lambda source: len(source) <= 60)]
    assert pieces == ["Le ministre a promis de nouveaux moyens", "et les syndicats ont demandé un calendrier précis"]


def test_numbers_are_not_split_at_their_commas() -> None:
    text = "harga 1.250,75 " * 40
    assert all("1.250,75" in span.of(text) for span in split_text(text, "id", lambda source: len(source) <= 40))


def test_accents_stay_on_their_letters_when_a_giant_token_is_cut() -> None:
    text = "e\u0301" * 500
    spans = split_text(text, "fr", short)
    assert all(span.of(text)[0] == "e" for span in spans)
    assert all(len(span.of(text)) <= 30 for span in spans)


def test_no_piece_is_lost_when_nothing_ever_fits() -> None:
    text = "satu dua tiga empat lima enam tujuh " * 20
    kept = " ".join(span.of(text) for span in split_text(text, "id", lambda _source: False))
    assert kept.split() == text.split()


ENDLESS = ["kata " * 40_000, "k" * 200_000, "a, " * 60_000, "(" * 200_000, ". " * 20_000, '."' * 20_000]


@pytest.mark.parametrize("text", ENDLESS)
def test_a_line_without_end_is_split_in_time_in_proportion_to_it(text: str) -> None:
    asked: list[int] = []

    def fits(source: str) -> bool:
        asked.append(len(source))
        return len(source) <= 500

    start = time.process_time()
    spans = split_text(text, "id", fits)
    assert time.process_time() - start < 3
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())
    assert len(asked) <= 2 * len(spans)
    assert sum(asked) <= 20 * len(text)
