"""Finding a glossary's terms in a text: one walk over the words, however many terms there are."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import regex

from normalize.corpus import Span
from normalize.glossary.literals import literals
from normalize.glossary.term import Kind, Term
from normalize.glossary.tokens import Token, confusable, folded, tokens, variants

__all__ = ["Evidence", "Index", "Match"]

_NEAR = 3  # words either side in which a `not_near` word forbids the match
_CONFUSED = "confused"
_INFLECTED = frozenset({"plural", "feminine", "double"})
_NO_ENCLITIC = _INFLECTED | {"", _CONFUSED}
_REMEMBERED = 200_000  # words
_ELIDED = frozenset({"l", "d", "qu", "s", "j", "n", "c", "m", "t", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"})
_HYPHENS = "-‐‑"
_AFTER_HYPHEN = {
    "id": frozenset({"nya", "lah", "kah", "pun", "ku", "mu"}),
    "fr": frozenset({"ci", "là", "t", "il", "elle", "ils", "elles", "on", "ce"}),
}
_LONGEST_PREFIX = 12
_LAST_WORD = regex.compile(r"[\p{L}\p{M}]++$")
_FIRST_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]++")
_CAMEL = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})")
_GLUED_LENGTH = 5  # letters a name must have to be cut off a word it is glued to
_SAFE_LENGTH = 4  # letters a name must have before a confusable spelling of it is taken for it


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An occurrence of a term in a text."""

    term: Term
    span: Span
    surface: str
    """`span.of(text)`: the term, an inflected form, or an alias; an enclitic is part of it."""
    alias: bool = False
    """It is an alias, or a spelling that optical recognition confuses with the term."""
    plural: bool = False
    """The source marks it as plural."""
    enclitic: str = ""
    """The Indonesian enclitic at its end."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Form:
    """A spelling a term is filed under; `rank` orders equally long matches."""

    term: Term
    words: tuple[str, ...]
    head: str
    """Signs before the first word that belong to it."""
    tail: str
    alias: bool
    rank: int
    hyphens: int | None = None
    """How many it must have, where the target is the source's own spelling and hyphens are not blanks."""


class _Node:
    """A step in the trie: what may follow, and the forms that end here."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[tuple[str, str], _Node] = {}
        self.ends: list[_Form] = []


class Evidence:
    """The text of an article, asked which words stand in it; answers are kept."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, bool] = {}

    def has(self, phrase: str) -> bool:
        """Whether the phrase stands in the article, as whole words and in this case.

        >>> Evidence("Jan Leike left OpenAI.").has("OpenAI"), Evidence("OpenAIs").has("OpenAI")
        (True, False)
        """
        known = self._known.get(phrase)
        if known is None:
            pattern = rf"(?<![\p{{L}}\p{{N}}]){regex.escape(phrase)}(?![\p{{L}}\p{{N}}])"
            known = self._known[phrase] = phrase in self._text and regex.search(pattern, self._text) is not None
        return known


