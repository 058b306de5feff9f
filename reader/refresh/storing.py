"""The last stage: outcomes into the library, a batch in one transaction, in one thread."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from reader.config import Config
from reader.model import Feed, ParsedFeed, Refreshed
from reader.refresh import schedule
from reader.store import Store
from reader.text import NewsreadError

BATCH_SECONDS = 0.25
"""How long a batch waits for more: the desk shows new articles twice a second at most."""
BATCH_FEEDS = 64
BATCH_ENTRIES = 500
"""What makes a batch full; stopping waits for the feed at hand, other writers for the batch."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a feed before it is stored."""

    feed: Feed
    now: datetime
    parsed: ParsedFeed | None = None  # None: nothing new, or a failure
    etag: str = ""
    modified: str = ""
    digest: bytes = b""
    error: str = ""
    gone: bool = False  # the server says for good
    asked: datetime | None = None  # before which the server does not want to be asked
    stopped: bool = False  # the parser had to be killed

    @property
    def entries(self) -> int:
        """How much there is to store."""
        return len(self.parsed.entries) if self.parsed else 0


class Writer:
    """Writes outcomes; all its SQLite work is done in one thread."""

    def __init__(self, store: Store, config: Config) -> None:
        self._store = store
        self._rules = config.topics
        self._interval = timedelta(minutes=config.refresh.interval)
        self._stopping = threading.Event()
        self._thread = ThreadPoolExecutor(1, "library")

    async def write(
        self, outcomes: asyncio.Queue[Outcome], results: asyncio.Queue[Refreshed | None], total: int
    ) -> None:
        """Store `total` outcomes as they come, tell of each when its batch is stored. Raises StoreError."""
        loop = asyncio.get_running_loop()
        done = 0
        while done < total:
            batch = await _gathered(outcomes, total - done)
            for result in await loop.run_in_executor(self._thread, self._batch, batch):
                done += 1
                results.put_nowait(replace(result, done=done, total=total))

    async def close(self) -> None:
        """End after the feed at hand; what is stored of its batch stays."""
        self._stopping.set()
        await asyncio.get_running_loop().run_in_executor(None, self._thread.shutdown)

    def _batch(self, batch: Sequence[Outcome]) -> list[Refreshed]:
        try:
            with self._store.transaction(durable=False):
                return [self._one(outcome) for outcome in batch if not self._stopping.is_set()]
        except Exception:  # one of them has spoilt the transaction: each in its own shows which
            return [self._alone(outcome) for outcome in batch if not self._stopping.is_set()]

    def _alone(self, outcome: Outcome) -> Refreshed:
        try:
            with self._store.transaction(durable=False):
                return self._one(outcome)
        except NewsreadError as error:
            words = str(error)
        except Exception as error:
            words = f"newsread failed to store this feed ({type(error).__name__})"
        with self._store.transaction(durable=False):
            return self._one(replace(outcome, error=words))

    def _one(self, outcome: Outcome) -> Refreshed:
        """Store one outcome within a transaction: articles, validators and schedule together."""
        feed, parsed, feeds = outcome.feed, outcome.parsed, self._store.feeds
        result = Refreshed(feed=feed.id, title=feed.title or feed.url, url=feed.url)
        if feeds.get(feed.id) is None:
            return replace(result, error="the feed was removed meanwhile")
        if outcome.error:
            feeds.failed(feed.id, outcome.error, self._again(outcome), outcome.now)
            if outcome.gone:
                feeds.pause(feed.id)
            return replace(result, error=outcome.error)
        if parsed:
            from reader import library  # the engines: 25 ms that a refresh without news saves

            saved = library.ingest(self._store, feed, parsed, rules=self._rules, now=outcome.now)
            result = replace(result, new=len(saved.new), updated=len(saved.updated))
            if feed.title in ("", feed.url) and parsed.title:  # its first time
                result = replace(result, title=parsed.title)
        # A permanent redirect is followed each time but not kept: one is not enough to trust it for ever.
        feeds.succeeded(
            feed.id,
            etag=outcome.etag,
            modified=outcome.modified,
            digest=outcome.digest,
            title=parsed.title if parsed else "",
            site=parsed.site if parsed else "",
            due=schedule.after_success(outcome.now, self._interval, random.random()),  # noqa: S311 (no secret)
            now=outcome.now,
        )
        return replace(result, unchanged=parsed is None)

    def _again(self, outcome: Outcome) -> datetime:
        """Return when to try a failed feed again."""
        return schedule.after_failure(
            outcome.feed.failures + 1,
            outcome.now,
            random.random(),  # noqa: S311 (no secret)
            asked=outcome.asked,
            stopped=outcome.stopped,
        )


async def _gathered(outcomes: asyncio.Queue[Outcome], most: int) -> list[Outcome]:
    """Return the next outcomes, at least one: until time is up, the batch is full, or all are there."""
    batch = [await outcomes.get()]
    until = asyncio.get_running_loop().time() + BATCH_SECONDS
    try:
        async with asyncio.timeout_at(until):
            while len(batch) < min(most, BATCH_FEEDS) and sum(one.entries for one in batch) < BATCH_ENTRIES:
                batch.append(await outcomes.get())
    except TimeoutError:
        pass
    return batch
