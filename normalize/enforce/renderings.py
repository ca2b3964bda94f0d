"""What a model makes of a term that stands alone: the renderings it is likely to use in a sentence too."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Sequence

import regex

from normalize.enforce.carriers import Carriers
from normalize.engine import Engine
from normalize.glossary import Term
from normalize.glossary.wants import occurs

__all__ = ["Renderings"]

_HYPOTHESES = 4  # a beam of four gives four for the price of one
_EDGES = regex.compile(r"^(?:(?:the|a|an|this|that|it is|it's|there is|is)\s+)+|[\s.,;:!?\"“”'’]+$", regex.IGNORECASE)
_SHORTEST = 4  # letters: a shorter rendering is a word like any other


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of a term."""

    texts: tuple[str, ...]
    """What the engine makes of it, standing alone, likeliest first."""
    said: bool
    """The likeliest of them has the glossary's target."""
    copied: bool
    """The target is another word, the engine does not say it, but copies it where it stands alone."""


class Renderings:
    """What one engine makes of terms and of their targets, asked once for each.

    Answers depend on nothing but the engine and the term, so they may be kept between calls. `carriers` are the words
    that the engine copies, where that was found out before (`carriers.copied`).
    """

    def __init__(self, engine: Engine, carriers: Collection[str] | None = None) -> None:
        self._engine = engine
        self.carriers = Carriers(engine, carriers)
        self._known: dict[tuple[str, str], _Known] = {}

    def learn(self, terms: Iterable[Term]) -> None:
        """Translate the terms not yet known, and the targets of those that come out otherwise; in two calls."""
        new = {key: term for term in terms if (key := (term.source, term.target)) not in self._known}
        said = self._alone([source for source, _ in new])
        other = {
            (source, target) for (source, target), term in new.items()
            if source != target and not occurs(target, said[source][0], exact=term.exact_case)
        }  # fmt: skip
        back = self._alone([target for _, target in sorted(other)])
        for key, term in new.items():
            source, target = key
            self._known[key] = _Known(
                texts=_cleaned(said[source], source),
                said=occurs(target, said[source][0], exact=term.exact_case),
                copied=key in other and occurs(target, back[target][0], exact=term.exact_case),
            )

    def _alone(self, texts: Sequence[str]) -> dict[str, list[str]]:
        """Translate each text, standing alone, likeliest answer first."""
        unique = list(dict.fromkeys(texts))
        answers = self._engine.translate(unique, hypotheses=_HYPOTHESES) if unique else []
        return {text: [one.target for one in these] for text, these in zip(unique, answers, strict=True)}

    def of(self, term: Term) -> tuple[str, ...]:
        """Give a learned term's renderings, likeliest first."""
        known = self._known.get((term.source, term.target))
        return known.texts if known else ()

    def says(self, term: Term) -> bool:
        """Whether the engine, given the learned term alone, says its target by itself."""
        return self._known[term.source, term.target].said

    def copies(self, term: Term) -> bool:
        """Whether the engine does not say the learned term's target by itself, but gives it back where it stands."""
        return self._known[term.source, term.target].copied


def _cleaned(texts: Sequence[str], source: str) -> tuple[str, ...]:
    """Take articles and full stops off, and leave out what is too short or long to be told from other words."""
    longest = len(source.split()) + 2
    bare = (_EDGES.sub("", text.strip()).strip() for text in texts)
    return tuple(dict.fromkeys(text for text in bare if len(text) >= _SHORTEST and len(text.split()) <= longest))
