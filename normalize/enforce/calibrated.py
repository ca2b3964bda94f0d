"""Carriers known before a run: tried when a package is installed, and not again."""

from __future__ import annotations

from collections.abc import Collection

from normalize.enforce.carriers import _NAMES, _NOUNS, Carriers
from normalize.enforce.renderings import Renderings
from normalize.engine import Engine

__all__ = ["TRIED", "copied", "renderings"]

TRIED = (*_NOUNS, *_NAMES)
"""The words that may be carriers, in a fixed order."""


def copied(engine: Engine) -> tuple[str, ...]:
    """Give those of `TRIED` that the engine gives back as they are: what each run would find out by asking."""
    carriers = Carriers(engine)
    return (*carriers.copied(name=False), *carriers.copied(name=True))


def renderings(engine: Engine, known: Collection[str] | None) -> Renderings:
    """Make what is learned of an engine, with the carriers that are `known`; None to try them when one is needed."""
    made = Renderings(engine)
    if known is not None:
        made.carriers = _Known(engine, known)
    return made


class _Known(Carriers):
    """The words an engine copies, of which it was asked before."""

    def __init__(self, engine: Engine, known: Collection[str]) -> None:
        super().__init__(engine)
        self._copied = (
            tuple(word for word in _NOUNS if word in known), tuple(word for word in _NAMES if word in known)
        )  # fmt: skip
