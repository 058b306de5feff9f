"""Feeds that the reader removes, and brings back as they were."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.library.muting import mute
from reader.store import Store


def remove_feed(store: Store, feed: int) -> bool:
    """Remove a feed with its articles so that `restore_feed` brings both back; False if there is none.

    What was removed more than 30 days ago goes for good.
    """
    with store.transaction(durable=True):
        for old in store.feeds.removals.old(datetime.now(UTC)):
            store.feeds.remove(old)
        return store.feeds.removals.put(feed)


def restore_feed(store: Store, feed: int) -> int:
    """Bring a removed feed back with articles and marks; how many articles. Rules hide theirs again."""
    with store.transaction(durable=True):
        articles = store.feeds.removals.take_back(feed)
        mute(store, articles)
    return len(articles)
