"""The recipe's torch-free parts: pairs stay true whatever variant is made of them."""

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.translate.ranking import NULL, STEP, read_ranking
from training import figures, ranking, variants
from training.lexicon import align, learn, learn_one_way, words
from training.pairs import read_pairs, write_pairs
from training.prepare import LONG, clean, configuration, lengthened, newsworthy, rule_for, singulars, tidy
from training.rare import borne_out, lines, rare, spelling

LEXICON = {"bank": {"bank": 0.9}, "dunia": {"world": 0.9}, "membeli": {"bought": 0.8}, "saham": {"shares": 0.8}}
PAIR = ("Mereka bertanya mengapa Bank Dunia membeli saham itu.", "They asked why the World Bank bought those shares.")
NAMES = ["Norvantix Labs", "Quellmar"]


def dice(seed: int) -> random.Random:
    """The same throws every time."""
    return random.Random(seed)  # noqa: S311 - no secret


def figure(text: str) -> str:
    """Only the digits."""
    return "".join(sign for sign in text if sign.isdigit())


def test_a_span_is_aligned_with_the_span_that_says_the_same() -> None:
    found = {(PAIR[0][slice(*a.source)], PAIR[1][slice(*a.target)]) for a in align(*PAIR, LEXICON)}
    assert ("Bank Dunia", "World Bank") in found
    assert ("saham", "shares") in found


def test_a_word_said_twice_is_not_aligned() -> None:
    assert align("bank dan bank", "a bank and a shop", LEXICON) == []


@given(st.integers(0, 1000))
def test_a_switched_source_holds_english_of_the_target_and_the_target_stays(seed: int) -> None:
    source, target = variants.switched(PAIR, LEXICON, dice(seed))
    assert target == PAIR[1]
    new = set(source.rstrip(".").split()) - set(PAIR[0].rstrip(".").split())
    assert new <= set(target.rstrip(".").split())


@given(st.integers(0, 1000))
def test_a_switched_plural_is_the_same_on_both_sides_also_where_it_became_a_singular(seed: int) -> None:
    source, target = variants.switched(PAIR, {"saham": {"shares": 0.8}}, dice(seed), {"shares": "share"})
    form = source.split()[-2]
    assert form in {"share", "shares"}
    assert target == PAIR[1].replace("shares", form)


def test_nouns_are_known_by_what_stands_before_them() -> None:
    lines = ["a share of these shares fell", "every city of the three cities", "a run", "he runs two of them", "an as"]
    assert singulars(lines) == {"shares": "share", "cities": "city"}


def test_the_words_of_a_lexicon_are_rare_and_sure_and_no_grammar() -> None:
    known = {
        "badai": {"storm": 0.2, "gale": 0.1}, "awan": {"clouds": 0.03}, "itu": {"the": 0.5},
        "parodi": {"parodi": 0.9}, "prancis": {"france": 0.4}, "pulau": {"island": 0.4},
    }  # fmt: skip
    pairs = [("a", "Of Storm and storm, in France, he said."), ("b", "to France"), ("c", "of France")]
    spelled = spelling(pairs)
    assert spelled == {"france": "France"}
    assert lines({"badai", "awan", "itu", "parodi", "Prancis", "Pulau", "laut"}, known, spelled) == [
        "Prancis\tFrance\n", "badai\tstorm\n"
    ]  # fmt: skip
    assert rare(["badai besar"] * 101 + ["awan Itu"], {"badai", "awan", "Itu", "laut"}) == {"awan", "laut"}


