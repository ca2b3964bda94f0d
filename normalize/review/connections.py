"""Connections of the review's server: silent ones give way to whoever has something to ask, and the end is quiet.

uvicorn bounds how many connections there are, and how long one may be silent after an answer, but not before the first
request: so a program of this machine that opens connections and says nothing would keep the reviewer out.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from typing import Final, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

__all__ = ["AT_ONCE", "Connection", "QuietServer"]

AT_ONCE: Final = 64
"""Connections: one person's browser opens six."""

_SILENCE = 10.0
"""Seconds in which a request's head must have come, from the connection's beginning or the last answer."""

_CLOSING = 5.0
"""Seconds that requests under way have at the end."""

_LAST_WORDS = 0.5
"""Seconds that they have, after these, to say that they were not finished."""

_TICK = 0.05
"""Seconds between two looks whether all is over."""


class Connection(H11Protocol):
    """One client's connection; while no request of it is under way, its place is another's who comes."""

    _since = 0.0
    """Since when it is silent, on the loop's clock."""
    _look: asyncio.TimerHandle | None = None
    """The next look whether it still is."""

    @property
    def last(self) -> RequestResponseCycle | None:
        """The last request, answered or not."""
        return cast("RequestResponseCycle | None", self.cycle)  # None before the first, whatever uvicorn's types say

    @property
    def waits(self) -> bool:
        """Whether no request is under way: none has come, or the last is answered."""
        return not self.transport.is_closing() and (self.last is None or self.last.response_complete)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Take the connection up, in the place of the one silent longest if there are too many."""
        others = [one for one in self.connections if isinstance(one, Connection) and not one.transport.is_closing()]
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(others) >= AT_ONCE and (silent := [one for one in others if one.waits]):
            # One that has asked before is rather the reviewer's browser.
            min(silent, key=lambda one: (one.last is not None, one._since)).transport.close()  # noqa: SLF001 - its own
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more: the timer would hold what is left of each connection that came and went."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Begin to count the silence anew."""
        self._since = self.loop.time()
        super().on_response_complete()

    def _watch(self) -> None:
        """Close the connection when it has been silent too long, whatever bits of a head it sends."""
        now = self.loop.time()
        if self.transport.is_closing():
            return
        if self.waits and now - self._since >= _SILENCE:
            self.transport.close()
            return
        self._look = self.loop.call_at(max(self._since, now - _SILENCE / 2) + _SILENCE, self._watch)


class QuietServer(uvicorn.Server):
    """Leaves signals to whoever has the terminal, and ends without a word.

    A signal caught here that comes too early would leave a warning; and of requests that are not over in time uvicorn
    itself would tell on standard error.
    """

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Catch nothing."""
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let requests under way finish, for a while; then end them, and all that is still open."""
        for server in self.servers:
            server.close()
        for connection in self._connections():
            connection.shutdown()
        await self._over(_CLOSING)
        for task in tuple(self.server_state.tasks):
            task.cancel()
        await self._over(_LAST_WORDS)
        for connection in self._connections():
            connection.transport.abort()
        await super().shutdown(sockets)

    def _connections(self) -> tuple[Connection, ...]:
        return cast("tuple[Connection, ...]", tuple(self.server_state.connections))

    async def _over(self, patience: float) -> None:
        """Wait until nothing is open, at most `patience` seconds."""
        loop, state = asyncio.get_running_loop(), self.server_state
        end = loop.time() + patience
        while (state.connections or state.tasks) and loop.time() < end:  # noqa: ASYNC110 - uvicorn sets no event
            await asyncio.sleep(_TICK)
