"""`from normalize import Glossary`: the glossary for those who import it."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from pathlib import Path

import pytest

import normalize
from normalize import Glossary
from normalize.errors import GlossaryError, UsageError
from normalize.formats import FORMATS

ROWS = b"""source,target,source_lang,target_lang,aliases,kind
kecerdasan buatan,artificial intelligence,id,en,,term
OpenAI,OpenAI,,en,OpenAl,keep
"""


def loaded(code: str) -> set[str]:
    """Give the modules that are there after `code` has run in a fresh interpreter."""
    command = f"import json, sys\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    return set(json.loads(answer.stdout))


def test_importing_the_package_loads_nothing_of_it() -> None:
    assert {name for name in loaded("import normalize") if name.startswith("normalize.")} == set()


def test_the_glossary_needs_neither_models_nor_readers_nor_the_terminal() -> None:
    there = loaded("from normalize import Glossary; Glossary.parse(b'source,target\\na,b\\n').match('a', 'id')")
    heavy = {"ctranslate2", "sentencepiece", "lxml", "trafilatura", "numpy", "typer", "rich", "py3langid"}
    assert there & heavy == set()
    assert not [name for name in there if name.startswith(("normalize.pipeline", "normalize.translate"))]


def test_what_is_not_there_is_an_attribute_error() -> None:
    assert "Glossary" in dir(normalize)
    with pytest.raises(AttributeError, match="no attribute 'Glosary'"):
        _ = normalize.Glosary


@pytest.mark.parametrize(("name", "suffix"), [("csv", ".csv"), ("tsv", ".tsv"), ("tbx", ".tbx"), ("tmx", ".tmx")])
def test_a_file_of_any_format_is_loaded_by_its_name(name: str, suffix: str, tmp_path: Path) -> None:
    rows = Glossary.parse(ROWS)
    path = tmp_path / f"terms{suffix}"
    path.write_bytes(rows.export(name))
    found = Glossary.load(path)
    assert isinstance(found, Glossary)
    assert [(term.source, term.aliases) for term in found] == [(term.source, term.aliases) for term in rows]


def test_a_format_may_be_named_and_its_languages_too(tmp_path: Path) -> None:
    path = tmp_path / "terms.txt"
    path.write_bytes(b"riset,research\n")
    (term,) = Glossary.load(str(path), format="deepl-csv", source="id", target="en")
    assert (term.source, term.source_language, term.target_language) == ("riset", "id", "en")


def test_files_of_different_formats_are_joined_the_first_decides(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"source,target,source_lang,target_lang\nriset,study,id,en\n")
    (tmp_path / "b.tbx").write_bytes(FORMATS["tbx"].render(Glossary.parse(
        b"source,target,source_lang,target_lang\nriset,research,id,en\nkota,town,id,en\n"
    ).terms))  # fmt: skip
    both = Glossary.load(tmp_path / "a.csv", tmp_path / "b.tbx")
    assert [term.target for term in both] == ["study", "town"]


def test_errors_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="cannot be read"):
        Glossary.load(tmp_path / "none.csv")
    with pytest.raises(UsageError, match="no format"):
        Glossary.parse(ROWS).export("excel")
    with pytest.raises(UsageError, match="no row"):
        Glossary().export()


def test_a_formats_losses_are_told() -> None:
    assert Glossary.parse(ROWS).losses("csv") == []
    assert any("alias" in line for line in Glossary.parse(ROWS).losses("deepl-csv"))


def test_check_finds_what_translations_lack_by_number() -> None:
    rows = Glossary.parse(ROWS)
    pairs = [("Kecerdasan buatannya.", "Its artificial intelligence."), ("OpenAl.", "OpenAl."), ("Lain.", "Other.")]
    assert [(lack.number, lack.match.surface) for lack in rows.check(pairs, "id")] == [(1, "OpenAl")]


def test_rows_with_a_scope_count_only_in_articles_of_it() -> None:
    rows = Glossary.parse(
        b"source,target,aliases,scope\nlembaga,agency,,\nlembaga,body,,tempo.example\nRiset,Study,Rizet,2024/*\n"
    )
    assert [match.term.target for match in rows.match("Lembaga", "id")] == ["agency"]
    assert [match.term.target for match in rows.match("Lembaga", "id", sites=["www.tempo.example"])] == ["body"]
    assert rows.apply("Rizet", "id").text == "Rizet"
    assert rows.apply("Rizet", "id", path="2024/a.txt").text == "Riset"
    assert rows.check([("Lembaga itu.", "The agency.")], "id") == ()
    assert len(rows.check([("Lembaga itu.", "The agency.")], "id", sites=["tempo.example"])) == 1
    assert isinstance(rows.within("2024/a.txt"), Glossary)


def test_the_documented_examples_are_true() -> None:
    text = (Path(__file__).parent.parent / "docs" / "glossary.md").read_text(encoding="utf-8")
    parsed = doctest.DocTestParser().get_doctest(text, {}, "docs/glossary.md", None, 0)
    assert len(parsed.examples) > 4
    assert doctest.DocTestRunner().run(parsed).failed == 0
