"""What a line looks like: the shapes of bylines, credits, breadcrumbs, joined menus and other furniture."""

from __future__ import annotations

import re

__all__ = [
    "is_arrow",
    "is_breadcrumb",
    "is_code",
    "is_embed",
    "is_glued",
    "is_hashtags",
    "is_initials",
    "is_joined_menu",
    "is_mark",
    "match_byline",
    "match_credit",
    "terminal",
]

_CLOSERS = "\"'”’»)]›"
_TERMINALS = ".!?…。！？"
_INITIALS = re.compile(
    r"\(?\*?[A-Za-z]{2,4}(?:\s?[/\-]\s?[A-Za-z]{2,10}){0,3}\*?\)?\.?|"
    r"\([A-Z][\w.\-]{1,20}(?: [A-Z][\w.\-]{1,20}){0,2}\)|\([A-Z][a-z]+(?:/[A-Z][a-z]+)+\)"
)
_SEPARATORS = re.compile(r"\s[»›>|•·▪]\s|\s?[»›▪|]\s?|\s::\s")
_GLUED = re.compile(r"[a-zà-öø-ÿ]{2}[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{2}")
_HASHTAG = re.compile(r"#\w[\w.\-]*")
_CODE = re.compile(
    r"(?:\bfunction\s?\(|\bvar \w+\s?=|window\.|document\.|googletag|adsbygoogle|\{\s*\"?[\w@]+\"?\s*:|</?[a-z]+[ />]|"
    r"\.push\(|@media |;\s*\}|=>\s*\{|<!--|-->|\bconst \w+ =)"
)
_EMBED = re.compile(
    r"\[(?:gambas|video|embed|foto|photo|image|caption|gallery|advertisement|iklan)[^\[\]]{0,80}\]", re.IGNORECASE
)
_MARK = re.compile(r"[^\w]*\d{0,6}[^\w]*|[A-Za-z]\b[^\w]*|[^\w]*(?:[A-Za-z][+\-]?\s+){1,6}[A-Za-z][+\-]?")
_LABEL = (
    r"penulis|editor|redaktur|reporter|pewarta|sumber|wartawan|kontributor|jurnalis|penyunting|laporan|oleh|"
    r"dilaporkan oleh|fotografer|videografer|by|written by|reported by|reporting by|posted by|published by|edited by|"
    r"author|source|words by|"
    r"par|article rédigé par|rédigé par|écrit par|publié par|propos recueillis par|texte|von|quelle|"
    r"autor|fonte|por|di|fuente|"
    r"a cura di|door|redaksi|staff|correspondent|editors?|contributors?|story by"
)
_BYLINE = re.compile(rf"(?P<label>{_LABEL})\b\s*(?P<colon>[:/\-–—|])?\s*(?P<name>\S.*)?", re.IGNORECASE)
_LABEL_STARTS = frozenset(label[:2] for label in _LABEL.split("|"))
_ASIDE = re.compile(r"\s*\([^()]{0,80}\)")
_NAME_LINK = frozenset(
    [
        "de",
        "da",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "dan",
        "and",
        "et",
        "und",
        "y",
        "e",
        "bin",
        "binti",
        "al",
        "el",
        "avec",
        "with",
        "dari",
        "&",
        "/",
        ",",
        "|",
        "-",
        "—",
        "–",
        "pour",
    ]
)
_CREDIT_WORD = (
    r"foto|photo|photos|photograph|image|images|gambar|ilustrasi|illustration|crédits?|credits?|crédit photo|"
    r"photo credit|photo by|image credit|picture|pictures|pic|video|vidéo|bild|sumber foto|dok|dok\.|doc|doc\.|"
    r"courtesy|"
    r"copyright|©|tangkapan layar|capture d'écran|screenshot|"
    r"screengrab|getty images|bestimage|infografis|grafis"
)
_CREDIT_LABEL = re.compile(
    rf"\(?\s*(?:{_CREDIT_WORD})\s*(?:[:/.]|oleh|by\b|par\b|de\b)\s*\S", re.IGNORECASE
)
_CREDIT_STARTS = frozenset(word[:2] for word in _CREDIT_WORD.split("|"))
_CREDIT_GLUED = re.compile(r"[a-zà-öø-ÿ)](?:Photo|Foto|Image|Crédit|Credit|Ilustrasi|Source|Picture)s?\s?:\s?\S")
_AGENCIES = (
    r"AFP|REUTERS|Reuters|AP|EPA|EFE|ANTARA|Antara|Xinhua|Getty(?: Images)?|GETTY(?: IMAGES)?|SIPA(?: PRESS)?|"
    r"Sipa(?: Press)?|MAXPPP|Bestimage|BESTIMAGE|AGENCE QMI|QMI|dpa|DPA|Shutterstock|iStock|Bloomberg|PA|"
    r"IMAGO|imago|NurPhoto|Hans Lucas|ABACA|ANSA|AAP|PTI|"
    r"Istimewa|istimewa|IST|Ist|Instagram|Twitter|Facebook|YouTube|Youtube|Unsplash|Pixabay|Pexels|"
    r"Wikimedia(?: Commons)?|"
    r"ROPI|Lusa|LUSA|Keystone|KEYSTONE|dok(?:umentasi|\.)?\s?\w*|Presse canadienne|PC|CP|UPI|TASS|Kyodo|Yonhap|NASA"
)
_CREDIT_END = re.compile(
    r"(?:[/©(]\s?|\b(?:Photo|Foto|via|Credit|Crédit|Image)\s?:?\s)(?:[\w .,\-]{0,30}[/\-]\s?)?"
    rf"(?:{_AGENCIES})[^.!?]{{0,30}}$"
)
_CREDIT_BRACKET = re.compile(r"\((?=[A-ZÀ-Þ])[\w. ]{2,30}\s?/\s?[A-Za-zÀ-ÿ][\w. ]{2,30}\)\.?$")
_CREDIT_SLASH = re.compile(
    r"(?:^|\s|[.)(])(?:[A-ZÀ-Þ][\w.\-]*\s){0,3}[A-ZÀ-Þ][\w.\-]*\s?[/©]\s?(?:[A-Z©][\w.®©\-]*\s?){1,4}\)?\.?$"
)
_CREDIT_TAIL = re.compile(
    r"(?:^|[\s.(])(?:Fotos?|Photos?|FOTO|PHOTO|Photograph|Bild|Crédit photo|Crédits?|Credits?|Gambar|Dok)\s?[:.]\s?"
    r"[A-ZÀ-Þ@©][^.!?:]{1,50}$"
)
_PHOTO_SIGNS = ("oto", "OTO", "Bild", "réd", "red", "Gambar", "Dok", "mage", "via")
"""Each word that stands before a picture's source has one of them."""
_NO_NAME = frozenset('?!:;»|#"0123456789')
_NO_MENU = frozenset(',;:"“«(')
_HOMES = frozenset(
    {
        "home",
        "homepage",
        "accueil",
        "beranda",
        "inicio",
        "início",
        "portada",
        "startseite",
        "halaman utama",
        "berita",
        "news",
        "à la une",
    }
)
_SHORT = 200


