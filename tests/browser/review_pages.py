"""Review pages for the browser tests: articles that hold whatever the page must be able to show."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_samples import conversion, finding, receipt, span, unit

from normalize.corpus import Article, Conversion, Issue, Method, Removed, Repair, Severity, State, Unit
from normalize.review import Selection, Suggestion, render

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["HOSTILE", "SIGNATURE", "article", "hostile", "page", "press", "removed", "write"]

SIGNATURE = "normalize test|id-en|model 1|no glossary"

HOSTILE = (
    "<script>window.hit = 1</script>",
    "</script><img src=x onerror='window.hit = 1'>",
    "'\"><svg onload=window.hit=1>",
    "{{data}} <!-- <script> \u2028 ]]>",
    "javascript:window.hit=1",
)

_INDONESIAN = (
    ("Pemerintah kabupaten membuka kembali jembatan gantung di Desa Sukamaju pada Senin pagi.",
     "The district government reopened the suspension bridge in Sukamaju village on Monday morning."),
    ("Warga yang selama ini memutar sejauh 12 kilometer mengaku lega.",
     "Residents who had taken a detour of 21 kilometers said they were relieved."),
    ("Perusahaan rintisan asal Bandung menyediakan sensor getaran.",
     "A Bandung-based pilot company provides vibration sensors."),
    ("Kecerdasan buatan tidak dipakai dalam pembangunan itu.",
     "Artificial intelligence was not used in the construction."),
    ("Biaya seluruhnya Rp 1,2 miliar.", "The total cost was Rp 1.2 billion."),
    ("Pasar mingguan akan kembali ramai.", ""),
)  # fmt: skip
_ARABIC = (
    ("افتتحت البلدية الجسر الجديد صباح يوم الاثنين.", "The municipality opened the new bridge on Monday morning."),
    ("وقال رئيس القرية إن 200 شخص حضروا الحفل.", "The village head said 200 people attended."),
)


def removed(article: Article) -> list[Removed]:
    """Take two lines out of every article."""
    lines = (("navigation", "Beranda Nasional Daerah"), ("also-read", "Baca juga: Harga cabai naik"))
    return [
        Removed(id=f"{article.id}:{number}", rule=rule, evidence="lexicon", text=text, line=number, whole=True)
        for number, (rule, text) in enumerate(lines)
    ]


def article(number: int, *, arabic: bool = False) -> Conversion:
    """Make an article of six Indonesian sentences, or of two Arabic ones."""
    rng = random.Random(number)  # noqa: S311 - scores for show, the same every time
    name, language = f"2024-05-{number:05}", "ar" if arabic else "id"
    pairs = _ARABIC if arabic else _INDONESIAN
    units = [
        _flagged(unit(f"{name}:{paragraph}.0", *pair, language=language, score=-1.6 * rng.random()))
        for paragraph, pair in enumerate(pairs)
    ]
    return conversion(
        name, units, suffix=".html", language=language, title=f"Jembatan {number}",
        site="kabar.example" if number % 2 else "harian.example", url=f"https://kabar.example/{number}",
        published="2024-05-06", author="Siti Rahma", place="Bandung",
    )  # fmt: skip


def _flagged(one: Unit) -> Unit:
    """Give a unit what the page must show of one like it: findings, receipts, repairs."""
    source, target = one.segment.source, one.target
    if "21 kilometers" in target:
        at = target.index("21")
        told = finding("numbers", message="12 in the source, 21 in the target", span=span(at, at + 2))
        return dataclasses.replace(one, findings=(told,))
    if not target:
        told = finding("empty", Severity.CRITICAL, Issue.OMISSION, message="nothing")
        return dataclasses.replace(one, state=State.INITIAL, findings=(told,))
    if "Perusahaan rintisan" in source:
        lost = receipt("perusahaan rintisan", "startup", Method.MISSING, surface="Perusahaan rintisan")
        return dataclasses.replace(one, receipts=(lost,))
    if "Kecerdasan buatan" in source:
        kept = receipt("kecerdasan buatan", "artificial intelligence", Method.KEPT, surface="Kecerdasan buatan",
                       produced="Artificial intelligence", target_span=span(0, 23))  # fmt: skip
        return dataclasses.replace(one, receipts=(kept,))
    if "1.2 billion" in target:
        before = target.replace("billion", "million")
        repair = Repair(reason="numbers", method="number-corrected", before=before, after=target)
        return dataclasses.replace(one, repairs=(repair,))
    return one


def hostile() -> Conversion:
    """Make an article all of whose strings are hostile."""
    name = f"a{HOSTILE[1]}"
    lost = receipt(HOSTILE[0], HOSTILE[1], Method.MISSING, span=span(0, 4), produced=HOSTILE[2])
    told = finding(HOSTILE[1], issue=Issue.OTHER, message=HOSTILE[0])
    units = [
        unit(
            f"{name}:{number}.0", source, source, score=-0.2, model_target=HOSTILE[1],
            receipts=(dataclasses.replace(lost, surface=source[:4]),), findings=(told,),
            repairs=(Repair(reason=HOSTILE[0], method=HOSTILE[1], before=HOSTILE[2], after=source),),
        )
        for number, source in enumerate(HOSTILE)
    ]  # fmt: skip
    return conversion(name, units, suffix=f"/{HOSTILE[0]}", title=HOSTILE[1], site=HOSTILE[2], url=HOSTILE[4],
                      published=HOSTILE[3], author=HOSTILE[0])  # fmt: skip


def _suggest(unit: Unit) -> list[Suggestion]:
    if "Biaya" not in unit.segment.source:
        return []
    return [Suggestion(source="Biaya seluruhnya Rp 3,4 miliar.", target="It cost Rp 1.2 billion in all.", score=0.93,
                       note="only the numbers differ, and they were put in")]  # fmt: skip


def page(conversions: Sequence[Conversion], *, name: str = "raw", most: int = 20_000) -> bytes:
    """Render a page of these articles."""
    selection = Selection(removed, most=most, suggest=_suggest)
    for each in conversions:
        selection.add(each)
    models = {"id": "translate-id_en 0.5|beam 4"}
    return b"".join(render(selection, signature=SIGNATURE, name=name, models=models))


def write(path: Path, conversions: Sequence[Conversion], *, name: str = "raw") -> str:
    """Write a page and give its address."""
    path.write_bytes(page(conversions, name=name))
    return path.as_uri()


def press(page: Page, *keys: str) -> None:
    """Press keys one after another."""
    for key in keys:
        page.keyboard.press(key)
