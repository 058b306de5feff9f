"""The library looked over: is its file whole, do its parts agree?

Reads everything once: a second at 100,000 articles.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from reader.records import dataclass
from reader.store.database import Database

PARTS = ("", "-wal")
OF_FEEDS = ("article", "item")
OF_ARTICLES = (  # topics before state: their trigger looks at it
    *("article_topic", "state", "content", "apart", "correction", "fulltext", "earlier"),
    *("followed", "hidden", "hidden_topic"),
)
HOMELESS = (  # rows of a feed, then of an article that is gone
    *(f"FROM {table} WHERE feed NOT IN (SELECT id FROM feed)" for table in OF_FEEDS),  # noqa: S608
    "FROM mention WHERE headline NOT IN (SELECT id FROM article)",
    "FROM item WHERE article > 0 AND article NOT IN (SELECT id FROM article)",
    *(f"FROM {table} WHERE article NOT IN (SELECT id FROM article)" for table in OF_ARTICLES),  # noqa: S608
)
STATELESS = "FROM article WHERE bare = 0 AND id NOT IN (SELECT article FROM state)"
"""Articles that no list would show."""
ASTRAY = (  # rows of the index and of stories that a rebuild puts right
    "SELECT count(*) FROM vector WHERE article NOT IN (SELECT id FROM article)",
    "SELECT count(*) FROM vector WHERE article NOT IN (SELECT id FROM neighbour_docsize)",
    "SELECT count(*) FROM neighbour_docsize WHERE id NOT IN (SELECT article FROM vector)",
    "SELECT abs(value - (SELECT count(*) FROM vector)) FROM counter WHERE name = 'neighbours'",
    """SELECT count(*) FROM article WHERE story > 0 AND bare = 0 AND story NOT IN (SELECT number FROM story)
       AND story NOT IN (SELECT story FROM article WHERE story > 0 AND bare = 2)""",
    "SELECT count(*) FROM story WHERE NOT EXISTS (SELECT 1 FROM article WHERE id = lead AND story = number)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The library in numbers, those that should be 0 last."""

    bytes: int
    version: int
    articles: int
    unread: int
    indexed: int  # articles that the index of neighbours knows
    stories: int
    homeless: int  # rows of articles or feeds that are gone
    astray: int  # rows of the index of neighbours or of stories that do not agree with the articles


def health(db: Database) -> Health:
    """Count the library's parts. Raises StoreError."""
    with db.snapshot():
        return _counted(db)


def _counted(db: Database) -> Health:
    known = "SELECT count(*) FROM vector WHERE article IN (SELECT article FROM state)"
    return Health(
        bytes=size(db.path),
        version=db.value("PRAGMA user_version"),
        articles=db.value("SELECT count(*) FROM state"),
        unread=db.value("SELECT count(*) FROM state INDEXED BY state_unread WHERE read = 0"),
        indexed=db.value(known),
        stories=db.value("SELECT count(*) FROM story WHERE sources > 1"),
        homeless=sum(db.value(f"SELECT count(*) {rows}") for rows in (*HOMELESS, STATELESS)),
        astray=sum(db.value(sql) for sql in ASTRAY),
    )


def sweep(db: Database) -> None:
    """Take out the rows of what is gone, and let articles be seen that no list would show."""
    with db.transaction():
        db.run(  # the trigger of a topic's row asks for the article's state
            """INSERT OR IGNORE INTO state(article, feed, sort, read) SELECT article, 0, sort, 1
               FROM article_topic WHERE article NOT IN (SELECT id FROM article)"""
        )
        for rows in HOMELESS:
            db.run(f"DELETE {rows}")
        db.run(f"INSERT INTO state(article, feed, sort) SELECT id, feed, sort {STATELESS}")


def size(path: str) -> int:
    """Return how many bytes the library takes on disk, with what is not yet in its place."""
    size = 0
    for part in PARTS:
        with suppress(OSError):
            size += Path(path + part).stat().st_size
    return size
