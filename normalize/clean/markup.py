"""Measure what the markup says of each line of an HTML article: further columns for the line classifier."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from normalize.clean.lines import Paragraph
from normalize.corpus import Block

__all__ = ["MARKUP", "blocks_of", "kin", "measure", "parts"]

Matrix = npt.NDArray[np.float32]
Logits = npt.NDArray[np.float32]
Words = npt.NDArray[np.float64]

_EXTRACTORS = ("readability", "trafilatura", "trafilatura-recall")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SUBHEADS = _HEADINGS - {"h1"}
_FURNITURE = re.compile(
    r"nav|menu|footer|header|sidebar|side-|aside|related|recommend|comment|share|social|promo|advert|\bads?\b|widget|breadcrumb|newsletter|"
    r"subscri|popular|trending|most-|teaser|outbrain|taboola|cookie|consent|banner|modal|login|search|pagination|toolbar|terkait|lainnya",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"article|content|body|story|entry|post|text|detail|read|main|isi|artikel|corps|texte", re.IGNORECASE
)
_CAPTION = re.compile(r"caption|figure|credit|legend|photo|image|img|foto|media", re.IGNORECASE)
_META = re.compile(r"byline|author|date|time|meta|signature|publish|tag|auteur|penulis|editor", re.IGNORECASE)
_OWN = (
    "votes",
    *_EXTRACTORS,
    "links",
    "heading",
    "h1",
    "p",
    "li",
    "quote",
    "cell",
    "figcaption",
    "div",
    "furniture",
    "body",
    "caption",
    "meta",
    "depth",
    "inner_furniture",
    "inner_body",
    "same_path",
    "path_words",
)
_AROUND = ("votes", "links", "p", "heading")
MARKUP = (
    *_OWN,
    "path_votes",
    "leaf_votes",
    "path_voted",
    "votes_window",
    "votes_wide",
    "links_window",
    *(f"b_{name}{offset:+d}" for offset in (-2, -1, 1, 2) for name in _AROUND),
)
"""The columns `measure` gives."""


def blocks_of(parts: Sequence[Paragraph], blocks: Sequence[Block], lines: int) -> list[Block] | None:
    """Give the block of each paragraph; None when the blocks are not one for each of the text's `lines` lines."""
    if not blocks or len(blocks) != lines:
        return None
    return [blocks[part.line] for part in parts]


def measure(blocks: Sequence[Block], words: Sequence[int]) -> Matrix:
    """Give a row for each block; `words` are its words.

    The words under one path say whether it is the body's: a site's paragraphs stand side by side.
    """
    under: dict[str, int] = {}
    rows: dict[str, int] = {}
    for block, count in zip(blocks, words, strict=True):
        under[block.path] = under.get(block.path, 0) + count
        rows[block.path] = rows.get(block.path, 0) + 1
    total = max(1, sum(words))
    own = np.array([_row(block, rows[block.path], under[block.path] / total) for block in blocks], dtype=np.float32)
    own = own.reshape(len(blocks), len(_OWN))
    votes, links = own[:, 0], own[:, _OWN.index("links")]
    shared = _shared(blocks, np.asarray(words, dtype=np.float64), votes)
    windows = np.stack([*shared, _window(votes, 2), _window(votes, 6), _window(links, 3)], axis=1)
    around = own[:, [_OWN.index(name) for name in _AROUND]]
    padded = np.pad(around, ((2, 2), (0, 0)), constant_values=-1.0)
    shifted = [padded[2 + offset : 2 + offset + len(own)] for offset in (-2, -1, 1, 2)]
    return np.concatenate([own, windows, *shifted], axis=1)


def kin(blocks: Sequence[Block], words: Sequence[int], logits: Logits) -> list[bool]:
    """Tell which blocks stand where the body does: under the path that has most words of the likely text.

    None does when that path is not most of it, or has as much of the unlikely.
    """
    likely: dict[str, int] = {}
    unlikely: dict[str, int] = {}
    for block, count, logit in zip(blocks, words, logits, strict=True):
        side = likely if logit > 0 else unlikely
        side[block.path] = side.get(block.path, 0) + count
    path = max(sorted(likely), key=lambda name: likely[name], default="")
    sure = 2 * likely.get(path, 0) > sum(likely.values()) and unlikely.get(path, 0) < likely.get(path, 0)
    return [sure and block.path == path for block in blocks]


@functools.lru_cache(maxsize=1 << 12)
def _names(path: str) -> tuple[bool, bool, bool, bool, int, bool, bool]:
    """Tell what the names in a path say. A page has few paths, and a site's pages have the same."""
    inner = path[-70:]
    return (
        _FURNITURE.search(path) is not None,
        _BODY.search(path) is not None,
        _CAPTION.search(inner) is not None,
        _META.search(inner) is not None,
        path.count(">"),
        _FURNITURE.search(inner) is not None,
        _BODY.search(inner) is not None,
    )


def _row(block: Block, rows: int, share: float) -> tuple[float, ...]:
    tag = block.tag
    return (
        len(block.votes),
        *(name in block.votes for name in _EXTRACTORS),
        block.link_density,
        tag in _HEADINGS,
        tag == "h1",
        tag == "p",
        tag == "li",
        tag in {"blockquote", "q"},
        tag in {"td", "th", "dd", "dt"},
        tag == "figcaption",
        tag == "div",
        *_names(block.path),
        min(rows, 30),
        share,
    )


def _shared(blocks: Sequence[Block], words: Words, votes: Logits) -> tuple[Logits, Logits, Logits]:
    """Give what the extractors think of the lines beside each: mean votes of the words of the other lines under its
    path, the same under its innermost element's name, and the share that its path has of all words voted for.

    An extractor that leaves out one paragraph of many alike is likelier wrong than a site that mixes them.
    """  # noqa: D205 - one sentence
    voted = words * votes
    total = max(1.0, float(voted.sum()))
    columns = []
    for keys in ([block.path for block in blocks], [block.path.rpartition(">")[2] for block in blocks]):
        numbers: dict[str, int] = {}
        place = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
        sums = np.bincount(place, weights=voted)[place], np.bincount(place, weights=words)[place]
        others = (sums[0] - voted) / np.maximum(sums[1] - words, 1.0)
        columns += [others.astype(np.float32), (sums[0] / total).astype(np.float32)]
    return columns[0], columns[2], columns[1]


def _window(values: npt.NDArray[np.float32], reach: int) -> npt.NDArray[np.float32]:
    """Give the mean over the rows at most `reach` away."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    index = np.arange(len(values))
    low, high = np.maximum(index - reach, 0), np.minimum(index + reach + 1, len(values))
    return np.asarray((sums[high] - sums[low]) / (high - low), dtype=np.float32)


def parts(blocks: Sequence[Block]) -> list[bool]:
    """Tell of each block whether it is a sub-head or stands in a quotation."""
    return [block.tag in _SUBHEADS or block.tag == "blockquote" or "blockquote" in block.path for block in blocks]
