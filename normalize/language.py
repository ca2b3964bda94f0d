"""Languages: BCP 47 tags in canonical case, their English names, and which language a text is in, offline.

Detection is py3langid's naive Bayes over byte n-grams, plus two things news needs: how likely a language is to be met
in news at all (short texts are otherwise called Venetian or Latin), and the commonest words of the languages that are
confused in short texts, Indonesian and Malay above all.
"""

from __future__ import annotations

import dataclasses
import difflib
import functools
import math
import re
import threading
from collections import Counter
from collections.abc import Collection, Mapping
from typing import Protocol

import regex

from normalize.errors import UsageError

__all__ = ["UNDETERMINED", "Detection", "canonical", "detect", "detect_paragraph", "name", "to_argos", "warm"]

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


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """Which language a text is in, and how sure that is."""

    language: str
    """BCP 47; `und` when there is too little text to say."""
    confidence: float
    """0 to 1, comparable between texts of any length; under 0.5 it is a guess."""


_NEWS_LANGUAGES = frozenset(
    [
        "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa",
        "fi", "fr", "ga", "gl", "gu", "ha", "he", "hi", "hr", "hu", "hy", "id", "ig", "is", "it", "ja", "jv", "ka",
        "kk", "km", "kn", "ko", "ku", "ky", "lb", "lo", "lt", "lv", "mg", "mk", "ml", "mn", "mr", "ms", "mt", "my",
        "nb", "ne", "nl", "nn", "no", "om", "or", "pa", "pl", "ps", "pt", "ro", "ru", "rw", "sd", "si", "sk", "sl",
        "sn", "so", "sq", "sr", "sv", "sw", "ta", "te", "tg", "th", "tk", "tl", "tr", "ug", "uk", "ur", "uz", "vi",
        "xh", "yo", "zh", "zu",
    ]
)
"""Languages with a daily press of their own. The others must show more: see `_RARE`."""

_RARE = -9.0
_LIKELY = {"en": 5.0, "fr": 5.0, "id": 8.0, "de": 4.0, "es": 4.0, "it": 3.0, "pt": 3.0, "ms": -5.0}
"""Prior scores, in the model's units (a common word is worth about 6). Chosen on the first three words of sentences."""

_WORD_WEIGHT = 9.0
"""Score of a language for each different word of `_WORDS` met, times log(1 + count)."""

_COMMON_WORDS = {
    "en": """the of and to in is that for it was on with as be by at from are this have has had not but they his her
    he she we you will would were been their which who said more about after one can its an or if when what there than
    into could new my your our so up out how do did no only over also other some first two people because while""",
    "fr": """le la les de des du un une et est en dans que qui pour sur pas au aux par plus avec ce cette ces il elle
    ils elles nous vous je se sa son ses ne mais ou où été être sont était ont avait fait comme tout leur leurs même
    aussi après entre sans sous ainsi depuis deux selon lors d'un d'une l'un c'est n'est qu'il qu'elle qu'un j'ai
    s'est cet dont contre chez très encore peut faire""",
    "id": """yang dan di ke dari untuk dengan pada ini itu tidak dalam adalah akan oleh juga sebagai atau mereka dia
    ia kami kita saya anda telah sudah ada bisa karena bahwa lebih saat hingga para setelah namun tersebut tahun orang
    menjadi dapat secara seperti antara masih harus sebuah merupakan beberapa kata kepada bagi lain jika serta sejak
    ketika tapi hanya satu dua belum sedang lalu agar terhadap tentang melalui maupun tetapi sedangkan banyak semua
    nya punya apa siapa bukan jadi demi usai terkait senin selasa rabu kamis jumat sabtu maret juli agustus desember
    uang mobil kantor kota polisi provinsi perusahaan pemerintah rumah berbeda kecil hari waktu""",
    "ms": """yang dan di ke dari untuk dengan pada ini itu tidak dalam adalah akan oleh juga sebagai atau mereka dia
    ia kami kita saya anda telah sudah ada lebih hingga para namun tersebut tahun orang menjadi dapat secara seperti
    antara masih harus beberapa kata kepada bagi lain jika serta sejak ketika tetapi hanya satu dua belum sedang lalu
    agar terhadap tentang melalui banyak semua hari waktu bukan apa siapa kerana bahawa selepas boleh ialah iaitu
    sahaja mahu manakala turut daripada maklumat peratus perkhidmatan pengerusi mesyuarat sekiranya hendaklah menerusi
    semasa dijangka kerajaan syarikat wang bandar berbeza isnin khamis jumaat ahad ogos disember mac julai encik awak
    hendak nak mempunyai pula""",
    "es": """el la los las de del un una y es en que por para con se no su al lo como más pero sus le ha este esta
    entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante ser fue son era han según
    tras""",
    "pt": """o a os as de do da dos das um uma e é em no na nos nas que por para com se não ao mais como mas foi sua
    seu ou ser quando muito há já também só pelo pela até isso ela ele entre depois sem mesmo aos são está""",
    "it": """il lo la i gli le di del della dei delle un una uno e è in nel nella che per con non si da dal dalla al
    alla ai come più ma anche sono ha hanno suo sua questo questa essere stato tra fra dopo ancora loro""",
    "de": """der die das den dem des und ist in von zu mit für auf nicht ein eine einen einer im am als auch es an
    werden aus er hat dass sie nach wird bei um noch wie über so zum zur war haben nur oder aber vor durch mehr
    sich""",
    "nl": """de het een van en is in op te dat die voor met niet zijn aan er om ook als bij maar door naar uit over
    nog wordt werd heeft hij ze wij haar hun dan""",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON_WORDS.items()}

