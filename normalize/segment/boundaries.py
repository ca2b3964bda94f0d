"""Where the sentences of one line end.

For the languages of `rules` a scan over the marks that may end a sentence, each judged by what stands around it; for
all others the library sentencex. Both give the same kind of answer, which is then tidied: a piece without a letter or
digit (a stray quote, `…`, an emoji) belongs to its neighbour.
"""

from __future__ import annotations

import bisect

import regex

from normalize.segment.rules import Rules, rules_for, words

__all__ = ["boundaries"]

_END = regex.compile(
    r"""[.!?…。！？｡।॥؟۔]+            # the marks
        (?:\[\d{1,3}\])*                # a footnote's number
        (?:[”’"'»›)\]」』]              # closing marks directly after
        |\s{0,2}[»”"](?=[\s.,;:!?]|$)   # or, as French sets them, after a space
        |\s?[\p{Extended_Pictographic}\u200d\ufe0f]+(?=\s|$)  # or the smile that ends it
        )*""",
    regex.VERBOSE,
)
"""A mark that may end a sentence, with the closing quotes and brackets that belong to it."""

_NEXT = regex.compile(r"""\s*(?P<open>(?:["“”„«‹‘'’(\[¿¡*•·–—-]\s*)*)(?P<word>[\p{L}\p{M}'’]*)""")
"""What follows: opening marks, then a word (empty when it is a digit or a sign)."""

_BRACKETS = regex.compile(r"\([^()]{0,300}\)|\[[^\[\]]{0,300}\]")
"""A short bracket; the sentence around it goes on, whatever ends inside it."""

_DOTTED = regex.compile(r"(?:\p{L}{1,3}\.-?)+\p{L}{1,3}")
"""An abbreviation with stops inside, without the last: S.H, M.Si, J.-C, U.S."""

_MARKER = regex.compile(r"\W*(?:\d{1,3}|\p{L}|[ivxlcIVXLC]{1,5})\W*")
"""The number or letter of a list's item, alone."""

_CODE = regex.compile(r"\s*(?:\p{Lu}{1,3}[ .-]?)?\d")
"""A number, or a code that begins with letters: 5, B 1234, A-12."""

_ITEM = regex.compile(r"\p{Ll}\.\s+\p{Lu}")
"""The next item of a list within a line: `… name. b. Address`."""

_BRAND = regex.compile(r"\p{Ll}{1,2}\p{Lu}")
"""A name that begins small: iPhone, eBay."""

_GLUED = regex.compile(r"\p{Lu}\p{Ll}+(?=[\s,;])|(?:\p{Lu}|Ia|Di|Ke)(?=\s)")
"""A capitalised word that begins a sentence, where no space stands before it."""

_BEFORE_GLUED = regex.compile(r"(?:^|[\s(“\"«‘'’-])(?:\p{Ll}|['’-]){3,}$")
"""A small word of three letters or more, which ends a sentence where no space follows."""

_SUFFIXES = words("com net org gov edu info biz tv io ai app dev co id fr uk html htm php asp js py java txt pdf doc")
"""Capitalised, these after a stop are an address or a file name: detik.Com."""

_SELF_SPACED = frozenset("。！？｡।॥")
"""Marks after which no space is written."""

_QUOTE = regex.compile('"')

_SPACED_QUOTE = regex.compile(r'\s+"')

_LABELLED = words(
    """hepatitis vitamin blok grup kelompok tipe kelas golongan seri serie série plan rencana groupe group type
    bloc block class classe vitamine hépatite section annexe lampiran gedung terminal jalur virus influenza liga
    ligue league opsi option bagian part partie zona zone titik point huruf lettre letter triple grade kategori
    catégorie category tim team"""
)
"""Words a single capital names a kind of: `hepatitis B.`"""

_WINDOW = 48
"""Characters looked at on each side of a mark: keeps the scan linear."""


def boundaries(line: str, language: str) -> list[int]:
    """Give the end of each sentence of `line`, the last being the line's end.

    White space between two sentences belongs to neither or to the earlier one; callers trim.

    >>> line = "Prof. Ir. H. Joko hadir pukul 19.30 WIB. Ia pulang."
    >>> [line[:end] for end in boundaries(line, "id")][:-1]
    ['Prof. Ir. H. Joko hadir pukul 19.30 WIB.']
    """
    rules = rules_for(language)
    ends = _library(line, language) if rules is None else _scan(line, rules)
    return _tidy(line, ends)


def _library(line: str, language: str) -> list[int]:
    """Ask sentencex; its offsets are code points."""
    import sentencex  # noqa: PLC0415 - a native module, only for languages without own rules

    return [found["end_index"] for found in sentencex.get_sentence_boundaries(language, line)]


