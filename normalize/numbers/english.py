"""Numbers in English."""

from __future__ import annotations

from fractions import Fraction

from normalize.numbers.numerals import Numerals, fractions, whole

__all__ = ["ENGLISH"]

ENGLISH = Numerals(
    decimal=".", spaced=False,
    units=whole(
        """zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13
        fourteen=14 fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50
        sixty=60 seventy=70 eighty=80 ninety=90 first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8
        ninth=9 tenth=10 eleventh=11 twelfth=12 thirteenth=13 fourteenth=14 fifteenth=15 sixteenth=16 seventeenth=17
        eighteenth=18 nineteenth=19 twentieth=20 thirtieth=30 fortieth=40 fiftieth=50 sixtieth=60 seventieth=70
        eightieth=80 ninetieth=90"""
    ),
    tens={}, hundreds=frozenset({"hundred", "hundreds", "hundredth"}),
    scales=whole(
        """thousand=1_000 thousands=1_000 thousandth=1_000 million=1_000_000 millions=1_000_000 millionth=1_000_000
        billion=1_000_000_000 billions=1_000_000_000 trillion=1_000_000_000_000 trillions=1_000_000_000_000
        quadrillion=1_000_000_000_000_000
        quintillion=1_000_000_000_000_000_000"""
    ),
    marks=whole(
        """k=1_000 K=1_000 m=1_000_000 M=1_000_000 mn=1_000_000 mln=1_000_000 b=1_000_000_000 B=1_000_000_000
        bn=1_000_000_000 bln=1_000_000_000 tn=1_000_000_000_000 trn=1_000_000_000_000 T=1_000_000_000_000"""
    ),
    parts={"thirds": Fraction(1, 3), "quarter": Fraction(1, 4), "quarters": Fraction(1, 4), "fifths": Fraction(1, 5),
           "sixths": Fraction(1, 6), "eighths": Fraction(1, 8), "tenths": Fraction(1, 10),
           "hundredths": Fraction(1, 100), "halves": Fraction(1, 2)},
    halves=frozenset({"half"}),
    loose=fractions(
        """firstly=1 secondly=2 thirdly=3 seconds=2 once=1 twice=2 thrice=3 single=1 sole=1 double=2 doubled=2 doubles=2
        doubling=2 triple=3 tripled=3 tripling=3 quadruple=4 quadrupled=4 both=2 pair=2 pairs=2 couple=2 couples=2
        twin=2 twins=2 trio=3 quartet=4 quintet=5 halved=1/2 tens=10 dozen=12 dozens=12 decade=10 decades=10
        century=100 centuries=100 millennium=1000 millennia=1000 noon=12 midday=12 midnight=0 no=0 none=0 nil=0
        teens=13 twenties=20 thirties=30 forties=40 fifties=50 sixties=60 seventies=70 eighties=80 nineties=90
        fortnight=14 solo=1 duo=2 threefold=3 twofold=2 fourfold=4 fivefold=5 tenfold=10 yearly=1 annual=1 biennial=2
        weekly=7 quarterly=3 triplets=3 biweekly=2"""
    ),
    months=whole(
        """january=1 february=2 march=3 april=4 may=5 june=6 july=7 august=8 september=9 october=10 november=11
        december=12 jan=1 feb=2 mar=3 apr=4 jun=6 jul=7 aug=8 sep=9 sept=9 oct=10 nov=11 dec=12"""
    ),
    written={10**3: "thousand", 10**6: "million", 10**9: "billion", 10**12: "trillion", 10**15: "quadrillion"},
    small_months=False,
)
