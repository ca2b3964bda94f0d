"""Whether translations made elsewhere keep a glossary's terms."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Sequence

from normalize.corpus import Article, Metadata, Segment, Span
from normalize.enforce.plan import plan
from normalize.formats.bitext import Pair
from normalize.glossary import Glossary
from normalize.glossary.wants import standing

__all__ = ["Conformance", "Lapse", "conformance"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """A term that a translation lacks, once or more."""

    line: int
    term: str
    target: str
    missing: int
    source_text: str
    target_text: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Conformance:
    """Counts by (source, target) of each term, as (expected, kept), and each lapse."""

    terms: dict[tuple[str, str], tuple[int, int]]
    lapses: tuple[Lapse, ...]

    @property
    def expected(self) -> int:
        """How many occurrences the sources ask for."""
        return sum(expected for expected, _ in self.terms.values())

    @property
    def kept(self) -> int:
        """How many of them the targets have."""
        return sum(kept for _, kept in self.terms.values())


def conformance(  # noqa: PLR0913 - each may decide whether a row counts
    pairs: Sequence[Pair], glossary: Glossary, *, source: str = "", target: str = "en", path: str = "-", site: str = ""
) -> Conformance:
    r"""Count a glossary's terms in translations; a target counts in the forms that enforcement accepts.

    `source` and `target` are the languages of pairs that name none. The pairs are one document: a row's context may
    stand in any of them, and a row's scope may name its `path` or `site`.

    >>> glossary = Glossary.parse(b"source,target\nperusahaan rintisan,startup\n")
    >>> pairs = [Pair(1, "Perusahaan rintisan itu tutup.", "Startups close."), Pair(2, "Perusahaan rintisan.", "Firm.")]
    >>> found = conformance(pairs, glossary, source="id")
    >>> found.expected, found.kept, found.lapses[0].line
    (2, 1, 2)
    """
    text = "\n".join(pair.source for pair in pairs)
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    article = Article(
        id="pairs", path=path, raw=text, text=text, sha256=digest, metadata=Metadata(site=site)
    )
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    lapses: list[Lapse] = []
    for tag, group in _by_target(pairs, target):
        segments = [_segment(pair, source) for pair in group]
        for pair, planned in zip(group, plan(segments, glossary, article, target=tag), strict=True):
            wanted = planned.wanted
            for want, kept in zip(wanted, standing(pair.target, wanted).counts, strict=True):
                numbers = sorted(want.occurrences)
                for place, number in enumerate(numbers):
                    term = planned.matches[number].term
                    expected, had = counts.get((term.source, term.target), (0, 0))
                    counts[term.source, term.target] = (expected + 1, had + (place < kept))
                if kept < len(numbers):
                    term = planned.matches[numbers[kept]].term
                    lapses.append(Lapse(
                        line=pair.line, term=term.source, target=term.target, missing=len(numbers) - kept,
                        source_text=pair.source, target_text=pair.target,
                    ))  # fmt: skip
    ordered = sorted(lapses, key=lambda lapse: (lapse.line, lapse.term))
    return Conformance(terms=dict(sorted(counts.items())), lapses=tuple(ordered))


def _by_target(pairs: Iterable[Pair], target: str) -> list[tuple[str, list[Pair]]]:
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(pair.target_language or target, []).append(pair)
    return sorted(groups.items())


def _segment(pair: Pair, language: str) -> Segment:
    return Segment(
        id=str(pair.line), article="pairs", paragraph=0, span=Span(start=0, end=len(pair.source)), source=pair.source,
        language=pair.source_language or language,
    )  # fmt: skip
