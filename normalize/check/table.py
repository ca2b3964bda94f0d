"""The checks, one row each: what it is called, how bad it is, what finds it, and a pair that shows it."""

from __future__ import annotations

from normalize.check import content, echo, events, exonyms, form, lost, meaning, names, nonwords
from normalize.check.subject import Check, Example
from normalize.corpus import Issue, Severity

__all__ = ["CHECKS"]

_PLAIN = Example(source="Dia pergi ke pasar kemarin.", target="He went to the market yesterday.")
_MINOR, _MAJOR, _CRITICAL = Severity.MINOR, Severity.MAJOR, Severity.CRITICAL

CHECKS: tuple[Check, ...] = (
    Check(
        name="empty", issue=Issue.OMISSION, severity=_CRITICAL, function=content.empty,
        description="The source has words, the target has none.",
        example=Example(source="Dia pergi.", target=" "), counter_example=Example(source="***", target=""),
    ),
    Check(
        name="truncated", issue=Issue.OMISSION, severity=_CRITICAL, function=content.truncated,
        description="The model hit its limit of input or output.",
        example=Example(source="Dia pergi.", target="He", truncated=True), counter_example=_PLAIN,
    ),
    Check(
        name="loop", issue=Issue.DUPLICATION, severity=_CRITICAL, function=content.loop,
        description="A phrase is said over and over in the target, and not in the source.",
        example=Example(source="Harga naik lagi.", target="Prices rose and rose and rose and rose and rose again."),
        counter_example=Example(source="Ha ha ha ha, katanya.", target="Ha ha ha ha, he said."),
    ),
    Check(
        name="salad", issue=Issue.UNINTELLIGIBLE, severity=_MAJOR, function=content.salad,
        description="The same four words come back again and again.",
        example=Example(
            source="Para menteri bertemu di ibu kota untuk membahas harga beras.",
            target="Ministers of the city met, the ministers of the city said, as ministers of the city do, and the "
            "ministers of the city left.",
        ),
        counter_example=_PLAIN,
    ),
    Check(
        name="nonword", issue=Issue.UNINTELLIGIBLE, severity=_MAJOR, function=nonwords.nonwords,
        description="An English target has a word that no English text has, and neither has the source.",
        example=Example(source="Hampir 100 warga dievakuasi.", target="Nearly 100 people werevaded."),
        counter_example=Example(source="Padang rumput itu luas.", target="The moorland was reforested."),
    ),
    Check(
        name="copied", issue=Issue.UNTRANSLATED, severity=_CRITICAL, function=content.copied,
        description="The target is the source again, and that is more than names and numbers.",
        example=Example(source="Dia pergi ke pasar kemarin.", target="dia pergi ke pasar kemarin"),
        counter_example=Example(source="Sam Altman (OpenAI), 2023", target="Sam Altman (OpenAI), 2023"),
    ),
    Check(
        name="untranslated", issue=Issue.UNTRANSLATED, severity=_MAJOR, function=content.untranslated,
        description="Words of the source's grammar stand in the target.",
        example=Example(source="Orang yang datang dari desa itu tidak pulang.",
                        target="The people yang datang dari desa itu did not go home."),
        counter_example=Example(source="Majalah Le Monde des livres terbit.", target="Le Monde des livres appeared."),
    ),
    Check(
        name="left", issue=Issue.UNTRANSLATED, severity=_MINOR, function=exonyms.left,
        description="A single word of the source's language stands in the target.",
        example=Example(source="Ia tiba di Spanyol kemarin.", target="He came to Spanyol yesterday."),
        counter_example=Example(source="Ia tiba di Madrid kemarin.", target="He came to Madrid yesterday."),
    ),
    Check(
        name="language", issue=Issue.UNTRANSLATED, severity=_MAJOR, function=content.foreign,
        description="The target reads as another language, or is in another script.",
        example=Example(source="Dia pergi ke pasar kemarin bersama ibunya dan membeli sayur untuk makan malam.",
                        target="Hij ging gisteren met zijn moeder naar de markt en kocht groenten voor het avondeten."),
        counter_example=_PLAIN,
    ),
    Check(
        name="length", issue=Issue.LENGTH, severity=_MAJOR, function=content.length,
        description="The target is much shorter or longer than usual for the pair.",
        example=Example(source="Dia pergi ke pasar kemarin bersama ibunya dan membeli sayur untuk makan malam.",
                        target="He went to the market."),
        counter_example=Example(source="Ya.", target="Yes, of course."),
    ),
    Check(
        name="coverage", issue=Issue.OMISSION, severity=_MINOR, function=lost.coverage,
        description="The target is short and lacks telling words: a part of the source is probably missing.",
        example=Example(source="Menteri itu mengatakan harga beras naik karena hujan, dan petani menunggu bantuan.",
                        target="The minister said rice prices rose with the rain."),
        counter_example=Example(
            source="Menteri itu mengatakan harga beras naik karena hujan, dan petani menunggu bantuan.",
            target="The minister said that rice prices rose because of the rain, and farmers were waiting for help.",
        ),
    ),
    Check(
        name="unfinished", issue=Issue.OMISSION, severity=_MAJOR, function=content.unfinished,
        description="The target breaks off in the middle of a sentence.",
        example=Example(source="Dia pergi ke pasar di kota.", target="He went to the market of the"),
        counter_example=Example(source="Harga naik:", target="Prices rise,"),
    ),
    Check(
        name="ending", issue=Issue.TYPOGRAPHICAL, severity=_MINOR, function=content.ending,
        description="The source ends with a mark, the target without.",
        example=Example(source="Dia pergi ke pasar di kota.", target="He went to the market in town"),
        counter_example=Example(source="Dia pergi ke pasar di kota", target="He went to the market in town"),
    ),
    Check(
        name="beginning", issue=Issue.TYPOGRAPHICAL, severity=_MINOR, function=form.beginning,
        description="The source begins with a capital letter, the target with a small one.",
        example=Example(source="Dia pergi ke pasar di kota.", target="he went to the market in town."),
        counter_example=Example(source="Pengguna iPhone pergi.", target="iPhone users left."),
    ),
    Check(
        name="number", issue=Issue.NUMBERS, severity=_MAJOR, function=meaning.lost_numbers,
        description="A number of the source, by value, is missing in the target or changed.",
        example=Example(source="Dana itu Rp 1,2 triliun.", target="The fund is 1.2 billion rupiah."),
        counter_example=Example(source="Dana itu Rp 1,2 triliun untuk empat desa.",
                                target="The fund is 1,200 billion rupiah for 4 villages."),
    ),
    Check(
        name="number-added", issue=Issue.NUMBERS, severity=_MAJOR, function=meaning.added_numbers,
        description="Nothing in the source explains a number of the target.",
        example=Example(source="Banyak orang datang.", target="About 350 people came."),
        counter_example=Example(source="Dua belas orang datang.", target="12 people came."),
    ),
    Check(
        name="currency", issue=Issue.MISTRANSLATION, severity=_MAJOR, function=meaning.currency,
        description="Money changed its currency, or the source speaks of none.",
        example=Example(source="Harganya Rp 5.000.", target="It costs $5,000."),
        counter_example=Example(source="Harganya 5 dolar AS.", target="It costs US$5."),
    ),
    Check(
        name="literal", issue=Issue.OMISSION, severity=_MAJOR, function=meaning.lost_literals,
        description="An address, e-mail, handle or hashtag is missing or altered.",
        example=Example(source="Kirim ke redaksi@contoh.id.", target="Send it to the editor."),
        counter_example=Example(source="Kirim ke redaksi@contoh.id.", target="Send it to redaksi@contoh.id."),
    ),
    Check(
        name="name", issue=Issue.MISTRANSLATION, severity=_MINOR, function=names.garbled,
        description="A name of the source stands misspelt in the target.",
        example=Example(source="Dokumen milik Mossack bocor.", target="Papers of Mosssack leaked."),
        counter_example=Example(source="Presiden Rusia tiba di Hongaria.", target="Russia's president is in Hungary."),
    ),
    Check(
        name="name-lost", issue=Issue.OMISSION, severity=_MINOR, function=lost.lost_names,
        description="A name of the source is not in the target in any spelling, or only its beginning is.",
        example=Example(source="Mereka bertemu Sutopo di kantor.", target="They met the boss at the office."),
        counter_example=Example(source="Mereka bertemu Khrouchtchev tadi.", target="They met Khrushchev just now."),
    ),
    Check(
        name="negation", issue=Issue.MISTRANSLATION, severity=_MAJOR, function=meaning.lost_negation,
        description="The source negates; nothing in the target could.",
        example=Example(source="Dia tidak datang.", target="He came."),
        counter_example=Example(source="Dia tidak hanya datang.", target="He came and more."),
    ),
    Check(
        name="event", issue=Issue.MISTRANSLATION, severity=_MAJOR, function=events.lost_event,
        description="The source tells of a denial, a ban, a resignation or the like, and nothing in the target could.",
        example=Example(source="Menteri itu membantah laporan media.", target="The minister confirmed media reports."),
        counter_example=Example(source="Ia tidak membantah laporan itu.", target="He confirmed the report."),
    ),
    Check(
        name="terminology", issue=Issue.TERMINOLOGY, severity=_MAJOR, function=meaning.terminology,
        description="A glossary term could not be placed.",
        example=Example(source="Dewan direksi rapat.", target="Directors met.", missing="Dewan direksi"),
        counter_example=_PLAIN,
    ),
    Check(
        name="characters", issue=Issue.CHARACTERS, severity=_MAJOR, function=form.characters,
        description="Control characters, unknown-token signs or wrongly decoded letters.",
        example=Example(source="Kafe itu tutup 😀.", target="The cafÃ© closed ⁇ ."),
        counter_example=Example(source="Kafe Été tutup 😀.", target="Café Été closed 😀."),
    ),
    Check(
        name="markup", issue=Issue.MARKUP, severity=_MINOR, function=form.markup,
        description="Tags or entities that the source does not have.",
        example=Example(source="Toko A & B.", target="Shop A &amp; B."),
        counter_example=Example(source="Tulis <b>di sini</b>.", target="Write <b>here</b>."),
    ),
    Check(
        name="symbol", issue=Issue.OMISSION, severity=_MINOR, function=form.symbol,
        description="An emoji or sign of the source is not in the target.",
        example=Example(source="Selamat datang 😀!", target="Welcome!"),
        counter_example=Example(source="Selamat datang 😀 pada 20 °C!", target="Welcome 😀 to 20 degrees!"),
    ),
    Check(
        name="quotes", issue=Issue.TYPOGRAPHICAL, severity=_MINOR, function=form.quotes,
        description="Quotation marks are paired in the source and not in the target.",
        example=Example(source="“Ya,” katanya.", target="“Yes, he said."),
        counter_example=Example(source="“Saya datang. Lalu", target="“I came. Then"),
    ),
    Check(
        name="brackets", issue=Issue.TYPOGRAPHICAL, severity=_MINOR, function=form.brackets,
        description="Brackets are paired in the source and not in the target.",
        example=Example(source="Dia (kiri) tiba.", target="He (left arrived."),
        counter_example=Example(source="a) nama; b) alamat", target="a) name; b) address"),
    ),
    Check(
        name="doubled", issue=Issue.DUPLICATION, severity=_MINOR, function=form.doubled,
        description="A word or phrase stands twice in a row.",
        example=Example(source="Dia pergi ke pasar.", target="He went to the the market."),
        counter_example=Example(source="Anak-anak makan di Bora Bora.", target="Children had had food in Bora Bora."),
    ),
    Check(
        name="echo", issue=Issue.DUPLICATION, severity=_MINOR, function=echo.echo,
        description="A word comes back within a few words.",
        example=Example(source="Ia memberi isyarat tangan.", target="He gave a sign of the hands of the hands."),
        counter_example=Example(source="Ia menunggu hari demi hari.", target="He waited day after day."),
    ),
    Check(
        name="capitals", issue=Issue.TYPOGRAPHICAL, severity=_MINOR, function=form.capitals,
        description="The target is all in capitals, the source is not.",
        example=Example(source="Harga beras naik lagi", target="RICE PRICES RISE AGAIN"),
        counter_example=Example(source="HARGA BERAS NAIK LAGI", target="RICE PRICES RISE AGAIN"),
    ),
    Check(
        name="article", issue=Issue.GRAMMAR, severity=_MINOR, function=form.articles,
        description="English “a” stands where “an” is said.",
        example=Example(source="Ada kecelakaan.", target="There was a accident."),
        counter_example=Example(source="Ada universitas.", target="There is a university."),
    ),
    Check(
        name="spacing", issue=Issue.WHITESPACE, severity=_MINOR, function=form.spacing,
        description="A line break inside the target, or space at its ends.",
        example=Example(source="Dia pergi.", target="He\nwent."), counter_example=_PLAIN,
    ),
)
"""All checks, worst first in general, in the order findings are listed."""
