"""Bytes → text: which encoding a file is in, or that it is no text.

In order: byte order marks, UTF-8, UTF-16 without a mark, what the page declares, windows-1252 where it gives ordinary
Western text, and charset-normalizer for the rest. What is none of these is refused whole, never read in part.
"""

from __future__ import annotations

import codecs
import re

from normalize.errors import InputError

__all__ = ["check_readable", "decode", "one_line_end"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MAGIC = (
    (b"%PDF-", "PDF"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"), (b"PK\x03\x04", "a ZIP archive or office document"), (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"), (b"\xfd7zXZ", "xz"), (b"7z\xbc\xaf", "7-Zip"), (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x7fELF", "a program"), (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3\x00", "an SQLite database"), (b"{\\rtf", "RTF"),
)  # fmt: skip

_UTF8_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
"""One well-formed character of more than one byte (Unicode, table 3-7)."""
_UTF8_RUN = re.compile(rb"(?:[\x00-\x7f]+|" + _UTF8_CHARACTER.pattern + rb")+")
_BEHEADED = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
"""The beginning of a UTF-8 character at the very end: the file was cut."""

_CHARSET = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*["']?\s*([\w:.-]{2,40})""",
    flags=re.IGNORECASE,
)
_HEAD = 4096
"""Bytes in which a page declares its encoding (HTML wants it in the first 1024)."""

_KNOWN = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874",
    "iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_9", "iso8859_15", "koi8_r", "koi8_u",
    "mac_roman", "cp866", "gb18030", "gbk", "gb2312", "big5", "shift_jis", "euc_jp", "euc_kr", "cp949", "cp932",
)  # fmt: skip
"""Encodings that news is published in; names as Python writes them."""
_LATIN = frozenset({"iso8859-1", "ascii"})
"""Read as windows-1252, as browsers do (WHATWG Encoding, section 4.2)."""

_WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœŸŽžŠš€‚„…‰‹›‘’“”•–—™¡£§©ª«¬®°±²³´·º»¼½¾¿×¹¢µ\u00a0\u00ad"
)
_WESTERN_SHARE = 0.3
"""Accented letters are fewer than this among letters; in Cyrillic or Greek read as windows-1252 nearly all are."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_CONTROL_SHARE = 0.05
_SAMPLE = 65_536
_LOST_ONE_IN = 1_000


def check_readable(head: bytes) -> None:
    """Refuse, with an InputError, a file whose first bytes are those of a known binary format."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            raise InputError(f"is {kind}, not text", advice="convert it to text or HTML first")


def decode(data: bytes, *, markup: bool = False) -> tuple[str, str]:
    """Give the text of `data`, with one kind of line end, and the name of its encoding.

    With `markup`, an encoding declared in the page is believed where it fits. A UTF-8 text with a few bytes of
    windows-1252 among it is `utf-8+windows-1252`. InputError (without a path) for what is binary or undecodable.
    """
    check_readable(data[:16])
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _finished(_strict(data[len(mark) :], encoding), encoding)
    if b"\x00" in data:
        return _finished(*_unmarked_utf16(data))
    try:
        return _finished(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    text = _mixed(data)
    if text is not None:
        return _finished(text, "utf-8+windows-1252")
    text, encoding = _declared(data) if markup else ("", "")
    if not encoding:
        text, encoding = _detected(data)
    return _finished(text, encoding)


def _finished(text: str, encoding: str) -> tuple[str, str]:
    if len(_CONTROL.findall(text[:_SAMPLE])) > _CONTROL_SHARE * len(text[:_SAMPLE]):
        raise InputError("is binary, not text")
    return one_line_end(text), encoding


_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")


def one_line_end(text: str) -> str:
    """Write every line end as a line feed.

    U+0085 is one too, except in a text with other C1 controls, where it is an ellipsis of windows-1252 wrongly decoded,
    which `repair` puts right.
    """
    text = _LINE_END.sub("\n", text)
    if "\x85" in text and _C1.search(text) is None:
        text = text.replace("\x85", "\n")
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"cannot be decoded as {encoding}: bad bytes at {error.start}",
                         advice="save it as UTF-8") from error  # fmt: skip


def _unmarked_utf16(data: bytes) -> tuple[str, str]:
    """Decode UTF-16 without a byte order mark: its zero bytes all lie on one side of the pairs."""
    low, high = data[::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if not low else "utf-16-be" if not high else ""
    if encoding and (low + high) * 50 >= len(data) and len(data) % 2 == 0:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            text = ""
        if text and not _CONTROL.search(text):
            return text, encoding
    raise InputError("is binary, not text (it has NUL bytes)")


def _mixed(data: bytes) -> str | None:
    """Decode UTF-8 with a few foreign bytes, which are read as windows-1252; None when it is not mostly UTF-8."""
    cut = _BEHEADED.search(data, max(0, len(data) - 3))
    body = data[: cut.start()] if cut else data
    good = sum(1 for _ in _UTF8_CHARACTER.finditer(body))
    parts: list[str] = []
    position = bad = 0
    for match in _UTF8_RUN.finditer(body):
        if match.start() > position:
            bad += match.start() - position
            parts.append(body[position : match.start()].decode("cp1252", "replace"))
        parts.append(match.group().decode("utf-8"))
        position = match.end()
    bad += len(body) - position
    parts.append(body[position:].decode("cp1252", "replace"))
    # In windows-1252 text hardly any two letters look like a UTF-8 character; so four good for one bad is plenty.
    return "".join(parts) + ("\ufffd" if cut else "") if good and good >= 4 * bad else None


def _declared(data: bytes) -> tuple[str, str]:
    """Decode as the page says it is encoded; nothing when it does not say, or what it says does not fit."""
    match = _CHARSET.search(data[:_HEAD])
    if match is None:
        return "", ""
    try:
        encoding = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return "", ""
    encoding = "cp1252" if encoding in _LATIN else encoding
    if encoding.replace("-", "_") not in {known.replace("-", "_") for known in _KNOWN}:
        return "", ""
    try:
        return data.decode(encoding), _published(encoding)
    except UnicodeDecodeError:
        return "", ""


def _published(encoding: str) -> str:
    """Give the IANA name of Python's `cp125x` and leave the others.

    >>> _published("cp1252"), _published("koi8_r")
    ('windows-1252', 'koi8-r')
    """
    encoding = encoding.replace("_", "-")
    return encoding.replace("cp125", "windows-125")


def _detected(data: bytes) -> tuple[str, str]:
    """Find the encoding from the bytes alone."""
    if _is_western(data):
        text = data.decode("cp1252", "replace")
        # A byte or two that windows-1252 does not have spoil no page; they show as U+FFFD.
        return (text if text.count("\ufffd") * _LOST_ONE_IN <= len(text) else _strict(data, "cp1252")), "windows-1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, and rarely needed

    best = from_bytes(data[:_SAMPLE], cp_isolation=list(_KNOWN)).best()
    if best is None:
        raise InputError("is in no encoding that is known", advice="save it as UTF-8")
    text = _strict(data, best.encoding)
    # Where the bytes that differ between the two do not occur, say the better known name.
    same = text == data.decode("cp1252", "replace")
    return text, "windows-1252" if same else _published(best.encoding)


def _is_western(data: bytes) -> bool:
    """Whether windows-1252 gives ordinary text of a Western language."""
    text = data[:_SAMPLE].decode("cp1252", "replace")
    foreign = [char for char in text if char > "\x7f" and char != "\ufffd"]
    letters = sum(map(str.isalpha, text))
    return _WESTERN.issuperset(foreign) and sum(map(str.isalpha, foreign)) <= _WESTERN_SHARE * letters
