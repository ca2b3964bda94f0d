"""Language tags in canonical case, and the English names of languages."""

from __future__ import annotations

import difflib
import functools

import regex

from normalize.errors import UsageError

__all__ = ["UNDETERMINED", "base", "canonical", "name", "to_argos"]

UNDETERMINED = "und"
"""The BCP 47 tag of a text whose language is not known."""

_NAMES = dict(pair.split("=") for pair in """
aa=Afar|ab=Abkhazian|ace=Acehnese|af=Afrikaans|ak=Akan|am=Amharic|an=Aragonese|ar=Arabic|ary=Moroccan Arabic
arz=Egyptian Arabic|as=Assamese|ast=Asturian|av=Avaric|ay=Aymara|az=Azerbaijani|ba=Bashkir|ban=Balinese
bbc=Batak Toba|bcl=Central Bikol|be=Belarusian|bem=Bemba|bew=Betawi|bg=Bulgarian|bho=Bhojpuri|bi=Bislama|bjn=Banjar
bm=Bambara|bn=Bangla|bo=Tibetan|br=Breton|bs=Bosnian|bug=Buginese|ca=Catalan|ce=Chechen|ceb=Cebuano|ch=Chamorro
ckb=Central Kurdish|co=Corsican|cr=Cree|crh=Crimean Tatar|cs=Czech|cv=Chuvash|cy=Welsh|da=Danish|de=German
dv=Divehi|dz=Dzongkha|ee=Ewe|el=Greek|en=English|eo=Esperanto|es=Spanish|et=Estonian|eu=Basque|ext=Extremaduran
fa=Persian|ff=Fula|fi=Finnish|fil=Filipino|fj=Fijian|fo=Faroese|fon=Fon|fr=French|fuv=Nigerian Fulfulde|fur=Friulian
fy=Western Frisian|ga=Irish|gcf=Guadeloupean Creole|gcr=Guianese Creole|gd=Scottish Gaelic|gl=Galician|gn=Guarani
gom=Goan Konkani|gor=Gorontalo|grc=Ancient Greek|gu=Gujarati|gug=Paraguayan Guarani|guw=Gun|gv=Manx|ha=Hausa
haw=Hawaiian|hbo=Ancient Hebrew|he=Hebrew|hi=Hindi|hil=Hiligaynon|ho=Hiri Motu|hr=Croatian|hsb=Upper Sorbian
ht=Haitian Creole|hu=Hungarian|hy=Armenian|hz=Herero|ia=Interlingua|id=Indonesian|ig=Igbo|ii=Sichuan Yi|ilo=Iloko
io=Ido|is=Icelandic|it=Italian|iu=Inuktitut|ja=Japanese|jv=Javanese|ka=Georgian|kab=Kabyle|kg=Kongo|ki=Kikuyu
kik=Kikuyu|kj=Kuanyama|kk=Kazakh|kl=Kalaallisut|km=Khmer|kmr=Northern Kurdish|kn=Kannada|ko=Korean|kr=Kanuri
ks=Kashmiri|ku=Kurdish|kv=Komi|kw=Cornish|ky=Kyrgyz|la=Latin|lb=Luxembourgish|lg=Ganda|li=Limburgish|lij=Ligurian
lmo=Lombard|ln=Lingala|lo=Lao|lt=Lithuanian|ltg=Latgalian|lu=Luba-Katanga|lua=Luba-Lulua|luo=Luo|lv=Latvian
mad=Madurese|mai=Maithili|mg=Malagasy|mh=Marshallese|mi=Maori|min=Minangkabau|mk=Macedonian|ml=Malayalam|mn=Mongolian
mni=Manipuri|mos=Mossi|mr=Marathi|ms=Malay|mt=Maltese|my=Burmese|na=Nauru|nap=Neapolitan|nb=Norwegian Bokmål
nd=North Ndebele|ne=Nepali|ng=Ndonga|nl=Dutch|nn=Norwegian Nynorsk|nr=South Ndebele|nso=Northern Sotho|nv=Navajo
ny=Nyanja|oc=Occitan|oj=Ojibwa|om=Oromo|or=Odia|os=Ossetic|pa=Punjabi|pag=Pangasinan|pam=Pampanga|pap=Papiamento
pcm=Nigerian Pidgin|pi=Pali|pl=Polish|pms=Piedmontese|ps=Pashto|pt=Portuguese|qu=Quechua|rm=Romansh|rn=Rundi
ro=Romanian|ru=Russian|rw=Kinyarwanda|sa=Sanskrit|sah=Yakut|sat=Santali|sc=Sardinian|scn=Sicilian|sd=Sindhi
sdh=Southern Kurdish|se=Northern Sami|sg=Sango|shn=Shan|si=Sinhala|sk=Slovak|sl=Slovenian|sm=Samoan|sn=Shona
so=Somali|sq=Albanian|sr=Serbian|ss=Swati|st=Southern Sotho|su=Sundanese|sv=Swedish|sw=Swahili|szl=Silesian
ta=Tamil|te=Telugu|tet=Tetum|tg=Tajik|th=Thai|ti=Tigrinya|tk=Turkmen|tl=Tagalog|tn=Tswana|to=Tongan|tpi=Tok Pisin
tr=Turkish|ts=Tsonga|tt=Tatar|tum=Tumbuka|tw=Twi|ty=Tahitian|tzm=Central Atlas Tamazight|ug=Uyghur|uk=Ukrainian
umb=Umbundu|und=undetermined|ur=Urdu|uz=Uzbek|uzs=Southern Uzbek|ve=Venda|vec=Venetian|vi=Vietnamese|vo=Volapük
wa=Walloon|war=Waray|wo=Wolof|wuu=Wu Chinese|xh=Xhosa|yi=Yiddish|yo=Yoruba|yue=Cantonese|za=Zhuang|zh=Chinese|zu=Zulu
""".strip().replace("\n", "|").split("|"))

