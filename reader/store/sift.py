"""Which entries of a parsed feed are new or changed, so that only those cost any work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import apsw

from reader.model import Entry
from reader.store import identity
from reader.store.database import Database, packed
from reader.store.values import Row, maybe_seconds

FLIP_SHARE = 0.8
"""From this share of unknown items on, a feed is taken to have changed all its guids."""

FLIP_LEAST = 5
"""Below so many items a share says nothing: a feed of one item is often wholly new."""

Known = dict[bytes, tuple[int, bytes, int]]  # key -> article (0: deleted by the reader), digest, link


class Sift:
    """One feed document against what the library knows of the feed."""

    def __init__(self, db: Database, feed: int) -> None:
        self.db = db
        self.feed = feed
        self.taken: dict[bytes, tuple[str, str]] = {}  # keys of this document -> address, title
        self.known: Known = {}

    def run(self, entries: Sequence[Entry], unread: Sequence[bytes] = ()) -> tuple[Row, ...]:
        """Return a row for each entry that is new or changed, in the document's order.

        `unread` are the keys of its further items, which are as they were; none of the entries has one.
        """
        keys = [identity.key(entry) for entry in entries]
        self._look_up((*keys, *unread))
        rows = [self._row(entry, key) for entry, key in zip(entries, keys, strict=True)]
        unknown = [row for row in rows if row and not row.id]
        flipped = self._flipped(unknown, len(entries) + len(unread)) if unknown else {}
        found: list[Row] = []
        for row in rows:
            article = flipped.get(row.key, row.id) if row else 0
            if row and (article or row.key not in flipped):
                found.append(row if article == row.id else replace(row, id=article))
        return tuple(found)

    def _look_up(self, keys: Iterable[bytes]) -> None:
        wanted = tuple(keys)
        if wanted:
            sql = "SELECT key, article, digest, link FROM item WHERE feed = ? AND key IN carray(?)"
            self.known |= {row[0]: row[1:] for row in self.db.rows(sql, (self.feed, apsw.carray(wanted)))}

    def _row(self, entry: Entry, key: bytes) -> Row | None:
        """Return the entry as a row, or None when it is unchanged, deleted or twice in the document."""
        digest = identity.digest(entry)
        looks = (entry.url, entry.title)
        if key in self.taken or self._is_another(entry, key, digest):
            if self.taken.get(key) == looks:
                return None
            key = identity.second_key(entry)
            if key in self.taken:
                return None
            self._look_up((key,))
        self.taken[key] = looks
        article, known_digest, _ = self.known.get(key, (0, b"", 0))
        if known_digest == digest or (key in self.known and not article):
            return None
        return Row(entry=entry, key=key, digest=digest, link=identity.link(entry), id=article)

    def _is_another(self, entry: Entry, key: bytes, digest: bytes) -> bool:
        """Tell whether the key is known for another item: some feeds give one guid to several."""
        article, known_digest, link = self.known.get(key, (0, digest, 0))
        if known_digest == digest or not article or (link and identity.link(entry) == link):
            return False
        sql = "SELECT url, title, published FROM content JOIN article ON id = article WHERE article = ?"
        found = self.db.row(sql, (article,))
        return found is not None and not identity.same_item(entry, *found)

    def _flipped(self, unknown: Sequence[Row], size: int) -> dict[bytes, int]:
        """Return which new keys belong to known articles (0: deleted): their feed gave them new guids."""
        times = Counter(row.link for row in unknown if row.link)
        links = [link for link, count in times.items() if count == 1]  # a series may share address and title
        if not links:
            return {}
        sql = """SELECT link, key, article, digest, published FROM item LEFT JOIN content USING(article)
                 WHERE feed = ? AND link <> 0 AND link IN carray(?) ORDER BY article"""
        candidates = {
            link: stored
            for link, key, *stored in self.db.rows(sql, (self.feed, packed(links)))
            if key not in self.known and key not in self.taken
        }
        wholesale = size >= FLIP_LEAST and len(unknown) > FLIP_SHARE * size
        flipped: dict[bytes, int] = {}
        for row in unknown:
            article, digest, published = candidates.pop(row.link, (0, b"", None))
            if digest and (wholesale or row.digest == digest or _same_date(row, published)):
                flipped[row.key] = article
        return flipped


def _same_date(row: Row, published: int | None) -> bool:
    stated = maybe_seconds(row.entry.published)
    return stated is None or published is None or stated == published
