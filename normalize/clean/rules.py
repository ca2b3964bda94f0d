"""Every rule by name, with an example and a counter-example; `docs/rules.md` is made of it."""

# ruff: noqa: E501 - examples are lines of articles, and sentences are long

from __future__ import annotations

import dataclasses
from typing import Literal

__all__ = ["RULES", "Rule", "article", "document"]

Place = Literal["top", "head", "inside", "foot"]
ANY = "any"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One reason for which something leaves the text."""

    name: str
    description: str
    example: str
    """Lines it removes, at least one of them, or the part in ⟦ ⟧ of a line."""
    counter: str
    """A line that looks like it and stays."""
    languages: str = ANY
    """Languages it knows words of; any: it looks at the shape only."""
    language: str = "id"
    """Language of the example."""
    place: Place = "foot"
    """Where in an article the example stands: top, above the title; head, under it; inside the body; foot, under it."""
    counter_place: Place = "inside"


_LEXICON = "de, en, es, fr, id, it, nl, pt"

RULES: tuple[Rule, ...] = (
    Rule(
        name="share",
        description="A button or list of buttons to share, print, save or send the article.",
        languages=_LEXICON,
        example="Bagikan artikel ini",
        counter="Bagikan beras kepada warga, kata bupati, adalah tugas pertama pemerintah desa tahun ini.",
    ),
    Rule(
        name="comments",
        description="The comment form and its notices, or the way to them.",
        languages=_LEXICON,
        language="fr",
        example="Laisser un commentaire",
        counter="Les commentaires du maire sur ce budget ont surpris toute la salle du conseil.",
    ),
    Rule(
        name="related",
        description="The heading of a list of other articles, or a link to the next one.",
        languages=_LEXICON,
        example="Berita Terkait",
        counter="Berita terkait kenaikan harga itu dibantah oleh kepala dinas perdagangan pada Senin pagi.",
    ),
    Rule(
        name="also-read",
        description='A link to another article that says so: "Baca juga", "Lire aussi".',
        languages=_LEXICON,
        example="Baca juga: Harga Cabai Turun di Tiga Kota",
        place="inside",
        counter="Baca juga tulis, begitu warga menyebut kelas malam yang dibuka lagi oleh sekolah itu sejak bulan lalu di dua desa.",
    ),
    Rule(
        name="most-read",
        description="The heading of a list of popular or new articles.",
        languages=_LEXICON,
        language="fr",
        example="Les plus lus",
        counter="Les plus lus des romans de la saison sont, selon les libraires, ceux de deux inconnues.",
    ),
    Rule(
        name="advert",
        description="A mark that an advertisement stands here.",
        languages=_LEXICON,
        language="fr",
        example="La suite après cette publicité",
        place="inside",
        counter="La publicité coûte cher aux petites communes, dit le maire.",
    ),
    Rule(
        name="loading",
        description="What a page says while it loads, and the names of buttons of players and dialogues.",
        languages=_LEXICON,
        example="Loading...",
        counter="Loading dock, begitu nama gudang itu, kini menampung dua ratus ton beras.",
    ),
    Rule(
        name="navigation",
        description="An entry of a site's menus, header or footer.",
        languages=_LEXICON,
        language="fr",
        example="Mentions légales",
        counter="Accueil chaleureux pour la ministre, qui a visité l'école pendant deux heures.",
        place="foot",
    ),
    Rule(
        name="search",
        description="The search box.",
        languages=_LEXICON,
        language="fr",
        place="top",
        example="Rechercher : un article",
        counter="Rechercher des survivants reste la priorité, ont répété les pompiers dans la nuit.",
    ),
    Rule(
        name="subscribe",
        description="Offers of subscriptions, newsletters and alerts, and paywalls.",
        languages=_LEXICON,
        language="fr",
        example="Abonnez-vous à partir de 1 €",
        counter="Les abonnements au train régional augmentent de deux euros en mai.",
    ),
    Rule(
        name="follow",
        description="Calls to follow the site elsewhere or to get its app.",
        languages=_LEXICON,
        example="Ikuti kami di Google News",
        counter="Ikuti jejak ayahnya, Rani kini menanam kopi di lereng yang sama sejak tahun lalu.",
    ),
    Rule(
        name="correction",
        description="Notices of the editors: rights, corrections, where the text stood first.",
        languages=_LEXICON,
        example="Artikel ini telah tayang di Harian Contoh dengan judul yang sama",
        counter="Hakim menyatakan putusan itu telah keliru dan memerintahkan pemeriksaan ulang.",
    ),
    Rule(
        name="copyright",
        description="A copyright line.",
        languages=_LEXICON,
        example="© 2024 Harian Contoh. Semua hak dilindungi",
        counter="Undang-undang hak cipta yang baru dibahas lagi oleh parlemen pada Kamis.",
    ),
    Rule(
        name="consent",
        description="Cookie notices and their buttons.",
        languages=_LEXICON,
        language="fr",
        place="foot",
        example="Tout accepter",
        counter="Accepter ce compromis serait une erreur, estime la maire.",
    ),
    Rule(
        name="font-size",
        description="The control for the size of the letters.",
        languages="en, fr, id",
        place="head",
        example="Ukuran Font: - +",
        counter="Ukuran lahan itu tidak lebih dari dua hektare, menurut catatan kantor desa.",
    ),
    Rule(
        name="read-time",
        description="Reading times and counters of views.",
        languages=_LEXICON,
        place="head",
        example="4 Min Read",
        counter="Selama 4 menit warga berdiri diam untuk mengenang para korban banjir.",
    ),
    Rule(
        name="ago",
        description="How long ago another article appeared.",
        languages="de, en, es, fr, id, it, pt",
        example="4 jam lalu",
        counter="Empat jam lalu petugas menutup jembatan itu karena arus sungai terlalu kuat.",
    ),
    Rule(
        name="tags",
        description="The label of a list of tags, or the list on one line.",
        languages=_LEXICON,
        example="Tags: beras, pasar, bupati",
        counter="Tag harga pada karung beras itu kini wajib dipasang oleh semua pedagang.",
    ),
    Rule(
        name="byline-label",
        description="A label whose name stands on the next line, or nowhere.",
        languages="de, en, fr, id, it, pt",
        place="head",
        example="Penulis:",
        counter="Penulis buku itu datang ke pasar setiap pagi untuk mencatat harga.",
    ),
    Rule(
        name="date-label",
        description="A label whose date stands on the next line.",
        languages="de, en, fr, id, it, pt",
        place="head",
        language="fr",
        example="Publié le",
        counter="Publié en mars, le rapport compte deux cents pages et trois annexes.",
    ),
    Rule(
        name="byline",
        description="A label and a name: the author, editor, reporter or source.",
        languages="de, en, es, fr, id, it, nl, pt",
        example="Editor : Dian Sari",
        counter="Editor harus memeriksa setiap angka sebelum terbit, kata Dian.",
    ),
    Rule(
        name="date",
        description="A line that is only a date, a time or a number of seconds.",
        languages="de, en, es, fr, id, it, pt",
        place="head",
        example="Senin, 6 Mei 2024 10:15 WIB",
        counter="Pada Senin, 6 Mei 2024, warga mulai mengantre sejak pukul 10.15 WIB.",
    ),
    Rule(
        name="credit",
        description="A picture's credit.",
        languages="de, en, fr, id",
        place="head",
        example="Foto: Antara/Budi Santoso",
        counter="Foto lama itu ditemukan Budi di lemari kakeknya dua tahun lalu.",
    ),
    Rule(
        name="caption",
        description="A picture's caption by its markup, with its credit, or between a credit and other furniture.",
        languages="de, en, fr, id",
        place="head",
        example="Warga mengantre beras di Pasar Lama. Foto: Budi Santoso",
        counter="Warga mengantre beras di Pasar Lama sejak pagi, kata Budi.",
    ),
    Rule(
        name="head-name",
        description="A name or place that stands alone between the title and the first sentence.",
        place="head",
        example="Surabaya",
        counter="Surabaya Menunggu",
        counter_place="inside",
    ),
    Rule(
        name="mark",
        description="A line without words: digits, punctuation, single letters.",
        example="()",
        counter="Ya!",
    ),
    Rule(
        name="initials",
        description="The desk's initials on a line of their own.",
        example="(abc/def)",
        counter="(Menteri itu tidak hadir.)",
    ),
    Rule(
        name="hashtags",
        description="A line of hashtags.",
        example="#beras #pasar #harga",
        counter="Tagar #HargaBeras ramai dipakai warga sejak Minggu malam.",
    ),
    Rule(
        name="code",
        description="Leftovers of scripts and markup.",
        example="googletag.cmd.push(function() { googletag.display('iklan'); });",
        counter="Fungsi dewan itu, kata ketua, adalah mengawasi anggaran.",
    ),
    Rule(
        name="embed",
        description="The mark of an embedded video or picture on a line of its own.",
        example="[Gambas:Video Harian]",
        counter="[Pedagang itu tidak mau disebut namanya.]",
        place="inside",
    ),
    Rule(
        name="arrow",
        description="A link that begins with arrows.",
        language="fr",
        place="inside",
        example=">>> Retraites : ce qui change en septembre",
        counter="« Nous partons demain », répète la ministre.",
    ),
    Rule(
        name="breadcrumb",
        description="The path of sections above the title.",
        language="fr",
        place="top",
        example="Accueil » Économie » Transports",
        counter="Paris–Lyon : deux heures de retard",
    ),
    Rule(
        name="menu",
        description="A menu whose entries stand joined on one line.",
        place="top",
        example="Nasional Ekonomi Olahraga Hiburan Wisata Opini Foto Video Infografis Indeks",
        counter="Kepala Dinas Perdagangan Provinsi Jawa Timur, Budi Santoso, membantah.",
    ),
    Rule(
        name="glued",
        description="Entries of a list joined without a space.",
        example="EkonomiOlahragaWisataOpini",
        counter="Perusahaan itu memakai JavaScript dan TypeScript.",
    ),
    Rule(
        name="repeated-title",
        description="The title again; its first copy stays.",
        place="head",
        example="Harga Beras Naik di Tiga Kota, Bupati Buka Gudang Desa",
        counter="Harga Beras Naik",
    ),
    Rule(
        name="recurs",
        description="A line that other articles of the site have too, numbers masked; needs the folder.",
        example="Kabar dari kampung untuk kota, setiap hari sejak subuh",
        counter="Harga beras naik sejak subuh di tiga kota.",
    ),
    Rule(
        name="site-rule",
        description="A rule of the user's own `rules.toml`.",
        example="Sampai jumpa besok di halaman yang sama.",
        counter="Sampai jumpa lagi, kata Rani sambil melambai.",
    ),
    Rule(
        name="before-body",
        description="Before the main run of sentences, and not the title: the line classifier's score is low.",
        place="top",
        example="Gaya Hidup",
        counter="Gaya hidup",
    ),
    Rule(
        name="inside-body",
        description="Within the main run of sentences; only where the classifier is very sure.",
        place="inside",
        example="Ekonomi\nPanen kopi dimulai di lereng utara\n4 jam lalu\nOlahraga\nJuara baru dari desa\n5 jam lalu",
        counter="Mengantre sejak subuh",
    ),
    Rule(
        name="after-body",
        description="After the main run of sentences: the line classifier's score is low.",
        example="Info Pasar",
        counter="Mengantre sejak subuh",
    ),
    Rule(
        name="teaser",
        description="The title of another article of the folder; needs the folder.",
        example="Panen Garam Mundur Sebulan di Pesisir Utara",
        counter="Panen garam mundur sebulan, kata petani.",
    ),
    Rule(
        name="dateline",
        description="The site's or agency's name, with the place, before the first sentence; the place goes to the metadata.",
        languages="de, en, fr, id",
        place="inside",
        example="⟦SURABAYA, HARIAN.com - ⟧Warga mengantre beras sejak subuh di tiga pasar kota itu.",
        counter="SURABAYA - Warga mengantre beras sejak subuh di tiga pasar kota itu.",
    ),
    Rule(
        name="embed-mark",
        description="The mark of an embedded video, picture or advertisement.",
        place="inside",
        example="Warga mengantre sejak subuh.⟦ [Gambas:Video Harian] ⟧Antrean itu panjang.",
        counter="Warga [pedagang beras] mengantre sejak subuh di tiga pasar.",
    ),
    Rule(
        name="advert-mark",
        description='"ADVERTISEMENT" in capitals, glued to a paragraph.',
        languages="en",
        place="inside",
        example="⟦ADVERTISEMENT ⟧Warga mengantre beras sejak subuh di tiga pasar.",
        counter="Iklan beras di televisi itu ditarik, kata pedagang.",
    ),
    Rule(
        name="also-read-tail",
        description="A link to another article glued to the end of a paragraph.",
        languages="de, en, es, fr, id, it, nl, pt",
        place="inside",
        example="Warga mengantre sejak subuh di tiga pasar kota itu.⟦ Baca juga: Harga Cabai Turun⟧",
        counter="Anak-anak itu diminta baca juga: satu halaman sehari.",
    ),
    Rule(
        name="initials-tail",
        description="The desk's initials or an agency's name after the last sentence of a paragraph.",
        place="inside",
        example="Gudang itu dibuka lagi besok pagi, kata bupati.⟦ (abc/def)⟧",
        counter="Gudang itu dijaga Tentara Nasional Indonesia (TNI)",
    ),
    Rule(
        name="blank",
        description="White space outside the paragraphs; not listed among removals.",
        example="",
        counter="",
    ),
    Rule(
        name="hyphenation",
        description="The break, and the hyphen, inside a word of a hard-wrapped line; not listed.",
        example="",
        counter="",
    ),
    Rule(
        name="unwrap",
        description="The break of a hard-wrapped line, which becomes a space; not listed.",
        example="",
        counter="",
    ),
)

_TITLES = {
    "id": "Harga Beras Naik di Tiga Kota, Bupati Buka Gudang Desa",
    "fr": "Le maire rouvre la gare et promet deux trains de plus",
}
_BODIES = {
    "id": (
        "Harga beras di tiga kota di pesisir utara naik dua kali dalam sepekan, dan bupati membuka gudang desa untuk menahan kenaikan itu.",
        "Pedagang di pasar induk mengatakan pasokan dari gudang berkurang sejak hujan merusak jalan ke dua kecamatan penghasil padi.",
        "“Kami hanya bisa menjual lima karung sehari, padahal biasanya dua puluh,” kata Sulastri, pedagang yang berjualan sejak 1998.",
        "Bupati mengatakan gudang desa akan dibuka sampai akhir bulan, dan setiap keluarga boleh membeli sepuluh kilogram beras.",
        "Dinas perdagangan mencatat harga rata-rata Rp14.500 per kilogram, naik dari Rp13.200 pada pekan sebelumnya.",
    ),
    "fr": (
        "La gare de la petite ville, fermée depuis douze ans, a rouvert lundi matin devant une centaine d'habitants venus avec leurs enfants.",
        "Le maire a promis deux trains de plus par jour dès septembre, si la région accepte de payer la moitié des travaux de la voie.",
        "« Nous avons attendu ce moment pendant des années », a déclaré une commerçante dont la boutique donne sur la place de la gare.",
        "Selon la région, la ligne transportera deux cents voyageurs par jour, contre une soixantaine en autocar aujourd'hui.",
        "Les travaux, qui ont coûté trois millions d'euros, ont duré vingt mois et pris quatre mois de retard à cause des crues.",
    ),
}


def article(rule: Rule, line: str, place: Place) -> str:
    """Give a made-up article of the rule's language with `line` at `place`, a paragraph a line."""
    title, body = _TITLES[rule.language], _BODIES[rule.language]
    lines = [title, *body]
    at = {"top": 0, "head": 1, "inside": 3, "foot": len(lines)}[place]
    if rule.name == "dateline":
        at = 1
    return "\n".join([*lines[:at], line, *lines[at:]])