class Index:
    """The terms of one glossary that apply to one language, filed by their words."""

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        self._language = language
        self._roots: dict[str, _Node] = {}
        self._confused: dict[str, _Node] = {}
        self._starts: dict[str, bool] = {}
        """Words asked about before, and whether a term may begin with them."""
        self._names: set[str] = set()
        """Words that names end or begin with, long enough to be told when glued to another word."""
        for rank, term in enumerate(terms):
            self._file(term, term.source, rank, alias=False)
            for alias in term.aliases:
                self._file(term, alias, rank, alias=True)

    def _file(self, term: Term, text: str, rank: int, *, alias: bool) -> None:
        words = tokens(text, self._language)
        if not words:
            return
        keys = [word.keys[0][0] for word in words]
        form = _Form(
            term=term, words=tuple(word.text for word in words), alias=alias, rank=rank,
            head=words[0].before, tail=text[words[-1].end :].strip(),
            hyphens=text.count("-") if folded(text) == folded(term.target) and not term.exact_case else None,
        )  # fmt: skip
        self._walk(self._roots, [(word.before, key) for word, key in zip(words, keys, strict=True)]).ends.append(form)
        if len(words) > 1 and any(word.before == " " for word in words[1:]):
            joined = dataclasses.replace(
                form, words=("".join(form.words),), alias=alias or term.exact_case, hyphens=None
            )
            self._walk(self._roots, [("", "".join(keys))]).ends.append(joined)
        if not term.exact_case:
            return
        self._names.update(word for word in (form.words[0], form.words[-1]) if len(word) >= _GLUED_LENGTH)
        letters = sum(len(word) for word in form.words)
        if letters >= _SAFE_LENGTH:
            path = [(word.before, confusable(word.text)) for word in words]
            self._walk(self._confused, path).ends.append(dataclasses.replace(form, alias=True))
        parts = _CAMEL.split(text)
        if len(parts) > 1 and len(words) == 1:
            apart = dataclasses.replace(form, words=tuple(parts), alias=True)
            path = [(" " if part else "", folded(word)) for part, word in enumerate(parts)]
            self._walk(self._roots, path).ends.append(apart)

    @staticmethod
    def _walk(roots: dict[str, _Node], path: Sequence[tuple[str, str]]) -> _Node:
        node = roots.setdefault(path[0][1], _Node())
        for step in path[1:]:
            node = node.next.setdefault(step, _Node())
        return node

    def find(self, text: str, evidence: Evidence | None = None) -> tuple[Match, ...]:
        """Find the terms in `text`: longest first, not overlapping, on word boundaries; given left to right."""
        words = self._unglued(tokens(text, self._language))
        masked: Sequence[Span] | None = None
        shouting = text.isupper()
        evidence = evidence or Evidence(text)
        found: list[tuple[int, int, int, Match]] = []
        for start, word in enumerate(words):
            begins = self._starts.get(word.text)
            if begins is None:
                begins = self._may_begin(word)
            if not begins:
                continue
            for form, end, taken in self._at(words, start):
                masked = literals(text) if masked is None else masked
                match = _judge(text, words[start:end], form, taken, shouting=shouting)
                if match is None or any(span.start < match.span.end and match.span.start < span.end for span in masked):
                    continue
                if _bounded(text, match, self._language) and _allowed(match, words, start, end, evidence):
                    exact = 0 if match.surface == form.term.source else 1 + form.alias
                    found.append((match.span.start - match.span.end, exact, form.rank, match))
        return _longest(found) if len(found) > 1 else tuple(match for *_, match in found)

    def _may_begin(self, word: Token) -> bool:
        """Whether a term may begin with a word; remembered, because an article's words recur."""
        if len(self._starts) > _REMEMBERED:
            self._starts.clear()
        begins = any(key in self._roots for key, _ in word.keys) or confusable(word.text) in self._confused
        self._starts[word.text] = begins
        return begins

    def _unglued(self, words: list[Token]) -> list[Token]:
        """Cut words that stand glued to a name at a capital inside ("PenantangAntropik")."""
        if not self._names:
            return words
        return [part for word in words for part in ((word,) if word.text.islower() else self._parts(word))]

    def _parts(self, word: Token) -> tuple[Token, ...]:
        """Give a word, or the two it is glued of."""
        if len(word.text) <= _GLUED_LENGTH or len(word.text) != word.end - word.start:
            return (word,)
        for boundary in _CAMEL.finditer(word.text):
            cut = boundary.start()
            if self._glued(word, cut):
                left, right = word.text[:cut], word.text[cut:]
                middle = word.start + cut
                return (
                    Token(word.start, middle, left, word.before, variants(left, self._language)),
                    Token(middle, word.end, right, " ", variants(right, self._language)),
                )
        return (word,)

    def _glued(self, word: Token, cut: int) -> bool:
        """Whether one side of a cut is a long enough name, and the whole word is not one itself."""
        sides = (word.text[:cut], word.text[cut:])
        return word.keys[0][0] not in self._roots and any(side in self._names for side in sides)

    def _at(self, words: Sequence[Token], start: int) -> Iterator[tuple[_Form, int, tuple[str, ...]]]:
        """Give the forms that begin at a word, each with the index after its last word and what was taken off."""
        first = words[start]
        for key, off in first.keys:
            node = self._roots.get(key)
            if node is not None:
                yield from self._down(node, words, start + 1, (off,))
        node = self._confused.get(confusable(first.text)) if self._confused else None
        if node is not None:
            yield from self._down_confused(node, words, start + 1)

    def _down(
        self, node: _Node, words: Sequence[Token], end: int, taken: tuple[str, ...]
    ) -> Iterator[tuple[_Form, int, tuple[str, ...]]]:
        for form in node.ends:
            yield form, end, taken
        if end < len(words) and node.next:
            token = words[end]
            for key, off in token.keys:
                following = node.next.get((token.before, key))
                if following is not None:
                    yield from self._down(following, words, end + 1, (*taken, off))

    def _down_confused(
        self, node: _Node, words: Sequence[Token], end: int
    ) -> Iterator[tuple[_Form, int, tuple[str, ...]]]:
        while True:
            for form in node.ends:
                yield form, end, (_CONFUSED,)
            if end >= len(words):
                return
            following = node.next.get((words[end].before, confusable(words[end].text)))
            if following is None:
                return
            node, end = following, end + 1


