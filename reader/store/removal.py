"""Taking articles out of every table at once."""

from __future__ import annotations

from collections.abc import Sequence

from reader.store.database import Database, packed
from reader.store.index import Neighbours

TABLES = (  # and the column that names the article; topics before state, whose triggers look at it
    ("article_topic", "article"),
    ("state", "article"),
    ("content", "article"),
    ("search", "rowid"),
    ("mention", "article"),
    ("mention", "headline"),
    ("article", "id"),
)


def articles(db: Database, ids: Sequence[int]) -> None:
    """Delete articles with their marks, topics, stories and index rows; how they are known stays with `item`."""
    if not ids:
        return
    with db.transaction():
        Neighbours(db).remove(ids)
        for table, column in TABLES:
            db.run(f"DELETE FROM {table} WHERE {column} IN carray(?)", (packed(ids),))
