"""What the checks of numbers find in a parallel text of human translations, and what the check stage costs.

    python benchmarks/number_checks.py --source id --src flores-dev.id --ref flores-dev.en --show

Every finding in a human translation is a false positive, a liberty of the translator, or a mistake in the text:
`--show` prints them, to be read. Times are processor time a unit, the best of five runs over the whole text, caches
emptied. FLORES-200 and the like are not part of this project; download them from their makers.

The file is not called `numbers`, because the folder of a script stands before Python's own modules.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from normalize.check import check
from normalize.corpus import Segment, Span, Unit
from normalize.numbers import compare, corrected, values

_CHECKS = {"number", "number-added", "currency"}
_RUNS = 5


def _units(sources: Sequence[str], targets: Sequence[str], language: str) -> list[Unit]:
    return [
        Unit(
            segment=Segment(id=f"pair:{at}.0", article="pair", paragraph=at, span=Span(start=0, end=len(source)),
                            source=source, language=language),
            target=target,
        )
        for at, (source, target) in enumerate(zip(sources, targets, strict=True))
    ]  # fmt: skip


def _best(work: Callable[[Unit], object], units: Sequence[Unit]) -> float:
    """Give microseconds a unit, the best of some runs."""
    times = []
    for _ in range(_RUNS):
        compare.cache_clear()
        start = time.process_time()
        for unit in units:
            work(unit)
        times.append(time.process_time() - start)
    return min(times) / len(units) * 1e6


def main() -> None:
    """Check a parallel text and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", required=True, help="language of --src")
    parser.add_argument("--src", type=Path, required=True)
    parser.add_argument("--ref", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="print each finding and correction")
    options = parser.parse_args()
    sources = options.src.read_text(encoding="utf-8").splitlines()
    units = _units(sources, options.ref.read_text(encoding="utf-8").splitlines(), options.source)
    flagged, fixed = 0, 0
    for unit in units:
        found = [one.message for one in check(unit).findings if one.check in _CHECKS]
        fix = corrected(unit.segment.source, unit.target, options.source, "en")
        flagged += bool(found)
        fixed += fix is not None
        if options.show and (found or fix):
            print("; ".join(found), f"\n  {unit.segment.source}\n  {unit.target}", f"\n  → {fix.target}" if fix else "")
    numbers = sum(bool(values(source, options.source)) for source in sources)
    print(f"{len(units)} units, {numbers} with numbers in the source")
    print(f"{flagged} units with a finding about numbers: {flagged / len(units):.2%}")
    print(f"{fixed} units with a correction: {fixed / len(units):.2%}")
    whole = _best(check, units)
    alone = _best(lambda unit: compare(unit.segment.source, unit.target, options.source, "en"), units)
    print(f"check stage {whole:.0f} µs a unit, numbers {alone:.0f} µs of them")


if __name__ == "__main__":
    main()
