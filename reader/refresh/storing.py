"""The last stage: outcomes into the library, a batch in one transaction, in one thread."""

from __future__ import annotations

import asyncio
import os
import random
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from reader.config import Config
from reader.model import Feed, ParsedFeed, Refreshed
from reader.records import dataclass
from reader.refresh import schedule
from reader.refresh.slicing import Read
from reader.store import Store
from reader.store.slices import Document, unpacked
from reader.text import NewsreadError

BATCH_SECONDS = 0.25
"""How long a batch waits for more: the desk shows new articles twice a second at most."""
BATCH_FEEDS = 64
BATCH_ENTRIES = 500
"""What makes a batch full; stopping waits for the feed at hand, other writers for the batch."""
RETIRED = "newsread asks there no more: the feed is paused"
"""What is added to the failure of a feed whose server says that it is gone for good."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a feed before it is stored."""

    feed: Feed
    now: datetime
    parsed: ParsedFeed | None = None  # None: nothing new, or a failure
    read: Read | None = None  # what the items of a fetched document are known by
    etag: str = ""
    modified: str = ""
    digest: bytes = b""
    size: int | None = None  # bytes of the document that came, None: none did (304)
    error: str = ""
    moved: str = ""  # where a permanent redirect has led
    fresh: datetime | None = None  # until when the server says that nothing new comes
    gone: bool = False  # the server says for good
    asked: datetime | None = None  # before which the server does not want to be asked
    stopped: bool = False  # the parser had to be killed
    left: bool = False  # not fetched: its server wants to be left alone (`error` says so)
    busy: bool = False  # not fetched: another refresh is at it

    @property
    def entries(self) -> int:
        """How much there is to store."""
        return len(self.parsed.entries) if self.parsed else 0


class Writer:
    """Writes outcomes; all its SQLite work is done in one thread."""

    def __init__(self, store: Store, config: Config) -> None:
        self._store = store
        self._rules = config.topics
        self._refresh = config.refresh
        self._feeds = config.feeds
        self._holder = f"{os.getpid()}:{id(self)}"
        self._documents: dict[int, tuple[bytes, bytes]] = {}
        self._stopping = threading.Event()
        self._brought: list[int] = []  # articles of the batch at hand
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

    async def claim(self, feeds: Sequence[Feed], *, force: bool) -> list[Feed]:
        """Return those of the feeds that no other refresh is at, or has just been at, as they are now."""
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, lambda: self._claim(feeds, force=force)
        )

    def _claim(self, feeds: Sequence[Feed], *, force: bool) -> list[Feed]:
        now = datetime.now(UTC)
        got = self._store.claims.take((feed.id for feed in feeds), self._holder, now, _lives)
        self._documents = self._store.slices.documents(got)
        known = {feed.id: feed for feed in self._store.feeds.all()}
        found = [known.get(feed.id, feed) for feed in feeds if feed.id in got]
        return [feed for feed in found if force or schedule.is_due(feed, now)]

    def document(self, feed: Feed) -> Document | None:
        """Return what was noted of a claimed feed's last document."""
        noted = self._documents.pop(feed.id, None)
        return noted and unpacked(*noted)

    async def close(self) -> None:
        """End after the feed at hand; what is stored of its batch stays."""
        self._stopping.set()
        with suppress(RuntimeError):
            self._thread.submit(self._release)
        await asyncio.get_running_loop().run_in_executor(None, self._thread.shutdown)

    def _release(self) -> None:
        with suppress(NewsreadError):  # a library that is gone holds no claims
            self._store.claims.release(self._holder)

    def _batch(self, batch: Sequence[Outcome]) -> list[Refreshed]:
        try:
            with self._store.transaction(durable=False):
                results = [self._one(outcome) for outcome in batch if not self._stopping.is_set()]
                self._mute()
                return results
        except Exception:  # one of them has spoilt the transaction: each in its own shows which
            self._brought = []
            return [self._alone(outcome) for outcome in batch if not self._stopping.is_set()]

    def _mute(self) -> None:
        """Hide of what the batch brought what the reader's rules say."""
        brought, self._brought = self._brought, []
        if brought:
            from reader import library

            library.mute(self._store, brought)

    def _alone(self, outcome: Outcome) -> Refreshed:
        try:
            with self._store.transaction(durable=False):
                result = self._one(outcome)
                self._mute()
                return result
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
        if outcome.busy:
            return replace(result, unchanged=True, busy=True)
        self._store.claims.release(self._holder, [feed.id])
        if feeds.get(feed.id) is None:
            return replace(result, unchanged=True)  # the reader has unsubscribed meanwhile: no failure
        if outcome.left:
            return replace(result, error=outcome.error)
        if outcome.error:
            error = f"{outcome.error}; {RETIRED}" if outcome.gone else outcome.error
            feeds.failed(feed.id, error, self._again(outcome), outcome.now, asked=outcome.asked)
            if outcome.gone:
                feeds.pause(feed.id)
            return replace(result, error=error)
        if parsed:
            outcome = self._holding(outcome)
            from reader import library  # the engines: 25 ms that a refresh without news saves

            saved = library.ingest(self._store, feed, parsed, rules=self._rules, now=outcome.now)
            result = replace(result, new=len(saved.new), updated=len(saved.updated))
            self._brought += (*saved.new, *saved.updated)
            if read := outcome.read:
                self._store.slices.put(feed.id, read.context, (*read.unread, *read.fresh))
            if feed.title in ("", feed.url) and parsed.title:  # its first time
                result = replace(result, title=parsed.title)
        pace = parsed.pace if parsed else feed.pace
        moving = schedule.followed(feed.moving, outcome.moved, outcome.now)
        due = schedule.after_success(
            outcome.now,
            schedule.Bounds.of(self._refresh, self._feeds.get(feed.url)),
            random.random(),  # noqa: S311 (no secret)
            rhythm=feeds.rhythm(feed.id, outcome.now),
            pace=pace,
            fresh=outcome.fresh,
        )
        feeds.succeeded(
            feed.id,
            etag=outcome.etag,
            modified=outcome.modified,
            digest=outcome.digest,
            title=parsed.title if parsed else "",
            site=parsed.site if parsed else "",
            due=due,
            now=outcome.now,
            pace=pace,
            moving=moving,
            size=outcome.size,
        )
        named = feed.url in self._feeds  # by its address in the config, whose settings it would lose
        if not named and schedule.has_moved(moving, outcome.now) and feeds.move(feed.id, moving.url):
            result = replace(result, moved=moving.url)
        return replace(result, unchanged=parsed is None)

    def _holding(self, outcome: Outcome) -> Outcome:
        """Return an outcome whose document can be relied on.

        Where the library no longer has an item as it was when the item was passed over unread, the document
        is not noted, nor its validators, so that the next refresh reads all of it.
        """
        read = outcome.read
        if not read or self._store.slices.hold(outcome.feed.id, read.unread):
            return outcome
        unknown = replace(read, context=b"")
        return replace(outcome, read=unknown, etag="", modified="", digest=b"")

    def _again(self, outcome: Outcome) -> datetime:
        """Return when to try a failed feed again."""
        return schedule.after_failure(
            outcome.feed.failures + 1,
            outcome.now,
            random.random(),  # noqa: S311 (no secret)
            asked=outcome.asked,
            stopped=outcome.stopped,
        )


def _lives(holder: str) -> bool:
    """Tell whether the process that holds a claim is still there."""
    try:
        os.kill(int(holder.partition(":")[0]), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:  # another user's: it is there
        return True
    return True


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
