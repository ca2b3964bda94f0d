"""Metadata out of the lines that leave the text: names, dates, place, caption, tags."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from normalize.clean.dates import find_date
from normalize.clean.features import Page
from normalize.clean.inline import AGENCIES, Cut, dateline
from normalize.clean.record import Verdict
from normalize.clean.shapes import is_name, match_byline
from normalize.corpus import Metadata

__all__ = ["lift"]

_EDITOR = frozenset({"editor", "redaktur", "penyunting", "edited by", "editors"})
_SOURCE = frozenset({"sumber", "source", "quelle", "fonte", "fuente"})
_UPDATED = re.compile(
    r"mis à jour|modifié|updated|update|diperbarui|aktualisiert|atualizado|aggiornato|modified|dimutakhirkan",
    re.IGNORECASE,
)
_CREDIT_START = re.compile(
    r"^\W*(?:foto|photo|image|gambar|crédits?|credits?|ilustrasi|sumber foto)\s*[:/]\s*", re.IGNORECASE
)
_WITH_AGENCY = re.compile(r"\b(?:avec|with|dan|et|and)\s(?:l[’']|the\s)?([A-Z][\w\-]+)$")
_EDITED_BY = re.compile(r"(?:^|[;(.]\s?)Edit(?:ing|ed) by\s((?:[A-ZÀ-Þ][\w.’'\-]*\s?){1,4})")
_TAG_LABEL = re.compile(
    r"^\W*(?:tags?|topik|topics?|mots[- ]cl[ée]s|sujets|keywords|kata kunci|thèmes|labels?)\s*:\s*", re.IGNORECASE
)
_OWNER = re.compile(
    r"(?:©|\(c\)|[Cc]opyright)\s*(?:©\s*)?(?:\d{4}\s*(?:[-–]\s*\d{4})?)?\s*(?P<name>[A-ZÀ-Þ][^.,|•]{2,40})"
)
_HASHTAG = re.compile(r"#(\w[\w.\-]*)")
_BEFORE, _AFTER = 14, 10
"""Paragraphs before the title and after the body that are still about this article."""


def lift(page: Page, verdicts: Sequence[Verdict], titles: Sequence[int], cuts: Mapping[int, Sequence[Cut]]) -> Metadata:
    """Gather what the dropped lines around the title and the body say, and what the cut datelines say."""
    kept = [row for row, verdict in enumerate(verdicts) if verdict.keep and row not in titles]
    first = kept[0] if kept else 0
    last = kept[-1] if kept else len(verdicts) - 1
    title = titles[0] if titles else max(0, first - 6)
    head = [row for row in range(title, first) if not verdicts[row].keep]
    inner = [
        row
        for row in range(first, last)
        if not verdicts[row].keep and verdicts[row].rule in {"byline", "date", "byline-label", "date-label"}
    ]
    foot = [row for row in range(last + 1, min(last + 1 + _AFTER, len(verdicts))) if not verdicts[row].keep]
    above = [row for row in range(max(0, title - _BEFORE), title) if not verdicts[row].keep]
    rows = [*head, *inner, *foot]
    people = _people(page, rows, head)
    published, updated = _dates(page, [*head, *inner, *above[-5:], *foot])
    place, site, agency = _sources(page, kept, cuts)
    return Metadata(
        title=page.paragraphs[titles[0]].text if titles else "",
        author=people["author"],
        editor=people["editor"],
        agency=people["agency"] or agency,
        published=published,
        updated=updated,
        place=place or _place(page, head, first),
        site=site or _site(page, verdicts, foot),
        caption=_caption(page, verdicts, [*head, *inner]),
        tags=_tags(page, verdicts, last),
    )


def _people(page: Page, rows: Sequence[int], head: Sequence[int]) -> dict[str, str]:
    found = {"author": "", "editor": "", "agency": ""}
    for row in rows:
        for label, name in _named(page, row, rows, in_head=row in head):
            field = (
                "editor" if label in _EDITOR else "agency" if label in _SOURCE or name.lower() in AGENCIES else "author"
            )
            found[field] = found[field] or _WITH_AGENCY.sub("", name).strip(" ,")
        edited = _EDITED_BY.search(page.paragraphs[row].text)
        if edited is not None and page.readings[row].words <= 40:
            found["editor"] = found["editor"] or edited[1].strip(" .")
        with_agency = _WITH_AGENCY.search(page.paragraphs[row].text)
        if with_agency is not None and with_agency[1].lower() in AGENCIES and page.readings[row].words <= 12:
            found["agency"] = found["agency"] or with_agency[1]
    return found


def _named(page: Page, row: int, rows: Sequence[int], *, in_head: bool) -> list[tuple[str, str]]:
    """Give the labels and names of a line; a label alone takes the name on the next line."""
    reading, text = page.readings[row], page.paragraphs[row].text
    if reading.byline is not None and reading.byline[1]:
        return [part for part in map(match_byline, text.split(" | ")) if part is not None]
    label = reading.byline[0] if reading.byline is not None else ""
    if not label and reading.hit is not None and reading.hit.rule == "byline-label":
        label = reading.folded.strip(" :")
    following = page.paragraphs[row + 1].text if row + 1 in rows else ""
    if label:
        return [(label, following)] if is_name(following) and page.readings[row + 1].hit is None else []
    # "Ann Lee - Daily Example": the desk stands after the name.
    name = text.partition(" - ")[0].partition(" – ")[0]
    words = len(name.split())
    plain = 2 <= words <= 4 and is_name(name) and not name.isupper() and len(text.split()) <= words + 4
    return [("", name)] if in_head and plain and reading.hit is None and not reading.shape else []


def _dates(page: Page, rows: Sequence[int]) -> tuple[str, str]:
    published = updated = ""
    for row in rows:
        text = page.paragraphs[row].text
        if page.readings[row].date < 0.3 and not (page.readings[row].byline and any(map(str.isdigit, text))):
            continue
        one, two = find_date(text)
        if not one:
            continue
        mark = _UPDATED.search(text)
        if mark is not None and not two and mark.start() < 12:
            updated = updated or one
        else:
            published, updated = published or one, updated or (two if mark else "")
    return published, updated


def _place(page: Page, head: Sequence[int], first: int) -> str:
    """Give the single capitalised word or the upper-case words standing alone right before the body."""
    row = first - 1
    if row not in head:
        return ""
    reading, text = page.readings[row], page.paragraphs[row].text.strip(" ,-–—.")
    if (
        reading.hit is not None
        or reading.byline
        or reading.shape not in {"", "mark"}
        or not is_name(text)
        or len(text) < 3
    ):
        return ""
    return text if " " not in text or (text.isupper() and reading.words <= 3) else ""


def _sources(page: Page, kept: Sequence[int], cuts: Mapping[int, Sequence[Cut]]) -> tuple[str, str, str]:
    place = site = agency = ""
    for row in sorted(cuts):
        for part in cuts[row]:
            place, site, agency = place or part.place, site or part.site, agency or part.agency
    for row in kept[:3]:
        found = dateline(page.paragraphs[row].text)
        if found is not None:
            place, agency = place or found.place, agency or found.agency
            break
    return place, site, agency


def _site(page: Page, verdicts: Sequence[Verdict], foot: Sequence[int]) -> str:
    """Give the name in the copyright line below the article, or on the page's first line above a breadcrumb."""
    for row in foot:
        owner = _OWNER.search(page.paragraphs[row].text)
        if owner is not None:
            return owner["name"].strip()
    top = page.paragraphs[0].text if page.paragraphs else ""
    named = (
        len(verdicts) > 1 and not verdicts[0].keep and verdicts[1].rule == "breadcrumb" and page.readings[0].hit is None
    )
    return top if named and 2 <= page.readings[0].words <= 5 and not page.readings[0].shape else ""


