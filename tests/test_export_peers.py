"""What other programs would make of the files: the rules of XLIFF 2.1's modules, and the readers of Bitextor's tools.

The core of XLIFF 2.1 is checked against its schema (test_export_formats). The schemas of its modules are in no package
that could be had, so their rules are written down here, from the specification: XLIFF 2.1, OASIS Standard, the chapters
on the Translation Candidates Module and the Metadata Module. They were held against the official schemas once, by hand:
what those refuse, these refuse, and two faults more that a schema cannot express (where a `ref` points, `subState`).
"""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given
from lxml import etree
from test_export_formats import RICH, corpora, slow, written

from normalize.export import UnitRow, read
from normalize.formats.bitext import read_pairs
from normalize.rows import COLUMNS, one_line

PREFIXES = {
    "urn:oasis:names:tc:xliff:document:2.0": "",
    "urn:oasis:names:tc:xliff:metadata:2.0": "mda:",
    "urn:oasis:names:tc:xliff:matches:2.0": "mtc:",
    "http://www.w3.org/XML/1998/namespace": "xml:",
}
NAME = r"[\w.:-]+"
PERCENT = r"(?:100(?:\.0*)?|\d{1,2}(?:\.\d+)?)"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rule:
    """What the specification says of a module's element."""

    parents: str
    content: str
    """The names of its children, each followed by a blank."""
    required: frozenset[str] = frozenset()
    attributes: dict[str, str]
    mixed: bool = False
    once: bool = False
    """At most one in its parent."""


MODULES = {
    "mda:metadata": Rule(
        parents="file|group|unit|mtc:match", content="(?:mda:metaGroup )+", attributes={"id": NAME}, once=True,
    ),
    "mda:metaGroup": Rule(
        parents="mda:metadata|mda:metaGroup", content="(?:mda:metaGroup |mda:meta )+",
        attributes={"id": NAME, "category": ".*", "appliesTo": "source|target|ignorable"},
    ),
    "mda:meta": Rule(
        parents="mda:metaGroup", content="", required=frozenset({"type"}), attributes={"type": ".*"}, mixed=True,
    ),
    "mtc:matches": Rule(parents="unit", content="(?:mtc:match )+", attributes={}, once=True),
    "mtc:match": Rule(
        parents="mtc:matches", content=r"(?:mda:metadata )?(?:originalData )?source target (?:\w+:\w+ )*",
        required=frozenset({"ref"}),
        attributes={
            "id": NAME, "ref": "#.+", "origin": ".*", "reference": "yes|no", "subType": r"[^\s:]+:[^\s:]+",
            "type": "am|mt|icm|idm|tb|tm|other", "matchQuality": PERCENT, "matchSuitability": PERCENT,
            "similarity": PERCENT,
        },
    ),
}  # fmt: skip


def short(name: str) -> str:
    space, _, local = name.rpartition("}")
    return PREFIXES.get(space.removeprefix("{"), "other:") + local if space else name


