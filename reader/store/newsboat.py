"""newsboat's `cache.db`, read as it is at this moment: feeds, articles, what was read and flagged.

newsboat may be running: its file is opened for reading only, copied whole through SQLite (which waits for a
write to end), and read from the copy, so that newsboat is never kept from writing. All that is in it is a
stranger's: text may be no UTF-8, numbers may be words, columns may be missing.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import apsw

from reader.records import dataclass
from reader.store.database import BUSY_MS
from reader.text import NewsreadError, one_line

CONTENT_MAX = 4 << 20
"""Bytes of an article that are read: newsboat's own column was made for 64 KiB."""
BATCH = 1_000
"""Articles that are held at once."""

TEXTS = ("guid", "title", "author", "url", "content", "enclosure_url", "enclosure_type", "flags", "base")
NUMBERS = ("pubDate", "unread", "deleted")
NEEDED = frozenset({"guid", "title", "url", "feedurl", "unread"})

LOCKED = "{path} is locked by another program: end newsboat's reload and import again for its articles"
DAMAGED = "{path} is damaged: what could be read of it was taken"
FOREIGN = "{path} is no cache of newsboat"


class CacheError(NewsreadError):
    """A cache that cannot be read."""


@dataclass(frozen=True, slots=True)
class CachedFeed:
    """What newsboat knows of a feed."""

    url: str  # as newsboat's `urls` has it
    title: str
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedItem:
    """An article as newsboat keeps it."""

    guid: str
    title: str
    author: str
    url: str
    content: str
    enclosure_url: str
    enclosure_type: str
    flags: str  # letters that the user gave it
    base: str
    published: int  # seconds since 1970; newsboat states its own clock where the feed states nothing
    unread: bool
    deleted: bool


class Cache:
    """A copy of newsboat's cache. Every call raises CacheError, one line in words."""

    def __init__(self, connection: apsw.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        columns = {row[0] for row in self._rows("SELECT name FROM pragma_table_info('rss_item')")}
        if not columns >= NEEDED:
            raise CacheError(FOREIGN.format(path=path))
        texts = [f"CAST(substr({n}, 1, {CONTENT_MAX}) AS BLOB)" if n in columns else "x''" for n in TEXTS]
        numbers = [n if n in columns else "0" for n in NUMBERS]
        self._items = (
            f"SELECT id, {', '.join(texts + numbers)} FROM rss_item"  # noqa: S608 (constants alone)
            f" WHERE feedurl = ? AND id > ? ORDER BY id LIMIT {BATCH}"
        )

    def feeds(self) -> list[CachedFeed]:
        """Return the feeds that newsboat has fetched."""
        sql = "SELECT CAST(rssurl AS BLOB), CAST(title AS BLOB), CAST(url AS BLOB) FROM rss_feed"
        return [CachedFeed(*map(_text, row)) for row in self._rows(sql)]

    def items(self, feed: str) -> Iterator[list[CachedItem]]:
        """Yield the articles of a feed, named by its address in `urls`, in batches."""
        last = -1
        while rows := self._rows(self._items, (feed, last)):
            last = rows[-1][0]
            yield [_item(row) for row in rows]

    def _rows(self, sql: str, bindings: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, bindings).fetchall()
        except apsw.SQLError as error:  # a table or column is not there
            raise CacheError(FOREIGN.format(path=self._path)) from error
        except apsw.Error as error:
            raise _explained(error, self._path) from error


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Cache]:
    """Open a copy of the cache at `path`, which goes with the context. Raises CacheError."""
    if not path.is_file():
        raise CacheError(f"there is no file {one_line(str(path))}")
    with tempfile.TemporaryDirectory(prefix="newsread-") as folder:
        place = Path(folder) / "cache.db"
        try:
            _copy(path, place)
            connection = apsw.Connection(str(place))
            # What is damaged may be more than the pages: nothing in the file is to be run.
            connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
            connection.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
        except apsw.Error as error:
            raise _explained(error, path) from error
        except OSError as error:
            raise CacheError(f"{path} cannot be copied: {(error.strerror or 'it failed').lower()}") from error
        with contextlib.closing(connection):
            yield Cache(connection, path)


def _copy(path: Path, place: Path) -> None:
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    with (
        contextlib.closing(apsw.Connection(f"file:{quote(str(path))}?mode=ro", flags=flags)) as source,
        contextlib.closing(apsw.Connection(str(place))) as target,
    ):
        source.set_busy_timeout(BUSY_MS)
        target.pragma("journal_mode", "OFF")
        target.pragma("synchronous", "OFF")
        source.execute("BEGIN; SELECT 1 FROM sqlite_schema").fetchall()  # waits, where a backup would not
        with target.backup("main", source, "main") as backup:
            backup.step(-1)


def _explained(error: apsw.Error, path: Path) -> CacheError:
    if isinstance(error, apsw.BusyError | apsw.LockedError):
        return CacheError(LOCKED.format(path=path))
    if isinstance(error, apsw.NotADBError):
        return CacheError(FOREIGN.format(path=path))
    if isinstance(error, apsw.CorruptError):
        return CacheError(DAMAGED.format(path=path))
    return CacheError(f"{path} cannot be read: {one_line(str(error), 200)}")


def _item(row: tuple[Any, ...]) -> CachedItem:
    texts = {
        name: _text(value)
        for name, value in zip(("guid", "title", "author", "url", "content"), row[1:6], strict=True)
    }
    enclosure_url, enclosure_type, flags, base = map(_text, row[6:10])
    published, unread, deleted = row[10:]
    return CachedItem(
        **texts,
        enclosure_url=enclosure_url,
        enclosure_type=enclosure_type,
        flags=flags,
        base=base,
        published=published if isinstance(published, int) else 0,
        unread=bool(unread),
        deleted=bool(deleted),
    )


def _text(stored: bytes | None) -> str:
    return (stored or b"").decode("utf-8", "replace")
