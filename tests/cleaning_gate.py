"""Score the cleaner on the pages of `tests/cleaning/`, which were written for it, against floors that only rise.

    python tests/cleaning_gate.py            print the scores
    python tests/cleaning_gate.py --raise    raise the floors of `floors.json` to them, and take in new pages

`samples/NAME.labels` is a page as text, a label before each line: `=` the title, `+` body, `-` furniture, and `>` what
is wanted of the body line before it. `samples/NAME-KIND.html` is a page, and `samples/NAME.gold` what is wanted of all
pages of that name. `clean/` holds articles without furniture, which come out as they are.
"""

from __future__ import annotations

import collections
import dataclasses
import hashlib
import json
import math
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from normalize.pipeline import clean_text

HERE = Path(__file__).resolve().parent / "cleaning"
FLOORS = HERE / "floors.json"
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_SHINGLE = 4


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page and what is wanted of it, a line a paragraph."""

    name: str
    data: bytes
    format: str
    wanted: tuple[str, ...]
    sha256: str
    """Of the page and of what is wanted of it."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well a page came out: F1 of its lines and of its runs of four words, and the wanted lines that are gone."""

    lines: float
    words: float
    lost: int


def pages() -> list[Page]:
    """Read all sample pages, sorted by name."""
    found = []
    for path in sorted((HERE / "samples").iterdir()):
        if path.suffix == ".labels":
            lines = path.read_text("utf-8").splitlines()
            text = "\n".join(line[2:] for line in lines if line[:1] in "=+-").encode()
            found.append(_page(path.stem, text, "text", _wanted(lines)))
        elif path.suffix == ".html":
            gold = path.with_name(path.stem.rpartition("-")[0] + ".gold").read_text("utf-8").splitlines()
            found.append(_page(path.stem, path.read_bytes(), "html", gold))
    return found


def _page(name: str, data: bytes, form: str, wanted: Iterable[str]) -> Page:
    wanted = tuple(wanted)
    digest = hashlib.sha256(data + b"\x00" + "\n".join(wanted).encode()).hexdigest()
    return Page(name=f"{name}.{form}", data=data, format=form, wanted=wanted, sha256=digest)


def _wanted(lines: Sequence[str]) -> list[str]:
    wanted: list[str] = []
    for line in lines:
        if line[:1] == ">":
            wanted[-1] = line[2:]
        elif line[:1] in "=+":
            wanted.append(line[2:])
    return wanted


def scored(page: Page) -> Score:
    """Clean a page by itself and score what comes out."""
    text = clean_text(page.data, path=page.name, format=page.format).text
    got = text.split("\n")
    return Score(
        lines=_f1(collections.Counter(got), collections.Counter(page.wanted)),
        words=_f1(_shingles(got), _shingles(page.wanted)),
        lost=sum(line not in text for line in page.wanted),
    )


def _shingles(lines: Iterable[str]) -> collections.Counter[str]:
    words = [word for line in lines for word in _TOKEN.findall(line.casefold())]
    return collections.Counter(" ".join(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)))


def _f1(got: collections.Counter[str], wanted: collections.Counter[str]) -> float:
    return 2 * (got & wanted).total() / max(1, got.total() + wanted.total())


def floors() -> dict[str, dict[str, float | str]]:
    """Read the floors: for each page its hash, the least `lines` and `words`, the most `lost`."""
    data: dict[str, dict[str, float | str]] = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    return data


def failures(page: Page, score: Score, floor: dict[str, float | str] | None) -> list[str]:
    """Say in what a page falls short of its floor."""
    if floor is None or floor["sha256"] != page.sha256:
        return [f"{page.name} is new or was changed; run tests/cleaning_gate.py --raise"]
    return [
        *(
            f"{page.name}: {key} F1 {getattr(score, key):.4f} is below its floor {floor[key]}"
            for key in ("lines", "words")
            if getattr(score, key) < float(floor[key])
        ),
        *([f"{page.name}: {score.lost} lines lost"] if score.lost > int(floor["lost"]) else []),
    ]


def raised(page: Page, score: Score, floor: dict[str, float | str] | None) -> dict[str, float | str]:
    """Give the floor of a page after a run: never lower than before, unless the page is another."""
    new: dict[str, float | str] = {
        "lines": math.floor(score.lines * 1e4) / 1e4,
        "lost": score.lost,
        "sha256": page.sha256,
        "words": math.floor(score.words * 1e4) / 1e4,
    }
    if floor is None or floor["sha256"] != page.sha256:
        return new
    return {
        "lines": max(float(floor["lines"]), float(new["lines"])),
        "lost": min(int(floor["lost"]), score.lost),
        "sha256": page.sha256,
        "words": max(float(floor["words"]), float(new["words"])),
    }


def main(arguments: Sequence[str]) -> int:
    """Print the scores; with --raise, raise the floors."""
    old, new, short = floors(), {}, 0
    for page in pages():
        score = scored(page)
        sys.stdout.write(f"{page.name:28} lines {score.lines:.3f} words {score.words:.3f} lost {score.lost}\n")
        new[page.name] = raised(page, score, old.get(page.name))
        short += bool(failures(page, score, old.get(page.name)))
    if "--raise" in arguments:
        FLOORS.write_text(json.dumps(new, indent=1, sort_keys=True) + "\n", "utf-8")
        return 0
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
