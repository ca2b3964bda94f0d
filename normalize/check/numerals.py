"""Number words of the languages checked: value and role of each, a table a language."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from fractions import Fraction

__all__ = ["NUMERALS", "Numerals", "numerals_for"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """How a language writes numbers."""

    decimal: str
    """The decimal mark; the other of `.` and `,` groups thousands."""
    spaced: bool
    """Whether a plain space groups thousands: 10 000."""
    units: Mapping[str, int]
    """Words that are added, cardinal and ordinal: one, twenty, cinquième."""
    ordinal: str = dataclasses.field(default="")
    """Prefix that makes an ordinal: kelima."""
    tens: Mapping[str, tuple[int, int]]
    """Factor and addend of words that change the unit before them within a hundred: puluh, belas."""
    hundreds: frozenset[str]
    """Words that multiply by a hundred."""
    scales: Mapping[str, int]
    """Words that multiply all before them: thousand, juta, milliard."""
    marks: Mapping[str, int]
    """Abbreviated scales, which may also be something else: M, jt, bn."""
    loose: Mapping[str, Fraction]
    """Words that may stand for a number: dozen, twice, premier; never required to be translated as one."""
    links: frozenset[str]
    """Words inside a number: and, et."""
    words: frozenset[str] = dataclasses.field(init=False, repr=False)
    """All of the above."""

    def __post_init__(self) -> None:
        tables = (self.units, self.tens, self.hundreds, self.scales, self.marks, self.loose, self.links)
        object.__setattr__(self, "words", frozenset().union(*tables))


def _values(text: str) -> dict[str, int]:
    return {word: int(value.replace("_", "")) for word, value in (pair.split("=") for pair in text.split())}


def _fractions(text: str) -> dict[str, Fraction]:
    return {word: Fraction(value) for word, value in (pair.split("=") for pair in text.split())}


_ENGLISH = Numerals(
    decimal=".", spaced=False,
    units=_values(
        """zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13
        fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50
        sixty=60 seventy=70 eighty=80 ninety=90 first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8
        ninth=9 tenth=10 eleventh=11 twelfth=12 thirteenth=13 fourteenth=14 fifteenth=15 sixteenth=16 seventeenth=17
        eighteenth=18 nineteenth=19 twentieth=20 thirtieth=30 fortieth=40 fiftieth=50 sixtieth=60 seventieth=70
        eightieth=80 ninetieth=90"""
    ),
    tens={}, hundreds=frozenset({"hundred", "hundreds"}),
    scales=_values(
        """thousand=1000 thousands=1000 million=1000000 millions=1000000 billion=1000000000 billions=1000000000
        trillion=1000000000000 trillions=1000000000000"""
    ),
    marks=_values("k=1000 K=1000 m=1000000 M=1000000 mn=1000000 mln=1000000 b=1000000000 B=1000000000 bn=1000000000"
                  " tn=1000000000000 T=1000000000000"),
    loose=_fractions(
        """hundredth=100 thousandth=1000 firstly=1 secondly=2 thirdly=3 seconds=2 thirds=3 fifths=5 tenths=10 once=1
        twice=2 thrice=3 single=1 sole=1 double=2 doubled=2 doubles=2 doubling=2 triple=3 tripled=3 quadruple=4
        both=2 pair=2 pairs=2 couple=2 twin=2 twins=2 trio=3 quartet=4 half=1/2 halves=1/2 halved=1/2 quarter=1/4
        quarters=1/4 dozen=12 dozens=12 decade=10 decades=10 century=100 centuries=100 noon=12 midnight=0 no=0
        none=0 nil=0 twenties=20 thirties=30 forties=40 fifties=50 sixties=60 seventies=70 eighties=80 nineties=90
        fortnight=14 solo=1 duo=2 threefold=3 twofold=2 tenfold=10 yearly=1 annual=1 biennial=2 weekly=7"""
    ),
    links=frozenset({"and"}),
)

_FRENCH = Numerals(
    decimal=",", spaced=True,
    units=_values(
        """zéro=0 un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12
        treize=13 quatorze=14 quinze=15 seize=16 vingt=20 vingts=20 trente=30 quarante=40 cinquante=50 soixante=60
        septante=70 huitante=80 octante=80 nonante=90 unième=1 deuxième=2 troisième=3 quatrième=4 cinquième=5
        sixième=6 septième=7 huitième=8 neuvième=9 dixième=10 onzième=11 douzième=12 treizième=13 quatorzième=14
        quinzième=15 seizième=16 vingtième=20 trentième=30"""
    ),
    tens={}, hundreds=frozenset({"cent", "cents"}),
    scales=_values(
        """mille=1000 million=1000000 millions=1000000 milliard=1000000000 milliards=1000000000 billion=1000000000000
        billions=1000000000000 trillion=1000000000000000000 trillions=1000000000000000000"""
    ),
    marks=_values("k=1000 K=1000 M=1000000 mio=1000000 Mio=1000000 Md=1000000000 Mds=1000000000 Mrd=1000000000"
                  " md=1000000000 mds=1000000000"),
    loose=_fractions(
        """premier=1 première=1 premiers=1 premières=1 second=2 seconde=2 centième=100 millième=1000 tiers=3 demi=1/2
        demie=1/2 moitié=1/2 quart=1/4 quarts=1/4 double=2 triple=3 doublé=2 triplé=3 doubler=2 tripler=3 couple=2
        paire=2 deuxièmement=2 premièrement=1 dizaine=10 dizaines=10 douzaine=12 douzaines=12 quinzaine=15
        vingtaine=20 trentaine=30 quarantaine=40 cinquantaine=50 soixantaine=60 centaine=100 centaines=100
        millier=1000 milliers=1000 midi=12 minuit=0 décennie=10 décennies=10 siècle=100 siècles=100 aucun=0 aucune=0
        trimestre=3 semestre=6 quinquennat=5 bimensuel=2"""
    ),
    links=frozenset({"et"}),
)

_INDONESIAN_UNITS = _values("satu=1 dua=2 tiga=3 empat=4 lima=5 enam=6 tujuh=7 delapan=8 lapan=8 sembilan=9")

_INDONESIAN = Numerals(
    decimal=",", spaced=False,
    units=_values("nol=0 sepuluh=10 sebelas=11") | _INDONESIAN_UNITS | {
        # also written as one word: duapuluh, limabelas
        word + ending: value * factor + addend
        for word, value in _INDONESIAN_UNITS.items()
        for ending, factor, addend in (("puluh", 10, 0), ("belas", 1, 10), ("ratus", 100, 0))
    },
    ordinal="ke", tens={"puluh": (10, 0), "belas": (1, 10)}, hundreds=frozenset({"ratus", "seratus"}),
    scales=_values(
        """ribu=1000 juta=1000000 miliar=1000000000 milyar=1000000000 miliyar=1000000000 triliun=1000000000000
        trilyun=1000000000000 seribu=1000 sejuta=1000000 semiliar=1000000000 setriliun=1000000000000"""
    ),
    marks=_values("rb=1000 k=1000 K=1000 jt=1000000 Jt=1000000 M=1000000000 m=1000000000 T=1000000000000"
                  " t=1000000000000 bn=1000000000"),
    loose=_fractions(
        """pertama=1 berdua=2 bertiga=3 berempat=4 setengah=1/2 separuh=1/2 sepertiga=1/3 seperempat=1/4 pertiga=3
        perempat=4 perlima=5 lusin=12 selusin=12 kodi=20 dekade=10 dasawarsa=10 abad=100 seabad=100 belasan=10
        puluhan=10 ratusan=100 ribuan=1000 jutaan=1000000 sekali=1 tunggal=1 ganda=2 pasang=2 sepasang=2 tahunan=1
        seorang=1 sebuah=1 seekor=1 sehari=1 setahun=1 sebulan=1 seminggu=1 sejam=1 tanpa=0 triwulan=3 kuartal=4
        semester=6 caturwulan=4 windu=8"""
    ),
    links=frozenset(),
)

NUMERALS: dict[str, Numerals] = {"en": _ENGLISH, "fr": _FRENCH, "id": _INDONESIAN, "ms": _INDONESIAN}


def numerals_for(language: str) -> Numerals | None:
    """Give the table of a BCP 47 tag's language, or None.

    >>> numerals_for("id-ID") is numerals_for("id"), numerals_for("ja")
    (True, None)
    """
    return NUMERALS.get(language.lower().partition("-")[0])
