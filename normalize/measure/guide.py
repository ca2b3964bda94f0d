"""What to know of each check beside the table: `docs/checks.md` is made of both."""

from __future__ import annotations

from normalize.check import Check, Example
from normalize.check.bitext import BITEXT
from normalize.check.settings import ALL, limits
from normalize.guard import REPAIRS

__all__ = ["NOTES", "PASSES", "document"]

NOTES = {
    "empty": "A source without words (a row of stars, a number) may have an empty target.",
    "truncated": "Only a run knows it; in a file made elsewhere this check finds nothing.",
    "loop": "What the source repeats may be repeated: chants, refrains, laughter.",
    "salad": "Reported in error: lists whose entries all begin alike in English and do not in the source.",
    "nonword": "Known are 59,000 words of the texts that the bundled packages learned from, and what English forms of "
    "them. Reported in error: rare words.",
    "copied": "Names, titles, addresses and numbers may stand unchanged, if fewer than three words have small letters.",
    "untranslated": "Reported in error: sayings and quotations that are kept on purpose in their language.",
    "language": "Targets of fewer letters than `least_letters` are let pass, since short texts are easily mistaken. "
    "Reported in error: a long target made of names.",
    "length": "Reported in error: verse, and headlines that were written anew. What is usual is known for Indonesian, "
    "Malay and French to English; other pairs are allowed half as much again.",
    "unfinished": "Reported in error: a sentence that is meant to break off where the source ends in a full stop.",
    "ending": "French puts a space before `!`, `?`, `:` and `;` and inside « »; it does not count.",
    "coverage": "Reported in error: a target that says the same in far fewer words.",
    "name-lost": "Names that English renders in its own way or abbreviates may be reported in error.",
    "number": "Numbers are compared by value, so other digits, words and units of thousands are the same. Reported in "
    "error: what a translator rounded, or converted to another unit or calendar.",
    "number-added": "Indonesian doubled words written with a 2 (`anak2`) hold no number. Reported in error: what a "
    "translator worked out, such as the year of “last year”.",
    "currency": "Reported in error: money that a translator converted on purpose, or named where the source does not.",
    "literal": "Reported in error: addresses that are shortened or replaced by their English pages on purpose.",
    "negation": "Only plain negations count, and many turns that English says without one are left out; other idioms "
    "are reported in error.",
    "event": "33 events that Indonesian and French have plain words for, into English; a word that is negated "
    "counts for nothing. Reported in error: what a translator said in a way of his own (`going out to Barcelona` for a "
    "defeat).",
    "terminology": "Only a run with a glossary knows it; for other files there is `normalize glossary check`.",
    "characters": "Reported in error: texts about encodings, which quote wrongly decoded letters.",
    "left": "Reported in error: a word that belongs to a title kept in its language, or that English has too.",
    "name": "Names that English spells in another way (`Hambourg`, `Hamburg`) are let pass. Reported in error: other "
    "names that a translator adapted by a few letters.",
    "symbol": "Signs that English writes as words (`°`) are let pass.",
    "echo": "What comes again in the source may come again, and so may idioms (`day after day`). Reported in error: a "
    "word that English repeats to be clear.",
    "markup": "Reported in error: texts about markup whose source writes a tag in another way.",
    "quotes": "French « » are a pair with and without the spaces inside; where a quotation goes over several segments "
    "its source is unpaired too, and nothing is said.",
    "brackets": "Smileys and enumerations such as `a)` are let pass.",
    "doubled": "Indonesian doubles words with a hyphen (`anak-anak`) where English does not, and English writes a "
    "doubled name without one. English may double some words itself (`had had`). Reported in error: a word said "
    "twice for its effect, without a comma.",
    "capitals": "A source that is mostly in capitals may have a target in capitals.",
    "extra": "Only for files made elsewhere: a run has no unit without a source.",
    "sentences": "Only for files made elsewhere: a run has a sentence a unit. `apart` is how many more or fewer are "
    "reported. Reported in error: sentences that a translator joined or split.",
    "inconsistent": "The first translation of a source is taken for the right one; blanks and capitals do not count. "
    "Only `normalize check` looks for it. Reported in error: short sources that mean another thing in another place.",
    "spacing": "Reported in error: verse, whose lines are breaks inside a segment.",
}
"""What a check lets pass, and where it is known to be wrong, by its name."""



def _french(source: str, target: str) -> Example:
    return Example(source=source, target=target, language="fr")