def terminal(text: str) -> bool:
    """Whether a line ends as a sentence does, closing quotes and brackets looked through."""
    tail = text[-6:].rstrip(_CLOSERS + " ")
    return tail[-1:] in _TERMINALS and bool(tail)


def match_byline(text: str) -> tuple[str, str] | None:
    """Give (label, name) of a line that is only a byline; the name is empty for a bare label.

    >>> match_byline("Penulis : Dian Sari"), match_byline("By law they must go."), match_byline("par Luc avec AFP")
    (('penulis', 'Dian Sari'), None, ('par', 'Luc avec AFP'))
    """
    start = text[:2]
    # Other letters may be equal to one of these but for case.
    if len(text) > _SHORT or (start.isascii() and start.lower() not in _LABEL_STARTS):
        return None
    parts = text.split(" | ")
    if len(parts) > 1:
        found = [match_byline(part.strip()) for part in parts]
        return found[0] if all(found) else None
    match = _BYLINE.fullmatch(text)
    if match is None:
        return None
    name = _ASIDE.sub("", match["name"] or "").strip(" ,|-–—/")
    words = name.split()
    # Words in lower case that no name holds make it a sentence that happens to begin so.
    low = sum(not word[0].isupper() and word[0] not in "@(d" and word.strip(",") not in _NAME_LINK for word in words)
    short = match["label"].lower() in {"by", "par", "oleh"} and len(words) == 2 and not terminal(text)
    if len(words) > 15 or low > short:
        return None
    if words and not (words[0][0].isupper() or words[0][0] in "@("):
        return None
    return match["label"].lower(), name


def is_name(text: str) -> bool:
    """Whether a line is one to five capitalised words, as a person's or an agency's name is."""
    words = text.split(None, 5)
    return (
        1 <= len(words) <= 5
        and all(word[:1].isupper() or word in {"de", "van", "bin", "al"} for word in words)
        and _NO_NAME.isdisjoint(text)
    )


