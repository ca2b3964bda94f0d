"""Headings and datelines in capitals, and headings with every word capitalised, written as a sentence is.

Models learn from sentences: "HARGA BERAS NAIK" and "Harga Beras Naik" are strings of rare pieces to them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

import regex

from normalize.check import exonyms, lexicon
from normalize.corpus import Span
from normalize.engine import Hypothesis
from normalize.guard.usage import WORD

__all__ = [
    "as_sentence", "calmed", "dateline", "headed", "is_copied", "is_name", "loud", "shouted", "single",
    "words_to_ask",
]  # fmt: skip

_GAP = regex.compile(r"[\s,.:;&/’'\"“”«»()!?-]*")
_PART = regex.compile(r"[^’'-]+")
_CAPITALS = regex.compile(r"\p{Lu}{4}")
_DATELINE_END = regex.compile(r"\s*(?:[,(]|[-–—]+\s)")
_VOWEL = regex.compile(r"[AEIOUYÀ-ÖØ-Ý]")
_END = regex.compile(r"[.;…][”’\"'»)\]\s]*$")

_SINGLE = regex.compile(r"[\p{L}\p{M}’'-]{3,40}(?:\s[\p{L}\p{M}’'-]{2,40})?")
_STARTING = tuple('.!?:“"«')

_SURER, _SURER_ALONE = 0.2, -0.5
"""Nats a token by which the model is surer of a name than of the same word in small letters."""

_SHORTEST_RUN = 8
"""Letters of a run of capitals that is no row of abbreviations, such as KPK RI."""

ABBREVIATIONS = {
    "id": lexicon.words("AS RI PBB UE UU TNI DPR DPD MPR KPK BPK MK MA BI PT TV HP AI PM KTP RUU IKN ASEAN BUMN WHO"),
    "fr": lexicon.words("UE ONU OTAN USA PIB PDG TGV SNCF IA EDF RFI BCE FMI OMS TVA RATP CGT AFP OM PSG RN LFI LR"),
}
"""Words that stay in capitals, by language; so does what has no vowel."""


def shouted(text: str) -> list[Span]:
    """Find the runs of words in capitals that are not abbreviations, first a dateline, or all of a heading.

    >>> [span.of("SAN FRANCISCO - Pendiri OpenAI pergi.") for span in shouted("SAN FRANCISCO - Pendiri OpenAI pergi.")]
    ['SAN FRANCISCO']
    >>> shouted("Ketua KPK RI datang ke PBB.")
    []
    """
    spans = []
    words = list(WORD.finditer(text)) if _CAPITALS.search(text) else []
    for loud, group in itertools.groupby(_runs(text, words), key=lambda item: item[0]):
        run = [match for _, match in group]
        if loud and _is_shouted(text, run):
            spans.append(Span(start=run[0].start(), end=run[-1].end()))
    return spans


def _runs(text: str, words: Iterable[regex.Match[str]]) -> Iterator[tuple[int, regex.Match[str]]]:
    """Give each word the number of its run of capitals, from 1 on, or 0 where it is not in capitals."""
    number, end = 1, 0
    for match in words:
        loud = match[0].isupper()
        between = text[end : match.start()]
        if not loud or (end and not _GAP.fullmatch(between)):
            number += 1
        yield (number if loud else 0), match
        end = match.end()


def _is_shouted(text: str, run: list[regex.Match[str]]) -> bool:
    letters = sum(len(match[0]) for match in run)
    spoken = any(len(match[0]) >= 4 and _VOWEL.search(match[0]) for match in run)
    if not spoken:
        return False
    if len(run) > 1 and letters >= _SHORTEST_RUN:
        return True
    alone = len(run) == 1 and not WORD.search(text, run[0].end())
    leads = not WORD.search(text[: run[0].start()])
    return leads and letters >= 4 and (alone or bool(_DATELINE_END.match(text, run[-1].end())))


def headed(text: str, language: str) -> bool:
    """Whether a text has most of its words capitalised as English headings have, and is no sentence.

    >>> headed("Presiden Resmikan Jembatan Baru di Kalimantan", "id")
    True
    >>> headed("Presiden Joko Widodo tiba di Kalimantan Timur", "id")
    False
    """
    if _END.search(text):
        return False
    small = lexicon.FUNCTION_WORDS.get(language, frozenset())
    words = [match[0] for match in WORD.finditer(text)]
    telling = [word for word in words[1:] if len(word) > 3 and word.lower() not in small and not word.isupper()]
    return len(telling) >= 3 and sum(map(str.istitle, telling)) >= 0.85 * len(telling)


def single(text: str) -> bool:
    """Whether a text is a word or two, with no mark at the end: a section's name, a key word.

    >>> single("Kesehatan"), single("Gaya Hidup"), single("Dia pergi ke pasar"), single("Halo!")
    (True, True, False, False)
    """
    return _SINGLE.fullmatch(text.strip()) is not None


def loud(text: str, language: str) -> bool:
    """Whether a text has capitals that its words do not have within a sentence."""
    return bool(shouted(text)) or (text[:1].isupper() and single(text)) or headed(text, language)


def words_to_ask(text: str, language: str) -> list[str]:
    """Give the words that may be names, capitalised, as the engine is to be asked about them alone.

    Words known to be none are not among them.

    >>> words_to_ask("HARGA BERAS DI BANDUNG", "id")
    ['Bandung']
    """
    small = lexicon.FUNCTION_WORDS.get(language, frozenset())
    spans = shouted(text) or [Span(start=0, end=len(text))]
    found = (match[0] for span in spans for match in WORD.finditer(span.of(text)))
    return list(dict.fromkeys(
        word.title() for word in found
        if word[0].isupper() and len(word) > 2 and word.lower() not in small and not _stays(word, language)
        and not exonyms.is_common(word.lower(), language)
    ))  # fmt: skip


def is_copied(word: str, capitalised: Hypothesis) -> bool:
    """Whether the answer to a capitalised word is the word."""
    return capitalised.target.rstrip(".").casefold() == word.casefold()


def is_name(word: str, capitalised: Hypothesis, small: Hypothesis, *, alone: bool) -> bool:
    """Whether a word is a name: it is copied with a capital, and the model is surer of that than of small letters.

    A word `alone` in its segment is a name in doubt: nothing there tells of a mistake.
    """
    return is_copied(word, capitalised) and capitalised.score > small.score + (_SURER_ALONE if alone else _SURER)


def _stays(word: str, language: str) -> bool:
    """Whether a word keeps its capitals whatever happens: an abbreviation, or capitals within (OpenAI)."""
    if not word.isupper():
        return word[1:].lower() != word[1:]
    return word in ABBREVIATIONS.get(language, ()) or (len(word) > 1 and not _VOWEL.search(word))


def as_sentence(text: str, language: str, forms: Mapping[str, str]) -> str:
    """Write shouted runs, or a heading, as a sentence is; a dateline keeps its capitals.

    `forms` gives words as they stand in sentences, by the same in small letters; those it lacks are written small.

    >>> as_sentence("HARGA BERAS NAIK DI BANDUNG", "id", {"bandung": "Bandung"})
    'Harga beras naik di Bandung'
    >>> as_sentence("SAN FRANCISCO - Pendiri OpenAI pergi.", "id", {})
    'San Francisco - Pendiri OpenAI pergi.'
    >>> as_sentence("Presiden Resmikan Jembatan Baru di Bandung", "id", {"bandung": "Bandung"})
    'Presiden resmikan jembatan baru di Bandung'
    >>> as_sentence("KESEHATAN", "id", {})
    'kesehatan'
    """
    for span in reversed(shouted(text) or [Span(start=0, end=len(text))]):
        before, after = text[: span.start], text[span.end :]
        leads = not WORD.search(before)
        place = leads and bool(after) and bool(_DATELINE_END.match(text, span.end))
        starts = (leads or before.rstrip()[-1:] in _STARTING) and not single(text)
        text = before + _written(span.of(text), language, None if place else forms, starts=starts) + after
    return text


def _written(text: str, language: str, forms: Mapping[str, str] | None, *, starts: bool) -> str:
    """Write words in their forms, all as names where `forms` is None, and the first with a capital if it `starts`."""

    def change(match: regex.Match[str]) -> str:
        word = str(match[0])
        if _stays(word, language):
            return word
        if forms is None:
            return _title(word)
        form = forms.get(word.lower(), word.lower())
        return _title(word) if starts and match.start() == first and form.islower() else form

    found = WORD.search(text)
    first = found.start() if found else 0
    return str(WORD.sub(change, text))


def dateline(text: str) -> tuple[str, ...]:
    """Give the words, in small letters, of a shouted dateline.

    >>> dateline("SAN FRANCISCO - Pendiri OpenAI pergi."), dateline("HARGA BERAS NAIK")
    (('san', 'francisco'), ())
    """
    first = next(iter(shouted(text)), None)
    if first is None or WORD.search(text[: first.start]) or not _DATELINE_END.match(text, first.end):
        return ()
    return tuple(str(match[0]).casefold() for match in WORD.finditer(first.of(text)))


def calmed(text: str) -> str:
    """Write what a text shouts with one capital a word, to compare it with a text that does not.

    >>> calmed("JAKARTA – The president left.")
    'Jakarta – The president left.'
    """
    for span in reversed(shouted(text)):
        text = text[: span.start] + WORD.sub(lambda match: _title(match[0]), span.of(text)) + text[span.end :]
    return text


def _title(word: str) -> str:
    """Capitalise each part of a hyphenated word, and what follows an elided article: L’Économie.

    >>> _title("L’ÉCONOMIE"), _title("SAINT-DENIS"), _title("ANAK-ANAK")
    ('L’Économie', 'Saint-Denis', 'Anak-Anak')
    """
    return _PART.sub(lambda match: match[0][:1].upper() + match[0][1:].lower(), word)