def test_one_language_is_taken_out_of_a_base_with_its_own_rules_before(tmp_path: Path) -> None:
    (tmp_path / "all.toml").write_text(
        """seed = 1
        rates = { renamed = 0.1, marked = 0.2 }
        figures = { id = 5, fr = 6 }
        sources = [
            { files = "id-en/*", weight = 1.0 },
            { files = "fr-en/a", weight = 0.3 },
            { files = "fr-en/*", weight = 2, stop = true },
        ]"""
    )
    (tmp_path / "fr.toml").write_text(
        """base = "all.toml"
        language = "fr"
        factor = 1.5
        most = 2.5
        rates = { renamed = 0.3 }
        sources = [{ files = "fr-en/b", weight = 3.0, every = 2 }]"""
    )
    found = configuration(tmp_path / "fr.toml")
    assert found["seed"] == 1
    assert found["rates"] == {"renamed": 0.3, "marked": 0.2}
    assert found["figures"] == {"fr": 6}
    assert found["sources"] == [
        {"files": "fr-en/b", "weight": 3.0, "every": 2},
        {"files": "fr-en/a", "weight": 0.45},
        {"files": "fr-en/*", "weight": 2.5, "stop": True},
    ]


@given(st.integers(0, 1000))
def test_a_name_put_in_stands_on_both_sides(seed: int) -> None:
    source, target = variants.renamed(PAIR, LEXICON, NAMES, dice(seed))
    assert any(name in source and name in target for name in NAMES)


@given(st.integers(0, 1000))
def test_a_handle_or_address_is_the_same_on_both_sides(seed: int) -> None:
    source, target = variants.with_literal(PAIR, NAMES, dice(seed))
    assert source.split()[-1] == target.split()[-1] != PAIR[0].split()[-1]


@pytest.mark.parametrize(
    "text", ["Ia berkata “tidak” kemarin.", "Il a dit « non » hier.", 'Ia berkata "tidak" kemarin.']
)
def test_quotes_of_any_kind_are_straight_in_the_target(text: str) -> None:
    for seed in range(20):
        source, target = variants.requoted((text, text), dice(seed))
        assert target.count('"') == 2
        assert all(word in source for word in ("berkata", "tidak") if word in text)


@given(st.sampled_from(["id", "fr"]), st.integers(0, 1000))
def test_a_sentence_made_speech_has_the_same_marks_on_both_sides_and_keeps_its_words(language: str, seed: int) -> None:
    pair = ("Kami pergi ke kota.", "We are going to the city.")
    source, target = variants.quoted(pair, language, NAMES, dice(seed))
    marks = [text[0] in '"“„«' for text in (source, target)]
    assert marks[0] == marks[1]
    assert sum(target.count(mark) for mark in '"') in {1, 2}
    assert "Kami pergi ke kota" in source
    assert "We are going to the city" in target


@pytest.mark.parametrize("pair", [("“Ya.”", "Yes."), ("tanpa awal.", "No start."), ("Tanpa titik", "No stop.")])
def test_what_is_no_whole_sentence_is_not_made_speech(pair: tuple[str, str]) -> None:
    assert all(variants.quoted(pair, "id", NAMES, dice(seed)) == pair for seed in range(20))


def test_a_headline_keeps_small_english_words_small_and_has_no_stop() -> None:
    assert (
        variants.titled(("kata menteri di jakarta.", "says the minister in jakarta."))[1]
        == "Says the Minister in Jakarta"
    )


def test_two_sentences_are_joined_only_if_both_end() -> None:
    assert variants.joined(("Ya.", "Yes."), ("Bukan.", "No.")) == ("Ya. Bukan.", "Yes. No.")
    assert variants.joined(("Ya", "Yes"), ("Bukan.", "No.")) == ("Ya", "Yes")


@pytest.mark.parametrize(("second", "expected"), [
    (("La loi passe.", "The law passes."), ("Il dit oui; la loi passe.", "He says yes; the law passes.")),
    (("Lyon passe.", "Lyon goes on."), ("Il dit oui; Lyon passe.", "He says yes; Lyon goes on.")),
    (("La loi", "The law"), ("Il dit oui.", "He says yes.")),
])  # fmt: skip
def test_two_sentences_are_linked_only_if_both_end(second: tuple[str, str], expected: tuple[str, str]) -> None:
    assert variants.linked(("Il dit oui.", "He says yes."), second) == expected


