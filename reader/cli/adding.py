"""Subscribing to one source: fetch it, find the feed that a page announces, store feed and articles."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.cli.sources import STDIN, is_address
from reader.config import Config
from reader.model import Feed, ParsedFeed
from reader.text import NewsreadError

if TYPE_CHECKING:
    from reader.discover import Candidate
    from reader.fetch import Fetched
    from reader.sandbox import Sandbox
    from reader.store import Store


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a source."""

    feed: Feed
    new: bool  # False: it was subscribed to before
    articles: int = 0  # stored just now


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
        if known := self._known(url):
            return Added(known, new=False)
        return self._add_address(url) if is_address(source) else self._add_path(url)

    def _known(self, url: str) -> Feed | None:
        return next((feed for feed in self.store.feeds.all() if feed.url == url), None)

    def _add_path(self, path: str) -> Added:
        from reader import local

        if path.lower().endswith(".opml"):
            raise NewsreadError(f"{path} is a list of subscriptions: `newsread import` takes it")
        return self._save(path, local.load(Path(path), self.sandbox))

    def _add_address(self, url: str) -> Added:
        fetched, own = self._get(url, private_ok=True), True
        try:
            parsed = self._parse(fetched)
        except NewsreadError:
            from reader import discover

            candidates = discover.feeds(fetched.body, fetched.address)
            if not candidates:
                raise
            url = self._chosen(url, candidates)
            # What a page announces may not lead into a private network, unless it is the page's own host.
            own = urlsplit(url).hostname == urlsplit(fetched.address).hostname
            fetched = self._get(url, private_ok=own)
            parsed = self._parse(fetched)
        url = fetched.moved or url
        if known := self._known(url):
            return Added(known, new=False)
        return self._save(url, parsed, fetched, local=own)

    def _get(self, url: str, *, private_ok: bool) -> Fetched:
        from reader.fetch import Fetcher

        async def get() -> Fetched:
            async with Fetcher(self.config.fetch) as fetcher:
                return await fetcher.get(url, private_ok=private_ok)

        return asyncio.run(get())

    def _parse(self, fetched: Fetched) -> ParsedFeed:
        return self.sandbox.feed(fetched.body, address=fetched.address, content_type=fetched.content_type)

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

    def _save(
        self, url: str, parsed: ParsedFeed, fetched: Fetched | None = None, *, local: bool = True
    ) -> Added:
        """Store feed, articles and validators in one transaction, so that no later 304 hides an article."""
        from reader import library

        now = datetime.now(UTC)
        with self.store.transaction(durable=True):
            feed, new = self.store.feeds.add(url, title=self.title, topic=self.topic, local=local)
            saved = library.ingest(self.store, feed, parsed, rules=self.config.topics, now=now)
            self.store.feeds.succeeded(
                feed.id,
                etag=fetched.etag if fetched else "",
                modified=fetched.modified if fetched else "",
                digest=hashlib.blake2b(fetched.body, digest_size=16).digest() if fetched else b"",
                title=parsed.title,
                site=parsed.site,
                due=now + timedelta(minutes=self.config.refresh.interval),
                now=now,
            )
        return Added(self.store.feeds.get(feed.id) or feed, new, len(saved.new))
