"""A few words to fill a library with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from reader.model import Entry, Evidence
from reader.store import Store

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def entry(n, **fields):
    """The n-th item of a feed, an hour older than the one before."""
    given = {
        "title": f"Headline {n}",
        "guid": f"item-{n}",
        "url": f"https://wire.example/{n}",
        "html": f"<p>Text of {n}.</p>",
        "published": NOW - timedelta(hours=n),
    }
    return Entry(**(given | fields))


def put(store: Store, feed, *entries, now=NOW, topics=(), text="", terms=()):
    """Store entries; returns what `save` said."""
    feed_id = feed if isinstance(feed, int) else feed.id
    rows = store.articles.sift(feed_id, entries)
    evidence = tuple(Evidence(name, "test") for name in topics)
    ready = [
        replace(row, text=text, topics=evidence, terms=terms, vector=b"v" if terms else b"") for row in rows
    ]
    return store.articles.save(feed_id, ready, now)


def titles(store: Store, ids):
    """The headlines of some articles."""
    return [row.title for row in store.lists.rows(ids)]
