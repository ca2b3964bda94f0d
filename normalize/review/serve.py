"""`Server`: the review page on this machine alone, with every edit saved as it is made.

Two routes need no framework: the standard library's server does, so nothing more is installed. It listens on the
loopback interface only. Whoever wants in needs the random token in the path; a page of another site, which could guess
the port, is turned away by the Host header (DNS rebinding), the Origin header, and the content type that a form cannot
send.
"""

from __future__ import annotations

import hmac
import http
import secrets
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from normalize.errors import InputError, OutputError
from normalize.review.corrections import (
    FORMAT,
    Correction,
    Corrections,
    GlossaryRow,
    merged,
    read_corrections,
    written,
)
from normalize.review.finished import CORRECTIONS
from normalize.review.render import served

__all__ = ["Server"]

_HOST = "127.0.0.1"

_LARGEST = 16 * 1024 * 1024
"""Bytes of one request's body: some ten thousand corrections at once."""

_PATIENCE = 30.0
"""Seconds that a connection may be silent."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

_STRICT = "default-src 'none'; frame-ancestors 'none'"
"""The policy of answers that are no page; the page's own stands in it, and here only framing is added to it."""


class _Change(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What the page sends: some corrections, units no longer corrected, and, where they changed, all candidates."""

    format: str
    version: int
    signature: str
    corrections: tuple[Correction, ...]
    glossary: tuple[GlossaryRow, ...] | None
    withdrawn: tuple[str, ...] = ()


class Server:
    """Serves the review page of `out`, in `with`; used once. `serve` returns when `stop` is called or at Ctrl-C.

    `save` puts bytes into a file, whole or not at all (`normalize.write.replace`).
    """

    def __init__(self, out: Path, save: Callable[[Path, bytes], object], *, port: int = 0) -> None:
        self.out = out
        self.path = out / CORRECTIONS
        """The file that is kept."""
        self.token = secrets.token_urlsafe(24)
        self.saved = 0
        """Changes saved so far."""
        self._save = save
        self._lock = threading.Lock()
        self._corrections = self._earlier()
        self.page()  # what is wrong with it should be told now
        try:
            self._server = _Loopback((_HOST, port), self)
        except OSError as error:
            advice = "give another --port, or none to take a free one"
            raise OutputError(f"port {port} cannot be used: {error.strerror}", advice=advice) from error
        self.port: int = self._server.server_address[1]

    @property
    def url(self) -> str:
        """The address of the page, token included."""
        return f"http://{_HOST}:{self.port}/{self.token}/"

    @property
    def corrections(self) -> Corrections:
        """All that is in the file now."""
        with self._lock:
            return self._corrections

    def __enter__(self) -> Self:
        """Hand itself to `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the port back."""
        self._server.server_close()

    def serve(self) -> None:
        """Answer until stopped."""
        self._server.serve_forever(poll_interval=0.2)

    def stop(self) -> None:
        """End `serve`, from another thread."""
        self._server.shutdown()

    def page(self) -> bytes:
        """Give the page as it is in `out` now, with leave to talk to this server; raises InputError."""
        path = self.out / "review.html"
        try:
            data = path.read_bytes()
        except OSError as error:
            advice = "give the folder that `normalize run` wrote"
            raise InputError(f"cannot be read ({error.strerror})", path=path, advice=advice) from error
        try:
            return served(data)
        except ValueError as error:
            raise InputError(str(error), path=path, advice="write it anew with `normalize run`") from error

    def take(self, body: bytes) -> None:
        """Put a change from the page into the file; raises DecodeError or OutputError, then nothing is kept."""
        change = msgspec.json.decode(body, type=_Change)
        if change.format != FORMAT:
            message = "not a change of corrections"
            raise msgspec.ValidationError(message)
        with self._lock:
            new = Corrections(
                format=FORMAT, version=2, signature=change.signature, corrections=change.corrections,
                glossary=change.glossary or (),
            )  # fmt: skip
            result = merged(self._corrections, new, withdrawn=change.withdrawn)
            if change.glossary is not None:
                result = msgspec.structs.replace(result, glossary=change.glossary)
            self._save(self.path, written(result))
            self._corrections = result
            self.saved += len(change.corrections) + len(change.withdrawn) + (change.glossary is not None)

    def _earlier(self) -> Corrections:
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return Corrections(format=FORMAT, version=2, signature="", corrections=())
        except OSError as error:
            raise InputError(f"cannot be read ({error.strerror})", path=self.path) from error
        return read_corrections(data, path=str(self.path))


class _Loopback(ThreadingHTTPServer):
    """A listening socket that only this machine reaches, and threads that end with the program."""

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, address: tuple[str, int], review: Server) -> None:
        self.review = review
        super().__init__(address, _Answers)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - socketserver's signature
        """Pass over connections that the browser broke off: they say nothing about the server."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Answers(BaseHTTPRequestHandler):
    """Answers one request after another on a connection."""

    protocol_version = "HTTP/1.1"
    server_version = "normalize"
    sys_version = ""
    timeout = _PATIENCE
    server: _Loopback

    def do_GET(self) -> None:
        """Give the page, or the corrections."""
        match self._route():
            case "":
                try:
                    page = self.server.review.page()
                except InputError as error:
                    self._answer(http.HTTPStatus.SERVICE_UNAVAILABLE, str(error).encode(), "text/plain; charset=utf-8")
                else:
                    self._answer(http.HTTPStatus.OK, page, "text/html; charset=utf-8", "frame-ancestors 'none'")
            case "corrections":
                self._answer(http.HTTPStatus.OK, written(self.server.review.corrections), "application/json")
            case None:
                pass
            case _:
                self._answer(http.HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Take a change."""
        route = self._route()
        if route is None:
            return
        if route != "corrections":
            self._answer(http.HTTPStatus.NOT_FOUND)
        elif self.headers.get("Origin") not in self._origins():
            self._answer(http.HTTPStatus.FORBIDDEN)
        elif self.headers.get_content_type() != "application/json":
            self._answer(http.HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        elif (size := self._size()) is None:
            self._answer(http.HTTPStatus.LENGTH_REQUIRED)
        elif size > _LARGEST:
            self._answer(http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            self._take(self.rfile.read(size))

    def _take(self, body: bytes) -> None:
        try:
            self.server.review.take(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            self._answer(http.HTTPStatus.BAD_REQUEST)
        except OutputError as error:
            self._answer(http.HTTPStatus.INSUFFICIENT_STORAGE, str(error).encode(), "text/plain; charset=utf-8")
        else:
            self._answer(http.HTTPStatus.NO_CONTENT)

    def _route(self) -> str | None:
        """Give what stands after the token in the path; None after having refused the request."""
        hosts = {origin.removeprefix("http://") for origin in self._origins()}
        origin = self.headers.get("Origin")
        if self.headers.get("Host") not in hosts or (origin is not None and origin not in self._origins()):
            self._answer(http.HTTPStatus.FORBIDDEN)
            return None
        _, token, *rest = [*self.path.split("/", 2), ""]
        if not hmac.compare_digest(token.encode(), self.server.review.token.encode()) or self.path.count("/") < 2:
            self._answer(http.HTTPStatus.NOT_FOUND)
            return None
        return rest[0]

    def _origins(self) -> set[str]:
        port = self.server.review.port
        return {f"http://{_HOST}:{port}", f"http://localhost:{port}"}

    def _size(self) -> int | None:
        length = self.headers.get("Content-Length", "")
        return int(length) if length.isascii() and length.isdigit() else None

    def _answer(
        self, status: http.HTTPStatus, body: bytes = b"", kind: str = "text/plain; charset=utf-8", policy: str = _STRICT
    ) -> None:
        if status >= http.HTTPStatus.BAD_REQUEST:
            self.close_connection = True  # a body that nobody read would be taken for the next request
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Security-Policy": policy, "Content-Type": kind}.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        if status != http.HTTPStatus.NO_CONTENT:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's signature
        """Stay quiet: the token stands in every line of a log."""
