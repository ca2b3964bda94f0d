"""Which language a text is in, offline.

Detection is py3langid's naive Bayes over byte n-grams, plus two things news needs: how likely a language is to be met
in news at all (short texts are otherwise called Venetian or Latin), and the commonest words of the languages that are
confused in short texts, Indonesian and Malay above all.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import re
import threading
from collections import Counter
from collections.abc import Collection
from typing import Protocol

import regex

from normalize.language.tags import UNDETERMINED, base, canonical
from normalize.language.words import WORD, WORD_WEIGHT, WORDS, evidence_of, sample_of

__all__ = ["Detection", "detect", "detect_paragraph"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """Which language a text is in, and how sure that is."""

    language: str
    """BCP 47; `und` when there is too little text to say."""
    confidence: float
    """0 to 1, comparable between texts of any length; under 0.5 it is a guess."""


_NEWS_LANGUAGES = frozenset(
    [
        "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa",
        "fi", "fr", "ga", "gl", "gu", "ha", "he", "hi", "hr", "hu", "hy", "id", "ig", "is", "it", "ja", "jv", "ka",
        "kk", "km", "kn", "ko", "ku", "ky", "lb", "lo", "lt", "lv", "mg", "mk", "ml", "mn", "mr", "ms", "mt", "my",
        "nb", "ne", "nl", "nn", "no", "om", "or", "pa", "pl", "ps", "pt", "ro", "ru", "rw", "sd", "si", "sk", "sl",
        "sn", "so", "sq", "sr", "sv", "sw", "ta", "te", "tg", "th", "tk", "tl", "tr", "ug", "uk", "ur", "uz", "vi",
        "xh", "yo", "zh", "zu",
    ]
)
"""Languages with a daily press of their own. The others must show more: see `_RARE`."""

_RARE = -9.0
_LIKELY = {"en": 5.0, "fr": 5.0, "id": 8.0, "de": 4.0, "es": 4.0, "it": 3.0, "pt": 3.0, "ms": -5.0}
"""Prior scores, in the model's units (a common word is worth about 6). Chosen on the first three words of sentences."""

_QUOTED = regex.compile(r"«[^«»]{1,400}»|“[^“”]{1,400}”|\"[^\"]{1,400}\"")
_LETTER = regex.compile(r"\p{L}")
_SMALL_ALPHABET = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Arabic}--\P{L}]", flags=regex.V1)
"""Letters of the scripts that many languages share, where a few letters say little."""

_FEWEST_LETTERS = 5
_FIVE_LETTERS = re.compile(r"[A-Za-z]{5}")
_LOWEST_CONFIDENCE = 0.2
"""Below this the languages are told apart by accident: names and numbers."""

_FUNCTION_WORDS = 0.2
"""Smallest share of common words in a paragraph of running text; names and titles have fewer."""
_FEWEST_WORDS = 8
_SURE = 0.7

_TRADITIONAL = frozenset("這個們來時國會學說對後發現經過問題開關應該為與從還進黨總統電話報導臺灣點樣將東車")
_SIMPLIFIED = frozenset("这个们来时国会学说对后发现经过问题开关应该为与从还进党总统电话报导湾点样将东车")


