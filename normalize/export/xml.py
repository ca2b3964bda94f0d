"""XML out as text, and in as a stream: no entities, no network, and no entry, attribute or depth without bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import regex

from normalize.errors import InputError
from normalize.formats.markup import local

__all__ = ["attribute", "elements", "escaped", "fits", "metadata", "plain", "possible", "text_of"]

_BLOCK = 64 * 1024
_LARGEST_ENTRY = 16 * 1024 * 1024
"""Bytes of one unit with its notes."""

# XML 1.0, production 2 (Char): what a document cannot hold even as a reference.
_IMPOSSIBLE = regex.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_ATTRIBUTE = _TEXT | {ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}


def fits(text: str) -> bool:
    r"""Whether XML can hold all of `text`.

    >>> fits("a\tb"), fits("a\x07b")
    (True, False)
    """
    return _IMPOSSIBLE.search(text) is None


def possible(text: str) -> str:
    """Leave out what XML cannot hold."""
    return _IMPOSSIBLE.sub("", text)


def escaped(text: str) -> str:
    r"""Write text between tags; what XML cannot hold is left out.

    >>> escaped("a < b\x07 & c\r")
    'a &lt; b &amp; c&#13;'
    """
    return _IMPOSSIBLE.sub("", text).translate(_TEXT)


def attribute(text: str) -> str:
    """Write the value of an attribute, without the quotation marks around it.

    >>> attribute('say "a"')
    'say &quot;a&quot;'
    """
    return _IMPOSSIBLE.sub("", text).translate(_ATTRIBUTE)


def metadata(text: str) -> str:
    """Write a text in which characters that XML cannot hold stay visible."""
    return escaped(_IMPOSSIBLE.sub(lambda match: f"\\u{ord(match.group()):04x}", text))


def elements(
    path: Path, root_name: str, names: frozenset[str], wanted: Callable[[Any], bool] = lambda _: True
) -> Iterator[Any]:
    """Give each finished element that is named in `names` and `wanted`, of a document with that root (local names).

    Each is emptied when the next is asked for. A document type is passed over unread, unless it declares entities.
    Raises InputError with the line.
    """
    from lxml import etree  # noqa: PLC0415 - heavy

    parser = etree.XMLPullParser(
        events=("start", "end"), tag=[f"{{*}}{name}" for name in sorted(names | {root_name})], resolve_entities=False,
        no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = None
    fed = 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                parser.feed(block)
                fed += len(block)
                for event, element in parser.read_events():
                    if root is None:
                        root = element
                        _check(root, root_name, path)
                    elif event == "end" and element is not root and wanted(element):
                        yield element
                        _empty(element)
                        fed = 0
                if root is None and fed > _BLOCK:
                    _refuse_root(root_name, path)
                if fed > _LARGEST_ENTRY:
                    what = f"an entry is larger than {_LARGEST_ENTRY // 2**20} MiB"
                    raise InputError(what, path=path, advice="is this the right file?")
        parser.close()
    except etree.XMLSyntaxError as error:
        what = f"is not well-formed XML ({error.msg})"
        raise InputError(what, path=path, line=error.lineno or None, advice="export it again") from error
    if root is None:
        _refuse_root(root_name, path)


def _check(root: Any, root_name: str, path: Path) -> None:  # noqa: ANN401 - lxml has no types
    doctype = root.getroottree().docinfo.internalDTD
    if doctype is not None and next(iter(doctype.iterentities()), None) is not None:
        raise InputError("declares entities", path=path, advice="take the declarations out of its DOCTYPE")
    if local(root) != root_name or root.getparent() is not None:
        _refuse_root(root_name, path)


def _refuse_root(root_name: str, path: Path) -> NoReturn:
    what = f"is XML, but its root element is not {root_name!r}"
    raise InputError(what, path=path, advice="check the format, or name it with --from")


def _empty(element: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Free an element and those before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def text_of(element: Any, without: frozenset[str] = frozenset()) -> str:  # noqa: ANN401 - lxml has no types
    """Give the text in an element as it stands; elements named in `without` count as nothing, and `cp` as its sign."""
    parts: list[str] = [element.text or ""]
    for inner in element:
        name = local(inner)
        if name == "cp":
            parts.append(_sign(inner.get("hex", "")))
        elif name and name not in without:
            parts.append(text_of(inner, without))
        parts.append(inner.tail or "")
    return "".join(parts)


def _sign(number: str) -> str:
    """Give the character that XLIFF 2 writes as `<cp hex="…"/>`; nothing for what is none."""
    try:
        found = chr(int(number, 16)) if len(number) <= 6 else ""
    except (ValueError, OverflowError):
        return ""
    return "" if "\ud800" <= found <= "\udfff" else found


def plain(text: str) -> str:
    r"""Make blanks that come from a file's layout one space each; no-break spaces stay.

    >>> plain("\n  Oui\u00a0!\n ")
    'Oui\xa0!'
    """
    return regex.sub(r"[ \t\r\n]+", " ", text).strip(" ")
