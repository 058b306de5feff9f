"""Which article belongs to which topic, why, and what the reader has put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from reader.model import STANDARD_TOPICS, Entry, Evidence, Topic
from reader.records import dataclass
from reader.store.database import Database, packed_or_none
from reader.store.values import unpacked_extras

YOU = "you"
"""What the reasons of the reader's own corrections begin with: "you: World"."""

STATED = """
SELECT s.article, s.feed, s.sort, article.title, url, extra, lang FROM state s
JOIN article ON article.id = s.article JOIN content ON content.article = s.article
"""
OF_FEED = (
    STATED + "WHERE s.feed = ? AND (s.sort, s.article) < (?, ?) ORDER BY s.sort DESC, s.article DESC LIMIT ?"
)
OF_ALL = STATED + "WHERE (s.sort, s.article) < (?, ?) ORDER BY s.sort DESC, s.article DESC LIMIT ?"
OF_IDS = STATED + "WHERE s.article IN carray(?) ORDER BY s.sort DESC, s.article DESC"
LAST = (1 << 62, 0)
"""A place behind every article's."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What of a stored article decides its topics, its text apart, and where it stands."""

    id: int
    feed: int
    sort: int
    entry: Entry  # title, address, categories and language
    evidence: tuple[Evidence, ...]  # as it is now


class Topics:
    """Topics of articles; their counters are kept by triggers."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def all(self) -> tuple[Topic, ...]:
        """Return the topics that have articles: the reader's own first, those with most articles first."""
        rows = self.db.rows("SELECT name, unread, total FROM topic WHERE total > 0")
        topics = [Topic(name, unread, total, name not in STANDARD_TOPICS) for name, unread, total in rows]
        return tuple(sorted(topics, key=_rank))

    def evidence(self, article: int) -> tuple[Evidence, ...]:
        """Return why the article belongs to its topics, strongest first."""
        return self.evidences([article]).get(article, ())

    def evidences(self, articles: Iterable[int]) -> dict[int, tuple[Evidence, ...]]:
        """Return the evidence of each article that has topics."""
        wanted = packed_or_none(articles)
        if wanted is None:
            return {}
        sql = """SELECT article, name, evidence FROM carray(?) CROSS JOIN article_topic ON article = value
                 JOIN topic ON topic.id = article_topic.topic ORDER BY article, place"""
        found: dict[int, list[Evidence]] = {}
        for article, name, reason in self.db.rows(sql, (wanted,)):
            found.setdefault(article, []).append(Evidence(name, reason))
        return {article: tuple(evidence) for article, evidence in found.items()}

    def placed(self, articles: Iterable[int]) -> list[Placed]:
        """Return what decides the topics of some articles, newest first; those that are gone are left out."""
        wanted = packed_or_none(articles)
        return [] if wanted is None else self._placed(self.db.rows(OF_IDS, (wanted,)))

    def before(self, last: tuple[int, int], limit: int, feed: int | None = None) -> list[Placed]:
        """Return what decides the topics of the next older articles of a feed or all; begin with LAST."""
        if feed is None:
            return self._placed(self.db.rows(OF_ALL, (*last, limit)))
        return self._placed(self.db.rows(OF_FEED, (feed, *last, limit)))

    def assign(self, article: int, topics: Sequence[Evidence]) -> bool:
        """Give an article these topics and no others; returns whether anything changed."""
        with self.db.transaction():
            sort = self.db.value("SELECT sort FROM state WHERE article = ?", (article,))
            if sort is None:
                return False
            before = self.evidence(article)
            self.assign_all([(article, sort, topics)])
            return self.evidence(article) != before

    def assign_all(self, articles: Iterable[tuple[int, int, Sequence[Evidence]]]) -> None:
        """Give many articles their topics: (id, sort, topics) each; call it in a transaction.

        What the reader has said of an article wins over what is given here.
        """
        given = [(article, sort, _distinct(topics)) for article, sort, topics in articles]
        said = self.corrections(article for article, _, _ in given)
        given = [(a, sort, _said(said[a]) if a in said else topics) for a, sort, topics in given]
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

    def correct(self, article: int, topic: str | None) -> str | None:
        """Note which topic the reader gives an article: "" is none, None takes the correction back.

        Returns the correction that held before, for taking this one back; the article's topics follow at
        its next `assign`.
        """
        with self.db.transaction():
            before = self.correction(article)
            if topic is None:
                self.db.run("DELETE FROM correction WHERE article = ?", (article,))
            else:
                sql = """INSERT INTO correction SELECT article, ?2 FROM state WHERE article = ?1
                         ON CONFLICT DO UPDATE SET topic = excluded.topic"""
                self.db.run(sql, (article, topic))
        return before

    def correction(self, article: int) -> str | None:
        """Return the topic that the reader gave an article, "" for none; None where nothing was corrected."""
        return self.corrections([article]).get(article)

    def corrections(self, articles: Iterable[int]) -> dict[int, str]:
        """Return what the reader has corrected among those articles."""
        wanted = packed_or_none(articles)
        if wanted is None:
            return {}
        return dict(
            self.db.rows("SELECT article, topic FROM correction WHERE article IN carray(?)", (wanted,))
        )

    def _placed(self, rows: Sequence[tuple[Any, ...]]) -> list[Placed]:
        known = self.evidences(row[0] for row in rows)
        return [
            Placed(
                article,
                feed,
                sort,
                Entry(title=title, url=url, categories=unpacked_extras(extra)[0], lang=lang),
                known.get(article, ()),
            )
            for article, feed, sort, title, url, extra, lang in rows
        ]

    def _numbers(self, names: set[str]) -> dict[str, int]:
        self.db.many("INSERT OR IGNORE INTO topic(name) VALUES (?)", ((name,) for name in sorted(names)))
        sql = "SELECT id FROM topic WHERE name = ?"
        return {name: self.db.value(sql, (name,)) for name in names}


def _said(topic: str) -> tuple[Evidence, ...]:
    """Return the evidence that a correction is."""
    return (Evidence(topic, f"{YOU}: {topic}"),) if topic else ()


def _distinct(topics: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Keep the first, strongest evidence for each topic; letters' case makes no other topic."""
    kept: dict[str, Evidence] = {}
    for evidence in topics:
        kept.setdefault(_folded(evidence.topic), evidence)
    return tuple(kept.values())


def _folded(name: str) -> str:
    """Fold as SQLite's NOCASE does: ASCII only."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in name)


def _rank(topic: Topic) -> tuple[bool, int, str]:
    return (not topic.own, -topic.total, topic.name.casefold())
