"""Slips put right after the glossary has been enforced."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from engines import EnglishEngine

from normalize.check import check
from normalize.corpus import Method, Origin, Receipt, Segment, Span, State, Unit
from normalize.guard import RUNGS, guard, settle
from normalize.guard.edits import EDITS


def unit(source: str, target: str, term: str = "", produced: str = "") -> Unit:
    segment = Segment(
        id="a:0.0", article="a", paragraph=0, span=Span(start=0, end=len(source)), source=source, language="id"
    )
    receipts: tuple[Receipt, ...] = ()
    if term:
        at, place = source.index(term), target.index(produced)
        receipts = (
            Receipt(
                term=term,
                target=produced,
                span=Span(start=at, end=at + len(term)),
                surface=term,
                method=Method.REPLACED,
                produced=produced,
                target_span=Span(start=place, end=place + len(produced)),
            ),
        )
    return check(Unit(segment=segment, target=target, state=State.TRANSLATED, receipts=receipts))


SOURCE = "Panduan kecerdasan buatan itu dibagikan kepada 1.250 sekolah di kota."


def test_a_number_left_in_the_sources_form_is_put_right_and_the_term_keeps_its_place() -> None:
    before = unit(
        SOURCE, "In 1.250 schools of the city guides on artificial intelligence were given out.",
        "kecerdasan buatan", "artificial intelligence",
    )  # fmt: skip

    after = settle(before)

    assert after.target == "In 1,250 schools of the city guides on artificial intelligence were given out."
    assert [repair.method for repair in after.repairs] == ["corrected"]
    assert [receipt.target_span.of(after.target) for receipt in after.receipts if receipt.target_span] == [
        "artificial intelligence"
    ]


def test_places_move_with_an_edit_that_changes_the_length() -> None:
    before = unit(
        SOURCE, "The the guides on artificial intelligence were given to 1,250 schools of the city.",
        "kecerdasan buatan", "artificial intelligence",
    )  # fmt: skip

    after = settle(before)

    assert after.target == "The guides on artificial intelligence were given to 1,250 schools of the city."
    [receipt] = after.receipts
    assert receipt.target_span is not None
    assert receipt.target_span.of(after.target) == "artificial intelligence"


def test_a_term_is_not_edited() -> None:
    before = unit(
        "Grup Duran Duran menggelar konser di kota itu.", "The group Duran Duran Duran gave a concert in that city.",
        "Duran Duran", "Duran Duran Duran",
    )  # fmt: skip

    assert settle(before).target == before.target


def test_a_unit_without_findings_stays_itself() -> None:
    before = unit(SOURCE, "The guides on artificial intelligence were given to 1,250 schools of the city.")

    assert settle(before) is before


def test_every_rung_is_known_to_ask_the_engine_or_to_edit() -> None:
    edits = {"corrected", "respelt", "translated", "mended", "doubles", "echoes", "collapsed"}
    asking = {"symbols", "worded", "masked", "alternatives", "no-repeat", "stop", "clauses"}

    assert {rung.name for rung in RUNGS} == edits | asking
    assert set(EDITS) == edits


class MarkShyEngine(EnglishEngine):
    """Leaves a word that an opening mark stands before as it is, and finds its own answers likely."""

    def answer(self, source: str) -> str:
        return source[:5] + " want to talk" + source[17:] if source[0] == "“" else "We want to talk" + source[16:]

    def score(self, sources: Sequence[str], targets: Sequence[str]) -> list[float]:
        return [-2.0 if "Kami" in target else -0.5 for _, target in zip(sources, targets, strict=True)]


def test_speech_whose_first_word_was_kept_is_asked_for_without_its_mark() -> None:
    source = "“Kami ingin bicara,” kata Budi di Medan."
    engine = MarkShyEngine()
    draft = dataclasses.replace(unit(source, engine.answer(source)), score=-0.5, origin=Origin.MACHINE)
    assert draft.target.startswith("“Kami")

    [guarded] = guard([draft], [source], engine, truncated=[False])

    assert guarded.hypothesis.target.startswith("“We want to talk")
    assert guarded.repairs[0].method == "unquoted"
    assert f"kami{source[5:]}" in engine.asked