def test_what_french_elides_is_a_word_of_its_own() -> None:
    found = [word for word, _, _ in words("L’accord d'Yvan, qu’il n’a lorsqu'on aujourd’hui; Jum'at, don't, I'm")]
    assert found == [
        "l’", "accord", "d'", "yvan", "qu’", "il", "n’", "a", "lorsqu'", "on", "aujourd’hui", "jum'at", "don't", "i'm",
    ]  # fmt: skip


@given(st.integers(0, 300))
def test_sentences_joined_to_a_pair_are_whole_and_not_too_long(seed: int) -> None:
    others = [(f"Dan ini {'x' * seed}.", f"And this {'y' * seed}.")] * 3
    source, target = lengthened(("Ia pergi.", "He left."), others, 0.5, dice(seed))
    count = source.lower().count("dan ini")
    assert 1 <= count == target.lower().count("and this") <= 3
    assert len(source) == len("Ia pergi.") + count * (len(others[0][0]) + 1) < LONG + 2


def test_a_lost_stop_is_put_back_only_on_sentences_that_end_in_a_word() -> None:
    assert variants.stopped(("Ia pergi", "He left")) == ("Ia pergi.", "He left.")
    assert variants.stopped(("Ia pergi:", "He left")) == ("Ia pergi:", "He left")


@given(st.sampled_from(["id", "fr"]), st.integers(0, 5000))
def test_a_number_made_by_rule_has_the_same_digits_on_both_sides(language: str, seed: int) -> None:
    for kind in (figures.plain, figures.scaled, figures.money, figures.percent):
        source, target = kind(language, dice(seed))
        assert figure(source) == figure(target), (source, target)


def test_a_milliard_is_a_billion() -> None:
    made = {figures.scaled("fr", dice(seed)) for seed in range(300)}
    assert all("billion" in target for source, target in made if "milliard" in source)
    assert all("trillion" in target for source, target in made if "billion" in source)


def test_cleaning_drops_copies_repeats_wrong_lengths_and_wrong_languages() -> None:
    good = ("Pemerintah telah mengumumkan rencana itu di Jakarta.", "The government has announced the plan in Jakarta.")
    bad = [
        ("Hello there", "hello there"),
        ("Ya.", "It was said that nothing of the kind had been seen here before today."),
        ("12 34 56", "12 34 56 -"),
        (
            "Le gouvernement a annoncé le plan pour toute la province hier soir",
            "The government has announced the plan last night.",
        ),
    ]
    assert clean([good, *bad, good], "id", 70, set()) == [good]


def test_what_is_most_like_news_is_kept_in_its_order() -> None:
    news = {"minister": 50, "said": 80, "shares": 40, "fell": 30}
    plain = ("x", "I thank my friend for his kind words about me today")
    wire = ("y", "The minister said shares fell and the minister said shares fell")
    assert newsworthy([plain, wire], Counter(news), 0.5) == [wire]


def test_the_lexicon_learns_a_word_from_its_company() -> None:
    pairs = [(f"{a} {b}", f"{x} {y}") for a, x in [("satu", "one"), ("dua", "two"), ("tiga", "three")]
             for b, y in [("rumah", "house"), ("kapal", "ship"), ("pohon", "tree")] for _ in range(3)]  # fmt: skip
    lexicon = learn(pairs)
    assert {word: max(options, key=lambda o: options[o]) for word, options in lexicon.items()} == {
        "satu": "one", "dua": "two", "tiga": "three", "rumah": "house", "kapal": "ship", "pohon": "tree",
    }  # fmt: skip


def test_the_first_rule_that_fits_counts() -> None:
    config = {"sources": [{"files": "id-en/news-*", "weight": 3}, {"files": "id-en/*", "weight": 1}]}
    assert rule_for("id-en/news-x", config)["weight"] == 3
    assert rule_for("id-en/else", config)["weight"] == 1


@given(st.text())
def test_a_tidied_text_is_one_line(text: str) -> None:
    assert "\n" not in tidy(text)
    assert "\t" not in tidy(text)


