"""Numbers by meaning: what a number in a news sentence is worth, in Indonesian, French and English.

`1,2 triliun`, `1.2 trillion` and `1,200 billion` are one value; `1.250` is 1250 in Jakarta and 1.25 in London. Reading
a text gives its values, comparing two texts says what was lost, added or changed between them, and correcting puts
right what can be nothing else than a slip of the translation. Below `corpus`: positions are plain (start, end) pairs.
"""

from normalize.numbers.comparing import Difference, compare
from normalize.numbers.correcting import Change, Fix, corrected
from normalize.numbers.literals import find, mask
from normalize.numbers.money import abbreviated, currencies, spelt_out
from normalize.numbers.reading import values
from normalize.numbers.slips import REASONS
from normalize.numbers.value import Clock, Kind, Month, Reading, Value

__all__ = [
    "REASONS",
    "Change",
    "Clock",
    "Difference",
    "Fix",
    "Kind",
    "Month",
    "Reading",
    "Value",
    "abbreviated",
    "compare",
    "corrected",
    "currencies",
    "find",
    "mask",
    "spelt_out",
    "values",
]