def _tidy(line: str, ends: list[int]) -> list[int]:
    """Join pieces without a letter or digit to the one before, or the first to the one after."""
    tidy: list[int] = []
    start = 0
    for end in ends:
        if not line[start:end].strip():
            continue
        if any(map(str.isalnum, line[start:end])):
            tidy.append(end)
        elif tidy:
            tidy[-1] = end
        start = end
    if not tidy or line[tidy[-1] :].strip():
        tidy.append(len(line))
    return tidy


def _scan(line: str, rules: Rules) -> list[int]:
    shielded = [match.span() for match in _BRACKETS.finditer(line)]
    starts = [span[0] for span in shielded]
    quotes = [match.start() for match in _QUOTE.finditer(line)]
    ends = []
    start = 0
    for match in _END.finditer(line):
        mark, end = match.span()
        if (spaced := _SPACED_QUOTE.search(line, mark, end)) and bisect.bisect_left(quotes, spaced.start()) % 2 == 0:
            end = spaced.start()  # an even number of straight quotes before it: it opens the next sentence
        bracket = bisect.bisect_right(starts, mark) - 1
        if bracket >= 0 and end < shielded[bracket][1]:
            continue
        if _ends_sentence(line, start, mark, end, rules):
            ends.append(end)
            start = end
    ends.append(len(line))
    return ends


def _ends_sentence(line: str, start: int, mark: int, end: int, rules: Rules) -> bool:
    """Judge the mark at `mark`, closing marks up to `end`, in the sentence that began at `start`."""
    if end == len(line):
        return True
    if not line[end].isspace():
        return line[mark] in _SELF_SPACED or _is_glued(line, start, mark, end)
    following = _NEXT.match(line, end, min(len(line), end + _WINDOW))
    at = following.start("word") if following else end
    if _goes_on(line, at):
        return False
    if line[mark] == "." and line[mark + 1] not in ".?!":
        is_marker = at - start < 12 and _MARKER.fullmatch(line, start, end)
        return not is_marker and _stop_ends(line, start, mark, at, rules)
    if line[mark] == "!" and _word_before(line, start, mark).lower() in rules.shouted and not _starts(line, at, rules):
        return False
    return not _is_attributed(line, mark, end, at, rules)


def _goes_on(line: str, at: int) -> bool:
    """Whether what stands at `at` cannot begin a sentence: a small word, or a mark that never does."""
    sign = line[at : at + 1]
    return sign in ",;:" if not sign.islower() else not (_BRAND.match(line, at) or _ITEM.match(line, at))


def _stop_ends(line: str, start: int, mark: int, at: int, rules: Rules) -> bool:
    """Judge one full stop by the word before it and the word at `at`."""
    word = _word_before(line, start, mark)
    small = word.lower()
    if small in rules.never:
        return False
    if small in rules.numbered and _CODE.match(line, at):
        return False
    if len(word) == 1 and word.isupper():
        before = _word_before(line, start, mark - 1)
        return before.lower() in _LABELLED or _starts(line, at, rules, particles=before[:1].islower())
    if small in rules.closing or _DOTTED.fullmatch(word):
        return _starts(line, at, rules)
    # "1. 250": a thousands mark with a slipped space
    return not (word.isdecimal() and len(word) <= 3 and regex.match(r"\d{3}(?!\d)", line[at : at + 4]))


def _word_before(line: str, start: int, end: int) -> str:
    """Give the word that ends at `end`, without opening marks and French elision."""
    words = line[max(start, end - _WINDOW) : end].split()
    word = words[-1] if words else ""
    return word[max(map(word.rfind, "(«“\"'’[/–—")) + 1 :] if not word.startswith("s/") else word


def _starts(line: str, at: int, rules: Rules, *, particles: bool = True) -> bool:
    """Whether a word that begins sentences stands at `at`; `particles` may be part of a name."""
    match = _NEXT.match(line, at, min(len(line), at + _WINDOW))
    word = match["word"].replace("’", "'") if match else ""
    if match and line[match.end() : match.end() + 1] == ".":
        return False
    head, apostrophe, _ = word.partition("'")
    known = word if word in rules.starters else head + apostrophe
    return known in rules.starters and (particles or known not in rules.particles)


def _is_attributed(line: str, mark: int, end: int, at: int, rules: Rules) -> bool:
    """Whether a quote that ended in `?` or `…` goes on with a name and a verb of saying."""
    if not any(closing in line[mark:end] for closing in "”’\"'»"):
        return False
    words = line[at : at + _WINDOW].split()[:4]
    return any(word.rstrip(",.") in rules.speech for word in words[1:]) and all(
        word[:1].isupper() or word.rstrip(",.") in rules.speech for word in words[:2]
    )


def _is_glued(line: str, start: int, mark: int, end: int) -> bool:
    """Whether two sentences meet here without a space: `pergi.Dia pulang`, not `Kompas.com` or `detik.Com`."""
    match = _GLUED.match(line, end, min(len(line), end + _WINDOW))
    if not match or match[0].lower() in _SUFFIXES:
        return False
    return bool(_BEFORE_GLUED.search(line[max(start, mark - _WINDOW) : mark]))
