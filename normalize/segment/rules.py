"""What ends a sentence, and what only looks like it: one table a language.

Own rules, because the library knows no Indonesian abbreviation and keeps quoted sentences together; the figures are in
`tests/test_segment_accuracy.py`.
"""

from __future__ import annotations

import dataclasses

__all__ = ["RULES", "Rules", "rules_for", "words"]


def words(text: str) -> frozenset[str]:
    """Give the words of a table."""
    return frozenset(text.split())


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The words that decide whether a full stop ends a sentence; abbreviations are lower case, without the stop."""

    never: frozenset[str]
    """Never the last word: titles, `vs.`, `Jl.`."""
    numbered: frozenset[str]
    """Not the last word when a number follows: `No. 5`, `hlm. 12`, `Sept. 3`."""
    closing: frozenset[str]
    """The last word only if one of `starters` follows: `Inc.`, `Tbk.`."""
    starters: frozenset[str]
    """Capitalised function words, which begin sentences and not names."""
    particles: frozenset[str]
    """Those of `starters` that also stand in names: `J. Le Pen`."""
    speech: frozenset[str]
    """Verbs of saying, which after a quote and a name go on with the sentence: `“Why?” John said.`"""
    shouted: frozenset[str] = frozenset({"guess", "jeopardy", "joomla", "yahoo"})
    """Names written with an exclamation mark."""


_ENGLISH = Rules(
    never=words(
        """mr mrs ms messrs dr prof rev hon gen sen rep gov lt col sgt capt cpl pvt maj cmdr adm pres supt insp mt ft
        vs v cf e.g i.e viz approx ca esp incl fr rt atty det asst assoc"""
    ),
    numbered=words(
        """no nos p pp vol vols ch sec art fig figs eq ex par para pt op jan feb mar apr jun jul aug sept sep oct nov
        dec tel ext rs lines"""
    ),
    closing=words(
        """pte pty gmbh sdn bhd inc corp ltd co llc plc bros jr sr al ph.d u.s u.k u.n e.u d.c a.m p.m b.c a.d st ave
        blvd rd dept est univ assn"""
    ),
    starters=words(
        """The A An He She It They We I You This That These Those His Her Its Their Our My Your In On At But And Or If
        When While As For After Before Since There Here What Who Why How Where Which However Meanwhile According So
        Yet Now Then With By From To Not No Yes Although Though Because Until Under Over During Despite Instead Also
        Some Many Most Each Every All Both Such Once Later Earlier It's He's She's They're We're That's There's"""
    ),
    particles=words("A An"),
    speech=words(
        """said says asked asks told tells replied replies answered added adds wrote writes tweeted shouted cried
        yelled screamed whispered explained continued noted exclaimed insisted demanded wondered joked recalled"""
    ),
)

_FRENCH = Rules(
    never=words(
        """m mm mme mmes mlle mlles dr drs pr prof me mgr st ste sts cf v vs env apr av bd boul pl p.ex c.-à-d c-à-d
        i.e e.g gal cdt cne lt col adj resp dir ph mr mrs ms all angl lat"""
    ),
    numbered=words(
        """no nos n° art p pp vol chap ch fig éd ed t tél tel al § ex max min janv févr fév avr juil août sept oct nov
        déc alin ann app ap ligne liv réf"""
    ),
    closing=words(
        """pte pty gmbh sdn bhd inc corp ltd cie sté ets jr sr al j.-c j-c u.s s.a s.a.r.l o.n.u hab"""
    ),
    starters=words(
        """Le La Les L' Un Une Des Du De D' Il Elle Ils Elles On Nous Vous Tu Je J' Ce C' Cet Cette Ces Cela Ça Mais Et
        Ou Or Donc Car Dans En Au Aux À A Pour Par Selon Après Avant Depuis Avec Sans Sous Sur Chez Entre Vers Si S'
        Qu' Que Qui Quand Lorsque Lorsqu' Son Sa Ses Leur Leurs Notre Nos Votre Mon Ma Mes Ainsi Alors Puis Enfin
        Pourtant Cependant Toutefois Néanmoins N' Ne Pas Plus Comme Tout Tous Toutes Toute Certains Plusieurs Chaque
        Aucun Aucune Quant Malgré Pendant Parmi Outre Même Bien Quel Quelle Pourquoi Comment Où Y Là Ici Aujourd'hui
        Hier Demain"""
    ),
    particles=words("Le La Les L' Des Du De D' A"),
    speech=words("dit répond demande lance ajoute écrit explique affirme déclare assure"),
)

_INDONESIAN = Rules(
    never=words(
        """prof dr drg drh drs dra ir h hj hjh kh k.h r.a tn ny nn sdr sdri bpk bp yth ust ustaz pdt pt cv ud pd fa jl
        jln gg kab kec kel ds dsn kp prov prop a.n d.a u.p s.d s/d an up vs cf mis misal kol letkol letjen mayjen
        brigjen irjen komjen jend kombes pol qs hr kompol iptu ipda aiptu aipda akp akbp kapt mayor lettu letda
        serka serda sertu bripka brigadir briptu bripda laks mr mrs ms e.g i.e st sta v"""
    ),
    numbered=words(
        """no nmr hlm hal jil vol cet pas ay bab tgl tg th thn rp us$ usd telp tlp tel hp ext fax gbr tab lamp rt rw
        kav blok jan feb peb mar apr jun jul agt agu ags sep sept okt nov nop des km kg ps psl art bag ed"""
    ),
    closing=words("pte pty sdn bhd ltd tbk inc corp ltd co jr sr persero ph.d"),
    starters=words(
        """Ia Dia Mereka Kami Kita Saya Aku Anda Beliau Ini Itu Hal Namun Tetapi Tapi Sementara Selain Menurut Saat
        Ketika Setelah Sebelum Pada Di Ke Dari Dalam Untuk Dengan Karena Sebab Jika Kalau Bila Apabila Para Sang
        Sebuah Seorang Suatu Adapun Bahkan Kemudian Lalu Sejak Sebelumnya Selanjutnya Akan Tidak Bukan Oleh Maka
        Meski Meskipun Walau Walaupun Ada Apa Bagaimana Siapa Mengapa Kenapa Semua Setiap Tiap Beberapa Banyak
        Sebagian Salah Satu Atas Terkait Akibat Berdasarkan Sebagai Hingga Sampai Tak Belum Sudah Telah Juga Jadi
        Sehingga Agar Serta Dan Atau Yang Begitu Demikian Kini Sekarang Kedua Ketiga Saking Bagi Antara Melalui
        Tanpa Usai Sesudah Nantinya Diketahui Padahal Akhirnya Sedangkan"""
    ),
    particles=words("Di Sang Dan"),
    speech=words(
        """kata ujar tutur tulis ucap tanya jawab seru imbuh tambah cuit berkata bertanya menjawab menulis berujar
        menambahkan menegaskan menjelaskan mengatakan berteriak bertutur berseru menyebut"""
    ),
)

RULES: dict[str, Rules] = {"en": _ENGLISH, "fr": _FRENCH, "id": _INDONESIAN, "ms": _INDONESIAN}


def rules_for(language: str) -> Rules | None:
    """Give the table of a BCP 47 tag's language, or None: then the library decides.

    >>> rules_for("fr-CA") is rules_for("fr"), rules_for("ja")
    (True, None)
    """
    return RULES.get(language.lower().partition("-")[0])
