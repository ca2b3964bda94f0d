"""Other ways to ask for the same sentence, and how the answers become its translation."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence

import regex

from normalize.check import lexicon, literals, symbols

__all__ = [
    "Attempt", "clauses", "ended", "masked", "restored", "same", "stopped", "stripped",
]  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Sources to translate, and how their translations become one text; without sources, an edit."""

    sources: tuple[str, ...]
    finish: Callable[[Sequence[str]], str]
    """Gives an empty text where the answers cannot be used."""
    basis: str = ""
    """The source to go by from now on, if it is not the one before."""


def same(source: str, *, anew: bool = False) -> Attempt:
    """Ask for the source as it is; `anew` says that it is not the one asked for before."""
    return Attempt(sources=(source,), finish=lambda parts: parts[0], basis=source if anew else "")


_END = regex.compile(r"[.!?…](?=[”’\"'»)\]\s]*$)")
_TARGET_STOP = regex.compile(r"\.(?=[”’\"'»)\]\s]*$)")
_CLOSING = regex.compile(r"[”’\"'»)\]\s]*$")
_CLAUSE_END = regex.compile(r"(?<=[\p{L}\p{N}”’\"»)])(?:[,;:]|\s[–—-])\s+(?=[\p{L}\p{N}“«\"(])")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*")
_SPACES = regex.compile(r"\s{2,}")
_SPACE_BEFORE = regex.compile(r"\s+(?=[.,;:!?…])")

_CARRIERS = ("Google", "Toyota", "London", "Madrid", "Obama", "Berlin", "Clinton", "Paris")
"""Names that stand for literals while the model runs, because it copies them; garbled, they make the answer useless."""

_CLAUSE_WORDS = 4  # fewer words than that make no clause of their own
_MOST_CLAUSES = 6


def stopped(source: str) -> Attempt:
    """Ask with a final stop added, or taken away, and undo it in the answer.

    >>> attempt = stopped("Olahraga")
    >>> attempt.sources, attempt.finish(["Sports."])
    (('Olahraga.',), 'Sports')
    >>> attempt = stopped("Dia pergi.")
    >>> attempt.sources, attempt.finish(["He left"])
    (('Dia pergi',), 'He left.')
    """
    end = _END.search(source)
    if end is None:
        return Attempt(sources=(f"{source.rstrip()}.",), finish=lambda parts: _TARGET_STOP.sub("", parts[0]).rstrip())
    mark = end[0]
    return Attempt(sources=(source[: end.start()] + source[end.end() :],), finish=lambda parts: ended(parts[0], mark))


def ended(text: str, mark: str) -> str:
    """Give `text` a final mark, within closing quotation marks."""
    text = text.rstrip()
    if not text or _END.search(text):
        return text
    at = _CLOSING.search(text)
    start = len(text) if at is None else at.start()
    return text[:start].rstrip(",;:-–— ") + mark + text[start:]


def clauses(source: str) -> Attempt | None:
    """Ask for each clause by itself; nothing where there is but one.

    >>> attempt = clauses("Menteri itu tiba kemarin malam, lalu ia bertemu para petani.")
    >>> attempt.sources
    ('Menteri itu tiba kemarin malam', 'lalu ia bertemu para petani.')
    >>> attempt.finish(["The minister arrived last night.", "Then he met the farmers."])
    'The minister arrived last night, then he met the farmers.'
    """
    parts: list[str] = []
    joints: list[str] = []
    start = 0
    masked_text = literals.mask(source)
    for match in _CLAUSE_END.finditer(masked_text):
        left, right = masked_text[start : match.start()], masked_text[match.end() :]
        enough = min(len(_WORD.findall(left)), len(_WORD.findall(right))) >= _CLAUSE_WORDS
        if enough and len(joints) < _MOST_CLAUSES - 1:
            parts.append(source[start : match.start()])
            joints.append(source[match.start() : match.end()])
            start = match.end()
    if not joints:
        return None
    parts.append(source[start:])
    return Attempt(sources=tuple(parts), finish=lambda answers: _joined(parts, joints, answers))


