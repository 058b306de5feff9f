"""What rules hide: an article leaves every list and counter with its state and topics, and comes back."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime

from reader.model import Mute
from reader.store.core import Core
from reader.store.database import packed, packed_or_none
from reader.store.values import maybe_moment, maybe_seconds

HIDE = (  # topics before state: their trigger looks at it
    """INSERT INTO hidden_topic(topic, sort, article, place, evidence)
       SELECT topic, sort, article, place, evidence FROM article_topic WHERE article IN carray(?)""",
    "DELETE FROM article_topic WHERE article IN carray(?)",
    "DELETE FROM state WHERE article IN carray(?)",
    "UPDATE article SET bare = 2 WHERE id IN carray(?)",
)
SHOW = (
    """INSERT INTO state(article, feed, sort, read, starred)
       SELECT article, feed, sort, read, starred FROM hidden WHERE article IN carray(?)""",
    """INSERT INTO article_topic(topic, sort, article, place, evidence)
       SELECT topic, sort, article, place, evidence FROM hidden_topic WHERE article IN carray(?)""",
    "DELETE FROM hidden_topic WHERE article IN carray(?)",
    "DELETE FROM hidden WHERE article IN carray(?)",
    "UPDATE article SET bare = 0 WHERE id IN carray(?)",
)
HERE = "feed NOT IN (SELECT id FROM feed WHERE removed IS NOT NULL)"
"""Not of a feed that was removed: see `removals`."""
STORIES = "SELECT DISTINCT story FROM article WHERE story > 0 AND id IN carray(?)"


class Hidden:
    """The articles that rules hide, and the rules as they hold for what is stored."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.db = core.db

    def rules(self) -> dict[Mute, int]:
        """Return the rules that hold for the stored articles, each with its number."""
        sql = "SELECT name, query, until, id FROM mute ORDER BY id"
        return {Mute(name, query, maybe_moment(until)): id for name, query, until, id in self.db.rows(sql)}

    def add(self, rule: Mute) -> int:
        """Let a rule hold from now on; returns its number. Its articles must be hidden by `put`."""
        sql = "INSERT INTO mute(name, query, until) VALUES (?, ?, ?) RETURNING id"
        number: int = self.db.value(sql, (rule.name, rule.query, maybe_seconds(rule.until)))
        return number

    def drop(self, number: int) -> array[int]:
        """Let a rule hold no more; returns the articles that are shown again."""
        with self.db.transaction(durable=False):
            back = self.db.column(f"SELECT article FROM hidden WHERE mute = ? AND {HERE}", (number,))  # noqa: S608
            self.show(back)
            self.db.run("UPDATE hidden SET mute = -feed WHERE mute = ?", (number,))
            self.db.run("DELETE FROM mute WHERE id = ?", (number,))
        return back

    def counts(self) -> dict[int, int]:
        """Return how many articles each rule hides, by its number."""
        return dict(self.db.rows("SELECT mute, count(*) FROM hidden GROUP BY mute"))

    def why(self, article: int) -> Mute | None:
        """Return the rule that hides an article, None where it is not hidden."""
        sql = """SELECT name, query, until FROM hidden JOIN mute ON mute.id = hidden.mute
                 WHERE article = ?"""
        found = self.db.row(sql, (article,))
        return Mute(found[0], found[1], maybe_moment(found[2])) if found else None

    def put(self, ids: Iterable[int], rule: int, *, starred: bool = False) -> int:
        """Hide articles for a rule's sake; how many. What is starred stays, unless told otherwise."""
        asked = packed_or_none(ids)
        if asked is None:
            return 0
        with self.db.transaction(durable=False):
            sql = """INSERT INTO hidden(article, feed, sort, read, starred, mute)
                     SELECT article, feed, sort, read, starred, ?2 FROM state
                     WHERE article IN carray(?1) AND (starred = 0 OR ?3) RETURNING article"""
            hidden = self.db.column(sql, (asked, rule, int(starred)))
            self._move(HIDE, hidden)
        return len(hidden)

    def show(self, ids: Sequence[int]) -> None:
        """Show articles again, with their marks and topics as they were."""
        with self.db.transaction(durable=False):
            wanted = packed_or_none(ids)
            if wanted is not None:
                self._move(
                    SHOW, self.db.column("SELECT article FROM hidden WHERE article IN carray(?)", (wanted,))
                )

    def _move(self, steps: Sequence[str], ids: Sequence[int]) -> None:
        if not ids:
            return
        for step in steps:
            self.db.run(step, (packed(ids),))
        self.core.stories.sum_up(self.db.column(STORIES, (packed(ids),)))

    def ended(self, now: datetime) -> bool:
        """Tell whether a rule that holds has come to its end."""
        sql = "SELECT 1 FROM mute WHERE until <= ?"
        return self.db.value(sql, (maybe_seconds(now),)) is not None
