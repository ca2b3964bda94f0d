"""The commonest words of the languages that are confused: evidence for detection, and often all that is needed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import regex

from normalize.language.tags import base

__all__ = ["WORD", "WORDS", "WORD_WEIGHT", "evidence_of", "is_borne_out", "plain", "sample_of"]


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


WORD_WEIGHT = 9.0
"""Score of a language for each different word of `WORDS` met, times log(1 + count)."""

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
WORDS = {language: _words(listed) for language, listed in _COMMON_WORDS.items()}

_URL = regex.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\w+")
_IN_ADDRESSES = ("://", "www.", "@", "#")
WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:['’]\p{L}[\p{L}\p{M}]*)?")

_LONGEST_SAMPLE = 1_200
"""Characters looked at of a long text, in four slices: some ten sentences, enough to tell Malay from Indonesian."""

_PLAIN = ("en", "fr", "id")
"""Languages that the words of `WORDS` tell from all but those of `_NEAR`. Spanish, say, has relatives without words."""

_PLAIN_SHARE = 0.25
"""Smallest share of common words in a text that is plainly in a language; running text has 0.3 to 0.5.

Half of it is the smallest in each quarter of the text: where one has fewer, it may be of another language.
"""

_PLAIN_LEAD = 45.0
"""By how much the words of a language must outweigh those of any other: some seven words that only one has."""

_PLAIN_OTHERS = 0.2
"""Largest weight of the words that another language has and the best one has not, as a share of the best one's.

