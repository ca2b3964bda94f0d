"""`export`: a corpus in a format others read, in two passes over it: judge, then write.

A third comes between them where reasons are wanted: it names what near-duplicates repeat.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import PurePath

from normalize.errors import InputError, UsageError
from normalize.export.card import UNKNOWN_LICENSE, Facts, card
from normalize.export.choose import Filter
from normalize.export.corpus import Corpus
from normalize.export.folder import CARD, DataFile, data_path
from normalize.export.form import Form, Head, Sink, Writer
from normalize.export.judge import Verdicts, judge
from normalize.export.losses import Losses
from normalize.export.splits import Splits
from normalize.export.table import RULES
from normalize.rows import ArticleRow, UnitRow, cell, line

__all__ = ["Exported", "Options", "export"]

Opener = Callable[[PurePath], Sink]
"""Opens a file to write."""

_KEEP = "keep"

_MOST_FILES = 300
"""Pairs of languages times splits, where each has its files: systems let a program open about a thousand."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to export."""

    form: Form
    to: PurePath
    """The file; where a format or the splits make several, what their names begin with."""
    chosen: Filter = dataclasses.field(default_factory=lambda: Filter.parse(()))
    splits: Splits | None = None
    license: str = UNKNOWN_LICENSE
    parquet: bool = False
    """For a folder: data as Parquet, not JSON lines."""
    reasons: PurePath | None = None
    """Where to say of every unit why it stays or goes: JSON lines for a name in `.jsonl`, else tab-separated."""


@dataclasses.dataclass(slots=True, kw_only=True)
class Exported:
    """What was written."""

    units: int = 0
    """Units read."""
    kept: int = 0
    """Units written."""
    dropped: dict[str, int] = dataclasses.field(default_factory=dict)
    """Units dropped by each filter."""
    files: dict[str, int] = dataclasses.field(default_factory=dict)
    """Units in each file; 0 for one that holds none of its own (ids, the card)."""
    splits: dict[str, int] = dataclasses.field(default_factory=dict)
    """Units in each split."""
    groups: int = 0
    """Groups of articles that the splits were made of."""
    losses: list[str] = dataclasses.field(default_factory=list)
    """What the format cannot carry, a sentence each."""


def export(corpus: Corpus, options: Options, open_file: Opener) -> Exported:
    """Write `corpus` as `options` say, into files that `open_file` opens, and give the counts.

    The corpus itself is only read. Memory does not grow with its texts. The caller puts the files in place when all
    went well. Raises InputError for a line of the corpus that cannot be used.
    """
    stamp = corpus.stamp()
    verdicts = judge(corpus, options.chosen, options.splits, repeats=options.reasons is not None)
    result = Exported(units=len(verdicts.units), dropped=verdicts.reasons(), groups=verdicts.groups)
    apart = options.form.folder or options.form.one_pair
    if apart and len(verdicts.pairs) * len(verdicts.splits) > _MOST_FILES:
        raise UsageError(f"holds {len(verdicts.pairs)} pairs of languages", path=corpus.units, advice="part it first")
    pass_ = _Pass(corpus.signature, options, verdicts, open_file, result)
    reasons = _Reasons(options, verdicts, open_file, _twins(corpus, verdicts))
    count = 0
    for number, (unit, article) in enumerate(corpus):
        count = number + 1
        if count > len(verdicts.units):
            break
        reasons.add(unit, number)
        if not verdicts.units[number]:
            pass_.add(unit, article)
    if count != len(verdicts.units) or corpus.stamp() != stamp:
        raise InputError("changed while it was read", path=corpus.units, advice="export again when the run is over")
    pass_.close()
    return result


def _twins(corpus: Corpus, verdicts: Verdicts) -> dict[int, str]:
    """Give the ids of the units that others repeat, by number; they may come after those."""
    wanted = set(verdicts.repeats.values())
    return {number: unit.id for number, (unit, _) in enumerate(corpus) if number in wanted} if wanted else {}


