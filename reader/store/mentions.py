"""Headlines that a page names without telling their article: its ticker, its list of related news."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reader.model import Mention
from reader.store import removal
from reader.store.database import Database, packed
from reader.store.values import seconds


class Mentions:
    """Bare headlines, and the articles that turned out to stand behind them."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def put(
        self, feed: int, mentions: Sequence[Mention], now: datetime, *, article: int = 0
    ) -> tuple[int, ...]:
        """Set what a page's ticker (or `article`'s related list) names, in place of what it named before.

        Returns the headlines' ids in order: an article of that title where the library has one, else a
        bare headline, dated `now`. The bare ones may be given to `neighbours.add`.
        """
        with self.db.transaction(durable=False):
            before = self._headlines(feed, article)
            self.db.run("DELETE FROM mention WHERE feed = ? AND article = ?", (feed, article))
            ids = tuple(dict.fromkeys(self._headline(feed, mention, seconds(now)) for mention in mentions))
            self.db.many(
                "INSERT INTO mention(feed, article, place, headline) VALUES (?, ?, ?, ?)",
                ((feed, article, place, id) for place, id in enumerate(ids)),
            )
            self._drop_unnamed(set(before) - set(ids))
        return ids

    def listed(self, article: int) -> tuple[int, ...]:
        """Return the headlines that the article itself lists as related, in its order."""
        feed = self.db.value("SELECT feed FROM article WHERE id = ?", (article,))
        return self._headlines(feed, article) if feed is not None else ()

    def ticker(self, feed: int) -> tuple[int, ...]:
        """Return the headlines of the page's ticker, in its order."""
        return self._headlines(feed, 0)

    def _headlines(self, feed: int, article: int) -> tuple[int, ...]:
        sql = "SELECT headline FROM mention WHERE feed = ? AND article = ? ORDER BY place"
        return tuple(self.db.column(sql, (feed, article)))

    def _headline(self, feed: int, mention: Mention, now: int) -> int:
        known: int | None = self._told(mention.title)
        if known is None:
            sql = "SELECT id FROM article WHERE feed = ? AND title = ? AND bare = 1"
            known = self.db.value(sql, (feed, mention.title))
        return known or self._bare(feed, mention, now)

    def _told(self, title: str) -> int | None:
        """Return the newest article of that title, or None."""
        from reader.store.search import exact

        sql = "SELECT id FROM article JOIN state ON article = id WHERE id IN carray(?) AND title = ? ORDER BY id DESC"
        ids = exact(self.db, title)
        found: int | None = self.db.value(sql, (packed(ids), title)) if ids else None
        return found

    def _bare(self, feed: int, mention: Mention, now: int) -> int:
        sql = "UPDATE counter SET value = value + 1 WHERE name = 'article' RETURNING value"
        id: int = self.db.value(sql)
        self.db.run(
            "INSERT INTO article(id, feed, sort, title, bare) VALUES (?, ?, ?, ?, 1)",
            (id, feed, now, mention.title),
        )
        self.db.run(
            "INSERT INTO content VALUES (?, '', ?, '', '', '', NULL, NULL, ?, '', '', '')",
            (id, mention.url, now),
        )
        return id

    def _drop_unnamed(self, headlines: set[int]) -> None:
        """Delete bare headlines that no page names any more."""
        if not headlines:
            return
        sql = """SELECT id FROM article WHERE id IN carray(?) AND bare = 1
                 AND NOT EXISTS (SELECT 1 FROM mention WHERE headline = id)"""
        removal.articles(self.db, self.db.column(sql, (packed(headlines),)))


def adopt(db: Database, articles: Sequence[tuple[int, str]]) -> None:
    """Put new articles, (id, title) each, behind the bare headlines of the same title."""
    if not db.value("SELECT 1 FROM mention LIMIT 1"):
        return
    for id, title in articles:
        bare = db.column("SELECT id FROM article WHERE title = ? AND bare = 1", (title,))
        if bare:
            db.run("UPDATE mention SET headline = ? WHERE headline IN carray(?)", (id, packed(bare)))
            removal.articles(db, bare)
