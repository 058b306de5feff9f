"""The pipeline of a refresh.

    feeds | chosen    those that are due, or all (schedule)
          | fetched   many at once: a conditional GET, or a look at a local file
          | parsed    one after the other in the sandbox's process, unless the body is the one of last time
          | stored    in one transaction for a batch: articles, topics, index, and the validators with them
          | yielded   a Refreshed for each feed as soon as it is stored

Every feed ends in exactly one outcome, whatever happens to it. Stopping (closing the generator) drops what
is not stored yet, and keeps every batch whole.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from reader.config import Access, Config
from reader.config.secrets import Logins
from reader.fetch import Fetched, Fetcher, FetchError
from reader.model import Feed, ParsedFeed, Refreshed
from reader.refresh import schedule, slicing
from reader.refresh.storing import Outcome, Writer
from reader.sandbox import Sandbox, StoppedError
from reader.store import Store
from reader.text import NewsreadError

T = TypeVar("T")
ANY = Access()

HELD_MAX = 32 * 1024 * 1024
"""Bytes of bodies waiting for the parser above which no request is begun: some 200 usual feeds."""
DIGEST_SIZE = 16
"""Bytes: enough that no two bodies of one feed ever share a digest by chance."""
GRACE = 0.3
"""Seconds to wait at the end for a parser that is still at work; it is killed by its own limit then."""


def digest(body: bytes) -> bytes:
    """Return what tells one body from another."""
    return hashlib.blake2b(body, digest_size=DIGEST_SIZE).digest()


async def run(
    store: Store, feeds: Sequence[Feed], config: Config, *, force: bool = False
) -> AsyncGenerator[Refreshed, None]:
    """Bring feeds up to date: those of them that are due, or all with `force`.

    Yields a Refreshed for each feed as soon as it is stored. Raises StoreError when the library cannot be
    written at all; whatever else goes wrong with a feed is told in its Refreshed.
    """
    chosen = schedule.chosen(feeds, datetime.now(UTC), force=force)
    if not chosen:
        return
    pipeline = _Pipeline(Writer(store, config), config)
    work = asyncio.create_task(pipeline.work(chosen, force=force))
    try:
        while (result := await pipeline.results.get()) is not None:
            yield result
        await work
    finally:
        work.cancel()
        await pipeline.close()
        await asyncio.wait([work])


def _left_alone(until: datetime) -> str:
    return f"the server asked newsread not to come before {until.astimezone():%d %B, %H:%M}; it waits"


class _Pipeline:
    """The stages, and what flows between them."""

    def __init__(self, writer: Writer, config: Config) -> None:
        self.results: asyncio.Queue[Refreshed | None] = asyncio.Queue()
        self._outcomes: asyncio.Queue[Outcome] = asyncio.Queue()
        self._config = config
        self._writer = writer
        self._fetcher = Fetcher(config.fetch)
        self._sandbox = Sandbox()
        self._parser = ThreadPoolExecutor(1, "parser")
        self._held = 0
        self._logins = Logins()

    async def work(self, feeds: Sequence[Feed], *, force: bool) -> None:
        """Bring all feeds in; a None among the results says that it is over."""
        async with self._fetcher:
            tasks: list[asyncio.Task[None]] = []
            try:
                ours = {feed.id: feed for feed in await self._writer.claim(feeds, force=force)}
                now = datetime.now(UTC)
                for feed in feeds:
                    if feed.id in ours:
                        tasks.append(asyncio.create_task(self._bring(ours[feed.id])))
                    else:
                        self._outcomes.put_nowait(Outcome(feed, now, busy=True))
                await self._writer.write(self._outcomes, self.results, len(feeds))
            finally:
                for task in tasks:
                    task.cancel()
                if tasks:
                    await asyncio.wait(tasks)
                self.results.put_nowait(None)

    async def close(self) -> None:
        """End everything; the batch that is being written is finished."""
        self._parser.shutdown(wait=False, cancel_futures=True)
        await self._writer.close()
        closing = threading.Thread(target=self._sandbox.close, daemon=True)  # waits for a parse under way
        closing.start()
        closing.join(GRACE)

    async def _bring(self, feed: Feed) -> None:
        """Take one feed through fetching and parsing to its outcome."""
        now = datetime.now(UTC)
        if until := schedule.waits(feed, now):
            self._outcomes.put_nowait(Outcome(feed, now, error=_left_alone(until), left=True))
            return
        try:
            outcome = await (self._read(feed) if schedule.is_file(feed) else self._fetch(feed))
        except FetchError as error:
            outcome = Outcome(feed, now, error=str(error), gone=error.gone, asked=error.retry_after)
        except NewsreadError as error:
            outcome = Outcome(feed, now, error=str(error), stopped=isinstance(error, StoppedError))
        except Exception as error:
            outcome = Outcome(feed, now, error=f"newsread failed at this feed ({type(error).__name__})")
        self._outcomes.put_nowait(outcome)

    async def _fetch(self, feed: Feed) -> Outcome:
        etag, modified = schedule.validators(feed, datetime.now(UTC))
        access = self._config.feeds.get(feed.url, ANY)
        fetched = await self._fetcher.get(
            feed.url,
            etag=etag,
            modified=modified,
            private_ok=feed.local,
            login=await self._logins.of(access),
            more=access.headers,
        )
        now = datetime.now(UTC)
        seen = feed.digest if fetched.unchanged else digest(fetched.body)
        read = None if seen == feed.digest else await self._parse(feed, fetched)
        return Outcome(
            feed,
            now,
            read.parsed if read else None,
            read=read,
            etag=fetched.etag,
            modified=fetched.modified,
            digest=seen,
            size=None if fetched.unchanged else len(fetched.body),
            moved=fetched.moved,
            fresh=fetched.fresh,
        )

    async def _parse(self, feed: Feed, fetched: Fetched) -> slicing.Read:
        """Parse a body in its turn; while too many wait for theirs, no request is begun."""
        address, content_type, limit = fetched.address, fetched.content_type, self._config.fetch.max_items
        before = None if schedule.anew(feed, datetime.now(UTC)) else self._writer.document(feed)
        size = len(fetched.body)

        def parse(body: bytes, marks: int) -> ParsedFeed:
            return self._sandbox.feed(
                body, address=address, content_type=content_type, limit=limit, marks=marks
            )

        self._hold(size)
        try:
            return await self._parser_calls(lambda: slicing.read(fetched.body, before, parse))
        finally:
            self._hold(-size)

    async def _read(self, feed: Feed) -> Outcome:
        """Look at a subscribed file or folder, read it when it has changed."""
        from reader import local  # 20 ms that most refreshes do without

        path = Path(feed.url)
        stamp = await self._parser_calls(lambda: digest(local.stamp(path)))
        changed = stamp != feed.digest
        limit = self._config.fetch.max_items
        parsed = await self._parser_calls(lambda: local.load(path, self._sandbox, limit)) if changed else None
        return Outcome(feed, datetime.now(UTC), parsed, digest=stamp, size=0)

    async def _parser_calls(self, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._parser, call)

    def _hold(self, size: int) -> None:
        self._held += size
        if self._held > HELD_MAX:
            self._fetcher.turns.open.clear()
        else:
            self._fetcher.turns.open.set()
