"""What a memory holds for people: a source with the translation a person gave it."""

from __future__ import annotations

import dataclasses
import hashlib
import sqlite3
import unicodedata

import msgspec

from normalize.corpus import State

__all__ = ["KEPT_STATES", "DamagedError", "Remembered", "decode", "encode", "key", "normal", "trusted"]

KEPT_STATES = (State.REVIEWED, State.FINAL)
"""What a correction may be: below `reviewed` no person has looked."""

_CHECK = 8
"""Bytes of the hash that stands before each row's value."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A source and its translation, with who stands for it: `reviewed` and `final` are a person's.

    `article` is the id of the article it was corrected in, where there is one.
    """

    source: str
    target: str
    source_language: str
    target_language: str
    state: State = State.REVIEWED
    comment: str = ""
    article: str = ""


_decoder = msgspec.msgpack.Decoder(Remembered)
_encoder = msgspec.msgpack.Encoder(order="deterministic")


def normal(source: str) -> str:
    r"""Give the form a source is found by: NFC, white space collapsed.

    >>> normal("  Kafe\u0301\u00a0itu \n tutup. ")
    'Kafé itu tutup.'
    """
    return " ".join(unicodedata.normalize("NFC", source).split())


def key(source: str, source_language: str, target_language: str) -> bytes:
    """Hash the normal form of a source with its languages: 16 bytes."""
    parts = (normal(source), source_language, target_language)
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def encode(one: Remembered) -> bytes:
    """Write a row's value, a hash of itself before it; UnicodeEncodeError for what is no text (lone surrogates)."""
    value = _encoder.encode(one)
    return hashlib.blake2b(value, digest_size=_CHECK).digest() + value


class DamagedError(sqlite3.DatabaseError):
    """What we see for ourselves that SQLite does not: its code is SQLite's own for a damaged file."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


def trusted(stored: object) -> Remembered:
    """Read a row's value; DamagedError when it is not what `encode` wrote: a person's work is not passed over."""
    one = decode(stored)
    if one is None:
        raise DamagedError("a correction is damaged")
    return one


def decode(stored: object) -> Remembered | None:
    """Read a row's value; None when it is not what `encode` wrote."""
    if not isinstance(stored, bytes):
        return None
    check, value = stored[:_CHECK], stored[_CHECK:]
    if hashlib.blake2b(value, digest_size=_CHECK).digest() != check:
        return None
    try:
        return _decoder.decode(value)
    except msgspec.DecodeError:
        return None
