"""Dates and times as news sites write them, in Indonesian, French, English and some more languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

__all__ = ["date_share", "find_date"]

_MONTHS = {
    1: "januari january janvier januar enero gennaio janeiro jan janv ene gen",
    2: "februari february février fevrier februar febrero febbraio fevereiro feb fév févr fev peb",
    3: "maret march mars märz marzo março mar maerz mrt",
    4: "april avril abril aprile apr avr abr",
    5: "mei may mai mayo maggio maio",
    6: "juni june juin junio giugno junho jun",
    7: "juli july juillet julio luglio julho jul juil",
    8: "agustus august août aout agosto agu agt ags aug",
    9: "september septembre septiembre settembre setembro sep sept set",
    10: "oktober october octobre octubre ottobre outubro okt oct out",
    11: "november novembre noviembre novembro nov nop nopember",
    12: "desember december décembre decembre dezember diciembre dicembre dezembro des dec déc dez dic",
}
_MONTH = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAMES = "|".join(sorted(_MONTH, key=lambda name: (-len(name), name)))
_DAYS = (
    "senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|"
    "tues|wed|thu|thur|thurs|fri|sat|sun|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|"
    "donnerstag|freitag|samstag|sonntag|lunes|martes|miércoles|jueves|viernes|sábado|domingo|segunda|terça|quarta|quinta|"
    "sexta|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
)
_ZONES = {
    "wib": 7,
    "wita": 8,
    "wit": 9,
    "cet": 1,
    "cest": 2,
    "gmt": 0,
    "utc": 0,
    "z": 0,
    "est": -5,
    "edt": -4,
    "ist": 5.5,
    "bst": 1,
    "pst": -8,
    "pdt": -7,
    "et": -5,
    "hib": 8,
    "sgt": 8,
    "jst": 9,
    "msk": 3,
}
_DAY_MONTH_YEAR = re.compile(
    rf"(?<![\w/])(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|º)?[\s.\-]{{0,2}}(?:de |of )?\s?"
    rf"(?P<month>{_NAMES})\b\.?,?[\s\-]{{0,2}}(?:de )?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_MONTH_DAY_YEAR = re.compile(
    rf"\b(?P<month>{_NAMES})\b\.?\s{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_DAY_YEAR = re.compile(r"\s\d{1,2}(?:st|nd|rd|th)?,?\s{1,2}(?:19|20)\d\d\b", re.IGNORECASE)
"""What follows the month there: to look for it takes far less time than for every month's name at every word."""
_YEAR_FIRST = re.compile(r"(?<![\d/])(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_EASTERN = re.compile(r"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]")
_NUMERIC = re.compile(
    r"(?<![\d/])(?P<day>\d{1,2})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?!\d)"
)
_PATTERNS = (_DAY_MONTH_YEAR, _MONTH_DAY_YEAR, _YEAR_FIRST, _NUMERIC, _EASTERN)
_EPOCH = re.compile(r"(?<!\d)(?P<seconds>1[0-9]{9})(?:\d{3})?(?!\d)")
_TIME = re.compile(
    r"(?:(?<=^)|(?<=\s)|(?<=T))(?P<hour>[01]?\d|2[0-3])\s?(?P<mark>[:.h]|H(?=\d))\s?(?P<minute>[0-5]\d)?(?::(?P<second>[0-5]\d))?"
    r"(?:\.\d{1,6})?\s?(?P<half>[ap]\.?m\b\.?)?\s?(?P<zone>WIB|WITA|WIT|CET|CEST|GMT|UTC|Z|EST|EDT|IST|BST|PST|PDT|ET|SGT|[+-]\d\d:?\d\d)?(?![\w%])",
    re.IGNORECASE,
)
_STUFF = re.compile(
    rf"\b(?:{_DAYS})\b\.?,?|\b(?:WIB|WITA|WIT|CET|CEST|GMT|UTC|EST|EDT|IST|BST|à|at|pukul|jam|le|on|the|of|de|du|um|uhr|às|alle|ore|"
    r"published|updated|posted|publié|modifié|mis|mise|jour|diterbitkan|diperbarui|tayang|update|hier|last|dernière|last|"
    r"aktualisiert|veröffentlicht|stand|atualizado|publicado|pubblicato|aggiornato|first|modified)\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(r"(?:19|20)\d\d|\d{10}")
_LIMIT = 300


def find_date(text: str) -> tuple[str, str]:
    """Find the first and the second date in a line as ISO 8601, with the time and zone where they are given.

    Empty strings stand for dates that are not there. A number of ten digits counts as seconds since 1970 when the line
    is nothing else.

    >>> find_date("Selasa, 1 Mei 2018 19:20 WIB")
    ('2018-05-01T19:20:00+07:00', '')
    >>> find_date("Publié le 06/04/2023 14:20 Mis à jour le 7 avril 2023")
    ('2023-04-06T14:20:00', '2023-04-07')
    >>> find_date("1716256822")
    ('2024-05-21T02:00:22+00:00', '')
    """
    text = text[:_LIMIT]
    epoch = _EPOCH.fullmatch(text.strip())
    if epoch:
        return datetime.fromtimestamp(int(epoch["seconds"]), UTC).isoformat(), ""
    found: list[tuple[int, int, date]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text) if pattern is not _MONTH_DAY_YEAR or _DAY_YEAR.search(text) else ():
            day = _date(match)
            if day and all(match.end() <= start or match.start() >= end for start, end, _ in found):
                found.append((match.start(), match.end(), day))
    if not found:
        return "", ""
    found.sort()
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    dates = [_with_time(day, text[end:stop]) for (_, end, day), stop in zip(found, ends, strict=True)]
    return (dates[0] if dates else "", dates[1] if len(dates) > 1 else "")


def _date(match: re.Match[str]) -> date | None:
    month = match["month"]
    try:
        return date(int(match["year"]), int(month) if month.isdigit() else _MONTH[month.lower()], int(match["day"]))
    except ValueError:
        return None


def _with_time(day: date, after: str) -> str:
    """Give the day, with the time if one follows within a few characters."""
    match = _TIME.search(after[:40])
    if match is None or (match["mark"] in ".:" and match["minute"] is None):
        return day.isoformat()
    hour = int(match["hour"])
    half = (match["half"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    second = int(match["second"] or 0)
    moment = datetime(
        day.year, day.month, day.day, hour, int(match["minute"] or 0), second, tzinfo=_zone(match["zone"])
    )
    return moment.isoformat()


def _zone(name: str | None) -> timezone | None:
    if not name:
        return None
    if name[0] in "+-":
        digits = name[1:].replace(":", "")
        sign = -1 if name[0] == "-" else 1
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(sign * offset) if offset < timedelta(hours=24) else None
    return timezone(timedelta(hours=_ZONES[name.lower()]))


def date_share(text: str) -> float:
    """Give how much of a line, by letters and digits, is a date, a time, or the words around them: 0 to 1.

    >>> date_share("Selasa, 1 Mei 2018 19:20 WIB"), date_share("Harga beras naik")
    (1.0, 0.0)
    """
    if len(text) > _LIMIT or _MAYBE.search(text) is None:
        return 0.0
    total = sum(map(str.isalnum, text))
    if not total:
        return 0.0
    if _EPOCH.fullmatch(text.strip()):
        return 1.0
    rest = text
    for pattern in _PATTERNS:
        if pattern is not _MONTH_DAY_YEAR or _DAY_YEAR.search(rest):
            rest = pattern.sub(" ", rest)
    if rest == text:
        return 0.0
    rest = _STUFF.sub(" ", _TIME.sub(" ", rest))
    return 1.0 - sum(map(str.isalnum, rest)) / total
