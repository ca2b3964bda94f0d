"""Encodings: each file is read in the right one, or refused whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.errors import InputError
from normalize.read.decode import decode, one_line_end

FRENCH = "« Où est l’élève ? », demande Noël à la mère : « Ça coûte 5 € ! »\nLe garçon a déjà mangé à la forêt.\n" * 3
INDONESIAN = "“Harga naik,” kata Sri – begitulah… Warga menunggu keputusan pemerintah.\n" * 3
RUSSIAN = "Город построит новый мост через реку в следующем году, сообщил мэр города журналистам.\n" * 5
JAPANESE = "市は来年、川に新しい橋を架ける予定だと発表した。市長は記者会見で説明した。\n" * 5


@pytest.mark.parametrize("text", [FRENCH, INDONESIAN, RUSSIAN, JAPANESE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_files_are_read_with_and_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("text", [FRENCH, INDONESIAN, RUSSIAN])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (FRENCH, "cp1252", "windows-1252"),
        (INDONESIAN, "cp1252", "windows-1252"),
        ("Un café.", "cp1252", "windows-1252"),
        ("été", "latin-1", "windows-1252"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (JAPANESE, "shift_jis", None),
        (JAPANESE, "euc_jp", "euc-jp"),
    ],
)
def test_the_encodings_of_old_files_are_found(text: str, encoding: str, name: str | None) -> None:
    found, called = decode(text.encode(encoding))
    assert found == text
    assert name is None or called == name


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="koi8-r">',
        "<meta http-equiv=Content-Type content='text/html; charset=KOI8-R'>",
        '<?xml version="1.0" encoding="koi8-r"?>',
    ],
)
def test_a_page_is_read_as_it_declares(declaration: str) -> None:
    text = declaration + "<p>Мост.</p>"
    assert decode(text.encode("koi8-r"), markup=True) == (text, "koi8-r")


@pytest.mark.parametrize("charset", ["utf-7", "rot13", "base64", "unicode_escape", "idna", "no-such", "utf-16"])
def test_a_declaration_that_is_wrong_or_dangerous_is_not_believed(charset: str) -> None:
    text = f"<meta charset={charset}><p>+ADw-b+AD4- café</p>"
    assert decode(text.encode("cp1252"), markup=True) == (text, "windows-1252")
    assert decode(text.encode(), markup=True) == (text, "utf-8")


def test_utf_8_is_believed_before_a_declaration() -> None:
    text = "<meta charset=iso-8859-1><p>déjà</p>"
    assert decode(text.encode(), markup=True) == (text, "utf-8")


def test_a_foreign_byte_in_utf_8_is_read_by_itself() -> None:
    data = FRENCH.encode() + "l\u2019été\n".encode("cp1252") + FRENCH.encode()
    assert decode(data) == (f"{FRENCH}l’été\n{FRENCH}", "utf-8+windows-1252")


def test_a_byte_that_windows_1252_does_not_have_spoils_no_page() -> None:
    page = FRENCH * 20
    assert decode(page.encode("cp1252") + b"fin \x9d.") == (page + "fin \ufffd.", "windows-1252")


def test_utf_8_cut_inside_a_character_loses_only_that() -> None:
    assert decode((FRENCH + "é").encode()[:-1])[0] == FRENCH + "\ufffd"


@pytest.mark.parametrize(
    "data",
    [b"\x00" * 50, b"abc\x00def", bytes(range(1, 32)) * 10, b"\xff\xfea", b"\x00\xd8a\x00", b"\xff\xfe\x00\xd8a\x00"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        decode(data)


def test_line_ends_are_all_one() -> None:
    assert one_line_end("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h\n\r\ni") == "a\nb\nc\nd\ne\nf\ng\nh\n\ni"


def test_an_ellipsis_decoded_wrongly_is_no_line_end() -> None:
    assert one_line_end("l\x92homme\x85 et") == "l\x92homme\x85 et"


@given(st.text())
def test_utf_8_is_read_as_it_is_written(text: str) -> None:
    try:
        found, encoding = decode(text.encode())
    except InputError:
        return
    if encoding == "utf-8" and not text.startswith("\ufeff"):
        assert found == one_line_end(text)


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data, markup=True)
    except InputError:
        return
    assert encoding
    assert "\r" not in text
    text.encode()
