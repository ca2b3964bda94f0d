"""Translating text that is no article: a file of paragraphs or of lines."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normalize.clean.lines import paragraphs
from normalize.corpus import Article, Conversion, Receipt
from normalize.enforce import Renderings
from normalize.engine import Engine
from normalize.glossary import Glossary
from normalize.pipeline.convert import convert
from normalize.pipeline.prepare import Prepared
from normalize.repair import repair
from normalize.segment import segment

__all__ = ["Line", "lines_of", "translate_lines", "translated_lines", "unwrapped"]

_LINES_AT_ONCE = 2_000
"""Lines translated together, and the reach of a term's context: memory stays bounded on endless input."""


def lines_of(data: bytes) -> list[str]:
    r"""Split at line feeds alone, so that `wc -l` counts the same on both sides; the last line may lack its own.

    A line that is not UTF-8 is read as windows-1252: in a pipe each line stands for itself, and none may be lost.

    >>> lines_of(b"Satu\r\n\ncaf\xe9\n")
    ['Satu', '', 'café']
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode()
    lines = data.removeprefix(codecs.BOM_UTF8).removesuffix(b"\n").split(b"\n") if data else []
    return [_decoded(line.removesuffix(b"\r")) for line in lines]


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def unwrapped(text: str) -> list[str]:
    r"""Give the lines of a text with the paragraphs of a hard-wrapped one joined; blank lines stay.

    >>> unwrapped("Satu.\n\nDua.")
    ['Satu.', '', 'Dua.']
    """
    lines = [""] * len(text.split("\n"))
    inner: set[int] = set()
    for paragraph in paragraphs(text):
        lines[paragraph.line] = paragraph.text
        inner.update(range(paragraph.line + 1, paragraph.line + 1 + len(paragraph.breaks)))
    return [line for number, line in enumerate(lines) if number not in inner]


class Line(NamedTuple):
    """A line's translation."""

    target: str
    missing: tuple[Receipt, ...]
    """Expected terms that the target lacks, or has fewer times than the line."""


def translate_lines(
    lines: Sequence[str], engine: Engine, glossary: Glossary, *, documents: Sequence[str] = ()
) -> Iterator[str]:
    """Translate line by line: exactly one answer for each line, in order; a blank line gives an empty one.

    A line may hold several sentences. Lines that are in the target language already come back as they are (repaired).
    With `documents`, one id a line, lines of one id are one article, else all that are translated together: a row's
    `context` may stand in any of them, and they tell the names in a heading. A row's `scope` may name the id as a path.
    """
    return (line.target for line in translated_lines(lines, engine, glossary, documents=documents))


def translated_lines(
    lines: Sequence[str], engine: Engine, glossary: Glossary, *, documents: Sequence[str] = ()
) -> Iterator[Line]:
    """Translate line by line, as `translate_lines` does, and tell of each line which terms are missing."""
    renderings = Renderings(engine)
    done: dict[int, Line] = {}
    given = 0
    for group in _groups(len(lines), documents):
        articles = [
            _prepared([lines[number] for number in numbers], engine, numbers[0], documents)
            for numbers in group
        ]
        conversions = convert(
            articles, engine, glossary, target_language=engine.target_language, renderings=renderings
        )
        for numbers, conversion in zip(group, conversions, strict=True):
            done |= zip(numbers, _answers(conversion, len(numbers)), strict=True)
        while given in done:
            yield done.pop(given)
            given += 1


def _groups(count: int, documents: Sequence[str]) -> Iterator[list[list[int]]]:
    """Give the numbers of the lines of each article, in groups that are translated together."""
    if not documents:
        for start in range(0, count, _LINES_AT_ONCE):
            yield [list(range(start, min(start + _LINES_AT_ONCE, count)))]
        return
    own: dict[str, list[int]] = {}
    for number, document in zip(range(count), documents, strict=True):
        own.setdefault(document, []).append(number)
    group: list[list[int]] = []
    for numbers in own.values():
        group.append(numbers)
        if sum(map(len, group)) >= _LINES_AT_ONCE:
            yield group
            group = []
    if group:
        yield group


def _prepared(lines: Sequence[str], engine: Engine, first: int, documents: Sequence[str]) -> Prepared:
    """Make an article of lines: each is a paragraph."""
    # Other line separators than \n would make new lines of their own in the answer.
    text = "\n".join(" ".join(line.splitlines()) for line in lines)
    article = repair(
        Article(
            id=f"line-{first}",
            path=documents[first] if documents else "-",
            raw=text,
            text=text,
            sha256=hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest(),
            language=engine.source_language,
        )
    )
    return Prepared(
        article=article, segments=segment(article, target_language=engine.target_language, fits=engine.fits)
    )


def _answers(conversion: Conversion, wanted: int) -> list[Line]:
    """Give the translation of each line of an article."""
    targets = [target for _, target in conversion.paragraphs()] or [""]
    if len(targets) != wanted:
        message = f"{wanted} lines became {len(targets)}"  # a bug of ours: a pipe must never lose step
        raise AssertionError(message)
    missing: dict[int, list[Receipt]] = {}
    for unit in conversion.units:
        lacking = [receipt for receipt in unit.receipts if receipt.target_span is None]
        missing.setdefault(unit.segment.paragraph, []).extend(lacking)
    return [Line(target, tuple(missing.get(number, ()))) for number, target in enumerate(targets)]
