"""Names of places and times that have an English form of their own, and common words no English text has.

Written for this project; the languages the bundled packages translate from.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

import regex

from normalize.check import lexicon, literals
from normalize.check.foreign import in_english, is_foreign, may_change
from normalize.check.subject import Found, Subject
from normalize.check.tokens import Match, Words, parts
from normalize.corpus import Span

__all__ = ["has_english", "is_common", "left", "replaced"]

_ENGLISH = {
    "id": """Belgia Belgium|Jerman Germany|Spanyol Spain|Prancis France|Yunani Greece|Turki Turkey|Mesir Egypt
    |Suriah Syria|Yordania Jordan|Irak Iraq|Maroko Morocco|Aljazair Algeria|Libia Libya|Etiopia Ethiopia|Afrika Africa
    |Eropa Europe|Amerika America|Rusia Russia|Ukraina Ukraine|Polandia Poland|Hongaria Hungary|Rumania Romania
    |Kroasia Croatia|Swedia Sweden|Norwegia Norway|Finlandia Finland|Islandia Iceland|Irlandia Ireland
    |Skotlandia Scotland|Italia Italy|Slowakia Slovakia|Luksemburg Luxembourg|Siprus Cyprus|Brasil Brazil
    |Meksiko Mexico|Kolombia Colombia|Kuba Cuba|Ekuador Ecuador|Kanada Canada|Jepang Japan|Tiongkok China
    |Kamboja Cambodia|Singapura Singapore|Selandia_Baru New_Zealand|Arab_Saudi Saudi_Arabia|Korea_Selatan South_Korea
    |Korea_Utara North_Korea|Afrika_Selatan South_Africa|Asia_Tenggara Southeast_Asia|Palestina Palestine
    |Yerusalem Jerusalem|Kopenhagen Copenhagen|Moskow Moscow|Praha Prague|Wina Vienna|Brussel Brussels|Jenewa Geneva
    |Lisabon Lisbon|Warsawa Warsaw|Kairo Cairo|Beograd Belgrade|Bukares Bucharest|Teheran Tehran|Damaskus Damascus
    |Mekkah Mecca|Mediterania Mediterranean|Karibia Caribbean|Pasifik Pacific|Atlantik Atlantic
    |Januari January|Februari February|Maret March|Juni June|Juli July|Agustus August|Oktober October
    |Desember December|Senin Monday|Selasa Tuesday|Rabu Wednesday|Kamis Thursday|Jumat Friday|Sabtu Saturday""",
    "fr": """Belgique Belgium|Allemagne Germany|Espagne Spain|Italie Italy|Grèce Greece|Turquie Turkey|Égypte Egypt
    |Syrie Syria|Jordanie Jordan|Liban Lebanon|Irak Iraq|Maroc Morocco|Algérie Algeria|Tunisie Tunisia|Libye Libya
    |Éthiopie Ethiopia|Afrique Africa|Asie Asia|Amérique America|Russie Russia|Pologne Poland|Hongrie Hungary
    |Roumanie Romania|Bulgarie Bulgaria|Croatie Croatia|Serbie Serbia|Suède Sweden|Norvège Norway|Finlande Finland
    |Danemark Denmark|Islande Iceland|Irlande Ireland|Écosse Scotland|Autriche Austria|Slovaquie Slovakia
    |Slovénie Slovenia|Chypre Cyprus|Brésil Brazil|Mexique Mexico|Colombie Colombia|Équateur Ecuador|Pérou Peru
    |Japon Japan|Chine China|Corée Korea|Cambodge Cambodia|Singapour Singapore|Malaisie Malaysia|Thaïlande Thailand
    |Inde India|Nouvelle-Zélande New_Zealand|Australie Australia|Arabie_saoudite Saudi_Arabia|Suisse Switzerland
    |Afrique_du_Sud South_Africa|Corée_du_Sud South_Korea|Corée_du_Nord North_Korea|Jérusalem Jerusalem
    |Copenhague Copenhagen|Athènes Athens|Moscou Moscow|Bruxelles Brussels|Genève Geneva|Lisbonne Lisbon
    |Varsovie Warsaw|Pékin Beijing|Londres London|Barcelone Barcelona|Venise Venice|Séoul Seoul|Téhéran Tehran
    |Bucarest Bucharest|Méditerranée Mediterranean|Caraïbes Caribbean|Pacifique Pacific|Atlantique Atlantic
    |Israël Israel|Arménie Armenia|Floride Florida|Californie California|Louisiane Louisiana
    |janvier January|février February|avril April|juin June|juillet July|août August|septembre September
    |octobre October|novembre November|décembre December|Septembre September|Octobre October|Novembre November
    |Décembre December|lundi Monday|mardi Tuesday|mercredi Wednesday|jeudi Thursday|vendredi Friday|samedi Saturday
    |dimanche Sunday""",
}

_COMMON = {
    "id": """cahaya angin hujan gunung sungai danau pantai bumi matahari bintang langit tanah pohon hutan ikan burung
    anjing kucing rumah desa pasar sekolah murid siswa anak ibu ayah kakak adik saudara teman keluarga suami istri
    perempuan wanita pria manusia warga rakyat masyarakat pemerintah menteri gubernur bupati camat lurah polisi tentara
    pasukan prajurit kolonel jenderal hakim jaksa pengadilan hukum korban pelaku tersangka kejadian peristiwa kecelakaan
    kebakaran banjir gempa harga uang biaya pajak perusahaan karyawan pekerja buruh petani nelayan pedagang pembeli
    penjual kapal pesawat kereta sepeda jembatan gedung bangunan lapangan pagi siang sore malam abad kemarin besok
    sekarang utara selatan tenggara kanan bawah depan belakang merah putih hitam biru hijau kuning besar kecil panjang
    pendek tinggi rendah makan minum tidur bekerja berjalan datang pergi pulang masuk keluar membeli menjual mengatakan
    menurut gerbong cincin nyamuk racun ilmuwan peneliti penelitian komisaris pendorong kota negara dunia presiden
    puluhan belasan ratusan ribuan jutaan beberapa sejumlah sebanyak sebagian seluruh seorang""",
    "fr": """neige glace lune ville rue maison école élèves mer montagne rivière fleuve plage bateau voiture vélo chien
    cheval oiseau poisson arbre jardin femme homme enfants père mère frère sœur famille mari roi reine soldat soldats
    guerre paix juge procureur victime incendie séisme inondation argent impôt entreprise salarié ouvrier agriculteur
    pêcheur acheteur vendeur usine bâtiment matin nuit jours semaine année siècle hier demain maintenant nord ouest
    gauche droite devant derrière rouge blanc noir bleu vert jaune nouvelle vieux jeune mauvais vivant habitants
    dommages roches pieds renforts vingt trente quarante cinquante soixante belges brésiliens""",
}

_LOANS = lexicon.words(
    """café cafés naïve fiancé fiancée cliché clichés décor début débris façade façades élite protégé protégée résumé
    soirée entrée sauté crème mêlée précis régime rôle fête pâté éclair exposé risqué touché passé émigré émigrés coupé
    señor jalapeño à-la-carte déjà communiqué attaché née blasé consommé purée rosé toupée matinée négligée
    kecamatan kelurahan kepulauan kejaksaan"""
)
"""Words with accents that English has too, and some that English texts about the country keep."""

_FORM = {
    "id": regex.compile(
        r"(?:(?:ber|ter|me[mn]|meng|meny|pe[mn]|peng|ke|di)\p{Ll}{3,}(?:an|kan|nya)|\p{Ll}{4,}(?:kan|nya))"
    ),
    "fr": regex.compile(r"\p{Ll}*[à-öø-ÿœ]\p{Ll}*"),
}
"""How words of the language are formed that English does not have, but for loans."""

_HEAD = regex.compile(
    r"(?:^|(?:[.!?]|\s[–—-])\s|[\"“”„«‘]\s?)(?P<word>\p{Lu}[\p{Ll}\p{M}]+)(?=,|\s\p{Ll})"
)
"""The first word of a sentence, or of speech or after a dash within it, where no name goes on: “Saya hope, and not “Le
Monde."""

_FIRST = regex.compile(r"[.!?\"“”„«‘]\s?$")
"""What stands before the first word of a sentence, or of speech."""

_HOMOGRAPHS = lexicon.words("comment encore sans dont para un lain sur")
"""Words of grammar that may begin an English sentence, or a title in it."""

_FEW = 3  # words of a target, to one left in the source's language, if the rest is to be a translation
_SHORTEST_FORM = 5  # letters of a word that is known by its form
_WORDS = Words("[<L>]+(?:[-][<L>]+)*")
_NAME_GOES_ON = regex.compile(r"\s\p{Lu}|\s(?:de|du|la|le|des)\s\p{Lu}")
_NAME_BEFORE = regex.compile(r"\p{Lu}[\p{L}\p{M}.’'-]*\s$")
_NEAR = 60  # characters in which the word before a name is looked for, so that the cost stays linear


@functools.cache
def _english(language: str) -> dict[str, str]:
    rows = (row.split() for row in _ENGLISH.get(language, "").split("|") if row.strip())
    return {source.replace("_", " "): target.replace("_", " ") for source, target in rows}


@functools.cache
def _pattern(language: str) -> regex.Pattern[str] | None:
    known = sorted(_english(language), key=lambda name: (-len(name), name))
    return regex.compile(rf"(?<![\w-])(?:{'|'.join(map(regex.escape, known))})(?![\w-])") if known else None


@functools.cache
def _beginnings(language: str) -> frozenset[str]:
    """Give what the names of places and times begin with; most texts have nothing of it, and are spared the pattern."""
    return frozenset(_WORDS.of(name)[0] for name in _english(language))


@functools.cache
def _within(language: str) -> frozenset[str]:
    """Give the words of all names of places and times."""
    return frozenset(word for name in _english(language) for word in name.split())


@functools.cache
def _common(language: str) -> frozenset[str]:
    return lexicon.words(_COMMON.get(language, ""))


def has_english(name: str, language: str) -> bool:
    """Whether a word is, or is part of, a place or time with an English name of its own.

    >>> has_english("Selandia", "id"), has_english("Bandung", "id")
    (True, False)
    """
    return name in _beginnings(language) or name in _within(language)


def _places(source: str, target: str, language: str) -> Iterator[tuple[Span, str]]:
    """Give each name left in the target with its English form, unless it is part of a longer name."""
    pattern = None if _beginnings(language).isdisjoint(parts(_WORDS, target)) else _pattern(language)
    for match in pattern.finditer(target) if pattern else ():
        if match[0].casefold() not in source.casefold() or _english(language)[match[0]] in target:
            continue
        ahead, back = _NAME_GOES_ON.match(target, match.end()), _name_before(target, match.start())
        dated = match[0][0].islower() or _english(language)[match[0]].endswith(("day", "ber", "ary"))
        if dated or not (ahead or (back and back.start() > 0)):
            yield Span(start=match.start(), end=match.end()), _english(language)[match[0]]


@functools.lru_cache(maxsize=256)  # the guard tries many targets of one source
def _every(source: str) -> frozenset[str]:
    """Give the words of a source in small letters."""
    return frozenset(map(str.lower, parts(_WORDS, source)))


@functools.lru_cache(maxsize=256)
def _small(source: str) -> frozenset[str]:
    """Give, in small letters, the words of a source that have no capital in the middle of a sentence."""
    heads = {match["word"].lower() for match in _HEAD.finditer(source)}
    return frozenset(word for word in parts(_WORDS, source) if word.islower()) | heads


def _is_strange(word: str, language: str) -> bool:
    """Whether a word is one of the language's common ones, or formed as none of English is."""
    if word in _common(language):
        return True
    known = word in _LOANS or len(word) < _SHORTEST_FORM
    return not known and _FORM[language].fullmatch(word) is not None


