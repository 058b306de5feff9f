"""From a path to a connection: look before touching, make what is missing, migrate what is old."""

from __future__ import annotations

import os
import time
from pathlib import Path

import apsw

from reader.store import migrating
from reader.store.database import BUSY_MS, SETTINGS, STATEMENTS, Database
from reader.store.errors import StoreError, explained
from reader.store.inspecting import FOREIGN, inspect
from reader.text import one_line

MEMORY = ":memory:"

UNNAMED = "{path} has a name that is not UTF-8 text; choose another file with --library"


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
        inspect(Path(place))
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
