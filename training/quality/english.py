"""List the words of English: `normalize/check/words/en-known.txt`, by which a word that a model made up is known.

    python -m training.quality.english normalize/check/words CORPUS/??-en/*.tsv.gz CORPUS/mono-en/*.txt.gz

`.tsv.gz` files hold lines whose last field is English, `.txt.gz` files lines that people wrote in English and edited.
Of these every word in small letters enters; of the others, which hold translations and slips, those that enough lines
of enough files have, or, if one file alone has them, many lines. What a word is and that texts have it are facts; no
sentence enters the list.
"""

from __future__ import annotations

import argparse
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import regex

from training.quality.foreign import pairs

__all__ = ["english"]

_WORD = regex.compile(r"(?<![\p{L}\p{N}'’_./@#-])\p{Ll}{3,24}(?![\p{L}\p{N}'’_/@])")
LEAST, FILES = 2, 2
"""Lines that a word must be in, and files."""
ALONE = 4
"""Lines that suffice in one file."""
MOST = 1_000_000
"""Lines of a file that are read."""


def english(files: Iterable[Iterable[str]], edited: Iterable[Iterable[str]] = ()) -> list[str]:
    """Give the words of files, and all those of edited ones, sorted.

    >>> english([["the cat sat"] * 2, ["that cat"], ["a dogg"] * 3], [["one cow"]])
    ['cat', 'cow', 'one']
    """
    plain = {word for file in edited for line in file for word in _WORD.findall(line)}
    lines: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for file in files:
        found: Counter[str] = Counter()
        for line in file:
            found.update(set(_WORD.findall(line)))
        lines.update(found)
        places.update(found.keys())
    return sorted(plain | {word for word in lines if lines[word] >= (LEAST if places[word] >= FILES else ALONE)})


def _lines(path: Path) -> Iterator[str]:
    """Give the English of a file's lines."""
    return (target for _, target in itertools.islice(pairs([path]), MOST))


def main() -> None:
    """Write the list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    options = parser.parse_args()
    edited = [path for path in options.files if path.name.endswith(".txt.gz")]
    others = [path for path in options.files if path not in edited]
    words = english(map(_lines, others), map(_lines, edited))
    (options.folder / "en-known.txt").write_text("".join(f"{word}\n" for word in words), encoding="utf-8")
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
