"""Small bar charts as SVG: readable in light and dark, by a screen reader, and without any script."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = ["Bar", "columns", "rows"]

_WIDTH = 720
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 16, 44, 44
_PLOT = 190
"""Height of the columns' area, in the drawing's units as all lengths here."""

_ROW = 24
_LABELS = 150
"""Room for the names of rows."""

_LONGEST = 20
"""Characters of a row's name that fit there."""

_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold even as a reference (production 2, Char)."""

# Colours have a contrast of 4.5 to 1 or more with their ground, in both schemes. The ground is drawn, because a page
# may be light while the system is dark. Series are told apart by their order and by numbers in the text, too.
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#1f2328}.title{font-size:15px;font-weight:600}.quiet{fill:#57606a}"
    ".ground{fill:#fff}.line{stroke:#d0d7de;stroke-width:1}.s0{fill:#2f6fab}.s1{fill:#b3261e}.s2{fill:#96590a}"
    ".s3{fill:#6b7178}@media (prefers-color-scheme:dark){text{fill:#e6edf3}.quiet{fill:#a8b1bb}.ground{fill:#0d1117}"
    ".line{stroke:#3d444d}.s0{fill:#6ea8de}.s1{fill:#f28b82}.s2{fill:#e5a54b}.s3{fill:#a8b1bb}}"
)


class Bar(NamedTuple):
    """A bar: its name, and the count of each series stacked in it."""

    label: str
    counts: tuple[int, ...]


def columns(title: str, description: str, bars: Sequence[Bar], *, across: str, edges: bool = False) -> str:
    """Draw one column for each bar, from left to right, over an axis named `across`.

    With `edges` a bar's label tells where it begins, and stands there; otherwise it stands below the middle.
    """
    top = _step(max((sum(bar.counts) for bar in bars), default=0))
    width = (_WIDTH - _LEFT - _RIGHT) / max(1, len(bars))
    floor = _TOP + _PLOT
    parts = []
    for tick in range(0, top[1] + 1, top[0]):
        y = floor - _PLOT * tick / top[1]
        parts.append(_line(_LEFT, y, _WIDTH - _RIGHT, y))
        parts.append(_text(_LEFT - 6, y + 4, f"{tick:,}", anchor="end", kind="quiet"))
    every = max(1, math.ceil(len(bars) * 52 / (_WIDTH - _LEFT - _RIGHT)))
    for number, bar in enumerate(bars):
        x = _LEFT + width * number
        height = _PLOT * sum(bar.counts) / top[1]
        if height:
            drawn = max(height, 1)  # the rarest are a line at least, and not nothing
            place = (x + width * 0.08, floor - drawn, width * 0.84, drawn)
            parts.append(_rectangle(place, 0, f"{bar.label}: {bar.counts[0]:,}"))
        if number % every == 0:
            parts.append(_text(x + (0 if edges else width / 2), floor + 16, bar.label, anchor="middle", kind="quiet"))
    parts.append(_text((_LEFT + _WIDTH - _RIGHT) / 2, floor + 36, across, anchor="middle"))
    return _drawing(title, description, floor + _BOTTOM, parts)


def rows(title: str, description: str, bars: Sequence[Bar], series: Sequence[str]) -> str:
    """Draw one row for each bar, from the top down, with the count of each of `series` stacked in it."""
    most = max((sum(bar.counts) for bar in bars), default=0) or 1
    room = _WIDTH - _LABELS - 80
    parts = list(_legend(series))
    for number, bar in enumerate(bars):
        y, x = _TOP + 26 + _ROW * number, float(_LABELS)
        label = bar.label if len(bar.label) <= _LONGEST else bar.label[: _LONGEST - 1] + "…"
        parts.append(_text(_LABELS - 8, y + 14, label, anchor="end"))
        for kind, (name, count) in enumerate(zip(series, bar.counts, strict=True), 1):
            if count:
                width = max(room * count / most, 1)
                parts.append(_rectangle((x, y + 2, width, _ROW - 7), kind, f"{bar.label}, {name}: {count:,}"))
                x += width
        parts.append(_text(x + 6, y + 14, f"{sum(bar.counts):,}", kind="quiet"))
    return _drawing(title, description, _TOP + 26 + _ROW * len(bars) + 12, parts)


def _legend(series: Sequence[str]) -> Iterator[str]:
    x = float(_LABELS)
    for kind, name in enumerate(series, 1):
        yield _rectangle((x, _TOP, 12, 12), kind, name)
        yield _text(x + 18, _TOP + 11, name)
        x += 40 + 7.5 * len(name)


def _step(most: int) -> tuple[int, int]:
    """Give the distance of the ticks, 1, 2 or 5 times a power of ten, and the last tick, for about four of them.

    >>> _step(7), _step(83), _step(0)
    ((2, 8), (50, 100), (1, 1))
    """
    if most <= 1:
        return 1, 1
    rough = most / 4
    power = 10 ** max(0, math.floor(math.log10(rough)))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    return step, step * math.ceil(most / step)


def _drawing(title: str, description: str, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" width="{_WIDTH}" '
        f'height="{height:.0f}" role="img" aria-labelledby="title description">\n'
        f'<title id="title">{_safe(title)}</title>\n<desc id="description">{_safe(description)}</desc>\n'
        f"<style>{_STYLE}</style>\n"
        f'<rect class="ground" width="{_WIDTH}" height="{height:.0f}" rx="6"/>\n'
        f"{_text(16, 26, title, kind='title')}\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _text(x: float, y: float, text: str, *, anchor: str = "start", kind: str = "") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{style}>{_safe(text)}</text>'


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<line class="line" x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"/>'


def _rectangle(place: tuple[float, float, float, float], kind: int, tip: str) -> str:
    x, y, width, height = place
    return (
        f'<rect class="s{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}">'
        f"<title>{_safe(tip)}</title></rect>"
    )


def _safe(text: str) -> str:
    return html.escape(_IMPOSSIBLE.sub("�", text))
