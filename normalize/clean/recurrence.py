"""What recurs over a folder: lines and line templates of one site, and articles that were saved twice.

Lines are counted in a sketch of fixed size (count-min, Cormode and Muthukrishnan 2005), so that memory does not grow
with the folder; it may count too many, by chance, never too few. Articles are compared by the smallest hashes of their
sentences' word runs (bottom-k, Broder 1997): a few hundred bytes an article.
"""

from __future__ import annotations

import array
import collections
import hashlib
import heapq
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from normalize.clean.lexicon import fold
from normalize.corpus import Article

__all__ = ["Recurrence", "survey"]

_ROWS = 4
_COLUMNS = 1 << 20
_MOST = 65535
_LINE_LIMIT = 400
"""Code points of a line that are compared."""
_SKETCH = 32
"""Hashes kept of an article."""
_KEYS = 4
"""Hashes under which an article is looked up; articles alike in nine of ten runs share one of four all but surely."""
_ALIKE = 0.7
_RUN = 6
"""Words in a run; shorter ones recur in any two articles on one event."""
_WORD = re.compile(r"\w+")


class Recurrence:
    """How many articles of a site have a line, and which articles repeat another; filled by `survey`."""

    def __init__(self) -> None:
        self.duplicates: dict[str, str] = {}
        """Id of an article that repeats an earlier one, and that one's id."""
        self._counts = array.array("H", bytes(2 * _ROWS * _COLUMNS))
        self._articles: collections.Counter[str] = collections.Counter()
        self._titles: dict[int, int] = {}
        self._ids: list[str] = []
        self._sketches = array.array("Q")
        self._lookup: dict[int, int] = {}

    def articles(self, article: Article) -> int:
        """Count the articles of this one's site, repeated ones once."""
        return self._articles[site_of(article)]

    def frequency(self, article: Article, line: str) -> int:
        """Count the articles of this one's site that have this line, its numbers masked; never too low."""
        return min(self._counts[cell] for cell in _cells(site_of(article), fold(line[:_LINE_LIMIT])))

    def is_title(self, article: Article, line: str) -> bool:
        """Whether the line is the title that another article's metadata gives."""
        owners = self._titles.get(_hash("title", fold(line[:_LINE_LIMIT])), 0)
        return owners > (1 if fold(article.metadata.title) == fold(line) else 0)

    def add(self, article: Article) -> None:
        """Count an article's lines, unless it repeats an earlier one."""
        sketch = sorted(_sketch(article.text))
        earlier = self._earlier(sketch)
        if earlier is not None:
            self.duplicates[article.id] = self._ids[earlier]
            return
        self._remember(article.id, sketch)
        site = site_of(article)
        self._articles[site] += 1
        if len(article.metadata.title.split()) >= 3:
            key = _hash("title", fold(article.metadata.title))
            self._titles[key] = self._titles.get(key, 0) + 1
        lines = {fold(line[:_LINE_LIMIT]) for line in article.text.split("\n")}
        lines.discard("")
        for line in sorted(lines):
            for cell in _cells(site, line):
                if self._counts[cell] < _MOST:
                    self._counts[cell] += 1

    def _remember(self, name: str, sketch: list[int]) -> None:
        number = len(self._ids)
        self._ids.append(name)
        self._sketches.extend(sketch + [0] * (_SKETCH - len(sketch)))
        for key in sketch[:_KEYS]:
            self._lookup.setdefault(key, number)

    def _earlier(self, sketch: list[int]) -> int | None:
        """Give the number of an earlier article that is alike, the earliest such."""
        candidates = {self._lookup[key] for key in sketch[:_KEYS] if key in self._lookup}
        for number in sorted(candidates):
            other = [key for key in self._sketches[number * _SKETCH : (number + 1) * _SKETCH] if key]
            union = sorted({*sketch, *other})[:_SKETCH]
            both = set(sketch) & set(other)
            if union and sum(key in both for key in union) >= _ALIKE * len(union):
                return number
        return None


def survey(articles: Iterable[Article]) -> Recurrence:
    """Learn what recurs over articles; of articles that repeat each other the first one counts."""
    recurrence = Recurrence()
    for article in articles:
        recurrence.add(article)
    return recurrence


def site_of(article: Article) -> str:
    """Name the site as well as the article allows: its address, what the page says, or its folder."""
    host = urlsplit(article.metadata.url).hostname if "://" in article.metadata.url else None
    if host:
        return host.removeprefix("www.")
    return article.metadata.site or article.path.rpartition("/")[0]


def _hash(*parts: str) -> int:
    return int.from_bytes(
        hashlib.blake2b("\x00".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )


def _cells(site: str, line: str) -> Iterator[int]:
    """Give the line's cell in each row of the sketch."""
    key = _hash(site, line)
    low, high = key & 0xFFFFFFFF, key >> 32 | 1
    for row in range(_ROWS):
        yield row * _COLUMNS + (low + row * high) % _COLUMNS


def _sketch(text: str) -> list[int]:
    """Give the smallest hashes of the runs of words in an article's sentences; of all its words when it has none."""
    runs: set[str] = set()
    for line in text[:200_000].split("\n"):
        words = _WORD.findall(line.casefold())
        if len(words) >= 2 * _RUN:
            runs.update(" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
    if not runs:
        words = _WORD.findall(text[:20_000].casefold())
        runs = {" ".join(words)} if words else set()
    return heapq.nsmallest(_SKETCH, (_hash("run", run) for run in runs))
