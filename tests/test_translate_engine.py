from __future__ import annotations

import itertools
import math
import os
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from translate_packages import ID, metadata, variant

from normalize.engine import Engine
from normalize.translate import CTranslate2Engine, Store, ctranslate2_engine, decoding
from normalize.translate.decoding import Request
from normalize.translate.model import Model, positions
from normalize.translate.package import Package, fingerprint, open_package
from normalize.translate.store import BUNDLED

pytestmark = pytest.mark.model

STORE = Store([], BUNDLED)

SENTENCES = [
    " ".join(filter(None, parts))
    for parts in itertools.product(
        ("Menteri itu", "Perusahaan teknologi tersebut", "Seorang nelayan dari desa kecil di pesisir utara"),
        ("mengatakan bahwa", "tidak percaya"),
        ("harga beras akan naik", "sekolah baru dibuka pada 12 Mei 2024 di Makassar", "ia belum tahu"),
        ("", "karena hujan turun sejak pagi, kata seorang saksi,", "meskipun warga menolak"),
    )
]


@pytest.fixture(scope="module")
def engine() -> CTranslate2Engine:
    made = STORE.engine("id", "en", jobs=2)
    assert isinstance(made, CTranslate2Engine)
    return made


@pytest.fixture(scope="module")
def by_score(tmp_path_factory: pytest.TempPathFactory) -> CTranslate2Engine:
    """Give an engine whose package ranks answers by their scores alone."""
    folder = tmp_path_factory.mktemp("by_score")
    files = {"ranking.bin": b"", "ranking.json": b'{"weights": {"score": 1.0}}'}
    variant(folder / "by-score.argosmodel", files)
    made = Store((), folder).engine("id", "en", jobs=2)
    assert isinstance(made, CTranslate2Engine)
    return made


def package() -> Package:
    return STORE.choose("id", "en").packages[0]


def test_a_translation_and_its_score_are_the_same_alone_in_any_batch_and_with_any_number_of_jobs(
    engine: CTranslate2Engine,
) -> None:
    together = engine.translate(SENTENCES, hypotheses=2)
    # an engine keeps its answers, so each comparison asks a new one; they share a model
    assert [STORE.engine("id", "en").translate([one], hypotheses=2)[0] for one in SENTENCES[::6]] == together[::6]
    assert STORE.engine("id", "en", jobs=1).translate(SENTENCES[::-5], hypotheses=2) == together[::-5]
    assert STORE.engine("id", "en").translate(["Lain sekali.", *SENTENCES[20:]], hypotheses=2)[1:] == together[20:]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """Give the list that every request decoded from now on is added to."""
    requested: list[Request] = []
    decode = decoding.decode

    def counted(model: Model, requests: Sequence[Request], **how: int) -> list[list[decoding.Answer]]:
        requested.extend(requests)
        return decode(model, requests, **how)

    monkeypatch.setattr(decoding, "decode", counted)
    return requested


def test_further_answers_of_a_source_cost_nothing_and_are_those_of_asking_at_once(asked: list[Request]) -> None:
    engine = STORE.engine("id", "en")
    best = engine.translate(SENTENCES[:4])
    some = engine.translate([SENTENCES[5], *SENTENCES[:4]], hypotheses=3)
    led = engine.translate(SENTENCES[:1], hypotheses=3, prefixes=["He"])
    loopless = engine.translate(SENTENCES[:1], hypotheses=3, no_repeat=3)

    assert [one[:1] for one in some[1:]] == best
    assert len(asked) == 4 + 1 + 1 + 1
    fresh = STORE.engine("id", "en")
    assert fresh.translate([SENTENCES[5], *SENTENCES[:4]], hypotheses=3) == some
    assert STORE.engine("id", "en").translate(SENTENCES[:1], hypotheses=3, prefixes=["He"]) == led
    assert STORE.engine("id", "en").translate(SENTENCES[:1], hypotheses=3, no_repeat=3) == loopless
    assert len(STORE.engine("id", "en").translate(SENTENCES[:1], hypotheses=6)[0]) > 4


