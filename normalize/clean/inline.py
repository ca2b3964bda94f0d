"""Furniture inside a paragraph: datelines with the site's name, initials at the end, "Baca juga" glued on."""

from __future__ import annotations

import dataclasses
import re

__all__ = ["AGENCIES", "Cut", "cuts", "dateline", "is_signed_off", "opens_with_place"]

_HEAD = 130
"""Code points in which a dateline ends."""
_DASH = re.compile(r"\s?(?:--+|[–—])\s?|\s-\s|(?<=\))\s?[:-]\s")
_DOMAIN = re.compile(r"(?<![\w.])[A-Za-z0-9][A-Za-z0-9\-]{1,30}(?:\.[A-Za-z0-9\-]{2,20}){0,2}\.[A-Za-z]{2,10}(?![\w.])")
AGENCIES = frozenset(
    {
        "afp",
        "reuters",
        "ap",
        "antara",
        "xinhua",
        "efe",
        "dpa",
        "ansa",
        "upi",
        "bloomberg",
        "tass",
        "kyodo",
        "yonhap",
        "anadolu",
        "aa",
        "bernama",
        "pti",
        "ani",
        "ians",
        "cnn indonesia",
        "cnbc indonesia",
        "cnn",
        "bbc",
        "agence qmi",
        "qmi",
        "belga",
        "ats",
        "keystone-ats",
        "la presse canadienne",
        "presse canadienne",
        "pc",
        "aps",
        "map",
        "lusa",
        "ritzau",
        "ntb",
        "tt",
        "interfax",
        "ria novosti",
        "irna",
        "vna",
        "bna",
        "apa",
        "sda",
        "epd",
        "kna",
        "sid",
        "relaxnews",
        "afp relaxnews",
        "the associated press",
        "associated press",
    }
)
_BRACKET = re.compile(r"\(([^()]{2,40})\)")
_BETWEEN = re.compile(r"[,/|;:]")
_PLACE_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'.\-]*|de|del|du|la|le|les|el|al|di|da|sur|en|of|the")
_DATE_WORD = re.compile(r"\(?\d{1,2}(?:er)?(?:[/.]\d{1,2}(?:[/.]\d{2,4})?)?\)?|\d{4}")
_PLACE_DASH = re.compile(r"[A-ZÀ-Þ][\w.’'\-]+(?:\s[A-ZÀ-Þ][\w.’'\-]+){0,2}\s(?:-|--|–|—)\s[A-ZÀ-Þ\"“«]")
_INITIALS = re.compile(
    r"(?<=[.!?…\"”’'»)])\s*[(\[](?P<mark>[a-z]{2,4}|[A-Za-z]{2,10}(?:\s?[/\-]\s?[A-Za-z]{2,12}){1,3}|"
    r"[A-Z]{2,4}|[A-Z][a-z]{2,12})[)\]]\.?$"
)
_INITIALS_BARE = re.compile(r"(?<=[.!?…\"”»)])\s*\*{2,3}\)?$|(?<=[.!?\"”»])\s*(?:\*{3}|■|●|◼|□)$")
_READ_ALSO = re.compile(
    r"(?:(?<=[.!?…\"”»)\]])\s*|^)(?P<lead>[\[(*>»\-–—•]*\s?(?:baca juga|baca pula|lihat juga|simak juga|tonton juga|"
    r"baca selengkapnya|lire aussi|"
    r"à lire aussi|a lire aussi|lire également|à lire également|voir aussi|read also|also read|read more|"
    r"see also|lea también|"
    r"lee también|leia também|leia mais|veja também|leggi anche|lesen sie auch|lees ook)"
    r"\s?[:：|»>\-–—]\s?)(?P<rest>[^\n]{0,240})$",
    re.IGNORECASE,
)
_READ_ALSO_WORDS = (
    "juga",
    "pula",
    "selengkapnya",
    "aussi",
    "également",
    "also",
    "more",
    "también",
    "também",
    "mais",
    "anche",
    "auch",
    "ook",
)
_INNER_END = re.compile(r"[.!?][\"”»)]?\s+\S")
_VIDEO_MARK = re.compile(
    r"\s*\[(?:gambas|video|embed|foto|photo|image|caption|gallery|advertisement|iklan)[^\[\]]{0,80}\]\s*", re.IGNORECASE
)
_ADVERT = re.compile(
    r"\s*\b(?:ADVERTISEMENT\s+)?SCROLL TO CONTINUE WITH CONTENT\b\s*|^ADVERTISEMENT\s+(?=[A-Z])|\s+ADVERTISEMENT$"
)
_OPENERS = "\"“«„‘'([¿¡"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A part of a paragraph to take out, and what it says."""

    start: int
    end: int
    rule: str
    evidence: str
    after: str = ""
    """What stands in its place: nothing, or one space between two sentences."""
    place: str = ""
    site: str = ""
    agency: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The place and source before the first sentence."""

    end: int
    place: str
    site: str
    agency: str


