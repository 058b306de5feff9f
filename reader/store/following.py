"""The stories that the reader follows, until they have been quiet for a while."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from reader.model import Followed
from reader.store.database import Database, packed_or_none
from reader.store.values import moment, seconds

QUIET = timedelta(days=7)
"""After so long without a report a story is over, and nobody follows it any more."""

# The reports of a followed story, or the article alone that tells it so far.
REPORTS = """WITH told(anchor, since, article) AS (
        SELECT f.article, f.since, a.id FROM followed f CROSS JOIN article own ON own.id = f.article
            CROSS JOIN article a ON a.story = own.story WHERE own.story > 0 AND a.story > 0 AND a.bare = 0
        UNION ALL
        SELECT f.article, f.since, own.id FROM followed f CROSS JOIN article own ON own.id = f.article
            WHERE own.story = 0)"""
ARTICLES = f"{REPORTS} SELECT DISTINCT article FROM told"  # noqa: S608 - our own SQL
"""The articles of all followed stories, as a query for others to use."""
ALL = f"""{REPORTS} SELECT anchor, since, count(*), total(read = 0), max(sort) FROM told
    CROSS JOIN state ON state.article = told.article GROUP BY anchor ORDER BY max(sort) DESC, anchor DESC"""  # noqa: S608
SAME = f"{REPORTS} SELECT DISTINCT anchor FROM told WHERE article IN carray(?)"  # noqa: S608


class Following:
    """Which stories are followed."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def all(self, now: datetime) -> list[Followed]:
        """Return the followed stories that are not over, the one with the latest report first."""
        floor = now - QUIET
        found = [
            Followed(
                article=anchor,
                since=moment(since),
                reports=reports,
                unread=int(unread),
                latest=moment(latest),
            )
            for anchor, since, reports, unread, latest in self.db.rows(ALL)
        ]
        return [story for story in found if max(story.since, story.latest) >= floor]

    def follow(self, article: int, now: datetime) -> bool:
        """Follow the story of an article; False when it is followed already or the article is gone."""
        with self.db.transaction():
            known = self.db.value("SELECT 1 FROM article WHERE id = ? AND bare = 0", (article,))
            if known is None or self.anchors((article,)):
                return False
            self.db.run("INSERT INTO followed(article, since) VALUES (?, ?)", (article, seconds(now)))
        return True

    def leave(self, article: int) -> tuple[int, ...]:
        """Follow the story of an article no longer; returns by which articles it was followed."""
        with self.db.transaction():
            anchors = self.anchors((article,))
            self.db.many("DELETE FROM followed WHERE article = ?", [(anchor,) for anchor in anchors])
        return tuple(anchors)

    def anchors(self, articles: Iterable[int]) -> Sequence[int]:
        """Return by which articles the stories of these are followed."""
        wanted = packed_or_none(articles)
        return () if wanted is None else self.db.column(SAME, (wanted,))

    def articles(self) -> frozenset[int]:
        """Return the articles of all followed stories."""
        return frozenset(self.db.column(ARTICLES))

    def end_quiet(self, now: datetime) -> int:
        """Follow no longer what is over; returns how many stories that are."""
        with self.db.transaction(durable=False):
            live = {story.article for story in self.all(now)}
            over = [(one,) for one in self.db.column("SELECT article FROM followed") if one not in live]
            self.db.many("DELETE FROM followed WHERE article = ?", over)
        return len(over)