def test_answers_are_kept_of_the_last_sources_only(monkeypatch: pytest.MonkeyPatch, asked: list[Request]) -> None:
    monkeypatch.setattr(ctranslate2_engine, "_KEPT", 3)
    engine = STORE.engine("id", "en")
    engine.translate(SENTENCES[:6])
    asked.clear()
    engine.translate(SENTENCES[:6], hypotheses=2)
    assert len(asked) == 3


def test_forced_scores_are_the_same_alone_and_together(engine: CTranslate2Engine) -> None:
    targets = [answers[0].target for answers in engine.translate(SENTENCES[:12])]
    together = engine.score(SENTENCES[:12], targets)
    assert [engine.score([one], [two])[0] for one, two in zip(SENTENCES[:12], targets, strict=True)] == together


def test_answers_come_one_for_each_source_in_order_and_repeats_get_the_same(engine: CTranslate2Engine) -> None:
    answers = engine.translate([SENTENCES[3], "", SENTENCES[0], SENTENCES[3]])
    assert answers[0] == answers[3] != answers[2]
    assert [len(one) for one in answers] == [1, 1, 1, 1]
    assert answers[1][0].target == ""


def test_hypotheses_are_distinct_best_first_and_no_more_than_asked_for(
    engine: CTranslate2Engine, by_score: CTranslate2Engine
) -> None:
    for wanted in (1, 3, 6):
        found, plain = (one.translate(SENTENCES[:4], hypotheses=wanted) for one in (engine, by_score))
        for answers in (*found, *plain):
            assert 1 <= len(answers) <= wanted
            assert len({one.target for one in answers}) == len(answers)
            assert all(one.score <= 0 for one in answers)
        for answers in plain:
            assert all(first.score >= second.score for first, second in itertools.pairwise(answers))
    # what the package's ranking orders in another way (tests/test_translate_ranking.py) are the same answers
    assert [set(answers) for answers in found] == [set(answers) for answers in plain]


@pytest.mark.parametrize("blank", ["", " ", "\n\t ", "\u3000", "\x00", "\u2028", "\ud800", "▁", "▁ ▁", "\u200b"])
def test_a_blank_source_gives_one_empty_hypothesis(engine: CTranslate2Engine, blank: str) -> None:
    [answers] = engine.translate([blank], hypotheses=3)
    assert [one.target for one in answers] == [""]
    assert answers[0].score == 0
    assert not answers[0].truncated


@pytest.mark.parametrize("hostile", [
    "<s> </s> <unk> <pad>", "<0x0A><0x00>", "@@ @@", "😀😀😀", "a\x00b\x1b[31mc", "rumah\nbaru\r\n\u2029besar",
    "\ud800\udfff kota", "x" * 5_000, "日本語" * 400, "١٢٣ ⁇ �", "'", "…",
])  # fmt: skip
def test_hostile_sources_give_one_line_without_control_characters(engine: CTranslate2Engine, hostile: str) -> None:
    [[answer]] = engine.translate([hostile])
    assert answer.target.isprintable()
    assert answer.target == answer.target.strip()
    assert "⁇" not in answer.target
    assert "�" not in answer.target


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(), max_size=80), max_size=4))
def test_any_strings_get_an_answer_each(engine: CTranslate2Engine, sources: list[str]) -> None:
    answers = engine.translate(sources)
    assert len(answers) == len(sources)
    for [answer] in answers:
        # `isprintable` would also mind characters that this Python is too old to know, or that are for private use
        shown = answer.target.replace("\u200c", "").replace("\u200d", "")
        assert {unicodedata.category(char) for char in shown}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
        assert math.isfinite(answer.score)


def test_underscores_survive(engine: CTranslate2Engine) -> None:
    tokenizer = engine._model.tokenizer
    for text in ("https://contoh.id/a_b_c", "__init__ dan _x_", "nama_berkas.txt"):
        [pieces] = tokenizer.encode([text])
        assert tokenizer.decode(pieces) == text


