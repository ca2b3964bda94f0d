"""The Argos package index: the only thing here that asks the network, and only when the user says so."""

from __future__ import annotations

import contextlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec
import regex

from normalize.errors import LanguageError, OutputError, PackageError, UsageError
from normalize.language import canonical, to_argos
from normalize.language import name as language_name
from normalize.translate.package import Metadata

__all__ = ["Progress", "download", "fetch", "find"]

Progress = Callable[[int, int | None], None]
"""Told the bytes that have come and, where the server says it, how many there will be."""

TIMEOUT = 30.0
"""Seconds without a byte."""
LONGEST_INDEX = 16 * 1024**2
LARGEST_PACKAGE = 2 * 1024**3
_CHUNK = 1024**2

_FETCHING_FAILS = (OSError, http.client.HTTPException, ValueError)
"""What a fetch can fail with: URLError and timeouts are OSErrors, bad addresses ValueErrors."""

_PAIR = regex.compile(r"(?:translate-)?(?P<source>[A-Za-z]{2,3})(?P<mark>[_-])(?P<target>[A-Za-z]{2,3})")


def fetch(address: str) -> list[Metadata]:
    """Read the translation packages an index offers; PackageError when it cannot be reached or read.

    `address` is that of the index's folder, as Argos configures it, or of the JSON file itself.
    """
    if not address.endswith(".json"):
        address = f"{address.rstrip('/')}/index.json"
    with _open(address) as (stream, _):
        data = b"".join(_chunks(stream, LONGEST_INDEX, address))
    try:
        entries = msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PackageError(f"the package index cannot be read ({error})", path=address) from error
    return [entry for entry in map(_entry, entries) if entry is not None and entry.type == "translate"]


def find(entries: Sequence[Metadata], wanted: str, *, target: str = "en") -> Metadata:
    """Choose the newest package for `wanted`: a language (then into `target`), or a pair as Argos writes it.

    UsageError when `wanted` is neither, LanguageError when the index has no such package.

    >>> offered = [Metadata(from_code="id", to_code="en", package_version=version) for version in ("1.9", "1.10")]
    >>> find(offered, "id").package_version, find(offered, "translate-id_en").folder
    ('1.10', 'translate-id_en-1_10')
    """
    pairs = list(_pairs(wanted, target))
    for source, into in pairs:
        matching = [one for one in entries if (one.from_code, one.to_code) == (to_argos(source), to_argos(into))]
        if matching:
            return max(matching, key=lambda one: one.order)
    source, into = pairs[-1]
    raise LanguageError(
        f"the package index has none from {language_name(source)} to {language_name(into)}",
        advice="install an .argosmodel file of your own: `normalize models install FILE`",
    )


def _pairs(wanted: str, target: str) -> Iterator[tuple[str, str]]:
    """Read what a user may call a package. `pt-br` can be a pair or a language: then both are tried."""
    match = _PAIR.fullmatch(wanted.strip())
    if match is None:
        yield canonical(wanted), target
        return
    problem: UsageError | None = None
    try:
        yield canonical(match["source"]), canonical(match["target"])
    except UsageError as error:
        problem = error
    if match["mark"] == "-" and not wanted.startswith("translate-"):
        yield canonical(wanted), target
    elif problem is not None:
        raise problem


def download(package: Metadata, path: Path, progress: Progress | None = None) -> None:
    """Fetch a package to the file `path`, from the first of its links that answers.

    PackageError when none does; the file may then be there in part.
    """
    links = [link for link in package.links if link.startswith(("http://", "https://"))]
    failure = PackageError("the package index gives no http address for it", path=package.folder)
    for link in links:
        try:
            with _open(link) as (stream, expected), path.open("wb") as file:
                come = 0
                for chunk in _chunks(stream, LARGEST_PACKAGE, link):
                    _write(file, chunk, path)
                    come += len(chunk)
                    if progress is not None:
                        progress(come, expected)
        except PackageError as error:
            failure = error
        else:
            return
    raise failure


def _write(file: BinaryIO, chunk: bytes, path: Path) -> None:
    """Write to a file, telling its failures (a full disk) from those of the network."""
    try:
        file.write(chunk)
    except OSError as error:
        raise OutputError(f"the download cannot be written ({error.strerror})", path=path) from error


def _entry(data: msgspec.Raw) -> Metadata | None:
    """Read one entry of the index; entries of another shape are not for us."""
    try:
        return msgspec.json.decode(data, type=Metadata)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


@contextlib.contextmanager
def _open(address: str) -> Iterator[tuple[http.client.HTTPResponse, int | None]]:
    """Open an http address, and give the answer with the length it announces; PackageError for whatever goes wrong."""
    if not address.lower().startswith(("http://", "https://")):
        raise PackageError("is no http address", path=address, advice="set ARGOS_PACKAGE_INDEX to one")
    # Not urllib's default opener, which would follow a redirection to ftp.
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(), urllib.request.HTTPHandler(), urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(), urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(), urllib.request.UnknownHandler(),
    ):  # fmt: skip
        opener.add_handler(handler)
    try:
        request = urllib.request.Request(address, headers={"User-Agent": "normalize"})  # noqa: S310 - checked above
        with opener.open(request, timeout=TIMEOUT) as answer:
            length = answer.headers.get("Content-Length", "")
            yield answer, int(length) if length.isascii() and length.isdigit() else None
    except _FETCHING_FAILS as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()  # it holds the answer's socket
        reason = getattr(error, "reason", None) or error
        advice = "it needs the network; or install a file: `normalize models install FILE`"
        raise PackageError(f"cannot be fetched ({reason})", path=address, advice=advice) from error


def _chunks(stream: http.client.HTTPResponse, limit: int, address: str) -> Iterator[bytes]:
    """Read an answer to its end; PackageError when it is longer than `limit` bytes."""
    come = 0
    while chunk := stream.read(_CHUNK):
        come += len(chunk)
        if come > limit:
            raise PackageError(f"sends more than {limit:,} bytes", path=address)
        yield chunk
