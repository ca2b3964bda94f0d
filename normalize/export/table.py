"""The filters, one row each: what it drops, its value if none is given, and a pair it drops and one it keeps."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from normalize.corpus import Issue, Severity, State
from normalize.export import rules
from normalize.rows import FindingRow, UnitRow

__all__ = ["NEAR_DUPLICATE", "RULES", "SAMPLE", "Rule", "document"]

NEAR_DUPLICATE = "near-duplicate"
"""The filter that compares a unit with others, of which one stays; it comes after all that look at one alone."""

SAMPLE = "sample"
"""The last filter: it draws from what the others leave."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One filter."""

    name: str
    drops: str
    """What goes, in a sentence."""
    function: Callable[[UnitRow, Any], str | None] | None
    """Gives the evidence against a unit, or None; itself None where other units are needed (`judge`)."""
    parse: Callable[[str], Any] = rules.nothing
    """Reads a value; by itself, the filter takes none."""
    default: str = ""
    """The value where none is given, as text; "" for a filter that takes none."""
    standard: bool = True
    """Part of `--filter default`."""
    example: UnitRow
    counter_example: UnitRow


def _pair(source: str, target: str, **more: Any) -> UnitRow:  # noqa: ANN401 - any of the row's fields
    fields: dict[str, Any] = {"source_language": "id", "target_language": "en"} | more
    return UnitRow(source=source, target=target, **fields)


def _found(check: str, issue: Issue, severity: Severity) -> list[FindingRow]:
    return [FindingRow(check=check, issue=issue, severity=severity, message="“1,2” is missing")]


_PLAIN = _pair("Dia pergi ke pasar kemarin.", "He went to the market yesterday.")
_LONG = "Warga desa itu berjalan kaki dua jam ke sekolah setiap pagi, kata bupati."

RULES: tuple[Rule, ...] = (
    Rule(
        name="state", function=rules.unreviewed, parse=rules.state, default="reviewed", standard=False,
        drops="A unit that has not come that far: initial, translated, reviewed, final. `--state` is the same.",
        example=_PLAIN, counter_example=_pair("Dia pergi.", "He left.", state=State.FINAL),
    ),
    Rule(
        name="empty", function=rules.empty,
        drops="A side has no text.",
        example=_pair("Dia pergi ke pasar.", " "), counter_example=_PLAIN,
    ),
    Rule(
        name="same-language", function=rules.same_language,
        drops="The source was in the target language already.",
        example=_pair("He left for the market.", "He left for the market.", source_language="en"),
        counter_example=_PLAIN,
    ),
    Rule(
        name="identical", function=rules.identical,
        drops="The sides differ only in case, spaces and punctuation.",
        example=_pair("Sam Altman, OpenAI", "Sam Altman OpenAI"),
        counter_example=_pair("Sam Altman dari OpenAI", "Sam Altman of OpenAI"),
    ),
    Rule(
        name="length", function=rules.length, parse=rules.span, default="3-200",
        drops="A side has fewer or more words; where a script has no spaces, two signs are a word.",
        example=_pair("Kata Rani.", "Rani said."), counter_example=_PLAIN,
    ),
    Rule(
        name="length-ratio", function=rules.length_ratio, parse=rules.number, default="3",
        drops="One side is more than so many times as long as the other, in letters; short pairs pass.",
        example=_pair(_LONG, "The villagers walked."), counter_example=_pair("Ya, kata dia.", "Yes."),
    ),
    Rule(
        name="alphabetic", function=rules.alphabetic, parse=rules.fraction, default="0.5",
        drops="Less than this share of a side is letters.",
        example=_pair("021-555 0199 / 0200 ext 12", "021-555 0199 / 0200 ext. 12"),
        counter_example=_pair("Harganya Rp 12.500 per kilogram.", "It costs Rp 12,500 a kilogram."),
    ),
    Rule(
        name="url-only", function=rules.addresses,
        drops="A side is nothing but URLs, e-mail addresses, handles and hashtags.",
        example=_pair("https://contoh.id/berita @rani", "https://contoh.id/berita @rani"),
        counter_example=_pair("Lihat https://contoh.id/berita", "See https://contoh.id/berita"),
    ),
    Rule(
        name="language", function=rules.wrong_language, parse=rules.fraction, default="0.8",
        drops="A side of 40 letters or more reads as another language, with that confidence; near relatives pass.",
        example=_pair(_LONG, "De dorpelingen liepen volgens de regent elke ochtend twee uur naar school in de stad."),
        counter_example=_pair(_LONG, "The villagers walked two hours to school every morning, the regent said."),
    ),
    Rule(
        name="numbers", function=rules.mismatched_numbers,
        drops="A number is missing, changed or added, as the checks found.",
        example=_pair("Dana itu Rp 1,2 triliun.", "The fund is large.",
                      findings=_found("number", Issue.NUMBERS, Severity.MAJOR)),
        counter_example=_PLAIN,
    ),
    Rule(
        name="findings", function=rules.findings, parse=rules.severity, default="critical",
        drops="There is a finding of that severity or worse: minor, major, critical.",
        example=_pair("Dia pergi ke pasar.", "Dia pergi ke pasar!",
                      findings=_found("copied", Issue.UNTRANSLATED, Severity.CRITICAL)),
        counter_example=_pair("Dia pergi ke pasar.", "He went to market",
                              findings=_found("ending", Issue.TYPOGRAPHICAL, Severity.MINOR)),
    ),
    Rule(
        name="score", function=rules.low_score, parse=rules.number, default="-1.5",
        drops="The model's mean log-probability of a token is lower; a unit without a score passes.",
        example=_pair("Dia pergi ke pasar.", "Market he the go.", score=-2.25),
        counter_example=_pair("Dia pergi ke pasar.", "He went to the market.", score=-0.25),
    ),
    Rule(
        name=NEAR_DUPLICATE, function=None, parse=rules.likeness, default="both:0.75",
        drops="A unit that stays has the same letters and digits, or nearly: both sides, the source or the target. "
        "What a person has seen stays, else the first.",
        example=_pair("Dia pergi ke pasar kemarin!", "He went to the MARKET yesterday"),
        counter_example=_pair("Dia pergi ke pasar lagi.", "He went to the market again."),
    ),
    Rule(
        name=SAMPLE, function=None, parse=rules.count, default="200", standard=False,
        drops="A unit that is not among so many, drawn from what the other filters leave of each pair of languages. "
        "`--sample` is the same.",
        example=_pair("Dia pergi ke pasar kemarin.", "He went to the market yesterday.", id="berita:1.0"),
        counter_example=_pair("Dia pergi ke pasar lagi.", "He went to the market again.", id="berita:2.0"),
    ),
)  # fmt: skip
"""All filters, in the order they are tried; the first that drops a unit is its reason."""


def document() -> str:
    """Write the table of filters as docs/corpus.md has it."""
    head = ["| filter | value | default | drops | for example | keeps |", "|---|---|---|---|---|---|"]
    return "\n".join(head + [
        f"| `{rule.name}` | {rule.default or '–'} | {'yes' if rule.standard else 'no'} | {rule.drops} "
        f"| {_shown(rule.example)} | {_shown(rule.counter_example)} |" for rule in RULES
    ]) + "\n"  # fmt: skip


def _shown(unit: UnitRow) -> str:
    more = [f"{each.severity} {each.check}" for each in unit.findings]
    more += [] if unit.score is None else [f"score {unit.score:g}"]
    more += [unit.state.value] if unit.state is not State.TRANSLATED else []
    told = f" ({', '.join(more)})" if more else ""
    return f"{unit.source} → {unit.target.strip() or '∅'}{told}"
