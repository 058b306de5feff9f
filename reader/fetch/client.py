"""The fetcher: one visit is a request, its redirects, and a body within limits."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from reader.config import Fetch
from reader.fetch import body, guard, headers, words
from reader.fetch.manners import Turns
from reader.fetch.resolver import Resolver
from reader.fetch.target import Target, redirected, target
from reader.fetch.words import FetchError
from reader.records import dataclass
from reader.text import one_line

if TYPE_CHECKING:
    import httpx

    from reader.fetch.wire import Wire

REDIRECTS_MAX = 10
"""Redirects followed: browsers stop at 20, honest feeds need 3."""

PERMANENT = (301, 308)
REDIRECTS = (*PERMANENT, 302, 303, 307)
WITH_DOCUMENT = (200, 203)
UNCHANGED = 304
GONE = 410
BUSY = (429, 503)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server sent."""

    status: int
    address: str  # where the document was found in the end
    moved: str = ""  # where it has moved for good, "" when it has not
    body: bytes = b""
    content_type: str = ""
    etag: str = ""  # validators for the next time, "" when there is none worth keeping
    modified: str = ""
    unchanged: bool = False  # 304: what came with these validators still holds
    fresh: datetime | None = None  # until when the server says that it need not be asked again


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visit:
    """What is asked, and how it goes on from hop to hop."""

    target: Target
    login: str  # an Authorization header for the target's origin
    more: tuple[tuple[str, str], ...]  # headers for the target's origin
    etag: str
    modified: str
    accept: str
    limit: int  # bytes
    private_ok: bool
    kinds: tuple[str, ...] = ()  # how the types that are wanted begin, () for any
    moved: str = ""
    moving: bool = True  # whether all redirects so far were permanent
    seen: tuple[str, ...] = ()


class _Deadline:
    """Seconds that are left for a visit; waiting for one's turn does not count."""

    def __init__(self, seconds: float) -> None:
        self._whole = self._left = seconds

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Let the time run; raises FetchError when it is over."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._left) as limit:
                yield
        except TimeoutError:
            if limit.expired():
                raise FetchError(f"the answer took longer than {self._whole:g} s: try again later") from None
            raise
        finally:
            self._left -= time.monotonic() - began


