"""What a damaged library still holds, read into a new one: table by table, around what cannot be read.

The damaged file is not even opened: a copy of it is, with what its log holds. Rows are read by halving the
range that fails until single rows are left out; a table without row numbers is read from both its ends.
Then rows that lost what they belong to are left out, so that the new library agrees with itself, and its
feeds are made to be fetched whole, so that what was lost comes back where a feed still has it. Indexes and
stories are not copied: `library.rescue` makes them anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import apsw

from reader.records import dataclass
from reader.store.database import Database
from reader.store.errors import NEWER, DamagedError, StoreError
from reader.store.opening import opened
from reader.store.schema import version
from reader.store.values import legible

RANGE = 256
"""Rows that are read at once; a range that fails is halved."""
ROW_LEAST = 64
"""Bytes that an article takes at least: how many there may be in a file whose numbers cannot be read."""
MOST = 1 << 24
"""The highest row number that is looked for: more would be a damaged number."""
HEADER = {0: b"SQLite format 3\0\x10\0\2\2\0\x40\x20\x20", 44: b"\0\0\0\4", 56: b"\0\0\0\1"}
"""What every library's header has at these places: https://www.sqlite.org/fileformat.html, section 1.3."""

VERSIONS = 1_000
"""More than there will be; above, the number is damaged."""
PAGE = 4096
"""Bytes of a page, SQLite's own choice."""

NUMBERED = (
    *("feed", "article", "content", "state", "topic", "correction", "fulltext", "followed", "earlier"),
    *("hidden", "trash"),
)
"""Tables with row numbers, in an order in which each finds what its triggers look at."""
KEYED = {
    "item": "feed, key",
    "article_topic": "topic, sort, article",
    "mention": "feed, article, place",
    "apart": "article, division",
    "rule": "name",
    "learned": "term",
    "awaited": "feed, key",
    "hidden_topic": "topic, sort, article",
}
"""Tables without (or with hashes for numbers), and their keys."""
COUNTED = {"feed": ("unread", "total"), "topic": ("unread", "total"), "article": ("story",)}
"""Columns that are counted or told anew."""

AGREEING = (  # a table whose row went takes along what cannot be without it
    "UPDATE article SET bare = 0 WHERE bare = 2",  # what was hidden: see `SHOWN`
    "DELETE FROM article WHERE feed NOT IN (SELECT id FROM feed)",
    "DELETE FROM state WHERE article NOT IN (SELECT id FROM article WHERE bare = 0)",
    "DELETE FROM content WHERE article NOT IN (SELECT id FROM article)",
    "UPDATE item SET digest = x'' WHERE article > 0 AND article NOT IN (SELECT article FROM content)",
    """INSERT OR IGNORE INTO state(article, feed, sort, read, starred)
       SELECT h.article, a.feed, a.sort, h.read, h.starred FROM hidden h JOIN article a ON a.id = h.article
       WHERE a.bare = 0""",
    "INSERT OR IGNORE INTO state(article, feed, sort) SELECT id, feed, sort FROM article WHERE bare = 0",
    """INSERT OR IGNORE INTO content(article, guid, url, author, dateline, lang, seen, extra)
       SELECT id, '', '', '', '', '', sort, '' FROM article""",
    "DELETE FROM item WHERE article > 0 AND article NOT IN (SELECT id FROM article)",
    "DELETE FROM item WHERE feed NOT IN (SELECT id FROM feed)",
    "DELETE FROM awaited WHERE feed NOT IN (SELECT id FROM feed)",
    "DELETE FROM mention WHERE headline NOT IN (SELECT id FROM article)",
    "DELETE FROM mention WHERE article > 0 AND article NOT IN (SELECT id FROM article)",
    "DELETE FROM article WHERE bare = 1 AND id NOT IN (SELECT headline FROM mention)",
    "DELETE FROM content WHERE article NOT IN (SELECT id FROM article)",
    "DELETE FROM fulltext WHERE article NOT IN (SELECT id FROM article)",
    "DELETE FROM apart WHERE article NOT IN (SELECT id FROM article)",
    "DELETE FROM followed WHERE article NOT IN (SELECT id FROM article)",
    "DELETE FROM correction WHERE article NOT IN (SELECT id FROM article)",
    "DELETE FROM earlier WHERE article NOT IN (SELECT id FROM article)",
    "DELETE FROM trash WHERE feed NOT IN (SELECT id FROM feed) OR article IN (SELECT id FROM article)",
    "UPDATE feed SET etag = '', modified = '', digest = x'', due = NULL, asked = NULL",
    """UPDATE counter SET value = max(value, (SELECT coalesce(max(id), 0) FROM article))
       WHERE name = 'article'""",
    """UPDATE counter SET value = max(value, (SELECT coalesce(max(division), 0) FROM apart))
       WHERE name = 'division'""",
)
TEXTLESS = "SELECT count(*) FROM article WHERE bare = 0 AND id NOT IN (SELECT article FROM content)"
EVIDENCE = "article_topic"  # its triggers look at state, so that it goes last
SHOWN = (  # what is hidden goes with marks and topics into the lists; `library.rescue` hides it anew
    """INSERT OR IGNORE INTO article_topic(topic, sort, article, place, evidence)
       SELECT topic, sort, article, place, evidence FROM hidden_topic
       WHERE article IN (SELECT article FROM state) AND topic IN (SELECT id FROM topic)""",
    "DELETE FROM hidden_topic",
    "DELETE FROM hidden",
)

