"""Repair wrong characters: mojibake, entities, invisible characters, look-alike letters, leftovers of markup.

Never typography: quotation marks, apostrophes, dashes, ellipses, no-break and thin spaces, ligatures and widths stay as
written, and text without a fault comes out as the same bytes. No line break is added or removed, so that an HTML
article's lines stay parallel to its blocks. (Words that were hyphenated to fit a line are joined by `clean`, which
joins those lines.)
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence

from normalize.corpus import Article, Edit, Span
from normalize.repair import characters, leftovers, words
from normalize.repair.parts import Change, Part, composed, joined

__all__ = ["repair"]

_ROUNDS = 6
"""A repair can lay bare another fault (an escaped soft hyphen inside mojibake); so all is done again until it rests."""

_Pass = Callable[[str], Iterable[Change]]

_UNSEEN: tuple[_Pass, ...] = (characters.escapes, characters.surrogates)
_FOREIGN: tuple[_Pass, ...] = (characters.mojibake, characters.invisibles, characters.decomposed)
_LEFT: tuple[_Pass, ...] = (leftovers.addresses, leftovers.quotes, leftovers.spaces)


def repair(article: Article) -> Article:
    """Give `article` with wrong characters put right, each change recorded as an edit.

    Edits are listed from the end of the text to its start and do not overlap, so every span fits the text given.
    """
    text = article.text
    # Tags that a page shows to its reader are text.
    parts = _lines(text, tags=not article.blocks)
    for find in words.PASSES:
        changes = find(_now(text, parts))
        if changes:
            parts = composed(text, parts, changes)
    edits = [
        Edit(rule=part.rule, span=Span(start=part.start, end=part.end), before=text[part.start : part.end],
             after=part.after, evidence=part.evidence)
        for part in reversed(parts)
        if part.rule and part.after != text[part.start : part.end]
    ]  # fmt: skip
    if not edits:
        return article
    return dataclasses.replace(article, text=_now(text, parts), edits=article.edits + tuple(edits))


def _now(text: str, parts: Sequence[Part]) -> str:
    """Give the text that the parts make."""
    return "".join([part.after if part.rule else text[part.start : part.end] for part in parts])


def _lines(text: str, *, tags: bool) -> list[Part]:
    """Repair line by line; give the parts of the whole text, those that nothing changed as one."""
    found: list[Part] = []
    kept = after = 0
    for line in text.split("\n"):
        offset, after = after, after + len(line) + 1
        for part in _repaired(line, tags=tags) if _is_suspect(line) else ():
            if part.rule:
                start, end = offset + part.start, offset + part.end
                if start > kept:
                    found.append(Part(kept, start))
                found.append(part._replace(start=start, end=end))
                kept = end
    if len(text) > kept or not found:
        found.append(Part(kept, len(text)))
    return found


def _is_suspect(line: str) -> bool:
    """Whether a pass may find something in a line. Tests of a whole line in C take a tenth of a pattern's time."""
    if "&" in line or "<" in line or "  " in line or "''" in line or "``" in line or "[email" in line:
        return True
    return not line.isprintable() if line.isascii() else '"' in line or characters.are_doubtful(line)


def _passes(line: str, *, tags: bool) -> Iterator[_Pass]:
    """Give the passes that may find something in a line."""
    ascii_only = line.isascii()
    if not ascii_only or "\x1b" in line:
        yield from _UNSEEN
    if "&" in line:
        yield characters.entities
    if not ascii_only or not line.isprintable():
        yield from _FOREIGN
    if tags and "<" in line:
        yield leftovers.tags
    if "  " in line or '"' in line or "[email" in line or "''" in line or "``" in line:
        yield from _LEFT


def _repaired(line: str, *, tags: bool) -> list[Part]:
    """Give the parts of one line after all passes have been made until nothing changes."""
    parts = [Part(0, len(line))]
    text = line
    for _ in range(_ROUNDS):
        before = text
        for find in _passes(text, tags=tags):
            changes = joined(found) if (found := find(text)) else ()
            if changes:
                parts = composed(line, parts, changes)
                text = _now(line, parts)
        if text == before:
            break
    return parts
