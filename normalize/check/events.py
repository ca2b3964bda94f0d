"""Check of what news turns on: that something was denied, refused, banned, or that somebody resigned or died.

A weak model puts another event in its place, and the sentence reads well: "a deal" for "un désaccord".
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import NamedTuple

import regex

from normalize.check.lexicon import words
from normalize.check.subject import Found, Subject
from normalize.check.tokens import folded

__all__ = ["lost_event", "told"]


class _Event(NamedTuple):
    """An event by what it is called in English, the words for it in other languages, and the stems of English ones."""

    name: str
    said: dict[str, str]
    """By language, in small letters, each with its English; only words that hardly mean anything else."""
    stems: str
    """Patterns of what English renderings begin with, of many kinds, since translators are free. `_` is a space, `$`
    the end of a word, `~` some more letters of it, and `…` another word, or none."""


_SIGNS = {"_": " ", "$": r"\b", "~": r"\p{L}{0,12}", "…": r"(?:\p{L}{1,20} )?"}
_NOT = "not$ nothing ~n['’]t$ cannot never no$ without"

_EVENTS = (
    _Event(
        "deny",
        {"id": """membantah=denied dibantah=denied bantahan=denial menyangkal=denied disangkal=denied sangkalan=denial
            menampik=denied ditampik=denied""",
         "fr": """nier=deny nie=denies nient=deny niait=denied niaient=denied nié=denied niée=denied niant=denying
            démenti=denied démentir=deny démentis=denied démentent=deny démentait=denied"""},
        """den[iy] undeniab refut disput reject rebut contest contradict disagree argu challeng counter dismiss
        disprov debunk belie disavow repudiat disown disclaim object brush swat question no_doubt""",
    ),
    _Event(
        "refuse",
        {"id": "menolak=refused ditolak=rejected penolakan=refusal ditolaknya=rejection",
         "fr": """refuser=refuse refuse=refuses refusent=refuse refusé=refused refusée=refused refusés=refused
            refusant=refusing refusait=refused refus=refusal rejeter=reject rejeté=rejected rejetée=rejected"""},
        f"""reject refus declin den[iy] turn~_…(?:down|away|back) oppos object resist veto rebuff dismiss repel
        repuls unwilling against disapprov disallow disagree fail block bar(?:s|red|ring)?$ rul~_out discharg releas
        dump emit protest repudiat str[iu][ck] opt balk negat shun spurn thr[eo]w withh defeat {_NOT}""",
    ),
    _Event(
        "resign",
        {"id": "mengundurkan=resigned pengunduran=resignation",
         "fr": """démission=resignation démissionner=resign démissionne=resigns démissionné=resigned
            démissionnaire=resigned démissions=resignations démissionnent=resign"""},
        """resign step quit withdr leav left depart(?!ment) retir drop bow(?:s|ed)?$ st(?:and|ood)~_down relinquish
        abdicat pull renounc exit reced scratch""",
    ),
    _Event(
        "dismiss",
        {"id": "memecat=dismissed dipecat=dismissed pemecatan=dismissal dipecatnya=dismissal pemecatannya=dismissal",
         "fr": """licencier=dismiss licencié=dismissed licenciée=dismissed licenciés=dismissed licenciement=dismissal
            licenciements=dismissals limogé=dismissed limogeage=dismissal limoger=dismiss congédié=dismissed"""},
        """fire firing dismiss sack oust expel expuls terminat let_……go lay(?:ing|s)?[_-]?off laid remov discharg
        kick redundan cut job axe depos unseat drop releas suspend impeach""",
    ),
    _Event(
        "ban",
        {"id": "melarang=banned dilarang=banned larangan=ban pelarangan=ban terlarang=banned",
         "fr": """interdire=ban interdit=banned interdite=banned interdits=banned interdites=banned interdiction=ban
            interdictions=bans interdisent=ban interdisant=banning"""},
        f"""ban(?:s|ned|ning)?$ prohibit forbid forbad bar(?:s|red|ring)?$ outlaw disallow restrict suspen[ds] ground
        proscrib illegal illicit unlawful block exclu injunct prevent embargo taboo moratori off[_-]limits unable
        stop depriv refrain curfew denied veto {_NOT}""",
    ),
    _Event(
        "fail",
        {"id": """gagal=failed kegagalan=failure menggagalkan=thwarted digagalkan=thwarted gagalnya=failure
            kegagalannya=failure""",
         "fr": """échouer=fail échoue=fails échouent=fail échoué=failed échouée=failed échouait=failed échec=failure
            échecs=failures échoua=failed"""},
        f"""fail unsuccess unable collaps fell fall miss flop defeat thwart foil chess setback strand ground aground
        los[est] default breakdown blunder fiasco debacle abort frustrat stymie prevent disappoint wreck ineffect
        wash~_(?:up|ashore) broke malfunction crash insufficien drop {_NOT}""",
    ),
    _Event(
        "die",
        {"id": """tewas=died menewaskan=killed meninggal=died kematian=death tewasnya=death kematiannya=death
            meninggalnya=death wafat=died""",
         "fr": """mort=dead mourir=die meurt=dies meurent=die mourut=died décès=death décédé=died décédée=died
            décédés=died mourait=died mortelle=fatal morts=dead mortalité=mortality"""},
        """die[sd]?$ dying dead death kill deceas perish pass fatal los[est] casualt late$ demise mortal immortal
        victim slain slay murder corps lives life leth toll surviv bod(?:y|ies) obituar assassin claim massacre left
        leav suicide drown execut""",
    ),
    _Event(
        "lose",
        {"id": """kalah=lost kekalahan=defeat dikalahkan=defeated mengalahkan=defeated kalahnya=defeat
            kekalahannya=defeat""",
         "fr": """défaite=defeat défaites=defeats vaincu=defeated vaincue=defeated vaincus=defeated battu=beaten
            battue=beaten"""},
        """los[est] defeat beat fail fell fall inferior knock overc[ao]m overwhelm overpower overthr surpass conquer
        vanquish top(?:s|ped|pled)$ edg crush rout upset down$ subdu succumb won$ win(?:s|ner|ners|ning)?$ victor
        outnumb outdo trounc thrash prevail elimin struck hit$ fought against second$ whip""",
    ),
    _Event(
        "delay",
        {"id": "menunda=postponed ditunda=postponed penundaan=postponement tertunda=delayed penundaannya=postponement",
         "fr": """retarder=delay retardé=delayed retardée=delayed ajourner=adjourn ajourné=adjourned
            ajournement=adjournment"""},
        """delay postpon defer suspen[ds] put$ adjourn hold held stall pending procrast late slow push reschedul
        hinder set_?back wait after hamper backlog interrupt retard behind pause shelv tabl mov""",
    ),
    _Event(
        "cancel",
        {"id": "membatalkan=cancelled dibatalkan=cancelled pembatalan=cancellation pembatalannya=cancellation",
         "fr": """annuler=cancel annulé=cancelled annulée=cancelled annulés=cancelled annulées=cancelled
            annulation=cancellation annulations=cancellations annule=cancels annulent=cancel"""},
        """cancel annul revok overturn scrap call~_…off void rescind abort repeal withdr drop null quash invalid undo
        revers abandon refund waiv abrogat negat dissolv terminat strik struck set_aside cut$ eras""",
    ),
    _Event(
        "disagree",
        {"fr": "désaccord=disagreement désaccords=disagreements"},
        f"""disagree disput differ discord odds conflict contention rift divid divis dissent oppos disson clash
        quarrel argu disapprov controvers split diverg tension mismatch friction {_NOT}""",
    ),
    _Event(
        "leave",
        {"id": "kepergian=departure kepergiannya=departure hengkang=left",
         "fr": "départ=departure départs=departures"},
        """depart(?!ment) leav left exit go(?:es|ing|ne)?$ went absen death die pass resign quit travel trip journey
        mov withdr demise out$ los[st] start begin began outset initial original first early launch take-?off""",
    ),
    _Event(
        "accuse",
        {"id": """menuduh=accused dituduh=accused tuduhan=accusation menuding=accused dituding=accused
            tudingan=accusation mendakwa=charged didakwa=charged dakwaan=charge""",
         "fr": """accuser=accuse accuse=accuses accusent=accuse accusé=accused accusée=accused accusés=accused
            accusation=accusation accusations=accusations accusait=accused"""},
        """accus charg alleg claim blam suspect indict defendant acknowledg fault impeach prosecut convict assert
        incriminat denounc point arraign trial implicat complain slam guilt""",
    ),
)  # fmt: skip

_NEGATING = {"id": words("tidak tak bukan belum tanpa jangan"), "fr": words("pas sans non ni jamais aucun aucune ne")}
_WITH = "diri|dunia"
"""Indonesian words that belong to such a word: `mengundurkan diri` (to resign), `meninggal dunia` (to die)."""
_NEAR = 3
"""Words before, among which a negation turns an event into another: he did not refuse, that is, he took it."""


class _Word(NamedTuple):
    """A word for an event, in the language of the source and in English."""

    text: str
    english: str
    event: _Event


@functools.cache
def _by_word(language: str) -> dict[str, _Word]:
    pairs = ((pair.split("="), event) for event in _EVENTS for pair in words(event.said.get(language, "")))
    return {text: _Word(text, english, event) for (text, english), event in pairs}


@functools.cache
def _english(stems: str) -> regex.Pattern[str]:
    alternatives = "|".join(stems.split())
    for sign, meaning in _SIGNS.items():
        alternatives = alternatives.replace(sign, meaning)
    return regex.compile(rf"(?<!\p{{L}})(?:{alternatives})", regex.IGNORECASE)


@functools.lru_cache(maxsize=4096)  # the guard tries many targets of one source
def _said(source: str, language: str) -> tuple[_Word, ...]:
    """Give the words that say that something happened, and not that it did not; of each event the first."""
    known, negating = _by_word(language), _NEGATING[language]
    said = [word.replace("’", "'").rpartition("'")[2] for word in folded(source)]
    found: dict[str, _Word] = {}
    for at, text in enumerate(said):
        word = known.get(text)
        if word is not None and negating.isdisjoint(said[max(0, at - _NEAR) : at + 2]):
            found.setdefault(word.event.name, word)
    return tuple(found.values())


def _lost(source: str, target: str, source_language: str, target_language: str) -> Iterator[_Word]:
    """Give the words of events that nothing in the target could stand for."""
    if target_language == "en" and source_language in _NEGATING and target.strip():
        for word in _said(source, source_language):
            if _english(word.event.stems).search(target) is None:
                yield word


def lost_event(subject: Subject) -> Iterator[Found]:
    """Find an event that the source tells of and that nothing in the target could stand for."""
    for word in _lost(subject.source, subject.target, subject.source_language, subject.target_language):
        yield f"nothing stands for “{word.text}” ({word.event.name})", None


def told(asked: str, source: str, target: str, source_language: str, target_language: str) -> str:
    """Give what is asked for a source with the English of its lost events in the place of their words.

    >>> source = "Menteri itu membantah laporan media."
    >>> told(source, source, "The minister confirmed media reports.", "id", "en")
    'Menteri itu denied laporan media.'
    """
    for word in _lost(source, target, source_language, target_language):
        pattern = rf"(?<![\p{{L}}-]){word.text}(?:\s+(?:{_WITH}))?(?![\p{{L}}-])"
        asked = regex.sub(pattern, word.english, asked, count=1, flags=regex.IGNORECASE)
    return asked
