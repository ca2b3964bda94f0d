"""Translating text that is no article: a file of paragraphs or of lines."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator, Sequence

from normalize.clean.lines import paragraphs
from normalize.corpus import Article
from normalize.engine import Engine
from normalize.glossary import Glossary
from normalize.pipeline.convert import convert
from normalize.pipeline.prepare import Prepared
from normalize.repair import repair
from normalize.segment import segment

__all__ = ["lines_of", "translate_lines", "unwrapped"]

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


def translate_lines(lines: Sequence[str], engine: Engine, glossary: Glossary) -> Iterator[str]:
    """Translate line by line: exactly one answer for each line, in order; a blank line gives an empty one.

    A line may hold several sentences. Lines that are in the target language already come back as they are (repaired).
    """
    for start in range(0, len(lines), _LINES_AT_ONCE):
        yield from _translate(lines[start : start + _LINES_AT_ONCE], engine, glossary, start)


def _translate(lines: Sequence[str], engine: Engine, glossary: Glossary, start: int) -> list[str]:
    # Other line separators than \n would make new lines of their own in the answer.
    text = "\n".join(" ".join(line.splitlines()) for line in lines)
    article = repair(
        Article(
            id=f"line-{start}",
            path="-",
            raw=text,
            text=text,
            sha256=hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest(),
            language=engine.source_language,
        )
    )
    segments = segment(article, target_language=engine.target_language, fits=engine.fits)
    [conversion] = convert(
        [Prepared(article=article, segments=segments)],
        engine,
        glossary,
        target_language=engine.target_language,
    )
    answers = [target for _, target in conversion.paragraphs()] or [""]
    if len(answers) != len(lines):
        message = f"{len(lines)} lines became {len(answers)}"  # a bug of ours: a pipe must never lose step
        raise AssertionError(message)
    return answers