_URL = regex.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\w+")
_IN_ADDRESSES = ("://", "www.", "@", "#")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’]\p{L}[\p{L}\p{M}]*)?")
_QUOTED = regex.compile(r"«[^«»]{1,400}»|“[^“”]{1,400}”|\"[^\"]{1,400}\"")
_LETTER = regex.compile(r"\p{L}")
_SMALL_ALPHABET = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Arabic}--\P{L}]", flags=regex.V1)
"""Letters of the scripts that many languages share, where a few letters say little."""

_FEWEST_LETTERS = 5
_FIVE_LETTERS = re.compile(r"[A-Za-z]{5}")
_LOWEST_CONFIDENCE = 0.2
"""Below this the languages are told apart by accident: names and numbers."""
_LONGEST_SAMPLE = 1_200
"""Characters looked at of a long text, in four slices: some ten sentences, enough to tell Malay from Indonesian."""

_FUNCTION_WORDS = 0.2
"""Smallest share of common words in a paragraph of running text; names and titles have fewer."""
_FEWEST_WORDS = 8
_SURE = 0.7

_TRADITIONAL = frozenset("這個們來時國會學說對後發現經過問題開關應該為與從還進黨總統電話報導臺灣點樣將東車")
_SIMPLIFIED = frozenset("这个们来时国会学说对后发现经过问题开关应该为与从还进党总统电话报导湾点样将东车")


class _Model(Protocol):
    """What is used of py3langid's identifier."""

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Give each label with its log score, best first."""


_lock = threading.Lock()


@functools.cache
def _load() -> _Model:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads NumPy and a model

    model: _Model = LanguageIdentifier.from_model_file(MODEL_FILE)
    return model


def _model() -> _Model:
    """Give the model, loaded once: about a second, and 60 MB."""
    with _lock:
        return _load()


def warm() -> None:
    """Begin to load the model, in another thread: most of it is unpacking, which other work can go beside."""
    threading.Thread(target=_model, name="language model", daemon=True).start()


def detect(text: str, *, among: Collection[str] | None = None, hint: str = "") -> Detection:
    """Say which language `text` is in.

    `among` restricts the answer to these tags; `hint`, a language the page claims, weighs as much as a word or two.
    Text with too few letters to judge is `und`, with confidence 0.

    >>> detect("1 234,50 €")
    Detection(language='und', confidence=0.0)
    """
    sample = _sample(text)
    if _FIVE_LETTERS.search(sample) is None and _letters(sample) < _FEWEST_LETTERS:
        return Detection(language=UNDETERMINED, confidence=0.0)
    wanted = None if among is None else {canonical(tag) for tag in among}
    scores = _scores(sample, None if wanted is None else {tag.partition("-")[0] for tag in wanted}, hint)
    if not scores:
        return Detection(language=UNDETERMINED, confidence=0.0)
    best = max(sorted(scores), key=scores.__getitem__)
    # Scores grow with the text; dividing by the root of its length keeps the confidence comparable (as py3langid does).
    heat = math.sqrt(len(sample.encode("utf-8", "replace")))
    total = math.fsum(math.exp((score - scores[best]) / heat) for score in scores.values())
    confidence = round(1 / total, 4)
    if confidence < _LOWEST_CONFIDENCE:
        return Detection(language=UNDETERMINED, confidence=confidence)
    return Detection(language=_with_script(best, sample, wanted), confidence=confidence)


def _sample(text: str) -> str:
    """Take at most `_LONGEST_SAMPLE` characters from all over the text, addresses and shouting taken out."""
    if len(text) > _LONGEST_SAMPLE:
        slices = 4
        size = _LONGEST_SAMPLE // slices
        starts = [number * (len(text) - size) // (slices - 1) for number in range(slices)]
        text = "\n".join(text[start : start + size] for start in starts)
    if any(map(text.__contains__, _IN_ADDRESSES)):
        text = _URL.sub(" ", text)
    return "\n".join(line.lower() if line.isupper() else line for line in text.splitlines())


def _letters(text: str) -> int:
    """Count letters; one of a script that few languages use counts four times."""
    letters, shared = len(_LETTER.findall(text)), len(_SMALL_ALPHABET.findall(text))
    return shared + 4 * (letters - shared)


def _scores(sample: str, wanted: set[str] | None, hint: str) -> dict[str, float]:
    """Give the score of each candidate language: the model's, its likelihood in news, and its common words."""
    counts = Counter(_WORD.findall(sample.casefold().replace("’", "'")))
    evidence = _word_evidence(counts)
    claimed = _base(hint)
    scores: dict[str, float] = {}
    for label, score in _model().rank(sample):
        language = _base(label)
        if not language or (wanted is not None and language not in wanted):
            continue
        prior = _LIKELY.get(language, 0.0 if language in _NEWS_LANGUAGES else _RARE)
        prior += _WORD_WEIGHT if language == claimed else 0.0
        scores[language] = max(scores.get(language, -math.inf), score + prior + evidence.get(language, 0.0))
    return scores


