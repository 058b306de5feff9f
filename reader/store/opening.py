"""From a path to a connection: checks, creation, migration."""

from __future__ import annotations

import os
from pathlib import Path

import apsw

from reader.store.database import BUSY_MS, SETTINGS, STATEMENTS, Database
from reader.store.errors import StoreError, explained
from reader.store.schema import APPLICATION_ID, MIGRATIONS, VERSION

MEMORY = ":memory:"


def opened(path: str | Path) -> Database:
    """Return a connection to the library at `path`, created or migrated where needed."""
    place = str(path)
    try:
        if place != MEMORY:
            Path(place).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(place, os.O_CREAT | os.O_RDWR, 0o600))
        connection = apsw.Connection(place, statementcachesize=STATEMENTS)
        connection.set_busy_timeout(BUSY_MS)
        db = Database(connection, place)
        for setting in SETTINGS:
            db.run(setting)
        version = db.value("PRAGMA user_version")
        if version > VERSION:
            raise StoreError(f"{place} was made by a newer newsread; update newsread")
        if version < VERSION:
            with db.transaction():
                for migration in MIGRATIONS[version:]:
                    connection.execute(migration).fetchall()
                db.run(f"PRAGMA application_id = {APPLICATION_ID}")
                db.run(f"PRAGMA user_version = {VERSION}")
        db.run("PRAGMA journal_mode = WAL")
    except OSError as error:
        raise StoreError(f"{place} cannot be opened: {error.strerror}") from error
    except apsw.Error as error:
        raise explained(error, place) from error
    return db
