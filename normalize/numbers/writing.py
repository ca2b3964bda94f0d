"""Write a number by the custom of a language, in the style of the number it replaces."""

from __future__ import annotations

from fractions import Fraction

import regex

from normalize.numbers.digits import decimals
from normalize.numbers.numerals import Numerals
from normalize.numbers.slips import head
from normalize.numbers.value import Clock, Kind, Month, Value

__all__ = ["left_over", "month_name", "write"]

Written = tuple[tuple[int, int], str]
"""The span to replace and the text to put there."""

_GROUPING = regex.compile(r"\d[.,\s'’\u00a0\u202f]\d{3}(?!\d)")
_ORDINAL = regex.compile(r"(?:st|nd|rd|th)(?!\p{L})")
_ARTICLE = regex.compile(r"(?<!\p{L})(?P<article>an?)(?=[\s]$)", regex.IGNORECASE)
_SCALE_AFTER = regex.compile(
    r"\s?[.,+-]{0,2}\s?(?:thousand|\p{L}{1,8}illions?|lakh|crore|\p{L}{0,4}bytes?|[KMGT]i?B)\b"
)
_DIGIT_BEFORE = regex.compile(r"\d[.,]?\s?$")
_DIGIT_AFTER = regex.compile(r"[.,]?\s?\d")
_LEFT = regex.compile(r"\s?(\p{L}{2,})")
_HALVED = regex.compile(r"(\d{1,2})(?:([:.])(\d\d))?(\s?)([aApP])(\.?)([mM])")
_WHOLE = regex.compile(r"(\d{1,2})(\s?[:.hH]\s?)(\d\d)")


def write(one: Value, two: Value, reason: str, target: str, numerals: Numerals) -> Written | None:
    """Write `one` of the source in the place of `two` of the target; None when it cannot be said how."""
    if reason == "time":
        return _time(one, two, target)
    if one.kind is Kind.MONTH:
        return _month(one, two, numerals)
    if _SCALE_AFTER.match(target, two.span[1]):
        return None  # 3.3. trillion
    torn = _DIGIT_BEFORE.search(target, max(0, two.span[0] - 4), two.span[0]) or _DIGIT_AFTER.match(target, two.span[1])
    if torn and reason != "date":
        return None  # 2, 400
    if _is_ambiguous(one) and not (head(one).isdecimal() and reason in {"digits", "date"}):
        return None  # it may mean more than one thing
    text = _number(one, two, numerals)
    return None if text is None else _fitted(two, text, target, numerals)


def _is_ambiguous(value: Value) -> bool:
    """Whether a number may have more than one value; that 50 percent are a half makes no two."""
    numbers = {reading for reading in value.readings if isinstance(reading, int | Fraction)}
    if value.kind is Kind.PERCENT and isinstance(value.value, int | Fraction):
        numbers.discard(Fraction(value.value) / 100)
    return len(numbers) != 1


def left_over(target: str, end: int, source_numerals: Numerals, numerals: Numerals) -> int:
    """Give where a scale word of the source's language ends that follows a number in the target: 5 juta."""
    left = _LEFT.match(target, end)
    return left.end() if left and left[1] in source_numerals.words and left[1] not in numerals.words else end


def _number(one: Value, two: Value, numerals: Numerals) -> str | None:
    """Write the digits and the scale word."""
    if isinstance(one.value, Clock | Month):
        return None
    mantissa = Fraction(one.value) / one.scale
    digits = head(one)
    grouped = _GROUPING.search(digits) is not None and mantissa >= 1000
    places = decimals(digits, mantissa)
    number = _digits(mantissa, places, numerals, grouped=grouped)
    if one.scale == 1:
        return number
    word = numerals.written.get(one.scale)
    if word is None or one.scale % 1000:
        return None
    if numerals.spaced and mantissa < 2 and word.endswith("s"):
        word = word[:-1]
    return number + ("-" if "-" in two.text and two.scale > 1 else " ") + word


def _digits(value: Fraction, places: int, numerals: Numerals, *, grouped: bool) -> str:
    whole, rest = divmod(int(value * 10**places), 10**places)
    text = f"{whole:,}" if grouped else str(whole)
    group = "\u00a0" if numerals.spaced else "." if numerals.decimal == "," else ","
    return text.replace(",", group) + (f"{numerals.decimal}{rest:0{places}d}" if places else "")


def _fitted(two: Value, text: str, target: str, numerals: Numerals) -> Written:
    """Fit a number into English: the 52nd becomes the 53rd, an 18-year-old a 17-year-old."""
    start, end = two.span
    if numerals.written.get(1000) != "thousand":
        return (start, end), text
    if suffix := _ORDINAL.match(target, end):
        end, text = suffix.end(), text + _suffix(text)
    if article := _ARTICLE.search(target, max(0, start - 4), start):
        wanted = "an" if _vowel(text) else "a"
        if article["article"].lower() != wanted and _vowel(two.text) != _vowel(text):
            wanted = wanted.capitalize() if article["article"][0].isupper() else wanted
            return (article.start(), end), wanted + target[article.end() : start] + text
    return (start, end), text


def _vowel(number: str) -> bool:
    """Whether a number begins with a vowel when it is said: eight, eleven, eighteen."""
    digits = regex.match(r"[\d,]*", number)
    first = digits[0].split(",")[0] if digits else ""
    return first.startswith("8") or (first[:2] in {"11", "18"} and len(first) in {2, 4 if first[:2] == "18" else 2})


def _suffix(number: str) -> str:
    if number[-2:] in {"11", "12", "13"}:
        return "th"
    return {"1": "st", "2": "nd", "3": "rd"}.get(number[-1:], "th")


def _month(one: Value, two: Value, numerals: Numerals) -> Written | None:
    number = _month_number(one)
    if number is None:
        return None
    if two.text.isdecimal():
        return two.span, f"{number:0{len(two.text)}d}"
    return two.span, month_name(one, numerals)


def _month_number(value: Value) -> int | None:
    return next((reading.number for reading in value.readings if isinstance(reading, Month)), None)


def month_name(value: Value, numerals: Numerals) -> str:
    """Give the name of a month in a language; nothing when the value is none."""
    number = _month_number(value)
    name = next((name for name, month in numerals.months.items() if month == number), "")
    return name if numerals.spaced else name.capitalize()


def _time(one: Value, two: Value, target: str) -> Written | None:
    time = next(reading for reading in one.readings if isinstance(reading, Clock))
    if halved := _HALVED.match(target, two.span[0]):
        _, mark, minutes, space, half, stop, letter = halved.groups()
        wanted = "p" if time.hour >= 12 else "a"
        digits = str(time.hour % 12 or 12)
        if minutes or time.minute:
            digits += f"{mark or ':'}{time.minute:02d}"
        return halved.span(), digits + space + (wanted.upper() if half.isupper() else wanted) + stop + letter
    if whole := _WHOLE.match(target, two.span[0]):
        hour = f"{time.hour:0{len(whole[1])}d}"
        return whole.span(), hour + whole[2] + f"{time.minute:02d}"
    return None