def _word_evidence(counts: Mapping[str, int]) -> dict[str, float]:
    return {  # fsum rounds once, so that the order of the words does not matter
        language: _WORD_WEIGHT * math.fsum(math.log1p(counts[word]) for word in words.intersection(counts))
        for language, words in _WORDS.items()
    }


@functools.cache
def _base(tag: str) -> str:
    """Give the language subtag of a claimed tag, or nothing where it is no language."""
    try:
        return canonical(tag).partition("-")[0]
    except UsageError:
        return ""


def _with_script(language: str, sample: str, wanted: set[str] | None) -> str:
    """Give the tag of a detected language, with what else of it can be told: Chinese by its characters."""
    if wanted is not None:
        tags = sorted(tag for tag in wanted if tag.partition("-")[0] == language)
        if len(tags) == 1:
            return tags[0]
    if language == "zh":
        traditional = sum(char in _TRADITIONAL - _SIMPLIFIED for char in sample)
        return "zh-Hant" if traditional > sum(char in _SIMPLIFIED - _TRADITIONAL for char in sample) else "zh"
    return language


def detect_paragraph(text: str, article_language: str, target_language: str = "en") -> str:
    """Say whether a paragraph of an article is in the target language already.

    Gives `target_language` on strong evidence only, otherwise `article_language`: a paragraph of names and titles, or
    one that quotes a sentence, stays the article's.

    >>> detect_paragraph("The company said that it would not comment on the case.", "id")
    'en'
    >>> detect_paragraph("Foto: Associated Press / The New York Times / Open Society Foundations", "id")
    'id'
    """
    article, target = _base(article_language), _base(target_language)
    if article == target:
        return article_language
    sample = _sample(text)
    if not _may_be(target, article, sample):
        return article_language
    outside = _QUOTED.sub(" ", sample)  # a title or a sentence quoted says nothing of the paragraph around it
    if _WORD.search(outside) and not _may_be(target, article, outside):
        return article_language
    detection = detect(text)
    sure = detection.language.partition("-")[0] == target and detection.confidence >= _SURE
    return target_language if sure else article_language


def _may_be(target: str, article: str, text: str) -> bool:
    """Whether a text has as many of the target's common words, and as few of the article's, as running text."""
    words = _WORD.findall(text.replace("’", "'"))
    own, theirs = _WORDS.get(target, frozenset()), _WORDS.get(article, frozenset())
    if not own:
        return len(words) >= _FEWEST_WORDS
    # In small letters only: the capitals of The New York Times are part of a name.
    for_target = sum(word in own and word not in theirs for word in words)
    if for_target < max(2, _FUNCTION_WORDS * len(words)):
        return False
    for_article = sum(word in theirs and word not in own for word in map(str.casefold, words))
    return for_target >= 4 * for_article
