"""Tokens of a text for matching: words, what stands between them, and the forms a word may be filed under."""

from __future__ import annotations

import functools
import unicodedata
from typing import NamedTuple

import regex

__all__ = ["Token", "confusable", "folded", "separator", "tokens", "variants"]

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_APOSTROPHES = "'’‘ʼ`´"
_HYPHENS = "-‐‑‒–"

# Indonesian enclitics. Words that only look like word + enclitic are listed: the commonest of the news.
_CLITICS = ("nya", "lah", "kah", "pun", "ku", "mu")
_NOT_CLITIC = frozenset({
    "adalah", "ampun", "apapun", "ataupun", "bangku", "beku", "berlaku", "bertanya", "bertemu", "buku", "celah",
    "hanya", "himpun", "ilmu", "istilah", "jumlah", "langkah", "lelah", "makalah", "masalah", "maupun", "menanya",
    "mengaku", "meskipun", "paku", "pangku", "pelaku", "pemangku", "penduduk", "perilaku", "permasalahan", "pernah",
    "punya", "rumpun", "salah", "sebelah", "sekolah", "seolah", "setelah", "suku", "tanya", "telah", "tingkah",
    "ulah", "walaupun", "wilayah",
})  # fmt: skip

# French nouns that end in s or x in the singular: taking the ending off would make another word of them.
_INVARIABLE = frozenset({
    "abcès", "abus", "accès", "anglais", "appui", "autobus", "avis", "bas", "bois", "bonus", "bras", "bus", "campus",
    "cas", "chaos", "chinois", "choix", "climax", "colis", "concours", "congrès", "consensus", "corps", "corpus",
    "cortex", "cosmos", "coups", "cours", "creux", "croix", "cursus", "dessous", "dessus", "discours", "divers",
    "dos", "doux", "débris", "décès", "excès", "faux", "fils", "focus", "foetus", "fois", "fonds", "français",
    "fœtus", "gaz", "gros", "héros", "index", "intérêts", "iris", "irlandais", "japonais", "jus", "larynx", "lors",
    "lotus", "lynx", "mais", "matelas", "maïs", "mets", "moins", "mois", "mépris", "nez", "noix", "oasis", "os",
    "ours", "paix", "palais", "parcours", "pas", "pays", "permis", "plus", "poids", "prix", "processus", "procès",
    "progrès", "propos", "puis", "puits", "pénis", "quiz", "recours", "refus", "relais", "remords", "repas", "reste",
    "revers", "riz", "roux", "secours", "sens", "sinus", "sous", "succès", "surplus", "taux", "temps", "tennis",
    "terminus", "thorax", "thymus", "tiers", "tous", "toux", "travers", "très", "univers", "utérus", "velours",
    "vers", "versus", "virus", "voix", "époux",
})  # fmt: skip
_FRENCH_FEMININES = (("euse", "eux"), ("ive", "if"), ("elle", "el"), ("enne", "en"), ("ale", "al"), ("ée", "é"))

# What optical recognition and careless fonts confuse, folded to one sign.
_CONFUSED = str.maketrans({"I": "l", "1": "l", "|": "l", "0": "O"})


class Token(NamedTuple):
    """A word of a text.

    `keys` are the forms it may be filed under, each with what was taken off: "" (as it stands), "plural", "feminine",
    "double" (a reduplicated word's half), or an enclitic ("nya").
    """

    start: int
    end: int
    text: str
    """In normal form C."""
    before: str
    """What separates it from the token before, as `separator` gives it."""
    keys: tuple[tuple[str, str], ...]


def folded(word: str) -> str:
    """Fold case and normal form.

    >>> folded("Élysée") == folded("ÉLYSÉE")
    True
    """
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", word.casefold())


@functools.lru_cache(maxsize=65536)
def confusable(word: str) -> str:
    """Fold what optical recognition confuses, and nothing else: capital i, l and 1; O and 0; rn and m.

    >>> confusable("OpenAl") == confusable("OpenAI"), confusable("openai") == confusable("OpenAI")
    (True, False)
    """
    return word.translate(_CONFUSED).replace("rn", "m")


def separator(between: str) -> str:
    """Name what stands between two words: " " for blanks and hyphens, "'" for an apostrophe, else the signs.

    >>> [separator(between) for between in (" ", "-", "’", ", ")]
    [' ', ' ', "'", ',']
    """
    core = between.strip()
    if not core or core.strip(_HYPHENS) == "":
        return " " if "\n" not in between.strip(" ") else "\n"
    return "'" if core in _APOSTROPHES else core


def variants(word: str, language: str) -> tuple[tuple[str, str], ...]:
    """Give the forms a word of a text may be filed under, its own first, each with what was taken off.

    >>> variants("gejalanya", "id")
    (('gejalanya', ''), ('gejala', 'nya'))
    >>> variants("infectieuses", "fr")
    (('infectieuses', ''), ('infectieuse', 'plural'), ('infectieux', 'feminine'))
    """
    own = folded(word)
    found = [(own, "")]
    if language == "id" and own not in _NOT_CLITIC:
        found += [
            (own.removesuffix(clitic), clitic)
            for clitic in _CLITICS
            if own.endswith(clitic) and len(own) - len(clitic) >= (3 if clitic == "nya" else 4)
        ]
    elif language == "fr" and len(own) > 3 and own not in _INVARIABLE and not own.endswith("virus"):
        found += _french(own)
    return tuple(found)


def _french(own: str) -> list[tuple[str, str]]:
    found = []
    singular = own
    if own.endswith("aux"):
        found += [(own[:-3] + "al", "plural"), (own[:-1], "plural")]
    elif own.endswith(("s", "x")):
        singular = own[:-1]
        found.append((singular, "plural"))
    found += [
        (singular.removesuffix(ending) + masculine, "feminine")
        for ending, masculine in _FRENCH_FEMININES
        if singular.endswith(ending) and len(singular) > 5
    ]
    return found


def tokens(text: str, language: str = "") -> list[Token]:
    """Split a text into words, in order; an Indonesian reduplicated word is one word.

    >>> [(token.text, token.before) for token in tokens("l’IA et GPT-4o", "fr")]
    [('l', ''), ('IA', "'"), ('et', ' '), ('GPT', ' '), ('4o', ' ')]
    """
    found: list[Token] = []
    end = 0
    for match in _WORD.finditer(text):
        start = match.start()
        shown, keys = _forms(match.group(), language)
        gap = text[end:start]
        before = " " if gap == " " else separator(gap) if found else gap.strip()
        token = Token(start, match.end(), shown, before, keys)
        if gap == "-" and language == "id" and found and found[-1].keys[0][0] in dict(keys):
            token = _doubled(found.pop(), token)
        found.append(token)
        end = match.end()
    return found


@functools.lru_cache(maxsize=65536)  # an article's words recur
def _forms(word: str, language: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    return unicodedata.normalize("NFC", word), variants(word, language)


def _doubled(first: Token, second: Token) -> Token:
    """Join the halves of a reduplicated word: filed as such, as one half, and as either with an enclitic."""
    half = first.keys[0][0]
    clitic = dict(second.keys)[half]
    both = f"{half}-{half}"
    keys = [(f"{both}{clitic}", ""), (half, "double")]
    if clitic:
        keys.insert(1, (both, clitic))
    return Token(first.start, second.end, f"{first.text}-{second.text}", first.before, tuple(keys))
