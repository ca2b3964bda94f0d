"""Files of `out/`: articles, parallel corpus, what was removed, report and manifest."""

from __future__ import annotations

from normalize.write.atomic import Draft, replace, sweep
from normalize.write.dropped import DroppedRow
from normalize.write.names import article_files
from normalize.write.output import write
from normalize.write.report import Report

__all__ = [
    "Draft",
    "DroppedRow",
    "Report",
    "article_files",
    "replace",
    "sweep",
    "write",
]
