"""The rows of lists: headlines by their ids, with topics, marks and what is told of their stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reader.model import Headline
from reader.store.database import Database, packed, packed_or_none
from reader.store.values import moment


class Rows:
    """Headlines by id."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def get(self, ids: Sequence[int]) -> list[Headline]:
        """Return the headlines of those ids, in their order; ids that are gone are left out."""
        if not ids:
            return []
        wanted = packed(ids)
        sql = """SELECT article.id, article.feed, shown, article.title, article.sort, read, starred, story,
                 bare FROM carray(?) CROSS JOIN article ON article.id = value
                 JOIN feed ON feed.id = article.feed
                 LEFT JOIN state ON state.article = article.id"""
        found = {row[0]: row for row in self.db.rows(sql, (wanted,))}
        topics = self._topics(wanted)
        stories = {row[7] for row in found.values() if row[7]}
        others, unread = self._others(stories), self._unread(stories)
        return [_headline(found[id], topics.get(id, ()), others, unread) for id in ids if id in found]

    def _topics(self, wanted: Any) -> dict[int, tuple[str, ...]]:
        sql = """SELECT article, name FROM carray(?) CROSS JOIN article_topic ON article = value
                 JOIN topic ON topic.id = article_topic.topic ORDER BY article, place"""
        topics: dict[int, tuple[str, ...]] = {}
        for article, name in self.db.rows(sql, (wanted,)):
            topics[article] = (*topics.get(article, ()), name)
        return topics

    def _others(self, stories: Iterable[int]) -> dict[int, int]:
        """Return for each story how many feeds tell it, less one."""
        wanted = packed_or_none(stories)
        if wanted is None:
            return {}
        return dict(
            self.db.rows("SELECT number, sources - 1 FROM story WHERE number IN carray(?)", (wanted,))
        )

    def unread_in_stories(self, ids: Sequence[int]) -> dict[int, int]:
        """Return how many unread articles each story has that one of these articles tells."""
        wanted = packed_or_none(ids)
        if wanted is None:
            return {}
        sql = "SELECT DISTINCT story FROM article WHERE id IN carray(?) AND story > 0"
        stories = self.db.column(sql, (wanted,))
        return dict.fromkeys(stories, 0) | self._unread(stories)

    def _unread(self, stories: Iterable[int]) -> dict[int, int]:
        """Return how many unread articles each story has that has any."""
        wanted = packed_or_none(stories)
        if wanted is None:
            return {}
        sql = """SELECT story, count(*) FROM article INDEXED BY article_story
                 CROSS JOIN state ON state.article = article.id
                 WHERE story IN carray(?) AND story > 0 AND bare = 0 AND read = 0 GROUP BY story"""
        return dict(self.db.rows(sql, (wanted,)))


def _headline(
    row: tuple[Any, ...], topics: tuple[str, ...], others: dict[int, int], unread: dict[int, int]
) -> Headline:
    number, feed, source, title, sort, read, starred, story, bare = row
    return Headline(
        id=number,
        feed=feed,
        source=source,
        title=title,
        published=moment(sort),
        read=bool(read),
        starred=bool(starred),
        story=story,
        others=others.get(story, 0),
        waiting=unread.get(story, 0) - (not read) if story in unread else 0,
        topics=topics,
        bare=bare == 1,
        hidden=bare == 2,
    )
