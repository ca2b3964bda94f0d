"""Numbers, sums, dates and hours as Indonesian and French news write them, with their English: pairs made by rule."""

import random
from collections.abc import Callable

from training.pairs import Pair

MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
}
DAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
}
SCALES = {
    "id": [("ribu", "thousand"), ("juta", "million"), ("miliar", "billion"), ("triliun", "trillion")],
    "fr": [("million", "million"), ("milliard", "billion"), ("billion", "trillion")],
}
CURRENCIES = {
    "id": [
        ("Rp {}", "Rp {}"),
        ("Rp{}", "Rp {}"),
        ("US$ {}", "US$ {}"),
        ("{} dolar AS", "{} US dollars"),
        ("{} euro", "{} euros"),
        ("{} rupiah", "{} rupiah"),
        ("{} yuan", "{} yuan"),
        ("{} dolar Singapura", "{} Singapore dollars"),
    ],
    "fr": [
        ("{} €", "€{}"),
        ("{} d’euros", "{} euros"),
        ("{} de dollars", "{} dollars"),
        ("{} $", "${}"),
        ("{} francs suisses", "{} Swiss francs"),
    ],
}
FRAMES = {
    "id": [
        ("{}", "{}"),
        ("Nilainya mencapai {}.", "The value reached {}."),
        ("sekitar {}", "about {}"),
        ("lebih dari {}", "more than {}"),
        ("naik menjadi {}", "rose to {}"),
        ("turun menjadi {} dari {}", "fell to {} from {}"),
        ("antara {} dan {}", "between {} and {}"),
        ("Perusahaan itu membukukan {}.", "The company posted {}."),
        ("Jumlahnya {}, naik dari {}.", "The figure is {}, up from {}."),
        ("total {}", "a total of {}"),
        ("hampir {}", "nearly {}"),
        ("dari {} menjadi {}", "from {} to {}"),
    ],
    "fr": [
        ("{}", "{}"),
        ("Le total atteint {}.", "The total reaches {}."),
        ("environ {}", "about {}"),
        ("plus de {}", "more than {}"),
        ("passé de {} à {}", "went from {} to {}"),
        ("entre {} et {}", "between {} and {}"),
        ("près de {}", "nearly {}"),
        ("soit {}", "that is, {}"),
        ("Le chiffre est de {}, contre {} auparavant.", "The figure is {}, compared with {} before."),
    ],
}
WHEN = {
    "id": [
        ("pada {}", "on {}"),
        ("Acara itu berlangsung pada {}.", "The event took place on {}."),
        ("hingga {}", "until {}"),
        ("sejak {}", "since {}"),
    ],
    "fr": [
        ("le {}", "on {}"),
        ("Il a été publié le {}.", "It was published on {}."),
        ("jusqu’au {}", "until {}"),
        ("depuis le {}", "since {}"),
    ],
}


def grouped(number: int, mark: str) -> str:
    """Thousands set apart by `mark`.

    >>> grouped(1250000, ".")
    '1.250.000'
    """
    return f"{number:,}".replace(",", mark)


def plain(language: str, rng: random.Random) -> Pair:
    """Make a whole number or a decimal: 1.250,5 or 1 250,5 is 1,250.5."""
    mark = "." if language == "id" else rng.choice([" ", "\u00a0", "\u202f"])
    whole = rng.choice([rng.randrange(1, 100), rng.randrange(100, 10000), rng.randrange(10000, 10**7)])
    if rng.random() < 0.4:
        part = rng.choice([str(rng.randrange(1, 10)), f"{rng.randrange(1, 100):02d}"])
        return f"{grouped(whole, mark)},{part}", f"{whole:,}.{part}"
    return grouped(whole, mark), f"{whole:,}"


