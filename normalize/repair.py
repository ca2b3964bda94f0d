"""Repair wrong characters: mojibake, entities, control and invisible characters, decomposed letters.

Never typography: quotation marks, apostrophes, dashes, ellipses, no-break and thin spaces, ligatures and widths stay as
written, and text without a fault comes out as the same bytes. Lines are repaired one by one, and no line break is added
or removed, so that an HTML article's lines stay parallel to its blocks.
"""

from __future__ import annotations

import dataclasses
import difflib
import html
import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from html.entities import html5
from typing import NamedTuple

import regex

from normalize.corpus import Article, Edit, Span

__all__ = ["repair"]

_SUSPECT = regex.compile(r"[^\t\n -%'-~]")
"""Anything but printable ASCII; `&` is suspect too, as it may start an entity."""

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

_LOST_QUOTE = "â€\ufffd"
"""A right double quotation mark: the last byte has no character in windows-1252."""

_PIECE = 8_000
"""Characters looked at together for mojibake and composition; a longer line is cut between ASCII words."""
_CUT = regex.compile(r"(?<=[A-Za-z,.]) (?=[A-Za-z])")
_MOST_TOKENS = 300
"""Longer differences are recorded as one edit: aligning them would take quadratic time."""
_TOKEN = regex.compile(r"\w+|\s+|[^\w\s]+")

_ROUNDS = 6
"""A repair can lay bare another fault (an escaped soft hyphen inside mojibake); so all is done again until it rests."""


class _Change(NamedTuple):
    """A change of part of a text: `start` and `end` are in that text, and not equal."""

    start: int
    end: int
    after: str
    rule: str
    evidence: str = ""


class _Part(NamedTuple):
    """A stretch of a line as given, and what stands there now; unchanged when it has no rule."""

    start: int
    end: int
    after: str = ""
    rule: str = ""
    evidence: str = ""

    def now(self, line: str) -> str:
        """Give what stands there now. An unchanged part holds no text, so that cutting it costs nothing."""
        return self.after if self.rule else line[self.start : self.end]

    def size(self) -> int:
        """Give the length of what stands there now."""
        return len(self.after) if self.rule else self.end - self.start

    def split(self, size: int) -> tuple[_Part, _Part]:
        """Cut an unchanged part in two, the first of `size` characters."""
        return _Part(self.start, self.start + size), _Part(self.start + size, self.end)


def repair(article: Article) -> Article:
    """Give `article` with wrong characters put right, each change recorded as an edit.

    Edits are listed from the end of the text to its start and do not overlap, so every span fits the text given.
    """
    text = article.text
    if _SUSPECT.search(text) is None:
        return article
    edits: list[Edit] = []
    offset = 0
    for line in text.split("\n"):
        if _SUSPECT.search(line) is not None:
            for part in _repaired(line):
                before = line[part.start : part.end]
                if part.rule and part.after != before:
                    span = Span(start=offset + part.start, end=offset + part.end)
                    edits.append(Edit(rule=part.rule, span=span, before=before, after=part.after,
                                      evidence=part.evidence))  # fmt: skip
        offset += len(line) + 1
    edits.reverse()
    return dataclasses.replace(article, text=_replayed(text, edits), edits=article.edits + tuple(edits))


def _replayed(text: str, edits: Sequence[Edit]) -> str:
    """Do what `corpus.replay` does, in one pass: these edits are disjoint and in falling order."""
    pieces: list[str] = []
    end = len(text)
    for edit in edits:
        pieces += (text[edit.span.end : end], edit.after)
        end = edit.span.start
    pieces.append(text[:end])
    pieces.reverse()
    return "".join(pieces)


def _repaired(line: str) -> list[_Part]:
    """Give the parts of one line after all passes have been made until nothing changes."""
    parts = [_Part(0, len(line))]
    text = line
    for _ in range(_ROUNDS):
        before = text
        for find in _PASSES:
            changes = _joined(find(text))
            if changes:
                parts = _composed(line, parts, changes)
                text = "".join(part.now(line) for part in parts)
        if text == before:
            break
    return parts


def _joined(changes: Iterable[_Change]) -> list[_Change]:
    """Make one change of each run of neighbours; all are by one rule of a kind."""
    runs: list[list[_Change]] = []
    for change in changes:
        if runs and (runs[-1][-1].end, runs[-1][-1].rule) == (change.start, change.rule):
            runs[-1].append(change)
        else:
            runs.append([change])
    return [
        run[0] if len(run) == 1 else run[0]._replace(end=run[-1].end, after="".join(change.after for change in run))
        for run in runs
    ]


def _composed(line: str, parts: Sequence[_Part], changes: Sequence[_Change]) -> list[_Part]:
    """Apply `changes` (rising, disjoint, in terms of the text the parts make) to `parts`.

    A change that meets parts changed before becomes one part with them, under the name of the first rule. Changes are
    taken from the last to the first, so that where the parts begin stays true.
    """
    begins = itertools.accumulate((part.size() for part in parts), initial=0)
    stack = list(zip(begins, parts, strict=False))  # the last sum is the end of the text
    done: list[_Part] = []
    for change in reversed(changes):
        while stack[-1][0] >= change.end:
            done.append(stack.pop()[1])
        begin, part = stack[-1]
        if not part.rule and begin + part.size() > change.end:
            head, tail = part.split(change.end - begin)
            done.append(tail)
            stack[-1] = (begin, head)
        taken: list[_Part] = []
        while not taken or begin > change.start:
            begin, part = stack.pop()
            taken.append(part)
        if not part.rule and begin < change.start:
            head, taken[-1] = part.split(change.start - begin)
            stack.append((begin, head))
            begin = change.start
        taken.reverse()
        stack.append((begin, _merged(line, taken, change, begin)))
    done.extend(part for _, part in reversed(stack))
    done.reverse()
    return done


