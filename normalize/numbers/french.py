"""Numbers in French, of Belgium and Switzerland too."""

from __future__ import annotations

from fractions import Fraction

from normalize.numbers.numerals import Numerals, fractions, whole

__all__ = ["FRENCH"]

_ORDINALS = whole(
    """unième=1 deuxième=2 troisième=3 quatrième=4 cinquième=5 sixième=6 septième=7 huitième=8 neuvième=9 dixième=10
    onzième=11 douzième=12 treizième=13 quatorzième=14 quinzième=15 seizième=16 vingtième=20 trentième=30
    quarantième=40 cinquantième=50 soixantième=60"""
)

FRENCH = Numerals(
    decimal=",", spaced=True,
    units=whole(
        """zéro=0 un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12
        treize=13 quatorze=14 quinze=15 seize=16 vingt=20 vingts=20 trente=30 quarante=40 cinquante=50 soixante=60
        septante=70 huitante=80 octante=80 nonante=90"""
    ) | _ORDINALS,
    tens={}, hundreds=frozenset({"cent", "cents", "centième"}),
    scales=whole(
        """mille=1_000 mil=1_000 millier=1_000 milliers=1_000 millième=1_000 million=1_000_000 millions=1_000_000
        milliard=1_000_000_000 milliards=1_000_000_000 billion=1_000_000_000_000 billions=1_000_000_000_000
        billiard=1_000_000_000_000_000 billiards=1_000_000_000_000_000 trillion=1_000_000_000_000_000_000
        trillions=1_000_000_000_000_000_000"""
    ),
    marks=whole(
        """k=1_000 K=1_000 M=1_000_000 mio=1_000_000 mln=1_000_000 Md=1_000_000_000 Mds=1_000_000_000
        Mrd=1_000_000_000 md=1_000_000_000 mds=1_000_000_000 mrd=1_000_000_000"""
    ),
    parts={"tiers": Fraction(1, 3), "quart": Fraction(1, 4), "quarts": Fraction(1, 4)}
    | {word + "s": Fraction(1, value) for word, value in _ORDINALS.items() if value > 3}
    | {"dixième": Fraction(1, 10), "cinquième": Fraction(1, 5)},
    halves=frozenset({"demi", "demie", "demis"}),
    loose=fractions(
        """premier=1 première=1 premiers=1 premières=1 second=2 seconde=2 seconds=2 secondes=2 moitié=1/2 double=2
        doubles=2 triple=3 quadruple=4 doublé=2 triplé=3 doubler=2 tripler=3 quadruplé=4 couple=2 couples=2 paire=2
        deuxièmement=2 premièrement=1 dizaine=10 dizaines=10 douzaine=12 douzaines=12 quinzaine=15 vingtaine=20
        trentaine=30 quarantaine=40 cinquantaine=50 soixantaine=60 centaine=100 centaines=100 midi=12 minuit=0
        décennie=10 décennies=10 siècle=100 siècles=100 millénaire=1000 aucun=0 aucune=0 trimestre=3 semestre=6
        quinquennat=5 bimensuel=2 quinquagénaire=50 sexagénaire=60 septuagénaire=70 octogénaire=80 nonagénaire=90
        centenaire=100 bicentenaire=200 jumeaux=2 trio=3 duo=2 tiers=3"""
    ),
    months=whole(
        """janvier=1 février=2 fevrier=2 mars=3 avril=4 mai=5 juin=6 juillet=7 août=8 aout=8 septembre=9 octobre=10
        novembre=11 décembre=12 decembre=12 janv=1 févr=2 fév=2 avr=4 juil=7 oct=10 nov=11 déc=12"""
    ),
    written={10**3: "mille", 10**6: "millions", 10**9: "milliards", 10**12: "billions"},
)
