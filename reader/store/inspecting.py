"""What a file is, told by its bytes before SQLite touches it: a library, something else, a damaged one."""

from __future__ import annotations

import contextlib
from pathlib import Path
from urllib.parse import quote

import apsw

from reader.store.errors import DAMAGED, NEWER, DamagedError, StoreError, explained
from reader.store.schema import APPLICATION_ID, version

MAGIC = b"SQLite format 3\0"
HEADER = 100
"""Bytes of a database's header: https://www.sqlite.org/fileformat.html, section 1.3."""

FOREIGN = "{path} is not a newsread library and was left as it is; choose another file with --library"


def inspect(path: Path) -> None:
    """Refuse what is no library, newer or cut short, by the bytes alone: opening it would write to it."""
    with path.open("rb") as file:
        header = file.read(HEADER)
    if not header or _size(path, "-journal"):
        return  # new, or SQLite rolls an interrupted beginning back
    if header[:16] != MAGIC or len(header) < HEADER or _number(header, 68) != APPLICATION_ID:
        raise StoreError(FOREIGN.format(path=path))
    if _number(header, 60) > version():
        raise StoreError(NEWER.format(path=path))
    if not _size(path, "-wal"):  # what the log holds may replace any page
        _probe(path, header)


def _probe(path: Path, header: bytes) -> None:
    """Refuse a file that is cut short or whose schema cannot be read, without a trace of a log beside it."""
    page = int.from_bytes(header[16:18]) or 1
    size = 65_536 if page == 1 else page
    if path.stat().st_size < _number(header, 28) * size:
        raise DamagedError(DAMAGED.format(path=path))
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    try:
        with contextlib.closing(
            apsw.Connection(f"file:{quote(str(path))}?immutable=1", flags=flags)
        ) as probe:
            probe.execute("SELECT count(*) FROM feed").fetchall()
    except apsw.SQLError as error:  # a table is not there
        raise DamagedError(DAMAGED.format(path=path)) from error
    except apsw.Error as error:
        raise explained(error, str(path)) from error


def _number(header: bytes, offset: int) -> int:
    return int.from_bytes(header[offset : offset + 4])


def _size(path: Path, suffix: str) -> int:
    try:
        return path.with_name(path.name + suffix).stat().st_size
    except FileNotFoundError:
        return 0
