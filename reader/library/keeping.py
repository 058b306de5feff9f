"""How long articles stay: what the settings keep no longer leaves the library, and the file shrinks."""

from __future__ import annotations

from array import array
from contextlib import suppress
from datetime import datetime, timedelta

from reader.config import Config
from reader.library.ingesting import choose_lead
from reader.model import Feed
from reader.records import dataclass
from reader.store import Store, StoreError

EVERY = timedelta(days=1)
BATCH = 500
"""Articles that go in one transaction: others wait for it."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """What tidying did."""

    articles: int  # that left
    bytes: int  # by which the file shrank


def keeps_all(config: Config) -> bool:
    """Tell whether no setting lets any article go."""
    bounded = config.keep.days or config.keep.articles
    return not bounded and not any(one.keep_days or one.keep_articles for one in config.feeds.values())


def tidy(store: Store, config: Config, now: datetime, *, due: bool = False) -> Tidied:
    """Remove what is kept no longer, feeds do not bring it again; with `due` at most once a day.

    Starred articles and followed stories stay, until these are over. A library that is too busy to be written
    anew shrinks another day.
    """
    store.put_clock_right(now)
    store.following.end_quiet(now)
    for old in store.feeds.removals.old(now):
        store.feeds.remove(old)
    last = store.keeping.last()
    if due and (keeps_all(config) or (last is not None and last <= now < last + EVERY)):
        return Tidied(0, 0)
    followed, gone = store.following.articles(), 0
    for feed in store.feeds.all():
        ids = _leaving(store, feed, config, now, followed)
        for start in range(0, len(ids), BATCH):
            _remove(store, ids[start : start + BATCH])
        gone += len(ids)
        store.keeping.forget_buried(feed.id, store.slices.present(feed.id))
    store.keeping.note(now)
    shrunk = 0
    with suppress(StoreError):
        shrunk = store.keeping.shrink()
    return Tidied(gone, shrunk)


def _leaving(store: Store, feed: Feed, config: Config, now: datetime, followed: frozenset[int]) -> array[int]:
    own, keep = config.feeds.get(feed.url), config.keep
    days = keep.days if own is None or own.keep_days is None else own.keep_days
    most = keep.articles if own is None or own.keep_articles is None else own.keep_articles
    ids: set[int] = set()
    if days:
        ids.update(store.keeping.old(feed.id, now - timedelta(days=days), unread=keep.unread))
    if most:
        ids.update(store.keeping.beyond(feed.id, most, unread=keep.unread))
    return array("q", sorted(ids - followed))


def _remove(store: Store, ids: array[int]) -> None:
    with store.transaction(durable=False):
        stories = set(store.stories.of(ids).values())
        store.articles.remove(ids)
        for story in stories:
            choose_lead(store, story)
