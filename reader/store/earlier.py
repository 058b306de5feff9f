"""What articles said when the reader read them, kept when they are edited afterwards.

One text for each article, compressed as it was: what was read first, until the edited one has been opened.
"""

from __future__ import annotations

from collections.abc import Iterable

from reader.store.database import Database, packed
from reader.store.values import unsqueezed

STORED_MAX = 262_144
"""Bytes of a stored text from which no earlier one is kept: a book is not gone through for its changes."""

_KEEP = """
INSERT INTO earlier(article, title, html)
SELECT c.article, a.title, c.html
FROM content c JOIN article a ON a.id = c.article JOIN state s ON s.article = c.article
WHERE s.read > 0 AND length(c.html) <= ? AND c.article IN carray(?)
ON CONFLICT(article) DO UPDATE SET title = excluded.title, html = excluded.html, seen = 0 WHERE seen = 1
"""
_SAME = """
DELETE FROM earlier WHERE article IN carray(?)
AND html = (SELECT html FROM content WHERE content.article = earlier.article)
AND title = (SELECT title FROM article WHERE id = earlier.article)
"""


class Earlier:
    """The earlier texts of edited articles."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def keep(self, articles: Iterable[int]) -> None:
        """Keep what these articles say now, those that were read: they are about to be changed."""
        self.db.run(_KEEP, (STORED_MAX, packed(articles)))

    def drop_same(self, articles: Iterable[int]) -> None:
        """Forget earlier texts that are again what these articles say: only their facts were changed."""
        self.db.run(_SAME, (packed(articles),))

    def get(self, article: int) -> tuple[str, str] | None:
        """Return title and HTML of an article as it was read, None where nothing was edited since."""
        found = self.db.rows("SELECT title, html FROM earlier WHERE article = ?", (article,))
        return (found[0][0], unsqueezed(found[0][1])) if found else None

    def opened(self, article: int) -> None:
        """Note that the edited article has been opened: after a next edit this is what was read."""
        with self.db.transaction(durable=False):
            self.db.run("UPDATE earlier SET seen = 1 WHERE article = ? AND seen = 0", (article,))
