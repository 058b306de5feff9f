"""What another reader knew of articles that this library does not have yet: read, starred.

Such a mark waits until its article comes, is put on it, and is forgotten after DAYS: feeds rarely bring back
what is older. An article is known by its guid, else by its address.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import apsw

from reader.records import dataclass
from reader.store import identity
from reader.store.database import Database, packed
from reader.store.values import seconds

DAYS = 60
"""How long a mark waits for its article."""

ALIAS = "INSERT OR IGNORE INTO item(feed, key, article, digest, link) VALUES (?, ?, ?, x'', 0)"
WAITING = """
SELECT key, link, read, starred FROM awaited WHERE feed = ?1 AND key IN carray(?2)
UNION ALL
SELECT key, link, read, starred FROM awaited WHERE feed = ?1 AND link <> x'' AND link IN carray(?3)
"""
STORED = """
SELECT id, iif(guid = '', url, guid), url FROM article JOIN content ON article = id
WHERE feed = ? AND bare = 0
"""

READ = "UPDATE state SET read = ? WHERE read = 0 AND article IN carray(?)"
STAR = "UPDATE state SET starred = ? WHERE starred = 0 AND article IN carray(?)"

Arrived = tuple[int, str, str]  # id, guid, address


@dataclass(frozen=True, slots=True)
class Known:
    """What another reader knew of an article."""

    guid: str
    url: str  # canonical, or ""
    read: bool = False
    starred: bool = False


class Awaited:
    """Marks that wait for their articles."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def put(self, feed: int, known: Iterable[Known], now: datetime) -> None:
        """Let the marks of a feed wait; what is neither read nor starred is passed over."""
        with self.db.transaction():
            self._forget(feed, seconds(now))
            self.db.many(
                "INSERT OR REPLACE INTO awaited(feed, key, link, read, starred, since)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (
                        *(feed, identity.guid_key(one.guid or one.url), identity.url_key(one.url)),
                        *(int(one.read), int(one.starred), seconds(now)),
                    )
                    for one in known
                    if one.read or one.starred
                ),
            )

    def arrive(self, feed: int, articles: Sequence[Arrived], now: int) -> None:
        """Put the marks that waited for these articles on them; `now` in seconds, as all times stored."""
        if not articles or not self.count(feed):
            return
        with self.db.transaction():
            self._forget(feed, now)
            by_key, by_link = self._waiting(feed, articles)
            used, read, starred = [], array("q"), array("q")
            for article, guid, url in articles:
                mark = by_key.get(identity.guid_key(guid or url)) or by_link.get(identity.url_key(url))
                if mark:
                    used.append((feed, mark[0]))
                    read.extend([article] * mark[1])
                    starred.extend([article] * mark[2])
            self.db.many("DELETE FROM awaited WHERE feed = ? AND key = ?", used)
            self._set(READ, read, now)
            self._set(STAR, starred, now)

    def settle(self, feed: int, now: datetime) -> None:
        """Put waiting marks on those of a feed's articles that were there before the marks."""
        if self.count(feed):
            self.arrive(feed, self.db.rows(STORED, (feed,)), seconds(now))

    def count(self, feed: int) -> int:
        """Return how many marks wait for articles of a feed."""
        found: int = self.db.value("SELECT count(*) FROM awaited WHERE feed = ?", (feed,))
        return found

    def marked(self, feed: int) -> tuple[int, int]:
        """Return how many articles of a feed are read, and how many starred."""
        sql = "SELECT coalesce(sum(read > 0), 0), coalesce(sum(starred > 0), 0) FROM state WHERE feed = ?"
        read, starred = self.db.rows(sql, (feed,))[0]
        return read, starred

    def also_known(self, feed: int, items: Iterable[tuple[str, str, str]]) -> None:
        """Know articles, given by their guids, by another guid or by their address, too ("": not by that).

        Until the feed was fetched nobody knows which of them the feed itself will state.
        """
        others = [
            (identity.guid_key(guid), key)
            for guid, other, url in items
            for key in (other and identity.guid_key(other), identity.url_key(url))
            if key
        ]
        if not others:
            return
        with self.db.transaction():
            sql = "SELECT key, article FROM item WHERE feed = ? AND key IN carray(?)"
            keys = apsw.carray(tuple({key for key, _ in others}))
            known: dict[bytes, int] = dict(self.db.rows(sql, (feed, keys)))
            self.db.many(ALIAS, [(feed, other, known[key]) for key, other in others if key in known])

    def _waiting(
        self, feed: int, articles: Sequence[Arrived]
    ) -> tuple[dict[bytes, Any], dict[bytes, tuple[bytes, int, int]]]:
        keys = apsw.carray(tuple(identity.guid_key(guid or url) for _, guid, url in articles))
        links = apsw.carray(tuple(identity.url_key(url) for _, _, url in articles))
        rows = self.db.rows(WAITING, (feed, keys, links))
        by_key = {key: (key, read, starred) for key, _, read, starred in rows}
        return by_key, {link: (key, read, starred) for key, link, read, starred in rows if link}

    def _forget(self, feed: int, now: int) -> None:
        self.db.run("DELETE FROM awaited WHERE feed = ? AND since < ?", (feed, now - DAYS * 86_400))

    def _set(self, sql: str, ids: array[int], now: int) -> None:
        if ids:
            self.db.run(sql, (now, packed(ids)))
