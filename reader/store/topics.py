"""Which article belongs to which topic, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.model import STANDARD_TOPICS, Evidence, Topic
from reader.store.database import Database


class Topics:
    """Topics of articles; their counters are kept by triggers."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def all(self) -> tuple[Topic, ...]:
        """Return the topics that have articles: the reader's own by size, then the standard ones in order."""
        rows = self.db.rows("SELECT name, unread, total FROM topic WHERE total > 0")
        topics = [Topic(name, unread, total, name not in STANDARD_TOPICS) for name, unread, total in rows]
        return tuple(sorted(topics, key=_rank))

    def evidence(self, article: int) -> tuple[Evidence, ...]:
        """Return why the article belongs to its topics, strongest first."""
        sql = """SELECT name, evidence FROM article_topic JOIN topic ON topic.id = article_topic.topic
                 WHERE article = ? ORDER BY place"""
        return tuple(Evidence(name, reason) for name, reason in self.db.rows(sql, (article,)))

    def assign(self, article: int, topics: Sequence[Evidence]) -> bool:
        """Give an article these topics and no others; returns whether anything changed."""
        with self.db.transaction():
            sort = self.db.value("SELECT sort FROM state WHERE article = ?", (article,))
            if sort is None or self.evidence(article) == _distinct(topics):
                return False
            self.assign_all([(article, sort, topics)])
        return True

    def assign_all(self, articles: Iterable[tuple[int, int, Sequence[Evidence]]]) -> None:
        """Give many articles their topics: (id, sort, topics) each; call it in a transaction."""
        given = [(article, sort, _distinct(topics)) for article, sort, topics in articles]
        self.db.many("DELETE FROM article_topic WHERE article = ?", ((article,) for article, _, _ in given))
        numbers = self._numbers({evidence.topic for _, _, topics in given for evidence in topics})
        self.db.many(
            "INSERT INTO article_topic(topic, sort, article, place, evidence) VALUES (?, ?, ?, ?, ?)",
            (
                (numbers[evidence.topic], sort, article, place, evidence.reason)
                for article, sort, topics in given
                for place, evidence in enumerate(topics)
            ),
        )

    def _numbers(self, names: set[str]) -> dict[str, int]:
        self.db.many("INSERT OR IGNORE INTO topic(name) VALUES (?)", ((name,) for name in sorted(names)))
        sql = "SELECT id FROM topic WHERE name = ?"
        return {name: self.db.value(sql, (name,)) for name in names}


def _distinct(topics: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Keep the first, strongest evidence for each topic; letters' case makes no other topic."""
    kept: dict[str, Evidence] = {}
    for evidence in topics:
        kept.setdefault(_folded(evidence.topic), evidence)
    return tuple(kept.values())


def _folded(name: str) -> str:
    """Fold as SQLite's NOCASE does: ASCII only."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in name)


def _rank(topic: Topic) -> tuple[int, int, str]:
    if topic.own:
        return (-1, -topic.total, topic.name.casefold())
    return (STANDARD_TOPICS.index(topic.name), 0, "")