def _caption(page: Page, verdicts: Sequence[Verdict], rows: Sequence[int]) -> str:
    """Give the first caption, with the credit line next to it."""
    for row in rows:
        if verdicts[row].rule != "caption":
            continue
        text = page.paragraphs[row].text
        before = row - 1
        if before >= 0 and verdicts[before].rule == "credit":
            text = f"{text} ({page.paragraphs[before].text.strip('() ')})"
        return text
    return next((page.paragraphs[row].text for row in rows if verdicts[row].rule == "credit"), "")


def _tags(page: Page, verdicts: Sequence[Verdict], last: int) -> tuple[str, ...]:
    tags: list[str] = []
    rows = range(last + 1, min(last + 1 + 3 * _AFTER, len(verdicts)))
    for row in rows:
        text, reading = page.paragraphs[row].text, page.readings[row]
        if reading.shape == "hashtags":
            tags.extend(_HASHTAG.findall(text))
        elif reading.hit is not None and reading.hit.rule == "tags":
            rest = _TAG_LABEL.sub("", text).replace("#", ",")
            if reading.hit.mode == "start":
                tags.extend(part.strip(" #.") for part in re.split(r"[,;|•]", rest))
            else:
                tags.extend(_listed(page, row + 1))
        if tags:
            break
    return tuple(dict.fromkeys(tag for tag in tags if tag))[:30]


def _listed(page: Page, row: int) -> list[str]:
    """Give the short lines that follow a label such as "Tags", until one is a phrase or long."""
    found: list[str] = []
    while row < len(page.readings) and len(found) < 12:
        reading = page.readings[row]
        if reading.words > 4 or reading.hit is not None or reading.terminal or reading.shape not in {"", "hashtags"}:
            break
        found.append(page.paragraphs[row].text.strip("# "))
        row += 1
    return found
