"""What a run amounts to, counted while the files are written: `report.json`."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from typing import Any

from normalize.corpus import Conversion, Method
from normalize.errors import NormalizeError
from normalize.write.dropped import DroppedRow

__all__ = ["Report", "failures"]


@dataclasses.dataclass(slots=True)
class Report:
    """Counts over all conversions written; words are separated by white space."""

    articles: int = 0
    duplicates: int = 0
    """Articles that repeat another one."""
    paragraphs: int = 0
    units: int = 0
    source_words: int = 0
    target_words: int = 0
    languages: Counter[str] = dataclasses.field(default_factory=Counter)
    """Articles by language."""
    sites: Counter[str] = dataclasses.field(default_factory=Counter)
    """Articles by site; those that name none are not here."""
    states: Counter[str] = dataclasses.field(default_factory=Counter)
    origins: Counter[str] = dataclasses.field(default_factory=Counter)
    removed: Counter[str] = dataclasses.field(default_factory=Counter)
    """Removed lines and parts of lines by rule."""
    methods: Counter[str] = dataclasses.field(default_factory=Counter)
    """Receipts by method."""
    terms: dict[str, Counter[str]] = dataclasses.field(default_factory=dict)
    """Term → target → receipts by method, as `term → target`."""
    findings: dict[str, Counter[str]] = dataclasses.field(default_factory=dict)
    """Check → findings by severity."""
    kept_stale: list[str] = dataclasses.field(default_factory=list)
    """Files of an earlier run that this one did not write, left in place because someone has changed them since."""

    @property
    def terms_expected(self) -> int:
        """Occurrences of glossary terms in the sources."""
        return self.methods.total()

    @property
    def terms_kept(self) -> int:
        """Of them, those whose target form stands in the target."""
        return self.terms_expected - self.methods[Method.MISSING] - self.methods[Method.PARTIAL]

    @property
    def findings_total(self) -> int:
        """All findings."""
        return sum(found.total() for found in self.findings.values())

    def count(self, conversion: Conversion, removals: Sequence[DroppedRow]) -> None:
        """Add one article."""
        article = conversion.article
        self.articles += 1
        self.duplicates += bool(article.duplicate_of)
        self.paragraphs += len(article.text.split("\n")) if article.text else 0
        self.languages[article.language] += 1
        if article.metadata.site:
            self.sites[article.metadata.site] += 1
        self.removed.update(row.rule for row in removals)
        for unit in conversion.units:
            self.units += 1
            self.source_words += len(unit.segment.source.split())
            self.target_words += len(unit.target.split())
            self.states[unit.state.value] += 1
            self.origins[unit.origin.value] += 1
            for receipt in unit.receipts:
                self.methods[receipt.method.value] += 1
                pair = f"{receipt.term} → {receipt.target}"
                self.terms.setdefault(pair, Counter())[receipt.method.value] += 1
            for finding in unit.findings:
                self.findings.setdefault(finding.check, Counter())[finding.severity.value] += 1

    def as_json(self, *, failed: Sequence[NormalizeError], signature: str) -> dict[str, Any]:
        """Give the content of `report.json`."""
        return {
            "articles": {
                "by_language": self.languages,
                "by_site": self.sites,
                "converted": self.articles,
                "duplicates": self.duplicates,
                "failed": len(failed),
            },
            "failed": failures(failed),
            "findings": {"by_check": self.findings, "total": self.findings_total},
            "paragraphs": self.paragraphs,
            "removed": {"by_rule": self.removed, "total": self.removed.total()},
            "signature": signature,
            "terms": {
                "by_method": self.methods,
                "by_term": self.terms,
                "expected": self.terms_expected,
                "kept": self.terms_kept,
            },
            "units": {"by_origin": self.origins, "by_state": self.states, "total": self.units},
            "words": {"source": self.source_words, "target": self.target_words},
        }


def failures(failed: Sequence[NormalizeError]) -> list[dict[str, Any]]:
    """Give the inputs that could not be used with the reasons, sorted by place."""
    rows = [
        {"path": error.path, "line": error.line, "what": error.what, "advice": error.advice} for error in failed
    ]
    return sorted(rows, key=lambda row: (row["path"] or "", row["line"] or 0, row["what"], row["advice"]))
