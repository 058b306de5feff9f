"""From an older version to this one, or from nothing; a backup first."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import apsw

from reader.store import schema
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
            _back_up(Path(db.path), found)
        try:
            for step in schema.MIGRATIONS[found:]:
                db.connection.execute(step).fetchall()
        except apsw.Error as error:
            raise explained(error, db.path) from error
        db.run(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        db.run(f"PRAGMA user_version = {schema.version()}")


def _back_up(path: Path, version: int) -> None:
    """Copy a library as it is on disk now."""
    target = path.with_name(f"{path.name}.version-{version}.backup")
    unfinished = target.with_name(target.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(path, unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise StoreError(
            f"{target} cannot be written ({error.strerror}); the library was not changed"
        ) from error
    except apsw.Error as error:
        unfinished.unlink(missing_ok=True)
        raise explained(error, str(target)) from error


def _copy(source: Path, target: Path) -> None:
    with (
        closing(apsw.Connection(str(source), flags=apsw.SQLITE_OPEN_READONLY)) as old,
        closing(apsw.Connection(str(target))) as new,
        new.backup("main", old, "main") as backup,
    ):
        backup.step(-1)
