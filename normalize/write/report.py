"""What a run amounts to, counted while the files are written: `report.json`, and what the corpus card says."""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from normalize.corpus import Article, Conversion, Method, Origin, Severity, Unit
from normalize.errors import NormalizeError
from normalize.write.dropped import DroppedRow
from normalize.write.histogram import Histogram

__all__ = ["LICENCE", "OTHER_SITES", "Report", "failures"]

LICENCE = "unknown: the texts belong to those who published them; ask them before you pass the corpus on"
"""What the card says of the licence when nobody says another thing."""

OTHER_SITES = "(other sites)"
"""Under which sites count once there are `_MOST_SITES` of them; no site's name has brackets and blanks."""

_MOST_SITES = 10_000

_SEVERITIES = tuple(Severity)

_DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?(?![0-9-])")
"""The beginning of an ISO 8601 date that says the month at least."""


def _ratios() -> Histogram:
    return Histogram(low=0.0, high=4.0)


def _scores() -> Histogram:
    return Histogram(low=-5.0, high=0.0)


@dataclasses.dataclass(slots=True)
class Report:
    """Counts over all conversions written; words are separated by white space.

    Its size depends on the numbers of sites (10,000 at most), months, rules, checks and terms, not on that of articles.
    """

    articles: int = 0
    duplicates: int = 0
    """Articles that repeat another one."""
    paragraphs: int = 0
    units: int = 0
    source_words: int = 0
    target_words: int = 0
    languages: Counter[str] = dataclasses.field(default_factory=Counter)
    """Articles by language."""
    words_by_language: Counter[str] = dataclasses.field(default_factory=Counter)
    """Words of the clean source by the language of their segment."""
    sites: Counter[str] = dataclasses.field(default_factory=Counter)
    """Articles by site; those that name none are not here."""
    months: Counter[str] = dataclasses.field(default_factory=Counter)
    """Articles by the month they were published in, `YYYY-MM`; those that name none are not here."""
    first_day: str = ""
    """The earliest date of publication, as exact as it is known."""
    last_day: str = ""
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
    issues: dict[str, Counter[str]] = dataclasses.field(default_factory=dict)
    """ITS 2.0 issue type → findings by severity."""
    units_found: Counter[str] = dataclasses.field(default_factory=Counter)
    """Units with findings, by the worst severity among them."""
    repaired: int = 0
    """Units whose answer the guard changed."""
    repair_reasons: Counter[str] = dataclasses.field(default_factory=Counter)
    """Guard repairs by the check that asked for them; a repair for two reasons counts under both."""
    repair_methods: Counter[str] = dataclasses.field(default_factory=Counter)
    length_ratios: Histogram = dataclasses.field(default_factory=_ratios)
    """Characters of the target to one of the source, of translated units that have both."""
    scores: Histogram = dataclasses.field(default_factory=_scores)
    """Scores of the units that have one."""
    kept_stale: list[str] = dataclasses.field(default_factory=list)
    """Files of an earlier run that this one did not write, left in place because someone has changed them since."""

    @property
    def terms_expected(self) -> int:
        """Occurrences of glossary terms in the sources."""
        return self.methods.total()

    @property
    def terms_kept(self) -> int:
        """Of them, those whose target form stands in the target."""
        return kept(self.methods)

    @property
    def remembered(self) -> int:
        """Units that are what a person said of their sentence, or of one with other numbers: the memory's use.

        What of the machine's answers came out of the memory is not counted: it depends on what ran before.
        """
        return self.origins[Origin.HUMAN.value] + self.origins[Origin.MEMORY.value]

    @property
    def findings_total(self) -> int:
        """All findings."""
        return sum(found.total() for found in self.findings.values())

    @property
    def undated(self) -> int:
        """Articles that do not say in which month they were published."""
        return self.articles - self.months.total()

    def count(self, conversion: Conversion, removals: Sequence[DroppedRow]) -> None:
        """Add one article."""
        self._count_article(conversion.article)
        self.removed.update(row.rule for row in removals)
        self._count_units(conversion.units)
        for unit in conversion.units:
            if unit.findings or unit.receipts or unit.repairs:
                self._count_marks(unit)

    def _count_article(self, article: Article) -> None:
        self.articles += 1
        self.duplicates += bool(article.duplicate_of)
        self.paragraphs += len(article.text.split("\n")) if article.text else 0
        self.languages[article.language] += 1
        if site := article.metadata.site:
            self.sites[site if site in self.sites or len(self.sites) < _MOST_SITES else OTHER_SITES] += 1
        if found := _DAY.match(article.metadata.published):
            self.months[found[0][:7]] += 1
            self.first_day = min(self.first_day or found[0], found[0])
            self.last_day = max(self.last_day, found[0])

    def _count_units(self, units: Sequence[Unit]) -> None:
        self.units += len(units)
        self.target_words += sum(len(unit.target.split()) for unit in units)
        for unit in units:
            source = unit.segment.source
            words = len(source.split())
            self.source_words += words
            self.words_by_language[unit.segment.language] += words
            lengths = len(source.strip()), len(unit.target.strip())
            if all(lengths) and unit.origin is not Origin.COPIED:
                self.length_ratios.add(lengths[1] / lengths[0])
            if unit.score is not None and not math.isnan(unit.score):
                self.scores.add(unit.score)
        for state, count in Counter(unit.state for unit in units).items():
            self.states[state.value] += count
        for origin, count in Counter(unit.origin for unit in units).items():
            self.origins[origin.value] += count

    def _count_marks(self, unit: Unit) -> None:
        for receipt in unit.receipts:
            self.methods[receipt.method.value] += 1
            pair = f"{receipt.term} → {receipt.target}"
            self.terms.setdefault(pair, Counter())[receipt.method.value] += 1
        for finding in unit.findings:
            self.findings.setdefault(finding.check, Counter())[finding.severity.value] += 1
            self.issues.setdefault(finding.issue.value, Counter())[finding.severity.value] += 1
        if unit.findings:
            self.units_found[max((one.severity for one in unit.findings), key=_SEVERITIES.index).value] += 1
        self.repaired += bool(unit.repairs)
        for repair in unit.repairs:
            self.repair_methods[repair.method] += 1
            self.repair_reasons.update({part.strip() for part in repair.reason.split(",")} - {""})

    def as_json(
        self,
        *,
        failed: Sequence[NormalizeError],
        signature: str,
        licence: str = LICENCE,
    ) -> dict[str, Any]:
        """Give the content of `report.json`."""
        return {
            "articles": {
                "by_language": self.languages,
                "by_month": self.months,
                "by_site": self.sites,
                "converted": self.articles,
                "dates": {"first": self.first_day, "last": self.last_day, "undated": self.undated},
                "duplicates": self.duplicates,
                "failed": len(failed),
            },
            "failed": failures(failed),
            "findings": {
                "by_check": self.findings,
                "by_issue": self.issues,
                "total": self.findings_total,
                "units_by_worst": self.units_found,
            },
            "guard": {
                "by_method": self.repair_methods,
                "by_reason": self.repair_reasons,
                "repairs": self.repair_methods.total(),
                "units": self.repaired,
            },
            "length_ratios": self.length_ratios.as_json(0.1),
            "licence": licence,
            "memory": {
                "as_said": self.origins[Origin.HUMAN.value],
                "numbers_put_in": self.origins[Origin.MEMORY.value],
                "units": self.remembered,
            },
            "paragraphs": self.paragraphs,
            "removed": {"by_rule": self.removed, "total": self.removed.total()},
            "scores": self.scores.as_json(0.1),
            "signature": signature,
            "terms": {
                "by_method": self.methods,
                "by_term": self.terms,
                "expected": self.terms_expected,
                "kept": self.terms_kept,
            },
            "units": {"by_origin": self.origins, "by_state": self.states, "total": self.units},
            "words": {
                "by_source_language": self.words_by_language,
                "source": self.source_words,
                "target": self.target_words,
            },
        }


def kept(methods: Mapping[str, int]) -> int:
    """Give how many of the occurrences counted by method stand in their targets."""
    missing = methods.get(Method.MISSING.value, 0) + methods.get(Method.PARTIAL.value, 0)
    return sum(methods.values()) - missing


def failures(failed: Sequence[NormalizeError]) -> list[dict[str, Any]]:
    """Give the inputs that could not be used with the reasons, sorted by place."""
    rows = [
        {"path": error.path, "line": error.line, "what": error.what, "advice": error.advice} for error in failed
    ]
    return sorted(rows, key=lambda row: (row["path"] or "", row["line"] or 0, row["what"], row["advice"]))
