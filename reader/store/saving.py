"""Rows into tables, within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import apsw

from reader.store import mentions
from reader.store.awaited import Awaited
from reader.store.core import Core
from reader.store.database import packed
from reader.store.earlier import Earlier
from reader.store.fulltexts import FullTexts
from reader.store.hidden import Hidden
from reader.store.topics import Topics
from reader.store.values import Row, Saved, extras, folded, maybe_seconds, seconds, squeezed

Placed = tuple[int, int, Row]  # id, sort, row


class Saving:
    """One batch of one feed's rows."""

    def __init__(self, core: Core, feed: int, now: datetime) -> None:
        self.core = core
        self.db = core.db
        self.feed = feed
        self.now = seconds(now)

    def run(self, rows: Sequence[Row]) -> Saved:
        """Store new rows and changed ones; returns their ids."""
        if not rows:
            return Saved()
        ids = self._ids(rows)
        known = self._sorts(ids)
        pairs = [(article, row) for article, row in zip(ids, rows, strict=True) if article]
        new = [(article, self._sort(row), row) for article, row in pairs if article not in known]
        changed = [(article, known[article], row) for article, row in pairs if article in known]
        if new:
            self._insert(new)
        if changed:
            self._update(changed)
        self._index(new + changed)
        return Saved(tuple(p[0] for p in new), tuple(p[0] for p in changed), tuple(ids))

    def _ids(self, rows: Sequence[Row]) -> list[int]:
        """Return each row's id: its own, a fresh one, or 0 where another process stored it meanwhile."""
        wanted = apsw.carray(tuple(row.key for row in rows))
        sql = "SELECT key, article, digest FROM item WHERE feed = ? AND key IN carray(?)"
        stored = {key: (article, digest) for key, article, digest in self.db.rows(sql, (self.feed, wanted))}
        present = self._sorts(row.id for row in rows)
        ids: list[int] = []
        fresh: dict[bytes, int] = {}  # key -> place
        for place, row in enumerate(rows):
            article, digest = stored.get(row.key, (row.id, b""))
            if row.key in fresh or (row.key in stored and (not article or digest == row.digest)):
                ids.append(0)
            elif article and (row.key in stored or article in present):
                ids.append(article)
            else:
                ids.append(0)
                fresh[row.key] = place
        # Documents have the newest first: among equal dates the last one is the oldest.
        places = sorted(fresh.values(), key=lambda place: (self._sort(rows[place]), -place))
        first = self.core.allocate(len(places)) if places else 0
        for offset, place in enumerate(places):
            ids[place] = first + offset
        return ids

    def _sorts(self, ids: Iterable[int]) -> dict[int, int]:
        sql = "SELECT id, sort FROM article WHERE id IN carray(?)"
        return dict(self.db.rows(sql, (packed(ids),)))

    def _sort(self, row: Row) -> int:
        published = row.entry.published
        return self.now if published is None else min(seconds(published), self.now)

    def _insert(self, placed: Sequence[Placed]) -> None:
        self.db.many(
            "INSERT INTO article(id, feed, sort, title, folded) VALUES (?, ?, ?, ?, ?)",
            ((a, self.feed, sort, row.entry.title, folded(row.entry.title)) for a, sort, row in placed),
        )
        self.db.many(
            "INSERT INTO state(article, feed, sort) VALUES (?, ?, ?)",
            ((a, self.feed, sort) for a, sort, _ in placed),
        )
        self.db.many(
            "INSERT INTO content(html, summary, size, extra, guid, url, author, dateline, lang, published,"
            " updated, seen, article) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((*_content(row), maybe_seconds(row.entry.updated), self.now, a) for a, _, row in placed),
        )
        self._know(placed)
        mentions.adopt(self.core, [(a, row.entry.title) for a, _, row in placed])
        arrived = [(a, row.entry.guid, row.entry.url) for a, _, row in placed]
        Awaited(self.db).arrive(self.feed, arrived, self.now)

    def _update(self, placed: Sequence[Placed]) -> None:
        earlier, articles = Earlier(self.db), [a for a, _, _ in placed]
        earlier.keep(articles)
        Hidden(self.core).show(articles)  # the rules look at them anew
        self.db.many(
            "UPDATE article SET title = ?, folded = ? WHERE id = ?",
            ((row.entry.title, folded(row.entry.title), a) for a, _, row in placed),
        )
        self.db.many(
            "UPDATE content SET html = ?, summary = ?, size = ?, extra = ?, guid = ?, url = ?, author = ?,"
            " dateline = ?, lang = ?, published = ?, updated = ? WHERE article = ?",
            ((*_content(row), maybe_seconds(row.entry.updated) or self.now, a) for a, _, row in placed),
        )
        earlier.drop_same(articles)
        changed = packed(articles)
        self.db.run("DELETE FROM item WHERE feed = ? AND article IN carray(?)", (self.feed, changed))
        self._know(placed)

    def _know(self, placed: Sequence[Placed]) -> None:
        self.db.many(
            "INSERT INTO item(feed, key, article, digest, link) VALUES (?, ?, ?, ?, ?)",
            ((self.feed, row.key, a, row.digest, row.link) for a, _, row in placed),
        )

    def _index(self, placed: Sequence[Placed]) -> None:
        Topics(self.db).assign_all((a, sort, row.topics) for a, sort, row in placed)
        bodies = FullTexts(self.core).searched({article: row.text for article, _, row in placed if row.id})
        for article, _, row in placed:
            self.core.search.put(article, row.entry.title, bodies.get(article, row.text))
        self.core.neighbours.add_all((a, row.terms, row.vector) for a, _, row in placed if row.terms)


def _content(row: Row) -> tuple[str | bytes | int | None, ...]:
    entry = row.entry
    return (
        squeezed(entry.html),
        squeezed(entry.summary if entry.summary != entry.html else ""),
        len(row.text),
        extras(entry),
        entry.guid if entry.guid != entry.url else "",
        entry.url,
        entry.author,
        entry.dateline,
        entry.lang,
        maybe_seconds(entry.published),
    )