def test_a_run_of_megabytes_without_white_space_is_copied(engine: CTranslate2Engine) -> None:
    encoded = "".join(chr(97 + number * 7 % 26) for number in range(5_000_000))
    [[answer]] = engine.translate(["Kunci: " + encoded + " selesai"])
    assert encoded in answer.target


def test_each_answer_begins_with_exactly_its_prefix(engine: CTranslate2Engine) -> None:
    prefixes = ["The minister", "", "①② x_y ﬁn", "In Makas", "<unk>", "Ünïcödé 漢字"]
    answers = engine.translate(SENTENCES[: len(prefixes)], hypotheses=2, prefixes=prefixes)
    for prefix, ways in zip(prefixes, answers, strict=True):
        assert all(one.target.startswith(prefix) for one in ways)
    assert answers[0][0].target != prefixes[0]
    assert answers[1] == engine.translate([SENTENCES[1]], hypotheses=2)[0]


def test_a_prefix_changes_no_other_answer_and_does_not_depend_on_others(engine: CTranslate2Engine) -> None:
    prefixes = ["", "The", "Yesterday the", "", "A", "The price"]
    together = engine.translate(SENTENCES[:6], prefixes=prefixes)
    alone = [engine.translate([one], prefixes=[two])[0] for one, two in zip(SENTENCES[:6], prefixes, strict=True)]
    assert together == alone


def test_a_prefix_longer_than_the_model_can_write_is_kept_and_marked(engine: CTranslate2Engine) -> None:
    prefix = "The price of rice " * 200
    [[answer]] = engine.translate(["Harga beras naik."], prefixes=[prefix])
    assert answer.target == prefix.strip()
    assert answer.truncated


def test_the_score_of_a_prefixed_answer_is_that_of_the_whole_answer(engine: CTranslate2Engine) -> None:
    [[free]] = engine.translate([SENTENCES[0]])
    start = " ".join(free.target.split()[:3])
    [[led]] = engine.translate([SENTENCES[0]], prefixes=[start])
    assert led.target == free.target
    assert led.score == pytest.approx(free.score, abs=1e-4)


def test_a_good_translation_scores_above_a_wrong_one(engine: CTranslate2Engine) -> None:
    right, wrong, empty = engine.score(["Harga beras naik."] * 3, ["Rice prices rise.", "The dog slept.", ""])
    assert wrong < right <= 0
    assert empty < right


def test_an_answer_scored_anew_has_its_own_score(engine: CTranslate2Engine) -> None:
    [[answer]] = engine.translate(["Presiden mengunjungi sekolah baru."])
    assert engine.score(["Presiden mengunjungi sekolah baru."], [answer.target])[0] == pytest.approx(
        answer.score, abs=0.01
    )


def test_what_does_not_fit_is_translated_in_parts_and_nothing_is_cut(engine: CTranslate2Engine) -> None:
    long = "; ".join(SENTENCES[::3])
    assert engine.fits(SENTENCES[0])
    assert not engine.fits(long)
    [[whole]] = engine.translate([long])
    assert not whole.truncated
    shortest = min(len(answers[0].target) for answers in engine.translate(SENTENCES[:9]))
    assert len(whole.target) > shortest * len(SENTENCES[::3]) * 0.5


def test_hypotheses_of_a_source_in_parts_are_best_first(by_score: CTranslate2Engine) -> None:
    [ways] = by_score.translate(["; ".join(SENTENCES[:12])], hypotheses=3)
    assert len({one.target for one in ways}) == 3
    assert all(first.score >= second.score for first, second in itertools.pairwise(ways))


def test_an_answer_that_hits_the_output_limit_is_marked() -> None:
    class Short(Model):
        positions = 6

    model = Short(package(), fingerprint="")
    pieces = tuple(model.tokenizer.encode([SENTENCES[-1]])[0])
    [[answer]] = decoding.decode(model, [Request(pieces)], beam=2, hypotheses=1)
    assert answer.truncated
    assert len(answer.pieces) == 5


