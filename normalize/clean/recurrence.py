"""What recurs over a folder: lines and line templates of one site, and articles that were saved twice.

Lines are counted in a sketch of fixed size (count-min, Cormode and Muthukrishnan 2005), so that memory does not grow
with the folder; it may count too many, by chance, never too few. Articles are compared by the smallest hashes of their
sentences' word runs (bottom-k, Broder 1997): a few hundred bytes an article.
"""

from __future__ import annotations

import array
import collections
import functools
import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from normalize.clean.lexicon import fold, fold_all
from normalize.corpus import Article, host

if TYPE_CHECKING:
    from normalize.clean.counting import Cells

__all__ = ["Recurrence", "survey"]

_ROWS = 4
_SEEN_ROWS = 2
_RUN = 6
"""Words in a run; shorter ones recur in any two articles on one event."""
_SENTENCE = 2 * _RUN - 1
"""Spaces in a line that is compared with those of other articles."""
_SKETCH = 32
"""Hashes kept of an article."""
_KEYS = 4
"""Hashes under which an article is looked up; articles alike in nine of ten runs share one of four all but surely."""
_ALIKE = 0.7
_TITLE_WORDS = 3
"""A title of fewer is a name or a section, which other lines may be too."""
_WORD = re.compile(r"\w+")


class Recurrence:
    """How many articles of a site have a line, and which articles repeat another; filled by `survey`."""

    def __init__(self) -> None:
        self.duplicates: dict[str, str] = {}
        """Id of an article that repeats an earlier one, and that one's id."""
        from normalize.clean.counting import Counts  # noqa: PLC0415 - numpy; `normalize --help` does not need it

        self._counts = Counts(rows=_ROWS, most=65535)
        self._seen = Counts(rows=_SEEN_ROWS, most=255)
        """Like `_counts`, of sentences, over repeated articles too."""
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
        return self.frequencies(article, [fold(line)])[0]

    def frequencies(self, article: Article, lines: Iterable[str]) -> list[int]:
        """Give the frequency of each line of an article, folded."""
        site = site_of(article)
        return self._counts.of(self._counts.cells([_key(site, line) for line in lines]))

    def is_title(self, article: Article, line: str) -> bool:
        """Whether the line is the title that another article's metadata gives."""
        return self.titles(article, [line], [fold(line)])[0]

    def titles(self, article: Article, texts: Sequence[str], lines: Sequence[str]) -> list[bool]:
        """Tell of each line whether it is the title that another article's metadata gives; `lines` are folded texts."""
        if not self._titles:
            return [False] * len(lines)
        own = fold(article.metadata.title)
        return [
            text.count(" ") >= _TITLE_WORDS - 1
            and self._titles.get(_hash("title", line), 0) > (1 if line == own else 0)
            for text, line in zip(texts, lines, strict=True)
        ]

    def add(self, article: Article) -> None:
        """Count an article's lines, unless it repeats an earlier one."""
        site = site_of(article)
        texts = [line for line in article.text.split("\n") if line]
        lines = dict(zip([" ".join(words) for words in fold_all(texts)], texts, strict=False))  # no texts, one fold: ""
        lines.pop("", None)
        cells = self._counts.cells([_key(site, line) for line in lines])
        sketch = self._own_sketch(article.text, lines, cells)
        earlier = self._earlier(sketch)
        if earlier is not None:
            self.duplicates[article.id] = self._ids[earlier]
            return
        self._remember(article.id, sketch)
        self._articles[site] += 1
        if article.metadata.title.count(" ") >= _TITLE_WORDS - 1:
            key = _hash("title", fold(article.metadata.title))
            self._titles[key] = self._titles.get(key, 0) + 1
        self._counts.add(cells)

    def _own_sketch(self, text: str, lines: Mapping[str, str], cells: Cells) -> list[int]:
        """Sketch an article's own sentences: those that fewest articles of the site had before.

        So the notices at the foot of every page do not make two short articles alike.
        """
        rows = [row for row, folded in enumerate(lines) if folded.count(" ") >= _SENTENCE]
        if not rows:
            return sorted(_sketch(text))
        seen = self._seen.of(cells[:, rows])
        self._seen.add(cells[:, rows])
        fewest = max(1, min(seen))
        texts = list(lines.values())
        own = [texts[row] for row, count in zip(rows, seen, strict=True) if count <= fewest]
        return sorted(_sketch("\n".join(own)))

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
    site = host(article.metadata.url).removeprefix("www.")
    return site or article.metadata.site or article.path.rpartition("/")[0]


def _hash(*parts: str) -> int:
    return int.from_bytes(
        hashlib.blake2b("\x00".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )


@functools.lru_cache(maxsize=1 << 14)
def _key(site: str, line: str) -> int:
    return _hash(site, line)


def _sketch(text: str) -> list[int]:
    """Give the smallest hashes of the runs of words in an article's sentences; of all its words when it has none."""
    words: list[str] = []
    sizes: list[int] = []
    for line in text[:200_000].casefold().split("\n"):
        found = _WORD.findall(line)
        if len(found) > _SENTENCE:
            words += found
            sizes.append(len(found))
    if not words:
        found = _WORD.findall(text[:20_000].casefold())
        return [_hash("run", " ".join(found))] if found else []
    from normalize.clean.counting import smallest_runs  # noqa: PLC0415 - numpy; `normalize --help` does not need it

    hashes = map(zlib.crc32, "\n".join(words).encode("utf-8", "surrogatepass").split(b"\n"))
    return smallest_runs(hashes, sizes, run=_RUN, most=_SKETCH)
