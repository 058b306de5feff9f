"""One connection to the library, and the only door to it: every error leaves in words."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

import apsw

from reader.store.errors import StoreError, explained

BUSY_MS = 5_000
"""How long a statement waits for another process: far above a batch, below a user's patience."""

CACHE_KIB = 16_384
"""Page cache: holds the indexes that the lists of 100,000 articles walk."""

STATEMENTS = 256
"""Prepared statements kept: the views alone have some dozens of shapes."""

JOURNAL_BYTES = 16 << 20
"""What the write-ahead log keeps on disk after a big batch."""

SETTINGS = (
    "PRAGMA trusted_schema = OFF",  # a library from elsewhere runs no functions of ours
    "PRAGMA cell_size_check = ON",  # a damaged page is noticed before it is used
    f"PRAGMA cache_size = -{CACHE_KIB}",
    f"PRAGMA journal_size_limit = {JOURNAL_BYTES}",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA synchronous = FULL",  # the reader's marks survive a power cut; batches relax it for themselves
)

SPOILT = "{path}: a part of what was to be stored together failed, so nothing of it was stored"

FAULTS = (apsw.Error, UnicodeDecodeError)
"""How a statement may fail; text that is no text is met in a damaged file only."""

Record = tuple[Any, ...]


class Buffer(Protocol):
    """Something that gathers rows during a transaction and writes them before its end."""

    def flush(self) -> None:
        """Write what was gathered."""

    def drop(self) -> None:
        """Forget what was gathered: the transaction was rolled back."""

    def forget(self) -> None:
        """Forget what was read: another connection has written, or the transaction was rolled back."""


class Database:
    """A connection with transactions and errors in words.

    Any thread may call it: a lock lets one in at a time, so that a statement never slips into another
    thread's transaction. Lazy cursors are not offered for the same reason.
    """

    def __init__(self, connection: apsw.Connection, path: str) -> None:
        self.connection = connection
        self.path = path
        self.buffers: list[Buffer] = []
        self._lock = threading.RLock()
        self.writing = False
        """Inside a transaction, where nobody else can write: what was read stays true."""
        self._inside = False
        self._spoilt = False
        self._version = 0

    def rows(self, sql: str, bindings: apsw.Bindings = ()) -> list[Record]:
        """Run one statement and return all its rows."""
        with self._lock:
            try:
                return self.connection.execute(sql, bindings).fetchall()
            except FAULTS as error:
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
        """Run one statement that gives a single integer column and return it packed."""
        with self._lock:
            try:
                found = self.connection.execute(sql, bindings).get
            except FAULTS as error:
                raise explained(error, self.path) from error
        if isinstance(found, list):
            return array("q", found)
        return array("q", () if found is None else (found,))  # `get` unwraps a single row

    def run(self, sql: str, bindings: apsw.Bindings = ()) -> None:
        """Run one statement for its effect."""
        self.rows(sql, bindings)

    def many(self, sql: str, sequence: Iterable[apsw.Bindings]) -> None:
        """Run one statement for each of the bindings."""
        with self._lock:
            try:
                self.connection.executemany(sql, sequence).fetchall()
            except FAULTS as error:
                raise explained(error, self.path) from error

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[None]:
        """All or nothing. Inside another transaction it joins that one, and an error spoils the whole.

        A `durable` commit survives a power cut; the others survive only the end of the program, and are
        meant for what a refresh can fetch again.
        """
        with self._lock:
            if self._inside:
                try:
                    yield
                except BaseException:
                    self._spoilt = True
                    raise
                return
            if not durable:
                self.run("PRAGMA synchronous = NORMAL")
            try:
                with self._outermost():
                    yield
            finally:
                if not durable:
                    self.run("PRAGMA synchronous = FULL")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let everything inside see the library as it is at one moment, whatever others write meanwhile."""
        with self._lock:
            if self._inside:
                yield
                return
            self.run("BEGIN")
            self._inside = True
            try:
                yield
            finally:
                self._inside = False
                self.run("ROLLBACK")

    @contextmanager
    def _outermost(self) -> Iterator[None]:
        self.run("BEGIN IMMEDIATE")  # DEFERRED meets locks that no waiting resolves
        self._inside, self._spoilt = True, False
        try:
            self._notice()
            self.writing = True
            yield
            self._commit()
        except BaseException:
            for buffer in self.buffers:
                buffer.drop()
                buffer.forget()
            if self.connection.in_transaction:  # a full disk may have rolled back already
                self.run("ROLLBACK")
            raise
        finally:
            self.writing = self._inside = False

    def _notice(self) -> None:
        """Let what was remembered be forgotten if another connection has written since."""
        version: int = self.value("PRAGMA data_version")
        if version != self._version:
            self._version = version
            for buffer in self.buffers:
                buffer.forget()

    def _commit(self) -> None:
        if self._spoilt:  # somebody passed over the error: half of that part is written
            raise StoreError(SPOILT.format(path=self.path))
        for buffer in self.buffers:
            buffer.flush()
        self.run("COMMIT")

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        with self._lock:
            self.connection.close()


def packed(ids: Iterable[int]) -> apsw.CArrayBinding:
    """Return ids as a binding for `carray(?)`; there must be at least one."""
    return apsw.carray(ids if isinstance(ids, array) else array("q", ids))


def packed_or_none(ids: Iterable[int]) -> apsw.CArrayBinding | None:
    """Return ids as a binding for `carray(?)`, or None when there are none."""
    wanted = array("q", ids)
    return packed(wanted) if wanted else None
