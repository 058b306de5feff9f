"""Which refresh is at which feed, so that two at once do not do the same work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from reader.store.database import Database, packed, packed_or_none
from reader.store.values import seconds

LASTING = timedelta(minutes=15)
"""A claim ends by itself after so long: far beyond what one feed may take, and its turn, in a big refresh."""


class Claims:
    """Claims of refreshes on feeds."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def take(
        self, feeds: Iterable[int], holder: str, now: datetime, lives: Callable[[str], bool]
    ) -> frozenset[int]:
        """Claim feeds for a refresh; return those that it got. `lives` tells whether a holder still works."""
        wanted = set(feeds)
        if not wanted:
            return frozenset()
        with self.db.transaction(durable=False):
            rows = self.db.rows(
                "SELECT feed, holder, since FROM claim WHERE feed IN carray(?)", (packed(wanted),)
            )
            oldest, newest = seconds(now - LASTING), seconds(now + LASTING)  # later: the clock was wrong
            recent = [(feed, whose) for feed, whose, since in rows if oldest < since < newest]
            living = {whose for whose in {whose for _, whose in recent} - {holder} if lives(whose)}
            taken = {feed for feed, whose in recent if whose in living}
            self.db.many(
                "INSERT OR REPLACE INTO claim(feed, holder, since) VALUES (?, ?, ?)",
                ((feed, holder, seconds(now)) for feed in sorted(wanted - taken)),
            )
        return frozenset(wanted - taken)

    def release(self, holder: str, feeds: Iterable[int] | None = None) -> None:
        """Give up the claims of a refresh on these feeds, or all of them."""
        if feeds is None:
            self.db.run("DELETE FROM claim WHERE holder = ?", (holder,))
        elif (given := packed_or_none(feeds)) is not None:
            self.db.run("DELETE FROM claim WHERE holder = ? AND feed IN carray(?)", (holder, given))
