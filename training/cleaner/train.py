"""Train the cleaner's line classifier and write `normalize/clean/model.json`.

    python training/cleaner/train.py BENCH [--out FILE] [--folds N]

BENCH is a folder of labelled pages as `README.md` beside this file describes: `manifest.json`, `text/ID.txt` with
`text/ID.labels.json`, and the same in `text_near/`. Only numbers go into the model: columns, borders, leaf values.
With `--folds` no model is written; `--out` is then a folder that takes the pages of sites that were held out, cleaned.
"""

# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import argparse
import collections
import dataclasses
import json
import random
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
from catboost import CatBoostClassifier

from normalize.clean import markup, stage, survey
from normalize.clean.features import NAMES, Page, measure
from normalize.clean.lines import Paragraph, paragraphs
from normalize.clean.model import parse
from normalize.corpus import Block
from normalize.read import read_text
from normalize.read.html import render
from normalize.repair import repair

Matrix = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]
_WORD = re.compile(r"\w+")
_TITLE_REACH = 80
_SWAPS, _MARKED_SWAPS = 3, 2
"""Other pages inside whose furniture each article is shown."""

LINE = {"iterations": 250, "depth": 5, "learning_rate": 0.08, "l2_leaf_reg": 20, "rsm": 0.3, "subsample": 0.7}
BLOCK = LINE | {"l2_leaf_reg": 60}
TITLE = {
    "iterations": 150,
    "depth": 4,
    "learning_rate": 0.08,
    "l2_leaf_reg": 20,
    "rsm": 0.3,
    "subsample": 0.7,
    "auto_class_weights": "SqrtBalanced",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A labelled page: its lines without the blank ones, a label each (1 text, 0 furniture, -1 undecided)."""

    id: str
    kind: str
    language: str
    site: str
    title: str
    lines: tuple[str, ...]
    labels: tuple[int, ...]
    share: float = 1.0
    """Weight of its rows in training."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """An HTML page: its lines, and a block and a label for each of them."""

    id: str
    site: str
    title: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    labels: tuple[int, ...]
    share: float = 1.0
    """Weight of its rows in training."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A sample as the cleaner sees it."""

    sample: Sample
    parts: Sequence[Paragraph]
    page: Page
    labels: Labels
    titles: tuple[int, ...]
    """Rows that are the title and labelled as text."""
    copies: tuple[int, ...]
    """Rows that repeat the title: neither examples nor counter-examples."""


def samples(bench: Path) -> Iterator[Sample]:
    """Read the labelled pages."""
    for entry in sorted(json.loads((bench / "manifest.json").read_text("utf-8")), key=lambda entry: str(entry["id"])):
        for kind in ("text", "text_near"):
            lines = (bench / kind / f"{entry['id']}.txt").read_text("utf-8").split("\n")
            labels = json.loads((bench / kind / f"{entry['id']}.labels.json").read_text("utf-8"))["labels"]
            pairs = [
                (line, label) for line, label in zip(lines, labels, strict=True) if label is not None and line.strip()
            ]
            yield Sample(
                id=entry["id"],
                kind=kind,
                language=entry["lang"],
                site=entry["site"] or urlsplit(entry["url"] or "").hostname or entry["id"],
                title=entry["title"],
                lines=tuple(line for line, _ in pairs),
                labels=tuple(label for _, label in pairs),
            )


def variants(originals: Sequence[Sample], seed: int = 7) -> Iterator[Sample]:
    """Give each sample, and the same article with less furniture or with that of another page.

    They teach that clean text stays, and that no site's own phrases decide.
    """
    chance = random.Random(seed)  # noqa: S311 - reproducible choice, no secret
    by_language = collections.defaultdict(list)
    for sample in originals:
        by_language[sample.language].append(sample)
    for sample in originals:
        yield sample
        first, last = _body(sample.labels)
        if sample.kind == "text_near":
            body = [row for row in range(first, last) if sample.labels[row] != 0]
            yield _part(sample, "body", body, 0.5)
            low, high = max(0, first - chance.randint(0, 5)), min(len(sample.lines), last + chance.randint(0, 8))
            yield _part(sample, "trimmed", list(range(low, high)), 0.5)
            yield _interrupted(sample, body, chance)
        for _ in range(_SWAPS):
            other = chance.choice(by_language[sample.language])
            if other.site != sample.site:
                yield _swapped(sample, other, (first, last))


def _interrupted(sample: Sample, rows: Sequence[int], chance: random.Random) -> Sample:
    """Put a few runs of the cleaner's own phrases between the paragraphs of an article without furniture."""
    phrases = _phrases()
    lines, labels = [], []
    for row in rows:
        lines.append(sample.lines[row])
        labels.append(sample.labels[row])
        if chance.random() < 4 / max(len(rows), 8):
            run = [chance.choice(phrases) for _ in range(chance.randint(1, 4))]
            lines += run
            labels += [0] * len(run)
    return dataclasses.replace(sample, kind="interrupted", share=0.5, lines=tuple(lines), labels=tuple(labels))


def _phrases() -> list[str]:
    """Give whole-line phrases of the lexicon as a page writes them."""
    data = tomllib.loads((Path(markup.__file__).parent / "lexicon.toml").read_text("utf-8"))
    return sorted(
        {
            phrase.capitalize()
            for rule in data.values()
            for phrases in rule.get("whole", {}).values()
            for phrase in phrases
        }
    )


def _part(sample: Sample, kind: str, rows: Sequence[int], share: float) -> Sample:
    return dataclasses.replace(
        sample,
        kind=kind,
        share=share,
        lines=tuple(sample.lines[row] for row in rows),
        labels=tuple(sample.labels[row] for row in rows),
    )


def _swapped(sample: Sample, other: Sample, span: tuple[int, int]) -> Sample:
    low, high = _body(other.labels)
    before, after = slice(0, low), slice(high, None)
    body = slice(*span)
    return dataclasses.replace(
        sample,
        kind="swapped",
        share=0.5,
        lines=other.lines[before] + sample.lines[body] + other.lines[after],
        labels=other.labels[before] + sample.labels[body] + other.labels[after],
    )


def measured(sample: Sample) -> Measured:
    """Measure a sample and find its title among its rows."""
    text = "\n".join(sample.lines)
    parts = paragraphs(text)
    labels = np.array([sample.labels[part.line] for part in parts], dtype=np.int64)
    wanted = _WORD.findall(sample.title.lower())
    copies = []
    for row, part in enumerate(parts):
        words = _WORD.findall(part.text.lower())
        if words == wanted or (
            len(words) >= 3
            and labels[row] == 1
            and (wanted[: len(words)] == words or words[: len(wanted)] == wanted != [])
        ):
            copies.append(row)
    return Measured(
        sample=sample,
        parts=parts,
        page=measure(parts),
        labels=labels,
        copies=tuple(copies),
        titles=tuple(row for row in copies if labels[row] == 1),
    )


def marked(bench: Path) -> Iterator[Marked]:
    """Read the HTML pages; a block is text when 70 % of its words stand in word triples of the gold text."""
    for sample in samples(bench):
        if sample.kind != "text":
            continue
        base = bench / "html" / sample.id
        page = render(base.with_name(base.name + ".html").read_bytes().decode("utf-8", "replace"))
        gold, optional = (
            _triples(base.with_name(base.name + suffix).read_text("utf-8")) for suffix in (".gold.txt", ".optional.txt")
        )
        parts = paragraphs(page.raw, wrapped=False)
        wanted = _WORD.findall(sample.title.lower())
        yield Marked(
            id=sample.id,
            site=sample.site,
            title=page.metadata.title,
            lines=tuple(part.text for part in parts),
            blocks=tuple(page.blocks[part.line] for part in parts),
            labels=tuple(_block_label(_WORD.findall(part.text.lower()), wanted, gold, optional) for part in parts),
        )


def marked_variants(originals: Sequence[Marked], seed: int = 7) -> Iterator[Marked]:
    """Give each page, and its article inside the furniture of pages of other sites."""
    chance = random.Random(seed)  # noqa: S311 - reproducible choice, no secret
    for page in originals:
        yield page
        for _ in range(_MARKED_SWAPS):
            other = chance.choice(originals)
            if other.site != page.site and 1 in page.labels and 1 in other.labels:
                yield _moved(page, other)


def _moved(page: Marked, other: Marked) -> Marked:
    """Give a page's article inside another page's furniture."""
    first, last = _body(page.labels)
    low, high = _body(other.labels)
    return dataclasses.replace(
        page,
        share=0.5,
        lines=other.lines[:low] + page.lines[first:last] + other.lines[high:],
        blocks=other.blocks[:low] + page.blocks[first:last] + other.blocks[high:],
        labels=other.labels[:low] + page.labels[first:last] + other.labels[high:],
    )


def _body(labels: Sequence[int]) -> tuple[int, int]:
    """Give where the text begins and where it ends."""
    rows = [row for row, label in enumerate(labels) if label == 1]
    return rows[0], rows[-1] + 1


def columns(page: Marked) -> tuple[Matrix, Labels]:
    """Measure a page's blocks; give also the words of each."""
    seen = measure(paragraphs("\n".join(page.lines), wrapped=False), page.title)
    words = [reading.words for reading in seen.readings]
    return np.concatenate([seen.matrix, markup.measure(page.blocks, words)], axis=1), np.array(words, dtype=np.int64)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Triples:
    lines: frozenset[tuple[str, ...]]
    triples: frozenset[tuple[str, ...]]

    def share(self, words: list[str]) -> float:
        if len(words) < 3:
            return 0.0
        covered = set()
        for at in range(len(words) - 2):
            if tuple(words[at : at + 3]) in self.triples:
                covered |= {at, at + 1, at + 2}
        return len(covered) / len(words)


def _triples(text: str) -> _Triples:
    lines = [tuple(_WORD.findall(line.lower())) for line in text.split("\n")]
    words = [word for line in lines for word in line]
    return _Triples(
        lines=frozenset(filter(None, lines)), triples=frozenset(zip(words, words[1:], words[2:], strict=False))
    )


def _block_label(words: list[str], title: list[str], gold: _Triples, optional: _Triples) -> int:
    if not words or words == title:
        return -1 if words else 0
    if tuple(words) in gold.lines or (len(words) >= 5 and gold.share(words) >= 0.7):
        return 1
    return -1 if tuple(words) in optional.lines or optional.share(words) >= 0.6 or gold.share(words) >= 0.6 else 0


def fit_block(pages: Iterable[Marked]) -> CatBoostClassifier:
    """Train the classifier of lines with markup; a row weighs by the square root of its words."""
    rows, labels, weights = [], [], []
    for page in pages:
        matrix, words = columns(page)
        known = np.array(page.labels) >= 0
        rows.append(matrix[known])
        labels.append(np.array(page.labels)[known])
        weights.append(np.sqrt(np.minimum(words, 60))[known] * page.share)
    model = _booster(BLOCK)
    model.fit(np.concatenate(rows), np.concatenate(labels), sample_weight=np.concatenate(weights))
    return model


def _booster(settings: dict[str, Any]) -> CatBoostClassifier:
    return CatBoostClassifier(
        **settings,
        bootstrap_type="Bernoulli",
        border_count=64,
        random_seed=1,
        thread_count=2,
        verbose=False,
        allow_writing_files=False,
    )


def fit_line(pages: Sequence[Measured]) -> CatBoostClassifier:
    """Train the classifier of lines; a row weighs by the square root of its words."""
    known = [page.labels >= 0 for page in pages]
    weights = [
        np.sqrt([min(reading.words, 60) for reading in page.page.readings]) * page.sample.share for page in pages
    ]
    model = _booster(LINE)
    model.fit(
        np.concatenate([page.page.matrix[mask] for page, mask in zip(pages, known, strict=True)]),
        np.concatenate([page.labels[mask] for page, mask in zip(pages, known, strict=True)]),
        sample_weight=np.concatenate([weight[mask] for weight, mask in zip(weights, known, strict=True)]),
    )
    return model


def fit_title(pages: Sequence[Measured]) -> CatBoostClassifier:
    """Train the classifier of titles, on the rows before the body."""
    rows_of, labels_of = [], []
    for page in pages:
        if not page.titles or page.sample.kind in {"body", "interrupted"}:
            continue
        high = min(page.page.first + 3, len(page.parts))
        rows = np.arange(max(0, high - _TITLE_REACH), high)
        labels = np.isin(rows, page.titles).astype(int)
        known = ~(np.isin(rows, page.copies) & (labels == 0))
        rows_of.append(page.page.matrix[rows[known]])
        labels_of.append(labels[known])
    model = _booster(TITLE)
    model.fit(np.concatenate(rows_of), np.concatenate(labels_of))
    return model


def exported(model: CatBoostClassifier, scratch: Path) -> dict[str, Any]:
    """Give the trees as `normalize.clean.model.parse` reads them."""
    model.save_model(str(scratch), format="json")
    data = json.loads(scratch.read_text("utf-8"))
    scratch.unlink()
    scale, bias = data["scale_and_bias"]
    trees = data["oblivious_trees"]
    used = sorted({split["float_feature_index"] for tree in trees for split in tree["splits"]})
    place = {column: index for index, column in enumerate(used)}
    depth = max(len(tree["splits"]) for tree in trees)
    columns, borders, leaves = [], [], []
    for tree in trees:
        # A tree that stopped early asks questions that every row answers with no.
        missing = depth - len(tree["splits"])
        columns.append([place[split["float_feature_index"]] for split in tree["splits"]] + [0] * missing)
        borders.append([round(split["border"], 5) for split in tree["splits"]] + [1e9] * missing)
        leaves.append(
            [round(value * scale, 4) for value in tree["leaf_values"]] + [0.0] * (2**depth - len(tree["leaf_values"]))
        )
    names = (*NAMES, *markup.MARKUP)
    return {
        "names": [names[column] for column in used],
        "columns": columns,
        "borders": borders,
        "leaves": leaves,
        "bias": bias[0] if isinstance(bias, list) else bias,
    }


def folds(sites: Sequence[str], count: int) -> dict[str, int]:
    """Spread the sites over folds of about the same number of pages, the largest sites first."""
    sizes = collections.Counter(sites)
    loads = [0] * count
    found = {}
    for site in sorted(sizes, key=lambda site: (-sizes[site], site)):
        fold = min(range(count), key=lambda index: (loads[index], index))
        found[site] = fold
        loads[fold] += sizes[site]
    return found


def trained(originals: Sequence[Sample], blocks: Sequence[Marked], scratch: Path) -> dict[str, Any]:
    """Train all three forests; `scratch` is a file that may be written."""
    pages = [measured(sample) for sample in variants(originals)]
    return {
        "line": exported(fit_line(pages), scratch),
        "title": exported(fit_title(pages), scratch),
        "block": exported(fit_block(marked_variants(blocks)), scratch),
    }


def cross_validated(bench: Path, count: int, out: Path) -> None:
    """Clean every page with forests that saw no page of its site; write `near`, `text` and `html` under `out`.

    All rules take part, with what recurs over the folder, as `normalize clean FOLDER` does it.
    """
    originals, blocks = list(samples(bench)), list(marked(bench))
    fold = folds([sample.site for sample in originals], count)
    site = {sample.id: sample.site for sample in originals}
    found = [
        trained(
            [sample for sample in originals if fold[sample.site] != number],
            [page for page in blocks if fold[page.site] != number],
            out / "scratch",
        )
        for number in range(count)
    ]
    forests = [{name: parse(data) for name, data in one.items()} for one in found]
    for kind, folder, suffix, form in (
        ("near", "text_near", ".txt", "text"),
        ("text", "text", ".txt", "text"),
        ("html", "html", ".html", "html"),
    ):
        (out / kind).mkdir(parents=True, exist_ok=True)
        files = [bench / folder / f"{name}{suffix}" for name in sorted(site)]
        articles = [
            repair(read_text(file.read_bytes(), id=name, path=file.name, format=form))
            for name, file in zip(sorted(site), files, strict=True)
        ]
        recurrence = survey(articles)
        for article in articles:
            result = stage.clean(article, recurrence, None, forests[fold[site[article.id]]])
            (out / kind / f"{article.id}.txt").write_text(result.text + "\n", "utf-8")


def main() -> int:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--out", type=Path, default=Path("normalize/clean/model.json"))
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    if options.folds:
        options.out.mkdir(parents=True, exist_ok=True)
        cross_validated(options.bench, options.folds, options.out)
        return 0
    data = trained(list(samples(options.bench)), list(marked(options.bench)), options.out.with_suffix(".scratch"))
    options.out.write_text(json.dumps(data, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