def faults(root: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    """Say what the modules' elements of a document do that the specification does not allow."""
    for element in root.iter(etree.Element):
        name = short(element.tag)
        if name in MODULES:
            yield from breaches(element, name, MODULES[name])
        if name == "segment" and "subState" in element.attrib:
            # With a prefix, and only beside `state`.
            if "state" not in element.attrib or not regex.fullmatch(r"[^\s:]+:[^\s:]+", element.get("subState")):
                yield "segment: subState"
            if element.get("subState").startswith("xlf:"):
                yield "segment: subState has the reserved prefix"
    for match in root.iter("{urn:oasis:names:tc:xliff:matches:2.0}match"):
        unit = match.getparent().getparent()
        own = {each.get("id") for part in unit if short(part.tag) in {"segment", "ignorable"} for each in part.iter()}
        if match.get("ref", "").removeprefix("#") not in own - {None}:
            yield "mtc:match: ref points to nothing in its unit"
        if "subType" in match.attrib and "type" not in match.attrib:
            yield "mtc:match: subType without type"


def breaches(element: Any, name: str, rule: Rule) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    parent = element.getparent()
    if parent is None or not regex.fullmatch(rule.parents, short(parent.tag)):
        yield f"{name}: stands in {short(parent.tag)}"
    elif rule.once and sum(each.tag == element.tag for each in parent) > 1:
        yield f"{name}: more than one"
    if not regex.fullmatch(rule.content, "".join(f"{short(each.tag)} " for each in element)):
        yield f"{name}: content"
    texts = [element.text, *(each.tail for each in element)]
    if not rule.mixed and any((text or "").strip() for text in texts):
        yield f"{name}: text"
    for missing in sorted(rule.required - set(element.attrib)):
        yield f"{name}: no {missing}"
    for key, value in element.attrib.items():
        own = rule.attributes.get(key)
        if (own is None and not key.startswith("{")) or (own is not None and not regex.fullmatch(own, value)):
            yield f"{name}: attribute {short(key)}"


@given(rows=corpora())
@slow
def test_the_modules_of_xliff_2_are_used_as_the_specification_says(
    rows: list[UnitRow], tmp_path_factory: pytest.TempPathFactory
) -> None:
    (file,) = written(tmp_path_factory.mktemp("x"), rows, "xliff2", license="CC-BY-4.0")
    assert list(faults(etree.parse(str(file)).getroot())) == []


def _nodes(root: Any, name: str) -> list[Any]:  # noqa: ANN401 - lxml has no types
    return [each for each in root.iter(etree.Element) if short(each.tag) == name]


WRONG: dict[str, Callable[[Any], object]] = {
    "mda:meta: no type": lambda root: _nodes(root, "mda:meta")[0].attrib.pop("type"),
    "mda:metaGroup: content": lambda root: _nodes(root, "mda:metaGroup")[0].clear(),
    "mda:metadata: more than one": lambda root: _nodes(root, "unit")[0].append(_nodes(root, "unit")[1][0]),
    "mtc:match: content": lambda root: _nodes(root, "mtc:match")[0].append(_nodes(root, "mtc:match")[0][0]),
    "mtc:match: no ref": lambda root: _nodes(root, "mtc:match")[0].attrib.pop("ref"),
    "mtc:match: ref points to nothing in its unit": lambda root: _nodes(root, "segment")[0].set("id", "s9"),
    "mtc:match: attribute matchQuality": lambda root: _nodes(root, "mtc:match")[0].set("matchQuality", "1e-05"),
    "mtc:match: attribute type": lambda root: _nodes(root, "mtc:match")[0].set("type", "human"),
    "mtc:matches: stands in file": lambda root: _nodes(root, "file")[0].append(_nodes(root, "mtc:matches")[0]),
    "segment: subState": lambda root: _nodes(root, "segment")[0].attrib.pop("state"),
}


@pytest.mark.parametrize("fault", sorted(WRONG))
def test_a_breach_of_the_specification_would_be_seen(fault: str, tmp_path: Path) -> None:
    (file,) = written(tmp_path, RICH, "xliff2")
    root = etree.parse(str(file)).getroot()
    assert list(faults(root)) == []
    WRONG[fault](root)
    assert fault in list(faults(root))


def test_pairs_are_read_from_xliff_of_either_version(tmp_path: Path) -> None:
    for name in ("xliff", "xliff2"):
        (file,) = written(tmp_path, RICH, name)
        assert [pair[1:] for pair in read_pairs(file.read_bytes(), file)] == [
            # A no-break space is a blank to those who read pairs.
            (" ".join(row.source.split()), row.target, row.source_language, row.target_language) for row in RICH
        ]  # fmt: skip


# Bitextor's tools


def as_hardrules_reads(file: Path, scol: int, tcol: int) -> list[tuple[str, str]]:
    """Read a table as bicleaner-hardrules 2.10.8 does: no header, columns by number, one pass through a block file."""
    block = file.with_suffix(".block")
    with file.open(encoding="utf-8", errors="replace") as lines, block.open("w", encoding="utf-8") as copy:
        for text in lines:  # its newlines are Python's: \r ends a line too
            copy.write(text)
    found = []
    with block.open(encoding="utf-8") as lines:
        for text in lines:
            parts = text.rstrip("\n").split("\t")
            assert len(parts) >= max(scol, tcol)  # it would log an error
            found.append((parts[scol - 1], parts[tcol - 1]))
    return found


def as_bifixer_reads(file: Path, scol: str = "src_text", tcol: str = "trg_text") -> list[tuple[str, str]]:
    """Read a table as bifixer 0.8.12 does with `--header`, whose column names are its own defaults."""
    with file.open(encoding="utf-8") as lines:
        header = next(lines).strip().split("\t")
        assert {scol, tcol} <= set(header)  # it would raise
        places = header.index(scol), header.index(tcol)
        rows = [text.split("\t") for text in lines]
    assert all(len(row) == len(header) for row in rows)
    return [(row[places[0]], row[places[1]]) for row in rows]


def as_bicleaner_scores(file: Path) -> tuple[list[tuple[str, str]], str]:
    """Give the pairs that bicleaner 0.17.4 and bicleaner-ai 3.6 classify with `--header`, and what they write.

    Their column names are Bitextor's by default. They strip a line before they put their score behind it.
    """
    with file.open(encoding="utf-8") as lines:  # argparse.FileType("rt")
        header = next(lines).strip().split("\t")
        places = header.index("src_text"), header.index("trg_text")
        out = "\t".join([*header, "bicleaner_score"]) + "\n"
        found = []
        for text in lines:
            parts = text.split("\t")
            found.append((parts[places[0]].strip(), parts[places[1]].strip()))
            out += f"{text.strip()}\t0.500\n"
    return found, out


@given(rows=corpora())
@slow
def test_bicleaner_hardrules_bifixer_and_bicleaner_read_the_table_as_it_is(
    rows: list[UnitRow], tmp_path_factory: pytest.TempPathFactory
) -> None:
    (file,) = written(tmp_path_factory.mktemp("t"), rows, "tsv")
    texts = [(one_line(row.source), one_line(row.target)) for row in rows]
    # A cell that a spreadsheet would compute has a blank before it.
    unpadded = [tuple(cell[1:] if cell[:1] == " " != own[:1] else cell for cell, own in zip(pair, due, strict=True))
                for pair, due in zip(as_bifixer_reads(file), texts, strict=True)]  # fmt: skip
    assert unpadded == texts
    assert as_hardrules_reads(file, 3, 4) == [("src_text", "trg_text"), *as_bifixer_reads(file)]
    classified, scored = as_bicleaner_scores(file)
    assert classified == [(source.strip(), target.strip()) for source, target in texts]
    assert {line.count("\t") for line in scored.removesuffix("\n").split("\n")} == {len(COLUMNS)}


def test_a_score_stands_in_its_own_column_behind_units_of_whose_article_nothing_is_known(tmp_path: Path) -> None:
    """Bicleaner strips each line before it adds its score: an empty cell at either end would move all others."""
    (file,) = written(tmp_path, [UnitRow(id="a:0.0", article="a", source="Satu", target="One")], "tsv")
    header, row = as_bicleaner_scores(file)[1].splitlines()
    assert dict(zip(header.split("\t"), row.split("\t"), strict=True)) == {
        "src_url": "a", "src_text": "Satu", "trg_text": "One", "src_paragraph_id": "0", "trg_paragraph_id": "0",
        "length_ratio": "1.0000", "src_num_tokens": "1", "trg_num_tokens": "1", "unit_id": "a:0.0", "mt_score": "",
        "state": "translated", "origin": "memory", "bicleaner_score": "0.500", "trg_url": "", "src_lang": "",
        "trg_lang": "",
    }  # fmt: skip
    ((unit, article),) = read([file])
    assert (unit.article, article.url, article.path) == ("a", "", "")


# Hugging Face's library


LOADED = """
import datasets, json, sys
found = datasets.load_dataset(sys.argv[1], sys.argv[2])
rows = {split: [row["translation"] for row in found[split]] for split in found}
print(json.dumps([rows, found["train"][0]["findings"]], sort_keys=True))
"""


@pytest.mark.skipif(importlib.util.find_spec("datasets") is None, reason="datasets is not installed")
@pytest.mark.parametrize("parquet", [False, True])
def test_datasets_loads_the_folder_without_a_network(tmp_path: Path, parquet: bool) -> None:  # noqa: FBT001 - a case
    folder = written(tmp_path, RICH, "hf", parquet=parquet)[0]
    home = {"HF_HOME": str(tmp_path / "home"), "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", LOADED, str(folder), "id-en"], capture_output=True, check=False, encoding="utf-8",
        env={**os.environ, **home},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rows, findings = json.loads(done.stdout)
    assert rows == {"train": [{"id": row.source, "en": row.target} for row in RICH]}
    assert [each["check"] for each in findings] == [each.check for each in RICH[0].findings]
