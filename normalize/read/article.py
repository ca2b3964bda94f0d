"""Text, Markdown or HTML, decoded → an article."""

from __future__ import annotations

import dataclasses

import regex

from normalize.corpus import Article, Block, Metadata
from normalize.errors import InputError
from normalize.read.markdown import plain

__all__ = ["LARGEST_ARTICLE", "looks_like_html", "make_article"]

LARGEST_ARTICLE = 64 * 1024 * 1024
"""Bytes of one article's file or record; more is refused unread."""

_PAGE = regex.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b",
    flags=regex.IGNORECASE | regex.DOTALL,
)
_MARKUP = regex.compile(r"</?(?:p|div|br|h[1-6]|ul|ol|li|article|section|span|a|body|table|blockquote)\b[^<>]{0,2000}>",
                        flags=regex.IGNORECASE)  # fmt: skip
_TAG = regex.compile(r"<[a-zA-Z/!?]")

_FIRST_LINES = 10
"""How far down a text's own title is looked for."""


def looks_like_html(text: str) -> bool:
    """Whether a text is a page, or a part of one, whatever its file is called."""
    return _PAGE.match(text) is not None


def has_markup(text: str) -> bool:
    """Whether HTML's block elements, links or spans stand in a text."""
    return _MARKUP.search(text) is not None


def make_article(text: str, draft: Article, *, with_title: bool = False) -> Article:
    """Give `draft` with the text of its format: `raw`, `text`, `blocks` and what metadata the text itself has.

    The draft's metadata comes before the text's. With `with_title`, the draft's title is put in front of a text that
    does not begin with it. InputError (without a path) when there is no text.
    """
    blocks: tuple[Block, ...] = ()
    form, found = draft.format, Metadata()
    if form == "html" and _TAG.search(text):
        from normalize.read.html import render  # noqa: PLC0415 - loads lxml

        page = render(text)
        text, blocks, found = page.raw, page.blocks, page.metadata
    elif form == "markdown":
        text, found = plain(text)
    elif form == "html":
        form = "text"
    text = _well_formed(text)
    if not regex.search(r"[^\s\p{C}]", text):
        raise InputError("has no text")
    metadata = draft.metadata.merged(found)
    if with_title and metadata.title and not _begins_with(text, metadata.title):
        text = f"{metadata.title}\n\n{text}"
        blocks = (Block(tag="h1", path="title"), Block(tag="div"), *blocks) if blocks else ()
    return dataclasses.replace(draft, raw=text, text=text, blocks=blocks, format=form, metadata=metadata)


def _well_formed(text: str) -> str:
    """Join pairs of surrogates and replace lone ones, which JSON can bring and no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _begins_with(text: str, title: str) -> bool:
    """Whether one of the first lines that are not blank is the title."""
    wanted = " ".join(title.casefold().split())
    seen = 0
    for match in regex.finditer(r"[^\n]+", text):
        line = " ".join(match.group()[: 4 * len(title) + 80].casefold().split())
        if line.startswith(wanted):
            return True
        seen += bool(line)
        if seen >= _FIRST_LINES:
            break
    return False
