"""The full-text index of headlines and bodies: its rowid is the article's id, so the newest come first."""

from __future__ import annotations

from collections.abc import Sequence

from reader.store.database import Database, packed
from reader.store.query import beginnings, indexable, phrase
from reader.store.values import storable

PENDING_MAX = 4_000
"""Texts gathered before they are written: FTS5 writes one big piece far faster than many small ones, and
any other statement between two rows makes it close a piece."""

EXACT_MAX = 50
"""Articles looked at for one of the very same headline."""


class SearchIndex:
    """Texts on their way into the index are gathered until the transaction ends or somebody searches."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._pending: dict[int, tuple[str, str]] = {}
        db.buffers.append(self)

    def put(self, article: int, title: str, body: str) -> None:
        """Index an article, in place of what was indexed of it before; only inside a transaction."""
        self._pending[article] = (storable(title), storable(body))
        if len(self._pending) >= PENDING_MAX:
            self.flush()

    def flush(self) -> None:
        """Write what was gathered."""
        if not self._pending:
            return
        pending, self._pending = self._pending, {}
        self.db.many(
            "INSERT OR REPLACE INTO search(rowid, title, body, beginnings) VALUES (?, ?, ?, ?)",
            (
                (article, indexable(title), indexable(body), beginnings(title))
                for article, (title, body) in sorted(pending.items())
            ),
        )

    def drop(self) -> None:
        """Forget what was gathered."""
        self._pending.clear()

    def forget(self) -> None:
        """Nothing is remembered of what is written."""

    def remove(self, ids: Sequence[int]) -> None:
        """Forget articles."""
        for article in ids:
            self._pending.pop(article, None)
        self.db.run("DELETE FROM search WHERE rowid IN carray(?)", (packed(ids),))

    def titled(self, title: str) -> Sequence[int]:
        """Return the newest articles whose headline holds all words of this one side by side."""
        wanted = phrase(title)
        if not wanted:
            return ()
        self.flush()
        sql = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?"
        return self.db.column(sql, (wanted, EXACT_MAX))

    def clear(self) -> None:
        """Forget everything, for a rebuild."""
        self.drop()
        self.db.run("INSERT INTO search(search) VALUES ('delete-all')")
