"""Review pages for the browser tests: articles that hold whatever the page must be able to show."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from normalize.corpus import (
    Article,
    Conversion,
    Finding,
    Issue,
    Metadata,
    Method,
    Origin,
    Receipt,
    Removed,
    Repair,
    Segment,
    Severity,
    Span,
    State,
    Unit,
)
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
    name = f"2024-05-{number:05}"
    pairs = _ARABIC if arabic else _INDONESIAN
    text = "\n".join(source for source, _ in pairs)
    made = Article(
        id=name, path=f"site/{name}.html", raw=text, text=text, sha256="0" * 64, language="ar" if arabic else "id",
        metadata=Metadata(title=f"Jembatan {number}", site="kabar.example" if number % 2 else "harian.example",
                          url=f"https://kabar.example/{number}", published="2024-05-06", author="Siti Rahma",
                          place="Bandung"),
    )  # fmt: skip
    units, start = [], 0
    for paragraph, (source, target) in enumerate(pairs):
        span = Span(start=start, end=start + len(source))
        start = span.end + 1
        segment = Segment(
            id=f"{name}:{paragraph}.0", article=name, paragraph=paragraph, span=span, source=source,
            language=made.language,
        )  # fmt: skip
        units.append(_unit(segment, target, -1.6 * rng.random()))
    return Conversion(article=made, units=tuple(units))


def _unit(segment: Segment, target: str, score: float) -> Unit:
    unit = Unit(
        segment=segment, target=target, score=score, origin=Origin.MACHINE,
        state=State.TRANSLATED if target else State.INITIAL,
    )  # fmt: skip
    if "21 kilometers" in target:
        at = target.index("21")
        return dataclasses.replace(unit, findings=(
            Finding(check="numbers", issue=Issue.NUMBERS, severity=Severity.MAJOR,
                    message="12 in the source, 21 in the target", span=Span(start=at, end=at + 2)),))  # fmt: skip
    if not target:
        return dataclasses.replace(unit, findings=(
            Finding(check="empty", issue=Issue.OMISSION, severity=Severity.CRITICAL, message="nothing"),))  # fmt: skip
    if "Perusahaan rintisan" in segment.source:
        return dataclasses.replace(unit, receipts=(
            Receipt(term="perusahaan rintisan", target="startup", span=Span(start=0, end=19),
                    surface="Perusahaan rintisan", method=Method.MISSING),))  # fmt: skip
    if "Kecerdasan buatan" in segment.source:
        return dataclasses.replace(unit, receipts=(
            Receipt(term="kecerdasan buatan", target="artificial intelligence", span=Span(start=0, end=17),
                    surface="Kecerdasan buatan", method=Method.KEPT, produced="Artificial intelligence",
                    target_span=Span(start=0, end=23)),))  # fmt: skip
    if "1.2 billion" in target:
        before = target.replace("billion", "million")
        repair = Repair(reason="numbers", method="number-corrected", before=before, after=target)
        return dataclasses.replace(unit, repairs=(repair,))
    return unit


def hostile() -> Conversion:
    """Make an article all of whose strings are hostile."""
    text = "\n".join(HOSTILE)
    made = Article(
        id=f"a{HOSTILE[1]}", path=HOSTILE[0], raw=text, text=text, sha256="0", language="id",
        metadata=Metadata(title=HOSTILE[1], site=HOSTILE[2], url=HOSTILE[4], published=HOSTILE[3], author=HOSTILE[0]),
    )  # fmt: skip
    units = []
    for number, source in enumerate(HOSTILE):
        segment = Segment(id=f"{made.id}:{number}", article=made.id, paragraph=number, language="id", source=source,
                          span=Span(start=0, end=len(source)))  # fmt: skip
        receipt = Receipt(term=HOSTILE[0], target=HOSTILE[1], span=Span(start=0, end=4), surface=source[:4],
                          method=Method.MISSING, produced=HOSTILE[2])  # fmt: skip
        finding = Finding(check=HOSTILE[1], issue=Issue.OTHER, severity=Severity.MAJOR, message=HOSTILE[0])
        repair = Repair(reason=HOSTILE[0], method=HOSTILE[1], before=HOSTILE[2], after=source)
        unit = Unit(segment=segment, target=source, state=State.TRANSLATED, origin=Origin.MACHINE, score=-0.2,
                    model_target=HOSTILE[1], receipts=(receipt,), findings=(finding,), repairs=(repair,))  # fmt: skip
        units.append(unit)
    return Conversion(article=made, units=tuple(units))


def _suggest(unit: Unit) -> list[Suggestion]:
    if "Biaya" not in unit.segment.source:
        return []
    return [Suggestion(source="Biaya seluruhnya Rp 3,4 miliar.", target="It cost Rp 1.2 billion in all.", score=0.93,
                       note="only the numbers differ, and they were put in")]  # fmt: skip


def page(conversions: Sequence[Conversion], *, name: str = "raw", most: int = 20_000) -> bytes:
    """Render a page of these articles."""
    selection = Selection(removed, most=most, suggest=_suggest)
    for conversion in conversions:
        selection.add(conversion)
    models = {"id": "translate-id_en 0.2|beam 4"}
    return b"".join(render(selection, signature=SIGNATURE, name=name, models=models))


def write(path: Path, conversions: Sequence[Conversion], *, name: str = "raw") -> str:
    """Write a page and give its address."""
    path.write_bytes(page(conversions, name=name))
    return path.as_uri()


def press(page: Page, *keys: str) -> None:
    """Press keys one after another."""
    for key in keys:
        page.keyboard.press(key)
