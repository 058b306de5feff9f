"""What the reader did with articles: read, starred. Each call returns what it really changed, for undo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from reader.model import View
from reader.store.core import Core
from reader.store.database import packed_or_none
from reader.store.lists import Lists
from reader.store.values import seconds

READ = "UPDATE state SET read = ? WHERE (read = 0) = ? AND article IN carray(?) RETURNING article"
STAR = "UPDATE state SET starred = ? WHERE (starred = 0) = ? AND article IN carray(?) RETURNING article"


class Marks:
    """The reader's marks: on disk before a call returns."""

    def __init__(self, core: Core, lists: Lists) -> None:
        self.db = core.db
        self._lists = lists

    def read(self, ids: Iterable[int], read: bool = True) -> tuple[int, ...]:
        """Mark articles read or unread; returns those that were not so before."""
        return self._set(READ, ids, on=read)

    def star(self, ids: Iterable[int], starred: bool = True) -> tuple[int, ...]:
        """Star articles or take the star away; returns those that were not so before."""
        return self._set(STAR, ids, on=starred)

    def read_all(self, view: View) -> tuple[int, ...]:
        """Mark all that the view shows read, stories whole; returns those that were unread.

        Of a search that is all that it finds, not only the latest. Of the top stories, which are ranked
        elsewhere, the ids must be asked for: see `library.shown`.
        """
        if view.top:
            raise ValueError("the top stories are marked by their ids")
        with self.db.transaction():
            return self.read(self._lists.all(replace(view, unread=True, keep=None, grouped=False)))

    def opened(self, article: int) -> None:
        """Count that the reader opened an article: the feeds that are read most lead their stories."""
        sql = "UPDATE feed SET opened = opened + 1 WHERE id = (SELECT feed FROM article WHERE id = ?)"
        with self.db.transaction(durable=False):
            self.db.run(sql, (article,))

    def _set(self, sql: str, ids: Iterable[int], *, on: bool) -> tuple[int, ...]:
        wanted = packed_or_none(ids)
        if wanted is None:
            return ()
        with self.db.transaction():
            value = seconds(datetime.now(UTC)) if on else 0
            return tuple(self.db.column(sql, (value, int(on), wanted)))