class _Kind(NamedTuple):
    """What a word of a source, in small letters, may be in a target."""

    strange: bool
    """No English word, wherever it stands."""
    listed: bool
    """One that translators do not keep; it may be a name."""
    grammar: bool
    titled: bool
    """One that they do not keep with a capital."""


@functools.lru_cache(maxsize=8192)
def _kind(word: str, language: str) -> _Kind | None:
    """Say what a word may be; None where it is nothing, most often a name."""
    kind = _Kind(
        strange=_is_strange(word, language),
        listed=is_foreign(word, language) and word not in _HOMOGRAPHS,
        grammar=word in lexicon.FUNCTION_WORDS[language] and word not in _HOMOGRAPHS,
        titled=is_foreign(word.title(), language),
    )
    return kind if any(kind) else None


def is_common(word: str, language: str) -> bool:
    """Whether a word, in small letters, is one of the language's own and no name or English word.

    >>> is_common("saya", "id"), is_common("berdasarkan", "id"), is_common("panama", "id")
    (True, True, False)
    """
    if language not in _ENGLISH or word in _HOMOGRAPHS:
        return False
    return word in lexicon.FUNCTION_WORDS[language] or is_foreign(word, language) or _is_strange(word, language)


def _strange(source: str, text: str, language: str) -> Iterator[Span]:
    """Give the places of words of the source's language in the target that are known to be no English.

    A capitalised one counts where a sentence begins, if no name goes on, and elsewhere, if it stands alone.
    """
    target = literals.mask(text)
    shared = _every(source).intersection(_stems(target))
    kinds = {word: kind for word in shared if (kind := _kind(word, language)) is not None}
    if not kinds:  # most often only names and numbers are shared
        return
    small = _small(source)
    strange = {word for word, kind in kinds.items() if kind.strange}
    listed = {word for word, kind in kinds.items() if kind.listed and word in small}
    grammar = {word for word, kind in kinds.items() if kind.grammar and word in small}
    titled = {word.title() for word, kind in kinds.items() if kind.titled}
    telling = strange | listed | grammar | {word.lower() for word in titled}
    if not telling:
        return
    heads: set[int] | None = None
    for match in _WORDS.finditer(target):
        word = match[0].lower()
        if word not in telling and word.removesuffix("s") not in listed:
            continue
        if heads is None:
            heads = {match.start("word") for match in _HEAD.finditer(target)}
        if "/" in target[max(0, match.start() - 1) : match.end() + 1]:  # kabupaten/kota, which reports in English keep
            continue
        if match[0] == word:
            plural = language == "id" and not word.endswith("ss") and word.removesuffix("s") in listed
            found = plural or word in strange or word in listed
        elif match.start() in heads:  # Budi is a name, and a word too
            # No name is formed as "Keanggunan" is.
            found = word in grammar or (word in listed and (word in strange or may_change(match[0], language)))
        else:
            common = word in strange and word in small and word in _common(language)
            found = (common or (match[0] in titled and match[0] in source)) and _alone(target, match)
        if found or (not match.start() and word in strange and word in _common(language)):
            yield Span(start=match.start(), end=match.end())


