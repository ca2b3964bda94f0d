"""Which filters are on, with which values: what `--filter` says."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable
from typing import Any

from normalize.errors import UsageError
from normalize.export.rules import Likeness
from normalize.export.table import NEAR_DUPLICATE, RULES, SAMPLE, Rule
from normalize.rows import UnitRow

__all__ = ["Filter"]

_BY_NAME = {rule.name: rule for rule in RULES}
_NUMBERS = {rule.name: number for number, rule in enumerate(RULES, 1)}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """The filters that are on, in the order of the table, each with its value."""

    chosen: tuple[tuple[Rule, Any, str], ...] = ()
    """Rule, value, and the value as it was given."""

    @classmethod
    def parse(cls, texts: Iterable[str]) -> Filter:
        """Read `default`, `none`, `NAME`, `NAME=VALUE` and `no-NAME`, parted by commas; without any, `default`.

        Names alone put on only themselves. Raises UsageError.

        >>> print(Filter.parse(["length-ratio=3,score=-2"]))
        length-ratio=3 score=-2
        >>> print(Filter.parse(["default,no-language,no-length,no-score,no-numbers"]))
        empty same-language identical length-ratio=3 alphabetic=0.5 url-only findings=critical near-duplicate=both:0.75
        """
        items = [item.strip() for text in texts for item in text.split(",") if item.strip()]
        on: dict[str, str] = {}
        for item in items or ["default"]:
            name, equals, value = item.partition("=")
            if item == "none":
                on.clear()
            elif item == "default":
                on |= {rule.name: rule.default for rule in RULES if rule.standard}
            elif item.startswith("no-") and item.removeprefix("no-") in _BY_NAME:
                on.pop(item.removeprefix("no-"), None)
            elif name in _BY_NAME:
                on[name] = value if equals else _BY_NAME[name].default
            else:
                raise _unknown(name)
        chosen = [rule for rule in RULES if rule.name in on]
        return cls(chosen=tuple((rule, _value(rule, on[rule.name]), on[rule.name]) for rule in chosen))

    def __str__(self) -> str:
        """Write the filters with their values."""
        shown = (f"{rule.name}={text}" if text else rule.name for rule, _, text in self.chosen)
        return " ".join(shown) or "none"

    @property
    def likeness(self) -> Likeness | None:
        """What makes two units near-duplicates; None where they stay."""
        return next((value for rule, value, _ in self.chosen if rule.name == NEAR_DUPLICATE), None)

    @property
    def sample(self) -> int | None:
        """How many units of each pair of languages are drawn; None where all stay."""
        return next((value for rule, value, _ in self.chosen if rule.name == SAMPLE), None)

    def verdict(self, unit: UnitRow) -> int:
        """Give the number, from 1, of the first filter in `RULES` that drops `unit` by itself; 0 for none."""
        for rule, value, _ in self.chosen:
            if rule.function is not None and rule.function(unit, value) is not None:
                return _NUMBERS[rule.name]
        return 0

    def evidence(self, unit: UnitRow, verdict: int) -> str:
        """Say what the filter of that verdict has against `unit` by itself."""
        rule = RULES[verdict - 1]
        value = next(value for each, value, _ in self.chosen if each is rule)
        return (rule.function(unit, value) or "") if rule.function else ""


def _value(rule: Rule, text: str) -> Any:  # noqa: ANN401 - each rule has its own kind of value
    try:
        return rule.parse(text)
    except UsageError as error:
        advice = f"for example {rule.name}={rule.default}" if rule.default else f"write {rule.name} alone"
        raise UsageError(f"filter {rule.name} {error.what}", advice=advice) from error


def _unknown(name: str) -> UsageError:
    near = difflib.get_close_matches(name.removeprefix("no-"), _BY_NAME, n=1)
    guess = f"did you mean {near[0]}? " if near else ""
    return UsageError(f"no filter {name!r}", advice=f"{guess}There are default, none, {', '.join(_BY_NAME)}")