_SUBTAG_NAMES = {
    "Hans": "Simplified", "Hant": "Traditional", "Latn": "Latin script", "Cyrl": "Cyrillic script",
    "Arab": "Arabic script", "BR": "Brazil", "PT": "Portugal", "CA": "Canada", "FR": "France", "BE": "Belgium",
    "CH": "Switzerland", "ID": "Indonesia", "MY": "Malaysia", "US": "United States", "GB": "United Kingdom",
}  # fmt: skip

_ALIASES = {
    # Argos's own codes.
    "zt": "zh-Hant", "pb": "pt-BR",
    # Deprecated ISO 639 codes (IANA registry, `Preferred-Value`) that pages still carry, and Norwegian, which Argos
    # and most news call Bokmål.
    "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "no": "nb",
    # Three-letter codes where BCP 47 wants the two-letter one.
    "ara": "ar", "ben": "bn", "ces": "cs", "cze": "cs", "chi": "zh", "cmn": "zh", "zho": "zh", "dan": "da",
    "deu": "de", "ger": "de", "dut": "nl", "nld": "nl", "ell": "el", "gre": "el", "eng": "en", "fas": "fa",
    "per": "fa", "pes": "fa", "fin": "fi", "fra": "fr", "fre": "fr", "heb": "he", "hin": "hi", "hun": "hu", "ind": "id",
    "ita": "it", "jav": "jv", "jpn": "ja", "kor": "ko", "may": "ms", "msa": "ms", "zsm": "ms", "nob": "nb",
    "nor": "nb", "pol": "pl", "por": "pt", "ron": "ro", "rum": "ro", "rus": "ru", "spa": "es", "sun": "su",
    "swa": "sw", "swe": "sv", "tgl": "tl", "tha": "th", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi",
}  # fmt: skip

