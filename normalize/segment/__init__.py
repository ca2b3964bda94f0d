"""Sentences as spans of the article's text; what lies outside spans is white space."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from normalize import language
from normalize.corpus import Article, Segment, Span
from normalize.segment import fitting
from normalize.segment.boundaries import boundaries

__all__ = ["segment", "split_text"]


def segment(
    article: Article,
    *,
    target_language: str = "en",
    fits: Callable[[str], bool] | None = None,
    detect: Callable[[str, str, str], str] | None = None,
) -> tuple[Segment, ...]:
    r"""Split a clean article into sentences, in order; a line is a paragraph, and no sentence crosses its end.

    A segment's id is `ARTICLE:PARAGRAPH.N`, paragraph (the line of the text) and sentence counted from 0. A sentence
    for which `fits` is False is split at clause marks, never cut off; by default more than 120 words or 900 characters
    are too long. `detect(paragraph, article.language, target_language)` says which of the two languages a paragraph is
    in (by default `language.detect_paragraph`), and that is the language its segments carry and are split by.

    >>> article = Article(id="a", path="a.txt", raw="", text="Judul\nSatu. Dua.", sha256="", language="id")
    >>> [(one.id, one.source) for one in segment(article, detect=lambda text, own, target: own)]
    [('a:0.0', 'Judul'), ('a:1.0', 'Satu.'), ('a:1.1', 'Dua.')]
    """
    detect = detect or language.detect_paragraph
    segments: list[Segment] = []
    for paragraph, line in enumerate(_lines(article.text)):
        source = line.of(article.text)
        if not source.strip():
            continue
        tag = detect(source, article.language, target_language)
        segments += [
            Segment(id=f"{article.id}:{paragraph}.{number}", article=article.id, paragraph=paragraph, span=span,
                    source=span.of(article.text), language=tag)
            for number, span in enumerate(_split_line(article.text, line, tag, fits or fitting.fits))
        ]
    return tuple(segments)


def split_text(text: str, language: str, fits: Callable[[str], bool] | None = None) -> list[Span]:
    """Give the sentences of plain text in order, as `segment` would split it; only white space lies between them.

    >>> [span.of("Rp. 5 juta. Ia pergi.") for span in split_text("Rp. 5 juta. Ia pergi.", "id")]
    ['Rp. 5 juta.', 'Ia pergi.']
    """
    return [span for line in _lines(text) for span in _split_line(text, line, language, fits or fitting.fits)]


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield Span(start=start, end=end)
        start = end + 1


def _split_line(text: str, line: Span, language: str, fits: Callable[[str], bool]) -> Iterator[Span]:
    start = 0
    source = line.of(text)
    for end in boundaries(source, language):
        yield from fitting.split_long(text, Span(start=line.start + start, end=line.start + end), fits)
        start = end