Running text of one language has hardly any. Of two languages in one text, `detect` may well name the lesser one."""

_SMALL_LETTERS = 0.6
"""Smallest share of the letters in words that are written small; the rest may be names, or another script."""

_FEWEST_WORDS = 16
_LONGEST_PLAIN = 4_800

_NEAR: dict[str, tuple[str, ...]] = {"en": (), "fr": (), "id": ("ms", "jv", "su")}
"""Close relatives, which share the words of grammar."""

_ONLY = {
    "id": _words(
        """agustus aktivitas bahwa bandara berbeda besok bisa bisnis bupati butuh desember dibutuhkan dilansir
        diperkirakan dokter ekspor fasilitas gratis gubernur identitas impor informasi investasi jadwal jumat kabar
        kabupaten kantor kapasitas karena karenanya karyawan kebutuhan kecamatan kemarin kendaraan kepolisian kesehatan
        komunitas kualitas listrik maret mayoritas membutuhkan menit miliar mobil musik nomor pabrik pasien peneliti
        perusahaan ponsel provinsi proyek resmi riset rupiah senin sepeda situs sopir sore telepon terkait tim
        transportasi triliun uang universitas walikota"""
    ),
    "jv": _words("amarga ing ingkang iki iku kang kanggo karo lan luwih menyang nalika ora padha saka sing uga wis"),
    "ms": _words(
        """ahad aktiviti bahagian bahawa berbeza dijangka disember encik hendaklah hospital iaitu isnin jawatankuasa
        julai jumaat jurulatih kakitangan kejohanan kenderaan kerana kesihatan khamis kualiti mahu maklumat manakala
        menerusi mesyuarat minit ogos penganjur pengerusi peniaga peratus perkhidmatan polis sahaja sekiranya selepas
        semasa sempena seramai syarikat timbalan universiti wang"""
    ),
    "su": _words("anu aya dina geus ieu jeung kana maranéhna nu ogé pikeun teu tina urang"),
}
"""Words that Indonesian has and Malay has not (it has "pekan" and "polisi" too), and those that Indonesian has not."""

_FEWEST_ONLY = 2

_BORNE_OUT = 12.0
"""By how much the telling words of a language must outweigh the words of any other where it is expected: two words."""

_BORNE_OUT_SHARE = 0.125
"""Smallest share of common words in a text that they bear out: more than a quotation or a name brings along."""

_ALONE = {
    "en": WORDS["en"] - _words(
        """an as at be by can did do for had has have he her in is it its me more my new no not of on one or out over so
        some to two up was we will"""
    ),
}  # fmt: skip
"""Common words that hardly another language has: "by" and "to" are Polish, "her" and "on" Turkish, "have" is Danish."""


def sample_of(text: str, longest: int = _LONGEST_SAMPLE) -> str:
    """Take at most `longest` characters from all over the text, addresses and shouting taken out."""
    if len(text) > longest:
        slices = 4
        size = longest // slices
        starts = [number * (len(text) - size) // (slices - 1) for number in range(slices)]
        text = "\n".join(text[start : start + size] for start in starts)
    if any(map(text.__contains__, _IN_ADDRESSES)):
        text = _URL.sub(" ", text)
    return "\n".join(line.lower() if line.isupper() else line for line in text.splitlines())


def evidence_of(counts: Mapping[str, int]) -> dict[str, float]:
    """Give the score of each language of `WORDS` for words in small letters with their counts."""
    return {  # fsum rounds once, so that the order of the words does not matter
        language: WORD_WEIGHT * math.fsum(math.log1p(counts[word]) for word in words.intersection(counts))
        for language, words in WORDS.items()
    }


def plain(text: str, *, hint: str = "") -> str:
    """Give the language of a text that its common words leave no doubt of, or nothing: ask `detect` then.

    What it gives is what `detect` would of any page in one language, without the model, which takes most of a second to
    load. `hint` is a language the page claims; where the words say another, there is doubt.

    >>> plain("The company said that it would not comment on the case, but that it had been told of it by the police.")
    'en'
    >>> plain("Associated Press"), plain("Le chat"), plain("Katanya hari ini ada rapat")
    ('', '', '')
    """
    words = WORD.findall(sample_of(text, _LONGEST_PLAIN).replace("’", "'"))
    small = [word for word in words if word.islower()]  # the capitals of The New York Times are part of a name
    if len(small) < _FEWEST_WORDS or sum(map(len, small)) < _SMALL_LETTERS * sum(map(len, words)):
        return ""
    counts = Counter(small)
    evidence = evidence_of(counts)
    best = max(_PLAIN, key=lambda language: (evidence[language], language))
    lead = evidence[best] - max(found for language, found in evidence.items() if language not in {best, *_NEAR[best]})
    doubt = lead < _PLAIN_LEAD or not _is_even(best, small) or base(hint) not in {"", best}
    return "" if doubt or _is_mixed(best, counts, evidence[best]) or not _is_apart(best, counts) else best


def is_borne_out(text: str, tag: str) -> bool:
    """Whether common words of a language, and of hardly another, stand in a text, so that `detect` would name no other.

    False says nothing, and is all that is said of languages without such words; ask `detect` then, whose model takes
    most of a second to load.

    >>> is_borne_out("Ministers met people who work there.", "en"), is_borne_out("Palais de justice, Paris", "en")
    (True, False)
    """
    language = base(tag)
    alone = _ALONE.get(language)
    if alone is None:
        return False
    words = WORD.findall(sample_of(text).replace("’", "'"))
    counts = Counter(word for word in words if word.islower())
    common = sum(counts[word] for word in WORDS[language].intersection(counts))
    telling = alone.intersection(counts)
    if len(telling) < _FEWEST_ONLY or common < _BORNE_OUT_SHARE * len(words):
        return False
    own = WORD_WEIGHT * math.fsum(math.log1p(counts[word]) for word in telling)
    return own - max(found for other, found in evidence_of(counts).items() if other != language) >= _BORNE_OUT


def _is_even(language: str, words: Sequence[str]) -> bool:
    """Whether enough of the words, and some of each quarter of them, are common ones of the language."""
    common = [word in WORDS[language] for word in words]
    size = -(-len(common) // 4)
    quarters = [common[start : start + size] for start in range(0, len(common), size)]
    return sum(common) >= _PLAIN_SHARE * len(common) and all(
        sum(quarter) >= _PLAIN_SHARE / 2 * len(quarter) for quarter in quarters
    )


def _is_mixed(language: str, words: Mapping[str, int], own: float) -> bool:
    """Whether words that another language has, and this one and its relatives have not, weigh much beside its own."""
    others = evidence_of({word: count for word, count in words.items() if word not in WORDS[language]})
    return any(found > _PLAIN_OTHERS * own for other, found in others.items() if other not in _NEAR[language])


def _is_apart(language: str, words: Mapping[str, int]) -> bool:
    """Whether words that only one of two close relatives has are all of this one, and enough."""
    theirs = any(not _ONLY[near].isdisjoint(words) for near in _NEAR[language])
    return not _NEAR[language] or (not theirs and len(_ONLY[language].intersection(words)) >= _FEWEST_ONLY)
