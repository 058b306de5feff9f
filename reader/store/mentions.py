"""Headlines that a page names without telling their article: its ticker, its list of related news."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reader.model import Mention
from reader.store.core import Core
from reader.store.database import Database, packed
from reader.store.values import seconds


class Mentions:
    """Bare headlines, and the articles that turned out to stand behind them."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.db = core.db

    def put(
        self, feed: int, mentions: Sequence[Mention], now: datetime, *, article: int = 0
    ) -> tuple[int, ...]:
        """Set what a page's ticker (or `article`'s related list) names, in place of what it named before.

        Returns the headlines' ids in order: an article of that title where the library has one, else a bare
        headline, dated `now` when it is first named. The bare ones may be given to `neighbours.add`.
        """
        with self.db.transaction(durable=False):
            before = self._headlines(feed, article)
            self.db.run("DELETE FROM mention WHERE feed = ? AND article = ?", (feed, article))
            named = (self._headline(feed, mention, seconds(now)) for mention in mentions)
            ids = tuple(dict.fromkeys(id for id in named if id != article))
            self.db.many(
                "INSERT INTO mention(feed, article, place, headline) VALUES (?, ?, ?, ?)",
                ((feed, article, place, id) for place, id in enumerate(ids)),
            )
            self.core.remove_unmentioned(tuple(set(before) - set(ids)))
        return ids

    def listed(self, article: int) -> tuple[int, ...]:
        """Return the headlines that the article itself lists as related, in its order."""
        feed = self.db.value("SELECT feed FROM article WHERE id = ?", (article,))
        return () if feed is None else self._headlines(feed, article)

    def ticker(self, feed: int) -> tuple[int, ...]:
        """Return the headlines of the page's ticker, in its order."""
        return self._headlines(feed, 0)

    def bare(self) -> tuple[int, ...]:
        """Return all headlines without an article, the oldest first."""
        return tuple(sorted(self.db.column("SELECT id FROM article WHERE bare = 1")))

    def _headlines(self, feed: int, article: int) -> tuple[int, ...]:
        sql = "SELECT headline FROM mention WHERE feed = ? AND article = ? ORDER BY place"
        return tuple(self.db.column(sql, (feed, article)))

    def _headline(self, feed: int, mention: Mention, now: int) -> int:
        return self._told(mention.title) or self._named(feed, mention.title) or self._bare(feed, mention, now)

    def _told(self, title: str) -> int:
        """Return the newest article of that title, or 0."""
        ids = self.core.search.titled(title)
        if not ids:
            return 0
        sql = "SELECT id FROM article WHERE id IN carray(?) AND title = ? AND bare = 0 ORDER BY id DESC"
        return self.db.value(sql, (packed(ids), title)) or 0

    def _named(self, feed: int, title: str) -> int:
        """Return the feed's bare headline of that title, or 0."""
        sql = "SELECT id FROM article WHERE title = ? AND bare = 1 AND feed = ?"
        return self.db.value(sql, (title, feed)) or 0

    def _bare(self, feed: int, mention: Mention, now: int) -> int:
        article = self.core.allocate(1)
        self.db.run(
            "INSERT INTO article(id, feed, sort, title, bare) VALUES (?, ?, ?, ?, 1)",
            (article, feed, now, mention.title),
        )
        self.db.run(
            "INSERT INTO content(article, guid, url, author, dateline, lang, seen, summary, html, extra)"
            " VALUES (?, '', ?, '', '', '', ?, '', '', '')",
            (article, mention.url, now),
        )
        return article


def adopt(core: Core, articles: Sequence[tuple[int, str]]) -> None:
    """Put new articles, (id, title) each, in the place of bare headlines of the same title."""
    db: Database = core.db
    if db.value("SELECT 1 FROM mention LIMIT 1") is None:
        return
    for article, title in articles:
        bare = db.column("SELECT id FROM article WHERE title = ? AND bare = 1", (title,))
        if bare:
            sql = "UPDATE mention SET headline = ? WHERE headline IN carray(?) AND article <> ?"
            db.run(sql, (article, packed(bare), article))
            core.remove(bare)