PASSES = {
    "ending": (
        _french("Le prix du riz va-t-il encore monter ?", "Will the price of rice rise again?"),
        _french("Fermez toutes les portes de la maison !", "Close all the doors of the house!"),
    ),
    "length": (Example(source="Anak-anak itu bermain bersama teman-teman sekelas mereka.",
                       target="The children played with their classmates."),),
    "number": (
        _french("Le prix est de 1 234,5 euros.", "The price is 1,234.5 euros."),
        _french("Le taux est de 5 %.", "The rate is 5%."),
    ),
    "number-added": (Example(source="Anak2 itu pulang.", target="The children went home."),),
    "name": (_french("Le train pour Hambourg est en retard.", "The train to Hamburg is late."),),
    "quotes": (_french("Il a dit : « Non ! »", "He said: “No!”"),),
    "doubled": (
        Example(source="Anak-anak bermain dengan teman-teman.", target="The children played with friends."),
        Example(source="Kapal itu berlayar ke Bora-Bora.", target="The ship sailed to Bora Bora."),
    ),
}
"""Pairs of the languages served that look wrong and are not, by the check that lets them pass; tests run them."""

_HEAD = """# The checks

Made from `normalize/check/table.py`, `normalize/check/bitext.py` and `normalize/measure/guide.py`; tests run every
example.

`normalize run` checks every unit, the guard mends what it can, and what is left is written to `out/corpus.jsonl`,
counted in `out/CORPUS.md` and shown in `out/review.html`. `normalize check` looks at a run again, or at any
TMX, XLIFF, TSV, export or pair of texts: a line for each finding, or `--json`, or `--html FILE`; exit code 1 when one
is as bad as `--fail-on` says. A finding is a reason to look, not a proof.

*Type* is the ITS 2.0 localization quality issue type. *Mended* says what in a run tries to mend it by itself: the guard
(another hypothesis, an English word put into the source, decoding without repetition, clause by clause, certain
corrections), or the glossary's ladder.

"""

_SETTINGS = """
## Settings

`checks.toml` in the folder you work in, or `--checks FILE`, tells `normalize run` and `normalize check` which checks to
report, how bad what they find is, where their limits lie, and which findings are let be, and why. It changes what is
reported, not what the guard repairs; another run with other settings asks no model.

```toml
[checks.capitals]
on = false

[checks.number]
severity = "critical"

[checks.length]
tolerance = 1.3        # multiplies the ratio that is allowed

[[ignore]]
check = ["length", "ending"]   # one or several; all checks when left out
article = "puisi/*"            # one or more of: article, unit, file (globs), source (the whole text)
reason = "verse"
```

For units of a run, `unit` and `article` are the ids in `corpus.jsonl`; in other files `unit` is the line. A reason is
asked for, so that those who come after you know. `--only CHECK` and `--ignore CHECK` narrow a single call.

| check | limit | default |
|---|---|---|
"""


def document() -> str:
    """Give `docs/checks.md`."""
    heads = "| check | type | severity | mended | what it finds |\n|---|---|---|---|---|\n"
    rows = [f"| [`{one.name}`](#{one.name}) | {one.issue} | {one.severity} | {_mended(one)} | {one.description} |\n"
            for one in ALL]  # fmt: skip
    tuned = [f"| `{one.name}` | `{name}` | {value:g} |\n" for one in ALL for name, value in limits(one).items()]
    return "".join((_HEAD, heads, *rows, *map(_section, ALL), _SETTINGS, *tuned))


def _mended(one: Check) -> str:
    if one.name == "terminology":
        return "glossary"
    return "guard" if one.name in REPAIRS else "–" if one in BITEXT else "no"


def _section(one: Check) -> str:
    note = f"\n{NOTES[one.name]}\n" if one.name in NOTES else ""
    if one.name == "inconsistent":  # takes two units
        found, again = one.example, one.counter_example
        told = f"- found: {_code(found.source)} → {_code(found.target)}, and later → {_code(again.target)}\n"
        return f"\n## {one.name}\n\n{told}{note}"
    passes = "".join(_pair("not found", each) for each in (one.counter_example, *PASSES.get(one.name, ())))
    return f"\n## {one.name}\n\n{_pair('found', one.example)}{passes}{note}"


def _pair(what: str, example: Example) -> str:
    missing = f" (with {_code(example.missing)} in the glossary)" if example.missing else ""
    missing += " (and the model hit its limit)" if example.truncated else ""
    return f"- {what}: {_code(example.source)} → {_code(example.target)}{missing}\n"


def _code(text: str) -> str:
    shown = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
    fence = "``" if "`" in shown else "`"
    return f"{fence}{shown}{fence}" if shown.strip() else "nothing"
