"""Rows into tables, within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import apsw

from reader.store import mentions
from reader.store.database import Database, packed
from reader.store.index import Neighbours
from reader.store.search import indexable
from reader.store.topics import Topics
from reader.store.values import Row, Saved, extras, maybe_seconds, seconds, squeezed

Placed = tuple[int, int, Row]  # id, sort, row


class Saving:
    """One batch of one feed's rows."""

    def __init__(self, db: Database, feed: int, now: datetime) -> None:
        self.db = db
        self.feed = feed
        self.now = seconds(now)

    def run(self, rows: Sequence[Row]) -> Saved:
        """Store new rows and changed ones; returns their ids."""
        if not rows:
            return Saved()
        ids = self._ids(rows)
        known = self._sorts(ids)
        new = [
            (id, self._sort(row), row) for id, row in zip(ids, rows, strict=True) if id and id not in known
        ]
        changed = [(id, known[id], row) for id, row in zip(ids, rows, strict=True) if id in known]
        if new:
            self._insert(new)
        if changed:
            self._update(changed)
        self._index(new + changed)
        return Saved(tuple(id for id, _, _ in new), tuple(id for id, _, _ in changed), tuple(ids))

    def _ids(self, rows: Sequence[Row]) -> list[int]:
        """Return each row's id: its own, a fresh one, or 0 where another process stored it meanwhile."""
        wanted = apsw.carray(tuple(row.key for row in rows))
        sql = "SELECT key, article, digest FROM item WHERE feed = ? AND key IN carray(?)"
        stored = {key: (article, digest) for key, article, digest in self.db.rows(sql, (self.feed, wanted))}
        ids = [row.id for row in rows]
        fresh: dict[bytes, int] = {}
        for place, row in enumerate(rows):
            article, digest = stored.get(row.key, (row.id, b""))
            if row.key in fresh or (row.key in stored and (not article or digest == row.digest)):
                ids[place] = 0
            elif article:
                ids[place] = article
            else:
                fresh[row.key] = place
        places = sorted(fresh.values(), key=lambda place: (self._sort(rows[place]), -place))
        for id, place in enumerate(places, self._allocate(len(places))):
            ids[place] = id
        return ids

    def _allocate(self, count: int) -> int:
        """Return the first of so many ids that were never given before."""
        sql = "UPDATE counter SET value = value + ? WHERE name = 'article' RETURNING value"
        last: int = self.db.value(sql, (count,))
        return last - count + 1

    def _sorts(self, ids: Iterable[int]) -> dict[int, int]:
        sql = "SELECT id, sort FROM article WHERE id IN carray(?)"
        return dict(self.db.rows(sql, (packed(ids),)))

    def _sort(self, row: Row) -> int:
        published = row.entry.published
        return self.now if published is None else min(seconds(published), self.now)

    def _insert(self, placed: Sequence[Placed]) -> None:
        self.db.many(
            "INSERT INTO article(id, feed, sort, title, folded) VALUES (?, ?, ?, ?, ?)",
            ((id, self.feed, sort, row.entry.title, folded(row.entry.title)) for id, sort, row in placed),
        )
        self.db.many(
            "INSERT INTO state(article, feed, sort) VALUES (?, ?, ?)",
            ((id, self.feed, sort) for id, sort, _ in placed),
        )
        self.db.many(
            "INSERT INTO content(html, summary, extra, guid, url, author, dateline, lang, published, updated, seen,"
            " article) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((*self._content(row), maybe_seconds(row.entry.updated), self.now, id) for id, _, row in placed),
        )
        self._know(placed)
        mentions.adopt(self.db, [(id, row.entry.title) for id, _, row in placed])

    def _update(self, placed: Sequence[Placed]) -> None:
        self.db.many(
            "UPDATE article SET title = ?, folded = ? WHERE id = ?",
            ((row.entry.title, folded(row.entry.title), id) for id, _, row in placed),
        )
        self.db.many(
            "UPDATE content SET html = ?, summary = ?, extra = ?, guid = ?, url = ?, author = ?, dateline = ?,"
            " lang = ?, published = ?, updated = ? WHERE article = ?",
            (
                (*self._content(row), maybe_seconds(row.entry.updated) or self.now, id)
                for id, _, row in placed
            ),
        )
        self.db.run(
            "DELETE FROM item WHERE feed = ? AND article IN carray(?)",
            (self.feed, packed(id for id, _, _ in placed)),
        )
        self._know(placed)

    def _know(self, placed: Sequence[Placed]) -> None:
        self.db.many(
            "INSERT INTO item(feed, key, article, digest, link) VALUES (?, ?, ?, ?, ?)",
            ((self.feed, row.key, id, row.digest, row.link) for id, _, row in placed),
        )

    def _content(self, row: Row) -> tuple[str | bytes | int | None, ...]:
        entry = row.entry
        return (
            squeezed(entry.html),
            squeezed(entry.summary if entry.summary != entry.html else ""),
            extras(entry),
            entry.guid if entry.guid != entry.url else "",
            entry.url,
            entry.author,
            entry.dateline,
            entry.lang,
            maybe_seconds(entry.published),
        )

    def _index(self, placed: Sequence[Placed]) -> None:
        topics = Topics(self.db)
        topics.assign_all((id, sort, row.topics) for id, sort, row in placed)
        self.db.many(
            "INSERT OR REPLACE INTO search(rowid, title, body) VALUES (?, ?, ?)",
            ((id, indexable(row.entry.title), indexable(row.text)) for id, _, row in placed),
        )
        Neighbours(self.db).add_all((id, row.terms, row.vector) for id, _, row in placed if row.terms)


def folded(title: str) -> str | None:
    """Return the casefolded title where SQLite's LIKE, which knows only ASCII's cases, would differ."""
    if title.isascii():
        return None
    fold = title.casefold()
    return None if fold == title.translate(ASCII_LOWER) else fold


ASCII_LOWER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
