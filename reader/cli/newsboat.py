"""`newsread import newsboat`: where newsboat keeps its files, and what its cache knows of the feeds."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.opening import own_topics
from reader.cli.output import Output, counted
from reader.config import Config
from reader.config.places import full
from reader.model import SavedView
from reader.opml.finding import newsboat_folders
from reader.query import Field, Phrase, printed
from reader.text import NewsreadError

if TYPE_CHECKING:
    from reader.library import Taken
    from reader.opml import Subscription
    from reader.store import Store

CONFIG_MAX = 1024 * 1024  # bytes of newsboat's config that are looked at

_CACHE_FILE = re.compile(r"^\s*cache-file\s+(?:\"([^\"\n]+)\"|(\S+))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """The files of one newsboat."""

    urls: Path
    cache: Path


@dataclass(frozen=True, slots=True)
class Moved:
    """What came out of a cache."""

    taken: dict[str, Taken]  # by the feed's address here
    waiting: int = 0  # marks whose articles are still to come
    others: int = 0  # feeds of the cache that are not subscribed to
    trouble: str = ""  # why it is not all; "" when it is


def place(urls: Path | None, cache: Path | None, env: Mapping[str, str] = os.environ) -> Place:
    """Return newsboat's files: those that were named, else where newsboat looks. Raises NewsreadError."""
    folders = newsboat_folders(env)
    found = next((folder for folder in folders if (folder[0] / "urls").is_file()), None)
    if urls is None and found is None:
        looked = " nor in ".join(str(folder) for folder, _ in folders)
        raise NewsreadError(f"newsboat's `urls` is neither in {looked}: name it with --urls FILE")
    config, data = found or (full(urls or "urls").parent, full(urls or "urls").parent)
    return Place(full(urls) if urls else config / "urls", full(cache) if cache else _cache(config, data))


def _cache(config: Path, data: Path) -> Path:
    """Return where the cache lies: newsboat's setting `cache-file`, else beside its data."""
    try:
        with (config / "config").open("rb") as file:
            stated = file.read(CONFIG_MAX).decode("utf-8", "replace")
    except OSError:
        stated = ""
    named = [match[1] or match[2] for match in _CACHE_FILE.finditer(stated)]
    return full(named[-1], config) if named else data / "cache.db"


def take_over(store: Store, config: Config, path: Path, out: Output) -> Moved:
    """Take articles and marks out of newsboat's cache for the feeds that are subscribed to.

    Feed by feed, so that what is interrupted or breaks off keeps what it has; a second import goes on.
    """
    from reader.library import Taken, take
    from reader.store.newsboat import CacheError, opened

    taken: dict[str, Taken] = {}
    others, trouble = 0, ""
    feeds = {feed.url: feed for feed in store.feeds.all()}
    try:
        with opened(path) as cache, _progress(out) as step:
            own_topics(store, config.topics)
            stated = [(one, feeds.get(_here(one.url))) for one in cache.feeds()]
            others = sum(feed is None for _, feed in stated)
            wanted = [(one, feed) for one, feed in stated if feed]
            for done, (one, feed) in enumerate(wanted, 1):
                store.feeds.entitle(feed.id, _title(one.title), _site(one.site))
                named = store.feeds.get(feed.id) or feed
                for items in cache.items(one.url):
                    some = take(store, named, items, datetime.now(UTC), config.topics)
                    taken[feed.url] = taken.get(feed.url, Taken()) + some
                step(done, len(wanted))
    except CacheError as error:
        trouble = str(error)
    return Moved(taken, sum(store.awaited.count(feed.id) for feed in feeds.values()), others, trouble)


def tag_views(listed: Sequence[Subscription]) -> tuple[SavedView, ...]:
    """Return a view for each tag that is more than a topic: a feed has one topic, newsboat's many tags."""
    further = dict.fromkeys(tag for item in listed for tag in item.tags[1:])
    return tuple(SavedView(tag, printed(Field("tag", Phrase(tag)))) for tag in further)


def _here(url: str) -> str:
    """Return what a feed of newsboat's is called here."""
    from reader.opml.entries import checked, local_path

    return checked(url)[0] or local_path(url)


def _title(title: str) -> str:
    from reader.text import from_html

    return from_html(title)


def _site(url: str) -> str:
    from reader.text import address

    return address(url, strip_login=True)


def _progress(out: Output) -> AbstractContextManager[Callable[[int, int], None]]:
    import sys

    if out.json or not sys.stderr.isatty():
        return nullcontext(lambda _done, _total: None)
    from reader.cli.progress import counter

    return counter("newsboat")


def summary(moved: Moved) -> str:
    """Return what came out of the cache, in one line."""
    from reader.library import Taken

    total = sum(moved.taken.values(), Taken())
    parts = [
        counted(total.articles, "article"),
        counted(total.read, "read mark"),
        counted(total.starred, "star") + " (from flags)" * bool(total.starred),
    ]
    if moved.waiting:
        parts.append(f"{counted(moved.waiting, 'mark')} kept for articles still to come")
    if moved.others:
        parts.append(f"{counted(moved.others, 'feed')} of the cache left out (not in `urls`)")
    return f"from newsboat's cache: {', '.join(parts)}"
