"""Subscriptions at the desk: the feeds screen, and what it changes; every change can be taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from reader.config import Access
from reader.model import Feed
from reader.records import dataclass
from reader.store import Store
from reader.tui.desk.correcting import Correcting, TopicError, names
from reader.tui.desk.marking import Undo
from reader.tui.desk.refreshing import Refreshing
from reader.tui.speaking import spoken

if TYPE_CHECKING:
    from reader.refresh.schedule import Bounds

ANY = Access()


@dataclass(frozen=True, slots=True)
class Known:
    """The subscriptions and what their list says of them."""

    feeds: tuple[Feed, ...]
    latest: dict[int, datetime]  # when the newest article of each was published


class Feeding(Correcting, Refreshing):
    """The part of the desk that keeps the subscriptions."""

    _named: tuple[int | None, str] = (None, "")  # the feed that the view shows, and its name

    @property
    def feed_named(self) -> str:
        """The name of the feed that the view shows, "" where it shows more than one."""
        feed, name = self._named
        return name if feed is not None and feed == self.view.feed else ""

    async def name_feed(self) -> None:
        """Ask for the name of the feed that the view shows."""
        feed = self.view.feed
        if feed is not None:
            known = await self.ask(self.shelf.store.feeds.get, feed)
            self._named = (feed, known.title if known else "")

    def action_feeds(self) -> None:
        """Show the subscriptions."""
        if self.edition is not None:
            self.say(f"there are no subscriptions here{self.hint('add', 'adds one')}")
        else:
            self.start("choose", self._feeds)

    @spoken
    async def _feeds(self) -> None:
        from reader.tui.screens.feeds import FeedsScreen

        feed = await self.app.push_screen_wait(FeedsScreen(self))
        if feed is not None:
            self.view = replace(self.whole_view(), feed=feed)
            self.headlines.focus()
        self.reload()

    # What the screen asks for

    async def known_feeds(self) -> Known:
        """Return the subscriptions as they are now."""
        return await self.ask(_known, self.shelf.store)

    async def feeds_version(self) -> int:
        """Return a number that changes when something else has written to the library."""
        return await self.ask(self.shelf.store.data_version)

    def access(self, feed: Feed) -> Access:
        """Return the settings of one feed."""
        return self.config.feeds.get(feed.url, ANY)

    async def rename_feed(self, feed: Feed, name: str) -> str:
        """Give a feed a name, "" for its own; returns what was done, in words."""
        own = await self.ask(self.shelf.store.feeds.own_name, feed.id)
        ask, rename = self.ask, self.shelf.store.feeds.rename
        put, back = partial(ask, rename, feed.id, name), partial(ask, rename, feed.id, own)
        return await self._done(f"renamed to {name or 'its own name'}", put, back)

    async def place_feed(self, feed: Feed, topic: str) -> str:
        """Put a feed under a topic, "" for none, and its articles with it."""
        words = f"{feed.title}: {topic or 'no topic of its own'}"
        put = partial(self._place, feed.id)
        return await self._done(words, partial(put, topic), partial(put, feed.topic))

    async def _place(self, feed: int, topic: str) -> None:
        """Give a feed a topic, beside the desk: one of thousands of articles takes seconds."""
        from reader import child

        act = ("set", topic, "--new") if topic else ("auto",)
        outcome = await child.run(self.config, "topic", *act, "--feed", str(feed))
        if outcome.code:
            raise TopicError(outcome.words)

    async def tag_feed(self, feed: Feed, text: str) -> str:
        """Give a feed the tags that a text names, commas between them."""
        from reader.opml import tagged

        tags, ask, tag = tagged(text.split(",")), self.ask, self.shelf.store.feeds.tag
        put, back = partial(ask, tag, feed.id, tags), partial(ask, tag, feed.id, feed.tags)
        return await self._done(f"{feed.title}: {', '.join(tags) or 'no tags'}", put, back)

    async def mute_feed(self, feed: Feed) -> str:
        """Keep what a feed brings out of the river, or let it in."""
        words = (
            f"{feed.title}: {'in the list of all news again' if feed.muted else 'out of all news and Top'}"
        )
        return await self._switch(words, self.shelf.store.feeds.mute, feed.id, muted=not feed.muted)

    async def pause_feed(self, feed: Feed) -> str:
        """Fetch a feed no more, or again."""
        words = f"{feed.title}: {'fetched again' if feed.paused else 'paused'}"
        return await self._switch(words, self.shelf.store.feeds.pause, feed.id, paused=not feed.paused)

    async def _switch(self, words: str, put: Callable[..., None], feed: int, **on: bool) -> str:
        ((name, value),) = on.items()
        return await self._done(
            words,
            partial(self.ask, partial(put, feed, **{name: value})),
            partial(self.ask, partial(put, feed, **{name: not value})),
        )

    async def time_feed(self, feed: Feed, minutes: int | None) -> str:
        """Set how many minutes lie between two visits; None: as for all feeds."""
        words = (
            f"{feed.title}: every {minutes} minutes" if minutes else f"{feed.title}: as often as all feeds"
        )
        put = partial(self._time, feed.id)
        return await self._done(words, partial(put, minutes), partial(put, self.access(feed).interval))

    async def _time(self, feed: int, minutes: int | None) -> None:
        known = await self.ask(self.shelf.store.feeds.get, feed)
        if known is not None:
            await self._tune(known, "interval", minutes)
            await self.ask(_plan, self.shelf.store, known, self._bounds(known))

    def _bounds(self, feed: Feed) -> Bounds:
        from reader.refresh import schedule

        return schedule.Bounds.of(self.config.refresh, self.access(feed))

    async def read_whole(self, feed: Feed) -> str:
        """Fetch the pages of all its articles, or only when asked for."""
        before = self.access(feed).fulltext
        after = None if before else "always"
        words = f"{feed.title}: full texts {'always' if after else 'on demand'}"
        put = partial(self._tune, feed, "fulltext")
        return await self._done(words, partial(put, after), partial(put, before or None))

    async def _tune(self, feed: Feed, key: str, value: str | int | None) -> None:
        from reader.config.tuning import tune_feed

        self.config = await self.ask(tune_feed, self.config, feed.url, key, value)

    async def remove_feed(self, feed: Feed) -> str:
        """Unsubscribe; the articles go, and come back when it is taken back."""
        store = self.shelf.store
        many = f"{feed.total:,} article{'s' * (feed.total != 1)}"
        words = f"removed {feed.title} and its {many}"
        put, back = partial(self.ask, _remove, store, feed.id), partial(self.ask, _restore, store, feed.id)
        return await self._done(words, put, back)

    async def _done(
        self, words: str, put: Callable[[], Awaitable[object]], back: Callable[[], Awaitable[object]]
    ) -> str:
        await put()
        self.remember(Undo(words, back, anew=True, of_feeds=True))
        return f"{words}{self.hint('undo', 'takes it back')}"

    async def undo_feeds(self) -> str:
        """Take back the last change of a subscription, unless something else was done since."""
        if not self._undos or not self._undos[-1].of_feeds:
            return "nothing to take back here"
        *kept, undo = self._undos
        self._undos = tuple(kept)
        await undo.take_back()
        return f"taken back: {undo.words}"

    async def topic_names(self) -> list[str]:
        """Return every topic there is."""
        return await self.ask(names, self.shelf.store, self.config.topics)

    async def rhythm_of(self, feed: Feed) -> timedelta | None:
        """Return the usual time between two of a feed's articles, None where it is not known."""
        return await self.ask(self.shelf.store.feeds.rhythm, feed.id, datetime.now(UTC))


def _known(store: Store) -> Known:
    return Known(store.feeds.all(), store.feeds.latest())


def _plan(store: Store, feed: Feed, bounds: Bounds) -> None:
    """Plan the next visit anew, reckoned from the last one; one that failed keeps its waiting time."""
    from reader.refresh import schedule

    if feed.succeeded is None or feed.failures:
        return
    rhythm = store.feeds.rhythm(feed.id, datetime.now(UTC))
    due = schedule.after_success(feed.succeeded, bounds, 0, rhythm=rhythm, pace=feed.pace)
    store.feeds.plan(feed.id, due)


def _remove(store: Store, feed: int) -> None:
    from reader import library

    library.remove_feed(store, feed)


def _restore(store: Store, feed: int) -> None:
    from reader import library

    library.restore_feed(store, feed)
