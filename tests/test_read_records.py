"""JSONL and CSV: many articles in a file, one bad record stops no other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from normalize.corpus import Article, Metadata
from normalize.errors import InputError
from normalize.read import Source, read


def values(tmp_path: Path, name: str, data: str | bytes) -> list[Article | InputError]:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read(Source(path=path, relative=name, id=path.stem)))


def articles(tmp_path: Path, name: str, data: str | bytes) -> list[Article]:
    found = values(tmp_path, name, data)
    assert all(isinstance(value, Article) for value in found), found
    return [value for value in found if isinstance(value, Article)]


def errors(found: list[Article | InputError]) -> list[tuple[int | None, str]]:
    return [(value.line, value.what) for value in found if isinstance(value, InputError)]


FULL: dict[str, object] = {
    "title": "Jembatan baru dibuka",
    "text": "Warga menyambut jembatan itu.\nMereka senang.",
    "url": "https://contoh.id/a",
    "date": "17 Mei 2024",
    "language": "in",
    "author": ["Sri", "Budi"],
    "site": "contoh.id",
    "tags": ["kota", "jembatan"],
}
FULL_METADATA = Metadata(
    title="Jembatan baru dibuka", url="https://contoh.id/a", published="2024-05-17", language="id", author="Sri, Budi",
    site="contoh.id", tags=("kota", "jembatan"),
)  # fmt: skip


def test_a_json_line_is_an_article_with_its_metadata(tmp_path: Path) -> None:
    line = json.dumps(FULL)
    (article,) = articles(tmp_path, "a.jsonl", line + "\n")
    assert article.raw == "Jembatan baru dibuka\n\nWarga menyambut jembatan itu.\nMereka senang."
    assert article.metadata == FULL_METADATA
    assert (article.id, article.record, article.path) == ("a/000001", 1, "a.jsonl")
    assert article.sha256 == hashlib.sha256(line.encode()).hexdigest()


def test_a_csv_row_is_an_article_with_its_metadata(tmp_path: Path) -> None:
    data = (
        'title,text,url,published,lang,author,site,tags\r\n"Jembatan baru dibuka","Warga menyambut jembatan itu.\r\n'
        'Mereka senang.",https://contoh.id/a,2024-05-17,IND,"Sri, Budi",contoh.id,"kota,jembatan"\r\n'
    )
    (article,) = articles(tmp_path, "a.csv", data)
    assert article.raw == "Jembatan baru dibuka\n\nWarga menyambut jembatan itu.\nMereka senang."
    assert article.metadata == FULL_METADATA
    assert (article.id, article.record) == ("a/000001", 1)


def test_a_title_that_the_text_has_is_not_added(tmp_path: Path) -> None:
    lines = [{"title": "Kabar  Kota", "text": "\n kabar kota\n\nIsi."}, {"title": "", "text": "Isi."}]
    found = articles(tmp_path, "a.jsonl", "\n".join(map(json.dumps, lines)))
    assert [article.raw for article in found] == ["\n kabar kota\n\nIsi.", "Isi."]


@pytest.mark.parametrize("field", ["text", "body", "content"])
def test_text_is_found_under_its_names(tmp_path: Path, field: str) -> None:
    (article,) = articles(tmp_path, "a.jsonl", json.dumps({field.upper(): "Isi berita."}))
    assert (article.raw, article.format) == ("Isi berita.", "text")


def test_html_in_a_record_is_read_as_html(tmp_path: Path) -> None:
    page = "<h1>Kabar</h1><p>Satu.</p><p>Dua.</p>"
    found = articles(tmp_path, "a.jsonl", "\n".join(json.dumps({name: page}) for name in ("html", "body", "content")))
    assert [(article.raw, article.format) for article in found] == [("Kabar\nSatu.\nDua.", "html")] * 3
    assert [block.tag for block in found[0].blocks] == ["h1", "p", "p"]


def test_a_title_added_to_html_has_a_block_too(tmp_path: Path) -> None:
    (article,) = articles(tmp_path, "a.jsonl", json.dumps({"title": "Kabar", "html": "<p>Satu.</p><p>Dua.</p>"}))
    assert article.raw == "Kabar\n\nSatu.\nDua."
    assert len(article.blocks) == 4


def test_one_bad_line_stops_no_other_and_is_named(tmp_path: Path) -> None:
    lines = [
        '{"text": "Satu."}', "{broken", "", "[1, 2]", '{"title": "no text"}', '{"text": 5}', '{"text": "  "}',
        '{"text": "Dua.", "title": {"a": 1}}', '{"text": "' + "[" * 3 + '"', "[" * 100_000,
        '{"text": "T.", "n": ' + "9" * 5000 + "}",
        "null", '{"text": "Terakhir."}',
    ]  # fmt: skip
    found = values(tmp_path, "a.jsonl", "\r\n".join(lines))
    read_well = [(value.record, value.raw) for value in found if isinstance(value, Article)]
    assert read_well == [(1, "Satu."), (13, "Terakhir.")]
    assert [line for line, _ in errors(found)] == [2, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert all(isinstance(value, Article) or (value.path == "a.jsonl" and "\n" not in str(value)) for value in found)


def test_a_record_keeps_its_own_id_and_a_repeated_one_is_an_error(tmp_path: Path) -> None:
    lines = ['{"id": "x/1", "text": "A."}', '{"id": 7, "text": "B."}', '{"text": "C."}', '{"id": "X/1", "text": "D."}',
             '{"id": "../e", "text": "E."}', '{"id": "000007", "text": "F."}', '{"text": "G."}']  # fmt: skip
    found = values(tmp_path, "a.jsonl", "\n".join(lines))
    ids = [value.id for value in found if isinstance(value, Article)]
    assert ids[:3] == ["a/x/1", "a/7", "a/000003"]
    assert len({id_.casefold() for id_ in ids}) == len(ids) == 6
    assert not any(".." in id_.split("/") for id_ in ids)
    assert [line for line, _ in errors(found)] == [4]


def test_lone_surrogates_do_not_reach_the_text(tmp_path: Path) -> None:
    (article,) = articles(tmp_path, "a.jsonl", r'{"text": "wajah \ud83d\ude00 dan \ud83d.", "title": "\udc00 judul"}')
    assert article.raw == "\ufffd judul\n\nwajah 😀 dan \ufffd."


def test_a_json_line_in_another_encoding_is_read(tmp_path: Path) -> None:
    data = '{"text": "Déjà vu à Orléans, l’été."}\n'
    found = articles(tmp_path, "a.jsonl", b"\xef\xbb\xbf" + data.encode() + data.encode("cp1252"))
    assert [article.raw for article in found] == ["Déjà vu à Orléans, l’été."] * 2


def test_records_are_given_before_the_file_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "big.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"text": "Pertama."}\n')
        stream.truncate(50_000_000_000)  # sparse: reading it all would take minutes
    found: Iterator[Article | InputError] = read(Source(path=path, relative="big.jsonl", id="big"))
    first = next(found)
    assert isinstance(first, Article)
    assert first.raw == "Pertama."


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_headers(tmp_path: Path, delimiter: str) -> None:
    data = f'id{delimiter}content\nx{delimiter}"Satu; dua, tiga\tempat"\n'
    (article,) = articles(tmp_path, "a.csv", "\ufeff" + data)
    assert (article.id, article.raw) == ("a/x", "Satu; dua, tiga\tempat")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    data = "title;text\nÉté;Déjà vu à Orléans, l’été.\nNoël;Encore une journée ensoleillée à la plage.\n"
    found = articles(tmp_path, "a.csv", data.encode(encoding))
    assert [article.raw for article in found] == [
        "Été\n\nDéjà vu à Orléans, l’été.", "Noël\n\nEncore une journée ensoleillée à la plage.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("title,url\na,b\n", "no column of text"),
        ("text,text\na,b\n", "two columns"),
        ("text\n", "no rows"),
        ("just a line of prose\n", "no column of text"),
    ],
)
def test_a_csv_that_cannot_be_read_says_why(tmp_path: Path, data: str, what: str) -> None:
    (error,) = values(tmp_path, "a.csv", data)
    assert isinstance(error, InputError)
    assert what in error.what


def test_one_bad_row_stops_no_other_and_is_named(tmp_path: Path) -> None:
    data = 'id,text\na,Satu.\nb,Dua,tiga.\n\nc,"Empat"x\nd,\ne,"Lima\nenam."\na,Tujuh.\nf,Delapan.\n'
    found = values(tmp_path, "a.csv", data)
    assert [value.id for value in found if isinstance(value, Article)] == ["a/a", "a/e", "a/f"]
    assert [value.record for value in found if isinstance(value, Article)] == [1, 5, 7]
    assert [line for line, _ in errors(found)] == [3, 5, 6, 9]


def test_an_unclosed_quotation_mark_is_an_error(tmp_path: Path) -> None:
    found = values(tmp_path, "a.csv", 'text\nSatu.\n"Dua.\nTiga.\n')
    assert [value.raw for value in found if isinstance(value, Article)] == ["Satu."]
    assert len(errors(found)) == 1