def _stems(target: str) -> list[str]:
    """Give the words of a target in small letters, and without the ending of a plural: agregators."""
    words = parts(_WORDS, target)
    return [*map(str.lower, words), *[word[:-1].lower() for word in words if word[-1] == "s"]]


def _alone(target: str, match: Match) -> bool:
    """Whether no name stands before or after a capitalised word, of which it would be a part."""
    return not (_NAME_GOES_ON.match(target, match.end()) or _name_before(target, match.start()))


def _name_before(target: str, end: int) -> Match | None:
    """Find the capitalised word right before a place."""
    return _NAME_BEFORE.search(target, max(0, end - _NEAR), end)


def left(subject: Subject) -> Iterator[Found]:
    """Find single words of the source's language in the target: places, days, months, and common words."""
    language = subject.source_language
    if subject.target_language != "en" or language not in _ENGLISH:
        return
    named: list[Span] = []
    for span, english in _places(subject.source, subject.target, language):
        named.append(span)
        yield f"“{span.of(subject.target)}” is {english} in English", span
    # The glossary may want a word of the language.
    named += (one.target_span for one in subject.unit.receipts if one.target_span is not None)
    told = {place for one in named for place in range(one.start, one.end)}
    for span in _strange(subject.source, subject.target, language):
        if span.start not in told or span.end - 1 not in told:
            yield f"“{span.of(subject.target)}” is left in the source's language", span


