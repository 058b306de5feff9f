"""Whose turn it is: so many connections in all, so many to one host, a pause between two visits to it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from reader.fetch.words import FetchError

NEAR = 16
"""Connections to a host in the user's own machine or network: no stranger, but maybe a small one."""


class _Host:
    """What is going on with one host."""

    def __init__(self, per_host: int) -> None:
        self.connections = asyncio.Semaphore(per_host)
        self.free_at = 0.0  # when the next visit may begin, on the clock of Turns


class Turns:
    """Hands out turns to visit hosts. `spacing` is in seconds; `clock` and `sleep` are for the tests."""

    def __init__(
        self,
        connections: int,
        per_host: int,
        spacing: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.open = asyncio.Event()
        """Cleared by whoever cannot keep up with what comes in: no turn begins until it is set again."""
        self.open.set()
        self._connections = asyncio.Semaphore(connections)
        self._per_host = per_host
        self._spacing = spacing
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._waiting: dict[str, datetime] = {}

    @asynccontextmanager
    async def take(self, host: str, *, spaced: bool, near: bool = False) -> AsyncIterator[None]:
        """Wait for a turn with a host and hold it.

        `spaced` keeps the pause since the visit before; `near` is the user's own machine or network.

        A connection is only taken when the pause is over, so that a busy host never holds up the others.
        Raises FetchError when the host has asked to be left alone for a while.
        """
        if host not in self._hosts:
            self._hosts[host] = _Host(max(self._per_host, NEAR) if near else self._per_host)
        its = self._hosts[host]
        self._check(host)
        async with its.connections:
            while True:
                await self.open.wait()
                self._check(host)
                if spaced and (pause := its.free_at - self._clock()) > 0:
                    await self._sleep(pause)
                    continue
                await self._connections.acquire()
                if not spaced or its.free_at <= self._clock():
                    break
                self._connections.release()
            its.free_at = self._clock() + self._spacing
            try:
                yield
            finally:
                self._connections.release()

    def not_before(self, host: str, when: datetime) -> None:
        """Note that a host does not want to be asked before a time."""
        self._waiting[host] = max(when, self._waiting.get(host, when))

    def _check(self, host: str) -> None:
        until = self._waiting.get(host)
        if until and until > datetime.now(UTC):
            raise FetchError(
                "the server asked newsread to wait, and newsread does: it asks again later", retry_after=until
            )
