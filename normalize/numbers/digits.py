"""What digits with marks may be worth in a language."""

from __future__ import annotations

from fractions import Fraction

import regex

from normalize.numbers.numerals import Numerals

__all__ = ["core", "decimals", "worth"]

_GAP = regex.compile(r"[\s'’]")
_MARK = regex.compile(r"[.,]")
_NO_DIGIT = regex.compile(r"\D")


def _exact(whole: str, decimals: str) -> int | Fraction:
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    return value.numerator if value.denominator == 1 else value


def worth(text: str, numerals: Numerals) -> tuple[int | Fraction, ...]:
    """Give the values that digits with marks may have in a language, the likeliest first.

    >>> from normalize.numbers.numerals import numerals_for
    >>> indonesian, english = numerals_for("id"), numerals_for("en")
    >>> worth("1.250,5", indonesian), worth("1.250", indonesian), worth("1.250", english)
    ((Fraction(2501, 2),), (1250,), (Fraction(5, 4),))
    """
    compact = text if text.isdecimal() else _GAP.sub("", text)
    marks = () if text.isdecimal() else _MARK.findall(compact)
    if not marks:
        return (int(compact),)
    whole, _, decimals = compact.rpartition(marks[-1])
    whole = _NO_DIGIT.sub("", whole)
    grouped = int(whole + decimals)
    if len(set(marks)) == 2:
        return (_exact(whole, decimals),) if marks.count(marks[-1]) == 1 else (grouped,)
    if len(marks) > 1:
        return (grouped,)
    if len(decimals) != 3 or whole.startswith("0") or len(whole) > 3 or len(compact) < len(text):
        return (_exact(whole, decimals),)
    if marks[0] != numerals.decimal:
        return (grouped,)
    # news sites also write numbers the English way; in English itself there is no such doubt
    return (_exact(whole, decimals), grouped) if numerals.decimal == "," else (_exact(whole, decimals),)


def decimals(text: str, value: int | Fraction) -> int:
    """Give how many digits of `text`, worth `value`, stand behind its decimal mark.

    >>> decimals("1.250,50", Fraction(2501, 2)), decimals("1.250", 1250)
    (2, 0)
    """
    digits = _NO_DIGIT.sub("", text)
    return next((places for places in range(len(digits)) if int(digits) == value * 10**places), 0)


def core(text: str) -> str:
    """Give the digits without marks, and without noughts at either end.

    >>> core("1,250"), core("0.0125")
    ('125', '125')
    """
    return _NO_DIGIT.sub("", text).strip("0")