def replaced(source: str, target: str, language: str) -> str:
    """Put the English of places, times and words left in the source's language in their stead, as far as it is known.

    >>> replaced("Ia tiba di Spanyol pada Senin.", "He came to Spanyol on Senin.", "id")
    'He came to Spain on Monday.'
    >>> replaced("Koran La Libre Belgique terbit.", "The paper La Libre Belgique appeared.", "fr")
    'The paper La Libre Belgique appeared.'
    >>> replaced("Setelah badai itu dua kapal hilang.", "After the badai two kapals were lost.", "id")
    'After the storm two ships were lost.'
    >>> replaced("Keanggunan itu tampak jelas.", "Keanggunan was plain to see.", "id")
    'Elegance was plain to see.'
    >>> replaced("JAKARTA - Ratusan warga pergi.", "JAKARTA - people Ratusan went away.", "id")
    'JAKARTA - people hundreds went away.'
    >>> replaced("Badai itu besar.", "badai itu besar", "id")  # no translation, and a dictionary makes none of it
    'badai itu besar'
    """
    for span, english in reversed(list(_places(source, target, language))):
        target = target[: span.start] + english + target[span.end :]
    if language not in _ENGLISH:
        return target
    strange = list(_strange(source, target, language))
    for span in reversed(strange) if len(strange) * _FEW <= len(parts(_WORDS, target)) else ():
        first = not span.start or _FIRST.search(target, max(0, span.start - 3), span.start) is not None
        target = target[: span.start] + _rendered(span.of(target), language, first=first) + target[span.end :]
    return target


def _rendered(word: str, language: str, *, first: bool) -> str:
    """Give the English of a word, the word itself where it is not known; of a plural in -s, one in -s.

    The `first` of a sentence keeps its capital, if it has one.
    """
    known = in_english(word, language)
    if not known and word[:1].isupper():
        known = in_english(word.lower(), language)
        return (lexicon.begun(known) if first else known) or word
    if not known and word[-1:] == "s" and (one := in_english(word[:-1], language)):
        known = one if one.endswith("s") else f"{one}s"
    return known or word