def match_credit(text: str) -> str:
    """Name the way in which a line shows that it is a picture's credit or caption; empty when it shows none.

    >>> match_credit("Foto: Antara/Budi"), match_credit("Menteri (AP Photo/J. Doe)"), match_credit("Ia pergi.")
    ('label', 'tail', '')
    """
    if len(text) > 600:
        return ""
    start = text[:2]
    # Other letters may be equal to one of these but for case.
    labelled = text[0] == "(" or not start.isascii() or start.lower() in _CREDIT_STARTS
    if labelled and len(text) <= _SHORT and _CREDIT_LABEL.match(text[:80]):
        return "label"
    if len(text) <= 300 and ":" in text and _CREDIT_GLUED.search(text):
        return "glued"
    return _credit_at_end(text)


def _credit_at_end(text: str) -> str:
    tail = text[-90:].rstrip(" .)]")
    signed, bracket = "/" in tail or "©" in tail, "(" in tail
    # No picture is credited without one of these signs.
    if not signed and not bracket and "." not in tail and ":" not in tail:
        return ""
    named = any(map(tail.__contains__, _PHOTO_SIGNS))
    if (named and _CREDIT_TAIL.search(tail)) or (signed and ("©" in tail[-40:] or "Photo/" in tail[-60:])):
        return "tail"
    if (named or signed or bracket) and _CREDIT_END.search(tail):
        return "agency"
    if "(" in text[-60:] and _CREDIT_BRACKET.search(text[-60:]):
        return "agency"
    if signed and len(text) <= 300 and _CREDIT_SLASH.search(tail):
        return "slash"
    return ""


def is_initials(text: str) -> bool:
    """Whether a line is a desk's initials: "(afr/afr)", "(REUTERS)"."""
    return len(text) <= 30 and text[:1] in "(*[" and _INITIALS.fullmatch(text.strip("[]* ")) is not None


def is_breadcrumb(text: str) -> bool:
    """Whether a line is a path of sections: "Home » Economy » …"."""
    if len(text) > _SHORT * 2:
        return False
    parts = _SEPARATORS.split(text.strip(" »›>|•·▪"))
    if len(parts) >= 2 and parts[0].strip().lower() in _HOMES:
        return True
    return len(parts) >= 3 and sum(len(part.split()) <= 4 for part in parts) >= 2 and not terminal(text)


def is_joined_menu(text: str, count: int, capitals: int) -> bool:
    """Whether a line is a menu's entries joined: of so many words most begin with capitals, with nothing between."""
    return count >= 6 and capitals >= count * 0.7 and not terminal(text) and _NO_MENU.isdisjoint(text)


def is_glued(text: str) -> bool:
    """Whether two or more joints are missing, as in "EnglishFrançaisDeutsch"."""
    # Where every word, or only the first, begins with its one capital, nothing is joined.
    plain = len(text) > _SHORT or text.istitle() or text[1:].islower()
    return not plain and len(_GLUED.findall(text)) >= 2


def is_hashtags(text: str) -> bool:
    """Whether a line is hashtags only."""
    if "#" not in text[:3]:
        return False
    rest = _HASHTAG.sub("", text[:2000])
    return sum(map(str.isalnum, rest)) <= 2 or (text[0] == "#" and len(text.split()) <= 5)


def is_embed(text: str) -> bool:
    """Whether a line is only the mark of an embedded video or picture: "[Gambas:Video 20detik]"."""
    return text[:1] == "[" and _EMBED.fullmatch(text[:200]) is not None


def is_arrow(text: str) -> bool:
    """Whether a line begins with two or more arrows, as links to other articles do."""
    return len(text) <= 250 and text.startswith((">>", "»»", "► ", "▶ ", "→ ", "➡", "👉", "⇒"))


def is_code(text: str) -> bool:
    """Whether a line holds leftovers of scripts or markup."""
    if not _may_be_code(text):
        return False
    return len(_CODE.findall(text[:2000])) >= (1 if len(text) < 100 else 2)


def _may_be_code(text: str) -> bool:
    """Whether a sign or word stands in a line that each piece of code has; far quicker than the pattern."""
    signs = "{" in text or "}" in text or "<" in text or "=" in text or "-->" in text or "function" in text
    names = "window." in text or "document." in text or "google" in text
    return signs or names or ".push(" in text or "@media " in text


def is_mark(text: str) -> bool:
    """Whether a line has no words: digits, punctuation, single letters."""
    return len(text) <= 40 and _MARK.fullmatch(text) is not None
