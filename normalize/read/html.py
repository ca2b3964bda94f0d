"""HTML → text, a line for each block element, with what the markup says of each line.

Nothing is judged here: menus and adverts are lines too. Which lines main-content extractors keep is noted as votes, and
the `clean` stage decides. The parser resolves no entities beyond HTML's own and opens no network connection.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import Any

import regex
from lxml import etree
from lxml.html import HtmlComment, HtmlElement, HtmlEntity, HTMLParser, HtmlProcessingInstruction

from normalize.corpus import Block, Metadata
from normalize.errors import InputError
from normalize.read.metadata import page_metadata
from normalize.read.votes import votes

__all__ = ["Page", "render"]

_BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
        "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre",
        "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ]
)
_UNSEEN = frozenset(
    [
        "head", "script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "svg", "math",
        "canvas", "audio", "video", "select", "input", "textarea", "datalist", "map", "frameset", "noframes", "noembed",
        "title",
    ]
)
"""Elements whose text a reader of the page does not see as text."""
_HIDDEN = regex.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", flags=regex.IGNORECASE)

_HIDDEN_ADDRESS = regex.compile(r"(?:[0-9a-fA-F]{2}){4,120}")
_SPACES = regex.compile(r"[ \t\n\r\f]+")
"""What HTML collapses; no-break spaces are text."""

_DEEPEST = 1500
"""libxml2 gives up below 2,048 elements; deeper elements are dissolved into those around them."""
_OPENING = regex.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*+>")
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
                   "source", "track", "wbr"])  # fmt: skip

_CLASSES = etree.ElementDefaultClassLookup(
    element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction, entity=HtmlEntity
)
"""Without lxml.html's classes of form fields, which nobody asks here: it looks up each element's class in Python."""

_LONGEST_PATH = 200
_MOST_NAMES = 3


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as text: `blocks` has one for each line of `raw`."""

    raw: str
    blocks: tuple[Block, ...]
    metadata: Metadata


def render(html: str) -> Page:
    """Render a page. InputError (without a path) when there is no text in it."""
    tree = _parsed(html)
    lines = _Lines()
    _walk(tree, lines)
    if not lines.texts:
        raise InputError("has no text")
    kept = votes(tree, lines.texts)
    blocks = tuple(dataclasses.replace(block, votes=names) for block, names in zip(lines.blocks, kept, strict=True))
    return Page(raw="\n".join(lines.texts), blocks=blocks, metadata=page_metadata(tree, lines.texts, blocks))


def _parsed(html: str) -> Any:  # noqa: ANN401 - lxml has no types
    """Give the root of the page's tree; what is nested too deep for the parser is flattened first."""
    tree = _tree(html)
    if tree is not None and html.count("<") > _DEEPEST and _is_cut(tree):
        tree = _tree(_flattened(html))
    if tree is None:
        raise InputError("has no text")
    return tree


def _tree(html: str) -> Any:  # noqa: ANN401 - lxml has no types
    data = html.replace("\x00", "").encode("utf-8", "replace")
    # lxml.html's parser, for its elements: the extractors need them.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        return etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError:  # nothing at all to parse
        return None


def _is_cut(tree: Any) -> bool:  # noqa: ANN401 - lxml has no types
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def _flattened(html: str) -> str:
    """Take out the tags of elements nested deeper than `_DEEPEST` by their tags alone."""
    open_tags = 0

    def keep(match: regex.Match[str]) -> str:
        nonlocal open_tags
        if match[2].lower() in _VOID:
            return match.group()
        if match[1]:
            open_tags = max(0, open_tags - 1)
            return match.group() if open_tags < _DEEPEST // 2 else " "
        open_tags += 1
        return match.group() if open_tags <= _DEEPEST // 2 else " "

    return _OPENING.sub(keep, html)