def test_written_pairs_are_read_again_and_are_the_same_bytes(tmp_path: Path) -> None:
    pairs = [("satu", "one"), ("deux", "two")]
    for name in ("a.tsv.gz", "b.tsv.gz"):
        write_pairs(tmp_path / name, pairs)
    assert read_pairs(tmp_path / "a.tsv.gz") == pairs
    assert (tmp_path / "a.tsv.gz").read_bytes() == (tmp_path / "b.tsv.gz").read_bytes()


def test_what_prose_says_of_a_word_goes_before_what_manuals_say() -> None:
    plain = {"keranjang": {"basket": 0.5}}
    known = {
        "keranjang": {"cart": 0.9}, "naskah": {"submission": 0.9}, "badai": {"storm": 0.9},
        "kognitif": {"cognitive": 0.9}, "jarum": {"counterclockwise": 0.9},
    }  # fmt: skip
    prose = [("Naskah itu hilang.", "The manuscript is lost."), ("Ada badai.", "There is a storm.")]
    assert borne_out(["jarum", *known], plain, known, prose) == {
        "keranjang": {"basket": 0.5}, "naskah": {}, "badai": {"storm": 0.9},
        "kognitif": {"cognitive": 0.9}, "jarum": {},
    }  # fmt: skip


def test_english_that_stands_beside_a_word_of_prose_by_accident_is_not_believed() -> None:
    known = {"tolok": {"benchmark": 0.9}}
    prose = [("Satu tolok.", "One."), *[("Tolok lain.", "Another.")] * 9, ("Tolok itu.", "That benchmark.")]
    assert borne_out(["tolok"], {}, known, prose) == {"tolok": {}}
    assert borne_out(["tolok"], {}, known, prose[-3:]) == known


def test_of_the_words_that_say_a_word_the_likely_ones_are_learned() -> None:
    split = [([a, b, "itu"], [x, y]) for a, x in [("satu", "one"), ("dua", "two"), ("tiga", "three")]
             for b, y in [("rumah", "house"), ("kapal", "ship"), ("pohon", "tree")] for _ in range(3)]  # fmt: skip
    found = {(source, target): chance for source, target, chance in learn_one_way(split, least=3, likely=0.2)}
    assert found["rumah", "house"] > 0.5
    assert found["satu", "one"] > 0.5
    assert found["itu", NULL] == max(chance for (source, _), chance in found.items() if source == "itu")
    assert ("rumah", "ship") not in found


def test_a_learned_table_says_what_was_learned() -> None:
    pairs = [("Ia minum teh kental .", "He drinks strong tea ."), ("Ia minum kopi .", "He drinks coffee .")] * 3
    entries = ranking.bigrams(target for _, target in pairs) | ranking.alignments(pairs)
    learned = read_ranking(ranking.table(entries), b'{"weights": {"fluency": 1.0, "coverage": 1.0}}')
    # "strong" came after "drinks" in half of the lines, and "tea" never
    good, turned, short = learned.features(
        "minum teh kental", ["drinks strong tea", "drinks tea strong", "drinks tea"], [0] * 3
    )
    assert good[1] > turned[1]
    assert good[2] == turned[2] > short[2]
    assert learned.best_first("Ia minum kopi.", ["He drinks tea.", "He drinks coffee."], [0, 0]) == [1, 0]


@given(st.dictionaries(st.integers(0, 2**32 - 1), st.floats(-15, 0), max_size=50))
def test_a_table_is_read_as_it_was_written(entries: dict[int, float]) -> None:
    found = read_ranking(ranking.table(entries), b'{"weights": {}}')
    assert found.keys.tolist() == sorted(entries)
    for key, value in zip(found.keys.tolist(), found.values.tolist(), strict=True):
        assert abs(entries[key] + value / STEP) <= 0.5 / STEP


def test_the_weights_put_the_closer_answers_first() -> None:
    rng = np.random.default_rng(7)
    truth = np.array([2.0, 0.0, 1.0, -1.0])
    rows = rng.normal(size=(200, 4, 4))
    found = ranking.fit([ranking.Case(some, (100 * (some @ truth)).tolist(), 20) for some in rows])
    assert np.dot(found, truth) / np.linalg.norm(found) / np.linalg.norm(truth) > 0.99