def dateline(text: str) -> Dateline | None:
    """Find a dateline: capitalised places, a site's or an agency's name, a date, then a dash and a capital.

    >>> found = dateline("JAKARTA, HARIAN.com - Harga beras naik lagi.")
    >>> found.place, found.site, found.end
    ('JAKARTA', 'HARIAN.com', 22)
    >>> dateline("PARIS (AFP) - Le ministre part.").agency, dateline("Harga naik - Dia pergi ke pasar.")
    ('AFP', None)
    """
    head = text[:_HEAD]
    dash = _DASH.search(head)
    if dash is None or dash.start() == 0:
        return None
    following = text[dash.end() : dash.end() + 2].lstrip(_OPENERS)
    if not following or not (following[0].isupper() or following[0].isdigit() or text[dash.end()] in _OPENERS):
        return None
    return _parse_head(head[: dash.start()], dash.group(), dash.end())


def opens_with_place(text: str) -> bool:
    """Whether a paragraph begins with a dateline, or with one to three capitalised words and a dash, as news does.

    >>> opens_with_place("Jakarta - Harga beras naik."), opens_with_place("Harga beras naik.")
    (True, False)
    """
    return dateline(text) is not None or _PLACE_DASH.match(text) is not None


def is_signed_off(text: str) -> bool:
    """Whether a paragraph ends with the desk's initials, as the last one of an article does.

    >>> is_signed_off("Gudang dibuka lagi. (abc/def)")
    True
    """
    match = _initials(text)
    return match is not None and "/" in match["mark"]


def _initials(text: str) -> re.Match[str] | None:
    """Find the desk's initials at the end of a paragraph; most have no bracket there, and are not searched."""
    end = text[-3:]
    return _INITIALS.search(text, max(0, len(text) - 60)) if ")" in end or "]" in end else None


def _parse_head(prefix: str, dash: str, end: int) -> Dateline | None:
    """Give the dateline when every part of `prefix` is a place, a source or a date."""
    site = agency = ""
    domain = _DOMAIN.search(prefix)
    if domain is not None:
        site = domain.group()
        prefix = prefix[: domain.start()] + "," + prefix[domain.end() :]
    bracket = _BRACKET.search(prefix)
    if bracket is not None:
        inner = bracket.group(1).strip()
        if inner.lower() in AGENCIES or (inner.isupper() and len(inner) <= 8):
            agency = inner
        elif not _DATE_WORD.fullmatch(inner):
            return None
        prefix = prefix[: bracket.start()] + "," + prefix[bracket.end() :]
    place, owner, named = _places(prefix, dash)
    if place is None:
        return None
    agency = agency or named
    site = site or owner
    known = bool(site or agency) or (place.isupper() and len(place) > 2)
    return Dateline(end=end, place=place, site=site, agency=agency) if known else None


def _places(prefix: str, dash: str) -> tuple[str | None, str, str]:
    """Give place, site and agency named by the parts of `prefix`; place None when a part is none of them."""
    places: list[str] = []
    site = agency = ""
    for bare in filter(str.strip, (part.strip(" .-") for part in _BETWEEN.split(prefix))):
        # The second name after a place in capitals is the site's: "SURABAYA, Harian Contoh -".
        second = bool(places) and places[0].isupper() and not bare.isupper() and _is_place(bare)
        if bare.lower() in AGENCIES:
            agency = bare
        elif not site and (second or (not places and _is_brand(bare, dash))):
            site = bare
        elif _is_place(bare):
            places.append(bare)
        elif not _is_date(bare):
            return None, "", ""
    return (places[0] if places else "") if len(places) <= 2 else None, site, agency


