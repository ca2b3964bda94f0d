"""`write`: the conversions of a run become the files of `out/`, in one pass."""

from __future__ import annotations

import collections
import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

import msgspec

from normalize.corpus import Article, Conversion, Removed
from normalize.errors import NormalizeError, OutputError
from normalize.rows import COLUMNS, ArticleRow, UnitRow, line, table_line, written
from normalize.write import card
from normalize.write.atomic import Draft, failing, replace, sweep
from normalize.write.dropped import dropped
from normalize.write.manifest import NAME, FileRow, Manifest, earlier, remove_stale
from normalize.write.names import FOLDER, article_files
from normalize.write.plots import plots
from normalize.write.report import LICENCE, Report
from normalize.write.texts import texts

__all__ = ["TABLES", "write"]

_WRITERS = 8
"""Threads that write texts: forcing a small file to the disk is mostly waiting."""

_WAITING = 64
"""Texts handed to the threads and not yet on the disk."""

TABLES = ("articles.jsonl", "corpus.jsonl", "corpus.tsv", "dropped.jsonl")
"""Files of `out/` with a line for each article, unit or removal."""


def write(  # noqa: PLR0913 - each stands in the manifest under its own name
    conversions: Iterable[Conversion],
    out: Path,
    *,
    signature: str,
    removed: Callable[[Article], Iterable[Removed]],
    target_language: str = "en",
    options: Mapping[str, object] | None = None,
    inputs: Mapping[str, str] | None = None,
    failed: Sequence[NormalizeError] = (),
    extra: Mapping[str, Iterable[bytes | str]] | None = None,
    licence: str = "",
) -> Report:
    """Write the files of `out/` and give the counts that went into `report.json` and the corpus card.

    `conversions` is read once and only one is held at a time; tables have its order, so give it sorted by article id.
    `removed` says what was taken out of an article (`normalize.clean.removed`).
    `inputs` maps other files that went in (glossary, settings) to their hashes. `extra` maps names of further files to
    their content, which is asked for after the last conversion: `review.html` is made so. `licence` is what the card
    says of the corpus's licence; unknown when empty.

    Every file appears whole or not at all, and one whose content stays is not touched. Files that an earlier run made
    and this one did not are removed. The same conversions, signature and options give the same bytes. Raises
    OutputError when `out` cannot be written, and ValueError when two articles have one id.
    """
    with failing(out):
        out.mkdir(parents=True, exist_ok=True)
        sweep(out)
        before = earlier(out)
    report = Report()
    with contextlib.ExitStack() as stack:
        tables = {name: stack.enter_context(Draft(out / name)) for name in TABLES}
        manifest_draft = stack.enter_context(Draft(out / NAME))
        manifest = Manifest(manifest_draft)
        tables["corpus.tsv"].write("\t".join(COLUMNS) + "\n")
        pool = stack.enter_context(ThreadPoolExecutor(max_workers=_WRITERS, thread_name_prefix="write"))
        articles = _Articles(
            out,
            removed=removed,
            target_language=target_language,
            tables=tables,
            manifest=manifest,
            report=report,
            pool=pool,
        )
        for conversion in conversions:
            articles.add(conversion)
        articles.finish()
        drafts = dict(tables)
        drawn = plots(report)
        told = card.card(
            report, signature=signature, drawn=drawn, target_language=target_language, licence=licence,
            options=options, inputs=inputs, failed=failed,
        )  # fmt: skip
        summary = report.as_json(failed=failed, signature=signature, licence=licence or LICENCE)
        own: dict[str, Iterable[bytes | str]] = {
            card.NAME: told,
            "report.json": [msgspec.json.format(line(summary, sort=True), indent=2) + b"\n"],
            **{name: [drawing] for name, drawing in drawn.items()},
        }
        for name, chunks in {**(extra or {}), **own}.items():
            drafts[name] = stack.enter_context(Draft(out / name))
            for chunk in chunks:
                drafts[name].write(chunk)
        for name in sorted(drafts):
            drafts[name].commit()
        files = {name: FileRow(sha256=drafts[name].sha256, size=drafts[name].size) for name in sorted(drafts)}
        written = articles.written | set(files) | {NAME}
        report.kept_stale = remove_stale(out, {name: row for name, row in before.items() if name not in written})
        manifest.close(signature=signature, options=options or {}, inputs=inputs or {}, files=files, failed=failed)
    return report


class _Articles:
    """Writes what belongs to one article: its two texts, and its lines in the tables and the manifest."""

    def __init__(  # noqa: PLR0913 - what one article goes into
        self,
        out: Path,
        *,
        removed: Callable[[Article], Iterable[Removed]],
        target_language: str,
        tables: Mapping[str, Draft],
        manifest: Manifest,
        report: Report,
        pool: Executor,
    ) -> None:
        self.written: set[str] = set()
        """Paths of the texts, relative to `out`."""
        self._out = out
        self._removed = removed
        self._target_language = target_language
        self._tables = tables
        self._manifest = manifest
        self._report = report
        self._checked: set[Path] = set()
        self._pool = pool
        self._waiting: collections.deque[Future[bool]] = collections.deque()

    def add(self, conversion: Conversion) -> None:
        """Write one conversion."""
        article = conversion.article
        names = article_files(article.id, article.language, self._target_language)
        if not self.written.isdisjoint(names):
            message = f"two articles have the id {article.id!r}"
            raise ValueError(message)
        self.written.update(names)
        files = dict(zip(names, texts(conversion.paragraphs()), strict=True))
        for name, data in files.items():
            path = self._out / name
            self._keep_inside(path.parent)
            self._waiting.append(self._pool.submit(replace, path, data))
        self.finish(_WAITING)
        removals = dropped(article, self._removed(article))
        row = ArticleRow.of(conversion, removed=len(removals), files=names)
        self._tables["articles.jsonl"].write(line(row))
        units = list(map(UnitRow.of, conversion.units))
        self._tables["corpus.jsonl"].write(written(units))
        document = article.metadata.url or article.path
        self._tables["corpus.tsv"].write("".join(table_line(unit, document, names[1]) for unit in units))
        self._tables["dropped.jsonl"].write(written(removals))
        self._manifest.add(article, files)
        self._report.count(conversion, removals)

    def finish(self, waiting: int = 0) -> None:
        """Wait until at most `waiting` texts are not on the disk yet; raises what befell one."""
        while len(self._waiting) > waiting:
            self._waiting.popleft().result()

    def _keep_inside(self, folder: Path) -> None:
        # Ids cannot lead out of `out`, but a link put there could. `articles` itself may be one on purpose.
        if folder in self._checked:
            return
        home = (self._out / FOLDER).resolve()
        if not folder.resolve().is_relative_to(home):
            raise OutputError("leads out of the output folder", path=folder, advice="remove this link")
        self._checked.add(folder)