def _joined(parts: Sequence[str], joints: Sequence[str], answers: Sequence[str]) -> str:
    """Join the answers for clauses by what parted the clauses; each in the case it has within a sentence."""
    texts: list[str] = []
    for number, (part, answer) in enumerate(zip(parts, answers, strict=True)):
        text = answer.strip()
        if not text:
            return ""
        if number + 1 < len(parts):
            text = _TARGET_STOP.sub("", text).rstrip(",;: ")
        first = _WORD.match(text)
        if number and first and part[:1].islower() and first[0].lower() in lexicon.FUNCTION_WORDS["en"] | _SMALL:
            text = text[:1].lower() + text[1:]
        texts.append(text)
    ends = [f" {joint.strip()} " if joint[:1].isspace() else f"{joint.strip()} " for joint in joints]
    return "".join(text + end for text, end in zip(texts, [*ends, ""], strict=True))


_SMALL = lexicon.words("then so a an if as who both thus even according including")
"""More words that have a capital only because a sentence begins with them."""


def masked(source: str, turn: int) -> Attempt | None:
    """Ask with carriers in the place of literals; a row of them at the end is set aside. Another `turn`, others.

    >>> attempt = masked("Kirim ke redaksi@contoh.id segera. #Pemilu #Aksi", 0)
    >>> attempt.sources
    ('Kirim ke Google segera.',)
    >>> attempt.finish(["Send it to Google soon."])
    'Send it to redaksi@contoh.id soon. #Pemilu #Aksi'
    >>> attempt.finish(["Send it soon."])
    ''
    """
    found = list(dict.fromkeys(text for _, text in literals.find(source)))
    if not found:
        return None
    body = source.rstrip()
    while (last := next((text for text in found if body.endswith(text)), "")) and len(body) > len(last):
        body = body[: -len(last)].rstrip()
    tail = source[len(body) :].rstrip()
    within = sorted((text for text in found if text in body), key=len, reverse=True)
    free = [name for name in _CARRIERS if name.lower() not in source.lower()]
    chosen = dict(zip(within, free[turn * len(within) :], strict=False))
    if len(chosen) < len(within) or not _WORD.search(body) or (turn and not within):
        return None
    for text, name in chosen.items():
        body = body.replace(text, name)
    wanted = {name: body.count(name) for name in chosen.values()}

    def finish(parts: Sequence[str]) -> str:
        answer = parts[0]
        if any(answer.count(name) != times for name, times in wanted.items()):
            return ""
        for text, name in chosen.items():
            answer = answer.replace(name, text)
        return answer + tail

    return Attempt(sources=(body,), finish=finish)


def stripped(source: str) -> str:
    """Take the symbols out of a source that the model cannot know.

    >>> stripped("Selamat datang 😀 di sini! 🎉")
    'Selamat datang di sini!'
    """
    return _SPACE_BEFORE.sub("", _SPACES.sub(" ", symbols.without(source))).strip()


def restored(source: str, target: str) -> str:
    """Put the symbols of the source back: where the edges of the text are, there; others about where they stood.

    >>> restored("Selamat datang 😀 di sini! 🎉", "Welcome here!")
    'Welcome 😀 here! 🎉'
    >>> restored("→ Baca juga", "Read also")
    '→ Read also'
    """
    of_source = symbols.found(source)
    if not of_source:  # most sources have none
        return target.strip()
    missing = Counter(of_source) - Counter(symbols.found(target))
    bare = len(stripped(source)) or 1
    at_start, at_end = "", ""
    inside: list[tuple[float, str]] = []
    for span in symbols.spans(source):
        text = span.of(source)
        if any(missing[one] <= 0 for one in symbols.found(text)):
            continue
        before, after = stripped(source[: span.start]), stripped(source[span.end :])
        if not before:
            at_start += text + source[span.end : span.end + 1].strip(_NOT_SPACE)
        elif not after:
            at_end += source[span.start - 1 : span.start].strip(_NOT_SPACE) + text
        else:
            inside.append((len(before) / bare, text))
    for share, text in reversed(inside):
        target = _inserted(target, share, text)
    return at_start + target.strip() + at_end


_NOT_SPACE = "".join(chr(code) for code in range(33, 127))


def _inserted(target: str, share: float, symbol: str) -> str:
    """Put a symbol between two words, as near as can be to its share of the text."""
    gaps = [match.start() for match in regex.finditer(r"(?<=\S)\s+(?=\S)", target)] or [len(target)]
    at = min(gaps, key=lambda gap: (abs(gap - share * len(target)), gap))
    return f"{target[:at]} {symbol}{target[at:]}"
