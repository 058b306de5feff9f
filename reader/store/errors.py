"""What can go wrong with a library, said in words."""

from __future__ import annotations

import os

import apsw

from reader.text import NewsreadError


class StoreError(NewsreadError):
    """The library cannot do what was asked; the text says why and what to do."""


class DamagedError(StoreError):
    """The library's file is damaged: nothing was changed, a rescue may help."""


class BusyError(StoreError):
    """Another program is writing to the library: the same may go well a moment later."""


FULL = "{path}: the disk is full, so nothing more can be stored; free some space, what you have stays"

ROOM = 256 * 1024
"""Bytes: with less on its disk, SQLite fails to make its shared memory, and calls it an I/O error."""

SENTENCES: tuple[tuple[tuple[type[apsw.Error], ...], str], ...] = (
    ((apsw.FullError,), FULL),
    (
        (apsw.NotADBError,),
        "{path} is not a newsread library and was left as it is; choose another file with --library",
    ),
    (
        (apsw.ReadOnlyError, apsw.PermissionsError, apsw.CantOpenError),
        "{path} cannot be opened for writing; check its permissions, or choose another file with --library",
    ),
    ((apsw.IOError,), "{path}: the disk failed while the library was read or written; check the disk"),
    ((apsw.NoMemError,), "{path}: there is not enough memory for this; close something and try again"),
)

BUSY = "{path}: another program has kept the library locked for seconds; try again, or end that program"

DAMAGED = (
    "{path}: the library is damaged and was left as it is; `newsread doctor --rescue FILE` saves what can be"
    " read into a new one, or put a copy of it in its place"
)

NEWER = (
    "{path} was made by a newer newsread and was left as it is; update newsread, or choose another --library"
)


def explained(error: apsw.Error | UnicodeDecodeError, path: str) -> StoreError:
    """Return the sentence for what SQLite reports about the library at `path`."""
    if isinstance(error, apsw.CorruptError | UnicodeDecodeError):
        return DamagedError(DAMAGED.format(path=path))
    if isinstance(error, apsw.BusyError | apsw.LockedError):
        return BusyError(BUSY.format(path=path))
    if isinstance(error, apsw.IOError | apsw.CantOpenError) and _is_full(path):
        return StoreError(FULL.format(path=path))
    for kinds, sentence in SENTENCES:
        if isinstance(error, kinds):
            return StoreError(sentence.format(path=path))
    return StoreError(f"{path}: the library failed, which is a mistake in newsread: {error}")


def _is_full(path: str) -> bool:
    """Tell whether the disk that a library lies on has no room left."""
    try:
        disk = os.statvfs(os.path.dirname(path) or ".")  # noqa: PTH120 (the path may be of any kind)
    except OSError:
        return False
    return disk.f_bavail * disk.f_frsize < ROOM
