"""Find wrong characters in a line: mojibake, entities, control and invisible characters, decomposed letters."""

from __future__ import annotations

import difflib
import html
import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html.entities import html5

import regex

from normalize.repair.parts import Change

__all__ = ["are_doubtful", "decomposed", "entities", "escapes", "invisibles", "mojibake", "surrogates"]

_ESCAPE = regex.compile(
    r"\x1b(?:\[[0-?]{0,64}[ -/]{0,16}[@-~]|\][^\x07\x1b\n]{0,512}(?:\x07|\x1b\\)|[()][0-9A-Z]|[78=>])"
)
"""ECMA-48 control sequences and operating system commands: colours, links, titles of a terminal."""

_SURROGATE = regex.compile(r"[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")
_BREAKS = r"\x0b-\x0d\x1c-\x1e\x85\u2028\u2029"
_BREAK = regex.compile(rf"[{_BREAKS}]")
"""What some program takes for the end of a line; inside a line it stands for a space."""
_BIDIS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BIDI = regex.compile(rf"[{_BIDIS}]")
_ZERO_WIDTHS = r"\u200b-\u200d\u2060-\u2064\ufeff\u180e"
_ZERO_WIDTH = regex.compile(rf"[{_ZERO_WIDTHS}]")
_INVISIBLE = regex.compile(
    rf"[\x00-\x08{_BREAKS}\x0e-\x1f\x7f-\x9f\u00ad{_BIDIS}{_ZERO_WIDTHS}\ufff9-\ufffc\ufffe\uffff]"
)
_UNSEEN = regex.compile(rf"{_INVISIBLE.pattern}|{_SURROGATE.pattern}")
_OBJECT = "\ufffc"
"""Stands for an embedded object; the only invisible character that Python takes for a printable one."""
_JOINERS = "\u200c\u200d"
_JOINED_SCRIPT = (
    r"\p{Arabic}\p{Syriac}\p{Mandaic}\p{Nko}\p{Mongolian}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}"
    r"\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Tibetan}\p{Myanmar}\p{Khmer}\p{Balinese}\p{Javanese}"
    r"\p{Sundanese}"
)
_JOINS_LETTERS = regex.compile(rf"[{_JOINED_SCRIPT}]")
"""Before ZWJ or ZWNJ: the scripts in which they choose a letter's form."""
_EMOJI = regex.compile(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\u20e3]")
_BREAKS_WORDS = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\p{Javanese}\p{Balinese}]")
"""Beside a zero-width space: the scripts written without spaces, where it marks a word's end."""

_AMPERSAND = r"(?:amp|AMP|#0{0,5}38|#[xX]0{0,4}26);"
_ENTITY = regex.compile(rf"&(?:{_AMPERSAND})*+(?:(?:[a-zA-Z][a-zA-Z0-9]{{1,30}}|#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}});"
                        r"|nbsp(?![\w;=]))|&(?:" + _AMPERSAND + r")++")  # fmt: skip
"""A character reference, escaped any number of times. Without the semicolon only `&nbsp` is believed."""
_AMPERSANDS = regex.compile(rf"(?<=&)(?:{_AMPERSAND})+")

_MISREAD = regex.compile(r"[^\x00-\x7f](?:[^\x00-\x7f]|(?<=[\x80-\x9fÃÂ]))")
"""What mojibake has: a character of several bytes became several; after two of them the next may be a space."""

_LOST_QUOTE = "â€\ufffd"
"""A right double quotation mark: the last byte has no character in windows-1252."""

_PIECE = 8_000
"""Characters looked at together for mojibake and composition; a longer line is cut between ASCII words."""
_CUT = regex.compile(r"(?<=[A-Za-z,.]) (?=[A-Za-z])")
_MOST_TOKENS = 300
"""Longer differences are recorded as one edit: aligning them would take quadratic time."""
_TOKEN = regex.compile(r"\w+|\s+|[^\w\s]+")


def are_doubtful(line: str) -> bool:
    """Whether one of these passes, that for entities aside, may find something in a line."""
    unseen = not line.isprintable() and _UNSEEN.search(line) is not None
    return unseen or _OBJECT in line or _MISREAD.search(line) is not None or not unicodedata.is_normalized("NFC", line)


def escapes(line: str) -> Iterable[Change]:
    """Remove terminal control sequences."""
    found = _ESCAPE.finditer(line) if "\x1b" in line else ()
    return [Change(match.start(), match.end(), "", "escape") for match in found]


def entities(line: str) -> Iterable[Change]:
    """Resolve what is evidently a character reference."""
    return _entities(line) if "&" in line else ()


def _entities(line: str) -> Iterator[Change]:
    for match in _ENTITY.finditer(line):
        reference = _AMPERSANDS.sub("", match.group(), count=1)
        known = reference[1:2] == "#" or reference[1:] in html5  # html.unescape would take a prefix: &notit;
        after = _one_line(html.unescape(reference) if known else reference)
        if after != match.group() and "\ufffd" not in after:  # U+FFFD: the number of no character
            yield Change(match.start(), match.end(), after, "entity", match.group()[:40])


