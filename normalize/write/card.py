"""The corpus card, `CORPUS.md`: what is in the corpus and how it came about, from counted facts only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from normalize import language
from normalize.corpus import Issue, Method, Origin, Severity, State
from normalize.errors import NormalizeError
from normalize.write.histogram import Histogram
from normalize.write.markdown import code, more, table
from normalize.write.plots import FINDINGS, LENGTHS, MONTHS, SCORES
from normalize.write.report import LICENCE, OTHER_SITES, Report, failures, kept

__all__ = ["NAME", "card"]

NAME = "CORPUS.md"

_MOST = 30
"""Rows of a table of sites, terms or failures."""

_NAME = re.compile(r"\w+(?:[ ,()'-]+\w+)*\)?")
"""A language's name, and no tag that somebody made up."""

_STATES = {
    State.INITIAL.value: "not translated",
    State.TRANSLATED.value: "translated, seen by nobody",
    State.REVIEWED.value: "reviewed by a person",
    State.FINAL.value: "final",
}
_ORIGINS = {
    Origin.MACHINE.value: "the model, with repairs",
    Origin.COPIED.value: "in the target language already, passed through",
    Origin.MEMORY.value: "the translation memory, with the numbers of this sentence put in",
    Origin.HUMAN.value: "a person, by way of the translation memory",
    Origin.NONE.value: "nothing: not translated",
}


def card(  # noqa: PLR0913 - what the card tells that no count does
    report: Report,
    *,
    signature: str,
    drawn: Mapping[str, str],
    target_language: str = "en",
    licence: str = "",
    options: Mapping[str, object] | None = None,
    inputs: Mapping[str, str] | None = None,
    failed: Sequence[NormalizeError] = (),
) -> Iterator[str]:
    """Give the card in parts; `drawn` are the charts it shows, by path."""
    yield "# Corpus card\n\nWritten by `normalize` from what it counted; `report.json` has the figures in full.\n\n"
    yield _facts(report, target_language, licence, len(failed))
    yield _contents(report, target_language, drawn)
    yield _cleaning(report)
    yield _translation(report, drawn)
    yield _terms(report)
    yield _findings(report, drawn)
    yield _failed(failed)
    yield _made(signature, options or {}, inputs or {})


def _facts(report: Report, target_language: str, licence: str, failed: int) -> str:
    reviewed = report.states[State.REVIEWED.value] + report.states[State.FINAL.value]
    sources = sorted(tag for tag in report.words_by_language if tag != target_language)
    days = f"{report.first_day} to {report.last_day}" if report.first_day else "none known"
    rows = [
        ("Languages", f"{', '.join(map(_language, sources)) or '–'} → {_language(target_language)}"),
        ("Articles", f"{report.articles:,}" + (f", and {failed:,} that could not be used" if failed else "")),
        ("Repeated articles", f"{report.duplicates:,}"),
        ("Paragraphs", f"{report.paragraphs:,}"),
        ("Units (sentence pairs)", f"{report.units:,}"),
        ("Words", f"{report.source_words:,} → {report.target_words:,}"),
        ("Sites", f"{len(report.sites):,}" + (" or more" if OTHER_SITES in report.sites else "")),
        ("Published", days + (f"; articles without a date: {report.undated:,}" if report.undated else "")),
        ("Reviewed by a person", f"{reviewed:,} of {report.units:,} units ({_share(reviewed, report.units)})"),
        ("From the translation memory",
         f"{report.remembered:,} of {report.units:,} units ({_share(report.remembered, report.units)})"),
        ("Licence", code(licence) if licence else LICENCE),
    ]
    return table(("", ""), rows)


def _contents(report: Report, target_language: str, drawn: Mapping[str, str]) -> str:
    parts = ["\n## What is in it\n\n"]
    languages = sorted(report.languages, key=lambda tag: (-report.languages[tag], tag))
    parts.append(table(
        ("language", "articles"),
        [(_language(tag) + (", passed through" if tag == target_language else ""), report.languages[tag])
         for tag in languages],
    ))  # fmt: skip
    words = report.words_by_language
    parts.append("\n" + table(
        ("language of the sentences", "words"),
        [(_language(tag), words[tag]) for tag in sorted(words, key=lambda tag: (-words[tag], tag))],
    ))  # fmt: skip
    if report.sites:
        parts.append("\n" + _counts("site", "articles", report.sites))
        nameless = report.articles - report.sites.total()
        parts.append(f"\nArticles that name no site: {nameless:,}.\n" if nameless else "")
    if report.months:
        years = Counter[str]()
        for month, count in report.months.items():
            years[month[:4]] += count
        latest = sorted(years, reverse=True)
        listed = [(year, years[year]) for year in latest[:_MOST]]
        parts.append("\n" + table(("published in", "articles"), listed) + more(latest, _MOST, "years"))
    parts.append(_image(MONTHS, "Articles by the time of their publication.", drawn))
    return "".join(parts)


def _cleaning(report: Report) -> str:
    told = (
        f"\n## What was taken out\n\n{report.removed.total():,} lines or parts of lines of site furniture; each stands "
        "in `dropped.jsonl` with its rule and evidence, and can be restored.\n"
    )
    repeated = (
        f"\nArticles that repeat another one, exactly or nearly: {report.duplicates:,}. They are in the corpus; "
        "`articles.jsonl` names the one that each repeats.\n"
    )
    return told + ("\n" + _counts("rule", "removed", report.removed) if report.removed else "") + repeated


