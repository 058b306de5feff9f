"""The indexes made anew from the articles alone."""

from __future__ import annotations

from reader.library.ingesting import bare, index
from reader.library.texts import batches
from reader.store import Store


def rebuild(store: Store) -> int:
    """Make the index of neighbours anew from the articles alone; how many were indexed. Stories stay."""
    count = 0
    with store.transaction():
        store.neighbours.clear()
        for batch in batches(store):
            index(store, batch)
            count += len(batch)
        for feed in store.feeds.all():
            index(store, bare(store, store.mentions.ticker(feed.id)))
    return count