def _judge(
    text: str, words: Sequence[Token], form: _Form, taken: tuple[str, ...], *, shouting: bool
) -> Match | None:
    """Make a match of a form's occurrence, if the signs at its ends, inflection and case allow it."""
    start, end = words[0].start, words[-1].end
    after = text[end : end + len(form.tail)]
    if (form.head and not text.endswith(form.head, 0, start)) or form.tail not in {after, "."}:
        return None
    if form.hyphens is not None and text.count("-", start, end) != form.hyphens:
        return None
    enclitic, changed = "", frozenset[str]()
    if any(taken):
        enclitic = "" if taken[-1] in _NO_ENCLITIC else taken[-1]
        changed = frozenset(taken) - {"", _CONFUSED, enclitic}
    if (changed and form.term.kind is not Kind.TERM) or not changed <= _INFLECTED:
        return None  # a name is not inflected; an enclitic inside a phrase begins another phrase
    shown = [word.text for word in words]
    if enclitic:
        shown[-1] = shown[-1].removesuffix(enclitic)
    alias = _spelling(shown, form, confused=taken == (_CONFUSED,), inflected=bool(changed), shouting=shouting)
    if alias is None:
        return None
    span = Span(start=start - len(form.head), end=end + (len(form.tail) if after == form.tail else 0))
    return Match(
        term=form.term, span=span, surface=span.of(text), alias=alias, enclitic=enclitic,
        plural=bool(changed & {"plural", "double"}),
    )  # fmt: skip


def _spelling(shown: Sequence[str], form: _Form, *, confused: bool, inflected: bool, shouting: bool) -> bool | None:
    """Say whether words spelled so are an alias of the term (True), the term (False), or neither (None)."""
    if confused:
        return True if _confusion(shown, form.words) else None
    if not form.term.case_sensitive or shouting or _same_case(shown, form.words, inflected=inflected):
        return form.alias
    return True if not form.alias and _camel_variant(shown, form.words) else None


def _same_case(shown: Sequence[str], wanted: Sequence[str], *, inflected: bool) -> bool:
    """Whether the words have the glossary's case; an inflected word is compared by its beginning."""
    if not inflected:
        return tuple(shown) == tuple(wanted)
    return all(word[:2] == want[:2] for word, want in zip(shown, wanted, strict=True))


def _camel_variant(shown: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether a name with a capital inside a word ("OpenAI") stands here in other case ("Openai")."""
    inside = any(_CAMEL.search(want) for want in wanted)
    return inside and shown[0][:1] == wanted[0][:1] and sum(map(len, wanted)) > _SAFE_LENGTH


def _confusion(shown: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the words differ from the name only by signs that optical recognition confuses, between letters."""
    if tuple(shown) == tuple(wanted):
        return False  # the ordinary search finds it
    return all(
        word == want or (len(want) > 2 and any(map(str.isalpha, word)) and _digits(want) <= _digits(word))
        for word, want in zip(shown, wanted, strict=True)
    )


def _digits(word: str) -> int:
    """How many digits a word has; a confusable spelling may bring digits into a name but not take them out."""
    return sum(map(str.isdigit, word))


def _bounded(text: str, match: Match, language: str) -> bool:
    """Whether the occurrence does not lie inside a word written with an apostrophe or hyphen (Wei'an, SARS-CoV)."""
    start, end = match.span.start, match.span.end
    if start > 1 and text[start - 1] in _HYPHENS and text[start - 2].isalnum():
        before = _LAST_WORD.search(text, max(0, start - 1 - _LONGEST_PREFIX), start - 1)
        if not match.term.exact_case or before is None or not before.group().islower() or before.group() == "al":
            return False  # only a prefix before a name ("anti-Erdogan") leaves the name a word of its own
    if end + 1 < len(text) and text[end] in _HYPHENS and text[end + 1].isalnum():
        after = _FIRST_WORD.match(text, end + 1)
        if after is None or after.group().lower() not in _AFTER_HYPHEN.get(language, ()):
            return False
    if start > 1 and text[start - 1] in "'’" and text[start - 2].isalnum():
        before = _LAST_WORD.search(text, max(0, start - 1 - _LONGEST_PREFIX), start - 1)
        if language != "fr" or before is None or before.group().lower() not in _ELIDED:
            return False
    if end + 1 < len(text) and text[end] in "'’" and text[end + 1].isalnum():
        return text[end + 1 : end + 2] == "s" and not text[end + 2 : end + 3].isalnum()
    return True


def _allowed(match: Match, words: Sequence[Token], start: int, end: int, evidence: Evidence) -> bool:
    """Whether `context` and `not_near` let this occurrence count."""
    term = match.term
    guarded = match.alias if term.aliases else True
    if term.context and guarded and not any(evidence.has(phrase) for phrase in term.context):
        return False
    if not term.not_near:
        return True
    near = {folded(word.text) for word in (*words[max(0, start - _NEAR) : start], *words[end : end + _NEAR])}
    return not any(folded(word) in near for phrase in term.not_near for word in phrase.split())


def _longest(found: list[tuple[int, int, int, Match]]) -> tuple[Match, ...]:
    """Choose among overlapping matches: the longest, then the one written as in the glossary, then the first row."""
    chosen: list[Match] = []
    used: set[int] = set()
    for _, _, _, match in sorted(found, key=lambda item: (item[:3], item[3].span)):
        places = range(match.span.start, match.span.end)
        if match.term.kind is Kind.FORBID:
            chosen.append(match)  # forbids a target, and leaves the words to the row that translates them
        elif used.isdisjoint(places):
            used.update(places)
            chosen.append(match)
    return tuple(sorted(chosen, key=lambda match: (match.span, match.term.line)))


