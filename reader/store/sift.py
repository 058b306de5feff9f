"""Which entries of a parsed feed are new or changed, so that only those cost any work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import apsw

from reader.model import Entry
from reader.store import identity
from reader.store.database import Database, packed
from reader.store.values import Row, maybe_seconds

FLIP_SHARE = 0.8
"""From this share of unknown items on, a feed is taken to have changed all its guids."""

FLIP_LEAST = 5
"""Below so many items a share says nothing: a feed of one item is often wholly new."""

Known = dict[bytes, tuple[int, bytes, int]]  # key -> article, digest, link


class Sift:
    """One feed document against what the library knows of the feed."""

    def __init__(self, db: Database, feed: int) -> None:
        self.db = db
        self.feed = feed
        self.taken: dict[bytes, int] = {}  # keys of this document -> link
        self.rows: list[Row] = []

    def run(self, entries: Sequence[Entry]) -> tuple[Row, ...]:
        """Return a row for each entry that is new or changed, in the document's order."""
        keys = [identity.key(entry) for entry in entries]
        known = self._known(keys)
        unknown: list[Row] = []
        for entry, key in zip(entries, keys, strict=True):
            row = self._row(entry, key, known)
            if row is None:
                continue
            self.rows.append(row)
            if not row.id:
                unknown.append(row)
        if unknown:
            self._map_flipped(unknown, set(known), len(entries))
        return tuple(self.rows)

    def _known(self, keys: Iterable[bytes]) -> Known:
        wanted = tuple(keys)
        if not wanted:
            return {}
        sql = "SELECT key, article, digest, link FROM item WHERE feed = ? AND key IN carray(?)"
        return {row[0]: row[1:] for row in self.db.rows(sql, (self.feed, apsw.carray(wanted)))}

    def _row(self, entry: Entry, key: bytes, known: Known) -> Row | None:
        """Return the entry as a row, or None when it is unchanged, deleted or twice in the document."""
        link = -1
        if key in self.taken:
            link = identity.link(entry)
            if link == self.taken[key]:
                return None
            key = identity.second_key(entry)
            if key in self.taken:
                return None
            known |= self._known((key,))
        digest = identity.digest(entry)
        stored = known.get(key)
        if stored and stored[0] and stored[1] != digest:
            link = identity.link(entry)
            if link != stored[2] and not self._same(entry, stored[0]):
                key = identity.second_key(entry)
                known |= self._known((key,))
                stored = known.get(key)
        link = identity.link(entry) if link < 0 else link
        self.taken[key] = link
        if stored and (not stored[0] or stored[1] == digest):
            return None
        return Row(entry=entry, key=key, digest=digest, link=link, id=stored[0] if stored else 0)

    def _same(self, entry: Entry, article: int) -> bool:
        sql = "SELECT url, title, published FROM content JOIN article ON id = article WHERE article = ?"
        found = self.db.row(sql, (article,))
        return found is None or identity.same_item(entry, *found)

    def _map_flipped(self, unknown: list[Row], known: set[bytes], size: int) -> None:
        """Give rows with a new guid but a known address and title the article they belong to."""
        links = {row.link for row in unknown if row.link}
        if not links:
            return
        sql = """SELECT link, key, article, digest, published FROM item LEFT JOIN content USING(article)
                 WHERE feed = ? AND link <> 0 AND link IN carray(?) ORDER BY article DESC"""
        stored = {
            row[0]: row
            for row in self.db.rows(sql, (self.feed, packed(links)))
            if row[1] not in known and row[1] not in self.taken
        }
        wholesale = size >= FLIP_LEAST and len(unknown) > FLIP_SHARE * size
        for row in unknown:
            found = stored.pop(row.link, None)
            if found and (wholesale or _alike(row, digest=found[3], published=found[4])):
                self._map(row, article=found[2])

    def _map(self, row: Row, article: int) -> None:
        place = self.rows.index(row)
        if not article:
            del self.rows[place]  # the reader deleted it under its former guid
            return
        self.rows[place] = Row(entry=row.entry, key=row.key, digest=row.digest, link=row.link, id=article)


def _alike(row: Row, *, digest: bytes, published: int | None) -> bool:
    stated = maybe_seconds(row.entry.published)
    return row.digest == digest or stated is None or published is None or stated == published