NOTHING = "{path}: nothing could be read out of it; put a copy of the library in its place"

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Rescued:
    """What was read out of a damaged library."""

    feeds: int
    articles: int
    marked: int  # read or starred
    textless: int  # articles of which the headline alone was left


def rescue(path: Path, target: Path) -> Rescued:
    """Copy what can be read of the library at `path` into a new one at `target`.

    Raises StoreError; DamagedError when nothing can be read. `path` is only ever read.
    """
    copy = target.with_name(target.name + ".copy")
    try:
        _take(path, copy)
        with closing(_laid_open(copy)) as old:
            if version() < old.execute("PRAGMA user_version").get < VERSIONS:
                raise StoreError(NEWER.format(path=path))
            with closing(opened(target)) as new:
                found = _Rescue(old, new, path.stat().st_size).run()
    except apsw.Error as error:
        raise DamagedError(NOTHING.format(path=path)) from error
    except OSError as error:
        raise StoreError(
            f"{path} could not be copied ({error.strerror}); name a file where there is room"
        ) from error
    finally:
        for part in ("", "-wal", "-shm", "-journal"):
            copy.with_name(copy.name + part).unlink(missing_ok=True)
    if not found.feeds:
        raise DamagedError(NOTHING.format(path=path))
    return found


def _take(path: Path, copy: Path) -> None:
    """Copy a library with what is not in its place yet; mend the copy's header."""
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    shutil.copyfile(path, copy)
    for part in ("-wal", "-journal"):
        with suppress(FileNotFoundError):
            shutil.copyfile(path.with_name(path.name + part), copy.with_name(copy.name + part))
            copy.with_name(copy.name + part).chmod(0o600)
    if copy.stat().st_size >= PAGE:
        with copy.open("r+b") as file:
            for place, known in HEADER.items():
                file.seek(place)
                file.write(known)


def _laid_open(copy: Path) -> apsw.Connection:
    """Open the copy so that SQLite goes as far as it can with it."""
    connection = apsw.Connection(str(copy), flags=apsw.SQLITE_OPEN_READWRITE)
    connection.config(apsw.SQLITE_DBCONFIG_WRITABLE_SCHEMA, 1)  # also one that is cut short is opened
    connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    return connection


