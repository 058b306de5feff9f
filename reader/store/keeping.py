"""Which articles have been kept long enough, and giving their room back."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import datetime

from reader.store.database import Database
from reader.store.opening import MEMORY
from reader.store.values import maybe_moment, seconds

OLD = """SELECT s.article FROM state s INDEXED BY state_feed CROSS JOIN content c ON c.article = s.article
    WHERE s.feed = ?1 AND s.sort < ?2 AND c.seen < ?2 AND s.read < ?2 AND s.starred = 0
    AND (s.read > 0 OR NOT ?3)"""
BEYOND = """SELECT article FROM (SELECT article, read, starred FROM state INDEXED BY state_feed
        WHERE feed = ?1 ORDER BY sort DESC, article DESC LIMIT -1 OFFSET ?2)
    WHERE starred = 0 AND (read > 0 OR NOT ?3)"""
HIDDEN = """SELECT h.article FROM hidden h CROSS JOIN content c ON c.article = h.article
    WHERE h.feed = ? AND c.seen < ? AND h.starred = 0"""

FREE_SHARE, FREE_LEAST = 4, 256
"""The file is written anew when one in so many of its pages is free, and at least so many are (1 MiB)."""
BURIED_MAX = 2_000
"""Deleted items of one feed that are known by their keys; beyond, those that left the feed are forgotten."""


class Keeping:
    """How long articles are kept; starred ones always are."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def old(self, feed: int, before: datetime, *, unread: bool) -> array[int]:
        """Return a feed's articles that were published, first seen and read before then.

        With `unread` those that were never read are kept. What a rule hides was never to be read.
        """
        floor = seconds(before)
        found = self.db.column(OLD, (feed, floor, unread))
        return found + self.db.column(HIDDEN, (feed, floor))

    def beyond(self, feed: int, most: int, *, unread: bool) -> array[int]:
        """Return what is older than a feed's newest `most` articles; with `unread` only what was read."""
        return self.db.column(BEYOND, (feed, most, unread))

    def forget_buried(self, feed: int, present: Iterable[bytes]) -> None:
        """Forget deleted items that are not `present` (by key) in their feed any more, when they are many.

        With none present nothing is known of the feed's document.
        """
        kept = set(present)
        count = self.db.value("SELECT count(*) FROM item WHERE feed = ? AND article = 0", (feed,))
        if not kept or count <= BURIED_MAX:
            return
        sql = """SELECT key FROM item WHERE feed = ?1 AND article = 0
                 AND NOT EXISTS (SELECT 1 FROM trash WHERE feed = ?1)"""
        gone = [(feed, key) for (key,) in self.db.rows(sql, (feed,)) if key not in kept]
        with self.db.transaction(durable=False):
            self.db.many("DELETE FROM item WHERE feed = ? AND key = ? AND article = 0", gone)

    def last(self) -> datetime | None:
        """Return when the library was last tidied, None: never."""
        return maybe_moment(self.db.value("SELECT value FROM counter WHERE name = 'tidied'"))

    def note(self, now: datetime) -> None:
        """Note that the library is tidied now."""
        with self.db.transaction(durable=False):
            self.db.run("INSERT OR REPLACE INTO counter(name, value) VALUES ('tidied', ?)", (seconds(now),))

    def shrink(self) -> int:
        """Give free pages back to the disk when they are many; returns by how many bytes the file shrank."""
        pages, free = self.db.value("PRAGMA page_count"), self.db.value("PRAGMA freelist_count")
        if self.db.path == MEMORY or free < FREE_LEAST or free * FREE_SHARE < pages:
            return 0
        self.db.run("INSERT INTO search(search) VALUES ('optimize')")
        self.db.run("VACUUM")
        self.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
        fewer: int = pages - self.db.value("PRAGMA page_count")
        size: int = self.db.value("PRAGMA page_size")
        return max(fewer, 0) * size