def document() -> str:
    """Give `docs/rules.md`."""
    head = """# The cleaner's rules

Made from `normalize/clean/rules.py`; tests run every example.

A line leaves the text for one of these reasons; which one is written in `out/dropped.jsonl` and shown by
`normalize clean --explain`. A part that is cut out of a line stands in ⟦ ⟧, and ¶ ends a line. Inside the body a line stays unless there
is evidence against it; phrases (`normalize/clean/lexicon.toml`) count only on short lines or at a line's start.

| rule | what goes | example | stays | words of |
|---|---|---|---|---|
"""
    rows = [
        f"| `{rule.name}` | {rule.description} | {_cell(rule.example)} | {_cell(rule.counter)} | {rule.languages} |"
        for rule in RULES
    ]
    return head + "\n".join(rows) + _SITE_RULES


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ¶ ") or "–"


_SITE_RULES = """

## Rules of your own

`rules.toml` holds rules for sites you know; the first that matches a line decides, before all rules above. `site` is a
glob over the page's host, address, site name or path. `match` says how the text is compared: `line` (the whole line, the
default), `prefix`, or `pattern` (a regular expression; one that takes too long on a line does not match it).

```toml
[[rule]]
site = "*.harian.example"
drop = "Kabar dari kampung"
match = "prefix"

[[rule]]
site = "*"
keep = "Redaksi menjawab surat pembaca."

[[rule]]
site = "harian.example"
meta = "^Laporan: (.+)$"
match = "pattern"
field = "author"
```
"""
