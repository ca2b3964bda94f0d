"""What a format cannot carry of the units written into it, in sentences."""

from __future__ import annotations

import collections

from normalize.corpus import Origin, State
from normalize.export.form import Form
from normalize.rows import ArticleRow, UnitRow
from normalize.wording import counted

__all__ = ["Losses"]

_UNIT = ("id", "article", "paragraph", "score", "findings", "terms", "repairs")
_READ_BACK = {"state": State.TRANSLATED, "origin": Origin.MEMORY}
"""What a unit is said to be where its file does not tell."""

_ARTICLE = ("url", "path", "title", "site", "published")


class Losses:
    """Counts, unit by unit, what a format loses."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._counts: collections.Counter[str] = collections.Counter()
        self.written = 0
        self.left_out = 0
        """Units that the format cannot hold at all."""

    def holds(self, unit: UnitRow) -> bool:
        """Whether the format can hold the unit; one that it cannot is counted."""
        if self._form.two_languages and unit.pair[0] == unit.pair[1]:
            self.left_out += 1
            return False
        return True

    def count(self, unit: UnitRow, article: ArticleRow) -> None:
        """Count what is lost of one unit."""
        form, lost = self._form, self._counts
        self.written += 1
        for name in _had(unit) - form.carries:
            lost[name] += 1
        for name in _ARTICLE:
            if name not in form.carries and getattr(article, name):
                lost["article's " + name] += 1
        if not (form.exact(unit.source) and form.exact(unit.target)):
            lost["texts"] += 1

    def sentences(self) -> list[str]:
        """Say what is lost, a line each."""
        found, counts = list[str](), self._counts
        if self.left_out:
            found.append(f"{counted(self.left_out, 'unit')}: left out, because both sides are in one language")
        parts = [f"{name} of {counts[name]:,}" for name in _UNIT if counts[name]]
        parts += [f"{name} of {counts[name]:,} (read back as {value.value})" for name, value in _READ_BACK.items()
                  if counts[name]]  # fmt: skip
        about = [name for name in _ARTICLE if counts["article's " + name]]
        if about:
            number = max(counts["article's " + name] for name in about)
            parts.append(f"the article's {', '.join(about)} of {number:,}")
        if parts:
            found.append(f"of {counted(self.written, 'unit')} written: {'; '.join(parts)}")
        if self._counts["texts"]:
            found.append(f"{counted(self._counts['texts'], 'unit')}: {self._form.inexact}")
        return found


def _had(unit: UnitRow) -> frozenset[str]:
    """Name what a unit has that a format may lose."""
    return frozenset(name for name, there in (
        ("id", bool(unit.id)), ("article", bool(unit.article)), ("paragraph", bool(unit.paragraph)),
        ("state", unit.state is not State.TRANSLATED), ("score", unit.score is not None),
        ("origin", unit.origin is not Origin.MEMORY), ("findings", bool(unit.findings)), ("terms", bool(unit.terms)),
        ("repairs", isinstance(unit.repairs, list) and bool(unit.repairs)),
    ) if there)  # fmt: skip
