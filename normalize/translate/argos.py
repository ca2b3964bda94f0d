"""The one door to Argos Translate's settings: where its packages and its index are."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import io
import os
from pathlib import Path

__all__ = ["INDEX", "Places", "places"]

INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/"
"""Argos's own index, for where its settings cannot be read."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where Argos keeps things."""

    folders: tuple[Path, ...] = ()
    """Where packages are installed; new ones go to the first."""
    index: str = INDEX
    """Address of `index.json`, or of the folder it is in."""
    problem: str = ""
    """Why Argos's settings could not be read."""


@functools.cache
def places() -> Places:
    """Ask Argos Translate where its packages and its index are.

    Importing `argostranslate.settings` creates three folders in the user's home and sets an environment variable, which
    is taken back here; it prints about a settings file it cannot read, and fails where the home cannot be written.
    """
    before = dict(os.environ)
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            from argostranslate import settings  # noqa: PLC0415 - importing it writes to the home
    except (OSError, ValueError, KeyError, RuntimeError, AssertionError) as error:
        return Places(problem=f"Argos Translate's settings cannot be used ({error})")
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)
    return Places(
        folders=tuple(Path(folder) for folder in settings.package_dirs),
        index=str(settings.package_index),
        problem=" ".join(printed.getvalue().split()),
    )
