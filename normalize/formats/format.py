"""What every glossary format offers, and how languages are chosen in a file that holds several."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Protocol

from normalize.errors import UsageError
from normalize.glossary import Glossary, Term

__all__ = ["Format", "chosen", "one_pair", "primary"]


class Format(Protocol):
    """A format that glossaries are exchanged in: bytes in, terms out, and back."""

    @property
    def name(self) -> str:
        """The name it is asked for by."""

    @property
    def title(self) -> str:
        """What it is, in a few words."""

    @property
    def suffix(self) -> str:
        """What its files' names end in."""

    def parse(
        self, data: bytes, path: PurePath | str | None = None, *, source: str = "", target: str = ""
    ) -> Glossary:
        """Read terms; `source` and `target` are language tags, for files that do not say or that hold several.

        Rows that cannot be used are listed in `problems`. Raises GlossaryError when nothing can be read.
        """

    def render(self, terms: Sequence[Term]) -> bytes:
        """Write terms. Raises UsageError where the format holds one pair of languages and the terms have several."""

    def cannot_carry(self, terms: Sequence[Term]) -> list[str]:
        """Say, a line each, what of these terms the format loses."""


def primary(tag: str) -> str:
    """Give a language tag's first part, in small letters; "und" (not known) as nothing.

    >>> primary("en-GB"), primary("und")
    ('en', '')
    """
    first = tag.replace("_", "-").split("-")[0].lower()
    return "" if first == "und" else first


def chosen(tags: Sequence[str], source: str = "", target: str = "") -> list[tuple[int, int]]:
    """Choose which languages of an entry are source and target; gives pairs of indices into `tags`.

    The first language is the source where nothing else is said, and each other one a target.

    >>> chosen(["id", "en"]), chosen(["en", "id", "fr"], target="en")
    ([(0, 1)], [(1, 0), (2, 0)])
    """
    numbers = range(len(tags))
    targets = [number for number in numbers if target and primary(tags[number]) == primary(target)]
    sources = [number for number in numbers if source and primary(tags[number]) == primary(source)]
    if not source:
        sources = [number for number in numbers if number not in targets] if target else [0]
        sources = sources or [0]
    if not target:
        targets = [number for number in numbers if number not in sources] or [1]
    return [
        (one, other) for one in sources for other in targets if one != other and max(one, other) < len(tags)
    ]


def one_pair(terms: Sequence[Term], name: str) -> tuple[str, str]:
    """Give the one pair of languages of `terms`, each "" where no row says.

    Raises UsageError where there are several.
    """
    found: list[str] = []
    for side in ("source_language", "target_language"):
        tags = sorted({tag for tag in (getattr(term, side) for term in terms) if tag})
        if len(tags) > 1:
            what = side.removesuffix("_language")
            raise UsageError(
                f"{name} holds one pair of languages, and the glossary has {', '.join(tags)} as {what}",
                advice=f"choose one with --{what} TAG",
            )
        found += tags or [""]
    return found[0], found[1]
