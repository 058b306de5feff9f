"""One number of a library, for a status bar: asked every few seconds, so nothing else is loaded for it."""

from __future__ import annotations

import apsw

from reader.store.schema import APPLICATION_ID, version

WAIT_MS = 1_000


def unread(path: str) -> int | None:
    """Return how many articles of the library at `path` are unread, those of muted feeds apart.

    None when it is not a library of this very version or cannot be read: `Store.open` puts that right, or
    says what is wrong.
    """
    try:
        connection = apsw.Connection(path, flags=apsw.SQLITE_OPEN_READWRITE)
    except apsw.Error:
        return None
    try:
        connection.set_busy_timeout(WAIT_MS)
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)  # a glance writes nothing
        connection.execute("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF")
        if connection.execute("PRAGMA application_id").get != APPLICATION_ID:
            return None
        if connection.execute("PRAGMA user_version").get != version():
            return None
        return int(connection.execute("SELECT total(unread) FROM feed WHERE NOT muted").get)
    except apsw.Error:
        return None
    finally:
        connection.close()