def test_the_last_position_a_model_has_can_be_read() -> None:
    model = Model(package(), fingerprint="")
    assert model.positions == 512
    pieces = (model.tokenizer.encode(["rumah"])[0] * 512)[: model.positions - 1]
    decoding.decode(model, [Request(tuple(pieces))], beam=1, hypotheses=1)
    with pytest.raises(RuntimeError, match="position"):
        decoding.decode(model, [Request(("▁rumah", *pieces))], beam=1, hypotheses=1)


def test_a_model_without_a_table_of_positions_has_the_default() -> None:
    assert positions(b"nothing of the kind") == 512
    assert positions(b"encoder/position_encodings/encodings\0") == 512


def test_two_threads_get_what_one_gets(engine: CTranslate2Engine) -> None:
    fresh = Store([], BUNDLED).engine("id", "en", jobs=2)
    halves = SENTENCES[:16:2], SENTENCES[1:16:2]
    found: dict[int, object] = {}
    threads = [
        threading.Thread(target=lambda number=number: found.update({number: fresh.translate(halves[number])}))
        for number in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[0], found[1]] == [engine.translate(half) for half in halves]


def test_packages_of_the_same_content_share_one_model(tmp_path: Path) -> None:
    store = Store([tmp_path / "packages"])
    (tmp_path / "packages").mkdir()
    store.install(variant(tmp_path / "fr_en.argosmodel", {"metadata.json": metadata("fr", "en")}))
    indonesian, french = store.engine("id", "en", jobs=2), store.engine("fr", "en", jobs=2)
    assert isinstance(indonesian, CTranslate2Engine)
    assert isinstance(french, CTranslate2Engine)
    assert indonesian._model is french._model
    assert (french.source_language, french.target_language) == ("fr", "en")
    assert indonesian.signature != french.signature


def test_the_signature_names_package_content_libraries_and_parameters(engine: Engine) -> None:
    [chosen] = STORE.choose("id", "en").packages
    assert f"argos {ID}@{fingerprint(chosen)[:8]}|ct2 " in engine.signature
    assert "|beam 4|" in engine.signature
    assert STORE.engine("id", "en", beam=1).signature != engine.signature


def test_wrong_calls_are_refused(engine: CTranslate2Engine) -> None:
    with pytest.raises(ValueError, match="shorter"):
        engine.translate(["a", "b"], prefixes=["c"])
    with pytest.raises(ValueError, match="hypothesis"):
        engine.translate(["a"], hypotheses=0)
    with pytest.raises(ValueError, match="beam"):
        STORE.engine("id", "en", beam=0)
    with pytest.raises(ValueError, match="shorter"):
        engine.score(["a"], [])


def test_a_multilingual_package_is_led_by_its_piece_which_is_not_part_of_the_answer(
    engine: CTranslate2Engine, tmp_path: Path
) -> None:
    path = variant(tmp_path / "m.argosmodel", {"metadata.json": metadata(target_prefix="▁Because")})
    led = open_package(path)
    assert led is not None
    multilingual = CTranslate2Engine(led, Model(led, fingerprint=""))
    [[answer]] = multilingual.translate([SENTENCES[0]])
    # A prefix of words is counted in the score and that piece is not, so the best of one need not be that of the other.
    [expected] = engine.translate([SENTENCES[0]], hypotheses=4, prefixes=["Because"])
    assert f"Because {answer.target}" in [one.target for one in expected]
    assert multilingual.score([SENTENCES[0]], [answer.target])[0] == pytest.approx(answer.score, abs=0.01)
    [[both]] = multilingual.translate([SENTENCES[0]], prefixes=["of"])
    assert both.target.startswith("of ")


def test_importing_and_signing_load_no_native_library_and_write_nothing(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from normalize.translate import Store\n"
        "from normalize.translate.store import BUNDLED\n"
        "engine = Store([], BUNDLED).engine('id', 'en')\n"
        "assert engine.signature\n"
        "print([name for name in ('ctranslate2', 'sentencepiece', 'argostranslate', 'numpy') if name in sys.modules])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    assert run.stdout.strip() == "[]"
    assert list(tmp_path.iterdir()) == []