class Fetcher:
    """Fetches addresses; an async context manager. One of it serves a whole refresh."""

    def __init__(self, config: Fetch, *, turns: Turns | None = None) -> None:
        self.turns = turns or Turns(config.connections, config.per_host, config.spacing)
        self._config = config
        self._public = guard.exceptions(os.environ)
        self._resolve = Resolver()
        self._opened: Wire | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resolve.close()
        if self._opened:
            await self._opened.close()

    async def get(
        self,
        url: str,
        *,
        etag: str = "",
        modified: str = "",
        private_ok: bool,
        accept: str = headers.ACCEPT,
        limit: int | None = None,
        login: str = "",
        more: tuple[tuple[str, str], ...] = (),
        kinds: tuple[str, ...] = (),
        seconds: float | None = None,
    ) -> Fetched:
        """Return what is at an address, or that it has not changed; raises FetchError in words.

        `private_ok` is for addresses that the user typed: they may lie on this machine or in a private
        network, and lead on within it (the config may allow that to all). `limit` is in bytes. `login`
        (an Authorization header, in place of one within the address) and `more` headers go to the
        address's own origin only. With `kinds` a document whose type begins with none of them (and is
        stated) is not read; `seconds` is for all of it, else the config's.
        """
        first = target(url)
        visit = _Visit(
            target=first,
            login=login or first.login,
            more=more,
            etag=etag,
            modified=modified,
            accept=accept,
            limit=self._config.max_bytes if limit is None else limit,
            private_ok=private_ok or self._config.private,
            kinds=kinds,
        )
        deadline = _Deadline(self._config.timeout if seconds is None else seconds)
        for _ in range(REDIRECTS_MAX + 1):
            try:
                answer = await self._hop(visit, deadline)
            except FetchError:
                raise
            except Exception as error:  # httpx has errors that are no HTTPError
                raise FetchError(words.failure(error, visit.target.host)) from error
            if isinstance(answer, Fetched):
                return answer
            visit = answer
        raise FetchError(f"the address redirects more than {REDIRECTS_MAX} times: check it")

    async def _hop(self, visit: _Visit, deadline: _Deadline) -> Fetched | _Visit:
        """Make one request; return the document, or the visit that a redirect leads to.

        A redirect is part of the same visit: it does not wait for the pause between two visits to a host.
        """
        async with self._resolve.slots, deadline.running():
            addresses, public = await self._reachable(visit)
        near = any(map(guard.is_local, addresses))
        turn = self.turns.take(visit.target.named, spaced=not (near or visit.seen), near=near)
        async with turn, deadline.running():
            response = await self._wire.open(
                visit.target,
                addresses,
                headers.request(
                    visit.target.named,
                    self._config.agent,
                    accept=visit.accept,
                    etag=visit.etag,
                    modified=visit.modified,
                    login=visit.login,
                    more=visit.more,
                ),
                connect=self._config.connect,
                read=self._config.read,
            )
            inward = self._config.private or (visit.private_ok and not public)
            try:
                return await self._answer(replace(visit, private_ok=inward), response)
            finally:
                await response.aclose()

    async def _reachable(self, visit: _Visit) -> tuple[tuple[str, ...], bool]:
        """Return the addresses to connect to (none: a proxy does it), and whether the host is public."""
        goal = visit.target
        proxied = self._wire.proxy(goal)
        if proxied and not guard.is_literal(goal.host):  # this machine may not even know the name
            return (), guard.proxied(goal.host, private_ok=visit.private_ok)
        known = await self._resolve(goal.host, goal.port)
        addresses, public = guard.approved(
            known, goal.host, goal.port, private_ok=visit.private_ok, public=self._public
        )
        return (() if proxied else addresses), public

    async def _answer(self, visit: _Visit, response: httpx.Response) -> Fetched | _Visit:
        """Decide what a response means, in this order: redirect, unchanged, failure, too large, document."""
        status, said = response.status_code, response.headers
        if status in REDIRECTS:
            return _onward(visit, status, said.get("location", ""))
        found = Fetched(
            status=status,
            address=visit.target.url,
            moved=visit.moved,
            etag=headers.validator(said.raw, b"etag", headers.ETAG_MAX),
            modified=headers.validator(said.raw, b"last-modified", headers.MODIFIED_MAX),
            fresh=headers.fresh_until(said, datetime.now(UTC)),
        )
        if status == UNCHANGED and (visit.etag or visit.modified):
            return replace(
                found,
                unchanged=True,
                etag=found.etag or visit.etag,
                modified=found.modified or visit.modified,
            )
        if status not in WITH_DOCUMENT:
            wait = headers.retry_after(said.get("retry-after", ""), datetime.now(UTC))
            if wait and status in BUSY:
                self.turns.not_before(visit.target.named, wait)
            raise FetchError(words.status(status), status=status, gone=status == GONE, retry_after=wait)
        body.check_length(said.get("content-length", ""), visit.limit)
        content_type = one_line(said.get("content-type", ""), headers.TYPE_MAX)
        if content_type and visit.kinds and not content_type.lower().startswith(visit.kinds):
            raise FetchError(f"there is something else here ({content_type[:60]}): see it in the browser")
        document = await body.read(response.aiter_raw(), said.get("content-encoding", ""), visit.limit)
        return replace(found, body=document, content_type=content_type)

    @property
    def _wire(self) -> Wire:
        if self._opened is None:
            # httpx's command line would bring click and rich: a fifth of what a refresh without news costs.
            # None stands for a module that is not installed, which httpx is prepared for.
            sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
            from reader.fetch.wire import Wire

            self._opened = Wire(self._config.connections)
        return self._opened


def _onward(visit: _Visit, status: int, location: str) -> _Visit:
    """Return the visit that a redirect leads to; raises FetchError where newsread does not follow."""
    here = visit.target
    goal = redirected(here, location)
    seen = (*visit.seen, here.url)
    if goal.url in seen:
        raise FetchError("the address redirects in a circle: check it")
    moving = visit.moving and status in PERMANENT
    return replace(
        visit,
        target=goal,
        login=visit.login if goal.origin == here.origin else "",
        more=visit.more if goal.origin == here.origin else (),
        moved=goal.url if moving else visit.moved,
        moving=moving,
        seen=seen,
    )
