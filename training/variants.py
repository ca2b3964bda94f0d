"""Other faces of a pair: code-switched terms, foreign names, capitals, quotes, lost stops. Each keeps the pair true."""

import random
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import regex

from training.lexicon import Lexicon, align
from training.pairs import Pair

SMALL = frozenset(
    ["a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "by", "with", "from", "as"]
)
COMMON_WORDS = (
    "yang dan di ke dari untuk pada dengan ini itu la le les de des du un une et en à au aux que qui pour par dans sur"
)
COMMON = frozenset(COMMON_WORDS.split())
OPENING_WORDS = (
    "dalam mereka dia ia kami kita namun tetapi hal tidak ada il elle ils elles nous on ce cette ces mais sa son leur "
    "it this that these he she they we there his her their its"
)
OPENING = COMMON | SMALL | frozenset(OPENING_WORDS.split())
"""Words that have a small letter within a sentence."""
STOP = regex.compile(r"[.!?…][\"'”’»)]*$")
QUOTED = regex.compile(r"(?:(?<=^|[\s(])[\"“„«]\s?)([^\"“”„«»]{2,200}?)(?:\s?[\"”»](?=$|[\s).,;:!?]))")
STYLES = (('"', '"'), ("“", "”"), ("« ", " »"), ("«\u00a0", "\u00a0»"), ("«", "»"), ("„", "“"), ("‘", "’"))
SPEECH = {
    "id": ("kata", "ujar", "tutur", "ungkap", "jelas", "tegas"),
    "fr": ("a déclaré", "a dit", "a expliqué", "a ajouté", "affirme", "a estimé"),
}
SAID = {
    "kata": "said", "ujar": "said", "tutur": "said", "ungkap": "said", "jelas": "explained", "tegas": "stressed",
    "a déclaré": "said", "a dit": "said", "a expliqué": "explained", "a ajouté": "added", "affirme": "says",
    "a estimé": "said",
}  # fmt: skip
"""How speech is ascribed after it, and the English for it."""

SINGULAR = 0.6  # of the switched plurals
APOSTROPHE = regex.compile(r"(?<=\p{L})['’](?=\p{L})")


def replaced(text: str, span: tuple[int, int], new: str) -> str:
    """`text` with `new` in the place of the span."""
    return text[: span[0]] + new + text[span[1] :]


def _worth(text: str) -> bool:
    """Whether a span has something to say: not only short or common words."""
    return len(text) >= 4 and any(word.lower() not in COMMON for word in text.split())


def switched(
    pair: Pair, lexicon: Lexicon, rng: random.Random, singulars: Mapping[str, str] = MappingProxyType({})
) -> Pair:
    """One or two aligned spans of the source in the target's words: what is English in the source is to be copied.

    Most spans that end in a plural of `singulars` get the singular on both sides, whatever the sentence asks
    for: a glossary has its terms in the singular, and they are to come out as they were put in.
    """
    source, target = pair
    spans = [a for a in align(source, target, lexicon) if _worth(source[slice(*a.source)])]
    rng.shuffle(spans)
    spans.sort(key=lambda a: -(target[slice(*a.target)].count(" ") > 0) * rng.random())
    chosen = spans[:1]
    if len(spans) > 1 and rng.random() < 0.3:
        chosen += [a for a in spans[1:] if a.source[1] < chosen[0].source[0] or a.source[0] > chosen[0].source[1]][:1]
    terms = {a: _singular(pair[1][slice(*a.target)], singulars, rng) for a in chosen}
    for a in sorted(chosen, key=lambda a: -a.target[0]):
        target = replaced(target, a.target, terms[a])
    for a in sorted(chosen, key=lambda a: -a.source[0]):
        new = terms[a]
        if a.target[0] == 0 and a.source[0] > 0 and source[a.source[0]].islower():
            new = new[0].lower() + new[1:]
        source = replaced(source, a.source, new)
    return source, target


def _singular(term: str, singulars: Mapping[str, str], rng: random.Random) -> str:
    """Give the term, its last word mostly in the singular."""
    before, space, last = term.rpartition(" ")
    return before + space + singulars[last] if last in singulars and rng.random() < SINGULAR else term


def renamed(pair: Pair, lexicon: Lexicon, names: Sequence[str], rng: random.Random) -> Pair:
    """Replace an aligned span on both sides by a name or term the model cannot know: only copying gets it right."""
    source, target = pair
    spans = [a for a in align(source, target, lexicon, longest=2) if _worth(source[slice(*a.source)])]
    if not spans:
        return pair
    a, name = rng.choice(spans), rng.choice(names)
    return replaced(source, a.source, name), replaced(target, a.target, name)


def marked(pair: Pair, lexicon: Lexicon, rng: random.Random) -> Pair:
    """Quotation marks of some kind around an aligned span, straight ones in the target."""
    source, target = pair
    spans = align(source, target, lexicon)
    if not spans or '"' in target:
        return pair
    a, (left, right) = rng.choice(spans), rng.choice(STYLES)
    ours, theirs = source[slice(*a.source)], target[slice(*a.target)]
    return replaced(source, a.source, left + ours + right), replaced(target, a.target, f'"{theirs}"')


def quoted(pair: Pair, language: str, names: Sequence[str], rng: random.Random) -> Pair:
    """Make a sentence of speech: the mark that opens it, the one that closes it, both, or both and who said it.

    A segmenter ends a segment where a sentence ends, so most sentences of a longer speech have one mark or none. Pairs
    that have marks, or do not begin and end as sentences, stay as they are.
    """
    source, target = pair
    if not all(text[:1].isupper() and STOP.search(text) and not set(text) & set('"“”„«»') for text in pair):
        return pair
    left, right = rng.choice(STYLES[:6])
    how = rng.random()
    if how < 0.4:
        return left + source, '"' + target
    if how < 0.55:
        return source + right, target + '"'
    if how < 0.7 or not (source.endswith(".") and target.endswith(".")):
        return left + source + right, f'"{target}"'
    verb, name = rng.choice(SPEECH[language]), rng.choice(names)
    after = f"{right}, {verb} {name}." if language == "fr" else f",{right} {verb} {name}."
    ascribed = f"{SAID[verb]} {name}" if rng.random() < 0.5 else f"{name} {SAID[verb]}"
    return left + source[:-1] + after, f'"{target[:-1]}," {ascribed}.'


def requoted(pair: Pair, rng: random.Random) -> Pair:
    """Quotes and apostrophes of any kind in the source are straight ones in the target."""
    source, target = pair
    left, right = rng.choice(STYLES)
    source = QUOTED.sub(lambda m: left + m.group(1).strip() + right, source)
    source = APOSTROPHE.sub(rng.choice("'’"), source)
    target = target.replace("“", '"').replace("”", '"').replace("’", "'").replace("‘", "'")
    return source, regex.sub(r"«\s*|\s*»", '"', target)


def shouted(pair: Pair) -> Pair:
    """ALL CAPS on both sides."""
    return pair[0].upper(), pair[1].upper()


def titled(pair: Pair) -> Pair:
    """Make a headline: Title Case on both sides, English small words small, no final stop."""
    source, target = stopless(pair)
    ours = [w if w.lower() in COMMON and at else w[:1].upper() + w[1:] for at, w in enumerate(source.split(" "))]
    theirs = [w if w.lower() in SMALL and at else w[:1].upper() + w[1:] for at, w in enumerate(target.split(" "))]
    return " ".join(ours), " ".join(theirs)


def stopless(pair: Pair) -> Pair:
    """Without the final stop on either side."""
    return pair[0].rstrip(" ."), pair[1].rstrip(" .")


def stopped(pair: Pair) -> Pair:
    """With a final stop on both sides, where neither ends a sentence."""
    if STOP.search(pair[0]) or STOP.search(pair[1]) or not (pair[0][-1:].isalnum() and pair[1][-1:].isalnum()):
        return pair
    return pair[0] + ".", pair[1] + "."


def joined(first: Pair, second: Pair) -> Pair:
    """Two sentences in one segment; the pair as it was if either lacks its stop."""
    if not all(STOP.search(text) for text in (*first, *second)):
        return first
    return f"{first[0]} {second[0]}", f"{first[1]} {second[1]}"


def linked(first: Pair, second: Pair) -> Pair:
    """Two sentences made one with a semicolon: news has sentences longer than any corpus; `first` if a stop lacks."""
    if not all(text.endswith(".") for text in first) or not all(STOP.search(text) for text in second):
        return first
    ours, theirs = (text[0].lower() + text[1:] for text in second)
    after = (ours, theirs) if all(_small(text) for text in second) else second
    return f"{first[0][:-1]}; {after[0]}", f"{first[1][:-1]}; {after[1]}"


def _small(text: str) -> bool:
    """Whether a sentence begins with a word that has no capital within one."""
    return text.split(" ", 1)[0].lower() in OPENING


def literal(rng: random.Random, names: Sequence[str]) -> str:
    """Make up a handle, tag, address or e-mail address that stands for nobody."""
    word = regex.sub(r"\W", "", rng.choice(names))[:12] or "kabar"
    low = word.lower()
    address = f"https://www.{low}.com/{rng.randrange(10**4)}"
    return rng.choice([f"@{low}", f"#{word}", address, f"{low}@{low}.org", f"www.{low}.id"])


def with_literal(pair: Pair, names: Sequence[str], rng: random.Random) -> Pair:
    """Put a handle or address in front of the final stop, or at the end, on both sides."""
    thing = literal(rng, names)
    form = rng.choice([" {}", " ({})"]).format(thing)
    if all(text.endswith(".") for text in pair):
        return pair[0][:-1] + form + ".", pair[1][:-1] + form + "."
    return pair[0] + form, pair[1] + form