class _Lines:
    """The lines made so far, and the one being made."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.linked = 0
        self.after_link = False
        self.stack: list[tuple[str, str]] = []
        self.preformatted = 0
        self.links = 0

    def add(self, text: str | None) -> None:
        """Add text of the present block."""
        if not text:
            return
        if self.preformatted:
            *finished, text = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            for line in finished:
                self._append(line)
                self.flush()
        self._append(text)

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.linked += len("".join(text.split())) if self.links else 0
        self.after_link = self.after_link and not text

    def flush(self) -> None:
        """End the line: keep it when there is something in it."""
        text = "".join(self.parts)
        if text and not text.isspace() and (text := _SPACES.sub(" ", text).strip(" ")):
            # Other programs' line ends inside the text would make it two lines for them.
            text = " ".join(text.splitlines())
            letters = len("".join(text.split()))
            tag = self.stack[-1][0] if self.stack else "body"
            density = min(1.0, self.linked / letters) if letters else 0.0
            self.texts.append(text)
            self.blocks.append(Block(tag=tag, link_density=round(density, 3), path=_path(self.stack)))
        self.parts.clear()
        self.linked = 0
        self.after_link = False


def _walk(tree: Any, lines: _Lines) -> None:  # noqa: ANN401 - lxml has no types
    """Go through the page once, in document order, without recursion."""
    walker = etree.iterwalk(tree, events=("start", "end"))
    skipped = None
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if not isinstance(tag, str) or tag in _UNSEEN or _is_hidden(element):
                skipped = element
                walker.skip_subtree()
                continue
            _open(element, tag, lines)
            continue
        if element is skipped:
            skipped = None
        else:
            _close(tag, lines)
        lines.add(element.tail)
    lines.flush()


def _is_hidden(element: Any) -> bool:  # noqa: ANN401 - lxml has no types
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)


def _open(element: Any, tag: str, lines: _Lines) -> None:  # noqa: ANN401 - lxml has no types
    if tag in _BLOCKS:
        lines.flush()
        lines.stack.append((tag, _label(element, tag)))
        lines.preformatted += tag == "pre"
    elif tag == "br":
        lines.flush()
    elif tag == "a":
        if lines.after_link:
            lines.parts.append(" ")  # neighbours in a menu, which style sheets set apart
        lines.links += element.get("href") is not None
    lines.add(_address(element.get("data-cfemail")) or element.text)


def _address(hidden: str | None) -> str:
    """Give the address that Cloudflare hid in an attribute: bytes in hex, the first one the others' key to xor with."""
    if not hidden or not _HIDDEN_ADDRESS.fullmatch(hidden):
        return ""
    key, *rest = bytes.fromhex(hidden)
    address = bytes(byte ^ key for byte in rest).decode("utf-8", "replace")
    return address if address.isprintable() and "@" in address else ""


def _close(tag: str, lines: _Lines) -> None:
    if tag in _BLOCKS:
        lines.flush()
        lines.stack.pop()
        lines.preformatted -= tag == "pre"
    elif tag == "a":
        lines.links = max(0, lines.links - 1)
        lines.after_link = True


def _label(element: Any, tag: str) -> str:  # noqa: ANN401 - lxml has no types
    """Give `tag.class#id` of an element, its first few classes only."""
    names, own = element.get("class"), element.get("id")
    return _labelled(tag, names or "", own or "") if names or own else tag


@functools.lru_cache(maxsize=1 << 12)
def _labelled(tag: str, names: str, own: str) -> str:
    classes, name = names.split()[:_MOST_NAMES], own.split()[:1]
    return tag + "".join(f".{word[:30]}" for word in classes) + "".join(f"#{word[:30]}" for word in name)


def _path(stack: list[tuple[str, str]]) -> str:
    """Join the labels of a block and those around it, outermost first.

    Too long a path loses its middle: the innermost half and the outermost rest say most.
    """
    labels = [label for _, label in (stack if len(stack) < 60 else stack[:10] + stack[-50:])]
    path = ">".join(label for label in labels if label not in {"html", "body", "div", "tbody"}) or labels[-1]
    if len(path) <= _LONGEST_PATH:
        return path
    half = _LONGEST_PATH * 2 // 3
    return path[: _LONGEST_PATH - half - 1] + "…" + path[-half:]
