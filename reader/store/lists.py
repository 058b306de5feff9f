"""What the desk's lists show: ids by view, rows by page, counts."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any

from reader.model import Counts, Headline, Topic, View
from reader.store.database import Database, packed
from reader.store.search import expression
from reader.store.topics import Topics
from reader.store.values import maybe_moment, moment, seconds


class Lists:
    """Every list of headlines, newest first."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def ids(self, view: View, limit: int | None = None) -> array[int]:
        """Return the ids of the articles that a view shows, newest first, at most `limit`.

        `view.keep` stays although it was just read or lost its star.
        """
        sql = "SELECT s.article FROM state s JOIN article a ON a.id = s.article JOIN feed f ON f.id = s.feed"
        where: list[str] = ["1"]
        bindings: list[Any] = []

        def add(condition: str, *values: Any) -> None:
            where.append(condition)
            bindings.extend(values)

        if view.feed is not None:
            add("s.feed = ?", view.feed)
        if view.unread:
            add("(s.read = 0 OR s.article IS ?)", view.keep)
        if view.starred:
            add("(s.starred > 0 OR s.article IS ?)", view.keep)
        if view.since is not None:
            add("s.sort >= ?", seconds(view.since))
        if view.topic:
            add(
                "s.article IN (SELECT article FROM article_topic WHERE topic = (SELECT id FROM topic WHERE name = ?))",
                view.topic,
            )
        if wanted := expression(view.search):
            add("s.article IN (SELECT rowid FROM search WHERE search MATCH ?)", wanted)
        for word in view.filter.casefold().split():
            add("instr(lower(coalesce(a.folded, a.title) || ' ' || f.shown), ?)", word)
        sql += " WHERE " + " AND ".join(where) + " ORDER BY s.sort DESC, s.article DESC LIMIT ?"
        return self.db.column(sql, (*bindings, -1 if limit is None else limit))

    def rows(self, ids: Sequence[int]) -> list[Headline]:
        """Return the headlines of those ids, in their order; ids that are gone are left out."""
        if not ids:
            return []
        wanted = packed(ids)
        sql = """SELECT article.id, article.feed, shown, article.title, article.sort, read, starred, story, bare
                 FROM article JOIN feed ON feed.id = article.feed LEFT JOIN state ON state.article = article.id
                 WHERE article.id IN carray(?)"""
        found = {row[0]: row for row in self.db.rows(sql, (wanted,))}
        topics = self._topics(wanted)
        others = self._others([row[7] for row in found.values() if row[7]])
        return [_headline(found[id], topics.get(id, ()), others) for id in ids if id in found]

    def _topics(self, wanted: Any) -> dict[int, tuple[str, ...]]:
        sql = """SELECT article, name FROM article_topic JOIN topic ON topic.id = article_topic.topic
                 WHERE article IN carray(?) ORDER BY article, place"""
        topics: dict[int, tuple[str, ...]] = {}
        for article, name in self.db.rows(sql, (wanted,)):
            topics[article] = (*topics.get(article, ()), name)
        return topics

    def _others(self, stories: Sequence[int]) -> dict[int, int]:
        if not stories:
            return {}
        sql = """SELECT story, count(DISTINCT feed) - 1 FROM article
                 WHERE story > 0 AND bare = 0 AND story IN carray(?) GROUP BY story"""
        return dict(self.db.rows(sql, (packed(stories),)))

    def ticker(self, view: View, limit: int = 30) -> list[Headline]:
        """Return the headlines for the ticker: what pages put there first, then the newest unread, else the newest."""
        named = self.db.column("SELECT headline FROM mention WHERE article = 0 LIMIT ?", (limit,))
        return self.rows(named or self.ids(view, limit))

    def topics(self) -> tuple[Topic, ...]:
        """Return the topics that have articles: the reader's own by size, then the standard ones in their order."""
        return Topics(self.db).all()

    def counts(self) -> Counts:
        """Return the library in numbers."""
        sql = """SELECT total(unread), total(total), count(*), total(failures > 0 AND NOT paused), max(succeeded)
                 FROM feed"""
        unread, total, feeds, failing, updated = self.db.rows(sql)[0]
        return Counts(
            unread=int(unread),
            total=int(total),
            feeds=feeds,
            failing=int(failing),
            updated=maybe_moment(updated),
        )

    def story(self, article: int) -> tuple[int, ...]:
        """Return the articles of the same story, newest first, this one included."""
        story = self.db.value("SELECT story FROM article WHERE id = ?", (article,))
        if not story:
            return () if story is None else (article,)
        sql = "SELECT id FROM article WHERE story = ? AND story > 0 AND bare = 0 ORDER BY sort DESC, id DESC"
        return tuple(self.db.column(sql, (story,)))


def _headline(row: tuple[Any, ...], topics: tuple[str, ...], others: dict[int, int]) -> Headline:
    id, feed, source, title, sort, read, starred, story, bare = row
    return Headline(
        id=id,
        feed=feed,
        source=source,
        title=title,
        published=moment(sort),
        read=bool(read),
        starred=bool(starred),
        story=story,
        others=others.get(story, 0),
        topics=topics,
        bare=bool(bare),
    )
