"""Looking names up in many threads of our own, none of which can hold up the end of the program."""

from __future__ import annotations

import asyncio
import queue
import socket
import threading
import time
from collections.abc import Iterable
from itertools import zip_longest

from reader.fetch.guard import is_literal

THREADS = 48
"""Look-ups at once: with 50 ms of DNS a host, 500 hosts take 4.2 s with asyncio's pool, 1.4 s with 64."""
ADDRESSES_MAX = 4
"""Addresses of a host that are tried, one after the other."""
KEPT = 60.0
"""Seconds for which an answer serves the other feeds of a host; a refresh lasts about that long."""

Addresses = tuple[str, ...]
_Job = tuple[asyncio.AbstractEventLoop, "asyncio.Future[Addresses]", str, int]


class Resolver:
    """Host names -> IP addresses.

    Why not the loop's executor: a look-up cannot be cancelled, and the threads of an executor are waited for
    when the program ends, so that Ctrl+C would hang as long as a dead name server does.
    """

    def __init__(self, threads: int = THREADS) -> None:
        self.slots = asyncio.Semaphore(threads)
        """To be held while asking, so that waiting for a thread counts against nobody's deadline."""
        self._limit = threads
        self._threads = 0
        self._pending = 0
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._known: dict[tuple[str, int], tuple[float, Addresses]] = {}

    async def __call__(self, host: str, port: int) -> Addresses:
        """Return the addresses of a host in the order of preference; raises OSError."""
        if is_literal(host):
            return (host,)
        kept_until, addresses = self._known.get((host, port), (0.0, ()))
        if kept_until > time.monotonic():
            return addresses
        addresses = await self._look_up(host, port)
        self._known[host, port] = (time.monotonic() + KEPT, addresses)
        return addresses

    def close(self) -> None:
        """Let the threads end when they have done what they are at."""
        for _ in range(self._threads):
            self._jobs.put(None)
        self._threads = 0

    async def _look_up(self, host: str, port: int) -> Addresses:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Addresses] = loop.create_future()
        self._pending += 1
        if self._threads < min(self._pending, self._limit):
            threading.Thread(target=_work, args=(self._jobs,), name="resolver", daemon=True).start()
            self._threads += 1
        self._jobs.put((loop, future, host, port))
        try:
            return await future
        finally:
            self._pending -= 1


def mixed(addresses: Iterable[str]) -> Addresses:
    """Return the addresses to try: the two IP versions in turn, beginning with the system's preference.

    Addresses with a zone (`fe80::1%eth0`) are left out: they fit into no URL.
    """
    known = dict.fromkeys(address for address in addresses if "%" not in address)
    first = [address for address in known if (":" in address) == (":" in next(iter(known)))]
    second = [address for address in known if address not in first]
    turns = [address for pair in zip_longest(first, second) for address in pair if address]
    return tuple(turns[:ADDRESSES_MAX])


def _work(jobs: queue.SimpleQueue[_Job | None]) -> None:
    while job := jobs.get():
        loop, future, host, port = job
        found: Addresses | OSError
        try:
            infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found = mixed([str(info[4][0]) for info in infos])
        except OSError as error:
            found = error
        except UnicodeError:  # a label that is too long for DNS
            found = socket.gaierror(socket.EAI_NONAME, "no such host")
        try:
            loop.call_soon_threadsafe(_settle, future, found)
        except RuntimeError:  # the loop has ended meanwhile: nobody waits any more
            return


def _settle(future: asyncio.Future[Addresses], found: Addresses | OSError) -> None:
    if future.done():
        return
    if isinstance(found, OSError):
        future.set_exception(found)
    else:
        future.set_result(found)
