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

__all__ = ["lost_event"]


class _Event(NamedTuple):
    """An event by what it is called in English, the words for it in other languages, and the stems of English ones."""

    name: str
    said: dict[str, str]
    """By language, in small letters; only words that hardly mean anything else."""
    stems: str
    """Patterns of what English renderings begin with, of many kinds, since translators are free. `_` is a space, `$`
    the end of a word, `~` some more letters of it, and `…` another word, or none."""


_SIGNS = {"_": " ", "$": r"\b", "~": r"\p{L}{0,12}", "…": r"(?:\p{L}{1,20} )?"}
_NOT = "not$ nothing ~n['’]t$ cannot never no$ without"

_EVENTS = (
    _Event(
        "deny",
        {"id": "membantah dibantah bantahan menyangkal disangkal sangkalan menampik ditampik",
         "fr": "nier nie nient niait niaient nié niée niant démenti démentir démentis démentent démentait"},
        """den[iy] undeniab refut disput reject rebut contest contradict disagree argu challeng counter dismiss
        disprov debunk belie disavow repudiat disown disclaim object brush swat question no_doubt""",
    ),
    _Event(
        "refuse",
        {"id": "menolak ditolak penolakan ditolaknya",
         "fr": "refuser refuse refusent refusé refusée refusés refusant refusait refus rejeter rejeté rejetée"},
        f"""reject refus declin den[iy] turn~_…(?:down|away|back) oppos object resist veto rebuff dismiss repel
        repuls unwilling against disapprov disallow disagree fail block bar(?:s|red|ring)?$ rul~_out discharg releas
        dump emit protest repudiat str[iu][ck] opt balk negat shun spurn thr[eo]w withh defeat {_NOT}""",
    ),
    _Event(
        "resign",
        {"id": "mengundurkan pengunduran",
         "fr": "démission démissionner démissionne démissionné démissionnaire démissions démissionnent"},
        """resign step quit withdr leav left depart(?!ment) retir drop bow(?:s|ed)?$ st(?:and|ood)~_down relinquish
        abdicat pull renounc exit reced scratch""",
    ),
    _Event(
        "dismiss",
        {"id": "memecat dipecat pemecatan dipecatnya pemecatannya",
         "fr": "licencier licencié licenciée licenciés licenciement licenciements limogé limogeage limoger congédié"},
        """fire firing dismiss sack oust expel expuls terminat let_……go lay(?:ing|s)?[_-]?off laid remov discharg
        kick redundan cut job axe depos unseat drop releas suspend impeach""",
    ),
    _Event(
        "ban",
        {"id": "melarang dilarang larangan pelarangan terlarang",
         "fr": "interdire interdit interdite interdits interdites interdiction interdictions interdisent interdisant"},
        f"""ban(?:s|ned|ning)?$ prohibit forbid forbad bar(?:s|red|ring)?$ outlaw disallow restrict suspen[ds] ground
        proscrib illegal illicit unlawful block exclu injunct prevent embargo taboo moratori off[_-]limits unable
        stop depriv refrain curfew denied veto {_NOT}""",
    ),
    _Event(
        "fail",
        {"id": "gagal kegagalan menggagalkan digagalkan gagalnya kegagalannya",
         "fr": "échouer échoue échouent échoué échouée échouait échec échecs échoua"},
        f"""fail unsuccess unable collaps fell fall miss flop defeat thwart foil chess setback strand ground aground
        los[est] default breakdown blunder fiasco debacle abort frustrat stymie prevent disappoint wreck ineffect
        wash~_(?:up|ashore) broke malfunction crash insufficien drop {_NOT}""",
    ),
    _Event(
        "die",
        {"id": "tewas menewaskan meninggal kematian tewasnya kematiannya meninggalnya wafat",
         "fr": "mort mourir meurt meurent mourut décès décédé décédée décédés mourait mortelle morts mortalité"},
        """die[sd]?$ dying dead death kill deceas perish pass fatal los[est] casualt late$ demise mortal immortal
        victim slain slay murder corps lives life leth toll surviv bod(?:y|ies) obituar assassin claim massacre left
        leav suicide drown execut""",
    ),
    _Event(
        "lose",
        {"id": "kalah kekalahan dikalahkan mengalahkan kalahnya kekalahannya",
         "fr": "défaite défaites vaincu vaincue vaincus battu battue"},
        """los[est] defeat beat fail fell fall inferior knock overc[ao]m overwhelm overpower overthr surpass conquer
        vanquish top(?:s|ped|pled)$ edg crush rout upset down$ subdu succumb won$ win(?:s|ner|ners|ning)?$ victor
        outnumb outdo trounc thrash prevail elimin struck hit$ fought against second$ whip""",
    ),
    _Event(
        "delay",
        {"id": "menunda ditunda penundaan tertunda penundaannya",
         "fr": "retarder retardé retardée ajourner ajourné ajournement"},
        """delay postpon defer suspen[ds] put$ adjourn hold held stall pending procrast late slow push reschedul
        hinder set_?back wait after hamper backlog interrupt retard behind pause shelv tabl mov""",
    ),
    _Event(
        "cancel",
        {"id": "membatalkan dibatalkan pembatalan pembatalannya",
         "fr": "annuler annulé annulée annulés annulées annulation annulations annule annulent"},
        """cancel annul revok overturn scrap call~_…off void rescind abort repeal withdr drop null quash invalid undo
        revers abandon refund waiv abrogat negat dissolv terminat strik struck set_aside cut$ eras""",
    ),
    _Event(
        "disagree",
        {"fr": "désaccord désaccords"},
        f"""disagree disput differ discord odds conflict contention rift divid divis dissent oppos disson clash
        quarrel argu disapprov controvers split diverg tension mismatch friction {_NOT}""",
    ),
    _Event(
        "leave",
        {"id": "kepergian kepergiannya hengkang", "fr": "départ départs"},
        """depart(?!ment) leav left exit go(?:es|ing|ne)?$ went absen death die pass resign quit travel trip journey
        mov withdr demise out$ los[st] start begin began outset initial original first early launch take-?off""",
    ),
    _Event(
        "accuse",
        {"id": "menuduh dituduh tuduhan menuding dituding tudingan mendakwa didakwa dakwaan",
         "fr": "accuser accuse accusent accusé accusée accusés accusation accusations accusait"},
        """accus charg alleg claim blam suspect indict defendant acknowledg fault impeach prosecut convict assert
        incriminat denounc point arraign trial implicat complain slam guilt""",
    ),
)  # fmt: skip

