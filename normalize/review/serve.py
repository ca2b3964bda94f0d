"""`Server`: the review page on this machine alone, with every edit saved as it is made.

An ASGI application, which uvicorn serves (BSD-3; it brings h11 and click, nothing else). Its two routes stand here by
hand: what guards them - the token in the path, the Host and Origin headers, the kind and size of a body - no framework
has ready in this form, and a router for two paths would bring three more packages without sparing ten lines.

It listens on the loopback interface only. Whoever wants in needs the random token in the path; a page of another site,
which could guess the port, is turned away by the Host header (DNS rebinding), the Origin header, and the content type
that a form cannot send.
"""

from __future__ import annotations

import asyncio
import dataclasses
import hmac
import http
import os
import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
import uvicorn

from normalize.errors import InputError, OutputError
from normalize.review.connections import AT_ONCE, Connection, QuietServer
from normalize.review.corrections import Corrections, written
from normalize.review.finished import CORRECTIONS
from normalize.review.inbox import Inbox
from normalize.review.render import served

__all__ = ["Server"]

_HOST = "127.0.0.1"

_LARGEST = 16 * 1024 * 1024
"""Bytes of one request's body: some ten thousand corrections at once."""

_PATIENCE = 30.0
"""Seconds that a body may be silent."""

_LINGER = 0.25
"""Seconds that a refused request is still read."""

_HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "server": "normalize",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

_STRICT = "default-src 'none'; frame-ancestors 'none'"
"""The policy of answers that are no page; the page's own stands in it, and here only framing is added to it."""

_PLAIN, _PAGE, _JSON = "text/plain; charset=utf-8", "text/html; charset=utf-8", "application/json"

