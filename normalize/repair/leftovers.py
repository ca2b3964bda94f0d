"""Find what scraping left in a line of plain text: tags, hidden addresses, doubled spaces, quotes of two kinds.

Each needs its own evidence, because an article may be about HTML, and may quote in any way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from normalize.repair.parts import Change

__all__ = ["addresses", "quotes", "spaces", "tags"]

_INLINE = "a|abbr|b|big|cite|code|del|em|font|i|img|ins|label|mark|q|s|small|span|strike|strong|sub|sup|tt|u|wbr"
_BLOCK = (
    "address|article|aside|blockquote|br|center|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|iframe|li|main|"
    "nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_TAG = regex.compile(
    rf"<(?P<close>/?)(?P<name>{_INLINE}|{_BLOCK})"
    r"(?P<with>(?:\s{1,3}[a-z:\-]{1,30}(?:\s?=\s?(?:\"[^\"<>]{0,500}+\"|'[^'<>]{0,500}+'|[^\s\"'<>=]{1,200}+))?+){0,20}+)"
    r"\s{0,3}(?P<void>/?)>",
    regex.IGNORECASE,
)
_IS_BLOCK = regex.compile(rf"(?:{_BLOCK})", regex.IGNORECASE)
_ADDRESS = regex.compile(r"\s?(?:\(\[email[ \xa0]protected\]\)|<\[email[ \xa0]protected\]>)")
"""What Cloudflare shows instead of an address; outside brackets it is a word of its sentence."""
_SPACES = regex.compile(r"(?<=\S)(?<one> ) +(?=\S)")
_DOUBLED = regex.compile(r"(?<!')''(?!')|(?<!`)``(?!`)")
_OPENS = regex.compile(r"(?<![^\s(\[«“—–\-])''(?=\S)|``(?=\S)")
_CLOSES = regex.compile(r"(?<=\S)''(?!\w)")


def tags(line: str) -> Iterable[Change]:
    """Remove HTML tags that are evidently markup: in pairs, with attributes, closed in themselves, at the line's ends.

    One bare tag in the middle of a sentence is what the sentence is about.
    """
    return _tags(line) if "<" in line and ">" in line else ()


def _tags(line: str) -> Iterator[Change]:
    found = list(_TAG.finditer(line))
    opened = {match["name"].lower() for match in found if not match["close"]}
    closed = {match["name"].lower() for match in found if match["close"]}
    for match in found:
        name = match["name"].lower()
        edge = match.end() == len(line.rstrip()) if match["close"] else match.start() == len(line) - len(line.lstrip())
        if (name in opened and name in closed) or match["with"] or match["void"] or edge:
            apart = _IS_BLOCK.fullmatch(name) and _between_words(line, match.start(), match.end())
            yield Change(match.start(), match.end(), " " if apart else "", "tag", match.group()[:60])


def _between_words(line: str, start: int, end: int) -> bool:
    before, after = line[max(0, start - 1) : start], line[end : end + 1]
    return bool(before.strip()) and bool(after.strip()) and before != ">"


def addresses(line: str) -> Iterable[Change]:
    """Remove "([email protected])", the trace of an address that the site hid."""
    found = _ADDRESS.finditer(line) if "[email" in line else ()
    return [Change(match.start(), match.end(), "", "address", match.group().strip()) for match in found]


def quotes(line: str) -> Iterable[Change]:
    """Make one kind of a pair of quotes: two apostrophes or grave accents on both sides, or one curly and one straight.

    >>> [change.after for change in quotes("Kata Sri, ''Kami menolak.''")], list(quotes("l'été 5'' o''clock"))
    (['"', '"'], [])
    """
    return _quotes(line) if '"' in line or "''" in line or "``" in line else ()


def _quotes(line: str) -> Iterator[Change]:
    if "''" in line or "``" in line:
        yield from _doubled(line)
    if line.count('"') == 1 and "„" not in line:
        at, opening, closing = line.index('"'), line.find("“"), line.find("”")
        before, after = line[max(0, at - 1) : at], line[at + 1 : at + 2]
        if closing < 0 <= opening < at and line.count("“") == 1 and before.strip():
            yield Change(at, at + 1, "”", "quotes", "closes “")
        elif opening < 0 <= at < closing and line.count("”") == 1 and after.strip() and not before.isalnum():
            yield Change(at, at + 1, "“", "quotes", "opened before ”")


def _doubled(line: str) -> Iterator[Change]:
    """Find pairs of doubled marks that open before a word and close after one."""
    marks = list(_DOUBLED.finditer(line))
    opens = {match.start() for match in _OPENS.finditer(line)}
    closes = {match.start() for match in _CLOSES.finditer(line)}
    pairs = zip(marks[::2], marks[1::2], strict=False)
    if len(marks) % 2 == 0 and all(one.start() in opens and other.start() in closes for one, other in pairs):
        for match in marks:
            yield Change(match.start(), match.end(), '"', "quotes", "doubled")


def spaces(line: str) -> Iterable[Change]:
    """Make one space of two and more between words; other white space may be a column's."""
    found = _SPACES.finditer(line) if "  " in line else ()
    return [Change(match.start(), match.end(), " ", "spaces") for match in found]