def scaled(language: str, rng: random.Random) -> Pair:
    """Make a number with a scale: 1,2 triliun, 3,5 milliards."""
    ours, theirs = rng.choice(SCALES[language])
    whole, tenth = rng.randrange(1, 900), rng.randrange(1, 100)
    if rng.random() < 0.6:
        decimals = str(tenth)
        left, right = f"{whole},{decimals}", f"{whole}.{decimals}"
    else:
        left = right = str(whole)
    plural = "s" if language == "fr" and whole >= 2 else ""
    return f"{left} {ours}{plural}", f"{right} {theirs}"


def money(language: str, rng: random.Random) -> Pair:
    """Make a sum; French says `d’euros` and `de dollars` after a scale, `€` and `$` after figures."""
    ours, theirs = rng.choice(CURRENCIES[language])
    of_scale = language == "fr" and (" d’" in ours or " de " in ours)
    of_scale = of_scale or (language == "id" and rng.random() < 0.6)
    left, right = scaled(language, rng) if of_scale else plain(language, rng)
    return ours.format(left), theirs.format(right)


def percent(language: str, rng: random.Random) -> Pair:
    """Make a share: 12,5 persen, 12,5 %, 12,5%."""
    whole, tenth = rng.randrange(0, 101), rng.randrange(0, 10)
    left, right = (f"{whole},{tenth}", f"{whole}.{tenth}") if rng.random() < 0.6 else (str(whole), str(whole))
    if language == "fr":
        sign = rng.choice([" %", "%", "\u202f%", " pour cent"])
        return left + sign, f"{right}%"
    ours, theirs = rng.choice([(" persen", " percent"), ("%", "%"), (" persen", "%")])
    return left + ours, right + theirs


def amount(language: str, rng: random.Random) -> Pair:
    """Make any of the figures above."""
    return rng.choice([plain, scaled, money, money, percent])(language, rng)


def day(language: str, rng: random.Random) -> Pair:
    """Make a day: Senin (20/11/2023), 20 November 2023, lundi 20 novembre 2023, 20/11."""
    year, month, date, weekday = rng.randrange(1990, 2027), rng.randrange(12), rng.randrange(1, 29), rng.randrange(7)
    name, english = MONTHS[language][month], MONTHS["en"][month]
    ours, theirs = DAYS[language][weekday], DAYS["en"][weekday]
    ordinal = "1er" if language == "fr" and date == 1 else str(date)
    options = [
        (f"{ordinal} {name} {year}", f"{english} {date}, {year}"),
        (f"{ordinal} {name}", f"{english} {date}"),
        (
            f"{ours} {ordinal} {name} {year}" if language == "fr" else f"{ours}, {date} {name} {year}",
            f"{theirs}, {english} {date}, {year}",
        ),
    ]
    if language == "id":
        options += [
            (f"{ours} ({date}/{month + 1}/{year})", f"{theirs} ({english} {date}, {year})"),
            (f"{ours} ({date}/{month + 1})", f"{theirs} ({english} {date})"),
        ]
    return rng.choice(options)


def hour(language: str, rng: random.Random) -> Pair:
    """Make an hour: pukul 19.30 WIB, 19h30, 19 heures: the 24-hour clock stays."""
    h, m = rng.randrange(24), rng.choice([0, 0, 15, 30, 45, rng.randrange(60)])
    if language == "fr":
        ours = rng.choice([f"à {h}h{m:02d}" if m else f"à {h}h", f"à {h} h {m:02d}" if m else f"à {h} heures"])
        return ours, f"at {h}:{m:02d}"
    zone = rng.choice([" WIB", " WITA", " WIT", ""])
    return f"pukul {h:02d}.{m:02d}{zone}", f"at {h:02d}:{m:02d}{zone}"


def example(language: str, rng: random.Random) -> Pair:
    """Make one pair: a figure, a day or an hour in a short frame."""
    kind: Callable[[str, random.Random], Pair] = rng.choice([amount, amount, amount, day, hour])
    frames = FRAMES[language] if kind is amount else WHEN[language] if kind is day else [("{}", "{}")]
    ours, theirs = rng.choice(frames)
    values = [kind(language, rng) for _ in range(ours.count("{}"))]
    return ours.format(*(v for v, _ in values)), theirs.format(*(v for _, v in values))
