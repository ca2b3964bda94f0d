"""The glossary for those who import it: any format in, any format out, and what can be done without a model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

import normalize.formats
from normalize import glossary
from normalize.errors import UsageError
from normalize.glossary.apply import Spelling, apply
from normalize.glossary.conform import Lack, lacks
from normalize.glossary.glossary import read

__all__ = ["Glossary"]


class Glossary(glossary.Glossary):
    r"""A glossary that is loaded, matched, applied, checked and exported; none of it needs a model.

    >>> terms = Glossary.parse(
    ...     b"source,target,aliases\nkecerdasan buatan,artificial intelligence,\nOpenAI,OpenAI,OpenAl\n"
    ... )
    >>> text = "OpenAl dan kecerdasan buatannya."
    >>> [(match.surface, match.term.target) for match in terms.match(text, "id")]
    [('OpenAl', 'OpenAI'), ('kecerdasan buatannya', 'artificial intelligence')]
    >>> terms.apply(text, "id").text
    'OpenAI dan kecerdasan buatannya.'
    >>> [lack.match.term.target for lack in terms.check([(text, "OpenAI and its smartness.")], "id")]
    ['artificial intelligence']
    >>> terms.export("deepl-tsv")
    b'kecerdasan buatan\tartificial intelligence\nOpenAI\tOpenAI\nOpenAl\tOpenAI\n'
    >>> terms.losses("deepl-tsv")
    ['1 alias: written as rows of their own, and read back so']
    """

    @classmethod
    def load(cls, *paths: Path | str, format: str = "", source: str = "", target: str = "") -> Self:  # noqa: A002 - what it is called everywhere
        """Read glossary files, the one of highest priority first.

        The format is told by the files' names, CSV where they tell nothing; `source` and `target` are language tags
        for files that name none. Bad rows are left out and listed in `problems`. Raises GlossaryError where a file
        cannot be read at all, and UsageError for an unknown format.
        """
        found = []
        for path in map(Path, paths):
            own = "tsv" if path.suffix.lower() == ".tsv" else "csv"
            form = normalize.formats.named(format or normalize.formats.told_by(path) or own)
            found.append(form.parse(read(path), path, source=source, target=target))
        return cls.joined(found)

    def match(  # noqa: PLR0913 - each may decide whether a row counts
        self,
        text: str,
        language: str,
        *,
        target_language: str = "en",
        article: str = "",
        path: str = "",
        sites: Sequence[str] = (),
    ) -> tuple[glossary.Match, ...]:
        """Find the terms in a text of a language, left to right; `article` is what `context` words are sought in.

        `path` and `sites` are those of the article, for rows with a scope: without them such rows do not count.
        """
        here = self.within(path, sites)
        return here.matches(text, language, target_language=target_language, context=article or None)

    def apply(
        self, text: str, language: str, *, target_language: str = "en", path: str = "", sites: Sequence[str] = ()
    ) -> Spelling:
        """Write a text's names and terms as the glossary does, without translating it; see `glossary.apply`."""
        return apply(self.within(path, sites), text, language, target_language=target_language)

    def check(
        self,
        pairs: Iterable[tuple[str, str]],
        language: str,
        *,
        target_language: str = "en",
        path: str = "",
        sites: Sequence[str] = (),
    ) -> tuple[Lack, ...]:
        """Find the targets that translations, (source, target) pairs of one article, lack; see `glossary.conform`."""
        return lacks(self.within(path, sites), pairs, language, target_language=target_language)

    def export(self, format: str = "csv") -> bytes:  # noqa: A002 - what it is called everywhere
        """Write all terms in a format; raises UsageError for one that does not exist or cannot hold all languages."""
        if not self.terms:
            raise UsageError("the glossary holds no row to write")
        return normalize.formats.named(format).render(self.terms)

    def losses(self, format: str) -> list[str]:  # noqa: A002 - likewise
        """Say, a line each, what of the terms a format loses."""
        return normalize.formats.named(format).cannot_carry(self.terms)