class _Rescue:
    """One rescue."""

    def __init__(self, old: apsw.Connection, new: Database, size: int) -> None:
        self.old = old
        self.new = new
        self.last = min(max(RANGE, size // ROW_LEAST, self._given(), *map(self._highest, NUMBERED)), MOST)

    def run(self) -> Rescued:
        """Copy, make what was copied agree, count."""
        with self.new.transaction():
            for table in NUMBERED:
                self._copy(table, self._numbered)
                if table == "feed":
                    self._feeds_by_address()
            for table in KEYED:
                if table != EVIDENCE:
                    self._copy(table, self._keyed)
            self._counters()
            self.new.run(AGREEING[0])
            textless = self.new.value(TEXTLESS)
            for sql in AGREEING[1:]:
                self.new.run(sql)
            self._copy(EVIDENCE, self._keyed)
            for sql in SHOWN:
                self.new.run(sql)
        count = self.new.value
        return Rescued(
            count("SELECT count(*) FROM feed"),
            count("SELECT count(*) FROM state"),
            count("SELECT count(*) FROM state WHERE read > 0 OR starred > 0"),
            textless,
        )

    # Reading

    def _read(self, sql: str, bindings: Sequence[int] = ()) -> list[Row]:
        return self.old.execute(sql, tuple(bindings)).fetchall()

    def _given(self) -> int:
        """Return the last article number that was given."""
        with suppress(apsw.Error, ValueError, TypeError, IndexError):
            return int(self._read("SELECT value FROM counter WHERE name = 'article'")[0][0])
        return 0

    def _highest(self, table: str) -> int:
        try:
            return int(self._read(f"SELECT max(rowid) FROM {table}")[0][0] or 0)  # noqa: S608
        except (apsw.Error, ValueError, TypeError):
            return 0

    def _numbered(self, table: str, columns: str) -> Iterator[list[Row]]:
        """Yield the rows of a table, range by range."""
        sql = f"SELECT {columns} FROM {table} WHERE rowid BETWEEN ? AND ?"  # noqa: S608
        waiting = [(first, first + RANGE - 1) for first in range(1, self.last + 1, RANGE)][::-1]
        while waiting:
            first, last = waiting.pop()
            try:
                yield self._read(sql, (first, last))
            except (apsw.Error, UnicodeDecodeError):
                if first < last:
                    middle = (first + last) // 2
                    waiting += [(middle + 1, last), (first, middle)]

    def _keyed(self, table: str, columns: str) -> Iterator[list[Row]]:
        """Yield the rows of a table from its beginning, and if it breaks off, from its end."""
        key = KEYED[table]
        backwards = ", ".join(f"{column.strip()} DESC" for column in key.split(","))
        for order in (key, backwards):
            rows: list[Row] = []
            try:
                rows.extend(self.old.execute(f"SELECT {columns} FROM {table} ORDER BY {order}"))  # noqa: S608
            except (apsw.Error, UnicodeDecodeError):
                yield rows
            else:
                yield rows
                return

    # Writing

    def _copy(self, table: str, read: Callable[[str, str], Iterator[list[Row]]]) -> None:
        names = self._columns(table)
        if not names:
            return
        sql = f"INSERT OR IGNORE INTO {table}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
        if table == EVIDENCE:
            sql = sql.replace("VALUES", "SELECT").replace("(?", "?").replace("?)", "?")
            sql += f" WHERE ?{names.index('article') + 1} IN (SELECT article FROM state)"  # noqa: S608
        for rows in read(table, ", ".join(names)):
            for row in rows:
                if table == "content" and not _legible(dict(zip(names, row, strict=True))):
                    continue
                with suppress(apsw.Error, OverflowError):  # a value of another kind: its bytes were wrong
                    self.new.connection.execute(sql, row)

    def _columns(self, table: str) -> list[str]:
        """Return the columns that both libraries have, but those that are counted anew."""
        with suppress(apsw.Error):
            there = {row[0] for row in self._read(f"SELECT name FROM pragma_table_info('{table}')")}  # noqa: S608
            ours = self.new.rows(f"SELECT name FROM pragma_table_info('{table}')")  # noqa: S608
            return [name for (name,) in ours if name in there and name not in COUNTED.get(table, ())]
        return []

    def _feeds_by_address(self) -> None:
        """Take feeds whose rows are lost from the index of addresses: the subscription is what counts."""
        with suppress(apsw.Error, UnicodeDecodeError):
            for number, url in self._read("SELECT id, url FROM feed INDEXED BY sqlite_autoindex_feed_1"):
                self.new.run("INSERT OR IGNORE INTO feed(id, url) VALUES (?, ?)", (number, url))

    def _counters(self) -> None:
        with suppress(apsw.Error):
            sql = "SELECT name, value FROM counter WHERE name IN ('article', 'division')"
            for name, value in self._read(sql):
                self.new.run("UPDATE counter SET value = ? WHERE name = ?", (value, name))


def _legible(content: dict[str, Any]) -> bool:
    """Return whether the texts of an article can be read again."""
    return legible(content["html"]) and legible(content["summary"])
