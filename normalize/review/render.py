"""`render`: the review page as one file that needs nothing else, neither network nor server."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterator, Mapping
from importlib import resources

from normalize.review.data import embedded
from normalize.review.selection import Selection

__all__ = ["render", "served"]

_MARK = re.compile(r"\{\{(\w+)\}\}")

_HEAD = 64 * 1024
"""The page's policy and marks stand within its first bytes, before any text that is not ours."""

_SERVED = (
    (b'content="default-src \'none\'; ', b'content="default-src \'none\'; connect-src \'self\'; '),
    (b'<meta name="home" content="file">', b'<meta name="home" content="served">'),
)
"""What differs in a page that a server gives: it may talk to where it came from, and knows that it should."""

_SCRIPTS = (
    "text.js", "list.js", "rows.js", "edits.js", "home.js", "glossary.js", "filters.js", "frame.js", "page.js",
    "start.js",
)  # fmt: skip
"""In this order they are one script."""


def render(
    selection: Selection,
    *,
    signature: str,
    name: str = "",
    target_language: str = "en",
    models: Mapping[str, str] | None = None,
) -> Iterator[bytes]:
    """Give the page in pieces.

    Nothing is read from `selection` before the first piece is asked for: it may still be watching. `name` says what is
    reviewed (a folder's name); `models` maps source languages to the model that translated them. A policy in the page
    forbids it every connection and every script and style but its own, which it names by hash; the articles come as
    JSON and are shown as text, whatever they hold.
    """
    style = _resource("page.css")
    script = "\n".join(map(_resource, _SCRIPTS))
    heading = f"Review of {name}" if name else "Review"
    values = {
        "policy": _policy(script, style),
        "title": html.escape(heading),
        "heading": html.escape(heading),
        "style": style,
        "script": script,
    }
    head = {
        "models": models or {},
        "name": name,
        "signature": signature,
        "target_language": target_language,
        "totals": {"articles": selection.articles, "units": selection.units},
    }
    before, _, after = _resource("page.html").partition("{{data}}")
    yield _filled(before, values)
    yield embedded(head)[:-1] + b',"articles":['
    for number, article in enumerate(selection):
        yield (b",\n" if number else b"\n") + article
    yield b'\n],"suggestions":' + embedded(selection.suggestions()) + b"}"
    yield _filled(after, values)


def served(page: bytes) -> bytes:
    """Make of a page as `render` gives it one that sends its edits to where it came from.

    Raises ValueError when it is no page of ours.
    """
    head = page[:_HEAD]
    for old, new in _SERVED:
        if head.count(old) != 1:
            message = "is no review page of this version"
            raise ValueError(message)
        head = head.replace(old, new)
    return head + page[_HEAD:]


def _policy(script: str, style: str) -> str:
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _filled(template: str, values: Mapping[str, str]) -> bytes:
    """Put `values` at the template's `{{name}}` marks in one pass: what is put in is not looked at again."""
    return _MARK.sub(lambda mark: values[mark[1]], template).encode(errors="backslashreplace")


def _resource(name: str) -> str:
    return resources.files("normalize.review").joinpath(name).read_text(encoding="utf-8")
