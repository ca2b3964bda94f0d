"""Finding files, their ids, and reading one: what cannot be read is a value, never an exception."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.corpus import Article
from normalize.errors import InputError, UsageError
from normalize.read import LARGEST_ARTICLE, Source, find, ignored, read, read_text
from normalize.read.sources import safe_id


def write(root: Path, name: str, data: bytes | str = "Satu kalimat.") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def source(path: Path) -> Source:
    return Source(path=path, relative=path.name, id=path.stem)


def only_error(path: Path) -> InputError:
    (value,) = read(source(path))
    assert isinstance(value, InputError)
    assert value.path == path.name
    assert "\n" not in str(value)
    return value


def only_article(path: Path) -> Article:
    (value,) = read(source(path))
    assert isinstance(value, Article), value
    return value


# Finding


def test_files_are_found_in_all_folders_in_order(tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.html", "a/y.MD", "c.HTM", "d.jsonl", "e.csv", "f.pdf", ".txt", ".git/h.txt", "a/.i.txt"]:
        write(tmp_path, name)
    found = find(tmp_path)
    assert [item.relative for item in found] == ["a/y.MD", "a/z.html", "b.txt", "c.HTM", "d.jsonl", "e.csv"]
    assert [item.id for item in found] == ["a/y", "a/z", "b", "c", "d", "e"]
    assert all(item.path.is_absolute() and item.path.is_file() for item in found)
    assert ignored(tmp_path) == 1


def test_a_single_file_is_found(tmp_path: Path) -> None:
    path = write(tmp_path, "berita.txt")
    assert [(item.relative, item.id) for item in find(path)] == [("berita.txt", "berita")]


def test_a_missing_root_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder") as caught:
        find(tmp_path / "rwa")
    assert caught.value.advice


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a kind of file") as caught:
        find(write(tmp_path, "a.docx"))
    assert ".txt" in caught.value.advice


def test_only_chooses_by_path_or_id_without_changing_ids(tmp_path: Path) -> None:
    for name in ("a/one.txt", "a/one.html", "b/two.txt"):
        write(tmp_path, name)
    assert [item.id for item in find(tmp_path, only="*.html")] == ["a/one.html"]
    assert [item.id for item in find(tmp_path, only="a/*")] == ["a/one.html", "a/one.txt"]
    assert [item.id for item in find(tmp_path, only="b/two")] == ["b/two"]
    assert find(tmp_path, only="nothing") == []


def test_links_to_folders_are_not_followed_and_links_to_files_are(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside, "secret.txt")
    root = tmp_path / "root"
    write(root, "a.txt")
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "away").symlink_to(outside, target_is_directory=True)
    (root / "linked.txt").symlink_to(outside / "secret.txt")
    (root / "broken.txt").symlink_to(tmp_path / "nothing")
    assert [item.id for item in find(root)] == ["a", "broken", "linked"]


def test_files_that_would_share_an_id_keep_their_suffix(tmp_path: Path) -> None:
    for name in ("a.txt", "a.html", "b.txt"):
        write(tmp_path, name)
    assert [item.id for item in find(tmp_path)] == ["a.html", "a.txt", "b"]


def test_ids_differ_by_more_than_case(tmp_path: Path) -> None:
    write(tmp_path, "Berita.txt")
    write(tmp_path, "berita.txt")
    ids = [item.id for item in find(tmp_path)]
    assert len({id_.casefold() for id_ in ids}) == len(ids)


def test_a_records_id_cannot_be_that_of_a_file(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", '{"text": "Satu kalimat."}')
    write(tmp_path, "a/000001.txt")
    ids = [value.id for item in find(tmp_path) for value in read(item) if isinstance(value, Article)]
    assert sorted(ids) == ["a.jsonl/000001", "a/000001"]


NAMES = [
    "a.txt", "A.txt", "a.md", "a.jsonl", "a/a.txt", "A/a.md", "a.csv", "a.jsonl/x.txt", "a.txt.txt", "a%2Etxt.txt",
    "con.txt", "a:b.txt", "a?b.txt", "a /b.txt", "ａ.txt",
]  # fmt: skip


@given(st.lists(st.sampled_from(NAMES), unique=True))
def test_ids_never_collide_and_are_safe_names(names: list[str]) -> None:
    from normalize.read.sources import _ids

    ids = _ids(sorted(names))
    folded = [id_.casefold() for id_ in ids]
    assert len(set(folded)) == len(names)
    for name, key in zip(sorted(names), folded, strict=True):
        if name.lower().endswith((".jsonl", ".csv")):
            assert not any(other.startswith(key + "/") for other in folded)


@given(st.text(max_size=400))
def test_an_id_is_safe_as_a_file_name_everywhere(text: str) -> None:
    id_ = safe_id(text)
    assert len(id_.encode()) <= 240
    assert not regex.search(r"[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]", id_)
    for part in id_.split("/"):
        assert part not in {".", ".."}
        assert not set(part) & set('<>:"\\|?*')
        assert not part.endswith((".", " "))
        assert part.split(".")[0].lower() not in {"con", "nul", "aux", "prn", "com1", "lpt1"}


def test_long_names_stay_apart(tmp_path: Path) -> None:
    names = ["b" * 240 + end + ".txt" for end in "xy"]
    for name in names:
        write(tmp_path, name)
    ids = [item.id for item in find(tmp_path)]
    assert len(set(ids)) == 2
    assert all(len(id_) < 130 for id_ in ids)


@pytest.mark.skipif(os.name == "nt", reason="names there are Unicode")
def test_a_name_that_is_no_unicode_can_be_found_and_written(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("Un café noir.", encoding="utf-8")
    (item,) = find(tmp_path)
    assert item.relative.encode()
    assert item.id.encode()
    assert only_article(item.path).text == "Un café noir."


# Reading one file


def test_a_text_is_read_with_the_hash_of_its_bytes(tmp_path: Path) -> None:
    data = b"Judul\r\n\r\nSatu kalimat.\r\n"
    article = only_article(write(tmp_path, "a.txt", data))
    assert (article.raw, article.text) == ("Judul\n\nSatu kalimat.\n",) * 2
    assert article.sha256 == hashlib.sha256(data).hexdigest()
    assert (article.format, article.encoding, article.record, article.edits) == ("text", "utf-8", None, ())


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", "\u200b\n\u00a0".encode(), b"\xff\xfe"])
@pytest.mark.parametrize("suffix", ["txt", "md", "html", "jsonl", "csv"])
def test_a_file_without_text_is_an_error(tmp_path: Path, data: bytes, suffix: str) -> None:
    values = list(read(source(write(tmp_path, f"a.{suffix}", data))))
    assert values
    assert all(isinstance(value, InputError) for value in values)


@pytest.mark.parametrize("head", [b"%PDF-1.7\n", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"\x1f\x8b\x08"])
@pytest.mark.parametrize("suffix", ["txt", "md", "html", "jsonl", "csv"])
def test_a_file_of_a_binary_format_is_named_as_such(tmp_path: Path, head: bytes, suffix: str) -> None:
    assert "not text" in only_error(write(tmp_path, f"a.{suffix}", head + b"text,title\nabc,def\n" * 9)).what


def test_a_file_with_nul_bytes_is_an_error(tmp_path: Path) -> None:
    assert "NUL" in only_error(write(tmp_path, "a.txt", b"satu\x00dua tiga")).what


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(LARGEST_ARTICLE * 1000)  # sparse: reading it would take minutes
    error = only_error(path)
    assert "MB" in error.what
    assert error.advice


def test_a_folder_a_pipe_and_a_vanished_file_are_errors(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    assert "folder" in only_error(tmp_path / "folder.txt").what
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.txt")
        assert "regular" in only_error(tmp_path / "pipe.txt").what
    assert "No such file" in only_error(tmp_path / "gone.txt").what


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt")
    path.chmod(0)
    assert "ermission" in only_error(path).what


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "jsonl", "csv"])
def test_a_line_of_five_megabytes_is_read(tmp_path: Path, suffix: str) -> None:
    text = "kata-kata berita " * 300_000
    data = {"jsonl": f'{{"text": "{text}"}}', "csv": f"text\n{text}\n", "html": f"<p>{text}</p>"}.get(suffix, text)
    assert len(only_article(write(tmp_path, f"a.{suffix}", data)).raw) > 5_000_000


def test_a_page_saved_as_text_is_read_as_a_page(tmp_path: Path) -> None:
    article = only_article(write(tmp_path, "a.txt", "<!DOCTYPE html>\n<html><body><p>Satu.</p><p>Dua.</p></body>"))
    assert (article.format, article.raw) == ("html", "Satu.\nDua.")


def test_text_without_markup_in_a_page_keeps_its_lines(tmp_path: Path) -> None:
    article = only_article(write(tmp_path, "a.html", "Satu.\nDua < tiga."))
    assert (article.format, article.raw, article.blocks) == ("text", "Satu.\nDua < tiga.", ())


def test_text_in_memory_is_read_like_a_file() -> None:
    article = read_text(b"# Judul\n\nIsi *berita*.", id="stdin", path="-", format="markdown")
    assert (article.raw, article.metadata.title) == ("Judul\n\nIsi berita.", "Judul")
    assert (article.id, article.path) == ("stdin", "-")


def test_text_in_memory_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(InputError) as caught:
        read_text(b"\x00\x01", id="stdin", path="-", format="text")
    assert caught.value.path == "-"
    with pytest.raises(UsageError, match="no format 'pdf'"):
        read_text(b"a", id="stdin", path="-", format="pdf")


BYTES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(
        st.sampled_from(
            [
                b"\xff\xfe", b"\x00", b"\xef\xbb\xbf", b"{", b"}", b'"text":', b'"', b"[", b"text,title\n",
                b"text;id\n", b"\n", b"\r", b",", b";", b"\\ud800", b"<p>", b"<br", b"</div>", b"<!--", b"<table><tr>",
                b"&#0;", b"<svg>", b"<script>", b"<html lang=", b"<meta charset=utf-7>", b"---\n", b"# ", b"*", b"`",
                b"[a](", b"\xe9", b"\xc3", b"kata ",
            ]
        ),
        max_size=20,
    ).map(b"".join),
)  # fmt: skip


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "jsonl", "csv"])
@settings(max_examples=80, deadline=None)
@given(data=BYTES)
def test_any_bytes_give_articles_and_errors_and_never_an_exception(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any.{suffix}"
    path.write_bytes(data)
    for value in read(source(path)):
        assert isinstance(value, (Article, InputError))
        if isinstance(value, Article):
            assert value.raw == value.text
            assert value.raw.strip()
            assert "\r" not in value.raw
            assert value.raw.encode()
            assert not value.blocks or len(value.blocks) == value.raw.count("\n") + 1
        else:
            assert str(value)
