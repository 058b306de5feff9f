"""What the store's parts share: the connection, the two indexes, and how an article leaves every table."""

from __future__ import annotations

from collections.abc import Sequence

from reader.store.database import Database, packed
from reader.store.index import Neighbours
from reader.store.learning import Learned
from reader.store.search import SearchIndex
from reader.store.stories import Stories

REMOVALS = (  # topics before state: their trigger looks at it
    "DELETE FROM article_topic WHERE article IN carray(?)",
    "DELETE FROM correction WHERE article IN carray(?)",
    "DELETE FROM state WHERE article IN carray(?)",
    "DELETE FROM content WHERE article IN carray(?)",
    "DELETE FROM fulltext WHERE article IN carray(?)",
    "DELETE FROM hidden WHERE article IN carray(?)",
    "DELETE FROM hidden_topic WHERE article IN carray(?)",
    "DELETE FROM mention WHERE article IN carray(?)",
    "DELETE FROM mention WHERE headline IN carray(?)",
    "DELETE FROM earlier WHERE article IN carray(?)",
    "DELETE FROM apart WHERE article IN carray(?)",
    "DELETE FROM article WHERE id IN carray(?)",
)

HAND_ON = """UPDATE OR IGNORE followed SET article = coalesce((SELECT other.id FROM article own
        CROSS JOIN article other ON other.story = own.story
        WHERE own.id = followed.article AND own.story > 0 AND other.story > 0 AND other.bare = 0
        AND other.id NOT IN carray(?) LIMIT 1), article)
    WHERE article IN carray(?)"""


class Core:
    """One library's connection, indexes and stories."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.search = SearchIndex(db)
        self.neighbours = Neighbours(db)
        self.learned = Learned(db)
        self.stories = Stories(db)

    def remove(self, ids: Sequence[int]) -> None:
        """Delete articles with their marks, topics and index rows.

        How they would be known again stays in `item`; headlines that only they mentioned go too.
        """
        if not ids:
            return
        with self.db.transaction():
            sql = "SELECT DISTINCT headline FROM mention WHERE article > 0 AND article IN carray(?)"
            mentioned = self.db.column(sql, (packed(ids),))
            stories = set(self.stories.of(ids).values())
            self._pass_on_followed(ids)
            self.neighbours.remove(ids)
            self.search.remove(ids)
            for removal in REMOVALS:
                self.db.run(removal, (packed(ids),))
            self.stories.sum_up(stories)
            self.remove_unmentioned(mentioned)

    def _pass_on_followed(self, ids: Sequence[int]) -> None:
        """Let a followed story be known by another of its reports when the one it is known by goes."""
        gone = packed(ids)
        self.db.run(HAND_ON, (gone, gone))
        self.db.run("DELETE FROM followed WHERE article IN carray(?)", (gone,))

    def remove_unmentioned(self, headlines: Sequence[int]) -> None:
        """Delete those bare headlines that no page names any more."""
        if not headlines:
            return
        sql = """SELECT id FROM article WHERE id IN carray(?) AND bare = 1
                 AND NOT EXISTS (SELECT 1 FROM mention WHERE headline = id)"""
        self.remove(self.db.column(sql, (packed(headlines),)))

    def allocate(self, count: int) -> int:
        """Return the first of so many article ids that were never given before; only inside a transaction."""
        sql = "UPDATE counter SET value = value + ? WHERE name = 'article' RETURNING value"
        last: int = self.db.value(sql, (count,))
        return last - count + 1
