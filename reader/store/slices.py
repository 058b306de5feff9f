"""By what bytes a feed's items are known: what a refresh needs to leave them unread.

A record is only as good as the `item` rows that it stands for: they are compared when it is written and again
when it is relied on, so that whatever happens to articles in between is noticed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import field
from struct import Struct

import apsw

from reader.model import Entry
from reader.records import dataclass
from reader.store import identity
from reader.store.database import Database, packed_or_none

ITEMS_MAX = 2_000
"""Items of a feed that are noted: 56 kB; a usual feed has 1 kB."""
UNSURE = b"\0" * 8
"""In place of a digest: the item is read each time."""

_ITEM = Struct(f"8s{identity.KEY_BYTES}s{identity.DIGEST_BYTES}s")


@dataclass(frozen=True, slots=True)
class Known:
    """An item that was read before."""

    raw: bytes  # digest of its bytes in the document
    key: bytes
    content: bytes  # digest of what it states

    @classmethod
    def of(cls, raw: bytes, entry: Entry) -> Known:
        """Return how an entry is known that was read from bytes with the digest `raw`."""
        return cls(raw, identity.key(entry), identity.digest(entry))


@dataclass(frozen=True, slots=True)
class Document:
    """A feed's document as it was last read."""

    context: bytes = b""
    items: dict[bytes, Known] = field(default_factory=dict)  # by the digest of their bytes


class SliceTable:
    """What the library notes of its feeds' documents."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def documents(self, feeds: Iterable[int]) -> dict[int, tuple[bytes, bytes]]:
        """Return what is noted of these feeds, still packed: most of them will not have changed."""
        wanted = packed_or_none(feeds)
        if wanted is None:
            return {}
        sql = "SELECT feed, context, items FROM slice WHERE feed IN carray(?)"
        return {feed: (context, items) for feed, context, items in self.db.rows(sql, (wanted,))}

    def put(self, feed: int, context: bytes, items: Sequence[Known]) -> None:
        """Note a document in the transaction that saves its articles; no `context`: it is to be read whole.

        Of what the library does not know exactly so, and of what stands in it twice, only the keys are noted.
        """
        times = Counter(item.key for item in items)
        single = [item for item in items if item.raw and times[item.key] == 1]
        sure = {item.key for item in self._agreeing(feed, single)} if context else set()
        if not items:
            self.db.run("DELETE FROM slice WHERE feed = ?", (feed,))
            return
        noted = {
            item.key: _ITEM.pack(item.raw if item.key in sure else UNSURE, item.key, item.content)
            for item in items
        }
        row = (feed, context, b"".join(list(noted.values())[:ITEMS_MAX]))
        self.db.run("INSERT OR REPLACE INTO slice(feed, context, items) VALUES (?, ?, ?)", row)

    def hold(self, feed: int, items: Sequence[Known]) -> bool:
        """Tell whether the library still knows these items as it did when they were noted."""
        return len(self._agreeing(feed, items)) == len(items)

    def present(self, feed: int) -> list[bytes]:
        """Return the keys of the items that a feed's document had when it was last read."""
        found = self.documents((feed,)).get(feed, (b"", b""))
        return [key for _, key, _ in _ITEM.iter_unpack(_whole(found[1]))]

    def clear(self) -> None:
        """Forget all documents, so that every one is read whole."""
        self.db.run("DELETE FROM slice")

    def _agreeing(self, feed: int, items: Sequence[Known]) -> list[Known]:
        if not items:
            return []
        keys = apsw.carray(tuple([item.key for item in items]))
        sql = "SELECT key, article, digest FROM item WHERE feed = ? AND key IN carray(?)"
        stored = {key: (article, digest) for key, article, digest in self.db.rows(sql, (feed, keys))}
        return [item for item in items if _agrees(item, *stored.get(item.key, (-1, b"")))]


def _agrees(item: Known, article: int, digest: bytes) -> bool:
    return not article or item.content == digest  # 0: deleted, whatever it states


def unpacked(context: bytes, items: bytes) -> Document:
    """Return a document as it was noted; what is damaged names no item."""
    known = (Known(*one) for one in _ITEM.iter_unpack(_whole(items)))
    return Document(context, {one.raw: one for one in known if one.raw != UNSURE})


def _whole(items: bytes) -> bytes:
    return items[: len(items) - len(items) % _ITEM.size]
