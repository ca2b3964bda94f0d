"""English word forms: plural, singular, the indefinite article, capitals. Nouns and names only."""

from __future__ import annotations

import functools

import regex

__all__ = ["articled", "capitalised", "forms", "plural", "several", "singular"]

_IRREGULAR = {
    "child": "children", "foot": "feet", "half": "halves", "knife": "knives", "leaf": "leaves", "life": "lives",
    "man": "men", "mouse": "mice", "person": "people", "tooth": "teeth", "wife": "wives", "wolf": "wolves",
    "woman": "women", "criterion": "criteria", "phenomenon": "phenomena", "bacterium": "bacteria",
}  # fmt: skip
_SINGULAR = {many: one for one, many in _IRREGULAR.items()}
_UNCHANGED = frozenset({
    "aircraft", "diabetes", "economics", "mathematics", "means", "news", "physics", "politics", "rabies", "series",
    "species",
})  # fmt: skip
_ES = ("x", "ch", "sh", "ss", "z")
_LETTER = regex.compile(r"[A-Za-z]")
_ARTICLE = regex.compile(r"(?<![\w’'-])([Aa])(n?)\s+$")

_SEVERAL = regex.compile(
    r"""
      (?: \b (?: these | those | many | several | few | various | both | numerous | multiple
              | two | three | four | five | six | seven | eight | nine | ten
              | (?: hundreds | thousands | types | kinds | number | series ) [ ] of )
        | (?<! [\w.,-] ) (?! 1\s )
          (?! (?<= \b (?: in | of | the | since | until | from | during | year ) \s ) (?: 1[89] | 20 ) \d\d \s )
          \d (?: [\d.,]* \d )? )
      \s+ (?: \w+\s+ )? $
    """,
    regex.IGNORECASE | regex.VERBOSE,
)
"""What counts several things: not a number inside a name ("COVID-19"), a one, a year ("the 2009 outbreak"), or what
ends before a mark ("In 2009, the outbreak")."""
_ARE = regex.compile(r"\s+(?:are|were|have|do)\b")
# An initial vowel letter that sounds as a consonant, and the reverse: beginnings of words.
_CONSONANT = ("eu", "ewe", "one", "once", "uni", "use", "usu", "uti", "ura", "uto", "ub")
_VOWEL = ("hour", "honest", "honour", "honor", "heir")
_SPELLED_VOWELS = "AEFHILMNORSX"  # letters whose name begins with a vowel, for acronyms


def plural(phrase: str) -> str:
    """Give the plural of an English noun phrase: its last word's.

    >>> [plural(noun) for noun in ("startup", "safety policy", "virus", "diagnosis", "person", "news", "GPU")]
    ['startups', 'safety policies', 'viruses', 'diagnoses', 'people', 'news', 'GPUs']
    """
    head, last = _last(phrase)
    low = last.lower()
    if low in _UNCHANGED or not _LETTER.match(last[-1:]) or (low in _SINGULAR):
        return phrase
    if low in _IRREGULAR:
        changed = last[0] + _IRREGULAR[low][1:]
    elif low.endswith("sis"):
        changed = last[:-2] + "es"
    elif low.endswith("y") and low[-2:-1] not in tuple("aeiou"):
        changed = last[:-1] + "ies"
    elif low.endswith("us") or low.endswith(_ES):
        changed = last + "es"
    elif low.endswith("s"):
        return phrase
    else:
        changed = last + "s"
    return head + changed


def singular(phrase: str) -> str:
    """Give the singular of an English noun phrase: its last word's.

    >>> [singular(noun) for noun in ("scaling laws", "policies", "viruses", "virus", "crisis", "series")]
    ['scaling law', 'policy', 'virus', 'virus', 'crisis', 'series']
    """
    head, last = _last(phrase)
    low = last.lower()
    if low in _UNCHANGED or low.endswith(("ss", "us", "is")) or not low.endswith(("s", "men", "children", "people")):
        return phrase
    if low in _SINGULAR:
        return head + last[0] + _SINGULAR[low][1:]
    if low.endswith("ies") and len(low) > 4:
        return head + last[:-3] + "y"
    if low.endswith(("xes", "ches", "shes", "sses", "uses", "zes")):
        return head + last[:-2]
    return head + last[:-1] if low.endswith("s") else phrase


def _last(phrase: str) -> tuple[str, str]:
    """Cut a phrase before its last word."""
    cut = max(phrase.rfind(" "), phrase.rfind("-")) + 1
    return phrase[:cut], phrase[cut:]


@functools.lru_cache(maxsize=4096)
def forms(target: str, *, exact: bool) -> tuple[str, ...]:
    """Give the forms in which a target may stand in a text: for a name only its own, for a term either number.

    >>> forms("guardrail", exact=False), forms("OpenAI", exact=True)
    (('guardrail', 'guardrails'), ('OpenAI',))
    """
    return (target,) if exact else tuple(dict.fromkeys((target, plural(target), singular(target))))


def capitalised(phrase: str) -> str:
    """Begin with a capital, unless the word has a capital inside ("iPhone")."""
    first = phrase.split(" ", 1)[0]
    return phrase if any(map(str.isupper, first)) else phrase[:1].upper() + phrase[1:]


def several(before: str, after: str) -> bool:
    """Whether the words around a noun ask for its plural.

    >>> several("two ", ""), several("the ", " are new"), several("the ", " is new"), several("the COVID-19 ", "")
    (True, True, False, False)
    """
    return _SEVERAL.search(before[-40:]) is not None or _ARE.match(after) is not None


def articled(before: str, phrase: str) -> str:
    """Make an indefinite article at the end of `before` fit the phrase that now follows it.

    >>> articled("as an ", "startup") + "startup", articled("a ", "AI lab") + "AI lab"
    ('as a startup', 'an AI lab')
    """
    match = _ARTICLE.search(before)
    if match is None:
        return before
    return f"{before[: match.start()]}{match.group(1)}{'n' if _vowel(phrase) else ''} "


def _vowel(phrase: str) -> bool:
    """Whether a phrase is spoken with a vowel first."""
    word = regex.split(r"[\s-]", phrase, maxsplit=1)[0]
    if len(word) > 1 and word.isupper() and len(word) <= 4:
        return word[0] in _SPELLED_VOWELS
    low = word.lower()
    return low.startswith(_VOWEL) or (low[:1] in tuple("aeiou") and not low.startswith(_CONSONANT))