def _one_line(text: str) -> str:
    return _BREAK.sub(" ", text).replace("\n", " ")


def surrogates(line: str) -> Iterable[Change]:
    """Join pairs of surrogates; a lone one cannot be restored."""
    try:
        line.encode()
    except UnicodeEncodeError:
        return _surrogates(line)
    return ()


def _surrogates(line: str) -> Iterator[Change]:
    for match in _SURROGATE.finditer(line):
        pair = match.group()
        after = pair.encode("utf-16", "surrogatepass").decode("utf-16") if len(pair) == 2 else "\ufffd"
        yield Change(match.start(), match.end(), after, "surrogate")


def mojibake(line: str) -> Iterable[Change]:
    """Decode again what was decoded wrongly."""
    return () if line.isascii() or _MISREAD.search(line) is None else _mojibake(line)


def _mojibake(line: str) -> Iterator[Change]:
    from ftfy import TextFixerConfig, fix_encoding_and_explain  # noqa: PLC0415 - only text with other letters needs it

    config = TextFixerConfig(unescape_html=False, fix_latin_ligatures=False, fix_character_width=False,
                             uncurl_quotes=False, fix_line_breaks=False, normalization=None)  # fmt: skip
    for start, piece in _pieces(line):
        text = piece.replace(_LOST_QUOTE, "”")
        fixed, steps = fix_encoding_and_explain(text, config)
        if fixed != piece:
            fixed = _one_line(fixed)
            evidence = " ".join(step.parameter for step in steps or ())
            yield from _differences(piece, fixed, start, "mojibake", evidence)


def invisibles(line: str) -> Iterable[Change]:
    """Remove control and invisible characters that have no function where they stand."""
    return () if line.isprintable() and _OBJECT not in line else _invisibles(line)


def _invisibles(line: str) -> Iterator[Change]:
    for match in _INVISIBLE.finditer(line):
        char, at = match.group(), match.start()
        before, following = line[max(0, at - 1) : at], line[at + 1 : at + 2]
        if _BREAK.match(char):
            yield Change(at, at + 1, " " if before.strip() and following.strip() else "", "control")
        elif _ZERO_WIDTH.match(char):
            if not _has_function(char, before, following):
                yield Change(at, at + 1, "", "zero-width")
        else:
            rule = "soft-hyphen" if char == "\u00ad" else "bidi" if _BIDI.match(char) else "control"
            yield Change(at, at + 1, "", rule)


def _has_function(char: str, before: str, following: str) -> bool:
    """Whether a zero-width character does something between its neighbours."""
    if char in _JOINERS:
        joins = _JOINS_LETTERS.match(before) is not None
        return joins or (char == "\u200d" and bool(_EMOJI.match(before)) and bool(_EMOJI.match(following)))
    return char == "\u200b" and bool(_BREAKS_WORDS.match(before)) and bool(_BREAKS_WORDS.match(following))


def decomposed(line: str) -> Iterable[Change]:
    """Compose letters and their marks (NFC)."""
    return () if unicodedata.is_normalized("NFC", line) else _decomposed(line)


def _decomposed(line: str) -> Iterator[Change]:
    for start, piece in _pieces(line):
        composed = unicodedata.normalize("NFC", piece)
        if composed != piece:
            yield from _differences(piece, composed, start, "nfc", "")


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    """Cut a very long line between ASCII words; give each piece and where it starts."""
    start = 0
    while len(line) - start > _PIECE:
        match = _CUT.search(line, start + _PIECE, start + 2 * _PIECE)
        end = match.end() if match else min(len(line), start + 2 * _PIECE)
        yield start, line[start:end]
        start = end
    yield start, line[start:]


def _differences(before: str, after: str, offset: int, rule: str, evidence: str) -> Iterator[Change]:
    """Give the changed parts of a piece of a line that starts at `offset`, as small as words allow."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    blocks = [(0, len(old), 0, len(new))]
    first = _shared(old, new)  # most of a line is as it was, and comparing takes the square of what is compared
    last = _shared(old[first:][::-1], new[first:][::-1])
    old_end, new_end = len(old) - last, len(new) - last
    if max(old_end, new_end) - first <= _MOST_TOKENS:
        matcher = difflib.SequenceMatcher(None, old[first:old_end], new[first:new_end], autojunk=False)
        found = [(i1 + first, i2 + first, j1 + first, j2 + first)
                 for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]  # fmt: skip
        blocks = found if all(i1 < i2 for i1, i2, _, _ in found) else blocks  # a pure insertion would have no span
    old_at = list(itertools.accumulate(map(len, old), initial=0))
    new_at = list(itertools.accumulate(map(len, new), initial=0))
    for i1, i2, j1, j2 in blocks:
        was, now = before[old_at[i1] : old_at[i2]], after[new_at[j1] : new_at[j2]]
        # At least one character of `was` is kept in the change.
        head = _shared(was[:-1], now)
        tail = _shared(was[:head:-1], now[head:][::-1])
        start, end = offset + old_at[i1] + head, offset + old_at[i2] - tail
        yield Change(start, end, now[head : len(now) - tail], rule, evidence)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the characters, or the tokens, at the beginning that two texts share."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))
