"""The dataset card of a Hugging Face-ready folder: README.md with a head in YAML, written from what was counted."""

from __future__ import annotations

import collections
import dataclasses
import json
from collections.abc import Iterable, Mapping, Sequence

import regex

from normalize import language
from normalize.export.form import Head
from normalize.rows import ArticleRow, FindingRow, RepairRow, TermRow, UnitRow
from normalize.rows import one_line as flattened

__all__ = ["COLUMNS", "UNKNOWN_LICENSE", "Facts", "card"]

UNKNOWN_LICENSE = "unknown: check the sources' terms"

_LICENSES = frozenset({
    "afl-3.0", "apache-2.0", "bsd-2-clause", "bsd-3-clause", "cc", "cc-by-2.0", "cc-by-3.0", "cc-by-4.0",
    "cc-by-nc-2.0", "cc-by-nc-3.0", "cc-by-nc-4.0", "cc-by-nc-nd-3.0", "cc-by-nc-nd-4.0", "cc-by-nc-sa-2.0",
    "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0", "cc-by-nd-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc0-1.0", "gpl-2.0",
    "gpl-3.0", "mit", "odbl", "odc-by", "pddl", "etalab-2.0", "openrail", "unlicense",
})  # fmt: skip
"""The names that the hub has for licences, those that data sets use."""

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
          (10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"))  # fmt: skip
_NOT_SLUG = regex.compile(r"[^a-z0-9.]+")
Files = Mapping[tuple[str, str], Mapping[str, str]]
"""For each pair of languages, the file of each split."""

_DAY = regex.compile(r"\d{4}-\d{2}-\d{2}")
_MARKDOWN = regex.compile(r"([\\`*_{}\[\]<>|#])")
_SITES = 20

COLUMNS = (
    "article", "paragraph", "source_language", "target_language", "state", "score", "origin", "findings", "terms",
    "repairs", "url", "path", "title", "site", "published",
)  # fmt: skip
"""The columns of a data file after `id` and `translation`."""

_KINDS = {"paragraph": "int64", "score": "float64"}
_LISTS = {
    "findings": FindingRow.__struct_fields__, "terms": TermRow.__struct_fields__,
    "repairs": RepairRow.__struct_fields__,
}  # fmt: skip

_ABOUT = """{units:,} units of {articles:,} articles, made by normalize {version}: news articles, cleaned, split into
sentences and translated sentence by sentence. Unless its `origin` is `human` or its `state` is `reviewed` or `final`, a
target is a machine's translation that nobody has read."""

_FIELDS = """- `id`; `article` and `paragraph`: where it stands
- `translation`: the two texts, by language
- `state`: initial, translated, reviewed, final; `origin`: machine, memory, human, copied
- `score`: the model's mean log-probability of a token, at most 0
- `findings`: what checks found; `terms`: glossary terms and what became of them; `repairs`: of the model's answer
- `url`, `path`, `title`, `site`, `published`: of the article"""


@dataclasses.dataclass(slots=True)
class Facts:
    """What is counted while a folder is written."""

    units: collections.Counter[tuple[tuple[str, str], str]] = dataclasses.field(default_factory=collections.Counter)
    """Units of each pair of languages and split."""
    words: collections.Counter[tuple[tuple[str, str], str]] = dataclasses.field(default_factory=collections.Counter)
    """White-space separated words of the source, and of the target, of each pair."""
    states: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    origins: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    sites: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    """Articles of each site."""
    articles: int = 0
    first_day: str = ""
    last_day: str = ""
    _last: str = ""

    def count(self, unit: UnitRow, article: ArticleRow, split: str) -> None:
        """Count one unit that is written."""
        self.units[unit.pair, split] += 1
        self.words[unit.pair, "source"] += len(unit.source.split())
        self.words[unit.pair, "target"] += len(unit.target.split())
        self.states[unit.state.value] += 1
        self.origins[unit.origin.value] += 1
        if article.id != self._last or not self.articles:
            self._last = article.id
            self.articles += 1
            if article.site:
                self.sites[article.site] += 1
            if _DAY.match(article.published):
                day = article.published[:10]
                self.first_day = min(self.first_day or day, day)
                self.last_day = max(self.last_day, day)


def card(facts: Facts, head: Head, files: Files, *, filters: str,
         dropped: Mapping[str, int]) -> str:  # fmt: skip
    """Write the card."""
    top = _yaml(facts, head, files, facts.units.total())
    return "\n".join(["---", *top, "---", "", *_body(facts, head, files, filters, dropped)]) + "\n"


def _yaml(facts: Facts, head: Head, files: Files, total: int) -> list[str]:
    tags = sorted({tag for pair in files for tag in pair} - {"und"})
    lines = ["language:", *(f"- {_quoted(tag)}" for tag in tags), *_license(head.license)]
    lines += ["task_categories:", "- translation", "multilinguality:", "- translation"]
    origins = {"machine-generated" if origin in {"machine", "memory"} else "expert-generated"
               for origin in facts.origins if origin in {"machine", "memory", "human"}}  # fmt: skip
    if origins:
        lines += ["language_creators:", "- found", "annotations_creators:", *(f"- {each}" for each in sorted(origins))]
    size = next((name for most, name in _SIZES if total < most), "n>100M")
    lines += ["size_categories:", f"- {size}", "pretty_name: Parallel news corpus"]
    lines += ["configs:"] if files else []
    for number, (pair, splits) in enumerate(files.items()):
        default = [] if number else ["  default: true"]
        lines += [f"- config_name: {_quoted('-'.join(pair))}", *default, "  data_files:"]
        for split, path in splits.items():
            lines += [f"  - split: {_quoted(split)}", f"    path: {_quoted(path)}"]
    return lines + _features(list(files))


def _features(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Name the columns' kinds: a reader that guesses them from the first lines fails where a list is filled later."""
    lines = ["dataset_info:"] if pairs else []
    for pair in pairs:
        lines += [f"- config_name: {_quoted('-'.join(pair))}", "  features:"]
        for name in ("id", "translation", *COLUMNS):
            lines.append(f"  - name: {name}")
            if name == "translation":
                lines.append("    struct:")
                for tag in pair:
                    lines += [f"    - name: {_quoted(tag)}", "      dtype: string"]
            elif name in _LISTS:
                lines.append("    list:")
                for field in _LISTS[name]:
                    kind = "list: int64" if field.endswith("span") else "dtype: string"
                    lines += [f"    - name: {field}", f"      {kind}"]
            else:
                lines.append(f"    dtype: {_KINDS.get(name, 'string')}")
    return lines


def _license(text: str) -> list[str]:
    slug = _NOT_SLUG.sub("-", text.strip().lower()).strip("-")
    if slug in _LICENSES:
        return [f"license: {slug}"]
    if not slug or slug.startswith("unknown"):
        return ["license: unknown"]
    return ["license: other", f"license_name: {_quoted(slug[:80])}"]


def _body(facts: Facts, head: Head, files: Files, filters: str, dropped: Mapping[str, int]) -> list[str]:
    names = ", ".join(f"{language.name(one)} → {language.name(other)}" for one, other in files) or "no units"
    lines = [
        f"# Parallel news corpus: {names}", "",
        _ABOUT.format(units=facts.units.total(), articles=facts.articles, version=head.version), "",
        f"**Licence:** {_escaped(head.license)}", "",
        "## Size", "",
        *_table("languages", "split", "units", rows=(
            ("-".join(pair), split, facts.units[pair, split]) for pair, splits in files.items() for split in splits
        )),
        *_table("languages", "words of the source", "words of the target", rows=(
            ("-".join(pair), facts.words[pair, "source"], facts.words[pair, "target"]) for pair in files
        )),
        *(["Splits go by article: no article, and no segment of some length, stands in two splits.", ""]
          if len({split for splits in files.values() for split in splits}) > 1 else []),
        "## Fields", "", _FIELDS, "",
        *_counts("## State", facts.states), *_counts("## Origin", facts.origins),
        "## Filters", "", f"`{filters}`", "",
        *(_table("filter", "units dropped", rows=dropped.items()) if dropped else ["Nothing was dropped.", ""]),
        "## Sources", "",
        f"Articles published from {facts.first_day} to {facts.last_day}." if facts.first_day
        else "The articles' dates are not known.", "",
    ]  # fmt: skip
    if facts.sites:
        best = sorted(facts.sites.items(), key=lambda item: (-item[1], item[0]))
        rest = [(f"{len(best) - _SITES} more", sum(count for _, count in best[_SITES:]))] if len(best) > _SITES else []
        lines += _table("site", "articles", rows=[*((_escaped(site), count) for site, count in best[:_SITES]), *rest])
    if head.signature:
        lines += ["## Made by", "", f"`{flattened(head.signature).replace('`', '')}`", ""]
    return lines[:-1]


def _table(*heads: str, rows: Iterable[Sequence[str | int]]) -> list[str]:
    """Write a table and a blank line; numbers stand to the right."""
    found = [list(row) for row in rows]
    right = {number for row in found for number, value in enumerate(row) if isinstance(value, int)}
    rule = "|".join("---:" if number in right else "---" for number in range(len(heads)))
    lines = [" | ".join(f"{value:,}" if isinstance(value, int) else value for value in row) for row in found]
    return [f"| {' | '.join(heads)} |", f"|{rule}|", *(f"| {row} |" for row in lines), ""]


def _counts(title: str, counts: collections.Counter[str]) -> list[str]:
    return [title, "", *(f"- {name}: {count:,}" for name, count in sorted(counts.items())), ""]


def _escaped(text: str) -> str:
    """Write a foreign text as plain Markdown."""
    return _MARKDOWN.sub(r"\\\1", " ".join(flattened(text).split()))


def _quoted(text: str) -> str:
    """Write a string of YAML, which takes JSON's; so a language `no` is not read as a falsehood."""
    return json.dumps(text, ensure_ascii=False)
