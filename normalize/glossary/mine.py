"""Candidates for a glossary: names and phrases that recur in texts, and names that are spelled in several ways.

One pass, memory bounded: when too many different ones were met, those met once are forgotten.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import regex

from normalize.glossary.glossary import Glossary
from normalize.glossary.match import Evidence
from normalize.glossary.stopwords import is_stop_word
from normalize.glossary.term import Kind, Term
from normalize.glossary.tokens import confusable, folded

__all__ = ["Candidate", "Text", "mine", "survivals"]

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:[.&][\p{L}\p{N}]+)*")
_CAPITAL = regex.compile(r"\p{Lu}|[01]\p{Ll}{3}")  # optical recognition reads O as 0 and I as 1
_INSIDE = regex.compile(r"\p{Lu}.*\p{Lu}|\p{Ll}\p{Lu}|\p{L}\p{N}")
_MISREAD = regex.compile(r"\p{Ll}I\p{Ll}|\p{L}[01]\p{L}|\b[01]\p{Ll}|\p{Ll}\p{Lu}l\b")  # PeIosi, B0b, 0tomo, OpenAl
_STARTER = regex.compile(r"[.!?…:;|•\n]\s*$|[\"“«‘(\[—–-]\s*$|^\s*$")
_SENTENCE_END = regex.compile(r"[.!?…][\"”»’)]*\s*$")
_GAP = frozenset({" ", "-", "\u00a0", "'", "’", " & "})
# Not "di" and "da": prepositions of Indonesian.
_LINKS = frozenset({
    "al", "bin", "binti", "de", "del", "der", "des", "dos", "du", "el", "ibn", "la", "le", "of", "van", "von",
})  # fmt: skip
_NO_NAMES = frozenset({
    "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "ahad", "januari", "februari", "maret", "april",
    "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday", "january", "february", "march", "may", "june", "july", "august",
    "october", "december", "anda", "rp", "wib", "wita", "wit", "dr", "drs", "prof", "ir", "mr", "mrs", "ms", "mme",
    "usd", "idr", "eur",
})
"""Words written with a capital that are no names: the calendar's, titles, signs of money and time."""
_MOST = 200_000  # different forms of a kind kept in memory
_LONGEST_NAME = 6  # words
_PHRASE = (2, 3)  # words of a phrase
_SAFE_LENGTH = 4  # letters from which a confusable spelling is the same name
_FUZZY_LENGTH = 4  # letters of a word from which a similar one is worth a suggestion
_CROWD = 8  # names that share a rough key from which on it says nothing
_SIMILAR = 5  # suggestions for a candidate
_EXAMPLE = 160  # characters


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text to look in: an article's, with its language, and where it is from."""

    article: str
    language: str
    text: str
    path: str = ""
    sites: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A name or phrase that a glossary may want."""

    source: str
    """The spelling that the glossary has, or the commonest that is no likely misreading."""
    kind: Kind
    language: str
    count: int
    articles: int
    spellings: tuple[tuple[str, int], ...]
    """Its other spellings with their counts: the same but for case, blanks, and what optical recognition confuses."""
    similar: tuple[str, ...]
    """Names that may be the same; only a person can tell."""
    example: str


def survivals(
    candidates: Iterable[Candidate], pairs: Iterable[tuple[str, str, str]]
) -> dict[str, tuple[int, int]]:
    """Count for each name the translated segments that have it, and those whose target has it as it stands.

    `pairs` are (language, source, target). A name that came out in several ways has fewer of the second, and not none.

    >>> found = mine([Text(article="a", language="id", text="Saham Velora naik. Harga di Velora turun.")])
    >>> survivals(found, [("id", "Saham Velora.", "Velora shares."), ("id", "Di Velora.", "In Velour.")])
    {'Velora': (2, 1)}
    """
    names = [
        Term(source=one.source, target=one.source, aliases=tuple(form for form, _ in one.spellings), kind=Kind.NAME,
             case_sensitive=True)
        for one in candidates if one.kind is Kind.NAME
    ]  # fmt: skip
    glossary = Glossary(terms=tuple(names))
    counts: dict[str, tuple[int, int]] = {}
    for language, source, target in pairs:
        standing = Evidence(target)
        for name in sorted({match.term.source for match in glossary.matches(source, language)}):
            segments, kept = counts.get(name, (0, 0))
            counts[name] = (segments + 1, kept + standing.has(name))
    return counts


class _Tally:
    """How often each form was met, in how many articles, and where first."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.articles: Counter[str] = Counter()
        self.last: dict[str, str] = {}
        self.examples: dict[str, tuple[str, str]] = {}

    def add(self, form: str, text: Text, line: str, start: int) -> None:
        self.counts[form] += 1
        if self.last.get(form) != text.article:
            self.last[form] = text.article
            self.articles[form] += 1
        if form not in self.examples:
            self.examples[form] = (text.language, _around(line, start))
            if len(self.counts) > _MOST:
                self._forget()

    def _forget(self) -> None:
        """Forget what was met least, so that half of the room is free; ties by spelling, so that runs agree."""
        kept = sorted(self.counts, key=lambda form: (-self.counts[form], form))[: _MOST // 2]
        for table in (self.counts, self.articles, self.last, self.examples):
            for form in table.keys() - kept:
                del table[form]


def _around(line: str, start: int) -> str:
    """Give the part of a line around a place, cut at blanks."""
    if len(line) <= _EXAMPLE:
        return line.strip()
    begin = max(0, start - _EXAMPLE // 2)
    cut = line[begin : begin + _EXAMPLE]
    return f"{'…' if begin else ''}{cut.partition(' ')[2] if begin else cut}".strip() + "…"


def mine(texts: Iterable[Text], glossary: Glossary | None = None, *, least: int = 2) -> list[Candidate]:
    r"""Find candidates, the commonest first; what the glossary has already is left out.

    A name must occur `least` times, a phrase once more than that and in two articles.

    >>> texts = [Text(article="a", language="id", text="Harga saham Velora naik.\nMenurut VeIora, turun."),
    ...          Text(article="b", language="id", text="Saham Velora naik, dan Velara turun.")]
    >>> [(found.source, found.count, found.spellings, found.similar) for found in mine(texts)]
    [('Velora', 3, (('VeIora', 1),), ('Velara',))]
    """
    names, starts, phrases = _Tally(), _Tally(), _Tally()
    for text in texts:
        for line in text.text.splitlines():
            _read(line, text, names, starts, phrases)
    for form in sorted(starts.counts):
        _settle(form, names, starts)
    glossary = glossary or Glossary()
    groups = _groups(names, frozenset(term.source for term in glossary.terms))
    similar = _similar([forms[0] for forms in groups], glossary)
    found = [_candidate(forms, names, similar) for forms in groups]
    found = [one for one in found if one.count >= least or (one.similar and one.count > 1)]
    found += _phrases(phrases, least + 1)
    written = frozenset(form for term in glossary.terms for form in (term.source, *term.aliases))
    wanted = [one for one in found if not _known(one, glossary, written)]
    return sorted(wanted, key=lambda one: (-one.count, one.source))


def _read(line: str, text: Text, names: _Tally, starts: _Tally, phrases: _Tally) -> None:
    """Count the names and phrases of a line."""
    words = list(_WORD.finditer(line))
    capitals = [_CAPITAL.match(word.group()) is not None for word in words]
    heading = len(words) > 3 and not _SENTENCE_END.search(line) and sum(capitals) * 5 > len(words) * 3
    if not heading:
        for first, last in _runs(line, words, capitals):
            start = words[first].start()
            form = line[start : words[last].end()]
            initial = _STARTER.search(line, max(0, start - 3), start) is not None
            if initial and not _INSIDE.search(words[first].group()):
                starts.add(form, text, line, start)
            else:
                names.add(form, text, line, start)
    if not line.isupper():
        _count_phrases(line, words, capitals, text, phrases)


def _runs(line: str, words: Sequence[regex.Match[str]], capitals: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Give the first and last word of each run of capitalised words; small linking words may stand inside."""
    at = 0
    while at < len(words):
        if not capitals[at] or (is_stop_word(words[at].group()) and not _follows(line, words, at, capitals)):
            at += 1
            continue
        last = at
        ahead = at + 1
        while ahead < len(words) and ahead - at < _LONGEST_NAME:
            if line[words[ahead - 1].end() : words[ahead].start()] not in _GAP:
                break
            if capitals[ahead]:
                last = ahead
            elif words[ahead].group() not in _LINKS:
                break
            ahead += 1
        if at < last or not (folded(words[at].group()) in _NO_NAMES or len(words[at].group()) == 1):
            yield at, last
        at = last + 1


def _follows(line: str, words: Sequence[regex.Match[str]], at: int, capitals: Sequence[bool]) -> bool:
    """Whether a capitalised stop word stands in the middle of a sentence, before a name ("The" of "The Hague")."""
    inside = _STARTER.search(line, max(0, words[at].start() - 3), words[at].start()) is None
    return inside and at + 1 < len(words) and capitals[at + 1]


def _settle(form: str, names: _Tally, starts: _Tally) -> None:
    """Count a form that began a sentence: as it is, where it is a name elsewhere; else without its first word."""
    count = starts.counts[form]
    rest = form.split(" ", 1)[1] if " " in form else ""
    counted = form if form in names.counts else rest if _CAPITAL.match(rest) else ""
    if counted:
        names.counts[counted] += count
        names.articles[counted] = max(names.articles[counted], starts.articles[form])
        names.examples.setdefault(counted, starts.examples[form])


def _count_phrases(
    line: str, words: Sequence[regex.Match[str]], capitals: Sequence[bool], text: Text, phrases: _Tally
) -> None:
    """Count runs of two or three plain words without a stop word among them."""
    plain = [
        not capital and len(word.group()) > 2 and word.group().isalpha()
        and not is_stop_word(word.group(), text.language)
        for word, capital in zip(words, capitals, strict=True)
    ]  # fmt: skip
    for start in range(len(words)):
        end = start
        while end < len(words) and plain[end] and end - start < _PHRASE[1]:
            if end > start and line[words[end - 1].end() : words[end].start()] != " ":
                break
            end += 1
            if end - start >= _PHRASE[0]:
                phrases.add(line[words[start].start() : words[end - 1].end()], text, line, words[start].start())


def _groups(names: _Tally, filed: frozenset[str]) -> list[list[str]]:
    """Group the spellings that are safely one name; first the one that is `filed`, then the commonest likely one."""
    parents: dict[str, str] = {form: form for form in names.counts}

    def root(form: str) -> str:
        while parents[form] != form:
            parents[form] = parents[parents[form]]
            form = parents[form]
        return form

    keys: dict[tuple[str, str], str] = {}
    for form in sorted(names.counts):
        bare = "".join(_WORD.findall(form))
        own = [("case", folded(bare))]
        if sum(map(str.isalpha, bare)) >= _SAFE_LENGTH:
            own.append(("seen", confusable(bare)))
        for key in own:
            parents[root(form)] = root(keys.setdefault(key, form))
    groups: dict[str, list[str]] = defaultdict(list)
    for form in names.counts:
        groups[root(form)].append(form)

    def rank(form: str) -> tuple[bool, bool, int, str]:
        return form not in filed, _MISREAD.search(form) is not None, -names.counts[form], form

    return [sorted(forms, key=rank) for forms in groups.values()]


def _candidate(forms: Sequence[str], names: _Tally, similar: dict[str, tuple[str, ...]]) -> Candidate:
    language, example = names.examples[forms[0]]
    return Candidate(
        source=forms[0], kind=Kind.NAME, language=language, example=example,
        count=sum(names.counts[form] for form in forms),
        articles=max(names.articles[form] for form in forms),
        spellings=tuple((form, names.counts[form]) for form in forms[1:]),
        similar=similar.get(forms[0], ()),
    )  # fmt: skip


def _similar(names: Sequence[str], glossary: Glossary) -> dict[str, tuple[str, ...]]:
    """Give for each name those that are nearly written like it: one letter apart, or with the same consonants."""
    known = [term.source for term in glossary.terms if term.kind is Kind.NAME]
    keys: dict[str, list[str]] = defaultdict(list)
    for name in sorted({*names, *known}):
        for key in _rough(name):
            keys[key].append(name)
    found: dict[str, set[str]] = defaultdict(set)
    for group in keys.values():
        if 1 < len(group) <= _CROWD:
            for name in group:
                found[name].update(other for other in group if other != name)
    return {name: tuple(sorted(others)[:_SIMILAR]) for name, others in found.items()}


def _rough(name: str) -> set[str]:
    """Give the keys under which a name meets those nearly written like it."""
    words = [folded(word) for word in _WORD.findall(name)]
    head, last = " ".join(words[:-1]), words[-1] if words else ""
    if len(last) < _FUZZY_LENGTH or not last.isalpha():
        return set()
    keys = {f"{head}~{last[:at]}{last[at + 1 :]}" for at in range(len(last))} if len(last) > _FUZZY_LENGTH else set()
    consonants = last[0] + "".join(char for char in last[1:] if char not in "aeiouyàâéèêëîïôöûüáíóú")
    return keys | ({f"{head}={consonants}"} if len(consonants) > 1 else set())


def _phrases(phrases: _Tally, least: int) -> Iterator[Candidate]:
    """Give the phrases that recur, without those that stand only inside a longer one."""
    often = {form for form, count in phrases.counts.items() if count >= least and phrases.articles[form] > 1}
    inside: Counter[str] = Counter()
    for form in often:
        words = form.split(" ")
        for part in (" ".join(words[1:]), " ".join(words[:-1])):
            inside[part] = max(inside[part], phrases.counts[form])
    for form in often:
        if inside[form] < phrases.counts[form]:
            language, example = phrases.examples[form]
            yield Candidate(
                source=form, kind=Kind.TERM, language=language, count=phrases.counts[form],
                articles=phrases.articles[form], spellings=(), similar=(), example=example,
            )  # fmt: skip


def _known(candidate: Candidate, glossary: Glossary, written: frozenset[str]) -> bool:
    """Whether the glossary finds the candidate, and all of its spellings, already."""
    for form in (candidate.source, *(form for form, _ in candidate.spellings)):
        matches = glossary.matches(form, candidate.language)
        if form not in written and not any((match.span.start, match.span.end) == (0, len(form)) for match in matches):
            return False
    return True
