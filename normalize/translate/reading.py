"""What a package's model read in the place of words of a source, told after the run."""

from __future__ import annotations

import regex

from normalize.errors import PackageError
from normalize.translate.lexicon import FILE, read_lexicon, words_in
from normalize.translate.package import fingerprint, names, read
from normalize.translate.store import Store

__all__ = ["words_read"]

_NAMED = regex.compile(r"(?<!\S)argos (?P<name>\S+)@(?P<content>[0-9a-f]{8})\b")


def words_read(store: Store, signature: str, source: str) -> dict[str, str]:
    """Give the words of a source that the engine of a signature reads in translation, in order, with what it reads.

    Nothing where the package, or that content of it, is no longer there. Of a pivot, what its first package reads.
    """
    named = _NAMED.search(signature)
    if named is None:
        return {}
    for package in store.packages():
        if package.name != named["name"]:
            continue
        try:
            if FILE in names(package.location) and fingerprint(package).startswith(named["content"]):
                return words_in(read_lexicon(read(package, FILE)), source)
        except PackageError:  # it has changed since; `models verify` says how
            continue
    return {}
