"""What can go wrong with a library, said in words."""

from __future__ import annotations

import apsw

from reader.text import NewsreadError


class StoreError(NewsreadError):
    """The library cannot do what was asked; the text says why and what to do."""


class DamagedError(StoreError):
    """The library's file is damaged: nothing was changed, a rescue may help."""


def explained(error: apsw.Error, path: str) -> StoreError:
    """Return the sentence for what SQLite reports about the library at `path`."""
    match error:
        case apsw.BusyError() | apsw.LockedError():
            return StoreError(f"{path}: another program keeps the library locked; close it or try again")
        case apsw.FullError():
            return StoreError(f"{path}: the disk is full, nothing more can be stored; free some space")
        case apsw.NotADBError():
            return StoreError(f"{path} is not a newsread library; choose another file with --library")
        case apsw.CorruptError():
            return DamagedError(
                f"{path}: the library is damaged and was left as it is; run `newsread doctor`"
            )
        case apsw.ReadOnlyError() | apsw.PermissionsError():
            return StoreError(f"{path} cannot be written; check its permissions or choose another --library")
        case apsw.CantOpenError():
            return StoreError(f"{path} cannot be opened; check the folder's permissions")
        case apsw.IOError():
            return StoreError(f"{path}: the disk failed to read or write the library; check the disk")
        case _:
            return StoreError(f"{path}: the library failed: {error}")
