"""Checks of the target's form: marks, letters, characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import regex

from normalize.check import lexicon, literals, symbols
from normalize.check.content import repetition
from normalize.check.subject import Found, Subject
from normalize.corpus import Span

__all__ = [
    "articles", "beginning", "brackets", "capitals", "characters", "doubled", "markup", "misplaced_articles", "quotes",
    "small_start", "spacing", "symbol",
]  # fmt: skip

_QUOTE = re.compile(r"[\"“”„«»‟〝〞]|''|``")
_OPEN = {"(": ")", "[": "]", "{": "}"}
_A_BRACKET = re.compile(r"[()\[\]{}]")
_BRACKET = regex.compile(r"[()\[\]{}]")
_SMILEY = regex.compile(r"[:;=]['-]?[()]|(?:^|\s)\p{N}{1,2}\)|(?:^|\s)\p{L}\)")
_DOUBLED = regex.compile(r"\b(?P<word>[\p{L}\p{M}'’]{1,40})\s+(?P=word)\b", regex.IGNORECASE)
_DOUBLED_IN_SOURCE = regex.compile(r"\b(?P<word>[\p{L}\p{M}'’]{1,40})[\s-]+(?P=word)\b", regex.IGNORECASE)
"""Indonesian writes names with a hyphen (Bora-Bora) that English writes without."""
_PHRASE = regex.compile(r"\b(?P<phrase>[\p{L}'’]{1,30}(?:\s+[\p{L}'’]{1,30}){2,4})\s+(?P=phrase)\b", regex.IGNORECASE)
_BAD = regex.compile(r"[\p{Cc}--[\t\n\r]]|\ufffd|⁇|<unk>|▁|@@(?=\s|$)|\p{Co}|[\ufdd0-\ufdef]", regex.VERSION1)
_MOJIBAKE = regex.compile(r"Ã[\u0080-\u00bf©¨ª«¼¶¤§¢¡³´²¹º]|â€[\u0098-\u009d™œž¦“”˜]|Â[\u00a0«»°©®]|ï»¿|Ã\d⁄\d")
_ENTITY = regex.compile(
    r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,6});|</?[a-z][a-z0-9]{0,10}(?:\s[^<>]{0,200})?/?>", regex.IGNORECASE
)
_LINE_BREAK = regex.compile(r"[\n\r\u2028\u2029]")
_LETTERS = regex.compile(r"\p{L}+")
_BEGINNING = regex.compile(
    r"[\s\"“”„«»'‘’(\[¿¡–—-]{0,8}(?P<word>[\p{L}\p{M}]{2,}+|\p{L}(?![\p{L}\p{M}'’]))(?![\p{N}@_/-]|\.\w)"
)
"""The first word, if it is no part of an address, nor of a name as "al-Hadath", "d’Artagnan" and "e-Kassa" are."""
_ARTICLE = regex.compile(
    r"(?:(?<![\w'’.-])a|^A) (?P<word>(?:[ai][a-z]|o(?!ne|nce\b|ui)[a-z]|e(?!u|we)[a-z]|un(?!i|an)|uni[dmn]|u[pml][a-z]"
    r"|ug[a-z]|ur[gb]|utt|hour|hones|honou?r|heir)[a-z]*+)(?!['’@/]|[.]\w)"
)
"""English "a", as the first word or in small letters, before a word whose letters leave no doubt of its sound."""
_PARTICLES = lexicon.words("al bin da de del della di du el ibn la le van von")
"""What stands in small letters before a name."""


def quotes(subject: Subject) -> Iterator[Found]:
    """Find quotation marks that are paired in the source and not in the target."""
    target = _QUOTE.findall(subject.target)
    if len(target) % 2 == 0:
        return
    source = _QUOTE.findall(subject.source)
    if len(source) % 2 == 0:
        yield f"{len(target)} quotation mark{'s' * (len(target) > 1)}, where the source has {len(source)}", None


def _unbalanced(text: str) -> str:
    """Give the first bracket without its other half, or nothing."""
    opened: list[str] = []
    for mark in _BRACKET.findall(_SMILEY.sub(" ", text)):
        if mark in _OPEN:
            opened.append(mark)
        elif not opened or _OPEN[opened.pop()] != mark:
            return str(mark)
    return opened[0] if opened else ""


def brackets(subject: Subject) -> Iterator[Found]:
    """Find brackets that are paired in the source and not in the target."""
    if _A_BRACKET.search(subject.target) is None:
        return
    if (mark := _unbalanced(subject.target)) and not _unbalanced(subject.source):
        yield f"the bracket “{mark}” has no other half", None


def doubled(subject: Subject) -> Iterator[Found]:
    """Find a word or phrase that stands twice in a row in the target and does not in the source."""
    if repetition(subject.target)[0] < 2:  # most often nothing is said twice in a row
        return
    text = literals.mask(subject.target)
    allowed = lexicon.DOUBLED.get(subject.target_language, frozenset())
    in_source = {match["word"].casefold() for match in _DOUBLED_IN_SOURCE.finditer(subject.source)}
    for match in _DOUBLED.finditer(text):
        first, second = match[0].split()
        is_letter = match.start() > 0 and len(second) == 1 and first.isupper()  # "patient A a little better"
        if not is_letter and second.casefold() not in allowed | in_source:
            yield f"“{match[0]}”", Span(start=match.start(), end=match.end())
    phrase = _PHRASE.search(text)
    if phrase and not _PHRASE.search(subject.source) and len(set(phrase["phrase"].casefold().split())) > 1:
        yield f"“{phrase['phrase']}” twice", Span(start=phrase.start(), end=phrase.end())


def characters(subject: Subject) -> Iterator[Found]:
    """Find characters no text should have, unknown-token signs and wrongly decoded letters."""
    target = subject.target
    if target.isprintable() and target.isascii() and "<unk>" not in target and "@@" not in target:
        return  # most often there is nothing to look for
    for pattern, kind in ((_BAD, "invalid or unknown"), (_MOJIBAKE, "wrongly decoded")):
        if match := pattern.search(subject.target):
            shown = match[0] if match[0].isprintable() else f"U+{ord(match[0][0]):04X}"
            yield f"{kind} characters: {shown}", Span(start=match.start(), end=match.end())


def markup(subject: Subject) -> Iterator[Found]:
    """Find tags and entities in the target that are not in the source."""
    if "&" not in subject.target and "<" not in subject.target:
        return
    for match in _ENTITY.finditer(subject.target):
        if match[0] not in subject.source:
            yield f"markup in the text: {match[0][:60]}", Span(start=match.start(), end=match.end())
            return


def symbol(subject: Subject) -> Iterator[Found]:
    """Find emoji and signs of the source that are not in the target."""
    if not (of_source := symbols.found(subject.source)):
        return
    if missing := Counter(of_source) - Counter(symbols.found(subject.target)):
        yield f"missing: {' '.join(missing)}", None


def spacing(subject: Subject) -> Iterator[Found]:
    """Find line breaks inside a target and space at its ends."""
    target = subject.target
    if match := _LINE_BREAK.search(target):
        yield "a line break inside a segment", Span(start=match.start(), end=match.end())
    elif target.strip() and target != target.strip():
        yield "space at the beginning or end", None


def small_start(source: str, target: str) -> Span | None:
    """Give the place of the letter that should be a capital, since the source begins with one; None if there is none.

    Names that begin with a small letter have a capital within, as iPhone, or begin with a particle.

    >>> small_start("Pejabat itu pergi.", "the official left.")
    Span(start=0, end=1)
    >>> small_start("Pengguna iPhone pergi.", "iPhone users left."), small_start("De Gaulle dort.", "de Gaulle sleeps.")
    (None, None)
    """
    theirs = None if target[:1].isupper() else _BEGINNING.match(target)  # most often it is
    if theirs is None or not theirs["word"].islower() or theirs["word"] in _PARTICLES:
        return None
    ours = _BEGINNING.match(source)
    if ours is None or not ours["word"][:1].isupper():
        return None
    start = theirs.start("word")
    return Span(start=start, end=start + 1) if target[start].upper() != target[start] else None


def beginning(subject: Subject) -> Iterator[Found]:
    """Find a target that begins with a small letter where the source begins with a capital."""
    span = small_start(subject.source, subject.target)
    if span is not None:
        yield f"begins with a small letter: {subject.target.strip()[:40]}", span


def misplaced_articles(source: str, target: str, language: str) -> list[Span]:
    """Give the places of each English "a" that should be "an"; what stands so in the source is a quotation.

    >>> misplaced_articles("", "A accident near a university, an hour after a one-day strike", "en")
    [Span(start=0, end=1)]
    """
    if language != "en":
        return []
    return [
        Span(start=match.start(), end=match.start() + 1)
        for match in _ARTICLE.finditer(literals.mask(target))
        if match["word"] not in lexicon.FUNCTION_WORDS["en"] and match[0] not in source  # point a in the plan
    ]


def articles(subject: Subject) -> Iterator[Found]:
    """Find an English "a" before a word that begins with a vowel when it is said."""
    for span in misplaced_articles(subject.source, subject.target, subject.target_language):
        yield f"“a” before a vowel: {subject.target[span.start : span.end + 20]}", span


def capitals(subject: Subject) -> Iterator[Found]:
    """Find a target in capitals throughout whose source is not."""
    if not subject.target.isupper():
        return
    source, target = ("".join(_LETTERS.findall(text)) for text in (subject.source, subject.target))
    many = len(target) >= 12 and len(_LETTERS.findall(subject.target)) >= 3
    if many and target.isupper() and sum(map(str.isupper, source)) < 0.7 * len(source):
        yield "all in capitals, unlike the source", None
