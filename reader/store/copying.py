"""Copies of a library while it is in use, by SQLite's backup API, and putting one back."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

import apsw

from reader.store.database import BUSY_MS
from reader.store.errors import DamagedError, StoreError, explained
from reader.store.inspecting import inspect
from reader.store.schema import APPLICATION_ID, version

KEPT = "{name}.before-restore{number}"
"""What the library is called that a copy takes the place of; none that is there is overwritten."""
PARTS = ("", "-wal", "-shm")


def copy(source: Path, target: Path) -> None:
    """Copy a library as it is on disk now into a file of its own, whole or not at all.

    Raises StoreError in words; `target` is replaced when it is there.
    """
    unfinished = target.with_name(target.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(apsw.Connection(str(source), flags=apsw.SQLITE_OPEN_READONLY)) as old:
            _pour(old, unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise StoreError(
            f"{target} cannot be written ({error.strerror}); the library was not changed"
        ) from error
    except apsw.Error as error:
        raise explained(error, str(target)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def restore(source: Path, library: Path) -> Path | None:
    """Put a copy in the place of the library, while others may have that open; `source` stays as it is.

    Returns where the library until now was put, None when there was none. Raises StoreError and changes
    nothing when `source` is no library, damaged or newer than this program, or when what stands in its place
    is no library.
    """
    if not source.is_file():
        raise StoreError(f"there is no file {source}")
    if library.exists() and source.samefile(library):
        raise StoreError(f"{source} is your library itself; name a copy of it")
    with closing(_checked(source)) as old:
        if not library.exists():
            copy(source, library)
            return None
        kept = _free(library)
        try:
            inspect(library)
        except DamagedError:  # nobody can be at work in it
            _exchange(library, kept, source)
            return kept
        copy(library, kept)
        try:
            _pour(old, library)
        except apsw.Error as error:
            raise explained(error, str(library)) from error
    return kept


def _free(library: Path) -> Path:
    """Return a name beside the library that no file has."""
    names = (KEPT.format(name=library.name, number=f"-{n}" if n > 1 else "") for n in count(1))
    return next(path for path in map(library.with_name, names) if not path.exists())


def _exchange(library: Path, kept: Path, source: Path) -> None:
    """Put a damaged library aside and a copy in its place, once that is whole."""
    fresh = library.with_name(library.name + ".restored")
    copy(source, fresh)
    try:
        for part in PARTS:
            file = library.with_name(library.name + part)
            if file.exists():
                file.rename(kept.with_name(kept.name + part))
        fresh.replace(library)
    except OSError as error:
        raise StoreError(f"{library} cannot be moved aside ({error.strerror})") from error


def _checked(path: Path) -> apsw.Connection:
    """Return a connection to a whole library that this program can read."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        found = {
            name: connection.pragma(name) for name in ("application_id", "user_version", "integrity_check")
        }
    except apsw.Error as error:
        connection.close()
        raise StoreError(f"{path} is no newsread library, or damaged; nothing was changed") from error
    if found["application_id"] != APPLICATION_ID or found["integrity_check"] != "ok":
        connection.close()
        raise StoreError(f"{path} is no newsread library, or damaged; nothing was changed")
    if found["user_version"] > version():
        connection.close()
        raise StoreError(f"{path} is of a newer newsread; update newsread, or name another copy")
    return connection


def _pour(old: apsw.Connection, target: Path) -> None:
    with closing(apsw.Connection(str(target))) as new:
        new.set_busy_timeout(BUSY_MS)
        with new.backup("main", old, "main") as backup:
            backup.step(-1)