_MISTAKES = {"idn": "id", "indo": "id", "bahasa": "id", "jp": "ja", "kr": "ko", "cn": "zh", "cz": "cs", "dk": "da",
             "gr": "el", "ua": "uk", "vn": "vi", "us": "en", "gb": "en", "mandarin": "zh", "farsi": "fa"}  # fmt: skip
"""Country codes and other names people write for a language; offered, never assumed."""

_TAG = regex.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<rest>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-z](?:-[a-z0-9]{2,8})+)*)"
)
"""RFC 5646 `langtag`, without extended language subtags, in lower case."""

_LONGEST_TAG = 64


def canonical(tag: str) -> str:
    """Give the canonical form of a language tag: BCP 47 case, Argos's and deprecated codes replaced.

    UsageError, with the nearest valid tag, when it names no language.

    >>> canonical("ID"), canonical("zt"), canonical("pt_br"), canonical("in-ID"), canonical("eng")
    ('id', 'zh-Hant', 'pt-BR', 'id-ID', 'en')
    """
    text = tag.strip().replace("_", "-").lower()
    match = _TAG.fullmatch(text) if len(text) <= _LONGEST_TAG else None
    if match is None:
        raise _unknown(tag)
    language = _ALIASES.get(match["language"], match["language"])
    if language.partition("-")[0] not in _NAMES:
        raise _unknown(tag)
    script, region = (match["script"] or "").title(), (match["region"] or "").upper()
    if "-" in language and (script or region):  # zt-TW, pb-BR: what the tag itself says wins
        language = language.partition("-")[0]
    return "-".join(filter(None, (language, script, region))) + match["rest"]


def _unknown(tag: str) -> UsageError:
    """Make the error for a tag that names no language, with the nearest one that does."""
    shown = tag if len(tag) <= _LONGEST_TAG else tag[:_LONGEST_TAG] + "…"
    word = regex.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0][:_LONGEST_TAG]
    by_name = {english.lower(): code for code, english in _NAMES.items()}
    code = by_name.get(tag.strip().lower()) or _MISTAKES.get(word)
    if code is None:
        names = difflib.get_close_matches(word, by_name, n=1, cutoff=0.7) if len(word) > 3 else []
        # Shorter first, then by spelling, so that the answer does not depend on the table's order.
        codes = difflib.get_close_matches(word, sorted(_NAMES, key=lambda key: (len(key), key)), n=1, cutoff=0.6)
        code = by_name[names[0]] if names else codes[0] if codes else None
    advice = f"did you mean {code!r} ({_NAMES[code]})?" if code else "give a BCP 47 tag such as 'id', 'fr' or 'pt-BR'"
    return UsageError(f"{shown!r} is not a language tag", advice=advice)


def to_argos(tag: str) -> str:
    """Give Argos's code for a canonical tag; regions and scripts it has no code for are left off.

    >>> to_argos("zh-Hant"), to_argos("zh-TW"), to_argos("pt-BR"), to_argos("fr-CA"), to_argos("id")
    ('zt', 'zt', 'pb', 'fr', 'id')
    """
    language, *rest = canonical(tag).split("-")
    if language == "zh" and not {"Hant", "TW", "HK", "MO"}.isdisjoint(rest) and "Hans" not in rest:
        return "zt"
    return "pb" if language == "pt" and "BR" in rest else language


def name(tag: str) -> str:
    """Give the English name of a language, or the tag itself where there is none.

    >>> name("id"), name("zt"), name("pt-BR"), name("qaa")
    ('Indonesian', 'Chinese (Traditional)', 'Portuguese (Brazil)', 'qaa')
    """
    try:
        tag = canonical(tag)
    except UsageError:
        return tag
    language, *rest = tag.split("-")
    named = ", ".join(_SUBTAG_NAMES.get(part, part) for part in rest)
    return f"{_NAMES[language]} ({named})" if named else _NAMES[language]


@functools.cache
def base(tag: str) -> str:
    """Give the language subtag of a claimed tag, or nothing where it is no language."""
    try:
        return canonical(tag).partition("-")[0]
    except UsageError:
        return ""
