"""What the reader did with articles: read, starred. Each call returns what it really changed, for undo."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from reader.model import View
from reader.store.database import Database, packed_or_none
from reader.store.lists import Lists
from reader.store.values import seconds


class Marks:
    """The reader's marks: durable at once."""

    def __init__(self, db: Database, lists: Lists) -> None:
        self.db = db
        self._lists = lists

    def read(self, ids: Iterable[int], read: bool = True) -> tuple[int, ...]:
        """Mark articles read or unread; returns those that were not so before."""
        return self._set("read", ids, on=read)

    def star(self, ids: Iterable[int], starred: bool = True) -> tuple[int, ...]:
        """Star articles or take the star away; returns those that were not so before."""
        return self._set("starred", ids, on=starred)

    def read_all(self, view: View) -> tuple[int, ...]:
        """Mark all that the view shows read; returns those that were unread."""
        with self.db.transaction():
            return self.read(self._lists.ids(view))

    def _set(self, mark: str, ids: Iterable[int], *, on: bool) -> tuple[int, ...]:
        wanted = packed_or_none(ids)
        if wanted is None:
            return ()
        value = seconds(datetime.now(UTC)) if on else 0
        sql = f"UPDATE state SET {mark} = ? WHERE ({mark} = 0) = ? AND article IN carray(?) RETURNING article"
        with self.db.transaction():
            return tuple(self.db.column(sql, (value, int(on), wanted)))
