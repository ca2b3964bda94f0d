"""An engine's answers as rows: a key that all that decides an answer went into, and a value that proves itself.

A value is a checksum, the length of the request, the request and the answer. Reading compares the whole request and the
checksum, which the engine's signature enters too: a row that was damaged, or moved to another key, or to another
engine, is no answer.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from normalize.engine import Hypothesis

__all__ = ["LONGEST", "SCORE", "TRANSLATE", "Answer", "Asked", "Request", "asked", "read", "salt", "source_of", "value"]

TRANSLATE, SCORE = 0, 1

LONGEST = 1 << 20
"""Bytes of a request or an answer; what is longer (no sentence is) is not kept."""

Answer = tuple[Hypothesis, ...]


class Request(NamedTuple):
    """All that decides an answer, but for the engine."""

    kind: int
    """TRANSLATE or SCORE."""
    source: str
    other: str = ""
    """The prefix of a translation, or the target to score."""
    hypotheses: int = 1
    no_repeat: int = 0


class Asked(NamedTuple):
    """A request as it is looked up."""

    key: int
    """64 bits with sign, as SQLite's integers."""
    request: bytes


_HEAD = struct.Struct(">II")
_encoder = msgspec.msgpack.Encoder()
_requests = msgspec.msgpack.Decoder(tuple[int, str, str, int, int])
_answers = msgspec.msgpack.Decoder(list[tuple[str, float, bool]])


def salt(signature: str) -> bytes:
    """Hash an engine's signature: 16 bytes that enter every key and checksum."""
    return hashlib.blake2b(signature.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def asked(request: Request, salted: bytes) -> Asked | None:
    """Give the key of a request; None for one that cannot be kept: lone surrogates, or far too long."""
    try:
        data = _encoder.encode(request)
    except UnicodeEncodeError:
        return None
    if len(data) > LONGEST:
        return None
    digest = hashlib.blake2b(data, digest_size=8, key=salted).digest()
    return Asked(int.from_bytes(digest, "big", signed=True), data)


def value(one: Asked, answer: Sequence[Hypothesis], salted: bytes) -> bytes | None:
    """Write the value of a row; None for an answer that cannot be kept."""
    try:
        data = _encoder.encode([(each.target, each.score, each.truncated) for each in answer])
    except UnicodeEncodeError:
        return None
    if len(data) > LONGEST:
        return None
    body = one.request + data
    return _HEAD.pack(zlib.crc32(body, zlib.crc32(salted)), len(one.request)) + body


def read(stored: object, one: Asked, salted: bytes) -> Answer | None:
    """Read a row's value; None when it is not the whole answer to this very request of this engine."""
    if not isinstance(stored, bytes) or len(stored) < _HEAD.size:
        return None
    check, length = _HEAD.unpack_from(stored)
    body = stored[_HEAD.size :]
    if length != len(one.request) or not body.startswith(one.request):
        return None
    if zlib.crc32(body, zlib.crc32(salted)) != check:
        return None
    try:
        found = _answers.decode(body[length:])
    except msgspec.DecodeError:
        return None
    return tuple([Hypothesis(target=text, score=score, truncated=cut) for text, score, cut in found])


def source_of(stored: object) -> str | None:
    """Give the source that a row's value answers, unchecked; None when it cannot be read."""
    if not isinstance(stored, bytes) or len(stored) < _HEAD.size:
        return None
    _, length = _HEAD.unpack_from(stored)
    try:
        return _requests.decode(stored[_HEAD.size : _HEAD.size + length])[1]
    except msgspec.DecodeError:
        return None
