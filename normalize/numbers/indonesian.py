"""Numbers in Indonesian and Malay."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

from normalize.numbers.numerals import Numerals, fractions, whole

__all__ = ["INDONESIAN", "MALAY"]

_ONES = whole("satu=1 dua=2 tiga=3 empat=4 lima=5 enam=6 tujuh=7 delapan=8 lapan=8 sembilan=9")
_SCALES = whole(
    """ribu=1_000 juta=1_000_000 miliar=1_000_000_000 milyar=1_000_000_000 miliyar=1_000_000_000 bilion=1_000_000_000
    milliar=1_000_000_000 milliard=1_000_000_000 million=1_000_000 billion=1_000_000_000 trillion=1_000_000_000_000
    trilliun=1_000_000_000_000 triliun=1_000_000_000_000 trilyun=1_000_000_000_000 trilion=1_000_000_000_000"""
)
_UNITS = whole("nol=0 kosong=0 sepuluh=10 sebelas=11") | _ONES | {
    # also written as one word: duapuluh, limabelas
    word + ending: value * factor + addend
    for word, value in _ONES.items()
    for ending, factor, addend in (("puluh", 10, 0), ("belas", 1, 10), ("ratus", 100, 0))
}  # fmt: skip

INDONESIAN = Numerals(
    decimal=",", spaced=False,
    units=_UNITS | {"ke" + word: value for word, value in _UNITS.items()},
    tens={"puluh": (10, 0), "belas": (1, 10)}, hundreds=frozenset({"ratus", "seratus", "keseratus"}),
    scales=_SCALES | {"se" + word: value for word, value in _SCALES.items()}
    | {"seribuan": 1_000} | {word + "an": value for word, value in _SCALES.items()},
    marks=whole(
        """rb=1_000 k=1_000 K=1_000 jt=1_000_000 Jt=1_000_000 JT=1_000_000 M=1_000_000_000 m=1_000_000_000
        T=1_000_000_000_000 t=1_000_000_000_000 bn=1_000_000_000 Tn=1_000_000_000_000"""
    ),
    parts={"per" + word: Fraction(1, value) for word, value in _UNITS.items() if value > 1},
    halves=frozenset({"setengah"}),
    loose=fractions(
        """pertama=1 berdua=2 bertiga=3 berempat=4 berlima=5 separuh=1/2 separo=1/2 paruh=1/2 lusin=12 selusin=12
        kodi=20 dekade=10 dasawarsa=10 abad=100 seabad=100 milenium=1000 belasan=10 puluhan=10 ratusan=100 sekali=1
        tunggal=1 ganda=2 pasang=2 pasangan=2 sepasang=2 tahunan=1 seorang=1 sebuah=1 seekor=1 sehari=1 setahun=1
        sebulan=1 seminggu=1 sejam=1 tanpa=0 triwulan=3 kuartal=4 semester=6 caturwulan=4 windu=8 kembar=2 dwi=2
        kedua-duanya=2 keduanya=2 ketiganya=3 keempatnya=4 duanya=2 duo=2 trio=3"""
    ) | {"seper" + word: Fraction(1, value) for word, value in _UNITS.items() if value > 1},
    months=whole(
        """januari=1 februari=2 pebruari=2 maret=3 april=4 mei=5 juni=6 juli=7 agustus=8 september=9 oktober=10
        november=11 nopember=11 desember=12 jan=1 feb=2 mar=3 apr=4 jun=6 jul=7 agu=8 agt=8 ags=8 agust=8 sep=9 sept=9
        okt=10 nov=11 des=12 ogos=8 julai=7 disember=12"""
    ),
    written={10**3: "ribu", 10**6: "juta", 10**9: "miliar", 10**12: "triliun"},
)

MALAY = dataclasses.replace(INDONESIAN, months=dict(INDONESIAN.months) | {"mac": 3})
"""In Indonesian a Mac is a computer."""
