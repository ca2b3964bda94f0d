"""Find the words of a language that its English translations do not keep: `normalize/check/words/LANGUAGE.txt`.

    python -m training.quality.foreign normalize/check/words id FOLDER/*.tsv.gz fr FOLDER/*.tsv.gz en FOLDER/*.gz

Each file holds lines of source, tab, English; those of `en` are English alone, and tell only what is English.

A word in small letters enters if it is in enough sources, if people who translated them kept it in hardly any, and if
it is as good as never in English otherwise: `cahaya` (light) enters, `hotel` and `table` do not, and neither does
`kecamatan`, which English reports keep. A capitalised word enters if it is hardly ever kept, as `Jerman` (Germany);
with a `~` if it is changed about as often as it is kept, as names of which English has a part.

What a word is, and in how many sentences it is, are facts; no sentence enters the lists.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import regex

__all__ = ["foreign", "pairs"]

_SMALL = regex.compile(r"(?<![\p{L}\p{N}’'_./@-])\p{Ll}{3,24}(?:-\p{Ll}{2,24})?(?![\p{L}\p{N}’'_/@-])")
_CAPITAL = regex.compile(r"(?<=[\p{L}\p{N},] )\p{Lu}\p{Ll}{3,24}(?![\p{L}\p{N}’'_/@-])")
_ENGLISH = regex.compile(r"\p{L}{3,24}(?:-\p{L}{2,24})?")
_SMALL_ENGLISH = regex.compile(r"(?<![\p{L}’'])\p{Ll}{3,24}(?:-\p{Ll}{2,24})?")
LEAST = 3
"""Sources that a word in small letters must be in."""
LEAST_CAPITAL, LEAST_CHANGED = 4, 2
"""The same for a capitalised word; and for one that gets a `~`."""
KEPT = 0.02
"""Share of them whose translation may keep a word."""
KEPT_CAPITAL, KEPT_CHANGED = 0.05, 0.5
"""The same for a capitalised word; and for one that gets a `~`."""
ELSEWHERE, AT_LEAST = 0.03, 1
"""English sentences, of all languages' files, that it may be in with a small letter, to one source; and in any case."""
MOST = 400_000
"""Lines of a language that are read."""

Pairs = Iterable[tuple[str, str]]


def pairs(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Give the pairs of files, each line `source<tab>English`; a line without a tab is English alone."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                source, tab, target = line.rstrip("\n").partition("\t")
                yield (source, target.partition("\t")[0]) if tab else ("", source)


def foreign(read: Mapping[str, Pairs]) -> dict[str, list[str]]:
    """Give the words of each language that translations do not keep, sorted.

    >>> lines = [("Hotel itu di Jerman dekat cahaya dan hotel lain.", "The German hotel is near the light.")] * 3
    >>> foreign({"id": lines})
    {'id': ['Jerman~', 'cahaya', 'dan', 'dekat', 'itu', 'lain']}
    """
    english: Counter[str] = Counter()
    counts: dict[str, tuple[Counter[str], Counter[str]]] = {}
    for language, lines in read.items():
        given: Counter[str] = Counter()
        kept: Counter[str] = Counter()
        for source, target in lines:
            others = set(_ENGLISH.findall(target.lower()))
            english.update(set(_SMALL_ENGLISH.findall(target)))
            words = {*_SMALL.findall(source), *_CAPITAL.findall(source)}
            given.update(words)
            kept.update(word for word in words if word.lower() in others)
        counts[language] = given, kept
    return {
        language: sorted(
            word + mark for word in given
            if (mark := _entered(word, given[word], kept[word], _english(word, english))) is not None
        )
        for language, (given, kept) in counts.items() if given
    }


def _english(word: str, english: Mapping[str, int]) -> int:
    """Count the English sentences with a word, or with that of which it is an English plural."""
    return max(english.get(word, 0), english.get(word.removesuffix("s"), 0))


def _entered(word: str, given: int, kept: int, english: int) -> str | None:
    """Give the mark a word enters with; None if it does not."""
    if word[0].islower():
        enters = given >= LEAST and kept <= KEPT * given and english <= max(AT_LEAST, ELSEWHERE * given)
        return "" if enters else None
    if given >= LEAST_CAPITAL and kept <= KEPT_CAPITAL * given:
        return ""
    return "~" if given >= LEAST_CHANGED and kept <= KEPT_CHANGED * given else None


def main() -> None:
    """Write the list of each language named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("what", nargs="+", metavar="LANGUAGE|FILE")
    options = parser.parse_args()
    files: dict[str, list[Path]] = {}
    language = ""
    for one in options.what:
        if one.endswith(".gz"):
            files.setdefault(language, []).append(Path(one))
        else:
            language = one
    read = {
        name: (pair for pair, _ in zip(pairs(paths), range(MOST), strict=False)) for name, paths in files.items()
    }
    for name, found in foreign(read).items():
        (options.folder / f"{name}.txt").write_text("\n".join(found) + "\n", encoding="utf-8")
        print(f"{name}: {len(found)} words, {sum(word[0].isupper() for word in found)} of them capitalised")


if __name__ == "__main__":
    main()
