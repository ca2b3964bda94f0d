"""UTX 1.11, the simple termbase format of AAMT: a table with tabs under two lines of header."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import PurePath

import regex

from normalize.formats.delimited import Delimited, decoded
from normalize.formats.format import one_pair
from normalize.formats.losses import plain_rows
from normalize.glossary import Glossary, Term

__all__ = ["UTX"]

_LANGUAGES = regex.compile(r"#\s*UTX[^;]*;\s*([A-Za-z-]{2,20})\s*/\s*([A-Za-z-]{2,20})")
_TABLE = Delimited(
    name="utx", title="UTX 1.11", suffix=".utx", columns=("source", "target", "pos", "note"), delimiter="\t",
    quoted=False, padded=True,
    synonyms=(("#src", "source"), ("tgt", "target"), ("src:pos", "pos"), ("comment", "note")),
)  # fmt: skip


@dataclasses.dataclass(frozen=True, kw_only=True)
class Utx:
    """UTX; the date its header asks for is left out, so that the same terms give the same bytes."""

    name: str = _TABLE.name
    title: str = _TABLE.title
    suffix: str = _TABLE.suffix

    def parse(
        self, data: bytes, path: PurePath | str | None = None, *, source: str = "", target: str = ""
    ) -> Glossary:
        """Read terms; see `Format.parse`."""
        lines = decoded(data, path).replace("\r\n", "\n").split("\n")
        head = _LANGUAGES.match(lines[0])
        tags = (source or head[1], target or head[2]) if head else (source, target)
        # Lines of comment become blank, so that line numbers stay; the heading begins with the same sign.
        kept = ["" if line.startswith("#") and not line.lower().startswith("#src\t") else line for line in lines]
        text = "\n".join(kept).encode("utf-8", "surrogateescape")
        return _TABLE.parse(text, path, source=_known(tags[0]), target=_known(tags[1]))

    def render(self, terms: Sequence[Term]) -> bytes:
        """Write terms. Raises UsageError where they have several pairs of languages."""
        pair = one_pair(plain_rows(terms), self.name)
        heading = f"#UTX 1.11; {pair[0] or 'und'}/{pair[1] or 'und'}\n#src\ttgt\tsrc:pos\tcomment\n"
        # A source that begins with # would be a comment.
        return heading.encode() + dataclasses.replace(_TABLE, comment="#").render(terms)

    def cannot_carry(self, terms: Sequence[Term]) -> list[str]:
        """Say what of these terms is lost."""
        return dataclasses.replace(_TABLE, tagged=True).cannot_carry(terms)


UTX = Utx()


def _known(tag: str) -> str:
    return "" if tag == "und" else tag
