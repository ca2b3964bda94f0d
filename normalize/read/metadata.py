"""What a page says about its article: JSON-LD, OpenGraph and other meta elements, then trafilatura's reading."""

from __future__ import annotations

import copy
import dataclasses
import html
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from normalize.corpus import Block, Metadata, host
from normalize.errors import UsageError
from normalize.language import canonical
from normalize.read.dates import iso_date
from normalize.read.votes import FAILURES, has_size_of_article, hush

__all__ = ["claimed_language", "page_metadata", "site_of"]

_ARTICLE_TYPES = frozenset(
    [
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
        "BackgroundNewsArticle", "BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "ReviewNewsArticle", "Report",
        "TechArticle",
    ]
)
"""schema.org types of a page that is an article."""

_LONGEST_JSON = 1_000_000
_MOST_NODES = 2_000

_META = {
    "title": ("og:title", "twitter:title"),
    "subtitle": ("og:description", "description", "twitter:description"),
    "author": ("author", "article:author", "dc.creator", "sailthru.author"),
    "editor": ("editor",),
    "published": ("article:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date"),
    "updated": ("article:modified_time", "og:updated_time", "datemodified", "last-modified"),
    "site": ("og:site_name", "application-name"),
    "language": ("og:locale", "content-language", "language"),
}
"""Names of meta elements for each field, best first."""

_ASIDE = ("aside", "footer", "nav", "related")

_log = logging.getLogger(__name__)


def page_metadata(tree: Any, lines: Sequence[str], blocks: Sequence[Block]) -> Metadata:  # noqa: ANN401 - lxml has no types
    """Read the metadata of a page whose text is `lines`."""
    meta = _meta_elements(tree)
    found = _from_json(tree).merged(_from_meta(tree, meta))
    # Looking through the markup takes as long as extracting the text; most pages say all of it in their head.
    lacking = not (found.title and found.author and found.published and found.site)
    if lacking and has_size_of_article(lines):
        found = found.merged(_from_trafilatura(tree))
    headings = [line for line, block in zip(lines, blocks, strict=True) if block.tag == "h1"]
    caption = next(
        (line for line, block in zip(lines, blocks, strict=True)
         if block.tag == "figcaption" and not any(word in block.path for word in _ASIDE)), "",
    )  # fmt: skip
    title = _title(found.title, headings)
    subtitle = "" if found.subtitle == title else found.subtitle
    return dataclasses.replace(
        found, title=title, subtitle=subtitle, caption=caption, site=found.site or site_of(found.url)
    )


def _title(title: str, headings: Sequence[str]) -> str:
    """Prefer the page's own heading to a title that is the same but for the site's name around it."""
    for heading in headings:
        if heading and heading.casefold() in title.casefold() and len(heading) * 3 >= len(title):
            return heading
    return title or (headings[0] if len(headings) == 1 else "")


def site_of(url: str) -> str:
    """Give the host of an address without `www.`, or nothing.

    >>> site_of("https://www.Contoh.id/a"), site_of("//["), site_of("")
    ('contoh.id', '', '')
    """
    return host(url).removeprefix("www.")


def claimed_language(tag: str) -> str:
    """Give the canonical form of the language a page claims, or nothing when that is no language tag."""
    try:
        return canonical(tag.partition(",")[0]) if tag.strip() else ""
    except UsageError:
        return ""


def _line(value: object) -> str:
    """Give a value as one line of text, entities resolved (JSON-LD is full of them); what is no text is nothing."""
    return " ".join(html.unescape(value[:2_000]).split())[:1_000] if isinstance(value, str) else ""


def _meta_elements(tree: Any) -> dict[str, str]:  # noqa: ANN401 - lxml has no types
    """Map the lower-case names of meta elements to their first content."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = _line(element.get("content"))
        if name and content:
            meta.setdefault(name.strip().lower(), content)
    return meta


def _from_meta(tree: Any, meta: Mapping[str, str]) -> Metadata:  # noqa: ANN401 - lxml has no types
    values = {field: next((meta[name] for name in names if name in meta), "") for field, names in _META.items()}
    canonical_link = next((_line(link.get("href")) for link in tree.iter("link")
                           if "canonical" in (link.get("rel") or "").lower().split()), "")  # fmt: skip
    tags = [_line(element.get("content")) for element in tree.iter("meta") if element.get("property") == "article:tag"]
    tags = tags or meta.get("news_keywords", meta.get("keywords", "")).split(",")
    author = values["author"]
    return Metadata(
        title=values["title"],
        subtitle=values["subtitle"],
        author="" if "://" in author else author,
        editor=values["editor"],
        published=iso_date(values["published"]),
        updated=iso_date(values["updated"]),
        site=values["site"],
        url=canonical_link if "://" in canonical_link else meta.get("og:url", ""),
        language=claimed_language(tree.get("lang") or "") or claimed_language(values["language"]),
        tags=_distinct(tags),
    )


def _distinct(tags: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))


def _from_json(tree: Any) -> Metadata:  # noqa: ANN401 - lxml has no types
    """Read the first article among the page's JSON-LD."""
    for script in tree.iter("script"):
        text = script.text or ""
        if (script.get("type") or "").strip().lower() != "application/ld+json" or len(text) > _LONGEST_JSON:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(value):
            types = node.get("@type")
            if not _ARTICLE_TYPES.isdisjoint([types] if isinstance(types, str) else _texts(types)):
                return _from_node(node)
    return Metadata()


def _nodes(value: object) -> Iterator[Mapping[str, object]]:
    """Give the objects in a JSON value, the outer ones first."""
    waiting = [value]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, dict):
            yield node
            waiting.extend(node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node)
        elif isinstance(node, list):
            waiting.extend(node)


def _from_node(node: Mapping[str, object]) -> Metadata:
    keywords = node.get("keywords")
    tags = keywords.split(",") if isinstance(keywords, str) else _texts(keywords)
    return Metadata(
        title=_line(node.get("headline")),
        subtitle=_line(node.get("description")),
        author=_named(node.get("author")),
        editor=_named(node.get("editor")),
        published=iso_date(_line(node.get("datePublished"))),
        updated=iso_date(_line(node.get("dateModified"))),
        site=_named(node.get("publisher")),
        url=_line(node.get("url")) if "://" in _line(node.get("url")) else "",
        language=claimed_language(_line(node.get("inLanguage"))),
        tags=_distinct(tags),
    )


def _texts(value: object) -> list[str]:
    return [_line(item) for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _named(value: object) -> str:
    """Give the names in a schema.org person or organization, or a list of them."""
    values = value if isinstance(value, list) else [value]
    names = [_line(item.get("name")) if isinstance(item, dict) else _line(item) for item in values]
    return ", ".join(dict.fromkeys(name for name in names if name and "://" not in name))


def _from_trafilatura(tree: Any) -> Metadata:  # noqa: ANN401 - lxml has no types
    """Read what trafilatura finds, in the markup too; nothing where it fails."""
    from trafilatura import extract_metadata  # noqa: PLC0415 - half a second to import

    hush()
    try:
        found = extract_metadata(copy.deepcopy(tree))
    except FAILURES as error:
        _log.debug("trafilatura's metadata failed: %r", error)
        return Metadata()
    return Metadata(
        title=_line(found.title),
        subtitle=_line(found.description),
        author=_line(found.author).replace("; ", ", "),
        published=iso_date(_line(found.date)),
        site=_line(found.sitename),
        url=_line(found.url),
        tags=_distinct(_texts(found.tags)),
    )
