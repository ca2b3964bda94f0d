"""XML in and out, safe with hostile files: no entities, no network, no huge trees."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import regex

from normalize.errors import GlossaryError

__all__ = ["LANG", "child", "document", "entries", "language_of", "local", "text_of", "visible"]

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
"""The attribute `xml:lang`."""

_LARGEST = 256 * 1024 * 1024  # bytes; 10^5 terms in TBX take about 90 million
# XML 1.0, production 2 (Char): what a document cannot hold even as a reference.
_IMPOSSIBLE = regex.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def entries(
    data: bytes, roots: frozenset[str], names: frozenset[str], path: PurePath | str | None = None
) -> Iterator[Any]:
    """Give the elements named in `names`, one at a time, of a document whose root is named in `roots` (local names).

    Each is emptied when the next is asked for, so that memory does not grow with the document. A document type is
    passed over unread, unless it declares entities. Raises GlossaryError.
    """
    from lxml import etree  # noqa: PLC0415 - heavy

    if len(data) > _LARGEST:
        raise GlossaryError(f"the file is larger than {_LARGEST // 2**20} MiB", path=path, advice="split it")
    parsed = etree.iterparse(
        io.BytesIO(data), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = None
    try:
        for event, element in parsed:
            if root is None:
                root = element
                _check_root(root, roots, path)
            elif event == "end" and local(element) in names:
                yield element
                _empty(element)
    except etree.XMLSyntaxError as error:
        what = f"the file is not well-formed XML ({error.msg})"
        raise GlossaryError(what, path=path, line=error.lineno or None, advice="export it again") from error


def _check_root(root: Any, roots: frozenset[str], path: PurePath | str | None) -> None:  # noqa: ANN401 - lxml has no types
    """Raise GlossaryError for declared entities, and for a root that is not one of `roots`."""
    doctype = root.getroottree().docinfo.internalDTD
    if doctype is not None and next(iter(doctype.iterentities()), None) is not None:
        raise GlossaryError("the file declares entities", path=path, advice="take the declarations out of its DOCTYPE")
    if local(root) not in roots:
        what = f"the root element is {local(root)!r}, not {' or '.join(sorted(roots))}"
        raise GlossaryError(what, path=path, line=root.sourceline, advice="check the format")


def _empty(element: Any) -> None:  # noqa: ANN401 - lxml has no types
    """Free an element and those before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def child(parent: Any, name: str) -> Any:  # noqa: ANN401 - lxml has no types
    """Give the first child of that local name, or None."""
    return next((each for each in parent if local(each) == name), None)


def local(element: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Give an element's name without its namespace; "" for what is no element."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def language_of(element: Any) -> str:  # noqa: ANN401 - lxml has no types
    """Give an element's language tag: `xml:lang`, or `lang` as old files have it; "" for `und`."""
    tag = (element.get(LANG) or element.get("lang") or "").strip()
    return "" if tag.lower() == "und" else tag


def text_of(element: Any, without: frozenset[str] = frozenset()) -> str:  # noqa: ANN401 - lxml has no types
    """Give the text in an element, blanks made one; elements named in `without` count as nothing."""
    parts: list[str] = []

    def walk(here: Any) -> None:  # noqa: ANN401 - lxml has no types
        parts.append(here.text or "")
        for inner in here:
            if local(inner) and local(inner) not in without:
                walk(inner)
            parts.append(inner.tail or "")

    walk(element)
    return " ".join("".join(parts).split())


def visible(text: str) -> str:
    r"""Leave out what XML cannot hold.

    >>> visible("a\x07b")
    'ab'
    """
    return _IMPOSSIBLE.sub("", text)


def document(root: Any) -> bytes:  # noqa: ANN401 - lxml has no types
    """Write a document, indented, in UTF-8."""
    from lxml import etree  # noqa: PLC0415 - heavy

    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written.replace(b"<?xml version='1.0' encoding='UTF-8'?>", b'<?xml version="1.0" encoding="UTF-8"?>', 1)
