"""Every rule acts on its example and leaves its counter-example; the page that lists them is up to date."""

# ruff: noqa: E501 - the samples are lines of articles, and sentences are long

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path

import pytest

import normalize.clean
from normalize.clean import RULES, Rule, SiteRule, SiteRules, clean, removed, survey
from normalize.clean.lexicon import fold, lookup
from normalize.clean.rules import article, document
from normalize.corpus import Article, Metadata

SHOWN = [rule for rule in RULES if rule.example]
ALONE = [rule for rule in SHOWN if rule.name not in {"recurs", "site-rule", "teaser"}]


def made(text: str, name: str = "a") -> Article:
    return Article(id=name, path=f"{name}.txt", raw=text, text=text, sha256="0")


def plain(example: str) -> str:
    return example.replace("⟦", "").replace("⟧", "")


def part(example: str) -> str:
    return example.partition("⟦")[2].partition("⟧")[0].strip() or example


@pytest.mark.parametrize("rule", ALONE, ids=lambda rule: rule.name)
def test_a_rule_removes_its_example_and_nothing_else(rule: Rule) -> None:
    text = article(rule, plain(rule.example), rule.place)
    found = removed(clean(made(text)))
    wanted = set(part(rule.example).split("\n"))
    assert {item.text for item in found} <= wanted
    assert rule.name in {item.rule for item in found}


@pytest.mark.parametrize("rule", [rule for rule in SHOWN if rule.counter], ids=lambda rule: rule.name)
def test_a_rule_leaves_its_counter_example(rule: Rule) -> None:
    text = article(rule, rule.counter, rule.counter_place)
    assert clean(made(text)).text == text


def test_a_recurring_line_goes_when_the_folder_shows_it() -> None:
    rule = next(rule for rule in RULES if rule.name == "recurs")
    texts = [
        f"{title}\n{body}\n{rule.example}"
        for title, body in (
            (
                "Panen Garam Mundur Sebulan di Pesisir Utara",
                "Petani garam di pesisir utara menunda panen karena hujan turun hampir setiap sore sejak awal bulan.",
            ),
            (
                "Kapal Cepat Berhenti Beroperasi Dua Hari",
                "Operator kapal cepat menghentikan pelayaran selama dua hari karena gelombang di selat mencapai tiga meter.",
            ),
            (
                "Sekolah Desa Mendapat Perpustakaan Baru",
                "Sekolah dasar di lereng gunung itu menerima dua ribu buku dan sebuah ruang baca yang dibangun oleh orang tua murid.",
            ),
        )
    ]
    articles = [made(text, f"a{number}") for number, text in enumerate(texts)]
    recurrence = survey(articles)
    for one in articles:
        result = clean(one, recurrence)
        assert result.text == one.text.removesuffix("\n" + rule.example)


def test_the_title_of_another_article_is_a_teaser() -> None:
    rule = next(rule for rule in RULES if rule.name == "teaser")
    other = dataclasses.replace(
        made("Petani garam di pesisir utara menunda panen karena hujan turun hampir setiap sore.", "b"),
        metadata=Metadata(title=rule.example),
    )
    text = article(rule, f"Ekonomi desa tumbuh\n{rule.example}", "foot")
    one = made(text, "c")
    assert rule.example not in clean(one, survey([one, other])).text


def test_a_site_rule_decides_before_all_others() -> None:
    rule = next(rule for rule in RULES if rule.name == "site-rule")
    text = article(rule, rule.example, rule.place) + "\nBagikan\nLaporan: Wulan Tari"
    rules = SiteRules(
        rules=(
            SiteRule(site="*", action="drop", way="prefix", text=rule.example[:12]),
            SiteRule(site="*", action="keep", way="line", text="Bagikan"),
            SiteRule(site="*.txt", action="meta", way="prefix", text="Laporan:", field="author"),
        )
    )
    result = clean(made(text), None, rules)
    assert result.text.endswith("\nBagikan")
    assert rule.example not in result.text
    assert result.metadata.author == "Laporan: Wulan Tari"
    assert {item.rule for item in removed(result)} == {"site-rule"}


def test_every_name_used_is_a_rule() -> None:
    folder = Path(normalize.clean.__file__).parent
    lexicon = tomllib.loads((folder / "lexicon.toml").read_text("utf-8"))
    names = [rule.name for rule in RULES]
    assert set(lexicon) <= set(names)
    assert len(names) == len(set(names))


def test_every_phrase_of_the_lexicon_is_found() -> None:
    folder = Path(normalize.clean.__file__).parent
    for modes in tomllib.loads((folder / "lexicon.toml").read_text("utf-8")).values():
        for mode, languages in modes.items():
            for phrases in languages.values():
                for phrase in phrases:
                    line = phrase if mode == "whole" else phrase.rstrip() + " x"
                    # Lines of digits are marks, whatever stands around them.
                    assert lookup(fold(line), 6) is not None or not any(map(str.isalpha, fold(phrase))), phrase


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell on Monday after the bank said it would cut jobs in three countries.",
        "Home is where we started, said the player who grew up two streets from the stadium.",
        "Subscribers of the railway's night service will pay more from May, the company said on Friday, and the union of travellers protested.",
        "Partager la route avec les cyclistes reste difficile pour beaucoup d'automobilistes de la métropole, selon une étude publiée mardi.",
        "Baca juga penting, kata gubernur ketika membuka kelas baru itu di hadapan dua ratus murid dan orang tua mereka di kota.",
    ],
)
def test_a_long_sentence_that_begins_like_a_phrase_has_no_hit(line: str) -> None:
    assert lookup(fold(line), len(line.split())) is None


def test_the_rules_page_is_up_to_date() -> None:
    page = Path(__file__).parent.parent / "docs" / "rules.md"
    assert page.read_text("utf-8") == document(), "write what document() gives there"