class _Reasons:
    """The file that says of every unit `keep`, or what dropped it."""

    def __init__(self, options: Options, verdicts: Verdicts, open_file: Opener, names: dict[int, str]) -> None:
        self._chosen, self._verdicts, self._names = options.chosen, verdicts, names
        self._sink = open_file(options.reasons) if options.reasons else None
        self._json = options.reasons is not None and options.reasons.suffix.lower() in {".jsonl", ".ndjson"}
        if self._sink is not None and not self._json:
            self._sink.write(b"unit_id\treason\tevidence\n")

    def add(self, unit: UnitRow, number: int) -> None:
        """Write one unit's line."""
        if self._sink is None:
            return
        verdict = self._verdicts.units[number]
        reason = RULES[verdict - 1].name if verdict else _KEEP
        if number in self._verdicts.repeats:
            evidence = f"as {self._names.get(self._verdicts.repeats[number], '')}"
        else:
            evidence = self._chosen.evidence(unit, verdict) if verdict else ""
        if self._json:
            self._sink.write(line({"id": unit.id, "reason": reason, "evidence": evidence}))
        else:
            self._sink.write(("\t".join(map(cell, (unit.id, reason, evidence))) + "\n").encode())


class _Pass:
    """The second pass: hands each unit to the writer of its file."""

    def __init__(
        self, signature: str, options: Options, verdicts: Verdicts, open_file: Opener, result: Exported
    ) -> None:
        self._signature, self._options, self._verdicts, self._result = signature, options, verdicts, result
        self._open = open_file
        self._losses = Losses(options.form)
        self._facts = Facts()
        self._writers: dict[tuple[str, tuple[str, str]], tuple[Writer, str]] = {}
        pairs = [pair for pair in verdicts.pairs if not (options.form.two_languages and pair[0] == pair[1])]
        self._apart = options.form.folder or options.form.one_pair
        self._several = len(pairs) > 1
        self._only = pairs[0] if len(pairs) == 1 else ("", "")
        # Every split has its files, though no unit may fall into it: who asked for `dev` looks for it.
        named = options.form.folder or options.form.two_languages
        for split in verdicts.splits:
            for pair in (pairs if self._apart and (pairs or named) else [self._only]):
                self._begin(split, pair)

    def _begin(self, split: str, pair: tuple[str, str]) -> None:
        options = self._options
        head = self._head(pair)
        names: list[str] = []

        def opened(ending: str) -> Sink:
            path = self._path(split, pair, ending)
            names.append(str(path))
            self._result.files[str(path)] = 0
            return self._open(path)

        writer: Writer
        if options.form.folder:
            writer = DataFile(opened, pair, parquet=options.parquet)
        else:
            writer = options.form.writer(opened, head)
        self._writers[split, pair] = writer, names[0]
        if split:
            self._result.splits[split] = 0

    def _head(self, pair: tuple[str, str]) -> Head:
        return Head(source_language=pair[0], target_language=pair[1], signature=self._signature,
                    license=self._options.license)  # fmt: skip

    def _path(self, split: str, pair: tuple[str, str], ending: str) -> PurePath:
        """Name a file: `corpus.tmx`, `corpus.train.tmx`, `corpus.train.id-en.xlf`, `corpus.id-en.id`."""
        to, form = self._options.to, self._options.form
        if form.folder:
            return to / data_path(pair, split, parquet=self._options.parquet)
        part = f".{split}" if split else ""
        if ending:
            return to.with_name(f"{to.name}{part}{ending}")
        part += f".{'-'.join(pair)}" if form.one_pair and self._several else ""
        return to.with_name(f"{to.stem}{part}{to.suffix}")

    def add(self, unit: UnitRow, article: ArticleRow) -> None:
        """Write a unit that stays."""
        if not self._losses.holds(unit):
            return
        split = self._verdicts.split(article.id)
        writer, name = self._writers[split, unit.pair if self._apart else self._only]
        writer.add(unit, article)
        self._losses.count(unit, article)
        self._result.kept += 1
        self._result.files[name] += 1
        if split:
            self._result.splits[split] += 1
        if self._options.form.folder:
            self._facts.count(unit, article, split or "train")

    def close(self) -> None:
        """Finish every file."""
        for writer, _ in self._writers.values():
            writer.close()
        self._result.losses = self._losses.sentences()
        if self._options.form.folder:
            self._card()

    def _card(self) -> None:
        options = self._options
        files: dict[tuple[str, str], dict[str, str]] = {}
        for split, pair in self._writers:
            # An empty file has no columns that a reader could load.
            if self._facts.units[pair, split or "train"]:
                files.setdefault(pair, {})[split or "train"] = data_path(pair, split, parquet=options.parquet)
        path = options.to / CARD
        text = card(self._facts, self._head(("", "")), files, filters=str(options.chosen), dropped=self._result.dropped)
        self._open(path).write(text.encode())
        self._result.files[str(path)] = 0
