"""One connection to the library, and the only door to it: every error leaves in words."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import apsw

from reader.store.errors import explained

BUSY_MS = 5_000
"""How long a statement waits for another process's transaction: far above a batch, below a user's patience."""

CACHE_KIB = 16_384
"""Page cache: holds the indexes that the lists of 100,000 articles walk."""

STATEMENTS = 256
"""Prepared statements kept: the views alone have some dozens of shapes."""

Record = tuple[Any, ...]

SETTINGS = (
    "PRAGMA trusted_schema = OFF",  # a library from elsewhere runs no functions of ours
    "PRAGMA cell_size_check = ON",  # a damaged page is noticed before it is used
    f"PRAGMA cache_size = -{CACHE_KIB}",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA synchronous = FULL",  # the reader's marks survive a power cut; batches relax it for themselves
)


class Database:
    """A connection with transactions and errors in words.

    Any thread may call it: a lock lets one in at a time, so that a statement never slips into
    another thread's transaction. Iterating lazily over a cursor is not offered for the same reason.
    """

    def __init__(self, connection: apsw.Connection, path: str) -> None:
        self.connection = connection
        self.path = path
        self.lock = threading.RLock()
        self._depth = 0

    def rows(self, sql: str, bindings: apsw.Bindings = ()) -> list[Record]:
        """Run one statement and return all its rows."""
        with self.lock:
            try:
                return self.connection.execute(sql, bindings).fetchall()
            except apsw.Error as error:
                raise explained(error, self.path) from error

    def row(self, sql: str, bindings: apsw.Bindings = ()) -> Record | None:
        """Run one statement and return its first row, or None."""
        found = self.rows(sql, bindings)
        return found[0] if found else None

    def value(self, sql: str, bindings: apsw.Bindings = ()) -> Any:
        """Run one statement and return the first column of its first row, or None."""
        found = self.rows(sql, bindings)
        return found[0][0] if found else None

    def column(self, sql: str, bindings: apsw.Bindings = ()) -> array[int]:
        """Run one statement of a single integer column and return it packed."""
        return array("q", [value for (value,) in self.rows(sql, bindings)])

    def run(self, sql: str, bindings: apsw.Bindings = ()) -> None:
        """Run one statement for its effect."""
        self.rows(sql, bindings)

    def many(self, sql: str, sequence: Iterable[apsw.Bindings]) -> None:
        """Run one statement for each of the bindings."""
        with self.lock:
            try:
                self.connection.executemany(sql, sequence).fetchall()
            except apsw.Error as error:
                raise explained(error, self.path) from error

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[None]:
        """All or nothing. Inside another transaction it joins that one.

        `durable` commits survive a power cut; the others only a crash of the program, and
        are meant for what a refresh can fetch again.
        """
        with self.lock:
            if self._depth:
                yield
                return
            self._begin(durable=durable)
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._depth = 0
                if not durable:
                    self.run("PRAGMA synchronous = FULL")

    def _begin(self, *, durable: bool) -> None:
        if not durable:
            self.run("PRAGMA synchronous = NORMAL")
        self.run("BEGIN IMMEDIATE")  # DEFERRED meets locks that no waiting resolves
        self._depth = 1

    def _roll_back(self) -> None:
        if self.connection.in_transaction:  # a full disk may have rolled back already
            self.run("ROLLBACK")

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        with self.lock:
            self.connection.close()


def packed(ids: Sequence[int] | Iterable[int]) -> apsw.CArrayBinding:
    """Return ids as a binding for `carray(?)`; there must be at least one."""
    return apsw.carray(ids if isinstance(ids, array) else array("q", ids))


def packed_or_none(ids: Iterable[int]) -> apsw.CArrayBinding | None:
    """Return ids as a binding for `carray(?)`, or None when there are none."""
    wanted = array("q", ids)
    return packed(wanted) if wanted else None
