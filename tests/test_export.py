"""Filters, splits, and the export of a corpus as a whole."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import io
import itertools
import json
import tracemalloc
from collections.abc import Iterable, Iterator
from os import devnull
from pathlib import Path, PurePath
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.corpus import Issue, Origin, Severity, State
from normalize.errors import InputError, UsageError
from normalize.export import (
    FORMS,
    RULES,
    ArticleRow,
    Corpus,
    Exported,
    Filter,
    Options,
    Rule,
    Splits,
    UnitRow,
    export,
    form_named,
)
from normalize.export.judge import Verdicts, judge
from normalize.export.near import Signatures
from normalize.export.sample import Sample
from normalize.export.splits import Groups
from normalize.export.table import NEAR_DUPLICATE, SAMPLE, document
from normalize.export.text import fingerprint, normalised, words
from normalize.rows import FindingRow, line

SENTENCES = (
    (
        "Gudang beras itu dibuka lagi oleh bupati pada pagi hari.",
        "The rice warehouse was reopened by the regent in the morning.",
    ),
    ("Warga desa berjalan kaki dua jam ke pasar di kota.", "The villagers walked two hours to the market in town."),
    (
        "Sekolah kecil itu kini punya dua guru dan satu perpustakaan.",
        "The small school now has two teachers and one library.",
    ),
    ("Hujan turun sepanjang malam dan sungai pun meluap.", "Rain fell through the night and the river overflowed."),
    (
        "Nelayan menunda berangkat karena ombak terlalu tinggi.",
        "Fishermen put off leaving because the waves were too high.",
    ),
)


def unit(number: int = 0, article: str = "a", **more: object) -> UnitRow:
    source, target = SENTENCES[number % len(SENTENCES)]
    fields: dict[str, Any] = {
        "id": f"{article}:{number}.0", "article": article, "paragraph": number, "source": source, "target": target,
        "source_language": "id", "target_language": "en", "score": -0.5, "origin": Origin.MACHINE,
    } | more  # fmt: skip
    return UnitRow(**fields)


def write_corpus(folder: Path, units: Iterable[UnitRow], articles: Iterable[ArticleRow] = ()) -> Corpus:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "corpus.jsonl").write_bytes(b"".join(map(line, units)))
    (folder / "articles.jsonl").write_bytes(b"".join(map(line, articles)))
    return Corpus.open(folder)


class Disk:
    """Files in memory."""

    def __init__(self) -> None:
        self.files: dict[str, io.BytesIO] = {}

    def open(self, path: PurePath) -> io.BytesIO:
        assert str(path) not in self.files
        return self.files.setdefault(str(path), io.BytesIO())

    def __getitem__(self, path: str) -> bytes:
        return self.files[path].getvalue()


def exported(
    corpus: Corpus, name: str = "jsonl", to: str = "c.jsonl", rules: str = "none", **more: Any  # noqa: ANN401 - any option
) -> tuple[Exported, Disk]:
    disk = Disk()
    options = Options(form=form_named(name), to=PurePath(to), chosen=Filter.parse([rules]), **more)
    return export(corpus, options, disk.open), disk


def ids(data: bytes) -> list[str]:
    return [json.loads(each)["id"] for each in data.splitlines()]


# The table of filters


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.function], ids=lambda rule: rule.name)
def test_a_filter_drops_its_example_and_keeps_its_counter_example(rule: Rule) -> None:
    chosen = Filter.parse([rule.name])
    assert chosen.verdict(rule.example)
    assert not chosen.verdict(rule.counter_example)
    assert chosen.evidence(rule.example, chosen.verdict(rule.example))


def test_near_duplicates_are_dropped_but_the_first() -> None:
    rule = next(rule for rule in RULES if rule.name == NEAR_DUPLICATE)
    units = [
        unit(source="Dia pergi ke pasar kemarin.", target="He went to the market yesterday."),
        rule.example,
        rule.counter_example,
    ]
    verdicts = judged(units, "near-duplicate")
    assert [bool(verdict) for verdict in verdicts.units] == [False, True, False]


def test_a_sample_drops_its_example_and_keeps_its_counter_example() -> None:
    rule = next(rule for rule in RULES if rule.name == SAMPLE)
    verdicts = judged([rule.example, rule.counter_example], "sample=1")
    assert [bool(verdict) for verdict in verdicts.units] == [True, False]


def drawn(units: Iterable[UnitRow], rules: str) -> set[str]:
    rows = list(units)
    return {row.id for row, verdict in zip(rows, judged(rows, rules).units, strict=True) if not verdict}


def test_a_sample_holds_so_many_of_each_pair_of_languages_or_all_there_are() -> None:
    rows = [unit(number, source_language=tag) for number, tag in enumerate(["id"] * 40 + ["fr"] * 40 + ["ms"] * 3)]
    languages = {row.id: row.source_language for row in rows}
    assert sorted(languages[each] for each in drawn(rows, "sample=5")) == ["fr"] * 5 + ["id"] * 5 + ["ms"] * 3


@given(st.sets(st.text("ab:.0123", min_size=1, max_size=6), max_size=30), st.randoms(use_true_random=False))
def test_a_sample_depends_on_the_ids_alone_and_is_part_of_a_larger_one(names: set[str], chance: Any) -> None:  # noqa: ANN401 - hypothesis
    rows = [unit(id=name) for name in sorted(names)]
    small, large = drawn(rows, "sample=3"), drawn(rows, "sample=9")
    assert len(small) == min(3, len(rows))
    assert small <= large
    other = [unit(1, id=name, score=-1.0) for name in sorted(names)]  # another text
    chance.shuffle(other)
    assert drawn(other, "sample=3") == small


def test_a_sample_is_drawn_from_what_the_other_filters_leave() -> None:
    rows = [unit(number, score=-9.0 if number % 2 else -0.5) for number in range(40)]
    assert len(drawn(rows, "score,sample=10")) == 10
    assert drawn(rows, "score,sample=10") <= {row.id for row in rows[::2]}
    twins = [unit(id=f"a:{number}") for number in range(9)]
    assert len(drawn(twins, "near-duplicate,sample=5")) == 1


def test_drawing_from_many_units_needs_no_more_memory_than_taking_note_of_them() -> None:
    sample, one = Sample(3), unit()
    for place in range(20_000):
        sample.add(place, one)
    verdicts = bytearray(20_000)
    tracemalloc.start()
    try:
        assert sum(1 for _ in sample.dropped(verdicts)) == 20_000 - 3
        assert tracemalloc.get_traced_memory()[1] < 100_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("size", ["0", "-1", "1.5", "x", "²", "1" * 40])
def test_a_sample_of_no_number_of_units_is_refused(size: str) -> None:
    with pytest.raises(UsageError, match="filter sample wants a whole number above 0"):
        Filter.parse([f"sample={size}"])


def judged(units: Iterable[UnitRow], rules: str, splits: str = "") -> Verdicts:
    pairs = ((each, ArticleRow(id=each.article)) for each in units)
    return judge(pairs, Filter.parse([rules]), Splits.parse(splits) if splits else None)


def test_a_unit_dropped_for_another_reason_does_not_make_the_next_a_duplicate() -> None:
    verdicts = judged([unit(score=-9.0), unit(score=-0.5), unit(score=-0.5)], "score,near-duplicate")
    assert [RULES[verdict - 1].name if verdict else "keep" for verdict in verdicts.units] == [
        "score",
        "keep",
        NEAR_DUPLICATE,
    ]


def test_a_near_duplicate_may_be_told_by_one_side() -> None:
    twins = [unit(), unit(target="Someone translated this otherwise.")]
    assert list(judged(twins, "near-duplicate").units) == [0, 0]
    assert judged(twins, "near-duplicate=source").units[1]


def test_the_first_filter_of_the_table_is_the_reason() -> None:
    assert judged([unit(source="", target="", score=-9.0)], "default").reasons() == {"empty": 1}


@pytest.mark.parametrize("text", [sentence for pair in SENTENCES for sentence in pair])
def test_plain_sentences_stay_by_default(text: str) -> None:
    source, target = next(pair for pair in SENTENCES if text in pair)
    assert not Filter.parse([]).verdict(unit(source=source, target=target))


@pytest.mark.parametrize(
    ("source", "target", "tag"),
    [
        ("我们昨天去了市场,买了很多蔬菜。", "We went to the market yesterday and bought many vegetables.", "zh"),
        ("Меры правительства вступят в силу в понедельник.", "The government's measures take effect on Monday.", "ru"),
        ("ذهب المعلمون إلى المدرسة الجديدة صباح يوم الاثنين.", "The teachers went to the new school on Monday.", "ar"),
        ("เด็กๆ เดินไปโรงเรียนทุกเช้าเป็นเวลาสองชั่วโมง", "The children walk to school for two hours every morning.", "th"),
    ],
)  # fmt: skip
def test_other_scripts_stay_by_default(source: str, target: str, tag: str) -> None:
    assert not Filter.parse([]).verdict(unit(source=source, target=target, source_language=tag))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("none", "none"),
        ("length-ratio=3,score=-2", "length-ratio=3 score=-2"),
        ("score=-2, length-ratio=3", "length-ratio=3 score=-2"),
        ("default,none,empty", "empty"),
        ("empty,no-empty", "none"),
    ],
)
def test_filters_are_chosen_by_name(text: str, shown: str) -> None:
    assert str(Filter.parse([text])) == shown
    assert str(Filter.parse(text.split(","))) == shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lenght", "did you mean length"),
        ("length=3", "3-200"),
        ("length=9-3", "smaller number first"),
        ("score=low", "number"),
        ("score=nan", "number"),
        ("score=", "number"),
        ("language=2", "from 0 to 1"),
        ("empty=1", "takes no value"),
        ("state=done", "initial, translated"),
        ("findings=bad", "minor, major"),
        ("no-such", "There are"),
        ("=", "There are"),
    ],
)  # fmt: skip
def test_a_wrong_filter_is_refused_with_what_is_right(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        Filter.parse([text])
    assert said in str(caught.value)


@given(st.text(max_size=40))
def test_any_text_of_filters_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(UsageError):
        assert str(Filter.parse([text])).isprintable()


@given(
    st.builds(
        unit,
        source=st.text(max_size=80),
        target=st.text(max_size=80),
        source_language=st.sampled_from(["id", "fr", ""]),
    )
)
def test_every_unit_stays_or_has_a_reason_with_evidence(row: UnitRow) -> None:
    chosen = Filter.parse(["default,no-language"])
    verdict = chosen.verdict(row)
    assert not verdict or chosen.evidence(row, verdict)


def test_the_page_has_the_table_of_filters() -> None:
    page = (Path(__file__).parent.parent / "docs" / "corpus.md").read_text("utf-8")
    assert document() in page, "put what normalize.export.table.document() gives there"
    assert all(f"`{name}`" in page for name in FORMS)


def test_words_of_scripts_without_spaces_are_counted() -> None:
    assert words("我们去市场买菜") == 4
    assert words("We went to the market.") == 5


@given(st.text(), st.text())
def test_a_fingerprint_is_64_bits_and_never_0(one: str, other: str) -> None:
    assert 0 < fingerprint(one, other) < 2**64
    assert normalised(normalised(one)) == normalised(one)


# Splits


def test_splits_must_add_up() -> None:
    with pytest.raises(UsageError, match=r"add up to 0\.99"):
        Splits.parse("train=0.98,dev=0.01")


@pytest.mark.parametrize(
    "text", ["", "train", "train=", "train=.", "train=1,Train=0", "../x=1", "train=1e0", "a=0.5,b=0.5,", "train=-1,b=2"]
)
def test_what_is_no_split_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Splits.parse(text)


LETTERS = str.maketrans("0123456789", "ghijklmnop")


def many(articles: int, each: int = 3) -> Iterator[UnitRow]:
    """Articles of sentences that stand in no other."""
    for number in range(articles):
        name = f"article-{number:04}"
        for place in range(each):
            text = hashlib.blake2b(f"{number} {place}".encode()).hexdigest().translate(LETTERS)
            yield unit(place, name, source=f"kalimat {text}", target=f"sentence {text}")


def test_splits_have_about_their_shares() -> None:
    verdicts = judged(many(1000), "none", "train=0.8,dev=0.1,test=0.1")
    found = [verdicts.split(f"article-{number:04}") for number in range(1000)]
    assert verdicts.groups == 1000
    assert 740 < found.count("train") < 860
    assert 65 < found.count("dev") < 140
    assert 65 < found.count("test") < 140


def test_an_article_does_not_wander_when_others_come() -> None:
    few, all_ = (judged(many(number), "none", "train=0.5,test=0.5") for number in (60, 300))
    assert all(few.split(f"article-{number:04}") == all_.split(f"article-{number:04}") for number in range(60))


def test_the_order_of_articles_does_not_matter_for_splits() -> None:
    units = list(many(80))
    there, back = (
        judged(each, "none", "a=0.4,b=0.6") for each in (units, sorted(units, key=lambda row: row.id, reverse=True))
    )
    assert there.places == back.places


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 19)), max_size=60))
def test_no_long_segment_stands_in_two_splits(draws: list[tuple[int, int]]) -> None:
    words_ = ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"]
    texts = [f"{word} {'abcdefghij' * 4} {word}" for word in words_]
    rows = [
        unit(place, f"n{article}", source=texts[text % 10], target=texts[text // 2].upper())
        for place, (article, text) in enumerate(sorted(draws))
    ]
    verdicts = judged(rows, "none", "train=0.34,dev=0.33,test=0.33")
    for side in ("source", "target"):
        homes: dict[str, set[str]] = {}
        for row in rows:
            homes.setdefault(normalised(getattr(row, side), digits=False), set()).add(verdicts.split(row.article))
        assert all(len(splits) == 1 for splits in homes.values())


def test_numbers_and_case_do_not_part_near_duplicates() -> None:
    near = Signatures()
    groups = Groups(near)
    for name, text in (
        ("a", "Harga emas hari ini Rp 1.234.000 per gram, kata pedagang"),
        ("b", "HARGA EMAS hari ini Rp 987.500 per gram kata pedagang!"),
    ):
        near.add(unit(source=text, target="x"))
        groups.add(unit(source=text, target="x"), groups.article(ArticleRow(id=name)))
    groups.places(Splits.parse("a=1"))
    assert groups.count == 1


def test_an_article_goes_with_the_one_it_repeats() -> None:
    groups = Groups(Signatures())
    for number in range(40):
        groups.article(ArticleRow(id=f"x{number}", duplicate_of="somewhere else"))
    assert len(set(groups.places(Splits.parse("a=0.5,b=0.5")).values())) == 1


def test_a_crowd_goes_to_the_largest_split() -> None:
    rows = [unit(place, f"n{article}", source="satu kalimat panjang yang sama di semua artikel", target=f"{place}")
            for article in range(5) for place in range(2)]  # fmt: skip
    for names in itertools.permutations(["train=0.98", "dev=0.01", "test=0.01"]):
        verdicts = judged(rows, "none", ",".join(names))
        assert {verdicts.split(f"n{article}") for article in range(5)} == {"train"}


# The export as a whole


def test_a_unit_knows_its_article(tmp_path: Path) -> None:
    articles = [ArticleRow(id="b", url="https://contoh.id/b"), ArticleRow(id="none"), ArticleRow(id="a", title="Judul")]
    corpus = write_corpus(tmp_path, [unit(0, "a"), unit(1, "a"), unit(0, "b"), unit(0, "unlisted")], articles)
    assert [(row.article, article.title, article.url) for row, article in corpus] == [
        ("a", "Judul", ""), ("a", "Judul", ""), ("b", "", "https://contoh.id/b"), ("unlisted", "", ""),
    ]  # fmt: skip


def test_reasons_are_given_for_every_unit(tmp_path: Path) -> None:
    finding = FindingRow(check="number", issue=Issue.NUMBERS, severity=Severity.MAJOR, message="“3” is\tmissing")
    corpus = write_corpus(
        tmp_path, [unit(0), unit(1, findings=[finding]), unit(2, target="=1+1 is what she said to me")]
    )
    for name in ("r.tsv", "r.jsonl"):
        result, disk = exported(corpus, rules="numbers", reasons=PurePath(name))
        assert result.dropped == {"numbers": 1}
        assert ids(disk["c.jsonl"]) == ["a:0.0", "a:2.0"]
    assert disk["r.jsonl"].splitlines()[1] == '{"id":"a:1.0","reason":"numbers","evidence":"“3” is\\tmissing"}'.encode()
    _, disk = exported(corpus, rules="numbers", reasons=PurePath("r.tsv"))
    assert disk["r.tsv"].decode().split("\n") == [
        "unit_id\treason\tevidence", "a:0.0\tkeep\t", "a:1.0\tnumbers\t“3” is missing", "a:2.0\tkeep\t", "",
    ]  # fmt: skip


def test_a_near_duplicate_is_told_with_the_unit_it_repeats(tmp_path: Path) -> None:
    rows = [unit(1, score=-9.0), unit(0), unit(1, "b"), unit(1, "c"), unit(0, "d"), unit(1, "e")]
    _, disk = exported(write_corpus(tmp_path, rows), rules="score,near-duplicate", reasons=PurePath("r.tsv"))
    assert [each.split("\t")[1:] for each in disk["r.tsv"].decode().splitlines()[1:]] == [
        ["score", "score -9"], ["keep", ""], ["keep", ""], ["near-duplicate", "as b:1.0"],
        ["near-duplicate", "as a:0.0"], ["near-duplicate", "as b:1.0"],
    ]  # fmt: skip


def test_only_reviewed_units_can_be_asked_for(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [unit(number, state=state) for number, state in enumerate(State)])
    assert ids(exported(corpus, rules="state=reviewed")[1]["c.jsonl"]) == ["a:2.0", "a:3.0"]


def test_files_are_named_by_split_and_languages(tmp_path: Path) -> None:
    rows = [unit(number, f"a{number}", source_language=tag) for number, tag in enumerate(["id", "fr", "id", "fr"])]
    corpus = write_corpus(tmp_path, rows)
    splits = Splits.parse("train=1,test=0")
    named = {
        name: sorted(exported(corpus, name, to, splits=splits)[1].files)
        for name, to in [("tmx", "x/c.tmx"), ("xliff2", "c.xlf"), ("moses", "m/c"), ("hf", "d")]
    }
    assert named["tmx"] == ["x/c.test.tmx", "x/c.train.tmx"]
    assert named["xliff2"] == ["c.test.fr-en.xlf", "c.test.id-en.xlf", "c.train.fr-en.xlf", "c.train.id-en.xlf"]
    assert named["moses"][:3] == ["m/c.test.fr-en.en", "m/c.test.fr-en.fr", "m/c.test.fr-en.ids"]
    assert named["hf"] == [
        "d/README.md",
        "d/data/fr-en/test.jsonl",
        "d/data/fr-en/train.jsonl",
        "d/data/id-en/test.jsonl",
        "d/data/id-en/train.jsonl",
    ]
    assert list(exported(corpus, "tmx", "c.tmx")[1].files) == ["c.tmx"]


@pytest.mark.parametrize("name", sorted(set(FORMS) - {"parquet"}))
def test_the_same_corpus_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, many(12), [ArticleRow(id="article-0001", site="contoh.id", published="2024-05-06")])
    once, again = (
        exported(corpus, name, "c", rules="default", splits=Splits.parse("a=0.5,b=0.5"))[1] for _ in range(2)
    )
    assert {path: once[path] for path in once.files} == {path: again[path] for path in again.files}


@pytest.mark.parametrize("name", sorted(set(FORMS) - {"parquet"}))
def test_an_empty_corpus_is_written_in_every_format(name: str, tmp_path: Path) -> None:
    result, _ = exported(write_corpus(tmp_path, []), name, "c")
    assert (result.units, result.kept) == (0, 0)


def test_units_in_one_language_are_left_out_where_a_format_cannot_tell_the_sides_apart(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [unit(0), unit(1, source_language="en")])
    for name in ("jsonl-translation", "moses", "hf"):
        result, _ = exported(corpus, name, "c")
        assert result.kept == 1
        assert "1 unit: left out, because both sides are in one language" in result.losses


def test_a_card_says_what_was_counted(tmp_path: Path) -> None:
    rows = [unit(0, "a"), unit(1, "a", state=State.REVIEWED, origin=Origin.HUMAN), unit(2, "b", source="", target="x")]
    articles = [
        ArticleRow(id="a", site="[evil](x)|`y`", published="2024-05-06T10:00"),
        ArticleRow(id="b", published="2023-01-02"),
    ]
    result, disk = exported(write_corpus(tmp_path, rows, articles), "hf", "d", rules="empty", license="CC-BY-4.0")
    text = disk["d/README.md"].decode()
    head, body = text.removeprefix("---\n").split("\n---\n")
    assert result.kept == 2
    assert "\nlicense: cc-by-4.0\n" in head
    assert 'language:\n- "en"\n- "id"\n' in head
    assert "task_categories:\n- translation\n" in head
    assert (
        '- config_name: "id-en"\n  default: true\n  data_files:\n  - split: "train"\n    path: "data/id-en/train.jsonl"'
        in head
    )
    assert "| id-en | train | 2 |" in body
    assert "| empty | 1 |" in body
    assert "from 2024-05-06 to 2024-05-06" in body
    assert r"| \[evil\](x)\|\`y\` | 1 |" in body
    assert "- reviewed: 1" in body


@pytest.mark.parametrize(
    ("given_", "head"),
    [
        ("", "license: unknown"),
        ("MIT", "license: mit"),
        ('my "own": terms', 'license: other\nlicense_name: "my-own-terms"'),
    ],
)
def test_a_licence_stands_in_the_card(given_: str, head: str, tmp_path: Path) -> None:
    _, disk = exported(write_corpus(tmp_path, [unit()]), "hf", "d", license=given_)
    assert f"\n{head}\n" in disk["d/README.md"].decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"id": "a"', "corpus.jsonl:2: cannot be used"),
        (b'{"source": "x"}', "`target`"),
        (b'{"source": "x", "target": "\xff"}', "corpus.jsonl:2: cannot be used"),
        (b'{"source": "x", "target": "y", "state": "done"}', "state"),
        (b'{"source": "x", "target": "y", "source_language": "../../etc"}', "source_language"),
        (b'{"source": "x", "target": "y", "z": ' + b"[" * 100_000 + b"}", "cannot be used"),
        (b"x" * (17 * 1024 * 1024), "longer than 16 MiB"),
    ],
    ids=["cut", "no target", "not UTF-8", "no state", "no tag", "deep", "long"],
)  # fmt: skip
def test_a_broken_line_of_a_corpus_is_named(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_bytes(line(unit()) + data + b"\n")
    with pytest.raises(InputError) as caught:
        exported(Corpus.open(tmp_path))
    assert said in str(caught.value)
    assert len(str(caught.value)) < 1000


def test_a_folder_without_a_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not there"):
        Corpus.open(tmp_path)


def test_a_corpus_that_changes_meanwhile_is_not_exported(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path, [unit()])

    class Restless(Disk):
        def open(self, path: PurePath) -> io.BytesIO:
            with corpus.units.open("ab") as file:
                file.write(line(unit(1)))
            return super().open(path)

    with pytest.raises(InputError, match="changed while it was read"):
        export(corpus, Options(form=form_named("jsonl"), to=PurePath("c")), Restless().open)


def test_a_manifest_that_is_none_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(b"[")
    assert write_corpus(tmp_path, [unit()]).signature == ""
    (tmp_path / "manifest.json").write_bytes(b'{"signature": "normalize 1|x", "files": []}')
    assert Corpus.open(tmp_path).signature == "normalize 1|x"


def test_memory_does_not_grow_with_the_texts(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        folder = tmp_path / str(count)
        folder.mkdir()
        with (folder / "corpus.jsonl").open("wb") as file:
            for number in range(count):
                text = f"{number:x} {folder.name} " + "kalimat panjang sekali " * 20
                file.write(line(unit(number % 50, f"a{number // 50}", source=text, target=text)))
        corpus = Corpus.open(folder)
        with Path(devnull).open("wb") as nothing:
            options = Options(form=form_named("tmx"), to=PurePath("c.tmx"), chosen=Filter.parse(["near-duplicate"]),
                              splits=Splits.parse("train=0.9,test=0.1"))  # fmt: skip
            tracemalloc.start()
            export(corpus, options, lambda _: nothing)
            found = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return found

    small, large = peak(400), peak(1900)
    # 1,500 units more are 1.5 MB of text. Of one, a signature of 120 bytes is held, a verdict, hashes, its article; and
    # here, where all repeat each other, the pairs too.
    assert large - small < 1500 * 600


def test_a_value_of_an_option_is_never_changed(tmp_path: Path) -> None:
    options = Options(form=form_named("jsonl"), to=PurePath("c"))
    assert dataclasses.replace(options) == options
    before = [msgspec.to_builtins(row) for row in many(2)]
    corpus = write_corpus(tmp_path, many(2))
    exported(corpus, rules="default")
    assert [msgspec.to_builtins(row) for row, _ in corpus] == before