# ASGI's own names: a request, what comes of it, and what goes.
_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    status: http.HTTPStatus
    body: bytes = b""
    kind: str = _PLAIN
    policy: str = _STRICT
    more: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Further headers."""


class _RefusedError(Exception):
    """A request that is not answered as it wants."""

    def __init__(self, status: http.HTTPStatus, **more: str) -> None:
        super().__init__(status)
        self.answer = _Answer(status=status, more=more)


class Server:
    """Serves the review page of `out`, in `with`; used once. `serve` returns when `stop` is called.

    `save` puts bytes into a file, whole or not at all (`normalize.write.replace`). Raises InputError where there is no
    page of this version, and OutputError where the port is taken.
    """

    def __init__(self, out: Path, save: Callable[[Path, bytes], object], *, port: int = 0) -> None:
        self.out = out
        self.token = secrets.token_urlsafe(24)
        self._inbox = Inbox(out / CORRECTIONS, save)
        self.page()  # what is wrong with it should be told now
        try:
            self._socket = socket.create_server((_HOST, port))
        except OSError as error:
            advice = "give another --port, or none to take a free one"
            raise OutputError(f"port {port} cannot be used: {os.strerror(error.errno or 0)}", advice=advice) from error
        self.port: int = self._socket.getsockname()[1]
        self._uvicorn = QuietServer(_settings(self._application))

    @property
    def url(self) -> str:
        """The address of the page, token included."""
        return f"http://{_HOST}:{self.port}/{self.token}/"

    @property
    def path(self) -> Path:
        """The file that is kept."""
        return self._inbox.path

    @property
    def corrections(self) -> Corrections:
        """All that is in the file now."""
        return self._inbox.corrections

    def __enter__(self) -> Self:
        """Hand itself to `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the port back."""
        self._socket.close()

    def serve(self) -> None:
        """Answer until stopped; what is under way then is finished."""
        self._uvicorn.run(sockets=[self._socket])

    def stop(self) -> None:
        """End `serve`, now or before it begins; from another thread or a signal's handler."""
        self._uvicorn.should_exit = True

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

    async def _application(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        """Answer one request (ASGI 3)."""
        try:
            answer = await self._answer(scope, receive)
        except _RefusedError as refused:
            answer = refused.answer
            await _linger(receive)
        except asyncio.CancelledError:  # the end, and a body still silent: passed on, it would be told as a fault
            answer = _Answer(status=http.HTTPStatus.SERVICE_UNAVAILABLE)
        headers = {**_HEADERS, "content-security-policy": answer.policy, "content-type": answer.kind, **answer.more}
        if answer.status >= http.HTTPStatus.BAD_REQUEST:
            headers["connection"] = "close"  # a body that nobody read would be taken for the next request
        if answer.status != http.HTTPStatus.NO_CONTENT:
            headers["content-length"] = str(len(answer.body))
        told = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": int(answer.status), "headers": told})
        await send({"type": "http.response.body", "body": answer.body})

    async def _answer(self, scope: _Scope, receive: _Receive) -> _Answer:
        headers: dict[str, str] = {}
        for name, value in ((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]):
            headers[name] = f"{headers[name]}, {value}" if name in headers else value  # two Origins are none of ours
        route = self._route(scope, headers)
        match route, scope["method"]:
            case "", "GET":
                return await asyncio.to_thread(self._page)
            case "corrections", "GET":
                return _Answer(status=http.HTTPStatus.OK, body=written(self.corrections), kind=_JSON)
            case "corrections", "POST":
                self._admit(headers)
                return await asyncio.to_thread(self._take, await _body(receive))
            case "" | "corrections", _:
                raise _RefusedError(http.HTTPStatus.METHOD_NOT_ALLOWED, allow="GET, POST" if route else "GET")
            case _:
                raise _RefusedError(http.HTTPStatus.NOT_FOUND)

    def _route(self, scope: _Scope, headers: Mapping[str, str]) -> str:
        """Give what stands after the token in the path."""
        origins = self._origins()
        hosts = {origin.removeprefix("http://") for origin in origins}
        if headers.get("host") not in hosts or headers.get("origin", min(origins)) not in origins:
            raise _RefusedError(http.HTTPStatus.FORBIDDEN)
        path: str = scope["path"]
        token, slash, route = path.removeprefix("/").partition("/")
        if not hmac.compare_digest(token.encode(), self.token.encode()) or not slash or scope["query_string"]:
            raise _RefusedError(http.HTTPStatus.NOT_FOUND)
        return route

    def _admit(self, headers: Mapping[str, str]) -> None:
        """Refuse a change that does not come from the page, or is too large."""
        if "origin" not in headers:
            raise _RefusedError(http.HTTPStatus.FORBIDDEN)
        if headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
            raise _RefusedError(http.HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        if int(headers.get("content-length", "0")) > _LARGEST:  # the server lets nothing but digits through
            raise _RefusedError(http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def _page(self) -> _Answer:
        try:
            return _Answer(status=http.HTTPStatus.OK, body=self.page(), kind=_PAGE, policy="frame-ancestors 'none'")
        except InputError as error:
            return _Answer(status=http.HTTPStatus.SERVICE_UNAVAILABLE, body=str(error).encode())

    def _take(self, body: bytes) -> _Answer:
        try:
            self._inbox.take(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return _Answer(status=http.HTTPStatus.BAD_REQUEST)
        except OutputError as error:
            return _Answer(status=http.HTTPStatus.INSUFFICIENT_STORAGE, body=str(error).encode())
        return _Answer(status=http.HTTPStatus.NO_CONTENT)

    def _origins(self) -> set[str]:
        return {f"http://{_HOST}:{self.port}", f"http://localhost:{self.port}"}


async def _body(receive: _Receive) -> bytes:
    """Read a body; what is too large, too slow or broken off is refused."""
    parts, size = list[bytes](), 0
    while True:
        try:
            message = await asyncio.wait_for(receive(), _PATIENCE)
        except TimeoutError as error:
            raise _RefusedError(http.HTTPStatus.REQUEST_TIMEOUT) from error
        if message["type"] != "http.request":  # gone: nobody hears the answer
            raise _RefusedError(http.HTTPStatus.BAD_REQUEST)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > _LARGEST:
            raise _RefusedError(http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if not message.get("more_body", False):
            return b"".join(parts)


async def _linger(receive: _Receive) -> None:
    """Read for a moment what is not wanted: closed upon a client that still sends, it would never see the answer."""
    size = 0
    try:
        async with asyncio.timeout(_LINGER):
            while size <= _LARGEST:
                message = await receive()
                size += len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
    except TimeoutError:
        return


def _settings(application: Callable[[_Scope, _Receive, _Send], Awaitable[None]]) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        interface="asgi3", loop="asyncio", http=Connection, ws="none", lifespan="off",  # nothing is looked for
        proxy_headers=False, server_header=False, date_header=False,
        log_config=None, log_level="error", access_log=False,  # quiet: the token stands in every line of a log
        limit_concurrency=2 * AT_ONCE,  # reached only where all have a request under way
    )  # fmt: skip