class _Model(Protocol):
    """What is used of py3langid's identifier."""

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Give each label with its log score, best first."""


_lock = threading.Lock()


@functools.cache
def _load() -> _Model:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads NumPy and a model

    model: _Model = LanguageIdentifier.from_model_file(MODEL_FILE)
    return model


def _model() -> _Model:
    """Give the model, loaded once: about a second, and 60 MB."""
    with _lock:
        return _load()


def detect(text: str, *, among: Collection[str] | None = None, hint: str = "") -> Detection:
    """Say which language `text` is in.

    `among` restricts the answer to these tags; `hint`, a language the page claims, weighs as much as a word or two.
    Text with too few letters to judge is `und`, with confidence 0.

    >>> detect("1 234,50 €")
    Detection(language='und', confidence=0.0)
    """
    sample = sample_of(text)
    if _FIVE_LETTERS.search(sample) is None and _letters(sample) < _FEWEST_LETTERS:
        return Detection(language=UNDETERMINED, confidence=0.0)
    wanted = None if among is None else {canonical(tag) for tag in among}
    scores = _scores(sample, None if wanted is None else {tag.partition("-")[0] for tag in wanted}, hint)
    if not scores:
        return Detection(language=UNDETERMINED, confidence=0.0)
    best = max(sorted(scores), key=scores.__getitem__)
    # Scores grow with the text; dividing by the root of its length keeps the confidence comparable (as py3langid does).
    heat = math.sqrt(len(sample.encode("utf-8", "replace")))
    total = math.fsum(math.exp((score - scores[best]) / heat) for score in scores.values())
    confidence = round(1 / total, 4)
    if confidence < _LOWEST_CONFIDENCE:
        return Detection(language=UNDETERMINED, confidence=confidence)
    return Detection(language=_with_script(best, sample, wanted), confidence=confidence)


def _letters(text: str) -> int:
    """Count letters; one of a script that few languages use counts four times."""
    letters, shared = len(_LETTER.findall(text)), len(_SMALL_ALPHABET.findall(text))
    return shared + 4 * (letters - shared)


def _scores(sample: str, wanted: set[str] | None, hint: str) -> dict[str, float]:
    """Give the score of each candidate language: the model's, its likelihood in news, and its common words."""
    counts = Counter(WORD.findall(sample.casefold().replace("’", "'")))
    evidence = evidence_of(counts)
    claimed = base(hint)
    scores: dict[str, float] = {}
    for label, score in _model().rank(sample):
        language = base(label)
        if not language or (wanted is not None and language not in wanted):
            continue
        prior = _LIKELY.get(language, 0.0 if language in _NEWS_LANGUAGES else _RARE)
        prior += WORD_WEIGHT if language == claimed else 0.0
        scores[language] = max(scores.get(language, -math.inf), score + prior + evidence.get(language, 0.0))
    return scores


def _with_script(language: str, sample: str, wanted: set[str] | None) -> str:
    """Give the tag of a detected language, with what else of it can be told: Chinese by its characters."""
    if wanted is not None:
        tags = sorted(tag for tag in wanted if tag.partition("-")[0] == language)
        if len(tags) == 1:
            return tags[0]
    if language == "zh":
        traditional = sum(char in _TRADITIONAL - _SIMPLIFIED for char in sample)
        return "zh-Hant" if traditional > sum(char in _SIMPLIFIED - _TRADITIONAL for char in sample) else "zh"
    return language


def detect_paragraph(text: str, article_language: str, target_language: str = "en") -> str:
    """Say whether a paragraph of an article is in the target language already.

    Gives `target_language` on strong evidence only, otherwise `article_language`: a paragraph of names and titles, or
    one that quotes a sentence, stays the article's.

    >>> detect_paragraph("The company said that it would not comment on the case.", "id")
    'en'
    >>> detect_paragraph("Foto: Associated Press / The New York Times / Open Society Foundations", "id")
    'id'
    """
    article, target = base(article_language), base(target_language)
    if article == target:
        return article_language
    sample = sample_of(text)
    if not _may_be(target, article, sample):
        return article_language
    outside = _QUOTED.sub(" ", sample)  # a title or a sentence quoted says nothing of the paragraph around it
    if WORD.search(outside) and not _may_be(target, article, outside):
        return article_language
    detection = detect(text)
    sure = detection.language.partition("-")[0] == target and detection.confidence >= _SURE
    return target_language if sure else article_language


def _may_be(target: str, article: str, text: str) -> bool:
    """Whether a text has as many of the target's common words, and as few of the article's, as running text."""
    words = WORD.findall(text.replace("’", "'"))
    own, theirs = WORDS.get(target, frozenset()), WORDS.get(article, frozenset())
    if not own:
        return len(words) >= _FEWEST_WORDS
    # In small letters only: the capitals of The New York Times are part of a name.
    for_target = sum(word in own and word not in theirs for word in words)
    if for_target < max(2, _FUNCTION_WORDS * len(words)):
        return False
    for_article = sum(word in theirs and word not in own for word in map(str.casefold, words))
    return for_target >= 4 * for_article