def _is_date(bare: str) -> bool:
    """Whether some words are numbers and the others short, as "May 3" or "20 novembre"."""
    words = bare.split()
    numbers = [word for word in words if _DATE_WORD.fullmatch(word)]
    return bool(numbers) and all(word in numbers or word[0].isupper() or len(word) <= 9 for word in words)


def _is_brand(bare: str, dash: str) -> bool:
    """Whether one word before a long dash is a site's name in small letters or mixed ("jfid –")."""
    return (
        bare.isalnum()
        and (bare.islower() or (bare[1:].lower() != bare[1:] and not bare.isupper()))
        and len(bare) >= 3
        and dash.strip() != "-"
    )


def _is_place(bare: str) -> bool:
    words = bare.split()
    return len(words) <= 4 and words[0][:1].isupper() and all(_PLACE_WORD.fullmatch(word) for word in words)


def cuts(text: str, *, lead: bool, closing: bool) -> list[Cut]:
    """Give what to take out of a kept paragraph, in order and without overlap.

    `lead` says that the paragraph is among the first of the body, `closing` that it is among the last.
    """
    found: list[Cut] = []
    if lead:
        head = dateline(text)
        if head is not None and (head.site or head.agency):
            found.append(
                Cut(
                    start=0,
                    end=head.end,
                    rule="dateline",
                    evidence=head.site or head.agency,
                    place=head.place,
                    site=head.site,
                    agency=head.agency,
                )
            )
    found.extend(_marks(text))
    found.extend(_tail(text, closing=closing))
    found.sort(key=lambda cut: (cut.start, -cut.end))
    kept: list[Cut] = []
    for cut in found:
        if cut.end > cut.start and (not kept or cut.start >= kept[-1].end):
            kept.append(cut)
    whole = sum(cut.end - cut.start for cut in kept)
    return kept if whole < len(text) - 3 else []


def _marks(text: str) -> list[Cut]:
    """Find marks of embedded videos and advertisements."""
    found = []
    for pattern, rule in ((_VIDEO_MARK, "embed-mark"), (_ADVERT, "advert-mark")):
        if (pattern is _VIDEO_MARK and "[" not in text) or (
            pattern is _ADVERT and "ADVERTISEMENT" not in text and "SCROLL" not in text
        ):
            continue
        for match in pattern.finditer(text):
            between = match.start() > 0 and match.end() < len(text)
            found.append(
                Cut(
                    start=match.start(),
                    end=match.end(),
                    rule=rule,
                    evidence=match.group().strip(),
                    after=" " if between else "",
                )
            )
    return found


def _tail(text: str, *, closing: bool) -> list[Cut]:
    """Find what is glued to the end: "Baca juga: …", initials of the desk."""
    found = []
    low = text[-280:].lower()
    if any(word in low for word in _READ_ALSO_WORDS):
        match = _READ_ALSO.search(text, max(0, len(text) - 280))
        if (
            match is not None
            and match.start() > 0
            and len(match["rest"].split()) <= 25
            and not _INNER_END.search(match["rest"])
        ):
            found.append(Cut(start=match.start(), end=len(text), rule="also-read-tail", evidence=match["lead"].strip()))
    match = _initials(text)
    if match is not None:
        mark = match["mark"]
        agency = mark if mark.lower() in AGENCIES else ""
        if "/" in mark or mark.islower() or agency or (closing and not mark.isupper()):
            found.append(
                Cut(start=match.start(), end=len(text), rule="initials-tail", evidence=f"({mark})", agency=agency)
            )
    elif closing and (bare := _INITIALS_BARE.search(text, max(0, len(text) - 8))):
        found.append(Cut(start=bare.start(), end=len(text), rule="initials-tail", evidence=bare.group().strip()))
    return found
