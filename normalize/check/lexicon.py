"""The words of each language that checks go by; a language that is not here gets the language-free checks only."""

from __future__ import annotations

import regex

__all__ = [
    "DOUBLED", "FUNCTION_WORDS", "LENGTH_RATIO", "NEGATED", "NEGATES", "NEGATION", "NOT_NEGATED", "UNFINISHED",
    "begun", "in_place", "words",
]  # fmt: skip


def words(text: str) -> frozenset[str]:
    """Give the words of a table."""
    return frozenset(text.split())


def in_place(match: regex.Match[str], english: str) -> str:
    """Give the English that is put in a word's place, with a capital where the word begins with one.

    >>> in_place(regex.match("Jangan", "Jangan pergi"), "do not")
    'Do not'
    """
    return begun(english) if match[0][:1].isupper() and not match[0].isupper() else english


def begun(text: str) -> str:
    """Let a text begin with a capital.

    >>> begun("health")
    'Health'
    """
    return text[:1].upper() + text[1:]


def _pattern(*alternatives: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", regex.IGNORECASE)


FUNCTION_WORDS = {
    "id": words(
        """yang dan dari untuk dengan pada dalam adalah ini itu tidak akan juga oleh atau sebagai karena telah sudah
        bisa dapat lebih bahwa mereka kami kita saya dia secara hingga namun tetapi saat seperti tersebut antara
        agar serta bukan masih harus ketika setelah sebelum menjadi sangat belum kepada terhadap merupakan di ke
        para bagi hanya bahkan banyak seorang sebuah orang tahun hari semua ada maka lalu kemudian sering memiliki
        sekitar hampir setiap beberapa lain melalui"""
    ),
    "fr": words(
        """le les des du et une est dans qui que aux au avec sur pas ce cette il elle sont ont ses leur leurs nous
        vous mais où donc une ces comme été être avoir très aussi dont entre depuis lors selon après avant
        sans sous de du la un peut peuvent cela tout tous toute toutes même encore comment ainsi chez vers elles ils
        ne je"""
    ),
    "en": words(
        """the of and to that was were with from this which have has had been are his her their they who would will
        not but what when there about into than because while after before between also these those in is for by at be
        he she it we you can could has more most other some such only over under when where its an any many through
        without although during against been being if so our your them him said each did does how why two years all
        out"""
    ),
}
"""Words that mark a text as being in the language, and are not English."""

UNFINISHED = {"en": words("the a an of and or with from which whose to by its their")}
"""Words no sentence ends in."""

DOUBLED = {"en": words("had that very so no bye far many more again really ha he hey yeah long much la da her")}
"""Words that may stand twice in a row."""

LENGTH_RATIO = {("id", "en"): 0.92, ("ms", "en"): 0.92, ("fr", "en"): 0.84}
"""Characters of the target to one of the source, the median of FLORES-200 dev."""

NEGATION = {
    "id": _pattern("tidak(?:lah)?", "bukan(?:lah)?", "jangan(?:lah)?", "belum"),
    "fr": _pattern(r"(?:ne\s|n['’])\s*(?:\p{L}+['’]?[\s-]?){1,4}?(?:pas|jamais|rien|aucune?)"),
}
"""A plain negation."""

NEGATES = {
    "id": {"tidak": "not", "bukan": "not", "jangan": "do not", "belum": "not yet"},
    "fr": {"pas": "not", "jamais": "never", "rien": "nothing", "aucun": "no", "aucune": "no"},
}
"""Words of which every negation of `NEGATION` has one in it, in small letters, and their English.

Texts without them need not be searched.
"""

NOT_NEGATED = {
    "id": _pattern(
        r"(?:tidak|bukan) (?:hanya|cuma|saja|sekadar|sekedar|kurang|lama|jauh|sedikit|jarang|seperti|lain|main|mustahil"
        r"|apa-apa|lebih|lagi|lepas|langsung|sengaja|menentu|resmi|sah|adil|lengkap|stabil|biasa|termasuk|mungkin|perlu"
        r"|terduga|jelas|sia-sia)",
        "mau tidak mau", "kalau tidak", "jika tidak", "bila tidak", "atau tidak", "atau belum",
        r"belum \p{L}+ sebelumnya", "hampir tidak", r"(?:setidak|sedikit|tidak|se)-?tidak(?:nya)?",
        r"tidak \p{L}+ (?:kecuali|selain|sebelum)", "belum lama", "belum lagi", r"bukan(?=\s*\?)",
    ),
    "fr": _pattern(
        r"(?:ne\s|n['’])\s*\p{L}+ pas (?:que|seulement|moins|loin|encore|exclu)", "n['’]est-ce pas",
        "n['’]oublie[zr]? pas", "ne pas oublier", "pas mal",
        r"(?:ne\s|n['’])\s*\p{L}+ (?:rien|jamais) (?:que|d['’]autre)",
    ),
}  # fmt: skip
"""Turns of phrase with a negation that another language says without one."""

NEGATED = {
    "en": regex.compile(
        r"n['’]t\b|\b(?:no|not|none|nor|never|nothing|nobody|nowhere|neither|without|cannot|unable|instead|rather|except"
        r"|unless|yet|hardly|barely|scarcely|seldom|rarely|few|fewer|little|less|least|only|other than|far from"
        r"|despite|free|zero|devoid|vague|against|beyond|otherwise|unlike|pending|away|difficult|hard|still)\b"
        r"|\bnon-?\p{L}{3,}|\p{L}{2,}less(?:ly|ness)?\b|\bun-?(?!der|it|iv|ion|iq|til|cle)\p{L}{3,}"
        r"|\bin(?:ab|acc|act|adeq|appr|cap|comp|conc|cons|corr|dec|defi|diff|disc|eff|eq|evit|exp|fin|flex|freq|hum|just"
        r"|noc|sec|sens|sign|suff|tol|val|vis)|\bim(?:mob|mor|mun|pass|pat|perf|poss|prob|prop|prud|pract)"
        r"|\bir(?:rat|reg|rel|resp|rev)|\bil(?:leg|lic|lit|log)|\bmis(?!sion|sil)\p{L}{3,}"
        r"|\bdis(?!tri|tan|cus|cov|eas|pl|h|k|tin)\p{L}{3,}"
        r"|\b(?:fail|lack|avoid|refus|den[iy]|reject|prevent|stop|absen|miss(?:ed|ing)\b|bann|ban\b|forb|prohibit|oppos|halt"
        r"|doubt|declin|exclud|ignor|neglect|cease|abort|withh|empty|wrong|fals|contrary|abstain|refrain|hesitat|reluctan"
        r"|overlook|scrap|cancel|block|restrict|rare|hate|exempt|void|abandon|forget|forgot|escap|prior(?!it)|before|exhaust"
        r"|suspend|elud|deter)\p{L}*",
        regex.IGNORECASE,
    )
}
"""Anything that may carry a negation: generous, so that only its plain loss is reported."""
