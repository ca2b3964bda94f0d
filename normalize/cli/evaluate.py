"""`normalize evaluate`: scores against references, and whether a run is better than another."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from normalize.cli.app import app, say
from normalize.cli.glossary_app import json_option, printable
from normalize.errors import UsageError

if TYPE_CHECKING:
    from normalize.measure.align import Item
    from normalize.measure.evaluate import Comparison, Score

__all__ = ["evaluate"]


class By(StrEnum):
    """What gets scores of its own."""

    ARTICLE = "article"


@app.command(
    epilog="Examples: `normalize evaluate out --reference reference.txt` · "
    "`normalize evaluate out --reference human.tmx --baseline out-before` · "
    "`normalize evaluate --hypothesis system.txt --reference reference.txt --json`"
)
def evaluate(  # noqa: PLR0913 - one parameter for each option
    out: Annotated[Path, typer.Argument(metavar="[OUT]", help="Folder that `normalize run` wrote, or a file of pairs.")]
    = Path("out"),
    *,
    reference: Annotated[
        Path, typer.Option(metavar="FILE", help="Good translations: a text with a line for each unit, or TMX, XLIFF, "
                           "TSV or another run's folder with the same sources.")
    ],
    baseline: Annotated[
        Path | None, typer.Option(metavar="OUT2", help="Another run, or file, to compare with (paired bootstrap).")
    ] = None,
    hypothesis: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Instead of OUT: a text with a translation on each line.")
    ] = None,
    by: Annotated[By | None, typer.Option(help="Also score each article by itself.")] = None,
    samples: Annotated[int, typer.Option(min=100, max=100_000, help="Resamples of the comparison.")] = 1000,
    as_json: Annotated[bool, json_option] = False,
) -> None:
    """Score a run against reference translations: BLEU, chrF2++ and TER, with sacrebleu's signatures.

    Units go with references by their source text, or by line. With --baseline it is also told how sure it is that one
    is better: p below 0.05 is marked with *.
    """
    from normalize.measure.align import counterparts, items  # noqa: PLC0415 - keeps `--help` quick
    from normalize.measure.evaluate import Score, compare_systems  # noqa: PLC0415 - likewise
    from normalize.measure.evaluate import evaluate as score  # noqa: PLC0415 - likewise

    place = hypothesis or out
    given = items(place)
    references = counterparts(given, reference)
    before = counterparts(given, baseline) if baseline else None
    kept = [number for number, text in enumerate(references) if text and (before is None or before[number])]
    if not kept:
        raise UsageError("there is nothing to score", path=place, advice="no translation has a reference")
    chosen = [given[number] for number in kept]
    wanted = [references[number] or "" for number in kept]
    targets, compared = [item.target for item in chosen], None
    if before is None:
        scores = score(targets, wanted)
    else:
        compared = compare_systems(targets, [before[number] or "" for number in kept], wanted, samples=samples)
        scores = [Score(metric=one.metric, value=one.system.value, signature=one.signature) for one in compared]
    told: dict[str, Any] = {
        "baseline": None if baseline is None else str(baseline),
        "hypothesis": str(place), "reference": str(reference), "scored": len(kept), "translations": len(given),
        "scores": [_score_row(one) for one in scores],
        "comparison": [_comparison_row(one) for one in compared or ()],
        "articles": list(_articles(chosen, wanted)) if by else [],
    }  # fmt: skip
    if as_json:
        say(json.dumps(told))
    else:
        _tell(told, scores, compared)


def _articles(chosen: Sequence[Item], wanted: Sequence[str]) -> Iterator[dict[str, Any]]:
    from normalize.measure.evaluate import evaluate as score  # noqa: PLC0415 - keeps `--help` quick

    numbers: dict[str, list[int]] = {}
    for number, item in enumerate(chosen):
        numbers.setdefault(item.article, []).append(number)
    for article, members in sorted(numbers.items()):
        scores = score([chosen[number].target for number in members], [wanted[number] for number in members])
        yield {"article": article, "scored": len(members), **{one.metric: _rounded(one.value) for one in scores}}


def _score_row(one: Score) -> dict[str, object]:
    return {"metric": one.metric, "score": _rounded(one.value), "signature": one.signature}


def _comparison_row(one: Comparison) -> dict[str, object]:
    sides = {
        name: {"score": _rounded(side.value), "mean": _rounded(side.mean), "half_interval_95": _rounded(side.half)}
        for name, side in (("run", one.system), ("baseline", one.baseline))
    }
    return {"metric": one.metric, **sides, "p": round(one.p, 6), "better": one.better, "signature": one.signature}


def _rounded(value: float) -> float:
    return round(value, 4) if math.isfinite(value) else 0.0


def _tell(told: dict[str, Any], scores: Sequence[Score], compared: Sequence[Comparison] | None) -> None:
    say(printable(f"{told['hypothesis']}: {told['scored']:,} of {told['translations']:,} translations have a reference"
                  + (" and a baseline" if compared is not None else "") + f" ({told['reference']})"))  # fmt: skip
    for row in told["articles"]:
        numbers = "  ".join(f"{one.metric} {row[one.metric]:6.2f}" for one in scores)
        say(printable(f"{numbers}  {row['scored']:>5}  {row['article']}"))
    if compared is None:
        for one in scores:
            say(f"{one.metric:<8} {one.value:6.2f}   {one.signature}")
        return
    say(f"{'':<8} {'run':>15}  {'baseline':>15}  {'difference':>10}  {'p':>6}")
    for each in compared:
        run, baseline = (f"{side.value:6.2f} ± {side.half:5.2f}" for side in (each.system, each.baseline))
        star = "" if each.better is None else "*"
        difference = each.system.value - each.baseline.value
        sure = f"{each.p:>6.3f}{star:<1}"
        say(f"{each.metric:<8} {run:>15}  {baseline:>15}  {difference:>+10.2f}  {sure}  {each.signature}")
