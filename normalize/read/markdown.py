"""Markdown → plain text, a line for each line, and the metadata in its front matter."""

from __future__ import annotations

import html

import regex

from normalize.corpus import Metadata
from normalize.errors import UsageError
from normalize.language import canonical
from normalize.read.dates import iso_date

__all__ = ["plain"]

_FIELD = regex.compile(r"([A-Za-z][\w-]{0,40})\s*:\s*(.*)")
_ITEM = regex.compile(r"\s*-\s+(.+)")
_LONGEST_FRONT = 200
"""Lines."""

_FENCE = regex.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = regex.compile(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = regex.compile(r" {0,3}(?:=+|-+)[ \t]*")
_RULE = regex.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
_DEFINITION = regex.compile(r" {0,3}\[[^\]\n]{1,200}\]:\s*\S+.*")
_QUOTE = regex.compile(r"(?: {0,3}>[ \t]?)+")
_BULLET = regex.compile(r"(\s*)(?:[-*+])[ \t]+(?:\[[ xX]\][ \t]+)?")

_IMAGE = regex.compile(r"!\[([^\[\]\n]{0,500})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])")
_LINK = regex.compile(r"\[([^\[\]\n]{0,2000})\](?:\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)|\[[^\[\]\n]{0,200}\])")
_AUTOLINK = regex.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_CODE = regex.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]{1,2000})\1(?!`)")
_EMPHASIS = regex.compile(r"(?<![\w*_])(\*\*\*|\*\*|__|\*|_|~~)(?=[^\s*_~])([^*_~\n]{1,2000})(?<=\S)\1(?!\w)")
_STRONG = regex.compile(r"(\*\*)(?=\S)([^*\n]{1,2000})(?<=\S)\*\*")
_ESCAPED = regex.compile(r"\\([!-/:-@\[-`{-~])")
_SHELTER = 0xF0000
"""Private characters in which escaped marks wait until the others are gone."""
_SHELTERED = regex.compile(r"[\U000f0021-\U000f007e]")
_TAG = regex.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>\n]{0,500})?/?>")


def plain(text: str) -> tuple[str, Metadata]:
    """Give a Markdown text without its marks, and what its front matter and first heading say.

    >>> plain("# Satu **dua** [tiga](https://a.id)")[0]
    'Satu dua tiga'
    """
    lines = text.lstrip("\ufeff").split("\n")
    fields, start = _front_matter(lines)
    out: list[str] = []
    title = fence = ""
    for number, line in enumerate(lines[start:], start):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip("`~ \t"):
                fence = ""
            else:
                out.append(line)
        elif mark:
            fence = mark[1]
        elif not _is_mark(line, out[-1] if number > start and out else ""):
            shown = _inline(_heading_text(line))
            title = title or (shown.strip() if _is_title(line, lines[number + 1 : number + 2]) else "")
            out.append(shown)
    return "\n".join(out).strip("\n"), _metadata(fields, title)


def _is_mark(line: str, before: str) -> bool:
    """Whether a line has no text of its own: a rule, an address for a link, the underline of a heading."""
    if _RULE.fullmatch(line) or _DEFINITION.fullmatch(line):
        return True
    return bool(before.strip()) and _UNDERLINE.fullmatch(line) is not None


def _is_title(line: str, following: list[str]) -> bool:
    """Whether a line is a heading of the first level, by its mark or by the line under it."""
    if _HEADING.fullmatch(line):
        return not line.lstrip(" ").startswith("##")
    return bool(line.strip()) and bool(following) and set(following[0].strip()) == {"="}


def _heading_text(line: str) -> str:
    heading = _HEADING.fullmatch(line)
    if heading:
        return heading[1]
    line = _QUOTE.sub("", line, count=1) if line.lstrip(" ").startswith(">") else line
    return _BULLET.sub(r"\1", line, count=1) if _BULLET.match(line) else line


def _inline(line: str) -> str:
    """Take the marks out of one line."""
    line = _ESCAPED.sub(lambda match: chr(_SHELTER + ord(match[1])), line)
    line = _CODE.sub(r"\2", line)
    line = _IMAGE.sub(r"\1", line)
    line = _LINK.sub(r"\1", line)
    line = _AUTOLINK.sub(r"\1", line)
    for _ in range(3):  # emphasis inside emphasis
        line = _STRONG.sub(r"\2", _EMPHASIS.sub(r"\2", line))
    line = _TAG.sub("", line)
    line = html.unescape(line) if "&" in line else line
    line = _SHELTERED.sub(lambda match: chr(ord(match[0]) - _SHELTER), line)
    return " ".join(line.split("\n")).rstrip()


def _front_matter(lines: list[str]) -> tuple[dict[str, list[str]], int]:
    """Give the `key: value` fields between the first two `---` lines, and the line where the text starts."""
    if not lines or lines[0].rstrip() != "---":
        return {}, 0
    fields: dict[str, list[str]] = {}
    key = ""
    for number, line in enumerate(lines[1 : _LONGEST_FRONT + 1], start=1):
        if line.rstrip() in {"---", "..."}:
            return fields, number + 1
        field, item = _FIELD.fullmatch(line.rstrip()), _ITEM.fullmatch(line.rstrip())
        if field:
            key = field[1].lower()
            fields[key] = _values(field[2])
        elif item and key:
            fields[key].append(_unquoted(item[1]))
        elif line.strip() and not line.lstrip().startswith("#") and not line.startswith((" ", "\t")):
            return {}, 0  # a thematic break and prose, not front matter
    return {}, 0


def _values(text: str) -> list[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [_unquoted(item) for item in text[1:-1].split(",") if item.strip()]
    return [_unquoted(text)] if text else []


def _unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def _metadata(fields: dict[str, list[str]], title: str) -> Metadata:
    def first(*names: str) -> str:
        return next((", ".join(fields[name]) for name in names if fields.get(name)), "")

    try:
        language = canonical(first("language", "lang")) if first("language", "lang") else ""
    except UsageError:
        language = ""
    return Metadata(
        title=first("title") or title,
        subtitle=first("subtitle", "description"),
        author=first("author", "authors"),
        published=iso_date(first("date", "published")),
        updated=iso_date(first("updated", "lastmod", "modified")),
        site=first("site"),
        url=first("url", "source", "canonical", "canonical_url"),
        language=language,
        tags=tuple(dict.fromkeys(fields.get("tags", []))),
    )
