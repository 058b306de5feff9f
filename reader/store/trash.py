"""Deleted articles, kept for a while: their rows as they were, apart from every list, index and counter.

Nothing else of the library knows this table, so that a deleted article is gone wherever one looks.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from reader.model import Evidence
from reader.records import dataclass
from reader.store.core import Core
from reader.store.database import Database, packed, packed_or_none
from reader.store.fulltexts import FullTexts
from reader.store.topics import Topics
from reader.store.values import moment, seconds

KEPT = timedelta(days=30)
"""How long a deleted article can be brought back."""
TABLES = {"article": "id"} | dict.fromkeys(
    ("content", "state", "correction", "apart", "item", "fulltext"), "article"
)
"""The tables whose rows are kept, and the column that holds the article's number."""
BURY = "UPDATE item SET article = 0 WHERE feed = ? AND article = ?"  # known, and not to come back
UNBURY = "DELETE FROM item WHERE feed = ? AND key = ?"

Held = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Deleted:
    """An article that can be brought back."""

    id: int
    feed: int
    title: str
    deleted: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """The story that an article was in."""

    number: int  # 0: none
    members: tuple[int, ...] = ()  # itself among them


class Trash:
    """Articles on their way out, and back."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.db = core.db

    def put(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Delete articles so that they can be brought back; returns those that were there.

        Their feeds do not bring them again. What was deleted long ago is forgotten for good.
        """
        wanted = packed_or_none(ids)
        if wanted is None:
            return ()
        with self.db.transaction():
            now = datetime.now(UTC)
            self.db.run("DELETE FROM trash WHERE deleted < ?", (seconds(now - KEPT),))
            sql = "SELECT id, feed, title FROM article WHERE bare = 0 AND id IN carray(?)"
            found = self.db.rows(sql, (wanted,))
            if not found:
                return ()
            gone = [article for article, *_ in found]
            story = self.core.stories.of(gone)
            topics = Topics(self.db).evidences(gone)
            members = {number: self.core.stories.members(number) for number in set(story.values())}
            columns = {table: _columns(self.db, table) for table in TABLES}
            for article, feed, title in found:
                held = {t: self._rows(t, names, article) for t, names in columns.items()}
                held["topic"] = [{"name": e.topic, "reason": e.reason} for e in topics.get(article, ())]
                number = story.get(article, 0)
                held["story"] = [{"number": number, "told": members.get(number, ())}]
                sql = (
                    "INSERT OR REPLACE INTO trash(article, feed, deleted, title, held) VALUES (?, ?, ?, ?, ?)"
                )
                self.db.run(sql, (article, feed, seconds(now), title, _packed(held)))
                self.db.run(BURY, (feed, article))
            self.core.remove(gone)
        return tuple(gone)

    def all(self) -> list[Deleted]:
        """Return what can be brought back, the latest first."""
        sql = "SELECT article, feed, title, deleted FROM trash ORDER BY deleted DESC, article DESC"
        return [Deleted(id, feed, title, moment(when)) for id, feed, title, when in self.db.rows(sql)]

    def take_back(self, ids: Iterable[int]) -> dict[int, Told]:
        """Bring articles back with number, marks and topics; returns each with the story it was in.

        The indexes and the story are the engines' work: call it in their transaction. One whose feed is
        gone, or that nobody deleted, is left out.
        """
        wanted = packed_or_none(ids)
        if wanted is None:
            return {}
        back: dict[int, Told] = {}
        with self.db.transaction():
            sql = """SELECT article, trash.feed, held FROM trash JOIN feed ON feed.id = trash.feed
                     WHERE article IN carray(?) AND article NOT IN (SELECT id FROM article)
                     AND removed IS NULL"""
            for article, feed, packed_rows in self.db.rows(sql, (wanted,)):
                held = _unpacked(packed_rows)
                if held is not None:
                    back[article] = self._insert(article, feed, held)
            if back:
                self.db.run("DELETE FROM trash WHERE article IN carray(?)", (packed(back),))
        return back

    def _rows(self, table: str, names: Sequence[str], article: int) -> list[dict[str, Any]]:
        sql = f"SELECT {', '.join(names)} FROM {table} WHERE {TABLES[table]} = ?"  # noqa: S608 - our names
        if table == "item":
            sql += " AND feed = (SELECT feed FROM article WHERE id = item.article)"
        return [dict(zip(names, row, strict=True)) for row in self.db.rows(sql, (article,))]

    def _insert(self, article: int, feed: int, held: Held) -> Told:
        for item in held["item"]:
            self.db.run(UNBURY, (feed, item["key"]))
        for table in TABLES:
            known = _columns(self.db, table)
            for row in held.get(table, ()):
                kept = {name: row[name] for name in known if name in row}
                if table == "article":
                    kept["story"] = 0
                marks = ", ".join("?" * len(kept))
                sql = f"INSERT INTO {table}({', '.join(kept)}) VALUES ({marks})"  # noqa: S608 - our names
                self.db.run(sql, tuple(kept.values()))
        sort = held["state"][0]["sort"]
        why = [Evidence(topic["name"], topic["reason"]) for topic in held["topic"]]
        Topics(self.db).assign_all([(article, sort, why)])
        story = held["story"][0]
        return Told(story["number"], tuple(story["told"]))

    def index(self, article: int, title: str, body: str) -> None:
        """Let the search find an article that came back; in the transaction that brought it."""
        self.core.search.put(article, title, FullTexts(self.core).searched({article: body})[article])


def _columns(db: Database, table: str) -> list[str]:
    return [name for (name,) in db.rows(f"SELECT name FROM pragma_table_info('{table}')")]  # noqa: S608


def _packed(held: Mapping[str, object]) -> bytes:
    return zlib.compress(json.dumps(held, default=_as_text, separators=(",", ":")).encode())


def _as_text(value: object) -> dict[str, str]:
    """Return bytes as JSON can hold them."""
    if not isinstance(value, bytes):
        raise TypeError(f"{type(value).__name__} is nothing that a library holds")
    return {"bytes": base64.b64encode(value).decode()}


def _as_bytes(value: dict[str, Any]) -> Any:
    return base64.b64decode(value["bytes"]) if value.keys() == {"bytes"} else value


def _unpacked(stored: bytes) -> Held | None:
    """Return the rows that were kept; None of a damaged library's."""
    try:
        held: Held = json.loads(zlib.decompress(stored), object_hook=_as_bytes)
    except (zlib.error, ValueError):
        return None
    return held if held.get("article") and held.get("state") else None
