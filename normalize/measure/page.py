"""A page that stands alone: no script, nothing fetched, and every text of others escaped."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable, Iterator

__all__ = ["page", "safe", "table"]

_STYLE = """
:root{color-scheme:light dark;--ground:#fff;--text:#1f2328;--quiet:#57606a;--line:#d0d7de;--soft:#f6f8fa;
--critical:#b3261e;--major:#8a5000;--minor:#57606a;--del:#ffe2df;--ins:#d7f5dd;--mark:#fff1b8}
@media (prefers-color-scheme:dark){:root{--ground:#0d1117;--text:#e6edf3;--quiet:#a8b1bb;--line:#3d444d;--soft:#161b22;
--critical:#ff9a90;--major:#f0b65e;--minor:#a8b1bb;--del:#5b1f1b;--ins:#174d27;--mark:#5a4a12}}
body{margin:0 auto;max-width:76rem;padding:1rem;font:16px/1.5 system-ui,sans-serif;background:var(--ground);
color:var(--text)}
h1,p{overflow-wrap:anywhere}h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;margin:1rem 0}caption{text-align:start;color:var(--quiet);padding:.3rem 0}
th,td{border-bottom:1px solid var(--line);padding:.35rem .6rem;text-align:start;vertical-align:top}
th{background:var(--soft)}.number{text-align:end;font-variant-numeric:tabular-nums}
.texts{width:100%}.texts td{overflow-wrap:anywhere}.texts td.number,.texts td:nth-child(2){overflow-wrap:normal}
.quiet{color:var(--quiet);white-space:nowrap}.critical{color:var(--critical);font-weight:600}.major{color:var(--major);font-weight:600}
.minor{color:var(--minor)}mark{background:var(--mark);color:inherit}
del{background:var(--del);color:inherit}ins{background:var(--ins);color:inherit}
@media (max-width:48rem){.texts thead{position:absolute;clip-path:inset(50%)}.texts tr,.texts td{display:block}
.texts tr{padding:.6rem 0;border-bottom:1px solid var(--line)}.texts td{border:0;padding:.1rem 0;text-align:start}}
"""

_NUMBER = ' class="number"'

_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{hash}'"


def safe(text: str) -> str:
    r"""Escape a text for HTML; what does not print, directions included, is shown by its escape.

    >>> safe("<b>\u202e&\n")
    '&lt;b&gt;\\u202e&amp;\\n'
    """
    shown = text if text.isprintable() else "".join(map(_shown, text))
    return html.escape(shown)


def _shown(char: str) -> str:
    # Joiners are part of how Persian and Indic words and of emoji are written.
    return char if char.isprintable() or char in "\u200c\u200d\u00a0" else ascii(char)[1:-1]


def page(title: str, body: Iterable[str]) -> Iterator[str]:
    """Give a whole page in parts; `title` is escaped here, `body` must have been."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(hash=digest)}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{safe(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{safe(title)}</h1>\n"
    )
    yield from body
    yield "</main>\n</body>\n</html>\n"


def table(
    caption: str, heads: Iterable[str], rows: Iterable[Iterable[str | int]], kind: str = "counts"
) -> Iterator[str]:
    """Give a table in parts; numbers stand at the end of their cells. Text cells must have been escaped.

    `kind` is `counts`, or `texts` for a wide one that becomes a list on a phone.
    """
    cells = "".join(f'<th scope="col"{_NUMBER if kind == "counts" and at else ""}>{safe(head)}</th>'
                    for at, head in enumerate(heads))  # fmt: skip
    yield f'<table class="{kind}">\n<caption>{safe(caption)}</caption>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n'
    for row in rows:
        yield "<tr>" + "".join(
            f"<td{_NUMBER}>{cell:,}</td>" if isinstance(cell, int) else f"<td>{cell}</td>" for cell in row
        ) + "</tr>\n"
    yield "</tbody>\n</table>\n"