def _translation(report: Report, drawn: Mapping[str, str]) -> str:
    return "".join((
        "\n## How it was translated\n\n",
        table(("state", "", "units"), _named(_STATES, report.states)),
        "\n" + table(("origin", "", "units"), _named(_ORIGINS, report.origins)),
        _guard(report),
        _spread("Characters of the target to one of the source", report.length_ratios),
        _image(LENGTHS, "Units by the ratio of the lengths of target and source.", drawn),
        _spread("Score, the mean log-probability of a target token by the model (nearer 0 is surer)", report.scores),
        _image(SCORES, "Units by the model's score.", drawn),
    ))


def _named(meanings: Mapping[str, str], counts: Counter[str]) -> list[tuple[str, str, int]]:
    return [(f"`{name}`", meaning, counts[name]) for name, meaning in meanings.items() if counts[name]]


def _guard(report: Report) -> str:
    if not report.repaired:
        return ""
    return (
        f"\nUnits in which the guard changed the model's answer, because of what the checks found in it: "
        f"{report.repaired:,}.\n\n{_counts('reason', 'repairs', report.repair_reasons)}\n"
        + _counts("method", "repairs", report.repair_methods)
    )


def _terms(report: Report) -> str:
    head = "\n## Glossary\n\n"
    if not report.terms_expected:
        return f"{head}No term of a glossary was expected.\n"
    said = (
        f"{report.terms_kept:,} of {report.terms_expected:,} expected occurrences of terms stand in the target "
        f"({_share(report.terms_kept, report.terms_expected)}). By method:\n\n"
    )
    methods = [(f"`{method}`", report.methods[method]) for method in map(str, Method) if report.methods[method]]
    rows = sorted((kept(counts) - counts.total(), -counts.total(), pair) for pair, counts in report.terms.items())
    shown = [(code(pair), missing - expected, -expected, _methods(report.terms[pair]))
             for missing, expected, pair in rows[:_MOST]]  # fmt: skip
    return "".join((
        head, said, table(("method", "occurrences"), methods),
        "\n" + table(("term", "in the target", "expected", "by method"), shown), more(rows, _MOST, "terms"),
    ))  # fmt: skip


def _methods(methods: Counter[str]) -> str:
    return ", ".join(f"{method} {methods[method]:,}" for method in map(str, Method) if methods[method])


def _findings(report: Report, drawn: Mapping[str, str]) -> str:
    head = "\n## What the checks found\n\n"
    if not report.findings_total:
        return f"{head}Nothing.\n"
    units = report.units_found
    worst = ", ".join(f"{units[one]:,} {one}" for one in _severities() if units[one])
    said = (
        f"{report.findings_total:,} findings in {units.total():,} of {report.units:,} units "
        f"({_share(units.total(), report.units)}); by the worst of each unit: {worst}. A finding is a reason to look, "
        "not a proof of an error.\n\n"
    )
    issues = [str(issue) for issue in Issue if str(issue) in report.issues]
    checks = sorted(report.findings, key=lambda check: (-report.findings[check].total(), check))
    heads = (*_severities(), "all")
    return "".join((
        head, said,
        table(("type (ITS 2.0)", *heads), [(f"`{one}`", *_by_severity(report.issues[one])) for one in issues]),
        "\n" + table(("check", *heads), [(code(one), *_by_severity(report.findings[one])) for one in checks[:_MOST]]),
        more(checks, _MOST, "checks"), _image(FINDINGS, "Findings by check and severity.", drawn),
    ))  # fmt: skip


def _severities() -> tuple[str, ...]:
    return tuple(severity.value for severity in reversed(Severity))


def _by_severity(counts: Counter[str]) -> tuple[int, ...]:
    return (*(counts[severity] for severity in _severities()), counts.total())


def _failed(failed: Sequence[NormalizeError]) -> str:
    if not failed:
        return ""
    rows = failures(failed)
    listed = [(code(row["path"] or ""), str(row["line"] or ""), code(row["what"])) for row in rows[:_MOST]]
    return "\n## What could not be used\n\n" + table(("file", "line", "why"), listed) + more(rows, _MOST, "failures")


def _made(signature: str, options: Mapping[str, object], inputs: Mapping[str, str]) -> str:
    rows = [(f"option {code(name)}", code(str(options[name]))) for name in sorted(options)]
    rows += [(f"input {code(name)}", code(inputs[name])) for name in sorted(inputs)]
    parts = [code(part) for part in signature.split("|")]
    listed = "".join(f"- {part}\n" for part in parts)
    return (
        "\n## How to make it again\n\nThe same input and this signature give the same bytes; `manifest.json` has the "
        f"hash of every input and output.\n\n{listed}" + ("\n" + table(("", ""), rows) if rows else "")
    )


def _counts(name: str, what: str, counts: Counter[str]) -> str:
    ordered = sorted(counts, key=lambda one: (-counts[one], one))
    rows = [(code(one), counts[one]) for one in ordered[:_MOST]]
    return table((name, what), rows) + more(ordered, _MOST, "rows")


def _spread(what: str, histogram: Histogram) -> str:
    low, middle, high = (histogram.quantile(share) for share in (0.05, 0.5, 0.95))
    if middle is None:
        return ""
    return f"\n{what}: median {middle:.2f}; nine tenths lie between {low:.2f} and {high:.2f}.\n"


def _image(path: str, alt: str, drawn: Mapping[str, str]) -> str:
    return f"\n![{alt}]({path})\n" if path in drawn else ""


def _language(tag: str) -> str:
    named = language.name(tag)
    return f"{named} ({code(tag)})" if named != tag and _NAME.fullmatch(named) else code(tag)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"
