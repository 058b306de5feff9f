"""From a path to a connection: look before touching, make what is missing, migrate what is old."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path
from urllib.parse import quote

import apsw

from reader.store import migrating
from reader.store.database import BUSY_MS, SETTINGS, STATEMENTS, Database
from reader.store.errors import DAMAGED, NEWER, DamagedError, StoreError, explained
from reader.store.schema import APPLICATION_ID, version
from reader.text import one_line

MEMORY = ":memory:"

MAGIC = b"SQLite format 3\0"
HEADER = 100
"""Bytes of a database's header: https://www.sqlite.org/fileformat.html, section 1.3."""

UNNAMED = "{path} has a name that is not UTF-8 text; choose another file with --library"
FOREIGN = "{path} is not a newsread library and was left as it is; choose another file with --library"


def opened(path: str | Path) -> Database:
    """Return a connection to the library at `path`, made or migrated where needed.

    Raises StoreError, and leaves the file byte for byte as it is, when it is no library, damaged or newer.
    """
    place = str(path)
    if place == MEMORY:
        return _ready(apsw.Connection(MEMORY, statementcachesize=STATEMENTS), place)
    try:
        place.encode()
    except UnicodeEncodeError:  # a byte that is no UTF-8: SQLite takes text only
        raise StoreError(UNNAMED.format(path=one_line(place))) from None
    try:
        _prepare(Path(place))
        _inspect(Path(place))
    except OSError as error:
        reason = error.strerror or "it failed"
        raise StoreError(
            f"{place} cannot be opened ({reason}); choose another file with --library"
        ) from error
    try:
        connection = apsw.Connection(place, flags=apsw.SQLITE_OPEN_READWRITE, statementcachesize=STATEMENTS)
    except apsw.Error as error:
        raise explained(error, place) from error
    return _ready(connection, place)


def _prepare(path: Path) -> None:
    """Make the folder and an empty file, readable by their owner only."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, mode=0o700)
    if path.is_dir():
        raise StoreError(f"{path} is a folder; name a file in it with --library")
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK, 0o600))
    if not path.is_file():
        raise StoreError(FOREIGN.format(path=path))


def _inspect(path: Path) -> None:
    """Refuse what is no library, newer or cut short, by the bytes alone: opening it would write to it."""
    with path.open("rb") as file:
        header = file.read(HEADER)
    if not header or _size(path, "-journal"):
        return  # new, or SQLite rolls an interrupted beginning back
    if header[:16] != MAGIC or len(header) < HEADER or _number(header, 68) != APPLICATION_ID:
        raise StoreError(FOREIGN.format(path=path))
    if _number(header, 60) > version():
        raise StoreError(NEWER.format(path=path))
    if not _size(path, "-wal"):  # what the log holds may replace any page
        _probe(path, header)


def _probe(path: Path, header: bytes) -> None:
    """Refuse a file that is cut short or whose schema cannot be read, without a trace of a log beside it."""
    page = int.from_bytes(header[16:18]) or 1
    size = 65_536 if page == 1 else page
    if path.stat().st_size < _number(header, 28) * size:
        raise DamagedError(DAMAGED.format(path=path))
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    try:
        with contextlib.closing(
            apsw.Connection(f"file:{quote(str(path))}?immutable=1", flags=flags)
        ) as probe:
            probe.execute("SELECT count(*) FROM feed").fetchall()
    except apsw.SQLError as error:  # a table is not there
        raise DamagedError(DAMAGED.format(path=path)) from error
    except apsw.Error as error:
        raise explained(error, str(path)) from error


def _ready(connection: apsw.Connection, place: str) -> Database:
    """Return the connection with all settings, its library at this program's version."""
    db = Database(connection, place)
    try:
        connection.set_busy_timeout(BUSY_MS)
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)  # no statement writes to FTS5's own tables
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)  # until it is known to be ours
        for setting in SETTINGS:
            db.run(setting)
        migrating.migrate(db)
        if place != MEMORY:
            _log_ahead(db)
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)
    except BaseException:
        db.close()
        raise
    return db


def _log_ahead(db: Database) -> None:
    """Switch to the write-ahead log; another newsread that opens the same new file may be in the way."""
    end = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            db.run("PRAGMA journal_mode = WAL")
            return
        except StoreError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def _number(header: bytes, offset: int) -> int:
    return int.from_bytes(header[offset : offset + 4])


def _size(path: Path, suffix: str) -> int:
    try:
        return path.with_name(path.name + suffix).stat().st_size
    except FileNotFoundError:
        return 0
