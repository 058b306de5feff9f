"""Subscribing to one source: fetch it, find the feed that a page announces, store feed and articles."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.cli.sources import STDIN, is_address
from reader.config import Access, Config
from reader.model import Feed, ParsedFeed
from reader.records import dataclass
from reader.text import NewsreadError

if TYPE_CHECKING:
    from reader.discover import Candidate
    from reader.fetch import Fetched
    from reader.sandbox import Sandbox
    from reader.store import Store

_SURROGATE = re.compile("[\ud800-\udfff]")  # a byte of a file's name that is no UTF-8: no library can hold it


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a source."""

    feed: Feed
    new: bool  # False: it was subscribed to before
    articles: int = 0  # stored just now
    dropped: int = 0  # left out: beyond the limit, cut short, or harmful


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells the next refresh that nothing has changed."""

    etag: str = ""
    modified: str = ""
    digest: bytes = b""
    size: int = 0  # bytes of the document


class ChoiceError(NewsreadError):
    """A page announces several feeds: the user has to choose."""

    def __init__(self, page: str, candidates: Sequence[Candidate]) -> None:
        self.page = page
        self.candidates = tuple(candidates)
        super().__init__(
            f"{page} announces {len(candidates)} feeds; add one by its address, or with --pick N"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Adder:
    """Subscribes to sources, with what the command line says about all of them."""

    store: Store
    config: Config
    sandbox: Sandbox
    topic: str = ""
    title: str = ""
    pick: int = 0  # which of several announced feeds, from 1; 0: none chosen

    def add(self, source: str) -> Added:
        """Subscribe to an address, file or folder and store its articles; raises NewsreadError in words.

        When it raises, nothing was stored.
        """
        if source == STDIN:
            raise NewsreadError("standard input cannot be subscribed to; `newsread -` reads it")
        url = source if is_address(source) else os.path.abspath(source)  # noqa: PTH100 (resolves no link)
        if _SURROGATE.search(url):
            raise NewsreadError("its name is not text in UTF-8: rename it first")
        if (gone := self.store.feeds.removals.find(url)) is not None:
            return self._back(gone, url)
        if known := self._known(url):
            return self._changed(known)
        return self._add_address(url) if is_address(source) else self._add_path(url)

    def _known(self, url: str) -> Feed | None:
        return next((feed for feed in self.store.feeds.all() if feed.url == url), None)

    def _back(self, gone: int, url: str) -> Added:
        """Bring back a feed that was removed a while ago, as it was; the next refresh fetches it."""
        from reader import library

        library.restore_feed(self.store, gone)
        return Added(self._changed(self.store.feeds.find(url)[0]).feed, new=True)

    def _changed(self, feed: Feed) -> Added:
        """Give a feed that is subscribed to already the topic and the title that the command line states."""
        from reader import library

        if self.title:
            self.store.feeds.rename(feed.id, self.title)
        if self.topic and self.topic != feed.topic:
            library.move_feed(self.store, feed.id, self.topic, self.config.topics)
        return Added(self.store.feeds.get(feed.id) or feed, new=False)

    def _add_path(self, path: str) -> Added:
        from reader import local
        from reader.refresh.pipeline import digest

        if path.lower().endswith(".opml"):
            raise NewsreadError(f"{path} is a list of subscriptions: `newsread import` takes it")
        stamp = digest(local.stamp(Path(path)))  # before it is read: a change meanwhile is seen later
        parsed = local.load(Path(path), self.sandbox, self.config.fetch.max_items)
        return self._save(path, parsed, Validators(digest=stamp))

    def _add_address(self, url: str) -> Added:
        from reader.refresh.pipeline import digest

        fetched, own = self._get(url, private_ok=True), True
        try:
            parsed = self._parse(fetched)
        except NewsreadError as error:
            url = self._announced(url, fetched, error)
            # What a page announces may not lead into a private network, unless it is the page's own host.
            own = urlsplit(url).netloc == urlsplit(fetched.address).netloc
            fetched = self._get(url, private_ok=own)
            parsed = self._parse(fetched)
        url = fetched.moved or url
        if known := self._known(url):
            return self._changed(known)
        known_by = Validators(fetched.etag, fetched.modified, digest(fetched.body), len(fetched.body))
        return self._save(url, parsed, known_by, local=own)

    def _announced(self, page: str, fetched: Fetched, error: NewsreadError) -> str:
        """Return the address of the feed that a page announces; raises `error` when it is no page."""
        from reader.pages import Origin

        origin = Origin(name=page, address=fetched.address, content_type=fetched.content_type)
        candidates, is_page = self.sandbox.links(fetched.body, origin)
        if candidates:
            return self._chosen(page, candidates)
        if not is_page:
            raise error
        raise NewsreadError(
            f"{page} is a web page that announces no feed: look on it for a link to RSS or Atom"
        )

    def _get(self, url: str, *, private_ok: bool) -> Fetched:
        from reader.config import secrets
        from reader.fetch import Fetcher

        async def get() -> Fetched:
            async with Fetcher(self.config.fetch) as fetcher:
                access = self.config.feeds.get(url, Access())
                login = secrets.login(access)
                return await fetcher.get(url, private_ok=private_ok, login=login, more=access.headers)

        return asyncio.run(get())

    def _parse(self, fetched: Fetched) -> ParsedFeed:
        return self.sandbox.feed(
            fetched.body,
            address=fetched.address,
            content_type=fetched.content_type,
            limit=self.config.fetch.max_items,
        )

    def _chosen(self, page: str, candidates: Sequence[Candidate]) -> str:
        """Return the address of the announced feed to take. Raises ChoiceError when that is not clear."""
        if self.pick:
            if self.pick > len(candidates):
                raise NewsreadError(
                    f"{page} announces {len(candidates)} feeds: there is no number {self.pick}"
                )
            return candidates[self.pick - 1].url
        if len(candidates) > 1:
            raise ChoiceError(page, candidates)
        return candidates[0].url

    def _save(self, url: str, parsed: ParsedFeed, validators: Validators, *, local: bool = True) -> Added:
        """Store feed, articles and validators in one transaction, so that no later 304 hides an article."""
        from reader import library
        from reader.refresh import schedule

        now = datetime.now(UTC)
        with self.store.transaction(durable=True):
            feed, new = self.store.feeds.add(url, title=self.title, topic=self.topic, local=local)
            saved = library.ingest(self.store, feed, parsed, rules=self.config.topics, now=now)
            due = schedule.after_success(
                now,
                schedule.Bounds.of(self.config.refresh, self.config.feeds.get(url)),
                spread=0,
                rhythm=self.store.feeds.rhythm(feed.id, now),
                pace=parsed.pace,
            )
            self.store.feeds.succeeded(
                feed.id,
                etag=validators.etag,
                modified=validators.modified,
                digest=validators.digest,
                title=parsed.title,
                site=parsed.site,
                due=due,
                now=now,
                pace=parsed.pace,
                size=validators.size,
            )
        library.apply_rules(self.store, self.config.topics)
        return Added(self.store.feeds.get(feed.id) or feed, new, len(saved.new), parsed.dropped)
