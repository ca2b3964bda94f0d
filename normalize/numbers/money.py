"""The currencies a text speaks of, and amounts that came over in another one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

from normalize.numbers.figures import small_words
from normalize.numbers.numerals import numerals_for
from normalize.numbers.reading import read
from normalize.numbers.value import Value

__all__ = ["abbreviated", "currencies", "other_money", "spelt_out"]

_WORDS = {
    "rupiah": "rp rupiah rupiahs idr",
    "dollar": "$ dollar dollars dolar dólar dólars usd aud sgd cad hkd",
    "euro": "€ euro euros eur",
    "yen": "¥ yen yens jpy",
    "yuan": "yuan yuans renminbi rmb cny",
    "pound": "£ pound pounds poundsterling sterling gbp quid",
    "ringgit": "ringgit rm myr",
}
_NAMES = {word: name for name, words in _WORDS.items() for word in words.split()}
_SIGNS = "$€¥£"
_AMOUNT = re.compile(r"\b(?:rp\.?|rm)\s?\d")
"""What may also be an abbreviation of something else, unless digits follow."""


def currencies(text: str) -> frozenset[str]:
    """Give the names of the currencies spoken of, one for all dollars.

    >>> sorted(currencies("Rp 5.000 atau 3 dolar Singapura"))
    ['dollar', 'rupiah']
    """
    found = _NAMES.keys() & small_words(text)
    found |= {sign for sign in _SIGNS if sign in text}
    if not found:
        return frozenset()
    if not _AMOUNT.search(text.lower()):
        found -= {"rp", "rm"}
    names = {_NAMES[word] for word in found}
    return frozenset(names | {"yuan"} if "¥" in found else names)


_FAMILIES = {"IDR": "rupiah", "USD": "dollar", "EUR": "euro", "JPY": "yen", "CNY": "yuan", "GBP": "pound",
             "MYR": "ringgit"}  # fmt: skip
_WRITTEN = {"IDR": "Rp ", "USD": "$", "EUR": "€", "JPY": "¥", "CNY": "CNY ", "GBP": "£", "MYR": "RM "}
_SPELT = {"IDR": "rupiah", "USD": "dollars", "EUR": "euros", "JPY": "yen", "CNY": "yuan", "GBP": "pounds",
          "MYR": "ringgit"}  # fmt: skip
_SIGN_BEFORE = regex.compile(r"(?<!\p{L})(?:US\$|A\$|S\$|[$€£¥]|Rp\.?|RM|IDR|USD|EUR|JPY|CNY|GBP|MYR)\s?$")
_NAME_AFTER = regex.compile(
    r"[\s-](?P<name>(?:US\s)?(?i:dollars?|rupiahs?|euros?|yen|yuan|ringgit)|pounds\ssterling)(?!\p{L})"
)


_SAID = {"fr": {"€": "euros", "EUR": "euros", "$": "dollars", "USD": "dollars", "£": "livres", "¥": "yens"}}
"""How money is called after a scale that is written out, by language."""
_ABBREVIATED = regex.compile(
    r"(?<![\w.,])(?P<number>\d{1,3}(?:[ \u00a0\u202f.]?\d{3}){0,4}(?:,\d{1,6})?)[ \u00a0\u202f]?(?P<scale>\p{L}{1,3})"
    r"[ \u00a0\u202f]?(?P<money>[€$£¥]|EUR|USD)(?![\w€$£¥])"
)


_SCALE = regex.compile(r"\d[ \u00a0\u202f]?(?P<scale>(?:M|Mds?|Mrds?|k)[ \u00a0\u202f]?[€$£])")
"""A scale before the sign of a currency: English has the sign first, or a word for the scale."""


def abbreviated(text: str, language: str) -> list[tuple[int, int]]:
    """Give the places of scales and signs that stand in a text as the tables of a language have them.

    >>> text = "The bridge costs €12 M€12."
    >>> [text[start:end] for start, end in abbreviated(text, "fr")], abbreviated(text, "id")
    (['M€'], [])
    """
    return [match.span("scale") for match in _SCALE.finditer(text)] if language in _SAID else []


def spelt_out(text: str, language: str) -> str:
    """Write out the scale and the currency of sums that are abbreviated as tables do it; few models know them.

    >>> spelt_out("12 M€, 1,2 Md€ et 300 k$.", "fr")
    '12 millions d’euros, 1,2 milliard d’euros et 300 000 dollars.'
    >>> spelt_out("5 M de lignes, 7 m€", "fr")
    '5 M de lignes, 7 m€'
    """
    numerals, said = numerals_for(language), _SAID.get(language)
    if numerals is None or said is None:
        return text

    def written(match: regex.Match[str]) -> str:
        number, money = match["number"], said[match["money"]]
        scale = numerals.marks.get(match["scale"])
        if scale == 1000 and "," not in number:
            return f"{number} 000 {money}"
        word = numerals.written.get(scale or 0)
        if word is None or scale == 1000:
            return str(match[0])
        if number.partition(",")[0] in {"0", "1"}:
            word = word.removesuffix("s")
        return f"{number} {word} {'d’' if money[0] in 'aeiou' else 'de '}{money}"

    return _ABBREVIATED.sub(written, text)


def other_money(
    source: str, target: str, source_language: str, target_language: str
) -> tuple[tuple[int, int], str] | None:
    """Give the part of the target that has its amounts, and it again in the source's currency.

    None unless the source speaks of one currency, the target of another or of that too, and all amounts of the target
    in another are in the source.
    """
    names, others = currencies(source), currencies(target)
    if len(names) != 1 or len(others - names) != 1:
        return None
    numerals, target_numerals = numerals_for(source_language), numerals_for(target_language)
    if numerals is None or target_numerals is None or target_numerals.written.get(1000) != "thousand":
        return None
    ours = [one for one in read(source, source_language, spaced=numerals.spaced) if one.currency]
    theirs = [
        one
        for one in read(target, target_language, spaced=numerals.spaced)
        if one.currency and _FAMILIES[one.currency] not in names
    ]
    if not ours or not theirs or {_FAMILIES[one.currency] for one in ours} != names:
        return None
    amounts = frozenset().union(*(one.readings for one in ours))
    if any(amounts.isdisjoint(one.readings) for one in theirs):
        return None
    start, end, text = _signed(theirs, ours[0].currency, target)
    whole = target[:start] + text + target[end:]
    return ((start, end), text) if currencies(whole) == names else None


def _signed(values: Sequence[Value], code: str, target: str) -> tuple[int, int, str]:
    """Put the sign or name of a currency to all amounts; give the span changed and its new text."""
    edits: list[tuple[int, int, str]] = []
    for one in values:
        if sign := _SIGN_BEFORE.search(target, max(0, one.span[0] - 6), one.span[0]):
            edits.append((sign.start(), one.span[0], _WRITTEN[code]))
        if name := _NAME_AFTER.match(target, one.span[1]):
            single = name["name"].lower() in {"dollar", "euro"}
            word = _SPELT[code].removesuffix("s") if single else _SPELT[code]
            edits.append((name.start("name"), name.end(), word) if not sign else (name.start(), name.end(), ""))
    if not edits:
        return 0, 0, ""
    start, end = edits[0][0], edits[-1][1]
    text = target[:end]
    for first, last, word in reversed(edits):
        text = text[:first] + word + text[last:]
    return start, end, text[start:]
