"""Feeds that the reader removed a while ago: out of every list and counter, with all that is known of them.

Their articles wait where those wait that rules hide, so that nothing else needs to know of it.
"""

from __future__ import annotations

from array import array
from datetime import UTC, datetime

from reader.store.core import Core
from reader.store.hidden import Hidden
from reader.store.trash import KEPT
from reader.store.values import seconds


class Removals:
    """Feeds on their way out, and back."""

    def __init__(self, core: Core) -> None:
        self.db = core.db
        self.hidden = Hidden(core)

    def put(self, feed: int, now: datetime | None = None) -> bool:
        """Remove a feed so that it can be brought back; False if there is none.

        After 30 days it goes for good: see `old`.
        """
        with self.db.transaction():
            when = seconds(now or datetime.now(UTC))
            sql = "UPDATE feed SET removed = ? WHERE id = ? AND removed IS NULL RETURNING id"
            if self.db.value(sql, (when, feed)) is None:
                return False
            self._hide(feed)
        return True

    def find(self, url: str) -> int | None:
        """Return the number of the removed feed of this address, None where there is none."""
        found: int | None = self.db.value("SELECT id FROM feed WHERE url = ? AND removed IS NOT NULL", (url,))
        return found

    def take_back(self, feed: int) -> array[int]:
        """Bring a removed feed back with articles and marks as they were; returns the articles.

        What the rules say of them now is the caller's to ask.
        """
        with self.db.transaction():
            self.db.run("UPDATE feed SET removed = NULL WHERE id = ?", (feed,))
            articles = self.db.column("SELECT article FROM hidden WHERE mute = ?", (-feed,))
            if articles:
                self.hidden.show(articles)
        return articles

    def hide_again(self) -> None:
        """Hide what a rescued library shows of removed feeds."""
        with self.db.transaction():
            for feed in self.db.column("SELECT id FROM feed WHERE removed IS NOT NULL"):
                self._hide(feed)

    def _hide(self, feed: int) -> None:
        articles = self.db.column("SELECT article FROM state WHERE feed = ?", (feed,))
        self.hidden.put(articles, -feed, starred=True)

    def old(self, now: datetime) -> list[int]:
        """Return the feeds that were removed so long ago that they go for good."""
        sql = "SELECT id FROM feed WHERE removed < ?"
        return [feed for (feed,) in self.db.rows(sql, (seconds(now - KEPT),))]
