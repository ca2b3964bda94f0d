"""Write a package's README: the notes, then the table of the sources that were trained on, with their licences.

python -m training.card training/config.toml --sources CORPUS/SOURCES.md --notes notes.md --out card.md
"""

import argparse
from pathlib import Path
from typing import Any

from training.prepare import configuration, rule_for

HEAD = (
    "| source | segments | English words | repository | licence as stated there | weight |\n"
    "|---|---:|---:|---|---|---:|"
)


def rows(sources: str, config: dict[str, Any]) -> list[str]:
    """Give a row for each source of the corpus's table that the config uses."""
    cells = [[cell.strip() for cell in line.strip("|\n ").split(" | ")] for line in sources.splitlines()]
    known = {line[0]: line for line in cells if "-en/" in line[0] and len(line) >= 6}
    pairs = [line for name, line in sorted(known.items()) if not name.startswith("mono-en/")]
    table = [(line, rule_for(line[0], config)["weight"]) for line in pairs]
    english = [known[name.removesuffix(".txt.gz")] for name in config["english"]]
    table += [(line, "English copies") for line in english]
    return [
        f"| {line[0]} | {line[1]} | {line[2]} | {line[3]} | {line[5]} | {weight} |" for line, weight in table if weight
    ]


def main() -> None:
    """Write the card."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("config", type=Path)
    parser.add_argument("--sources", type=Path, required=True, help="the corpus's table")
    parser.add_argument("--notes", type=Path, required=True, help="what stands above the table")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    table = rows(options.sources.read_text(encoding="utf-8"), configuration(options.config))
    notes = options.notes.read_text(encoding="utf-8").rstrip("\n")
    options.out.write_text("\n".join([notes, "", "## Data", "", HEAD, *table, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
