"""Dates as pages and records write them → ISO 8601; what is no date is nothing."""

from __future__ import annotations

import datetime as dt
import email.utils

import regex

__all__ = ["iso_date"]

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan januari janvier janv", "february feb februari février fevrier févr", "march mar maret mars",
            "april apr avril avr", "may mei mai", "june jun juni juin", "july jul juli juillet juil",
            "august aug agustus agu agt août aout", "september sep sept septembre", "october oct oktober okt octobre",
            "november nov novembre", "december dec desember des décembre decembre déc",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip

_DAY_FIRST = regex.compile(r"\b(\d{1,2})(?:er|st|nd|rd|th)?\.?\s+(?:de\s+)?(\p{L}{3,9})\.?,?\s+((?:19|20)\d\d)\b")
_MONTH_FIRST = regex.compile(r"\b(\p{L}{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b")
_ISO = regex.compile(
    r"((?:19|20)\d\d)[-/](\d\d?)[-/](\d\d?)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
_EPOCH = regex.compile(r"1\d{9}(?:\d{3})?")
_LONGEST = 100


def iso_date(text: str) -> str:
    """Give the first date in `text` in ISO 8601, with the time where it is plain; nothing where there is none.

    >>> iso_date("2024-05-17T10:00:00.000+0700"), iso_date("Jumat, 17 Mei 2024 | 09:12 WIB"), iso_date("1er août 2023")
    ('2024-05-17T10:00:00+07:00', '2024-05-17', '2023-08-01')
    >>> iso_date("Fri, 17 May 2024 10:00:00 GMT"), iso_date("1715940000"), iso_date("kemarin")
    ('2024-05-17T10:00:00+00:00', '2024-05-17T10:00:00+00:00', '')
    """
    text = text.strip()[:_LONGEST]
    try:
        if _EPOCH.fullmatch(text):
            seconds = int(text[:10])
            return dt.datetime.fromtimestamp(seconds, tz=dt.UTC).isoformat()
        if match := _ISO.search(text):
            return _from_iso(match)
        if match := _DAY_FIRST.search(text):
            spoken = _spoken(match[3], match[2], match[1])
            return _with_time(text) or spoken
        if match := _MONTH_FIRST.search(text):
            return _spoken(match[3], match[1], match[2])
    except ValueError:  # the thirty-first of February
        pass
    return ""


def _from_iso(match: regex.Match[str]) -> str:
    day = dt.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    if not match[4]:
        return day
    zone = "+00:00" if match[5] == "Z" else match[5] or ""
    zone = f"{zone[:3]}:{zone[-2:]}" if zone else ""
    return dt.datetime.fromisoformat(f"{day}T{match[4]}{zone}").isoformat()


def _spoken(year: str, month: str, day: str) -> str:
    number = _MONTHS.get(month.lower())
    return dt.date(int(year), number, int(day)).isoformat() if number else ""


def _with_time(text: str) -> str:
    """Read the date form of e-mail and RSS (RFC 5322)."""
    try:
        return email.utils.parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
