"""From an older version to this one, or from nothing; a backup first."""

from __future__ import annotations

from pathlib import Path

import apsw

from reader.store import schema
from reader.store.copying import copy
from reader.store.database import Database
from reader.store.errors import NEWER, StoreError, explained


def migrate(db: Database) -> None:
    """Bring a library to this program's version, all steps in one transaction.

    An existing one is copied first, to `<name>.version-<n>.backup` beside it; without room for the copy
    nothing is changed.
    """
    found = db.value("PRAGMA user_version")
    if found > schema.version():
        raise StoreError(NEWER.format(path=db.path))
    if found == schema.version():
        return
    with db.transaction():
        found = db.value("PRAGMA user_version")  # another newsread may have been faster
        if found >= schema.version():
            return
        if found and db.path != ":memory:":
            path = Path(db.path)
            copy(path, path.with_name(f"{path.name}.version-{found}.backup"))
        try:
            for step in schema.MIGRATIONS[found:]:
                db.connection.execute(step).fetchall()
        except apsw.Error as error:
            raise explained(error, db.path) from error
        db.run(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        db.run(f"PRAGMA user_version = {schema.version()}")