def _merged(line: str, taken: Sequence[_Part], change: _Change, begin: int) -> _Part:
    """Make one part of those a change touches; `begin` is where the first of them stands in the present text."""
    text = "".join(part.now(line) for part in taken)
    first = next((part for part in taken if part.rule), None)
    return _Part(
        taken[0].start, taken[-1].end, text[: change.start - begin] + change.after + text[change.end - begin :],
        change.rule if first is None else first.rule, change.evidence if first is None else first.evidence,
    )  # fmt: skip


def _escapes(line: str) -> Iterator[_Change]:
    """Remove terminal control sequences."""
    for match in _ESCAPE.finditer(line):
        yield _Change(match.start(), match.end(), "", "escape")


def _entities(line: str) -> Iterator[_Change]:
    """Resolve what is evidently a character reference."""
    if "&" not in line:
        return
    for match in _ENTITY.finditer(line):
        reference = _AMPERSANDS.sub("", match.group(), count=1)
        known = reference[1:2] == "#" or reference[1:] in html5  # html.unescape would take a prefix: &notit;
        after = _one_line(html.unescape(reference) if known else reference)
        if after != match.group() and "\ufffd" not in after:  # U+FFFD: the number of no character
            yield _Change(match.start(), match.end(), after, "entity", match.group()[:40])


def _one_line(text: str) -> str:
    return _BREAK.sub(" ", text).replace("\n", " ")


def _surrogates(line: str) -> Iterator[_Change]:
    """Join pairs of surrogates; a lone one cannot be restored."""
    for match in _SURROGATE.finditer(line):
        pair = match.group()
        after = pair.encode("utf-16", "surrogatepass").decode("utf-16") if len(pair) == 2 else "\ufffd"
        yield _Change(match.start(), match.end(), after, "surrogate")


def _mojibake(line: str) -> Iterator[_Change]:
    """Decode again what was decoded wrongly."""
    if line.isascii():
        return
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


def _invisibles(line: str) -> Iterator[_Change]:
    """Remove control and invisible characters that have no function where they stand."""
    for match in _INVISIBLE.finditer(line):
        char, at = match.group(), match.start()
        before, following = line[max(0, at - 1) : at], line[at + 1 : at + 2]
        if _BREAK.match(char):
            yield _Change(at, at + 1, " " if before.strip() and following.strip() else "", "control")
        elif _ZERO_WIDTH.match(char):
            if not _has_function(char, before, following):
                yield _Change(at, at + 1, "", "zero-width")
        else:
            rule = "soft-hyphen" if char == "\u00ad" else "bidi" if _BIDI.match(char) else "control"
            yield _Change(at, at + 1, "", rule)


def _has_function(char: str, before: str, following: str) -> bool:
    """Whether a zero-width character does something between its neighbours."""
    if char in _JOINERS:
        joins = _JOINS_LETTERS.match(before) is not None
        return joins or (char == "\u200d" and bool(_EMOJI.match(before)) and bool(_EMOJI.match(following)))
    return char == "\u200b" and bool(_BREAKS_WORDS.match(before)) and bool(_BREAKS_WORDS.match(following))


def _decomposed(line: str) -> Iterator[_Change]:
    """Compose letters and their marks (NFC)."""
    if unicodedata.is_normalized("NFC", line):
        return
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


def _differences(before: str, after: str, offset: int, rule: str, evidence: str) -> Iterator[_Change]:
    """Give the changed parts of a piece of a line that starts at `offset`, as small as words allow."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    blocks = [(0, len(old), 0, len(new))]
    if max(len(old), len(new)) <= _MOST_TOKENS:
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        found = [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]
        blocks = found if all(i1 < i2 for i1, i2, _, _ in found) else blocks  # a pure insertion would have no span
    old_at = list(itertools.accumulate(map(len, old), initial=0))
    new_at = list(itertools.accumulate(map(len, new), initial=0))
    for i1, i2, j1, j2 in blocks:
        was, now = before[old_at[i1] : old_at[i2]], after[new_at[j1] : new_at[j2]]
        # At least one character of `was` is kept in the change.
        head = _shared(was[:-1], now)
        tail = _shared(was[:head:-1], now[head:][::-1])
        start, end = offset + old_at[i1] + head, offset + old_at[i2] - tail
        yield _Change(start, end, now[head : len(now) - tail], rule, evidence)


def _shared(one: str, other: str) -> int:
    """Count the characters at the beginning that two texts share."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


_PASSES: tuple[Callable[[str], Iterator[_Change]], ...] = (
    _escapes, _surrogates, _entities, _mojibake, _invisibles, _decomposed,
)  # fmt: skip