_NEGATING = {"id": words("tidak tak bukan belum tanpa jangan"), "fr": words("pas sans non ni jamais aucun aucune ne")}
_NEAR = 3
"""Words before, among which a negation turns an event into another: he did not refuse, that is, he took it."""


@functools.cache
def _by_word(language: str) -> dict[str, _Event]:
    return {word: event for event in _EVENTS for word in words(event.said.get(language, ""))}


@functools.cache
def _english(stems: str) -> regex.Pattern[str]:
    alternatives = "|".join(stems.split())
    for sign, meaning in _SIGNS.items():
        alternatives = alternatives.replace(sign, meaning)
    return regex.compile(rf"(?<!\p{{L}})(?:{alternatives})", regex.IGNORECASE)


@functools.lru_cache(maxsize=4096)  # the guard tries many targets of one source
def _said(source: str, language: str) -> tuple[tuple[str, _Event], ...]:
    """Give the words that say that something happened, and not that it did not, each with what it says."""
    known, negating = _by_word(language), _NEGATING[language]
    said = [word.replace("’", "'").rpartition("'")[2] for word in folded(source)]
    found: dict[str, tuple[str, _Event]] = {}
    for at, word in enumerate(said):
        event = known.get(word)
        if event is not None and negating.isdisjoint(said[max(0, at - _NEAR) : at + 2]):
            found.setdefault(event.name, (word, event))
    return tuple(found.values())


def lost_event(subject: Subject) -> Iterator[Found]:
    """Find an event that the source tells of and that nothing in the target could stand for."""
    if subject.target_language != "en" or subject.source_language not in _NEGATING or not subject.target.strip():
        return
    for word, event in _said(subject.source, subject.source_language):
        if _english(event.stems).search(subject.target) is None:
            yield f"nothing stands for “{word}” ({event.name})", None
